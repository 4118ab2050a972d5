"""Lists of cases without a class whose remarks say that a row is none yet: ``Test nhanh (+), chờ PCR`` is suspected."""

from __future__ import annotations

import re
from typing import Final

from loaders.columns.by_neighbours import CASE_FIELDS
from loaders.columns.remark import is_remark
from loaders.columns.texts import told_of
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from tracing.spelling import fold

#: What says that nothing confirms a case so far, without accents; by whom somebody may be infected is none of it.
_WAITS: Final = re.compile(
    r"\b(?:cho|doi|chua co) (?:ket qua |kq )?(?:khang dinh|xac dinh|rt-?pcr|pcr)\b"
    r"|\b(?:ca |truong hop )(?:benh )?nghi (?:ngo|nhiem|mac)\b|\bawaiting (?:pcr|confirmation)\b"
)
_CONFIRMED: Final = re.compile(r"\bpcr(?: lan \d)?:? ?(?:\(\+\)|duong)|\bda khang dinh\b")
_CLASS, _SUSPECTED = "Phân loại ca", "Nghi ngờ"
_TESTED: Final = frozenset({"classification", "test_result", "confirmed", "index"})


def with_cases_waiting(sheet: Sheet) -> Sheet:
    """Return a list of cases with a class for those of whom a remark says that they wait for their confirmation."""
    columns = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    if sheet.origin is not None or not CASE_FIELDS & columns or _TESTED & columns or _CLASS in sheet.headings:
        return sheet
    for at, heading in enumerate(sheet.headings):
        waits = told_of(sheet.cells[at], _waits) if is_remark(heading) else None
        if waits is not None and waits.any():
            return sheet.with_column(_CLASS, [_SUSPECTED if one else None for one in waits], letter=sheet.letters[at])
    return sheet


def _waits(text: str) -> bool:
    said = fold(text)
    return _WAITS.search(said) is not None and _CONFIRMED.search(said) is None
