"""Rides, seats and rooms that nobody took: ``khách hủy``, ``NO SHOW`` where the name would stand is no name."""

from __future__ import annotations

from typing import Final

import numpy as np

from loaders.columns.texts import told_of
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from tracing.patterns import regex

_REMARK: Final = "Ghi chú"

#: What is said of somebody who had a seat, a bed or a ride and did not take it; "Huy" is a name.
NO_SHOW: Final = regex(
    r"(?i)(?:no[ -]?show|not boarded|did not board|offloaded|cancell?ed|không (?:lên|đi) (?:xe|tàu|máy bay)"
    r"|(?:(?:khách|đơn|chuyến|cuốc|vé|lệnh|lịch)\s+)?(?:đã |bị |tự )?(?:hủy|huỷ)"
    r"(?: (?:chuyến|đơn|cuốc|xe|phòng|vé|lệnh|lịch))?)(?!\w)"
)


def with_cancelled_apart(sheet: Sheet) -> Sheet:
    """Return a list whose cells of names that only say that nobody came are remarks; the row then names nobody."""
    at = read_headings(sheet.headings, PEOPLE, {}).columns.get("name")
    if at is None or sheet.origin is not None or not len(sheet):
        return sheet
    gone = told_of(sheet.cells[at], lambda text: NO_SHOW.fullmatch(text.strip(" .()")) is not None)
    if not gone.any():
        return sheet
    said = sheet.cells[at].where(gone)
    cells = sheet.cells.copy(deep=False)
    cells[at] = cells[at].mask(gone)
    free = next((i for i, heading in enumerate(sheet.headings) if heading == _REMARK), None)
    out = sheet.with_rows(cells, np.arange(len(sheet)).tolist())
    if free is not None:
        cells[free] = cells[free].fillna(said)
        return out
    texts = [text if isinstance(text, str) else None for text in said]
    return out.with_column(_REMARK, texts, letter=sheet.letters[at], as_read=sheet.original)
