"""Instants, days and zones.

An instant is an integer number of seconds since 1970-01-01T00:00:00Z. A time that may be imprecise is a pair
``(t, t_to)``: for an instant ``t_to == t``; for a date ``[t, t_to)`` is that whole local day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

DAY: Final = 86_400
HOUR: Final = 3_600
MINUTE: Final = 60
DEFAULT_ZONE: Final = "Asia/Ho_Chi_Minh"
#: "All of time" for undated records. Far from the int64 limits, so that adding days never overflows.
EVER: Final = 1 << 60
NEVER: Final = -(1 << 60)
_EPOCH: Final = date(1970, 1, 1).toordinal()
_CLOCK: Final = len("2021-07-08T02:10:00")


def instant(moment: datetime, zone: str = DEFAULT_ZONE) -> int:
    """Return epoch seconds of ``moment``; one without an offset is read in ``zone``."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return int(moment.timestamp())


def day_span(day: date, zone: str = DEFAULT_ZONE) -> tuple[int, int]:
    """Return ``[start, end)`` of the local day in epoch seconds (23 or 25 hours where clocks change)."""
    return day_start(day, zone), day_start(day + timedelta(days=1), zone)


@lru_cache(maxsize=4096)
def day_start(day: date, zone: str = DEFAULT_ZONE) -> int:
    """Return the first instant of the local day in epoch seconds."""
    return instant(datetime(day.year, day.month, day.day), zone)


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


@lru_cache(maxsize=1 << 14)
def local(at: int, zone: str = DEFAULT_ZONE) -> datetime:
    """Return the aware local time of the instant ``at``."""
    return datetime.fromtimestamp(at, ZoneInfo(zone))


def format_iso(at: int, to: int, zone: str = DEFAULT_ZONE) -> str:
    """Write ``(at, to)`` as a date where it is a day, else as an ISO 8601 local instant with its offset."""
    moment = local(at, zone)
    if to > at:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")


def format_isos(at: npt.NDArray[np.int64], zone: str = DEFAULT_ZONE) -> list[str]:
    """Write instants as :func:`format_iso` does: clocks are looked at once for the instants of an hour."""
    import numpy as np

    number, begins, offset = _by_hour(at, zone)
    if offset is None:
        return [format_iso(int(one), int(one), zone) for one in at]
    clock = np.datetime_as_string((at + offset[number]).astype("datetime64[s]")).tolist()
    written = [begin.isoformat(timespec="seconds")[_CLOCK:] for begin in begins]
    return [time + written[hour] for time, hour in zip(clock, number.tolist(), strict=True)]


def local_days(at: npt.NDArray[np.int64], zone: str = DEFAULT_ZONE) -> npt.NDArray[np.int64]:
    """Return the number of the local day (``date.toordinal``) that holds each instant."""
    import numpy as np

    number, _begins, offset = _by_hour(at, zone)
    if offset is None:
        return np.array([local(int(one), zone).toordinal() for one in at], dtype=np.int64)
    return (at + offset[number]) // DAY + _EPOCH


def _by_hour(
    at: npt.NDArray[np.int64], zone: str
) -> tuple[npt.NDArray[np.int64], list[datetime], npt.NDArray[np.int64] | None]:
    """Return the number of each instant's hour, the beginnings of the hours, and how far clocks are ahead in each.

    None for the latter where clocks change within an hour.
    """
    import numpy as np

    hours, number = np.unique(at // HOUR, return_inverse=True)
    begins, ends = ([local(int(hour) * HOUR + second, zone) for hour in hours] for second in (0, HOUR - 1))
    if any(begin.utcoffset() != end.utcoffset() for begin, end in zip(begins, ends, strict=True)):
        return number, begins, None
    clocks = np.array([instant(begin.replace(tzinfo=UTC)) for begin in begins], dtype=np.int64)
    return number, begins, clocks - hours * HOUR


def end_of_day(at: int, zone: str = DEFAULT_ZONE) -> int:
    """Return the end of the local day that holds ``at``."""
    return day_span(local(at, zone).date(), zone)[1]
