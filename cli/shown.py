"""Numbers, days and instants as people read them, in the spoken language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cli.language import say, spoken
from tracing.model.words import nameless
from tracing.text import catalogue, say_date, say_number
from tracing.times import EVER, local

_, _n = catalogue("cli")


def shown_number(value: float, digits: int = 0) -> str:
    """Return a number: 1.391,5 or 1,391.5."""
    return say_number(value, spoken(), digits=digits)


def shown_day(day: date) -> str:
    """Return a day: 2/7/2021 or 2 Jul 2021."""
    return say_date(day, spoken())


def shown_area(name: str, code: str | None) -> str:
    """Return an area's name; where it is only the code it says so."""
    return say(nameless(name)) if name == code else name


def shown_instant(at: datetime) -> str:
    """Return a local instant; midnight and the last second of a day are that day, second 59 the minute it ends."""
    after = at + timedelta(seconds=1)
    if at.date() != after.date() or (at.hour, at.minute, at.second) == (0, 0, 0):
        return shown_day(at.date())
    at = after if at.second == 59 else at
    return f"{shown_day(at.date())} {at:%H:%M}"


def shown_as_of(as_of: int | None, zone: str) -> str:
    """Return the instant up to which data speak: midnight is the end of the day before."""
    if as_of is None or as_of >= EVER:
        return say(_("all of time"))
    at = local(as_of, zone)
    if (at.hour, at.minute, at.second) == (0, 0, 0):
        return say(_("the end of {day}", day=shown_day(at.date() - timedelta(days=1))))
    return shown_instant(at)
