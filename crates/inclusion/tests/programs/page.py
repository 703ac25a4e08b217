"""Opens pages in Chromium as a reader would and prints what is wrong with them, a line each.

    page.py CHROMIUM PAGE...

Nothing may be written to the console, nothing may be asked for but the page, and axe may find no violation:
on light paper, on dark paper, in print. On a narrow screen tables scroll, and the page does not. A click on the head
of a column sorts its rows by the numbers that are printed.
"""

import pathlib
import sys
import unicodedata

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PAPERS = [("light", "screen"), ("dark", "screen"), ("light", "print")]

# Rows of a table are alike, and axe takes minutes for thousands of cells: it looks at the first of each table and
# at every row that is made of other elements than those before it.
FEW_ROWS = """for (const body of document.querySelectorAll("tbody")) {
    const seen = new Set();
    [...body.rows].forEach((row, place) => {
        const parts = [row, ...row.querySelectorAll("*")].filter((part) => !part.closest("svg *"));
        const made = parts.map((part) => part.tagName + "." + part.getAttribute("class")).join(" ");
        if (place >= 12 && seen.has(made)) row.remove();
        seen.add(made);
    });
}"""

NARROW = {"width": 400, "height": 800}
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Data of the figures, which a reader opens.
OPEN = """for (const part of document.querySelectorAll("details")) part.open = true"""

# What each column holds before and after a click on its head, twice and three times: text and number of the cells of
# each part of the table, with level and label of their rows.
CLICKED = """() => {
    const read = (table, at) => [...table.tBodies].map(body =>
        [...body.rows].filter(row => !row.classList.contains("g")).map(row => {
            const cell = row.cells[at], bare = cell.cloneNode(true);
            bare.querySelectorAll("sup, .hang").forEach(part => part.remove());
            const label = row.cells[0];
            return [bare.textContent.trim(), cell.dataset.v ?? null, label.className, label.textContent];
        }));
    const found = [];
    for (const table of document.querySelectorAll(".table table")) {
        let at = 0;
        for (const head of table.tHead.rows[table.tHead.rows.length - 1].cells) {
            const button = head.querySelector("button"), seen = [read(table, at)];
            for (let click = 0; button && click < 3; click++) {
                button.click();
                seen.push(read(table, at));
            }
            found.push([table.closest(".table").id, head.textContent, seen]);
            at += head.colSpan;
        }
    }
    return found;
}"""

# Where a comma is the mark of decimals.
COMMA = ("fr", "es", "ru")


def printed(text, language):
    """The number that a cell shows; None where it shows none."""
    mark = "," if language in COMMA else "."
    digits = ""
    for letter in text.split("–")[0]:
        if letter.isdigit():
            digits += str(unicodedata.digit(letter))
        elif letter in (mark, "٫"):
            digits += "."
        elif letter in "-−":
            digits += "-"
    return float(digits) if any(letter.isdigit() for letter in digits) else None


def units(body):
    """Rows with those that stand in below them."""
    found = []
    for row in body:
        if not found or row[2] <= found[-1][0][2]:
            found.append([])
        found[-1].append(row)
    return found


def unsorted(page):
    """Columns that a click does not sort; there must be some that it does."""
    language = page.evaluate("document.documentElement.lang")
    found, sorted_columns = [], 0
    for table, head, seen in page.evaluate(CLICKED):
        where = f"{table}, {head}"
        # In words and years is no number to sort by.
        if all(number is None for body in seen[0] for _, number, *_ in body):
            continue
        for text, number, *_ in (cell for body in seen[0] for cell in body):
            if number is not None and any(letter.isdigit() for letter in text):
                if printed(text, language) != float(number):
                    found.append(f"{where}: {text} sorts as {number}")
            elif number is None and printed(text, language) is not None:
                found.append(f"{where}: {text} does not sort")
        if len(seen) < 4:
            continue
        sorted_columns += 1
        start, down, up, end = seen
        for body, falling, rising in zip(start, down, up):
            firsts = [[None if unit[0][1] is None else float(unit[0][1]) for unit in units(part)] for part in (body, falling, rising)]
            numbers = sorted(number for number in firsts[0] if number is not None)
            none = [None] * (len(firsts[0]) - len(numbers))
            if firsts[1:] != [numbers[::-1] + none, numbers + none]:
                found.append(f"{where}: sorted to {firsts[1:]}")
            if any(sorted(units(part), key=str) != sorted(units(body), key=str) for part in (falling, rising)):
                found.append(f"{where}: rows leave those that they stand below")
        if start != end:
            found.append(f"{where}: a third click does not undo the first")
    if not sorted_columns:
        found.append("no column can be sorted")
    return found


def troubles(browser, path):
    url = pathlib.Path(path).resolve().as_uri()
    found = []
    for scheme, media in PAPERS:
        context = browser.new_context(color_scheme=scheme, bypass_csp=True, offline=True)
        page = context.new_page()
        page.emulate_media(media=media, color_scheme=scheme)
        page.on("console", lambda said: found.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: found.append(f"script: {error}"))

        def asked(request):
            if request.url != url and not request.url.startswith("data:"):
                found.append(f"asks for {request.url}")

        page.on("request", asked)
        page.goto(url, wait_until="load")
        page.wait_for_timeout(200)
        usual = page.viewport_size
        page.set_viewport_size(NARROW)
        if media == "screen" and (beyond := page.evaluate(BEYOND)) > 0:
            found.append(f"on a narrow screen the page scrolls sideways by {beyond} px on {scheme}")
        page.set_viewport_size(usual)
        if (scheme, media) == PAPERS[0]:
            found.extend(unsorted(page))
        page.evaluate(FEW_ROWS)
        page.evaluate(OPEN)
        options = {"resultTypes": ["violations"]}
        for violation in Axe().run(page, options=options).response["violations"]:
            where = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
            found.append(f"{violation['id']} on {scheme} {media}: {violation['help']} at {where}")
        context.close()
    return found


def main(chromium, *paths):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        found = {path: troubles(browser, path) for path in paths}
        browser.close()
    for path, lines in found.items():
        print(f"{path}: {len(lines)} troubles")
        for line in lines:
            print(f"    {line}")
    return any(found.values())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
