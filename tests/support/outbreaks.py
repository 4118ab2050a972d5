"""Small random outbreaks with everything that can be missing, imprecise or at the same instant as something else.

One generator for both uses: ``pick(n)`` returns a number in ``range(n)``, from Hypothesis (which shrinks towards 0, the
plainest choice) or from a seeded random generator.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

import pandas as pd
from hypothesis import strategies as st

from tracing.model.records import Records
from tracing.policy.model import Clause, CoPresence, MinutesByMask, Policy, Quantity, RuleText, StaysOpen, WindowRule
from tracing.policy.shipped import list_policies, load_policy
from tracing.times import DAY, HOUR, MINUTE

Pick = Callable[[int], int]
Row = dict[str, Any]
T = TypeVar("T")

#: Midnight of 1 July 2021 in Vietnam.
JULY = 1_625_072_400
_HOURS = (8, 9, 10, 14, 23, 0)
_PLACES = ("market", "bus", "office", "household", None, "room", "room")
_KINDS = (None, "household", "social", "work", "transport", "care", "school", "other")


def day(number: int) -> tuple[int, int]:
    """Return the whole of day ``number`` of July 2021."""
    return JULY + (number - 1) * DAY, JULY + number * DAY


def at(number: int, hour: float = 0) -> tuple[int, int]:
    """Return the instant at ``hour`` of day ``number`` of July 2021."""
    moment = JULY + (number - 1) * DAY + round(hour * HOUR)
    return moment, moment


def time_columns(**times: tuple[int, int] | None) -> Row:
    """Return the two stored columns of each time."""
    return {
        column: value
        for name, time in times.items()
        for column, value in ((name, time and time[0]), (f"{name}_to", time and time[1]))
    }


def meeting(contact: str, one: str, two: str, time: tuple[int, int], **more: Any) -> Row:
    """Return a contact of an hour at home, a metre apart, both there all the time."""
    return {
        "contact": contact,
        "person_a": one,
        "person_b": two,
        **time_columns(start=time),
        "kind": "household",
        "closed_space": True,
        "distance_m": 1.0,
        "minutes": 60.0,
        "time_kind": "presence",
        **more,
    }


def build(**tables: Sequence[Row]) -> Records:
    """Return Records of rows; persons named anywhere need no row of their own."""
    return Records.build({name: pd.DataFrame(list(rows)) for name, rows in tables.items() if len(rows)})


class Maker:
    """Makes one outbreak, choice by choice."""

    def __init__(self, pick: Pick, prefix: str = "") -> None:
        self.pick, self.prefix = pick, prefix
        self.people = [f"{prefix}p{i}" for i in range(3 + pick(5))]
        self.places = [f"{prefix}h{i}" for i in range(1 + pick(3))]

    def one(self, options: Sequence[T]) -> T:
        return options[self.pick(len(options))]

    def flag(self) -> bool | None:
        return self.one((None, True, False))

    def maybe(self, value: Callable[[], T], unlikely: int = 1) -> T | None:
        return None if self.pick(1 + unlikely) < unlikely else value()

    def time(self, first: int = 1, last: int = 9) -> tuple[int, int]:
        number = first + self.pick(last - first + 1)
        return day(number) if self.pick(2) == 0 else at(number, self.one(_HOURS) + self.one((0, 0, 0.25, 0.5)))

    def later(self, start: tuple[int, int]) -> tuple[int, int]:
        """Return a time not before ``start``."""
        number = (start[0] - JULY) // DAY + 1
        if self.pick(2) == 0:
            return day(number + self.pick(4))
        after = self.one((10 * MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, DAY, 3 * DAY, 0, 1))
        return start[0] + after, start[0] + after

    def two_people(self) -> tuple[str, str]:
        first = self.pick(len(self.people))
        second = (first + 1 + self.pick(len(self.people) - 1)) % len(self.people)
        return self.people[first], self.people[second]

    def contact(self, number: int) -> Row:
        one, two = self.two_people()
        start = None if self.pick(10) == 9 else self.time()
        end = None
        if start is None:
            end = self.maybe(self.time)
        elif self.pick(2):
            end = self.later(start)
        return {
            "contact": f"{self.prefix}c{number}",
            "person_a": one,
            "person_b": two,
            **time_columns(start=start, end=end),
            "time_kind": self.one((None, None, "presence", "sometime", "first_day", "last_day")),
            "place": self.maybe(lambda: self.one(self.places)),
            "kind": self.one(_KINDS),
            "distance_m": self.one((1.0, None, 1.5, 2.0, 6.0)),
            "minutes": self.one((None, 20.0, 5.0, 10.0, 7.5, 15.0, 300.0)),
            "closed_space": self.flag(),
            "physical": self.flag(),
            "protected": self.flag(),
            "mask_a": self.flag(),
            "mask_b": self.flag(),
        }

    def visit(self, number: int) -> Row:
        start = self.time(3, 5)
        return {
            "visit": f"{self.prefix}v{number}",
            "person": self.one(self.people),
            "place": self.one(self.places),
            **time_columns(start=start, end=self.later(start) if self.pick(2) else None),
            "seat_row": self.one((None, 1, 2, 4, 9)),
            "mask": self.flag(),
            "certainty": self.one((None, "certain", "possible")),
        }

    def isolation(self, number: int) -> Row:
        start = self.time()
        return {
            "isolation": f"{self.prefix}i{number}",
            "person": self.one(self.people),
            **time_columns(start=start, end=self.later(start) if self.pick(3) else None),
            "kind": self.one((None, "home", "centre", "zone", "hospital")),
            "place": self.maybe(lambda: self.one(self.places)),
        }

    def case(self, person: str) -> Row:
        return {
            "person": person,
            **time_columns(
                onset=self.time(3, 8) if self.pick(3) else None,
                sample=self.maybe(lambda: self.time(3, 9)),
                confirmed=self.maybe(lambda: self.time(3, 9), 2),
                isolated=self.maybe(lambda: self.time(2, 9), 2),
                outcome_date=self.maybe(lambda: self.time(5, 9), 2),
            ),
            "outcome": self.one((None, None, "died", "recovered")),
            "status": self.one((None, None, "confirmed", "probable", "suspected", "discarded")),
            "asymptomatic": self.flag(),
            "source_known": self.flag(),
        }

    def test(self, number: int) -> Row:
        return {
            "test": f"{self.prefix}t{number}",
            "person": self.one(self.people),
            **time_columns(sample=self.time(3, 9)),
            "result": self.one(("negative", "positive", "pending", None)),
            "ct": self.one((None, 25.0, 33.0)),
        }

    def tables(self) -> dict[str, list[Row]]:
        """Return the outbreak."""
        cases = [person for i, person in enumerate(self.people) if (self.pick(8) < 7 if i == 0 else self.pick(4) == 3)]
        return {
            "persons": [
                {"person": person, "immune": self.flag(), "household": self.one((None, None, "k1", "k2"))}
                for person in self.people
            ],
            "places": [
                {"place": place, "kind": self.one(_PLACES), "closed_space": self.flag()} for place in self.places
            ],
            "cases": [self.case(person) for person in cases],
            "contacts": [self.contact(i) for i in range(max(self.pick(11), self.pick(11)))],
            "visits": [self.visit(i) for i in range(self.one((0, 0, 3, 6)))],
            "isolations": [self.isolation(i) for i in range(self.one((0, 2, 4, 6)))],
            "tests": [self.test(i) for i in range(self.one((0, 0, 3)))],
            "links": [
                dict(zip(("link", "source", "target"), (f"{self.prefix}l{i}", *self.two_people()), strict=True))
                for i in range(self.one((0, 0, 3)))
            ],
        }


@st.composite
def outbreaks(draw: st.DrawFn) -> Records:
    """Return a strategy for outbreaks that shrinks."""
    return build(**Maker(lambda n: draw(st.integers(0, n - 1))).tables())


def seeded_outbreak(seed: int) -> Records:
    """Return outbreak number ``seed``."""
    return build(**Maker(random.Random(seed).randrange).tables())


def seeded_outbreaks(seeds: Sequence[int]) -> Records:
    """Return the outbreaks of these numbers side by side, ids beginning with "number-"; they never meet."""
    tables: dict[str, list[Row]] = {}
    for seed in seeds:
        for name, rows in Maker(random.Random(seed).randrange, f"{seed}-").tables().items():
            tables.setdefault(name, []).extend(rows)
    return build(**tables)


# --- policies -------------------------------------------------------------------------------------------------------


def quantity(value: float, unit: str) -> Quantity:
    """Return a quantity of no source."""
    return Quantity(value, unit, "test", "ours")


def clause(name: str, **conditions: Any) -> Clause:
    """Return a clause of no source."""
    return Clause(name, RuleText(name, name), "test", "ours", **conditions)


def minutes(both: float | None, one: float | None, none: float | None) -> MinutesByMask:
    """Return minutes by mask."""
    return MinutesByMask(*(None if value is None else quantity(value, "minute") for value in (both, one, none)))


@cache
def policies() -> dict[str, Policy]:
    """Return every policy that ships, and those that go to the edges of what a policy can say."""
    base, dispatch = load_policy("vn-3638"), load_policy("vn-11042")
    anywhere = clause("closed", closed_space=True)
    near = clause("near", distance_max=quantity(2, "m"))
    window = base.window
    alone = CoPresence(RuleText("", ""), "test", "ours", presence_alone=True)
    days_after = WindowRule(("onset",), quantity(2, "day"), quantity(1, "day"))
    sample_after = WindowRule(("confirmed", "sample"), quantity(3, "day"), quantity(12, "hour"))
    deep = quantity(5, "tier")
    variants: dict[str, dict[str, Any]] = {
        "latent": {"window": replace(window, latent=quantity(1, "day")), "deepest_tier": deep},
        "latent-hours": {"window": replace(window, latent=quantity(6, "hour")), "clauses": (near, anywhere)},
        "deep": {"deepest_tier": deep},
        "linger": {"linger": quantity(2, "hour"), "immune_excluded": True},
        "cumulative": {
            "clauses": (
                clause("sum", minutes=minutes(15, 15, 15), cumulative_hours=quantity(24, "hour")),
                clause("touch", physical=True),
            ),
        },
        "cumulative-mask": {
            "clauses": (
                clause(
                    "sum",
                    distance_max=quantity(2, "m"),
                    minutes=minutes(None, 20, 0),
                    cumulative_hours=quantity(2, "hour"),
                ),
                clause("room", closed_space=True, minutes=minutes(30, 30, 15), cumulative_hours=quantity(24, "hour")),
            ),
            "linger": quantity(2, "hour"),
        },
        "classes": {
            "clauses": (
                clause("sum", minutes=minutes(15, 15, 15), cumulative_hours=quantity(24, "hour")),
                clause("far", kinds=("work",), place_kinds=("office", "company"), f1_class="far"),
                near,
            ),
        },
        "closed": {"window": replace(window, stays_open=StaysOpen(("care",), "test", "ours"))},
        "source-finding": {"window": replace(load_policy("vn-3468").window, source_known=quantity(5, "hour"))},
        "after": {"window": replace(window, symptomatic=days_after, asymptomatic=sample_after)},
        "no-window": {"window": replace(window, asymptomatic=None), "deepest_tier": deep},
        "source-later": {"window": replace(window, source_known=quantity(1, "day"))},
        "masks": {
            "clauses": (clause("mask", minutes=minutes(30, 15, 5)), clause("bare", minutes=minutes(None, None, 0)))
        },
        "seats": {
            "clauses": (
                clause("seat", kinds=("transport",), seat_rows=quantity(2, "row")),
                clause("care", kinds=("care", "household"), protected=False),
                clause("bus", place_kinds=("bus", "market"), minutes=minutes(15, 15, 15)),
            )
        },
        "alone": {"co_present": alone, "clauses": (near, clause("room", closed_space=True, minutes=minutes(9, 9, 9)))},
        "negative": {"window": replace(dispatch.window, asymptomatic=sample_after), "clauses": (near, anywhere)},
    }
    shipped = {name: load_policy(name) for name in list_policies()}
    return shipped | {name: replace(base, id=name, **changes) for name, changes in variants.items()}
