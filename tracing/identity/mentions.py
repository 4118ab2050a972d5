"""Rows that only mention somebody: a name, a year of birth, a home, and neither a number nor an id of their own.

Such a row refers to a person as people do, by name and year. It is joined to the one person whom it can mean, and to
nobody where it can mean two: all that may be meant has to be one person, as far as anything on record tells, and a
stranger of that name has to be unlikely to have that year, and that home, by chance. Else it is asked about.

So is a row without an id of its own that tells a telephone and a name, and no year: it means who has both, the name
with or without its accents, where nobody of that number has other accents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Final

import numpy as np

from tracing.identity.blocking import NAME_ALONE
from tracing.identity.compare import Levels, levels_are
from tracing.identity.facts import UNKNOWN, Flags, Ints, PersonFacts
from tracing.identity.weights import IMAGINED, Floats
from tracing.papers import CARD

CHANCE: Final = 0.0015
"""Strangers on record who have a name, a year and a home by chance, at most, for a mention of these to be certain.

Measured (``docs/identity.md``): more joins those whom no other list has to a namesake, less asks too much.
"""
POPULATION: Final = {"unknown": 100_000, "commune": 10_000, "hamlet": 1_000}
"""People among whom somebody may live, at least, by the home that is told: of a district, a commune, a hamlet."""
ALIKE: Final = 0.01
"""People of these who have the name and the year of a mention by chance, at most, for it to be certain, too."""
_BELIEVED: Final = 10_000
"""People of usual names that are added to those on record before a name is counted: two namesakes among few people say
little of how many a district has."""
_YEARS: Final = 50
"""Years of birth among which those on record are spread, as far as two of one name are concerned."""
_DAYS: Final = 365
_FEW: Final = 3
"""People whom a mention can mean for it to be worth a question, at most."""


def only_mentioned(facts: PersonFacts) -> Flags:
    """Tell who is told of by full name and year alone, in rows without an id; rarely enough to look at all alike.

    A number that many give, a company's, is none; nor is that of a card of health insurance that no other list tells.
    """
    times = np.append(np.bincount(facts.national[facts.national >= 0], minlength=1), 0)
    unknown = (facts.national == UNKNOWN) | ((facts.paper == CARD) & (times[facts.national] == 1))
    named = np.bincount(facts.words[facts.words >= 0], minlength=1)[facts.words] <= NAME_ALONE
    bare = facts.made & (facts.own_phones == UNKNOWN).all(axis=1) & unknown
    return np.asarray(bare & facts.full & (facts.words >= 0) & (facts.year > 0) & named)


def meant_by_name(
    facts: PersonFacts, a: Ints, b: Ints, levels: Mapping[str, Levels], *, two: Flags, usual: float, passing: Flags
) -> tuple[Flags, Flags]:
    """Tell which of the compared pairs are a mention and the one person whom it can mean, and which are to be asked.

    To be asked are those of a mention that can mean one of a few.

    Parameters
    ----------
    facts
        Everybody.
    a, b, levels
        The compared pairs.
    two
        Pairs that are two people: told apart, contradicting each other, two rows of one list, two cases.
    usual
        The frequency (share of people) of a name that is usual among people of one name.
    passing
        Who was only somewhere where anybody is, aboard a vehicle: not traced, tested or isolated, nor of a workplace.
    """
    mention = only_mentioned(facts)
    meant, asked = np.zeros(len(a), dtype=bool), np.zeros(len(a), dtype=bool)
    if not mention.any():
        return meant, asked
    touched = np.zeros(int(facts.words.max()) + 2, dtype=bool)
    touched[facts.words[mention]] = True
    named = levels_are(levels, "name", ("same", "accents")) & facts.full[a] & facts.full[b]
    near = np.flatnonzero(named & touched[facts.words[a]])
    against = two | levels_are(levels, "home", ["different"]) | levels_are(levels, "phone", ["typed", "different"])
    may_be: dict[int, dict[int, int]] = defaultdict(dict)
    for at in near[~against[near]].tolist():
        may_be[int(a[at])][int(b[at])] = at
        may_be[int(b[at])][int(a[at])] = at
    born, sure = _of_one_year_and_home(facts, a, b, levels)
    on_record, there = _strangers(facts, a, levels)
    on_record[passing[a] | passing[b]] = np.inf  # anybody of the district may be in a coach
    alike, size = np.bincount(facts.words[facts.words >= 0]), len(facts)
    for one in np.flatnonzero(mention).tolist():
        found = may_be.get(one, {})
        fits = [at for at in found.values() if born[at]]
        one_person = all(other in may_be[this] for this, other in combinations(sorted(found), 2))
        others = alike[facts.words[one]] - len(found) - 1
        seen = (others + IMAGINED * usual) / (size + IMAGINED)
        believed = (others + _BELIEVED * usual) / (size + _BELIEVED)
        for at in fits:
            rare = on_record[at] * seen <= CHANCE or there[at] * believed <= ALIKE
            if sure[at] and one_person and rare:
                meant[at] = True
            elif len(fits) <= _FEW:
                asked[at] = True
    return meant, asked & ~meant


def meant_by_number(facts: PersonFacts, a: Ints, b: Ints, levels: Mapping[str, Levels], two: Flags) -> Flags:
    """Tell which pairs are a row without an id that gives a number and a full name and no year, and who has both.

    ``two``: pairs that are two people.
    """
    named = levels_are(levels, "name", ("same", "accents")) & facts.full[a] & facts.full[b]
    same = levels_are(levels, "phone", ["same"]) & named
    bare = levels_are(levels, "birth", ["unknown"]) & (facts.made[a] | facts.made[b])
    return np.asarray(same & bare & ~two & ~levels_are(levels, "home", ["different"]))


def _of_one_year_and_home(facts: PersonFacts, a: Ints, b: Ints, levels: Mapping[str, Levels]) -> tuple[Flags, Flags]:
    """Tell which pairs have one year of birth, and which of these one home unless that of one of them is not told.

    Homes told in ways that cannot be compared, a hamlet of no commune and a commune, leave it open.
    """
    born = levels_are(levels, "birth", ("date", "year"))
    home = levels_are(levels, "home", ("household", "hamlet", "commune"))
    homeless = (facts.hamlet == UNKNOWN) & (facts.commune == UNKNOWN)
    return born, np.asarray(born & (home | homeless[a] | homeless[b]))


def _strangers(facts: PersonFacts, a: Ints, levels: Mapping[str, Levels]) -> tuple[Floats, Floats]:
    """Return how many people agree with each pair in birth and home: of those on record, of those who may live there.

    They are born in 50 years, on 365 days of each. A home of more people than :data:`POPULATION` has as many as are
    on record.
    """
    share = np.full(len(a), 1 / _YEARS)
    share[levels_are(levels, "birth", ["date"])] /= _DAYS
    on_record = np.full(len(a), float(len(facts)))
    people = np.full(len(a), float(max(POPULATION["unknown"], len(facts))))
    for name in ("household", "hamlet", "commune"):
        codes = getattr(facts, name)
        counts = np.append(np.bincount(codes[codes >= 0], minlength=1), 0)
        here = levels_are(levels, "home", [name])
        people[here] = np.maximum(counts[codes[a]], POPULATION.get(name, 0))[here]
        on_record[here] *= (counts[codes[a]] / max(1, counts.sum()))[here]
    return share * on_record, share * people
