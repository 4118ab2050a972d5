"""What every store can do.

A store keeps :class:`tracing.model.records.Records` and hands back slices of them as a ContactGraph. It computes no
tier: every scientific function exists once, in ``tracing``. What a slice is, exactly, stands in :mod:`graph.selection`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self, TypedDict, Unpack

from graph.loads import LoadEntry, WriteReport
from graph.runs import ExportEntry, Run, RunHeader
from tracing.identity.decisions import PEOPLE, Identity
from tracing.model.numbered import NumberedRecords
from tracing.model.records import Records

if TYPE_CHECKING:
    import pandas as pd

    from graph.purge import Purge, PurgeEntry
    from tracing.model.contactgraph import ContactGraph

Capability = Literal["cypher", "results"]
"""What not every store can: be asked in Cypher; take results back, to be browsed."""


class WriteProgress(Protocol):
    """Called during long work, at least once per table."""

    def __call__(self, table: str, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` rows of ``table`` are dealt with."""


class SliceOptions(TypedDict, total=False):
    """What a slice is asked for, all of it optional; what a slice is, exactly, stands in :mod:`graph.selection`.

    Attributes
    ----------
    cases
        Cases to begin with, by person id or case code.
    people
        People to begin with, by person id.
    areas
        Areas to begin with, by code: who lives there or in an area below.
    places
        Places to begin with: who was there in the period.
    steps
        How many contacts away from these; not given: 3 where cases or people are named, else 0.
    since, until
        The period: epoch seconds or ISO 8601 text; a date as ``until`` means the end of that day.
    through
        Whom to go on from, beyond what is named: person to how many steps away from it at most. None: everybody.
    others
        With ``through``: how many steps away at most those may stand whom it does not name; not given: 0.
    """

    cases: Sequence[str] | None
    people: Sequence[str] | None
    areas: Sequence[str] | None
    places: Sequence[str] | None
    steps: int | None
    since: int | str | None
    until: int | str | None
    through: Mapping[str, int] | None
    others: int


class Store(Protocol):
    """Records, kept. Every method raises :class:`tracing.errors.StoreError` if the store cannot do its part."""

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What this store can beyond what every store can."""
        ...

    def write(
        self,
        records: Records,
        *,
        load: LoadEntry | None = None,
        replace: bool = False,
        progress: WriteProgress | None = None,
    ) -> WriteReport:
        """Put ``records`` in, all or nothing, and say what became of them.

        With ``load`` the write is put on record (:meth:`loads`), also where nothing in it was new, and can be taken
        back (:meth:`undo_load`).

        Writing the same rows twice, in parts or in another order ends in the same store (see
        :func:`tracing.model.records.merge_table`); of rows that contradict each other the first written stays, or with
        ``replace`` the last. Empty records change nothing.

        Raises
        ------
        InputError
            If the records were read in another time zone than those already kept.
        """
        ...

    def rows_of_files(self, table: str, files: Sequence[str], *, but: pd.Series | None = None) -> pd.DataFrame:
        """Return key (``key``) and source columns of the rows of a table that came from files of these names.

        Those whose keys are among ``but`` are left out.
        """
        ...

    def brought_by(self, table: str, keys: pd.Series) -> dict[str, str]:
        """Return the load that brought a row as a new one, the last if several did, by the keys among ``keys``.

        Rows of loads that are too old to be taken back, or are no longer on record, are left out.
        """
        ...

    def withdraw(self, keys: Mapping[str, Sequence[str]], *, load: LoadEntry) -> None:
        """Take rows out, by table and key: what the files of ``load`` said before and no longer say.

        As a further write of that load, which must be the last: :meth:`undo_load` brings the rows back.
        """
        ...

    def read(self, *, tables: Sequence[str] | None = None, united: bool = False) -> Records:
        """Return everything, or the named tables and the others empty; rows sorted by key.

        As the records came; with ``united`` everybody and every place under one id, as in a slice
        (:mod:`tracing.identity.unite`).
        """
        ...

    def identity(self, of: str = PEOPLE) -> Identity:
        """Return who is one person, or which place is one: the decisions on record, and what follows from them."""
        ...

    def show_identity(self) -> None:
        """Show who and what is one to those who browse the store, where it can be browsed; else nothing."""
        ...

    def ids(self, table: str) -> set[str]:
        """Return the keys of a table (for areas: the area codes)."""
        ...

    def among(self, table: str, keys: pd.Series | Sequence[str]) -> set[str]:
        """Return which of ``keys`` are those of a table (for areas: the area codes)."""
        ...

    def holds(self, table: str) -> bool:
        """Tell whether a table has any row."""
        ...

    def short_ids(self) -> dict[str, str]:
        """Return what to say aloud, by person, for those whose id was made or tells who it is (:mod:`graph.short_ids`).

        The same in every store; once given, it stays.
        """
        ...

    def last_instant(self) -> int | None:
        """Return the last instant on record, of all records (:meth:`tracing.model.records.Records.last_instant`).

        Epoch seconds; None where no record has a time. The default of ``as_of``, also for a slice: what the slice
        leaves out may be later than what it holds.
        """
        ...

    def revision(self) -> int:
        """Return a number that every change of records, notes or loads raises.

        0 in a new store. Runs and the export log, which are made from these, leave it.
        """
        ...

    def notes(self, kind: str) -> dict[str, Any]:
        """Return the notes of one kind: small facts kept beside the records, such as an answer to a question."""
        ...

    def all_notes(self) -> dict[tuple[str, str], Any]:
        """Return all notes by kind and key."""
        ...

    def save_note(self, kind: str, key: str, value: Any) -> None:
        """Keep ``value``, a JSON value, under ``key``, in place of what was there; None forgets it."""
        ...

    def loads(self) -> list[LoadEntry]:
        """Return the loads on record, oldest first."""
        ...

    def keep_loads(self, entries: Sequence[LoadEntry]) -> None:
        """Put loads of another store on record, after those that are there, as ones too old to be taken back."""
        ...

    def undo_load(self) -> LoadEntry:
        """Take the last load back, all or nothing: the store is then as if it had never been.

        New rows go, completed rows become what they were, notes and runs stay. The latest
        :data:`graph.loads.LOADS_KEPT` loads can be taken back one after the other.

        Returns
        -------
        LoadEntry
            The load taken back; its counts are the rows removed (``new``) and restored (``completed``).

        Raises
        ------
        NothingFound
            If no load is on record.
        SafetyError
            If a later write names rows of this load, or the load is too old to be taken back.
        """
        ...

    def near_cases(self, steps: int) -> dict[str, int] | None:
        """Return who is at most ``steps`` contacts or joined visits away from a case, and how many (of a case 0).

        None where a slice costs less than to tell.
        """
        ...

    def slice(self, **asked: Unpack[SliceOptions]) -> ContactGraph:
        """Return the part of the records around what is named; all of them where nothing is (:mod:`graph.selection`).

        Raises
        ------
        NothingFound
            If something named is not in the store, or an empty list was given.
        UsageError
            If steps or period make no sense.
        """
        ...

    def numbered(self, **asked: Unpack[SliceOptions]) -> NumberedRecords:
        """Return the same as :meth:`slice`, without NetworkX, which takes a while to load."""
        ...

    def save_run(self, run: Run) -> bool:
        """Keep ``run``; return False, and note no more than its revision, where one with its id is already kept."""
        ...

    def runs(self) -> list[RunHeader]:
        """Return the headers of the runs kept, in the order in which they were saved."""
        ...

    def load_run(self, run: str, *, tables: Collection[str] | None = None) -> Run:
        """Return the run with the id ``run``, with all its tables or some; ``NothingFound`` if there is none."""
        ...

    def holds_still(self, run: RunHeader) -> bool:
        """Tell whether the store holds what it did when ``run`` was traced of all of it."""
        ...

    def delete_run(self, run: str) -> None:
        """Forget the run with the id ``run``; ``NothingFound`` if there is none."""
        ...

    def log_export(self, entry: ExportEntry) -> None:
        """Note that something was taken out."""
        ...

    def exports(self) -> list[ExportEntry]:
        """Return the export log, oldest first."""
        ...

    def plan_purge(self, people: Collection[str]) -> Purge:
        """Work out what goes from the store with people, by id (:mod:`graph.purge`); nothing is changed."""
        ...

    def purge(self, plan: Purge, entry: PurgeEntry) -> None:
        """Remove people for good, and keep ``entry`` with how many they were.

        Loads before can no longer be taken back, kept runs go. All or nothing in the embedded store, whose file is
        written anew, so that no byte of theirs stays in it; in Neo4j up to a batch of rows, more to be run again.

        Raises
        ------
        StoreError
            If the store changed since ``plan`` was made.
        """
        ...

    def close(self) -> None:
        """Let go of the store; closing twice is harmless."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
