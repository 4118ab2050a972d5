"""Coming and going told in two columns each, ``Check-in › Date | Time``: one column of moments for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pandas as pd

from loaders.columns.moments import SERIAL_ZERO
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, name_of_field, plain
from tracing.patterns import regex

_DAYS: Final = frozenset({"ngay", "date", "day", "ngaythang"})
_HOURS: Final = frozenset({"gio", "time", "hour", "luc"})
#: What the heading above may mean -> the heading that says so where it does not alone.
_ABOVE: Final = {"visit_start": "Thời gian vào", "visit_end": "Thời gian ra"}
#: The number of a day from 2009 to 2063 in a spreadsheet.
_SERIAL: Final = regex(r"[45]\d{4}")
_IN: Final = frozenset({"arrival", "nhanphong", "vao", "den"})
_OUT: Final = frozenset({"departure", "traphong", "ra", "ve", "roidi"})


def with_moments_joined(sheet: Sheet) -> Sheet:
    """Return a list in which a day and an hour of coming or going below one heading are one column."""
    groups: dict[str, dict[str, int]] = {}
    for at, heading in enumerate(sheet.headings):
        upper, _mark, lower = heading.rpartition(" › ")
        part = "day" if plain(lower) in _DAYS else "hour" if plain(lower) in _HOURS else None
        if upper and part is not None and _meant(upper) is not None:
            groups.setdefault(upper, {}).setdefault(part, at)
    meant = [_meant(upper) for upper in groups]
    if sheet.origin is not None or len(set(meant)) != len(meant) or not any("day" in told for told in groups.values()):
        return sheet
    out, gone = sheet, set[int]()
    for upper, told in groups.items():
        texts = [
            day_and_hour(told, row, sheet.dates.serial_shift) for row in sheet.cells.itertuples(index=False, name=None)
        ]
        first = min(told.values())
        cells = out.cells.copy(deep=False)
        cells[first] = pd.array(texts, dtype="string")
        heading = upper if name_of_field(upper, PEOPLE) == _meant(upper) else _ABOVE[_meant(upper) or "visit_start"]
        headings = tuple(heading if at == first else text for at, text in enumerate(out.headings))
        out = replace(out, headings=headings, cells=cells, as_read=out.original)
        gone |= set(told.values()) - {first}
    return out.without_columns(gone)


def _meant(upper: str) -> str | None:
    """Return whether a heading speaks of coming or of going; None of another."""
    said = plain(upper.rpartition(" › ")[2])
    if said in _IN or said in _OUT:
        return "visit_start" if said in _IN else "visit_end"
    name = name_of_field(upper.rpartition(" › ")[2], PEOPLE)
    return name if name in _ABOVE else None


def day_and_hour(told: Mapping[str, int], row: tuple[Any, ...], shift: int) -> str | None:
    """Return day and hour of a row as one text, what is told of them; None of nothing.

    A day that a spreadsheet shows as its number is written as a day where an hour stands behind it.
    """
    parts = [row[told[part]] for part in ("day", "hour") if part in told]
    given = [text for text in parts if isinstance(text, str)]
    if len(given) > 1 and _SERIAL.fullmatch(given[0].strip()):
        given[0] = (SERIAL_ZERO + timedelta(days=int(given[0]) + shift)).date().isoformat()
    return " ".join(given) or None
