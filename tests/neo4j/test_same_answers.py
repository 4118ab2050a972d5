"""Tiers, evidence, chains and zones are the same bytes, whether the records lie in the embedded store or in Neo4j."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph import Store, open_store
from loaders import load_files
from loaders.invented.province import generate_province
from tracing.chains.chains import trace_chains
from tracing.evidence.evidence import explain
from tracing.model.contactgraph import ContactGraph
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import Tiers, trace_tiers
from tracing.zones.zones import suggest_zones

pytestmark = [pytest.mark.neo4j, pytest.mark.slow, pytest.mark.timeout(1800)]

#: A province in which everything occurs; 100,000 people and more by TRUYVET_PROVINCE.
PEOPLE = int(os.environ.get("TRUYVET_PROVINCE") or 2_000)
PERSONS_EXPLAINED = 100
Tables = Callable[[Path], Records]


def of_files(folder: str, *names: str) -> Tables:
    return lambda data: load_files([data / folder / name for name in names]).records


REAL: dict[str, Tables] = {
    "mers": of_files("mers_korea_2015", "linelist.csv", "contacts.csv"),
    "vietnam": of_files("vncovid19", "patients.csv"),
    "covasim": of_files(
        "covasim_5k", "agents.csv", "diagnosed.csv", "reported_contacts.csv", "reported_visits.csv", "venues.csv"
    ),
}


@pytest.fixture
def stores(neo4j_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Store, Store]]:
    """An empty embedded store and an empty one of Neo4j."""
    neo4j_server.empty()
    monkeypatch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
    with open_store(tmp_path / "truyvet.duckdb") as embedded, open_store(neo4j_server.uri) as store:
        yield embedded, store


@pytest.mark.parametrize("name", REAL)
def test_real_outbreaks(name: str, stores: tuple[Store, Store], shared_data: Path) -> None:
    compare(stores, REAL[name](shared_data))


def test_a_province(stores: tuple[Store, Store]) -> None:
    compare(stores, generate_province(people=PEOPLE, seed=11).records)


def compare(stores: tuple[Store, Store], records: Records, *, around: int = 2) -> None:
    """Compare every answer on all records, and on the slices around some cases."""
    for store in stores:
        store.write(records)
    embedded, store = stores
    assert store.last_instant() == embedded.last_instant()
    cases = sorted(records.cases["person"])
    asked = [None, *([case] for case in cases[:: max(len(cases) // around, 1)])]
    for selected in asked:
        wanted, found = answers(embedded, selected), answers(store, selected)
        for key, value in wanted.items():
            same = found[key] == value  # apart, so that pytest does not print megabytes
            assert same, f"{key} differs at {first_difference(found[key], value)} around {selected or 'all'}"


def answers(store: Store, cases: list[str] | None) -> dict[str, bytes]:
    """Return each result as the bytes of its documented JSON."""
    graph: ContactGraph = store.slice() if cases is None else store.slice(cases=cases, steps=4)
    tiers = trace_tiers(graph, policy=load_policy("vn-3638"), as_of=store.last_instant())
    return {
        "tiers": to_bytes(tiers.to_dict()),
        "evidence": to_bytes(list(all_evidence(tiers))),
        "chains": to_bytes(trace_chains(graph, tiers=tiers).to_dict()),
        "zones": to_bytes(suggest_zones(tiers).to_dict()),
    }


def all_evidence(tiers: Tiers) -> Iterator[Any]:
    """Yield the evidence of everybody listed; in a very large outbreak of evenly chosen ones, cases among them."""
    people = tiers.table["person"].tolist()
    most = PERSONS_EXPLAINED if tiers.graph.focus is None else 30
    for person in people[:: max(len(people) // most, 1)]:
        yield explain(tiers, person, otherwise=False).to_dict()
    for person in people[:: max(len(people) // 5, 1)]:
        yield explain(tiers, person).to_dict()


def to_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def first_difference(one: bytes, other: bytes) -> str:
    """Return what stands around the first byte that differs."""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(at - 80, 0) :][:160]!r} and {other[max(at - 80, 0) :][:160]!r}"
