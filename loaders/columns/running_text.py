"""The rows of a sheet as the lines of a text: of a message, or of a bulletin whose lines tell days."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from loaders.columns.movements import has_day_line
from loaders.columns.person_line import people_of_line
from loaders.files.grid import Document, Grid, Line
from loaders.files.indents import TAB
from loaders.files.text import document
from tracing.patterns import regex

#: So many lines of a text that commas part begin with a day, where it is a bulletin and no table.
_MOSTLY: Final = 0.5
#: A number of a list inside a line: ``F1: 1. Lê Văn Tư 1960 … 2. Lê Thị Năm …``.
_NUMBERED: Final = regex(r"(?:(?<=\s)|(?<=:)|^)\(?(\d{1,2})\s?[.)]\s*(?=[^\W\d_])")


def running_text(grid: Grid) -> Document | None:
    """Return a sheet whose rows are the lines of a bulletin as a text, None of any other."""
    text = lines_of(grid)
    given = grid.cells.notna().to_numpy().sum(axis=1)
    if text is None or (grid.sheet is not None and (given > 2).any()):
        return None
    told = sum(has_day_line(line.text) and len(line.text) > 25 for line in text.lines)
    if told < 2 or ((given > 2).any() and sum(map(_is_told, text.lines)) < _MOSTLY * len(text.lines)):
        return None
    return text


def with_items_apart(text: Document) -> Document:
    """Return a text in which people whom one line lists by number stand in a line each, under the line's number."""
    return replace(text, lines=tuple(part for line in text.lines for part in _items(line)))


def _items(line: Line) -> list[Line]:
    found = list(_NUMBERED.finditer(line.text))
    if len(found) < 2 or [int(match[1]) for match in found] != list(range(1, len(found) + 1)):
        return [line]
    ends = [*(match.start() for match in found[1:]), len(line.text)]
    parts = [line.text[match.start() : end].strip(" ;,") for match, end in zip(found, ends, strict=True)]
    bare = [line.text[match.end() : end].strip(" ;,.") for match, end in zip(found, ends, strict=True)]
    if not all(map(people_of_line, bare)):
        return [line]
    head = line.text[: found[0].start()].strip()
    return [Line(line.row, (part,)) for part in ([head] if head else []) + parts]


def lines_of(grid: Grid) -> Document | None:
    """Return the rows of a small sheet, or of a text file parted at its commas, as lines; None of any other."""
    if len(grid.cells) > 2_000 or grid.headings is not None or not len(grid.cells):
        return None
    lines = [
        replace(
            _line(int(number), [text for text in row if isinstance(text, str)], joined=grid.sheet is None),
            indent=TAB * next((at for at, text in enumerate(row) if isinstance(text, str)), 0)
            + grid.indented.get(i, 0),
        )
        for i, (number, row) in enumerate(zip(grid.numbers, grid.cells.itertuples(index=False, name=None), strict=True))
    ]
    return document(grid.file, [line for line in lines if line.texts])


def _is_told(line: Line) -> bool:
    """Tell whether a line with commas tells of a day behind a dash or a word, as no row of a table does."""
    return has_day_line(line.text) and re.match(r"\s*(?:[-+•*]|[^\W\d])", line.text) is not None


def _line(number: int, texts: list[str], *, joined: bool) -> Line:
    """Return a line; the cells of a text file were one text before its commas were taken for separators."""
    return Line(number, (", ".join(texts),) if joined and texts else tuple(texts))
