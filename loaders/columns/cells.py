"""The cells of one sheet as they stand: what is wrong with one is noted, and its row is set aside or waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.asked import Asked
from loaders.columns.recognised import Recognised
from loaders.columns.texts import json_texts
from loaders.columns.words import FIELD_WORDS, field_words
from loaders.files.grid import Sheet
from loaders.files.headings import DIARY, PEOPLE
from loaders.findings import ERROR, FindingLog
from loaders.options import LoadOptions
from loaders.questions import (
    CELL_QUESTIONS,
    IN_WORDS,
    LEFT_OUT,
    NOBODY,
    OTHER,
    Choice,
)
from tracing.model.coded import constant_texts

Rows = Iterable[int] | npt.NDArray[np.int64]


@dataclass
class SheetCells:
    """The cells of one recognised sheet. ``bad`` marks rows to be set aside; it grows while reading.

    ``waiting`` marks rows of which a part waits: for an answer, or for somebody whose own row was set aside.
    ``unread`` is column position -> rows whose cell there could not be read; in a list of people such a cell costs
    what it says and not its row.
    """

    found: Recognised
    options: LoadOptions
    log: FindingLog
    asked: Asked = field(default_factory=Asked)
    bad: npt.NDArray[np.bool_] = field(init=False)
    waiting: npt.NDArray[np.bool_] = field(init=False)
    unread: dict[int, npt.NDArray[np.bool_]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bad = np.zeros(len(self.sheet), dtype=bool)
        self.waiting = np.zeros(len(self.sheet), dtype=bool)
        self._ragged()
        self._cell_errors()

    @property
    def sheet(self) -> Sheet:
        """The sheet that is read."""
        return self.found.sheet

    def has(self, *names: str) -> bool:
        """Tell whether any of these fields has a column."""
        return any(name in self.found.reading.columns for name in names)

    def at(self, name: str) -> int | None:
        """Return the column position of a field."""
        return self.found.reading.columns.get(name)

    def empty(self, dtype: str = "string") -> pd.Series:
        """Return a column without any value."""
        size = len(self.sheet)
        return constant_texts(None, size) if dtype == "string" else pd.Series(pd.NA, index=range(size), dtype=dtype)

    def text(self, name: str) -> pd.Series:
        """Return a field's texts; all missing if there is no such column."""
        position = self.at(name)
        return self.empty() if position is None else self.sheet.cells[position]

    # ---- rows

    def note(self, code: str, rows: Rows, column: int | str | None = None, **said: Any) -> list[int]:
        """Note something of each row, nothing without rows; ``said``: the values, a severity, the gaps of the text."""
        places = [int(row) for row in rows]
        if isinstance(column, str) and column in FIELD_WORDS and column not in self.sheet.headings:
            said["named"], column = field_words(column, self.found.layout), None  # a reader knows no field by its name
        if places:
            self.sheet.report(self.log, code, places, column=column, **said)
        return places

    def fail(self, code: str, rows: Rows, column: int | str | None = None, **said: Any) -> None:
        """Note an error for each row and mark these to be set aside."""
        self.bad[self.note(code, rows, column, severity=ERROR, **said)] = True

    def query(self, code: str, rows: Rows, column: int | str | None = None, **said: Any) -> list[int]:
        """Ask about a cell of each row: the row is used without it, and waits for the answer.

        Of rows struck through of a list of people it is asked whether they count, and nothing else.
        """
        if self.sheet.struck and self.found.layout == PEOPLE:
            rows = [row for row in rows if int(row) not in self.sheet.struck]
        asked = self.note(code, rows, column, severity="question", **said)
        self.waiting[asked] = True
        return asked

    def lose(self, code: str, rows: Rows, column: int | str | None = None, **said: Any) -> None:
        """Note cells that cannot be read: what they say is asked for, and in our own tables the row is set aside."""
        if not self.soft:
            self.fail(code, rows, column, **said)
            return
        asked = self.query(code, rows, column, **said)
        if isinstance(column, int):
            self.unread.setdefault(column, np.zeros(len(self.sheet), dtype=bool))[asked] = True

    @property
    def soft(self) -> bool:
        """Whether an unreadable cell costs only itself: so in lists of people, not in our own tables."""
        return self.found.layout in (PEOPLE, DIARY)

    def lost(self, *names: str) -> npt.NDArray[np.bool_]:
        """Tell in which rows a cell of these fields could not be read."""
        out = np.zeros(len(self.sheet), dtype=bool)
        for name in names:
            at = self.at(name)
            if at is not None and at in self.unread:
                out |= self.unread[at]
        return out

    def require(self, name: str, values: pd.Series | npt.NDArray[np.bool_]) -> None:
        """Mark rows in which a required value is missing (unless its cell was already found wrong)."""
        missing = values.isna().to_numpy() if isinstance(values, pd.Series) else ~values
        self.fail("required.missing", np.flatnonzero(missing & ~self.bad), self.at(name) if self.has(name) else name)

    def _ragged(self) -> None:
        for row, count in self.sheet.ragged.items():
            self.fail("row.ragged", [row], None, count=count, expected=len(self.sheet.headings))

    def _cell_errors(self) -> None:
        used = set(self.found.reading.columns.values())
        for (row, column), text in self.sheet.errors.items():
            code, words = ("cell.error", {"value": text}) if text else ("cell.formula", {})
            if column in used and not self._mended(row, column, text):
                self.lose(code, [row], column, **words)
            elif column in used:
                continue
            else:
                self.sheet.report(self.log, code, [row], column=column, severity="warning", **words)

    def _mended(self, row: int, column: int, error: str) -> bool:
        """Ask what should stand in a cell that holds an error; write the answer there."""
        if not self.soft:
            return False
        choices = [Choice(NOBODY, LEFT_OUT), Choice(OTHER, IN_WORDS)]
        question = CELL_QUESTIONS["value"]
        said = self.asked.ask(self.sheet, "value", question, row=row, column=column, said=error or "=", choices=choices)
        if said is None:
            return False
        self.sheet.cells.iat[row, column] = pd.NA if said == NOBODY else said
        return True

    # ---- the rest of a row

    def attributes(self, *, extra: Iterable[str] = (), without: Iterable[int] = ()) -> pd.Series:
        """Return the columns that no field uses (and the fields ``extra``) as JSON texts."""
        reading = self.found.reading
        kept = (reading.columns[name] for name in extra if self.has(name))
        positions = {*reading.unused, *reading.double, *reading.kept, *kept}
        positions -= {*without, *reading.skipped}
        return self.json({self.sheet.headings[i]: self.sheet.cells[i] for i in sorted(positions)})

    def json(self, columns: Mapping[str, pd.Series]) -> pd.Series:
        """Return several texts per row as one JSON text; missing where all are."""
        return json_texts(columns) if columns else self.empty()

    def source(self) -> dict[str, pd.Series]:
        """Return source_file, source_sheet and source_row; of a set-aside workbook, those of the original row."""
        size = len(self.sheet)
        file, sheet = constant_texts(self.sheet.file, size), constant_texts(self.sheet.sheet, size)
        row = pd.Series(pd.array(self.sheet.numbers, dtype="Int64"))
        origin = self.sheet.origin
        if origin is not None and {"file", "row"} <= set(origin.columns):
            own = origin["file"].notna()
            file = origin["file"].where(own, file)
            sheet = (origin["sheet"] if "sheet" in origin else self.empty()).where(own, sheet)
            row = pd.to_numeric(origin["row"], errors="coerce").astype("Int64").where(own, row)
        return {"source_file": file, "source_sheet": sheet, "source_row": row}
