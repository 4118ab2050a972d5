"""Words that say that somebody did not meet the case at all: ``chưa gặp F0``, ``không tiếp xúc với BN34``."""

from __future__ import annotations

from typing import Final

from tracing.patterns import regex
from tracing.spelling import fold

_CASE: Final = r"(?:bn|benh nhan|ca(?: benh| duong)?|f ?0|nguoi benh|case)(?: ?\d[\d.]*)?"
#: Not that they did not since a day, or not without a mask.
_NOT_MET: Final = regex(
    rf"\b(?:khong|chua|ko|kg|k)(?: he| tung| co| phai){{0,2}} (?:gap(?: truc tiep)?|tiep xuc|tx)(?: mat| go| gan)?"
    rf"(?: (?:voi|cung))?(?: {_CASE})?(?= *(?:$|[,;.:)(–-]|(?:va|nen|do|vi)\b))"
    rf"|\b(?:did not|didn't|never) (?:meet|met|see)(?: (?:the )?{_CASE})?(?= *(?:$|[,;.:)(–-]))"
    r"|\b(?:no contact|not a (?:close )?contact)\b"
    r"|\bchi (?:goi dien|(?:goi|noi chuyen|nhan tin|trao doi) (?:qua|bang|tren)"
    r" (?:dien thoai|dt|zalo|video|mang|facebook|fb|messenger))\b"
    r"|\bonly (?:spoke|spoken|talked|talking|called|met)(?: on| by| over| via)?(?: the)? (?:tele)?phone\b"
)


def denies_meeting(text: str) -> bool:
    """Tell whether a text says that somebody did not meet the case at all."""
    return _NOT_MET.search(fold(text)) is not None
