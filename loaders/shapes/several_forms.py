"""Several forms about one person each, one below the other in one file: each is read by itself.

A form begins with its title, ``PHIẾU ĐIỀU TRA CA BỆNH``; what stands in its sections and tables is of its person alone.
The section of those who fill a form in tells of nobody who is traced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from loaders.code_words import NAMED_CODE
from loaders.files.form_titles import NAME_ASKED, SECTION_NUMBER, is_form_title, is_of_teller
from loaders.files.grid import Document, Grid
from tracing.patterns import regex
from tracing.spelling import fold

_SECTION: Final = regex(rf"{SECTION_NUMBER}(?P<words>[^:]{{4,80}}):?")
_LONGEST, _LETTERHEAD = 10_000, 60


def forms_apart(grid: Grid | Document) -> list[Grid | Document]:
    """Return the forms that stand one below the other, of a sheet without who filled them in; else what was given.

    Lines above the first form that tell of a case are a text by themselves.
    """
    lines = _lines(grid)
    titles = [] if lines is None else [at for at, text in enumerate(lines) if is_form_title(text)]
    if lines is None or not titles:
        return [grid]
    # a title without a name below it is that of a further page
    begins = [at for at, end in pairwise([*titles, len(lines)]) if any(map(_asks_name, lines[at:end]))]
    if isinstance(grid, Document):
        above = bool(begins) and any(map(_tells, lines[: begins[0]]))
        cuts = [0, *(begins if above else begins[1:]), len(lines)]
        return [replace(grid, lines=grid.lines[begin:end]) for begin, end in pairwise(cuts)]
    left_out = sorted(_of_tellers(lines))
    if left_out:
        cells = grid.cells.copy()
        cells.iloc[left_out] = None
        grid = replace(grid, cells=cells)
    cuts = [0, *begins[1:], len(lines)]
    return [rows_of(grid, range(begin, end)) for begin, end in pairwise(cuts)] if len(begins) > 1 else [grid]


def _lines(grid: Grid | Document) -> list[str] | None:
    """Return the lines of a text, or the rows of a sheet that are lines, by position; none of a large sheet."""
    if isinstance(grid, Document):
        return [line.text for line in grid.lines]
    if grid.headings is not None or len(grid.cells) > _LONGEST:
        return None
    rows = ([text for text in row if isinstance(text, str)] for row in grid.cells.itertuples(index=False, name=None))
    return [" ".join(texts) if len(texts) == 1 or any(map(_asks_name, texts)) else "" for texts in rows]


def _asks_name(text: str) -> bool:
    return NAME_ASKED.search(fold(text)) is not None


def _tells(text: str) -> bool:
    """Tell whether a line above the first form tells something of a case, as no letterhead does."""
    return len(text) > _LETTERHEAD and NAMED_CODE.search(text) is not None


def _of_tellers(lines: list[str]) -> set[int]:
    """Return the positions of the lines in sections about who fills a form in."""
    out: set[int] = set()
    within = False
    for at, text in enumerate(lines):
        said = fold(text.strip())
        if is_of_teller(text):
            within = True
        elif within and ((section := _SECTION.fullmatch(said)) or is_form_title(text)):
            within = section is not None and re.match(r"[a-d]\s?[.)]", said) is not None
        if within:
            out.add(at)
    return out


def rows_of(grid: Grid, rows: Sequence[int]) -> Grid:
    """Return rows of a grid, by position and in their order, with what is known of its cells and lines."""
    at = {row: new for new, row in enumerate(rows)}
    return replace(
        grid.with_rows(grid.cells.iloc[list(rows)].reset_index(drop=True), np.asarray(grid.numbers)[list(rows)]),
        merged=tuple(
            (at[top], left, at[bottom], right)
            for top, left, bottom, right in grid.merged
            if top in at and at.get(bottom) == at[top] + bottom - top
        ),
    )
