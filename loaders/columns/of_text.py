"""The list that a running text becomes: told line by line, cells by heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from loaders.files.grid import Document, Fact, Sheet, column_letter
from loaders.files.orders import DateEvidence, gather, hints


def list_of_text(
    document: Document,
    headings: Sequence[str],
    rows: Sequence[tuple[int, Mapping[str, str | None]]],
    *,
    said: Sequence[Fact],
    **more: Any,
) -> Sheet:
    """Return rows (line, cell by heading) as a sheet of the headings that any of them has.

    What is ``said`` of all of them tells the days that are near, else the one year of its days that have one; ``more``
    are further fields of the sheet.
    """
    cells = pd.DataFrame(
        {i: pd.array([row.get(heading) for _, row in rows], dtype="string") for i, heading in enumerate(headings)}
    )
    used = [i for i in range(len(headings)) if cells[i].notna().any()]
    shown = gather(zip(headings, (cells[i] for i in range(len(headings))), strict=True), headings)
    days, years = ([fact.value for fact in said if fact.name == name] for name in ("day", "year"))
    return Sheet(
        file=document.file,
        sheet=None,
        headings=tuple(headings[i] for i in used),
        letters=tuple(column_letter(i) for i in range(len(used))),
        cells=cells[used].set_axis(range(len(used)), axis=1),
        numbers=np.array([line for line, _ in rows], dtype=np.int64),
        dates=hints(DateEvidence(order="day first", years=shown.years, vietnamese=True), days, years),
        **more,
    )
