"""Digital inclusion of women and men: from survey rows to the annex of a report.

The package works on the same engine as the ``inclusion`` command, and gives the same figures to the last bit.
Tables come from and go to anything that speaks the Arrow PyCapsule interface (polars, pyarrow, pandas, duckdb)
without a copy of their numbers.

Shares are 0-1 and unrounded; women are compared with men by the gap (men minus women) and by parity (women
over men). A figure that may not be shown is in no form of a result.

Examples
--------
>>> import inclusion_metrics as im
>>> im.indicator("HH7")["name"]
'Individuals using the Internet'
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypedDict, Union

from . import _inclusion
from ._inclusion import (
    DataError,
    Frame,
    InclusionError,
    InternalError,
    Result,
    StudyError,
    UsageError,
    __version__,
)

__all__ = [
    "DataError",
    "Design",
    "Frame",
    "InclusionError",
    "InternalError",
    "Result",
    "StudyError",
    "UsageError",
    "__version__",
    "aggregate",
    "annex",
    "cells",
    "concepts",
    "estimate",
    "gaps",
    "indicator",
    "indicators",
    "inspect",
    "merge_cells",
    "profiles",
    "progress",
    "recipe",
    "recipes",
    "show",
    "sql",
    "styles",
    "synthetic",
    "thresholds",
]

Path = Union[str, "os.PathLike[str]"]
Progress = Union[bool, Callable[[str, int, int], object], None]
Texts = Union[str, Sequence[str]]
Paths = Union[Path, Sequence[Path]]


class Design(TypedDict, total=False):
    """Columns of a sampling design, for a frame without a recipe.

    ``weight`` is the weight (none: every row counts one), ``stratum`` and ``psu`` one column or several, ``fpc``
    the finite population of the first stage; ``nest`` says that PSU numbers are unique only inside their stratum.
    """

    weight: str
    stratum: Texts
    psu: Texts
    fpc: str
    nest: bool


def estimate(
    data: Any,
    recipe: str | os.PathLike[str] | None = None,
    indicators: Texts = (),
    by: Texts | None = None,
    *,
    design: Design | None = None,
    population: Literal["person", "household"] = "person",
    registry: Path | None = None,
    profile: str = "dhs",
    lonely_psu: Literal["fail", "remove", "certainty", "adjust", "average"] = "fail",
    nest: bool = False,
    cells: Paths | None = None,
    progress: Progress = None,
) -> Result:
    """Estimate indicators of women and men, compare them, and review what may be shown.

    Parameters
    ----------
    data
        A study file (``.toml``), which says all else itself; or rows: a frame of polars, pyarrow, pandas or
        duckdb, the path of a data file, or a dictionary of these by the role that each has in the recipe.
    recipe
        How the rows are read: the id of a recipe of the registry, or a recipe as TOML text or the path of such a
        file (``.toml``). Left out, the columns of the frame are named after concepts and hold their codes.
    indicators
        Ids of indicators, such as ``"HH7"``.
    by
        Breakdowns, such as ``["sex", "sex * urbanisation"]``; ``"sex"`` if left out.
    design
        Columns of the sampling design, where there is no recipe.
    population
        What a row is, where there is no recipe.
    registry
        Folder that adds to or overrides the built-in registry.
    profile
        Disclosure profile.
    lonely_psu
        What to do with a stratum of one PSU.
    nest
        PSU numbers are unique only inside their stratum, also where the recipe does not say so.
    cells
        Of a study: files of cells, or folders of them, instead of the microdata (:func:`cells`).
    progress
        A function that is told ``(survey, done, all)`` in bytes; ``True`` shows a bar. An exception that it raises
        ends the reading and comes back, as Ctrl-C does.

    Returns
    -------
    Result
        Reviewed estimates, as a table and for reading.

    Raises
    ------
    StudyError
        The study file is wrong; file, line and column are in the message.
    UsageError
        An argument is wrong; the nearest name is in the message.
    DataError
        The rows are wrong; row, column and value are in the message.
    TypeError
        ``data`` is no table.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> import pyarrow as pa
    >>> rows = pa.table({
    ...     "sex": ["F", "M"] * 200,
    ...     "internet_use": ["3m", "3m", "never", "3m", "never", "never", "3m", "3m"] * 50,
    ... })
    >>> result = im.estimate(rows, indicators="HH7")
    >>> [(row["SEX"], row["OBS_VALUE"]) for row in result.levels().to_rows()]
    [('_T', 0.625), ('F', 0.5), ('M', 0.75)]
    """
    if _is_study(data):
        of_rows = {
            "recipe": recipe is not None,
            "indicators": bool(indicators),
            "by": by is not None,
            "design": design is not None,
            "population": population != "person",
            "registry": registry is not None,
            "profile": profile != "dhs",
            "lonely_psu": lonely_psu != "fail",
            "nest": nest,
        }
        given = next((name for name, is_given in of_rows.items() if is_given), None)
        if given is not None:
            raise UsageError(f"`{given}` is for rows; a study file says it itself")
        with _told(progress) as tell:
            return _inclusion.estimate_study(os.fspath(data), _paths(cells), tell)
    if _paths(cells):
        raise UsageError("`cells` are of a study; name its file (`.toml`)")
    for argument, given_text in [
        ("profile", profile),
        ("lonely_psu", lonely_psu),
        ("population", population),
    ]:
        _text(f"`{argument}`", given_text)
    if not isinstance(nest, bool):
        raise UsageError(f"`nest` is True or False, and not {nest!r}")
    if data is None:
        raise UsageError("`data` is None; give a study file, a frame, a path, or a dictionary of these by role")
    own_indicators = _texts("indicators", indicators)
    own_by = _texts("by", "sex" if by is None else by)
    if not own_indicators:
        raise UsageError("`indicators` is empty; name at least one, `indicators()` lists them")
    frames: dict[str, Frame] = {}
    files: list[str] = []
    roles = _roles(data)
    if not roles:
        raise UsageError(
            "`data` is an empty dictionary; give a frame, a path, or a dictionary of these by role"
        )
    for role, own in roles:
        if not (role is None or isinstance(role, str)):
            raise UsageError(f"the roles of `data` are texts, and {role!r} is none")
        if isinstance(own, (str, os.PathLike)):
            name = os.fspath(own)
        else:
            name = "frame" if role is None else f"frame {role}"
            frames[name] = own if isinstance(own, Frame) else Frame(own)
        files.append(name if role is None else f"{role}={name}")
    text: str | None = None
    folder = _folder(registry)
    if recipe is None:
        if list(frames) != ["frame"] or len(files) != 1:
            raise UsageError("rows of files, or of several frames, need a `recipe`")
        own_design = _mapping("design", design or {})
        unknown = sorted(set(own_design) - set(Design.__annotations__))
        if unknown:
            raise UsageError(
                f"a design has no `{unknown[0]}`; it has: {', '.join(Design.__annotations__)}"
            )
        text = _inclusion.harmonised(
            frames["frame"],
            folder,
            population,
            _column(own_design, "weight"),
            _texts("stratum", own_design.get("stratum", ())),
            _texts("psu", own_design.get("psu", ())),
            _column(own_design, "fpc"),
            _flag(own_design, "nest"),
        )
    elif design is not None:
        raise UsageError("`design` is for a frame without a recipe; a recipe says it itself")
    elif population != "person":
        raise UsageError("`population` is for a frame without a recipe; a recipe says it itself")
    else:
        recipe, text = _recipe(recipe)
    with _told(progress) as tell:
        return _inclusion.estimate_rows(
            files,
            frames,
            recipe or "",
            text,
            own_indicators,
            own_by,
            folder,
            profile,
            lonely_psu,
            nest,
            tell,
        )


def gaps(
    data: Any,
    recipe: str | os.PathLike[str] | None = None,
    indicators: Texts = (),
    by: Texts | None = None,
    *,
    design: Design | None = None,
    population: Literal["person", "household"] = "person",
    registry: Path | None = None,
    profile: str = "dhs",
    lonely_psu: Literal["fail", "remove", "certainty", "adjust", "average"] = "fail",
    nest: bool = False,
    cells: Paths | None = None,
    progress: Progress = None,
) -> Frame:
    """The measures between women and men: gap, relative gap, parity and others.

    Takes what :func:`estimate` takes, and gives its rows with such a measure.

    Raises
    ------
    UsageError
        Women and men are not told apart; why is in the message. And what :func:`estimate` raises.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> import pyarrow as pa
    >>> rows = pa.table({
    ...     "sex": ["F", "M"] * 200,
    ...     "internet_use": ["3m", "3m", "never", "3m", "never", "never", "3m", "3m"] * 50,
    ... })
    >>> [row["OBS_VALUE"] for row in im.gaps(rows, indicators="HH7").to_rows() if row["MEASURE"] == "GAP"]
    [0.25]
    """
    result = estimate(
        data,
        recipe,
        indicators,
        by,
        design=design,
        population=population,
        registry=registry,
        profile=profile,
        lonely_psu=lonely_psu,
        nest=nest,
        cells=cells,
        progress=progress,
    )
    found = result.gaps()
    if not len(found):
        codes = ("breakdown_unavailable", "indicator_unavailable")
        why = [note["message"] for note in result.notes if note["code"] in codes]
        reason = "; ".join(why) or "no breakdown of `by` has women and men (`sex`)"
        raise UsageError(f"there is no measure between women and men: {reason}")
    return found


def aggregate(study: Path, *, progress: Progress = None) -> Result:
    """The figures of countries, of groups of countries and of the world, from published figures.

    Parameters
    ----------
    study
        A study file with ``[[series]]`` sections.
    progress
        As in :func:`estimate`.

    Raises
    ------
    UsageError
        The study has no published figures.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> rows = im.aggregate("world/study.toml").to_rows()
    >>> key = {"REF_AREA": "BRA", "INDICATOR": "HH7", "TIME_PERIOD": "2014", "SEX": "F", "MEASURE": "LEVEL"}
    >>> [row["OBS_VALUE"] for row in rows if key.items() <= row.items()]
    [0.5418]
    """
    with _told(progress) as tell:
        return _inclusion.estimate_study(_path("study", study), [], tell, published=True)


def progress(study: Path, *, progress: Progress = None) -> Frame:
    """How countries move towards the targets of the indicators, by every rule side by side.

    A row for each verdict, figure and projection; a projection has the status ``F``, and where a rule says
    nothing ``REASON`` says why.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> rows = im.progress("world/study.toml").to_rows()
    >>> key = {"REF_AREA": "BRA", "INDICATOR": "HH7", "SEX": "F", "FIGURE": "remaining"}
    >>> [round(row["OBS_VALUE"], 4) for row in rows if key.items() <= row.items()]
    [0.4582]
    """
    return aggregate(study, progress=progress).progress()


def annex(
    study: Path,
    formats: Texts | None = None,
    *,
    cells: Paths | None = None,
    progress: Progress = None,
) -> list[str]:
    """Write the annex of a study into its output folder, and give the paths.

    Parameters
    ----------
    study
        A study file.
    formats
        ``html``, ``pdf``, ``docx``, ``xlsx``, ``latex``, ``markdown``, ``parquet``, ``csv``, ``tables``, ``svg``
        or ``png``; the study's own if left out.
    cells, progress
        As in :func:`estimate`.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> im.annex("study.toml", "pfd")
    Traceback (most recent call last):
    inclusion_metrics.UsageError: no format `pfd`; did you mean `pdf`?
    """
    own = None if formats is None else _texts("formats", formats)
    if own == []:
        raise UsageError("`formats` is empty; name at least one, or leave it out for those of the study")
    with _told(progress) as tell:
        paths, _ = _inclusion.annex(_path("study", study), own, _paths(cells), tell)
    return [os.fspath(path) for path in paths]


def cells(
    study: Path, output: Path, *, survey: str | None = None, progress: Progress = None
) -> list[str]:
    """Save the sums from which a study's estimates follow, and give the paths.

    Estimates made of them (``estimate(study, cells=...)``) have the same bits as those made of the rows. Cells are
    as confidential as the microdata: one may be a single person.

    Parameters
    ----------
    study
        A study file.
    output
        A file ``.parquet`` for one survey; or a folder, for a file of each survey and of each part file of its
        rows. What stands in the folder already is kept if plan and source are the same.
    survey
        Only the survey with this id.
    progress
        As in :func:`estimate`; after an exception the file that is being made is not written.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> im.cells("study.toml", "cells.parquet")
    ['cells.parquet']
    >>> im.estimate("study.toml", cells="cells.parquet").to_rows() == im.estimate("study.toml").to_rows()
    True
    """
    with _told(progress) as tell:
        made = _inclusion.cells(_path("study", study), _path("output", output), _text_or_none("`survey`", survey), tell)
    return [os.fspath(path) for path in made]


def merge_cells(parts: Paths, output: Path) -> str:
    """Merge cells of parts of one survey, in any order, into one file; folders stand for the files in them.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> parts = im.cells("study.toml", "parts")
    >>> im.merge_cells(parts, "whole.parquet")
    'whole.parquet'
    """
    return os.fspath(_inclusion.merge_cells(_paths(parts, "parts"), _path("output", output)))


def sql(
    study: Path,
    dialect: Literal["duckdb", "postgres", "spark", "bigquery", "snowflake", "datafusion"],
    *,
    tables: Mapping[str, str] | None = None,
    survey: str | None = None,
) -> str:
    """The SQL whose result is a survey's cells, for a warehouse that holds its rows.

    Save the result as CSV or Parquet with its column names, and ``estimate(study, cells=FILE)`` makes the estimates
    of it, with the same bits as from the rows. Cells are as confidential as the microdata: one may be a single
    person.

    Parameters
    ----------
    study
        A study file. Its data files need not be there; an SPSS file that declares missing values should be, since
        only its header tells them, and there is a warning where figures may differ without it.
    dialect
        The engine.
    tables
        The table of each file of the survey, by its role, as SQL names it; the role itself if left out.
    survey
        The survey with this id, where the study has several.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> print(*im.sql("study.toml", "duckdb").splitlines()[:2], sep="\\n")
    -- Digital inclusion of women and men in Tamoria: tamoria-2024
    -- Synthetic household ICT survey by recipe synthetic/ict 1.0.0
    """
    named = _mapping("tables", tables or {})
    for role, table in named.items():
        _text("the role of `tables`", role)
        _text(f"`tables[{role!r}]`", table)
    statement, notes = _inclusion.sql(
        _path("study", study), _text("`dialect`", dialect), named, _text_or_none("`survey`", survey)
    )
    for note in notes:
        warnings.warn(note, stacklevel=2)
    return statement


def inspect(file: Path, *, values: bool = False) -> str:
    """What a data file holds: columns, types, labels, missing codes, counts and likely roles, in words.

    With ``values``, all columns are shown with their values, not only one line each.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> im.inspect("ict_survey.sav").splitlines()[0]
    'ict_survey.sav: SPSS (sav), 19,458 rows, 41 columns'
    """
    if not isinstance(values, bool):
        raise UsageError(f"`values` is True or False, and not {values!r}")
    return _inclusion.inspect(_path("file", file), values)


def synthetic(rows: int = 20_000, *, seed: int | None = None, draw: int = 0) -> Frame:
    """A synthetic household survey of a made-up country, for the recipe ``synthetic/ict``.

    Parameters
    ----------
    rows
        About how many persons, from 2,600, which are two primary sampling units in each stratum; one more in
        each is some 1,300 persons more.
    seed
        Makes the population: a whole number from 0 to 2**64 - 1.
    draw
        Chooses the sample from it: a whole number from 0 to 2**32 - 1.

    Raises
    ------
    UsageError
        An argument is not in its range.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> result = im.estimate(im.synthetic(rows=5_000), "synthetic/ict", "HH7")
    >>> result.sources[0]["format"]
    'Arrow data in memory'
    """
    _in_range("rows", rows, 2_600, 2**64 - 1)
    _in_range("draw", draw, 0, 2**32 - 1)
    if seed is not None:
        _in_range("seed", seed, 0, 2**64 - 1)
    return _inclusion.synthetic(rows, seed, draw)


def indicators(registry: Path | None = None) -> list[dict[str, str]]:
    """The indicators of the registry.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> [own["name"] for own in im.indicators() if own["id"] == "HH18"]
    ['Individuals owning a mobile phone']
    """
    return _entries("indicators", registry)


def indicator(id: str, registry: Path | None = None) -> dict[str, str]:
    """One indicator; an unknown id is told with the nearest one.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> im.indicator("HH7")["unit"]
    'percent'
    """
    return _entry("indicators", id, registry)


def concepts(registry: Path | None = None) -> list[dict[str, str]]:
    """The concepts that surveys are translated into, with their codes.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> [own["codes"] for own in im.concepts() if own["id"] == "urbanisation"]
    ['U R']
    """
    return _entries("concepts", registry)


def recipes(registry: Path | None = None) -> list[dict[str, str]]:
    """The recipes: how files of surveys and of published series are read.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> sorted({own["of"] for own in im.recipes()})
    ['published series', 'survey']
    """
    return _entries("recipes", registry)


def recipe(id: str, registry: Path | None = None) -> dict[str, str]:
    """One recipe; an unknown id is told with the nearest one.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> im.recipe("synthetic/ict")["name"]
    'Synthetic household ICT survey'
    """
    return _entry("recipes", id, registry)


def thresholds(registry: Path | None = None) -> list[dict[str, str]]:
    """The threshold sets by which gaps are judged.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> "undp-gdi" in [own["id"] for own in im.thresholds()]
    True
    """
    return _entries("thresholds", registry)


def profiles(registry: Path | None = None) -> list[dict[str, str]]:
    """The disclosure profiles: below how many cases a figure is withheld or marked.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> [own["withhold_below"] for own in im.profiles() if own["id"] == "dhs"]
    ['25']
    """
    return _entries("profiles", registry)


def styles(registry: Path | None = None) -> list[dict[str, str]]:
    """The table conventions of institutions.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> "eurostat" in [own["id"] for own in im.styles()]
    True
    """
    return _entries("styles", registry)


def show(id: str, registry: Path | None = None) -> str:
    """Any entry of the registry in full, in words.

    Examples
    --------
    >>> import inclusion_metrics as im
    >>> im.show("HH7").splitlines()[1].split(maxsplit=1)
    ['name', 'Individuals using the Internet']
    """
    return _inclusion.show(_text("`id`", id), _folder(registry))


def _entries(kind: str, registry: Path | None) -> list[dict[str, str]]:
    return _inclusion.entries(kind, _folder(registry))


def _entry(kind: str, id: str, registry: Path | None) -> dict[str, str]:
    for own in _entries(kind, registry):
        if own["id"] == id:
            return own
    raise UsageError(_inclusion.unknown(kind, str(id), [own["id"] for own in _entries(kind, registry)]))


def _is_study(data: Any) -> bool:
    return isinstance(data, (str, os.PathLike)) and os.fspath(data).lower().endswith(".toml")


def _roles(data: Any) -> list[tuple[str | None, Any]]:
    if isinstance(data, Mapping):
        return list(data.items())
    return [(None, data)]


def _path(name: str, path: Any) -> str:
    if not isinstance(path, (str, os.PathLike)):
        raise UsageError(f"`{name}` is a path, and not {path!r}")
    return str(os.fspath(path))


def _text(name: str, text: Any) -> str:
    if not isinstance(text, str):
        raise UsageError(f"{name} is a text, and not {text!r}")
    return text


def _text_or_none(name: str, text: Any) -> str | None:
    return None if text is None else _text(name, text)


def _folder(registry: Any) -> str | None:
    return None if registry is None else _path("registry", registry)


def _paths(paths: Any, name: str = "cells") -> list[str]:
    if paths is None:
        return []
    own = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    if not isinstance(own, Iterable) or isinstance(own, (bytes, Mapping)):
        raise UsageError(f"`{name}` is a path or a list of paths, and not {paths!r}")
    made = [_path(name, path) for path in own]
    if not made:
        raise UsageError("the list of files of cells is empty; name at least one, or give None")
    return made


def _recipe(recipe: Any) -> tuple[str, str | None]:
    """The id of a recipe, or its text: as it is given, or that of a file."""
    if isinstance(recipe, str) and "\n" in recipe:
        return recipe, recipe
    if not isinstance(recipe, (str, os.PathLike)):
        raise UsageError(f"`recipe` is an id, a text or a path, and not {recipe!r}")
    own = os.fspath(recipe)
    if isinstance(recipe, str) and not own.lower().endswith(".toml"):
        return own, None
    try:
        with open(own, encoding="utf-8") as file:
            return own, file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"`{own}`: the recipe cannot be read: {error}") from None


def _texts(name: str, texts: Any) -> list[str]:
    own = [texts] if isinstance(texts, str) else texts
    if not isinstance(own, Iterable) or isinstance(own, (bytes, Mapping)):
        raise UsageError(f"`{name}` is a text or a list of texts, and not {texts!r}")
    own = list(own)
    for text in own:
        if not isinstance(text, str):
            raise UsageError(f"`{name}` is a text or a list of texts, and {text!r} is none")
    return own


def _mapping(name: str, own: Any) -> dict[str, Any]:
    if not isinstance(own, Mapping):
        raise UsageError(f"`{name}` is a dictionary, and not {own!r}")
    return dict(own)


def _column(design: Mapping[str, Any], name: str) -> str | None:
    own = design.get(name)
    if not (own is None or isinstance(own, str)):
        raise UsageError(f"`{name}` of a design is the name of a column, and not {own!r}")
    return own


def _flag(design: Mapping[str, Any], name: str) -> bool:
    own = design.get(name, False)
    if not isinstance(own, bool):
        raise UsageError(f"`{name}` of a design is True or False, and not {own!r}")
    return own


def _in_range(name: str, value: Any, least: int, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise UsageError(f"`{name}` is a whole number from {least:,} to {most:,}, and not {value!r}")


class _told:
    """A bar while something is read: of tqdm where it is installed, else a line of text."""

    def __init__(self, progress: Progress) -> None:
        if not (progress is None or isinstance(progress, bool) or callable(progress)):
            raise UsageError(
                f"`progress` is a function that is told `(survey, done, all)`, or True, and not {progress!r}"
            )
        self._function = progress if callable(progress) else None
        self._shown = progress is True
        self._bar: Any = None
        self._survey = ""

    def __enter__(self) -> Callable[[str, int, int], object] | None:
        return self._show if self._shown else self._function

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
        elif self._shown and self._survey:
            print(file=sys.stderr)

    def _show(self, survey: str, done: int, all: int) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            self._survey = survey
            print(f"\r{survey} {100 * done // max(all, 1)} %", end="", file=sys.stderr)
            return
        if self._survey != survey:
            if self._bar is not None:
                self._bar.close()
            self._survey = survey
            self._bar = tqdm(total=all, desc=survey, unit="B", unit_scale=True, leave=False)
        self._bar.update(done - self._bar.n)
