"""Who may be one person: every pair with its probability and its levels, and what is to be done with it.

Joined without asking is a pair of high probability whose identity numbers agree, or whose telephone, name and year of
birth do, where nothing contradicts: not the pair itself, and nobody whom it would bring together. So is a row without
any number or id and the one person whom it can mean (:mod:`tracing.identity.mentions`). A telephone alone joins nobody,
and a number that many people give counts as no agreement. A list has everybody once: two of its rows are
two people until somebody says otherwise, not asked about where they contradict or have other names; so are two cases.
What is between the thresholds is a question, and so is a case and somebody of the same rare full name and year or
commune.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from tracing.identity.blocking import candidate_pairs
from tracing.identity.compare import LEVELS, Levels, compare, levels_are
from tracing.identity.decisions import groups_of
from tracing.identity.facts import PHONES, Flags, Ints, PersonFacts
from tracing.identity.mentions import meant_by_name, meant_by_number
from tracing.identity.weights import Floats, Weights, shipped_weights
from tracing.model.records import Records

AUTOMATIC, QUESTION = "automatic", "question"

RARE: Final = 3
"""People on record who may have a name for it to be rare."""
_SAME_NAME: Final = ("same", "accents", "order", "short")
_CONTRADICTS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("marks",),
    "national_id": ("typed", "different"),
    "birth": ("day", "near", "different"),
    "sex": ("different",),
}
"""Levels with which nothing is joined without asking."""
_COLUMNS: Final = ("person_a", "person_b", "probability", "verdict", "basis", "changes_tier", *LEVELS)


@dataclass(frozen=True)
class Linkage:
    """Who may be one person.

    Attributes
    ----------
    pairs
        A row per pair above the lower threshold: person_a < person_b, probability, verdict ("automatic" or
        "question"), basis ("national_id", "phone", "name": what joined it; missing for a question), changes_tier
        (one of the two is a case or joined to one, the other is not), and the level of each comparison, by its name.
        Questions that change a tier first, then the likeliest.
    compared
        Pairs that were compared.
    people
        People on record.
    """

    pairs: pd.DataFrame
    compared: int
    people: int
    _facts: PersonFacts = field(repr=False)
    _group: Ints = field(repr=False)

    @cached_property
    def shared(self) -> pd.DataFrame:
        """A row per telephone number of several people: number, people, names (different ones), many.

        *Many*: that many give it is no agreement between them. Those who are joined count as one.
        """
        return _shared_numbers(self._facts, self._group)

    @property
    def automatic(self) -> pd.DataFrame:
        """The pairs that are joined without asking."""
        return self.pairs[self.pairs["verdict"] == AUTOMATIC]

    @property
    def questions(self) -> pd.DataFrame:
        """The pairs that somebody has to decide."""
        return self.pairs[self.pairs["verdict"] == QUESTION]


def find_pairs(
    records: Records,
    *,
    weights: Weights | None = None,
    apart: Collection[frozenset[str]] = (),
    passing: Collection[str] = (),
) -> Linkage:
    """Find out who may be one person.

    Depends on the records and the weights alone: not on the order of rows, nor of loads.

    Parameters
    ----------
    records
        Records with the tables persons, cases and areas.
    weights
        Weights to score with; the shipped ones unless given.
    apart
        Pairs of people who are known to be two: neither joined nor asked about.
    passing
        Ids of people of whom it is only told that they were aboard a vehicle or came from elsewhere: anybody may be.
    """
    weights = weights or shipped_weights()
    facts = PersonFacts.of(records)
    a, b = candidate_pairs(facts)
    compared = len(a)
    a, b, levels = _compared(facts, a, b, weights)
    probability = weights.probability(facts, a, levels)
    against, told_apart = _contradicted(levels), _apart(facts, a, b, apart)
    two = _two(facts, a, b) | against | told_apart
    aboard = np.isin(facts.person, list(passing))
    meant, unclear = meant_by_name(facts, a, b, levels, two=two, usual=weights.usual["name"], passing=aboard)
    meant |= meant_by_number(facts, a, b, levels, two)
    likely = (probability >= weights.lower) | _case_by_name(levels, facts, a, b, against, meant) | meant | unclear
    likely |= _alike(levels, facts, a, b)
    other_name = levels_are(levels, "name", ("given", "different"))
    likely &= ~(_one_list(facts, a, b) & (against | other_name)) & ~told_apart
    a, b, probability, meant = a[likely], b[likely], probability[likely], meant[likely]
    levels = {name: found[likely] for name, found in levels.items()}
    basis = _basis(levels, facts, a, b)
    basis[(probability < weights.upper) & ~((basis == 1) & _proven(levels, facts, a))] = 0
    strong = basis > 0
    basis[strong] *= _united_without_contradiction(facts, a[strong], b[strong], apart)
    meant &= ~_may_be_another(facts, a, b, meant, strong & (basis == 0), apart)
    basis = _with_mentions(facts, a, b, basis, meant, apart)
    group = _groups(len(facts), a[basis > 0], b[basis > 0])
    keep = (basis > 0) | ~_implied(group, a, b, np.where(facts.case[a] | facts.case[b], 1.0, 0.0) + probability)
    ill = np.bincount(group, weights=facts.case, minlength=len(facts))[group] > 0
    found = {name: found[keep] for name, found in levels.items()}
    return Linkage(
        _table(facts, a[keep], b[keep], probability[keep], basis[keep], ill, found),
        compared,
        len(facts),
        facts,
        group,
    )


def _compared(facts: PersonFacts, a: Ints, b: Ints, weights: Weights) -> tuple[Ints, Ints, dict[str, Levels]]:
    """Return the pairs that may come to anything, and their levels.

    Names of other words are compared only where with the likest of them the pair could still be likely: whatever else
    makes a pair worth a question is a name of the same words.
    """
    rest = compare(facts, a, b, names=(name for name in LEVELS if name != "name"))
    kept = (facts.words[a] == facts.words[b]) | weights.may_be_likely(rest, people=len(facts))
    a, b = a[kept], b[kept]
    return (
        a,
        b,
        {"name": compare(facts, a, b, names=["name"])["name"]} | {name: one[kept] for name, one in rest.items()},
    )


def _contradicted(levels: Mapping[str, Levels]) -> Flags:
    against = [levels_are(levels, comparison, names) for comparison, names in _CONTRADICTS.items()]
    return np.asarray(np.any(against, axis=0))


def _one_list(facts: PersonFacts, a: Ints, b: Ints) -> Flags:
    return np.asarray((facts.listed[a] >= 0) & (facts.listed[a] == facts.listed[b]))


def _apart(facts: PersonFacts, a: Ints, b: Ints, apart: Collection[frozenset[str]]) -> Flags:
    """Tell which pairs somebody told apart."""
    if not apart:
        return np.zeros(len(a), dtype=bool)
    return np.array([frozenset(pair) in apart for pair in zip(facts.person[a], facts.person[b], strict=True)], bool)


def _two(facts: PersonFacts, a: Ints, b: Ints) -> Flags:
    """Tell which pairs are two people until somebody says otherwise: two rows of one list, two cases.

    A case row without an id can be a case that has one.
    """
    cases = facts.case[a] & facts.case[b] & ~(facts.made[a] | facts.made[b])
    return np.asarray(_one_list(facts, a, b) | cases)


def _with_mentions(
    facts: PersonFacts, a: Ints, b: Ints, basis: Ints, meant: Flags, apart: Collection[frozenset[str]]
) -> Ints:
    """Return what joins each pair, the mentions of people with it: 3, where they contradict nobody of their person."""
    both = np.where((basis == 0) & meant, 3, basis)
    if not (both == 3).any():
        return both
    mentions = {int(i) for i in np.concatenate([a[both == 3], b[both == 3]])}
    groups = [group for group in _united(a[both > 0], b[both > 0]) if mentions.intersection(group)]
    x, y = _within(groups)
    levels = compare(facts, x, y)
    wrong = _two(facts, x, y) | _contradicted(levels) | _apart(facts, x, y, apart)
    wrong |= levels_are(levels, "home", ["different"])
    strong = _groups(len(facts), a[basis > 0], b[basis > 0])
    bad = _spoilt(groups, x[wrong & (strong[x] != strong[y])])
    return np.where((both == 3) & np.array([int(i) in bad for i in a], dtype=bool), 0, both)


def _may_be_another(
    facts: PersonFacts, a: Ints, b: Ints, meant: Flags, undecided: Flags, apart: Collection[frozenset[str]]
) -> Flags:
    """Tell which mentions mean a row that is as surely somebody else's, who contradicts them: a twin's test.

    ``undecided``: pairs that would be joined, but for those whom they would bring together.
    """
    at = np.flatnonzero(meant)
    mention = pd.DataFrame({"said": [*a[at], *b[at]], "row": [*b[at], *a[at]], "at": [*at, *at]})
    other = pd.DataFrame({"row": [*a[undecided], *b[undecided]], "else": [*b[undecided], *a[undecided]]})
    both = mention.merge(other, on="row")
    x, y = (both[name].to_numpy(dtype=np.int64) for name in ("said", "else"))
    wrong = (_contradicted(compare(facts, x, y)) | _two(facts, x, y) | _apart(facts, x, y, apart)) & (x != y)
    out = np.zeros(len(a), dtype=bool)
    out[both["at"].to_numpy(dtype=np.int64)[wrong]] = True
    return out


def _united(a: Ints, b: Ints) -> list[list[int]]:
    """Return who would be one person if these pairs were."""
    return groups_of(zip(a.tolist(), b.tolist(), strict=True))


def _within(groups: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Return every pair within a group."""
    pairs = np.array([pair for group in groups for pair in combinations(group, 2)], dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _spoilt(groups: Sequence[Sequence[int]], wrong: Ints) -> set[int]:
    """Return the members of the groups of which one is among the ``wrong``."""
    found = set(wrong.tolist())
    return {member for group in groups if found.intersection(group) for member in group}


def _case_by_name(
    levels: Mapping[str, Levels], facts: PersonFacts, a: Ints, b: Ints, against: Flags, meant: Flags
) -> Flags:
    """Tell which pairs are a case and somebody of the same rare full name, and year or commune: always asked about.

    So are a case that has an id and a row of a case that has none; ``against``: pairs that contradict each other,
    ``meant``: a mention and whom it means, who count as one for what is rare.
    """
    once = (_groups(len(facts), a[meant], b[meant]) == np.arange(len(facts))) & facts.once & (facts.words >= 0)
    rare = np.bincount(facts.words[once], minlength=int(facts.words.max(initial=0)) + 1)[facts.words[a]] <= RARE
    named = levels_are(levels, "name", ("same", "accents", "order")) & facts.full[a] & facts.full[b] & rare
    near = levels_are(levels, "birth", ("date", "year"))
    near |= levels_are(levels, "home", ("household", "hamlet", "commune"))
    against = against | levels_are(levels, "phone", ("different",)) | levels_are(levels, "home", ("different",))
    cases = (facts.case[a] != facts.case[b]) | (facts.case[a] & facts.case[b] & (facts.made[a] != facts.made[b]))
    return np.asarray(cases & named & near & ~against)


def _alike(levels: Mapping[str, Levels], facts: PersonFacts, a: Ints, b: Ints) -> Flags:
    """Tell which pairs have one full name and one number, or a rare one with year and hamlet, whatever contradicts.

    Somebody may give two telephones, and a day of birth, a sex or one accent is easily mistyped: such pairs are asked
    about.
    """
    full = facts.full[a] & facts.full[b]
    named = levels_are(levels, "name", ("same", "accents", "order")) & full
    number = levels_are(levels, "phone", ["same"]) | levels_are(levels, "national_id", ["same"])
    home = levels_are(levels, "home", ("household", "hamlet")) & levels_are(levels, "birth", ("date", "year"))
    home &= ~levels_are(levels, "sex", ["different"]) & ~levels_are(levels, "national_id", ["different"])
    slip = levels_are(levels, "name", ["marks"]) & full & ~levels_are(levels, "birth", ("day", "near", "different"))
    return np.asarray((named & (number | (home & (facts.namesakes[facts.words[a]] <= RARE)))) | (slip & number))


def _basis(levels: Mapping[str, Levels], facts: PersonFacts, a: Ints, b: Ints) -> Ints:
    """Return what joins a pair: 1 the identity number, 2 telephone, name and year; 0 nothing."""
    named = levels_are(levels, "name", _SAME_NAME)
    full = facts.full[a] & facts.full[b]
    born = levels_are(levels, "birth", ["date", "year"])
    paper = levels_are(levels, "national_id", ["same"]) & (named | (levels_are(levels, "name", ["typed"]) & born))
    phone = levels_are(levels, "phone", ["same"]) & named & full & born
    free = ~_contradicted(levels) & ~_two(facts, a, b)
    return np.where(free & paper, 1, np.where(free & phone, 2, 0)).astype(np.int64)


def _proven(levels: Mapping[str, Levels], facts: PersonFacts, a: Ints) -> Flags:
    """Tell which pairs of one identity number are one person wherever they live and whatever number they give.

    Name and birth agree, and the number is a CCCD that tells this year: its fourth digit the century and the sex, the
    next two the year (Nghị định 137/2015/NĐ-CP, điều 13).
    """
    named = levels_are(levels, "name", ("same", "accents", "order")) & facts.full[a]
    return np.asarray(named & levels_are(levels, "birth", ("date", "year")) & facts.cccd_of_year[a])


def _united_without_contradiction(facts: PersonFacts, a: Ints, b: Ints, apart: Collection[frozenset[str]]) -> Ints:
    """Return 1 for each pair to join that brings nobody together who contradict each other, else 0."""
    groups = _united(a, b)
    x, y = _within(groups)
    bad = _spoilt(groups, x[_contradicted(compare(facts, x, y)) | _two(facts, x, y) | _apart(facts, x, y, apart)])
    return np.array([int(i) not in bad for i in a], dtype=np.int64)


def _groups(people: int, a: Ints, b: Ints) -> Ints:
    """Return for everybody the least position of those to whom the pairs join them."""
    group = np.arange(people)
    for members in _united(a, b):
        group[members] = members[0]
    return group


def _implied(group: Ints, a: Ints, b: Ints, weight: Floats) -> Flags:
    """Tell which questions ask nothing new: within one person already joined, or about two persons asked about.

    Of several about two persons the weightiest is asked: the one that names a case, as a load asks it, then the
    likeliest.
    """
    x, y = np.minimum(group[a], group[b]), np.maximum(group[a], group[b])
    order = np.lexsort((b, a, -weight))
    asked = pd.DataFrame({"x": x[order], "y": y[order]})
    again = np.empty(len(a), dtype=bool)
    again[order] = asked.duplicated().to_numpy()
    return np.asarray(again | (x == y))


def _table(
    facts: PersonFacts, a: Ints, b: Ints, probability: Floats, basis: Ints, ill: Flags, levels: Mapping[str, Levels]
) -> pd.DataFrame:
    names = np.array([None, "national_id", "phone", "name"], dtype=object)
    table = pd.DataFrame(
        {
            "person_a": pd.array(facts.person[a], dtype="string"),
            "person_b": pd.array(facts.person[b], dtype="string"),
            "probability": np.round(probability, 6),
            "verdict": pd.array(np.where(basis > 0, AUTOMATIC, QUESTION), dtype="string"),
            "basis": pd.array(names[basis], dtype="string"),
            "changes_tier": ill[a] != ill[b],
            **{name: pd.array(np.array(LEVELS[name])[levels[name]], dtype="string") for name in LEVELS},
        },
        columns=list(_COLUMNS),
    )
    order = ["verdict", "changes_tier", "probability", "person_a", "person_b"]
    return table.sort_values(order, ascending=[True, False, False, True, True], kind="stable", ignore_index=True)


def _shared_numbers(facts: PersonFacts, group: Ints) -> pd.DataFrame:
    """Return the telephone numbers of several people; ``group``: those who are joined count as one."""
    number, owner = facts.phones.ravel(), np.repeat(np.arange(len(facts)), PHONES)
    number, owner = number[number >= 0], owner[number >= 0]
    people, names = (
        np.bincount(np.unique(number * size + who) // size, minlength=len(facts.numbers))
        for who, size in ((group[owner], max(1, len(facts))), (facts.key[owner] + 1, len(facts.keys) + 1))
    )
    several = np.flatnonzero(people > 1)
    table = pd.DataFrame(
        {
            "number": np.array(facts.numbers.take(pa.array(several)).to_pylist(), dtype=object),
            "people": people[several],
            "names": names[several],
            "many": facts.many[several],
        }
    )
    return table.sort_values(["people", "number"], ascending=[False, True], ignore_index=True)
