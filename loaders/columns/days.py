"""Several days in one text: ``26/7, 27/7, 28/7``, ``26-28/7``, ``25, 26/7``, ``30/7 - 1/8/2021``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from tracing.patterns import regex

_MOST: Final = 31
_SPAN: Final = regex(
    r"(?i)(?:t[uừ]\s+)?(?:ng[aà]y\s+)?(\d{1,2})(?:/(\d{1,2}))?(?:/(\d{4}))?\s*(?:-|–|[dđ][eế]n)\s*(?:h[eế]t\s+)?(?:ng[aà]y\s+)?"
    r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?"
)
_ONE: Final = regex(r"(\d{1,2})(?:/(\d{1,2}))?(?:/(\d{4}))?")
_BETWEEN: Final = regex(r"(?i)\s*(?:[,;+&\n]|v[aà])\s*(?:ng[aà]y\s+)?")


def listed_days(first: tuple[str | None, ...], last: tuple[str | None, ...]) -> list[str]:
    """Return every day from ``(day, month, year)`` to another, at most a month of them; none if it is no such span."""
    try:
        end = date(int(last[2] or first[2] or 2020), int(last[1] or 0), int(last[0] or 0))
        begin = date(int(first[2] or end.year), int(first[1] or end.month), int(first[0] or 0))
    except ValueError:
        return []
    size = (end - begin).days
    if not 0 <= size <= _MOST:
        return []
    tail = f"/{end.year}" if last[2] or first[2] else ""
    days = [begin + timedelta(days=n) for n in range(size + 1)]
    return [f"{one.day}/{one.month}{tail}" for one in days]


def several_days(text: str) -> list[str]:
    """Return the days of a text that names several, each as ``26/7`` or ``26/7/2021``; none of any other text."""
    text = re.sub(r"(?i)^\s*ng[aà]y\s+", "", text).strip(" .;,")
    span = _SPAN.fullmatch(text)
    if span is not None and (span[2] or int(span[1]) < int(span[4])):
        return listed_days((span[1], span[2], span[3]), (span[4], span[5], span[6]))
    parts = _BETWEEN.split(text)
    if len(parts) < 2:
        return []
    found: list[str] = []
    month, year = None, None
    for part in reversed(parts):
        inner = _SPAN.fullmatch(part)
        one = _ONE.fullmatch(part)
        if inner is not None:
            found = listed_days((inner[1], inner[2], inner[3]), (inner[4], inner[5], inner[6] or year)) + found
            month, year = inner[5], inner[6] or year
        elif one is not None and (one[2] or month):
            month, year = one[2] or month, one[3] or year
            found.insert(0, "/".join(each for each in (one[1], month, year) if each))
        else:
            return []
    return found


def next_day(day: str) -> str:
    """Return the day after ``31/7`` or ``31/7/2021``, written in the same way."""
    parts = [int(part) for part in re.split(r"[/.\-]", day)]
    try:
        after = date(parts[2] if len(parts) > 2 else 2020, parts[1], parts[0]) + timedelta(days=1)
    except ValueError:
        return day
    return f"{after.day}/{after.month}" + (f"/{after.year}" if len(parts) > 2 else "")
