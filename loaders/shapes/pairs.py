"""Pairs of who infected whom with facts of both, told apart: ``infector.case | infectee.case | infector.onset | …``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.looks import is_day
from loaders.files.grid import Sheet, distinct_texts, some_of
from loaders.files.headings import PEOPLE, field_of, spaced

#: What the two of a pair are called in headings: by whom somebody was infected, and who that is.
_ENDS: Final = (("infector", "infectee"), ("donor", "recipient"), ("primary", "secondary"))
_ID: Final = frozenset({"", "case", "id", "case id", "no", "case no", "number", "case number", "code", "name"})
_SOURCE: Final = "infected by"


def with_pairs_apart(sheet: Sheet) -> Sheet:
    """Return a list of pairs as one of people, each with by whom they were infected; another sheet as it is.

    What both have in columns of their own stands in one; what is told of a pair stays with the one who was infected.
    Pairs of which no more than the ids is told are links as they stand.
    """
    if sheet.origin is not None or not len(sheet):
        return sheet
    for ends in _ENDS:
        first, second = (_told_of(sheet.headings, word) for word in ends)
        ids = [next((at for what, at in told.items() if what in _ID), None) for told in (first, second)]
        both = [what for what in first if what in second and what not in _ID]
        if ids[0] is not None and ids[1] is not None and both:
            return _of_people(sheet, ids[0], ids[1], {what: (first[what], second[what]) for what in both})
    return sheet


def _told_of(headings: tuple[str, ...], word: str) -> dict[str, int]:
    """Return what is told of one of a pair: the words of a heading but for the one that says of whom -> column."""
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        words = spaced(heading).split()
        if words.count(word) == 1:
            found.setdefault(" ".join(part for part in words if part != word), at)
    return found


def _of_people(sheet: Sheet, infector: int, infectee: int, both: dict[str, tuple[int, int]]) -> Sheet:
    own = {infector, infectee, *(at for pair in both.values() for at in pair)}
    shared = [at for at in range(len(sheet.headings)) if at not in own]
    rows: list[int] = []
    lines: list[list[Any]] = []
    cells = sheet.cells.to_numpy(dtype=object)
    firsts, seconds = [first for first, _ in both.values()], [second for _, second in both.values()]
    seen = {_key(told, infectee, seconds) for told in cells}
    for row, told in enumerate(cells):
        key = _key(told, infector, firsts)
        if key not in seen and not pd.isna(told[infector]):  # else another row says all of this person
            seen.add(key)
            rows.append(row)
            lines.append([told[infector], pd.NA, *(told[at] for at in firsts), *[pd.NA] * len(shared)])
        rows.append(row)
        lines.append([told[infectee], told[infector], *(told[at] for at in (*seconds, *shared))])
    columns = zip(*lines, strict=True)
    headings = ["case id", _SOURCE, *(_heading(sheet, what, at) for what, (_, at) in both.items())]
    headings += [sheet.headings[at] for at in shared]
    listed = sheet.with_table(
        {heading: pd.Series(pd.array(texts, dtype="string")) for heading, texts in zip(headings, columns, strict=True)},
        letter="",
        numbers=np.asarray(sheet.numbers[rows]),
    )
    places = [infectee, infector, *(at for _, at in both.values()), *shared]
    return replace(listed, letters=tuple(sheet.letters[at] for at in places))


def _key(told: npt.NDArray[np.object_], who: int, facts: list[int]) -> tuple[str, ...]:
    """Return somebody and what a row tells of them."""
    return tuple(str(told[at]) for at in (who, *facts))


def _heading(sheet: Sheet, what: str, at: int) -> str:
    """Return the heading of what both have: of days, which the heading of a day would not say, with that word."""
    if field_of(what, PEOPLE) is not None or field_of(f"{what} date", PEOPLE) is None:
        return what
    some = some_of(distinct_texts(sheet.cells[at])[1])
    return f"{what} date" if some and all(is_day(text.strip()) for text in some) else what
