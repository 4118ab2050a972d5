"""Constraints and indexes end up whole, whoever makes them at the same time and whatever an earlier attempt left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from graph.neo4j_login import Login
from graph.neo4j_model import constraints, indexes
from graph.neo4j_store import Neo4jStore
from tests.fixtures_neo4j import Neo4jServer

pytestmark = pytest.mark.neo4j
AT_ONCE = 4


def assert_complete(server: Neo4jServer) -> None:
    shown = server.run("SHOW INDEXES YIELD name, state, owningConstraint")
    ours = {row["name"]: row for row in shown if row["name"].startswith("truyvet_")}
    assert ours.keys() == (constraints() | indexes()).keys()
    assert {row["state"] for row in ours.values()} == {"ONLINE"}
    assert {name for name, row in ours.items() if row["owningConstraint"]} == constraints().keys()
    assert [row["n"] for row in server.run("MATCH (s:TruyVetStore) RETURN count(s) AS n")] == [1]


def open_and_close(server: Neo4jServer) -> None:
    with Neo4jStore(server.uri, login=Login(server.user, server.password)):
        pass


def test_first_uses_at_once_make_one_store(each_neo4j_server: Neo4jServer) -> None:
    each_neo4j_server.empty()
    ready = Barrier(AT_ONCE)

    def first_use(_: int) -> None:
        ready.wait()
        open_and_close(each_neo4j_server)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(first_use, range(AT_ONCE)))
    assert_complete(each_neo4j_server)


@pytest.mark.parametrize("name", ["truyvet_store", "truyvet_contact"])
@pytest.mark.parametrize("leave", ["an index without its constraint", "nothing"])
def test_what_is_missing_is_made_again(neo4j_server: Neo4jServer, name: str, leave: str) -> None:
    """A killed server leaves the index of a constraint that it was making."""
    open_and_close(neo4j_server)
    neo4j_server.run(f"DROP CONSTRAINT {name}")
    if leave != "nothing":
        made = constraints()[name].replace("CREATE CONSTRAINT", "CREATE RANGE INDEX")
        pattern, _, key = made.partition(" REQUIRE ")
        neo4j_server.run(f"{pattern} ON {key.removesuffix(' IS UNIQUE')}")
    open_and_close(neo4j_server)
    assert_complete(neo4j_server)


def test_indexes_of_others_are_left(neo4j_server: Neo4jServer) -> None:
    open_and_close(neo4j_server)
    neo4j_server.run("CREATE RANGE INDEX of_others IF NOT EXISTS FOR (x:Elsewhere) ON (x.name)")
    try:
        neo4j_server.run("DROP INDEX truyvet_contact_start IF EXISTS")
        open_and_close(neo4j_server)
        assert_complete(neo4j_server)
        assert neo4j_server.run("SHOW INDEXES YIELD name WHERE name = 'of_others'")
    finally:
        neo4j_server.run("DROP INDEX of_others IF EXISTS")
