"""Whom a list of contacts names and a remark takes off again: ``không gặp BN, đưa ra khỏi danh sách F1``. Asked."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

from loaders.columns.columns import Columns
from loaders.columns.remark import is_remark
from loaders.columns.texts import told_of
from loaders.questions import NO, YES, Choice
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

_CASE: Final = r"(?:bn|benh nhan|ca(?: benh| duong)?|f ?0|nguoi benh|case)(?: ?\d[\d.]*)?"
#: That somebody did not meet the case at all: not that they did not since a day, or not without a mask.
_NOT_MET: Final = re.compile(
    rf"\b(?:khong|chua|ko|kg|k)(?: he| tung| co| phai){{0,2}} (?:gap(?: truc tiep)?|tiep xuc|tx)(?: mat| go| gan)?"
    rf"(?: (?:voi|cung))?(?: {_CASE})?(?= *(?:$|[,;.:)(–-]|(?:va|nen|do|vi)\b))"
    rf"|\b(?:did not|didn't|never) (?:meet|met|see)(?: (?:the )?{_CASE})?(?= *(?:$|[,;.:)(–-]))"
    r"|\b(?:no contact|not a (?:close )?contact)\b"
    r"|\bchi (?:goi dien|(?:goi|noi chuyen|nhan tin|trao doi) (?:qua|bang|tren)"
    r" (?:dien thoai|dt|zalo|video|mang|facebook|fb|messenger))\b"
    r"|\bonly (?:spoke|spoken|talked|talking|called|met)(?: on| by| over| via)?(?: the)? (?:tele)?phone\b"
)
_TAKEN_OFF: Final = re.compile(
    r"\b(?:dua|loai|rut|bo|xoa|cho)(?: ten)?(?: ra)? khoi (?:danh sach|ds|dien|dien f ?[1-3])\b"
    r"(?! (?:cach ly|theo doi|dieu tri|cho))"
    r"|\b(?:loai|bo|rut|xoa|gach)(?: ten| tru)?(?: khoi)? f ?[1-3]\b|\bkhong (?:phai|con)(?: la)?(?: dien)? f ?[1-3]\b"
    r"|\b(?:xoa|gach|rut) ten\b|\b(?:chuyen|ha)(?: sang| xuong| thanh| dien){0,2} f ?[2-4]\b"
    r"|\b(?:removed|taken off|struck) (?:from|off)?(?: the)? ?(?:contact )?list\b"
)
#: Why somebody leaves a list who did meet the case: the time is over, or they are a case now.
_STILL_MET: Final = re.compile(
    r"\b(?:het|du|hoan thanh|xong|ket thuc)\b|\b\d{1,2} ngay\b|\b(?:thanh|la|chuyen) f ?0\b|\bduong tinh\b"
    r"|\bcompleted\b"
)
#: Fields that tell how people met.
_HOW: Final = ("kind", "relation")


def taken_off(columns: Columns) -> npt.NDArray[np.bool_]:
    """Tell of which rows a remark says that there was no contact: asked, and none is on record until it is answered."""
    off = np.zeros(len(columns.sheet), dtype=bool)
    named = columns.text("index").notna().to_numpy(dtype=bool)
    how = {at for name in _HOW if (at := columns.at(name)) is not None}
    for at in sorted({*columns.found.reading.kept, *columns.found.reading.unused, *how}):
        if at not in how and not is_remark(columns.sheet.headings[at]):
            continue
        texts = columns.sheet.cells[at]
        said = told_of(texts, says_not_met) & named & ~columns.bad
        for text in sorted(set(texts[said])):
            group = np.flatnonzero(said & (texts == text).fillna(False).to_numpy(dtype=bool))
            off[group] |= not _met(columns, at, text, group)
    return off


def says_not_met(text: str) -> bool:
    """Tell whether a remark says that somebody did not meet the case, or was taken off the list of contacts."""
    said = fold(text)
    if _NOT_MET.search(said) is not None:
        return True
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
