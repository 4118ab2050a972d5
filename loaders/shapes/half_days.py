"""A column of parts of the day, ``Buổi``: sáng, chiều, is one of shifts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from tracing.patterns import regex
from tracing.spelling import fold

PART_OF_DAY: Final = regex(r"(?:(?:ca|kip|buoi)\s+)?(?:sang|trua|chieu|toi|dem|khuya)")
"""A shift that only a part of the day names, without accents: ``Ca sáng``, ``đêm``."""


def with_half_days(sheet: Sheet) -> Sheet:
    """Return a sheet whose column ``Buổi`` holds parts of the day with that column as one of shifts."""
    for at, heading in enumerate(sheet.headings):
        values = sheet.cells[at].dropna().unique()[:1_000] if fold(heading) in ("buoi", "buoi truc", "buoi lam") else ()
        if len(values) and sheet.fact("list_of") == "contacts" and all(map(_is_part, values)):
            return _of_meetings(sheet, at)
        if len(values) and all(map(_is_part, values)) and "Ca" not in sheet.headings:
            return replace(sheet, headings=(*sheet.headings[:at], "Ca", *sheet.headings[at + 1 :]))
    return sheet


def _is_part(text: str) -> bool:
    return PART_OF_DAY.fullmatch(fold(text)) is not None


def _of_meetings(sheet: Sheet, at: int) -> Sheet:
    """Return a list of contacts with the part of the day behind the day on which each met the case."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    day = next((columns[name] for name in ("contact_date", "day", "last_contact") if name in columns), None)
    if day is None:
        return sheet
    cells = sheet.cells.copy(deep=False)
    cells[day] = (cells[day] + " " + cells[at]).fillna(cells[day]).astype("string")
    return replace(sheet, cells=cells, as_read=sheet.original).without_columns([at])
