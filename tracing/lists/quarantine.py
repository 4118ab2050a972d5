"""Quarantine: which schedule of a rule a contact falls under, and its days.

Days are local calendar days. ``days`` of a schedule are counted as its source says:

- ``first_quarantine_day``: that day is day 1, so that 14 days end on day 14;
- ``last_exposure``: the day of the last exposure is day 0, day 1 is the next;
- ``entry_or_last_exposure``: day 1 is the day of entry, or the day after the last exposure if that is later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from tracing.policy.model import Policy, QuarantineRule

State = Literal["running", "due", "completed", "lapsed", "none"]
STATES: Final = ("running", "due", "completed", "lapsed", "none")
#: Doses from which somebody counts as vaccinated where a schedule asks.
FULL_DOSES: Final = 2


@dataclass(frozen=True)
class Quarantine:
    """One contact's quarantine.

    Attributes
    ----------
    rule
        The schedule it follows.
    state
        "running" (isolated on record), "due" (not isolated on record: ``first`` is the day asked for), "completed",
        "lapsed" (never isolated on record, and the days since the last exposure are over), "none" (the schedule asks
        for no quarantine).
    first, last
        First and last day; None where there is no quarantine any more or the day is not known.
    tests
        Days of the tests.
    watched_until
        Last day of the monitoring that follows; None where there is none.
    """

    rule: QuarantineRule
    state: State
    first: date | None
    last: date | None
    tests: tuple[date, ...]
    watched_until: date | None


def choose_schedule(
    policy: Policy, *, tier: int, exposed: date | None, today: date | None, vaccinated: bool | None
) -> QuarantineRule | None:
    """Return the schedule for a contact of ``tier``: the one in force on the day of the last exposure, else today.

    A schedule for the vaccinated goes before one for everybody; where the vaccination is not known, the schedule for
    the unvaccinated is taken. None where the policy has no schedule for that tier and day.
    """
    for day in (exposed, today):
        there = [rule for rule in policy.quarantine if rule.tier == tier and _in_force(rule, day)]
        for wanted in (bool(vaccinated), None):
            for rule in there:
                if rule.vaccinated is wanted:
                    return rule
    return None


def _in_force(rule: QuarantineRule, day: date | None) -> bool:
    if day is None:
        return rule.valid_from is None and rule.valid_to is None
    return (rule.valid_from is None or rule.valid_from <= day) and (rule.valid_to is None or day <= rule.valid_to)


def plan_quarantine(
    rule: QuarantineRule, *, exposed: date | None, isolated: date | None, today: date | None
) -> Quarantine:
    """Return the days of a quarantine under ``rule``.

    Parameters
    ----------
    exposed
        Day of the last exposure; None where it is not known.
    isolated
        First day of the isolation on record; None where there is none.
    today
        Day on which somebody not yet isolated would begin; None where no time is asked for.
    """
    days, watched = round(rule.days.value), round(rule.monitoring_days.value)
    if rule.place == "none" or days <= 0:
        until = _after(exposed, days + watched) if watched else None
        return Quarantine(rule, "none", None, None, (), until)
    over = exposed is not None and today is not None and today > exposed + timedelta(days)
    if isolated is None and over:
        return Quarantine(rule, "lapsed", None, None, (), _after(exposed, days + watched) if watched else None)
    first = isolated or today
    zero = _day_zero(rule, exposed, isolated, first)
    last = _after(zero, days)
    tests = () if zero is None else tuple(zero + timedelta(day) for day in rule.test_days)
    ended = last is not None and today is not None and today > last
    state: State = "due" if isolated is None else "completed" if ended else "running"
    return Quarantine(rule, state, first, last, tests, _after(last, watched) if watched else None)


def _day_zero(rule: QuarantineRule, exposed: date | None, isolated: date | None, first: date | None) -> date | None:
    """Return the day before day 1."""
    before_first = _after(first, -1)
    if rule.counting_from == "first_quarantine_day" or exposed is None:
        return before_first
    if rule.counting_from == "entry_or_last_exposure" and isolated is not None:
        return max(isolated - timedelta(1), exposed)
    return exposed


def _after(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days)
