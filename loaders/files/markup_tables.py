"""Tables written as text that is called a workbook: a web page, or the XML of Excel 2003, as many systems export them.

Only what stands in the file is read: no link, picture or frame is followed, no script is run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import numpy as np

from loaders.files.cells import Unreadable, cells_of_rows
from loaders.files.grid import Grid
from loaders.files.text import decode
from loaders.findings import FindingLog
from loaders.limits import Limits
from loaders.options import LoadOptions
from tracing.text import catalogue

_, _n = catalogue("loaders")

_LOOKED_AT: Final = 8_192
_BEGINS: Final = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<")
_HAS: Final = re.compile(rb"<(?:!doctype html|html|table|(?:ss:)?workbook)[\s>]")
_NOT_SHOWN: Final = frozenset({"script", "style", "title", "documentproperties", "styles"})
_ROWS: Final = frozenset({"tr", "row"})
_CELLS: Final = frozenset({"td", "th", "cell"})
_TABLES: Final = frozenset({"table", "worksheet"})
#: What begins a line of its own, in a cell or outside of tables.
_LINES: Final = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "center"})
_MOST_OVER, _MOST_DOWN = 1_000, 65_534
"""So many columns and rows may a cell go over, as in browsers."""


def is_markup(data: bytes) -> bool:
    """Tell whether a file called a workbook is a web page or XML with tables."""
    head = data[:_LOOKED_AT]
    return _BEGINS.match(head) is not None and _HAS.search(head.replace(b"\0", b"").lower()) is not None


def read_markup(path: Path, data: bytes, options: LoadOptions, log: FindingLog) -> list[Grid]:
    """Read the tables of such a file: those of a web page, and the lines between them, below each other.

    Raises
    ------
    Unreadable
        If there is no table, or one with more cells than the limits allow.
    """
    reader = _Reader(options.limits)
    try:
        reader.feed(decode(path, data, options, log))
        reader.close()
    except (AssertionError, ValueError) as wrong:  # what the parser says of a declaration that is none
        raise Unreadable("file.unreadable", kind=_("workbook"), reason=_("its reader broke off")) from wrong
    reader.end_row()
    reader.end_line()
    found = [sheet for sheet in reader.sheets if any(any(row) for row in sheet.rows)]
    if not any(sheet.has_table for sheet in found):
        raise Unreadable("file.unreadable", kind=_("workbook"), reason=_("it is a web page without a table"))
    return [_grid(path.name, sheet, options.limits) for sheet in found if sheet.has_table]


@dataclass
class _Sheet:
    """The rows of a page or of a sheet: texts by column, and the merged cells."""

    name: str | None
    rows: list[list[str | None]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    has_table: bool = False


def _grid(file: str, sheet: _Sheet, limits: Limits) -> Grid:
    width = max(map(len, sheet.rows))
    if width * len(sheet.rows) > limits.cells:
        raise Unreadable(
            "file.too_wide", sheet=sheet.name or file, rows=len(sheet.rows), columns=width, limit=limits.cells
        )
    last = len(sheet.rows) - 1
    merged = ((top, left, min(bottom, last), right) for top, left, bottom, right in sheet.merged)
    return Grid(
        file=file,
        sheet=sheet.name,
        cells=cells_of_rows(sheet.rows, width),
        numbers=np.arange(1, len(sheet.rows) + 1),
        merged=tuple(merged),
        lettered=True,
    )


class _Reader(HTMLParser):
    """Reads rows and cells; tables inside of cells become rows of their own."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.sheets = [_Sheet(None)]
        self._limits = limits
        self._row: list[str | None] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._line: list[str] = []
        self._column = 0
        self._above: frozenset[int] = frozenset()
        self._covered: dict[int, int] = {}
        self._hidden: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row, a cell, a line, or what is not shown."""
        tag = tag.removeprefix("ss:")
        if tag in _NOT_SHOWN:
            self._hidden = self._hidden or tag
        elif tag in _TABLES:
            self._begin_table(tag, dict(attrs))
        elif tag in _ROWS:
            self.end_row()
            self.end_line()
            self._begin_row(dict(attrs))
        elif tag in _CELLS:
            self._begin_cell(dict(attrs))
        elif tag in _LINES:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        """End what began; what was never begun is passed over."""
        tag = tag.removeprefix("ss:")
        if tag == self._hidden:
            self._hidden = None
        elif tag in _CELLS:
            self._end_cell()
        elif tag in _ROWS:
            self.end_row()
        elif tag in _TABLES:
            self.end_row()
            self._covered = {}
        elif tag in _LINES:
            self._break()

    def handle_data(self, data: str) -> None:
        """Add a text to the cell or to the line in which it stands."""
        if self._hidden is None:
            text = re.sub(r"\s+", " ", data)
            if self._cell is not None:
                self._cell.append(text)
            elif self._row is None:
                self._line.append(text)

    def end_row(self) -> None:
        """End the row that is open."""
        self._end_cell()
        if self._row is not None:
            self.sheets[-1].rows.append(self._row)
            self._row = None

    def end_line(self) -> None:
        """Put a line that stands outside of tables into a row of its own."""
        text = _joined(self._line)
        self._line = []
        if text:
            self.sheets[-1].rows.append([text])

    def _begin_table(self, tag: str, told: dict[str, str | None]) -> None:
        self.end_row()
        self.end_line()
        self._covered = {}
        if tag == "worksheet":
            self.sheets.append(_Sheet(told.get("ss:name") or told.get("name")))
        else:
            self.sheets[-1].has_table = True

    def _begin_row(self, told: dict[str, str | None]) -> None:
        rows = self.sheets[-1].rows
        place = _number(told.get("ss:index"), 1_048_576)
        while len(rows) + 1 < place <= len(rows) + _MOST_DOWN:
            rows.append([])
        self._row, self._column, self._above = [], 0, frozenset(self._covered)
        self._covered = {column: left - 1 for column, left in self._covered.items() if left > 1}

    def _begin_cell(self, told: dict[str, str | None]) -> None:
        self._end_cell()
        if self._row is None:
            self._begin_row({})
        over = max(_number(told.get("colspan"), _MOST_OVER), _number(told.get("ss:mergeacross"), _MOST_OVER) + 1, 1)
        down = max(_number(told.get("rowspan"), _MOST_DOWN), _number(told.get("ss:mergedown"), _MOST_DOWN) + 1, 1)
        self._span, self._cell = (down, over), []
        place = _number(told.get("ss:index"), self._limits.columns)
        self._column = max(self._column, place - 1)

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        text, (down, over) = _joined(self._cell), self._span
        self._cell = None
        column = self._column
        while column in self._above:
            column += 1
        if column + over > self._limits.columns:
            raise Unreadable(
                "file.columns", sheet=self.sheets[-1].name or "", columns=column + over, limit=self._limits.columns
            )
        self._row += [None] * (column + over - len(self._row))
        self._row[column] = text
        self._column = column + over
        top = len(self.sheets[-1].rows)
        if down > 1 or over > 1:
            self.sheets[-1].merged.append((top, column, top + down - 1, column + over - 1))
        if down > 1:
            self._covered |= dict.fromkeys(range(column, column + over), down - 1)

    def _break(self) -> None:
        if self._cell is not None:
            self._cell.append("\n")
        elif self._row is None:
            self.end_line()


def _number(text: str | None, most: int) -> int:
    """Return a number of an attribute, no larger than ``most``; 0 of anything else."""
    return min(int(text), most) if text is not None and re.fullmatch(r"\s*\d{1,7}\s*", text) else 0


def _joined(parts: list[str]) -> str:
    """Return the text of a cell or a line: blanks made single, no empty lines."""
    lines = (re.sub(r"[ \xa0]+", " ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
