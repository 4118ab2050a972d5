"""Writing Records into Neo4j: in one transaction where they fit, else in many that can be taken up again.

Up to :data:`BATCH` rows are one transaction, all or nothing. More are many, each of which leaves whole rows: a load
that was broken off, by whatever, is finished by running it again and ends as if nothing had happened.

Relationships of a large load are joined to nodes by the server's own ids, asked for once per table: that spares two
look-ups of a text per relationship. Several writers share the parts, which are cut such that those under way at a time
join no node in common (:mod:`graph.neo4j.tiles`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from typing import Final, TypeVar

import neo4j
import pandas as pd
from neo4j.exceptions import ConstraintError

from graph.loads import LoadEntry, TableReport, WriteReport, conflict_table
from graph.neo4j import last_instant, lease
from graph.neo4j.derived import Derivation, read_derivation, settle_stays
from graph.neo4j.loads import Journal, raise_revision
from graph.neo4j.model import EDGES
from graph.neo4j.relationships import Nodes, Relationships
from graph.neo4j.rows import Runner
from graph.neo4j.tiles import Turns, cut_rows, cut_tiles
from graph.neo4j.write_part import (
    Part,
    check_all_there,
    count_people,
    ensure_nodes,
    ensure_place_days,
    place_days,
    references_of,
    seem_new,
    write_new,
    write_part,
)
from graph.protocol import WriteProgress
from tracing.model.records import Records
from tracing.model.schema import TABLES

BATCH: Final = 20_000
"""Rows of one transaction at most."""
EDGES_AT_ONCE: Final = 5_000
"""Relationships of one transaction of a large load at most: more fill the server's memory for no gain."""

_ORDER: Final = sorted(TABLES, key=lambda name: name == "visits")
"""Tables as they are written: how long a stay lasts depends on the kind of place, so that comes before the visits."""

T = TypeVar("T")
_Write = Callable[[Runner], Part]


def write_records(
    session: Callable[[], neo4j.Session],
    records: Records,
    *,
    load: LoadEntry | None,
    replace: bool,
    progress: WriteProgress | None,
    batch: int = BATCH,
) -> WriteReport:
    """Write, and say what became of the rows; see :meth:`graph.protocol.Store.write`."""
    if not len(records) and load is None:
        return WriteReport({name: TableReport() for name in TABLES}, conflict_table([]))
    if len(records) <= batch:
        with session() as one:
            return one.execute_write(lambda tx: _write_small(tx, records, Journal(load), replace, progress))
    with lease.Lease(session, records.zone) as held:
        return _Load(session, held, records, Journal(load), replace, progress, batch).run()


def _write_small(
    runner: Runner, records: Records, journal: Journal, replace: bool, progress: WriteProgress | None
) -> WriteReport:
    lease.enter(runner, records.zone if len(records) else None)
    how = read_derivation(runner, records.zone)
    journal.begin(runner, records)
    before = last_instant.read_note(runner)
    reports, conflicts = {name: TableReport() for name in TABLES}, []
    filled: dict[str, set[str]] = {}
    changed = False
    for name in _ORDER:
        frame = records[name]
        if frame.empty:
            continue
        for label, key, names in references_of(name, frame):
            ensure_nodes(runner, label=label, key=key, names=names)
        if name == "visits":
            ensure_place_days(runner, days=place_days(frame, how.zone))
        part = write_part(runner, name=name, part=frame, replace=replace, how=how)
        journal.note(runner, name, part.new, part.before)
        changed |= bool(part.new) or len(part.before) > 0
        reports[name] = part.report
        conflicts.append(part.conflicts.assign(table=name))
        filled.setdefault(name, set()).update(part.before[TABLES[name].key])
        if progress is not None:
            progress(name, len(frame), len(frame))
    report = WriteReport(reports, conflict_table(conflicts), {name: keys for name, keys in filled.items() if keys})
    last_instant.write_note(runner, before, _taken_whole(records, report, replace))
    if changed and not journal.kept:
        raise_revision(runner)
    journal.finish(runner, reports)
    journal.forget_old(runner)
    return report


class _Load:
    """A load in many transactions, each of which makes sure that the lease is still ours."""

    def __init__(
        self,
        session: Callable[[], neo4j.Session],
        held: lease.Lease,
        records: Records,
        journal: Journal,
        replace: bool,
        progress: WriteProgress | None,
        batch: int,
    ) -> None:
        self._session = session
        self._held = held
        self._records = records
        self._journal = journal
        self._replace = replace
        self._progress = progress
        self._batch = batch
        self._nodes: Nodes = {}
        self._people = 0
        self._how = Derivation(records.zone, {})

    def run(self) -> WriteReport:
        """Write table by table."""
        reports, conflicts = {name: TableReport() for name in TABLES}, []
        filled: dict[str, set[str]] = {}
        with self._session() as session:
            before = self._in_transaction(session, self._begin)
        self._held.begun = True
        for name in _ORDER:
            done, total = 0, len(self._records[name])
            with contextlib.closing(self._write_table(name, self._records[name])) as parts:
                for part in parts:
                    reports[name] += part.report
                    conflicts.append(part.conflicts.assign(table=name))
                    filled.setdefault(name, set()).update(part.before[TABLES[name].key])
                    done += part.report.rows
                    if self._progress is not None:
                        self._progress(name, done, total)
        whole = WriteReport(reports, conflict_table(conflicts), {name: keys for name, keys in filled.items() if keys})
        settle_stays(self._session, self._how)
        with self._session() as session:
            added = _taken_whole(self._records, whole, self._replace)
            self._in_transaction(session, partial(self._finish, before=before, added=added, reports=reports))
            while self._in_transaction(session, self._journal.forget_old):
                pass
        return whole

    def _begin(self, runner: Runner) -> last_instant.Note | None:
        """Put the load on record; return the note of the last instant and take it away."""
        self._journal.begin(runner, self._records)
        if not self._journal.kept:
            raise_revision(runner)
        self._how = read_derivation(runner, self._records.zone)
        note = last_instant.read_note(runner)
        last_instant.remove_note(runner)
        return note

    def _finish(
        self,
        runner: Runner,
        before: last_instant.Note | None,
        added: Records | None,
        reports: dict[str, TableReport],
    ) -> None:
        last_instant.write_note(runner, before, added)
        self._journal.finish(runner, reports)

    def _in_transaction(self, session: neo4j.Session, work: Callable[[Runner], T], fence: int = 0) -> T:
        def checked(tx: neo4j.ManagedTransaction) -> T:
            check_all_there(count_people(tx), self._people)  # a node removed by others may give its id to a new one
            done = work(tx)
            lease.fence(tx, self._held.owner, fence)
            return done

        return session.execute_write(checked)

    def _write_table(self, name: str, frame: pd.DataFrame) -> Generator[Part, None, None]:
        if frame.empty:
            return
        with self._session() as session:
            self._prepare(session, name, frame)
        if name in EDGES:
            tiles, writers = cut_tiles(name, frame, min(self._batch, EDGES_AT_ONCE), self._how.zone), lease.FENCES
        else:
            tiles, writers = cut_rows(name, frame, self._batch), 1
        edges = None
        if name in EDGES and tiles[0].groups:  # one row per key
            edges = Relationships.of(EDGES[name], frame, self._nodes, self._how)
        write = partial(self._write_next, name, frame, edges, Turns(tiles))
        with ThreadPoolExecutor(writers, thread_name_prefix="truyvet-write") as pool:
            parts = [pool.submit(write) for _ in tiles]
            try:
                for part in as_completed(parts):
                    yield part.result()
            finally:  # closed early, it drops the parts not yet begun
                for part in parts:
                    part.cancel()

    def _write_next(self, name: str, frame: pd.DataFrame, edges: Relationships | None, turns: Turns) -> Part:
        """Write some rows, outright where they seem to be new; the constraints tell if they are not."""
        keys = frame[TABLES[name].key]
        with turns.take() as (tile, fence), self._session() as session:
            if edges is not None and session.execute_read(partial(seem_new, name=name, keys=keys.take(tile.rows))):
                outright = partial(write_new, edges=edges, keys=keys, rows=tile.rows, how=self._how)
                with contextlib.suppress(ConstraintError):
                    return self._in_transaction(session, partial(self._noted, name=name, write=outright), fence)
            write: _Write = partial(
                write_part,
                name=name,
                part=frame.take(tile.rows).reset_index(drop=True),
                replace=self._replace,
                how=self._how,
                nodes=self._nodes if name in EDGES else None,
            )
            return self._in_transaction(session, partial(self._noted, name=name, write=write), fence)

    def _noted(self, runner: Runner, *, name: str, write: _Write) -> Part:
        written = write(runner)
        self._journal.note(runner, name, written.new, written.before)
        return written

    def _prepare(self, session: neo4j.Session, name: str, frame: pd.DataFrame) -> None:
        """Make what the rows will be joined to, and learn its ids in the server."""
        for label, key, names in references_of(name, frame):
            known = self._nodes.setdefault(label, {})
            missing = [one for one in names if one not in known]
            for start in range(0, len(missing), self._batch):
                some = missing[start : start + self._batch]
                known |= self._in_transaction(session, partial(ensure_nodes, label=label, key=key, names=some))
        self._people = session.execute_read(count_people)
        if name == "visits":
            days, known = place_days(frame, self._how.zone), self._nodes.setdefault("PlaceDay", {})
            for start in range(0, len(days), self._batch):
                part = days.iloc[start : start + self._batch]
                known |= self._in_transaction(session, partial(ensure_place_days, days=part))


def _taken_whole(records: Records, report: WriteReport, replace: bool) -> Records | None:
    """Return the records if every value of theirs is stored now and replaced no other, else None."""
    return None if replace or len(report.conflicts) else records
