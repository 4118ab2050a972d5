"""What binary workbooks (``.xls``, ``.xlsb``) tell and their reader does not: errors, merged cells, days from 1904.

Sources: [MS-XLS], [MS-XLSB] and [MS-CFB], the published descriptions of these formats. A file that breaks their rules
tells nothing here.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from loaders.files.workbook_xml import Marks
from loaders.limits import Limits

_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_LAST: Final = 0xFFFFFFFA
"""Numbers of sectors from here on are no sectors."""


@dataclass
class BinaryMarks:
    """Of one workbook: sheet name -> marks, and sheet name -> merged cells (top, left, bottom, right)."""

    marks: dict[str, Marks] = field(default_factory=dict)
    merged: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=dict)


def binary_marks(data: bytes, ending: str, limits: Limits) -> BinaryMarks:
    """Return the marks of a binary workbook; of one that cannot be followed none."""
    try:
        if ending == ".xlsb":
            return _of_xlsb(data, limits)
        return _of_xls(data) if ending == ".xls" else BinaryMarks()
    except (struct.error, IndexError, ValueError, KeyError, zipfile.BadZipFile, UnicodeDecodeError):
        return BinaryMarks()


# ---- .xlsb


def _of_xlsb(data: bytes, limits: Limits) -> BinaryMarks:
    out = BinaryMarks()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > limits.unpacked_bytes:
            return out
        relations = archive.read("xl/_rels/workbook.bin.rels").decode()
        since_1904, names = False, []
        for kind, record in _records(archive.read("xl/workbook.bin")):
            if kind == 0x99:
                since_1904 = bool(record[0] & 1)
            elif kind == 0x9C:
                ident, after = _wide(record, 8)
                names.append((ident, _wide(record, after)[0]))
        for ident, name in names:
            part = next((p for p in relations.split("<Relationship ") if f'Id="{ident}"' in p), "")
            target = part.partition('Target="')[2].partition('"')[0].lstrip("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            out.marks[name], out.merged[name] = _of_part(archive.read(path), since_1904)
    return out


def _of_part(data: bytes, since_1904: bool) -> tuple[Marks, list[tuple[int, int, int, int]]]:
    errors: dict[tuple[int, int], str] = {}
    merged = []
    row = 0
    for kind, record in _records(data):
        if kind == 0x00:
            row = struct.unpack_from("<I", record)[0]
        elif kind in (0x03, 0x0B):
            errors[row, struct.unpack_from("<I", record)[0]] = _ERRORS.get(record[8], "#N/A")
        elif kind == 0xB0:
            top, bottom, left, right = struct.unpack_from("<4I", record)
            merged.append((top, left, bottom, right))
    return Marks(errors=errors, from_1904=since_1904), merged


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a part: their kind and what they hold."""
    at = 0
    while at < len(data):
        kind = data[at] & 0x7F
        at += 1
        if data[at - 1] & 0x80:
            kind |= data[at] << 7
            at += 1
        size = 0
        for shift in (0, 7, 14, 21):
            size |= (data[at] & 0x7F) << shift
            at += 1
            if not data[at - 1] & 0x80:
                break
        yield kind, data[at : at + size]
        at += size


def _wide(record: bytes, at: int) -> tuple[str, int]:
    """Return a text of a record and where it ends."""
    length = struct.unpack_from("<I", record, at)[0]
    end = at + 4 + 2 * length
    return record[at + 4 : end].decode("utf-16-le"), end


# ---- .xls


def _of_xls(data: bytes) -> BinaryMarks:
    out = BinaryMarks()
    stream = _stream(data, ("Workbook", "Book"))
    since_1904, sheets = False, []
    for kind, record, _ in _biff(stream, 0):
        if kind == 0x22:
            since_1904 = bool(struct.unpack_from("<H", record)[0])
        elif kind == 0x85:
            wide = record[7] & 1
            size = record[6] * (2 if wide else 1)
            name = record[8 : 8 + size].decode("utf-16-le" if wide else "latin-1")
            sheets.append((name, struct.unpack_from("<I", record)[0]))
    for name, start in sheets:
        out.marks[name] = Marks(errors=dict(_xls_errors(stream, start)), from_1904=since_1904)
    return out


def _xls_errors(stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, record, _ in _biff(stream, start):
        code = None
        if kind == 0x0205 and record[7]:
            code = record[6]
        elif kind == 0x0006 and record[12:14] == b"\xff\xff" and record[6] == 2:
            code = record[8]
        if code is not None:
            row, column = struct.unpack_from("<HH", record)
            yield (row, column), _ERRORS.get(code, "#N/A")


def _biff(stream: bytes, at: int) -> Iterator[tuple[int, bytes, int]]:
    """Yield the records from one beginning of a part to its end: kind, what it holds, where it stands."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += kind == 0x0809
        yield kind, stream[at + 4 : at + 4 + size], at
        if kind == 0x000A:
            depth -= 1
            if depth <= 0:
                return
        at += 4 + size


def _stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """Return a stream of a compound file by its name."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    first_directory = struct.unpack_from("<I", data, 48)[0]
    cutoff, first_small = struct.unpack_from("<II", data, 56)
    tables = [n for n in struct.unpack_from("<109I", data, 76) if n < _LAST]
    more, count = struct.unpack_from("<II", data, 68)
    for _ in range(count):
        numbers = struct.unpack_from(f"<{size // 4}I", data, size * (more + 1))
        tables += [n for n in numbers[:-1] if n < _LAST]
        more = numbers[-1]
    table = [n for sector in tables for n in struct.unpack_from(f"<{size // 4}I", data, size * (sector + 1))]

    def chain(sector: int, of: list[int]) -> list[int]:
        found: list[int] = []
        while sector < _LAST and len(found) <= len(of):
            found.append(sector)
            sector = of[sector]
        return found

    def sectors(start: int) -> bytes:
        return b"".join(data[size * (n + 1) : size * (n + 2)] for n in chain(start, table))

    directory = sectors(first_directory)
    entries = [directory[at : at + 128] for at in range(0, len(directory), 128)]
    wanted = {name.encode("utf-16-le") + b"\0\0" for name in names}
    root = entries[0]
    for entry in entries:
        if entry[: struct.unpack_from("<H", entry, 64)[0]] in wanted:
            start, length = struct.unpack_from("<IQ", entry, 116)
            if length >= cutoff:
                return sectors(start)[:length]
            small = list(struct.unpack(f"<{len(sectors(first_small)) // 4}I", sectors(first_small)))
            held = sectors(struct.unpack_from("<I", root, 116)[0])
            return b"".join(held[64 * n : 64 * (n + 1)] for n in chain(start, small))[:length]
    raise KeyError(names[0])
