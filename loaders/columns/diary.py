"""Diaries of vehicles: a row per trip, its people named above the table or in a column."""

from __future__ import annotations

from typing import Final

from loaders.files.grid import Sheet
from loaders.files.headings import DIARY, PEOPLE, Reading, read_headings

_WHO: Final = ("person", "name", "first_name", "last_name", "phone", "f1_name", "f2_name")
_CREW: Final = frozenset({"driver", "mate"})


def read_diary(sheet: Sheet, said: dict[str, str]) -> Reading | None:
    """Return what the columns of a diary are; None of a sheet that is none.

    A diary has hours and places of a vehicle, and no column that says whom a row is about.
    """
    reading = read_headings(sheet.headings, DIARY, said)
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
