"""What every store can do, and the things that go in and out of one besides Records.

A store keeps :class:`tracing.model.records.Records` and hands back slices of them as a ContactGraph. It computes no
tier: every scientific function exists once, in ``tracing``. What a slice is, exactly, stands in :mod:`graph.selection`.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from types import TracebackType
from typing import Any, Final, Literal, Protocol, Self

import pandas as pd

from tracing.errors import UsageError
from tracing.model.contactgraph import ContactGraph
from tracing.model.records import Records
from tracing.model.schema import SOURCE_COLUMNS
from tracing.text import catalogue

_, _n = catalogue("graph")

Capability = Literal["cypher", "results"]
"""What not every store can: be asked in Cypher; take results back, to be browsed."""


class Progress(Protocol):
    """Called during long work, at least once per table."""

    def __call__(self, table: str, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` rows of ``table`` are dealt with."""


@dataclass(frozen=True)
class TableReport:
    """What became of the rows written to one table; the four figures add up to the rows given.

    Attributes
    ----------
    new
        Rows whose key was not there.
    known
        Rows that added nothing.
    completed
        Rows that filled an empty field, gave a pending test its result or, with ``replace``, corrected a field.
    conflicting
        Rows that contradict what is stored; they were not written.
    """

    new: int = 0
    known: int = 0
    completed: int = 0
    conflicting: int = 0

    @property
    def rows(self) -> int:
        """Rows given."""
        return self.new + self.known + self.completed + self.conflicting

    def __add__(self, other: TableReport) -> TableReport:
        return TableReport(
            self.new + other.new,
            self.known + other.known,
            self.completed + other.completed,
            self.conflicting + other.conflicting,
        )


@dataclass(frozen=True)
class WriteReport:
    """What came of one write.

    Attributes
    ----------
    tables
        Table name to its figures; every record table is present.
    conflicts
        One row per contradicted field: table, key, column, source_file, source_sheet, source_row (of the row that
        was not written); sorted, empty where nothing was contradicted.
    """

    tables: Mapping[str, TableReport]
    conflicts: pd.DataFrame

    @property
    def new(self) -> int:
        """New rows over all tables."""
        return sum(report.new for report in self.tables.values())

    @property
    def known(self) -> int:
        """Rows over all tables that added nothing."""
        return sum(report.known for report in self.tables.values())

    @property
    def completed(self) -> int:
        """Completed rows over all tables."""
        return sum(report.completed for report in self.tables.values())

    @property
    def conflicting(self) -> int:
        """Rows over all tables that were not written, because they contradict what is stored."""
        return sum(report.conflicting for report in self.tables.values())

    @property
    def changed(self) -> bool:
        """Whether the store is now another than before."""
        return self.new + self.completed > 0


def conflict_table(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return what contradicts what is stored as one table (see :class:`WriteReport`), of parts with their ``table``."""
    columns = ["table", "key", "column", *SOURCE_COLUMNS]
    filled = [part for part in parts if len(part)]
    found = pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=columns)
    types = {c: "Int64" if c == "source_row" else "string" for c in columns}
    return found[columns].astype(types).sort_values(columns, kind="stable", ignore_index=True)


@dataclass(frozen=True, kw_only=True)
class LoadEntry:
    """One load on record: who brought which files when, and what the store did with their rows.

    Attributes
    ----------
    id
        Name of the load; several writes with one id are one load.
    at
        When it was begun, epoch seconds.
    who
        Who loaded; no name of a person on record.
    files
        Name of every file to the hash of its bytes.
    counts
        Table name to what became of its rows; filled in by the store, tables without rows are left out.
    finished
        Whether the load came to its end.
    """

    id: str
    at: int
    who: str
    files: Mapping[str, str]
    counts: Mapping[str, TableReport] = field(default_factory=dict)
    finished: bool = True

    @classmethod
    def build(cls, *, who: str, files: Mapping[str, str], at: int | None = None) -> LoadEntry:
        """Return an entry with an id of its own; ``at`` is now where it is not given."""
        return cls(id=uuid.uuid4().hex[:16], at=int(time.time()) if at is None else at, who=who, files=dict(files))

    def add(self, reports: Mapping[str, TableReport]) -> LoadEntry:
        """Return the entry with what became of further rows."""
        sums = dict(self.counts)
        for name, report in reports.items():
            if report != TableReport():
                sums[name] = sums.get(name, TableReport()) + report
        return replace(self, counts=sums)


def note_text(value: Any) -> str:
    """Return the value of a note as JSON text, the same for the same value.

    Raises
    ------
    UsageError
        If it is no JSON value.
    """
    try:
        return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise UsageError(_("a note must be a JSON value")) from error


def load_json(entry: LoadEntry) -> str:
    """Write an entry of the record of loads as JSON text."""
    return json.dumps(asdict(entry), sort_keys=True, ensure_ascii=False)


def parse_load(text: str) -> LoadEntry:
    """Read what :func:`load_json` wrote."""
    fields = json.loads(text)
    return LoadEntry(**fields | {"counts": {name: TableReport(**one) for name, one in fields["counts"].items()}})


@dataclass(frozen=True)
class RunHeader:
    """What a result was computed from, and by what.

    Attributes
    ----------
    id
        Hash of everything below but ``created``: the same question to the same records is the same run.
    created
        When it was first computed, epoch seconds.
    command, options
        What was asked for; the options are JSON values.
    policy, policy_digest
        The rule: its id, and the hash of its text.
    as_of
        The instant the answer is for, epoch seconds; None where it has none.
    inputs
        Hash of the Records (:meth:`tracing.model.records.Records.content_hash`).
    version
        Version of this software.
    """

    id: str
    created: int
    command: str
    policy: str | None
    policy_digest: str | None
    as_of: int | None
    inputs: str
    version: str
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Run(RunHeader):
    """A computed result, kept so that a later one can be compared with it. ``tables``: name to result table."""

    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    @classmethod
    def build(
        cls,
        command: str,
        *,
        inputs: str,
        version: str,
        tables: Mapping[str, pd.DataFrame],
        policy: str | None = None,
        policy_digest: str | None = None,
        as_of: int | None = None,
        options: Mapping[str, object] | None = None,
        created: int | None = None,
    ) -> Run:
        """Return the run with its id worked out; ``created`` is now where it is not given."""
        options = dict(options or {})
        asked = [command, options, policy, policy_digest, as_of, inputs, version]
        text = json.dumps(asked, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        ident = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
        at = int(time.time()) if created is None else created
        return cls(ident, at, command, policy, policy_digest, as_of, inputs, version, options, dict(tables))

    def header(self) -> RunHeader:
        """Return the run without its tables."""
        return RunHeader(**{name: getattr(self, name) for name in RunHeader.__dataclass_fields__})


def header_json(header: RunHeader) -> str:
    """Write a run's header as JSON text."""
    fields = {k: v for k, v in asdict(header).items() if k != "tables"}
    return json.dumps(fields, sort_keys=True, ensure_ascii=False)


def parse_header(text: str) -> RunHeader:
    """Read what :func:`header_json` wrote."""
    return RunHeader(**json.loads(text))


@dataclass(frozen=True)
class ExportEntry:
    """One line of the export log: who took what out of the store. ``at``: epoch seconds; ``masked``: without names."""

    who: str
    at: int
    what: str
    masked: bool
    rows: int


LOADS_KEPT: Final = 20
"""Loads that can be taken back, the latest first; older ones stay on record only."""


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
        progress: Progress | None = None,
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

    def read(self, *, tables: Sequence[str] | None = None) -> Records:
        """Return everything, or the named tables and the others empty; rows sorted by key."""
        ...

    def ids(self, table: str) -> set[str]:
        """Return the keys of a table (for areas: the area codes)."""
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

    def save_note(self, kind: str, key: str, value: Any) -> None:
        """Keep ``value``, a JSON value, under ``key``, in place of what was there; None forgets it."""
        ...

    def loads(self) -> list[LoadEntry]:
        """Return the loads on record, oldest first."""
        ...

    def undo_load(self) -> LoadEntry:
        """Take the last load back, all or nothing: the store is then as if it had never been.

        New rows go, completed rows become what they were, notes and runs stay. The :data:`LOADS_KEPT` latest loads
        can be taken back one after the other.

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
        """Return the part of the records around what is named; all of them where nothing is (:mod:`graph.selection`).

        Raises
        ------
        NothingFound
            If something named is not in the store, or an empty list was given.
        UsageError
            If steps or period make no sense.
        """
        ...

    def save_run(self, run: Run) -> bool:
        """Keep ``run``; return False, and change nothing, where a run with its id is already kept."""
        ...

    def runs(self) -> list[RunHeader]:
        """Return the headers of the runs kept, in the order in which they were saved."""
        ...

    def load_run(self, run: str) -> Run:
        """Return the run with the id ``run``; ``NothingFound`` if there is none."""
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

    def close(self) -> None:
        """Let go of the store; closing twice is harmless."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
