"""Planned days beside those that came to be, ``Ngày ra dự kiến | Ngày ra thực tế``: where told, the latter."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, field_of
from tracing.patterns import regex
from tracing.spelling import fold

_PLANNED: Final = regex(r"\b(?:du kien|ke hoach|expected|planned|scheduled)\b")
_ACTUAL: Final = regex(r"\b(?:thuc te|actual|that su)\b")
PLANNED: Final = "Dự kiến ban đầu: "
"""Before the heading of a column of planned days that is only kept."""


def with_actual_days(sheet: Sheet) -> Sheet:
    """Return a list with the planned days in the column of actual ones where these are not told yet."""
    if sheet.origin is not None:
        return sheet
    meant = {at: means[0] for at, h in enumerate(sheet.headings) if (means := field_of(h, PEOPLE)) is not None}
    said = [fold(heading) for heading in sheet.headings]
    for at in [at for at in meant if _ACTUAL.search(said[at])]:
        planned = next((i for i, name in meant.items() if name == meant[at] and _PLANNED.search(said[i])), None)
        if planned is None:
            continue
        cells = sheet.cells.copy(deep=False)
        cells[at] = cells[at].fillna(cells[planned])
        headings = tuple(f"{PLANNED}{h}" if i == planned else h for i, h in enumerate(sheet.headings))
        sheet = replace(sheet, headings=headings, cells=cells, as_read=sheet.original)
    return sheet
