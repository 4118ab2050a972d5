"""A list on its way: its columns, its cells as written and as meant, and the facts that its rows tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

Written = str | int | float | date | datetime | None
KEPT: Final = "kept"


@dataclass(frozen=True)
class PageColumn:
    """A column: its heading (``over`` stands above it, over several), what it ``means``, whether equal cells merge.

    ``means`` is the name of the field of a list of people that it is, or "kept" where it says nothing that counts.
    """

    heading: str
    means: str
    over: str | None = None
    merged: bool = False


@dataclass
class Cell:
    """What stands in a cell, what it means in a spelling that nobody can misread, and whom it names.

    ``slip`` says in which way it is wrong, if it is.
    """

    written: Written
    true: str | None = None
    who: tuple[str, ...] = ()
    slip: str | None = None


@dataclass(frozen=True, kw_only=True)
class RowFact:
    """One thing that a row tells of its person: in which record table it belongs, and its values.

    ``first`` and ``last`` are ISO days or minutes; ``told`` the meanings of the columns that tell it.
    """

    table: str
    person: str
    other: str | None = None
    first: str | None = None
    last: str | None = None
    place: str | None = None
    what: str | None = None
    certain: bool = True
    told: tuple[str, ...] = ()


@dataclass
class Row:
    """One row: its person, its cells by meaning, and what it tells."""

    person: str
    cells: dict[str, Cell]
    facts: list[RowFact] = field(default_factory=list)


@dataclass
class Page:
    """One table of a sheet: title lines, columns, rows, and the lines below."""

    file: str
    sheet: str | None
    titles: list[list[str]]
    columns: list[PageColumn]
    rows: list[Row]
    footer: list[list[str]] = field(default_factory=list)
    numbered: bool = True
    machine: bool = False
    encoding: str = "utf-8"
    separator: str = ","

    @property
    def wide(self) -> bool:
        """Whether headings stand over headings."""
        return any(column.over for column in self.columns)

    @property
    def head(self) -> int:
        """How many lines stand above the first row."""
        return len(self.titles) + 1 + self.wide

    @property
    def shift(self) -> int:
        """How many columns stand before the first: one of numbers, or none."""
        return int(self.numbered)

    def headings(self, meanings: tuple[str, ...]) -> tuple[str, ...]:
        """Return the headings of the columns with these meanings."""
        return tuple(column.heading for column in self.columns if column.means in meanings)

    def lines(self) -> list[list[Written]]:
        """Return everything from the first title to the last line below, cell by cell."""
        number: list[Written] = ["STT"] if self.numbered else []
        lines: list[list[Written]] = [list(line) for line in self.titles]
        if self.wide:
            lines.append([*number, *(column.over or column.heading for column in self.columns)])
            below: list[Written] = [None] * self.shift
            lines.append(below + [column.heading if column.over else None for column in self.columns])
        else:
            lines.append([*number, *(column.heading for column in self.columns)])
        for place, row in enumerate(self.rows, start=1):
            cells = [row.cells.get(column.means) for column in self.columns]
            first: list[Written] = [place] if self.numbered else []
            lines.append([*first, *(None if cell is None else cell.written for cell in cells)])
        return lines + [list(line) for line in ([[], *self.footer] if self.footer else [])]

    def merges(self) -> list[tuple[int, int, int, int]]:
        """Return the merged blocks (first row, first column, last row, last column), all counted from 0."""
        blocks = []
        head = len(self.titles)
        for at, column in enumerate(self.columns, start=self.shift):
            blocks += self._merged_down(at, column)
            if self.wide and column.over is None:
                blocks.append((head, at, head + 1, at))
        overs = [column.over for column in self.columns]
        for over in {over for over in overs if over}:
            first = overs.index(over)
            blocks.append((head, first + self.shift, head, first + overs.count(over) - 1 + self.shift))
        if self.wide and self.numbered:
            blocks.append((head, 0, head + 1, 0))
        return blocks

    def _merged_down(self, at: int, column: PageColumn) -> list[tuple[int, int, int, int]]:
        if not column.merged:
            return []
        values = [None if (cell := row.cells.get(column.means)) is None else cell.written for row in self.rows]
        blocks, start = [], 0
        for place in range(1, len(values) + 1):
            if place == len(values) or values[place] != values[start]:
                if place - start > 1 and values[start] is not None:
                    blocks.append((self.head + start, at, self.head + place - 1, at))
                start = place
        return blocks
