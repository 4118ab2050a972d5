"""What results cost on the disk: each run its own rows and no more; the logs of transactions do not pile up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from query_answers import province

from cli.use_cases.tiers import run_of
from graph.neo4j.login import Login
from graph.neo4j.results import write_results
from graph.neo4j.store import Neo4jStore
from tests.fixtures_neo4j import Neo4jServer
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import Tiers, trace_tiers

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
RUNS = 10
MIB = 1 << 20
LOGS = {"db.tx_log.rotation.size": "1m", "db.tx_log.rotation.retention_policy": "1 days 4M"}
A_ROW = 500
"""Bytes of a relationship with its properties, texts and entries in indexes."""


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def sizes(server: Neo4jServer) -> tuple[int, int]:
    """Bytes of the records and of the logs when all is written down: after an orderly stop."""
    server.stop()
    assert server.home is not None
    found = [size(next(server.home.rglob(f"{name}/neo4j"))) for name in ("databases", "transactions")]
    server.restart()
    return found[0], found[1]


def write_runs(server: Neo4jServer, tiers: Tiers, turns: range) -> None:
    with Neo4jStore(server.uri, login=Login(server.user, server.password)) as store:
        for turn in turns:
            assert write_results(store, run_of(tiers, options={"turn": turn}), tiers=tiers)


def test_ten_runs_cost_their_own_rows(start_neo4j: Callable[..., Neo4jServer]) -> None:
    server = start_neo4j(settings=LOGS)
    with Neo4jStore(server.uri, login=Login(server.user, server.password)) as store:
        store.write(province())
        tiers = trace_tiers(store.slice(), policy=load_policy("vn-3638"))
    write_runs(server, tiers, range(1))
    first, _logs = sizes(server)
    write_runs(server, tiers, range(1, RUNS + 1))
    last, logs = sizes(server)
    rows = len(tiers.table) + len(tiers.parents)
    assert 0 < last - first < RUNS * rows * A_ROW
    assert logs < 8 * MIB
