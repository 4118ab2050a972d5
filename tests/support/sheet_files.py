"""Small files of one list, written and read as sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from loaders.files.grid import Grid, Sheet
from loaders.files.locate import find_sheets
from loaders.files.read import read_file
from loaders.findings import FindingLog
from loaders.limits import Limits
from loaders.options import LoadOptions


def read_sheets(path: Path, log: FindingLog | None = None, **limits: int) -> list[Sheet]:
    """Return the tables of a file; ``limits`` are those of reading."""
    options = LoadOptions(limits=Limits(**limits))
    grids = read_file(path, options=options, log=log if log is not None else FindingLog())
    return [sheet for grid in grids if isinstance(grid, Grid) for sheet in find_sheets(grid)]


def text_sheets(tmp_path: Path, content: str | bytes, name: str = "list.csv") -> tuple[list[Sheet], list[str]]:
    """Write a text file; return its tables and the codes of what was said of it."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    log = FindingLog()
    return read_sheets(path, log), log.codes


def book_sheet(
    tmp_path: Path,
    rows: Sequence[Sequence[object]],
    merged: Sequence[str] = (),
    more: Callable[[Worksheet], None] | None = None,
) -> Sheet:
    """Write a workbook of one sheet; return its only table."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "DS"
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    if more is not None:
        more(sheet)
    book.save(tmp_path / "list.xlsx")
    (found,) = read_sheets(tmp_path / "list.xlsx")
    return found


def columns_of(sheet: Sheet) -> dict[str, list[str | None]]:
    """Return heading -> the texts below it."""
    return {
        heading: [text if isinstance(text, str) else None for text in sheet.cells[i]]
        for i, heading in enumerate(sheet.headings)
    }
