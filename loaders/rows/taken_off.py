"""Whom a list of contacts names and a remark takes off again: ``không gặp BN, đưa ra khỏi danh sách F1``. Asked."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from loaders.columns.columns import Columns
from loaders.columns.denied import denies_meeting
from loaders.columns.remark import is_remark
from loaders.columns.texts import told_of
from loaders.questions import NO, YES, Choice
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

_TAKEN_OFF: Final = regex(
    r"\b(?:dua|loai|rut|bo|xoa|cho)(?: ten)?(?: ra)? khoi (?:danh sach|ds|dien|dien f ?[1-3])\b"
    r"(?! (?:cach ly|theo doi|dieu tri|cho))"
    r"|\b(?:loai|bo|rut|xoa|gach)(?: ten| tru)?(?: khoi)? f ?[1-3]\b|\bkhong (?:phai|con)(?: la)?(?: dien)? f ?[1-3]\b"
    r"|\b(?:xoa|gach|rut) ten\b|\b(?:chuyen|ha)(?: sang| xuong| thanh| dien){0,2} f ?[2-4]\b"
    r"|\b(?:removed|taken off|struck) (?:from|off)?(?: the)? ?(?:contact )?list\b"
)
#: Why somebody leaves a list who did meet the case: the time is over, or they are a case now.
_STILL_MET: Final = regex(
    r"\b(?:het|du|hoan thanh|xong|ket thuc)\b|\b\d{1,2} ngay\b|\b(?:thanh|la|chuyen) f ?0\b|\bduong tinh\b"
    r"|\bcompleted\b"
)
#: Fields that tell how people met.
_HOW: Final = ("kind", "relation")


def taken_off(columns: Columns) -> npt.NDArray[np.bool_]:
    """Tell of which rows a remark says that there was no contact: asked, and none is on record until it is answered."""
    off = np.zeros(len(columns.sheet), dtype=bool)
    met = columns.text("index").notna().to_numpy(dtype=bool) if columns.has("index") else ~off  # whom nobody names
    how = {at for name in _HOW if (at := columns.at(name)) is not None}
    for at in sorted({*columns.found.reading.kept, *columns.found.reading.unused, *how}):
        if at not in how and not is_remark(columns.sheet.headings[at]):
            continue
        texts = columns.sheet.cells[at]
        said = told_of(texts, says_not_met) & ~columns.bad & met
        for text in sorted(set(texts[said])):
            group = np.flatnonzero(said & (texts == text).fillna(False).to_numpy(dtype=bool))
            off[group] |= not _met(columns, at, text, group)
    return off


def says_not_met(text: str) -> bool:
    """Tell whether a remark says that somebody did not meet the case, or was taken off the list of contacts."""
    if denies_meeting(text):
        return True
    said = fold(text)
    return _TAKEN_OFF.search(said) is not None and _STILL_MET.search(said) is None


def _met(columns: Columns, at: int, text: str, group: npt.NDArray[np.int64]) -> bool:
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("A remark says that this person did not meet the case, or was taken off the list: did they meet?"),
        row=int(group[0]) if len(group) == 1 else None,
        column=at,
        said=text,
        rows=group,
        choices=[Choice(NO, _("no: no contact")), Choice(YES, _("yes, as the row says"))],
    )
    if answer is None:
        columns.query("contact.taken_off", group, at)
    return answer == YES
