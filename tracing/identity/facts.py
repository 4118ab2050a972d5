"""What is known of everybody on record, made comparable: columns of codes, one entry per person.

The records themselves stay as they came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tracing.model.areas import areas_known, walk_up
from tracing.model.coded import encoded
from tracing.model.records import Records
from tracing.model.rows import row_groups, texts_by_id
from tracing.papers import paper_key
from tracing.spelling import MADE_ID, bare_words, called_numbers, case_key, clean_name, fold, is_full, nicknames
from tracing.times import EVER

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNKNOWN: Final = -1
PHONES: Final = 3
"""Telephone numbers of a person that are compared, at most."""
MANY: Final = 6
"""People of different names who give one number, from which on it is nobody's own: a company's, an officer's."""
_MADE: Final = re.compile(MADE_ID)
_FEMALE_NAME: Final = "thi"
_CASE_ID: Final = re.compile(r"(?i)(?:bn|ca)[\s.\-]*\d")


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """Everybody who has a row in ``persons``, in the order of their ids.

    Attributes
    ----------
    person, name
        Id and name as written, None where there is none; dtype object.
    key, words, given
        Code of the name without accents, of its words in any order, of its last word; -1: no name.
    nick
        Code, among those of ``key``, of what stands in brackets behind the name: ``Tám (Tám Đen)``; -1: nothing.
    keys
        The name without accents, by code.
    full
        Whether the name has a family name and a given name, not only the letter of one.
    phones
        Codes of up to three telephone numbers, shape (people, 3); -1: none. ``numbers``: the numbers, by code.
    many
        By code of a number: whether it is given by many people of different names (:data:`MANY`).
    national, paper
        Code of the identity number, and its kind by its length; -1: none.
    year, date
        Year of birth, 0: not known; code of the date of birth, -1: not known, or 1 January ("year only").
    sex
        0 female, 1 male, 2 female by the name only ("Thị"), -1 not known.
    household, hamlet, commune
        Codes of where people live; -1: not known.
    case
        Whether a case is on record (confirmed, probable or suspected).
    code, series
        Code of the case code and of the letters before its number; -1: none.
    made
        Whether the id was made, since the row has none.
    listed
        Code of the list (file and sheet) from which the row is; -1: not known.
    """

    person: NDArray[np.object_]
    name: NDArray[np.object_]
    key: Ints
    words: Ints
    given: Ints
    nick: Ints
    keys: Sequence[str]
    full: Flags
    phones: Ints
    numbers: Sequence[str]
    many: Flags
    national: Ints
    nationals: Sequence[str]
    paper: Ints
    year: Ints
    date: Ints
    sex: Ints
    household: Ints
    hamlet: Ints
    commune: Ints
    case: Flags
    code: Ints
    series: Ints
    made: Flags
    listed: Ints

    def __len__(self) -> int:
        return len(self.person)

    @cached_property
    def own_phones(self) -> Ints:
        """The codes of ``phones``, -1 in place of a number that many give, a company's."""
        return np.where(np.append(self.many, False)[self.phones], UNKNOWN, self.phones)

    @cached_property
    def once(self) -> Flags:
        """Whether somebody counts for how common a name or a home is: of all with one name and own number the first.

        A person on many lists stands under many ids, and makes no name common.
        """
        own = self.own_phones.max(axis=1)
        known = np.flatnonzero((own >= 0) & (self.words >= 0))
        _alike, first = np.unique(self.words[known] * max(1, len(self.numbers)) + own[known], return_index=True)
        out = np.ones(len(self), dtype=bool)
        out[known] = False
        out[known[first]] = True
        return out

    @cached_property
    def namesakes(self) -> Ints:
        """How many people have the words of a name, by their code."""
        return np.bincount(self.words[self.once & (self.words >= 0)], minlength=int(self.words.max(initial=0)) + 1)

    @classmethod
    def of(cls, records: Records) -> PersonFacts:
        """Read the facts of everybody; what several people say alike is read once."""
        table = records.persons
        person = _texts(table["person"])
        names, named = _distinct(table["name"])
        words = [[] if name is None else bare_words(name) for name in named]
        called = [" ".join(word for nick in nicknames(name or "")[:1] for word in bare_words(nick)) for name in named]
        spelt, keys = _codes([*(" ".join(one) or None for one in words), *(one or None for one in called)])
        key = spelt[: len(named)][names]
        phones, numbers = _phones(table["phone"])
        papers, written = _distinct(table["national_id"])
        national, nationals = _coded(papers, [None if n is None else paper_key(n) for n in written])
        lengths = np.array([*map(len, nationals), UNKNOWN], dtype=np.int64)
        year, date = _births(table["birth_year"], table["birth_date"])
        household, hamlet, commune = _homes(records)
        ill = records.cases["status"].fillna("confirmed") != "discarded"
        codes = _case_codes(records)
        code = [codes.get(one) for one in person]
        lists, first = row_groups([table["source_file"], table["source_sheet"]], len(table))
        return cls(
            person=person,
            name=_objects(None if n is None else clean_name(n) for n in named)[names],
            key=key,
            nick=spelt[len(named) :][names],
            words=_coded(names, [" ".join(sorted(one)) or None for one in words])[0],
            given=_coded(names, [one[-1] if one else None for one in words])[0],
            keys=keys,
            full=np.array([_is_full(name, one) for name, one in zip(named, words, strict=True)], dtype=bool)[names],
            phones=phones,
            numbers=numbers,
            many=_many(phones, key, len(numbers)),
            national=national,
            nationals=nationals,
            paper=lengths[national],
            year=year,
            date=date,
            sex=_sexes(table["sex"], names, words),
            household=household,
            hamlet=hamlet,
            commune=commune,
            case=table["person"].isin(records.cases.loc[ill, "person"]).to_numpy(dtype=bool),
            code=_codes(code)[0],
            series=_codes(None if one is None else one.rstrip("0123456789") for one in code)[0],
            made=np.array([_MADE.fullmatch(one) is not None for one in person], dtype=bool),
            listed=_coded(
                lists,
                [
                    None if file is None else f"{file}\0{sheet or ''}"
                    for file, sheet in zip(
                        *(_texts(table[name].iloc[first]) for name in ("source_file", "source_sheet")), strict=True
                    )
                ],
            )[0],
        )

    def say_name(self, person: int) -> str:
        """Return the name as compared, empty without one."""
        return "" if self.key[person] < 0 else self.keys[int(self.key[person])]


def _texts(column: pd.Series) -> NDArray[np.object_]:
    return np.array(column.astype(object).where(column.notna(), None), dtype=object)


def _objects(values: Iterable[Any]) -> NDArray[np.object_]:
    return np.fromiter(values, dtype=object)


def _distinct(column: pd.Series) -> tuple[NDArray[np.int32], list[str | None]]:
    """Return for each row the position of its text among the distinct ones; the last one, None, is a missing text's."""
    codes, texts = encoded(column)
    return codes, [*texts.to_pylist(), None]


def _codes(values: Iterable[str | None]) -> tuple[Ints, list[str]]:
    """Return a code per text (-1 for None) and the texts by code, in the order of their letters."""
    column = pa.array(list(values), type=pa.large_string()).dictionary_encode()
    order = np.asarray(pc.sort_indices(column.dictionary))
    places = np.full(len(order) + 1, UNKNOWN, dtype=np.int64)
    places[order] = np.arange(len(order))
    return places[np.asarray(column.indices.fill_null(len(order)))], column.dictionary.take(order).to_pylist()


def _coded(rows: NDArray[np.integer[Any]], values: Sequence[str | None]) -> tuple[Ints, list[str]]:
    """Return what :func:`_codes` returns, of rows that have these values by their positions."""
    codes, known = _codes(values)
    return codes[rows], known


def _is_full(name: str | None, words: Sequence[str]) -> bool:
    """Tell whether a name has a family name and a given name, and not the letter of one (``Ng. V. A``)."""
    if name is None or not words:
        return False
    letter = len(words[-1]) == 1 and ("." in name or len(words[0]) <= 2)
    return is_full(name) and not letter


def _phones(column: pd.Series) -> tuple[Ints, list[str]]:
    rows, texts = _distinct(column)
    said: list[tuple[str, ...]] = [() if text is None else called_numbers(text)[:PHONES] for text in texts]
    codes, numbers = _codes(numbers[at] if at < len(numbers) else None for numbers in said for at in range(PHONES))
    return codes.reshape(len(said), PHONES)[rows], numbers


def _many(phones: Ints, key: Ints, numbers: int) -> Flags:
    """Tell for each number whether people of :data:`MANY` names or more give it."""
    number, name, size = phones.ravel(), np.repeat(key, PHONES), int(key.max(initial=0)) + 1
    known = (number >= 0) & (name >= 0)
    pairs = np.unique(number[known] * size + name[known])
    return np.asarray(np.bincount(pairs // size, minlength=numbers) >= MANY)


def _case_codes(records: Records) -> dict[str, str]:
    """Return the case codes by person: the one given, else an id that is one."""
    told = zip(_texts(records.cases["person"]), _texts(records.cases["case_code"]), strict=True)
    found = {person: case_key(code or person) for person, code in told if code or _CASE_ID.match(person)}
    return {person: key for person, key in found.items() if key is not None}


def _births(years: pd.Series, dates: pd.Series) -> tuple[Ints, Ints]:
    """Return the year of birth (0: not known) and a code of the date; 1 January says no more than the year."""
    rows, texts = _distinct(dates)
    said = np.array([int(t[:4]) if t is not None and t[:4].isdecimal() else 0 for t in texts], dtype=np.int64)[rows]
    year = years.fillna(0).to_numpy(dtype=np.int64)
    whole = [t if t is not None and len(t) == 10 and t[4] == "-" and not t.endswith("-01-01") else None for t in texts]
    return np.where(year == 0, said, year), _coded(rows, whole)[0]


def _sexes(sexes: pd.Series, names: NDArray[np.int32], words: Sequence[Sequence[str]]) -> Ints:
    rows, texts = _distinct(sexes)
    told = np.array([{"female": 0, "male": 1}.get(text or "", UNKNOWN) for text in texts], dtype=np.int64)[rows]
    hint = np.array([2 if _FEMALE_NAME in one[1:-1] else UNKNOWN for one in words], dtype=np.int64)[names]
    return np.where(told == UNKNOWN, hint, told)


def _homes(records: Records) -> tuple[Ints, Ints, Ints]:
    """Return codes of household, of the hamlet (else the address) and of the commune of everybody."""
    areas = areas_known(records, EVER).reset_index()
    level, parents = (texts_by_id(areas["area"], areas[name]) for name in ("level", "parent"))
    told = [records.persons[name] for name in ("area", "household", "address")]
    rows, first = row_groups(told, len(records.persons))  # people of one home are looked up once
    lived, home, addresses = (_texts(column.iloc[first]) for column in told)
    levels: dict[str, dict[str, str]] = {}
    for area in {area for area in lived if area is not None}:
        levels[area] = {str(level.get(code)): code for code in reversed(walk_up(area, parents))}
    found = [levels[area] if area is not None else {} for area in lived]
    household = [h if h is not None else one.get("household") for h, one in zip(home, found, strict=True)]
    written = [None if a is None else fold(a).replace(".", " ") for a in addresses]
    hamlet = [one.get("hamlet") or one.get("group") or a for one, a in zip(found, written, strict=True)]
    commune = [one.get("commune") or (a if one else None) for one, a in zip(found, lived, strict=True)]
    return _coded(rows, household)[0], _coded(rows, hamlet)[0], _coded(rows, commune)[0]
