#!/usr/bin/env bash
# Installs the peers into a private environment beside this file. `--r` also installs R with its
# survey package from Debian, which needs root; without it R is used only where it is already there.
set -euo pipefail
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
if [ "${1:-}" = "--r" ]; then
    apt-get install --yes --no-install-recommends r-base-core r-cran-survey
fi
.venv/bin/pip freeze --disable-pip-version-check | grep -E '^(duckdb|polars|pyarrow|svy|samplics)=='
