"""The plan of a bus or a hall, a cell for each seat, ``A1: Lê Ba 0912…``, ``B2: trống``, as a list of those who sat."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.looks import is_name
from loaders.files.grid import Grid
from loaders.files.titles import is_crew
from tracing.patterns import regex
from tracing.spelling import fold

_SEAT: Final = regex(
    r"\s*(?:(?:ghế|giường|số|seat|bed)\s+)?(?P<seat>[A-Z]\d{1,2}|\d{1,2}[A-Z]?)\s*(?:[:.)\n–-]\s*(?P<rest>\S.*)?)?",
    re.S,
)
_PHONE: Final = regex(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)")
_BRACKETS: Final = regex(r"\(([^()]{1,80})\)")
_NOBODY: Final = regex(r"\(?(?:con )?trong\)?|vacant|empty|free|x|-+")
_HEADINGS: Final = ("Ghế", "Họ và tên", "SĐT", "Ghi chú")
_FEWEST, _ENOUGH, _MOST = 4, 0.6, 400
_NAMED: Final = 0.5

_Row = tuple[int, list[str | None]]


def with_seats_listed(grid: Grid) -> Grid:
    """Return such a plan as a table with a row for each seat that somebody has; any other grid as it is."""
    if grid.headings is not None or not 1 < len(grid.cells) <= _MOST or grid.cells.shape[1] < 2:
        return grid
    rows = [[text if isinstance(text, str) else None for text in row] for row in grid.cells.itertuples(index=False)]
    first = next((at for at, row in enumerate(rows) if sum(_is_told(text) for text in row) >= 2), None)
    if first is None:
        return grid
    body = [(int(grid.numbers[at]), text) for at in range(first, len(rows)) for text in rows[at] if text]
    crew = [one for one in body if is_crew(one[1])]
    seats = [(number, match) for number, text in body if (match := _SEAT.fullmatch(text)) is not None]
    told = [_seat(number, match) for number, match in seats]
    people = [row for row in told if row is not None]
    labels = sum(bool(rows[at][0]) and not _SEAT.fullmatch(rows[at][0] or "") for at in range(first, len(rows)))
    named = sum(row[1][1] is not None for row in people)
    if len(people) < _FEWEST or len(seats) < _ENOUGH * (len(body) - len(crew) - labels) or named < _NAMED * len(people):
        return grid
    above = [(int(grid.numbers[at]), _line(rows[at])) for at in range(first - 1) if any(rows[at])]
    above += [] if _is_head(rows[first - 1]) else [(int(grid.numbers[first - 1]), _line(rows[first - 1]))]
    lines: list[_Row] = [*above, *((number, [text, None, None, None]) for number, text in crew)]
    lines += [(int(grid.numbers[first]), list(_HEADINGS)), *people]
    cells = pd.DataFrame({at: pd.array([row[at] for _, row in lines], dtype="string") for at in range(len(_HEADINGS))})
    return replace(grid.with_rows(cells, np.array([number for number, _ in lines], dtype=np.int64)), lettered=False)


def _is_told(text: str | None) -> bool:
    """Tell whether a cell is a seat with what stands behind it."""
    match = _SEAT.fullmatch(text) if text else None
    return match is not None and match["rest"] is not None and any(map(str.isalpha, match["rest"]))


def _line(row: list[str | None]) -> list[str | None]:
    """Return a line above the plan in as many cells as the list has."""
    texts = [text for text in row if text]
    return [*texts[: len(_HEADINGS)], *[None] * (len(_HEADINGS) - len(texts))]


def _is_head(row: list[str | None]) -> bool:
    """Tell whether a row above the seats only names their rows: ``Dãy A | Dãy B``."""
    return sum(text is not None for text in row) > 1


def _seat(number: int, match: re.Match[str]) -> _Row | None:
    """Return the row of a seat; None of one that nobody has."""
    rest = (match["rest"] or "").strip()
    if not rest or _NOBODY.fullmatch(fold(rest)):
        return None
    phone = _PHONE.search(rest)
    bare = rest if phone is None else f"{rest[: phone.start()]} {rest[phone.end() :]}"
    beside = _BRACKETS.findall(bare)
    name = re.sub(r"\s+", " ", _BRACKETS.sub(" ", bare)).strip(" ,;:.-–")
    if not is_name(name):
        beside, name = [*([name] if name else []), *beside], ""
    return number, [match["seat"], name or None, None if phone is None else phone[0], "; ".join(beside) or None]
