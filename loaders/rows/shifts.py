"""Hours of shifts: told with the shift in its cell, by a legend under or above the table, or once in the title."""

from __future__ import annotations

import re

import pandas as pd

from loaders.columns.hours import read_hours
from loaders.columns.texts import by_distinct
from loaders.files.body import SHIFT_HOURS
from loaders.rows.kind import ListRows
from tracing.spelling import fold


def shift_key(text: str) -> str:
    """Return what tells one shift from the next: ``Ca 1``, ``C1`` and ``1`` are one."""
    return re.sub(r"^(?:ca|c|kip|k)(?=\d|i+$|[abc]$)", "", re.sub(r"\s+", "", re.sub(r"^ca (?!\d)", "", fold(text))))


def legend_of(rows: ListRows) -> dict[str, str]:
    """Return shift -> its hours, as lines above and below the table tell them: ``C1: 6h-14h; C2: 14h-22h``."""
    sheet = rows.columns.sheet
    found: dict[str, str] = {}
    for line in (*sheet.titles, *sheet.notes):
        for match in SHIFT_HOURS.finditer(fold(" ; ".join(line.texts))):
            found.setdefault(shift_key(match["shift"]), match["hours"])
    return found


def shift_hours(rows: ListRows) -> pd.Series:
    """Return the hours of each row's shift; missing where nothing tells them."""
    legend = legend_of(rows)
    said = rows.columns.text("shift")
    own = by_distinct(said, lambda text: text if read_hours(text)[1] is not None else legend.get(shift_key(text)))
    title = rows.fact("hours")
    if len(legend) > 1:
        title = legend.get(shift_key(rows.fact("shift") or ""))
    return own if title is None else own.where(own.notna() | said.notna(), title)
