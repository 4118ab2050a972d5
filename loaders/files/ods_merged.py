"""Which cells of an OpenDocument sheet are merged: its reader gives the text to the first of them and does not say."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Final, TypeAlias

from loaders.files.workbook_xml import BROKEN

Merged: TypeAlias = tuple[int, int, int, int]
#: The beginnings of tables, rows and cells with their attributes; a covered cell is one too.
_TAG: Final = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?= |/|>|\s)([^>]{0,4000})>")
_NUMBER: Final = re.compile(rb'table:number-(columns|rows)-(spanned|repeated)="(\d{1,7})"')
_NAME: Final = re.compile(rb'table:name="([^"]{0,400})"')
#: More merged cells than this no list has.
_MOST: Final = 100_000


def merged_cells(data: bytes) -> dict[str, tuple[Merged, ...]]:
    """Return sheet name -> its merged cells (top, left, bottom, right); nothing of a file that is built otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            xml = archive.read("content.xml")
    except BROKEN:
        return {}
    found: dict[str, list[Merged]] = {}
    for name, cell in _spanned(xml):
        if len(found.setdefault(name, [])) < _MOST:
            found[name].append(cell)
    return {name: tuple(cells) for name, cells in found.items()}


def _spanned(xml: bytes) -> Iterator[tuple[str, Merged]]:
    """Yield the sheet and the range of each cell that goes over others."""
    name, row, column, rows = "", -1, 0, 1
    for match in _TAG.finditer(xml):
        kind, told = match[1], match[2]
        if kind == b"table":
            named = _NAME.search(told)
            name, row, column, rows = "" if named is None else _text(named[1]), -1, 0, 1
            continue
        numbers = {(of, what): int(number) for of, what, number in _NUMBER.findall(told)}
        if kind == b"table-row":
            row, column, rows = row + rows, 0, numbers.get((b"rows", b"repeated"), 1)
            continue
        down, over = (numbers.get((of, b"spanned"), 1) for of in (b"rows", b"columns"))
        if kind == b"table-cell" and (down > 1 or over > 1):
            yield name, (row, column, row + down - 1, column + over - 1)
        column += numbers.get((b"columns", b"repeated"), 1)


def _text(name: bytes) -> str:
    return unescape(name.decode("utf-8", "replace"))
