"""What one row says of its person, and one person as the rows that speak of them say together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracing.spelling import MADE_ID


@dataclass
class Mention:
    """What one row says of its person.

    ``years`` are the first and last year of birth that it allows, ``code`` a code of the case beside its id, ``rows``
    further rows of the sheet that say exactly the same of a person with the same id.
    """

    ident: str | None = None
    name: str | None = None
    phones: frozenset[str] = frozenset()
    national: str | None = None
    years: tuple[int, int] | None = None
    born: str | None = None
    sex: str | None = None
    homes: frozenset[str] = frozenset()
    derived: str | None = None
    code: str | None = None
    case: bool = False
    known: bool = False
    sheet: int = -1
    row: int = -1
    rows: tuple[int, ...] = ()

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
    phones: set[str] = field(default_factory=set)
    nationals: set[str] = field(default_factory=set)
    years: tuple[int, int] | None = None
    sexes: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)
    derived: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    case: bool = False
    known: bool = False
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The id under which the person is on record; empty for somebody of whom nothing is known."""
        return self.ident or min(self.derived, default="")

    @property
    def given(self) -> str | None:
        """The id that a list gave; not one that an earlier load made for somebody without."""
        return None if self.known and self.ident and re.fullmatch(MADE_ID, self.ident) else self.ident

    @property
    def ids(self) -> set[str]:
        """All ids under which something is on record of the person."""
        return {*self.derived, *([self.ident] if self.ident else []), *self.others}

    @property
    def tells_more(self) -> bool:
        """Whether more than a name and a home is known."""
        return bool(self.case or self.phones or self.nationals or self.years)

    def add(self, said: Mention) -> None:
        """Put what a row says to what is known."""
        if said.name and said.name not in self.names:
            self.names.append(said.name)
        self.phones |= said.phones
        self.nationals |= {said.national} if said.national else set()
        self.years = within(self.years, said.years)
        self.sexes |= {said.sex} if said.sex else set()
        self.homes |= said.homes
        self.derived |= {said.derived} if said.derived else set()
        self.codes |= {said.code} if said.code else set()
        self.case |= said.case
        self.known |= said.known
        if said.sheet >= 0:
            self.places += [(said.sheet, row) for row in (said.row, *said.rows)]

    def join(self, other: Entry) -> None:
        """Take over all of another entry that is the same person."""
        self.names += [name for name in other.names if name not in self.names]
        self.others |= {other.ident} - {self.ident} if self.ident and other.ident else set()
        self.ident = self.ident or other.ident
        self.years = within(self.years, other.years)
        for mine, theirs in (
            (self.phones, other.phones),
            (self.nationals, other.nationals),
            (self.sexes, other.sexes),
            (self.homes, other.homes),
            (self.derived, other.derived),
            (self.codes, other.codes),
            (self.others, other.others),
        ):
            mine.update(theirs)
        self.case |= other.case
        self.known |= other.known
        self.places += other.places


def within(a: tuple[int, int] | None, b: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the years that both allow, or the first where none is."""
    if a is None or b is None:
        return a or b
    low, high = max(a[0], b[0]), min(a[1], b[1])
    return (low, high) if low <= high else a
