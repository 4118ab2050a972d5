"""The sentences of the definitions, one small outbreak each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from outbreaks import at, clause, day, minutes, policies, quantity, time_columns
from told import POLICY, case, contact, isolation, tiers, trace, visit

from tracing import Tiers, build_contact_graph, trace_tiers
from tracing.model.records import Records
from tracing.policy.model import CoPresence, RuleText, WindowRule


def shown(found: Tiers, person: str) -> dict[str, Any]:
    return found.table.astype(object).set_index("person").loc[person].to_dict()


def test_first_on_the_tenth_and_second_on_the_fifth() -> None:
    """Somebody F1 on the 10th and already F2 on the 5th: whoever they met on the 7th is an F3."""
    found = trace(
        cases=[case("f0", onset=at(6))],
        contacts=[
            contact("c1", "f0", "early", at(4)),
            contact("c2", "early", "both", at(5)),
            contact("c3", "both", "seventh", at(7)),
            contact("c4", "f0", "both", at(10)),
        ],
    )
    assert tiers(found) == {"f0": (0, 0), "early": (1, 1), "both": (1, 1), "seventh": (3, 3)}
    assert shown(found, "both")["first_exposure"] == at(10)[0]


def test_met_on_the_same_sixth() -> None:
    """Hours unknown: a possible F2 on the same day, a certain one on the next."""
    found = trace(
        cases=[case("f0", onset=day(6))],
        contacts=[
            contact("c1", "f0", "f1", day(6)),
            contact("c2", "f1", "same", day(6)),
            contact("c3", "f1", "next", day(7)),
        ],
    )
    assert tiers(found) == {"f0": (0, 0), "f1": (1, 1), "same": (2, None), "next": (2, 2)}


def test_presence_by_day_counts_from_the_moment_the_window_is_open() -> None:
    window = replace(POLICY.window, symptomatic=WindowRule(("onset",), quantity(72, "hour"), None))
    found = trace(
        replace(POLICY, window=window),
        cases=[case("f0", onset=at(9, 12))],
        contacts=[contact("c1", "f0", "with", day(6), time_kind="presence"), contact("c2", "f0", "met", day(6))],
    )
    assert tiers(found) == {"f0": (0, 0), "with": (1, 1), "met": (1, None)}
    assert shown(found, "with")["first_exposure_certain"] == at(6, 12)[0]
    assert shown(found, "met")["first_exposure"] == at(6, 12)[0]


def test_an_undated_contact_is_only_possible() -> None:
    found = trace(cases=[case("f0", onset=day(6))], contacts=[contact("c1", "f0", "f1")])
    assert tiers(found) == {"f0": (0, 0), "f1": (1, None)}


def test_a_case_without_any_date_is_possible_in_all_of_time_until_isolation() -> None:
    found = trace(
        cases=[case("f0", isolated=day(8))],
        contacts=[
            contact("c1", "f0", "long ago", at(1)),
            contact("c2", "f0", "that day", at(8, 23)),
            contact("c3", "f0", "after", at(9)),
        ],
    )
    assert tiers(found) == {"f0": (0, 0), "long ago": (1, None), "that day": (1, None)}


def test_isolation_by_day_closes_at_its_end_possibly_and_at_its_beginning_certainly() -> None:
    found = trace(
        cases=[case("f0", onset=day(6), isolated=day(8))],
        contacts=[
            contact("c1", "f0", "before", at(7, 23)),
            contact("c2", "f0", "same day", at(8, 10)),
            contact("c3", "f0", "after", at(9)),
        ],
    )
    assert tiers(found) == {"f0": (0, 0), "before": (1, 1), "same day": (1, None)}


def test_first_and_last_date_of_contact() -> None:
    """A meeting on either day; between them only possible."""
    first, last = day(4), day(9)
    rows = [contact("c1", "f0", "f1", first, last)]
    assert tiers(trace(cases=[case("f0", onset=day(7))], contacts=rows))["f1"] == (1, 1)
    assert tiers(trace(cases=[case("f0", onset=day(8))], contacts=rows))["f1"] == (1, 1)
    closed = trace(cases=[case("f0", onset=day(8), isolated=day(9))], contacts=rows)
    assert tiers(closed)["f1"] == (1, None)
    assert shown(closed, "f1")["first_exposure"] == day(5)[0]
    late = trace(cases=[case("f0", onset=day(13))], contacts=rows)
    assert "f1" not in tiers(late)


def test_first_and_last_day_both_expose() -> None:
    """Isolated and released in between, a person opens a new window by the last day's meeting."""
    found = trace(
        cases=[case("f0", onset=day(6))],
        contacts=[contact("c1", "f0", "f1", day(4), day(9)), contact("c2", "f1", "f2", day(11))],
        isolations=[isolation("f1", at(5, 8), at(8, 8))],
    )
    assert tiers(found)["f2"] == (2, 2)


def test_isolation_of_the_source_clips_the_contact() -> None:
    found = trace(
        cases=[case("f0", onset=at(6))],
        contacts=[
            contact("c1", "f0", "in part", at(7, 8), at(7, 12)),
            contact("c2", "f0", "wholly after", at(7, 10), at(7, 12)),
        ],
        isolations=[isolation("f0", at(7, 10))],
    )
    assert tiers(found) == {"f0": (0, 0), "in part": (1, 1)}
    assert shown(found, "in part")["last_exposure"] == at(7, 10)[0] - 1


def test_an_exposed_person_in_isolation_exposes_nobody_until_exposed_again() -> None:
    rows = [
        contact("c1", "f0", "f1", at(6)),
        contact("c2", "f1", "inside", at(8)),
        contact("c3", "f1", "released", at(10)),
    ]
    away = [isolation("f1", at(7), at(9))]
    assert tiers(trace(cases=[case("f0", onset=at(6))], contacts=rows, isolations=away)) == {
        "f0": (0, 0),
        "f1": (1, 1),
    }
    rows.append(contact("c4", "f0", "f1", at(9, 12)))
    again = trace(cases=[case("f0", onset=at(6))], contacts=rows, isolations=away)
    assert tiers(again) == {"f0": (0, 0), "f1": (1, 1), "released": (2, 2)}


def test_a_contact_that_continues_over_the_release_exposes_again() -> None:
    found = trace(
        cases=[case("f0", onset=at(6))],
        contacts=[contact("c1", "f0", "f1", at(6), at(12)), contact("c2", "f1", "f2", at(10))],
        isolations=[isolation("f1", at(5), at(9))],
    )
    assert tiers(found)["f2"] == (2, 2)


def test_isolations_that_touch_are_one_and_have_begun_when_any_has() -> None:
    """By one list isolated on the 7th, by the other from 9 o'clock: at 10 o'clock in every reading."""
    found = trace(
        cases=[case("f0", onset=at(6), isolated=day(7))],
        contacts=[contact("c1", "f0", "at eight", at(7, 8)), contact("c2", "f0", "at ten", at(7, 10))],
        isolations=[isolation("f0", at(7, 9))],
    )
    assert tiers(found) == {"f0": (0, 0), "at eight": (1, None)}


def test_a_negative_test_removes_nobody() -> None:
    tables = {"cases": [case("f0", onset=day(6))], "contacts": [contact("c1", "f0", "f1", at(6))]}
    tests = [{"person": "f1", **time_columns(sample=at(9)), "result": "negative"}]
    plain, tested = trace(as_of=at(10)[0], **tables), trace(as_of=at(10)[0], tests=tests, **tables)
    assert tiers(plain) == tiers(tested) == {"f0": (0, 0), "f1": (1, 1)}


def test_missing_facts_lead_to_undecided_never_to_fails() -> None:
    found = trace(
        cases=[case("f0", onset=at(6))],
        contacts=[
            contact("c1", "f0", "unknown", at(6), distance_m=None),
            contact("c2", "f0", "far", at(6), distance_m=8.0, closed_space=False, kind="social"),
        ],
    )
    assert tiers(found) == {"f0": (0, 0), "unknown": (1, None)}
    assert found.co_present[["person", "case", "contact"]].to_numpy().tolist() == [["far", "f0", "c2"]]


def test_how_long_a_contact_without_an_end_lasted_is_not_known() -> None:
    policy = replace(POLICY, clauses=(clause("long", minutes=minutes(15, 15, 15)),))
    found = trace(
        policy,
        cases=[case("f0", onset=at(6))],
        contacts=[
            contact("c1", "f0", "no end", at(6)),
            contact("c2", "f0", "short", at(6), at(6, 0.1)),
            contact("c3", "f0", "long", at(6), at(6, 0.5)),
            contact("c4", "f0", "said", at(6), minutes=20.0),
        ],
    )
    assert tiers(found) == {"f0": (0, 0), "no end": (1, None), "long": (1, 1), "said": (1, 1)}


def test_co_present_people_are_never_promoted() -> None:
    """Whoever is listed by another contact is not co-present, and the co-present infect nobody."""
    far = {"distance_m": 8.0, "closed_space": False, "kind": "social"}
    found = trace(
        cases=[case("f0", onset=at(6))],
        contacts=[
            contact("c1", "f0", "far", at(6), **far),
            contact("c2", "far", "friend", at(7)),
            contact("c3", "f0", "both", at(6), **far),
            contact("c4", "f0", "both", at(8)),
            contact("c5", "f0", "too early", at(2), **far),
        ],
    )
    assert tiers(found) == {"f0": (0, 0), "both": (1, 1)}
    assert found.co_present["person"].tolist() == ["far"]


def test_fifteen_minutes_within_a_day_are_summed_over_the_pair() -> None:
    policy = policies()["cumulative"]
    rows = [contact(f"c{i}", "f0", "near", at(6, 8 + i), minutes=5.0, physical=False) for i in range(3)]
    rows += [contact(f"d{i}", "f0", "apart", at(6 + i, 8 + i), minutes=5.0, physical=False) for i in range(3)]
    rows += [contact("e1", "f0", "with others", at(6), minutes=10.0, physical=False)]
    rows += [contact("e2", "with others", "near", at(6, 1), minutes=10.0, physical=False)]
    found = trace(policy, cases=[case("f0", onset=at(6))], contacts=rows)
    assert tiers(found) == {"f0": (0, 0), "near": (1, 1)}
    assert found.co_present["person"].unique().tolist() == ["apart", "with others"]


def test_visits_that_overlap_are_contacts() -> None:
    """``max(start) < min(end)``: the end of one at the start of the other is no meeting; another place is none."""
    found = trace(
        cases=[case("f0", onset=at(6))],
        places=[{"place": "room", "closed_space": True}, {"place": "other", "closed_space": True}],
        visits=[
            visit("v0", "f0", "room", at(6, 8), at(6, 10)),
            visit("v1", "with", "room", at(6, 9), at(6, 10)),
            visit("v2", "later", "room", at(6, 10), at(6, 11)),
            visit("v3", "elsewhere", "other", at(6, 8), at(6, 10)),
        ],
    )
    assert tiers(found) == {"f0": (0, 0), "with": (1, 1)}
    assert found.parents["contact"].tolist() == ["v0~v1"]


def test_an_assumed_stay_is_possible_and_not_certain() -> None:
    """Without check-out the visit is sure at its beginning only."""
    found = trace(
        cases=[case("f0", onset=at(6))],
        places=[{"place": "room", "closed_space": True}],
        visits=[
            visit("v0", "f0", "room", at(6, 8)),
            visit("v1", "then", "room", at(6, 8.5), at(6, 9)),
            visit("v2", "there", "room", at(6, 7.5), at(6, 8.25)),
            visit("v3", "after", "room", at(6, 9), at(6, 10)),
        ],
    )
    assert tiers(found) == {"f0": (0, 0), "then": (1, None), "there": (1, 1)}


def test_presence_alone_proves_what_the_policy_says() -> None:
    """At one place at one time, nothing else known: undecided, or co-present where the rule says so."""
    tables = {
        "cases": [case("f0", onset=at(6))],
        "places": [{"place": "market"}],
        "visits": [visit("v0", "f0", "market", at(6, 8), at(6, 10)), visit("v1", "x", "market", at(6, 9), at(6, 10))],
    }
    assert tiers(trace(**tables)) == {"f0": (0, 0), "x": (1, None)}
    alone = CoPresence(RuleText("", ""), "test", "ours", presence_alone=True)
    found = trace(replace(POLICY, co_present=alone), **tables)
    assert tiers(found) == {"f0": (0, 0)}
    assert found.co_present["person"].tolist() == ["x"]


def test_linger_extends_the_presence_of_the_source_only() -> None:
    tables = {
        "places": [{"place": "ward", "closed_space": True}],
        "visits": [
            visit("v0", "before", "ward", at(6, 7), at(6, 8)),
            visit("v1", "f0", "ward", at(6, 8), at(6, 9)),
            visit("v2", "soon", "ward", at(6, 10.5), at(6, 11)),
            visit("v3", "late", "ward", at(6, 11), at(6, 12)),
        ],
    }
    lingering = replace(POLICY, linger=quantity(2, "hour"), deepest_tier=quantity(1, "tier"))
    assert tiers(trace(cases=[case("f0", onset=at(6))], **tables)) == {"f0": (0, 0)}
    found = trace(lingering, cases=[case("f0", onset=at(6))], **tables)
    assert tiers(found) == {"f0": (0, 0), "soon": (1, 1)}


def test_latent_time_delays_the_next_tier() -> None:
    latent = replace(POLICY, window=replace(POLICY.window, latent=quantity(1, "day")))
    rows = [
        contact("c1", "f0", "f1", at(6)),
        contact("c2", "f1", "too early", at(6, 23)),
        contact("c3", "f1", "f2", at(7)),
    ]
    assert tiers(trace(latent, cases=[case("f0", onset=at(6))], contacts=rows)) == {
        "f0": (0, 0),
        "f1": (1, 1),
        "f2": (2, 2),
    }


def test_forward_in_time_only_and_no_deeper_than_the_rule_follows() -> None:
    rows = [contact(f"c{i}", f"p{i}", f"p{i + 1}", at(6 + i)) for i in range(5)]
    rows.append(contact("back", "p1", "earlier", at(5)))
    found = trace(cases=[case("p0", onset=at(6))], contacts=rows)
    assert tiers(found) == {"p0": (0, 0), "p1": (1, 1), "p2": (2, 2), "p3": (3, 3)}


def test_all_parents_at_the_own_tier_are_kept_the_earliest_first() -> None:
    found = trace(
        cases=[case("a", onset=at(6)), case("b", onset=at(6))],
        contacts=[
            contact("c9", "b", "f1", at(7)),
            contact("c2", "a", "f1", at(7)),
            contact("c1", "a", "f1", at(8)),
            contact("c0", "a", "other", at(6)),
            contact("c3", "other", "f1", at(6, 12)),
        ],
    )
    parents = found.parents[found.parents["person"] == "f1"]
    assert parents["contact"].tolist() == ["c2", "c9", "c1"]
    assert parents["parent"].tolist() == ["a", "b", "a"]


def test_a_case_met_by_another_case_keeps_both_facts() -> None:
    found = trace(cases=[case("a", onset=at(6)), case("b", onset=at(9))], contacts=[contact("c1", "a", "b", at(5))])
    assert tiers(found) == {"a": (0, 0), "b": (0, 0)}
    assert shown(found, "b")["first_exposure"] == at(5)[0]
    assert found.parents[["person", "parent"]].to_numpy().tolist() == [["b", "a"]]


def test_a_case_that_only_its_own_contacts_met_was_not_exposed() -> None:
    found = trace(
        cases=[case("f0", onset=at(6))],
        contacts=[contact("c1", "f0", "f1", at(6)), contact("c2", "f1", "f0", at(8))],
    )
    assert shown(found, "f0")["first_exposure"] is None or shown(found, "f0")["first_exposure"] != at(8)[0]
    assert "f0" not in found.parents["person"].tolist()


def test_when_a_contact_becomes_a_case_everything_below_is_recomputed() -> None:
    rows = [contact("c1", "f0", "f1", at(6)), contact("c2", "f1", "f2", at(7)), contact("c3", "f1", "new", at(5))]
    before = trace(cases=[case("f0", onset=at(6))], contacts=rows)
    after = trace(cases=[case("f0", onset=at(6)), case("f1", onset=at(8))], contacts=rows)
    assert tiers(before) == {"f0": (0, 0), "f1": (1, 1), "f2": (2, 2)}
    assert tiers(after) == {"f0": (0, 0), "f1": (0, 0), "f2": (1, 1), "new": (1, 1)}


def test_nothing_after_as_of_is_used() -> None:
    rows = [contact("c1", "f0", "f1", at(6)), contact("c2", "f0", "later", at(9))]
    found = trace(as_of=at(8)[0], cases=[case("f0", onset=at(6))], contacts=rows)
    assert tiers(found) == {"f0": (0, 0), "f1": (1, 1)}


def test_midnight_belongs_to_the_day_it_begins() -> None:
    """The last day on record is that of the last instant, also where this is the first of its day."""
    found = trace(cases=[case("f0", onset=day(6))], contacts=[contact("c1", "f0", "f1", at(9))])
    assert found.as_of == day(9)[1]
    assert tiers(found)["f1"] == (1, 1)
    assert trace(cases=[case("f0", onset=day(6))]).as_of == day(6)[1]


def test_the_immune_are_left_out_where_the_rule_says_so() -> None:
    tables: dict[str, Any] = {
        "persons": [{"person": "f1", "immune": True}, {"person": "f2", "immune": None}],
        "cases": [case("f0", onset=at(6))],
        "contacts": [contact("c1", "f0", "f1", at(6)), contact("c2", "f0", "f2", at(6))],
    }
    assert set(tiers(trace(**tables))) == {"f0", "f1", "f2"}
    assert set(tiers(trace(replace(POLICY, immune_excluded=True), **tables))) == {"f0", "f2"}


def test_no_case_no_tier() -> None:
    assert trace(contacts=[contact("c1", "a", "b", at(6))]).table.empty
    assert trace_tiers(build_contact_graph(Records()), policy=POLICY).table.empty


@pytest.mark.parametrize("place_kind", [None, "market"])
def test_a_contact_at_a_place_of_unknown_kind_may_have_been_on_board(place_kind: str | None) -> None:
    """A missing kind of place is a missing value; a contact at no place on record was at no vehicle either."""
    found = trace(
        cases=[case("f0", onset=at(6))],
        places=[{"place": "x", "kind": place_kind}],
        contacts=[contact("c1", "f0", "f1", at(6), distance_m=8.0, closed_space=False, kind="social", place="x")],
    )
    assert tiers(found).get("f1") == ((1, None) if place_kind is None else None)
