"""Headings that other words look like without their accents: ``Bản`` is no ``bàn``, ``Hộ`` no ``họ``."""

from __future__ import annotations

import re
from typing import Final

#: Plain heading -> what stands in it where it is the other word, and what it means then.
_OTHERS: Final = {
    "to": (r"[^\x00-\x7f]", "group"),
    "ho": ("ộ", "household"),
    "day": ("ã", "block"),
    "ban": ("ả", "hamlet"),
}


def told_by_accents(form: str, heading: str) -> str | None:
    """Return the field of a list of people that a heading means by its accents alone; ``form`` is it without them."""
    accents, meant = _OTHERS.get(form, (None, None))
    return meant if accents is not None and re.search(accents, heading.lower()) else None
