"""Whom the cases of a list met, as sentences about their days tell: other cases by code, people by name.

They stand in a column of movements, or below the list; what is not sure is asked about as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.companions import CASE, PLACE, companions_of
from loaders.columns.met_cases import MetCase, met_cases, without_met_cases
from loaders.columns.movements import Movement, complete, read_movements
from loaders.columns.person_line import CODE, DAYS, HOURS
from loaders.files.grid import Fact, Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.itinerary import ONLY_NAMED
from tracing.patterns import regex
from tracing.spelling import fold

_FIRST, _LAST = "Ngày tiếp xúc đầu tiên", "Ngày tiếp xúc cuối"
_ID: Final = ("case_code", "person")
#: Headings of histories, without accents.
_HISTORY: Final = regex(r"(?:tien su|lich su|yeu to|thong tin|dien bien) dich te|epi\w* (?:history|links?)")
READ: Final = "histories_read"
"""Said of a list of cases: those whom its histories tell with a day stand in a list of their own."""


def with_those_met_in_histories(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets, behind each list of cases with histories that of those whom the histories name."""
    out: list[Sheet] = []
    for sheet in sheets:
        met = _listed(sheet)
        out += [sheet] if not met else [_said_apart(sheet), *met]
    return out


def left_of_history(text: str) -> str:
    """Return what a history tells beside those whom the list of the met has."""
    parts = complete(read_movements(without_met_cases(text)))
    return ". ".join(companions_of(one.words).rest if _is_told(one) else one.words for one in parts)


def tells_history(sheet: Sheet, at: int) -> bool:
    """Tell whether a column holds histories whose meetings stand in a list of their own."""
    return sheet.fact(READ) is not None and at == _history(sheet)


def _history(sheet: Sheet) -> int | None:
    found = read_headings(sheet.headings, PEOPLE, {}).columns.get("movements")
    named = (at for at, heading in enumerate(sheet.headings) if _HISTORY.match(fold(heading)))
    return next(named, None) if found is None else found


def _listed(sheet: Sheet) -> list[Sheet]:
    columns, told = read_headings(sheet.headings, PEOPLE, {}).columns, _history(sheet)
    at = next((columns[name] for name in _ID if name in columns), None)
    if at is None or told is None or sheet.origin is not None or "index" in columns:
        return []
    texts = enumerate(zip(sheet.cells[at], sheet.cells[told], strict=True))
    rows = [(row, code, text) for row, (code, text) in texts if isinstance(code, str) and isinstance(text, str)]
    coded = [(row, _of_case(code, one)) for row, code, text in rows for one in met_cases(text) if one.code != code]
    named = [(row, cells) for row, code, text in rows for cells in _named(code, text)]
    return [_table(sheet, told, found) for found in (coded, named) if found]


def _of_case(own: str, one: MetCase) -> dict[str, str]:
    if one.last is not None:
        days = {_FIRST: one.first, _LAST: one.last}
    else:
        days = {_LAST if one.only_last else DAYS: one.first}
    return {CODE: own, CASE: one.code, **days}


def _named(own: str, text: str) -> list[dict[str, str]]:
    """Return the cells of those whom a history names, and their day."""
    told = [one for one in complete(read_movements(without_met_cases(text))) if _is_told(one)]
    return [{**_when(one), **cells, CASE: own} for one in told for cells in companions_of(one.words).named]


def _is_told(one: Movement) -> bool:
    """Tell whether those whom a part of a history names were met on its day for certain."""
    return one.day is not None and not one.possible and one.what != "isolation"


def _when(one: Movement) -> dict[str, str]:
    hours = " - ".join(hour for hour in (one.first, one.last) if hour and " " not in hour)
    told = {DAYS: one.day, HOURS: hours or None, PLACE: one.place if one.what == "visit" else None}
    return {heading: text for heading, text in told.items() if text is not None}


def _table(sheet: Sheet, at: int, found: Sequence[tuple[int, dict[str, str]]]) -> Sheet:
    headings = list(dict.fromkeys(heading for _, cells in found for heading in cells))
    told = {
        heading: pd.Series(pd.array([cells.get(heading) for _, cells in found], dtype="string")) for heading in headings
    }
    numbers = sheet.numbers[np.array([row for row, _ in found])]
    facts = tuple(fact for fact in sheet.facts if fact.name in ("day", "year", "month"))
    return sheet.with_table(
        told, letter=sheet.letters[at], numbers=numbers, facts=(*facts, ONLY_NAMED), titles=(), comments=()
    )


def _said_apart(sheet: Sheet) -> Sheet:
    return replace(sheet, facts=(*sheet.facts, Fact(READ, "yes", "title", 0, "")))
