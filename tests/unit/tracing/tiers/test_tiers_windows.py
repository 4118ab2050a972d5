"""Windows, isolation and status as the definitions have them, one small outbreak for each sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from outbreaks import at, build, day, quantity, time_columns
from told import POLICY, case, contact, isolation, tiers, trace, visit

from tracing import build_contact_graph, explain, trace_tiers
from tracing.model.records import Records
from tracing.policy.model import WindowRule
from tracing.policy.shipped import list_policies, load_policy
from tracing.times import day_span

V3638, V3468, V11042 = (load_policy(name) for name in ("vn-3638", "vn-3468", "vn-11042"))


def room(name: str) -> dict[str, Any]:
    return {"place": name, "kind": "room"}


def stay(person: str, start: Any, end: Any = None, kind: str = "centre", place: str | None = None) -> dict[str, Any]:
    return isolation(person, start, end) | {"kind": kind, "place": place}


def test_days_are_calendar_days_whether_or_not_the_hour_is_known() -> None:
    for onset in (day(8), at(8, 15)):
        found = trace(
            cases=[case("f0", onset)],
            contacts=[contact("c1", "f0", "in", day(5)), contact("c2", "f0", "out", at(4, 23.75))],
        )
        assert tiers(found) == {"f0": (0, 0), "in": (1, 1)}


def test_a_window_in_days_begins_at_midnight_where_clocks_change() -> None:
    zone = "America/New_York"  # clocks go forward on 14 March 2021
    onset = day_span(date(2021, 3, 16), zone)
    opens = day_span(date(2021, 3, 13), zone)[0]
    rows = [contact("c1", "f0", "in", (opens, opens)), contact("c2", "f0", "out", (opens - 1, opens - 1))]
    records = Records(build(cases=[case("f0", onset)], contacts=rows).tables, zone)
    found = trace_tiers(build_contact_graph(records), policy=V3638)
    assert tiers(found) == {"f0": (0, 0), "in": (1, 1)}
    assert found.zone == zone


def test_the_texts_own_example_of_a_case_without_symptoms() -> None:
    """E4: sample on the 15th: the contacts of the 12th, 13th and 14th are F1, those before are met to find a source."""
    rows = [contact(f"c{n}", "f0", f"d{n}", day(n)) for n in (1, 8, 11, 12, 13, 14)]
    found = trace(V3468, cases=[case("f0", None, sample=day(15), asymptomatic=True)], contacts=rows, as_of=day(16)[1])
    assert tiers(found) == {"f0": (0, 0), "d12": (1, 1), "d13": (1, 1), "d14": (1, 1)}
    assert found.source_finding["person"].tolist() == ["d1", "d11", "d8"]


def test_source_finding_contacts_expose_nobody() -> None:
    found = trace(
        V3468,
        cases=[case("f0", None, sample=day(15))],
        contacts=[contact("c1", "f0", "early", day(8)), contact("c2", "early", "next", day(13))],
        as_of=day(16)[1],
    )
    assert tiers(found) == {"f0": (0, 0)}


def test_carers_and_the_home_of_an_isolated_patient() -> None:
    """E1: the dispatch names a negative test as the end, not isolation."""
    tables: dict[str, Any] = {
        "cases": [case("w1", day(5), confirmed=day(6), isolated=day(6))],
        "contacts": [
            contact("c1", "w1", "s1", day(8), kind="household", minutes=600.0, protected=False, physical=True),
            contact("c2", "w1", "s2", day(9), kind="care", minutes=30.0, protected=False, physical=True),
            contact("c3", "w1", "s3", day(9), kind="social", minutes=30.0, physical=True),
        ],
    }
    assert tiers(trace(V11042, **tables)) == {"w1": (0, 0), "s1": (1, 1), "s2": (1, 1), "s3": (1, 1)}
    # Where the text names isolation, care stays open; a home does if the patient was isolated there (not known here).
    found = trace(V3638, **tables)
    assert tiers(found) == {"w1": (0, 0), "s1": (1, None), "s2": (1, 1)}
    assert found.met_after_isolation[["person", "case", "contact"]].to_numpy().tolist() == [["s3", "w1", "c3"]]


@pytest.mark.parametrize(("kind", "expected"), [("home", (1, 1)), ("zone", (1, 1)), ("hospital", None)])
def test_the_home_of_somebody_isolated_at_home_stays_open(kind: str, expected: Any) -> None:
    found = trace(
        cases=[case("f0", day(5), sample=day(6))],
        isolations=[stay("f0", day(6), kind=kind)],
        contacts=[contact("c1", "f0", "s", day(8), kind="household")],
    )
    assert tiers(found).get("s") == expected


def test_touching_the_dead_stays_open() -> None:
    died = time_columns(outcome_date=day(10))
    found = trace(
        cases=[case("f0", day(5), isolated=day(6), outcome="died") | died],
        contacts=[
            contact("c1", "f0", "washed", day(11), physical=True),
            contact("c2", "f0", "visited", day(8), physical=True),
        ],
    )
    assert tiers(found) == {"f0": (0, 0), "washed": (1, 1)}
    assert found.met_after_isolation["person"].tolist() == ["visited"]


def test_a_case_that_was_in_quarantine_before_it_was_found() -> None:
    """E2: the stay ended before the case was found, so that the window is open again from the release."""
    found = trace(
        cases=[case("f", day(12), isolated=day(13))],
        isolations=[stay("f", day(1), at(11, 9))],
        contacts=[
            contact("c1", "f", "x", at(11, 14), at(11, 17), kind="work"),
            contact("c2", "f", "inside", at(10, 14), at(10, 17), kind="work"),
            contact("c3", "f", "after", at(14), kind="work"),
        ],
    )
    assert tiers(found) == {"f": (0, 0), "x": (1, 1)}
    assert sorted(found.met_after_isolation["person"]) == ["after", "inside"]


def test_only_the_isolation_as_a_case_closes_for_good() -> None:
    """One from the day of the onset on is as a case, whatever its end; a stay that outlasts the finding closes too."""
    rows = [contact("c1", "f", "x", at(20))]
    for begin, end in ((day(8), day(10)), (day(1), day(15))):
        found = trace(cases=[case("f", day(8), sample=day(12))], isolations=[stay("f", begin, end)], contacts=rows)
        assert tiers(found) == {"f": (0, 0)}, (begin, end)


def test_an_earlier_date_in_the_column_of_isolation_is_a_stay_of_unknown_end() -> None:
    found = trace(cases=[case("f", day(8), isolated=day(2))], contacts=[contact("c1", "f", "x", at(7))])
    assert tiers(found) == {"f": (0, 0), "x": (1, None)}


def test_an_order_to_stay_at_home_that_other_records_contradict() -> None:
    """A question: until it is answered it interrupts the certain window only."""
    tables: dict[str, Any] = {
        "cases": [case("f", day(10), sample=day(11))],
        "isolations": [stay("f", day(5), at(9), kind="home")],
        "contacts": [contact("c1", "f", "x", at(8), kind="social")],
        "places": [{"place": "cafe", "kind": "cafe"}],
    }
    assert "x" not in tiers(trace(**tables))
    seen = {"visits": [visit("v1", "f", "cafe", at(7, 9), at(7, 10))]}
    asked = trace(**tables, **seen)
    assert tiers(asked)["x"] == (1, None)
    assert asked.contradicted_stays[["person", "severity", "record", "place"]].values.tolist() == [
        ["f", "question", "v1", "cafe"]
    ]
    assert asked.to_dict()["contradicted_stays"][0]["seen_from"] == "2021-07-07T09:00:00+07:00"
    for person in ("f", "x"):
        told = explain(asked, person).text()
        assert (
            "Question: f was ordered to stay at home" in told and "interrupts the certain infectious time only" in told
        )
    centre = tables | {"isolations": [stay("f", day(5), at(9), kind="centre")]}
    looked_into = trace(**centre, **seen)
    assert "x" not in tiers(looked_into)
    assert looked_into.contradicted_stays["severity"].tolist() == ["finding"]
    assert "to be looked into; it changes no time" in explain(looked_into, "f").text()
    hospital = tables | {"isolations": [stay("f", day(5), at(9), kind="hospital")]}
    clinic = {**seen, "places": [{"place": "cafe", "kind": "clinic"}]}
    assert trace(**(hospital | clinic)).contradicted_stays.empty
    assert trace(**tables).contradicted_stays.empty


def test_two_stays_known_by_day_are_one_only_where_they_surely_overlap() -> None:
    found = trace(
        cases=[case("f0", at(2))],
        contacts=[
            contact("c1", "f0", "f1", at(3)),
            contact("c2", "f0", "f1", at(7, 9)),
            contact("c3", "f1", "x", at(7, 10)),
        ],
        isolations=[stay("f1", day(4), day(7)), stay("f1", day(7), day(9))],
    )
    assert tiers(found)["x"] == (2, None)


def test_somebody_exposed_while_isolated_opens_a_window_at_release() -> None:
    found = trace(
        cases=[case("f0", at(2))],
        contacts=[
            contact("c1", "f0", "f1", at(5)),
            contact("c2", "f1", "in", at(6)),
            contact("c3", "f1", "x", at(8, 1)),
        ],
        isolations=[stay("f1", at(4), at(8))],
    )
    assert tiers(found) == {"f0": (0, 0), "f1": (1, 1), "x": (2, 2)}
    assert shown_window(found, "x") == at(8, 1)[0]


def shown_window(found: Any, person: str) -> int:
    return int(found.table.set_index("person").loc[person, "first_exposure"])


def test_one_room_of_a_camp_stays_open() -> None:
    """E5: also where no row says that they met; a stay that names the facility only is not one in a room."""
    tables: dict[str, Any] = {
        "cases": [case("c5", day(28), sample=day(29), isolated=at(29, 18))],
        "isolations": [
            stay("c5", at(25, 5.5), at(29, 18), place="204"),
            stay("r", day(18), place="204"),
            stay("other", day(18), place="camp"),
            stay("o", at(25, 5.5), at(29, 18), place="camp"),
        ],
        "places": [room("204"), {"place": "camp", "kind": "quarantine"}],
    }
    assert tiers(trace(V3638, **tables)) == {"c5": (0, 0), "r": (1, 1)}
    assert tiers(trace(V3468, **tables)) == {"c5": (0, 0), "r": (1, None)}
    told = contact("k", "c5", "r", at(25, 5.5), at(29, 18), time_kind="presence", kind="other", closed_space=True)
    told["distance_m"] = None
    assert tiers(trace(V3638, **tables, contacts=[told])) == {"c5": (0, 0), "r": (1, 1)}
    near = told | {"distance_m": 1.0}
    assert tiers(trace(V3468, **tables, contacts=[near])) == {"c5": (0, 0), "r": (1, 1)}


@pytest.mark.parametrize("policy_name", list_policies())
def test_one_room_is_never_co_presence(policy_name: str) -> None:
    found = trace(
        load_policy(policy_name),
        cases=[case("f0", day(8))],
        visits=[visit("v1", "f0", "12", at(8, 20), at(9, 6)), visit("v2", "r", "12", at(8, 21), at(9, 7))],
        places=[room("12")],
    )
    assert tiers(found)["r"][0] == 1
    assert found.co_present.empty


def test_only_the_first_day_of_contact_is_known() -> None:
    """E3: met on the 1st, before the window; that they met later cannot be excluded."""

    def told(last: Any = None) -> Any:
        row = contact("k", "c1", "k1", day(1), last, time_kind="first_day")
        return tiers(trace(cases=[case("c1", day(5))], contacts=[row]))

    assert told() == {"c1": (0, 0), "k1": (1, None)}
    assert told(day(1)) == {"c1": (0, 0)}
    assert told(day(3)) == {"c1": (0, 0), "k1": (1, None)}


def test_only_the_last_day_of_contact_is_known() -> None:
    found = trace(cases=[case("c1", day(5))], contacts=[contact("k", "c1", "k1", None, day(7), time_kind="last_day")])
    assert tiers(found) == {"c1": (0, 0), "k1": (1, 1)}
    row = found.table.set_index("person").loc["k1"]
    assert (row["first_exposure"], row["first_exposure_certain"]) == (at(2)[0], at(8)[0])


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (None, {"f0": (0, 0), "f1": (1, 1)}),
        ("confirmed", {"f0": (0, 0), "f1": (1, 1)}),
        ("probable", {"f0": (0, 0), "f1": (1, 1)}),
        ("suspected", {"f0": (0, None), "f1": (1, None)}),
        ("discarded", {}),
    ],
)
def test_the_status_of_a_case(status: str | None, expected: Any) -> None:
    found = trace(cases=[case("f0", day(5), status=status)], contacts=[contact("c1", "f0", "f1", at(6))])
    assert tiers(found) == expected


def test_a_suspected_case_that_a_sure_one_met_is_a_sure_contact() -> None:
    found = trace(
        cases=[case("f0", day(5)), case("s", day(7), status="suspected")],
        contacts=[contact("c1", "f0", "s", at(6)), contact("c2", "s", "x", at(8))],
    )
    assert tiers(found) == {"f0": (0, 0), "s": (0, 1), "x": (1, 2)}
    assert found.counts() == [(0, 1, 1), (1, 0, 1)]
    assert repr(found) == "<Tiers vn-3638: F0: 1 certain, 1 possible, F1: 0 certain, 1 possible>"


def test_deleting_an_old_stay_never_changes_the_later_window() -> None:
    rows = [contact(f"c{n}", "f", f"x{n}", at(n)) for n in range(9, 20)]
    late = [case("f", day(12), sample=day(14), isolated=day(16))]
    old = [stay("f", day(1), day(6)), stay("f", day(5), at(8, 12), kind="home")]
    assert tiers(trace(cases=late, contacts=rows, isolations=old)) == tiers(trace(cases=late, contacts=rows))


def test_a_policy_may_close_what_stays_open() -> None:
    window = replace(V3638.window, stays_open=replace(V3638.window.stays_open, contacts=("home", "room")))
    found = trace(
        replace(V3638, window=window),
        cases=[case("f0", day(5), isolated=day(6))],
        contacts=[contact("c1", "f0", "carer", day(8), kind="care")],
    )
    assert tiers(found) == {"f0": (0, 0)}


def test_an_edit_of_the_tables_after_the_graph_was_built_changes_no_answer() -> None:
    records = build(cases=[case("f0", day(5))], contacts=[contact("c1", "f0", "f1", at(6))])
    graph = build_contact_graph(records)
    made = records.content_hash()
    records.contacts.loc[0, "distance_m"] = 9.0
    found = trace_tiers(graph, policy=V3638)
    assert tiers(found) == {"f0": (0, 0), "f1": (1, 1)}
    assert found.provenance["inputs"] == made != records.content_hash()


def test_where_the_rule_says_so_a_negative_test_of_the_case_closes_its_window() -> None:
    """Only a test later than the anchor; on the day of the onset it may have been before."""
    policy = replace(load_policy("vn-11042"), clauses=POLICY.clauses)
    rows = [contact("c1", "f0", "f1", at(9))]

    def after(sample: tuple[int, int], **known: Any) -> tuple[int | None, int | None] | None:
        tests = [{"person": "f0", **time_columns(sample=sample), **known}]
        return tiers(trace(policy, cases=[case("f0", onset=day(6))], contacts=rows, tests=tests)).get("f1")

    assert after(at(8), result="negative") is None
    assert after(at(8), result="positive", ct=33.0) is None
    assert after(at(8), result="positive", ct=20.0) == (1, 1)
    assert after(day(9), result="negative") == (1, None)
    assert after(at(6, 8), result="negative") == (1, None)
    assert after(at(5, 8), result="negative") == (1, 1)


def test_the_window_of_a_case() -> None:
    """``[anchor - before, until)``: half-open, from the first instant on."""
    rows = [
        contact("c1", "f0", "too early", at(2, 23.5), at(3, 0)),
        contact("c2", "f0", "first", at(3)),
        contact("c3", "f0", "until the end", at(20)),
    ]
    assert tiers(trace(cases=[case("f0", onset=at(6))], contacts=rows)) == {
        "f0": (0, 0),
        "first": (1, 1),
        "until the end": (1, 1),
    }
    after = WindowRule(("onset",), quantity(3, "day"), quantity(2, "day"))
    policy = replace(POLICY, window=replace(POLICY.window, symptomatic=after), deepest_tier=quantity(1, "tier"))
    assert tiers(trace(policy, cases=[case("f0", onset=at(6))], contacts=rows)) == {"f0": (0, 0), "first": (1, 1)}


def test_a_case_without_symptoms_is_anchored_by_its_sample() -> None:
    rows = [contact("c1", "f0", "f1", at(6)), contact("c2", "f0", "long before", at(1))]
    sampled = {"sample": at(18)}
    assert tiers(trace(cases=[case("f0", asymptomatic=True, **sampled)], contacts=rows))["f1"] == (1, 1)
    assert tiers(trace(cases=[case("f0", **sampled)], contacts=rows))["f1"] == (1, 1)
    assert "long before" not in tiers(trace(cases=[case("f0", **sampled)], contacts=rows))
    unknown_day = trace(cases=[case("f0", asymptomatic=False, **sampled)], contacts=rows)
    assert tiers(unknown_day)["f1"] == tiers(unknown_day)["long before"] == (1, None)
    none = replace(POLICY, window=replace(POLICY.window, asymptomatic=None))
    assert tiers(trace(none, cases=[case("f0", asymptomatic=True, **sampled)], contacts=rows)) == {"f0": (0, 0)}


def test_a_known_source_opens_the_window_at_the_first_contact_with_it() -> None:
    """At the sample at the latest: a contact with the source after it tells nothing."""
    links = [{"source": "f", "target": "f0"}]
    rows = [
        contact("c0", "f", "f0", at(10)),
        contact("c1", "f0", "before", at(9)),
        contact("c2", "f0", "after", at(11)),
    ]
    found = trace(cases=[case("f0", sample=at(18), source_known=True)], contacts=rows, links=links)
    assert tiers(found) == {"f0": (0, 0), "after": (1, 1), "f": (1, 1)}
    late = trace(cases=[case("f0", sample=at(8), source_known=True)], contacts=rows, links=links)
    assert tiers(late)["before"] == (1, 1)
