"""The evidence through those who matter is that of everybody, to the byte; what no longer agrees is found out."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_records import JULY, records_of

from graph import Store, open_store
from loaders.invented.province import generate_province
from tracing import explain
from tracing.evidence.through import agrees, who_can_matter, who_matters
from tracing.model.columns import TableColumns
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers
from tracing.times import DAY

RULES = ("vn-3638", "vn-3468", "who-2020")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(tmp_path_factory.mktemp("kept") / "records.duckdb")
    store.write(generate_province(people=200, seed=11, contacts_per_person=4).records)
    return store


@pytest.mark.parametrize("rule", RULES)
def test_evidence_through_those_who_matter_is_that_of_everybody(kept: Store, rule: str) -> None:
    policy = load_policy(rule)
    whole = trace_tiers(kept.slice(), policy=policy)
    everybody = sorted(set(whole.graph))
    smaller = 0
    for person in everybody[::17]:
        graph = kept.slice(
            people=[person], steps=policy.depth + 2, through=who_matters(whole.people, person, policy.depth)
        )
        tiers = trace_tiers(graph, policy=policy, as_of=whole.as_of)
        assert agrees(tiers, whole.people, person)
        own, every = explain(tiers, person), explain(whole, person)
        assert own.text("vi") == every.text("vi") and own.text("en") == every.text("en")
        assert own.to_dict() == every.to_dict()
        smaller += len(graph.records.contacts) < len(whole.graph.records.contacts)
    assert smaller > 5


@pytest.mark.parametrize("rule", RULES)
def test_evidence_through_those_near_cases_is_that_of_everybody(kept: Store, rule: str) -> None:
    policy = load_policy(rule)
    whole = trace_tiers(kept.slice(), policy=policy)
    near = kept.near_cases(1)
    assert near is not None
    through, others = who_can_matter(near, 1, policy.depth)
    smaller = 0
    for person in sorted(set(whole.graph))[::61]:
        graph = kept.slice(people=[person], steps=policy.depth + 2, through=through, others=others)
        own = explain(trace_tiers(graph, policy=policy, as_of=whole.as_of), person)
        every = explain(whole, person)
        assert own.text("vi") == every.text("vi") and own.text("en") == every.text("en")
        assert own.to_dict() == every.to_dict()
        smaller += len(graph.records.contacts) < len(whole.graph.records.contacts)
    assert smaller


def test_nobody_is_listed_nearer_to_a_case_than_they_stand(kept: Store) -> None:
    near = kept.near_cases(2)
    assert near is not None
    for rule in RULES:
        table = trace_tiers(kept.slice(), policy=load_policy(rule)).table
        tiers = dict(zip(table["person"], table["tier_possible"], strict=True))
        assert all(near.get(person, 3) <= tier for person, tier in tiers.items())
    assert set(near.values()) == {0, 1, 2}


def test_an_exposure_in_a_shared_room_is_followed(tmp_path: Path) -> None:
    """Nobody met anybody on record; they were isolated in one room."""
    stays = [
        {"isolation": f"i{who}", "person": who, "start": JULY - DAY, "place": "r", "kind": "centre"} for who in "pq"
    ]
    with open_store(tmp_path / "records.duckdb") as store:
        store.write(
            records_of(
                {
                    "persons": [{"person": "p"}, {"person": "q"}],
                    "cases": [{"person": "q", "onset": JULY, "sample": JULY + DAY}],
                    "places": [{"place": "r", "kind": "room"}],
                    "isolations": stays,
                }
            )
        )
        policy = load_policy("vn-3638")
        around = trace_tiers(store.slice(people=["p"], steps=policy.depth + 1), policy=policy)
        assert list(around.table["tier_certain"]) == [1, 0]
        assert explain(around, "p").text("en") == explain(trace_tiers(store.slice(), policy=policy), "p").text("en")


def test_records_that_list_somebody_nearer_than_the_run_do_not_agree(kept: Store) -> None:
    policy = load_policy("vn-3638")
    whole = trace_tiers(kept.slice(), policy=policy)
    table = whole.table
    first = str(table.loc[table["tier_possible"] == 1, "person"].iloc[0])
    assert agrees(whole, whole.people, first)
    assert not agrees(whole, TableColumns.of(table[table["person"] != first]), first)
    assert not agrees(whole, TableColumns.of(table.assign(tier_possible=table["tier_possible"] + 1)), first)
