"""Tables side by side on one sheet: each is a list of its own; a list that goes on at the right is one list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.by_words import WHO
from loaders.files.body import NUMBERING
from loaders.files.grid import Line, Sheet
from loaders.files.headings import PEOPLE, field_of, plain, read_headings
from loaders.files.titles import read_facts
from loaders.shapes.apart import GROUP, group_heading, is_numbering
from tracing.patterns import regex
from tracing.spelling import fold

LETTERED: Final = regex(r" \([A-Z]{1,3}\)$")
"""The letter of its column behind a heading that was said before."""
#: Headings of a seat: it begins the right half of a vehicle as a number begins that of a list.
_SEATS: Final = frozenset({"ghe", "soghe", "vitri", "seat", "giuong", "sogiuong"})
_FEWEST: Final = 2


def beside(sheet: Sheet) -> list[Sheet]:
    """Return the tables of a sheet that stand side by side; the sheet itself where there is only one."""
    starts = _starts(sheet) if sheet.origin is None and len(sheet) else []
    if len(starts) < _FEWEST:
        return [sheet]
    ends = [*starts[1:], len(sheet.headings)]
    spans = [range(start, end) for start, end in zip(starts, ends, strict=True)]
    heads = [_own_headings(sheet, span) for span in spans]
    spans = [_without_gap(sheet, span) for span in spans]
    if not all(WHO & set(read_headings(tuple(head), PEOPLE, {}).columns) for head in heads):
        return [sheet]
    parts = [_part(sheet, span, at, len(spans)) for at, span in enumerate(spans)]
    groups = [_group_of(sheet, part, span) for part, span in zip(parts, spans, strict=True)]
    aboard = sheet.fact("plate") is not None and plain(_base(sheet, 0)) in _SEATS
    if not aboard and all(groups) and len({word for word, _ in filter(None, groups)}) == 1:
        told = [group for group in groups if group is not None]
        parts = [part.with_column(word, [name] * len(part)) for part, (word, name) in zip(parts, told, strict=True)]
    if all(part.headings == parts[0].headings for part in parts):
        above = [_words_above(sheet, part, span) for part, span in zip(parts, spans, strict=True)]
        if sheet.sections is None and all(above) and not any(groups):
            parts = [
                replace(part, sections=pd.Series([lines[-1]] * len(part), dtype="string"))
                for part, lines in zip(parts, above, strict=True)
            ]
        return [_stacked(sheet, parts)]
    return parts


def _words_above(sheet: Sheet, part: Sheet, span: range) -> list[str]:
    """Return the lines that stand above one of the tables alone, else the one heading over its columns: Hàng trái."""
    own = [line.text for line in part.titles if line not in sheet.titles]
    over = {sheet.headings[at].rpartition(" › ")[0] for at in span}
    return own or ([*over] if len(over) == 1 and all(over) else [])


def _starts(sheet: Sheet) -> list[int]:
    """Return where tables begin: at headings that say the first one again, behind a gap or above a number or a seat."""
    first = _base(sheet, 0)
    counts = fold(first) in NUMBERING or plain(first) in _SEATS
    found = [0]
    for at in range(1, len(sheet.headings)):
        if plain(_base(sheet, at)) != plain(first) or not plain(first):
            continue
        gap = not sheet.cells[at - 1].notna().any()
        if gap or (
            counts and (plain(first) in _SEATS or is_numbering(sheet.cells[at].dropna()) or _goes_on(sheet, at))
        ):
            found.append(at)
    return found if len(found) >= _FEWEST else _repeated(sheet)


def _repeated(sheet: Sheet) -> list[int]:
    """Return where tables begin whose headings are all those of the first one, said again: two rooms side by side."""
    forms = [plain(_base(sheet, at)) for at in range(len(sheet.headings))]
    for size in range(_FEWEST, len(forms) // 2 + 1):
        blocks = [forms[at : at + size] for at in range(0, len(forms), size)]
        if len(forms) % size == 0 and all(block == blocks[0] for block in blocks) and len(set(blocks[0])) == size:
            return list(range(0, len(forms), size))
    return [0]


def _group_of(sheet: Sheet, part: Sheet, span: range) -> tuple[str, str] | None:
    """Return the room, table or team that stands above a table, as a heading and what is below it: Phòng, 201."""
    above = {sheet.headings[at].rpartition(" › ")[0] for at in span}
    own = [line.text for line in part.titles if line not in sheet.titles]
    for text in (*own, *(above if len(above) == 1 else ())):
        match = GROUP.fullmatch(text.strip())
        if match is not None:
            return group_heading(match[1]), match[2]
    return None


def _goes_on(sheet: Sheet, at: int) -> bool:
    """Tell whether a column goes on with the numbers of the first one."""
    numbers = [pd.to_numeric(sheet.cells[column].dropna(), errors="coerce") for column in (0, at)]
    return all(len(n) and n.notna().all() for n in numbers) and float(numbers[1].iloc[0]) > float(numbers[0].iloc[-1])


def _base(sheet: Sheet, at: int) -> str:
    """Return a heading without the letter that tells it from one like it, and without what stands above it."""
    return LETTERED.sub("", sheet.headings[at]).rpartition(" › ")[2]


def _own_headings(sheet: Sheet, span: range) -> list[str]:
    """Return the headings of a table without what stands above all of it; above some columns it says what these are."""
    whole = [LETTERED.sub("", sheet.headings[at]) for at in span]
    above = {heading.rpartition(" › ")[0] for heading in whole}
    bases = [_base(sheet, at) for at in span]
    if len(above) == 1:
        return bases
    return [
        heading
        if field_of(base, PEOPLE) is None and heading != base and GROUP.fullmatch(heading.split(" › ")[0]) is None
        else base
        for heading, base in zip(whole, bases, strict=True)
    ]


def _without_gap(sheet: Sheet, span: range) -> range:
    """Return the columns of a table without the empty ones behind it."""
    last = span.stop
    while last - 1 > span.start and not sheet.cells[last - 1].notna().any() and _is_gap(sheet.headings[last - 1]):
        last -= 1
    return range(span.start, last)


def _is_gap(heading: str) -> bool:
    return re.fullmatch(r"\([A-Z]{1,3}\)", heading) is not None


def _part(sheet: Sheet, span: range, which: int, count: int) -> Sheet:
    """Return one of the tables: its columns, its rows that say something, and the titles above it."""
    cells = sheet.cells[list(span)].set_axis(range(len(span)), axis=1)
    seats = plain(_base(sheet, span.start)) in _SEATS
    told = [at for at in range(len(span)) if not (at == 0 and (seats or is_numbering(cells[0].dropna())))]
    rows = np.flatnonzero(cells[told].notna().any(axis=1).to_numpy())
    new = {int(old): row for row, old in enumerate(rows)}
    titles = tuple(_own_title(line, which, count) for line in sheet.titles)
    facts = sheet.facts
    if titles != sheet.titles:
        facts = (
            *(fact for fact in sheet.facts if fact.source != "title"),
            *(fact for fact in read_facts(titles, sheet.sheet, sheet.file) if fact.source == "title"),
        )
    return replace(
        sheet,
        headings=tuple(_own_headings(sheet, span)),
        letters=tuple(sheet.letters[at] for at in span),
        cells=cells.iloc[rows].reset_index(drop=True),
        numbers=sheet.numbers[rows],
        errors={(new[r], c - span.start): t for (r, c), t in sheet.errors.items() if r in new and c in span},
        ragged={},
        titles=titles,
        facts=facts,
        passed=sheet.passed if which == 0 else {},
        notes=sheet.notes,
        sections=None if sheet.sections is None else sheet.sections.iloc[rows].reset_index(drop=True),
        under=None,
        struck=frozenset(new[row] for row in sheet.struck if row in new),
        merged=(),
        hidden=(),
    )


def _own_title(line: Line, which: int, count: int) -> Line:
    """Return a line above the tables; of one with a text for each of them its own."""
    return Line(line.row, (line.texts[which],)) if len(line.texts) == count else line


def _stacked(sheet: Sheet, parts: Sequence[Sheet]) -> Sheet:
    """Return a list whose rows go on at the right as one list; a cell of it has no single column in the file."""
    return replace(
        parts[0],
        letters=("",) * len(parts[0].headings),
        titles=sheet.titles,
        facts=sheet.facts,
        cells=pd.concat([part.cells for part in parts], ignore_index=True),
        numbers=np.concatenate([part.numbers for part in parts]),
        errors={},
        sections=None
        if any(part.sections is None for part in parts)
        else pd.concat([part.sections for part in parts if part.sections is not None], ignore_index=True),
        struck=frozenset(),
    )
