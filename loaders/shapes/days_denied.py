"""Days of contact in whose place a cell says that there was none: ``chưa gặp F0`` below ``Ngày TX cuối``."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.denied import denies_meeting
from loaders.columns.remark import tells_time
from loaders.columns.texts import told_of
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings

HEADING: Final = "Ghi chú (ngày tiếp xúc)"
"""Heading of these words."""


def with_denials_apart(sheet: Sheet) -> Sheet:
    """Return a contact list in which whoever met no case, as the cell of the day says, names none."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    days = [columns[name] for name in EXPOSURE if name in columns]
    if "index" not in columns or not days or sheet.origin is not None or not len(sheet):
        return sheet
    denied = {at: told_of(sheet.cells[at], _is_denied) for at in days}
    rows = np.logical_or.reduce(list(denied.values()))
    if not rows.any():
        return sheet
    cells = sheet.cells.copy()
    said = cells[days[0]].mask(~denied[days[0]])
    for at in days:
        said = said.fillna(cells[at].mask(~denied[at]))
        cells[at] = cells[at].mask(denied[at])
    cells[columns["index"]] = cells[columns["index"]].mask(rows)
    found = replace(sheet, cells=cells, as_read=sheet.original)
    return found.with_column(HEADING, said, letter=sheet.letters[days[0]])


def _is_denied(text: str) -> bool:
    return denies_meeting(text) and not tells_time(text)
