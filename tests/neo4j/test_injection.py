"""Ids, names, codes and place names that are Cypher: kept as they are, found as they are, never run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from cli.main import run as truyvet
from graph import open_store
from graph.neo4j.queries import ask_query, find_query, list_queries
from graph.neo4j.results import write_results
from graph.neo4j.store import Neo4jStore
from tracing.chains.chains import trace_chains
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers
from tracing.times import DAY, HOUR
from tracing.zones.parameters import ZoneParameters
from tracing.zones.zones import suggest_zones

from small_records import JULY, records_of  # isort: skip
from cli.use_cases.tiers import run_of

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

EVIL = (
    "x'}) DETACH DELETE n //",
    'x"}) MATCH (n) DETACH DELETE n //',
    "`}) MATCH (n) DETACH DELETE n //",
    "$case",
    "$people",
    "{person: 'P-1'}",
    "' OR 1=1 WITH 1 AS x MATCH (n) SET n:Owned //",
    "}) CALL { CREATE (:Owned) } //",
    "LOAD CSV FROM 'file:///etc/passwd' AS x CREATE (:Owned)",
    "\\u0027}) CREATE (:Owned) //",
    "\\",
    "Person`:Owned",
    "\u2019; CREATE (:Owned); //",
    "\x1b]0;title\x07\x1b[2J",
)


@cache
def evil_records() -> Records:
    """An outbreak in which everything that has a name is called something evil."""
    persons, cases, contacts, visits, places, areas, links, tests = ([] for _ in range(8))
    for i, evil in enumerate(EVIL):
        other = EVIL[(i + 1) % len(EVIL)]
        at = JULY + i * HOUR
        persons.append({"person": evil, "name": evil, "area": evil, "household": evil, "address": evil, "phone": evil})
        places.append({"place": evil, "name": evil, "kind": evil, "area": evil})
        areas.append({"area": evil, "name": evil, "level": "group", "parent": other, "population": 10})
        contacts.append(
            {
                "contact": f"c {evil}",
                "person_a": evil,
                "person_b": other,
                "start": at,
                "end": at + HOUR,
                "place": evil,
                "kind": "household",
                "reported_by": evil,
            }
        )
        visits.append({"visit": f"v {evil}", "person": evil, "place": other, "start": at + DAY, "seat": evil})
        tests.append({"test": evil, "person": evil, "sample": at + 3 * DAY, "result": "positive", "pool": evil})
        if i % 3 == 0:
            cases.append({"person": evil, "case_code": f"code {evil}", "onset": at + DAY, "outcome": evil})
            links.append({"link": evil, "source": evil, "target": EVIL[(i + 3) % len(EVIL)], "kind": evil})
    return records_of(
        {
            "persons": persons,
            "cases": cases,
            "contacts": contacts,
            "visits": visits,
            "places": places,
            "areas": areas,
            "links": links,
            "tests": tests,
        }
    )


@pytest.fixture(scope="module")
def store(neo4j_server: Any) -> Iterator[Neo4jStore]:
    neo4j_server.empty()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
        patch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
        with open_store(neo4j_server.uri) as opened:
            assert isinstance(opened, Neo4jStore)
            opened.write(evil_records())
            yield opened


@pytest.fixture(autouse=True)
def unharmed(store: Neo4jStore) -> Iterator[None]:
    """After every test: the records are as they were, and no label, type or property came that is not the model's."""
    yield
    assert store.read().content_hash() == evil_records().content_hash()
    with store.session(access="READ") as session:
        labels = {r[0] for r in session.run("CALL db.labels()").values()}
        types = {r[0] for r in session.run("CALL db.relationshipTypes()").values()}
    assert all(name.isidentifier() for name in labels | types)
    assert "Owned" not in labels


def test_slices(store: Neo4jStore) -> None:
    everything = evil_records()
    for evil in EVIL:
        for selected in ({"people": [evil]}, {"places": [evil], "steps": 1}, {"areas": [evil]}):
            graph = store.slice(**selected)
            assert evil in set(graph.records.persons["person"]) | set(graph.records.places["place"])
    codes = list(everything.cases["case_code"])
    assert set(store.slice(cases=codes).records.cases["case_code"]) == set(codes)


def test_results(store: Neo4jStore) -> None:
    tiers = trace_tiers(store.slice(), policy=load_policy("vn-3638"))
    zones = suggest_zones(tiers, parameters=ZoneParameters(smallest="household"))
    assert write_results(store, run_of(tiers), tiers=tiers, chains=trace_chains(tiers.graph, tiers=tiers), zones=zones)


def values_for(name: str, evil: str, case: str) -> dict[str, Any]:
    """Something evil for every parameter that takes text; a period and the defaults for the others."""
    kinds = {"case": case, "text": evil, "person": evil, "place": evil, "area": evil}
    values: dict[str, Any] = {p.name: kinds[p.type] for p in find_query(name).parameters if p.type in kinds}
    times = {"from": "2021-06-30", "until": "2021-07-30"}
    return values | {p.name: times[p.type] for p in find_query(name).parameters if p.type in times}


@pytest.fixture(scope="module")
def with_tiers(store: Neo4jStore) -> Neo4jStore:
    """The store with the tiers in it."""
    tiers = trace_tiers(store.slice(), policy=load_policy("vn-3638"))
    write_results(store, run_of(tiers), tiers=tiers)
    return store


@pytest.mark.parametrize("name", [q.name for q in list_queries() if q.needs != "zones"])
def test_queries(with_tiers: Neo4jStore, name: str) -> None:
    store, found = with_tiers, 0
    for evil in EVIL:
        found += len(ask_query(store, find_query(name), values_for(name, evil, EVIL[0])).rows)
    takes_places_or_people = {"people-at-place", "met-on-day", "crossed-from-area"}
    assert found or name not in takes_places_or_people


def test_the_terminal_is_not_steered(store: Neo4jStore, capsys: pytest.CaptureFixture[str]) -> None:
    address = ["--store", str(store.address)]
    asked = ["query", "met-on-day", "-p", f"person={EVIL[-1]}", "-p", "since=2021-06-30", "-p", "until=2021-07-30"]
    assert truyvet([*asked, *address]) == 0
    assert "\x1b]" not in capsys.readouterr().out
    assert truyvet(["query", "--show", EVIL[0], *address]) == 2
    assert truyvet(["neo4j", "runs", "delete", EVIL[0], *address]) == 3


@pytest.mark.parametrize("database", ["neo4j`; DROP DATABASE neo4j", "neo4j/../system", "x' OR '1'='1"])
def test_a_database_name_is_only_a_name(store: Neo4jStore, database: str) -> None:
    assert truyvet(["tiers", "--store", f"{store.address}/{database}"]) in (2, 6)
