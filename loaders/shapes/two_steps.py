"""A list of F2 that tells of their F1 whom these met, too, has two steps in a row: the second is a list of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import numpy as np

from loaders.columns.counts import tally
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.itinerary import ONLY_NAMED
from tracing.spelling import fold

_TIERS: Final = ("f3", "f2", "f1")
_WHEN: Final = frozenset({"contact_date", "last_contact", "first_contact", "day"})


def with_steps_apart(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets; behind one of F2 with their F1 and the F0 of these stands the list of the F1."""
    return [part for sheet in sheets for part in _apart(sheet)]


def _apart(sheet: Sheet) -> list[Sheet]:
    reading = read_headings(sheet.headings, PEOPLE, {})
    named = [f"{tier}_name" for tier in _TIERS if f"{tier}_name" in reading.columns]
    met = reading.columns.get("index")
    if len(named) < 2 or met is None or sheet.origin is not None or not len(sheet) or tally(sheet) is not None:
        return [sheet]
    between = named[1]
    at = reading.columns[between]
    day = _day_of_step(sheet, {**reading.double, **_days(reading.columns)}, between)
    moved = [place for place in (met, day) if place is not None]
    told = {"Họ và tên": sheet.cells[at], "Tiếp xúc với ca": sheet.cells[met]}
    if day is not None:
        told["Ngày tiếp xúc"] = sheet.cells[day]
    given = sheet.cells[at].notna().to_numpy() & sheet.cells[met].notna().to_numpy()
    rows = np.flatnonzero(given)
    told = {heading: texts.iloc[rows].reset_index(drop=True) for heading, texts in told.items()}
    above = sheet.with_table(
        told, letter=sheet.letters[at], numbers=sheet.numbers[rows], facts=(*sheet.facts, ONLY_NAMED)
    )
    return [sheet.without_columns(moved), above] if len(rows) else [sheet]


def _days(columns: Mapping[str, int]) -> dict[int, str]:
    return {at: name for name, at in columns.items() if name in _WHEN}


def _day_of_step(sheet: Sheet, fields: Mapping[int, str], between: str) -> int | None:
    """Return the column of the day on which those between met the case: ``Ngày F1 TX F0``."""
    tier = int(between[1])
    said = re.compile(rf"\bf ?{tier}\b.*\bf ?{tier - 1}\b")
    return next((at for at, name in fields.items() if name in _WHEN and said.search(fold(sheet.headings[at]))), None)
