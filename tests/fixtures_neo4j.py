"""Fixtures that give a test a real Neo4j server on this machine's loopback address.

``tests/conftest.py`` makes them known to every test, and it alone: a second import into another conftest would be a
second fixture, with a second server in the same session.

Give every test that uses one the mark ``neo4j``, so that all of them share one server in one process under
``--dist loadgroup``; under any other distribution each process has a server of its own.

``neo4j_server``
    One server for the whole session: the one at ``TRUYVET_TEST_NEO4J_URI`` (``…_USER``, ``…_PASSWORD``) if that is
    set, else Neo4j 5.26 started from Maven. Call ``empty()`` before a test that counts what is there. The one that
    is named must be empty, is emptied again in the end, and serves one process only.
``neo4j_server_2026``
    The same with Neo4j 2026.09, where a Java that it runs on is found.
``each_neo4j_server``
    A test that asks for it runs on both.
``start_neo4j``
    ``start_neo4j(version=…, settings=…, home=…)`` starts one more, which ends with the test: for tests that kill or
    starve it.

Without Java or Maven the tests skip with a sentence that says what is missing; with CI=true they fail. Only
Neo4j 2026.09 may be absent there too, if there is no Java 21.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.neo4j.server import DEFAULT_VERSION, ManagedServer, Memory, read_password
from graph.neo4j.server.jars import get_distribution
from graph.neo4j.server.java import find_java, java_need
from tracing.errors import StoreError

NEWEST_VERSION = "2026.09.0"
SMALL = Memory(heap_mb=768, page_cache_mb=128)
# Half the work of a start, but slower in the long run: for a server that a test starts for itself.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# Little disk; and no checkpoint every quarter of an hour: one that began in the instant in which a constraint was made
# has kept a server from ever answering (graph/neo4j/schema.py).
SETTINGS = {"db.tx_log.rotation.size": "16m", "db.checkpoint.interval.time": "6h"}

__all__ = ["each_neo4j_server", "neo4j_server", "neo4j_server_2026", "start_neo4j"]

Need = Callable[[object, str], None]


@dataclass
class Neo4jServer:
    """A running server that tests may write to as they like.

    ``managed`` and ``home`` are None for a server that somebody else runs.
    """

    uri: str
    user: str
    password: str
    version: str
    home: Path | None = None
    managed: ManagedServer | None = None

    @property
    def auth(self) -> tuple[str, str]:
        return self.user, self.password

    def driver(self, **options: Any) -> AbstractContextManager[neo4j.Driver]:
        return neo4j.GraphDatabase.driver(self.uri, auth=self.auth, **options)

    def run(self, query: str, **parameters: Any) -> list[neo4j.Record]:
        with self.driver() as driver:
            return driver.execute_query(query, parameters).records

    def empty(self) -> None:
        """Remove all data, constraints and indexes."""
        with self.driver() as driver, driver.session() as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
            for name in [record["name"] for record in session.run("SHOW CONSTRAINTS YIELD name")]:
                session.run(f"DROP CONSTRAINT `{name}` IF EXISTS").consume()
            shown = session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'")
            for name in [record["name"] for record in shown]:
                session.run(f"DROP INDEX `{name}` IF EXISTS").consume()

    def kill(self) -> None:
        """End the server with kill -9."""
        self._own().kill()

    def stop(self) -> None:
        """End the server in order."""
        self._own().down()

    def restart(self) -> None:
        """Start the server again after ``kill`` or ``stop``, with the same data, at the same address."""
        state = self._own().up()
        assert state.uri == self.uri

    def _own(self) -> ManagedServer:
        if self.managed is None:
            pytest.skip("The server at TRUYVET_TEST_NEO4J_URI is not ours to stop; use start_neo4j.")
        return self.managed


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory, need: Need) -> Iterator[Neo4jServer]:
    """Give the session's Neo4j server, the long-term version or the one that the environment names."""
    if uri := os.environ.get("TRUYVET_TEST_NEO4J_URI"):
        given = _given_server(uri)
        yield given
        given.empty()
        return
    with started(tmp_path_factory.mktemp("neo4j") / "home", DEFAULT_VERSION, need) as server:
        yield server


@pytest.fixture(scope="session")
def neo4j_server_2026(tmp_path_factory: pytest.TempPathFactory, need: Need) -> Iterator[Neo4jServer]:
    """Give the session's Neo4j server of the newest version."""
    skip_without_java(NEWEST_VERSION)
    with started(tmp_path_factory.mktemp("neo4j-2026") / "home", NEWEST_VERSION, need) as server:
        yield server


@pytest.fixture(params=["neo4j_server", "neo4j_server_2026"], ids=["lts", "2026"])
def each_neo4j_server(request: pytest.FixtureRequest) -> Neo4jServer:
    """Run the test on both versions."""
    server: Neo4jServer = request.getfixturevalue(request.param)
    return server


@pytest.fixture
def start_neo4j(tmp_path: Path, need: Need) -> Iterator[Callable[..., Neo4jServer]]:
    """Start servers that end with the test."""
    with ExitStack() as stack:

        def start(version: str = DEFAULT_VERSION, home: Path | None = None, **options: Any) -> Neo4jServer:
            home = home or tmp_path / f"neo4j-{len(list(tmp_path.glob('neo4j-*')))}"
            return stack.enter_context(started(home, version, need, **({"java_options": QUICK} | options)))

        yield start


def skip_without_java(version: str) -> None:
    """Skip if no Java here runs this version, in CI too: that Java is not promised there."""
    required = java_need(version)
    if find_java(required) is None:
        pytest.skip(f"Neo4j {version} needs Java {required.minimum} or newer, and there is none here.")


def need_distribution(version: str, need: Need) -> None:
    """Skip with a sentence (in CI: fail) unless everything to start this version with is here or can be fetched."""
    missing = None
    try:
        get_distribution(version)
    except StoreError as error:
        missing = error.message
    need(missing is None, f"There is no Neo4j server to test with. {missing}")


@contextmanager
def started(home: Path, version: str, need: Need, **options: Any) -> Iterator[Neo4jServer]:
    """Run a server in ``home`` while the context lasts; without what it takes, skip, or fail in CI."""
    need_distribution(version, need)
    options["settings"] = SETTINGS | options.get("settings", {})
    usual = {"bolt_port": 0, "memory": SMALL, "owner_pid": os.getpid()}
    managed = ManagedServer(home, version=version, **(usual | options))
    try:
        state = managed.up()
        yield Neo4jServer(state.uri, state.user, read_password(state), state.version, state.home, managed)
    finally:
        managed.down()
        shutil.rmtree(managed.home)


def _given_server(uri: str) -> Neo4jServer:
    user = os.environ.get("TRUYVET_TEST_NEO4J_USER", "neo4j")
    password = os.environ.get("TRUYVET_TEST_NEO4J_PASSWORD", "")
    with neo4j.GraphDatabase.driver(uri, auth=(user, password)) as driver:
        version = driver.get_server_info().agent.rpartition("/")[2]
        records = driver.execute_query("MATCH (n) RETURN count(n) AS n").records
    if records[0]["n"]:
        pytest.fail("The server at TRUYVET_TEST_NEO4J_URI holds data; the tests would delete them.", pytrace=False)
    return Neo4jServer(uri, user, password, version)
