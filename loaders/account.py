"""The account of a load: what became of every row of every sheet. The figures of a sheet add up to the rows read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from tracing.model.schema import TABLES

if TYPE_CHECKING:
    from loaders.questions import Source
    from loaders.result import LoadResult, Summary

_SOURCE = ["source_file", "source_sheet", "source_row"]


class Counted(NamedTuple):
    """Rows of one sheet: new, known already, completing what was known, loaded but for a part that waits, set aside."""

    new: int
    known: int
    completed: int
    waiting: int
    set_aside: int


@dataclass(frozen=True)
class Account:
    """What became of every row of every sheet.

    Attributes
    ----------
    result
        What was read.
    new
        Rows of each source that brought something that was not on record, by their number.
    conflicts
        Rows of each source that contradict what is stored.
    completed
        Rows of each source that filled or, with ``--replace``, corrected what was on record.
    """

    result: LoadResult
    new: Mapping[Source, set[int]] = field(default_factory=dict)
    conflicts: Mapping[Source, set[int]] = field(default_factory=dict)
    completed: Mapping[Source, set[int]] = field(default_factory=dict)

    def of(self, summary: Summary) -> Counted:
        """Return the figures of one sheet; they add up to its rows."""
        clashing: set[tuple[Source, int]] = set()
        fresh: set[tuple[Source, int]] = set()
        filled: set[tuple[Source, int]] = set()
        for source in summary.sources:
            clashing |= {(source, row) for row in self.conflicts.get(source, ())}
            fresh |= {(source, row) for row in self.new.get(source, ())}
            filled |= {(source, row) for row in self.completed.get(source, ())}
        contradicting = min(len(clashing), summary.loaded)
        loaded = summary.loaded - contradicting
        waiting = {(source, row) for source in summary.sources for row in summary.waiting_rows.get(source, ())}
        new = min(len(fresh - clashing - waiting), loaded)
        completed = min(len(filled - fresh - clashing - waiting), loaded - new)
        return Counted(new, loaded - new - completed, completed, summary.waiting, summary.set_aside + contradicting)

    def _sum(self, figure: str, *, read: bool = False) -> int:
        return sum(getattr(self.of(s), figure) for s in self.result.summaries if s.table is not None or not read)

    @property
    def set_aside(self) -> int:
        """Rows of all sheets that need a correction."""
        return self._sum("set_aside")

    @property
    def waiting(self) -> int:
        """Rows of all sheets of which a part waits."""
        return self._sum("waiting")

    @property
    def to_correct(self) -> int:
        """Rows worth a correction one by one: set aside or waiting, not those of a sheet that was not recognised."""
        return self._sum("set_aside", read=True) + self.waiting

    @property
    def complete(self) -> bool:
        """Whether nothing needs a correction or an answer: no row, sheet or file."""
        return self.set_aside == 0 and self.result.complete


def new_rows(result: LoadResult, before: Mapping[str, set[str]]) -> dict[Source, set[int]]:
    """Return, by source, the numbers of the rows that bring a key that is not among ``before`` (by table)."""
    found: dict[Source, set[int]] = {}
    for name, frame in result.records.tables.items():
        key = "area" if name == "areas" else TABLES[name].key
        fresh = frame[~frame[key].isin(before.get(name, set()))] if before.get(name) else frame
        for source, numbers in _by_source(fresh).items():
            found.setdefault(source, set()).update(numbers)
    return found


def completed_rows(result: LoadResult, filled: Mapping[str, Collection[str]]) -> dict[Source, set[int]]:
    """Return, by source, the numbers of the rows that completed one of the keys ``filled`` (by table)."""
    found: dict[Source, set[int]] = {}
    for name, keys in filled.items():
        frame = result.records.tables[name]
        for source, numbers in _by_source(frame[frame[TABLES[name].key].isin(list(keys))]).items():
            found.setdefault(source, set()).update(numbers)
    return found


def _by_source(frame: pd.DataFrame) -> dict[Source, set[int]]:
    rows = frame[_SOURCE].dropna(subset=["source_file", "source_row"])
    rows = rows.assign(source_sheet=rows["source_sheet"].fillna(""))
    groups = rows.groupby(["source_file", "source_sheet"], sort=False)["source_row"]
    return {(str(file), str(sheet)): set(numbers.tolist()) for (file, sheet), numbers in groups}


def rows_by_source(files: Iterable[object], sheets: Iterable[object], rows: Iterable[object]) -> dict[Source, set[int]]:
    """Return the numbers of rows by the file and sheet that they came from."""
    found: dict[Source, set[int]] = {}
    for file, sheet, row in zip(files, sheets, rows, strict=True):
        if isinstance(row, int):
            found.setdefault((str(file), sheet if isinstance(sheet, str) else ""), set()).add(row)
    return found


def conflicting_rows(conflicts: pd.DataFrame) -> dict[Source, set[int]]:
    """Return the numbers of the rows that contradict what is stored, by source."""
    told = conflicts[_SOURCE].drop_duplicates().astype(object)
    told = told.where(told.notna(), None)
    return rows_by_source(
        told["source_file"], told["source_sheet"], (None if r is None else int(r) for r in told["source_row"])
    )
