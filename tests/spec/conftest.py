"""The stores that the behaviour spec runs on. A further store is one more entry in ``STORES``; no case changes."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import settings
from plain_slice import plain_slice
from small_records import assert_same_records, records_of

from graph import Store, open_store
from graph.neo4j.login import Login
from graph.neo4j.server import DEFAULT_VERSION
from graph.neo4j.server.java import find_java, java_need
from graph.neo4j.store import Neo4jStore
from tests.fixtures_neo4j import NEWEST_VERSION, Need, Neo4jServer, started
from tracing.model.contactgraph import ContactGraph


class StoreFactory(Protocol):
    """Makes empty stores, one after the other, and opens one again."""

    def __call__(self) -> Store:
        """Return a new, empty store. The case closes it."""
        ...

    def reopen(self, store: Store) -> Store:
        """Close ``store`` and return the same one, opened afresh."""
        ...

    def examples(self, number: int) -> settings:
        """Return the settings of a property test with ``number`` examples; fewer where each takes seconds."""
        ...


class EmbeddedStores:
    """Embedded stores in one folder. Each is a copy of an empty one, which is quicker than making it."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._folder: Path = request.getfixturevalue("tmp_path")
        self._numbers = itertools.count()
        self._paths: dict[int, Path] = {}
        open_store(self._folder / "empty.duckdb").close()

    def __call__(self) -> Store:
        path = self._folder / f"{next(self._numbers)}.duckdb"
        shutil.copy(self._folder / "empty.duckdb", path)
        return self._open(path)

    def reopen(self, store: Store) -> Store:
        store.close()
        return self._open(self._paths[id(store)])

    def examples(self, number: int) -> settings:
        return settings(max_examples=number)

    def _open(self, path: Path) -> Store:
        store = open_store(path, create=False, threads=1)
        self._paths[id(store)] = path
        return store


class Neo4jStores:
    """Databases of a Neo4j server. The free edition has one per server, so a second store open at the same time is on
    a second server. The constraints and indexes stay from case to case."""

    servers = ("neo4j_server", "neo4j_second_server")

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._request = request
        self._open_at: dict[str, Store] = {}

    def __call__(self) -> Store:
        free = next(s for s in self.servers if s not in self._open_at or self._open_at[s]._driver is None)
        server: Neo4jServer = self._request.getfixturevalue(free)
        with server.driver() as driver, driver.session() as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
        return self._connect(free, server)

    def reopen(self, store: Store) -> Store:
        store.close()
        name = next(name for name, opened in self._open_at.items() if opened is store)
        return self._connect(name, self._request.getfixturevalue(name))

    def examples(self, number: int) -> settings:
        return settings(max_examples=max(number // 4, 3))

    def _connect(self, name: str, server: Neo4jServer) -> Store:
        self._open_at[name] = Neo4jStore(server.uri, login=Login(server.user, server.password))
        return self._open_at[name]


class Neo4jStores2026(Neo4jStores):
    """The same on the newest version."""

    servers = ("neo4j_server_2026", "neo4j_server")


@pytest.fixture(scope="session")
def neo4j_second_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, need: Need
) -> Iterator[Neo4jServer]:
    """The session's server of the newest version, for the few cases that compare two stores; else one more."""
    if find_java(java_need(NEWEST_VERSION)) is not None:
        yield request.getfixturevalue("neo4j_server_2026")
        return
    with started(tmp_path_factory.mktemp("neo4j-second") / "home", DEFAULT_VERSION, need) as server:
        yield server


STORES: dict[str, Callable[[pytest.FixtureRequest], StoreFactory]] = {
    "embedded": EmbeddedStores,
    "neo4j": Neo4jStores,
    "neo4j_2026": Neo4jStores2026,
}
#: Marks of the stores that need a part of their own, such as a server.
MARKS: dict[str, tuple[pytest.MarkDecorator, ...]] = {
    "neo4j": (pytest.mark.neo4j,),
    "neo4j_2026": (pytest.mark.neo4j,),
}


@pytest.fixture(params=[pytest.param(name, marks=MARKS.get(name, ())) for name in STORES])
def store_factory(request: pytest.FixtureRequest) -> StoreFactory:
    """Every store in turn, as something that makes empty ones."""
    return STORES[request.param](request)


@pytest.fixture
def store(store_factory: StoreFactory) -> Iterator[Store]:
    """An empty store."""
    with store_factory() as opened:
        yield opened


@pytest.fixture
def sliced(store: Store) -> Callable[[dict[str, Any]], Callable[..., ContactGraph]]:
    """Write rows, then give a function that slices them and checks the answer against the plain reference."""

    def write(tables: dict[str, Any]) -> Callable[..., ContactGraph]:
        records = records_of(tables)
        store.write(records)

        def ask(**question: Any) -> ContactGraph:
            graph = store.slice(**question)
            wanted, focus = plain_slice(records, **question)
            assert_same_records(graph.records, wanted)
            assert graph.focus == focus
            return graph

        return ask

    return write
