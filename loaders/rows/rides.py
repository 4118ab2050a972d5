"""Rides: a row for each passenger, with who drove in a column; who drove was in the vehicle, too."""

from __future__ import annotations

from typing import Final

import pandas as pd

from loaders.columns.diary import read_diary
from loaders.columns.looks import is_name
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings

_DRIVER: Final = "driver"
_RIDE: Final = ("vehicle", "visit_start", "moment", "visit_date", "day", "hours")
#: What a row tells of the passenger alone.
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
        *("address", "commune", "hamlet", "seat", "case_code", "test_result", "symptoms", "driver_phone"),
    }
)


def with_drivers(sheet: Sheet) -> Sheet:
    """Return a list of passengers with a row for who drove behind the first passenger of each ride."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if not {_DRIVER, "name", "vehicle"} <= set(columns) or sheet.origin is not None or not len(sheet):
        return sheet
    if read_diary(sheet, {}) is not None:
        return sheet  # a diary tells where one vehicle went, and who travelled along in its own way
    at, drivers = columns["name"], sheet.cells[columns[_DRIVER]]
    named = drivers.map(is_name, na_action="ignore").fillna(False).astype(bool)
    ride = pd.DataFrame({0: drivers, **{i + 1: sheet.cells[columns[f]] for i, f in enumerate(_RIDE) if f in columns}})
    first = (named & ~ride.duplicated() & ~(drivers == sheet.cells[at]).fillna(False)).to_numpy(dtype=bool)
    if not first.any() or named.sum() * 2 < drivers.notna().sum():
        return sheet
    rows = [row for row in range(len(sheet)) for _ in range(2 if first[row] else 1)]
    drives = [second for row in range(len(sheet)) for second in ((False, True) if first[row] else (False,))]
    cells = sheet.cells.iloc[rows].reset_index(drop=True)
    for own in (columns[field] for field in _OWN if field in columns):
        cells[own] = cells[own].mask(pd.Series(drives))
    said = sheet.cells.iloc[rows].reset_index(drop=True)
    cells[at] = cells[at].fillna(said[columns[_DRIVER]].where(pd.Series(drives)))
    if {"driver_phone", "phone"} <= set(columns):
        theirs = said[columns["driver_phone"]].where(pd.Series(drives))
        cells[columns["phone"]] = cells[columns["phone"]].fillna(theirs)
    gone = {columns[_DRIVER]} | ({columns["driver_phone"]} if {"driver_phone", "phone"} <= set(columns) else set())
    return sheet.with_rows(cells, rows).without_columns(gone)
