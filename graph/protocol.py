"""What every store can do, and the things that go in and out of one besides Records.

A store keeps :class:`tracing.model.records.Records` and hands back slices of them as a ContactGraph. It computes no
tier: every scientific function exists once, in ``tracing``. What a slice is, exactly, stands in :mod:`graph.selection`.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from types import TracebackType
from typing import Protocol, Self

import pandas as pd

from tracing.model.contactgraph import ContactGraph
from tracing.model.records import Records


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


class Store(Protocol):
    """Records, kept. Every method raises :class:`tracing.errors.StoreError` if the store cannot do its part."""

    def write(self, records: Records, *, replace: bool = False, progress: Progress | None = None) -> WriteReport:
        """Put ``records`` in, all or nothing, and say what became of them.

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
