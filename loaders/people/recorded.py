"""Who is on record, as far as a load can mean them: of a million people the few whom its lists could speak of.

Whom the rows of a load may be, or be taken for, shares an id, a name, a telephone or an identity number with them; whom
a reference may mean has its id, its number or a name that fits. Only these are looked at, with everybody on record who
could be one person with one of them (:mod:`loaders.people.same_person`): all others can change nothing of the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.columns.references import Named, loose, number_of
from loaders.options import Known
from loaders.people.entries import NONE, Mention, home_parts
from loaders.people.fitting import Fitting
from loaders.people.same_person import CROWD
from tracing.alike import Names, numbers_of, paper_keys
from tracing.model.coded import encoded
from tracing.model.order import stable_order
from tracing.model.rows import arrow_texts
from tracing.papers import paper_key
from tracing.spelling import MADE_ID, bare_words, given_name, name_key, nicknames, phone_numbers, plain_letters

_Ints = npt.NDArray[np.int64]
_COLUMNS: Final = ("person", "name", "phone", "national_id", "birth_year", "birth_date", "sex", "address")
#: A load of so many mentions for each person on record may mean anybody.
LARGE: Final = 4
PHONE, NO_PHONE = "0[235789][0-9]{8}", "0[0146][0-9]{8}"
"""Numbers of ten digits that are a telephone's as they are, and those that are none (:func:`phone_numbers`)."""
_MADE_FOR_TWO: Final = 4
"""Signs behind an id that was made for one of two people who tell the same."""
_SAMPLE: Final = 200


class _Shared:
    """What people have in common: for each person its codes, for each code its people (in order, as they are given)."""

    def __init__(self, people: _Ints, codes: _Ints, size: int) -> None:
        by_code = stable_order(codes)
        self._codes, self._people = codes, people[by_code]
        self._first = np.concatenate([[0], np.cumsum(np.bincount(people, minlength=size))])
        self._of_code = codes[by_code]

    def codes(self, person: int) -> list[int]:
        """Return the codes of a person."""
        return list(self._codes[self._first[person] : self._first[person + 1]].tolist())

    def people(self, code: int) -> list[int]:
        """Return the people of a code, in order."""
        low, high = np.searchsorted(self._of_code, [code, code + 1])
        return list(self._people[low:high].tolist())


class Recorded:
    """Everybody on record, each by a position, in the order of ids.

    ``groups`` are the ids that are known to be one person. Who was taken once is not given again.
    """

    def __init__(self, persons: pd.DataFrame, cases: pd.DataFrame, groups: Iterable[Collection[str]]) -> None:
        self._frame, self._groups = persons[list(_COLUMNS)], [list(group) for group in groups]
        self._codes = dict(cases[["person", "case_code"]].itertuples(index=False, name=None))
        self.ids: list[str] = arrow_texts(persons["person"]).to_pylist()
        self._at = dict(zip(self.ids, range(len(self.ids)), strict=True))
        self.taken = np.zeros(len(self.ids), dtype=bool)
        self._fitting: dict[str, Fitting] = {}

    def __len__(self) -> int:
        return len(self.ids)

    # ---- what is known of them

    @cached_property
    def _made(self) -> npt.NDArray[np.bool_]:
        made = pc.match_substring_regex(arrow_texts(self._frame["person"]), f"^(?:{MADE_ID})$")
        return np.asarray(made, dtype=bool)

    @cached_property
    def _phones(self) -> tuple[_Shared, Mapping[str, int]]:
        rows, texts = encoded(self._frame["phone"])
        text, _place, numbers = numbers_of(texts, phone_numbers, plain=PHONE, nothing=NO_PHONE)
        order = stable_order(text)
        codes, code = _coded(numbers)
        counts = np.append(np.bincount(text, minlength=len(texts)), 0)
        begins = np.append(np.cumsum(counts[:-1]) - counts[:-1], 0)
        own = counts[rows]
        people = np.repeat(np.arange(len(self)), own)
        within = np.arange(len(people)) - np.repeat(np.cumsum(own) - own, own)
        return _Shared(people, codes[order][np.repeat(begins[rows], own) + within], len(self)), code

    @cached_property
    def _nationals(self) -> tuple[_Shared, Mapping[str, int]]:
        rows, texts = encoded(self._frame["national_id"])
        codes, code = _coded(pc.coalesce(paper_keys(texts), texts))
        known = np.flatnonzero(rows >= 0)
        return _Shared(known, codes[rows[known]], len(self)), code

    @cached_property
    def _names(self) -> tuple[_Shared, Mapping[str, int], Sequence[str]]:
        """The names without accents; also each name as written."""
        rows, texts = encoded(self._frame["name"])
        codes, code = _coded(Names(texts).key)
        of_person = np.append(np.where(np.asarray(pc.utf8_length(texts)) > 0, codes, -1), -1)[rows]
        known = np.flatnonzero(of_person >= 0)
        return _Shared(known, of_person[known], len(self)), code, texts.to_pylist()

    @cached_property
    def _same(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for group in self._groups:
            here = [self._at[ident] for ident in group if ident in self._at]
            for at in here:
                found[at] += here
        return found

    @cached_property
    def _years(self) -> _Ints:
        return self._frame["birth_year"].to_numpy(dtype=np.int64, na_value=-1)

    @cached_property
    def _sexes(self) -> _Ints:
        return encoded(self._frame["sex"])[0].astype(np.int64)

    def __contains__(self, ident: object) -> bool:
        return ident in self._at

    def codes_of_cases(self) -> set[str]:
        """Return the codes of cases."""
        return {code for code in self._codes.values() if isinstance(code, str)}

    def groups(self, idents: Iterable[str | None]) -> list[list[str]]:
        """Return the groups of ids that are one person, of those with some of these ids."""
        found = {tuple(self._same[at]) for at in self.positions(ident or "" for ident in idents) if at in self._same}
        return [[self.ids[at] for at in group] for group in sorted(found)]

    # ---- who is meant by what

    def positions(self, idents: Iterable[str]) -> set[int]:
        """Return who has these ids."""
        return {self._at[ident] for ident in idents if ident in self._at}

    def of_mentions(self, mentions: Collection[Mention]) -> set[int]:
        """Return who shares an id, a name, a telephone or an identity number with rows."""
        if len(mentions) * LARGE > len(self):
            return set(range(len(self)))
        found = self.positions(ident for said in mentions for ident in (said.ident, said.derived) if ident)
        derived = {said.derived for said in mentions if said.derived}
        if derived:
            found |= {at for at in self._made_for_two if self.ids[at][:-_MADE_FOR_TWO] in derived}
        (phones, phone), (papers, paper), (names, name, _written) = self._phones, self._nationals, self._names
        numbers = {phone[n] for said in mentions for n in said.phones if n in phone}
        told = {_paper(said.national) for said in mentions if said.national}
        nationals = {paper[key] for key in told if key in paper}
        called = {name_key(said.name) for said in mentions if said.name}
        for shared, codes in ((phones, numbers), (papers, nationals)):
            found.update(at for code in codes for at in shared.people(code))
        found.update(at for key in called if key in name and not self.crowded(key) for at in names.people(name[key]))
        return found

    @cached_property
    def _made_for_two(self) -> list[int]:
        sizes = np.asarray(pc.utf8_length(arrow_texts(self._frame["person"])))
        return list(np.flatnonzero(self._made & (sizes == sizes[self._made].max(initial=0))).tolist())

    def crowded(self, key: str) -> bool:
        """Tell whether more people on record have this name, surely several, than are compared by name and year."""
        code = self._names[1]
        return key in code and self._is_crowd(code[key])

    def _is_crowd(self, code: int) -> bool:
        if code not in self._crowds:
            people = np.array(self._names[0].people(code), dtype=np.int64)
            self._crowds[code] = len(people) > CROWD and self._surely_several(people) > CROWD
        return self._crowds[code]

    @cached_property
    def _crowds(self) -> dict[int, bool]:
        return {}

    def _surely_several(self, people: _Ints) -> int:
        """Return how many of some people are several at least: of other years and sexes, or of other ids of lists."""
        years, sexes = self._years[people], self._sexes[people]
        known = (years >= 0) & (sexes >= 0)
        told = set(zip(years[known].tolist(), sexes[known].tolist(), strict=True))
        return max(len(told), int((~self._made[people]).sum()))

    # ---- who is named

    def of_reference(self, named: Named, *, cases: bool) -> set[int]:
        """Return whom the words of a reference could mean."""
        if named.words in self._at:
            return {self._at[named.words]}
        if named.code and (numbers := phone_numbers(named.words)):
            phones, code = self._phones
            return self._ill({at for n in numbers if n in code for at in phones.people(code[n])}, cases=cases)
        return self._of_code(named.words) if named.code else self._of_name(named.words, cases=cases)

    def _of_code(self, words: str) -> set[int]:
        key, number = loose(words), number_of(words) if words.strip().isdigit() else None
        return {
            at
            for ident, at in self._with_digits(_digits(words))
            if loose(ident) == key or (number is not None and number_of(ident) == number)
        }

    def _with_digits(self, digits: str) -> Iterator[tuple[str, int]]:
        """Yield the ids and the codes of cases with these digits from 1 to 9, which all spellings of one id share."""
        shared, distinct, codes = self._by_digits
        code = pc.index(distinct, digits).as_py()
        yield from ((self.ids[at], at) for at in (shared.people(code) if code >= 0 else ()))
        yield from codes.get(digits, ())

    @cached_property
    def _by_digits(self) -> tuple[_Shared, pa.Array, Mapping[str, list[tuple[str, int]]]]:
        idents = arrow_texts(self._frame["person"])
        told = pc.replace_substring_regex(idents, "[^1-9]", "")
        odd = pc.invert(pc.string_is_ascii(idents))
        told = pc.replace_with_mask(told, odd, pa.array(map(_digits, idents.filter(odd).to_pylist()), type=told.type))
        column = told.dictionary_encode()
        of_person = column.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        codes: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for person, code in self._codes.items():
            if isinstance(code, str) and person in self._at:
                codes[_digits(code)].append((code, self._at[person]))
        return _Shared(np.arange(len(self)), of_person, len(self)), column.dictionary, codes

    def alike(self, idents: Iterable[str]) -> Iterator[str]:
        """Yield the ids on record that could be other spellings of these."""
        for digits in {_digits(ident) for ident in idents}:
            yield from (self.ids[at] for ident, at in self._with_digits(digits) if ident == self.ids[at])

    def _of_name(self, words: str, *, cases: bool) -> set[int]:
        names, code, _written = self._names
        by_given, by_nickname, of_written = self._given
        key, bare = name_key(words), bare_words(words)
        fitting = [*self._fitting_of(given_name(words), words), *by_nickname.get(key, [])]
        found = self._ill({person for at in fitting for person in of_written.people(at)}, cases=cases)
        found.update(names.people(code[key]) if key in code else ())
        if len(bare) == 2:
            alike = (person for word in bare for at in by_given.get(word, ()) for person in of_written.people(at))
            people = sorted(self._ill(set(alike), cases=cases))
            several = len(people) > _SAMPLE and self._surely_several(np.array(people[:_SAMPLE])) > _SAMPLE // 10
            found.update(people[:_SAMPLE] if several else people)  # of very many enough to tell that they are many
        return found

    def _fitting_of(self, given: str, words: str) -> Iterator[int]:
        """Yield the names as written, of those of one given name, that a name fits."""
        names = self._given[0].get(given, [])
        if given not in self._fitting:
            self._fitting[given] = Fitting([[self._names[2][at]] for at in names])
        yield from (names[at] for at in self._fitting[given].of(words))

    def _ill(self, people: set[int], *, cases: bool) -> set[int]:
        """Return of many people those who are cases, or one with a case, if only these are meant."""
        if not cases or len(people) <= _SAMPLE:
            return people
        return {at for at in people if any(self.ids[one] in self._codes for one in (at, *self._could_be(at)))}

    @cached_property
    def _given(self) -> tuple[Mapping[str, list[int]], Mapping[str, list[int]], _Shared]:
        """The names as written by given name and by nickname, and who has which name."""
        by_given, by_nickname = defaultdict(list), defaultdict(list)
        for at, text in enumerate(self._names[2]):
            by_given[given_name(text)].append(at)
            for nick in nicknames(text):
                by_nickname[nick].append(at)
        codes = encoded(self._frame["name"])[0]
        known = np.flatnonzero(codes >= 0)
        return by_given, by_nickname, _Shared(known, codes[known].astype(np.int64), len(self))

    # ---- who could be one with them

    def take(self, positions: Iterable[int]) -> list[Mention]:
        """Return what is on record of people and of all who could be one with them, if they were not taken before."""
        new = {at for at in positions if not self.taken[at]}
        left = list(new)
        while left and len(new) * 2 < len(self):
            found = {other for at in left for other in self._could_be(at)}
            left = [at for at in found if at not in new and not self.taken[at]]
            new.update(left)
        if left:
            new = set(np.flatnonzero(~self.taken).tolist())
        if not new:
            return []
        order = np.array(sorted(new), dtype=np.int64)
        self.taken[order] = True
        return list(self._mentions(order))

    def _could_be(self, at: int) -> Iterator[int]:
        """Yield who shares a telephone, an identity number or a decision with somebody, or a name that fits."""
        for shared, _code in (self._phones, self._nationals):
            for code in shared.codes(at):
                yield from shared.people(code)
        yield from self._same.get(at, ())
        names = self._names[0]
        for code in names.codes(at):
            if not self._is_crowd(code):
                people = names.people(code)
                year, made = self._years[at], self._made[at]
                for other in people if len(people) > 1 else ():
                    if len(people) > CROWD or (
                        (made or self._made[other]) and (year < 0 or self._years[other] in (-1, year))
                    ):
                        yield other

    def _mentions(self, order: _Ints) -> Iterator[Mention]:
        rows = self._frame.take(order).astype(object)
        for ident, name, phone, national, year, born, sex, address in rows.where(rows.notna(), None).itertuples(
            index=False
        ):
            code = self._codes.get(ident)
            yield Mention(
                ident=ident,
                name=name,
                phones=frozenset(phone_numbers(phone)) if phone else NONE,
                national=national,
                years=(int(year), int(year)) if year is not None else None,
                born=born,
                sex=sex,
                homes=home_parts(address) if address else NONE,
                code=code if isinstance(code, str) and code else None,
                case=ident in self._codes,
                known=True,
            )


def _coded(texts: pa.Array) -> tuple[_Ints, dict[str, int]]:
    """Return the position of each text, none missing, among the distinct ones, and these with their positions."""
    column = texts.dictionary_encode()
    distinct = column.dictionary.to_pylist()
    return np.asarray(column.indices, dtype=np.int64), dict(zip(distinct, range(len(distinct)), strict=True))


def _paper(number: str) -> str:
    """Return what spellings of one identity number have in common."""
    return paper_key(number) or number


def _digits(ident: str) -> str:
    return "".join(str(int(c)) for c in plain_letters(ident) if c.isdecimal() and int(c))


def recorded(known: Known | None, groups: Iterable[Collection[str]]) -> Recorded | None:
    """Return who is on record; None where the record cannot be read, or there is none."""
    read = getattr(known, "read", None)
    if read is None:
        return None
    records = read(tables=["persons", "cases"])
    return Recorded(records.persons, records.cases, groups)
