"""Spreadsheets, by calamine; error cells and uncomputed formulas are found in the workbook's own XML."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import numpy as np
import python_calamine as calamine

from loaders.files.grid import Grid
from loaders.files.read import Unreadable, cells_of_rows
from loaders.findings import FindingLog
from loaders.options import LoadOptions

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL: Final = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_workbook(path: Path, data: bytes, ending: str, options: LoadOptions, log: FindingLog) -> list[Grid]:
    """Read every sheet of a workbook that has any cell; row and column numbers are the workbook's own."""
    if data.startswith(_OLE) and b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" in data:
        raise Unreadable("file.password")
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as wrong:
        raise Unreadable("file.password") from wrong
    except (calamine.CalamineError, OSError, ValueError) as wrong:
        raise Unreadable("file.unreadable", kind="workbook", reason="it is no workbook, damaged or cut off") from wrong
    errors = _errors_by_sheet(data) if data.startswith(b"PK") and ending in (".xlsx", ".xlsm") else {}
    grids = []
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        grid = _read_sheet(path, book, meta.name, errors.get(meta.name, {}), several=len(book.sheet_names) > 1)
        if grid is None:
            continue
        if meta.visible != calamine.SheetVisibleEnum.Visible:
            log.add("sheet.hidden", file=path.name, sheet=meta.name)
        grids.append(grid)
    if not grids:
        raise Unreadable("file.empty")
    return grids


def _read_sheet(
    path: Path, book: calamine.CalamineWorkbook, name: str, errors: dict[tuple[int, int], str], *, several: bool
) -> Grid | None:
    try:
        sheet = book.get_sheet_by_name(name)
        rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (calamine.CalamineError, ValueError) as wrong:
        raise Unreadable("file.unreadable", kind="workbook", reason="a sheet is damaged or cut off") from wrong
    width = max((len(row) for row in rows), default=0)
    if width == 0 or not any(cell for row in rows for cell in row):
        return None
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or [])
    return Grid(
        path.name,
        name,
        cells_of_rows(rows, width),
        np.arange(1, len(rows) + 1),
        errors={place: text for place, text in errors.items() if place[0] < len(rows) and place[1] < width},
        merged=merged,
        lettered=True,
    )


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


def _errors_by_sheet(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Return sheet name -> (row, column) -> error text, or "" for a formula without a computed value."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
            targets = {r.attrib["Id"]: r.attrib["Target"] for r in relations}
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            for sheet in (e for e in book.iter() if e.tag.endswith("}sheet")):
                target = targets[sheet.attrib[_RELATIONS]].lstrip("/")
                name = target if target.startswith("xl/") else f"xl/{target}"
                found[sheet.attrib["name"]] = _errors(archive.read(name))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return found
    return found


def _errors(xml: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    if b't="e"' not in xml and b"<f" not in xml:
        return found
    for match in _CELL.finditer(xml):
        attributes, content = match[1], match[2] or b""
        place = re.search(rb'\br="([A-Z]+)(\d+)"', attributes)
        if place is None:
            continue
        value = re.search(rb"<v>(.*?)</v>", content, re.DOTALL)
        if b't="e"' in attributes:
            found[_position(place)] = value[1].decode() if value else "#ERROR"
        elif b"<f" in content and (value is None or not value[1]) and b't="str"' not in attributes:
            found[_position(place)] = ""
    return found


def _position(place: re.Match[bytes]) -> tuple[int, int]:
    column = 0
    for letter in place[1]:
        column = column * 26 + letter - 64
    return int(place[2]) - 1, column - 1
