"""Diaries of vehicles: a row per trip, its people named above the table or in a column."""

from __future__ import annotations

import re
from typing import Final

from loaders.columns.hours import has_day, read_hours
from loaders.columns.texts import told_of
from loaders.files.grid import Sheet
from loaders.files.headings import DIARY, PEOPLE, Reading, read_headings, spaced
from tracing.patterns import regex

_WHO: Final = ("person", "name", "first_name", "last_name", "phone", "f1_name", "f2_name")
_CREW: Final = frozenset({"driver", "mate"})
#: Headings of hours from and to, which say of places the same: ``Từ``, ``Đến giờ``.
_FROM: Final = regex(r"(?:tu|bat dau|gio bat dau)(?: (?:luc|gio|may gio))?")
_UNTIL: Final = regex(r"(?:den|toi|ket thuc|gio ket thuc)(?: (?:luc|gio|may gio))?")
_ENOUGH: Final = 0.6


def read_diary(sheet: Sheet, said: dict[str, str]) -> Reading | None:
    """Return what the columns of a diary are; None of a sheet that is none.

    A diary has hours and places of a vehicle, and no column that says whom a row is about.
    """
    reading = _from_to(read_headings(sheet.headings, DIARY, said), sheet)
    columns = set(reading.columns)
    facts = {fact.name for fact in sheet.facts if fact.source == "title"}
    trips = {"left", "came"} <= columns and bool(columns & _CREW)  # from where and to where, in one column of routes
    if not (trips or (columns & {"left", "came", "hours"} and columns & {"place", "from_place"})):
        return None
    if not (columns & {*_CREW, "passengers", "vehicle"} or facts & {*_CREW, "plate"}) or "crew" in facts:
        return None
    if not (columns & _CREW or facts & {*_CREW, "plate"}) and not {"left", "came"} & columns:
        return None
    people = read_headings(sheet.headings, PEOPLE, said).columns
    taken = set(reading.columns.values())
    return None if any(people[name] not in taken for name in _WHO if name in people) else reading


def _from_to(reading: Reading, sheet: Sheet) -> Reading:
    """Of a list of stops ``Từ`` and ``Đến`` are when each began and ended, where hours stand below both."""
    if "place" not in reading.columns or {"left", "came", "hours", "from_place"} & set(reading.columns):
        return reading
    both = [next((at for at in reading.unused if _tells_hours(sheet, at, said)), None) for said in (_FROM, _UNTIL)]
    if None in both or both[0] == both[1]:
        return reading
    for at, name in zip(both, ("came", "left"), strict=True):
        reading = reading if at is None else reading.with_heading(at, name, 0.9)
    return reading


def _tells_hours(sheet: Sheet, at: int, said: re.Pattern[str]) -> bool:
    """Tell whether hours without a day stand below a heading that says so."""
    texts = sheet.cells[at].dropna()
    if said.fullmatch(spaced(sheet.headings[at])) is None or not len(texts):
        return False
    return bool(told_of(texts, lambda text: read_hours(text)[0] is not None and not has_day(text)).mean() >= _ENOUGH)
