"""Figures from Python are those of the study file to the last bit, wherever the rows come from."""

import csv
import io
import json
import os
import shutil

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest

import inclusion_metrics as im
from conftest import ROOT

QUESTION = {"recipe": "synthetic/ict", "indicators": ["HH7", "HH18"], "by": ["sex", "sex * urbanisation"]}
FIGURES = ["INDICATOR", "SEX", "MEASURE", "OBS_VALUE", "STD_ERROR", "LOWER_BOUND", "UPPER_BOUND", "DF", "N", "N_WEIGHTED"]


def figures(result):
    rows = result.to_rows()
    assert rows
    return [tuple(row[name] for name in FIGURES) for row in rows]


def test_a_frame_gives_the_figures_of_the_file_to_the_last_bit(demo):
    path = demo / "ict_survey.parquet"
    of_file = figures(im.estimate(path, **QUESTION))
    table = pyarrow.parquet.read_table(path)
    frames = {
        "polars": polars.read_parquet(path),
        "pyarrow": table,
        "small batches": pyarrow.Table.from_batches(table.to_batches(max_chunksize=1000)),
        "pandas": pandas.read_parquet(path),
        "Frame": im.Frame(table),
        "duckdb": duckdb.read_parquet(str(path)),
    }
    for name, frame in frames.items():
        assert figures(im.estimate(frame, **QUESTION)) == of_file, name
    assert figures(im.estimate(demo / "ict_survey.csv", **QUESTION)) == of_file
    assert figures(im.estimate({"persons": frames["polars"]}, **QUESTION)) == of_file
    recipe = ROOT / "crates/registry/recipes/synthetic/ict.toml"
    for own in [recipe, str(recipe), recipe.read_text()]:
        assert figures(im.estimate(path, **{**QUESTION, "recipe": own})) == of_file


def test_a_study_gives_the_file_of_estimates(demo):
    result = im.estimate(demo / "study.toml")
    written = list(csv.DictReader(io.StringIO(result.files("csv")["estimates.csv"].decode())))
    assert len(written) == len(result) == len(pyarrow.table(result))
    for printed, row in zip(written, result.to_rows()):
        value = row["OBS_VALUE"]
        assert printed["OBS_VALUE"] == ("" if value is None else printed["OBS_VALUE"])
        assert value is None or float(printed["OBS_VALUE"]) == value
    paths = im.annex(demo / "study.toml", "parquet")
    parquet = next(path for path in paths if path.endswith("estimates.parquet"))
    assert pyarrow.parquet.read_table(parquet).equals(pyarrow.table(result))


def test_cells_give_the_figures_of_the_rows_to_the_last_bit(demo, tmp_path):
    study = demo / "study.toml"
    rows = polars.read_parquet(demo / "ict_survey.parquet")
    for part in range(2):
        rows[part::2].write_parquet(demo / f"part-{part}.parquet")
    parts = '["part-0.parquet", "part-1.parquet"]'
    study.write_text(study.read_text().replace('"ict_survey.parquet"', parts))
    of_rows = pyarrow.table(im.estimate(study))
    made = im.cells(study, tmp_path / "cells")
    assert len(made) == 2
    merged = im.merge_cells(made, tmp_path / "merged.parquet")
    for part in range(2):
        (demo / f"part-{part}.parquet").unlink()
    assert pyarrow.table(im.estimate(study, cells=tmp_path / "cells")).equals(of_rows)
    assert pyarrow.table(im.estimate(study, cells=merged)).equals(of_rows)
    with pytest.raises(im.UsageError, match="`cells` are of a study"):
        im.estimate(rows, **QUESTION, cells=merged)


def test_the_sql_of_cells_is_of_the_study_and_names_its_tables(demo):
    study = demo / "study.toml"
    statement = im.sql(study, "duckdb", tables={"persons": "survey.answers"})
    assert "survey.answers" in statement and "Cells are as confidential as the microdata" in statement
    assert im.sql(study, "postgres") != im.sql(study, "spark")
    with pytest.raises(im.UsageError, match="`oracle` is no dialect; there are `duckdb`"):
        im.sql(study, "oracle")
    with pytest.raises(im.UsageError, match="persona"):
        im.sql(study, "duckdb", tables={"persona": "survey.answers"})
    (demo / "ict_survey.sav").unlink()
    study.write_text(study.read_text().replace("ict_survey.parquet", "ict_survey.sav"))
    with pytest.warns(UserWarning, match="In `age`.*: only `.*ict_survey.sav` tells which values it declares missing"):
        assert "\n-- In `age`" in im.sql(study, "duckdb")


def test_a_synthetic_survey_is_that_of_the_command():
    rows = polars.DataFrame(im.synthetic(rows=5_000))
    assert rows.equals(polars.DataFrame(im.synthetic(rows=5_000)))
    assert not rows.equals(polars.DataFrame(im.synthetic(rows=5_000, draw=1)))
    assert 4_000 < len(rows) < 6_000
    with pytest.raises(im.UsageError):
        im.synthetic(rows=10**15)


def test_withheld_figures_have_no_value_in_any_form(demo):
    rows = im.estimate(demo / "study.toml").to_rows()
    withheld = [row for row in rows if row["OBS_STATUS"] == "Q"]
    assert withheld
    for row in withheld:
        assert all(row[name] is None for name in ["OBS_VALUE", "STD_ERROR", "LOWER_BOUND", "N", "N_WEIGHTED"])


RECIPE = """
id = "reference/ict"
version = "1.0.0"
name = "Reference survey"
producer = "made"
population = "person"
coverage = "all rows"
source = "the columns' names"
rows = "rows"
[file.rows]
[design]
weight = { column = "weight" }
stratum = ["stratum"]
psu = ["psu"]
[concept.sex]
column = "sex"
map = { female = "F", male = "M" }
[concept.internet_use]
column = "internet_3m"
map = { 1 = "3m", 0 = "never" }
blank = "not_stated"
"""


def test_estimates_agree_with_r_survey(survey_references):
    cases = json.loads((survey_references / "ict_a.json").read_text())["cases"]
    case = {own["id"]: own for own in cases}
    rows = polars.read_csv(survey_references / "data/ict_a.csv", infer_schema_length=None)
    result = im.estimate(rows, RECIPE, "HH7")
    own = {row["SEX"]: row for row in result.levels().to_rows()}
    expected = {"_T": case["ict_a/mean_internet_3m"]["expected"]["rows"][0]}
    for row in case["ict_a/by_sex_internet_3m"]["expected"]["rows"]:
        expected[{"female": "F", "male": "M"}[row["group"]["sex"]]] = row
    assert set(own) == set(expected)
    for sex, row in expected.items():
        assert own[sex]["OBS_VALUE"] == pytest.approx(row["estimate"], rel=1e-9)
        assert own[sex]["STD_ERROR"] == pytest.approx(row["se"], rel=1e-9)
        assert own[sex]["DF"] == row["df_domain"]
    gap = next(row for row in result.gaps().to_rows() if row["MEASURE"] == "GAP")
    contrast = case["ict_a/gender_gap_internet_3m"]["expected"]["contrasts"]["gap_f_minus_m"]
    assert gap["OBS_VALUE"] == pytest.approx(-contrast["estimate"], rel=1e-9)
    assert gap["STD_ERROR"] == pytest.approx(contrast["se"], rel=1e-9)


def test_a_frame_of_concepts_needs_no_recipe(survey_references):
    rows = polars.read_csv(survey_references / "data/ict_a.csv", infer_schema_length=None)
    by_recipe = im.estimate(rows, RECIPE, "HH7")
    harmonised = rows.select(
        "weight",
        "stratum",
        "psu",
        polars.col("sex").replace_strict({"female": "F", "male": "M"}, return_dtype=polars.String),
        internet_use=polars.col("internet_3m").replace_strict({1: "3m", 0: "never"}, return_dtype=polars.String),
    )
    design = {"weight": "weight", "stratum": "stratum", "psu": "psu"}
    result = im.estimate(harmonised, indicators="HH7", design=design)
    assert figures(result) == figures(by_recipe)


def same_cells(ours, theirs):
    """Every cell of a frame is what the command printed: an empty field is None, a number the same number."""
    assert len(ours) == len(theirs) > 0
    for row, printed in zip(ours, theirs):
        assert list(row) == list(printed)
        for name, value in row.items():
            text = printed[name]
            same = text == "" if value is None else float(text) == value if isinstance(value, (int, float)) else text == value
            assert same, (name, value, text, printed)


def test_every_cell_is_that_of_the_command(demo, command):
    study = demo / "study.toml"
    same_cells(im.estimate(study).to_rows(), command(demo, "estimate", study))
    world = shutil.copytree(ROOT / "datasets/world", demo / "world", ignore=shutil.ignore_patterns("out")) / "study.toml"
    told = []
    same_cells(
        im.aggregate(world, progress=lambda *own: told.append(own)).to_rows(), command(demo, "aggregate", world)
    )
    # Of the one series: before its file and behind it.
    size = (demo / "world/figures.csv").stat().st_size
    assert told[0][1:] == (0, size) and told[-1][1:] == (size, size)
    same_cells(im.progress(world).to_rows(), command(demo, "progress", world))


def test_the_annex_is_that_of_the_command(demo, tmp_path, run_command):
    other = shutil.copytree(demo, tmp_path / "other")
    paths = im.annex(demo / "study.toml", ["html", "markdown", "csv"])
    run_command(other, "annex", "study.toml", "--format", "html,markdown,csv")
    names = sorted(os.path.relpath(path, demo) for path in paths)
    assert names and all((demo / name).read_bytes() == (other / name).read_bytes() for name in names)


def published():
    """The figures that the worldwide study reads, as shares by area, indicator, sex, ages and year."""
    # Persons of all ages, of a source that does not say from which on, are of unknown ages.
    ages = {"_T": "_X"}
    with open(ROOT / "datasets/world/figures.csv", newline="", encoding="utf-8") as file:
        return {
            (row["area"], row["indicator"], row["sex"], ages.get(row["age"], row["age"]), row["year"]): float(row["value"]) / 100
            for row in csv.DictReader(file)
        }


def test_published_figures_are_aggregated_and_judged():
    study, known = ROOT / "datasets/world/study.toml", published()
    countries = {key[0] for key in known}
    cells = {}
    for row in im.aggregate(study).to_rows():
        key = tuple(row[name] for name in ["REF_AREA", "INDICATOR", "AGE", "TIME_PERIOD"])
        cells[*key, row["MEASURE"], row["SEX"]] = row["OBS_VALUE"]
    levels, gaps, groups = 0, 0, 0
    for (area, indicator, age, year, measure, sex), value in cells.items():
        if value is None:
            continue
        if measure == "LEVEL" and sex in ("F", "M") and area in countries:
            assert value == pytest.approx(known[area, indicator, sex, age, year], abs=1e-12)
            levels += 1
        if measure in ("GAP", "PARITY"):
            women, men = (cells[area, indicator, age, year, "LEVEL", sex] for sex in ("F", "M"))
            assert value == pytest.approx(men - women if measure == "GAP" else women / men, rel=1e-9, abs=1e-12)
            gaps += 1
            groups += area not in countries
    assert levels > 1000 and gaps > 1000 and groups > 30

    left = {}
    for row in im.progress(study).to_rows():
        key = row["REF_AREA"], row["SEX"], row["LAST_YEAR"]
        if row["INDICATOR"] == "HH7" and row["RULE"].startswith("distance to target") and key[0] in countries:
            left.setdefault(key, {})[row["FIGURE"]] = row["OBS_VALUE"]
    checked = 0
    for (area, sex, year), own in left.items():
        figures = [value for key, value in known.items() if key[:3] == (area, "HH7", sex) and key[4] == year]
        if len(figures) == 1 and "remaining" in own:
            # The target of 2030 is that everybody is online.
            assert own["remaining"] == pytest.approx(1 - figures[0], abs=1e-12)
            assert own["required per year"] == pytest.approx((1 - figures[0]) / (2030 - int(year)), abs=1e-12)
            checked += 1
    assert checked > 50
