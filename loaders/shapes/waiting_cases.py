"""Lists of cases without a class that say that a row is none yet: ``Test nhanh (+), chờ PCR`` is suspected.

A remark says it of its row, a line between the rows of all below it: ``B. CA NGHI NGỜ``.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from loaders.columns.by_neighbours import CASE_FIELDS
from loaders.columns.remark import is_remark
from loaders.columns.texts import told_of
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from tracing.patterns import regex
from tracing.spelling import fold

#: What says that nothing confirms a case so far, without accents; by whom somebody may be infected is none of it.
_WAITS: Final = regex(
    r"\b(?:cho|doi|chua co) (?:ket qua |kq )?(?:khang dinh|xac dinh|rt-?pcr|pcr)\b"
    r"|\b(?:ca |truong hop )(?:benh )?nghi (?:ngo|nhiem|mac)\b|\bawaiting (?:pcr|confirmation)\b"
)
_CONFIRMED: Final = regex(r"\bpcr(?: lan \d)?:? ?(?:\(\+\)|duong)|\bda khang dinh\b")
#: What a line between rows calls cases that are none yet, beside what a remark says.
_CALLED: Final = regex(r"\b(?:ca|truong hop|bn|benh nhan) (?:benh )?nghi\b|\bnghi (?:ngo|nhiem|mac)\b|\bsuspected\b")
_OTHER_CLASS: Final = regex(r"\b(?:khong|het|loai tru|tung|truoc do|truoc day)\b|\bnot\b")
_CLASS, _SUSPECTED = "Phân loại ca", "Nghi ngờ"
_TESTED: Final = frozenset({"test_result", "confirmed"})
_CLASSED: Final = frozenset({"classification", "index"})


def with_cases_waiting(sheet: Sheet) -> Sheet:
    """Return a list of cases with a class for those of whom it says that they wait for their confirmation."""
    columns = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    if sheet.origin is not None or not CASE_FIELDS & columns or _CLASSED & columns or _CLASS in sheet.headings:
        return sheet
    waiting: npt.NDArray[np.bool_] = np.zeros(len(sheet), dtype=bool)
    letter = sheet.letters[0]
    if sheet.sections is not None:
        waiting |= told_of(sheet.sections, _titled_waiting)
    for at, heading in enumerate(sheet.headings if not _TESTED & columns else ()):
        if is_remark(heading) and (told := told_of(sheet.cells[at], _waits)).any():
            waiting |= told
            letter = sheet.letters[at]
            break
    if not waiting.any():
        return sheet
    return sheet.with_column(_CLASS, [_SUSPECTED if one else None for one in waiting], letter=letter)


def _waits(text: str) -> bool:
    said = fold(text)
    return _WAITS.search(said) is not None and _CONFIRMED.search(said) is None


def _titled_waiting(text: str) -> bool:
    """Tell whether a line between rows says that those below are no confirmed cases yet."""
    said = fold(text)
    named = _WAITS.search(said) or _CALLED.search(said)
    return named is not None and not (_CONFIRMED.search(said) or _OTHER_CLASS.search(said))
