"""The border between Python and the library: buffers, errors, progress, notebooks, docstrings, stubs."""

import doctest
import inspect
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import polars
import pyarrow
import pyarrow.parquet
import pytest

import inclusion_metrics as im
from conftest import ROOT

QUESTION = {"recipe": "synthetic/ict", "indicators": "HH7"}


def addresses(table):
    return [chunk.buffers()[1].address for column in table.columns for chunk in column.chunks]


def test_numbers_go_in_and_out_without_a_copy(demo):
    table = pyarrow.table({"a": pyarrow.array(range(100_000)), "b": pyarrow.array([0.5] * 100_000)})
    assert addresses(pyarrow.table(im.Frame(table))) == addresses(table)
    result = im.estimate(demo / "ict_survey.parquet", **QUESTION)
    # Both are held: of two that are freed in turn the second has the memory of the first.
    one, other = pyarrow.table(result), pyarrow.table(result)
    assert addresses(one) == addresses(other)


def test_a_frame_outlives_what_it_was_made_of():
    frame = im.Frame(pyarrow.table({"a": [1, None, 3]}))
    assert frame.to_dict() == {"a": [1, None, 3]} and len(frame) == 3
    assert frame.columns == ["a"] and "<td>3</td>" in frame._repr_html_()


def test_errors_have_the_messages_and_exit_codes_of_the_command(demo):
    with pytest.raises(im.UsageError, match="did you mean `synthetic/ict`") as wrong:
        im.estimate(demo / "ict_survey.parquet", "synthetic/itc", "HH7")
    assert wrong.value.exit_code == 2
    study = demo / "study.toml"
    study.write_text(study.read_text().replace('"HH18"', '"HH81"', 1))
    with pytest.raises(im.StudyError, match=r"study.toml:\d+:\d+: no indicator `HH81`") as wrong:
        im.estimate(study)
    assert isinstance(wrong.value, im.UsageError)
    table = pyarrow.parquet.read_table(demo / "ict_survey.parquet")
    at = table.column_names.index("sex")
    values = table["sex"].to_pylist()
    values[4] = 7
    broken = table.set_column(at, "sex", pyarrow.array(values, table["sex"].type))
    with pytest.raises(im.DataError) as wrong:
        im.estimate(broken, **QUESTION)
    assert wrong.value.exit_code == 1
    for part in ["frame", "row 5", "sex", "7"]:
        assert part in str(wrong.value)
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        im.estimate([1, 2], **QUESTION)
    with pytest.raises(im.DataError, match="no data rows"):
        im.estimate(table.slice(0, 0), **QUESTION)
    with pytest.raises(im.UsageError, match="no column `wieght`"):
        im.estimate(pyarrow.table({"sex": ["F"]}), indicators="HH7", design={"weight": "wieght"})


def test_progress_is_told_and_its_exceptions_come_back(demo):
    for form in ["csv", "parquet"]:
        told = []
        rows = demo / f"ict_survey.{form}"
        im.estimate(rows, **QUESTION, cells=None, progress=lambda *own: told.append(own))
        assert told and all(0 <= done <= all_ for _, done, all_ in told)
        assert told[-1][1:] == (rows.stat().st_size,) * 2

    def refuse(*_):
        raise ValueError("no bar")

    with pytest.raises(ValueError, match="no bar"):
        im.estimate(demo / "ict_survey.csv", **QUESTION, progress=refuse)


def test_after_an_exception_of_progress_no_annex_is_written(demo):
    told = []

    def stop(*own):
        told.append(own)
        raise KeyboardInterrupt

    for form in ["csv", "parquet"]:
        with pytest.raises(KeyboardInterrupt):
            im.annex(demo / "study.toml", form, progress=stop)
    assert not (demo / "out").exists()
    # A function that has raised is told nothing more.
    assert len(told) == 2
    # Nor is a file written of cells, which are saved once all rows are read.
    with pytest.raises(KeyboardInterrupt):
        im.cells(demo / "study.toml", demo / "cells.parquet", progress=stop)
    assert len(told) == 3 and not (demo / "cells.parquet").exists()
    assert im.annex(demo / "study.toml", "csv") and (demo / "out/estimates.csv").exists()


@pytest.fixture
def ctrl_c():
    """What Ctrl-C does in a terminal: a process in the background is started with the signal ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_ends_the_reading(demo):
    told = []

    def press(*own):
        told.append(own)
        os.kill(os.getpid(), signal.SIGINT)
        # Python raises in its main thread, while this one reads.
        time.sleep(1)

    rows = demo / "ict_survey.csv"
    with pytest.raises(KeyboardInterrupt):
        im.estimate(rows, **QUESTION, progress=press)
    _, done, all_ = told[0]
    assert done < all_
    with pytest.raises(KeyboardInterrupt):
        im.cells(demo / "study.toml", demo / "cells.parquet", progress=press)
    assert not (demo / "cells.parquet").exists()


def test_wrong_arguments_are_named(demo):
    path = demo / "ict_survey.parquet"
    rows = pyarrow.table({"sex": ["F", "M"] * 50, "internet_use": ["3m", "never"] * 50})
    wrong = [
        (lambda: im.estimate(path, "synthetic/ict", 3), "`indicators` is a text or a list of texts, and not 3"),
        (lambda: im.estimate(path, "synthetic/ict", ["HH7", 3]), "`indicators` is a text or a list of texts, and 3 is"),
        (lambda: im.estimate(path, **QUESTION, by=3), "`by` is a text or a list of texts, and not 3"),
        (lambda: im.estimate(demo / "study.toml", by="sex"), "`by` is for rows; a study file says it itself"),
        (lambda: im.estimate(demo / "study.toml", cells=3), "`cells` is a path or a list of paths, and not 3"),
        (lambda: im.estimate(demo / "study.toml", cells=[3]), "`cells` is a path, and not 3"),
        (lambda: im.estimate(path, **QUESTION, registry=3), "`registry` is a path, and not 3"),
        (lambda: im.aggregate(3), "`study` is a path, and not 3"),
        (lambda: im.show(7), "`id` is a text, and not 7"),
        (lambda: im.sql(demo / "study.toml", 3), "`dialect` is a text, and not 3"),
        (lambda: im.sql(demo / "study.toml", "duckdb", tables={"persons": 3}), r"`tables\['persons'\]` is a text, and not 3"),
        (lambda: im.cells(demo / "study.toml", demo / "c.parquet", survey=3), "`survey` is a text, and not 3"),
        (lambda: im.estimate(rows, indicators="HH7", population=None), "`population` is a text, and not None"),
        (lambda: im.inspect(path, values=3), "`values` is True or False, and not 3"),
        (lambda: im.estimate(rows.append_column("sex", rows["sex"]), indicators="HH7"), "the frame has two columns `sex`"),
        (lambda: im.merge_cells(3, demo / "all.parquet"), "`parts` is a path or a list of paths, and not 3"),
        (lambda: im.inspect(3), "`file` is a path, and not 3"),
        (lambda: im.indicators(3), "`registry` is a path, and not 3"),
        (lambda: im.estimate(rows, indicators="HH7", design="w"), "`design` is a dictionary, and not 'w'"),
        (lambda: im.estimate(rows, indicators="HH7", design={"weight": 3}), "`weight` of a design is the name of a col"),
        (lambda: im.estimate(rows, indicators="HH7", design={"fpc": ["a"]}), "`fpc` of a design is the name of a column"),
        (lambda: im.estimate(rows, indicators="HH7", design={"psu": 3}), "`psu` is a text or a list of texts, and not 3"),
        (lambda: im.estimate(rows, indicators="HH7", design={"nest": "no"}), "`nest` of a design is True or False"),
        (lambda: im.estimate(rows, indicators="HH7", lonely_psu="drop"), "strata of one PSU: unknown variant `drop`, expected one of .*certainty"),
        (lambda: im.estimate(rows, indicators="HH7", lonely_psu=None), "`lonely_psu` is a text, and not None"),
        (lambda: im.estimate(rows, indicators="HH7", profile=3), "`profile` is a text, and not 3"),
        (lambda: im.estimate(rows, indicators="HH7", nest="no"), "`nest` is True or False, and not 'no'"),
        (lambda: im.gaps(None, indicators="HH7"), "`data` is None; give a study file, a frame"),
        (lambda: im.gaps(rows, indicators="HH7", profile="dsh"), "did you mean `dhs`"),
        (lambda: im.estimate(path, **QUESTION, population="household"), "`population` is for a frame without a recipe"),
        (lambda: im.estimate(path, 3, "HH7"), "`recipe` is an id, a text or a path, and not 3"),
        (lambda: im.estimate(path, demo / "mine.toml", "HH7"), "mine.toml`: the recipe cannot be read: .*No such file"),
        (lambda: im.estimate({}, **QUESTION), "`data` is an empty dictionary; give a frame"),
        (lambda: im.estimate({3: path}, **QUESTION), "the roles of `data` are texts, and 3 is none"),
        (lambda: im.recipe("synthetic/itc"), "no recipe `synthetic/itc`; did you mean `synthetic/ict`"),
        (lambda: im.indicator("ZZZZZZZZ"), r"no indicator `ZZZZZZZZ`; `indicators\(\)` lists them"),
        (lambda: im.annex(demo / "study.toml", []), "`formats` is empty; name at least one"),
        (lambda: im.estimate(demo / "study.toml", cells=[]), "the list of files of cells is empty"),
        (lambda: im.annex(demo / "study.toml", cells=()), "the list of files of cells is empty"),
        (lambda: im.sql(demo / "study.toml", "duckdb", tables="t"), "`tables` is a dictionary, and not 't'"),
        (lambda: im.estimate(path, **QUESTION, progress=3), "`progress` is a function .*, or True, and not 3"),
        (lambda: im.synthetic(10), "`rows` is a whole number from 2,600 to [0-9,]+, and not 10"),
        (lambda: im.synthetic(-1), "`rows` is a whole number .*, and not -1"),
        (lambda: im.synthetic(seed=-1), "`seed` is a whole number from 0 to [0-9,]+, and not -1"),
        (lambda: im.synthetic(draw=2**32), "`draw` is a whole number from 0 to 4,294,967,295"),
        (lambda: im.estimate(path, "un-sdg/bulk-csv", "HH7"), r"`un-sdg/bulk-csv` reads published series, .* \[\[series\]\]"),
    ]
    for call, message in wrong:
        with pytest.raises(im.UsageError, match=message):
            call()
    with pytest.raises(im.DataError, match="`Series` is no table with named columns"):
        im.estimate(polars.Series("sex", ["F", "M"]), indicators="HH7")
    empty = polars.DataFrame({"sex": ["F", "M"] * 50, "internet_use": ["3m", "never"] * 50, "age": [None] * 100})
    with pytest.raises(im.DataError, match="no value of `age` has a type, .*: cast it, as to text, or leave it out"):
        im.estimate(empty, indicators="HH7")
    study = demo / "cluster.toml"
    engine = '\n[engine]\nname = "ballista"\nscheduler = "127.0.0.1:1"\n'
    study.write_text((demo / "study.toml").read_text() + engine)
    for call in [lambda: im.estimate(study), lambda: im.annex(study), lambda: im.cells(study, demo / "c.parquet")]:
        with pytest.raises(im.UsageError, match="the study runs on a cluster"):
            call()
    dated = rows.append_column("weight", pyarrow.array(["2024-01-05"] * 100))
    with pytest.raises(im.DataError, match="it looks like a date; name the column that holds the number"):
        im.estimate(dated, indicators="HH7", design={"weight": "weight"})
    assert "BTRIM" in im.sql(demo / "study.toml", "datafusion")


def test_gaps_that_cannot_be_say_why():
    answers = ["3m", "never"] * 200
    with pytest.raises(im.UsageError, match="no measure between women and men: frame has no sex"):
        im.gaps(pyarrow.table({"internet_use": answers}), indicators="HH7")
    rows = pyarrow.table({"sex": ["F", "F", "M", "M"] * 100, "internet_use": answers})
    with pytest.raises(im.UsageError, match="no breakdown of `by` has women and men"):
        im.gaps(rows, indicators="HH7", by=())
    assert len(im.gaps(rows, indicators="HH7")) > 0


def test_other_threads_run_while_rows_are_read(demo):
    counted, stop = [0], threading.Event()

    def count():
        while not stop.wait(0.001):
            counted[0] += 1

    # The interpreter switches threads on its own only every minute: between the two looks at the counter the
    # other thread can run only if the lock is given back.
    interval = sys.getswitchinterval()
    thread = threading.Thread(target=count)
    try:
        sys.setswitchinterval(60)
        thread.start()
        before = counted[0]
        im.estimate(demo / "study.toml")
        after = counted[0]
    finally:
        sys.setswitchinterval(interval)
        stop.set()
        thread.join()
    assert after > before + 10


def test_a_result_shows_tables_and_charts_in_a_notebook(demo):
    result = im.estimate(demo / "study.toml")
    html = result._repr_html_()
    assert "<table" in html and "<svg" in html and "<script" not in html
    assert "Individuals using the Internet" in html
    assert result.headline and result.headline in html.replace("&#39;", "'")
    # Two results on one page: no id twice, and each refers to its own.
    other = im.estimate(demo / "ict_survey.parquet", **QUESTION)._repr_html_()
    ids = [set(re.findall(r' id="([^"]+)"', text)) for text in (html, other)]
    assert all(ids) and not ids[0] & ids[1]
    for text, own in zip((html, other), ids):
        named = re.findall(r'url\(#([^)]+)\)|aria-labelledby="([^"]+)"', text)
        assert set(" ".join(a or b for a, b in named).split()) <= own
    assert "women" in repr(result) and isinstance(result.notes, list)
    assert result.sources[0]["sha256"] and len(result.sources[0]["sha256"]) == 64


def test_a_file_is_described(demo):
    text = im.inspect(demo / "ict_survey.sav")
    assert "19,458 rows" in text and "internet_last" in text
    assert len(im.inspect(demo / "ict_survey.sav", values=True)) > len(text)


def test_the_registry_is_there():
    assert im.indicator("HH7")["sdg"] == "17.8.1"
    assert {"synthetic/ict"} <= {own["id"] for own in im.recipes()}
    assert "Internet" in im.show("HH7")
    with pytest.raises(im.UsageError):
        im.indicator("HH77")


def test_examples_of_docstrings_are_right(demo, monkeypatch):
    functions = [name for name in im.__all__ if inspect.isfunction(getattr(im, name))]
    assert functions and [name for name in functions if ">>>" not in getattr(im, name).__doc__] == []
    shutil.copytree(ROOT / "datasets/world", demo / "world", ignore=shutil.ignore_patterns("out"))
    monkeypatch.chdir(demo)
    tested = doctest.testmod(im)
    assert tested.attempted > 2 * len(functions) and tested.failed == 0
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    for kind in [im.Frame, im.Result]:
        own = {name for name in vars(kind) if not name.startswith("_") and inspect.isroutine(getattr(kind, name))}
        tests = [test for name in own for test in finder.find(getattr(kind, name), name, globs={})]
        assert own and {test.name for test in tests if test.examples} == own
        for test in tests:
            assert runner.run(test).failed == 0, test.name


def test_stubs_fit_the_compiled_part(tmp_path):
    checks = [["mypy.stubtest", "inclusion_metrics", "--ignore-missing-stub"], ["mypy", "--strict", "-p", "inclusion_metrics"]]
    for check in checks:
        command = [sys.executable, "-m", *check]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
