"""Files in, Records out: the one way through the loaders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.account import rows_by_source
from loaders.answers import answers_of
from loaders.asked import Asked
from loaders.columns.columns import Columns
from loaders.columns.looks import KnownCases
from loaders.columns.mapping import check_mapping, mapped, said_of
from loaders.columns.recognise import recognise
from loaders.columns.recognised import NOT_READ, Recognised
from loaders.columns.special import BLUEZONE, RESULTS
from loaders.columns.two_of_one_id import with_ids_apart
from loaders.columns.values import read_ids
from loaders.corrections import corrections_of, with_corrections
from loaders.files.context import write_context
from loaders.files.folder import files_of
from loaders.files.grid import Sheet, of_one_list
from loaders.files.headings import DIARY, PEOPLE, SENSOR, fields_of
from loaders.files.locate import note_lines, share_years
from loaders.files.read import FileReader
from loaders.findings import FindingLog
from loaders.options import Known, LoadOptions, LoadProgress
from loaders.people.meant import MeantRow
from loaders.questions import Answers, Source, column_question, places_of, row_keys
from loaders.result import LoadResult, SetAside, Summary
from loaders.rows.answered_cases import with_answered_cases
from loaders.rows.asking import ask_columns, ask_people, ask_sheets
from loaders.rows.bluezone import build_bluezone, owners_of
from loaders.rows.case_codes import with_codes_of_remarks
from loaders.rows.checks import Finish
from loaders.rows.counts import build_counts, is_list_of_counts
from loaders.rows.crew import crew_sheet, members_of
from loaders.rows.everybody import creates_people, everybody
from loaders.rows.identity import note_derived
from loaders.rows.journeys import build_diary
from loaders.rows.kind import ListRows
from loaders.rows.kinds import build_list
from loaders.rows.results import place_results
from loaders.rows.still_open import ask_what_is_open
from loaders.rows.struck import leave_out_struck
from loaders.rows.tables import build_sensor, build_table
from loaders.rows.told import ToldByLists
from loaders.rows.unnamed_case import with_case_answered
from loaders.shapes.itinerary import with_subject
from loaders.shapes.repeats import with_forms_of_rows
from loaders.shapes.sheets import explains, tables_of
from tracing.model.records import Records
from tracing.model.rows import repeated_rows
from tracing.model.schema import TABLES

Paths: TypeAlias = str | Path | Sequence[str | Path]
"""Files, or one of them."""


@dataclass
class Work:
    """A sheet on its way: as it stands in its file, what it lists, its typed columns."""

    sheet: Sheet
    found: Recognised | None = None
    columns: Columns | None = field(default=None)


def load_files(
    paths: Paths,
    *,
    options: LoadOptions | None = None,
    known: Known | None = None,
    answers: Answers | None = None,
    progress: LoadProgress | None = None,
) -> LoadResult:
    """Read files as one load and return their Records with everything that was found.

    Rows that cannot be used are set aside, each with its place, reason and what to do; all other rows load. The order
    of files and rows does not matter. No file at all, or files without a row, give empty Records.

    A load is held in memory whole: about 0.4 kB per row of ten columns (a list of people: up to 1.5 kB), beside some
    250 MB for the program; the process that reads a CSV takes about 0.3 kB per row while it does
    (``tests/bench/bench_load.py`` measures it).

    Parameters
    ----------
    paths
        Files, or one of them: .csv .tsv .txt .dat (also .gz), .xlsx .xlsm .xls .ods, .json .ndjson, .parquet.
    options
        How to read them.
    known
        What is already on record (a store): who may be mentioned.
    answers
        Answers to questions of earlier loads.
    progress
        Called as ``progress(what, done, total)``.

    Returns
    -------
    LoadResult
        The Records, the findings, the questions, the rows set aside, and a summary of each sheet.

    Raises
    ------
    UsageError
        If ``options`` name a table or a column that does not exist. A file that cannot be read is a finding.
    """
    return load_sheets(paths, options=options, known=known, answers=answers, progress=progress)[0]


def load_sheets(
    paths: Paths,
    *,
    options: LoadOptions | None,
    known: Known | None,
    answers: Answers | None,
    progress: LoadProgress | None,
) -> tuple[LoadResult, list[Work]]:
    """Return what :func:`load_files` returns, and the sheets that it was made of."""
    options = options or LoadOptions()
    log = FindingLog()
    work, learned = _read(paths, options, log, progress)
    corrected = corrections_of(item.sheet for item in work)
    for item in work:
        item.sheet = with_corrections(item.sheet, {**options.corrected, **corrected})
    given = answers or Answers()
    said = {**learned, **options.answers, **given.given}
    asked = Asked(replace(given, given={ident: answer for ident, answer in said.items() if answer}))
    work = _with_crews(work, options, asked.answers)
    check_mapping(options, [item.sheet for item in work], log)
    _recognise(work, options, log, known, asked.answers)
    records, meant, told = _build(work, options, log, known, asked)
    learned |= _confirmed(work, options, asked)
    result = LoadResult(
        records,
        log.freeze(),
        tuple(_summary(item) for item in work),
        tuple(kept for item in work if (kept := _set_aside(item)) is not None),
        asked.all(),
        answered=asked.answered(),
        learned=learned,
        corrected=corrected,
        used=frozenset(asked.answers.used),
        meant=meant,
        told=told,
        read=_rows_read(work),
    )
    return result, work


def _read(
    paths: Paths, options: LoadOptions, log: FindingLog, progress: LoadProgress | None
) -> tuple[list[Work], dict[str, str]]:
    """Return the sheets of all files, and the answers that stand in sheets of questions."""
    work: list[Work] = []
    learned: dict[str, str] = {}
    named = [paths] if isinstance(paths, str | Path) else paths  # one path is no list of letters
    ordered = sorted({Path(path) for path in named}, key=lambda path: (path.name, str(path)))
    with FileReader(options) as reader:
        for number, path in enumerate(ordered):
            if progress is not None:
                progress(path.name, number, len(ordered))
            for sheet in of_one_list(with_forms_of_rows(_read_sheets(path, reader, log))):
                filled = answers_of(sheet)
                learned |= filled or {}
                if filled is not None or (not sheet.headings and sheet.origin is not None):
                    continue  # a sheet of ours: questions, or the help of a form
                if not len(sheet):
                    sheet.report(log, "file.no_rows")
                _note_duplicates(sheet, log)
                note_lines(sheet, log)
                work.append(Work(sheet))
    for item, sheet in zip(work, share_years([item.sheet for item in work]), strict=True):
        item.sheet = sheet
    if progress is not None:
        progress("", len(ordered), len(ordered))
    return work, learned


def _confirmed(work: list[Work], options: LoadOptions, asked: Asked) -> dict[str, str]:
    """Return what a mapping said of headings as answers, so that it is known of the next sheet with the same ones."""
    found = {}
    for item in work:
        for heading, name in mapped(item.sheet, options).items():
            if item.found is not None and name in fields_of(item.found.layout):
                ident = column_question(item.sheet, heading)
                asked.note_answered(item.sheet, ident, item.sheet.headings.index(heading))
                found[ident] = name
    return found


def _rows_read(work: list[Work]) -> dict[Source, npt.NDArray[np.int64] | None]:
    found: dict[Source, npt.NDArray[np.int64] | None] = {}
    for item in work:
        if item.sheet.origin is None:
            found[item.sheet.file, item.sheet.sheet or ""] = None
        else:
            for source, rows in places_of(item.sheet, range(len(item.sheet))).items():
                before = found.get(source, rows)
                found[source] = None if before is None else np.union1d(before, rows)
    return found


def _read_sheets(path: Path, reader: FileReader, log: FindingLog) -> Iterator[Sheet]:
    """Yield the tables of a file."""
    for grid in reader.read(path, log):
        if (sheets := tables_of(grid, log)) is None:
            continue
        if sheets and explains(grid, sheets):
            log.add("sheet.help", file=grid.file, sheet=sheets[0].sheet)
            continue
        if not sheets:
            log.add("file.empty", file=grid.file, sheet=getattr(grid, "sheet", None))
        yield from sheets


def load_folder(
    folder: Path,
    *,
    options: LoadOptions | None = None,
    known: Known | None = None,
    answers: Answers | None = None,
    progress: LoadProgress | None = None,
) -> LoadResult:
    """Load every file of a folder as one load; files and sheets named like a table are read as that table.

    Parameters
    ----------
    folder
        The folder; folders in it, hidden files and endings that are not known are passed over.
    options, known, answers, progress
        As :func:`load_files` has them.

    Returns
    -------
    LoadResult
        What :func:`load_files` returns for its files.

    Raises
    ------
    InputError
        If ``folder`` is no folder.
    NothingFound
        If it holds no file that could be read.
    UsageError
        If ``options`` name a table or a column that does not exist.
    """
    return load_files(files_of(folder), options=options, known=known, answers=answers, progress=progress)


def _note_duplicates(sheet: Sheet, log: FindingLog) -> None:
    again = int(repeated_rows((sheet.cells[column] for column in sheet.cells), len(sheet)).sum())
    if again:
        sheet.report(log, "row.duplicate", count=again)


def _with_crews(work: list[Work], options: LoadOptions, answers: Answers) -> list[Work]:
    """Put behind each sheet the people whom it names outside its rows: driver and mate; say whose an itinerary is."""
    out: list[Work] = []
    for item in work:
        item.sheet = with_case_answered(with_subject(item.sheet, answers), answers)
        crew = crew_sheet(item.sheet, said_of(item.sheet, options, answers))
        out += [item] if crew is None else [item, Work(crew)]
    return out


def _recognise(work: list[Work], options: LoadOptions, log: FindingLog, known: Known | None, answers: Answers) -> None:
    """Recognise every sheet: by headings first, so that it is known who is a case, then by values, too."""
    quiet = FindingLog()
    ids: set[str] = set() if known is None else set(known.ids("cases"))
    names: set[str] = set()
    for item in work:
        found = recognise(item.sheet, options=options, log=quiet, answers=answers)
        if found is not None and (found.layout == "cases" or found.makes_cases):
            columns = found.reading.columns
            for at in {columns.get("person"), columns.get("case_code")} - {None}:
                ids |= set(read_ids(item.sheet.cells[at]).dropna().unique())
            if "name" in columns and "level" not in columns:
                names |= set(item.sheet.cells[columns["name"]].dropna().unique())
    cases = KnownCases(ids, names)
    for item in work:
        item.found = recognise(item.sheet, options=options, log=log, answers=answers, cases=cases)


def _build(
    work: list[Work], options: LoadOptions, log: FindingLog, known: Known | None, asked: Asked
) -> tuple[Records, tuple[MeantRow, ...], ToldByLists]:
    read = [item for item in work if item.found is not None and item.found.layout not in NOT_READ]
    sheets: list[Columns] = []
    founds = [item.found for item in read if item.found is not None]
    for item, found in zip(read, with_ids_apart(founds, known, asked), strict=True):
        item.found = with_codes_of_remarks(found, asked)
        item.columns = Columns(item.found, options, log, asked)
        leave_out_struck(item.columns)
        sheets.append(item.columns)
    creates = creates_people(options, known, sheets)
    ask_sheets([item.sheet for item in work if item.found is None], asked)
    people = everybody(sheets, known, creates=creates, answers=asked.answers, log=log)
    ask_columns(sheets, people.directory)
    ask_people(people.directory, sheets, asked)
    staged = with_answered_cases(sheets, people.directory, asked)
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
        elif columns.found.layout in TABLES:
            (build_counts if is_list_of_counts(columns) else build_table)(columns, number, staged)
    of_kind = {
        kind: [(n, columns) for n, columns in enumerate(sheets) if columns.found.layout == kind]
        for kind in (BLUEZONE, RESULTS, PEOPLE)
    }
    if of_kind[BLUEZONE]:
        owned = [(told, people.of(n, len(told.sheet))) for n, told in of_kind[PEOPLE] if told.has("bluezone")]
        build_bluezone(of_kind[BLUEZONE], staged, people.directory, owners_of(owned, known))
    place_results(of_kind[RESULTS], staged, known)
    ask_what_is_open(of_kind[PEOPLE], staged, known, people.directory)
    finish = Finish(staged, sheets, options, log, known, creates=creates)
    records = finish.records()
    here = set(records.persons["person"]) if people.directory.meant else set()
    return records, tuple(row for row in people.directory.meant if row.ident in here), finish.told


def _summary(item: Work) -> Summary:
    sheet, found, columns = item.sheet, item.found, item.columns
    rows = len(sheet)
    unread = found is not None and found.layout in NOT_READ
    aside = int(columns.bad.sum()) if columns is not None else 0 if unread else rows
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
        open_rows={} if columns is None else _rows_of(columns, columns.waiting | columns.bad),
    )


def _sources(item: Work) -> tuple[Source, ...]:
    if item.columns is None or item.sheet.origin is None:
        return ((item.sheet.file, item.sheet.sheet or ""),)
    return tuple(sorted(_rows_of(item.columns, np.ones(len(item.sheet), dtype=bool))))


def _rows_of(columns: Columns, where: npt.NDArray[np.bool_]) -> dict[Source, set[int]]:
    if columns.sheet.origin is None:
        numbers = {int(number) for number in columns.sheet.numbers[where]}
        return {(columns.sheet.file, columns.sheet.sheet or ""): numbers}
    told = [texts[where].astype(object) for texts in columns.source().values()]
    return rows_by_source(told[0], told[1], (None if pd.isna(row) else int(row) for row in told[2]))


def _set_aside(item: Work) -> SetAside | None:
    sheet, columns = item.sheet, item.columns
    if item.found is not None and item.found.layout in NOT_READ:
        return None
    bad = np.ones(len(sheet), dtype=bool) if columns is None else columns.bad | columns.waiting
    if not bad.any():
        return None
    orders = {} if columns is None else columns.orders
    dates = "; ".join(f"{heading}={order}" for heading, order in sorted(orders.items())) or None
    cells = sheet.cells[bad].set_axis(list(sheet.headings), axis=1).reset_index(drop=True)
    above = () if sheet.sections is None else sheet.sections[bad]
    sections = tuple(text if isinstance(text, str) else None for text in above)
    return SetAside(
        sheet.file,
        sheet.sheet,
        None if item.found is None else item.found.layout,
        dates,
        cells,
        tuple(int(n) for n in sheet.numbers[bad]),
        tuple(row_keys(sheet, np.flatnonzero(bad))),
        sections,
        write_context(sheet),
    )
