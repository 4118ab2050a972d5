"""Files in, Records out: the one way through the loaders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.account import rows_by_source
from loaders.columns.columns import Columns
from loaders.columns.corrected import corrected
from loaders.columns.headings import DIARY, PEOPLE, SENSOR
from loaders.columns.looks import case_test
from loaders.columns.recognise import COUNTS, Recognised, check_mapping, recognise, said_of
from loaders.columns.values import read_ids
from loaders.files.bulletin import bulletin_sheet, running_text
from loaders.files.grid import Document, Grid, Sheet
from loaders.files.locate import find_sheets, note_lines, share_years
from loaders.files.read import ENDINGS, read_file
from loaders.findings import ERROR, FindingLog, Findings
from loaders.options import Known, LoadOptions, Progress
from loaders.questions import Answers, Asked, Question
from loaders.rows.asking import ask_columns, ask_people
from loaders.rows.checks import Finish
from loaders.rows.crew import crew_sheet, members_of
from loaders.rows.everybody import creates_people, everybody
from loaders.rows.identity import note_derived
from loaders.rows.journeys import build_diary
from loaders.rows.kind import ListRows
from loaders.rows.kinds import build_list
from loaders.rows.tables import Staged, build_sensor, build_table
from tracing.errors import InputError, NothingFound
from tracing.model.records import Records
from tracing.text import catalogue

_, _n = catalogue("loaders")

Source = tuple[str, str]
"""A file and its sheet; the sheet is empty where the file has none."""


@dataclass(frozen=True)
class Summary:
    """What came of one sheet: ``rows`` read = ``loaded`` (new or already known) + ``waiting`` + ``set_aside``.

    A row waits where a part of it cannot be used before a question is answered, or before a row that was set aside is
    corrected; the rest of it is loaded. ``table`` is the layout in which the sheet was read, None if it was not
    recognised; ``kind`` says it in words. ``sources`` are the file and sheet that its rows came from: itself, or, of
    rows set aside earlier, where they stood; ``waiting_rows`` the numbers of the rows that wait, by these.
    """

    file: str
    sheet: str | None
    table: str | None
    kind: str
    rows: int
    loaded: int
    set_aside: int
    waiting: int
    headings: int
    headings_known: int
    unused: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    waiting_rows: Mapping[Source, set[int]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class SetAside:
    """The rows of one sheet that need a correction or an answer, as they were read.

    ``cells`` has the sheet's headings as columns, texts; ``numbers`` are the rows in the file; ``table`` and ``dates``
    ("heading=d/m; heading=m/d" as read) are remembered so that the corrected rows are read as the sheet was.
    """

    file: str
    sheet: str | None
    table: str | None
    dates: str | None
    cells: pd.DataFrame
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class LoadResult:
    """What came of a load: the Records, everything found, a summary per sheet, and the rows set aside."""

    records: Records
    findings: Findings
    summaries: tuple[Summary, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def rows_set_aside(self) -> int:
        """How many rows need a correction before anything of them is loaded."""
        return sum(summary.set_aside for summary in self.summaries)

    @property
    def rows_waiting(self) -> int:
        """How many rows are loaded but for a part that waits."""
        return sum(summary.waiting for summary in self.summaries)

    @property
    def complete(self) -> bool:
        """Whether nothing was set aside (no row, sheet or file), nothing waits, and nothing is to be asked."""
        return (
            self.rows_set_aside + self.rows_waiting == 0
            and not self.questions
            and self.findings.of(severity=ERROR).empty
        )

    @property
    def table(self) -> pd.DataFrame:
        """The summaries as a table, a row per sheet."""
        return pd.DataFrame([vars(s) for s in self.summaries])


@dataclass
class _Work:
    sheet: Sheet
    found: Recognised | None = None
    columns: Columns | None = field(default=None)


def load_files(
    paths: Sequence[Path],
    *,
    options: LoadOptions | None = None,
    known: Known | None = None,
    answers: Answers | None = None,
    progress: Progress | None = None,
) -> LoadResult:
    """Read files as one load and return their Records with everything that was found.

    Rows that cannot be used are set aside, each with its place, reason and what to do; all other rows load. The order
    of files and rows does not matter. No file at all, or files without a row, give empty Records.

    Parameters
    ----------
    paths
        Files: .csv .tsv .txt .dat (also .gz), .xlsx .xlsm .xls .ods, .json .ndjson, .parquet.
    options
        How to read them.
    known
        What is already on record (a store): who may be mentioned.
    answers
        Answers to questions of earlier loads.
    progress
        Called as ``progress(what, done, total)``.
    """
    options = options or LoadOptions()
    log = FindingLog()
    work: list[_Work] = []
    ordered = sorted({Path(path) for path in paths}, key=lambda path: (path.name, str(path)))
    for number, path in enumerate(ordered):
        if progress is not None:
            progress(path.name, number, len(ordered))
        work += [_Work(sheet) for sheet in _read_sheets(path, options, log)]
    for item, sheet in zip(work, share_years([item.sheet for item in work]), strict=True):
        item.sheet = sheet
    given = answers or Answers()
    asked = Asked(replace(given, given={**options.answers, **given.given}))
    work = _with_crews(work, options, asked.answers)
    check_mapping(options, [item.sheet for item in work], log)
    _recognise(work, options, log, known, asked.answers)
    records = _build(work, options, log, known, asked)
    if progress is not None:
        progress("", len(ordered), len(ordered))
    return LoadResult(
        records,
        log.freeze(),
        tuple(_summary(item) for item in work),
        tuple(kept for item in work if (kept := _set_aside(item)) is not None),
        asked.all(),
    )


def _read_sheets(path: Path, options: LoadOptions, log: FindingLog) -> Iterator[Sheet]:
    """Yield the tables of a file, and note what is to be said of each."""
    for grid in read_file(path, options=options, log=log):
        sheets = _sheets_of(grid, log)
        if sheets is None:
            continue
        if not sheets:
            log.add("file.empty", file=grid.file, sheet=getattr(grid, "sheet", None))
        for sheet in sheets:
            if not len(sheet):
                sheet.report(log, "file.no_rows")
            _note_duplicates(sheet, log)
            note_lines(sheet, log)
            yield sheet


def load_folder(
    folder: Path,
    *,
    options: LoadOptions | None = None,
    known: Known | None = None,
    answers: Answers | None = None,
    progress: Progress | None = None,
) -> LoadResult:
    """Load every file of a folder as one load; files and sheets named like a table are read as that table.

    Raises
    ------
    InputError
        If ``folder`` is no folder.
    NothingFound
        If it holds no file that could be read.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(
            _("{name}: no such folder", name=folder.name),
            fix=_("check the path"),
        )
    paths = sorted(
        p
        for p in folder.iterdir()
        if p.is_file()
        and not p.name.startswith((".", "~$"))
        and (p.suffix.lower() in ENDINGS or (p.suffix == ".gz" and Path(p.stem).suffix in ENDINGS))
    )
    if not paths:
        raise NothingFound(
            _("{name}: no file that can be loaded", name=folder.name),
            fix=_("known endings: {endings}", endings=" ".join(ENDINGS)),
        )
    return load_files(paths, options=options, known=known, answers=answers, progress=progress)


def _sheets_of(grid: Grid | Document, log: FindingLog) -> list[Sheet] | None:
    """Return the tables of a grid, or the list that a bulletin becomes; None of a text that is no bulletin."""
    text = grid if isinstance(grid, Document) else running_text(grid)
    told = None if text is None else bulletin_sheet(text)
    if told is not None:
        told.report(log, "file.bulletin", count=len(told))
        return [told]
    if isinstance(grid, Document):
        log.add("file.text", file=grid.file, count=len(grid.lines))
        return None
    return [sheet for sheet in find_sheets(grid) if len(sheet) or sheet.headings]


def _note_duplicates(sheet: Sheet, log: FindingLog) -> None:
    again = int(pd.util.hash_pandas_object(sheet.cells, index=False).duplicated().sum()) if len(sheet) else 0
    if again:
        sheet.report(log, "row.duplicate", count=again)


def _with_crews(work: list[_Work], options: LoadOptions, answers: Answers) -> list[_Work]:
    """Put behind each sheet the people whom it names outside its rows: driver and mate."""
    out: list[_Work] = []
    for item in work:
        crew = crew_sheet(item.sheet, said_of(item.sheet, options, answers))
        out += [item] if crew is None else [item, _Work(crew)]
    return out


def _recognise(work: list[_Work], options: LoadOptions, log: FindingLog, known: Known | None, answers: Answers) -> None:
    """Recognise every sheet: by headings first, so that it is known who is a case, then by values, too."""
    quiet = FindingLog()
    cases: set[str] = set() if known is None else set(known.ids("cases"))
    for item in work:
        found = recognise(item.sheet, options=options, log=quiet, answers=answers)
        if found is not None and (found.layout == "cases" or found.makes_cases):
            for at in {found.reading.columns.get("person"), found.reading.columns.get("case_code")} - {None}:
                cases |= set(read_ids(item.sheet.cells[at]).dropna().unique())
    is_case = case_test(cases)
    for item in work:
        item.found = recognise(item.sheet, options=options, log=log, answers=answers, is_case=is_case)


def _build(work: list[_Work], options: LoadOptions, log: FindingLog, known: Known | None, asked: Asked) -> Records:
    read = [item for item in work if item.found is not None and item.found.layout != COUNTS]
    sheets: list[Columns] = []
    for item in read:
        assert item.found is not None
        item.found = corrected(item.found, asked)
        item.columns = Columns(item.found, options, log, asked)
        sheets.append(item.columns)
    creates = creates_people(options, known, sheets)
    people = everybody(sheets, known, creates=creates, answers=asked.answers, log=log)
    ask_columns(sheets)
    ask_people(people.directory, sheets, asked)
    staged = Staged()
    for number, columns in enumerate(sheets):
        if columns.found.layout == PEOPLE:
            used = people.used.get(number)
            person = people.of(number, len(columns.sheet))
            note_derived(columns, people.given[number], person)
            build_list(ListRows(columns, number, staged, people.directory, person, [] if used is None else [used]))
        elif columns.found.layout == SENSOR:
            build_sensor(columns, number, staged)
        elif columns.found.layout == DIARY:
            crew = members_of(columns.sheet, said_of(columns.sheet, options, asked.answers))
            who = people.of(number + 1, len(crew)) if crew else columns.empty()
            diary = ListRows(columns, number, staged, people.directory, columns.empty(), [])
            build_diary(diary, crew, [None if pd.isna(ident) else str(ident) for ident in who][: len(crew)])
        else:
            build_table(columns, number, staged)
    return Finish(staged, sheets, options, log, known, creates=creates).records()


def _summary(item: _Work) -> Summary:
    sheet, found, columns = item.sheet, item.found, item.columns
    rows = len(sheet)
    counts = found is not None and found.layout == COUNTS
    aside = int(columns.bad.sum()) if columns is not None else 0 if counts else rows
    waiting = 0 if columns is None else int((columns.waiting & ~columns.bad).sum())
    reading = None if found is None else found.reading
    return Summary(
        file=sheet.file,
        sheet=sheet.sheet,
        table=None if found is None else found.layout,
        kind="not recognised" if found is None else found.kind,
        rows=rows,
        loaded=rows - aside - waiting,
        set_aside=aside,
        waiting=waiting,
        headings=len(sheet.headings),
        headings_known=0 if reading is None else len({*reading.columns.values(), *reading.ids, *reading.kept}),
        unused=sheet.headings if reading is None else tuple(sheet.headings[i] for i in reading.unused),
        sources=_sources(item),
        waiting_rows={} if columns is None else _rows_of(columns, columns.waiting & ~columns.bad),
    )


def _sources(item: _Work) -> tuple[Source, ...]:
    if item.columns is None:
        return ((item.sheet.file, item.sheet.sheet or ""),)
    return tuple(sorted(_rows_of(item.columns, np.ones(len(item.sheet), dtype=bool))))


def _rows_of(columns: Columns, where: npt.NDArray[np.bool_]) -> dict[Source, set[int]]:
    if columns.sheet.origin is None:
        numbers = {int(number) for number in columns.sheet.numbers[where]}
        return {(columns.sheet.file, columns.sheet.sheet or ""): numbers}
    told = [texts[where].astype(object) for texts in columns.source().values()]
    return rows_by_source(told[0], told[1], (None if pd.isna(row) else int(row) for row in told[2]))


def _set_aside(item: _Work) -> SetAside | None:
    sheet, columns = item.sheet, item.columns
    if item.found is not None and item.found.layout == COUNTS:
        return None
    bad = np.ones(len(sheet), dtype=bool) if columns is None else columns.bad | columns.waiting
    if not bad.any():
        return None
    orders = {} if columns is None else columns.orders
    dates = "; ".join(f"{heading}={order}" for heading, order in sorted(orders.items())) or None
    cells = sheet.cells[bad].set_axis(list(sheet.headings), axis=1).reset_index(drop=True)
    return SetAside(
        sheet.file,
        sheet.sheet,
        None if item.found is None else item.found.layout,
        dates,
        cells,
        tuple(int(n) for n in sheet.numbers[bad]),
    )
