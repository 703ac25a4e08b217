// Sorting and filtering of tables. The page is complete without it.
for (const box of document.querySelectorAll(".table")) {
  const table = box.querySelector("table"), bodies = [...table.tBodies];
  const level = row => parseInt(row.cells[0].className.slice(1)) || 0;
  // A row and those that stand in below it, such as women and men of a group, go together.
  const order = bodies.map(body => {
    const units = [];
    for (const row of body.rows) {
      if (row.classList.contains("g")) continue;
      if (!units.length || level(row) <= level(units.at(-1)[0])) units.push([]);
      units.at(-1).push(row);
    }
    return units;
  });
  const all = order.flat(2);
  if (all.length < 4) continue;
  // Numbers stand in an attribute, since how they are printed depends on the language.
  const before = (a, b, at) => {
    const [x, y] = [a, b].map(row => parseFloat(row.cells[at].dataset.v));
    const [s, t] = [a, b].map(row => row.cells[at].textContent.trim());
    if (isNaN(x) && isNaN(y)) return s.localeCompare(t, document.documentElement.lang, { numeric: true });
    return isNaN(x) ? Infinity : isNaN(y) ? -Infinity : x - y;
  };
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  let at = 0;
  for (const head of heads) {
    const place = at, button = document.createElement("button");
    at += head.colSpan;
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const now = { none: "descending", descending: "ascending" }[head.ariaSort || "none"] || "none";
      for (const other of heads) other.removeAttribute("aria-sort");
      if (now !== "none") head.setAttribute("aria-sort", now);
      const sign = now === "ascending" ? 1 : -1;
      bodies.forEach((body, i) => {
        const units = [...order[i]];
        // What has no figure stays last.
        if (now !== "none") units.sort(([a], [b]) => { const d = before(a, b, place); return Math.abs(d) === Infinity ? d : sign * d; });
        body.append(...units.flat());
      });
    });
  }
  if (all.length < 12) continue;
  const label = document.createElement("label"), field = document.createElement("input"), count = document.createElement("span");
  label.className = "filter";
  field.type = "search";
  count.setAttribute("role", "status");
  label.append(document.body.dataset.filter + " ", field, " ", count);
  box.prepend(label);
  field.addEventListener("input", () => {
    const words = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    bodies.forEach((body, i) => {
      const group = [...body.rows].filter(row => row.classList.contains("g")).map(row => row.textContent).join(" ");
      for (const unit of order[i]) {
        const head = group + " " + unit[0].cells[0].textContent;
        for (const row of unit) {
          const text = (head + " " + row.cells[0].textContent).toLocaleLowerCase();
          row.hidden = !words.every(word => text.includes(word));
        }
        // Nobody could tell whose rows stand there without the first.
        unit[0].hidden = unit.every(row => row.hidden);
      }
      body.hidden = order[i].flat().every(row => row.hidden);
    });
    count.textContent = words.length ? all.filter(row => !row.hidden).length + " / " + all.length : "";
  });
}
