"""``truyvet why`` through the run that is kept: the words of tracing everything, and never of a run gone stale."""

from __future__ import annotations

from typing import Any

import pytest
from query_answers import World

from cli.options import Settings
from cli.use_cases.evidence import trace_around
from cli.use_cases.tiers import run_of
from graph import Store
from tracing import explain
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
POLICY = load_policy("vn-3638")


@pytest.fixture
def contacts_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many contacts each slice read."""
    read: list[int] = []
    kept = trace_tiers

    def noted(graph: Any, **given: Any) -> Any:
        read.append(len(graph.records.contacts))
        return kept(graph, **given)

    monkeypatch.setattr("tracing.tiers.tiers.trace_tiers", noted)
    return read


def told(store: Store, world: World, person: str) -> dict[str, Any]:
    settings = Settings(policy="vn-3638", quiet=True)
    tiers = trace_around(store, person, policy=POLICY, as_of=world.tiers.as_of, cases=None, settings=settings)
    evidence = explain(tiers, person)
    return evidence.to_dict() | {"vi": evidence.text("vi"), "en": evidence.text("en")}


def whole(world: World, person: str) -> dict[str, Any]:
    evidence = explain(world.tiers, person)
    return evidence.to_dict() | {"vi": evidence.text("vi"), "en": evidence.text("en")}


def test_evidence_from_a_run_is_that_of_everything(world: World, contacts_read: list[int]) -> None:
    listed = world.tiers.table
    people = [str(listed.loc[listed["tier_possible"] == tier, "person"].iloc[0]) for tier in (0, 1, 2, 3)]
    kept = run_of(world.tiers, revision=world.embedded.revision())
    world.embedded.save_run(kept)
    world.store.save_run(run_of(world.tiers, revision=world.store.revision()))
    for person in people:
        found = [told(store, world, person) for store in (world.store, world.embedded)]
        assert found[0] == found[1]
        assert found[0] == whole(world, person)
    assert len(contacts_read) == 2 * len(people), "nothing was traced twice"
    assert min(contacts_read) < len(world.records.contacts) // 2


def test_records_changed_by_hand_are_noticed(world: World, contacts_read: list[int]) -> None:
    with world.store.session() as session:  # as after an offline import
        session.run("MATCH (s:TruyVetStore) REMOVE s.lastOf, s.last").consume()
    world.store.save_run(run_of(world.tiers, revision=world.store.revision()))
    (run,) = [run for run in world.store.runs() if run.command == "tiers"]
    assert world.store.holds_still(run)
    listed = world.tiers.table
    person = str(listed.loc[listed["tier_possible"] == 1, "person"].iloc[0])
    a, b = sorted([person, world.cases[0]])
    with world.store.session() as session:
        both = "MATCH (a:Person {person: $a}) MATCH (b:Person {person: $b})"
        session.run(f"{both} CREATE (a)-[:CONTACT {{contact: 'by hand'}}]->(b)", a=a, b=b).consume()
        try:
            assert not world.store.holds_still(run)
            assert told(world.store, world, person) != whole(world, person)
        finally:
            session.run("MATCH ()-[c:CONTACT {contact: 'by hand'}]->() DELETE c").consume()
    assert world.store.holds_still(run)
    assert told(world.store, world, person) == whole(world, person)
