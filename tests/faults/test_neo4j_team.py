"""A team at one server: two load, three trace, programs and the server are killed; no answer is of anything but whole
loads.

Every answer names the loads that it is of. They are put into an embedded store, and its answer must be the same, byte
for byte.
"""

from __future__ import annotations

import logging
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from graph import Store, open_store
from graph.neo4j.login import Login
from graph.neo4j.store import Neo4jStore
from loaders.invented.province import generate_province
from tests.fixtures_neo4j import Neo4jServer
from tracing.errors import StoreError
from tracing.model.contactgraph import ContactGraph
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers

LOG = logging.getLogger(__name__)
#: Seconds of it; more by TRUYVET_TEAM.
SECONDS = float(os.environ.get("TRUYVET_TEAM", "60"))
#: States of the store of which answers have to be seen; a machine with other work gets so many seconds more for it.
STATES, PATIENCE = 2, 300
pytestmark = [pytest.mark.neo4j, pytest.mark.slow, pytest.mark.timeout(600 + 2 * SECONDS)]
PARTS = 8
BATCH = 40
WRITER = """
import random, sys, time
from pathlib import Path
from graph import LoadEntry, open_store
from graph.neo4j.store import Neo4jStore
from tracing.errors import StoreError

address, who, parts = sys.argv[1], sys.argv[2], [Path(name) for name in sys.argv[3:]]
while parts:
    part = random.choice(parts)
    with open_store(part, read_only=True) as kept:
        records = kept.read()
    try:
        with Neo4jStore(address, batch=%d) as store:
            store.write(records, load=LoadEntry.build(who=who, files={part.name: part.name}))
        parts.remove(part)
        print(part.name, flush=True)
        time.sleep(random.uniform(1.5, 3.0))  # somebody looks at what there is now
    except StoreError:
        time.sleep(random.uniform(0.1, 0.5))
"""
Answer = tuple[frozenset[str], bytes]


def answer_of(graph: ContactGraph) -> bytes:
    """Return all that is found by tracing, as text."""
    tiers = trace_tiers(graph, policy=load_policy("vn-3638"))
    return "\n".join([graph.records.content_hash(), tiers.table.to_csv(), tiers.parents.to_csv()]).encode()


def parts_of(folder: Path) -> dict[str, Path]:
    """Return a province cut into parts, each of them a store: people and cases, then what they did."""
    whole = generate_province(people=120, seed=5, contacts_per_person=3).records
    moved = ("contacts", "visits")
    pieces = [Records({k: v for k, v in whole.tables.items() if k not in moved}, whole.zone)]
    for n in range(PARTS - 1):
        pieces.append(Records({name: whole[name].iloc[n :: PARTS - 1] for name in moved}, whole.zone))
    out = {}
    for number, piece in enumerate(pieces):
        path = folder / f"part-{number}.duckdb"
        with open_store(path) as store:
            store.write(piece)
        out[path.name] = path
    return out


class Embedded:
    """What the embedded store answers for some of the parts."""

    def __init__(self, parts: dict[str, Path], folder: Path) -> None:
        self._records: dict[str, Records] = {}
        for name, path in parts.items():
            with open_store(path, read_only=True) as store:
                self._records[name] = store.read()
        self._folder = folder
        self._known: dict[frozenset[str], bytes] = {}

    def answer(self, loads: frozenset[str]) -> bytes:
        if loads not in self._known:
            with open_store(self._folder / f"state-{len(self._known)}.duckdb") as store:
                for name in sorted(loads):
                    store.write(self._records[name])
                self._known[loads] = answer_of(store.slice())
        return self._known[loads]


def loads_named(store: Store) -> frozenset[str]:
    """Return the files of every load on record: what an answer says that it is of."""
    return frozenset(name for load in store.loads() for name in load.files)


def trace(server: Neo4jServer, over: threading.Event, found: list[Answer], told: Counter[str]) -> None:
    """Trace again and again; keep every answer with the loads that it is of."""
    while not over.is_set():
        try:
            with Neo4jStore(server.uri, login=Login(*server.auth), create=False) as store:
                while not over.is_set():
                    revision = store.revision()
                    graph, loads = store.slice(), loads_named(store)
                    if store.revision() == revision:
                        found.append((loads, answer_of(graph)))
                        told["answered"] += 1
        except StoreError as error:
            told[type(error).__name__] += 1
            time.sleep(0.2)


def states(found: list[Answer]) -> int:
    """Return how many states of the store the answers are of."""
    return len({loads for loads, _ in list(found)})


@contextmanager
def running(work: Callable[[], None], count: int, over: threading.Event) -> Iterator[None]:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_no_trace_differs_from_that_of_the_loads_it_names(
    victim: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.neo4j.connect._RETRIES", 1.0)
    seed = random.SystemRandom().randrange(10**6)
    LOG.warning("kills of Random(%d)", seed)
    chance, parts = random.Random(seed), parts_of(tmp_path)
    assert victim.managed is not None
    victim.managed.up()
    embedded, begun = Embedded(parts, tmp_path), time.monotonic()
    found: list[Answer] = []
    told: Counter[str] = Counter()
    turns = 0
    while (
        not (told["server killed"] and told["writer killed"])
        or time.monotonic() < begun + SECONDS
        or (states(found) <= STATES and time.monotonic() < begun + SECONDS + PATIENCE)
    ):
        victim.empty()
        kill_while_they_work(victim, parts, chance, found, told)
        turns += 1
    LOG.warning("%d turns, %s, %d states", turns, dict(told), states(found))
    wrong = [sorted(loads) for loads, answer in set(found) if loads and embedded.answer(loads) != answer]
    assert wrong == []
    assert embedded.answer(frozenset(parts)) in {answer for _, answer in found}, "in the end somebody saw all of it"
    assert states(found) > STATES, "answers of several states were compared"


def kill_while_they_work(
    victim: Neo4jServer, parts: dict[str, Path], chance: random.Random, found: list[Answer], told: Counter[str]
) -> None:
    """Let the team load all parts once, and kill meanwhile: each writer, and the server."""
    names = sorted(parts)
    own = {"TRUYVET_NEO4J_USER": victim.user, "TRUYVET_NEO4J_PASSWORD": victim.password}
    left = {f"writer {n}": names[n::2] for n in range(2)}
    over = threading.Event()
    with ExitStack() as stack:
        stack.enter_context(running(lambda: trace(victim, over, found, told), 3, over))
        kills = ["server", *left]
        chance.shuffle(kills)
        while any(left.values()):
            writers = {
                who: start(victim, who, [parts[name] for name in rest], own) for who, rest in left.items() if rest
            }
            for writer in writers.values():
                stack.callback(writer.kill)
            if kills:
                what = kills.pop()
                time.sleep(chance.uniform(1.0, 3.0))
                if what == "server":
                    victim.kill()
                    told["server killed"] += 1
                    victim.restart()
                elif what in writers:
                    writers[what].kill()
                    told["writer killed"] += 1
            for who, writer in writers.items():
                written, _ = writer.communicate(timeout=240)
                left[who] = [name for name in left[who] if name not in written.split()]
        every, patience = frozenset(parts), time.monotonic() + 60
        while not any(loads == every for loads, _ in list(found)) and time.monotonic() < patience:
            time.sleep(0.2)


def start(server: Neo4jServer, who: str, parts: list[Path], own: dict[str, str]) -> subprocess.Popen[str]:
    """Start a program that loads parts until all of them are there."""
    command = [sys.executable, "-c", WRITER % BATCH, server.uri, who, *map(str, parts)]
    return subprocess.Popen(command, env=os.environ | own, stdout=subprocess.PIPE, text=True)
