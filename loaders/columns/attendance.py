"""Attendance sheets: a column for each day, with a mark for whoever was there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import Reading

#: Fields of the columns of days, ``present_1`` and so on, in their order.
PRESENT: Final = "present_"
MOST: Final = 62
_WEEKDAY: Final = r"(?:(?:th[uứ]\s*(?:hai|ba|t[uư]|n[aă]m|s[aá]u|b[aả]y|[2-7])|ch[uủ]\s*nh[aậ]t|cn|t[2-7])[\s,:(]*)?"
_DAY: Final = re.compile(
    rf"(?i){_WEEKDAY}(?:ng[aà]y\s*)?(\d{{1,2}})(?:[/.\-](\d{{1,2}}))?(?:[/.\-](\d{{4}}))?(?:\.0)?\)?"
)
#: Columns of days that make an attendance sheet: bare numbers could be anything, days with a month could not.
_FEWEST, _FEWEST_DATED = 3, 2


def with_days(reading: Reading, sheet: Sheet) -> Reading:
    """Return the reading with columns headed by days and filled with marks read as attendance."""
    found = [at for at in reading.unused if day_of(sheet.headings[at]) and _marked(sheet, at)]
    dated = all("/" in str(day_of(sheet.headings[at])) for at in found)
    if not (_FEWEST_DATED if dated else _FEWEST) <= len(found) <= MOST:
        return reading
    fields = {f"{PRESENT}{number}": at for number, at in enumerate(found, start=1)}
    return replace(
        reading,
        columns={**reading.columns, **fields},
        unused=tuple(at for at in reading.unused if at not in found),
        sure={**reading.sure, **dict.fromkeys(found, 0.9)},
        by={**reading.by, **dict.fromkeys(found, "heading")},
    )


def day_of(heading: str) -> str | None:
    """Return the day that heads a column: ``26``, ``26/7``, ``26/7/2021``; the lowest row of headings counts."""
    match = _DAY.fullmatch(heading.rpartition(" › ")[2].strip())
    if match is None or not 1 <= int(match[1]) <= 31 or (match[2] and not 1 <= int(match[2]) <= 12):
        return None
    return "/".join(part for part in match.groups() if part)


def _marked(sheet: Sheet, at: int) -> bool:
    """Tell whether a column holds marks only: one or two signs, a number of hours, a short word."""
    _, distinct = distinct_texts(sheet.cells[at])
    return 0 < len(distinct) <= 12 and all(len(text) <= 5 for text in distinct)
