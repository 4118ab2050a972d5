"""The account of a load: what became of every row of every sheet. The figures of a sheet add up to the rows read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.model.rows import row_groups
from tracing.model.schema import TABLES, known_by

if TYPE_CHECKING:
    from loaders.questions import Source
    from loaders.result import LoadResult, Summary

_SOURCE = ["source_file", "source_sheet", "source_row"]
Numbers: TypeAlias = npt.NDArray[np.int64]
"""Row numbers of one sheet, in order, each once."""


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
    new: Mapping[Source, Numbers] = field(default_factory=dict)
    conflicts: Mapping[Source, set[int]] = field(default_factory=dict)
    completed: Mapping[Source, Numbers] = field(default_factory=dict)

    def of(self, summary: Summary) -> Counted:
        """Return the figures of one sheet; they add up to its rows."""
        clashing = fresh = filled = 0
        for source in summary.sources:
            clashes, waits = self.conflicts.get(source, set()), summary.waiting_rows.get(source, set())
            left = np.array(sorted(clashes | waits), dtype=np.int64)
            new, added = (told.get(source, _NONE) for told in (self.new, self.completed))
            clashing += len(clashes)
            fresh += len(_without(new, left))
            filled += len(_without(_without(added, new), left))
        contradicting = min(clashing, summary.loaded)
        loaded = summary.loaded - contradicting
        new_ones = min(fresh, loaded)
        completed = min(filled, loaded - new_ones)
        return Counted(
            new_ones, loaded - new_ones - completed, completed, summary.waiting, summary.set_aside + contradicting
        )

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


_NONE: Numbers = np.empty(0, dtype=np.int64)


def _without(numbers: Numbers, others: Numbers) -> Numbers:
    return np.setdiff1d(numbers, others, assume_unique=True) if len(others) and len(numbers) else numbers


def new_rows(result: LoadResult, before: Mapping[str, set[str]]) -> dict[Source, Numbers]:
    """Return, by source, the numbers of the rows that bring a key that is not among ``before`` (by table)."""
    fresh = []
    for name, frame in result.records.tables.items():
        key = known_by(name)
        fresh.append(frame[~frame[key].isin(before.get(name, set()))] if before.get(name) else frame)
    return _by_source(fresh)


def completed_rows(result: LoadResult, filled: Mapping[str, Collection[str]]) -> dict[Source, Numbers]:
    """Return, by source, the numbers of the rows that completed one of the keys ``filled`` (by table)."""
    tables = result.records.tables
    return _by_source(tables[name][tables[name][TABLES[name].key].isin(list(keys))] for name, keys in filled.items())


def _by_source(frames: Iterable[pd.DataFrame]) -> dict[Source, Numbers]:
    found: dict[Source, Numbers] = {}
    for frame in frames:
        rows = frame[_SOURCE].dropna(subset=["source_file", "source_row"])
        numbers = rows["source_row"].to_numpy(dtype=np.int64)
        group, first = row_groups([rows["source_file"], rows["source_sheet"]], len(rows))
        for number, (file, sheet) in enumerate(rows[_SOURCE[:2]].iloc[first].itertuples(index=False)):
            source = (str(file), "" if pd.isna(sheet) else str(sheet))
            found[source] = _each_once(np.append(found.get(source, _NONE), numbers[group == number]))
    return found


def _each_once(numbers: Numbers) -> Numbers:
    ordered = np.sort(numbers)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


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
