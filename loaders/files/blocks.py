"""A text that tells of each person in a block of lines with labels, ``Họ tên: …``, ``Năm sinh: …``: a table of them."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from loaders.files.grid import Document, Grid, Line
from loaders.files.headings import PEOPLE, name_of_field
from tracing.patterns import regex

_ITEM: Final = regex(r"^\s*(?:\(?\d{1,3}\s*[.)/]\s*|[-–+•*●]\s*)(?=[^\W\d_])")
_LABELLED: Final = regex(r"([^\W\d_][^:;,.]{0,39}?)\s*:\s*(\S.*)")
#: Where a further label begins in a line: ``Năm sinh: 1969; SĐT: 0914…``.
_NEXT: Final = regex(r"(?:\s*[;,.–-]\s+|\s{2,})(?=[^\W\d_][^:;,.]{1,30}\s*:)")
_REMARK: Final = "Ghi chú"
_NAMES: Final = frozenset({"name"})
_FEWEST, _OF_ONE, _FIELDS, _ENOUGH = 2, 4, 2, 0.7

_field = partial(name_of_field, layout=PEOPLE)


def blocks_of(text: Document, *, alone: bool) -> Grid | None:
    """Return the blocks of a text as a table below the lines above the first; None of a text that is none.

    One block ``alone`` is one if it tells four facts at least.
    """
    told = [_labelled(line.text) for line in text.lines]
    begins = [at for at, pairs in enumerate(told) if pairs and _field(pairs[0][0]) in _NAMES]
    known = {_field(label) for pairs in told for label, _value in pairs} - {None}
    if len(begins) < _FEWEST and not (alone and begins and len(known) >= _OF_ONE):
        return None
    inside = told[begins[0] :]
    if sum(bool(pairs) for pairs in inside) < _ENOUGH * len(inside):
        return None
    blocks: list[dict[str, str]] = []
    for first, last in zip(begins, [*begins[1:], len(told)], strict=True):
        cells: dict[str, str] = {}
        for at in range(first, last):
            for label, value in told[at] or [(_REMARK, text.lines[at].text.strip())]:
                cells[label] = f"{cells[label]}; {value}" if label in cells else value
        blocks.append(cells)
    if min(len(cells) for cells in blocks) < _FIELDS:
        return None
    return _grid(text, text.lines[: begins[0]], [text.lines[at].row for at in begins], blocks)


def _labelled(text: str) -> list[tuple[str, str]]:
    """Return the labels of a line with their values; none of a line that begins with no label that is known."""
    parts = _NEXT.split(_ITEM.sub("", text.strip()))
    found = [match for part in parts if (match := _LABELLED.fullmatch(part.strip())) is not None]
    if not found or len(found) < len(parts) or _field(found[0][1].strip()) is None:
        return []
    return [(match[1].strip(), match[2].strip(" ;,")) for match in found]


def _grid(text: Document, above: tuple[Line, ...], numbers: list[int], blocks: list[dict[str, str]]) -> Grid:
    labels = list(dict.fromkeys(label for cells in blocks for label in cells))
    rows: list[list[str | None]] = [[line.text.strip(), *[None] * (len(labels) - 1)] for line in above]
    rows += [list(labels), *([cells.get(label) for label in labels] for cells in blocks)]
    return Grid(
        file=text.file,
        sheet=None,
        cells=pd.DataFrame(rows, dtype="string"),
        numbers=np.array([*(line.row for line in above), numbers[0], *numbers], dtype=np.int64),
    )
