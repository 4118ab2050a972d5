"""A sheet as it looks before anything is written: its cells, what each column becomes, what is to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd

from loaders.columns.values import WORD_SETS
from loaders.columns.words import CHOICE_WORDS, KIND_WORDS, field_words
from loaders.files.headings import PEOPLE
from loaders.load import Paths, Work, load_sheets
from loaders.options import Known, LoadOptions, LoadProgress
from loaders.questions import Answers, Question, column_question, numbered_at
from loaders.result import LoadResult
from loaders.rows.kinds import used_fields
from loaders.rows.persons import OWN
from loaders.rows.tables import CHOICE_SETS
from tracing.errors import NothingFound
from tracing.model.schema import SOURCE_COLUMNS, TABLES, Column
from tracing.text import Text, catalogue
from tracing.times import format_iso

_, _n = catalogue("loaders")

USES: Final[Mapping[str, Text]] = {
    "used": _("used"),
    "kept": _("not used by a rule; stays with the person"),
    "double": _("means the same as another column; stays with the person"),
    "not read": _("not read"),
    "asked": _("not used: to be answered"),
    "unused": _("not used; stays with the person"),
    "empty": _("empty"),
}
"""What becomes of a column, in words."""
BASES: Final[Mapping[str, Text]] = {
    "said": _("as was said"),
    "heading": _("by its heading"),
    "values": _("by its values"),
}
"""What the reading of a column rests on, in words."""
#: Columns of records that may tell who somebody is.
_PRIVATE: Final = frozenset(
    {
        *("name", "phone", "national_id", "address", "birth_date"),
        *("person", "person_a", "person_b", "source", "target"),
        *("case_code", "household"),
    }
)


@dataclass(frozen=True, kw_only=True)
class ColumnView:
    """One column of a sheet.

    Attributes
    ----------
    heading, letters
        Its heading, and the letters that a spreadsheet gives it.
    field, means
        The field that it becomes, by name and in words; None where it becomes none.
    sure
        How sure that is, 0 to 1; ``by`` is what it rests on, a key of :data:`BASES` or empty.
    use
        What becomes of its values, a key of :data:`USES`.
    question
        What is to be answered about it, with its choices.
    """

    heading: str
    letters: str
    field: str | None = None
    means: Text | None = None
    sure: float = 0.0
    by: str = ""
    use: str = "unused"
    question: Question | None = None


@dataclass(frozen=True, kw_only=True)
class RecordView:
    """One record that a row becomes: its table, and column -> value; ``private`` are those that name somebody."""

    table: str
    values: Mapping[str, str | Text]
    private: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class SheetView:
    """A sheet as it looks.

    Attributes
    ----------
    file, sheet
        Where it stands.
    table, kind
        The layout in which it is read, None if it is not recognised, and what it lists in words.
    sure
        How sure that is, 0 to 1: the mean over the columns that are used or to be answered (0).
    columns
        Its columns, in order.
    cells
        Its texts, a column per heading; the index is the number of the row in the file.
    findings
        What was found in it, by row and column (see :class:`loaders.findings.Findings`).
    questions
        What is to be answered, each with its place and choices.
    becomes
        Row number -> the records that the row becomes; only of the first rows.
    """

    file: str
    sheet: str | None
    table: str | None
    kind: Text
    sure: float
    columns: tuple[ColumnView, ...]
    cells: pd.DataFrame = field(repr=False)
    findings: pd.DataFrame = field(repr=False)
    questions: tuple[Question, ...] = ()
    becomes: Mapping[int, tuple[RecordView, ...]] = field(default_factory=dict, repr=False)

    @property
    def table_of_columns(self) -> pd.DataFrame:
        """The columns as a table."""
        return pd.DataFrame([vars(column) for column in self.columns])


def view_sheets(
    paths: Paths,
    *,
    options: LoadOptions | None = None,
    known: Known | None = None,
    answers: Answers | None = None,
    progress: LoadProgress | None = None,
    rows: int = 3,
) -> tuple[LoadResult, tuple[SheetView, ...]]:
    """Read files as :func:`loaders.load.load_files` does; return what it returns, and every sheet as it looks.

    Nothing is written anywhere.

    Parameters
    ----------
    paths, options, known, answers, progress
        As :func:`loaders.load.load_files` has them.
    rows
        Of how many rows of each sheet the records are shown.

    Returns
    -------
    tuple
        The :class:`LoadResult`, and a :class:`SheetView` of each sheet in the order of files and sheets.

    Raises
    ------
    UsageError
        If ``options`` name a table or a column that does not exist.
    """
    result, work = load_sheets(paths, options=options, known=known, answers=answers, progress=progress)
    return result, tuple(_view(item, result, rows) for item in work)


def view_sheet(
    path: Path,
    sheet: str | None = None,
    *,
    options: LoadOptions | None = None,
    known: Known | None = None,
    answers: Answers | None = None,
    rows: int = 3,
) -> SheetView:
    """Return one sheet as it looks.

    Parameters
    ----------
    path
        A file that :func:`loaders.load.load_files` reads.
    sheet
        Name of the sheet; None is the first.
    options, known, answers
        As :func:`loaders.load.load_files` has them.
    rows
        Of how many rows the records are shown.

    Returns
    -------
    SheetView
        The sheet, its columns, and what its first rows become.

    Raises
    ------
    NothingFound
        If the file has no such sheet.
    UsageError
        If ``options`` name a table or a column that does not exist.
    """
    _result, views = view_sheets([path], options=options, known=known, answers=answers, rows=rows)
    for view in views:
        if sheet is None or view.sheet == sheet:
            return view
    raise NothingFound(_("{file}: no such sheet", file=path.name), fix=_("check its name"))


def mask(text: str) -> str:
    """Return the shape of a text: ``Xx Xxx`` for a name, ``9999999999`` for a telephone number."""
    return "".join("9" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in text)


def _view(item: Work, result: LoadResult, rows: int) -> SheetView:
    sheet, found = item.sheet, item.found
    questions = tuple(q for q in result.questions if q.file == sheet.file and q.sheet == sheet.sheet)
    columns = tuple(_column(item, at, {q.id: q for q in result.questions}) for at in range(len(sheet.headings)))
    used = [0.0 if column.use == "asked" else column.sure for column in columns if column.use in ("used", "asked")]
    table = result.findings.table
    own = table[(table["file"] == sheet.file).fillna(False)]
    own = own[own["sheet"].isna() if sheet.sheet is None else (own["sheet"] == sheet.sheet).fillna(False)]
    cells = sheet.cells.set_axis(list(sheet.headings), axis=1).set_axis(sheet.numbers, axis=0)
    return SheetView(
        file=sheet.file,
        sheet=sheet.sheet,
        table=None if found is None else found.layout,
        kind=KIND_WORDS["not recognised" if found is None else found.kind],
        sure=sum(used) / len(used) if used else 0.0,
        columns=columns,
        cells=cells,
        findings=own.reset_index(drop=True),
        questions=questions,
        becomes=_becomes(item, result, rows),
    )


def _column(item: Work, at: int, questions: Mapping[str, Question]) -> ColumnView:
    sheet, found = item.sheet, item.found
    heading, letters = sheet.headings[at], sheet.letters[at]
    question = questions.get(column_question(sheet, heading))
    if question is not None and sheet.origin is None and (sheet.file, sheet.sheet or "") not in question.waiting:
        question = None  # it is asked of another sheet with the same headings
    if sheet.cells[at].isna().all():
        return ColumnView(heading=heading, letters=letters, use="empty")
    if found is None:
        return ColumnView(heading=heading, letters=letters)
    reading = found.reading
    name = next((name for name, place in reading.columns.items() if place == at), reading.double.get(at))
    if name is None or question is not None:
        use = "kept" if at in reading.kept else "not read" if at in reading.skipped else "unused"
        use = use if question is None else "asked"
    else:
        use = "double" if at in reading.double else "used" if _is_used(item, name) else "kept"
    return ColumnView(
        heading=heading,
        letters=letters,
        field=name,
        means=None if name is None else field_words(name, found.layout),
        sure=reading.sure.get(at, 1.0) if name is not None else 0.0,
        by=reading.by.get(at, "heading") if name is not None else "",
        use=use,
        question=question,
    )


def _is_used(item: Work, name: str) -> bool:
    found = item.found
    if found is None or found.layout != PEOPLE:
        return True
    facts = frozenset(fact.name for fact in item.sheet.facts)
    return name in OWN or name.startswith("stay_") or name in used_fields(frozenset(found.reading.columns), facts)


def _becomes(item: Work, result: LoadResult, rows: int) -> dict[int, tuple[RecordView, ...]]:
    found: dict[int, tuple[RecordView, ...]] = {}
    zone = result.records.zone
    for row in range(min(rows, len(item.sheet))):
        file, sheet, number = numbered_at(item.sheet, row)
        made: list[RecordView] = []
        for name, frame in result.records.tables.items():
            here = (frame["source_file"] == file) & (frame["source_row"] == number)
            here &= frame["source_sheet"].isna() if sheet is None else frame["source_sheet"] == sheet
            for record in frame[here.fillna(False).astype(bool)].to_dict("records"):
                values = _texts(name, {str(key): value for key, value in record.items()}, zone)
                made.append(RecordView(table=name, values=values, private=_PRIVATE & values.keys()))
        found[int(item.sheet.numbers[row])] = tuple(made)
    return found


def _texts(table: str, record: Mapping[str, Any], zone: str) -> dict[str, str | Text]:
    """Return what a record says; times as ISO, choices in words, without keys that are made and empty columns."""
    out: dict[str, str | Text] = {}
    for column in TABLES[table]:
        value = record[column.name]
        if value is None or pd.isna(value) or column.name in ("attributes", *SOURCE_COLUMNS):
            continue
        if column.name == TABLES[table].key and table not in ("persons", "cases", "places", "areas"):
            continue
        if column.kind == "time":
            out[column.name] = format_iso(int(str(value)), int(str(record[f"{column.name}_to"])), zone)
        else:
            out[column.name] = _choice(table, column, str(value))
    return out


def _choice(table: str, column: Column, value: str) -> str | Text:
    """Return a choice or a yes or no in words, any other value as it is."""
    name = (
        "flag"
        if column.kind == "flag"
        else CHOICE_SETS.get((table, column.name)) or WORD_SETS.get(column.name, column.name)
    )
    return CHOICE_WORDS.get(name, {}).get(value.lower(), value)
