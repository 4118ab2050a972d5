"""A load of many transactions is taken back in many, can be broken off, and leaves the graph as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from neo4j_graph import assert_same_graph, graph_of
from small_records import assert_same_records

from graph import LoadEntry
from graph.neo4j import undo
from graph.neo4j.login import Login
from graph.neo4j.rows import Runner
from graph.neo4j.store import Neo4jStore
from loaders.invented.province import generate_province
from tests.fixtures_neo4j import Neo4jServer
from tracing.errors import NothingFound, SafetyError
from tracing.model.records import Records

pytestmark = pytest.mark.neo4j
BATCH = 100


@pytest.fixture(scope="module")
def parts() -> tuple[Records, Records]:
    """What was there before and what the load brings, which names much of it again."""
    whole = generate_province(people=80, days=10, seed=3).records
    first = {name: frame.iloc[::3].reset_index(drop=True) for name, frame in whole.tables.items()}
    first["persons"] = first["persons"].assign(name=None).astype(whole.persons.dtypes.to_dict())
    return Records(first, whole.zone), whole


@pytest.fixture
def store(neo4j_server: Neo4jServer) -> Iterator[Neo4jStore]:
    neo4j_server.run("MATCH (n) DETACH DELETE n")
    with Neo4jStore(neo4j_server.uri, login=Login(neo4j_server.user, neo4j_server.password), batch=BATCH) as opened:
        yield opened


def load(files: str = "a.csv") -> LoadEntry:
    return LoadEntry.build(who="night shift", files={files: "0" * 32})


def test_a_large_load_is_taken_back_to_the_same_graph(
    store: Neo4jStore, neo4j_server: Neo4jServer, parts: tuple[Records, Records]
) -> None:
    before, whole = parts
    store.write(before)
    graph, kept = graph_of(neo4j_server), store.read()
    report = store.write(whole, load=load())
    assert report.new > BATCH and report.completed > 0
    taken = store.undo_load()
    assert sum(one.new for one in taken.counts.values()) == report.new
    assert sum(one.completed for one in taken.counts.values()) == report.completed
    assert_same_records(store.read(), kept)
    assert_same_graph(graph_of(neo4j_server), graph)


def test_one_that_is_broken_off_goes_on_and_nothing_is_written_before(
    store: Neo4jStore, parts: tuple[Records, Records], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, whole = parts
    store.write(before)
    kept = store.read()
    report = store.write(whole, load=load())
    take_back, done = undo._undo_next, []

    def stop(runner: Runner, undo: Any) -> bool:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(undo)
        return take_back(runner, undo)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(undo, "_undo_next", stop)
        store.undo_load()
    with pytest.raises(SafetyError):
        store.write(before)
    taken = store.undo_load()
    assert sum(one.new for one in taken.counts.values()) == report.new
    assert_same_records(store.read(), kept)
    with pytest.raises(NothingFound):
        store.undo_load()


def test_a_load_that_was_broken_off_and_run_again_is_one_load(
    store: Neo4jStore, parts: tuple[Records, Records]
) -> None:
    before, whole = parts
    store.write(before)
    kept = store.read()

    def stop(table: str, done: int, total: int) -> None:
        if table == "contacts":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.write(whole, load=load(), progress=stop)
    assert [one.finished for one in store.loads()] == [False]
    store.write(whole, load=load())
    assert [one.finished for one in store.loads()] == [True]
    store.undo_load()
    assert_same_records(store.read(), kept)
