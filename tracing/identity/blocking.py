"""Which pairs are compared at all: those that share something rare enough.

Pairs are found by sorting, key by key. A key that very many share (a company's number, a common name) is refined by
the given name, the year and the commune; what is still a crowd says too little to ask about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from tracing.identity.facts import PHONES, UNKNOWN, Ints, PersonFacts

CROWD: Final = 60
"""People of one key who are compared with each other, at most."""
NAME_ALONE: Final = 20
"""People of one name who are compared on that alone, at most."""


def candidate_pairs(facts: PersonFacts) -> tuple[Ints, Ints]:
    """Return the positions of the people to compare, ``a < b``, each pair once, sorted."""
    everybody, owner = np.arange(len(facts)), np.repeat(np.arange(len(facts)), PHONES)
    year = np.where(facts.year > 0, facts.year, UNKNOWN)
    keys: list[tuple[Ints, list[Ints], int]] = [
        (everybody, [facts.national], CROWD),
        (everybody, [facts.code], CROWD),
        (owner, [facts.phones.ravel()], CROWD),
        (everybody, [facts.key, year], CROWD),
        (everybody, [facts.words, year], CROWD),
        (everybody, [facts.words], NAME_ALONE),
        (everybody, [facts.given, year, facts.commune], CROWD),
        (everybody, [facts.words, facts.commune], CROWD),
    ]
    pairs = np.sort(np.concatenate([_pairs(who, parts, most, facts) for who, parts, most in keys]))
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    return pairs // max(1, len(facts)), pairs % max(1, len(facts))


def _pairs(who: Ints, parts: Sequence[Ints], most: int, facts: PersonFacts) -> Ints:
    """Return the pairs of people of equal ``parts`` as ``a * people + b``."""
    known = np.all([part >= 0 for part in parts], axis=0)
    who, parts = who[known], [part[known] for part in parts]
    out = []
    for finer in (None, facts.given, facts.words, facts.year, facts.commune):
        if finer is not None:
            parts = [*parts, finer[who]]
        group = _groups(parts)
        sizes = np.bincount(group) if len(group) else np.zeros(0, dtype=np.int64)
        small = sizes[group] <= most
        out.append(_within(who[small], group[small], len(facts)))
        who, parts = who[~small], [part[~small] for part in parts]
        if not len(who) or most < CROWD:
            break
    return np.concatenate(out)


def _groups(parts: Sequence[Ints]) -> Ints:
    """Return a number for every combination of equal values."""
    group = np.zeros(len(parts[0]), dtype=np.int64)
    for part in parts:
        code = part - part.min(initial=0)
        group, _ = pd.factorize(group * (int(code.max(initial=0)) + 1) + code)
    return group


def _within(who: Ints, group: Ints, people: int) -> Ints:
    """Return all pairs within groups."""
    order = np.lexsort((who, group))
    who, group = who[order], group[order]
    out = [np.zeros(0, dtype=np.int64)]
    for step in range(1, len(who)):
        together = group[:-step] == group[step:]
        if not together.any():
            break
        a, b = who[:-step][together], who[step:][together]
        out.append((np.minimum(a, b) * people + np.maximum(a, b))[a != b])
    return np.concatenate(out)
