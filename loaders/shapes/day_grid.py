"""The itinerary of one case as a grid: a row for each day, a column for each part of it, places in the cells."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.bulletin import read_bulletin
from loaders.columns.by_words import WHO
from loaders.columns.references import is_answer
from loaders.columns.whereabouts import find_place
from loaders.files.grid import Line, Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.text import document
from loaders.findings import FindingLog
from tracing.patterns import regex
from tracing.spelling import fold

_HOUR: Final = r"\d{1,2}\s?(?:h|giờ|:)\d{0,2}"
#: ``Sáng``, ``Buổi chiều (13h-17h)``, ``Tối``.
_PART: Final = regex(
    rf"(?i)(?:buổi\s+)?(?P<part>sáng|trưa|chiều|tối|đêm)\W{{0,3}}(?P<hours>{_HOUR}\s*[-–]\s*{_HOUR})?\W{{0,2}}"
)
_DAYS: Final = ("day", "visit_date", "moment")
_HOME: Final = regex(r"(?:(?:van |chi )?(?:o|tai) )?nha(?: rieng)?(?:[,;. ].*)?$")


def read_day_grid(sheet: Sheet, log: FindingLog) -> Sheet | None:
    """Return what the cells of such a grid tell, read as the lines of a bulletin; None of any other sheet."""
    parts = {at: match for at, heading in enumerate(sheet.headings) if (match := _PART.fullmatch(heading.strip()))}
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    day = next((columns[name] for name in _DAYS if name in columns), None)
    if day is None or day in parts or len(parts) < 2 or sheet.origin is not None:
        return None
    if {*WHO, "phone", "place"} & set(columns):
        return None
    lines = list(sheet.titles)
    for row, number in enumerate(sheet.numbers.tolist()):
        on = sheet.cells[day].iloc[row]
        for at, match in parts.items():
            text = sheet.cells[at].iloc[row]
            if pd.notna(text) and pd.notna(on) and not is_answer(text):
                where = text if _HOME.match(fold(text)) or find_place(text) is not None else f"tại {text}"
                lines.append(Line(number, (f"Ngày {on}: {match['hours'] or match['part'].lower()} {where}",)))
    told = read_bulletin(document(sheet.file, lines))
    if told is None:
        return None
    told.sheet.report(log, "file.bulletin", count=len(told.sheet))
    return replace(told.sheet, sheet=sheet.sheet)
