"""Paths that tests share; reference data stand beside the project's folder."""

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def demo(tmp_path):
    """A copy of the demonstration study, so that nothing is written into the project."""
    return Path(shutil.copytree(ROOT / "datasets/demo", tmp_path / "demo", ignore=shutil.ignore_patterns("out")))


@pytest.fixture
def run_command():
    """Runs the command, whose path `INCLUSION_COMMAND` names, in a folder."""
    path = os.environ.get("INCLUSION_COMMAND")
    if not path:
        if os.environ.get("INCLUSION_REQUIRE_NOTEBOOKS"):
            pytest.fail("INCLUSION_COMMAND names no command, and INCLUSION_REQUIRE_NOTEBOOKS forbids to skip")
        pytest.skip("INCLUSION_COMMAND names no command")

    def run(folder, *arguments):
        done = subprocess.run([path, *map(str, arguments)], capture_output=True, text=True, cwd=folder)
        assert done.returncode == 0, done.stderr

    return run


@pytest.fixture
def command(run_command):
    """Runs the command, and gives the rows of the file that it writes."""

    def rows(folder, *arguments):
        output = Path(folder) / "of-the-command.csv"
        run_command(folder, *arguments, "--output", output)
        with open(output, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return rows


@pytest.fixture
def survey_references():
    """The folder of R's reference values."""
    folder = ROOT.parent / "shared/conformance/survey"
    if not folder.is_dir():
        if os.environ.get("INCLUSION_REQUIRE_SHARED"):
            pytest.fail(f"{folder} is not there, and INCLUSION_REQUIRE_SHARED forbids to skip")
        pytest.skip(f"{folder} is not there")
    return folder
