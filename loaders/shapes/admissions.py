"""Lists in which the days in a hospital stand beside those in isolation: each row has one of them, or it is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, Reading, read_headings
from tracing.patterns import regex
from tracing.spelling import fold

_HOSPITAL: Final = regex(r"\b(?:vien|nhap vien|xuat vien|vv|rv|hospital\w*|admission|admitted|discharged?)\b")
_KIND: Final = "Hình thức cách ly"
_IN_HOSPITAL: Final = "bệnh viện"


def with_admissions_joined(sheet: Sheet) -> Sheet:
    """Return such a list with one pair of columns for both, and their kind; any other as it is.

    A row that has both says of two stays when they were: nothing is joined then.
    """
    if sheet.origin is not None or not len(sheet):
        return sheet
    reading = read_headings(sheet.headings, PEOPLE, {})
    starts, ends = (_of(sheet, reading, name) for name in ("isolation_start", "isolation_end"))
    if len(starts) != 2:
        return sheet
    ward, own = starts[True], starts[False]
    admitted, isolated = (sheet.cells[at].notna() for at in (ward, own))
    if not admitted.any() or not isolated.any() or (admitted & isolated).any():
        return sheet
    cells = sheet.cells.copy(deep=False)
    cells[own] = cells[own].fillna(cells[ward])
    gone = {ward}
    if len(ends) == 2:
        cells[ends[False]] = cells[ends[False]].fillna(cells[ends[True]].where(admitted))
        gone.add(ends[True])
    kind = reading.columns.get("isolation_kind", cells.shape[1])
    headings, letters = sheet.headings, sheet.letters
    if kind == cells.shape[1]:
        cells[kind] = pd.array([None] * len(sheet), dtype="string")
        headings, letters = (*headings, _KIND), (*letters, letters[ward])
    cells[kind] = cells[kind].mask(admitted & cells[kind].isna(), _IN_HOSPITAL)
    joined = replace(sheet, cells=cells, headings=headings, letters=letters, as_read=sheet.original)
    return joined.without_columns(gone)


def _of(sheet: Sheet, reading: Reading, name: str) -> dict[bool, int]:
    """Return the columns of a field by whether they speak of a hospital; none where two speak of the same."""
    means = {field: at for field, at in reading.columns.items() if field == name}
    places = [*means.values(), *(at for at, field in reading.double.items() if field == name)]
    found = {_HOSPITAL.search(fold(sheet.headings[at])) is not None: at for at in places}
    return found if len(found) == len(places) else {}
