"""Rows corrected in a workbook of rows set aside: where the uncorrected row comes again, it is read as corrected.

So a list that is sent again every night asks nothing twice and brings no second contact for a row that was mended.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from loaders.files.grid import Sheet
from loaders.options import Corrections
from loaders.questions import row_keys


def corrections_of(sheets: Iterable[Sheet]) -> dict[str, dict[str, str | None]]:
    """Return the rows of workbooks of rows set aside whose texts are others than when they were set aside."""
    found: dict[str, dict[str, str | None]] = {}
    for sheet in sheets:
        if sheet.origin is None or "key" not in sheet.origin:
            continue
        now = row_keys(replace(sheet, origin=None), np.arange(len(sheet)))
        for row, (key, own) in enumerate(zip(sheet.origin["key"].tolist(), now, strict=True)):
            if isinstance(key, str) and key != own:
                texts = sheet.cells.iloc[row].tolist()
                found[key] = {h: t if isinstance(t, str) else None for h, t in zip(sheet.headings, texts, strict=True)}
    return found


def with_corrections(sheet: Sheet, corrections: Corrections) -> Sheet:
    """Return a sheet in which rows that were corrected once stand as corrected, under the keys that they had."""
    alike = {key: texts for key, texts in corrections.items() if set(texts) == set(sheet.headings)}
    if not alike or sheet.origin is not None or not len(sheet):
        return sheet
    keys = row_keys(sheet, np.arange(len(sheet)))
    again = {row: alike[key] for row, key in enumerate(keys) if key in alike}
    if not again:
        return sheet
    cells = sheet.cells.copy()
    for at, heading in enumerate(sheet.headings):
        texts = cells[cells.columns[at]].to_numpy(dtype=object).copy()
        for row, corrected in again.items():
            texts[row] = corrected[heading]
        cells[cells.columns[at]] = pd.array(texts, dtype="string")
    return replace(
        sheet,
        cells=cells,
        errors={place: text for place, text in sheet.errors.items() if place[0] not in again},
        ragged={row: count for row, count in sheet.ragged.items() if row not in again},
        as_read=sheet.original,
    )
