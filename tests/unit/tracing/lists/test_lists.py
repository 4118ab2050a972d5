"""Lists: who, where, on which days, and what is missing."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from outbreaks import at, build, day, meeting, time_columns

from tracing.errors import UsageError
from tracing.lists.changes import TracedRun, compare_runs
from tracing.lists.lists import Lists, make_lists
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
    assert named["met"] == "Tên A (A)"


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


def test_the_states_of_quarantine_add_up_to_all_contacts():
    later = make_lists(trace(as_of="2021-09-20")).summary()
    states = later[["running", "due", "completed", "lapsed", "none", "no_schedule"]].fillna(0).sum(axis=1)
    assert states.tolist() == later.filter(regex=r"^f[1-9]$").sum(axis=1).tolist()
    assert later["lapsed"].fillna(0).sum() > 0


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


def test_without_a_schedule_the_lists_say_why():
    bare = replace(POLICY, quarantine=())
    lists = make_lists(trace(policy=bare))
    assert lists.table["quarantine"].isna().all() and lists.schedules.empty
    assert set(lists.table.loc[~lists.table["case"], "no_schedule"]) == {"tier"}


def test_a_case_has_no_quarantine_as_a_contact():
    assert pd.isna(row(make_lists(trace()), "A")["quarantine"])


# ---- listed apart


def test_who_is_asked_to_find_a_source_has_days_of_their_own():
    case = {"person": "A", **time_columns(sample=day(15)), "asymptomatic": True}
    met = [meeting("c1", "A", "B", at(8, 9)), meeting("c2", "A", "B", at(9, 9)), meeting("c3", "A", "C", at(14, 9))]
    tiers = trace(policy=load_policy("vn-3468"), as_of="2021-07-16", cases=[case], contacts=met)
    lists = make_lists(tiers, show_names=True)
    assert "B" not in set(lists.table["person"])
    (found,) = lists.source_finding.to_dict("records")
    assert (found["person"], found["contact_of"], found["contacts"], found["met"]) == ("B", "A", 2, "Tên A (A)")
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
