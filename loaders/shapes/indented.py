"""Tracing trees without headings: the column of a name says whom somebody met, the name before it, further left."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from loaders.columns.looks import is_name
from loaders.columns.moments import read_moment
from loaders.files.grid import Grid
from loaders.files.headings import is_known
from tracing.patterns import regex

_HEADINGS: Final = ("TT", "Họ và tên")
_DAY: Final = "Ngày tiếp xúc"
_CASE: Final = regex(r"(?i)(?:BN|F0|CA)[ .\-]?\d{2,}(?:\s*[-–:,(]?\s*(?P<name>[^\d()]{3,40})\)?)?")
_YEAR: Final = regex(r"\s*[(,–-]?\s*(?:sn\s*)?(?:19|20)\d\d\s*\)?$", re.IGNORECASE)
_Row: TypeAlias = list[str | None]
_SEARCHED, _FEWEST, _MOST = 6, 3, 5_000


def with_codes_of_places(grid: Grid) -> Grid:
    """Return such a tree as a table whose first column numbers its rows 1, 1.1, 1.1.1; any other grid as it is."""
    if grid.headings is not None or not _FEWEST <= len(grid.cells) <= _MOST or grid.cells.shape[1] < 2:
        return grid
    rows = [[text if isinstance(text, str) else None for text in row] for row in grid.cells.itertuples(index=False)]
    if any(text is not None and is_known(text) for row in rows[:_SEARCHED] for text in row):
        return grid
    first = next((at for at, row in enumerate(rows) if row[0] is not None and _CASE.fullmatch(row[0].strip())), None)
    below = [] if first is None else [(at, row) for at, row in enumerate(rows[first:], start=first) if any(row)]
    depths = [next(at for at, text in enumerate(row) if text is not None) for _at, row in below]
    if len(below) < _FEWEST or len(set(depths)) < 2 or set(depths) != set(range(max(depths) + 1)):
        return grid
    if not all(_names(str(row[depth])) for (_at, row), depth in zip(below, depths, strict=True)):
        return grid
    if any(sum(text is not None for text in row[: max(depths) + 1]) > 1 for _at, row in below):
        return grid
    return _table(grid, rows, int(first or 0), below, depths)


def _names(text: str) -> bool:
    return _CASE.fullmatch(text.strip()) is not None or is_name(_YEAR.sub("", text).strip())


def _table(grid: Grid, rows: list[_Row], first: int, below: list[tuple[int, _Row]], depths: list[int]) -> Grid:
    """Return the rows from ``first`` on as a table: the number of each in the tree, its name, what stands behind."""
    behind = range(max(depths) + 1, grid.cells.shape[1])
    told = {at: [row[at] for _at, row in below if row[at] is not None] for at in behind}
    more = [at for at in behind if told[at]]
    days = [at for at in more if all(read_moment(str(text)).problem in (None, "date.no_year") for text in told[at])]
    headings = [*_HEADINGS, *(_DAY if at in days[:1] else f"({chr(65 + at)})" for at in more)]
    counts: list[int] = []
    table: list[list[str | None]] = []
    for (_at, row), depth in zip(below, depths, strict=True):
        counts = [*counts[:depth], (counts[depth] if depth < len(counts) else 0) + 1]
        table.append([".".join(map(str, counts)), row[depth], *(row[at] for at in more)])
    blank: list[str | None] = [None] * (len(headings) - 1)
    titles = [[next(text for text in row if text is not None), *blank] for row in rows[:first] if any(row)]
    kept = [at for at, row in enumerate(rows[:first]) if any(row)]
    numbers = grid.numbers[[*kept, below[0][0], *(at for at, _row in below)]]
    table_of = pd.DataFrame([*titles, headings, *table], dtype="string")
    return replace(grid.with_rows(table_of, np.asarray(numbers)), lettered=False)
