"""Several hours of one stay in a row, ``Giờ lấy số``, ``Giờ gọi``, ``Giờ xong``: its first and its last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.by_neighbours import enter_and_leave
from loaders.columns.hours import has_day, read_hours
from loaders.columns.looks import Look
from loaders.columns.moments import read_moment
from loaders.files.grid import Sheet
from loaders.files.headings import Reading
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.times import DAY

_ROWS: Final = 200
"""So many rows are looked at."""
_ENOUGH: Final = 0.9
_MOST_OF_HOURS: Final = 0.6
_HOUR_WITHIN: Final = regex(r"(?i)(?<![\d.,])\d{1,2}\s?(?:giờ|gio|h|:)(?:\s?\d{2})?(?!\w)")
_SHORT: Final = 60
_CLOCK: Final = r"\d{1,2} ?(?:gio|h|g|:)(?: ?\d{2})?(?: ?(?:am|pm|sang|trua|chieu|toi|dem))?"
#: A mass, a showing, a lesson with its hour or hours, without accents.
_SESSION: Final = regex(
    r"(?:thanh |khung |gio )?(?:le|misa|suat|buoi|phien|dot|luot|khung|tiet|gio|kip|session|slot|service|mass|show"
    r"|screening|sitting|class)\b"
    r"(?: [a-z]+){0,3}(?: ?\d{1,2}(?! ?(?:gio|h|g) ?\d| ?h|:\d\d))?\W{0,4}(?:tu |luc |from |at )?"
    rf"{_CLOCK}(?:\W{{0,4}}(?:(?:den|toi|to|ket thuc|tan|xong|until|ends?)(?: luc| at)? ?:? ?)?{_CLOCK})?\W{{0,3}}"
)


def one_stay(reading: Reading, sheet: Sheet, look: Callable[[int], Look]) -> Reading | None:
    """Return a reading in which columns of hours, each row's in one order and within a day, are a stay; else None.

    Their headings are not known, but the end of a stay may be; what lies between is kept with the person.
    """
    if {"visit_start", "visit_date", "day", "moment", "hours"} & set(reading.columns):
        return None
    end = reading.columns.get("visit_end")
    free = [at for at in reading.unused if look(at).kind in ("date", "hour") and look(at).share >= 0.6]
    timed = sorted({*free, *(() if end is None else (end,))})
    if not free or len(timed) < 2 or not _in_order(sheet, timed) or (end is not None and end != timed[-1]):
        return None
    reading = reading.with_values(timed[0], "visit_start", 0.6)
    if end is None:
        reading = reading.with_values(timed[-1], "visit_end", 0.6)
    between = set(timed[1:-1])
    unused = tuple(at for at in reading.unused if at not in between)
    return replace(reading, unused=unused, kept=tuple(sorted({*reading.kept, *between})))


def with_other_end(reading: Reading, sheet: Sheet, look: Callable[[int], Look]) -> Reading:
    """Return a reading in which hours beside those of coming are of leaving, where both headings say so.

    ``Về`` right behind ``Đến`` ends a stay; ``Từ`` right before ``Đến`` begins it, and that column is then its end.
    """
    at = reading.columns.get("visit_start")
    if at is None or "visit_end" in reading.columns or not _of_hours(look, at):
        return reading
    behind, before = at + 1, at - 1
    if behind in reading.unused and _of_hours(look, behind) and enter_and_leave(sheet, at, behind):
        return reading.with_values(behind, "visit_end", 0.8)
    if before in reading.unused and _of_hours(look, before) and enter_and_leave(sheet, before, at):
        return reading.renamed("visit_start", "visit_end").with_values(before, "visit_start", 0.8)
    return reading


def _of_hours(look: Callable[[int], Look], at: int) -> bool:
    return look(at).kind == "hour" and look(at).share >= _MOST_OF_HOURS


def tells_hour(text: str) -> bool:
    """Tell whether a text tells an hour among its words, and no amount of money: ``Lễ nhất 5h``."""
    return _HOUR_WITHIN.search(text) is not None and read_hours(text)[0] is not None


def tells_session(text: str) -> bool:
    """Tell whether a text names one of several hours of a day and nothing else: ``Suất 2 (9h - 11h)``."""
    said = fold(text)
    short = len(said) <= _SHORT and not has_day(text) and read_hours(text)[0] is not None
    return short and _SESSION.fullmatch(said) is not None


def with_session(reading: Reading, told: Sequence[int]) -> Reading:
    """Return a reading in which the one column that names a session with its hours tells those of the row."""
    timed = {"hours", "visit_start", "visit_end", "moment", "from_time"} & set(reading.columns)
    return reading.with_values(told[0], "hours", 0.6) if len(told) == 1 and not timed else reading


def _in_order(sheet: Sheet, timed: list[int]) -> bool:
    """Tell whether the columns tell hours of a day that do not go back within a row."""
    rows = sheet.cells[timed].iloc[:_ROWS].itertuples(index=False)
    told = [[_second(text) for text in row if not pd.isna(text)] for row in rows]
    told = [row for row in told if len(row) > 1]
    good = [row for row in told if None not in row and _rises([second for second in row if second is not None])]
    return bool(told) and len(good) >= _ENOUGH * len(told)


def _rises(seconds: list[int]) -> bool:
    return seconds == sorted(seconds) and seconds[-1] - seconds[0] <= DAY


def _second(text: str) -> int | None:
    """Return the second of a text with a day and an hour, on a line of its own; None of any other."""
    moment = read_moment(text, "Asia/Ho_Chi_Minh")
    if moment.clock is None or moment.day is None:
        return None
    return moment.day.toordinal() * DAY + moment.clock
