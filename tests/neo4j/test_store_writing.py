"""Several writers at once: they do not lock each other out, and when one fails the others stop too."""

from __future__ import annotations

import threading

import pandas as pd
import pytest
from small_records import JULY, assert_same_records

from graph.neo4j import write as neo4j_write
from graph.neo4j.lease import FENCES
from graph.neo4j.login import Login
from graph.neo4j.store import Neo4jStore
from tracing.model.records import Records
from tracing.times import DAY

pytestmark = pytest.mark.neo4j


@pytest.fixture
def store(neo4j_server):
    neo4j_server.empty()
    login = Login(neo4j_server.user, neo4j_server.password)
    with Neo4jStore(neo4j_server.uri, login=login, batch=200) as opened:
        yield opened


def crowd(count: int, people: int) -> Records:
    """Everybody meets the same few people, and all of them stay in one market for a day."""
    number = range(count)
    met = {
        "contact": [f"c{i * 7919 % count:06d}" for i in number],
        "person_a": [f"a{i % people}" for i in number],
        "person_b": [f"b{i * i % people}" for i in number],
        "start": [JULY + i for i in number],
    }
    stayed = {
        "visit": [f"v{i * 7919 % count:06d}" for i in number],
        "person": [f"a{i % people}" for i in number],
        "place": "market",
        "start": [JULY + i % DAY for i in number],
    }
    return Records.build({"contacts": pd.DataFrame(met), "visits": pd.DataFrame(stayed)})


def test_writers_of_the_same_few_people_do_not_deadlock(store, neo4j_server, monkeypatch):
    """Each part is written once: a transaction that the server breaks off would be repeated, and counted twice."""
    tries: list[tuple[str, ...]] = []
    at_once = []
    working = threading.Semaphore(0)
    write_new = neo4j_write.write_new

    def counted(runner, *, keys, rows, **options):
        tries.append(tuple(keys.take(rows)))
        working.release()
        at_once.append(working._value)
        try:
            return write_new(runner, keys=keys, rows=rows, **options)
        finally:
            working.acquire()

    monkeypatch.setattr(neo4j_write, "write_new", counted)
    records = crowd(6_000, people=7)
    report = store.write(records)
    assert report.new == 12_000 == len({key for part in tries for key in part})
    assert len(tries) == len(set(tries)) >= 60
    assert 1 < max(at_once) <= FENCES
    assert_same_records(store.read(), records)
    assert not neo4j_server.run("MATCH (w:TruyVetWriter) RETURN w"), "only loads under way have them"


def test_when_one_part_fails_no_further_one_is_begun(store, monkeypatch):
    begun: list[int] = []
    write_new = neo4j_write.write_new

    def failing(*args, **options):
        begun.append(len(begun))
        if len(begun) == 4:
            raise MemoryError
        return write_new(*args, **options)

    monkeypatch.setattr(neo4j_write, "write_new", failing)
    records = crowd(6_000, people=7)
    with pytest.raises(MemoryError):
        store.write(records)
    assert len(begun) < 12
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("truyvet-")]
    monkeypatch.undo()
    assert store.write(records).known >= 400
    assert_same_records(store.read(), records)


def test_stopped_by_a_person_it_ends_at_once_and_can_be_taken_up(store):
    """Ctrl-C reaches the one who watches the progress, not the writers."""

    def stop(table, done, total):
        raise KeyboardInterrupt

    records = crowd(6_000, people=50)
    with pytest.raises(KeyboardInterrupt):
        store.write(records, progress=stop)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("truyvet-")]
    kept = len(store.ids("contacts"))
    assert 200 <= kept < 3_000
    assert store.write(records).new == 12_000 - kept
    assert_same_records(store.read(), records)
