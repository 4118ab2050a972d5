"""Which entries are one person to whoever refers to them, and which cannot be.

A rule gets the entries of one key (a name, a phone, an identity number) and yields pairs that are one person. Never is
anybody taken for another because of a telephone number alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Final, TypeAlias

from loaders.people.entries import PAPER, PHONE, Entry
from tracing.identity.decisions import groups_of
from tracing.identity.facts import MANY
from tracing.spelling import fits_name, fold, given_name, is_full, same_name

CROWD: Final = 50
"""People of one name who are looked at, at most."""

_Pairs = Iterable[tuple[Entry, Entry]]


def contradicts(one: Entry, other: Entry) -> bool:
    """Tell whether two entries cannot be one person: another year, sex, identity number or id that a list gave.

    Numbers of two kinds, of 9 and of 12 digits, can be one person's.
    """
    if one.years and other.years and (one.years[0] > other.years[1] or other.years[0] > one.years[1]):
        return True
    if one.ident != other.ident and one.given and other.given and one.given != other.given:
        return True
    if one.sexes and other.sexes and not one.sexes & other.sexes:
        return True
    if not (one.nationals and other.nationals):
        return False
    mine, theirs = one.papers, other.papers
    return mine.isdisjoint(theirs) and not {len(paper) for paper in mine}.isdisjoint(len(paper) for paper in theirs)


def homes_fit(one: Entry, other: Entry) -> bool | None:
    """Tell whether two entries live in one place; False of two communes, None where it is not known."""
    if one.homes & other.homes:
        return True
    communes = [{home for home in entry.homes if home.startswith("*")} for entry in (one, other)]
    return False if all(communes) else None


def _same_papers(found: list[Entry]) -> _Pairs:
    """One identity number is one person, if the names do not speak against it."""
    for other in found[1:]:
        if any(fits_name(a, b) for a in found[0].names for b in other.names):
            yield found[0], other


def _same_phone(found: list[Entry]) -> _Pairs:
    """One number and one name; a short form of the name counts where it fits one person of that number alone."""
    many = len({fold(name) for entry in found for name in entry.names}) >= MANY
    alone = len({given_name(name) for entry in found for name in entry.names}) == 1
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            if many and one.homes and other.homes and one.homes != other.homes:
                continue  # a number of many is nobody's own: these live in two homes
            years = one.years is not None and other.years is not None
            for a in one.names:
                for b in other.names:
                    if (same_name(a, b) and (is_full(a) or years)) or (fits_name(a, b) and (years or alone)):
                        yield one, other


def _same_year(found: list[Entry]) -> _Pairs:
    """One full name and one year of birth, where all who have both can be one person.

    Not where two of them give other telephones or live in other communes: then a reference to one may mean the other.
    """
    if len(found) > CROWD or all(entry.given for entry in found):
        return
    dated = [entry for entry in found if entry.years is not None and any(map(is_full, entry.names))]
    may_be = {(i, j) for i, j in combinations(range(len(dated)), 2) if _may_be_one(dated[i], dated[j])}
    for group in groups_of(pair for pair in sorted(may_be) if _surely_meets(*(dated[at] for at in pair))):
        if may_be.issuperset(combinations(group, 2)):
            for other in group[1:]:
                yield dated[group[0]], dated[other]


def _may_be_one(one: Entry, other: Entry) -> bool:
    """Tell whether nothing speaks against two of one name being one."""
    phones = bool(one.phones and other.phones and not one.phones & other.phones)
    if phones or contradicts(one, other) or homes_fit(one, other) is False:
        return False
    return any(same_name(a, b) and is_full(a) for a in one.names for b in other.names)


def _surely_meets(one: Entry, other: Entry) -> bool:
    """Tell whether two of one name have one year of birth, or one home and an age that fits it."""
    exact = all(entry.years is not None and entry.years[0] == entry.years[1] for entry in (one, other))
    return exact or bool(homes_fit(one, other))


Rule: TypeAlias = tuple[str, Callable[[list[Entry]], _Pairs]]
"""The sign of a kind of key (none: a name), and how pairs are found among the entries of one."""

ID_RULES: Final[tuple[Rule, ...]] = ((PAPER, _same_papers), (PHONE, _same_phone))
"""The rules by which rows of one list stand under one id on record, the surest first."""
MEANT_RULES: Final[tuple[Rule, ...]] = (*ID_RULES, ("", _same_year))
"""The rules by which people of several lists are one to somebody who refers to them."""
