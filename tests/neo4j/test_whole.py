"""Nobody answers from half a load without knowing: not while it is under way, not after it was broken off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_records import JULY, records_of

from cli.main import run as truyvet
from graph import LoadEntry
from graph.neo4j.lease import Lease
from graph.neo4j.login import Login
from graph.neo4j.queries import ask_query, find_query
from graph.neo4j.store import Neo4jStore
from graph.neo4j.whole import Unfinished
from tests.fixtures_neo4j import Neo4jServer
from tracing.identity.decisions import NOTE_AUTOMATIC
from tracing.identity.decisions import PEOPLE as PEOPLE_NOTE

pytestmark = pytest.mark.neo4j
PEOPLE = [f"p{n}" for n in range(8)]
RECORDS = records_of(
    {
        "persons": [{"person": p} for p in PEOPLE],
        "cases": [{"person": "p0", "onset": JULY}],
        "contacts": [{"contact": f"c{p}", "person_a": "p0", "person_b": p, "start": JULY} for p in PEOPLE[1:]],
    }
)
LOAD = LoadEntry.build(who="night shift", files={"list.csv": "0" * 32})


class Broken(Exception):
    """The client or the server ended."""


@pytest.fixture
def store(neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Neo4jStore]:
    monkeypatch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
    neo4j_server.run("MATCH (n) DETACH DELETE n")
    with Neo4jStore(neo4j_server.uri, login=Login(neo4j_server.user, neo4j_server.password), batch=4) as opened:
        yield opened


def break_off(store: Neo4jStore) -> None:
    """Load, and end before the contacts are all there."""

    def stop(table: str, done: int, total: int) -> None:
        if table == "contacts":
            raise Broken

    with pytest.raises(Broken):
        store.write(RECORDS, load=LOAD, progress=stop)


def test_a_load_that_was_broken_off_is_seen_until_it_is_finished(
    store: Neo4jStore, capsys: pytest.CaptureFixture[str]
) -> None:
    break_off(store)
    for ask in (store.slice, store.read, lambda: ask_query(store, find_query("undated-contacts"), {})):
        with pytest.raises(
            Unfinished, match=r"night shift began \d+ [A-Z]\w+ 20\d\d \d\d:\d\d was broken off"
        ) as refused:
            ask()
        assert "truyvet undo" in str(refused.value.fix) and refused.value.text("vi") != refused.value.text("en")
    address = ["--store", str(store.address), "--policy", "vn-3638", "--lang", "en"]
    assert truyvet(["tiers", *address]) == 6
    assert "night shift" in capsys.readouterr().err
    assert truyvet(["tiers", "--anyway", *address]) == 0
    assert re.search("Careful: .*night shift.*not kept", capsys.readouterr().err)
    for asked in (["tiers", "--no-save"], ["why", "p0"], ["chains", "p0"], ["zones"], ["query", "undated-contacts"]):
        assert truyvet([*asked, "--anyway", "--json", *address]) in (0, 3), asked
        told = json.loads(capsys.readouterr().out)["part_of_a_load"]
        assert told["who"] == "night shift" and told["live"] is False and "broken off" in told["told"], asked
    assert store.runs() == []
    store.write(RECORDS, load=LOAD)
    assert len(store.read()) == len(RECORDS)
    assert truyvet(["tiers", *address]) == 0
    assert [run.command for run in store.runs()] == ["tiers"]
    capsys.readouterr()
    assert truyvet(["why", "p0", "--anyway", "--json", *address]) == 0
    assert "part_of_a_load" not in json.loads(capsys.readouterr().out)


def test_a_load_that_ended_only_after_its_last_row_is_whole(store: Neo4jStore, neo4j_server: Neo4jServer) -> None:
    """Its program was killed when all was written and marked as such, before it gave the lease back."""
    store.write(RECORDS, load=LOAD)
    neo4j_server.run("MATCH (s:TruyVetStore) SET s.writer = 'elsewhere 1 a', s.writingUntil = timestamp() - 1")
    assert store.state().whole
    assert len(store.read().contacts) == len(PEOPLE) - 1
    neo4j_server.run("MATCH (s:TruyVetStore) REMOVE s.lastOf")
    assert not store.state().whole


def test_a_load_that_is_taken_back_leaves_a_whole_store(store: Neo4jStore) -> None:
    break_off(store)
    store.undo_load()
    assert len(store.read()) == 0


def test_a_load_under_way_is_seen_and_waited_for(
    store: Neo4jStore, tmp_path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store.write(RECORDS)
    (tmp_path / "list.csv").write_text("person\nx1\n")
    monkeypatch.chdir(tmp_path)
    with Lease(lambda: store._open("WRITE"), None) as lease:
        with pytest.raises(Unfinished, match="loads into this database"):
            store.slice()
        store.anyway = True
        assert len(store.read()) == len(RECORDS)
        assert store.unfinished is not None
        waits: list[float] = []

        def wait(seconds: float) -> None:
            waits.append(seconds)
            lease.__exit__()

        monkeypatch.setattr("cli.use_cases.server.time.sleep", wait)
        assert truyvet(["load", "list.csv", "--wait", "--store", str(store.address), "--lang", "en"]) in (0, 4)
    assert len(waits) == 1 and "Waiting: " in capsys.readouterr().err
    assert "x1" in store.ids("persons")


def test_what_changes_while_it_is_read_is_read_again(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(RECORDS)
    select, turns = Neo4jStore._select, []

    def meanwhile(self: Neo4jStore, *asked: object):
        turns.append(1)
        found = select(self, *asked)
        if len(turns) == 1:
            self.write(records_of({"persons": [{"person": "late"}]}))
        return found

    monkeypatch.setattr(Neo4jStore, "_select", meanwhile)
    assert "late" in set(store.slice().records.persons["person"])
    assert len(turns) == 2


def test_what_others_wrote_is_left_out_and_told(
    store: Neo4jStore, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    store.write(RECORDS)
    with store.session() as session:
        session.run(
            "MATCH (a:Person {person: 'p0'}), (b:Person {person: 'p1'}) CREATE (a)-[:CONTACT {place: 'x'}]->(b), "
            "(a)-[:CONTACT {place: 'y'}]->(b), (:Case {onset: 1}), "
            "(a)-[:CONTACT {contact: 'odd', start: datetime('2021-07-01T08:00+07:00')}]->(b)"
        ).consume()
    assert len(store.read()) == len(RECORDS)
    assert {(odd.kind, odd.column, odd.found, odd.count) for odd in store.odd} == {
        ("CONTACT", None, "", 2),
        ("CONTACT", "start", "datetime", 1),
        ("Case", None, "", 1),
    }
    assert all(len(odd.elements) == odd.count for odd in store.odd)
    assert len(store.slice(cases=["p0"], steps=1).records.contacts) == len(RECORDS.contacts)
    address = ["--store", str(store.address), "--policy", "vn-3638", "--lang", "en"]
    kept = str(tmp_path / "kept.duckdb")
    for asked in (["tiers"], ["why", "p0"], ["chains", "--all"], ["chains", "p0"], ["neo4j", "backup", kept]):
        assert truyvet([*asked, *address]) == 0
        told = capsys.readouterr().err
        assert "Left out: 1 CONTACT whose start is datetime (" in told, asked
        assert re.search(r"Left out: 2 CONTACT without key \(\d\S+, \d\S+\)", told), asked
    with store.session() as session:
        found = session.run("MATCH ()-[c:CONTACT {contact: 'odd'}]->() RETURN elementId(c)").values()
    assert [list(odd.elements) for odd in store.odd if odd.found == "datetime"] == found


def test_a_load_after_one_that_was_broken_off_is_taken_back_and_the_one_before_it_too(
    store: Neo4jStore, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two ids that the later one joined are found out anew, from what is there."""
    store.write(records_of({"persons": [{"person": "p0", "phone": "0912345678", "name": "Lê Thị Na"}]}))
    break_off(store)
    late = LoadEntry.build(who="day shift", files={"late.csv": "1" * 32})
    store.write(records_of({"persons": [{"person": "late"}]}), load=late)
    store.save_note(NOTE_AUTOMATIC, PEOPLE_NOTE, [["late", "p0", {"probability": 1.0, "levels": {}, "at": 1}]])
    address = ["--store", str(store.address), "--lang", "en"]
    assert truyvet(["undo", "--list", *address]) == 0
    listed = capsys.readouterr().out
    assert "night shift" in listed and "day shift" in listed
    assert truyvet(["undo", *address]) == 0
    told = capsys.readouterr()
    assert "by day shift (late.csv)" in told.out and "night shift" in told.err and "broken off" in told.err
    assert truyvet(["neo4j", "runs", *address]) in (0, 3)
    assert "broken off" not in capsys.readouterr().err
    assert truyvet(["undo", *address]) == 0
    told = capsys.readouterr()
    assert "by night shift (list.csv)" in told.out and told.err == ""
    assert store.read().persons["person"].tolist() == ["p0"]
