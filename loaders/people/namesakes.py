"""Rows of one list that tell the same name and a telephone number that many give, as a company's: maybe two people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import combinations
from typing import Final

from loaders.columns.columns import Columns
from loaders.people.entries import Mention
from tracing.identity.facts import MANY
from tracing.spelling import is_name, name_key

_USUAL: Final = 3
"""Where one in so many names of a number stands in several rows, rows are what somebody does, not who somebody is."""


def shared_numbers(mentions: Iterable[Mention]) -> set[str]:
    """Return the telephone numbers that people of :data:`~tracing.identity.facts.MANY` names or more give."""
    names: dict[str, set[str]] = defaultdict(set)
    for said in mentions:
        for phone in said.phones if said.name else ():
            names[phone].add(name_key(said.name or ""))
    return {phone for phone, given in names.items() if len(given) >= MANY}


def unnamed_apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Give each row of somebody whose name nobody knows, ``?``, an id of its own: two such rows are two people."""
    told: Counter[str] = Counter()
    out = []
    for said in mentions:
        unknown = said.derived and said.name and not (said.phones or said.national) and not is_name(said.name)
        if unknown and said.derived:
            told[said.derived] += 1
            own = blake2b(str(told[said.derived]).encode(), digest_size=2).hexdigest()
            out.append(replace(said, derived=f"{said.derived}{own}"))
        else:
            out.append(said)
    return out


def namesakes_apart(columns: Columns, mentions: Sequence[Mention]) -> tuple[list[Mention], set[frozenset[str]]]:
    """Give rows of one name and shared number ids of their own, and return which pairs of ids are not to be joined.

    They hold in lists of one form (:class:`~loaders.files.grid.Sheet`). A number is shared where people of
    :data:`~tracing.identity.facts.MANY` names give it in this list. Rows that tell the same home, too, and those of a
    list where names come again and again (days, visits) stay one person: this is said.
    """
    shared = shared_numbers(mentions)
    rows: dict[str, list[int]] = defaultdict(list)
    for at, said in enumerate(mentions):
        if said.derived and said.name and not said.national and said.phones and said.phones <= shared:
            rows[said.derived].append(at)
    again = {ident: found for ident, found in rows.items() if len(found) > 1}
    if not again:
        return list(mentions), set()
    usual = len(again) * _USUAL > len(rows)
    one = [found for found in again.values() if usual or all(mentions[at].homes for at in found)]
    told = sorted(mentions[at].row for found in one for at in found[1:])
    if told:
        columns.sheet.report(columns.log, "person.shared", told[:1], column=columns.at("phone"), count=len(told))
    out, apart = list(mentions), set[frozenset[str]]()
    for ident, found in again.items():
        if found in one:
            continue
        own = [
            f"{ident}{blake2b(f'{columns.sheet.form}{n}'.encode(), digest_size=2).hexdigest()}"
            for n in range(len(found))
        ]
        for at, mine in zip(found, own, strict=True):
            out[at] = replace(out[at], derived=mine)
        apart |= {frozenset(pair) for pair in combinations(own, 2)}
    return out, apart
