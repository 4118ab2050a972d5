"""Everybody of a load and of the record, to be found by id, by name, by what is known of them.

Two things are kept apart: under which id a row stands on record, and whom somebody means who names a person. Rows of
one list that give one id, one identity number, or one telephone number and name, stand under one id; so do rows that
tell just the same. Rows of several lists keep ids of their own, and are one entry where a reference to them can only
mean one person; whether they are one is for :mod:`tracing.identity` to say, which logs it and can take it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.references import Named, loose, number_of
from loaders.people.entries import PHONE, Entry, Mention, by_fact, keys_of, named_so, of_one_list, sign_of, within
from loaders.people.fitting import Fitting
from loaders.people.meant import Doubt, MeantRow, WhoIsMeant
from loaders.people.recorded import Recorded
from loaders.people.same_person import ID_RULES, MEANT_RULES, Rule, contradicts
from tracing.model.coded import coded
from tracing.spelling import bare_words, clean_name, given_name, is_full, name_key, phone_numbers, same_name, written

_MANY: Final = 8


class Directory:
    """Everybody that a load may speak of.

    ``alike`` has for lists, by their number, the row of each row's mention: the first one that says the same. Who is
    in no mention is asked of ``record`` when somebody is looked for.
    """

    def __init__(
        self,
        mentions: Iterable[Mention] = (),
        *,
        apart: Iterable[frozenset[str]] = (),
        same: Iterable[frozenset[str]] = (),
        groups: Iterable[Collection[str]] = (),
        alike: Mapping[int, npt.NDArray[np.int64]] | None = None,
        record: Recorded | None = None,
    ) -> None:
        self._apart, self._same, self._groups = set(apart), set(same), list(groups)
        self._record, self._looked = record, set[tuple[str, bool, bool]]()
        self._alike = alike or {}
        self.open = False
        self.doubts: list[Doubt] = []
        self.settled: list[Doubt] = []
        self.entries: list[Entry] = []
        self._at: dict[tuple[int, int], Entry] = {}
        self._own: dict[tuple[int, int], str] = {}
        self._stands: dict[str, str] = {}
        self._lookup: dict[str, dict[str, list[Entry]]] = {}
        self._fitting: dict[str, Fitting] = {}
        self.meant: list[MeantRow] = []
        self.given: dict[str, str] = {}
        self._put_together(mentions)

    # ---- who is who

    def _put_together(self, mentions: Iterable[Mention]) -> list[Entry]:
        by_list: dict[int, list[Mention]] = defaultdict(list)
        for said in mentions:
            by_list[said.sheet].append(said)
        entries = [entry for number, told in sorted(by_list.items()) for entry in self._of_list(number, told)]
        entries = self._stand_under_one_id(self._kept_apart(self._stand_under_one_id(entries)))
        entries, _root = self._join(entries, {}, (), of_one_list(entries, self._same))
        self._own |= {place: entry.key for entry in entries for place in entry.places}
        self._stands |= {ident: entry.key for entry in entries for ident in entry.ids}
        groups = by_fact(entries)
        if self._record is not None:
            groups = {key: found for key, found in groups.items() if not self._record.crowded(key)}
        same = self._groups if self._record is None else self._record.groups(entry.ident for entry in entries)
        joined, root = self._join(entries, groups, MEANT_RULES, [*same, *self._same])
        self._doubt(groups, root)
        self._at |= {place: entry for entry in joined for place in entry.places}
        self.entries += joined
        return joined

    def _look(self, named: Named, *, cases: bool = False) -> None:
        """Let those on record be found whom some words may mean."""
        asked = (named.words, named.code, cases)
        if self._record is not None and asked not in self._looked:
            self._looked.add(asked)
            self._bring(self._record.of_reference(named, cases=cases))

    def _bring(self, people: Iterable[int]) -> None:
        told = [] if self._record is None else self._record.take(people)
        new = self._put_together(told) if told else []
        for entry in new:
            self._note(entry, {}, in_order=True)
        if new:
            self.entries.sort(key=lambda one: one.rank)

    def _of_list(self, number: int, mentions: Iterable[Mention]) -> list[Entry]:
        """Return the people of one list: rows of one id, or of one identity number or telephone and name, are one."""
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
        entries = [*by_ident.values(), *loose_ones]
        for at, entry in enumerate(entries):
            known = number < 0 and entry.known and entry.ident is not None
            entry.rank = (0, entry.ident or "") if known else (1 if number < 0 else 2, number, at)
        if number >= 0 and loose_ones:
            entries, _root = self._join(entries, by_fact(entries, names=False), ID_RULES)
        for entry in entries:
            if entry.ident:
                entry.derived = frozenset()  # no row stands under the id that could be made for somebody who has one
        return entries

    def _stand_under_one_id(self, entries: Iterable[Entry]) -> list[Entry]:
        """Put together what stands under one id: rows of one id, and rows that tell just the same of one name."""
        by_key: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_key[entry.key].append(entry)
        out: list[Entry] = []
        for key, found in by_key.items():
            alone = int(len(found) == 1)
            kept, rank = found[:alone], found[0].rank
            for entry in sorted(found[alone:], key=lambda one: one.ident is None):
                same = next((one for one in kept if key and self._one_statement(one, entry)), None)
                if same is None:
                    kept.append(entry)
                else:
                    same.join(entry)
            for at, entry in enumerate(kept):
                entry.rank = (*rank, at)
            out += kept
        return out

    def _one_statement(self, one: Entry, other: Entry) -> bool:
        if one.ident and one.ident == other.ident:
            return True
        named = any(same_name(a, b) for a in one.names for b in other.names)
        return named and not contradicts(one, other) and not self._told_apart(one, other)

    def _kept_apart(self, entries: list[Entry]) -> list[Entry]:
        """Give people of one name and phone, or of one identity number, who cannot be one person, ids of their own.

        Told apart by what else is known of them, else by their names: twins whose names differ in accents. Somebody
        who has such an id on record keeps it when the list comes again.
        """
        standing = {entry.ident for entry in entries if entry.ident}
        by_key: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.ident is None and entry.derived:
                by_key[entry.key].append(entry)
        for key, found in by_key.items():
            facts = [repr([e.years, sorted(e.sexes), sorted(e.homes), sorted(e.nationals)]) for e in found]
            for entry, told in zip(found, facts, strict=True):
                names = repr(sorted(map(written, entry.names)))
                both = [f"{key}{blake2b(text.encode(), digest_size=2).hexdigest()}" for text in (told, told + names)]
                known = [ident for ident in both if ident in standing]
                if known or len(found) > 1 or key in standing:
                    entry.derived = frozenset({known[0] if known else both[facts.count(told) > 1]})
        return entries

    def _join(
        self,
        entries: list[Entry],
        groups: Mapping[str, list[Entry]],
        rules: Iterable[Rule],
        said: Iterable[Collection[str]] = (),
    ) -> tuple[list[Entry], Callable[[Entry], Entry]]:
        """Join entries by rules and by what is ``said``; return who is left, and to which entry each one belongs."""
        merged: dict[int, Entry] = {}

        def root(entry: Entry) -> Entry:
            while id(entry) in merged:
                entry = merged[id(entry)]
            return entry

        shared: dict[str, list[str]] = defaultdict(list)
        for key in sorted(key for key, found in groups.items() if len(found) > 1):
            shared[sign_of(key)].append(key)
        for sign, rule in rules:
            for key in shared[sign]:
                found = _unique(root(entry) for entry in groups[key])
                for one, other in rule(found) if len(found) > 1 else ():
                    a, b = root(one), root(other)
                    if a is not b and not contradicts(a, b) and not self._told_apart(a, b):
                        first, second = sorted((a, b), key=lambda one: (one.given is None, one.ident is None))
                        first.join(second)
                        merged[id(second)] = first
        self._join_said(entries, merged, root, said)
        return [entry for entry in entries if id(entry) not in merged], root

    def _told_apart(self, one: Entry, other: Entry) -> bool:
        return bool(self._apart) and any(frozenset((a, b)) in self._apart for a in one.ids for b in other.ids)

    @staticmethod
    def _join_said(
        entries: Iterable[Entry],
        merged: dict[int, Entry],
        root: Callable[[Entry], Entry],
        said: Iterable[Collection[str]],
    ) -> None:
        """Join those that are known to be one person; a case keeps its id."""
        groups = sorted(map(sorted, said))
        if not groups:
            return
        by_key = {key: entry for entry in entries for key in entry.ids}
        for group in groups:
            found = _unique(root(by_key[key]) for key in group if key in by_key)
            found.sort(key=lambda e: (not e.case, not e.known, e.ident is None, e.key))
            for other in found[1:]:
                found[0].join(other)
                merged[id(other)] = found[0]

    def _doubt(self, groups: Mapping[str, list[Entry]], root: Callable[[Entry], Entry]) -> None:
        """Note pairs of one name and phone under two ids: they may be one person, and tiers depend on it."""
        seen: set[frozenset[int]] = set()
        for key in sorted(k for k, found in groups.items() if k.startswith(PHONE) and len(found) > 1):
            found = _unique(root(entry) for entry in groups[key])
            for i, one in enumerate(found[:_MANY]):
                for other in found[i + 1 : _MANY]:
                    pair = frozenset((id(one), id(other)))
                    if pair in seen or not (one.ident and other.ident) or (one.known and other.known):
                        continue
                    seen.add(pair)
                    same = any(same_name(a, b) and is_full(a) for a in one.names for b in other.names)
                    years = within(one.years, other.years)
                    fits = one.years is None or other.years is None or years != one.years or one.years == other.years
                    if (
                        same
                        and fits
                        and one.case != other.case
                        and frozenset((one.ident, other.ident)) not in self._apart
                    ):
                        self.doubts.append(Doubt(one, other, "phone"))

    def put(self, said: Mention, entry: Entry | None = None, why: str = "") -> Entry:
        """Take a row that names somebody and tells nothing else as ``entry``, or as somebody new.

        The row stands under an id of its own; ``why`` it is taken for somebody is noted, so that it can be taken back.
        """
        noted = self._keys(entry)
        if entry is None:
            entry = self.entry(said.derived or "")
            noted = self._keys(entry)
            if entry is None:
                entry = Entry(said.ident, rank=(3, len(self.entries)))
                self.entries.append(entry)
            entry.add(said)
            own = entry.key if said.derived not in entry.ids else said.derived
        else:
            own = said.ident or said.derived or entry.key
            if own not in entry.ids:
                entry.others |= {own}
                self.meant.append(MeantRow(own, entry.key, why))
            entry.add(replace(said, ident=None, derived=None))
        self._note(entry, noted)
        self._at[(said.sheet, said.row)] = entry
        self._own[(said.sheet, said.row)] = own or ""
        return entry

    def _keys(self, entry: Entry | None) -> dict[str, set[str]]:
        """Return by what somebody is found so far."""
        return {} if entry is None else {name: keys_of(entry, name) for name in self._lookup}

    def _note(self, entry: Entry, noted: Mapping[str, set[str]], *, in_order: bool = False) -> None:
        """Let somebody who is new, or of whom more is known, be found, after all others or at their place."""
        for name, table in self._lookup.items():
            for key in keys_of(entry, name) - noted.get(name, set()):
                table[key].append(entry)
                if in_order:
                    table[key].sort(key=lambda one: one.rank)
        for key in keys_of(entry, "given"):
            self._fitting.pop(key, None)

    def give_code(self, key: str, code: str) -> None:
        """Note the code of a case that its own list does not tell; ``given`` is id -> code."""
        self._index("id")[key][0].codes |= {code}
        self.given[key] = code
        self._lookup.clear()
        self._fitting.clear()

    def id_of(self, sheet: int, row: int) -> str | None:
        """Return the id under which what a row tells of its person is on record."""
        return self._own.get((sheet, self._mention(sheet, row))) or None

    def ids_of(self, sheet: int, size: int) -> pd.Series:
        """Return :meth:`id_of` of the first ``size`` rows of a list."""
        alike = self._alike.get(sheet)
        rows = np.arange(size) if alike is None else alike[:size]
        first, place = np.unique(rows, return_inverse=True)
        found = [self._own.get((sheet, row)) or None for row in first.tolist()]
        return coded(place, found)

    def _mention(self, sheet: int, row: int) -> int:
        alike = self._alike.get(sheet)
        return row if alike is None else int(alike[row])

    def entry_of(self, sheet: int, row: int) -> Entry | None:
        """Return the person of a row."""
        return self._at.get((sheet, self._mention(sheet, row)))

    # ---- finding

    def find(self, named: Named, *, cases: bool = False) -> WhoIsMeant:
        """Return whom the words of one reference name; with ``cases`` a case is meant where one fits."""
        self._look(named, cases=cases)
        exact = self._index("id").get(named.words)
        if exact:
            return WhoIsMeant((self._stands.get(named.words, exact[0].key),))
        return self._by_code(named, cases) if named.code else self._by_name(named, cases)

    def _index(self, name: str) -> Mapping[str, list[Entry]]:
        if name not in self._lookup:
            table: dict[str, list[Entry]] = defaultdict(list)
            for entry in self.entries:
                for key in keys_of(entry, name):
                    table[key].append(entry)
            self._lookup[name] = table
        return self._lookup[name]

    def _by_code(self, named: Named, cases: bool) -> WhoIsMeant:
        number = number_of(named.words) if named.words.strip().isdigit() else None
        by_phone, by_number = phone_numbers(named.words), () if number is None else (number,)
        for how, keys in (("loose", (loose(named.words),)), ("phone", by_phone), ("number", by_number)):
            told = (e for key in keys for e in self._index(how).get(key, ()) if e.case or not cases or how == "loose")
            people = tuple(entry.key for entry in _unique(told))
            if len(people) == 1:
                return WhoIsMeant(people, "alike" if how == "loose" else how)
            if people:
                return WhoIsMeant((), "several", people)
        return WhoIsMeant((), "unknown")

    def _by_name(self, named: Named, cases: bool) -> WhoIsMeant:
        full = named_so(self._index("name").get(name_key(named.words), []), named)
        called_so = self._called(named, cases)
        if cases and full and not any(e.case for e in full) and called_so:
            return WhoIsMeant((), "several", tuple(e.key for e in _unique([*called_so, *full])))
        for found in ([e for e in full if e.case] if cases else [], full):
            if len(found) == 1:
                return WhoIsMeant((found[0].key,), "name")
            if found:
                return WhoIsMeant((), "several", tuple(e.key for e in found))
        called = [e for e in self._index("nickname").get(name_key(named.words), []) if e.case or not cases]
        if len(called) == 1:
            return WhoIsMeant((called[0].key,), "nickname")
        if len(called_so) == 1:
            return WhoIsMeant((called_so[0].key,), "nickname")
        if called_so:
            return WhoIsMeant((), "several", tuple(e.key for e in called_so[:_MANY]))
        words = bare_words(named.words)
        turned = (e for word in words if len(words) == 2 for e in self._index("given").get(word, ()))
        alike = _unique([*self._index("name").get(name_key(named.words), ()), *turned])  # of another year, or turned
        alike = [e for e in alike if e.case or not cases]
        return WhoIsMeant((), "unknown", tuple(e.key for e in alike) if len(alike) <= _MANY else ())

    def _called(self, named: Named, cases: bool) -> list[Entry]:
        """Return those whom a short name fits; with ``cases`` only cases."""
        key = given_name(named.words)
        given = self._index("given").get(key, [])
        if key not in self._fitting:
            self._fitting[key] = Fitting([entry.names for entry in given])
        fitting = named_so([given[at] for at in self._fitting[key].of(named.words)], named)
        return [entry for entry in fitting if entry.case or not cases]

    def alike(self, name: str) -> list[Entry]:
        """Return those whom a name fits: their own, a short form of it, a nickname on record."""
        for words in (name, clean_name(name)):
            self._look(Named(words))
        called = self._called(Named(clean_name(name)), cases=False)
        return _unique([*called, *self._index("nickname").get(name_key(name), [])])

    def codes_of_cases(self) -> list[str]:
        """Return the codes of cases that the lists name; where they name none, those on record."""
        told = {code for entry in self.entries if entry.case for code in entry.codes or {entry.given} if code}
        return sorted(told or (() if self._record is None else self._record.codes_of_cases()))

    def __contains__(self, ident: object) -> bool:
        """Tell whether somebody has this id."""
        return ident in self._index("id") or ident in (self._record or ())

    def entry(self, ident: str) -> Entry | None:
        """Return the person with this id."""
        if self._record is not None:
            self._bring(self._record.positions([ident]))
        return next(iter(self._index("id").get(ident, ())), None)


def _unique(entries: Iterable[Entry]) -> list[Entry]:
    return list({id(one): one for one in entries}.values())
