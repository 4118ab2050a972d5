"""What every store has in common: checks, what is kept beside the records, opening and closing with ``with``.

A store gives three things: how one piece of work is done (``_do``), how tables are read, and how a slice is selected;
and two modules with the same functions, one for runs and exports and one for notes and loads.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar, Unpack

from graph.loads import LoadEntry, WriteReport
from graph.protocol import Capability, SliceOptions, WriteProgress
from graph.refusals import check_tables
from graph.runs import ExportEntry, Run, RunHeader
from graph.selection import Selection, parse_selection
from graph.short_ids import NOTE, private_ids, short_ids, to_keep
from tracing.identity.decisions import NOTE as DECISIONS
from tracing.identity.decisions import NOTE_AUTOMATIC, PEOPLE, PLACES, Identity, parse_decisions, representatives
from tracing.identity.unite import unite
from tracing.model.columns import Texts
from tracing.model.numbered import NumberedRecords, number_records
from tracing.model.records import Records
from tracing.model.schema import SOURCE_COLUMNS, TABLES
from tracing.spelling import MADE_ID
from tracing.times import DEFAULT_ZONE

if TYPE_CHECKING:
    import pandas as pd

    from graph.purge import Purge
    from tracing.model.contactgraph import ContactGraph

W = TypeVar("W")
W_contra = TypeVar("W_contra", contravariant=True)
T = TypeVar("T")


class RunFunctions(Protocol[W_contra]):
    """Runs and the export log, of what a piece of work is done with."""

    def save_run(self, work: W_contra, kept: Run, /) -> bool:
        """Keep a run; False where its id is there already."""

    def list_runs(self, work: W_contra, /) -> list[RunHeader]:
        """Return the headers in the order of saving."""

    def load_run(self, work: W_contra, ident: str, names: Collection[str] | None, /) -> Run:
        """Return a run with its tables, or those of them that are named."""

    def delete_run(self, work: W_contra, ident: str, /) -> None:
        """Forget a run and its tables."""

    def log_export(self, work: W_contra, entry: ExportEntry, /) -> None:
        """Add one line to the export log."""

    def list_exports(self, work: W_contra, /) -> list[ExportEntry]:
        """Return the export log, oldest first."""


class LoadFunctions(Protocol[W_contra]):
    """The revision, notes and loads, of what a piece of work is done with."""

    def read_revision(self, work: W_contra, /) -> int:
        """Return the number that every change raises."""

    def read_notes(self, work: W_contra, kind: str, /) -> dict[str, Any]:
        """Return the notes of a kind by key."""

    def read_all_notes(self, work: W_contra, /) -> dict[tuple[str, str], Any]:
        """Return all notes by kind and key."""

    def save_note(self, work: W_contra, kind: str, key: str, value: Any, /) -> int | None:
        """Keep one note, or forget it; return the revision after it, None where nothing changed."""

    def list_loads(self, work: W_contra, /) -> list[LoadEntry]:
        """Return the loads on record, oldest first."""

    def keep_loads(self, work: W_contra, entries: Sequence[LoadEntry], /) -> None:
        """Put loads of another store on record."""

    def read_brought(self, work: W_contra, /, table: str, keys: pd.Series) -> dict[str, str]:
        """Return by key the load that brought a row as a new one."""


class BaseStore(ABC, Generic[W]):
    """The part of a store that does not depend on where it keeps records.

    Parameters
    ----------
    place
        What the store is called in a message.
    capabilities
        What it can beyond what every store can.
    runs, loads
        The functions that keep runs, and notes and loads, with what ``_do`` hands to a piece of work.
    """

    def __init__(
        self,
        place: object,
        capabilities: frozenset[Capability],
        *,
        runs: RunFunctions[W],
        loads: LoadFunctions[W],
    ) -> None:
        self._place = place
        self._capabilities = capabilities
        self._run_functions = runs
        self._load_functions = loads
        self._short_ids: tuple[int | None, dict[str, str]] = (None, {})
        self._identities: tuple[int | None, dict[str, Identity]] = (None, {PEOPLE: Identity(), PLACES: Identity()})

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What this store can beyond what every store can."""
        return self._capabilities

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._place}{', closed' if self._is_closed() else ''}>"

    @abstractmethod
    def _is_closed(self) -> bool: ...

    @abstractmethod
    def _do(self, work: Callable[[W], T], *, writes: bool = False) -> T:
        """Do one piece of work, all of it or nothing."""

    @abstractmethod
    def _read_tables(self, names: Sequence[str]) -> tuple[Mapping[str, Any], str | None]:
        """Return whole tables, as columns or as frames, rows sorted by key, and the time zone of the records kept."""

    @abstractmethod
    def _read_ids(self, work: W, table: str) -> set[str]: ...

    def _read_among(self, work: W, table: str, keys: Texts) -> set[str]:
        return self._read_ids(work, table) & {key for key in keys if key is not None}

    def _has_rows(self, work: W, table: str) -> bool:
        return bool(self._read_ids(work, table))

    @abstractmethod
    def _read_zone(self, work: W) -> str | None: ...

    @abstractmethod
    def _select(self, work: W, selection: Selection) -> tuple[Mapping[str, Any], list[str] | None]:
        """Return the tables of a slice, as columns or as frames, and the people whose cases were asked for."""

    @abstractmethod
    def _read_called_ids(self, work: W) -> set[str]:
        """Return the ids of people that were made or are private: whoever is called by a short id."""

    @abstractmethod
    def _write(
        self, records: Records, *, load: LoadEntry | None, replace: bool, progress: WriteProgress | None
    ) -> WriteReport:
        """Put records in and say what became of them; see :meth:`graph.protocol.Store.write`."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the store; closing twice is harmless."""

    def write(
        self,
        records: Records,
        *,
        load: LoadEntry | None = None,
        replace: bool = False,
        progress: WriteProgress | None = None,
    ) -> WriteReport:
        """Put ``records`` in and say what became of them; nobody's short id changes."""
        coming = records["persons"]
        private = private_ids(coming)
        if private or bool(coming["person"].str.fullmatch(MADE_ID).any()):
            before = self.short_ids()
            called, ids = before.keys() | private, self.ids("persons") if before else set()
            said = before if ids.isdisjoint(private - before.keys()) else None
            for person, short in to_keep(ids, coming["person"], self.notes(NOTE), called, said=said).items():
                self.save_note(NOTE, person, short)
        report = self._write(records, load=load, replace=replace, progress=progress)
        if load is not None:  # which is put on record whatever it brought
            self._know_still(self.revision(), None)
        return report

    def rows_of_files(self, table: str, files: Sequence[str], *, but: pd.Series | None = None) -> pd.DataFrame:
        """Return key and source of the rows of a table that came from ``files``."""
        rows = Records(self._read_tables([table])[0])[table]
        found = rows[rows["source_file"].isin(list(files))]
        found = found if but is None else found[~found[TABLES[table].key].isin(but)]
        return found[[TABLES[table].key, *SOURCE_COLUMNS]].rename(columns={TABLES[table].key: "key"})

    def brought_by(self, table: str, keys: pd.Series) -> dict[str, str]:
        """Return by key the load that brought a row as a new one, where it is known."""
        check_tables([table])
        return self._do(partial(self._load_functions.read_brought, table=table, keys=keys))

    def withdraw(self, keys: Mapping[str, Sequence[str]], *, load: LoadEntry) -> None:
        """Take rows out, as a further write of ``load``."""
        check_tables(list(keys))
        gone = {name: list(some) for name, some in keys.items() if len(some)}
        if gone:
            self._withdraw(gone, load)

    @abstractmethod
    def _withdraw(self, keys: Mapping[str, Sequence[str]], load: LoadEntry) -> None:
        """Take rows out; see :meth:`graph.protocol.Store.withdraw`."""

    def short_ids(self) -> dict[str, str]:
        """Return the short ids, by person, of those whose id was made, or is private."""
        revision = self.revision()
        if self._short_ids[0] != revision:
            called = self._do(self._read_called_ids)
            told = short_ids(self.ids("persons"), self.notes(NOTE), called) if called else {}
            self._short_ids = (revision, told)
        return dict(self._short_ids[1])

    def read(self, *, tables: Sequence[str] | None = None, united: bool = False) -> Records:
        """Return everything, or the named tables and the others empty; with ``united`` everybody under one id."""
        wanted = list(TABLES) if tables is None else list(tables)
        check_tables(wanted)
        groups, places = (self.identity(of).groups if united else () for of in (PEOPLE, PLACES))
        # By which id somebody is called depends on the cases, and on who is on record; so with places.
        deciding = [*(("persons", "cases") if groups else ()), *(("places",) if places else ())]
        found, zone = self._read_tables(list(dict.fromkeys([*wanted, *deciding])))
        records = unite(Records(found, zone or DEFAULT_ZONE), groups, places=places)
        given = records.given()
        return Records({name: given[name] for name in wanted}, records.zone)

    def identity(self, of: str = PEOPLE) -> Identity:
        """Return who is one person, or which place is one: the decisions on record, and what follows from them."""
        return self._do(lambda work: self._read_identity(work, of))

    def _read_identity(self, work: W, of: str = PEOPLE) -> Identity:
        revision, notes = self._load_functions.read_revision(work), self._load_functions.read_notes
        if self._identities[0] != revision:
            automatic, decided = notes(work, NOTE_AUTOMATIC), parse_decisions(notes(work, DECISIONS))
            found = {}
            for kind, known in self._identities[1].items():
                joined = [(a, b) for a, b, *_why in automatic.get(kind, [])]
                decisions = [one for one in decided if one.of == kind]
                found[kind] = known if known.follows_from(decisions, joined) else Identity.of(decisions, joined)
            self._identities = (revision, found)
        return self._identities[1][of]

    def show_identity(self) -> None:
        """Show who is one person to those who browse the store; nothing where nobody does."""

    def ids(self, table: str) -> set[str]:
        """Return the keys of a table (for areas: the area codes)."""
        check_tables([table])
        return self._do(lambda work: self._read_ids(work, table))

    def among(self, table: str, keys: pd.Series | Sequence[str]) -> set[str]:
        """Return which of ``keys`` are those of a table (for areas: the area codes)."""
        check_tables([table])
        return self._do(lambda work: self._read_among(work, table, Texts.of(keys)))

    def holds(self, table: str) -> bool:
        """Tell whether a table has any row."""
        check_tables([table])
        return self._do(lambda work: self._has_rows(work, table))

    def near_cases(self, steps: int) -> dict[str, int] | None:
        """Return who is near a case (:meth:`graph.protocol.Store.near_cases`); None where a slice costs less."""
        return None

    def slice(self, **asked: Unpack[SliceOptions]) -> ContactGraph:
        """Return the part of the records around what is named; all of them where nothing is.

        By keyword: ``cases``, ``people``, ``areas``, ``places``, ``steps``, ``since``, ``until``, ``through``,
        ``others`` (:class:`graph.protocol.SliceOptions`).
        """
        from tracing.model.contactgraph import as_contact_graph

        return as_contact_graph(self.numbered(**asked))

    def numbered(self, **asked: Unpack[SliceOptions]) -> NumberedRecords:
        """Return the same without NetworkX."""

        def select(work: W) -> tuple[Records, list[str] | None]:
            zone = self._read_zone(work) or DEFAULT_ZONE
            groups, places = (self._read_identity(work, of).groups for of in (PEOPLE, PLACES))
            wanted = parse_selection(zone=zone, **asked).complete(groups, places)
            tables, focus = self._select(work, wanted)
            records = Records(tables, zone)
            if focus and groups:
                present = {*records.person_ids()}
                named = representatives(
                    groups, cases=set(records.columns("cases").texts("person").given()), present=present
                )
                focus = sorted({named.get(person, person) for person in focus})
            return unite(records, groups, places=places), focus

        records, focus = self._do(select)
        return number_records(records, focus=focus)

    def revision(self) -> int:
        """Return a number that every change of records, notes or loads raises."""
        return self._do(self._load_functions.read_revision)

    def notes(self, kind: str) -> dict[str, Any]:
        """Return the notes of one kind."""
        return self._do(lambda work: self._load_functions.read_notes(work, kind))

    def all_notes(self) -> dict[tuple[str, str], Any]:
        """Return all notes by kind and key."""
        return self._do(self._load_functions.read_all_notes)

    def save_note(self, kind: str, key: str, value: Any) -> None:
        """Keep ``value``, a JSON value, under ``key``; None forgets it."""
        after = self._do(lambda work: self._load_functions.save_note(work, kind, key, value), writes=True)
        if after is not None:
            self._know_still(after, kind)

    def _know_still(self, revision: int, kind: str | None) -> None:
        """Keep what was worked out of other things than notes of a kind, or records (None), if these alone changed."""
        if kind not in (DECISIONS, NOTE_AUTOMATIC) and self._identities[0] == revision - 1:
            self._identities = (revision, self._identities[1])
        if kind not in (NOTE, None) and self._short_ids[0] == revision - 1:
            self._short_ids = (revision, self._short_ids[1])

    def loads(self) -> list[LoadEntry]:
        """Return the loads on record, oldest first."""
        return self._do(self._load_functions.list_loads)

    def keep_loads(self, entries: Sequence[LoadEntry]) -> None:
        """Put loads of another store on record, after those that are there, as ones too old to be taken back."""
        self._do(lambda work: self._load_functions.keep_loads(work, entries), writes=True)

    def plan_purge(self, people: Collection[str]) -> Purge:
        """Work out what goes from the store with people, by id; nothing is changed."""
        from graph.purge import plan_purge

        revision = self.revision()
        return plan_purge(
            people,
            self.read(),
            notes=self._do(self._load_functions.read_all_notes),
            loads=self.loads(),
            exports=self.exports(),
            runs=len(self.runs()),
            revision=revision,
        )

    def save_run(self, run: Run) -> bool:
        """Keep ``run``; return False, and note no more than its revision, where one with its id is already kept."""
        return self._do(lambda work: self._run_functions.save_run(work, run), writes=True)

    def runs(self) -> list[RunHeader]:
        """Return the headers of the runs kept, in the order in which they were saved."""
        return self._do(self._run_functions.list_runs)

    def load_run(self, run: str, *, tables: Collection[str] | None = None) -> Run:
        """Return the run with the id ``run``; ``NothingFound`` if there is none."""
        return self._do(lambda work: self._run_functions.load_run(work, run, tables))

    def holds_still(self, run: RunHeader) -> bool:
        """Tell whether the store holds what it did when ``run`` was traced of all of it."""
        return run.revision is not None and run.revision == self.revision()

    def delete_run(self, run: str) -> None:
        """Forget the run with the id ``run``; ``NothingFound`` if there is none."""
        self._do(lambda work: self._run_functions.delete_run(work, run), writes=True)

    def log_export(self, entry: ExportEntry) -> None:
        """Note that something was taken out."""
        self._do(lambda work: self._run_functions.log_export(work, entry), writes=True)

    def exports(self) -> list[ExportEntry]:
        """Return the export log, oldest first."""
        return self._do(self._run_functions.list_exports)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
