"""Small workbooks in the two binary formats, written byte by byte: ``.xls`` (BIFF8) and ``.xlsb`` (BIFF12)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 512
_ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#N/A": 0x2A}

Rows = Sequence[Sequence[object]]
Merged = Sequence[tuple[int, int, int, int]]
"""First and last row, first and last column of merged cells, counted from 0."""


@dataclass(frozen=True)
class Error:
    """A cell with an error of the spreadsheet."""

    text: str


def serial(day: date, *, since_1904: bool) -> float:
    """Return a day as spreadsheets count it: from 30 December 1899, or from 1 January 1904."""
    return float((day - (date(1904, 1, 1) if since_1904 else date(1899, 12, 30))).days)


def write_xls(path: Path, rows: Rows, *, merged: Merged = (), since_1904: bool = False) -> Path:
    """Write a workbook of Excel 97: one sheet, days as numbers in a cell formatted as a day."""
    cells = b"".join(
        _xls_cell(row, at, value, since_1904)
        for row, texts in enumerate(rows)
        for at, value in enumerate(texts)
        if value not in (None, "")
    )
    sheet = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6)) + cells
    sheet += _biff(0x00E5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<4H", *area) for area in merged))
    sheet += _biff(0x000A)
    start = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    start += _biff(0x0022, struct.pack("<H", since_1904))
    start += b"".join(_biff(0x00E0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 14))
    length = len(start) + 4 + 8 + len("DS") + 4
    start += _biff(0x0085, struct.pack("<IBBBB", length, 0, 0, len("DS"), 0) + b"DS") + _biff(0x000A)
    path.write_bytes(_compound(start + sheet))
    return path


def _xls_cell(row: int, at: int, value: object, since_1904: bool) -> bytes:
    if isinstance(value, Error):
        return _biff(0x0205, struct.pack("<HHHBB", row, at, 0, _ERRORS[value.text], 1))
    if isinstance(value, date):
        return _biff(0x0203, struct.pack("<HHHd", row, at, 1, serial(value, since_1904=since_1904)))
    if isinstance(value, int | float):
        return _biff(0x0203, struct.pack("<HHHd", row, at, 0, float(value)))
    text = str(value)
    return _biff(0x0204, struct.pack("<HHHHB", row, at, 0, len(text), 1) + text.encode("utf-16-le"))


def _biff(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    """Return a compound file with one stream, "Workbook": its table of sectors, its directory, its sectors."""
    stream += bytes(max(4096 - len(stream), 0))
    stream += bytes(-len(stream) % _SECTOR)
    count = len(stream) // _SECTOR
    table = [_FAT, _END, *(at + 1 for at in range(2, count + 1)), _END]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    entries += 2 * (bytes(68) + struct.pack("<III", _FREE, _FREE, _FREE) + bytes(48))
    return header + struct.pack(f"<{len(table)}I", *table) + entries + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le").ljust(64, b"\0")
    told = struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, _FREE, _FREE, child)
    return text + told + bytes(36) + struct.pack("<IQ", start, size)


def write_xlsb(path: Path, rows: Rows, *, merged: Merged = (), since_1904: bool = False) -> Path:
    """Write a binary workbook of Excel 2007: one sheet, days as numbers."""
    book = _record(0x0083) + _record(0x0099, struct.pack("<II", since_1904, 0) + _wide("")) + _record(0x008F)
    book += _record(0x009C, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("DS")) + _record(0x0090) + _record(0x0084)
    last = (len(rows) - 1, max(map(len, rows)) - 1)
    sheet = _record(0x0081) + _record(0x0094, struct.pack("<4I", 0, last[0], 0, last[1])) + _record(0x0091)
    for row, texts in enumerate(rows):
        sheet += _record(0x0000, struct.pack("<I", row) + bytes(13))
        for at, value in enumerate(texts):
            if value not in (None, ""):
                sheet += _xlsb_cell(at, value, since_1904)
    sheet += _record(0x0092)
    if merged:
        sheet += _record(0x00B1, struct.pack("<I", len(merged)))
        sheet += b"".join(_record(0x00B0, struct.pack("<4I", *area)) for area in merged) + _record(0x00B2)
    sheet += _record(0x0082)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relations = f'<Relationships><Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/></Relationships>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def _xlsb_cell(at: int, value: object, since_1904: bool) -> bytes:
    place = struct.pack("<II", at, 0)
    if isinstance(value, Error):
        return _record(0x0003, place + struct.pack("<B", _ERRORS[value.text]))
    if isinstance(value, date):
        return _record(0x0005, place + struct.pack("<d", serial(value, since_1904=since_1904)))
    if isinstance(value, int | float):
        return _record(0x0005, place + struct.pack("<d", float(value)))
    return _record(0x0006, place + _wide(str(value)))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, data: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(data)
    while length >= 0x80:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return number + size + bytes([length]) + data
