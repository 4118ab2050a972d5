"""What a text that is not known was probably meant to be: a word, an id on record, a value of a choice."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable, Mapping
from typing import Final

from tracing.patterns import regex
from tracing.spelling import fold

#: The first word of a text that denies something, without accents: "ko phát hiện" is no slip of "có phát hiện".
_DENIES: Final = regex(r"(?:k|ko|kg|kh|khg|khong|hok|chua|chang|no|not|non|un)(?![a-z])")
_VOWEL: Final = regex("[aeiouy]")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
#: Shorter words are too short to tell a slip from another word; from _LONG letters on two slips are forgiven.
_SHORT, _LONG = 4, 8


def nearest_words(word: str, known: Iterable[str], *, most: int, cutoff: float = 0.6) -> list[str]:
    """Return up to ``most`` known words that look like ``word``, the nearest first; empty where none does."""
    return difflib.get_close_matches(word, list(known), n=most, cutoff=cutoff)


def nearest_word(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return the known word that looks most like ``word``, if any does."""
    return next(iter(nearest_words(word, known, most=1, cutoff=cutoff)), None)


def nearest_id(ident: str, ids: Container[str]) -> str | None:
    """Return the only id in ``ids`` that is one slip (letter changed, added, left out, two swapped) from ``ident``.

    An id with two letters swapped goes before the others. ``ids`` tells whether an id is among them: it may be large.
    """
    size = len(ident)
    slips = {ident[:i] + ident[i + 1 :] for i in range(size)}
    slips |= {ident[:i] + ident[i + 1] + ident[i] + ident[i + 2 :] for i in range(size - 1)} - {ident}
    swapped = {slip for slip in slips if len(slip) == size and slip in ids}
    if len(swapped) == 1:
        return swapped.pop()
    slips |= {ident[:i] + letter + ident[i + 1 :] for i in range(size) for letter in _LETTERS}
    slips |= {ident[:i] + letter + ident[i:] for i in range(size + 1) for letter in _LETTERS}
    near = {slip for slip in slips if slip != ident and slip in ids}
    return near.pop() if len(near) == 1 else None


def nearest_value(text: str, values: Mapping[str, str]) -> str | None:
    """Return the value whose word is one slip from ``text`` (two, from eight letters on); None if two values are.

    ``values`` is word -> value. Accents and capitals do not count. A short word is no slip of another one
    (``CLTN``, ``CLTT``; "ra viện", "nằm viện"), nor a text that denies of one that does not.
    """
    text = fold(text)
    if len(text) < _SHORT:
        return None
    limit = 2 if len(text) >= _LONG else 1
    found: dict[int, set[str]] = {}
    for word, value in values.items():
        known = fold(word)
        slips = count_slips(text, known, limit) if len(word) >= _SHORT else limit + 1
        if slips <= limit and _may_be_slips(text, known):
            found.setdefault(slips, set()).add(value)
    best = min(found, default=limit + 1)
    return next(iter(found[best])) if best <= limit and len(found[best]) == 1 else None


def _may_be_slips(text: str, known: str) -> bool:
    """Tell whether what parts two texts that are nearly alike stands in long words, and neither denies the other."""
    if (_DENIES.match(text) is None) != (_DENIES.match(known) is None):
        return False
    told, meant = text.split(), known.split()
    if len(told) != len(meant):
        return True
    unlike = [(a, b) for a, b in zip(told, meant, strict=True) if a != b]
    return all(max(len(a), len(b)) >= _SHORT and _VOWEL.search(b) is not None for a, b in unlike)


def count_slips(a: str, b: str, limit: int) -> int:
    """Return how many letters must be changed, added, left out or swapped to make ``b`` of ``a`` (at most limit+1)."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before, last = [0] * (len(b) + 1), list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y)))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], before[j - 2] + 1)
        before, last = last, row
    return last[-1]
