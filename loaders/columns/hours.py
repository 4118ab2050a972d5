"""Hours as people write them, alone or from–to, joined with their day: ``7h - 8h30``, ``19.00``, ``2h10 (2/8)``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import pandas as pd

from loaders.columns.clock import HALF, hour_of_day
from tracing.model.rows import row_groups
from tracing.patterns import regex

_ONE: Final = (
    r"(\d{1,2})\s*(?:(?![:.]\s+\d{2}\s*(?:giờ|h|g))[:.]\s*(\d{2})(?::(\d{2}))?"
    rf"|(?:giờ|h|g)\s*(\d{{2}}(?!\s*/\s*\d))?)(?:\s*({HALF}))?"
)
_TO: Final = r"-|–|->|đến|tới|to|[(,;]?\s*(?:kết thúc|tan|xong|until|ends?)(?: lúc| at)?\s*:?"
_HOURS: Final = regex(rf"(?i)(?<!\d){_ONE}(?:\s*(?:{_TO})\s*{_ONE})?")
_MONTH: Final = regex(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|tháng \d")
#: The number of a day from 2009 to 2063 in a spreadsheet, with or without its part of the day.
_SERIAL: Final = regex(r"[45]\d{4}(?:\.\d+)?")
#: An hour that a spreadsheet wrote with the day that it counts from, or as a part of a day.
_NO_DAY: Final = regex(r"\s*(?:1899-12-3[01]|1900-01-0[01])[T ](\d\d:\d\d(?::\d\d)?)(?:\.0+)?\s*")
_PART: Final = regex(r"\s*(0?[.,]\d{3,20})\s*")
#: ``7h rưỡi``, ``8h kém 15``, and the first hour of ``7-8h``.
_HALF_PAST: Final = regex(r"(?i)(?<!\d)(\d{1,2}) ?(?:giờ|h|g) ?rưỡi")
_LESS: Final = regex(r"(?i)(?<!\d)(\d{1,2}) ?(?:giờ|h|g) ?kém ?(\d{1,2})(?: ?(?:phút|p))?(?!\d)")
_BEFORE_HOUR: Final = regex(r"(?i)(?<![\d/.,:hg-])(\d{1,2})( ?(?:-|–|đến) ?)(?=(\d{1,2}) ?(?:giờ|h|g)(?![a-zà-ỹ]))")
_DAY: Final = regex(r"\d{1,4}\s*[-/.]\s*\d{1,2}(?:\s*[-/.]\s*\d{2,4})?")


@lru_cache(maxsize=50_000)
def plain_hours(text: str) -> str:
    """Return a text with its hours written plainly: ``0.3125`` and ``7 giờ rưỡi`` are 07:30, ``7-8h`` is 7h-8h."""
    alone, part = _NO_DAY.fullmatch(text), _PART.fullmatch(text)
    if alone is not None:
        return alone[1]
    if part is not None:
        minutes = round(24 * 60 * float(part[1].replace(",", ".")))
        return f"{minutes // 60:02}:{minutes % 60:02}"
    text = _HALF_PAST.sub(r"\1h30", text)
    text = _LESS.sub(lambda one: f"{int(one[1]) - 1}h{60 - int(one[2]):02}" if 0 < int(one[2]) < 60 else one[0], text)
    return _BEFORE_HOUR.sub(lambda one: f"{one[1]}h{one[2]}" if int(one[1]) < int(one[3]) <= 24 else one[0], text)


@lru_cache(maxsize=50_000)
def read_hours(text: str) -> tuple[str | None, str | None]:
    """Return from and to as ``HH:MM`` (``HH:MM:SS`` where seconds are given); None where the text has no hour."""
    text = plain_hours(text)
    match = _HOURS.search(text)
    if match is None:
        return None, None
    part = match[5] or _half_of_both(match)
    first = _clock(match[1], match[2] or match[4], match[3], part)
    return first, _clock(match[6], match[7] or match[9], match[8], match[10])


def hours_in(text: str) -> tuple[list[tuple[str | None, str | None]], str]:
    """Return all hours of a text, each as :func:`read_hours` has it, and the text without them."""
    return [read_hours(match[0]) for match in _HOURS.finditer(text)], _HOURS.sub(" ", text)


def _half_of_both(match: re.Match[str]) -> str | None:
    """Return the part of the day told behind the second hour, if the first can be in it: ``7h - 9h tối``."""
    if not match[10] or int(match[1]) > 12 or int(match[6]) > 12:
        return None
    one, other = (hour_of_day(int(hour), match[10]) for hour in (match[1], match[6]))
    return match[10] if int(match[1]) < one <= other else None


def _clock(hour: str | None, minute: str | None, second: str | None, part: str | None) -> str | None:
    if hour is None or int(hour) > 24 or int(minute or 0) > 59:
        return None
    return f"{hour_of_day(int(hour), part):02}:{int(minute or 0):02}" + (f":{second}" if second else "")


@lru_cache(maxsize=50_000)
def has_day(text: str) -> bool:
    """Tell whether a text names a day beside its hour: ``2h10 (2/8)``, ``23h50 27/7``."""
    text = plain_hours(text)
    rest = _HOURS.sub(" ", text, count=1)
    whole = re.match(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}", text)
    serial = _SERIAL.fullmatch(text.strip())
    return bool(_DAY.search(rest) or _MONTH.search(text) or whole or serial)


def with_day(days: pd.Series, hours: pd.Series, *, to: bool = False) -> pd.Series:
    """Return ``day hour`` texts of days and hours that stand apart; the day alone where no hour is told.

    An hour that there is not, ``27h15``, stays as it is written, so that it is asked about.
    With ``to`` the second hour of a from–to, missing where there is none. An hour that names its own day keeps it.
    """
    group, first_rows = row_groups([days, hours], len(days))
    out: list[str | None] = []
    for day, hour in zip(*(texts.iloc[first_rows].to_numpy(dtype=object) for texts in (days, hours)), strict=True):
        if isinstance(hour, str) and has_day(hour):
            out.append(None if to else re.sub(r"[()]", " ", hour))
            continue
        first, last = read_hours(hour) if isinstance(hour, str) else (None, None)
        clock = last if to else first
        if clock is None and not to and isinstance(hour, str) and _HOURS.search(hour):
            clock = hour
        if isinstance(day, str):
            out.append(f"{day} {clock}" if clock else (None if to else day))
        else:
            out.append(None)
    return pd.Series(pd.array(out, dtype="string").take(group))
