"""Constraints and indexes end up whole, whoever makes them at the same time and whatever an earlier attempt left."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from neo4j.exceptions import TransientError

from graph import Run
from graph.neo4j import schema
from graph.neo4j.login import Login
from graph.neo4j.model import constraints, indexes
from graph.neo4j.results import SCHEMA, write_results
from graph.neo4j.rows import Runner
from graph.neo4j.store import Neo4jStore
from tests.fixtures_neo4j import Neo4jServer
from tracing.errors import StoreError

pytestmark = pytest.mark.neo4j
AT_ONCE = 4
OF_STORE = constraints() | indexes()
OF_ALL = OF_STORE | SCHEMA


def assert_complete(server: Neo4jServer, wanted: dict[str, str]) -> None:
    shown = server.run("SHOW INDEXES YIELD name, state, owningConstraint")
    ours = {row["name"]: row for row in shown if row["name"].startswith("truyvet_")}
    assert ours.keys() == wanted.keys()
    assert {row["state"] for row in ours.values()} == {"ONLINE"}
    unique = {name for name, cypher in wanted.items() if "CONSTRAINT" in cypher}
    assert {name for name, row in ours.items() if row["owningConstraint"]} == unique
    assert [row["n"] for row in server.run("MATCH (s:TruyVetStore) RETURN count(s) AS n")] == [1]


def use(server: Neo4jServer, *, results: str | None = None) -> None:
    """Open and close the store; with ``results``, write those of a run in between."""
    with Neo4jStore(server.uri, login=Login(server.user, server.password)) as store:
        if results is not None:
            run = Run.build("tiers", inputs=results, version="0", tables={}, policy="vn-3638")
            assert write_results(store, run)


def at_once(work: Callable[[int], None]) -> None:
    ready = Barrier(AT_ONCE)

    def begin(turn: int) -> None:
        ready.wait()
        work(turn)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(begin, range(AT_ONCE)))


def test_first_uses_at_once_make_one_store(each_neo4j_server: Neo4jServer) -> None:
    each_neo4j_server.empty()
    at_once(lambda _: use(each_neo4j_server))
    assert_complete(each_neo4j_server, OF_STORE)


def test_first_results_at_once_are_all_there(each_neo4j_server: Neo4jServer) -> None:
    each_neo4j_server.empty()
    at_once(lambda turn: use(each_neo4j_server, results=str(turn)))
    assert_complete(each_neo4j_server, OF_ALL)
    done = each_neo4j_server.run("MATCH (r:Run) WHERE r.results = 'done' RETURN count(r) AS n")
    assert done[0]["n"] == AT_ONCE


@pytest.mark.parametrize("name", ["truyvet_store", "truyvet_contact", "truyvet_zone"])
@pytest.mark.parametrize("leave", ["an index without its constraint", "nothing"])
def test_what_is_missing_is_made_again(neo4j_server: Neo4jServer, name: str, leave: str) -> None:
    """A killed server leaves the index of a constraint that it was making."""
    neo4j_server.empty()
    use(neo4j_server, results="first")
    neo4j_server.run(f"DROP CONSTRAINT {name}")
    if leave != "nothing":
        made = OF_ALL[name].replace("CREATE CONSTRAINT", "CREATE RANGE INDEX")
        pattern, _, key = made.partition(" REQUIRE ")
        neo4j_server.run(f"{pattern} ON {key.removesuffix(' IS UNIQUE')}")
    use(neo4j_server, results="second")
    assert_complete(neo4j_server, OF_ALL)


def test_a_lock_that_whoever_renews_a_lease_was_in_the_way_of_is_asked_for_again(
    neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first to open what the offline importer wrote renews a lease meanwhile: the server broke one of them off."""
    neo4j_server.empty()
    asked: list[str] = []
    really = schema.run

    def broken_off(runner: Runner, cypher: str, **parameters: Any) -> Any:
        if "s.madeBy" in cypher:
            asked.append(cypher)
            if len(asked) < 3:
                raise TransientError("deadlock detected")
        return really(runner, cypher, **parameters)

    monkeypatch.setattr(schema, "run", broken_off)
    use(neo4j_server)
    assert len(asked) == 3
    assert_complete(neo4j_server, OF_STORE)


def test_a_server_that_never_answers_is_given_up(neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen on a server whose checkpoint began in the instant of a constraint: neither that nor a failure ever came."""
    neo4j_server.empty()
    answer = Event()
    really = schema.run

    def stuck(runner: Runner, cypher: str, **parameters: Any) -> Any:
        if cypher.startswith("CREATE ") and "truyvet_case" in cypher:
            answer.wait()
        return really(runner, cypher, **parameters)

    monkeypatch.setattr(schema, "run", stuck)
    monkeypatch.setattr(schema, "LOOKED_AFTER", 0.1)
    monkeypatch.setattr(schema, "UNANSWERED", 2.0)
    try:
        with pytest.raises(StoreError, match="stopped answering"):
            use(neo4j_server)
    finally:
        answer.set()
        for thread in threading.enumerate():
            if thread.name == "truyvet-schema":
                thread.join(60)  # its connection is closed, but what it asked for last may still come to be
    monkeypatch.undo()
    use(neo4j_server)
    assert_complete(neo4j_server, OF_STORE)


def test_indexes_of_others_are_left(neo4j_server: Neo4jServer) -> None:
    neo4j_server.empty()
    use(neo4j_server)
    neo4j_server.run("CREATE RANGE INDEX of_others IF NOT EXISTS FOR (x:Elsewhere) ON (x.name)")
    try:
        neo4j_server.run("DROP INDEX truyvet_contact_start")
        use(neo4j_server)
        assert_complete(neo4j_server, OF_STORE)
        assert neo4j_server.run("SHOW INDEXES YIELD name WHERE name = 'of_others'")
    finally:
        neo4j_server.run("DROP INDEX of_others")
