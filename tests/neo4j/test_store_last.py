"""The last instant on record is noted, and the note is believed only as long as it can be."""

from __future__ import annotations

import pytest
from small_records import JULY, records_of

from graph.neo4j import last_instant as neo4j_last
from graph.neo4j.login import Login
from graph.neo4j.store import Neo4jStore
from tracing.times import DAY

pytestmark = pytest.mark.neo4j


@pytest.fixture
def store(neo4j_server):
    neo4j_server.empty()
    login = Login(neo4j_server.user, neo4j_server.password)
    with Neo4jStore(neo4j_server.uri, login=login, batch=50) as opened:
        yield opened


@pytest.fixture
def looks(monkeypatch):
    """Count how often everything is looked at."""
    counted = []
    look = neo4j_last._look_at_everything
    monkeypatch.setattr(neo4j_last, "_look_at_everything", lambda *given: counted.append(1) or look(*given))
    return counted


def meetings(count, *, first=0, start=JULY):
    rows = range(first, first + count)
    return records_of(
        {"contacts": [{"contact": f"c{i:03d}", "person_a": "a", "person_b": f"b{i}", "start": start + i} for i in rows]}
    )


@pytest.mark.parametrize("count", [3, 120], ids=["one transaction", "many"])
def test_it_is_known_without_a_look_at_everything(store, looks, count):
    store.write(meetings(3))
    looks.clear()
    store.write(meetings(count, first=200))
    assert store.last_instant() == JULY + 200 + count - 1
    store.write(meetings(1, first=1))
    assert store.last_instant() == JULY + 200 + count - 1
    assert not looks


@pytest.mark.parametrize("count", [3, 120], ids=["one transaction", "many"])
def test_a_time_that_is_refused_does_not_count_and_one_that_is_replaced_no_longer(store, count):
    store.write(meetings(count))
    later = meetings(count, start=JULY + DAY)
    assert len(store.write(later).conflicts)
    assert store.last_instant() == JULY + count - 1
    store.write(later, replace=True)
    assert store.last_instant() == JULY + DAY + count - 1
    store.write(meetings(count), replace=True)
    assert store.last_instant() == JULY + count - 1


def test_rows_added_and_removed_by_others_are_noticed(store, neo4j_server):
    store.write(meetings(3))
    tested = "CREATE (:Test {test: 't', person: 'a', sample: $at, sampleTo: $at})"
    tested = f"MATCH (a:Person {{person: 'a'}}) {tested}<-[:TESTED]-(a)"
    neo4j_server.run(tested, at=JULY + DAY)
    assert store.last_instant() == JULY + DAY
    neo4j_server.run("MATCH (t:Test) DETACH DELETE t")
    assert store.last_instant() == JULY + 2


def test_after_a_load_that_was_broken_off_it_is_that_of_what_is_there(store, looks):
    store.write(meetings(3))

    def stop(table, done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.write(meetings(120, first=200), progress=stop)
    store.anyway = True
    assert store.last_instant() == store.read().last_instant() > JULY + 200
    assert looks
    store.write(meetings(120, first=200))
    assert store.last_instant() == JULY + 319


def test_no_time_on_record_is_noted_too(store, looks):
    store.write(records_of({"contacts": [{"person_a": "a", "person_b": "b"}]}))
    store.write(records_of({"persons": [{"person": "a"}]}))
    looks.clear()
    assert store.last_instant() is None
    assert not looks
