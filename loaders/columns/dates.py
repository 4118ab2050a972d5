"""Columns of dates and instants. What can be read two ways is decided by evidence or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.moments import UNKNOWN, Moment, read_moment
from loaders.files.grid import distinct_texts
from loaders.files.orders import SLIPS, Hints
from tracing.times import DAY, day_span, instant, local

__all__ = ["UNKNOWN", "Hints", "Moment", "Times", "read_moment", "read_times"]

_ISO: Final = r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.0{1,9})?)?)?$"
_NO_HINTS: Final = Hints()
#: A day at least so far from all others of its column, whose day and month changed places lies so near to them.
_FAR, _NEAR = 60, 21
#: So many dates of one order beside a single one of the other tell in which the column is written.
_SURE: Final = 3
#: A day without a year that would lie further ahead of the day of the list is of the year before.
_AHEAD: Final = 60


@dataclass(frozen=True)
class Times:
    """A column of times: epoch seconds ``start``, ``end`` (int64, where ``known``) and what went wrong where.

    Attributes
    ----------
    problems
        Row position -> code of a finding.
    order
        "day first", "month first", or None where nothing shows it; ``decided`` where the column itself shows it.
    why
        "column", "file", "headings" or "option": what decided the order that was used for texts with two readings.
    mixed
        One text of each order if the column holds both.
    serials, short_years, no_years, midnights, open_ends
        How many rows were numbers as Excel counts days; had a year of two digits; had none and got that of the list;
        were an exact midnight among real hours and were read as that day; were an end that is open.
    """

    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    known: npt.NDArray[np.bool_]
    problems: dict[int, str] = field(default_factory=dict)
    order: str | None = None
    decided: bool = False
    mixed: tuple[str, str] | None = None
    serials: int = 0
    why: str | None = None
    short_years: int = 0
    no_years: int = 0
    midnights: int = 0
    open_ends: int = 0

    @classmethod
    def none(cls, size: int) -> Self:
        """Return a column of so many rows that tells no time."""
        return cls(np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, dtype=bool))


def read_times(
    texts: pd.Series, *, zone: str, day_first: bool | None, hints: Hints = _NO_HINTS, is_end: bool = False
) -> Times:
    """Read a column of texts as times; missing stays missing.

    Parameters
    ----------
    texts
        ISO texts are read many at once; each other distinct text is read once.
    zone
        Local zone: days are whole local days of it, hours without an offset are of it.
    day_first
        What to take where neither the column nor the file shows the order; None: such a row is a problem.
    hints
        What the file says: order, year, day of the list.
    is_end
        Whether the column holds ends: there midnight is an instant, and 9999-12-31 an open end.

    A column of midnight stamps only, with an offset or without, holds days as they are written.
    """
    size = len(texts)
    start, end = np.zeros(size, np.int64), np.zeros(size, np.int64)
    given = texts.notna().to_numpy(dtype=bool)
    iso = texts.str.match(_ISO).fillna(False).to_numpy(dtype=bool)
    others = np.flatnonzero(given & ~iso)
    values = texts.to_numpy(dtype=object) if len(others) else np.empty(0, dtype=object)
    moments = {text: read_moment(text) for text in sorted(set(values[others]))}
    stamps = _Stamps(texts[iso], np.flatnonzero(iso))
    hours = stamps.hours or any(moment.clock for moment in moments.values())
    known = stamps.read(start, end, zone, midnight_is_day=not hours or not is_end)
    midnights = stamps.midnights if hours and not is_end else 0
    left = given.copy()
    left[known] = False
    rest = np.flatnonzero(left)
    if not len(rest):
        return Times(start, end, given, midnights=midnights)
    values = values if len(values) else texts.to_numpy(dtype=object)
    moments |= {text: read_moment(text) for text in sorted(set(values[rest]) - set(moments))}
    way = _Way(zone, hints, hours, is_end, *_order(moments, hints, day_first))
    times = _read_others(values, rest, moments, way, Times(start, end, given, midnights=midnights))
    return _swapped(times, known, zone)


class _Stamps:
    """The ISO texts of a column: a day, or a day and an hour without an offset."""

    def __init__(self, texts: pd.Series, rows: npt.NDArray[np.int64]) -> None:
        self.rows = rows
        self.codes, self.days = distinct_texts(texts.str.slice(0, 10)) if len(rows) else (rows, [])
        codes, clocks = distinct_texts(texts.str.slice(11, 19)) if len(rows) else (rows, [])
        seconds = np.array([_iso_clock(clock) for clock in clocks], dtype=np.int64)
        self.clock: npt.NDArray[np.int64] = seconds[codes] if len(rows) else rows
        self.hours = bool((seconds > 0).any())

    @property
    def midnights(self) -> int:
        """How many are an exact midnight."""
        return int((self.clock == 0).sum())

    def read(
        self, start: npt.NDArray[np.int64], end: npt.NDArray[np.int64], zone: str, *, midnight_is_day: bool
    ) -> npt.NDArray[np.int64]:
        """Fill ``start`` and ``end``; return the rows that were read."""
        if not len(self.rows):
            return self.rows
        spans = np.array([_iso_span(day, zone) for day in self.days], dtype=np.int64).reshape(-1, 2)
        first, last = spans[self.codes, 0], spans[self.codes, 1]
        whole = (self.clock == -1) | ((self.clock == 0) & midnight_is_day)
        good = (last > first) & (self.clock >= -1) & (whole | (last - first == DAY))
        start[self.rows[good]] = np.where(whole, first, first + self.clock)[good]
        end[self.rows[good]] = np.where(whole, last, first + self.clock)[good]
        read: npt.NDArray[np.int64] = self.rows[good]
        return read


def _iso_span(text: str, zone: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(text)
        return (0, 0) if day.year >= 2099 else day_span(day, zone)
    except (ValueError, OverflowError):
        return 0, 0


def _iso_clock(text: str) -> int:
    """Return seconds of the day, -1 for none, -2 for what is no time of day."""
    if not text:
        return -1
    hour, minute, second = int(text[:2]), int(text[3:5]), int(text[6:8] or 0)
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else -2


@dataclass(frozen=True)
class _Way:
    """How the texts of one column are read."""

    zone: str
    hints: Hints
    hours: bool
    is_end: bool
    order: str | None
    why: str | None
    mixed: tuple[str, str] | None


def _order(
    moments: Mapping[str, Moment], hints: Hints, day_first: bool | None
) -> tuple[str | None, str | None, tuple[str, str] | None]:
    """Return the order of the column, why, and a text of each order if it holds both."""
    seen = {order: sorted(t for t, m in moments.items() if m.order == order) for order in ("day first", "month first")}
    few, many = sorted(seen, key=lambda order: len(seen[order]))
    if seen[few]:
        odd = len(seen[few]) == 1 and (len(seen[many]) >= _SURE or (hints.why == "file" and hints.order == many))
        sure = odd or len(seen[few]) <= SLIPS * len(seen[many])
        return many if sure else None, "column" if sure else None, (seen["day first"][0], seen["month first"][0])
    either = sum(moment.month_first is not None for moment in moments.values())
    if seen[many] and (hints.order in (None, many) or len(seen[many]) > SLIPS * either):
        return many, "column", None
    if hints.why == "file":
        return hints.order, "file", None
    if day_first is not None:
        return "day first" if day_first else "month first", "option", None
    return hints.order, hints.why, None


def _read_others(
    values: npt.NDArray[np.object_], rows: npt.NDArray[np.int64], moments: Mapping[str, Moment], way: _Way, times: Times
) -> Times:
    problems: dict[int, str] = {}
    known = times.known.copy()
    spans: dict[str, tuple[int, int] | str] = {text: _settle(moment, way) for text, moment in moments.items()}
    counts = dict.fromkeys(("serials", "short_years", "no_years", "midnights", "open_ends"), 0)
    used = False
    for row in rows.tolist():
        text = values[row]
        span, moment = spans[text], moments[text]
        if isinstance(span, str):
            known[row] = False
            if span == "open":
                counts["open_ends"] += 1
            elif span != "unknown":
                problems[row] = span
            continue
        times.start[row], times.end[row] = span
        counts["serials"] += moment.serial
        counts["short_years"] += moment.short_year
        counts["no_years"] += moment.short is not None
        counts["midnights"] += moment.clock == 0 and way.hours and span[1] > span[0]
        used = (
            used
            or moment.month_first is not None
            or (moment.short is not None and moment.order is None and not moment.named)
        )
    decided = way.why == "column"
    return replace(
        times,
        known=known,
        problems=problems,
        order=way.order if used or decided else None,
        decided=decided,
        mixed=way.mixed,
        why=way.why if used else None,
        serials=counts["serials"],
        short_years=counts["short_years"],
        no_years=counts["no_years"],
        midnights=counts["midnights"] + times.midnights,
        open_ends=counts["open_ends"],
    )


def _settle(moment: Moment, way: _Way) -> tuple[int, int] | str:
    """Return start and end of a moment, or the code of its problem, "unknown" or "open"."""
    if moment.open:
        return "open" if way.is_end else "date.open"
    if way.mixed and way.order is not None and moment.order not in (None, way.order):
        return "date.conflict"  # the one date of another order: a slip, or written by somebody else
    if moment.problem == "date.relative" and way.hints.day is not None and moment.relative is not None:
        return _span(way.hints.day - timedelta(days=moment.relative), moment, way)
    if moment.problem == "date.no_year" and way.hints.year is not None and moment.short is not None:
        return _short(moment, moment.short, way)
    if moment.problem is not None:
        return moment.problem
    if moment.month_first is not None and way.order is None:
        return "date.conflict" if way.mixed else "date.ambiguous"
    day = moment.month_first if way.order == "month first" and moment.month_first is not None else moment.day
    assert day is not None
    if moment.serial and way.hints.serial_shift:
        day += timedelta(days=way.hints.serial_shift)
    if moment.short_year and way.hints.year is not None and abs(day.year - way.hints.year) > 1:
        return "date.two_digit_year"
    return _span(day, moment, way)


def _short(moment: Moment, short: tuple[int, int], way: _Way) -> tuple[int, int] | str:
    """Read a day and a month in the year of the list; in the year before where it would lie months ahead."""
    order = "day first" if moment.named else moment.order or way.order or ("day first" if way.mixed is None else None)
    if order is None:
        return "date.conflict"
    day, month = short if order == "day first" else (short[1], short[0])
    year = way.hints.year or 0
    try:
        found = date(year, month, day)
        if way.hints.day is not None and not way.is_end and (found - way.hints.day).days > _AHEAD:
            found = date(year - 1, month, day)
    except ValueError:
        return "date.impossible"
    return _span(found, moment, way)


def _span(day: date, moment: Moment, way: _Way) -> tuple[int, int] | str:
    midnight = moment.clock == 0 and (not way.hours or not way.is_end)
    try:
        if moment.clock is None or midnight:
            return day_span(day, way.zone)
        if moment.at is not None:
            return moment.at, moment.at
        at = instant(datetime(day.year, day.month, day.day) + timedelta(seconds=moment.clock), way.zone)
    except (OverflowError, ValueError):
        return "date.impossible"
    return at, at


def _swapped(times: Times, stamps: npt.NDArray[np.int64], zone: str) -> Times:
    """Find stamps (rows ``stamps``) that stand far from all else, and near to it with day and month changed places.

    Excel does that to 1/8 where it expects the month first; the texts beside it stay as they were typed.
    """
    rows = np.flatnonzero(times.known)
    if len(rows) < 4 or not len(stamps):
        return times
    days = times.start[rows] // DAY
    middle = int(np.sort(days)[len(days) // 2])
    close = np.abs(days - middle) <= _FAR
    if close.all() or close.sum() * 5 < len(rows) * 4:
        return times
    problems, known = dict(times.problems), times.known.copy()
    for row in np.intersect1d(rows[~close], stamps).tolist():
        told = local(int(times.start[row]) + DAY // 2, zone).date()
        if told.day > 12 or told.day == told.month:
            continue
        other = (date(told.year, told.day, told.month) - date(1970, 1, 1)).days
        if int(np.abs(days[close] - other).min()) <= _NEAR:
            problems[row] = "date.swapped"
            known[row] = False
    return replace(times, problems=problems, known=known)
