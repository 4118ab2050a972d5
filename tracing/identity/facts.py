"""What is known of everybody on record, made comparable: columns of codes, one entry per person.

The records themselves stay as they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tracing.alike import Names, numbers_of, paper_keys
from tracing.model.areas import areas_above
from tracing.model.coded import encoded
from tracing.model.records import Records
from tracing.model.rows import arrow_texts, row_groups
from tracing.patterns import regex
from tracing.spelling import MADE_ID, called_numbers, case_key, fold

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Letters = NDArray[np.uint8]

UNKNOWN: Final = -1
PHONES: Final = 3
"""Telephone numbers of a person that are compared, at most."""
MANY: Final = 6
"""People of different names who give one number, from which on it is nobody's own: a company's, an officer's."""
_SIGNS: Final = 15
_CCCD: Final = 12
_MADE: Final = f"^(?:{MADE_ID})$"
_CASE_ID: Final = regex(r"(?i)(?:bn|ca)[\s.\-]*\d")


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """Everybody who has a row in ``persons``, in the order of their ids.

    Attributes
    ----------
    person
        Id; dtype object.
    name, names
        Code of the name as written but for what is no part of it, -1: no name; what is known of the names, by code.
    key, words, given
        Code of the name without accents, of its words in any order, of its last word; -1: no name.
    nick
        Code, among those of ``key``, of what stands in brackets behind the name: ``Tám (Tám Đen)``; -1: nothing.
    keys, plain
        The name without accents, by code; whether it is known to be nothing but the words of a name.
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
    name: Ints
    names: Names
    key: Ints
    words: Ints
    given: Ints
    nick: Ints
    keys: Sequence[str]
    plain: Flags
    full: Flags
    phones: Ints
    numbers: pa.Array
    many: Flags
    national: Ints
    nationals: pa.Array
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
    def number_signs(self) -> Letters:
        """The signs of each number, by code; shape (numbers, 16), 0 behind the last."""
        return _signs(self.numbers)

    @cached_property
    def national_signs(self) -> Letters:
        """The same of identity numbers."""
        return _signs(self.nationals)

    @cached_property
    def cccd_of_year(self) -> Flags:
        """Whether the identity number is of twelve digits, and those for century and year are of the year of birth."""
        signs = self.national_signs.astype(np.int64) - ord("0")
        told = np.append(1900 + 100 * (signs[:, 3] // 2) + 10 * signs[:, 4] + signs[:, 5], 0)
        return np.asarray((self.national >= 0) & (self.paper == _CCCD) & (told[self.national] == self.year))

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
        names, named = encoded(table["name"])
        of = Names(named)
        spelt, keys = _codes(pa.concat_arrays([of.bare, of.called]))
        key, nick = (_of_rows(names, codes) for codes in (spelt[: len(named)], spelt[len(named) :]))
        plain = np.zeros(len(keys), dtype=bool)
        plain[spelt[: len(named)][of.plain]] = True
        cleaned, written = _codes(of.cleaned)
        phones, numbers = _phones(table["phone"])
        papers, told = encoded(table["national_id"])
        national, nationals = _coded(papers, paper_keys(told))
        year, date = _births(table["birth_year"], table["birth_date"])
        household, hamlet, commune = _homes(records)
        ill = records.cases["status"].fillna("confirmed") != "discarded"
        codes = _case_codes(records)
        code = [codes.get(one) for one in person]
        lists, first = row_groups([table["source_file"], table["source_sheet"]], len(table))
        return cls(
            person=person,
            name=_of_rows(names, cleaned),
            names=Names(written),
            key=key,
            nick=nick,
            words=_coded(names, of.ordered)[0],
            given=_coded(names, of.given)[0],
            keys=keys.to_pylist(),
            plain=plain,
            full=np.append(of.full, False)[names],
            phones=phones,
            numbers=numbers,
            many=_many(phones, key, len(numbers)),
            national=national,
            nationals=nationals,
            paper=_of_rows(national, np.asarray(pc.utf8_length(nationals), dtype=np.int64)),
            year=year,
            date=date,
            sex=_sexes(table["sex"], np.append(of.female, False)[names]),
            household=household,
            hamlet=hamlet,
            commune=commune,
            case=table["person"].isin(records.cases.loc[ill, "person"]).to_numpy(dtype=bool),
            code=_codes(code)[0],
            series=_codes(None if one is None else one.rstrip("0123456789") for one in code)[0],
            made=np.asarray(pc.match_substring_regex(arrow_texts(table["person"]), _MADE), dtype=bool),
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


def _texts(column: pd.Series) -> NDArray[np.object_]:
    return np.array(column.astype(object).where(column.notna(), None), dtype=object)


def _signs(texts: pa.Array) -> Letters:
    signs = np.array([text.encode()[:_SIGNS] for text in texts.to_pylist()], dtype=f"S{_SIGNS + 1}")
    return signs.view(np.uint8).reshape(-1, _SIGNS + 1)


def _codes(values: pa.Array | Iterable[str | None]) -> tuple[Ints, pa.Array]:
    """Return a code per text (-1 where missing), and the texts by code."""
    column = pa.array(values, type=pa.large_string()).dictionary_encode()
    return np.asarray(column.indices.fill_null(UNKNOWN), dtype=np.int64), column.dictionary


def _of_rows(rows: NDArray[np.integer[Any]], codes: Ints) -> Ints:
    """Return the code of each row by the position of its text, -1 where it has none (-1)."""
    out: Ints = np.concatenate([codes, [UNKNOWN]])[rows]
    return out


def _coded(rows: NDArray[np.integer[Any]], values: pa.Array | Iterable[str | None]) -> tuple[Ints, pa.Array]:
    """Return what :func:`_codes` returns, of rows that have these values by their positions (-1: none)."""
    codes, known = _codes(values)
    return _of_rows(rows, codes), known


def _phones(column: pd.Series) -> tuple[Ints, pa.Array]:
    rows, texts = encoded(column)
    text, place, numbers = numbers_of(texts, lambda said: called_numbers(said)[:PHONES], plain="0[0-9]{9}")
    codes, known = _codes(numbers)
    told = np.full((len(texts) + 1, PHONES), UNKNOWN, dtype=np.int64)
    told[text, place] = codes
    return told[rows], known


def _many(phones: Ints, key: Ints, numbers: int) -> Flags:
    """Tell for each number whether people of :data:`MANY` names or more give it."""
    number, name, size = phones.ravel(), np.repeat(key, PHONES), int(key.max(initial=0)) + 1
    given = np.bincount(number[number >= 0], minlength=numbers + 1)
    known = (number >= 0) & (name >= 0) & (given[number] >= MANY)
    pairs = np.unique(number[known] * size + name[known])
    return np.asarray(np.bincount(pairs // size, minlength=numbers) >= MANY)


def _case_codes(records: Records) -> dict[str, str]:
    """Return the case codes by person: the one given, else an id that is one."""
    told = zip(_texts(records.cases["person"]), _texts(records.cases["case_code"]), strict=True)
    found = {person: case_key(code or person) for person, code in told if code or _CASE_ID.match(person)}
    return {person: key for person, key in found.items() if key is not None}


def _births(years: pd.Series, dates: pd.Series) -> tuple[Ints, Ints]:
    """Return the year of birth (0: not known) and a code of the date; 1 January says no more than the year."""
    rows, told = encoded(dates)
    texts = [*told.to_pylist(), None]
    said = np.array([int(t[:4]) if t is not None and t[:4].isdecimal() else 0 for t in texts], dtype=np.int64)[rows]
    year = years.fillna(0).to_numpy(dtype=np.int64)
    whole = [t if t is not None and len(t) == 10 and t[4] == "-" and not t.endswith("-01-01") else None for t in texts]
    return np.where(year == 0, said, year), _coded(rows, whole)[0]


def _sexes(sexes: pd.Series, female: Flags) -> Ints:
    """Return codes of sexes; ``female``: whose name tells it."""
    rows, texts = encoded(sexes)
    codes = np.array([{"female": 0, "male": 1}.get(text, UNKNOWN) for text in texts.to_pylist()], dtype=np.int64)
    told = _of_rows(rows, codes)
    return np.where(told == UNKNOWN, np.where(female, 2, UNKNOWN), told)


def _homes(records: Records) -> tuple[Ints, Ints, Ints]:
    """Return codes of household, of the hamlet (else the address) and of the commune of everybody."""
    told = [records.persons[name] for name in ("area", "household", "address")]
    rows, first = row_groups(told, len(records.persons))  # people of one home are looked up once
    lived, home, address = (arrow_texts(column.iloc[first]) for column in told)
    above = areas_above(records, lived, ("household", "hamlet", "group", "commune"))
    hamlet = pc.coalesce(above["hamlet"], above["group"])
    written = pc.if_else(pc.is_null(hamlet), address, None).dictionary_encode()
    folded = pa.array([fold(text).replace(".", " ") for text in written.dictionary.to_pylist()], type=hamlet.type)
    found = (
        pc.coalesce(home, above["household"]),
        pc.coalesce(hamlet, folded.take(written.indices)),
        pc.coalesce(above["commune"], lived),
    )
    household, nearby, commune = (_coded(rows, texts)[0] for texts in found)
    return household, nearby, commune
