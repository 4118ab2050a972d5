"""The itinerary of one case: rows are days and places, only the title says whose; whom it met is a list apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.by_values import WHO
from loaders.columns.looks import is_name
from loaders.files.grid import Fact, Sheet
from loaders.files.headings import PEOPLE, read_headings

_SUBJECT: Final = "Mã BN"
NAMED: Final = "named"
"""Said of a list that only names people whom other lists may tell more of."""
_ONLY_NAMED: Final = Fact(NAMED, "yes", "title", 0, "")
#: Fields of the itinerary that hold for a meeting, too -> heading under which they stand in the list of these.
_SHARED: Final = {
    "day": "Ngày tiếp xúc",
    "visit_date": "Ngày tiếp xúc",
    "hours": "Giờ",
    "place": "Nơi tiếp xúc",
}
_PARTS: Final = re.compile(r"\s*[;,\n+&]\s*|\s+(?:và|va|and|cùng|với)\s+", re.IGNORECASE)


def with_itineraries(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets; an itinerary gets a column that says whose it is, and behind it stand the people it names."""
    out: list[Sheet] = []
    for sheet in sheets:
        case = _whose(sheet)
        columns = {} if case is None else read_headings(sheet.headings, PEOPLE, {}).columns
        if case is None or {*WHO, "phone"} & set(columns) or not {"day", "visit_date", "visit_start"} & set(columns):
            out.append(sheet)
            continue
        out.append(_with_column(sheet, case, _SUBJECT))
        met = _met(sheet, columns, case)
        out += [met] if met is not None else []
    return out


def _whose(sheet: Sheet) -> str | None:
    cases = {fact.value for fact in sheet.facts if fact.name == "case"}
    return next(iter(cases)) if len(cases) == 1 and len(sheet) and sheet.origin is None else None


def _with_column(sheet: Sheet, case: str, heading: str) -> Sheet:
    at = len(sheet.headings)
    cells = sheet.cells.copy()
    cells[at] = pd.array([case] * len(sheet), dtype="string")
    return replace(
        sheet,
        headings=(*sheet.headings, heading),
        letters=(*sheet.letters, sheet.letters[-1]),
        cells=cells,
        as_read=sheet.cells,
    )


def _met(sheet: Sheet, columns: Mapping[str, int], case: str) -> Sheet | None:
    """Return a contact list of the people whom the itinerary names, one row for each; None without any."""
    if "people_met" not in columns:
        return None
    told = [
        (row, part)
        for row, text in enumerate(sheet.cells[columns["people_met"]])
        if isinstance(text, str)
        for part in _PARTS.split(text)
        if is_name(part)
    ]
    if not told:
        return None
    rows = [row for row, _ in told]
    made = {"Họ và tên": [name for _, name in told], "Tiếp xúc với ca": [case] * len(told)}
    for field, heading in _SHARED.items():
        if field in columns and heading not in made:
            made[heading] = sheet.cells[columns[field]].iloc[rows].tolist()
    return sheet.with_table(
        {heading: pd.Series(pd.array(texts, dtype="string")) for heading, texts in made.items()},
        letter=sheet.letters[columns["people_met"]],
        numbers=sheet.numbers[rows],
        facts=(*(fact for fact in sheet.facts if fact.name in ("day", "year", "month")), _ONLY_NAMED),
    )
