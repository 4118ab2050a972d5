"""Headings told by their words: ``Bản`` is no ``bàn``, ``Hộ`` no ``họ``; ``Thôn/TDP`` is one part of a commune."""

from __future__ import annotations

import re
from typing import Final

from loaders.place_words import HAMLETS, PARTS_OF_COMMUNES, folded
from tracing.spelling import fold

#: Plain heading -> what stands in it where it is the other word, and what it means then.
_OTHERS: Final = {
    "to": (r"[^\x00-\x7f]", "group"),
    "ho": ("ộ", "household"),
    "day": ("ã", "block"),
    "ban": ("ả", "hamlet"),
}
#: What the smallest units are called, in the whole country, without accents; a group alone is no hamlet.
_BELOW: Final = re.compile(
    rf"{folded(HAMLETS)}|{'|'.join(PARTS_OF_COMMUNES)}|to|tdp|to dan pho|khu|khu dan cu|kdc|soc|phum"
)
_GROUPS: Final = frozenset({"to", "tdp", "to dan pho"})
_OR: Final = re.compile(r"\s*[/,;&-]\s*|\s+(?:hoac|hay)\s+")


def told_as_hamlet(heading: str) -> bool:
    """Tell whether a heading names several kinds of parts of a commune, of which a place has one or the other."""
    words = _OR.split(fold(heading).removeprefix("ten ").strip())
    return len(words) > 1 and all(map(_BELOW.fullmatch, words)) and not _GROUPS.issuperset(words)


def told_by_accents(form: str, heading: str) -> str | None:
    """Return the field of a list of people that a heading means by its accents alone; ``form`` is it without them."""
    accents, meant = _OTHERS.get(form, (None, None))
    return meant if accents is not None and re.search(accents, heading.lower()) else None
