"""How two people are compared, fact by fact: each comparison gives one of a few levels.

A level is a position in :data:`LEVELS`; 0, "unknown", says nothing. All work on arrays of pairs at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from tracing.identity.facts import PHONES, UNKNOWN, Flags, Ints, PersonFacts
from tracing.spelling import bare_words, fits_name, same_name

Levels = NDArray[np.int8]

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


def compare(facts: PersonFacts, a: Ints, b: Ints) -> dict[str, Levels]:
    """Return the level of every comparison for the pairs ``a[i]``, ``b[i]`` (positions in ``facts``)."""
    return {name: how(facts, a, b) for name, how in _COMPARISONS.items()}


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
    for at in np.flatnonzero(same_key & (facts.name[a] != facts.name[b])):
        out[at] = level("name", _same_key(str(facts.name[a[at]]), str(facts.name[b[at]])))
    out[known & ~same_key & (facts.words[a] == facts.words[b])] = level("name", "order")
    rest = np.flatnonzero(known & (out == level("name", "different")))
    low, high, size = (
        np.minimum(key_a[rest], key_b[rest]),
        np.maximum(key_a[rest], key_b[rest]),
        max(1, len(facts.keys)),
    )
    both, back = np.unique(low * size + high, return_inverse=True)
    pairs = np.column_stack(np.divmod(both, size))
    one, other = ([facts.keys[int(k)] for k in pairs[:, side]] for side in (0, 1))
    if len(rest):
        edits = cpdist(one, other, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
        levels = np.full(len(pairs), level("name", "different"), dtype=np.int8)
        plain = _are_plainly_unlike(facts, pairs) & (edits > 2)
        levels[_ends_alike(facts, pairs)] = level("name", "given")
        for pair in np.flatnonzero(~plain).tolist():
            levels[pair] = level("name", _unlike(one[pair], other[pair], int(edits[pair])))
        out[rest] = levels[back]
    called = (facts.nick[a] == key_b) | (facts.nick[b] == key_a)
    out[known & called & ~same_key] = level("name", "short")
    return out


def _ends_alike(facts: PersonFacts, pairs: Ints) -> Flags:
    """Tell which pairs of names (codes of ``facts.keys``) have one last word."""
    known = facts.key >= 0
    last = np.full(len(facts.keys), UNKNOWN, dtype=np.int64)
    last[facts.key[known]] = facts.given[known]
    return np.asarray(last[pairs[:, 0]] == last[pairs[:, 1]])


def _are_plainly_unlike(facts: PersonFacts, pairs: Ints) -> Flags:
    """Tell of which pairs of names neither can be a short form of the other: it need not be looked for.

    A short form has fewer words and the same last one, or a letter in place of a word.
    """
    used = np.unique(pairs)
    words = np.zeros(len(facts.keys), dtype=np.int64)
    short = np.zeros(len(facts.keys), dtype=bool)
    for key in used.tolist():
        name = facts.keys[key]
        words[key] = name.count(" ") + 1
        short[key] = "." in name or name[-2:-1] in ("", " ") or bare_words(name) != name.split()
    x, y = pairs[:, 0], pairs[:, 1]
    return np.asarray(~(short[x] | short[y]) & ((words[x] == words[y]) | ~_ends_alike(facts, pairs)))


def _same_key(one: str, other: str) -> str:
    """Return the level of two names that are equal without their accents."""
    if not same_name(one, other):
        return "marks"
    return "accents" if one.isascii() != other.isascii() else "same"


def _unlike(one: str, other: str, edits: int) -> str:
    """Return the level of two names without accents that differ by ``edits`` letters (3: more than two)."""
    x, y = one.split(), other.split()
    if (x[-1] == y[-1] and fits_name(one, other)) or _initials(x, y):
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
    for i in range(PHONES):
        for j in range(PHONES):
            x = facts.phones[a, i]
            equal = (x >= 0) & (x == facts.phones[b, j])
            many |= equal & flags[x]
            own |= equal & ~flags[x]
    first, second = facts.phones[a, 0], facts.phones[b, 0]
    typed = _one_digit(facts.numbers, first, second)
    found = [("same", own), ("many", many), ("typed", typed)]
    theirs = ((facts.phones >= 0) & ~flags[facts.phones]).any(axis=1)
    return _choose("phone", len(a), found, many | typed | (theirs[a] & theirs[b]))


def _compare_papers(facts: PersonFacts, a: Ints, b: Ints) -> Levels:
    """Compare identity numbers of one kind; a number of 9 digits and one of 12 can be one person's."""
    x, y = facts.national[a], facts.national[b]
    kinds = facts.paper[a] == facts.paper[b]
    typed = kinds & _one_digit(facts.nationals, x, y)
    return _choose("national_id", len(a), [("same", x == y), ("typed", typed)], (x >= 0) & (y >= 0) & kinds)


def _one_digit(texts: Sequence[str], x: Ints, y: Ints) -> Flags:
    """Tell where two numbers differ by one digit, or by two neighbours that changed places."""
    out = np.zeros(len(x), dtype=bool)
    rows = np.flatnonzero((x >= 0) & (y >= 0) & (x != y))
    if not len(rows):
        return out
    signs = np.array([text.encode().ljust(15)[:15] for text in texts], dtype="S15").view(np.uint8).reshape(-1, 15)
    for part in np.array_split(rows, len(rows) // 1_000_000 + 1):
        p, q = signs[x[part]], signs[y[part]]
        differ = p != q
        count = differ.sum(axis=1)
        swapped = (differ[:, :-1] & differ[:, 1:] & (p[:, :-1] == q[:, 1:]) & (p[:, 1:] == q[:, :-1])).any(axis=1)
        out[part] = (count == 1) | ((count == 2) & swapped)
    return out


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
