"""From where people came, told in columns beside each other: ``Nơi đi (xã) | Huyện | Tỉnh`` is one place."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from loaders.files.grid import Sheet
from tracing.patterns import regex
from tracing.spelling import fold

_FROM: Final = regex(
    r"(?:noi|dia diem|dia chi noi) (?:di|xuat phat|den tu|ve tu)\b.*|(?:di|den|ve|tro ve) tu\b.*"
    r"|noi (?:o|cu tru) truoc\b.*"
)
_UNIT: Final = r"(?:quan|huyen|tp|thi xa|thanh pho|tinh|xa|phuong)"
_UPPER: Final = regex(rf"{_UNIT}(?:\W{{1,3}}{_UNIT}){{0,3}}")


def with_whole_origin(sheet: Sheet) -> Sheet:
    """Return a sheet in which the place that people came from has the units that stand in the columns behind it.

    These columns are no others then, so that nothing takes them for the home.
    """
    headings = sheet.headings
    at = next((i for i, heading in enumerate(headings) if _FROM.fullmatch(fold(heading))), None)
    if at is None:
        return sheet
    end = at + 1
    while end < len(headings) and _UPPER.fullmatch(fold(headings[end])):
        end += 1
    if end == at + 1:
        return sheet
    cells = sheet.cells.copy()
    parts = [cells[i] for i in range(at, end)]
    cells[at] = [", ".join(text for text in row if isinstance(text, str)) or None for row in zip(*parts, strict=True)]
    cells[at] = cells[at].astype("string")
    return replace(sheet, cells=cells).without_columns(range(at + 1, end))
