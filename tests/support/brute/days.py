"""Days and instants: the beginning and end of a local day, the times of a row, the last day on record."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from brute.data import Data, Row, rows_of

from tracing.policy.model import Quantity
from tracing.times import EVER


def midnight(at: int, zone: str, days: int = 0) -> int:
    """Return 00:00 of the local day that is ``days`` after the one of ``at``."""
    day = datetime.fromtimestamp(at, ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return int((day + timedelta(days=days)).replace(tzinfo=ZoneInfo(zone)).timestamp())


def last_of(time: tuple[int, int]) -> int:
    """Return the last instant that a time on record can be."""
    return time[1] - 1 if time[1] > time[0] else time[0]


def times_of(row: Row, *names: str) -> list[tuple[int, int]]:
    """Return the known ones of some times of a row."""
    return [(row[name], row[f"{name}_to"]) for name in names if row[name] is not None]


def earlier(at: int, quantity: Quantity, zone: str) -> int:
    """Return ``at`` less a time; a time in days leads to the beginning of a day."""
    if quantity.unit == "day":
        return midnight(at, zone, -int(quantity.value))
    return at - quantity.seconds


def later(at: int, quantity: Quantity, zone: str) -> int:
    """Return ``at`` and a time; a time in days leads to the end of a day."""
    if quantity.unit == "day":
        return midnight(at, zone, int(quantity.value) + 1)
    return at + quantity.seconds


def end_of_day(at: int, zone: str) -> int:
    """Return the first instant of the local day after the one that holds ``at``."""
    moment = datetime.fromtimestamp(at, ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return int((moment + timedelta(days=1)).replace(tzinfo=ZoneInfo(zone)).timestamp())


def last_day_on_record(records: Data) -> int:
    """Return the end of the last local day on record; all of time where no record has a date."""
    watched = {
        "cases": "onset sample confirmed isolated",
        "contacts": "start end",
        "visits": "start end",
        "tests": "sample resulted",
        "isolations": "start",
    }
    known = [
        max(row[f"{name}_to"] - 1, row[name])
        for table, names in watched.items()
        for row in rows_of(records, table)
        for name in names.split()
        if row[f"{name}_to"] is not None
    ]
    return end_of_day(max(known), records.zone) if known else EVER
