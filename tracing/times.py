"""Instants, days and zones.

An instant is an integer number of seconds since 1970-01-01T00:00:00Z. A time that may be imprecise is a pair
``(t, t_to)``: for an instant ``t_to == t``; for a date ``[t, t_to)`` is that whole local day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = 86_400
HOUR: Final = 3_600
MINUTE: Final = 60
DEFAULT_ZONE: Final = "Asia/Ho_Chi_Minh"
#: "All of time" for undated records. Far from the int64 limits, so that adding days never overflows.
EVER: Final = 1 << 60
NEVER: Final = -(1 << 60)


def instant(moment: datetime, zone: str = DEFAULT_ZONE) -> int:
    """Return epoch seconds of ``moment``; one without an offset is read in ``zone``."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return int(moment.timestamp())


def day_span(day: date, zone: str = DEFAULT_ZONE) -> tuple[int, int]:
    """Return ``[start, end)`` of the local day in epoch seconds (23 or 25 hours where clocks change)."""
    at = datetime(day.year, day.month, day.day)
    return instant(at, zone), instant(at + timedelta(days=1), zone)


def parse_iso(text: str, zone: str = DEFAULT_ZONE) -> tuple[int, int]:
    """Read an ISO 8601 instant or date into ``(t, t_to)``.

    Raises
    ------
    ValueError
        If ``text`` is neither.
    """
    text = text.strip()
    if len(text) == 10:
        return day_span(date.fromisoformat(text), zone)
    at = instant(datetime.fromisoformat(text), zone)
    return at, at


def local(at: int, zone: str = DEFAULT_ZONE) -> datetime:
    """Return the aware local time of the instant ``at``."""
    return datetime.fromtimestamp(at, ZoneInfo(zone))


def format_iso(at: int, to: int, zone: str = DEFAULT_ZONE) -> str:
    """Write ``(at, to)`` as a date where it is a day, else as an ISO 8601 local instant with its offset."""
    moment = local(at, zone)
    if to > at:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")


def end_of_day(at: int, zone: str = DEFAULT_ZONE) -> int:
    """Return the end of the local day that holds ``at``."""
    return day_span(local(at, zone).date(), zone)[1]
