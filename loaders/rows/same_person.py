"""Which entries surely are one person, and which cannot be.

A rule gets the entries of one key (a name, a phone, an identity number) and yields pairs that are one person. Never is
anybody taken for another because of a telephone number alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

from loaders.rows.entries import Entry
from tracing.spelling import fits_name, given_name, is_full, same_name

_Pairs = Iterable[tuple[Entry, Entry]]


def contradicts(one: Entry, other: Entry) -> bool:
    """Tell whether two entries cannot be one person: another year, sex, identity number or id."""
    if one.ident and other.ident and one.ident != other.ident:
        return True
    if one.years and other.years and (one.years[0] > other.years[1] or other.years[0] > one.years[1]):
        return True
    if one.sexes and other.sexes and not one.sexes & other.sexes:
        return True
    return bool(one.nationals and other.nationals and not one.nationals & other.nationals)


def _exact(years: tuple[int, int] | None) -> int | None:
    return years[0] if years is not None and years[0] == years[1] else None


def homes_fit(one: Entry, other: Entry) -> bool | None:
    """Tell whether two entries live in one place; False of two communes, None where it is not known."""
    if one.homes & other.homes:
        return True
    communes = [{home for home in entry.homes if home.startswith("*")} for entry in (one, other)]
    return False if all(communes) else None


def _same_papers(key: str, found: list[Entry]) -> _Pairs:
    """One identity number is one person, if the names do not speak against it."""
    if key.startswith("\x01"):
        for other in found[1:]:
            if any(fits_name(a, b) for a in found[0].names for b in other.names):
                yield found[0], other


def _same_phone(key: str, found: list[Entry]) -> _Pairs:
    """One number and one name; a short form of the name counts where it fits one person of that number alone."""
    if not key.startswith("\x00"):
        return
    alone = len({given_name(name) for entry in found for name in entry.names}) == 1
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            years = one.years is not None and other.years is not None
            for a in one.names:
                for b in other.names:
                    if (same_name(a, b) and (is_full(a) or years)) or (fits_name(a, b) and (years or alone)):
                        yield one, other


def _same_year(key: str, found: list[Entry]) -> _Pairs:
    """One full name and one year of birth, in one commune, or where nobody else has that name and year.

    Not where both give telephones, and others: whether they are one is asked (``truyvet same``).
    """
    if key[:1] in ("\x00", "\x01") or len(found) > 50:
        return
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            dated = one.years is not None and other.years is not None
            if (
                dated
                and not (one.phones and other.phones and not one.phones & other.phones)
                and homes_fit(one, other)
                and any(same_name(a, b) and is_full(a) for a in one.names for b in other.names)
            ):
                yield one, other
    by_year: dict[int, list[Entry]] = defaultdict(list)
    for entry in found:
        year = _exact(entry.years)
        if year is not None and any(is_full(name) for name in entry.names):
            by_year[year].append(entry)
    for same in by_year.values():
        apart = any(
            homes_fit(a, b) is False or (a.phones and b.phones and not a.phones & b.phones)
            for i, a in enumerate(same)
            for b in same[i + 1 :]
        )
        if not apart:
            for other in same[1:]:
                if any(same_name(x, y) for x in same[0].names for y in other.names):
                    yield same[0], other


RULES: Final[tuple[Callable[[str, list[Entry]], _Pairs], ...]] = (_same_papers, _same_phone, _same_year)
"""The surest first."""
