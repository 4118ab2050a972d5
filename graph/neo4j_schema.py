"""The constraints and indexes of a database, made once, by one client at a time."""

from __future__ import annotations

import importlib.metadata
import random
import time
from collections.abc import Mapping
from typing import Final

import neo4j
from neo4j.exceptions import Neo4jError, TransientError

from graph.neo4j_model import FORMAT, constraints
from graph.neo4j_rows import fetch, run

FIRST: Final = "truyvet_store"
"""The constraint that makes a lock of the store's node; the others are made under that lock."""
SECONDS: Final = 600
"""What one of them may take to get ready, in a database that holds much already."""
_SETTLES: Final = 20.0


def make_schema(turn: neo4j.Session, session: neo4j.Session, wanted: Mapping[str, str]) -> None:
    """Make the store's node and whatever is missing of the constraints and indexes ``wanted``, by name.

    Several clients may come at once: each waits for the one that is at work. A server or client that ends meanwhile
    leaves a part, which the next one completes. The session ``turn`` holds the lock while ``session`` works.
    """
    if _is_complete(session, wanted):
        return
    _settle(session)
    with turn.begin_transaction() as lock:
        run(
            lock,
            "MERGE (s:TruyVetStore {key: 'store'}) SET s.format = coalesce(s.format, $format),"
            " s.made_by = coalesce(s.made_by, $made_by)",
            format=FORMAT,
            made_by=f"truyvet {importlib.metadata.version('truyvet')}",
        ).consume()
        _make(session, wanted)
        lock.commit()


def _is_complete(session: neo4j.Session, wanted: Mapping[str, str]) -> bool:
    made = fetch(session, "MATCH (s:TruyVetStore) RETURN s.format")
    shown = _shown(session, wanted)
    return bool(made) and all(shown.get(name) for name in wanted)


def _shown(session: neo4j.Session, wanted: Mapping[str, str]) -> dict[str, bool]:
    """Return the names of those wanted that are there, and whether each is ready.

    A server that ends while it makes a constraint keeps an index of that name without its constraint. It never gets
    ready, is in the way of another attempt, and does not count.
    """
    rows = fetch(session, "SHOW INDEXES YIELD name, state, owningConstraint")
    there = {name: (state == "ONLINE", owner) for name, state, owner in rows if name in wanted}
    return {name: ready for name, (ready, owner) in there.items() if owner or not _is_constraint(wanted[name])}


def _is_constraint(cypher: str) -> bool:
    return cypher.startswith("CREATE CONSTRAINT ")


def _make(session: neo4j.Session, wanted: Mapping[str, str]) -> None:
    shown = _shown(session, wanted)
    for name in wanted.keys() - shown.keys():
        if _is_constraint(wanted[name]):
            run(session, f"DROP INDEX {name} IF EXISTS").consume()  # the rest of a constraint that was never made
        run(session, wanted[name]).consume()
    for name in wanted:
        if not shown.get(name):
            run(session, "CALL db.awaitIndex($name, $seconds)", name=name, seconds=SECONDS).consume()


def _settle(session: neo4j.Session) -> None:
    """Make the first constraint, which nothing keeps others from making at the same moment: then it is tried again."""
    patience = time.monotonic() + _SETTLES
    while True:
        try:
            return _make(session, {FIRST: constraints()[FIRST]})
        except Neo4jError as error:
            of_others = isinstance(error, TransientError) or ".Schema." in (error.code or "")
            if not of_others or time.monotonic() > patience:
                raise
        time.sleep(random.uniform(0.05, 0.5))
