"""What one row says of its person, and one person as the rows that speak of them say together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from loaders.columns.references import Named, loose, number_of, year_of
from loaders.place_words import COMMUNES, HAMLETS, SHORT_COMMUNES, folded
from tracing.papers import paper_key
from tracing.patterns import regex
from tracing.spelling import MADE_ID, fold, given_name, name_key, nicknames, phone_numbers

NONE: Final[frozenset[str]] = frozenset()
_MADE: Final = regex(MADE_ID)
#: The signs before a telephone and an identity number that people share.
PHONE: Final = "\x00"
PAPER: Final = "\x01"
#: The word for a unit before its name.
UNIT: Final = regex(rf"^(?:{folded((*HAMLETS, *COMMUNES))}|{'|'.join(SHORT_COMMUNES)})\b\.?\s*")


@dataclass
class Mention:
    """What one row says of its person.

    ``years`` are the first and last year of birth that it allows, ``code`` a code of the case beside its id. Further
    rows of the sheet that say exactly the same of a person with the same id have no mention of their own.
    """

    ident: str | None = None
    name: str | None = None
    phones: frozenset[str] = NONE
    national: str | None = None
    years: tuple[int, int] | None = None
    born: str | None = None
    sex: str | None = None
    homes: frozenset[str] = NONE
    derived: str | None = None
    code: str | None = None
    case: bool = False
    known: bool = False
    sheet: int = -1
    row: int = -1

    @property
    def only_named(self) -> bool:
        """Whether the row gives a name and nothing by which people of one name are told apart."""
        told = (self.ident, self.national, self.years, self.born, self.phones, self.homes)
        return self.name is not None and not any(told)


@dataclass
class Entry:
    """One person: the rows that speak of them put together."""

    ident: str | None
    names: list[str] = field(default_factory=list)
    phones: frozenset[str] = NONE
    nationals: frozenset[str] = NONE
    years: tuple[int, int] | None = None
    sexes: frozenset[str] = NONE
    homes: frozenset[str] = NONE
    derived: frozenset[str] = NONE
    codes: frozenset[str] = NONE
    others: frozenset[str] = NONE
    case: bool = False
    known: bool = False
    places: list[tuple[int, int]] = field(default_factory=list)
    #: Where it stands among all: who is on record first, by id.
    rank: tuple[int | str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """The id under which the person is on record; empty for somebody of whom nothing is known."""
        return self.ident or min(self.derived, default="")

    @property
    def given(self) -> str | None:
        """The id that a list gave; not one that an earlier load made for somebody without."""
        return None if self.known and self.ident and _MADE.fullmatch(self.ident) else self.ident

    @property
    def ids(self) -> set[str]:
        """All ids under which something is on record of the person."""
        return {*self.derived, *([self.ident] if self.ident else []), *self.others}

    @property
    def papers(self) -> set[str]:
        """The identity numbers, what spellings of one have in common."""
        return {paper_key(national) or national for national in self.nationals}

    @property
    def tells_more(self) -> bool:
        """Whether more than a name and a home is known."""
        return bool(self.case or self.phones or self.nationals or self.years)

    def add(self, said: Mention) -> None:
        """Put what a row says to what is known."""
        if said.name and said.name not in self.names:
            self.names.append(said.name)
        self.years = within(self.years, said.years)
        self.phones |= said.phones
        self.nationals |= {said.national} if said.national else NONE
        self.sexes |= {said.sex} if said.sex else NONE
        self.homes |= said.homes
        self.derived |= {said.derived} if said.derived else NONE
        self.codes |= {said.code} if said.code else NONE
        self.case |= said.case
        self.known |= said.known
        if said.sheet >= 0:
            self.places.append((said.sheet, said.row))

    def join(self, other: Entry) -> None:
        """Take over all of another entry that is the same person."""
        self.names += [name for name in other.names if name not in self.names]
        self.others |= {other.ident} - {self.ident} if self.ident and other.ident else NONE
        self.ident = self.ident or other.ident
        self.years = within(self.years, other.years)
        self.phones |= other.phones
        self.nationals |= other.nationals
        self.sexes |= other.sexes
        self.homes |= other.homes
        self.derived |= other.derived
        self.codes |= other.codes
        self.others |= other.others
        self.case |= other.case
        self.known |= other.known
        self.places += other.places


def within(a: tuple[int, int] | None, b: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the years that both allow, or the first where none is."""
    if a is None or b is None:
        return a or b
    low, high = max(a[0], b[0]), min(a[1], b[1])
    return (low, high) if low <= high else a


def of_one_list(entries: Iterable[Entry], said: Collection[frozenset[str]]) -> list[frozenset[str]]:
    """Return the pairs of ids that one list gives: two spellings of one id, as somebody said."""
    if not said:
        return []
    lists = {key: {number for number, _row in entry.places} for entry in entries for key in entry.ids}
    return [pair for pair in said if set.intersection(*(lists.get(ident, set()) for ident in pair))]


def by_fact(entries: Iterable[Entry], *, names: bool = True) -> dict[str, list[Entry]]:
    """Return those who share a name, a telephone or an identity number, each with its own sign before it."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in {name_key(name) for name in entry.names} if names else ():
            groups[key].append(entry)
        for phone in entry.phones:
            groups[PHONE + phone].append(entry)
        for paper in entry.papers if entry.nationals else ():
            groups[PAPER + paper].append(entry)
    return groups


def sign_of(key: str) -> str:
    """Return the sign before what people share; none before a name."""
    return key[:1] if key[:1] in (PHONE, PAPER) else ""


@lru_cache(maxsize=20_000)
def home_parts(address: str) -> frozenset[str]:
    """Return the places that an address names: ``ấp Bến Lá, xã Tân Hưng`` -> ben la, tan hung, *tan hung."""
    found: set[str] = set()
    for part in re.split(r"\s*[,;]\s*|\s+-\s+", fold(address)):
        bare = UNIT.sub("", part)
        found |= {bare, f"*{bare}"} if re.match(r"(?:xa|phuong|thi tran|tt)\b", part) else {bare}
    return frozenset(found - {"", "*"})


def keys_of(entry: Entry, index: str) -> set[str]:
    """Return by what a person is found in an index: id, phone, loose, number, name, nickname, given."""
    if index == "id":
        return entry.ids
    if index == "phone":
        return set(entry.phones)
    ids = {*([entry.ident] if entry.ident else []), *entry.others, *entry.codes}
    if index == "loose":
        return {loose(i) for i in ids}
    if index == "number":
        return {n for i in ids if (n := number_of(i)) is not None}
    if index == "name":
        return {name_key(name) for name in entry.names}
    if index == "nickname":
        return {nick for name in entry.names for nick in nicknames(name)}
    return {given_name(name) for name in entry.names}


def fits_year(entry: Entry, named: Named) -> bool:
    """Tell whether the year that a reference has beside a name, ``(1986)``, ``SN 1986``, is the person's."""
    year = year_of(named)
    return year is None or entry.years is None or entry.years[0] <= year <= entry.years[1]


def named_so(entries: Iterable[Entry], named: Named) -> list[Entry]:
    """Return those whom what a reference tells beside their name fits: the telephone number, else the year.

    Of whom a list tells the name alone may be the one of whom another tells more: that one is meant.
    """
    found = [entry for entry in entries if fits_year(entry, named)]
    phones = set(phone_numbers(named.note))
    found = [entry for entry in found if entry.phones & phones] or found
    told = [entry for entry in found if entry.tells_more]
    return told if len(told) == 1 else found
