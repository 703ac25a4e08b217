"""Paths that tests share; reference data stand beside the project's folder."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def demo(tmp_path):
    """A copy of the demonstration study, so that nothing is written into the project."""
    return Path(shutil.copytree(ROOT / "datasets/demo", tmp_path / "demo", ignore=shutil.ignore_patterns("out")))


@pytest.fixture
def survey_references():
    """The folder of R's reference values."""
    folder = ROOT.parent / "shared/conformance/survey"
    if not folder.is_dir():
        if os.environ.get("INCLUSION_REQUIRE_SHARED"):
            pytest.fail(f"{folder} is not there, and INCLUSION_REQUIRE_SHARED forbids to skip")
        pytest.skip(f"{folder} is not there")
    return folder
