"""Spreadsheets, by calamine; what it does not tell is found in the workbook's own XML."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import python_calamine as calamine

from loaders.files.binary_marks import BinaryMarks, binary_marks
from loaders.files.cells import Unreadable, cells_of_rows, is_locked
from loaders.files.colours import coloured_rows, tells_colours
from loaders.files.grid import Document, Grid
from loaders.files.markup_tables import is_markup, read_markup
from loaders.files.ods_merged import merged_cells
from loaders.files.text import read_text
from loaders.files.workbook_xml import Marks, check_archive, marks_by_sheet
from loaders.findings import FindingLog
from loaders.limits import Limits
from loaders.options import LoadOptions
from tracing.patterns import regex
from tracing.text import catalogue

_, _n = catalogue("loaders")

#: Two lines of printed letters with a tab in each.
_TABBED: Final = regex(r"\ufeff?(?:[^\x00-\x1f]*\t[^\x00-\x08\x0a-\x1f]*\r?\n){2}")
_HEAD: Final = 8_192
_FULL_CELL: Final = 32_767
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(
    path: Path, data: bytes, ending: str, options: LoadOptions, log: FindingLog
) -> Sequence[Grid | Document]:
    """Read every sheet of a workbook that has any cell; row and column numbers are the workbook's own.

    A web page, XML, or text with tabs under the name of a workbook is read as what it is.
    """
    if is_markup(data):
        return read_markup(path, data, options, log)
    if _TABBED.match(data[:_HEAD].decode("utf-8", "ignore")):
        return read_text(path, data, ".tsv", options, log)
    if data.startswith(_OLE) and is_locked(data):
        raise Unreadable("file.password")
    if data.startswith(b"PK"):
        check_archive(data, options.limits)
    grids = []
    for raw in _parsed(data, ending, options.limits):
        for code, count in (("cell.fifteen", raw.long), ("cell.full", raw.full)):
            if count:
                log.add(code, file=path.name, sheet=raw.name, count=count)
        grid = _grid(path, raw)
        if ending in (".xlsx", ".xlsm") and tells_colours(raw.rows):
            grid = replace(grid, colours=coloured_rows(data, raw.name))
        if raw.hidden:
            log.add("sheet.hidden", file=path.name, sheet=raw.name)
        elif grid.hidden_columns or grid.hidden_rows:
            log.add("sheet.hidden_parts", file=path.name, sheet=raw.name)
        grids.append(grid)
    if not grids:
        raise Unreadable("file.empty")
    return grids


class _Raw(NamedTuple):
    """A sheet as its reader gives it: texts, merged ranges; how many numbers and texts Excel has cut."""

    name: str
    hidden: bool
    rows: list[list[str | None]]
    width: int
    merged: tuple[tuple[int, int, int, int], ...]
    marks: Marks
    long: int
    full: int


def _parsed(data: bytes, ending: str, limits: Limits) -> list[_Raw]:
    """Return the sheets; whatever breaks the readers of others is a file that cannot be read."""
    try:
        return _parse(data, ending, limits)
    except (Unreadable, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as wrong:  # a reader written in Rust says so that it broke off
        raise Unreadable("file.unreadable", kind=_("workbook"), reason=_("its reader broke off")) from wrong


def _parse(data: bytes, ending: str, limits: Limits) -> list[_Raw]:
    marks = marks_by_sheet(data, limits) if data.startswith(b"PK") and ending in (".xlsx", ".xlsm") else {}
    binary = binary_marks(data, ending, limits) if ending in (".xls", ".xlsb") else BinaryMarks()
    marks |= binary.marks
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as wrong:
        raise Unreadable("file.password") from wrong
    except (calamine.CalamineError, OSError, ValueError) as wrong:
        raise Unreadable(
            "file.unreadable", kind=_("workbook"), reason=_("it is no workbook, damaged or cut off")
        ) from wrong
    merged = merged_cells(data) if ending == ".ods" else binary.merged
    sheets = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    found = (
        _parse_sheet(book, meta.name, meta.visible != calamine.SheetVisibleEnum.Visible, marks, limits)
        for meta in sheets
    )
    return [raw._replace(merged=(*raw.merged, *merged.get(raw.name, ()))) for raw in found if raw is not None]


def _parse_sheet(
    book: calamine.CalamineWorkbook, name: str, hidden: bool, marks: Mapping[str, Marks], limits: Limits
) -> _Raw | None:
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > limits.cells:
            rows, columns = sheet.total_height, sheet.total_width
            raise Unreadable("file.too_wide", sheet=name, rows=rows, columns=columns, limit=limits.cells)
        cells = sheet.to_python(skip_empty_area=False)
    except (calamine.CalamineError, ValueError) as wrong:
        raise Unreadable("file.unreadable", kind=_("workbook"), reason=_("a sheet is damaged or cut off")) from wrong
    texts = [[cell_text(cell) for cell in row] for row in cells]
    width = max((i + 1 for row in texts for i, cell in enumerate(row) if cell is not None), default=0)
    if width == 0:
        return None
    if width > limits.columns:
        raise Unreadable("file.columns", sheet=name, columns=width, limit=limits.columns)
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or [])
    long = sum(isinstance(cell, float) and abs(cell) >= 1e15 for row in cells for cell in row)
    full = sum(isinstance(cell, str) and len(cell) >= _FULL_CELL for row in cells for cell in row)
    return _Raw(name, hidden, texts, width, merged, marks.get(name, Marks()), long, full)


def _grid(path: Path, raw: _Raw) -> Grid:
    rows, width, marks = raw.rows, raw.width, raw.marks
    return Grid(
        file=path.name,
        sheet=raw.name,
        cells=cells_of_rows(rows, width),
        numbers=np.arange(1, len(rows) + 1),
        errors={place: text for place, text in marks.errors.items() if place[0] < len(rows) and place[1] < width},
        merged=raw.merged,
        lettered=True,
        struck=marks.struck,
        indented=_indented(rows),
        from_1904=marks.from_1904,
        comments=marks.comments,
        hidden_rows=frozenset(row for row in marks.hidden_rows if row < len(rows)),
        hidden_columns=frozenset(column for column in marks.hidden_columns if column < width),
    )


def _indented(rows: list[list[str | None]]) -> dict[int, int]:
    """Return rows whose first text begins with blanks -> its column."""
    found: dict[int, int] = {}
    for number, row in enumerate(rows):
        for column, text in enumerate(row[:6]):
            if text is not None and text[:2] in ("  ", "\t") and text.strip():
                found[number] = column
                break
    return found


def cell_text(cell: object) -> str | None:
    """Return a spreadsheet cell as text: whole numbers without a point, dates and times as ISO."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.replace(microsecond=0).isoformat()
    if isinstance(cell, dt.timedelta):
        hours, rest = divmod(round(cell.total_seconds()), 3600)
        return f"{hours:02}:{rest // 60:02}:{rest % 60:02}"
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
