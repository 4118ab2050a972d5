"""Columns of the single doses of a vaccine, ``Mũi 1 | Mũi 2`` with their days: how many somebody has had."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from loaders.columns.references import is_answer
from loaders.columns.texts import told_of
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from tracing.spelling import fold

HEADING: Final = "Số mũi vắc xin"
_DOSE: Final = re.compile(
    r"(?:.*\b)?(?:mui|dose)(?: (?:so|thu|no))? ?(?P<number>[1-4])\b.*|(?P<word>1st|first|2nd|second|3rd|third) dose\b.*"
)
_WORDS: Final = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3}
_NONE: Final = re.compile(r"(?i)\s*(?:x?0|không|ko|k|chưa(?: tiêm)?|no|none|-+)\s*")


def with_doses_counted(sheet: Sheet) -> Sheet:
    """Return a list with the number of doses as a column: the highest of which a row tells anything."""
    found = {at: number for at, heading in enumerate(sheet.headings) if (number := _number(heading))}
    if len(set(found.values())) < 2 or sheet.origin is not None or not len(sheet):
        return sheet
    if "vaccine_doses" in read_headings(sheet.headings, PEOPLE, {}).columns:
        return sheet
    doses = np.zeros(len(sheet), dtype=np.int64)
    for at, number in found.items():
        doses = np.where(told_of(sheet.cells[at], _given), np.maximum(doses, number), doses)
    return sheet.with_column(HEADING, [str(count) if count else None for count in doses.tolist()])


def _number(heading: str) -> int:
    match = _DOSE.fullmatch(fold(heading))
    if match is None:
        return 0
    return int(match["number"]) if match["number"] else _WORDS[match["word"]]


def _given(text: str) -> bool:
    """Tell whether a cell says that a dose was given: a day, a mark, the name of a vaccine."""
    return not _NONE.fullmatch(text) and not is_answer(text)
