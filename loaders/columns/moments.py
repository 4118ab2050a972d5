"""One text read as a day or an instant: every way of writing that is understood, each problem by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from loaders.columns.clock import HALF, hour_of_day
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.times import DAY

#: Texts that say that a date is not known.
UNKNOWN: Final = frozenset(
    {
        "chờ",
        "chờ kq",
        "chờ kết quả",
        "đang chờ",
        "chưa có",
        "chưa có kết quả",
        "không có",
        "n/a",
        "-",
        "--",
        "?",
        ".",
        "chưa rõ",
        "không rõ",
        "chưa xác định",
        "chưa biết",
        "chưa",
        "không",
        "unknown",
        "không nhớ",
        "không biết",
        "không xác định",
        "kxđ",
        "không triệu chứng",
        "không có triệu chứng",
        "ktc",
        *(
            f"{no} {what}"
            for no in ("ko", "k", "kg", "khong", "chua")
            for what in ("rõ", "ro", "nhớ", "nho", "biết", "có")
        ),
        *("ko", "k", "khong", "chua"),
    }
)
_MONTHS: Final = {
    name: number + 1
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        )
    )
    for name in names.split()
}
_RELATIVE: Final = {
    "hôm nay": 0,
    "hom nay": 0,
    "nay": 0,
    "today": 0,
    "hôm qua": 1,
    "hom qua": 1,
    "qua": 1,
    "yesterday": 1,
    "hôm kia": 2,
    "hom kia": 2,
    "hôm kìa": 3,
    "hom kìa": 3,
}
_LONGEST: Final = 100
_ZONED: Final = regex(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)? ?(?:[Zz]|UTC|[+-]\d{2}:?\d{2})"
)
_CLOCK: Final = regex(
    r"(?:lúc|khoảng|tầm|at)?\s{0,3}\b(\d{1,2})\s{0,3}(?::|h|g|giờ)"
    r"(?:\s{0,3}(\d{2})(?!\s{0,3}[-/]\s{0,3}\d|\.\d{1,2}\.\d)(?::(\d{2}))?(?:\.\d{1,9})?)?"
    rf"\s{{0,3}}(?:phút|')?\s{{0,3}}({HALF})?(?![\w:])",
    re.IGNORECASE,
)
_NUMERIC: Final = regex(r"(\d{1,4})\s{0,3}[-/. ]\s{0,3}(\d{1,2})\s{0,3}[-/. ]\s{0,3}(\d{1,4})")
_MONTH: Final = r"(?:tháng|thg\.?|th\.?)"
_SHORT: Final = regex(rf"(\d{{1,2}})\s{{0,3}}(?:[-/.]|{_MONTH})\s{{0,3}}(\d{{1,2}})", re.IGNORECASE)
#: A sign typed twice, or the one beside it on the keyboard: ``12//8/2021``, ``12\8\2021``, ``12,8,2021``.
_SLIPPED: Final = regex(r"^(\d{1,2})\s?(?:/{2,3}|\\|,|/)\s?(\d{1,2})\s?(?:/{2,3}|\\|,|/)\s?(20\d\d)$")
#: Days of a month that is not told, from–to, and no day and month: ``12-15``.
_BARE_SPAN: Final = regex(r"\d{1,2}\s*-\s*\d{1,2}")
_MONTHS_OF_YEAR: Final = 12
_NAMED: Final = regex(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]{0,3}([A-Za-z]{3,9})\.?[-/., ]{0,3}(\d{2,4})")
_NAMED_US: Final = regex(r"([A-Za-z]{3,9})\.?[-/. ]{0,3}(\d{1,2})(?:st|nd|rd|th)?[-/., ]{1,3}(\d{2,4})")
_NAMED_SHORT: Final = regex(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]{1,3}([A-Za-z]{3,9})\.?")
_NAMED_SHORT_US: Final = regex(r"([A-Za-z]{3,9})\.?[-/. ]{1,3}(\d{1,2})(?:st|nd|rd|th)?")
_VIETNAMESE: Final = regex(
    rf"(\d{{1,2}})\s{{0,3}}{_MONTH}\s{{0,3}}(\d{{1,2}})\s{{0,3}}(?:năm|,|/)?\s{{0,3}}(\d{{2,4}})", re.IGNORECASE
)
_WORDS: Final = regex(
    r"^(?:(?:ngày|on|vào|(?:rạng )?sáng|trưa|chiều|tối|đêm|h[ôo]m(?=[ ,]{1,3}(?:ngày )?\d))[ ,]{1,3}"
    r"|ng?\.? ?(?=\d{1,2}[/.-]\d))+",
    re.IGNORECASE,
)
#: A day of the week beside a date says nothing more: ``20h15 Thứ 7, 17/7``, ``T7 17/7``, ``17/7 (CN)``.
_WEEKDAY: Final = regex(
    r"(?<!\w)(?:thứ\s?(?:hai|ba|tư|năm|sáu|bảy|[2-7])|T[2-7](?!\s?[-/.]?\d{4})|chủ nhật|CN"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?)"
    r"(?!\w)[ ,]{0,3}(?=\W{0,3}(?:ngày )?[\dA-Z]|\W{0,3}$)",
    re.IGNORECASE,
)
_SERIAL_LOW, _SERIAL_HIGH = 20_000, 80_000
SERIAL_ZERO: Final = datetime(1899, 12, 30)
"""The day before the first that a spreadsheet numbers."""
#: Days that other systems write for "no end".
_OPEN_YEAR: Final = 2900


@dataclass(frozen=True)
class Moment:
    """One text read: a day, an hour of it, or a problem.

    Attributes
    ----------
    day, month_first
        The day, read day first; and the other reading, where there is one.
    clock
        Second of the day, where an hour is given.
    at
        Instant, where the text names its offset; ``day`` and ``clock`` are then as written.
    order
        "day first" or "month first" where the text itself shows it.
    problem
        Code of a finding, "unknown" for words that say so, or None.
    serial
        Whether it was a number as Excel counts days.
    short
        Day and month of a text without a year (as written, first number first); ``problem`` is "date.no_year".
    relative
        Days before the day of the list ("hôm qua" is 1); ``problem`` is "date.relative".
    short_year
        Whether the year was written with two digits.
    named
        Whether the month of a text without a year is told by its name: then the day is the first of ``short``.
    """

    day: date | None = None
    month_first: date | None = None
    clock: int | None = None
    at: int | None = None
    order: str | None = None
    problem: str | None = None
    serial: bool = False
    short: tuple[int, int] | None = None
    relative: int | None = None
    short_year: bool = False
    named: bool = False

    @property
    def open(self) -> bool:
        """Whether it is a day that means "no end": 9999-12-31, 2999, 31/12/2099."""
        return self.day is not None and (self.day.year >= _OPEN_YEAR or self.day == date(2099, 12, 31))


_PARTS: Final = r"(?:(?:rạng )?sáng|trưa|chiều|tối|đêm|sang|trua|chieu|toi|dem)"
#: A part of a day beside it, which tells no hour: ``6/8 (sáng)``, ``chiều 6/8/2021``.
_PART_OF_DAY: Final = regex(
    rf"(?i)^(\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?)\s*\(?\s*(?:bu[ổo]i\s+)?{_PARTS}\s*\)?$"
    rf"|^(?:bu[ổo]i\s+)?{_PARTS}\s+(?:ng[àa]y\s+)?(\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?)$"
)

_D_M_Y: Final = r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
#: What is said of a last day beside it, and tells no other: ``16/8 (dự kiến)``, ``13/8 (hết hạn, về)``.
_PLANNED: Final = regex(
    rf"(?i)(?:dự kiến|du kien|expected|planned)[\s:]{{1,3}}(?P<behind>{_D_M_Y})"
    rf"|(?P<day>{_D_M_Y})\s*[(,–-]?\s*(?:(?:dự kiến|du kien|hết hạn|het han|đủ ngày|du ngay|hoàn thành|hoan thanh"
    r"|(?:đã |cho )?về(?: nhà)?|da ve|ve nha|expected|planned|completed)[,;\s]{0,2}){1,3}\)?"
)

#: Words before the last day of something that went on: ``hàng ngày đến 15/7``, ``tới hết ngày 15/7``.
_UNTIL: Final = Spelt(
    r"(?i)^(?:(?:(?:hàng|hằng|mỗi) ngày|thường xuyên|liên tục|suốt|cho)[, ]{0,2}){0,2}"
    r"(?:đến|tới)(?: hết)?(?: ngày)? (?=\d)"
)


def last_day(text: str) -> str:
    """Return the last day that a text names without the words that say that it is the last."""
    return _UNTIL.sub("", text.strip())


@lru_cache(maxsize=100_000)
def read_moment(text: str, zone: str = "") -> Moment:
    """Read one text: 2/7/2021, 2021-07-02, 9h20 ngày 2/7/2021, 12 Jun 2021, 44379 (Excel), with problems named."""
    text = _PART_OF_DAY.sub(r"\1\2", text.strip().strip("'").strip())
    text = _SLIPPED.sub(r"\1/\2/\3", re.sub(r"(?<=\d)[.;,]+$", "", text))
    text = text if (planned := _PLANNED.fullmatch(text)) is None else planned["day"] or planned["behind"]
    if text.lower() in UNKNOWN:
        return Moment(problem="unknown")
    if text.lower() in _RELATIVE:
        return Moment(problem="date.relative", relative=_RELATIVE[text.lower()])
    if len(text) > _LONGEST or re.fullmatch(r"\d{4}", text):
        return Moment(problem="date.unreadable" if len(text) > _LONGEST else "date.year_only")
    if re.fullmatch(r"\d{5}(\.\d{1,12})?", text) and _SERIAL_LOW <= float(text) <= _SERIAL_HIGH:
        return _read_serial(float(text))
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    zoned = _ZONED.fullmatch(text)
    if zoned is not None:
        return _read_zoned(text, zoned)
    return _read_parts(text)


def _read_parts(text: str) -> Moment:
    """Read a day with an hour before or behind it, or without."""
    clock, rest = _take_clock(text)
    if clock == -1:
        return Moment(problem="date.impossible")
    named = _WEEKDAY.sub(" ", rest)
    rest = re.sub(r"[()]", " ", named) if clock is not None or named != rest else rest
    rest = _WORDS.sub("", rest.strip(" ,;T")).strip(" ,")
    if rest.lower() in _RELATIVE:
        return Moment(clock=clock, problem="date.relative", relative=_RELATIVE[rest.lower()])
    if not rest and clock is not None:
        return Moment(clock=clock, problem="date.hour_only")
    moment = _read_day(rest)
    known = moment.problem in (None, "date.no_year")
    return replace(moment, clock=clock) if clock is not None and known else moment


def _read_zoned(text: str, match: re.Match[str]) -> Moment:
    try:
        at = datetime.fromisoformat(re.sub(r" ?(?:UTC|[Zz])$", "+00:00", text).replace(",", "."))
        written = date.fromisoformat(match[1])
        instant = int(at.replace(microsecond=0).timestamp())
    except (ValueError, OverflowError):
        found = _day(int(text[:4]), int(text[5:7]), int(text[8:10]))
        return Moment(found) if found is not None and found.year >= _OPEN_YEAR else Moment(problem="date.impossible")
    hour, minute = match[2].split(":")
    return Moment(written, clock=int(hour) * 3600 + int(minute) * 60 + int(match[3] or 0), at=instant)


def _take_clock(text: str) -> tuple[int | None, str]:
    """Split a time of day from the rest; -1 if it is none that exists."""
    match = _CLOCK.search(text.replace("T", " ") if re.match(r"\d{4}-\d", text) else text)
    if match is None:
        return None, text
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    hour = hour_of_day(hour, match[4])
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second > 0):
        return -1, rest
    return hour * 3600 + minute * 60 + second, rest


def _read_serial(number: float) -> Moment:
    moment = SERIAL_ZERO + timedelta(seconds=round(number * DAY))
    clock = moment.hour * 3600 + moment.minute * 60 + moment.second
    return Moment(moment.date(), clock=None if float(number).is_integer() else clock, serial=True)


def _read_day(text: str) -> Moment:
    match = _NUMERIC.fullmatch(text)
    if match is not None:
        return _numeric_day(match[1], match[2], match[3])
    match = _VIETNAMESE.fullmatch(text)
    if match is not None:
        return _sure_day(match[3], int(match[2]), int(match[1]))
    for pattern, d, m in ((_NAMED, 1, 2), (_NAMED_US, 2, 1)):
        match = pattern.fullmatch(text)
        if match is not None and match[m].lower() in _MONTHS:
            return _sure_day(match[3], _MONTHS[match[m].lower()], int(match[d]))
    for pattern, d, m in ((_NAMED_SHORT, 1, 2), (_NAMED_SHORT_US, 2, 1)):
        match = pattern.fullmatch(text)
        if match is not None and match[m].lower() in _MONTHS:
            return replace(_short_day(int(match[d]), _MONTHS[match[m].lower()]), order=None, named=True)
    match = _SHORT.fullmatch(text)
    if match is None or (_BARE_SPAN.fullmatch(text) and int(match[2]) > _MONTHS_OF_YEAR):
        return Moment(problem="date.unreadable")
    return _short_day(int(match[1]), int(match[2]))


def _short_day(a: int, b: int) -> Moment:
    """Read a day and a month without a year; 29/2 exists."""
    day_first, month_first = _day(2020, b, a), _day(2020, a, b)
    if day_first is None and month_first is None:
        return Moment(problem="date.impossible")
    order = None if day_first and month_first else "day first" if day_first else "month first"
    return Moment(problem="date.no_year", short=(a, b), order=order)


def full_year(year: str) -> int:
    """Return a year of four digits; of two, the last such year that is not ahead of next year."""
    if len(year) != 2:
        return int(year)
    return int(year) + (2000 if int(year) + 2000 <= datetime.now(UTC).year + 1 else 1900)


def _sure_day(year: str, month: int, day: int) -> Moment:
    if len(year) not in (2, 4):
        return Moment(problem="date.unreadable")
    found = _day(full_year(year), month, day)
    return Moment(found, short_year=len(year) == 2) if found else Moment(problem="date.impossible")


def _numeric_day(a: str, b: str, c: str) -> Moment:
    if len(a) == 4 and len(c) <= 2:
        return _sure_day(a, int(b), int(c))
    if len(a) > 2 or len(c) == 3 or len(c) == 1:
        return Moment(problem="date.unreadable")
    year, short = full_year(c), len(c) == 2
    day_first, month_first = _day(year, int(b), int(a)), _day(year, int(a), int(b))
    if day_first is None and month_first is None:
        return Moment(problem="date.impossible")
    if day_first is None:
        return Moment(month_first, order="month first", short_year=short)
    if month_first is None:
        # 31/6 is impossible; 25/12 shows that the day comes first only because its second number can be a month.
        return Moment(day_first, order="day first", short_year=short)
    return Moment(day_first, None if day_first == month_first else month_first, short_year=short)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
