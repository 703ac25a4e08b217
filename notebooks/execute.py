"""Executes a notebook from top to bottom and writes the result, outputs included, elsewhere.

    python notebooks/execute.py NOTEBOOK RESULT

The notebook itself stays as it is: notebooks are kept without outputs. A cell that fails ends the
run with its traceback and exit code 1.
"""

import pathlib
import re
import sys

import nbclient
import nbformat


def main() -> int:
    source, result = map(pathlib.Path, sys.argv[1:3])
    notebook = nbformat.read(source, as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(source.parent)}},
    )
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError as error:
        # Tracebacks are coloured for a terminal.
        print(re.sub(r"\x1b\[[0-9;]*m", "", str(error)), file=sys.stderr)
        return 1
    nbformat.write(notebook, result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
