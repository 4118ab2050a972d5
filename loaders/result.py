"""What came of a load: the records, a summary per sheet, what was found, what is to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.findings import ERROR, Findings
from loaders.options import Corrections
from loaders.people.meant import MeantRow
from loaders.questions import Question, Source
from loaders.rows.told import ToldByLists
from tracing.model.records import Records


@dataclass(frozen=True)
class Summary:
    """What came of one sheet: ``rows`` read = ``loaded`` + ``waiting`` + ``set_aside``.

    A row waits where a part of it cannot be used before a question is answered, or before a row that was set aside is
    corrected; the rest of it is loaded.

    Attributes
    ----------
    file, sheet
        Where it stands; ``sheet`` is None in a file without sheets.
    table
        The layout in which the sheet was read, None if it was not recognised.
    kind
        What it lists, in words.
    rows, loaded, set_aside, waiting
        Rows read, and what became of them; ``loaded`` are new or already known.
    headings, headings_known, unused
        How many columns there are, how many are used, and the headings of those that are not.
    sources
        File and sheet that its rows came from: itself, or, of rows set aside earlier, where they stood.
    waiting_rows, open_rows
        By source, the numbers of the rows that wait, and of those that wait or are set aside.
    """

    file: str
    sheet: str | None
    table: str | None
    kind: str
    rows: int
    loaded: int
    set_aside: int
    waiting: int
    headings: int
    headings_known: int
    unused: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    waiting_rows: Mapping[Source, set[int]] = field(default_factory=dict, repr=False)
    open_rows: Mapping[Source, set[int]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class SetAside:
    """The rows of one sheet that need a correction or an answer, as they were read.

    ``cells`` has the sheet's headings as columns, texts; ``numbers`` are the rows in the file; ``table`` and ``dates``
    ("heading=d/m; heading=m/d" as read) are remembered so that the corrected rows are read as the sheet was, as is
    what the sheet says of all its rows (``context``); ``keys`` tell each row from others wherever it stands,
    ``sections`` are the lines above the rows.
    """

    file: str
    sheet: str | None
    table: str | None
    dates: str | None
    cells: pd.DataFrame
    numbers: tuple[int, ...]
    keys: tuple[str, ...] = ()
    sections: tuple[str | None, ...] = ()
    context: str | None = None


@dataclass(frozen=True)
class LoadResult:
    """What came of a load.

    Attributes
    ----------
    records
        What was read, as record tables.
    findings
        Everything found, each with its place.
    summaries
        What came of each sheet.
    set_aside
        The rows that were set aside, by sheet, as they stood.
    questions, answered
        What is to be answered, and the cells and rows that an answer was used for.
    learned
        Answers that came with the load, by question: in a sheet of questions, and what a mapping said of a heading.
    corrected
        Rows of a workbook of rows set aside that were corrected in it: key of the row -> texts by heading.
    used
        The questions that the load would have asked but for their answers.
    meant
        The rows that tell too little of their person, and whom they were taken for.
    told
        What lists tell of those of whom several do.
    read
        The rows that were read by their file and sheet; None where it was the whole sheet.
    """

    records: Records
    findings: Findings
    summaries: tuple[Summary, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    questions: tuple[Question, ...] = ()
    answered: tuple[Question, ...] = ()
    learned: Mapping[str, str] = field(default_factory=dict)
    corrected: Corrections = field(default_factory=dict, repr=False)
    used: frozenset[str] = frozenset()
    meant: tuple[MeantRow, ...] = ()
    told: ToldByLists = field(default_factory=ToldByLists, repr=False)
    read: Mapping[Source, npt.NDArray[np.int64] | None] = field(default_factory=dict, repr=False)

    @property
    def rows_set_aside(self) -> int:
        """How many rows need a correction before anything of them is loaded."""
        return sum(summary.set_aside for summary in self.summaries)

    @property
    def rows_waiting(self) -> int:
        """How many rows are loaded but for a part that waits."""
        return sum(summary.waiting for summary in self.summaries)

    @property
    def complete(self) -> bool:
        """Whether nothing was set aside (no row, sheet or file), nothing waits, and nothing is to be asked."""
        return (
            self.rows_set_aside + self.rows_waiting == 0
            and not self.questions
            and self.findings.of(severity=ERROR).empty
        )

    @property
    def table(self) -> pd.DataFrame:
        """The summaries as a table, a row per sheet."""
        return pd.DataFrame([vars(s) for s in self.summaries])
