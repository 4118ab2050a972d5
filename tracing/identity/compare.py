"""How two people are compared, fact by fact: each comparison gives one of a few levels.

A level is a position in :data:`LEVELS`; 0, "unknown", says nothing. All work on arrays of pairs at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from tracing.alike import Names
from tracing.identity.facts import PHONES, UNKNOWN, Flags, Ints, Letters, PersonFacts
from tracing.spelling import bare_words, fits_name, fits_words

Levels = NDArray[np.int8]

_FAR: Final = 3
"""Letters by which two names differ too much for one to be a slip of the other."""

LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("unknown", "same", "accents", "order", "short", "typed", "marks", "given", "different"),
    "phone": ("unknown", "same", "many", "typed", "different"),
    "national_id": ("unknown", "same", "typed", "different"),
    "birth": ("unknown", "date", "year", "day", "near", "different"),
    "home": ("unknown", "household", "hamlet", "commune", "different"),
    "sex": ("unknown", "same", "hint", "different"),
    "case_code": ("unknown", "same", "different"),
}
"""Every comparison and its levels.

*name*: *same* also in its accents; *accents*: one of the two is written without; *order*: the same words; *short*: one
is a short form of the other, or its nickname in brackets; *typed*: a letter or two; *marks*: both have accents, and
others; *given*: only the given name. *phone*: *many*: only a number that many people give, which tells nothing beside
somebody's own. *birth*: *year*: the same year, as far as is told; *day*: the same year and another day. *sex*: *hint*:
another, as far as "Thị" in a name tells. *case_code*: *different*: another number of the same series ("BN").
"""


def level(comparison: str, name: str) -> int:
    """Return the code of a level."""
    return LEVELS[comparison].index(name)


def levels_are(levels: Mapping[str, Levels], comparison: str, names: Iterable[str]) -> Flags:
    """Tell for which pairs a comparison gave one of the named levels."""
    wanted = np.zeros(len(LEVELS[comparison]), dtype=bool)
    wanted[[level(comparison, name) for name in names]] = True
    return wanted[levels[comparison]]


def compare(facts: PersonFacts, a: Ints, b: Ints, *, names: Iterable[str] = tuple(LEVELS)) -> dict[str, Levels]:
    """Return the level of every comparison, or of those of ``names``, for the pairs ``a[i]``, ``b[i]`` (positions)."""
    return {name: _COMPARISONS[name](facts, a, b) for name in names}


def _choose(comparison: str, size: int, found: Sequence[tuple[str, Flags]], known: Flags) -> Levels:
    """Return the first level of ``found`` that holds, "different" where none does, "unknown" where not ``known``."""
    out = np.full(size, level(comparison, "different"), dtype=np.int8)
    for name, holds in reversed(found):
        out[holds] = level(comparison, name)
    out[~known] = 0
    return out


def _compare_names(facts: PersonFacts, a: Ints, b: Ints) -> Levels:
    """Compare names: by codes where that suffices, each pair of spellings once where not."""
    key_a, key_b = facts.key[a], facts.key[b]
    out = _choose("name", len(a), [], (key_a >= 0) & (key_b >= 0))
    known = out > 0
    same_key = known & (key_a == key_b)
    out[same_key] = level("name", "same")
    unlike = np.flatnonzero(same_key & (facts.name[a] != facts.name[b]))
    out[unlike] = _same_key(facts.names, facts.name[a[unlike]], facts.name[b[unlike]])
    out[known & ~same_key & (facts.words[a] == facts.words[b])] = level("name", "order")
    rest = np.flatnonzero(known & (out == level("name", "different")))
    low, high, size = (
        np.minimum(key_a[rest], key_b[rest]),
        np.maximum(key_a[rest], key_b[rest]),
        max(1, len(facts.keys)),
    )
    back, both = pd.factorize(low * size + high)
    levels = _unlike_names(facts, np.column_stack(np.divmod(both, size)))
    out[rest] = levels[back]
    short = np.flatnonzero(out == level("name", "short"))
    others = facts.names.other_given(facts.name[a[short]], facts.name[b[short]])
    out[short[others]] = level("name", "marks")  # "Lê Hòa" is not short for "Lê Thị Hoa"
    called = (facts.nick[a] == key_b) | (facts.nick[b] == key_a)
    out[known & called & ~same_key] = level("name", "short")
    return out


def _unlike_names(facts: PersonFacts, pairs: Ints) -> Levels:
    """Return the levels of pairs of other names (codes of ``facts.keys``)."""
    places, used = pd.factorize(pairs.ravel())
    x, y = places.reshape(-1, 2).T
    keys = [facts.keys[int(key)] for key in used]
    length, words = (np.array([*map(how, keys)], dtype=np.int64) for how in (len, lambda key: key.count(" ")))
    edits = _letters_apart(np.array(keys, dtype=object), length, x, y)
    ends_alike = _last_words(facts)[pairs[:, 0]] == _last_words(facts)[pairs[:, 1]]
    whole = ~_perhaps_short(keys, facts.plain[used])
    # A short form has fewer words and the same last one, or a letter in place of a word.
    plainly = whole[x] & whole[y] & ((words[x] == words[y]) | ~ends_alike) & (edits == _FAR)
    levels = np.where(ends_alike, level("name", "given"), level("name", "different")).astype(np.int8)
    for pair in np.flatnonzero(~plainly).tolist():
        bare = bool(whole[x[pair]] and whole[y[pair]])
        levels[pair] = level("name", _unlike(keys[x[pair]], keys[y[pair]], int(edits[pair]), bare=bare))
    return levels


def _letters_apart(keys: NDArray[np.object_], length: Ints, x: Ints, y: Ints) -> Ints:
    """Return by how many letters names differ, at most :data:`_FAR`."""
    near = np.abs(length[x] - length[y]) < _FAR
    edits = np.full(len(x), _FAR, dtype=np.int64)
    if near.any():
        one, other = keys[x[near]].tolist(), keys[y[near]].tolist()
        edits[near] = cpdist(one, other, scorer=OSA.distance, score_cutoff=_FAR - 1, dtype=np.uint8)
    return edits


def _last_words(facts: PersonFacts) -> Ints:
    """Return the code of the last word of each name, by the code of the name."""
    known = facts.key >= 0
    last = np.full(len(facts.keys), UNKNOWN, dtype=np.int64)
    last[facts.key[known]] = facts.given[known]
    return last


def _perhaps_short(keys: Sequence[str], plain: Flags) -> Flags:
    """Tell which names can be a short form of one with as many words: a letter in place of a word.

    ``plain``: those that are known to be nothing but words.
    """
    short = np.array([key[-2:-1] in ("", " ") for key in keys], dtype=bool)
    for at in np.flatnonzero(~plain).tolist():
        short[at] |= "." in keys[at] or bare_words(keys[at]) != keys[at].split()
    return short


def _same_key(names: Names, x: Ints, y: Ints) -> Levels:
    """Return the levels of names that are equal without their accents, by their positions among all."""
    one_plain = names.ascii[x] != names.ascii[y]
    alike = np.where(one_plain, level("name", "accents"), level("name", "same"))
    return np.where(names.same(x, y), alike, level("name", "marks")).astype(np.int8)


def _unlike(one: str, other: str, edits: int, *, bare: bool = False) -> str:
    """Return the level of two names without accents that differ by ``edits`` letters (3: more than two).

    ``bare``: both are nothing but words, and none of them is a letter in place of a given name.
    """
    x, y = one.split(), other.split()
    fits = x[-1] == y[-1] and (fits_words(x, y) if bare else fits_name(one, other))
    if fits or (not bare and _initials(x, y)):
        return "short"
    if edits <= 2 and len(x) == len(y) and _slip(x, y):
        return "typed"
    return "given" if x[-1] == y[-1] else "different"


def _initials(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether one name gives the given name as a letter, and others as beginnings: ``Nguyễn V. A``."""
    bare = ([word.rstrip(".") for word in words] for words in (one, other))
    short, long = sorted(bare, key=lambda words: len("".join(words)))
    begins = len(one) == len(other) and all(y.startswith(x) for x, y in zip(short, long, strict=True))
    return begins and len(short[-1]) == 1 and short[:-1] != long[:-1]


def _slip(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two names differ as a slip of the keyboard makes them: one word, of a short one its order."""
    differ = [at for at, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
    if len(differ) != 1:
        return False
    x, y = one[differ[0]], other[differ[0]]
    if differ[0] == len(one) - 1:
        return (min(len(x), len(y)) >= 4 or sorted(x) == sorted(y)) and OSA.distance(x, y) == 1
    return min(len(x), len(y)) >= 3 and OSA.distance(x, y) <= 2 and x[0] == y[0]


def _compare_phones(facts: PersonFacts, a: Ints, b: Ints) -> Levels:
    own = np.zeros(len(a), dtype=bool)
    many = own.copy()
    flags = np.append(facts.many, False)
    alone = np.all(facts.phones[:, 1:] < 0, axis=1).reshape(-1)
    rest = np.flatnonzero(~(alone[a] & alone[b]))
    for i, j in product(range(PHONES), repeat=2):
        rows = rest if i or j else np.arange(len(a))
        x = facts.phones[a[rows], i]
        equal = (x >= 0) & (x == facts.phones[b[rows], j])
        many[rows] |= equal & flags[x]
        own[rows] |= equal & ~flags[x]
    first, second = facts.phones[a, 0], facts.phones[b, 0]
    typed = _one_digit(facts.number_signs, first, second)
    found = [("same", own), ("many", many), ("typed", typed)]
    theirs = ((facts.phones >= 0) & ~flags[facts.phones]).any(axis=1)
    return _choose("phone", len(a), found, many | typed | (theirs[a] & theirs[b]))


def _compare_papers(facts: PersonFacts, a: Ints, b: Ints) -> Levels:
    """Compare identity numbers of one kind; a number of 9 digits and one of 12 can be one person's."""
    x, y = facts.national[a], facts.national[b]
    kinds = facts.paper[a] == facts.paper[b]
    typed = kinds & _one_digit(facts.national_signs, x, y)
    return _choose("national_id", len(a), [("same", x == y), ("typed", typed)], (x >= 0) & (y >= 0) & kinds)


def _one_digit(signs: Letters, x: Ints, y: Ints) -> Flags:
    """Tell where two numbers differ by one digit, or by two neighbours that changed places."""
    out = np.zeros(len(x), dtype=bool)
    rows = np.flatnonzero((x >= 0) & (y >= 0) & (x != y))
    if not len(rows):
        return out
    rows = rows[_one_half_alike(signs.view("<u8"), x[rows], y[rows])]
    p, q = signs[x[rows]], signs[y[rows]]
    differ = p != q
    count = differ.sum(axis=1)
    swapped = (differ[:, :-1] & differ[:, 1:] & (p[:, :-1] == q[:, 1:]) & (p[:, 1:] == q[:, :-1])).any(axis=1)
    out[rows] = (count == 1) | ((count == 2) & swapped)
    return out


def _one_half_alike(halves: NDArray[np.uint64], x: Ints, y: Ints) -> Flags:
    """Tell which numbers, of two halves each, have one of these in common, or all but the signs in the middle."""
    first, second = (halves[x, at] ^ halves[y, at] for at in (0, 1))
    middle = (first << np.uint64(8) == 0) & (second >> np.uint64(8) == 0)
    return np.asarray((first == 0) | (second == 0) | middle)


def _compare_births(facts: PersonFacts, a: Ints, b: Ints) -> Levels:
    x, y = facts.year[a], facts.year[b]
    dates = (facts.date[a] >= 0) & (facts.date[b] >= 0)
    same = x == y
    swapped = (x // 100 == y // 100) & (x // 10 % 10 == y % 10) & (y // 10 % 10 == x % 10)
    found = [
        ("date", dates & (facts.date[a] == facts.date[b])),
        ("day", same & dates),
        ("year", same),
        ("near", (np.abs(x - y) == 1) | swapped),
    ]
    return _choose("birth", len(a), found, (x > 0) & (y > 0))


def _compare_homes(facts: PersonFacts, a: Ints, b: Ints) -> Levels:
    def equal(codes: Ints) -> Flags:
        return np.asarray((codes[a] >= 0) & (codes[a] == codes[b]))

    found = [(name, equal(getattr(facts, name))) for name in ("household", "hamlet", "commune")]
    both = [(codes[a] >= 0) & (codes[b] >= 0) for codes in (facts.commune, facts.hamlet, facts.household)]
    return _choose("home", len(a), found, both[0] | found[0][1] | found[1][1])


def _compare_sexes(facts: PersonFacts, a: Ints, b: Ints) -> Levels:
    x, y = facts.sex[a], facts.sex[b]
    hinted = (x == 2) | (y == 2)
    low, high = np.where(x == 2, 0, x), np.where(y == 2, 0, y)
    known = (x >= 0) & (y >= 0) & ~(hinted & (low == high))
    return _choose("sex", len(a), [("hint", hinted), ("same", low == high)], known)


def _compare_codes(facts: PersonFacts, a: Ints, b: Ints) -> Levels:
    same = facts.code[a] == facts.code[b]
    return _choose("case_code", len(a), [("same", same)], (facts.series[a] >= 0) & (facts.series[a] == facts.series[b]))


_COMPARISONS: Final[Mapping[str, Callable[[PersonFacts, Ints, Ints], Levels]]] = {
    "name": _compare_names,
    "phone": _compare_phones,
    "national_id": _compare_papers,
    "birth": _compare_births,
    "home": _compare_homes,
    "sex": _compare_sexes,
    "case_code": _compare_codes,
}
"""How each comparison is made."""
