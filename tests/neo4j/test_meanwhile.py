"""What others do between two steps of somebody's work: a load begins, another rule is run, a lease is taken over."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from small_records import JULY, assert_same_records, records_of

from graph import LoadEntry, Run
from graph.neo4j import derived, lease, write
from graph.neo4j.login import Login
from graph.neo4j.queries import ask_query, find_query
from graph.neo4j.results import write_results
from graph.neo4j.store import Neo4jStore
from graph.neo4j.whole import Unfinished
from tests.fixtures_neo4j import Neo4jServer
from tracing.errors import StoreError
from tracing.model.records import Records
from tracing.policy.model import Policy
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers
from tracing.times import DAY

pytestmark = pytest.mark.neo4j
BATCH = 20


@pytest.fixture
def store(neo4j_server: Neo4jServer) -> Iterator[Neo4jStore]:
    neo4j_server.empty()
    with open_at(neo4j_server) as opened:
        opened.write(case_at("cafe"))
        yield opened


def open_at(server: Neo4jServer) -> Neo4jStore:
    return Neo4jStore(server.uri, login=Login(server.user, server.password), batch=BATCH)


def case_at(place: str) -> Records:
    return records_of(
        {
            "cases": [{"person": "BN1", "case_code": "1", "onset": JULY, "sample": JULY + DAY}],
            "places": [{"place": place, "kind": "cafe"}],
            "visits": [{"visit": "first", "person": "BN1", "place": place, "start": JULY}],
        }
    )


def many(count: int = 3 * BATCH) -> Records:
    """Return more visits without check-out than one transaction takes."""
    return records_of(
        {"visits": [{"visit": f"v{n:03}", "person": f"K{n}", "place": "cafe", "start": JULY + n} for n in range(count)]}
    )


def load() -> LoadEntry:
    return LoadEntry.build(who="night shift", files={"a.csv": "0" * 32})


def longer() -> Policy:
    """Return a rule by which people stay in a café for as long as in a hospital."""
    rule = load_policy("vn-3468")
    return replace(rule, stays={**rule.stays, "cafe": rule.stays["hospital"]})


def write_run_of(store: Neo4jStore, rule: Policy, inputs: str) -> None:
    tiers = trace_tiers(store.slice(), policy=rule)
    assert write_results(store, Run.build("tiers", inputs=inputs, version="0", tables={}, policy=rule.id), tiers=tiers)


def seconds_of_stays(server: Neo4jServer) -> set[int]:
    return {row["s"] for row in server.run("MATCH ()-[v:VISITED]->() RETURN DISTINCT v.stayTo - v.start AS s")}


def test_a_load_that_began_is_a_change(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads records, then which loads they are of, sees by the revision that a load came between."""
    before, loads = store.revision(), store.loads()

    def nothing_yet(*_: object) -> Iterator[Any]:
        assert store.loads() != loads and store.revision() != before
        yield from ()

    monkeypatch.setattr(write._Load, "_write_table", nothing_yet)
    store.write(many(), load=load())


def test_a_ready_query_does_not_answer_from_a_load_that_began_after_it(
    store: Neo4jStore, neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin_a_load() -> None:
        with open_at(neo4j_server) as other, pytest.raises(KeyboardInterrupt):
            other.write(many(), load=load(), progress=stop)

    def stop(table: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    ask = store.session
    asked: list[str] = []

    def session(**options: Any) -> Any:
        asked.append("once")
        if len(asked) == 2:  # the first looked whether all loads are whole
            begin_a_load()
        return ask(**options)

    monkeypatch.setattr(store, "session", session)
    given = {"place": "cafe", "since": "2021-07-01", "until": "2021-07-02"}
    with pytest.raises(Unfinished):
        ask_query(store, find_query("people-at-place"), given)


def test_stays_of_a_load_last_as_a_run_assumes_that_was_written_meanwhile(
    store: Neo4jStore, neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule, really, written = longer(), write.write_new, list[bool]()
    with open_at(neo4j_server) as other:
        tiers = trace_tiers(other.slice(), policy=rule)
        run = Run.build("tiers", inputs="x", version="0", tables={}, policy=rule.id)

        def write_back(*args: Any, **options: Any) -> Any:
            if not written:
                written.append(write_results(other, run, tiers=tiers))
            return really(*args, **options)

        monkeypatch.setattr(write, "write_new", write_back)
        monkeypatch.setattr(lease, "FENCES", 1)
        store.write(many(), load=load())
    assert written == [True]
    assert seconds_of_stays(neo4j_server) == {int(rule.stays["cafe"].seconds)}


def test_stays_that_a_broken_run_left_are_settled_by_the_next(
    store: Neo4jStore, neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = longer()

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(derived, "_derive_rows", broken)
        write_run_of(store, rule, "first")
    write_run_of(store, rule, "second")
    assert seconds_of_stays(neo4j_server) == {int(rule.stays["cafe"].seconds)}
    assert not derived.set_stays(store.session), "nothing is left to be done"


def test_a_part_whose_load_lost_its_lease_meanwhile_is_not_written(
    store: Neo4jStore, neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stood still in the middle of a part, and another load began: what it held must not come after that."""
    kept, really = store.read(), write.write_new

    def stood_still(*args: Any, **options: Any) -> Any:
        neo4j_server.run("MATCH (s:TruyVetStore) SET s.writer = 'another', s.writingUntil = timestamp() + 60000")
        return really(*args, **options)

    monkeypatch.setattr(write, "write_new", stood_still)
    with pytest.raises(StoreError, match="stood still"):
        store.write(many())
    neo4j_server.run("MATCH (s:TruyVetStore) REMOVE s.writer, s.writingUntil")
    store.anyway = True
    assert_same_records(store.read(), kept)


def test_who_takes_a_lease_over_waits_for_the_part_that_is_being_committed(
    store: Neo4jStore, neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts do not wait for each other, yet none of them comes after another load has begun."""
    count, fence, counted = "MATCH ()-[r:VISITED]->() RETURN count(r)", lease.fence, list[int]()
    taken = threading.Event()

    def take_over() -> None:
        with open_at(neo4j_server) as other, other.session() as session:
            session.execute_write(lambda tx: lease.enter(tx, None, owner="another"))
            taken.set()
            counted.append(session.run(count).single(strict=True)[0])

    waiting = threading.Thread(target=take_over)

    def fenced(runner: Any, owner: str, number: int) -> None:
        fence(runner, owner, number)
        if waiting.ident is None and runner.run(count).values() != [[1]]:
            neo4j_server.run("MATCH (s:TruyVetStore) SET s.writingUntil = 0")
            waiting.start()
            assert not taken.wait(2), "this part is not committed yet"

    monkeypatch.setattr(lease, "fence", fenced)
    with pytest.raises(StoreError, match="stood still"):
        store.write(many())
    waiting.join()
    assert counted == neo4j_server.run(count)[0].values() != [1]
