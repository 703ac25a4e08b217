#!/usr/bin/env bash
# Makes the Python environment of the notebooks and of the package's tests, with the package in it as its
# sources are now, and prints the path of its interpreter.
#
#   notebooks/setup.sh [FOLDER]      FOLDER is target/python-env if left out
#
# A second call finds the environment ready and changes nothing, unless the requirements or the sources
# changed. The package is built in the dev profile into cargo's target folder, so that what the
# workspace's tests compiled is used again; stripped and not compressed, since it is large. Exit code 1: the environment cannot be made; 4: the package.
set -euo pipefail
# A test that cargo runs has variables of its package, by which build scripts would run again.
unset "${!CARGO_PKG_@}" "${!CARGO_MANIFEST_@}"
root="$(cd "$(dirname "$0")/.." && pwd)"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
folder="${1:-$CARGO_TARGET_DIR/python-env}"
requirements=("$root/notebooks/requirements.txt" "$root/crates/python/tests/requirements.txt")
pip() { "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$@" >&2; }

if ! cat "${requirements[@]}" | cmp -s - "$folder/requirements.ready"; then
    # The standard output of this script is one line, the interpreter.
    python3 -m venv --clear "$folder" >&2
    pip --requirement "${requirements[0]}" --requirement "${requirements[1]}"
    cat "${requirements[@]}" >"$folder/requirements.ready"
fi

ready="$folder/package.ready"
changed() {
    # The build folder may be that of another clone, whose package this environment has then.
    [ "$(cat "$ready" 2>&1)" != "$root" ] || [ -n "$(find "$root/crates" "$root"/{Cargo.toml,Cargo.lock,pyproject.toml} \
        -newer "$ready" -type f -not -path '*/__pycache__/*' -print -quit)" ]
}
if changed; then
    started="$(mktemp)"
    echo "$root" >"$started"
    PATH="$folder/bin:$PATH" MATURIN_PEP517_ARGS="--profile dev --strip --compression-method stored" \
        pip --no-build-isolation --no-deps --force-reinstall "$root" || exit 4
    mv "$started" "$ready"
fi
echo "$(cd "$folder" && pwd)/bin/python"
