"""A column of parts of the day, ``Buổi``: sáng, chiều, is one of shifts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from loaders.files.grid import Sheet
from tracing.spelling import fold

PART_OF_DAY: Final = re.compile(r"(?:(?:ca|kip|buoi)\s+)?(?:sang|trua|chieu|toi|dem|khuya)")
"""A shift that only a part of the day names, without accents: ``Ca sáng``, ``đêm``."""


def with_half_days(sheet: Sheet) -> Sheet:
    """Return a sheet whose column ``Buổi`` holds parts of the day with that column as one of shifts."""
    for at, heading in enumerate(sheet.headings):
        values = sheet.cells[at].dropna().unique()[:1_000] if fold(heading) in ("buoi", "buoi truc", "buoi lam") else ()
        if len(values) and all(PART_OF_DAY.fullmatch(fold(text)) for text in values) and "Ca" not in sheet.headings:
            return replace(sheet, headings=(*sheet.headings[:at], "Ca", *sheet.headings[at + 1 :]))
    return sheet
