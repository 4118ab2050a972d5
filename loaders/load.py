"""Files in, Records out: the one way through the loaders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from loaders.columns.columns import Columns
from loaders.columns.headings import PEOPLE, SENSOR
from loaders.columns.recognise import Recognised, recognise
from loaders.columns.values import read_ids
from loaders.files.grid import Document, Sheet
from loaders.files.locate import find_sheets, note_lines
from loaders.files.read import ENDINGS, read_file
from loaders.findings import ERROR, FindingLog, Findings
from loaders.options import Known, LoadOptions, Progress
from loaders.rows.checks import Finish
from loaders.rows.identity import person_ids, references
from loaders.rows.people import Context, build_people
from loaders.rows.tables import Staged, build_sensor, build_table
from tracing.errors import InputError, NothingFound
from tracing.model.records import Records


@dataclass(frozen=True)
class Summary:
    """What came of one sheet: ``rows`` read = ``loaded`` (new or already known) + ``set_aside``.

    ``table`` is the layout in which the sheet was read, None if it was not recognised; ``kind`` says it in words.
    """

    file: str
    sheet: str | None
    table: str | None
    kind: str
    rows: int
    loaded: int
    set_aside: int
    headings: int
    headings_known: int
    unused: tuple[str, ...]


@dataclass(frozen=True)
class SetAside:
    """The rows of one sheet that need a correction, as they were read.

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

    @property
    def rows_set_aside(self) -> int:
        """How many rows need a correction."""
        return sum(len(kept.numbers) for kept in self.set_aside)

    @property
    def complete(self) -> bool:
        """Whether nothing was set aside: no row, sheet or file."""
        return self.rows_set_aside == 0 and self.findings.of(severity=ERROR).empty

    @property
    def table(self) -> pd.DataFrame:
        """The summaries as a table, a row per sheet."""
        return pd.DataFrame([vars(s) for s in self.summaries])


@dataclass
class _Work:
    sheet: Sheet
    found: Recognised | None
    columns: Columns | None = field(default=None)


def load_files(
    paths: Sequence[Path],
    *,
    options: LoadOptions | None = None,
    known: Known | None = None,
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
        for grid in read_file(path, options=options, log=log):
            if isinstance(grid, Document):
                log.add("file.text", file=grid.file, count=len(grid.lines))
                continue
            sheets = [sheet for sheet in find_sheets(grid) if len(sheet) or sheet.headings]
            if not sheets:
                log.add("file.empty", file=grid.file, sheet=grid.sheet)
            for sheet in sheets:
                if not len(sheet):
                    sheet.report(log, "file.no_rows")
                _note_duplicates(sheet, log)
                note_lines(sheet, log)
                work.append(_Work(sheet, recognise(sheet, options=options, log=log)))
    records = _build(work, options, log, known)
    if progress is not None:
        progress("", len(ordered), len(ordered))
    return LoadResult(
        records,
        log.freeze(),
        tuple(_summary(item) for item in work),
        tuple(kept for item in work if (kept := _set_aside(item)) is not None),
    )


def load_folder(
    folder: Path,
    *,
    options: LoadOptions | None = None,
    known: Known | None = None,
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
            f"{folder.name}: no such folder",
            vi=f"{folder.name}: không có thư mục này",
            fix="check the path",
            fix_vi="kiểm tra lại đường dẫn",
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
            f"{folder.name}: no file that can be loaded",
            vi=f"{folder.name}: không có tệp nào nạp được",
            fix=f"known endings: {' '.join(ENDINGS)}",
            fix_vi=f"các đuôi tệp: {' '.join(ENDINGS)}",
        )
    return load_files(paths, options=options, known=known, progress=progress)


def _note_duplicates(sheet: Sheet, log: FindingLog) -> None:
    again = int(pd.util.hash_pandas_object(sheet.cells, index=False).duplicated().sum()) if len(sheet) else 0
    if again:
        sheet.report(log, "row.duplicate", count=again)


def _build(work: list[_Work], options: LoadOptions, log: FindingLog, known: Known | None) -> Records:
    founds = [item.found for item in work if item.found is not None]
    all_columns = [Columns(found, options, log) for found in founds]
    for item, columns in zip((i for i in work if i.found is not None), all_columns, strict=True):
        item.columns = columns
    context = _context(all_columns, known)
    staged = Staged()
    for number, columns in enumerate(all_columns):
        if columns.found.layout == PEOPLE:
            build_people(columns, number, staged, context)
        elif columns.found.layout == SENSOR:
            build_sensor(columns, number, staged)
        else:
            build_table(columns, number, staged)
    return Finish(staged, all_columns, options, log, known).records()


def _context(all_columns: Sequence[Columns], known: Known | None) -> Context:
    """Choose each list's person ids by what the other sheets and the record refer to."""
    people = [c for c in all_columns if c.found.layout == PEOPLE]
    if not people:
        return Context(set())
    own = [references(columns.found) for columns in all_columns]
    on_record = set() if known is None else known.ids("persons")
    context = Context(set(on_record))
    for number, columns in enumerate(all_columns):
        found = columns.found
        if found.layout == PEOPLE:
            referred = on_record.union(*(ids for i, ids in enumerate(own) if i != number))
            context.own[number] = person_ids(columns, referred)
            context.everybody |= set(context.own[number][0].dropna())
        elif found.layout in ("persons", "cases"):
            context.everybody |= set(read_ids(found.sheet.cells[found.reading.columns["person"]]).dropna())
    return context


def _summary(item: _Work) -> Summary:
    sheet, found, columns = item.sheet, item.found, item.columns
    rows = len(sheet)
    aside = rows if columns is None else int(columns.bad.sum())
    reading = None if found is None else found.reading
    return Summary(
        file=sheet.file,
        sheet=sheet.sheet,
        table=None if found is None else found.layout,
        kind="not recognised" if found is None else found.kind,
        rows=rows,
        loaded=rows - aside,
        set_aside=aside,
        headings=len(sheet.headings),
        headings_known=0 if reading is None else len(set(reading.columns.values()) | set(reading.ids)),
        unused=sheet.headings if reading is None else tuple(sheet.headings[i] for i in reading.unused),
    )


def _set_aside(item: _Work) -> SetAside | None:
    sheet, columns = item.sheet, item.columns
    bad = np.ones(len(sheet), dtype=bool) if columns is None else columns.bad
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
