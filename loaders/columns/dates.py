"""Dates and instants as people write them. What can be read two ways is decided by evidence or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.files.grid import distinct_texts
from tracing.times import DAY, day_span, instant

#: Texts that say that a date is not known.
UNKNOWN: Final = frozenset(
    {"-", "--", "?", ".", "chưa rõ", "không rõ", "chưa xác định", "chưa biết", "chưa", "không", "unknown", "không nhớ"}
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
_ISO: Final = r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?$"
_CLOCK: Final = re.compile(
    r"(?:lúc|khoảng|at)?\s*\b(\d{1,2})\s*(?::|h|giờ)\s*(\d{2})?(?::(\d{2}))?(?:\.\d+)?"
    r"\s*(?:phút|')?\s*([ap]\.?m\.?)?(?![\w:])",
    re.IGNORECASE,
)
_NUMERIC: Final = re.compile(r"^(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})$")
_NAMED: Final = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{3,9})\.?[-/., ]*(\d{2,4})$")
_NAMED_US: Final = re.compile(r"^([A-Za-z]{3,9})\.?[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{2,4})$")
_VIETNAMESE: Final = re.compile(
    r"^(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*(?:năm|,|/)?\s*(\d{2,4})$", re.IGNORECASE
)
_SERIAL_LOW, _SERIAL_HIGH = 20_000, 80_000
_SERIAL_ZERO: Final = datetime(1899, 12, 30)


@dataclass(frozen=True)
class Moment:
    """One text read: a day (``month_first`` is the other reading, where there is one), an hour of it, or a problem."""

    day: date | None = None
    month_first: date | None = None
    clock: int | None = None
    at: int | None = None
    order: str | None = None
    problem: str | None = None
    serial: bool = False


@dataclass(frozen=True)
class Times:
    """A column of times: epoch seconds ``start``, ``end`` (int64, where ``known``) and what went wrong where.

    ``problems`` is row position -> code; ``order`` is "day first", "month first" or None where nothing shows it;
    ``mixed`` gives one text of each order if the column holds both.
    """

    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    known: npt.NDArray[np.bool_]
    problems: dict[int, str] = field(default_factory=dict)
    order: str | None = None
    decided: bool = False
    mixed: tuple[str, str] | None = None
    serials: int = 0


def read_times(texts: pd.Series, *, zone: str, day_first: bool | None) -> Times:
    """Read a column of texts as times; missing stays missing.

    ISO texts are read many at once; each other distinct text is read once. Days are whole local days of ``zone``.
    """
    size = len(texts)
    start, end = np.zeros(size, np.int64), np.zeros(size, np.int64)
    given = texts.notna().to_numpy()
    iso = texts.str.match(_ISO).fillna(False).to_numpy(dtype=bool)
    known = _read_iso(texts[iso], np.flatnonzero(iso), start, end, zone)
    rest = given.copy()
    rest[known] = False
    if not rest.any():
        return Times(start, end, given, {})
    return _read_others(texts, np.flatnonzero(rest), start, end, given, zone, day_first)


def _read_iso(
    texts: pd.Series,
    rows: npt.NDArray[np.int64],
    start: npt.NDArray[np.int64],
    end: npt.NDArray[np.int64],
    zone: str,
) -> npt.NDArray[np.int64]:
    """Fill ``start`` and ``end`` for ISO texts; return the rows that were read."""
    if not len(rows):
        return rows
    codes, days = distinct_texts(texts.str.slice(0, 10))
    spans = np.array([_iso_span(day, zone) for day in days], dtype=np.int64).reshape(-1, 2)
    clock_codes, clocks = distinct_texts(texts.str.slice(11))
    seconds = np.array([_iso_clock(clock) for clock in clocks], dtype=np.int64)
    first, last, clock = spans[codes, 0], spans[codes, 1], seconds[clock_codes]
    whole = clock == -1
    plain_day = last - first == DAY
    good = (last > first) & (clock >= -1) & (whole | plain_day)
    start[rows[good]] = np.where(whole, first, first + clock)[good]
    end[rows[good]] = np.where(whole, last, first + clock)[good]
    read: npt.NDArray[np.int64] = rows[good]
    return read


def _iso_span(text: str, zone: str) -> tuple[int, int]:
    try:
        return day_span(date.fromisoformat(text), zone)
    except (ValueError, OverflowError):
        return 0, 0


def _iso_clock(text: str) -> int:
    """Return seconds of the day, -1 for none, -2 for what is no time of day."""
    if not text:
        return -1
    hour, minute, second = int(text[:2]), int(text[3:5]), int(text[6:8] or 0)
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else -2


def _read_others(
    texts: pd.Series,
    rows: npt.NDArray[np.int64],
    start: npt.NDArray[np.int64],
    end: npt.NDArray[np.int64],
    given: npt.NDArray[np.bool_],
    zone: str,
    day_first: bool | None,
) -> Times:
    known = given.copy()
    values = texts.to_numpy(dtype=object)
    moments = {text: read_moment(text, zone) for text in sorted(set(values[rows]))}
    seen = {order: sorted(t for t, m in moments.items() if m.order == order) for order in ("day first", "month first")}
    mixed = (seen["day first"][0], seen["month first"][0]) if all(seen.values()) else None
    order = None if mixed else next((name for name, found in seen.items() if found), None)
    decided = order is not None
    if order is None and mixed is None and day_first is not None:
        order = "day first" if day_first else "month first"
    problems: dict[int, str] = {}
    serials = 0
    for row in rows:
        moment = moments[values[row]]
        serials += moment.serial
        problem = moment.problem
        if problem is None and moment.month_first is not None and order is None:
            problem = "date.conflict" if mixed else "date.ambiguous"
        if problem == "unknown":
            known[row] = False
        elif problem is not None:
            problems[int(row)] = problem
            known[row] = False
        else:
            start[row], end[row] = _span(moment, order == "month first", zone)
    return Times(start, end, known, problems, order, decided, mixed, serials)


def _span(moment: Moment, month_first: bool, zone: str) -> tuple[int, int]:
    if moment.at is not None:
        return moment.at, moment.at
    day = moment.month_first if month_first and moment.month_first is not None else moment.day
    assert day is not None
    if moment.clock is None:
        return day_span(day, zone)
    at = instant(datetime(day.year, day.month, day.day) + timedelta(seconds=moment.clock), zone)
    return at, at


@lru_cache(maxsize=100_000)
def read_moment(text: str, zone: str) -> Moment:
    """Read one text: 2/7/2021, 2021-07-02, 9h20 ngày 2/7/2021, 12 Jun 2021, 44379 (Excel), with problems named."""
    text = text.strip().strip("'").strip()
    if text.lower() in UNKNOWN:
        return Moment(problem="unknown")
    if re.fullmatch(r"\d{4}", text):
        return Moment(problem="date.year_only")
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and _SERIAL_LOW <= float(text) <= _SERIAL_HIGH:
        return _read_serial(float(text))
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*([Zz]|[+-]\d{2}:?\d{2})$", text):
        try:
            return Moment(at=int(datetime.fromisoformat(text).replace(microsecond=0).timestamp()))
        except ValueError:
            return Moment(problem="date.impossible")
    clock, rest = _take_clock(text)
    if clock == -1:
        return Moment(problem="date.impossible")
    rest = re.sub(r"^(?:ngày|on|thứ \w+,?)\s*", "", rest.strip(" ,;T"), flags=re.IGNORECASE).strip(" ,")
    moment = _read_day(rest)
    return moment if clock is None or moment.problem else replace(moment, clock=clock)


def _take_clock(text: str) -> tuple[int | None, str]:
    """Split a time of day from the rest; -1 if it is none that exists."""
    match = _CLOCK.search(text.replace("T", " ") if re.match(r"\d{4}-\d", text) else text)
    if match is None:
        return None, text
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    half = (match[4] or "").replace(".", "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second > 0):
        return -1, rest
    return hour * 3600 + minute * 60 + second, rest


def _read_serial(number: float) -> Moment:
    moment = _SERIAL_ZERO + timedelta(seconds=round(number * DAY))
    clock = moment.hour * 3600 + moment.minute * 60 + moment.second
    return Moment(moment.date(), clock=None if float(number).is_integer() else clock, serial=True)


def _read_day(text: str) -> Moment:
    match = _NUMERIC.match(text)
    if match is not None:
        return _numeric_day(match[1], match[2], match[3])
    match = _VIETNAMESE.match(text)
    if match is not None:
        return _sure_day(match[3], int(match[2]), int(match[1]))
    for pattern, d, m in ((_NAMED, 1, 2), (_NAMED_US, 2, 1)):
        match = pattern.match(text)
        if match is not None and match[m].lower() in _MONTHS:
            return _sure_day(match[3], _MONTHS[match[m].lower()], int(match[d]))
    if re.fullmatch(r"\d{1,2}\s*[-/.]\s*\d{1,2}", text) or re.fullmatch(r"\d{1,2} tháng \d{1,2}", text.lower()):
        return Moment(problem="date.no_year")
    return Moment(problem="date.unreadable")


def _sure_day(year: str, month: int, day: int) -> Moment:
    if len(year) != 4:
        return Moment(problem="date.two_digit_year" if len(year) == 2 else "date.unreadable")
    found = _day(int(year), month, day)
    return Moment(found) if found else Moment(problem="date.impossible")


def _numeric_day(a: str, b: str, c: str) -> Moment:
    if len(a) == 4 and len(c) <= 2:
        return _sure_day(a, int(b), int(c))
    if len(a) > 2 or len(c) == 3 or len(c) == 1:
        return Moment(problem="date.unreadable")
    if len(c) == 2:
        return Moment(problem="date.two_digit_year")
    day_first, month_first = _day(int(c), int(b), int(a)), _day(int(c), int(a), int(b))
    if day_first is None and month_first is None:
        return Moment(problem="date.impossible")
    if day_first is None:
        return Moment(month_first, order="month first")
    if month_first is None:
        # 31/6 is impossible; 25/12 shows that the day comes first only because its second number can be a month.
        return Moment(day_first, order="day first")
    return Moment(day_first, None if day_first == month_first else month_first)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
