#!/usr/bin/env python3
"""Time, memory and shuffle bytes of one study by rows and executors, for scale.md.

    cargo build --release --features inclusion/cluster --bin inclusion
    python3 benches/scale.py target/release/inclusion --rows 100000 1000000 --executors 0 1 2 4

0 executors is the program alone. Scheduler and executors are processes of this machine with one task at a
time each; every result must have the bytes of the program's, or the script stops. Prints rows of a table.
With --cells the cells themselves are compared, too, set by set and column by column, which needs pyarrow.
"""

import argparse
import filecmp
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time

# Memory for the tasks of an executor, in megabytes.
MEMORY = 4000


def run(command, folder):
    """Runs to the end; seconds of wall time, CPU seconds, peak memory in bytes."""
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE)
    said = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, command))}: {said}")
    return time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def of_process(pid):
    """CPU seconds and peak memory in bytes of a process that lives."""
    stat = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    cpu = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    peak = re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())
    return cpu, int(peak[1]) * 1024


def size(folder):
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(path, name)).st_size
            except FileNotFoundError:
                pass
    return total


class Cluster:
    def __init__(self, binary, executors, folder):
        self.folder = folder / f"shuffle-{executors}"
        scheduler = subprocess.Popen(
            [binary, "cluster", "scheduler", "--port", "0"], stderr=subprocess.PIPE
        )
        self.address = scheduler.stderr.readline().decode().split()[-1]
        self.executors = [
            subprocess.Popen(
                [binary, "cluster", "executor", "--scheduler", self.address, "--tasks", "1"]
                + ["--memory", str(MEMORY), "--work-dir", self.folder],
                stderr=subprocess.DEVNULL,
            )
            for _ in range(executors)
        ]
        self.processes = [scheduler, *self.executors]
        time.sleep(3)
        self.largest, self.over = 0, False
        self.watch = threading.Thread(target=self.look)
        self.watch.start()

    def look(self):
        while not self.over:
            self.largest = max(self.largest, size(self.folder))
            time.sleep(0.05)

    def stop(self):
        self.over = True
        self.watch.join()
        used = [of_process(process.pid) for process in self.executors]
        for process in self.processes:
            process.kill()
            process.wait()
        return sum(cpu for cpu, _ in used), max(peak for _, peak in used)


def same_cells(binary, study, here, on):
    """Holds the cells of the cluster against those of the program for each grouping set; gives their number."""
    import pyarrow.compute
    from pyarrow import parquet

    run([binary, "cells", study, "--output", "cluster.parquet", *on], here)
    theirs = parquet.ParquetFile(here / "cluster.parquet")
    read = lambda file, names: file.read(columns=names)
    facts = json.loads(next(text.as_py() for text in read(theirs, ["_facts"])["_facts"] if text.is_valid))
    names = [by["concept"] for by in facts["by"]]
    text, count = (here / study).read_text(), 0
    for own in facts["sets"]:
        (here / "one.toml").write_text(re.sub(r"(?m)^by = .*$", f'by = ["{" * ".join(own)}"]', text))
        run([binary, "cells", "one.toml", "--output", "one.parquet"], here)
        ours = parquet.ParquetFile(here / "one.parquet")
        codes = read(theirs, names)
        of_set = None
        for name in names:
            there = pyarrow.compute.is_valid(codes[name])
            there = there if name in own else pyarrow.compute.invert(there)
            of_set = there if of_set is None else pyarrow.compute.and_(of_set, there)
        fields = list(ours.schema_arrow)
        keys = [name for name in ["_stratum", "_psu", *own] if name in ours.schema_arrow.names]
        order = [(name, "ascending") for name in keys]
        types = {field.name: field.type for field in fields}
        # A column at a time: tables of all of them take several times the memory of the file.
        of_theirs = lambda name: read(theirs, [name])[name].filter(of_set).cast(types[name])
        ranks = pyarrow.compute.sort_indices(pyarrow.table({name: of_theirs(name) for name in keys}), sort_keys=order)
        own_ranks = pyarrow.compute.sort_indices(read(ours, keys), sort_keys=order)
        for name in types:
            if not of_theirs(name).take(ranks).equals(read(ours, [name])[name].take(own_ranks)):
                sys.exit(f"{study}: other cells by {' * '.join(own)}: {name}")
        count += len(ranks)
    if count != theirs.metadata.num_rows:
        sys.exit(f"{study}: {theirs.metadata.num_rows} cells of the cluster, of which {count} are of a set")
    return count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--executors", type=int, nargs="+", default=[0, 1, 2, 4])
    parser.add_argument("--study", nargs="+", default=["study.toml"])
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--cells", action="store_true")
    args = parser.parse_args()
    binary = args.binary.resolve()
    megabytes = lambda n: f"{n / 1e6:,.0f}"
    print("| study | rows | executors | wall s | CPU-s, driver | CPU-s, executors | peak MB, driver | peak MB, an executor | shuffle MB |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        folder = pathlib.Path(folder)
        for rows in args.rows:
            here = folder / str(rows)
            run([binary, "bench", "make", here, "--rows", str(rows)], folder)
            for study in args.study:
                command = [binary, "estimate", study, "--output"]
                run([*command, "rows.csv"], here)
                for executors in args.executors:
                    if executors == 0:
                        wall, cpu, peak = run([*command, "rows.csv"], here)
                        print(f"| {study} | {rows:,} | – | {wall:.2f} | {cpu:.2f} | – | {megabytes(peak)} | – | – |", flush=True)
                        continue
                    cluster = Cluster(binary, executors, here)
                    on = ["--engine", "ballista", "--scheduler", cluster.address]
                    wall, cpu, peak = run([*command, "cluster.csv", *on], here)
                    theirs, largest = cluster.stop()
                    if not filecmp.cmp(here / "cluster.csv", here / "rows.csv", shallow=False):
                        sys.exit(f"{study}, {rows} rows, {executors} executors: other bytes")
                    print(
                        f"| {study} | {rows:,} | {executors} | {wall:.2f} | {cpu:.2f} | {theirs:.2f} "
                        f"| {megabytes(peak)} | {megabytes(largest)} | {megabytes(cluster.largest)} |",
                        flush=True,
                    )
                    if args.cells:
                        cluster = Cluster(binary, executors, here)
                        count = same_cells(binary, study, here, ["--engine", "ballista", "--scheduler", cluster.address])
                        cluster.stop()
                        print(f"{count:,} cells are the same", file=sys.stderr, flush=True)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
