"""A graph to which others added rows that do not fit: a query that may count what no reading counts says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.main import run as truyvet
from graph import open_store
from graph.neo4j.queries import ask_query, find_query
from graph.neo4j.store import Neo4jStore
from tests.fixtures_neo4j import Neo4jServer
from tests.neo4j.test_queries_same import ASKED, TABLES
from tracing.errors import NothingFound, StoreError

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
ENDS = "MATCH (a:Person {person: 'BN1'}), (b:Person {person: 'K9'}), (c:Person {person: 'BN2'}), (d:PlaceDay) "
WITHOUT_KEY = (
    f"{ENDS} WHERE d.place = 'bus' CREATE (a)-[:CONTACT {{place: 'bus', kind: 'household'}}]->(b), "
    "(b)-[:CONTACT {place: 'bus'}]->(c), (a)-[:LINK]->(b), (b)-[:VISITED {start: 0, stayTo: 2000000000}]->(d), "
    "(b)-[:HAS_CASE]->(:Case {onset: 1625072400})"
)
NATIVE = (
    f"{ENDS} WITH *, datetime('2021-07-01T07:00+07:00') AS at WHERE d.place = 'bus' CREATE "
    "(a)-[:CONTACT {contact: 'o', place: 'bus', kind: 'household', start: at}]->(b), "
    "(a)-[:LINK {link: 'o', date: at}]->(b), (b)-[:VISITED {visit: 'o', start: at, stayTo: at}]->(d), "
    "(b)-[:HAS_CASE]->(:Case {person: 'K9', onset: at, isolated: at})"
)


@pytest.fixture
def address(keep: Callable[[dict[str, Any]], str]) -> str:
    return keep(TABLES)


@pytest.mark.parametrize(("odd", "told"), [(WITHOUT_KEY, {None}), (NATIVE, {"start", "date", "onset"})])
def test_no_query_counts_them_in_silence(
    address: str, neo4j_server: Neo4jServer, odd: str, told: set[str | None]
) -> None:
    neo4j_server.run(odd)
    with open_store(address) as store:
        assert isinstance(store, Neo4jStore)
        store.read()
        left_out = set(store.odd)
        assert {one.column for one in left_out} == told
        for name, values in ASKED.items():
            query = find_query(name)
            wanted = {one for one in left_out if f":{one.kind}" in query.text or f"|{one.kind}" in query.text}
            try:
                assert set(ask_query(store, query, values).odd) == wanted, name
            except NothingFound:
                assert query.needs is not None
            except StoreError as error:
                assert wanted and "do not fit" in str(error), name
        neo4j_server.run(
            "MATCH ()-[r:CONTACT|VISITED|LINK]->() WHERE coalesce(r.contact, r.visit, r.link, 'o') = 'o' DELETE r"
        )
        assert {one.kind for one in ask_query(store, find_query("met-most-cases"), {}).odd} == {"Case"}


def test_it_is_said_in_words_as_json_and_on_the_page(
    address: str, neo4j_server: Neo4jServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["query", "undated-contacts", "--store", address, "--lang", "en"]
    assert truyvet([*asked, "--json"]) == 0
    assert "rows_of_others" not in json.loads(capsys.readouterr().out)
    neo4j_server.run(WITHOUT_KEY)
    assert truyvet(asked) == 0
    assert "Left out: 2 CONTACT without key (" in capsys.readouterr().err
    assert truyvet([*asked, "--json"]) == 0
    assert any("2 CONTACT without key" in one for one in json.loads(capsys.readouterr().out)["rows_of_others"])
    assert truyvet([*asked, "--html", str(tmp_path / "page.html")]) == 0
    assert "2 CONTACT without key" in (tmp_path / "page.html").read_text()


def test_the_last_instant_is_that_of_the_rows_that_fit(address: str, neo4j_server: Neo4jServer) -> None:
    """Also where every time of a table is a native one."""
    neo4j_server.run("MATCH (t:Test) SET t.sample = datetime(), t.sampleTo = datetime()")
    neo4j_server.run("MATCH (n:Person {person: 'BN1'}) CREATE (n)-[:ARRIVED]->(:Arrival {arrived: 2000000000})")
    neo4j_server.run("MATCH ()-[c:CONTACT]->() SET c.start = datetime(), c.startTo = datetime()")
    with open_store(address) as store:
        last = store.read().last_instant()
        assert last is not None and store.last_instant() == last
