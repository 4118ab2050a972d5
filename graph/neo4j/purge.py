"""Removing people for good in Neo4j: the rows that go with them, the texts of others that named them, the rest.

Up to a batch of rows it is one transaction. More are many: a note says meanwhile who is removed, so that one that was
broken off can be finished.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import neo4j
import pandas as pd

from graph.loads import BROKEN_OFF, load_json
from graph.neo4j import last_instant
from graph.neo4j.derived import read_derivation
from graph.neo4j.lease import Lease, check, enter
from graph.neo4j.loads import raise_revision, read_all_notes, read_revision, save_note
from graph.neo4j.model import EDGES, NODES
from graph.neo4j.rows import Runner, fetch_column, run
from graph.neo4j.same import hide_same
from graph.neo4j.undo import ensure_referred, holds_rows, remove_edges, remove_nodes
from graph.neo4j.write_part import put_rows
from graph.purge import PURGED, Purge, PurgeEntry
from graph.refusals import changed_meanwhile
from tracing.model.schema import TABLES

Removal = Callable[[Runner], None]


def purge(session: Callable[[], neo4j.Session], plan: Purge, entry: PurgeEntry, *, batch: int, place: object) -> None:
    """Remove people; see :meth:`graph.protocol.Store.purge`."""
    steps: list[Removal] = [
        partial(_begin, plan=plan, place=place),
        *_steps(plan, batch),
        partial(_finish, plan=plan, entry=entry),
    ]
    if sum(len(plan.without(name)) for name in TABLES) <= batch:
        with session() as one:
            one.execute_write(partial(_all, steps=steps))
        return

    def checked(runner: Runner, step: Removal) -> None:
        check(runner, lease.owner)
        step(runner)

    with Lease(session, None) as lease, session() as one:
        for step in steps:
            one.execute_write(partial(checked, step=step))


def _all(runner: Runner, steps: list[Removal]) -> None:
    enter(runner, None)
    for step in steps:
        step(runner)


def _begin(runner: Runner, plan: Purge, place: object) -> None:
    if read_revision(runner) != plan.revision:
        raise changed_meanwhile(place)
    save_note(runner, *BROKEN_OFF, sorted(plan.people))
    last_instant.remove_note(runner)
    hide_same(runner)


def _steps(plan: Purge, batch: int) -> Iterator[Removal]:
    """Return what is to be done with the rows: first others name them no more, then they go, people last."""
    for name, rows in plan.put.items():
        for begin in range(0, len(rows), batch):
            yield partial(_replace, name=name, rows=rows.iloc[begin : begin + batch])
    for name in (*EDGES, *(name for name in NODES if name not in ("cases", "persons")), "cases", "persons"):
        keys = [*plan.gone.get(name, ()), *plan.renamed.get(name, ())]
        for begin in range(0, len(keys), batch):
            yield partial(_remove, name=name, keys=keys[begin : begin + batch])


def _replace(runner: Runner, name: str, rows: pd.DataFrame) -> None:
    """Put rows in place of those with the same keys."""
    _remove(runner, name, rows[TABLES[name].key].tolist())
    ensure_referred(runner, name, rows)
    put_rows(runner, name, rows, None, read_derivation(runner), changed=False)


def _remove(runner: Runner, name: str, keys: list[str]) -> None:
    if name in EDGES:
        remove_edges(runner, EDGES[name], keys, None)
    else:
        remove_nodes(runner, NODES[name], keys, None)
    raise_revision(runner)


def _finish(runner: Runner, plan: Purge, entry: PurgeEntry) -> None:
    kept = {key: value for (kind, key), value in read_all_notes(runner).items() if kind == PURGED}
    note, told = plan.entry_of(entry, kept)
    for (kind, key), value in {**plan.notes, note: told, BROKEN_OFF: None}.items():
        save_note(runner, kind, key, value)
    run(runner, "MATCH (p:LoadPart) DELETE p").consume()
    numbers = fetch_column(runner, "MATCH (l:Load) RETURN l.number ORDER BY l.number")
    entries = [[number, load_json(load)] for number, load in zip(numbers, plan.loads, strict=True)]
    query = "UNWIND $rows AS row MATCH (l:Load {number: row[0]}) SET l.entry = row[1], l.old = true"
    run(runner, query, rows=entries).consume()
    numbers = fetch_column(runner, "MATCH (e:Export) RETURN e.number ORDER BY e.number")
    told_of = [[number, one.what] for number, one in zip(numbers, plan.exports, strict=True)]
    run(runner, "UNWIND $rows AS row MATCH (e:Export {number: row[0]}) SET e.what = row[1]", rows=told_of).consume()
    if not any(holds_rows(runner, name) for name in TABLES):
        run(runner, "MATCH (s:TruyVetStore {key: 'store'}) REMOVE s.zone").consume()
    last_instant.write_note(runner, None, None)
    raise_revision(runner)
