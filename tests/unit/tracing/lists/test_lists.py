"""Lists: who, where, on which days, and what is missing; the days of quarantine under each schedule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from outbreaks import at, build, day, meeting, time_columns

from tracing.errors import UsageError
from tracing.lists.changes import TracedRun, compare_runs
from tracing.lists.lists import Lists, make_lists
from tracing.lists.quarantine import Contact, choose_schedule, plan_quarantine, why_none
from tracing.model.contactgraph import build_contact_graph
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import Tiers, trace_tiers

POLICY = load_policy("vn-3638")
AREAS = [
    {"area": "96", "name": "Cà Mau", "level": "province"},
    {"area": "967", "name": "Thới Bình", "level": "district", "parent": "96"},
    {"area": "32077", "name": "Xã Tân Lộc", "level": "commune", "parent": "967"},
    {"area": "32078", "name": "Xã Biển Bạch", "level": "commune", "parent": "967"},
    {"area": "h3", "name": "ấp 3", "level": "hamlet", "parent": "32077"},
]
PERSONS = [
    {"person": "A", "name": "Tên A", "birth_year": 1991, "area": "32078"},
    {
        "person": "B",
        "name": "Tên B",
        "birth_year": 1990,
        "area": "h3",
        "address": "số 5",
        "phone": "0912345678; 0912345679",
        "vaccine_doses": 2,
    },
    {"person": "C", "name": "Tên C", "area": "32077", "vaccine_doses": 0},
]
CASE = {"person": "A", **time_columns(onset=day(15), isolated=day(19))}


MET = [
    meeting("c1", "A", "B", at(16, 9)),
    meeting("c2", "A", "C", at(17, 9), distance_m=None, closed_space=None, kind=None),
    meeting("c3", "B", "D", day(18), time_kind="sometime"),
    meeting("c4", "B", "D", at(20, 10)),
]


def trace(*, policy=POLICY, as_of="2021-07-20", **tables) -> Tiers:
    tables = {"persons": PERSONS, "areas": AREAS, "cases": [CASE], "contacts": MET} | tables
    return trace_tiers(build_contact_graph(build(**tables)), policy=policy, as_of=as_of)


def row(lists: Lists, person: str) -> pd.Series:
    found = lists.table[lists.table["person"] == person]
    assert len(found) == 1
    return found.iloc[0]


def test_people_stand_by_locality_those_without_one_last():
    lists = make_lists(trace())
    assert [(name, list(rows["person"])) for _, name, rows in lists.localities()] == [
        ("Xã Biển Bạch", ["A"]),
        ("Xã Tân Lộc", ["C", "B"]),
        ("", ["D"]),
    ]
    assert row(lists, "B")["locality"] == "32077" and row(lists, "B")["district_name"] == "Thới Bình"
    assert list(lists.summary()["f1"]) == [0, 2, 0]


def test_each_row_says_who_when_and_by_whom():
    lists = make_lists(trace())
    b, c, d = (row(lists, person) for person in "BCD")
    assert (b["tier"], b["certain"], b["contact_of"], b["contacts"]) == (1, True, "A", 1)
    assert b["birth_year"] == 1990 and pd.isna(c["birth_year"])
    assert (c["tier"], c["certain"]) == (1, False)
    assert (d["tier"], d["contact_of"], d["contacts"]) == (2, "B", 2)
    assert pd.isna(d["quarantine"]) and d["no_schedule"] == "tier" and pd.isna(b["no_schedule"])


def test_nothing_that_tells_who_somebody_is_unless_asked_for():
    lists = make_lists(trace())
    assert not {"name", "phone", "hamlet", "address", "met"} & set(lists.table.columns)
    assert not any(word in f"{lists.table.to_csv()} {lists.to_dict()}" for word in ("Tên", "số 5", "ấp 3", "0912"))
    named = row(make_lists(trace(), show_names=True), "B")
    assert (named["name"], named["phone"]) == ("Tên B", "0912345678; 0912345679")
    assert (named["hamlet"], named["address"]) == ("ấp 3", "số 5")
    assert named["met"] == "Tên A"


def test_an_address_repeats_nothing_that_stands_beside_it():
    persons = [PERSONS[0], PERSONS[1] | {"address": "số 5, Ấp 3, xã Tân Lộc, huyện Thới Bình, tỉnh Cà Mau"}]
    assert row(make_lists(trace(persons=persons), show_names=True), "B")["address"] == "số 5"


def test_whom_to_act_on_comes_first():
    contacts = [
        meeting("c1", "A", "old", at(16, 9)),
        meeting("c2", "A", "young", at(16, 9)),
        meeting("c3", "A", "late", at(17, 9)),
        meeting("c4", "A", "held", at(18, 9)),
        meeting("c5", "old", "second", at(19, 9)),
    ]
    persons = [{"person": "old", "birth_year": 1940}, {"person": "young", "birth_year": 2001}]
    isolations = [{"person": "held", **time_columns(start=at(18, 20)), "kind": "centre"}]
    lists = make_lists(trace(contacts=contacts, persons=persons, isolations=isolations))
    assert list(lists.table["person"]) == ["late", "old", "young", "held", "second", "A"]


def test_no_rule_is_not_the_number_nought():
    lists = make_lists(trace(policy=replace(POLICY, quarantine=())))
    summary = lists.summary().set_index("locality_name")
    assert summary.loc["Xã Tân Lộc", ["running", "due", "completed"]].isna().all()
    assert summary.loc["Xã Tân Lộc", "no_schedule"] == 2
    (reason,) = lists.reasons()
    assert "3 contacts without days of quarantine: the rule says nothing" in reason.say("en")
    assert "quy định không nói gì" in reason.say("vi")
    assert make_lists(trace()).summary()["due"].tolist() == [0, 2, pd.NA]


def test_what_keeps_somebody_from_being_certain():
    lists = make_lists(trace())
    c = row(lists, "C")
    assert "distance_m" in c["doubts"]
    assert "the distance is not recorded" in Lists.doubts_of(c["doubts"])
    assert "khoảng cách" in Lists.doubts_of(c["doubts"], "vi")
    assert pd.isna(row(lists, "B")["doubts"]) and Lists.doubts_of(row(lists, "B")["doubts"]) == ""


@pytest.mark.parametrize(
    ("contact", "doubt"),
    [
        (meeting("c1", "A", "B", day(12), time_kind="sometime") | {"start": None, "start_to": None}, "undated"),
        (meeting("c1", "A", "B", day(19), time_kind="sometime"), "day"),
    ],
)
def test_a_time_that_is_not_known(contact, doubt):
    assert row(make_lists(trace(contacts=[contact])), "B")["doubts"] == doubt


def test_somebody_behind_whom_there_is_only_a_possible_person():
    contacts = [MET[1], meeting("c9", "C", "E", at(18, 9))]
    assert row(make_lists(trace(contacts=contacts)), "E")["doubts"] == "source"


def test_a_visit_without_check_out_of_unknown_closeness():
    places = [{"place": "m", "kind": "market"}]
    visits = [
        {"visit": f"v{p}", "person": p, "place": "m", **time_columns(start=at(16, 9), end=at(16, 10))} for p in "AB"
    ]
    b = row(make_lists(trace(contacts=[], places=places, visits=visits)), "B")
    assert not b["certain"] and b["doubts"]
    assert Lists.doubts_of(b["doubts"])


def test_only_one_area():
    assert set(make_lists(trace(), areas=["32077"]).table["person"]) == {"B", "C"}
    assert make_lists(trace(), areas=["32079"]).table.empty
    assert set(make_lists(trace(), areas=["96"]).table["person"]) == {"A", "B", "C"}


def test_only_who_changed_with_the_reason():
    before = TracedRun.of(trace(contacts=[MET[0], meeting("c7", "A", "Z", at(16, 9))]))
    now = trace()
    changes = compare_runs(before, TracedRun.of(now))
    lists = make_lists(now, only="new", changes=changes)
    assert set(lists.table["person"]) == {"C", "D", "Z"}
    gone = row(lists, "Z")
    assert gone["change"] == "gone" and pd.isna(gone["tier"]) and gone["tier_before"] == 1
    assert gone["reason_en"] and gone["reason_vi"]
    assert row(lists, "C")["change"] == "new"
    assert set(make_lists(now, changes=changes).table["person"]) == {"A", "B", "C", "D"}


def test_the_new_ones_of_no_earlier_run_cannot_be_told():
    with pytest.raises(UsageError):
        make_lists(trace(), only="new")


def test_nobody():
    lists = make_lists(trace(cases=[], contacts=[]))
    assert lists.table.empty and lists.localities() == [] and lists.summary().empty
    assert lists.to_dict()["people"] == []


def test_the_same_twice_is_the_same():
    shuffled = trace(contacts=MET[::-1], persons=PERSONS[::-1], areas=AREAS[::-1])
    pd.testing.assert_frame_equal(make_lists(trace()).table, make_lists(shuffled).table)


# ---- quarantine in the lists


def test_an_isolation_on_record_is_where_the_days_begin():
    isolations = [
        {"person": "B", **time_columns(start=day(1), end=day(3)), "kind": "home"},
        {"person": "B", **time_columns(start=at(18, 8)), "kind": "centre"},
    ]
    b = row(make_lists(trace(isolations=isolations)), "B")
    assert b["isolated"] == at(18, 8)[0] and b["isolation_kind"] == "centre"
    assert (b["quarantine"], b["quarantine_place"]) == ("running", "centre")
    assert (b["quarantine_first"], b["quarantine_last"]) == ("2021-07-18", "2021-07-30")
    assert b["test_days"] == "2021-07-18; 2021-07-30"
    assert b["watched_until"] == "2021-08-13"


def test_a_schedule_for_the_place_on_record_goes_first():
    home = {"person": "B", **time_columns(start=at(18, 8)), "kind": "home"}
    b = row(make_lists(trace(isolations=[home])), "B")
    assert (b["quarantine_place"], b["counted_from"]) == ("home", "first_quarantine_day")
    assert b["test_days"] == "2021-07-18; 2021-07-24; 2021-07-31"


def test_without_one_they_begin_the_next_morning():
    b = row(make_lists(trace()), "B")
    assert (b["quarantine"], b["quarantine_first"], b["quarantine_last"]) == ("due", "2021-07-21", "2021-07-30")


def test_the_schedules_used_are_named():
    schedules = make_lists(trace()).schedules
    assert list(schedules["source"]) == ["3638/QĐ-BYT (QA 3935); 5599/BYT-MT, 14/7/2021"]
    assert list(schedules["grade"]) == ["quoted"]


def test_a_case_has_no_quarantine_as_a_contact():
    assert pd.isna(row(make_lists(trace()), "A")["quarantine"])


# ---- the schedules, with dates (contact on the first day named, isolated on the second)


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
    bare = replace(policy, quarantine=())
    lists = make_lists(trace(policy=bare))
    assert lists.table["quarantine"].isna().all() and lists.schedules.empty
    assert set(lists.table.loc[~lists.table["case"], "no_schedule"]) == {"tier"}


def test_where_the_last_contact_is_not_known_the_day_of_entry_counts():
    rule = schedule("vn-3468", date(2021, 6, 1))
    plan = plan_quarantine(rule, exposed=None, isolated=date(2021, 6, 3), today=date(2021, 6, 4))
    assert plan.last == date(2021, 6, 23)
    assert plan.tests[:3] == (date(2021, 6, 3), date(2021, 6, 16), date(2021, 6, 22))


# ---- listed apart


def test_who_is_asked_to_find_a_source_has_days_of_their_own():
    case = {"person": "A", **time_columns(sample=day(15)), "asymptomatic": True}
    met = [meeting("c1", "A", "B", at(8, 9)), meeting("c2", "A", "B", at(9, 9)), meeting("c3", "A", "C", at(14, 9))]
    tiers = trace(policy=load_policy("vn-3468"), as_of="2021-07-16", cases=[case], contacts=met)
    lists = make_lists(tiers, show_names=True)
    assert "B" not in set(lists.table["person"])
    (found,) = lists.source_finding.to_dict("records")
    assert (found["person"], found["contact_of"], found["contacts"], found["met"]) == ("B", "A", 2, "Tên A")
    assert (found["quarantine"], found["quarantine_place"], found["quarantine_last"]) == ("due", "home", "2021-07-23")
    assert found["schedule"] == "QA 866" and "QA 866" in set(lists.schedules["source"])
    assert make_lists(tiers, areas=["32078"]).source_finding.empty
    assert [(name, len(part.source_finding)) for _, name, part in lists.split()] == [
        ("Xã Biển Bạch", 0),
        ("Xã Tân Lộc", 1),
    ]


def test_the_lists_as_a_dictionary_hold_who_was_met_after_an_isolation():
    lists = make_lists(trace(contacts=[MET[0], meeting("late", "A", "C", at(20, 9), kind="work", closed_space=None)]))
    (found,) = lists.to_dict()["met_after_isolation"]
    assert (found["person"], found["case"], found["contact"], found["tier"]) == ("C", "A", "late", None)
    assert not {"name", "phone", "hamlet", "met"} & set(found)
