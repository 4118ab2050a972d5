"""A watch over midnight that a title tells, ``18H NGÀY 14/7 ĐẾN 6H NGÀY 15/7/2021``: which hour is of which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from loaders.files.spelt import Spelt

WATCH: Final = "watch"
"""The fact that tells a watch over midnight: its two days, and the hour of the first at which it began."""
_HOUR: Final = r"\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{2})?\s*(?:ngày\s*)?"
_WATCH: Final = Spelt(
    rf"(?i)(?P<begin>{_HOUR})(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:/\d{{4}})?\s*(?:-|–|đến|tới)\s*"
    rf"{_HOUR}(?P<last>\d{{1,2}})/(?P<last_month>\d{{1,2}})/(?P<year>\d{{4}})"
)


def watch_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the fact of a watch: first day, last day and the hour at which it began, parted by strokes."""
    match = _WATCH.search(text)
    if match is None:
        return
    try:
        last = date(int(match["year"]), int(match["last_month"]), int(match["last"]))
    except ValueError:
        return
    first = last - timedelta(days=1)
    if (first.day, first.month) == (int(match["day"]), int(match["month"])):
        hour, minute, *_ = [*re.findall(r"\d+", match["begin"]), "00"]
        yield WATCH, f"{first}/{last}/{int(hour):02}:{minute}"


def day_in_watch(watch: str, hour: str) -> str:
    """Return the day of an hour ``HH:MM`` of a watch: from its first hour on that on which it began."""
    first, last, begin = watch.split("/")
    return first if hour >= begin else last
