"""A sheet: a rectangle of texts with headings, and where each row and cell stands in its file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from loaders.findings import FindingLog

#: Headings that a set-aside workbook adds; they tell where a row came from and are not data.
OWN_PREFIX = "truyvet:"


@dataclass(frozen=True)
class Grid:
    """Cells as read: texts by position (column labels 0..n-1), missing where empty, nothing interpreted yet.

    ``numbers`` are the row numbers a person sees in the file. ``errors`` are spreadsheet cells that hold an error or
    an uncomputed formula: (row position, column position) -> text. ``ragged`` are rows with too many or too few
    cells: row position -> cell count. ``merged`` are merged ranges of a workbook: (top, left, bottom, right).
    ``headings`` are given where the format names its columns (Parquet, JSON); else they are among the cells.
    """

    file: str
    sheet: str | None
    cells: pd.DataFrame
    numbers: npt.NDArray[np.int64]
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    ragged: dict[int, int] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    lettered: bool = False
    headings: tuple[str, ...] | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """A grid whose headings were found; only data rows are left. Row positions are 0-based in ``cells``."""

    file: str
    sheet: str | None
    headings: tuple[str, ...]
    letters: tuple[str, ...]
    cells: pd.DataFrame
    numbers: npt.NDArray[np.int64]
    errors: dict[tuple[int, int], str]
    ragged: dict[int, int]
    lettered: bool
    origin: pd.DataFrame | None = None
    repeated: int = 0

    def __len__(self) -> int:
        return len(self.cells)

    def report(
        self,
        log: FindingLog,
        code: str,
        positions: Iterable[int] = (),
        *,
        column: int | str | None = None,
        severity: str | None = None,
        values: Sequence[object] | None = None,
        **words: Any,
    ) -> None:
        """Note ``code`` for each row position (or once for the sheet, without any)."""
        heading = self.headings[column] if isinstance(column, int) else column
        places = list(positions)
        if not places:
            log.add(code, file=self.file, sheet=self.sheet, column=heading, severity=severity, **words)
        for i, position in enumerate(places):
            row = int(self.numbers[position])
            cell = f"{self.letters[column]}{row}" if self.lettered and isinstance(column, int) else None
            own: dict[str, Any] = words if values is None else {**words, "value": values[i]}
            log.add(
                code, file=self.file, sheet=self.sheet, row=row, column=heading, cell=cell, severity=severity, **own
            )


def column_letter(index: int) -> str:
    """Return the spreadsheet letters of the 0-based column ``index``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def distinct_texts(texts: pd.Series) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return for each text its position among the distinct ones (-1 where missing), and these."""
    column = pa.array(texts)
    encoded = (column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column).dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, encoded.dictionary.to_pylist()
