"""A graph of somebody else's comes in like a list: Neo4j's own contact-tracing example, its shape made here."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.main import run as truyvet
from graph import open_store
from tests.fixtures_neo4j import Neo4jServer

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
PAGE = Path(__file__).parents[2] / "docs" / "foreign_graph.md"
PEOPLE, PLACES = 501, 101
VISITS = {True: 5_009, False: 500}
"""By whether times are native."""
BEGIN = datetime(2020, 4, 20, tzinfo=UTC)
OVERLAP = (
    "MATCH (:Person {healthstatus: 'Sick'})-[v:VISITS]->(x:Place) "
    "MATCH (x)<-[w:VISITS]-(q:Person {healthstatus: 'Healthy'}) "
    "WHERE v.starttime < w.endtime AND w.starttime < v.endtime RETURN DISTINCT q.id AS id"
)


def made(native: bool) -> dict[str, Any]:
    """A graph of the shape of the example: people, a third of them sick, places in regions, visits of some hours."""
    draw = random.Random(501)
    at = (lambda t: t) if native else (lambda t: t.isoformat())
    people = [
        {
            "id": str(n),
            "name": f"Person {n}",
            "healthstatus": "Sick" if n % 3 == 1 else "Healthy",
            "confirmedtime": at(BEGIN + timedelta(hours=draw.randrange(24 * 20))),
        }
        for n in range(1, PEOPLE + 1)
    ]
    places = [
        {"id": str(n), "name": f"Place {n}", "type": draw.choice(("School", "Bar", "Park"))}
        for n in range(1, PLACES + 1)
    ]
    visits = []
    for n in range(1, VISITS[native] + 1):
        start = BEGIN + timedelta(minutes=draw.randrange(60 * 24 * 20))
        end = start + timedelta(minutes=draw.randrange(10, 600))
        who, where = str(draw.randint(1, PEOPLE)), str(draw.randint(1, PLACES))
        visits.append({"id": str(n), "who": who, "where": where, "starttime": at(start), "endtime": at(end)})
    return {"people": people, "places": places, "visits": visits}


def fill(server: Neo4jServer, *, native: bool) -> dict[str, Any]:
    server.empty()
    graph = made(native)
    server.run("UNWIND $people AS p CREATE (x:Person) SET x = p", **graph)
    server.run("UNWIND $places AS p CREATE (x:Place) SET x = p", **graph)
    server.run("UNWIND ['North', 'South'] AS name CREATE (:Region {name: name})")
    server.run(
        "MATCH (x:Place), (r:Region) WHERE (toInteger(x.id) % 2 = 0) = (r.name = 'North') CREATE (x)-[:PART_OF]->(r)"
    )
    server.run("CREATE INDEX p FOR (p:Person) ON (p.id)")
    server.run("CREATE INDEX x FOR (x:Place) ON (x.id)")
    server.run("CALL db.awaitIndexes()")
    server.run(
        "UNWIND $visits AS v MATCH (p:Person {id: v.who}) MATCH (x:Place {id: v.where}) "
        "CREATE (p)-[:VISITS {id: v.id, starttime: v.starttime, endtime: v.endtime}]->(x)",
        **graph,
    )
    return graph


@pytest.fixture
def here(neo4j_server: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.delenv("TRUYVET_STORE", raising=False)
    monkeypatch.chdir(tmp_path)
    example = re.search("```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    Path("contact-tracing.toml").write_text(example[1], encoding="utf-8")
    yield tmp_path
    neo4j_server.empty()


def call(*words: str, server: Neo4jServer, file: str = "contact-tracing.toml") -> int:
    return truyvet([words[0], server.uri, "--map", file, *words[1:], "--zone", "UTC", "--lang", "en"])


@pytest.mark.parametrize("native", [True, False], ids=["native", "text"])
def test_the_example_comes_in_whole(
    neo4j_server: Neo4jServer, here: Path, native: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = fill(neo4j_server, native=native)
    exposed = {record["id"] for record in neo4j_server.run(OVERLAP)}
    assert call("load", server=neo4j_server) == 0
    assert truyvet(["tiers", "--policy", "vn-3638", "--as-of", "2020-05-20", "--json"]) == 0
    with open_store("truyvet.duckdb", read_only=True) as store:
        records = store.read()
    sizes = {name: len(frame) for name, frame in records.tables.items() if len(frame)}
    assert sizes == {"persons": PEOPLE, "cases": PEOPLE // 3, "areas": 2, "places": PLACES, "visits": VISITS[native]}
    written = {v["id"]: (v["who"], v["where"], v["starttime"], v["endtime"]) for v in graph["visits"]}
    kept = records.visits
    for visit, *told in zip(kept["visit"], kept["person"], kept["place"], kept["start"], kept["end"], strict=True):
        who, where, *times = written[visit]
        seconds = [int((t if native else datetime.fromisoformat(t)).timestamp()) for t in times]
        assert told == [who, where, *seconds]
    sick = kept[kept["person"].isin(records.cases["person"])]
    joined = kept[~kept["person"].isin(records.cases["person"])].merge(sick, on="place", suffixes=("", "_sick"))
    met = joined[(joined["start"] < joined["end_sick"]) & (joined["start_sick"] < joined["end"])]
    assert set(met["person"]) == exposed and len(exposed) > 10
    assert set(records.persons["name"]) == {p["name"] for p in graph["people"]}
    capsys.readouterr()
    assert call("load", "--json", server=neo4j_server) == 0
    sheets = json.loads(capsys.readouterr().out)["sheets"]
    assert {sheet["new"] for sheet in sheets} == {0} and len(sheets) == 5
    assert neo4j_server.run("MATCH (n) RETURN count(n) AS n")[0]["n"] == PEOPLE + PLACES + 2


def test_what_does_not_fit_names_question_and_row(
    neo4j_server: Neo4jServer, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    neo4j_server.empty()
    neo4j_server.run(
        "UNWIND range(1, 5) AS n "
        "CREATE (:Person {id: n, at: CASE n WHEN 3 THEN 'some day' ELSE date('2020-04-20') END})"
    )
    Path("contact-tracing.toml").write_text(
        '[cases]\ncypher = "MATCH (p:Person) RETURN p.id AS person, p.at AS onset ORDER BY p.id"\n'
    )
    assert call("check", "--create-people", server=neo4j_server) == 4
    out = capsys.readouterr().out
    assert "contact-tracing.cases.parquet" in out and "some day" not in out.partition("Next:")[2]
    assert re.search(r"\b3\b.*onset", out)
    for said, told in (
        ('cypher = "MATCH (p:Person) RETURN p AS person"', r"\[cases\]: person is a node"),
        ('cypher = "MATCH (p:Person) SET p.x = 1 RETURN p.id AS person"', "it would write"),
        ('cypher = "MATCH (p:Person RETURN p"', r"\[cases\]: the server does not understand it: Invalid input"),
        ('cypher = "MATCH (p) RETURN $x AS person"', r"\[cases\]: the server refuses it"),
        ('cypher = "RETURN duration({minutes: null}) AS person"', r"\[cases\]: a function in it ends with an error"),
    ):
        Path("contact-tracing.toml").write_text(f"[cases]\n{said}\n")
        assert call("load", server=neo4j_server) == 5
        assert re.search(told, capsys.readouterr().err), told
    assert not Path("truyvet.duckdb").exists()
