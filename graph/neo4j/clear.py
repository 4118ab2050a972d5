"""Everything goes from a database: rows, notes, loads, runs, results, constraints and indexes.

It is many transactions. A mark on the store's node, which goes last, says meanwhile who began it and when, so that
nobody answers from a part, and so that one that was broken off is seen and done again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial
from typing import Final

import neo4j

from graph.neo4j.lease import Lease, check
from graph.neo4j.loads import raise_revision
from graph.neo4j.model import constraints, indexes
from graph.neo4j.results import SCHEMA
from graph.neo4j.rows import Runner, fetch_column, run
from graph.neo4j.schema import FIRST
from graph.protocol import WriteProgress

_AT_ONCE: Final = 10_000
_GONE: Final = (
    "MATCH ()-[r]->() WITH r LIMIT $batch DELETE r RETURN count(r)",
    "MATCH (n) WHERE NOT n:TruyVetStore WITH n LIMIT $batch DELETE n RETURN count(n)",
)
_MARK: Final = "MERGE (s:TruyVetStore {key: 'store'}) SET s.replacing = $mark"
_FACTS: Final = (
    "MATCH (s:TruyVetStore {key: 'store'}) WITH s, s.format AS format, s.madeBy AS made, s.writer AS writer, "
    "s.writingUntil AS until, s.replacing AS mark, coalesce(s.revision, 0) AS revision "
    "SET s = {key: 'store'} SET s.format = format, s.madeBy = made, s.writer = writer, s.writingUntil = until, "
    "s.replacing = mark, s.revision = revision"
)
"""What the store's node forgets: the zone of its records, the last instant, the stays of a rule."""


def empty_database(
    open_session: Callable[[], neo4j.Session], who: str, *, progress: WriteProgress | None, keep_rules: bool = True
) -> None:
    """Remove all nodes and relationships but the store's own node, which keeps the mark of it.

    Without ``keep_rules`` constraints and indexes go first: in a large database half of what it takes to remove
    something is to take it out of these.

    Raises
    ------
    StoreError
        If a load is under way.
    """
    mark = json.dumps([who, int(time.time())], ensure_ascii=False)

    def begin(tx: Runner) -> None:
        check(tx, lease.owner)
        run(tx, _MARK, mark=mark).consume()
        raise_revision(tx)

    def remove(tx: Runner, query: str) -> int:
        check(tx, lease.owner)
        return int(fetch_column(tx, query, batch=_AT_ONCE)[0])

    with Lease(open_session, None) as lease, open_session() as session:
        session.execute_write(begin)
        if not keep_rules:
            _drop_rules(session)
        done = 0
        for query in _GONE:
            while some := session.execute_write(partial(remove, query=query)):
                done += some
                if progress is not None:
                    progress("", done, 0)
        session.execute_write(lambda tx: run(tx, _FACTS).consume())


def forget_store(open_session: Callable[[], neo4j.Session]) -> None:
    """Remove constraints, indexes and the store's node, mark and all: the database is as one that never held any."""
    with open_session() as session:
        _drop_rules(session)  # whoever opened the store meanwhile made them again
        run(session, f"DROP CONSTRAINT {FIRST} IF EXISTS").consume()
        run(session, "MATCH (s:TruyVetStore) DELETE s").consume()


def _drop_rules(session: neo4j.Session) -> None:
    """Remove constraints and indexes but the one that there is one store's node by."""
    for name, cypher in {**constraints(), **indexes(), **SCHEMA}.items():
        if name != FIRST:
            kind = "CONSTRAINT" if cypher.startswith("CREATE CONSTRAINT ") else "INDEX"
            run(session, f"DROP {kind} {name} IF EXISTS").consume()


def unmark(open_session: Callable[[], neo4j.Session]) -> None:
    """Take the mark away: what was put in the place of what went is whole."""
    with open_session() as session:
        run(session, "MATCH (s:TruyVetStore {key: 'store'}) REMOVE s.replacing").consume()
