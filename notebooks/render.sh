#!/usr/bin/env bash
# Executes the notebooks and writes each as a page.
#
#   notebooks/render.sh [FOLDER] [NOTEBOOK …]      FOLDER is target/notebooks, and all notebooks, if left out
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
folder="${1:-$here/../target/notebooks}"
notebooks=("${@:2}")
[ "${#notebooks[@]}" -gt 0 ] || notebooks=("$here"/*.ipynb)
python="$("$here/setup.sh")"
mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"
# A copy, so that nothing is written into the project.
export INCLUSION_DEMO="$folder/demo"
mkdir -p "$INCLUSION_DEMO"
cp "$here"/../datasets/demo/*.* "$INCLUSION_DEMO"
for notebook in "${notebooks[@]}"; do
    result="$folder/$(basename "$notebook")"
    "$python" "$here/execute.py" "$notebook" "$result"
    "$python" -m nbconvert --log-level WARN --to html "$result"
done
