"""Who travels with a vehicle but has no row: driver and mate above a table, people in a diary's columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.diary import read_diary
from loaders.columns.references import is_answer
from loaders.columns.values import read_phone
from loaders.files.grid import Fact, Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.titles import people_in

CREW: Final = "crew"
"""The fact that tells a table of crew; its value is the kind of the table that they belong to."""
_HEADINGS: Final = ("Họ và tên", "Số điện thoại")
_CODE: Final = "Mã BN"
_BORN: Final = "Năm sinh"
_DAYS: Final = ("day", "visit_date", "moment", "departed")
_HOURS: Final = ("visit_start", "visit_end", "hours", "departure_time")
_ROLES: Final = {"driver": "driver", "mate": "mate", "passengers": "passenger"}


@dataclass(frozen=True)
class Member:
    """Somebody who travels with a vehicle.

    ``role`` is "driver", "mate" or "passenger"; ``number`` the row of the file that names them first; ``since`` the
    first day (ISO) where one is told; ``rows`` the positions of the trips that name them, None of all; ``code`` that of
    a case; ``born`` the year of birth.
    """

    role: str
    name: str
    phone: str | None
    number: int
    since: str | None = None
    rows: tuple[int, ...] | None = None
    code: str | None = None
    born: str | None = None


def members_of(sheet: Sheet, said: dict[str, str] | None = None) -> tuple[Member, ...]:
    """Return who travels with the vehicle of a sheet: those in its title lines, of a diary those in its columns."""
    if sheet.fact(CREW) is not None:
        return ()
    if not any(fact.name == "plate" for fact in sheet.facts) and read_diary(sheet, said or {}) is None:
        return ()
    diary = read_diary(sheet, said or {})
    titled = _of_titles(sheet)
    return titled if diary is None else (*titled, *_of_columns(sheet, dict(diary.columns)))


def _of_titles(sheet: Sheet) -> tuple[Member, ...]:
    found: list[Member] = []
    for fact in sheet.facts:
        role, _, part = fact.name.partition("_")
        if fact.source != "title":
            continue
        if role in ("driver", "mate") and not part:
            found.append(Member(role, fact.value, None, fact.row))
        elif found and part == "since" and role == found[-1].role:
            found[-1] = replace(found[-1], since=fact.value)
        elif found and part == "code" and role == found[-1].role:
            found[-1] = replace(found[-1], code=fact.value)
        elif found and part == "born" and role == found[-1].role:
            found[-1] = replace(found[-1], born=fact.value)
        elif found and found[-1].phone is None and found[-1].number == fact.row and "phone" in (role, part):
            found[-1] = replace(found[-1], phone=fact.value)
    return tuple(found)


def _of_columns(sheet: Sheet, columns: dict[str, int]) -> tuple[Member, ...]:
    places: dict[tuple[str, str, str | None], list[int]] = {}
    born: dict[tuple[str, str, str | None], str] = {}
    for field, role in _ROLES.items():
        if field not in columns:
            continue
        phones = sheet.cells[columns["driver_phone"]] if field == "driver" and "driver_phone" in columns else None
        for row, text in enumerate(sheet.cells[columns[field]]):
            for one in people_in(text) if isinstance(text, str) and not is_answer(text) else ():
                told = one.phone or (None if phones is None or pd.isna(phones.iloc[row]) else str(phones.iloc[row]))
                places.setdefault((role, one.name, told), []).append(row)
                if one.born is not None:
                    born.setdefault((role, one.name, told), one.born)
    return tuple(
        Member(*who, int(sheet.numbers[rows[0]]), rows=tuple(rows), born=born.get(who)) for who, rows in places.items()
    )


def crew_sheet(sheet: Sheet, said: dict[str, str]) -> Sheet | None:
    """Return the people who travel with a sheet's vehicle as a table of their own; None without any."""
    members = members_of(sheet, said)
    if not members:
        return None
    diary = read_diary(sheet, said) is not None
    phones = read_phone(pd.Series([member.phone for member in members], dtype="string"))
    told = [pd.Series([member.name for member in members], dtype="string"), phones]
    headings: tuple[str, ...] = _HEADINGS
    for heading, texts in ((_CODE, [m.code for m in members]), (_BORN, [m.born for m in members])):
        if any(texts):
            told.append(pd.Series(texts, dtype="string"))
            headings = (*headings, heading)
    cells = pd.DataFrame(dict(enumerate(told)))
    numbers = np.array([member.number for member in members], dtype=np.int64)
    trips = None if diary else _trips(sheet)
    if trips is not None:
        headings = (*headings, *trips.columns)
        each = cells.merge(trips, how="cross")
        numbers = numbers.repeat(len(trips))
        cells = each.set_axis(range(each.shape[1]), axis=1)
    facts = tuple(fact for fact in sheet.facts if not diary or fact.name not in ("departed", "arrived", "plate"))
    return Sheet(
        file=sheet.file,
        sheet=sheet.sheet,
        headings=headings,
        letters=("",) * cells.shape[1],
        cells=cells,
        numbers=numbers,
        titles=sheet.titles,
        facts=(*facts, Fact(CREW, "diary" if diary else "list", "title", members[0].number, "")),
        part=sheet.part,
        parts=sheet.parts,
        area=sheet.area,
        dates=sheet.dates,
    )


def _trips(sheet: Sheet) -> pd.DataFrame | None:
    """Return when the trips of a list were that tells it in its rows, not once above them: their days and hours."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    told = {fact.name for fact in sheet.facts if fact.source == "title"}
    days = [columns[name] for name in _DAYS if name in columns]
    if not days or {"departed", "day"} & told or "vehicle" in columns:
        return None
    when = [*days, *(columns[name] for name in _HOURS if name in columns)]
    trips = sheet.cells[when].set_axis([sheet.headings[at] for at in when], axis=1)
    people = [columns[name] for name in ("name", "first_name", "phone") if name in columns]
    taken = sheet.cells[people].notna().any(axis=1) & sheet.cells[days].notna().any(axis=1)
    trips = trips[taken.to_numpy(dtype=bool)].drop_duplicates()
    return trips if len(trips) else None
