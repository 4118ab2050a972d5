"""Quarantine: which schedule of a rule a contact falls under, and its days.

Days are local calendar days. ``days`` of a schedule are counted as its source says:

- ``first_quarantine_day``: that day is day 1, so that 14 days end on day 14;
- ``last_exposure``: the day of the last exposure is day 0, day 1 is the next; where that day is not known, the first
  day of quarantine is day 1. It is not known of somebody isolated with an undated contact, or one whose first day
  alone is on record; the last day that is possible stands for it where no isolation is on record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from tracing.policy.model import CountingFrom, F1Class, Policy, QuarantineGroup, QuarantinePlace, QuarantineRule

State = Literal["running", "due", "completed", "lapsed", "none"]
STATES: Final = ("running", "due", "completed", "lapsed", "none")


@dataclass(frozen=True, kw_only=True)
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
    counted_from
        What the days are counted from: as the rule says, or the first day where the last exposure is not known.
    first, last
        First and last day; None where there is no quarantine any more or the day is not known.
    tests
        Days of the tests.
    watched_until
        Last day of the monitoring that follows; None where there is none.
    """

    rule: QuarantineRule
    state: State
    counted_from: CountingFrom
    first: date | None
    last: date | None
    tests: tuple[date, ...]
    watched_until: date | None


@dataclass(frozen=True)
class Contact:
    """What a schedule asks of a contact; None where it is not known.

    Attributes
    ----------
    tier, group
        As a :class:`tracing.policy.model.QuarantineRule` has them.
    f1_class
        Near where far is not sure.
    exposed
        Day of the last exposure.
    doses, immune
        Doses of a vaccine; immune in another way (recovered).
    place
        Where the isolation on record is.
    level
        Of an arrival: the level of the epidemic where they came from.
    """

    tier: int
    group: QuarantineGroup = "tier"
    f1_class: F1Class | None = None
    exposed: date | None = None
    doses: int | None = None
    immune: bool | None = None
    place: QuarantinePlace | None = None
    level: str | None = None


def choose_schedule(policy: Policy, contact: Contact, *, today: date | None) -> QuarantineRule | None:
    """Return the schedule for a contact: one in force on the day of the last exposure, else today.

    A schedule for a class of F1 goes before one for all, one for the vaccinated before one for everybody, one for the
    place on record before others; where the vaccination is not known, the schedule for the unvaccinated is taken. None
    where the policy has no schedule for that contact and day.
    """
    mine = _rules_for(policy, contact)
    for day in (contact.exposed, today):
        there = [r for r in mine if _in_force(r, day) and not r.alternative and _meant_for(r, contact)]
        if there:
            return min(there, key=lambda r: (r.f1_class is None, r.vaccinated is None, r.place != contact.place))
    return None


def why_none(policy: Policy, contact: Contact) -> str:
    """Return why :func:`choose_schedule` found none: "tier" (the rule has none for such contacts), "day"."""
    return "day" if _rules_for(policy, contact) else "tier"


def _rules_for(policy: Policy, contact: Contact) -> list[QuarantineRule]:
    return [
        rule
        for rule in policy.quarantine
        if (rule.group, rule.tier) == (contact.group, contact.tier)
        and (rule.group != "arrival" or contact.level in rule.levels)
    ]


def _meant_for(rule: QuarantineRule, contact: Contact) -> bool:
    if rule.f1_class not in (None, contact.f1_class):
        return False
    if rule.vaccinated is None:
        return True
    needed = 0 if rule.doses is None else round(rule.doses.value)
    return rule.vaccinated == (contact.immune is True or (contact.doses is not None and contact.doses >= needed))


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
    counted = rule.counting_from == "last_exposure" and exposed is not None
    counted_from: CountingFrom = "last_exposure" if counted else "first_quarantine_day"
    if rule.place == "none" or days <= 0:
        until = _after(exposed, days + watched) if watched else None
        tests = () if exposed is None else tuple(exposed + timedelta(day) for day in rule.test_days)
        return Quarantine(
            rule=rule,
            state="none",
            counted_from=rule.counting_from,
            first=None,
            last=None,
            tests=tests,
            watched_until=until,
        )
    over = exposed is not None and today is not None and today > exposed + timedelta(days)
    if isolated is None and over:
        return Quarantine(
            rule=rule,
            state="lapsed",
            counted_from=rule.counting_from,
            first=None,
            last=None,
            tests=(),
            watched_until=_after(exposed, days + watched) if watched else None,
        )
    first = isolated or today
    last = _after(exposed if counted else _after(first, -1), days)
    ended = last is not None and today is not None and today > last
    state: State = "due" if isolated is None else "completed" if ended else "running"
    return Quarantine(
        rule=rule,
        state=state,
        counted_from=counted_from,
        first=first,
        last=last,
        tests=_tests(rule, first, last),
        watched_until=_after(last, watched) if watched else None,
    )


def _tests(rule: QuarantineRule, first: date | None, last: date | None) -> tuple[date, ...]:
    """Return the days of the tests, none of them before the first day of quarantine."""
    if first is None or last is None:
        return ()
    zero = last - timedelta(round(rule.days.value))
    during = [max(zero + timedelta(day), first) for day in rule.test_days]
    return tuple(dict.fromkeys([*during, *(last + timedelta(day) for day in rule.monitoring_tests)]))


def _after(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days)
