"""The constraints and indexes of a database, made once, by one client at a time."""

from __future__ import annotations

import importlib.metadata
import random
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from contextlib import AbstractContextManager
from typing import Final, TypeVar

import neo4j
from neo4j.exceptions import Neo4jError, TransientError

from graph.neo4j.errors import IndexFailed, NoAnswer
from graph.neo4j.model import FORMAT, constraints
from graph.neo4j.rows import fetch, run

FIRST: Final = "truyvet_store"
"""The constraint that makes a lock of the store's node; the others are made under that lock."""
SECONDS: Final = 600
"""What one of them may take to get ready, in a database that holds much already."""
LOOKED_AFTER: Final = 10.0
"""Seconds after which, and again and again, it is asked whether one of them failed."""
UNANSWERED: Final = 900.0
"""Seconds without an answer, while no index got any further, after which the server is given up."""
_SETTLES: Final = 20.0
_PROGRESS: Final = (
    "SHOW INDEXES YIELD name, state, populationPercent, failureMessage "
    "RETURN name, state, populationPercent, failureMessage ORDER BY name"
)
T = TypeVar("T")
OpenSession = Callable[[], AbstractContextManager[neo4j.Session]]


def make_schema(open_session: OpenSession, wanted: Mapping[str, str]) -> None:
    """Make the store's node and whatever is missing of the constraints and indexes ``wanted``, by name.

    Several clients may come at once: each waits for the one that is at work. A server or client that ends meanwhile
    leaves a part, which the next one completes.

    Raises
    ------
    IndexFailed
        If the server could not make one. It may then never answer, but it names that index to others.
    NoAnswer
        If it stopped at one without a word: a checkpoint that begins in the same instant can keep it from ever ending.
    """
    with open_session() as session:
        if is_complete(session, wanted):
            return
    made: Future[None] = Future()

    def make() -> None:
        try:
            _make_in_turn(open_session, wanted)
            made.set_result(None)
        except BaseException as error:
            made.set_exception(error)

    threading.Thread(target=make, daemon=True, name="truyvet-schema").start()
    seen: list[list[object]] | None = None
    since = time.monotonic()
    while not wait([made], LOOKED_AFTER).done:
        with open_session() as session:
            shown = fetch(session, _PROGRESS)  # one query: a second one would wait for the first on a halted server
        failed = next((why for name, state, _, why in shown if state == "FAILED" and name in wanted), None)
        if failed and not made.done():
            raise IndexFailed(failed)
        if shown != seen:
            seen, since = shown, time.monotonic()
        elif time.monotonic() - since > UNANSWERED:
            raise NoAnswer
    made.result()


def _make_in_turn(open_session: OpenSession, wanted: Mapping[str, str]) -> None:
    """Make what is missing under the lock of the store's node."""
    with open_session() as turn, open_session() as session:
        _patiently(lambda: _make(session, {FIRST: constraints()[FIRST]}))  # nothing keeps others from it just then
        with _patiently(lambda: _lock_store(turn)) as lock:
            _make(session, wanted)
            lock.commit()


def _lock_store(session: neo4j.Session) -> neo4j.Transaction:
    """Return a transaction that holds the lock of the store's node, which whoever renews a lease asks for too."""
    lock = session.begin_transaction()
    try:
        run(
            lock,
            "MERGE (s:TruyVetStore {key: 'store'}) SET s.format = coalesce(s.format, $format),"
            " s.madeBy = coalesce(s.madeBy, $made_by)",
            format=FORMAT,
            made_by=f"truyvet {importlib.metadata.version('truyvet')}",
        ).consume()
    except BaseException:
        lock.close()
        raise
    return lock


def is_complete(session: neo4j.Session, wanted: Mapping[str, str]) -> bool:
    """Tell whether the store's node and all constraints and indexes ``wanted`` are there and ready."""
    made = fetch(session, "MATCH (s:TruyVetStore) RETURN s.format")
    shown = _shown(session, wanted)
    return bool(made) and all(shown.get(name) for name in wanted)


def _shown(session: neo4j.Session, wanted: Mapping[str, str]) -> dict[str, bool]:
    """Return the names of those wanted that are there, and whether each is ready.

    A server that ends while it makes a constraint keeps an index of that name without its constraint; one whose disk
    is full, an index that failed. These never get ready, are in the way of another attempt, and do not count.
    """
    rows = fetch(session, "SHOW INDEXES YIELD name, state, owningConstraint")
    return {
        name: state == "ONLINE"
        for name, state, owner in rows
        if name in wanted and (owner or not (_is_constraint(wanted[name]) or state == "FAILED"))
    }


def _is_constraint(cypher: str) -> bool:
    return cypher.startswith("CREATE CONSTRAINT ")


def _make(session: neo4j.Session, wanted: Mapping[str, str]) -> None:
    shown = _shown(session, wanted)
    missing = [name for name in wanted if name not in shown]
    for name in missing:
        run(session, f"DROP INDEX {name} IF EXISTS").consume()  # what is left of an attempt that came to nothing
    for name in missing:
        run(session, wanted[name]).consume()
    for name in wanted:
        if not shown.get(name):
            run(session, "CALL db.awaitIndex($name, $seconds)", name=name, seconds=SECONDS).consume()


def _patiently(work: Callable[[], T]) -> T:
    """Do something that others may be at just then; where they were in the way, do it again."""
    patience = time.monotonic() + _SETTLES
    while True:
        try:
            return work()
        except Neo4jError as error:
            of_others = isinstance(error, TransientError) or ".Schema." in (error.code or "")
            if not of_others or time.monotonic() > patience:
                raise
        time.sleep(random.uniform(0.05, 0.5))
