"""Lines about a table in a delimited text that its separator cut: titles, sections and remarks with commas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from loaders.files.heads import is_head
from tracing.patterns import regex

#: So many lines are looked at for the headings.
_SEARCHED: Final = 30
#: So many words begin a sentence; a name has fewer, or stands below a heading.
_BEGUN: Final = 3
#: So many words has the first cell of a row at most, a name.
_NAME: Final = 6
#: What a cell of a row has and no part of a sentence: a number, a day or a telephone alone.
_VALUE: Final = regex(r"[+(]?\d[\d\s()./:–-]*")


def with_lines_whole(rows: Sequence[list[str]], delimiter: str) -> list[list[str]]:
    """Return the rows with the lines about the table in one cell each, where a separator in them made several.

    Such a line has no cell that is empty or a number, and begins with some words; above the headings and between the
    rows it has another number of cells than the table. Below the headings each of its separators has a blank behind it,
    as no row's has.
    """
    counts = Counter(len(row) for row in rows if any(row))
    width = max(counts, key=lambda n: (counts[n], n))
    head = next((at for at, row in enumerate(rows[:_SEARCHED]) if len(row) == width and is_head(_bare(row))), -1)
    below = [row for row in rows[head + 1 : head + 1 + _SEARCHED] if len(row) == width and not _is_prose(row)]
    spaced = any(map(_is_spaced, below))
    last = max((at for at, row in enumerate(rows) if len(row) == width and not _is_sentence(row)), default=head)
    out = list(rows)
    for at, row in enumerate(rows):
        if (len(row) == width and at <= last) or not _is_prose(row) or is_head(_bare(row)):
            continue
        if at < head or (not spaced and _is_spaced(row)):
            out[at] = [delimiter.join(_given(row)).strip()]
    return out


def _bare(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row]


def _given(row: Sequence[str]) -> list[str]:
    """Return a row without the empty cells behind it."""
    last = next((at for at in range(len(row), 0, -1) if row[at - 1].strip()), 0)
    return list(row[:last])


def _is_spaced(row: Sequence[str]) -> bool:
    """Tell whether a blank stands behind each separator of a row."""
    given = _given(row)
    return len(given) > 1 and all(cell[:1] == " " for cell in given[1:])


def _is_sentence(row: Sequence[str]) -> bool:
    """Tell whether a row of as many cells as the table is one sentence all the same: it begins as no row does."""
    begun = row[0].strip()
    return _is_spaced(row) and _is_prose(row) and (len(begun.split()) > _NAME or ":" in begun)


def _is_prose(row: Sequence[str]) -> bool:
    given = _bare(_given(row))
    return (
        len(given) > 1
        and len(given[0].split()) >= _BEGUN
        and not any(not cell or _VALUE.fullmatch(cell) for cell in given)
    )
