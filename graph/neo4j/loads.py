"""Notes, the record of loads and what is kept to take one back, in Neo4j.

A load is a node ``Load``; each part of it leaves a ``LoadPart`` in its own transaction: the keys of its new rows, and
the rows that it completed as they were before. Parts of old loads are removed, so their number is bounded.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Final

import pandas as pd

from graph.loads import LOADS_KEPT, LoadEntry, TableReport, load_json, note_text, parse_load
from graph.neo4j.rows import Runner, fetch, fetch_column, run
from graph.refusals import half_undone, not_last
from graph.runs import pack_table
from tracing.model.columns import TableColumns
from tracing.model.records import Records
from tracing.model.schema import TABLES

_STORE: Final = "MERGE (s:TruyVetStore {key: 'store'})"
_REMOVED_AT_ONCE: Final = 50
"""Old parts that one transaction removes."""


def read_revision(runner: Runner) -> int:
    """Return the number that every change raises."""
    found = fetch_column(runner, "MATCH (s:TruyVetStore {key: 'store'}) RETURN coalesce(s.revision, 0)")
    return int(found[0]) if found else 0


def raise_revision(runner: Runner) -> int:
    """Raise that number and return it. It locks the store's node, so it comes last in a transaction."""
    return int(fetch_column(runner, f"{_STORE} SET s.revision = coalesce(s.revision, 0) + 1 RETURN s.revision")[0])


def read_notes(runner: Runner, kind: str) -> dict[str, Any]:
    """Return the notes of a kind by key."""
    rows = fetch(runner, "MATCH (n:Note {kind: $kind}) RETURN n.key, n.value ORDER BY n.key", kind=kind)
    return {key: json.loads(value) for key, value in rows}


def read_all_notes(runner: Runner) -> dict[tuple[str, str], Any]:
    """Return all notes by kind and key."""
    rows = fetch(runner, "MATCH (n:Note) RETURN n.kind, n.key, n.value ORDER BY n.kind, n.key")
    return {(kind, key): json.loads(value) for kind, key, value in rows}


def save_note(runner: Runner, kind: str, key: str, value: Any) -> int | None:
    """Keep one note, or forget it where ``value`` is None; return the revision after it, None where nothing changed."""
    text = None if value is None else note_text(value)
    kept = fetch_column(runner, "MATCH (n:Note {kind: $kind, key: $key}) RETURN n.value", kind=kind, key=key)
    if text == (kept[0] if kept else None):
        return None
    if text is None:
        run(runner, "MATCH (n:Note {kind: $kind, key: $key}) DELETE n", kind=kind, key=key).consume()
    else:
        query = "MERGE (n:Note {kind: $kind, key: $key}) SET n.value = $value"
        run(runner, query, kind=kind, key=key, value=text).consume()
    return raise_revision(runner)


def list_loads(runner: Runner) -> list[LoadEntry]:
    """Return the loads on record, oldest first."""
    return [parse_load(text) for text in fetch_column(runner, "MATCH (l:Load) RETURN l.entry ORDER BY l.number")]


def keep_loads(runner: Runner, entries: Sequence[LoadEntry]) -> None:
    """Put loads of another store on record, too old to be taken back."""
    last = fetch_column(runner, "MATCH (l:Load) RETURN coalesce(max(l.number), 0)")[0]
    rows = [
        [last + at, load.id, load_json(load), load.at, load.who, load.finished] for at, load in enumerate(entries, 1)
    ]
    query = (
        "UNWIND $rows AS row CREATE (:Load {number: row[0], load: row[1], entry: row[2], at: row[3], who: row[4], "
        "finished: row[5], old: true})"
    )
    run(runner, query, rows=rows).consume()
    raise_revision(runner)


def read_brought(runner: Runner, table: str, keys: pd.Series) -> dict[str, str]:
    """Return by key, of those among ``keys``, the last load that brought a row as a new one."""
    query = (
        "MATCH (p:LoadPart {table: $table}) MATCH (l:Load {number: p.load}) "
        "RETURN l.load, p.new ORDER BY p.load, p.part"
    )
    asked = set(keys)
    return {key: load for load, new in run(runner, query, table=table) for key in asked.intersection(new)}


class Journal:
    """What a write leaves behind so that it can be taken back; without a load, only what it bars.

    ``begin`` and ``finish`` are called in transactions that hold the lock of the store's node, ``note`` in that of
    the part it is about, of which several may be under way.
    """

    def __init__(self, load: LoadEntry | None) -> None:
        self._load = load
        self._number = 0
        self._parts = count(1)

    @property
    def kept(self) -> bool:
        """Whether the write is a load that goes on record."""
        return self._load is not None

    def begin(self, runner: Runner, records: Records) -> None:
        """Put the load on record as begun; a write that is none bars the loads whose rows it names."""
        last = fetch(runner, "MATCH (l:Load) RETURN l.number, l.entry, l.undoing ORDER BY l.number DESC LIMIT 1")
        if last and last[0][2]:
            raise half_undone()
        if self._load is None:
            if last:
                _bar(runner, records)
            return
        before = parse_load(last[0][1]) if last else None
        if before is not None and _continues(before, self._load):
            self._number, self._load = last[0][0], replace(before, finished=False)
            kept = fetch_column(runner, "MATCH (p:LoadPart {load: $load}) RETURN max(p.part)", load=self._number)[0]
            self._parts = count((kept or 0) + 1)
        else:
            if fetch_column(runner, "MATCH (l:Load {load: $load}) RETURN 1", load=self._load.id):
                raise not_last()
            self._number = last[0][0] + 1 if last else 1
            self._load = replace(self._load, finished=False)
            run(
                runner, "CREATE (:Load {number: $number, load: $load})", number=self._number, load=self._load.id
            ).consume()
        self._write_entry(runner, self._load)
        raise_revision(runner)  # who reads which loads there are sees that one came

    def note(self, runner: Runner, name: str, new: list[str], before: pd.DataFrame) -> None:
        """Note what a part wrote: keys of new rows, and changed rows as they were."""
        if self._load is None or (not new and before.empty):
            return
        run(
            runner,
            "CREATE (:LoadPart {load: $load, part: $part, table: $table, "
            "new: $new, changed: $changed, before: $before})",
            load=self._number,
            part=next(self._parts),
            table=name,
            new=new,
            changed=before[TABLES[name].key].tolist(),
            before=None if before.empty else pack_table(TableColumns.of(before)),
        ).consume()

    def finish(self, runner: Runner, reports: dict[str, TableReport]) -> None:
        """Put the load on record as finished."""
        if self._load is None:
            return
        self._write_entry(runner, replace(self._load.add(reports), finished=True))
        raise_revision(runner)

    def forget_old(self, runner: Runner) -> int:
        """Remove some of what is kept of loads that are too old to be taken back; return how many parts went."""
        if self._load is None:
            return 0
        old = self._number - LOADS_KEPT
        run(runner, "MATCH (l:Load) WHERE l.number <= $old SET l.old = true", old=old).consume()
        query = f"MATCH (p:LoadPart) WHERE p.load <= $old WITH p LIMIT {_REMOVED_AT_ONCE} DELETE p RETURN count(p)"
        return int(fetch_column(runner, query, old=old)[0])

    def _write_entry(self, runner: Runner, entry: LoadEntry) -> None:
        run(
            runner,
            "MATCH (l:Load {number: $number}) SET l.entry = $entry, l.at = $at, l.who = $who, l.finished = $finished",
            number=self._number,
            entry=load_json(entry),
            at=entry.at,
            who=entry.who,
            finished=entry.finished,
        ).consume()


def _continues(before: LoadEntry, load: LoadEntry) -> bool:
    """Tell whether a load is one with the last on record: a further write of it, or its files again to the end."""
    return before.id == load.id or (not before.finished and before.files == load.files)


def _bar(runner: Runner, records: Records) -> None:
    """Note the loads that can no longer be taken back, because ``records`` name rows of theirs."""
    barred: set[int] = set()
    for name in TABLES:
        keys = set(records[name][TABLES[name].key])
        if not keys:
            continue
        for number, new, changed in run(
            runner, "MATCH (p:LoadPart {table: $table}) RETURN p.load, p.new, p.changed", table=name
        ):
            if not keys.isdisjoint(new) or not keys.isdisjoint(changed):
                barred.add(number)
    if barred:
        run(runner, "MATCH (l:Load) WHERE l.number IN $barred SET l.blocked = true", barred=sorted(barred)).consume()
