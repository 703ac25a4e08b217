#!/usr/bin/env python3
"""Time and memory of the whole command that makes an annex of published figures.

    cargo build --release --bin inclusion
    python3 benches/annex.py target/release/inclusion --areas 200 --indicators 40

Made-up figures of women and men for each area and indicator, one year; every format is made alone, then
all of them together. Prints rows of a table: wall time, CPU seconds, peak resident set, bytes written.
"""

import argparse
import csv
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

FORMATS = ["html", "markdown", "tables", "latex", "xlsx", "docx", "pdf"]
HOME = pathlib.Path(__file__).resolve().parent.parent


def run(command, folder):
    """Runs to the end; seconds of wall time, CPU seconds, peak memory in bytes."""
    started = time.monotonic()
    with open(folder / "said.txt", "w+") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        if status:
            said.seek(0)
            sys.exit(f"{' '.join(map(str, command))}: {said.read()}")
    return time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def indicators(count):
    """Rates of persons that are in use, in the order of their names."""
    found = []
    for path in sorted((HOME / "crates/registry/indicators").rglob("*.toml")):
        text = path.read_text()
        field = dict(re.findall(r'^(id|status|kind|population) = "(.*)"$', text, re.M))
        if (field.get("status"), field.get("kind"), field.get("population")) == ("agreed", "rate", "person"):
            found.append(field["id"])
    if len(found) < count:
        sys.exit(f"the registry has {len(found)} such indicators")
    return found[:count]


def make(folder, areas, names, years):
    """Writes the figures and the study."""
    with open(HOME / "datasets/world/places.csv") as file:
        codes = [row["area"] for row in csv.DictReader(file)][:areas]
    if len(codes) < areas:
        sys.exit(f"there are {len(codes)} areas")
    with open(folder / "figures.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow("area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote".split(","))
        for at, area in enumerate(codes):
            for number, name in enumerate(names):
                for year in years:
                    men = 500 + (at * 7 + number * 31 + year * 3) % 400
                    women = men - 60 + (at * 13 + number * 17) % 90
                    for sex, value in [("F", women), ("M", men)]:
                        out.writerow([area, name, sex, "Y_GE15", year, f"{value / 10:.1f}", "PT", "C", "A", "Made", "1", ""])


def study(folder, names, formats, out):
    text = "[study]\ntitle = \"Made\"\n\n[[series]]\nid = \"made\"\nfile = \"figures.csv\"\nrecipe = \"world/figures\"\n\n"
    text += f"[estimate]\nindicators = {names}\nmeasures = [\"gap\", \"parity\", \"women_to_parity\"]\n"
    (folder / "study.toml").write_text(text.replace("'", '"') + f"\n[output]\nfolder = {out!r}\nformats = {formats}\n".replace("'", '"'))


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("binary", type=lambda path: str(pathlib.Path(path).resolve()))
    reader.add_argument("--areas", type=int, default=200)
    reader.add_argument("--indicators", type=int, default=40)
    reader.add_argument("--years", type=int, nargs="+", default=[2024])
    reader.add_argument("--format", nargs="+", choices=[*FORMATS, "all"], default=[*FORMATS, "all"])
    reader.add_argument("--keep", type=pathlib.Path, help="a folder for the study and its annex")
    args = reader.parse_args()
    names = indicators(args.indicators)
    print("| format | wall, s | CPU-s | peak, MB | written, MB |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        folder = args.keep or pathlib.Path(folder)
        folder.mkdir(exist_ok=True)
        make(folder, args.areas, names, args.years)
        for form in args.format:
            study(folder, names, FORMATS if form == "all" else [form], f"out-{form}")
            wall, cpu, peak = run([args.binary, "annex", "study.toml"], folder)
            size = sum(path.stat().st_size for path in (folder / f"out-{form}").rglob("*") if path.is_file())
            print(f"| {form} | {wall:.1f} | {cpu:.1f} | {peak / 1e6:.0f} | {size / 1e6:.1f} |", flush=True)


if __name__ == "__main__":
    main()
