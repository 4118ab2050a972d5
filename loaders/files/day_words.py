"""Days as programs and manifests write them, put into numbers, ``17JUL2021``, ``20210719``; months that are no days."""

from __future__ import annotations

from datetime import date
from typing import Final

from loaders.files.spelt import Spelt
from tracing.patterns import regex

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: A day as manifests of flights have it: ``17JUL2021``, ``17 July 2021``, ``17JUL21``.
_NAMED_DAY: Final = regex(
    rf"(?i)(?<!\d)(\d{{1,2}})[ -]?({'|'.join(_MONTHS)})(?:[a-z]{{0,6}}[ -]?(20\d\d)|(\d\d)(?![:h]))(?!\d)"
)
#: A day with the year first, as programs write it: ``2021-07-19``, ``20210719``.
_ISO_DAY: Final = regex(r"(?<![\d/.-])(20\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![\d/-])")
#: Several months, no day: ``tháng 7-8/2021``, ``T7-8``.
_MONTHS_ALONE: Final = Spelt(r"(?i)\b(?:tháng |T)(?:1[0-2]|0?[1-9])\s?[-–&+]\s?(?:1[0-2]|0?[1-9])(?:/20\d\d)?(?![\d/])")
#: Two months of a year without that word: ``(8 - 9/2021)``; a day is written with one sign, or behind "ngày".
_TWO_MONTHS: Final = Spelt(r"(?i)(?<!ngày )(?<![\d/.-])(1[0-2]|0?[1-9])\s?[-–]\s?(1[0-2]|0?[1-9])/20\d\d(?![\d/])")
#: A day of the lunar calendar, which is another one: ``(nhằm ngày 25/5 âm lịch)``, ``25 tháng 5 năm Tân Sửu ÂL``.
_LUNAR: Final = regex(
    r"(?i)(?:(?<!\w)(?:nhằm|tức|nham|tuc)\s+(?:(?:vào|là|vao|la)\s+)?)?(?:(?<!\w)(?:ngày|ngay)\s+)?"
    r"(?:(?<!\w)m[ùồ]ng\s+)?(?<![\d/.-])\d{1,2}\s?(?:[/.-]|tháng|thang)\s?\d{1,2}(?:[/.-]\d{4})?\s*"
    r"(?:(?:năm|nam)\s+[^\W\d]+(?:\s[^\W\d]+)?\s*)?\(?(?:âm lịch|am lich|(?-i:ÂL|AL))(?!\w)\)?"
)


def days_in_numbers(text: str) -> str:
    """Return a text in which such days are written as ``17/7/2021``, without those of the lunar calendar."""
    text = _ISO_DAY.sub(r"\4/\3/\1", _LUNAR.sub(" ", text))
    return _NAMED_DAY.sub(lambda m: f"{m[1]}/{_MONTHS.index(m[2].lower()) + 1}/{m[3] or m[4]}", text)


def without_months(text: str) -> str:
    """Return a text without the months that it names two by two."""
    text = _MONTHS_ALONE.sub(" ", text)
    return _TWO_MONTHS.of(text).sub(lambda two: " " if int(two[1]) < int(two[2]) else two[0], text)


def iso_day(year: str, month: str, day: str) -> str | None:
    """Return a day as ``2021-07-17``, of a year in two digits or four; None of a day that there is not."""
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
    except ValueError:
        return None
