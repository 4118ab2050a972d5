"""The days of quarantine under each schedule: contact on the first day named, isolated on the second."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from outbreaks import at, day
from told import case, contact, isolation, trace

from tracing.lists.lists import make_lists
from tracing.lists.quarantine import Contact, choose_schedule, plan_quarantine, why_none
from tracing.policy.shipped import load_policy


def schedule(policy, exposed, today=None, **known):
    contact = Contact(**{"tier": 1} | known, exposed=exposed)
    rule = choose_schedule(load_policy(policy), contact, today=today)
    assert rule is not None
    return rule


@pytest.mark.parametrize(
    ("policy", "source", "known", "exposed", "isolated", "last", "tests", "watched"),
    [
        # before 600: 14 days from the last contact in a centre, then 14 days at home
        ("vn-963", "879", {}, (2020, 4, 1), (2020, 4, 3), (2020, 4, 15), [], (2020, 4, 29)),
        # 600: 21 days from the last contact, whenever the camp began; tests on day 1, 14, 20, the first not before the
        # camp; then 7 days at home with a test on day 7
        (
            "vn-3468",
            "600/CĐ-BCĐ",
            {},
            (2021, 6, 1),
            (2021, 6, 3),
            (2021, 6, 22),
            [(2021, 6, 3), (2021, 6, 15), (2021, 6, 21), (2021, 6, 29)],
            (2021, 6, 29),
        ),
        (
            "vn-3468",
            "600/CĐ-BCĐ",
            {},
            (2021, 6, 5),
            (2021, 6, 3),
            (2021, 6, 26),
            [(2021, 6, 6), (2021, 6, 19), (2021, 6, 25), (2021, 7, 3)],
            (2021, 7, 3),
        ),
        # Hồ Chí Minh City: a near F1 21 days in a centre with five tests, then 7 days at home with one; a far F1 14
        # days at home with three tests
        (
            "vn-3468-hcm",
            "HCDC (QA 4038)",
            {"f1_class": "near"},
            (2021, 6, 1),
            (2021, 6, 3),
            (2021, 6, 22),
            [(2021, 6, 3), (2021, 6, 6), (2021, 6, 11), (2021, 6, 16), (2021, 6, 21), (2021, 6, 29)],
            (2021, 6, 29),
        ),
        (
            "vn-3468-hcm",
            "HCDC (QA 4038)",
            {"f1_class": "far"},
            (2021, 6, 1),
            (2021, 6, 3),
            (2021, 6, 15),
            [(2021, 6, 3), (2021, 6, 6), (2021, 6, 15)],
            None,
        ),
        # F2 under 3468: at home until the F1 is negative, at most to day 14 from the contact
        ("vn-3468", "5053/QĐ-BYT; QA 866", {"tier": 2}, (2021, 6, 1), (2021, 6, 3), (2021, 6, 15), [], None),
        # met 4 to 14 days before the sample: 14 days at home, tested, a second sample on day 14
        (
            "vn-3468",
            "QA 866",
            {"tier": 0, "group": "source_finding"},
            (2021, 5, 8),
            (2021, 5, 16),
            (2021, 5, 22),
            [(2021, 5, 16), (2021, 5, 22)],
            None,
        ),
        # 3638 in a centre: 14 days from the last contact, tests on the first day and on day 14; then 14 days at home
        (
            "vn-3638",
            "3638/QĐ-BYT",
            {},
            (2021, 8, 1),
            (2021, 8, 2),
            (2021, 8, 15),
            [(2021, 8, 2), (2021, 8, 15)],
            (2021, 8, 29),
        ),
        # 5599 at home: day 1 is the first day of quarantine; tests on day 1, 7, 14
        (
            "vn-3638",
            "5599/BYT-MT",
            {"place": "home"},
            (2021, 8, 1),
            (2021, 8, 3),
            (2021, 8, 16),
            [(2021, 8, 3), (2021, 8, 9), (2021, 8, 16)],
            (2021, 8, 30),
        ),
        # 10696: the vaccinated 7 days at home, tests on day 1 and 7, 7 days of monitoring; others as before
        (
            "vn-3638",
            "10696/BYT-MT",
            {"doses": 2},
            (2021, 12, 20),
            (2021, 12, 21),
            (2021, 12, 27),
            [(2021, 12, 21), (2021, 12, 27)],
            (2022, 1, 3),
        ),
        (
            "vn-3638",
            "3638/QĐ-BYT",
            {"doses": 1},
            (2021, 12, 20),
            (2021, 12, 21),
            (2022, 1, 3),
            [(2021, 12, 21), (2022, 1, 3)],
            (2022, 1, 17),
        ),
        (
            "vn-3638",
            "3638/QĐ-BYT",
            {},
            (2021, 12, 20),
            (2021, 12, 21),
            (2022, 1, 3),
            [(2021, 12, 21), (2022, 1, 3)],
            (2022, 1, 17),
        ),
        # 762: from the last exposure; two doses 5 + 5 days, test on day 5; others 7 + 3, test on day 7
        (
            "vn-11042",
            "762/BYT-DP",
            {"doses": 2},
            (2022, 3, 1),
            (2022, 3, 3),
            (2022, 3, 6),
            [(2022, 3, 6)],
            (2022, 3, 11),
        ),
        (
            "vn-11042",
            "762/BYT-DP",
            {"immune": True},
            (2022, 3, 1),
            (2022, 3, 3),
            (2022, 3, 6),
            [(2022, 3, 6)],
            (2022, 3, 11),
        ),
        ("vn-11042", "762/BYT-DP", {}, (2022, 3, 1), (2022, 3, 3), (2022, 3, 8), [(2022, 3, 8)], (2022, 3, 11)),
        ("who-2020", "WHO", {}, (2021, 3, 1), (2021, 3, 4), (2021, 3, 15), [], None),
        # the United States: 14 days, from 27/12/2021 five and five; a shorter way is not chosen for anybody
        ("cdc-2020", "US CDC, Contact", {}, (2021, 1, 1), (2021, 1, 2), (2021, 1, 15), [], None),
        (
            "cdc-2020",
            "US CDC, 27/12/2021",
            {"doses": 2},
            (2022, 1, 1),
            (2022, 1, 2),
            (2022, 1, 6),
            [(2022, 1, 6)],
            (2022, 1, 11),
        ),
    ],
)
def test_each_schedule(policy, source, known, exposed, isolated, last, tests, watched):
    exposed, isolated = date(*exposed), date(*isolated)
    rule = schedule(policy, exposed, **known)
    assert rule.source.startswith(source)
    plan = plan_quarantine(rule, exposed=exposed, isolated=isolated, today=isolated)
    assert (plan.state, plan.first, plan.last) == ("running", isolated, date(*last))
    assert list(plan.tests) == [date(*day) for day in tests]
    assert plan.watched_until == (date(*watched) if watched else None)


def test_1909_asks_for_no_quarantine_but_for_care():
    rule = schedule("vn-1909", date(2022, 5, 1))
    plan = plan_quarantine(rule, exposed=date(2022, 5, 1), isolated=None, today=date(2022, 5, 3))
    assert (plan.state, plan.first, plan.last, plan.tests) == ("none", None, None, ())
    assert plan.watched_until == date(2022, 5, 11)


@pytest.mark.parametrize(
    ("isolated", "today", "state"),
    [
        (date(2021, 8, 2), date(2021, 8, 15), "running"),
        (date(2021, 8, 2), date(2021, 8, 16), "completed"),
        (None, date(2021, 8, 15), "due"),
        (None, date(2021, 8, 16), "lapsed"),
        (None, None, "due"),
    ],
)
def test_where_somebody_stands(isolated, today, state):
    rule = schedule("vn-3638", date(2021, 8, 1))
    assert plan_quarantine(rule, exposed=date(2021, 8, 1), isolated=isolated, today=today).state == state


def test_the_schedule_of_today_where_none_was_in_force_at_the_exposure():
    rule = schedule("vn-3638", date(2021, 7, 2), today=date(2021, 7, 20))
    assert rule.source.startswith("3638")


def test_no_quarantine_can_still_mean_a_test():
    exposed = date(2022, 9, 1)
    plan = plan_quarantine(schedule("cdc-2020", exposed), exposed=exposed, isolated=None, today=exposed)
    assert (plan.state, plan.tests, plan.watched_until) == ("none", (date(2022, 9, 7),), date(2022, 9, 11))
    boosted = schedule("cdc-2020", date(2022, 1, 1), doses=3)
    assert boosted.place == "none"


def test_no_schedule_is_made_up():
    policy = load_policy("vn-3638")
    early = Contact(1, exposed=date(2021, 7, 2))
    assert choose_schedule(policy, early, today=date(2021, 7, 9)) is None
    assert why_none(policy, early) == "day"
    second = Contact(2, exposed=date(2021, 8, 2))
    assert choose_schedule(policy, second, today=None) is None
    assert why_none(policy, second) == "tier"


def test_where_the_last_contact_is_not_known_the_day_of_entry_counts():
    rule = schedule("vn-3468", date(2021, 6, 1))
    plan = plan_quarantine(rule, exposed=None, isolated=date(2021, 6, 3), today=date(2021, 6, 4))
    assert plan.last == date(2021, 6, 23)
    assert plan.tests[:3] == (date(2021, 6, 3), date(2021, 6, 16), date(2021, 6, 22))


@pytest.mark.parametrize("known", [{}, {"start": day(9), "time_kind": "first_day"}])
def test_days_count_from_the_isolation_where_nobody_knows_the_last_contact(known: dict[str, Any]) -> None:
    """Dispatch 600: the day of entry counts only where the last contact cannot be established."""
    met = contact("c", "f0", "k", **known)
    rows = {"cases": [case("f0", onset=day(10))], "contacts": [met]}
    found = trace(load_policy("vn-3468"), at(20)[0], **rows, isolations=[isolation("k", day(12))])
    row = make_lists(found).table.set_index("person").loc["k"]
    assert (row["quarantine_first"], row["quarantine_last"]) == ("2021-07-12", "2021-08-01")
    assert row["counted_from"] == "first_quarantine_day" and row["test_days"].startswith("2021-07-12; 2021-07-25")
    never = make_lists(trace(load_policy("vn-3468"), at(20)[0], **rows)).table.set_index("person").loc["k"]
    assert never["counted_from"] == "last_exposure" and never["quarantine"] == "due"
