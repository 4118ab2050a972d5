"""Ready queries where people and places stand under several ids: answers as on records in which each stands once."""

from __future__ import annotations

from typing import Any

import pytest
from small_records import JULY, records_of

from cli.use_cases.tiers import run_of
from graph import open_store
from graph.neo4j.queries import ask_query, find_query, list_queries
from graph.neo4j.results import write_results
from graph.neo4j.store import Neo4jStore
from tracing.identity.decisions import JOIN, NOTE, PEOPLE, PLACES, Decision
from tracing.identity.unite import unite
from tracing.model.contactgraph import build_contact_graph
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers
from tracing.zones.zones import suggest_zones

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
DAY = 86_400
PAIRS = [("BN1", "K1"), ("BN2", "K6"), ("K2", "K7"), ("K3", "K8")]
PLACE_PAIRS = [("bus", "the bus")]
TABLES: dict[str, Any] = {
    "persons": [
        {"person": "BN1", "household": "a", "area": "A"},
        {"person": "BN2", "household": "b"},
        {"person": "K2", "household": "a", "area": "A"},
        {"person": "K3", "household": "c"},
        {"person": "K9", "household": "b", "area": "B"},
        {"person": "K1", "area": "B"},
        {"person": "K6", "area": "A"},
        {"person": "K7"},
        {"person": "K8", "area": "B"},
    ],
    "cases": [
        {"person": "BN1", "case_code": "1", "onset": JULY, "sample": JULY},
        {"person": "BN2", "case_code": "2", "onset": JULY, "sample": JULY},
    ],
    "contacts": [
        {"contact": "c1", "person_a": "BN1", "person_b": "K2", "start": JULY, "kind": "household"},
        {"contact": "c2", "person_a": "K1", "person_b": "K3", "start": JULY + 600, "kind": "work", "place": "bus"},
        {"contact": "c3", "person_a": "K6", "person_b": "K7", "start": JULY + 900, "kind": "work"},
        {"contact": "c4", "person_a": "BN2", "person_b": "K9", "start": JULY + 900, "kind": "household"},
        {"contact": "c5", "person_a": "K1", "person_b": "K9", "start": JULY + 900, "kind": "work"},
        {"contact": "c6", "person_a": "K6", "person_b": "K8"},
        {"contact": "c7", "person_a": "K2", "person_b": "K7"},
    ],
    "areas": [{"area": code, "level": "commune", "name": code} for code in ("A", "B")],
    "visits": [
        {"visit": "v1", "person": "K7", "place": "bus", "start": JULY, "end": JULY + 3600},
        {"visit": "v2", "person": "K8", "place": "the bus", "start": JULY, "end": JULY + 3600},
        {"visit": "v3", "person": "K2", "place": "the bus", "start": JULY + 1800, "end": JULY + 3600},
        {"visit": "v4", "person": "K6", "place": "bus", "start": JULY + 2400, "end": JULY + 3600},
        {"visit": "v5", "person": "BN1", "place": "the bus", "start": JULY + 2400, "end": JULY + 3600},
        {"visit": "v6", "person": "K9", "place": "bus", "start": JULY + 2400, "end": JULY + 3600},
    ],
    "places": [{"place": "bus"}, {"place": "the bus", "area": "B", "name": "The bus", "kind": "bus"}],
    "tests": [{"test": "t1", "person": "K8", "sample": JULY + DAY, "result": "positive"}],
    "isolations": [
        {"isolation": "i1", "person": "K7", "start": JULY + DAY},
        {"isolation": "i2", "person": "K1", "start": JULY + DAY},
    ],
    "arrivals": [{"arrival": "a1", "person": "K6", "arrived": JULY, "origin": "Elsewhere", "vehicle": "the bus"}],
    "links": [{"link": "l1", "source": "K1", "target": "K6"}],
}
PERIOD = {"since": "2021-06-01", "until": "2021-08-01"}
ASKED: dict[str, dict[str, Any]] = {
    "arrivals-from": {"origin": "elsewhere", **PERIOD},
    "bridges-between-areas": PERIOD,
    "cases-isolated-late": {"days": 0},
    "cases-without-source": {},
    "chain-backward": {"case": "BN2"},
    "chain-forward": {"case": "BN1"},
    "clusters": {},
    "crossed-from-area": {"area": "A", **PERIOD},
    "crossed-from-zone": {"step": 1, **PERIOD},
    "f1-not-isolated": {},
    "f1-not-tested": {},
    "positives-among-f1": {},
    "household-contacts": {},
    "met-most-cases": {"minimum": 1},
    "met-on-day": {"person": "K2", **PERIOD},
    "minutes-with-cases": {"minimum": 1},
    "path-in-time": {"source": "BN1", "target": "BN2", **PERIOD},
    "people-aboard": {"vehicle": "bus"},
    "people-at-place": {"place": "bus", **PERIOD},
    "places-by-share-of-cases": {"minimum": 1},
    "places-of-several-cases": {"minimum": 2},
    "shared-contacts": {"case_a": "BN1", "case_b": "BN2", **PERIOD},
    "spreading-events": {"minimum": 1},
    "tier-by-area": {},
    "undated-contacts": {},
}


def answers(store: Neo4jStore, records: Records) -> dict[str, set[str]]:
    """Write the records and what is traced on them; return every answer as a set of rows."""
    tiers = trace_tiers(build_contact_graph(unite(records, PAIRS, places=PLACE_PAIRS)), policy=load_policy("vn-3638"))
    assert write_results(store, run_of(tiers), tiers=tiers)
    assert write_results(store, run_of(tiers, command="zones"), zones=suggest_zones(tiers))
    told = {}
    for name, values in ASKED.items():
        rows = ask_query(store, find_query(name), values).to_dicts()
        left = ("household", "area", "born")  # of a person of several ids one of the values is shown
        told[name] = {str({k: v for k, v in row.items() if k not in left}) for row in rows}
    return told


def test_answers_are_those_of_one_person(neo4j_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
    records, found = records_of(TABLES), []
    assert set(ASKED) == {query.name for query in list_queries()}
    for written in (records, unite(records, PAIRS, places=PLACE_PAIRS)):
        neo4j_server.empty()
        with open_store(neo4j_server.uri) as store:
            assert isinstance(store, Neo4jStore)
            store.write(written)
            if written is records:
                said = [(pair, PEOPLE) for pair in PAIRS] + [(pair, PLACES) for pair in PLACE_PAIRS]
                for number, (pair, of) in enumerate(said, 1):
                    decision = Decision(number=number, what=JOIN, people=pair, who="test", at=0, of=of)
                    store.save_note(NOTE, *decision.to_note())
                store.show_identity()
            found.append(answers(store, records))
    joined, united = found
    assert {name: rows for name, rows in joined.items() if rows != united[name]} == {}
    assert [name for name, rows in united.items() if not rows] == []
