"""A server to kill, one for all tests that kill one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.neo4j.server import DEFAULT_VERSION
from tests.fixtures_neo4j import QUICK, Need, Neo4jServer, started


@pytest.fixture(scope="package")
def victim(tmp_path_factory: pytest.TempPathFactory, need: Need) -> Iterator[Neo4jServer]:
    """A server of our own to kill."""
    with started(tmp_path_factory.mktemp("victim") / "home", DEFAULT_VERSION, need, java_options=QUICK) as server:
        yield server
