"""Opens pages in Chromium as a reader would and prints what is wrong with them, a line each.

    page.py CHROMIUM PAGE...

Nothing may be written to the console, nothing may be asked for but the page, and axe may find no violation:
on light paper, on dark paper, in print.
"""

import pathlib
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PAPERS = [("light", "screen"), ("dark", "screen"), ("light", "print")]

# The rows of a table are alike, and axe takes minutes for thousands of cells: it looks at the first of each.
FEW_ROWS = """for (const body of document.querySelectorAll("tbody"))
    [...body.rows].slice(12).forEach((row) => row.remove())"""


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
        page.evaluate(FEW_ROWS)
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
