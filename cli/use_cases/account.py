"""What became of every row of the files that were read: new, already known, or set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

    from graph import Store
    from loaders import LoadResult
    from loaders.load import Summary

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph import Store, WriteReport
    from loaders import LoadResult

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

SET_ASIDE: Final = "truyvet-set-aside.xlsx"
_SHEET_NAME: Final = 28
Source = tuple[str, str]
"""A file and its sheet; the sheet is empty where the file has none."""


@dataclass(frozen=True)
class Account:
    """What became of every row of every sheet: the figures of a sheet add up to the rows read.

    Attributes
    ----------
    new
        Rows of each source that brought something that was not on record, by their number.
    conflicts
        Rows of each source that contradict what is stored.
    """

    result: LoadResult
    new: Mapping[Source, set[int]] = field(default_factory=dict)
    conflicts: Mapping[Source, set[int]] = field(default_factory=dict)

    def of(self, summary: Summary) -> tuple[int, int, int]:
        """Return (new, already known, set aside) of one sheet."""
        sources = self._sources(summary)
        clashing = sum(len(self.conflicts.get(source, ())) for source in sources)
        clashing = min(clashing, summary.loaded)
        fresh = sum(len(self.new.get(source, set()) - self.conflicts.get(source, set())) for source in sources)
        fresh = min(fresh, summary.loaded - clashing)
        return fresh, summary.loaded - clashing - fresh, summary.set_aside + clashing

    def _sources(self, summary: Summary) -> list[Source]:
        """Return the sources of a sheet's rows: itself, or what a sheet of rows set aside earlier came from."""
        own = (summary.file, summary.sheet or "")
        found = self.new.keys() | self.conflicts.keys()
        if own in found or not summary.file.startswith(Path(SET_ASIDE).stem):
            return [own]
        return [s for s in found if f"{Path(s[0]).stem} {s[1]}".strip()[:_SHEET_NAME].strip() == summary.sheet]

    @property
    def set_aside(self) -> int:
        """Rows of all sheets that need a correction."""
        return sum(self.of(summary)[2] for summary in self.result.summaries)

    @property
    def to_correct(self) -> int:
        """Rows set aside that are worth a correction one by one: not those of a sheet that was not recognised."""
        return sum(self.of(summary)[2] for summary in self.result.summaries if summary.table is not None)

    @property
    def complete(self) -> bool:
        """Whether nothing needs a correction: no row, sheet or file."""
        return self.set_aside == 0 and self.result.complete


def new_rows(result: LoadResult, before: Mapping[str, set[str]]) -> dict[Source, set[int]]:
    """Return, by source, the numbers of the rows that bring a key that is not among ``before`` (by table)."""
    from tracing.model.schema import TABLES

    found: dict[Source, set[int]] = {}
    for name, frame in result.records.tables.items():
        key = "area" if name == "areas" else TABLES[name].key
        fresh = frame[~frame[key].isin(before.get(name, set()))] if before.get(name) else frame
        for source, numbers in _by_source(fresh).items():
            found.setdefault(source, set()).update(numbers)
    return found


def _by_source(frame: pd.DataFrame) -> dict[Source, set[int]]:
    rows = frame[["source_file", "source_sheet", "source_row"]].dropna(subset=["source_file", "source_row"])
    rows = rows.assign(source_sheet=rows["source_sheet"].fillna(""))
    groups = rows.groupby(["source_file", "source_sheet"], sort=False)["source_row"]
    return {(str(file), str(sheet)): set(numbers.tolist()) for (file, sheet), numbers in groups}


def keys_before(store: Store, result: LoadResult) -> dict[str, set[str]]:
    """Return the keys on record of every table that ``result`` brings rows for."""
    return {name: store.ids(name) for name, frame in result.records.tables.items() if len(frame)}


def nothing_usable(account: Account) -> bool:
    """Tell whether nothing in the files could be used, and no single row could be corrected."""
    return not len(account.result.records) and account.to_correct == 0 and not account.complete


def as_object(account: Account, report: WriteReport | None, aside: Path | None) -> dict[str, Any]:
    """Return the account as plain data: sheets, findings, and what was written."""
    sheets = []
    for summary in account.result.summaries:
        new, known, bad = account.of(summary)
        sheets.append(
            {
                "file": summary.file,
                "sheet": summary.sheet,
                "table": summary.table,
                "rows": summary.rows,
                "new": new,
                "known": known,
                "set_aside": bad,
                "headings": summary.headings,
                "headings_known": summary.headings_known,
                "unused": list(summary.unused),
            }
        )
    table = account.result.findings.table
    written = {} if report is None else {name: vars(row) for name, row in report.tables.items()}
    return {
        "sheets": sheets,
        "findings": table.astype(object).where(table.notna(), None).to_dict("records"),
        "set_aside_file": None if aside is None else str(aside),
        "written": written,
    }
