"""Time workload W1 from a polars frame beside the command on the file of the same rows.

    python benches/python_frame.py INCLUSION FOLDER [RUNS]

INCLUSION is the command, FOLDER made by `inclusion bench make FOLDER`, and the package is built in the
release profile. Prints the best wall time of each, their ratio, and the peak memory of both processes.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

CHILD = """
import resource, sys, time, tomllib
from pathlib import Path
import polars
import inclusion_metrics as im

folder = Path(sys.argv[1])
study = tomllib.loads((folder / "study.toml").read_text())
survey = study["survey"][0]
files = [name for names in survey["files"].values() for name in ([names] if isinstance(names, str) else names)]
frame = polars.read_parquet([folder / name for name in files])
held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begun = time.perf_counter()
result = im.estimate(
    frame, survey["recipe"], study["estimate"]["indicators"], study["estimate"]["by"],
    registry=folder / study["study"]["registry"],
)
seconds = time.perf_counter() - begun
print(seconds, held, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, len(result))
"""


def main() -> None:
    command, folder = sys.argv[1], Path(sys.argv[2])
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    of_command, of_frame, memory = [], [], None
    for _ in range(runs):
        begun = time.perf_counter()
        out = folder / "python_frame.parquet"
        subprocess.run([command, "--quiet", "estimate", folder / "study.toml", "--output", out], check=True)
        of_command.append(time.perf_counter() - begun)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if memory is None else None
        done = subprocess.run([sys.executable, "-c", CHILD, folder], check=True, capture_output=True, text=True)
        seconds, held, highest, rows = done.stdout.split()
        of_frame.append(float(seconds))
        memory = memory or (peak, int(held), int(highest), int(rows))
    os.remove(out)
    peak, held, highest, rows = memory
    print(f"command        {min(of_command):7.3f} s   peak {peak / 1024:7.0f} MiB")
    print(f"polars frame   {min(of_frame):7.3f} s   peak {highest / 1024:7.0f} MiB, of which the frame {held / 1024:.0f}")
    print(f"ratio          {min(of_frame) / min(of_command):7.2f}     {rows} rows of estimates")


if __name__ == "__main__":
    main()
