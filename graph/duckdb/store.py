"""The embedded store: one DuckDB file, nothing to install, the default."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from graph.duckdb import loads as kept_loads
from graph.duckdb import runs as kept_runs
from graph.duckdb.errors import translated
from graph.duckdb.file import open_file
from graph.duckdb.rows import column_list, read_zone, to_pandas
from graph.duckdb.slice import Slicer
from graph.duckdb.write import write_records
from graph.protocol import ExportEntry, LoadEntry, Progress, Run, RunHeader, WriteReport
from graph.selection import parse_selection
from tracing.errors import StoreError, UsageError
from tracing.model.contactgraph import ContactGraph, build_contact_graph
from tracing.model.records import WATCHED_TIMES, Records
from tracing.model.schema import TABLES
from tracing.text import catalogue
from tracing.times import DEFAULT_ZONE

_, _n = catalogue("graph")


class EmbeddedStore:
    """Records in one DuckDB file (see :class:`graph.protocol.Store`; open one with :func:`graph.open_store`).

    While it is open for writing no other process can open the file. A write is one transaction: a process that is
    killed leaves the file as it was.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool = True,
        read_only: bool = False,
        memory_limit: str = "50%",
        threads: int | None = None,
    ) -> None:
        self.path = path
        self._opened: duckdb.DuckDBPyConnection | None = open_file(
            path, create=create, read_only=read_only, memory_limit=memory_limit, threads=threads
        )

    def __repr__(self) -> str:
        return f"<EmbeddedStore {self.path}{'' if self._opened else ', closed'}>"

    @contextmanager
    def _session(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a connection of its own to one piece of work; what it left unfinished is undone."""
        if self._opened is None:
            raise StoreError(
                _("the store {path} was closed", path=self.path),
                fix=_("open it again"),
            )
        with translated(self.path):
            session = self._opened.cursor()
            try:
                yield session
            finally:
                session.close()

    def write(
        self,
        records: Records,
        *,
        load: LoadEntry | None = None,
        replace: bool = False,
        progress: Progress | None = None,
    ) -> WriteReport:
        """Put ``records`` in, all or nothing, and say what became of them."""
        with self._session() as session:
            return write_records(session, records, load=load, replace=replace, progress=progress)

    def revision(self) -> int:
        """Return a number that every change of records, notes or loads raises."""
        with self._session() as session:
            return kept_loads.read_revision(session)

    def notes(self, kind: str) -> dict[str, Any]:
        """Return the notes of one kind."""
        with self._session() as session:
            return kept_loads.read_notes(session, kind)

    def save_note(self, kind: str, key: str, value: Any) -> None:
        """Keep ``value``, a JSON value, under ``key``; None forgets it."""
        with self._session() as session:
            kept_loads.save_note(session, kind, key, value)

    def loads(self) -> list[LoadEntry]:
        """Return the loads on record, oldest first."""
        with self._session() as session:
            return kept_loads.list_loads(session)

    def undo_load(self) -> LoadEntry:
        """Take the last load back, all or nothing."""
        with self._session() as session:
            return kept_loads.undo_load(session)

    def read(self, *, tables: Sequence[str] | None = None) -> Records:
        """Return everything, or the named tables and the others empty; rows sorted by key."""
        wanted = list(TABLES) if tables is None else list(tables)
        _check_tables(wanted)
        with self._session() as session:
            session.execute("BEGIN")
            frames = {
                name: to_pandas(
                    session.sql(f"SELECT {column_list(name)} FROM {name} ORDER BY {TABLES[name].key}").to_arrow_table()
                )
                for name in wanted
            }
            return Records(frames, read_zone(session) or DEFAULT_ZONE)

    def ids(self, table: str) -> set[str]:
        """Return the keys of a table (for areas: the area codes)."""
        _check_tables([table])
        column = "area" if table == "areas" else TABLES[table].key
        with self._session() as session:
            found = session.sql(f"SELECT {column} FROM {table}").to_arrow_table()
        return set(found[column].to_pylist())

    def last_instant(self) -> int | None:
        """Return the last instant on record, of all records; None where no record has a time."""
        latest = [
            f'SELECT max(CASE WHEN "{c}_to" > "{c}" THEN "{c}_to" - 1 ELSE "{c}_to" END) AS moment FROM {table}'
            for table, columns in WATCHED_TIMES.items()
            for c in columns
        ]
        with self._session() as session:
            found = session.execute(f"SELECT max(moment) FROM ({' UNION ALL '.join(latest)})").fetchall()[0][0]
        return None if found is None else int(found)

    def slice(
        self,
        *,
        cases: Sequence[str] | None = None,
        people: Sequence[str] | None = None,
        areas: Sequence[str] | None = None,
        places: Sequence[str] | None = None,
        steps: int | None = None,
        since: int | str | None = None,
        until: int | str | None = None,
    ) -> ContactGraph:
        """Return the part of the records around what is named; all of them where nothing is."""
        with self._session() as session:
            zone = read_zone(session) or DEFAULT_ZONE
            selection = parse_selection(
                cases=cases,
                people=people,
                areas=areas,
                places=places,
                steps=steps,
                since=since,
                until=until,
                zone=zone,
            )
            frames, focus = Slicer(session, selection).select()
        return build_contact_graph(Records(frames, zone), focus=focus)

    def save_run(self, run: Run) -> bool:
        """Keep ``run``; return False, and change nothing, where a run with its id is already kept."""
        with self._session() as session:
            return kept_runs.save_run(session, run)

    def runs(self) -> list[RunHeader]:
        """Return the headers of the runs kept, in the order in which they were saved."""
        with self._session() as session:
            return kept_runs.list_runs(session)

    def load_run(self, run: str) -> Run:
        """Return the run with the id ``run``; ``NothingFound`` if there is none."""
        with self._session() as session:
            return kept_runs.load_run(session, run)

    def delete_run(self, run: str) -> None:
        """Forget the run with the id ``run``; ``NothingFound`` if there is none."""
        with self._session() as session:
            kept_runs.delete_run(session, run)

    def log_export(self, entry: ExportEntry) -> None:
        """Note that something was taken out."""
        with self._session() as session:
            kept_runs.log_export(session, entry)

    def exports(self) -> list[ExportEntry]:
        """Return the export log, oldest first."""
        with self._session() as session:
            return kept_runs.list_exports(session)

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        opened, self._opened = self._opened, None
        if opened is not None:
            with translated(self.path):
                opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _check_tables(names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        known = ", ".join(TABLES)
        raise UsageError(
            _("there is no table {tables}", tables=", ".join(unknown)),
            fix=_("the tables are {known}", known=known),
        )
