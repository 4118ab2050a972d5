"""Attendance sheets: a column for each day, with a mark for whoever was there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import Reading, plain

#: Fields of the columns of days, ``present_1`` and so on, in their order.
PRESENT: Final = "present_"
MOST: Final = 62
_WEEKDAY: Final = r"(?:(?:th[uứ]\s*(?:hai|ba|t[uư]|n[aă]m|s[aá]u|b[aả]y|[2-7])|ch[uủ]\s*nh[aậ]t|cn|t[2-7])[\s,:(]*)?"
_DAY: Final = re.compile(
    rf"(?i){_WEEKDAY}(?:(?:ng[aà]y|bu[oổ]i|h[oọ]c|l[aà]m|c[oó] m[aặ]t)\s*){{0,3}}"
    r"(\d{1,2})(?:[/.\-](\d{1,2}))?(?:[/.\-](\d{4}))?(?:\.0)?\)?"
)
_WEEK: Final = {
    **{form: n - 2 for n in range(2, 8) for form in (f"t{n}", f"thu{n}")},
    **{f"thu{word}": n for n, word in enumerate(("hai", "ba", "tu", "nam", "sau", "bay"))},
    **{day: n for n, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
    "cn": 6,
    "chunhat": 6,
}
#: Marks of somebody who was not there, with leave or without.
_ABSENT: Final = frozenset({"p", "k", "kp", "np", "cp", "vang", "nghi", "phep"})
#: Columns of days that make an attendance sheet: bare numbers could be anything, days with a month could not.
_FEWEST, _FEWEST_DATED = 3, 2


def with_days(reading: Reading, sheet: Sheet) -> Reading:
    """Return the reading with columns headed by days and filled with marks read as attendance."""
    found = [at for at in reading.unused if day_of(sheet.headings[at]) and _marked(sheet, at)]
    dated = all("/" in str(day_of(sheet.headings[at])) for at in found)
    if found and dated and only_absences(sheet, found):
        empty = [at for at in reading.unused if "/" in (day_of(sheet.headings[at]) or "") and _empty(sheet, at)]
        found = sorted({*found, *empty})
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


def with_week(sheet: Sheet) -> Sheet:
    """Return a sheet whose columns are headed by days of the week with their dates, if its title tells the week."""
    weeks = [fact.value for fact in sheet.facts if fact.name == "day" and "/" in fact.value]
    if not weeks:
        return sheet
    first, last = (date.fromisoformat(day) for day in weeks[0].split("/"))
    if not 0 <= (last - first).days < 7:
        return sheet
    days = {(first + timedelta(days=n)).weekday(): first + timedelta(days=n) for n in range((last - first).days + 1)}
    named = [days.get(weekday(heading)) for heading in sheet.headings]
    if sum(day is not None for day in named) < _FEWEST_DATED:
        return sheet
    told = zip(sheet.headings, named, strict=True)
    return replace(sheet, headings=tuple(h if day is None else f"{h} {day.day}/{day.month}" for h, day in told))


def weekday(heading: str) -> int:
    """Return which day of the week a heading is, Monday 0; -1 if it is none."""
    return _WEEK.get(plain(heading), -1)


def only_absences(sheet: Sheet, columns: Sequence[int]) -> bool:
    """Tell whether the marks of these columns say only who was not there."""
    marks = {plain(text) for at in columns for text in distinct_texts(sheet.cells[at])[1]}
    return bool(marks) and marks <= _ABSENT


def _empty(sheet: Sheet, at: int) -> bool:
    return bool(sheet.cells[at].isna().all())


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
