"""The Neo4j store: records in a real graph database, for a team that also asks in Cypher. The model: MODEL.md."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Literal, TypeVar, Unpack

import neo4j
import pandas as pd

from graph.base import BaseStore
from graph.loads import LoadEntry, WriteReport
from graph.neo4j import loads, results, runs
from graph.neo4j.clear import empty_database, forget_store, unmark
from graph.neo4j.connect import connect
from graph.neo4j.derived import derive_missing
from graph.neo4j.errors import translated
from graph.neo4j.last_instant import read_last_instant, read_note, read_odd, write_note
from graph.neo4j.login import Login, Prompt, find_login, parse_address
from graph.neo4j.odd import Odd
from graph.neo4j.purge import purge
from graph.neo4j.read import read_called_ids, read_ids, read_table, read_zone
from graph.neo4j.rows import Runner
from graph.neo4j.same import hide_same, show_same
from graph.neo4j.slice import NotNoted, Slicer
from graph.neo4j.undo import undo_load
from graph.neo4j.whole import LoadState, read_state
from graph.neo4j.withdraw import withdraw
from graph.neo4j.write import BATCH, write_records
from graph.neo4j.write_part import find_nodes
from graph.protocol import Capability, SliceOptions, Store, WriteProgress
from graph.purge import Purge, PurgeEntry
from graph.refusals import closed, only_read
from graph.runs import Run, RunHeader
from graph.selection import Selection
from tracing.errors import StoreError
from tracing.identity.decisions import PLACES, place_names, representatives
from tracing.model.numbered import NumberedRecords
from tracing.model.records import Records
from tracing.text import catalogue

_, _n = catalogue("graph")

T = TypeVar("T")
_FETCH = 5_000
_TURNS = 3
"""How often a reading that others change meanwhile is tried."""


def open_at(
    address: str,
    capabilities: frozenset[Capability],
    *,
    create: bool,
    read_only: bool,
    prompt: Prompt | None,
    **_: Any,
) -> Store:
    """Open the store at the server's ``address`` (:func:`graph.open_store`)."""
    return Neo4jStore(address, capabilities, create=create, read_only=read_only, prompt=prompt)


class Neo4jStore(BaseStore[Runner]):
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
    anyway
        Answer from what is there while a load is not whole, instead of refusing to.
    """

    def __init__(
        self,
        address: str,
        capabilities: frozenset[Capability] = frozenset({"cypher", "results"}),
        *,
        create: bool = True,
        read_only: bool = False,
        login: Login | None = None,
        prompt: Prompt | None = None,
        batch: int = BATCH,
        anyway: bool = False,
    ) -> None:
        self.address = parse_address(address)
        super().__init__(self.address, capabilities, runs=runs, loads=loads)
        self._read_only = read_only
        self._batch = batch
        self.anyway = anyway
        self.unfinished: LoadState | None = None
        self.odd: list[Odd] = []
        """What the last reading left out, since it does not fit: rows that others wrote."""
        login = login or find_login(self.address, prompt=prompt)
        self._driver: neo4j.Driver | None = connect(self.address, login, create=create, read_only=read_only)

    def _is_closed(self) -> bool:
        return self._driver is None

    @contextmanager
    def session(self, *, access: Literal["READ", "WRITE"] = "WRITE") -> Iterator[neo4j.Session]:
        """Give a session of the driver; what goes wrong in it is raised as a ``StoreError``.

        Cypher in it takes data as parameters only. ``access`` "READ": the server refuses to write.
        """
        with translated(str(self.address)), self._open(access) as session:
            yield session

    def _open(self, access: Literal["READ", "WRITE"]) -> neo4j.Session:
        if self._driver is None:
            raise closed(self.address)
        if access == "WRITE" and self._read_only:
            raise only_read(self.address)
        return self._driver.session(database=self.address.database, default_access_mode=access, fetch_size=_FETCH)

    def _do(self, work: Callable[[Runner], T], *, writes: bool = False) -> T:
        with self.session(access="WRITE" if writes else "READ") as session:
            return session.execute_write(work) if writes else session.execute_read(work)

    def _write(
        self, records: Records, *, load: LoadEntry | None, replace: bool, progress: WriteProgress | None
    ) -> WriteReport:
        with translated(str(self.address)):
            return write_records(
                lambda: self._open("WRITE"),
                records,
                load=load,
                replace=replace,
                progress=progress,
                batch=self._batch,
            )

    def _withdraw(self, keys: Mapping[str, Sequence[str]], load: LoadEntry) -> None:
        parts = [
            (name, list(some)[at : at + self._batch])
            for name, some in keys.items()
            for at in range(0, len(some), self._batch)
        ]
        for name, part in parts:
            self._do(partial(withdraw, keys={name: part}, load=load), writes=True)

    def undo_load(self) -> LoadEntry:
        """Take the last load back; up to ``batch`` rows all or nothing, more to be resumed."""
        self._do(hide_same, writes=True)
        with translated(str(self.address)):
            undone = undo_load(lambda: self._open("WRITE"), batch=self._batch)
        self.show_identity()
        return undone

    def purge(self, plan: Purge, entry: PurgeEntry) -> None:
        """Remove people for good; up to ``batch`` rows all or nothing, more to be run again."""
        for run in self.runs():
            self.delete_run(run.id)
        with translated(str(self.address)):
            purge(lambda: self._open("WRITE"), plan, entry, batch=self._batch, place=self.address)
        self.show_identity()

    def clear(self, who: str, *, progress: WriteProgress | None = None) -> None:
        """Remove everything, constraints and indexes too; the store is of no use afterwards."""
        with translated(str(self.address)):
            empty_database(lambda: self._open("WRITE"), who, progress=progress, keep_rules=False)
            forget_store(lambda: self._open("WRITE"))

    def empty(self, who: str, *, progress: WriteProgress | None = None) -> None:
        """Remove everything but a mark of it, which :meth:`filled` takes away: what comes instead may be written."""
        with translated(str(self.address)):
            empty_database(lambda: self._open("WRITE"), who, progress=progress)

    def filled(self) -> None:
        """Take the mark of :meth:`empty` away."""
        with translated(str(self.address)):
            unmark(lambda: self._open("WRITE"))

    def show_identity(self) -> None:
        """Show who and what is one: ``(:SamePerson)-[:SAME_AS]->(:Person)``, ``(:SamePlace)-[:SAME_AS]->(:Place)``."""

        def show(work: Runner) -> None:
            groups = self._read_identity(work).groups
            cases = read_ids(work, "cases") if groups else set()
            people = find_nodes(work, label="Person", key="person", names=sorted(set().union(*groups)))
            show_same(work, "Person", representatives(groups, cases=cases, present=people))
            places = self._read_identity(work, PLACES).groups
            show_same(work, "Place", place_names(places, read_ids(work, "places") if places else ()))

        self._do(show, writes=True)

    def state(self) -> LoadState:
        """Return how the store stands: whole, or with a load under way or broken off."""
        return self._do(read_state)

    def check_whole(self) -> LoadState:
        """Return how the store stands; where it is not whole, refuse, or note it if answers are wanted anyway.

        Raises
        ------
        Unfinished
            If a load is under way or was broken off, unless ``anyway``.
        """
        state = self.state()
        if not state.whole:
            if not self.anyway:
                raise state.refusal()
            self.unfinished = state
        return state

    def of_whole_loads(self, read: Callable[[], T]) -> T:
        """Read what others leave alone meanwhile; where they do not, read it again.

        Raises
        ------
        Unfinished
            If a load is under way or was broken off, unless ``anyway``.
        StoreError
            If others change records again and again.
        """
        for _turn in range(_TURNS):
            before = self.check_whole()
            found = read()
            after = self.check_whole()
            if self.unfinished or before.revision == after.revision:
                return found
        raise StoreError(
            _("{server}: its records were changed again and again while they were read", server=self.address),
            fix=_("ask again when others have done writing, or with --anyway"),
        )

    def numbered(self, **asked: Unpack[SliceOptions]) -> NumberedRecords:
        """Return the part of the records around what is named (:meth:`graph.protocol.Store.slice`), of whole loads."""
        return self.of_whole_loads(partial(super().numbered, **asked))

    def read(self, *, tables: Sequence[str] | None = None, united: bool = False) -> Records:
        """Return everything, or the named tables (:meth:`graph.protocol.Store.read`), of whole loads.

        Without a table only the time zone is read, which no load leaves half done.
        """
        read = partial(super().read, tables=tables, united=united)
        return read() if tables is not None and not tables else self.of_whole_loads(read)

    def holds_still(self, run: RunHeader) -> bool:
        """Tell whether the store holds what it did when ``run`` was traced; rows that others added are noticed."""
        return super().holds_still(run) and self._do(read_note) is not None

    def save_run(self, run: Run) -> bool:
        """Keep ``run``; False where one with its id is there, or where it was computed from a part of a load."""

        def count(work: Runner) -> bool:
            state = read_state(work)
            if anew := state.whole and state.revision == run.revision and read_note(work) is None:
                write_note(work, None, None)  # none after an import, so that rows that others add are noticed
            return anew

        if self.unfinished is not None:
            return False
        saved = super().save_run(run)
        if run.revision is not None and self._do(count, writes=True):
            with translated(str(self.address)):
                derive_missing(lambda: self._open("WRITE"))
        return saved

    def _read_tables(self, names: Sequence[str]) -> tuple[dict[str, pd.DataFrame], str | None]:
        self.odd.clear()
        odd = self._do(partial(read_odd, names=names)) if names else ()
        frames = {name: self._do(partial(read_table, name=name, note=self._note, odd=odd)) for name in names}
        return frames, self._do(read_zone)

    def _read_ids(self, work: Runner, table: str) -> set[str]:
        return read_ids(work, table)

    def _read_called_ids(self, work: Runner) -> set[str]:
        return read_called_ids(work)

    def _read_zone(self, work: Runner) -> str | None:
        return read_zone(work)

    def last_instant(self) -> int | None:
        """Return the last instant on record, of all records; None where no record has a time."""
        return self._do(read_last_instant)

    def _select(self, work: Runner, selection: Selection) -> tuple[Mapping[str, pd.DataFrame], list[str] | None]:
        """Select by what the note says; where a value was changed by other means, by a look at everything."""
        for look in (False, True):
            self.odd.clear()
            odd = read_odd(work, look=look)
            for one in odd:
                self._note(one)
            with contextlib.suppress(NotNoted):
                return Slicer(work, selection, self._note, odd).select()
        raise AssertionError("what was looked at does not fit")

    def _note(self, odd: Odd) -> None:
        """Note rows of others that the last reading left out."""
        if odd not in self.odd:
            self.odd.append(odd)

    def delete_run(self, run: str) -> None:
        """Forget the run with the id ``run`` and all that was written back of it; ``NothingFound`` if there is none."""
        results.remove_results(self, run)
        super().delete_run(run)

    def close(self) -> None:
        """Let go of the connection; closing twice is harmless."""
        driver, self._driver = self._driver, None
        if driver is not None:
            with translated(str(self.address)):
                driver.close()
