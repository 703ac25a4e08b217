#!/usr/bin/env python3
"""Measures inclusion against the floor and against its peers on the same files, and prints tables.

    benches/compare/install.sh                       once: the peers, in a private environment
    cargo build --release -p inclusion
    python3 benches/compare/run.py                   everything, on 1 and 10 million rows
    python3 benches/compare/run.py --rows 1000000 --only inclusion,duckdb-means

Every contender is a process of its own; CPU is user and system time of all its threads, memory its
largest resident set, both as the kernel counts them (wait4). Start-up counts. The floor is the time to
only decode the columns that the study reads. What a peer did is compared with what inclusion did on the
same file with the same indicators and breakdowns, and its figures must be equal to 1e-9.

This process stays small: a child's peak is never below the memory of the process that started it.
"""
import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import threading
import time
from collections import namedtuple
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON = HERE / ".venv/bin/python"
PEERS = HERE / "peers"
ALL = ";age;area;wealth;country;country+age"
BY = {"": "sex", "age": "sex * age5", "area": "sex * urbanisation", "wealth": "sex * wealth_quintile",
      "country": "sex * country", "country+age": "sex * country * age5"}

Cost = namedtuple("Cost", "cpu wall peak")
# What a peer estimates: its breakdowns, number of items, most rows, and whether it has standard errors.
Peer = namedtuple("Peer", "command breakdowns items most what")


def measured(command, limit, threads, log):
    """Runs a command and gives its cost; None if it failed or took longer than the limit."""
    environment = dict(os.environ, POLARS_MAX_THREADS=str(threads), RAYON_NUM_THREADS=str(threads),
                       OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads), PYTHONWARNINGS="ignore")
    with open(log, "wb") as out:
        start = time.monotonic()
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=out, env=environment)
        late = threading.Event()
        timer = threading.Timer(limit, lambda: (late.set(), process.kill()))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    if late.is_set():
        return f"stopped after {limit} s"
    if status != 0:
        last = Path(log).read_text(errors="replace").strip().splitlines()[-1:]
        return "failed: " + "".join(last)[:200]
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024)


def best(command, options, log):
    """The cheapest of several runs: the work of others on the machine only adds."""
    runs = []
    for _ in range(options.repeat):
        cost = measured(command, options.limit, options.threads, log)
        if isinstance(cost, str):
            return cost
        runs.append(cost)
        if cost.wall > 20:
            break
    return Cost(min(r.cpu for r in runs), min(r.wall for r in runs), max(r.peak for r in runs))


def ran(command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def made(options, name, *arguments):
    """A folder of `inclusion bench make`; made once."""
    folder = options.data / name
    if not (folder / "study.toml").exists():
        print(f"making {folder} …", file=sys.stderr)
        ran([options.program, "--quiet", "bench", "make", folder, *arguments])
    return folder


def floor(options, study):
    costs = []
    for _ in range(max(options.repeat, 3)):
        text = ran([options.program, "--json", "--threads", options.threads, "bench", "floor", study])
        costs.append(json.loads(text.splitlines()[0]))
    return Cost(min(c["cpu"] for c in costs), min(c["wall"] for c in costs), max(c["peak"] for c in costs))


def estimate(options, study, output):
    command = [options.program, "--quiet", "--threads", options.threads, "estimate", study, "--output", output]
    return best(command, options, options.data / "inclusion.log")


def million(rows):
    return f"{rows / 1e6:g} million"


def line(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def head(*names):
    line(*names)
    line(*["---"] * len(names))


def ours(options):
    """The aims of the project, beside what was measured."""
    print("\n### inclusion beside the floor\n")
    head("workload", "floor CPU-s", "CPU-s", "× floor", "wall s", "peak MB", "aim")
    costs = {}

    def row(name, study, aim):
        least, cost = floor(options, study), estimate(options, study, options.data / "ours.parquet")
        if isinstance(cost, str):
            line(name, f"{least.cpu:.2f}", cost, "", "", "", aim)
            return
        costs[name] = cost
        line(name, f"{least.cpu:.2f}", f"{cost.cpu:.2f}", f"{cost.cpu / least.cpu:.1f}", f"{cost.wall:.2f}",
             f"{cost.peak / 1e6:.0f}", aim)

    aims = {(1_000_000, False): "2 × floor + 0.05 s, 150 MB", (10_000_000, False): "1.7 × floor, 300 MB",
            (10_000_000, True): "2.5 × floor, 700 MB", (100_000_000, False): "1.1 × ten times the CPU of 10 million, 400 MB"}
    for rows in options.rows:
        for shuffled in (False, True):
            if shuffled and rows > 10_000_000:
                continue
            name = f"w1-{rows}" + ("-shuffled" if shuffled else "")
            folder = made(options, name, "--rows", rows, *(["--shuffled"] if shuffled else []))
            order = "shuffled" if shuffled else "by PSU"
            row(f"W1, {million(rows)}, {order}", folder / "study.toml", aims.get((rows, shuffled), ""))
    most = min(max(options.rows), 10_000_000)
    folder = made(options, f"w1-{most}", "--rows", most)
    few, many = f"sex × country, {million(most)}", f"sex × country × age × area × wealth, {million(most)}"
    row(few, folder / "study-country.toml", "")
    row(many, folder / "study-fine.toml", "1.5 × the line above")
    row("26 × 26 × 10 groups, 50,000 rows", made(options, "groups", "--groups") / "study.toml", "wall below 0.2 s")
    rows = min(options.rows)
    folder = made(options, f"replicates-{rows}", "--rows", rows, "--replicates", 80)
    row(f"W1 with 80 replicate weights, {million(rows)}", folder / "study-replicates.toml", "")
    print()
    if few in costs and many in costs:
        print(f"From few to many domains the CPU time grows {costs[many].cpu / costs[few].cpu:.1f} times.")
    ten, hundred = (f"W1, {million(n)}, by PSU" for n in (10_000_000, 100_000_000))
    if ten in costs and hundred in costs:
        print(f"From 10 to 100 million rows the CPU time grows {costs[hundred].cpu / costs[ten].cpu:.1f} times.")


def peers(options):
    python = lambda script, *more: lambda data, out: [PYTHON, PEERS / script, data, out, *more]
    listed = {
        "duckdb-means": Peer(python("duckdb_means.py", options.threads), ALL, 10, 10**9, "shares only"),
        "duckdb-variance": Peer(python("duckdb_variance.py", options.threads), ALL, 10, 10**9,
                                "shares, SE and gaps by hand-written SQL"),
        "polars-means": Peer(python("polars_means.py"), ALL, 10, 10**9, "shares only"),
        "svy": Peer(python("svy_taylor.py", ALL, 10), ALL, 10, 1_000_000, "shares, SE and gaps"),
        "samplics": Peer(python("samplics_taylor.py", ";age;area;wealth;country", 2), ";age;area;wealth;country", 2,
                         1_000_000, "shares and SE, no gaps"),
    }
    if shutil.which("Rscript"):
        script = PEERS / "survey.R"
        listed["r-survey"] = Peer(lambda data, out: ["Rscript", script, data, out, ";age;area", 1], ";age;area", 1,
                                  100_000, "shares, SE and gaps")
    wanted = {name: peer for name, peer in listed.items() if not options.only or name in options.only}
    print("\n### Peers on the same files\n")
    print("Ratios are the peer's over inclusion's, for the same indicators and breakdowns.\n")
    head("peer", "rows", "breakdowns × items", "what it estimates", "CPU-s", "wall s", "peak MB",
         "inclusion: CPU-s, wall s, MB", "× CPU", "× wall", "× memory", "figures")
    base = {}
    for rows in sorted({*options.rows, *(r for r in (100_000,) if "r-survey" in wanted)}):
        if rows > 10_000_000:
            continue
        for name, peer in wanted.items():
            if rows > peer.most or (name != "r-survey" and rows not in options.rows):
                continue
            folder = made(options, f"w1-{rows}", "--rows", rows)
            study = part(folder, peer.breakdowns, peer.items)
            own = options.data / f"ours-{rows}-{study.stem}.parquet"
            if (rows, study) not in base:
                base[rows, study] = estimate(options, study, own)
            mine = base[rows, study]
            data, out = folder / "w1.parquet", options.data / f"{name}.parquet"
            if name == "r-survey":
                data, out = as_csv(data), options.data / "r-survey.csv"
            out.unlink(missing_ok=True)
            cost = best(peer.command(data, out), options, options.data / f"{name}.log")
            share = f"{peer.breakdowns.count(';') + 1} × {peer.items}"
            if isinstance(cost, str) or isinstance(mine, str):
                line(name, million(rows), share, peer.what, cost if isinstance(cost, str) else f"{cost.cpu:.2f}",
                     "", "", mine if isinstance(mine, str) else "", "", "", "", "")
                continue
            check = subprocess.run([PYTHON, HERE / "check.py", own, out], capture_output=True, text=True)
            verdict = check.stdout.strip() + ("" if check.returncode == 0 else f"; DIFFERENT: {check.stderr.strip()[-300:]}")
            options.different |= check.returncode != 0
            line(name, million(rows), share, peer.what, f"{cost.cpu:.2f}", f"{cost.wall:.2f}", f"{cost.peak / 1e6:.0f}",
                 f"{mine.cpu:.2f}, {mine.wall:.2f}, {mine.peak / 1e6:.0f}", f"{cost.cpu / mine.cpu:.2f}",
                 f"{cost.wall / mine.wall:.2f}", f"{cost.peak / mine.peak:.2f}", verdict)


def part(folder, breakdowns, items):
    """The study of some of W1's breakdowns and items."""
    if breakdowns == ALL and items == 10:
        return folder / "study.toml"
    text = (folder / "study.toml").read_text()
    by = json.dumps([BY[name] for name in breakdowns.split(";")])
    indicators = json.dumps([f"W1-{i}" for i in range(1, items + 1)])
    text = re.sub(r"(?m)^by = .*$", f"by = {by}", text)
    text = re.sub(r"(?m)^indicators = .*$", f"indicators = {indicators}", text)
    path = folder / f"study-{breakdowns.count(';') + 1}x{items}.toml"
    path.write_text(text)
    return path


def as_csv(data):
    """R reads no Parquet without further packages; writing the text is not counted."""
    path = data.with_suffix(".csv")
    if not path.exists():
        ran([PYTHON, "-c", f"import polars; polars.read_parquet({str(data)!r}).write_csv({str(path)!r})"])
    return path


def machine(options):
    cpu = next((l.split(":", 1)[1].strip() for l in Path("/proc/cpuinfo").read_text().splitlines()
                if l.startswith("model name")), platform.processor())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1]) / 1e6
    load = " ".join(f"{x:.1f}" for x in os.getloadavg())
    print(f"Machine: {cpu}, {os.cpu_count()} cores, {memory:.0f} GB; {options.threads} threads for everyone "
          "(samplics and R use one); "
          f"load average before the start {load}; the cheapest of {options.repeat} runs, or of one that takes more than 20 s.\n")
    versions = [ran([options.program, "--version"]).strip(), ran(["rustc", "--version"]).strip()]
    if PYTHON.exists():
        names = ("duckdb", "polars", "pyarrow", "svy", "samplics")
        versions += [p.replace("==", " ") for p in
                     ran([PYTHON, "-m", "pip", "freeze", "--disable-pip-version-check"]).split()
                     if p.split("==")[0] in names]
        versions.append("Python " + platform.python_version())
    if shutil.which("Rscript"):
        versions.append(ran(["Rscript", "-e", "cat(R.version.string, 'survey', as.character(packageVersion('survey')))"]))
    print("Versions: " + ", ".join(versions) + ".")


def main():
    root = HERE.parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=lambda t: [int(float(n)) for n in t.split(",")], default=[1_000_000, 10_000_000])
    parser.add_argument("--only", type=lambda t: set(t.split(",")), help="contenders, `inclusion` being our own table")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--limit", type=int, default=300, help="seconds after which a contender is stopped")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="folder for the generated files")
    parser.add_argument("--program", type=Path, default=root / "target/release/inclusion")
    options = parser.parse_args()
    options.different = False
    options.data = options.data.absolute()
    options.data.mkdir(parents=True, exist_ok=True)
    if not options.program.exists():
        subprocess.run(["cargo", "build", "--release", "-p", "inclusion"], cwd=root, check=True)
    machine(options)
    if not options.only or "inclusion" in options.only:
        ours(options)
    if not options.only or options.only - {"inclusion"}:
        if not PYTHON.exists():
            sys.exit("no peers: run benches/compare/install.sh first")
        peers(options)
    if options.different:
        sys.exit("the figures of a peer differ from ours")


if __name__ == "__main__":
    main()
