"""What several tests on a real server begin with: a few records, or a small province with its results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from query_answers import (
    World,
    province,
)
from small_records import records_of

from cli.use_cases.tiers import run_of
from graph import open_store
from graph.neo4j.results import write_results
from graph.neo4j.store import Neo4jStore
from tracing.chains.chains import trace_chains
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers
from tracing.zones.zones import suggest_zones


@pytest.fixture
def keep(neo4j_server: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], str]:
    """Give what puts tables, and nothing else, on the server, and returns its address; the login is known."""
    monkeypatch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)

    def kept(tables: dict[str, Any]) -> str:
        neo4j_server.run("MATCH (n) DETACH DELETE n")
        with open_store(neo4j_server.uri) as store:
            store.write(records_of(tables))
        return str(neo4j_server.uri)

    return kept


@pytest.fixture(scope="module")
def world(neo4j_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    neo4j_server.empty()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
        patch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
        with (
            open_store(neo4j_server.uri) as store,
            open_store(tmp_path_factory.mktemp("embedded") / "truyvet.duckdb") as embedded,
        ):
            assert isinstance(store, Neo4jStore)
            for each in (store, embedded):
                each.write(province())
            graph = embedded.slice()
            tiers = trace_tiers(graph, policy=load_policy("vn-3638"))
            chains, zones = trace_chains(graph, tiers=tiers), suggest_zones(tiers)
            kept = run_of(tiers)
            assert write_results(store, kept, tiers=tiers)
            assert write_results(store, run_of(tiers, command="zones"), zones=zones)
            yield World(store, embedded, graph.records, tiers, chains, zones, kept.id)
