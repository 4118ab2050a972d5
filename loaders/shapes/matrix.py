"""Contacts as a matrix: a row for each person, a column for each case, the day of the contact in the cell."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from loaders.columns.days import several_days
from loaders.columns.moments import read_moment
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings

#: ``BN34``, ``BN34 (Lê Một)``, ``Tiếp xúc BN34``.
_CASE: Final = re.compile(
    r"(?i)(?:.{0,40}\s)?(?P<code>(?:BN|F0|CA)[ \-.]?\d{2,})(?:\s*[-–(:\n]\s*(?P<name>[^\d()]{1,40})\)?)?"
)
_MARK: Final = re.compile(r"(?i)\s*(?:x|v|✓|✔|\+|có|co|yes|1)\s*")
_WHOM, _DAY = "Tiếp xúc với ca", "Ngày tiếp xúc"
_FEWEST: Final = 2


def with_matrix_unfolded(sheet: Sheet) -> Sheet:
    """Return such a list with a row for each contact, and one of each person who met nobody in it."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if (
        {"index", "sources"} & set(columns)
        or not {"name", "phone", "person"} & set(columns)
        or sheet.origin is not None
    ):
        return sheet
    cases = {at: match for at, heading in enumerate(sheet.headings) if (match := _CASE.fullmatch(heading.strip()))}
    cases = {at: match for at, match in cases.items() if at not in columns.values() and _tells_contacts(sheet, at)}
    if len(cases) < _FEWEST:
        return sheet
    dated = [(row, at) for row in range(len(sheet)) for at in cases if pd.notna(sheet.cells[at].iloc[row])]
    alone = sorted(set(range(len(sheet))) - {row for row, _at in dated})
    rows = [row for row, _at in dated] + alone
    met = [cases[at]["code"] for _row, at in dated] + [None] * len(alone)
    said = [str(sheet.cells[at].iloc[row]) for row, at in dated] + [None] * len(alone)
    days = [None if text is None or _MARK.fullmatch(text) else text for text in said]
    out = sheet.with_rows_of(rows, {}).without_columns(list(cases))
    out = out.with_column(_WHOM, met, letter=sheet.letters[min(cases)])
    return out.with_column(_DAY, days, letter=sheet.letters[min(cases)]) if any(days) else out


def _tells_contacts(sheet: Sheet, at: int) -> bool:
    """Tell whether a column holds days or marks and nothing else."""
    _, distinct = distinct_texts(sheet.cells[at])
    return bool(distinct) and all(_MARK.fullmatch(text) or several_days(text) or _is_day(text) for text in distinct)


def _is_day(text: str) -> bool:
    moment = read_moment(text)
    return moment.day is not None or moment.short is not None
