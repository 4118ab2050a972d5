"""Texts whose columns stand below each other, set apart by blanks: lists that old booking systems print.

``SEQ NAME              SEAT  REMARK`` above ``001 LE/VANTU MR       03A   CREW``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from loaders.files.headings import is_known
from tracing.patterns import regex

_SEARCHED: Final = 30
_FEWEST_COLUMNS, _FEWEST_KNOWN, _FEWEST_ROWS = 3, 2, 2
_LINES: Final = 100_000
#: So many of the lines below the headings fit the columns; the others are totals, remarks, lines of a page.
_ENOUGH: Final = 0.7
_WORD: Final = regex(r"\S+")


def fixed_width(text: str) -> list[list[str]] | None:
    """Return the rows of a text in columns, other lines as a cell of their own; None of any other text."""
    lines = [line.rstrip().expandtabs() for line in text.split("\n")]
    if len(lines) > _LINES:
        return None
    for at, line in enumerate(lines[:_SEARCHED]):
        words = list(_WORD.finditer(line))
        below = [other for other in lines[at + 1 :] if other.strip()]
        if len(words) < _FEWEST_COLUMNS or "  " not in line.strip() or len(below) < _FEWEST_ROWS:
            continue
        starts = [word.start() for word in words]
        starts = [start for i, start in enumerate(starts) if not i or _begins_column(start, line, below)]
        cells = _cut(line, starts)
        if len(starts) < _FEWEST_COLUMNS or sum(map(is_known, cells)) < _FEWEST_KNOWN:
            continue
        fits = [_fits(other, starts) for other in below]
        if sum(fits) >= max(_FEWEST_ROWS, _ENOUGH * len(fits)):
            above = [[other.strip(), *[""] * (len(starts) - 1)] for other in lines[:at]]
            rows = [
                _cut(other, starts) if _fits(other, starts) else [other.strip(), *[""] * (len(starts) - 1)]
                for other in lines[at + 1 :]
            ]
            while rows and not any(rows[-1]):
                rows.pop()
            return [*above, cells, *rows]
    return None


def _begins_column(start: int, head: str, below: Sequence[str]) -> bool:
    """Tell whether a word of the headings begins a column: nothing runs across it, and most lines begin there, too."""
    if head[start - 2 : start] == "  ":
        return True
    long = [line for line in below if len(line) > start]
    begun = sum(line[start - 1] == " " and line[start] != " " for line in long)
    return begun >= max(_FEWEST_ROWS, 0.8 * len(long))


def _fits(line: str, starts: Sequence[int]) -> bool:
    """Tell whether no text of a line runs from one column into the next, and it fills two of them at least."""
    apart = all(line[start - 1] == " " for start in starts[1:] if len(line) > start)
    return apart and sum(bool(cell) for cell in _cut(line, starts)) > 1


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    ends = [*starts[1:], len(line)]
    return [line[start:end].strip() for start, end in zip([0, *starts[1:]], ends, strict=True)]
