"""What a workbook's own XML tells and its reader does not: outline, errors, formulas, strikes, what is hidden.

Every pass is linear in the size of the XML.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree import ElementTree

from loaders.files.cells import Unreadable
from loaders.limits import Limits

_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE: Final = re.compile(rb'\br="([A-Z]{1,8})([0-9]{1,10})"')
_STYLE: Final = re.compile(rb'\bs="([0-9]{1,6})"')
_ROW: Final = re.compile(rb"<row ([^>]{0,2000})>")
_COL: Final = re.compile(rb"<col ([^>]{0,2000})>")
_CHUNK: Final = 1 << 24
#: A part above this size that is more than so many times as large as it is packed holds no list; deflate's own limit.
_LARGE: Final = 64 << 20
_DENSE: Final = 200
_MOST_PACKED: Final = 1_100
#: What reading a part of a broken workbook raises.
BROKEN: Final = (
    zipfile.BadZipFile,
    KeyError,
    ElementTree.ParseError,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
)


@dataclass
class Marks:
    """Of one sheet, by 0-based positions: error texts ("" for an uncomputed formula), struck and hidden rows.

    ``comments`` are those at cells: the cell (``F5``) and the text. ``from_1904`` tells that the workbook counts its
    days from 1904.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: tuple[tuple[str, str], ...] = ()
    from_1904: bool = False


def check_archive(data: bytes, limits: Limits) -> None:
    """Refuse an archive that would unpack to more than the limit, or to far more than any list does.

    What it says of itself is not believed: what may be large is unpacked once, a piece at a time, and measured.

    Raises
    ------
    Unreadable
        With the code ``file.too_large`` or ``file.packed``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            whole = 0
            for entry in archive.infolist():
                size = entry.file_size
                if entry.compress_size * _MOST_PACKED > _LARGE:
                    size = max(size, _measure(data, entry, limits.unpacked_bytes - whole))
                whole += size
                if whole > limits.unpacked_bytes:
                    raise Unreadable("file.too_large", limit=_megabytes(limits.unpacked_bytes))
                if size > _LARGE and size > entry.compress_size * _DENSE:
                    raise Unreadable("file.packed", size=_megabytes(size), times=size // max(entry.compress_size, 1))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError):
        return


def _measure(data: bytes, entry: zipfile.ZipInfo, most: int) -> int:
    """Return the size of what an entry really holds; no more than a piece above ``most`` is unpacked."""
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return entry.compress_size
    head = data[entry.header_offset : entry.header_offset + 30]
    start = entry.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = data[start : start + entry.compress_size]
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    try:
        while packed and not unpack.eof and size <= most:
            size += len(unpack.decompress(packed, _CHUNK))
            packed = unpack.unconsumed_tail
    except zlib.error:
        return size
    return size


def _megabytes(size: int) -> str:
    return f"{size >> 20} MB"


def marks_by_sheet(data: bytes, limits: Limits) -> dict[str, Marks]:
    """Return sheet name -> its marks; empty where the workbook's parts are not as they should be.

    Raises
    ------
    Unreadable
        With ``file.too_wide`` if a sheet's rectangle has more cells than the limit.
    """
    found: dict[str, Marks] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            struck = _struck_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else frozenset()
            late = (
                re.search(rb'<workbookPr [^>]{0,2000}date1904="(?:1|true)"', archive.read("xl/workbook.xml"))
                is not None
            )
            for sheet, part in sheet_parts(archive):
                if part in names:
                    xml = archive.read(part)
                    _check_outline(xml, sheet, limits)
                    comments = _comments(archive, part, names)
                    found[sheet] = replace(_marks(xml, struck), from_1904=late, comments=comments)
    except BROKEN:
        return found
    return found


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet of a workbook and the name of its part.

    Raises
    ------
    KeyError, ElementTree.ParseError
        If the workbook's parts are not as they should be.
    """
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {r.attrib["Id"]: r.attrib["Target"] for r in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    for sheet in (e for e in book.iter() if e.tag.endswith("}sheet")):
        target = targets[sheet.attrib[_RELATIONS]].lstrip("/")
        yield sheet.attrib["name"], target if target.startswith("xl/") else f"xl/{target}"


def _comments(archive: zipfile.ZipFile, part: str, names: set[str]) -> tuple[tuple[str, str], ...]:
    """Return the comments of a sheet, each with its cell."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in names:
        return ()
    found = []
    for relation in ElementTree.fromstring(archive.read(relations)):
        target = posixpath.normpath(posixpath.join(f"/{folder}", relation.attrib.get("Target", ""))).lstrip("/")
        if relation.attrib.get("Type", "").endswith("/comments") and target in names:
            for comment in ElementTree.fromstring(archive.read(target)).iter():
                if comment.tag.endswith("}comment"):
                    text = "".join(part.text or "" for part in comment.iter() if part.tag.endswith("}t")).strip()
                    found.append((comment.attrib.get("ref", ""), text))
    return tuple((cell, text) for cell, text in found if text)


def _check_outline(xml: bytes, sheet: str, limits: Limits) -> None:
    """Refuse a sheet whose cells span too large a rectangle; references are read as they stand, forged ones too."""
    rows = columns = 0
    for at in range(0, len(xml), _CHUNK):
        places = set(_PLACE.findall(xml[at : at + _CHUNK + 64]))
        if places:
            columns = max(columns, *(_column(letters) for letters in {letters for letters, _ in places}), 0)
            rows = max(rows, *(int(number) for number in {number for _, number in places}), 0)
    if rows * columns > limits.cells or columns > 16_384 or rows > 1_048_576:
        raise Unreadable("file.too_wide", sheet=sheet, rows=rows, columns=columns, limit=limits.cells)


def _struck_styles(xml: bytes) -> frozenset[int]:
    """Return the numbers of the cell styles whose font is struck through."""
    if b"<strike" not in xml:
        return frozenset()
    fonts = xml[xml.find(b"<fonts") : xml.find(b"</fonts>")].split(b"<font>")[1:]
    struck = {i for i, font in enumerate(fonts) if re.search(rb"<strike(?: val=\"(?:1|true)\")?\s*/?>", font)}
    start = xml.find(b"<cellXfs")
    styles = re.findall(rb'<xf [^>]*?\bfontId="(\d+)"', xml[start : xml.find(b"</cellXfs>", start)])
    return frozenset(i for i, font in enumerate(styles) if int(font) in struck)


def _marks(xml: bytes, struck: frozenset[int]) -> Marks:
    hidden_rows, hidden_columns = _hidden(xml)
    marks = Marks(hidden_rows=hidden_rows, hidden_columns=hidden_columns)
    if not struck and b't="e"' not in xml and b"<f" not in xml:
        return marks
    given: Counter[int] = Counter()
    crossed: Counter[int] = Counter()
    for piece in xml.split(b"<c ")[1:]:
        attributes, _, content = piece.partition(b">")
        place = _PLACE.search(attributes)
        if place is None:
            continue
        row, column = int(place[2]) - 1, _column(place[1]) - 1
        if b't="e"' in attributes or b"<f" in content:
            _note_formula(marks, row, column, attributes, content)
        if struck and (b"<v>" in content or b"<is>" in content):
            style = _STYLE.search(attributes)
            given[row] += 1
            crossed[row] += style is not None and int(style[1]) in struck
    marks.struck = frozenset(row for row, count in crossed.items() if count * 2 > given[row])
    return marks


def _note_formula(marks: Marks, row: int, column: int, attributes: bytes, content: bytes) -> None:
    start, end = content.find(b"<v>"), content.find(b"</v>")
    value = content[start + 3 : end] if 0 <= start < end else b""
    if b't="e"' in attributes:
        marks.errors[row, column] = value.decode("utf-8", "replace")[:20] or "#ERROR"
    elif not value and b't="str"' not in attributes:
        marks.errors[row, column] = ""


def _hidden(xml: bytes) -> tuple[frozenset[int], frozenset[int]]:
    if b'hidden="1"' not in xml and b'hidden="true"' not in xml:
        return frozenset(), frozenset()
    rows, columns = set(), set()
    for match in _ROW.finditer(xml):
        number = re.search(rb'\br="(\d{1,8})"', match[1])
        if number is not None and re.search(rb'\bhidden="(?:1|true)"', match[1]):
            rows.add(int(number[1]) - 1)
    for match in _COL.finditer(xml):
        span = [re.search(rb"\b" + name + rb'="(\d{1,6})"', match[1]) for name in (b"min", b"max")]
        if re.search(rb'\bhidden="(?:1|true)"', match[1]) and span[0] and span[1]:
            columns |= set(range(int(span[0][1]) - 1, min(int(span[1][1]), 16_384)))
    return frozenset(rows), frozenset(columns)


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column
