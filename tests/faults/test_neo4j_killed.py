"""Killed at any moment, the server or the client, and run again: the same graph as of a load that nobody disturbed."""

from __future__ import annotations

import logging
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from neo4j_graph import Graph, assert_same_graph, assert_whole_rows, graph_of
from small_records import JULY, assert_same_records, records_of

from graph import open_store
from graph.neo4j.login import Login
from graph.neo4j.model import constraints, indexes
from graph.neo4j.store import Neo4jStore
from graph.neo4j.whole import Unfinished
from loaders.invented.province import generate_province
from tests.fixtures_neo4j import Neo4jServer
from tracing.errors import StoreError
from tracing.model.records import Records
from tracing.model.schema import TABLES
from tracing.times import DAY

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
#: Small, so that a load is many transactions.
BATCH = 150
#: Loads that are killed; more by TRUYVET_KILLS.
LOADS = int(os.environ.get("TRUYVET_KILLS", "2"))
LOG = logging.getLogger(__name__)
LOADER = """
import sys
from graph import open_store
from graph.neo4j.store import Neo4jStore

with open_store(sys.argv[1], read_only=True) as kept:
    records = kept.read()
print("start", 0, flush=True)
with Neo4jStore(sys.argv[2], batch=int(sys.argv[3])) as store:
    store.write(records, progress=lambda table, done, total: print(table, done, flush=True))
"""


class World(NamedTuple):
    """Records, in an embedded store too, and what an undisturbed load makes of them."""

    records: Records
    kept: Path
    graph: Graph


class Moment(NamedTuple):
    """When to kill: once this share of the rows is reported written, and then some seconds later."""

    share: float
    seconds: float


def moments(chance: random.Random) -> list[Moment]:
    """Draw moments all over a load: one while it opens the store and begins, then one in each part of it."""
    later = [Moment((part + chance.random()) / LOADS, chance.uniform(0, 0.25)) for part in range(LOADS - 1)]
    return [Moment(0, chance.uniform(0, 1.5)), *later]


class Rows:
    """Adds up what a load reports and tells when a share of all rows is reached."""

    def __init__(self, share: float, total: int) -> None:
        self._enough = share * total
        self._done: dict[str, int] = {}
        self.reached = threading.Event()
        self("start", 0, total)

    def __call__(self, table: str, done: int, total: int) -> None:
        self._done[table] = done
        if sum(self._done.values()) >= self._enough:
            self.reached.set()


def kill_later(kill: Callable[[], None], rows: Rows, seconds: float) -> threading.Thread:
    """Start a thread that kills, whatever else is going on just then."""

    def run() -> None:
        rows.reached.wait(120)
        time.sleep(seconds)
        kill()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.fixture(scope="module")
def world(neo4j_server: Neo4jServer, tmp_path_factory: pytest.TempPathFactory) -> World:
    made = generate_province(people=800, seed=5, contacts_per_person=3).records
    # Somebody who is only met stays a node without a record of their own.
    told = records_of(
        {
            "outbreaks": [{"unit": f"u{n}", "outbreak_level": "high", "valid_from": JULY + n * DAY} for n in range(9)],
            "counts": [{"what": "cases", "number": n, "day": JULY + n * DAY, "unit": "u1"} for n in range(9)],
        }
    )
    more = {"persons": made.persons.iloc[:-50], "outbreaks": told.outbreaks, "counts": told.counts}
    records = Records(dict(made.tables) | more, made.zone)
    kept = tmp_path_factory.mktemp("kept") / "records.duckdb"
    with open_store(kept) as store:
        store.write(records)
        records = store.read()
    assert not [name for name in TABLES if records[name].empty]
    neo4j_server.empty()
    with Neo4jStore(neo4j_server.uri, login=login_of(neo4j_server), batch=BATCH) as store:
        assert store.write(records).new == len(records)
    graph = graph_of(neo4j_server)
    assert graph.indexes.keys() == (constraints() | indexes()).keys()
    assert all("ONLINE" in index for index in graph.indexes.values())
    return World(records, kept, graph)


@pytest.fixture
def chance() -> random.Random:
    """Other moments in every run; a test that fails shows the seed."""
    seed = random.SystemRandom().randrange(10**6)
    LOG.warning("moments of Random(%d)", seed)
    return random.Random(seed)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver that soon believes that its server is gone; else it asks for 20 seconds whether it is back."""
    monkeypatch.setattr("graph.neo4j.connect._RETRIES", 1.0)


def login_of(server: Neo4jServer) -> Login:
    return Login(server.user, server.password)


def assert_told(error: StoreError) -> None:
    """Both languages say what happened and what to do."""
    assert error.exit_code == 6 and error.fix and error.text("vi") != error.text("en")
    assert any(words in str(error) for words in ("broke off", "no Neo4j server answers", "is stopping")), str(error)


def assert_ends_well(server: Neo4jServer, world: World) -> None:
    """One more load, undisturbed, ends as the first one would have, and another finds nothing to do."""
    with Neo4jStore(server.uri, login=login_of(server), batch=BATCH) as store:
        report = store.write(world.records)
        assert report.new + report.known == len(world.records)
        assert_same_records(store.read(), world.records)
        got = graph_of(server)
        again = store.write(world.records)
        assert (again.new, again.known) == (0, len(world.records))
    assert_same_graph(got, world.graph)
    assert_same_graph(graph_of(server), world.graph)


def test_a_server_killed_at_any_moment_of_a_load(victim: Neo4jServer, world: World, chance: random.Random) -> None:
    broken = 0
    for moment in moments(chance):
        LOG.warning("%s", moment)
        rows = Rows(moment.share, len(world.records))
        killing = kill_later(victim.kill, rows, moment.seconds)
        try:
            with Neo4jStore(victim.uri, login=login_of(victim), batch=BATCH) as store:
                store.write(world.records, progress=rows)
        except StoreError as error:
            assert_told(error)
            broken += 1
        finally:
            killing.join()
        victim.restart()
        with Neo4jStore(victim.uri, login=login_of(victim), anyway=True) as store:
            left = store.read()
            assert_whole_rows(left, world.records)
            store.anyway = False
            if 0 < len(left) < len(world.records):
                with pytest.raises(Unfinished):  # nobody traces from a part without knowing
                    store.slice()
    assert broken >= 2, "the loads were over before the server was killed"
    assert_ends_well(victim, world)


def test_a_server_killed_while_everything_is_read(victim: Neo4jServer, world: World, chance: random.Random) -> None:
    """Reading after reading until it dies: what was read is whole, and the end is a sentence."""
    assert victim.managed is not None
    victim.managed.up()
    with Neo4jStore(victim.uri, login=login_of(victim)) as store:
        store.write(world.records)
        killing = kill_later(victim.kill, Rows(0, 0), chance.uniform(0.5, 2.5))
        try:
            with pytest.raises(StoreError) as raised:
                while True:
                    assert_same_records(store.read(), world.records)
        finally:
            killing.join()
        assert_told(raised.value)
        with pytest.raises(StoreError) as raised:
            store.slice()
        assert_told(raised.value)


def test_a_client_killed_at_any_moment_of_a_load(
    neo4j_server: Neo4jServer, world: World, chance: random.Random
) -> None:
    neo4j_server.empty()
    command = [sys.executable, "-c", LOADER, str(world.kept), neo4j_server.uri, str(BATCH)]
    own = {"TRUYVET_NEO4J_USER": neo4j_server.user, "TRUYVET_NEO4J_PASSWORD": neo4j_server.password}
    broken = 0
    for moment in moments(chance):
        LOG.warning("%s", moment)
        rows = Rows(moment.share, len(world.records))
        with subprocess.Popen(command, env=os.environ | own, stdout=subprocess.PIPE, text=True) as client:
            assert client.stdout is not None
            for line in client.stdout:
                table, done = line.split()
                rows(table, int(done), 0)
                if rows.reached.is_set():
                    break
            time.sleep(moment.seconds)
            client.kill()
        broken += client.returncode != 0
    assert broken >= 2, "the loads were over before the client was killed"
    assert_ends_well(neo4j_server, world)
