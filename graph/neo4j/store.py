"""The Neo4j store: records in a real graph database, for a team that also asks in Cypher. The model: MODEL.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

import neo4j

from graph.neo4j import loads as kept_loads
from graph.neo4j import runs as kept_runs
from graph.neo4j.connect import connect
from graph.neo4j.errors import translated
from graph.neo4j.last_instant import read_last_instant
from graph.neo4j.login import Login, Prompt, find_login, parse_address
from graph.neo4j.read import read_ids, read_table, read_zone
from graph.neo4j.slice import Slicer
from graph.neo4j.undo import undo_load
from graph.neo4j.write import BATCH, write_records
from graph.protocol import ExportEntry, LoadEntry, Progress, Run, RunHeader, WriteReport
from graph.selection import parse_selection
from tracing.errors import StoreError, UsageError
from tracing.model.contactgraph import ContactGraph, build_contact_graph
from tracing.model.records import Records
from tracing.model.schema import TABLES
from tracing.text import catalogue
from tracing.times import DEFAULT_ZONE

_, _n = catalogue("graph")

T = TypeVar("T")
_FETCH = 5_000


class Neo4jStore:
    """Records in one database of a Neo4j server (see :class:`graph.protocol.Store`).

    A write of up to ``batch`` rows is all or nothing. A larger one is many transactions: broken off, it leaves whole
    rows and is finished by running it again. One load runs at a time; people may read and query meanwhile. A slice or
    a whole reading sees what others commit while it runs, as everything in Neo4j does.

    Parameters
    ----------
    address
        ``neo4j://host:port/database``, or with ``neo4j+s``, ``neo4j+ssc``, ``bolt``, ``bolt+s``, ``bolt+ssc``.
    create
        Make constraints and indexes where there are none.
    read_only
        Never write.
    login
        User and password; found as :func:`graph.neo4j.login.find_login` tells where not given.
    prompt
        Asks a person for the password where it is found nowhere.
    batch
        Rows of one transaction at most.
    """

    def __init__(
        self,
        address: str,
        *,
        create: bool = True,
        read_only: bool = False,
        login: Login | None = None,
        prompt: Prompt | None = None,
        batch: int = BATCH,
    ) -> None:
        self.address = parse_address(address)
        self._read_only = read_only
        self._batch = batch
        login = login or find_login(self.address, prompt=prompt)
        self._driver: neo4j.Driver | None = connect(self.address, login, create=create, read_only=read_only)

    def __repr__(self) -> str:
        return f"<Neo4jStore {self.address}{'' if self._driver else ', closed'}>"

    @contextmanager
    def session(self, *, access: Literal["READ", "WRITE"] = "WRITE") -> Iterator[neo4j.Session]:
        """Give a session of the driver; what goes wrong in it is raised as a ``StoreError``.

        Cypher in it takes data as parameters only. ``access`` "READ": the server refuses to write.
        """
        with translated(str(self.address)), self._open(access) as session:
            yield session

    def _open(self, access: Literal["READ", "WRITE"]) -> neo4j.Session:
        if self._driver is None:
            raise StoreError(
                _("the store {server} was closed", server=self.address),
                fix=_("open it again"),
            )
        if access == "WRITE" and self._read_only:
            raise StoreError(
                _("{server} was opened for reading only", server=self.address),
                fix=_("open it again for writing"),
            )
        return self._driver.session(database=self.address.database, default_access_mode=access, fetch_size=_FETCH)

    def _read(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        with self.session(access="READ") as session:
            return session.execute_read(work)

    def _write(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        with self.session() as session:
            return session.execute_write(work)

    def write(
        self,
        records: Records,
        *,
        load: LoadEntry | None = None,
        replace: bool = False,
        progress: Progress | None = None,
    ) -> WriteReport:
        """Put ``records`` in and say what became of them; up to ``batch`` rows all or nothing, more to be resumed."""
        with translated(str(self.address)):
            return write_records(
                lambda: self._open("WRITE"),
                records,
                load=load,
                replace=replace,
                progress=progress,
                batch=self._batch,
            )

    def revision(self) -> int:
        """Return a number that every change of records, notes or loads raises."""
        return self._read(kept_loads.read_revision)

    def notes(self, kind: str) -> dict[str, Any]:
        """Return the notes of one kind."""
        return self._read(lambda tx: kept_loads.read_notes(tx, kind))

    def save_note(self, kind: str, key: str, value: Any) -> None:
        """Keep ``value``, a JSON value, under ``key``; None forgets it."""
        self._write(lambda tx: kept_loads.save_note(tx, kind, key, value))

    def loads(self) -> list[LoadEntry]:
        """Return the loads on record, oldest first; one that is under way or was broken off is not finished."""
        return self._read(kept_loads.list_loads)

    def undo_load(self) -> LoadEntry:
        """Take the last load back; up to ``batch`` rows all or nothing, more to be resumed."""
        with translated(str(self.address)):
            return undo_load(lambda: self._open("WRITE"), batch=self._batch)

    def read(self, *, tables: Sequence[str] | None = None) -> Records:
        """Return everything, or the named tables and the others empty; rows sorted by key."""
        wanted = list(TABLES) if tables is None else list(tables)
        _check_tables(wanted)
        frames = {name: self._read(lambda tx, name=name: read_table(tx, name)) for name in wanted}  # type: ignore[misc]
        return Records(frames, self._zone())

    def _zone(self) -> str:
        return self._read(read_zone) or DEFAULT_ZONE

    def ids(self, table: str) -> set[str]:
        """Return the keys of a table (for areas: the area codes)."""
        _check_tables([table])
        return self._read(lambda tx: read_ids(tx, table))

    def last_instant(self) -> int | None:
        """Return the last instant on record, of all records; None where no record has a time."""
        return self._read(read_last_instant)

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
        asked: dict[str, Any] = {"cases": cases, "people": people, "areas": areas, "places": places}
        asked |= {"steps": steps, "since": since, "until": until}

        def select(tx: neo4j.ManagedTransaction) -> tuple[Records, list[str] | None]:
            zone = read_zone(tx) or DEFAULT_ZONE
            frames, focus = Slicer(tx, parse_selection(**asked, zone=zone)).select()
            return Records(frames, zone), focus

        records, focus = self._read(select)
        return build_contact_graph(records, focus=focus)

    def save_run(self, run: Run) -> bool:
        """Keep ``run``; return False, and change nothing, where a run with its id is already kept."""
        return self._write(lambda tx: kept_runs.save_run(tx, run))

    def runs(self) -> list[RunHeader]:
        """Return the headers of the runs kept, in the order in which they were saved."""
        return self._read(kept_runs.list_runs)

    def load_run(self, run: str) -> Run:
        """Return the run with the id ``run``; ``NothingFound`` if there is none."""
        return self._read(lambda tx: kept_runs.load_run(tx, run))

    def delete_run(self, run: str) -> None:
        """Forget the run with the id ``run``; ``NothingFound`` if there is none."""
        self._write(lambda tx: kept_runs.delete_run(tx, run))

    def log_export(self, entry: ExportEntry) -> None:
        """Note that something was taken out."""
        self._write(lambda tx: kept_runs.log_export(tx, entry))

    def exports(self) -> list[ExportEntry]:
        """Return the export log, oldest first."""
        return self._read(kept_runs.list_exports)

    def close(self) -> None:
        """Let go of the connection; closing twice is harmless."""
        driver, self._driver = self._driver, None
        if driver is not None:
            with translated(str(self.address)):
                driver.close()

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
