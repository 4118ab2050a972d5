"""Everybody of a load and of the record, to be found by id, by name, by what is known of them.

Rows that surely speak of one person are one entry; what only may be one person stays apart and is asked about.
Never is anybody taken for another because of a telephone number alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

from loaders.columns.names import fits_name, given_name, is_full, name_key, nicknames, same_name
from loaders.columns.references import Named, Reference, loose, number_of

_MANY: Final = 8


@dataclass
class Mention:
    """What one row says of its person. ``years`` are the first and last year of birth that it allows."""

    ident: str | None = None
    name: str | None = None
    phones: frozenset[str] = frozenset()
    national: str | None = None
    years: tuple[int, int] | None = None
    born: str | None = None
    sex: str | None = None
    homes: frozenset[str] = frozenset()
    derived: str | None = None
    case: bool = False
    known: bool = False
    sheet: int = -1
    row: int = -1


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
    case: bool = False
    known: bool = False
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The id under which the person is on record; empty for somebody of whom nothing is known."""
        return self.ident or min(self.derived, default="")

    def add(self, said: Mention) -> None:
        """Put what a row says to what is known."""
        if said.name and said.name not in self.names:
            self.names.append(said.name)
        self.phones |= said.phones
        self.nationals |= {said.national} if said.national else set()
        self.years = _within(self.years, said.years)
        self.sexes |= {said.sex} if said.sex else set()
        self.homes |= said.homes
        self.derived |= {said.derived} if said.derived else set()
        self.case |= said.case
        self.known |= said.known
        if said.sheet >= 0:
            self.places.append((said.sheet, said.row))

    def join(self, other: Entry) -> None:
        """Take over all of another entry that is the same person."""
        self.names += [name for name in other.names if name not in self.names]
        self.ident = self.ident or other.ident
        self.years = _within(self.years, other.years)
        for mine, theirs in (
            (self.phones, other.phones),
            (self.nationals, other.nationals),
            (self.sexes, other.sexes),
            (self.homes, other.homes),
            (self.derived, other.derived),
        ):
            mine.update(theirs)
        self.case |= other.case
        self.known |= other.known
        self.places += other.places


def _within(a: tuple[int, int] | None, b: tuple[int, int] | None) -> tuple[int, int] | None:
    if a is None or b is None:
        return a or b
    low, high = max(a[0], b[0]), min(a[1], b[1])
    return (low, high) if low <= high else a


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


@dataclass(frozen=True)
class Doubt:
    """Two entries that may be one person."""

    one: Entry
    other: Entry
    why: str


@dataclass(frozen=True)
class Answer:
    """What a reference means: ``people`` for certain; else how it is unclear and whom it may mean."""

    people: tuple[str, ...] = ()
    how: str = "exact"
    may_be: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the reference names exactly known people."""
        return bool(self.people)


class Directory:
    """Everybody that a load may speak of."""

    def __init__(
        self,
        mentions: Iterable[Mention] = (),
        *,
        apart: Iterable[frozenset[str]] = (),
        same: Iterable[frozenset[str]] = (),
    ) -> None:
        self._apart, self._same = set(apart), set(same)
        self.open = False
        self.doubts: list[Doubt] = []
        self.entries: list[Entry] = []
        self._at: dict[tuple[int, int], Entry] = {}
        self._lookup: dict[str, Mapping[str, list[Entry]]] = {}
        self._put_together(mentions)

    # ---- who is who

    def _put_together(self, mentions: Iterable[Mention]) -> None:
        by_ident: dict[str, Entry] = {}
        loose_ones: list[Entry] = []
        for said in mentions:
            entry = by_ident.get(said.ident) if said.ident else None
            if entry is None:
                entry = Entry(said.ident)
                if said.ident:
                    by_ident[said.ident] = entry
                else:
                    loose_ones.append(entry)
            entry.add(said)
        self.entries = [*by_ident.values(), *loose_ones]
        if loose_ones or by_ident:
            self._join_named(bool(loose_ones))
        self._keep_keys_apart()
        for entry in self.entries:
            for place in entry.places:
                self._at[place] = entry

    def _keep_keys_apart(self) -> None:
        """Give people of one name and phone, who cannot be one person, ids of their own."""
        by_key: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.ident is None and entry.derived:
                by_key[entry.key].append(entry)
        for key, found in by_key.items():
            if len(found) > 1:
                for entry in found:
                    facts = [entry.years, sorted(entry.sexes), sorted(entry.homes), sorted(entry.nationals)]
                    entry.derived = {f"{key}{blake2b(repr(facts).encode(), digest_size=2).hexdigest()}"}

    def _join_named(self, some_without_id: bool) -> None:
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for key in {name_key(name) for name in entry.names}:
                groups[key].append(entry)
            for phone in entry.phones:
                groups[f"\x00{phone}"].append(entry)
            for national in entry.nationals:
                groups[f"\x01{national}"].append(entry)
        merged: dict[int, Entry] = {}

        def root(entry: Entry) -> Entry:
            while id(entry) in merged:
                entry = merged[id(entry)]
            return entry

        for rule in (_same_papers, _same_phone, _same_year):
            for key in sorted(groups):
                found = _unique(root(entry) for entry in groups[key])
                if len(found) < 2:
                    continue
                for one, other in rule(key, found):
                    a, b = root(one), root(other)
                    if a is not b and not contradicts(a, b) and frozenset((a.key, b.key)) not in self._apart:
                        first, second = (a, b) if a.ident or not b.ident else (b, a)
                        first.join(second)
                        merged[id(second)] = first
        self._join_said(merged, root)
        self.entries = [entry for entry in self.entries if id(entry) not in merged]
        self._doubt(groups, root)

    def _join_said(self, merged: dict[int, Entry], root: Callable[[Entry], Entry]) -> None:
        """Join those that somebody said are one person; a case keeps its id."""
        if not self._same:
            return
        by_key = {key: entry for entry in self.entries for key in (entry.ident, *entry.derived) if key}
        for pair in sorted(self._same, key=sorted):
            found = _unique(root(by_key[key]) for key in sorted(pair) if key in by_key)
            if len(found) == 2:
                first, second = sorted(found, key=lambda e: (not e.case, not e.known, e.ident is None, e.key))
                first.join(second)
                merged[id(second)] = first

    def _doubt(self, groups: Mapping[str, list[Entry]], root: Callable[[Entry], Entry]) -> None:
        """Note pairs of one name and phone under two ids: they may be one person, and tiers depend on it."""
        seen: set[frozenset[int]] = set()
        for key in sorted(k for k in groups if k.startswith("\x00")):
            found = _unique(root(entry) for entry in groups[key])
            for i, one in enumerate(found[:_MANY]):
                for other in found[i + 1 : _MANY]:
                    pair = frozenset((id(one), id(other)))
                    if pair in seen or not (one.ident and other.ident) or (one.known and other.known):
                        continue
                    seen.add(pair)
                    same = any(same_name(a, b) and is_full(a) for a in one.names for b in other.names)
                    years = _within(one.years, other.years)
                    fits = one.years is None or other.years is None or years != one.years or one.years == other.years
                    if (
                        same
                        and fits
                        and one.case != other.case
                        and frozenset((one.ident, other.ident)) not in self._apart
                    ):
                        self.doubts.append(Doubt(one, other, "phone"))

    def entry_of(self, sheet: int, row: int) -> Entry | None:
        """Return the person of a row."""
        return self._at.get((sheet, row))

    # ---- finding

    def find(self, named: Named, *, cases: bool = False) -> Answer:
        """Return whom the words of one reference name; with ``cases`` a case is meant where one fits."""
        exact = self._index("id").get(named.words)
        if exact:
            return Answer((exact[0].key,))
        return self._by_code(named, cases) if named.code else self._by_name(named, cases)

    def _index(self, name: str) -> Mapping[str, list[Entry]]:
        if name not in self._lookup:
            table: dict[str, list[Entry]] = defaultdict(list)
            for entry in self.entries:
                for key in _keys(entry, name):
                    table[key].append(entry)
            self._lookup[name] = table
        return self._lookup[name]

    def _by_code(self, named: Named, cases: bool) -> Answer:
        alike = self._index("loose").get(loose(named.words), [])
        if len(alike) == 1:
            return Answer((alike[0].key,), "alike")
        if len(alike) > 1:
            return Answer((), "several", tuple(e.key for e in alike))
        number = number_of(named.words)
        if number is not None and named.words.strip().isdigit():
            found = [e for e in self._index("number").get(number, []) if e.case or not cases]
            if len(found) == 1:
                return Answer((found[0].key,), "number")
            if found:
                return Answer((), "several", tuple(e.key for e in found))
        return Answer((), "unknown")

    def _by_name(self, named: Named, cases: bool) -> Answer:
        full = [e for e in self._index("name").get(name_key(named.words), []) if _fits(e, named)]
        called_so = self._called(named, cases)
        if cases and full and not any(e.case for e in full) and called_so:
            return Answer((), "several", tuple(e.key for e in _unique([*called_so, *full])))
        for found in ([e for e in full if e.case] if cases else [], full):
            if len(found) == 1:
                return Answer((found[0].key,), "name")
            if found:
                return Answer((), "several", tuple(e.key for e in found))
        called = [e for e in self._index("nickname").get(name_key(named.words), []) if e.case or not cases]
        if len(called) == 1:
            return Answer((called[0].key,), "nickname")
        given = called_so
        if len(given) == 1:
            return Answer((given[0].key,), "nickname")
        return Answer((), "several" if given else "unknown", tuple(e.key for e in given[:_MANY]))

    def _called(self, named: Named, cases: bool) -> list[Entry]:
        """Return those whom a short name fits; with ``cases`` only cases."""
        given = self._index("given").get(given_name(named.words), [])
        given = [e for e in given if any(fits_name(named.words, name) for name in e.names) and _fits(e, named)]
        return [e for e in given if e.case] if cases else given

    @property
    def ids(self) -> set[str]:
        """The ids of everybody."""
        return set(self._index("id"))

    def entry(self, ident: str) -> Entry | None:
        """Return the person with this id."""
        found = self._index("id").get(ident)
        return found[0] if found else None


def _fits(entry: Entry, named: Named) -> bool:
    """Tell whether a year in the brackets of a reference, ``(1986)``, is the person's."""
    note = named.note.strip()
    if note.isdigit() and len(note) == 4 and entry.years is not None:
        return entry.years[0] <= int(note) <= entry.years[1]
    return True


def _keys(entry: Entry, index: str) -> set[str]:
    ids = {entry.ident} if entry.ident else set()
    if index == "id":
        return {entry.key} if entry.ident or entry.derived else set()
    if index == "loose":
        return {loose(i) for i in ids}
    if index == "number":
        return {n for i in ids if (n := number_of(i)) is not None}
    if index == "name":
        return {name_key(name) for name in entry.names}
    if index == "nickname":
        return {nick for name in entry.names for nick in nicknames(name)}
    return {given_name(name) for name in entry.names}


def _unique(entries: Iterable[Entry]) -> list[Entry]:
    return list({id(entry): entry for entry in entries}.values())


_Pairs = Iterable[tuple[Entry, Entry]]


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
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            years = one.years is not None and other.years is not None
            alone = len({given_name(name) for entry in found for name in entry.names}) == 1
            for a in one.names:
                for b in other.names:
                    if (same_name(a, b) and (is_full(a) or years)) or (fits_name(a, b) and (years or alone)):
                        yield one, other


def _same_year(key: str, found: list[Entry]) -> _Pairs:
    """One full name and one year of birth, in one commune, or where nobody else has that name and year."""
    if key[:1] in ("\x00", "\x01") or len(found) > 50:
        return
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            dated = one.years is not None and other.years is not None
            if (
                dated
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


def resolve(directory: Directory, reference: Reference, *, cases: bool = False) -> list[Answer]:
    """Return an answer for each person that a reference names."""
    return [directory.find(named, cases=cases or named.case) for named in reference.named]
