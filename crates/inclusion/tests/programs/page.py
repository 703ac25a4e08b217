"""Opens pages in Chromium as a reader would and prints what is wrong with them, a line each.

    page.py CHROMIUM PAGE...

Nothing may be written to the console, nothing may be asked for but the page, and axe may find no violation:
on light paper, on dark paper, in print. On a narrow screen tables scroll, and the page does not.
"""

import pathlib
import sys

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
