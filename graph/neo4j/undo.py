"""Taking the last load back in Neo4j: part by part, the last one first, each part in one transaction.

A load of up to a batch of rows is taken back in one transaction, all or nothing. A larger one is many; broken off, it
is finished by running it again, and nothing else is written before that.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, Final

import neo4j
import pandas as pd

from graph.loads import LoadEntry, TableReport, parse_load
from graph.neo4j import last_instant
from graph.neo4j.derived import place_areas, read_derivation, settle_places
from graph.neo4j.lease import Lease, check, enter
from graph.neo4j.loads import raise_revision
from graph.neo4j.model import EDGES, NODES, EdgeKind, NodeKind, key_property, pattern_of
from graph.neo4j.rows import Runner, column_values, fetch, fetch_column, run
from graph.neo4j.write_part import ensure_nodes, ensure_place_days, place_days, put_rows, references_of
from graph.refusals import depended_on, no_load, too_old
from graph.runs import unpack_table
from tracing.model.schema import TABLES

_KEYS: Final = {"Person": "person", "Place": "place", "Area": "area"}
"""The labels of what others refer to, and what such a node is called by."""


@dataclass(frozen=True)
class _Undo:
    """What is to be taken back: the load, its number, the rows that go and that become what they were."""

    entry: LoadEntry
    number: int
    counts: dict[str, TableReport]

    @property
    def rows(self) -> int:
        return sum(report.new + report.completed for report in self.counts.values())


def undo_load(session: Callable[[], neo4j.Session], *, batch: int) -> LoadEntry:
    """Take the last load back; see :meth:`graph.protocol.Store.undo_load`."""
    with session() as one:
        done = one.execute_write(partial(_undo_small, batch=batch))
    return done or _undo_large(session)


def _undo_small(runner: Runner, batch: int) -> LoadEntry | None:
    """Do it in this one transaction; None, and nothing done, where it is too large for that."""
    enter(runner, None)
    undo = _look(runner)
    if undo.rows > batch:
        return None
    while _undo_next(runner, undo):
        pass
    return _finish(runner, undo)


def _undo_large(session: Callable[[], neo4j.Session]) -> LoadEntry:
    def checked(runner: Runner, work: Callable[[Runner], Any]) -> Any:
        check(runner, lease.owner)
        return work(runner)

    with Lease(session, None) as lease, session() as one:
        undo: _Undo = one.execute_write(partial(checked, work=_begin))
        lease.begun = True
        while one.execute_write(partial(checked, work=partial(_undo_next, undo=undo))):
            pass
        entry: LoadEntry = one.execute_write(partial(checked, work=partial(_finish, undo=undo)))
        return entry


def _begin(runner: Runner) -> _Undo:
    """Mark the load as one that is being taken back."""
    undo = _look(runner)
    last_instant.remove_note(runner)
    run(
        runner,
        "MATCH (l:Load {number: $number}) SET l.undoing = $counts",
        number=undo.number,
        counts=json.dumps({name: asdict(report) for name, report in undo.counts.items()}),
    ).consume()
    return undo


def _look(runner: Runner) -> _Undo:
    """Return what is to be taken back, or say why not."""
    last = fetch(
        runner,
        "MATCH (l:Load) RETURN l.number, l.entry, l.undoing, coalesce(l.old, false), coalesce(l.blocked, false)"
        " ORDER BY l.number DESC LIMIT 1",
    )
    if not last:
        raise no_load()
    number, entry, undoing, old, blocked = last[0]
    if old:
        raise too_old()
    if blocked:
        raise depended_on()
    if undoing:
        counts = {name: TableReport(**report) for name, report in json.loads(undoing).items()}
    else:
        counts = _count_rows(runner, number)
    return _Undo(parse_load(entry), number, counts)


def _count_rows(runner: Runner, number: int) -> dict[str, TableReport]:
    counts: dict[str, TableReport] = {}
    sizes = fetch(
        runner,
        "MATCH (p:LoadPart {load: $number}) RETURN p.table, sum(size(p.new)), sum(size(p.changed))",
        number=number,
    )
    by_name = {name: (new, changed) for name, new, changed in sizes}
    for name in TABLES:
        new, completed = by_name.get(name, (0, 0))
        if completed:
            parts = "MATCH (p:LoadPart {load: $number, table: $table}) RETURN "
            lists = fetch_column(runner, f"{parts} p.changed", number=number, table=name)
            changed = set().union(*lists)
            for part in run(runner, f"{parts} p.new", number=number, table=name):
                changed -= set(part[0])
            completed = len(changed)
        if new or completed:
            counts[name] = TableReport(new=new, completed=completed)
    return counts


def _undo_next(runner: Runner, undo: _Undo) -> bool:
    """Take back the part that was written last; return whether there was one."""
    found = fetch(
        runner,
        "MATCH (p:LoadPart {load: $number}) RETURN elementId(p), p.table, p.new, p.before ORDER BY p.part DESC LIMIT 1",
        number=undo.number,
    )
    if not found:
        return False
    ident, name, new, packed = found[0]
    before = None if packed is None else unpack_table(packed).frame
    if name in EDGES:
        remove_edges(runner, EDGES[name], new, before)
    else:
        remove_nodes(runner, NODES[name], new, before)
    run(runner, "MATCH (p:LoadPart) WHERE elementId(p) = $ident DELETE p", ident=ident).consume()
    raise_revision(runner)
    return True


def _finish(runner: Runner, undo: _Undo) -> LoadEntry:
    run(runner, "MATCH (l:Load {number: $number}) DELETE l", number=undo.number).consume()
    if not any(holds_rows(runner, name) for name in TABLES):
        run(runner, "MATCH (s:TruyVetStore {key: 'store'}) REMOVE s.zone").consume()
    last_instant.write_note(runner, None, None)
    raise_revision(runner)
    return replace(undo.entry, counts=undo.counts)


def holds_rows(runner: Runner, name: str) -> bool:
    """Tell whether a table has rows."""
    recorded = " WHERE r.recorded" if name in NODES and NODES[name].mentioned else ""
    return bool(fetch_column(runner, f"MATCH {pattern_of(name)}{recorded} RETURN 1 LIMIT 1"))


def remove_edges(runner: Runner, kind: EdgeKind, new: list[str], before: pd.DataFrame | None) -> None:
    """Remove relationships, put others back as they were, and remove nodes that were there for them only."""
    key = key_property(kind.table)
    named = new if before is None else [*new, *column_values(before[TABLES[kind.table].key])]
    found = f"MATCH (a)-[r:{kind.type}]->(b) USING INDEX SEEK r:{kind.type}({key}) WHERE r.{key} IN $keys "
    other, place = ("collect(DISTINCT [b.place, b.day])", True) if kind.table == "visits" else ("[]", False)
    there = fetch(
        runner, f"{found} RETURN collect(DISTINCT a.person) + collect(DISTINCT b.person), {other}", keys=named
    )
    people, days = there[0] if there else ([], [])  # none of what was withdrawn is there
    if before is not None:
        ensure_referred(runner, kind.table, before)
        put_rows(runner, kind.table, before, None, read_derivation(runner), changed=True)
    run(runner, f"{found} DELETE r", keys=new).consume()
    if place:
        _settle_days(runner, days)
        drop_unused(runner, "Place", {one for one, _ in days})
    drop_unused(runner, "Person", people)


def remove_nodes(runner: Runner, kind: NodeKind, new: list[str], before: pd.DataFrame | None) -> None:
    """Remove nodes, put others back as they were; what is still referred to stays, without being a row."""
    key = key_property(kind.table)
    changed = [] if before is None else column_values(before[TABLES[kind.table].key])
    found = f"MATCH (n:{kind.label}) USING INDEX SEEK n:{kind.label}({key}) WHERE n.{key} IN $keys "
    targets: dict[str, set[str]] = {}
    for reference in kind.references:
        pattern = reference.pattern.replace("(m)", f"(m:{reference.label})")
        query = f"{found} MATCH {pattern} RETURN collect(DISTINCT m.{reference.key})"
        targets.setdefault(reference.label, set()).update(fetch_column(runner, query, keys=new + changed)[0])
        if kind.mentioned:
            run(runner, f"{found} MATCH {pattern} DELETE r", keys=new).consume()
    run(runner, f"{found} SET n = {{{key}: n.{key}}}", keys=new + changed if kind.mentioned else changed).consume()
    if kind.mentioned:
        drop_unused(runner, kind.label, new)
    else:
        run(runner, f"{found} DETACH DELETE n", keys=new).consume()
    if before is not None:
        ensure_referred(runner, kind.table, before)
        put_rows(runner, kind.table, before, None, read_derivation(runner), changed=True)
    if kind.table == "areas":
        areas = sorted(targets["Area"])
        run(runner, "MATCH (x:Area) WHERE x.area IN $areas REMOVE x.name, x.level", areas=areas).consume()
        place_areas(runner, areas)
    if kind.table == "places":
        settle_places(runner, [*new, *changed], read_derivation(runner))
    for label, names in targets.items():
        drop_unused(runner, label, names)


def ensure_referred(runner: Runner, name: str, rows: pd.DataFrame) -> None:
    """Make what rows refer to, where it is not there."""
    for label, key, names in references_of(name, rows):
        ensure_nodes(runner, label=label, key=key, names=names)
    if name == "visits":
        ensure_place_days(runner, days=place_days(rows, read_derivation(runner).zone))


def _settle_days(runner: Runner, days: list[list[Any]]) -> None:
    """Remove the buckets that hold no visit now; the others end with the last of theirs."""
    found = "UNWIND $days AS one MATCH (d:PlaceDay {place: one[0], day: one[1]}) "
    run(runner, f"{found} WHERE NOT EXISTS {{ (d)<-[:VISITED]-() }} DETACH DELETE d", days=days).consume()
    run(
        runner,
        f"{found} MATCH (d)<-[v:VISITED]-() WITH d, v.start AS start, coalesce(v.endTo, v.startTo) AS last "
        "WITH d, max(CASE WHEN last > start THEN last ELSE start END) AS last SET d.last = last",
        days=days,
    ).consume()


def drop_unused(runner: Runner, label: str, names: Iterable[str]) -> None:
    """Remove nodes that are no row of their own and that nothing refers to."""
    key = _KEYS[label]
    recorded = " AND NOT coalesce(x.recorded, false)" if label != "Area" else ""
    needed = "(x)--()" if label != "Area" else "(x)-[r]-() WHERE type(r) <> 'PART_OF'"
    run(
        runner,
        f"MATCH (x:{label}) USING INDEX SEEK x:{label}({key}) "
        f"WHERE x.{key} IN $names{recorded} AND NOT EXISTS {{ {needed} }} DETACH DELETE x",
        names=sorted(names),
    ).consume()
