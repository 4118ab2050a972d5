"""Headings told by their words: ``Bản`` is no ``bàn``, ``Hộ`` no ``họ``; ``Thôn/TDP`` is one part of a commune."""

from __future__ import annotations

import re
from typing import Final

from loaders.place_words import COMMUNES, HAMLETS, PARTS_OF_COMMUNES, folded
from tracing.patterns import regex
from tracing.spelling import fold

#: Plain heading -> what stands in it where it is the other word, and what it means then.
_OTHERS: Final = {
    "to": (r"[^\x00-\x7f]", "group"),
    "ho": ("ộ", "household"),
    "day": ("ã", "block"),
    "ban": ("ả", "hamlet"),
    "o": ("ở", "address"),
}
#: What the smallest units are called, in the whole country, without accents; a group alone is no hamlet.
_BELOW: Final = regex(rf"{folded(HAMLETS)}|{'|'.join(PARTS_OF_COMMUNES)}|to|tdp|to dan pho|khu|khu dan cu|kdc|soc|phum")
_GROUPS: Final = frozenset({"to", "tdp", "to dan pho"})
_COMMUNE: Final = regex(folded(COMMUNES))
#: What an address has beside such a part, and what says before them that somebody lives there.
_BESIDE: Final = regex(rf"{folded(COMMUNES)}|so nha|(?:ten )?duong|pho|doi|ngo|ngach|hem")
_LIVES: Final = regex(r"^(?:ten|o|o tai|song o|nha o|que(?: o)?|nguoi)\s+")
_OR: Final = regex(r"\s*[/,;&-]\s*|\s+(?:hoac|hay)\s+")

#: Days of a result, plain: with a "(+)" behind they are those on which somebody was found positive.
_POSITIVE: Final = frozenset(
    f"{before}{said}{after}"
    for before in ("ngay", "ngayco", "ngaybao", "ngaytra", "co", "congbo")
    for said in ("", "kq", "ketqua", "xn", "xetnghiem")
    for after in ("", "ngay", "lancuoi")
    if before == "ngay" or said
)


def told_as_home(heading: str) -> str | None:
    """Return the field of a heading that names several kinds of units: one part of a commune, else an address.

    ``Thôn/TDP`` is the one or the other; with a commune or a house beside it, ``Ở thôn, xã``, it is an address.
    ``Ở phường/xã`` is a commune.
    """
    words = _OR.split(_LIVES.sub("", fold(heading)).strip())
    if _LIVES.match(fold(heading)) and all(_COMMUNE.fullmatch(word) for word in words):
        return "commune"
    if len(words) < 2 or not all(_BELOW.fullmatch(word) or _BESIDE.fullmatch(word) for word in words):
        return None
    parts = [word for word in words if _BELOW.fullmatch(word)]
    if len(parts) < len(words):
        return "address" if parts else None
    return None if _GROUPS.issuperset(words) else "hamlet"


def told_by_accents(form: str, heading: str) -> str | None:
    """Return the field of a list of people that a heading means by its accents alone; ``form`` is it without them."""
    accents, meant = _OTHERS.get(form, (None, None))
    return meant if accents is not None and re.search(accents, heading.lower()) else None


def told_positive(form: str, heading: str) -> bool:
    """Tell whether a heading is the day on which somebody was found positive: ``Ngày (+)``, ``Có KQ (+)``."""
    return "+" in heading and form in _POSITIVE
