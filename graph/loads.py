"""What the stores share about writing and loading: what became of rows, which loads are on record, what notes are."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from tracing.errors import UsageError
from tracing.model.schema import SOURCE_COLUMNS
from tracing.text import catalogue

if TYPE_CHECKING:
    import pandas as pd

_, _n = catalogue("graph")

NoteKey = tuple[str, str]
BROKEN_OFF: Final[NoteKey] = ("unfinished", "purge")
"""Kind and key of the note that holds the people while they are removed; after that only where it was broken off."""
LOADS_KEPT: Final = 20
"""Loads that can be taken back, the latest first; older ones stay on record only."""


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
    filled
        Keys of the completed rows by table; tables without any are left out.
    """

    tables: Mapping[str, TableReport]
    conflicts: pd.DataFrame
    filled: Mapping[str, set[str]] = field(default_factory=dict)

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
    import pandas as pd

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
