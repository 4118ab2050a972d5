"""Columns of the single doses of a vaccine, ``Mũi 1 | Mũi 2`` with their days: how many somebody has had."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

import numpy as np

from loaders.columns.references import is_answer
from loaders.columns.texts import told_of
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from tracing.patterns import regex
from tracing.spelling import fold

HEADING: Final = "Số mũi vắc xin"
_DOSE: Final = regex(
    r"(?:.*\b)?(?:mui|dose)(?: (?:so|thu|no))? ?(?P<number>[1-4])\b.*|(?P<word>1st|first|2nd|second|3rd|third) dose\b.*"
)
_WORDS: Final = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3}
_NONE: Final = regex(
    r"(?i)\s*(?:(?:x?0|không|ko|k|chưa(?: tiêm)?|no|none|-+)\s*"
    r"|(?:hoãn|chống chỉ định|từ chối|chưa tiêm|không tiêm)\b.*)"
)
#: A dose that is planned.
_PLANNED: Final = regex(r"\b(?:hen|du kien|appointment|due|next)\b")
_DAY: Final = frozenset({"ngay", "date"})
_DAYS: Final = regex(r"(?:(\d{1,2})[/.-](\d{1,2})[/.-]((?:20)?\d\d)|(20\d\d)-(\d{2})-(\d{2}).*)")
#: Before the number of a dose whose day is no day of the list.
GIVEN_ON: Final = "Ngày tiêm mũi "


def with_doses_counted(sheet: Sheet) -> Sheet:
    """Return a list with the number of doses as a column: the highest of which a row tells anything."""
    found = {at: number for at, heading in enumerate(sheet.headings) if (number := _number(heading))}
    if len(set(found.values())) < 2 or sheet.origin is not None or not len(sheet):
        return sheet
    if "vaccine_doses" in read_headings(sheet.headings, PEOPLE, {}).columns:
        return sheet
    doses = np.zeros(len(sheet), dtype=np.int64)
    planned = {number: at for at, number in found.items() if _PLANNED.search(fold(sheet.headings[at]))}
    for at, number in found.items():
        if planned.get(number, at) != at:
            continue  # of a dose that is planned its day tells whether it was given
        given = partial(_given, until=sheet.dates.day if number in planned else date.max)
        doses = np.where(told_of(sheet.cells[at], given), np.maximum(doses, number), doses)
    if len(sheet.fact("day") or "") == 10:  # the list is of one day
        beside = {at - 1: number for at, number in found.items() if at and fold(sheet.headings[at - 1]) in _DAY}
        headings = (
            f"{GIVEN_ON}{({**beside, **found})[at]}"
            if at in beside or (at in found and _days_stand(sheet, at))
            else heading
            for at, heading in enumerate(sheet.headings)
        )
        sheet = replace(sheet, headings=tuple(headings))
    return sheet.with_column(HEADING, [str(count) if count else None for count in doses.tolist()])


def _number(heading: str) -> int:
    match = _DOSE.fullmatch(fold(heading))
    if match is None:
        return 0
    return int(match["number"]) if match["number"] else _WORDS[match["word"]]


def _days_stand(sheet: Sheet, at: int) -> bool:
    return re.search(r"\bngay\b|\bdate\b", fold(sheet.headings[at])) is not None


def _given(text: str, until: date | None) -> bool:
    """Tell whether a cell says that a dose was given: a day, a mark, the name of a vaccine.

    Of a planned one its day has to have come ``until`` then, the day of the list.
    """
    if _NONE.fullmatch(text) or is_answer(text):
        return False
    if until == date.max:
        return True
    match = _DAYS.fullmatch(text.strip())
    if match is None or until is None:
        return False
    day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    try:
        return date(int(year) + (2000 if int(year) < 100 else 0), int(month), int(day)) <= until
    except ValueError:
        return False
