"""The border between Python and the library: buffers, errors, progress, notebooks, docstrings, stubs."""

import doctest
import subprocess
import sys
import threading

import pyarrow
import pyarrow.parquet
import pytest

import inclusion_metrics as im

QUESTION = {"recipe": "synthetic/ict", "indicators": "HH7"}


def addresses(table):
    return [chunk.buffers()[1].address for column in table.columns for chunk in column.chunks]


def test_numbers_go_in_and_out_without_a_copy(demo):
    table = pyarrow.table({"a": pyarrow.array(range(100_000)), "b": pyarrow.array([0.5] * 100_000)})
    assert addresses(pyarrow.table(im.Frame(table))) == addresses(table)
    result = im.estimate(demo / "ict_survey.parquet", **QUESTION)
    assert addresses(pyarrow.table(result)) == addresses(pyarrow.table(result))


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
    told = []
    im.estimate(demo / "ict_survey.csv", **QUESTION, progress=lambda *own: told.append(own))
    assert told and all(0 <= done <= all_ for _, done, all_ in told)

    def refuse(*_):
        raise ValueError("no bar")

    with pytest.raises(ValueError, match="no bar"):
        im.estimate(demo / "ict_survey.csv", **QUESTION, progress=refuse)


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


def test_examples_of_docstrings_are_right():
    tested = doctest.testmod(im)
    assert tested.attempted > 5 and tested.failed == 0


def test_stubs_fit_the_compiled_part(tmp_path):
    checks = [["mypy.stubtest", "inclusion_metrics", "--ignore-missing-stub"], ["mypy", "--strict", "-p", "inclusion_metrics"]]
    for check in checks:
        command = [sys.executable, "-m", *check]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
