#!/usr/bin/env bash
# Makes the notebooks' own Python environment and prints the path of its interpreter.
#
#   notebooks/setup.sh [FOLDER]      FOLDER is target/notebook-env if left out
#
# A second call finds the environment ready and changes nothing, unless requirements.txt changed.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
folder="${1:-$here/../target/notebook-env}"
ready="$folder/requirements.ready"

if ! cmp -s "$here/requirements.txt" "$ready"; then
    mkdir -p "$folder"
    # The standard output of this script is one line, the interpreter.
    python3 -m venv --clear "$folder" >&2
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check \
        --requirement "$here/requirements.txt" >&2
    cp "$here/requirements.txt" "$ready"
fi
echo "$(cd "$folder" && pwd)/bin/python"
