"""Rides and services: a row for each passenger or guest, with who drove or served them in a column of its own.

Who drove was in the vehicle, and who served was at the place, too: each of them gets a row behind the guest's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from loaders.columns.by_neighbours import WHERE
from loaders.columns.diary import read_diary
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.duty import is_called
from loaders.shapes.on_duty import people_in

_DRIVER, _ATTENDANT = "driver", "attendant"
_RIDE: Final = (
    "vehicle",
    "visit_start",
    "visit_end",
    "moment",
    "visit_date",
    "day",
    "hours",
    "room",
    "arrived",
    *WHERE,
)
#: What a row tells of the guest alone.
_OWN: Final = frozenset(
    {
        *(
            "person",
            "name",
            "first_name",
            "last_name",
            "phone",
            "national_id",
            "birth_date",
            "birth_year",
            "age",
            "sex",
        ),
        *("address", "commune", "hamlet", "seat", "case_code", "test_result", "symptoms", "driver_phone", "attendant"),
    }
)
_TIMED: Final = frozenset({"visit_start", "visit_end", "moment", "hours", "arrived", "visit_date", "day"})
#: Each row of such a list is a ride of its own; passengers of one trip have no hours.
_RIDDEN: Final = frozenset({"visit_start", "moment", "hours"})
_PLACED: Final = frozenset({*WHERE, "room", "place_code"})
#: Of a list of these who attends is no proof of having been there at that hour.
_ELSEWHERE: Final = frozenset({"test_result", "sample", "pool", "onset", "confirmed", "isolation_start", "index"})


def with_drivers(sheet: Sheet) -> Sheet:
    """Return a list of guests with a row for who drove or served behind the first guest of each ride or service."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if "name" not in columns or sheet.origin is not None or not len(sheet):
        return sheet
    driver = sheet.fact(_DRIVER)
    one_trip = {_DRIVER, "vehicle"} & set(columns) or sheet.fact("departed")
    if driver and sheet.fact("plate") and not one_trip and _RIDDEN & set(columns):
        sheet = sheet.with_column("Tài xế", [driver] * len(sheet))
        if (phone := sheet.fact("driver_phone")) is not None:
            sheet = sheet.with_column("SĐT tài xế", [phone] * len(sheet))
        return _with_rows_of(sheet, read_headings(sheet.headings, PEOPLE, {}).columns, _DRIVER)
    if {_DRIVER, "vehicle"} <= set(columns):
        # a diary tells where one vehicle went, and who travelled along in its own way
        return sheet if read_diary(sheet, {}) is not None else _with_rows_of(sheet, columns, _DRIVER)
    placed = _PLACED & set(columns) or sheet.fact("site") is not None
    if _ATTENDANT in columns and placed and _TIMED & set(columns) and not _ELSEWHERE & set(columns):
        return _with_rows_of(sheet, columns, _ATTENDANT)
    return sheet


def _with_rows_of(sheet: Sheet, columns: Mapping[str, int], field: str) -> Sheet:
    """Return the sheet with rows for the people of a column; where few of its texts are names, as it is."""
    at, theirs = columns["name"], sheet.cells[columns[field]]
    told = [list(filter(is_called, people_in(text))) if isinstance(text, str) else [] for text in theirs]
    ride = pd.DataFrame({0: theirs, **{i + 1: sheet.cells[columns[f]] for i, f in enumerate(_RIDE) if f in columns}})
    again = (ride.duplicated() | (theirs == sheet.cells[at]).fillna(False)).to_numpy(dtype=bool)
    named = [[] if twice else names for names, twice in zip(told, again.tolist(), strict=True)]
    if not any(named) or sum(map(bool, told)) * 2 < theirs.notna().sum():
        return sheet
    each: list[tuple[int, str | None]] = []
    for row, names in enumerate(named):
        each += [(row, None), *((row, name) for name in names)]
    rows = [row for row, _ in each]
    serves = pd.Series([name is not None for _, name in each])
    said = sheet.cells.iloc[rows].reset_index(drop=True)
    cells = said.copy()
    for own in (columns[name] for name in _OWN if name in columns):
        cells[own] = cells[own].mask(serves)
    cells[at] = cells[at].fillna(pd.Series([name for _, name in each], dtype="string"))
    if field != _DRIVER:
        return sheet.with_rows(cells, rows)
    gone = {columns[field]}
    if {"driver_phone", "phone"} <= set(columns):
        cells[columns["phone"]] = cells[columns["phone"]].fillna(said[columns["driver_phone"]].where(serves))
        gone |= {columns["driver_phone"]}
    return sheet.with_rows(cells, rows).without_columns(gone)
