"""One text read as a birth or an age: ``05/1991``, ``1975 (46t)``, ``khoảng 60``, ``8 tháng tuổi``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

from loaders.columns.moments import full_year, read_moment
from tracing.patterns import regex

_MONTH_YEAR: Final = regex(r"(?:tháng\s{0,3})?(\d{1,2})\s{0,3}(?:[-/.]|năm)\s{0,3}(\d{4})", re.IGNORECASE)
#: A year with words, or the age, beside it: ``1975.0``, ``1975 (46t)``, ``1975 - Nam``, ``khoảng 1975?``.
_ONLY_YEAR: Final = regex(
    r"()[^\d(]{0,20}((?:19|20)\d\d)(?:\.0|\s{0,3}\(?\d{1,3} ?t(?:uổi|uoi)?\)?|\D{1,40})?", re.IGNORECASE
)
_AGE: Final = regex(
    r"(?:khoảng|khoang|tầm|hơn|gần|trên|ngoài|~)?\s{0,3}(\d{1,3})\s{0,3}(?:t|tuổi|tuoi|y|yrs?|years?(?: old)?)?\.?",
    re.IGNORECASE,
)
_TWO_DIGITS: Final = regex(r"()'?(\d{2})")
_MONTHS_OLD: Final = regex(r"(\d{1,2})\s{0,3}(?:tháng|thang|th|months?|m)(?: tuổi)?", re.IGNORECASE)


OLDEST: Final = 1905
"""The first year of birth that is taken for one: nobody older has been alive since 2021."""


def read_birth(text: str, order: str | None, *, year: bool = False) -> tuple[str | None, int | None, str | None]:
    """Return ISO day of birth, year of birth, and the code of a finding; 05/1991 and tháng 5/1991 give the year.

    Of a column of years (``year``) five digits are a slip and no day as a spreadsheet counts them.
    """
    if year and re.fullmatch(r"\d{5}", text.strip()):
        return None, None, "birth.unreadable"
    if year and tells_age(text):
        return None, None, None
    moment = read_moment(text)
    today = datetime.now(UTC).date()
    if moment.problem == "unknown":
        return None, None, None
    if moment.problem == "date.year_only":
        born = int(text.strip().strip("'"))
        return (None, born, None) if OLDEST <= born <= today.year else (None, None, "birth.unreadable")
    ways = (_MONTH_YEAR, _ONLY_YEAR, _TWO_DIGITS)
    match = next(filter(None, (way.fullmatch(text.strip()) for way in ways)), None)
    if match is not None and 1 <= int(match[1] or 1) <= 12 and OLDEST <= full_year(match[2]) <= today.year:
        return None, full_year(match[2]), None
    if moment.problem is not None or moment.day is None or not date(OLDEST, 1, 1) <= moment.day <= today:
        year_at_end = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)$", text.strip())
        kept = int(year_at_end[1]) if year_at_end and OLDEST <= int(year_at_end[1]) <= today.year else None
        return None, kept, "birth.unreadable"
    if moment.month_first is not None and order is None:
        return None, moment.day.year, "birth.ambiguous"
    day = moment.month_first if moment.month_first is not None and order == "month first" else moment.day
    return day.isoformat(), day.year, None


def tells_old_birth(text: str) -> bool:
    """Tell whether the year of a birth, alone or behind its day, lies before :data:`OLDEST`: ``1899``, ``2/5/1898``."""
    match = re.fullmatch(r"'?(?:\d{1,2}[/.-]\d{1,2}[/.-])?(1[5-9]\d\d)(?:-\d{2}-\d{2}.*)?", text.strip())
    return match is not None and int(match[1]) < OLDEST


def read_age(text: str) -> tuple[int | None, bool]:
    """Return an age in whole years and whether it is only about so: 30t, 52 tuổi, khoảng 60, 8 tháng tuổi."""
    text = text.strip()
    if _MONTHS_OLD.fullmatch(text):
        return 0, False
    match = _AGE.fullmatch(text)
    if match is None or int(match[1]) > 120:
        return None, False
    return int(match[1]), not text[:1].isdigit()


def tells_age(text: str) -> bool:
    """Tell whether a text says itself that it is an age: 35 tuổi, 8 tháng, not 35."""
    return text.strip().rstrip(".")[-1:].isalpha() and read_age(text)[0] is not None
