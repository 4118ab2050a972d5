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
_DAY: Final = regex(r"\d{1,4}\s*[-/.]\s*\d{1,2}(?:\s*[-/.]\s*\d{2,4})?")


@lru_cache(maxsize=50_000)
def read_hours(text: str) -> tuple[str | None, str | None]:
    """Return from and to as ``HH:MM`` (``HH:MM:SS`` where seconds are given); None where the text has no hour."""
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
