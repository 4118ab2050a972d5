"""What is known of everybody on record, made comparable: columns of codes, one entry per person.

The records themselves stay as they came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracing.model.areas import Localities
from tracing.model.records import Records
from tracing.spelling import MADE_ID, bare_words, called_numbers, case_key, clean_name, fold, identity_number, is_full
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
    keys
        The name without accents, by code.
    full
        Whether the name has a family name and a given name.
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

    @classmethod
    def of(cls, records: Records) -> PersonFacts:
        """Read the facts of everybody."""
        table = records.persons
        text = {c: _texts(table[c]) for c in ("person", "name", "phone", "national_id", "birth_date", "address", "sex")}
        read = {name: (bare_words(name), is_full(name)) for name in set(text["name"]) if name is not None}
        told = [read[name] if name is not None else ([], False) for name in text["name"]]
        split = [words for words, _full in told]
        key, keys = _codes(" ".join(words) or None for words in split)
        phones, numbers = _phones(text["phone"], table["person"])
        national, nationals = _codes(None if n is None else identity_number(n) for n in text["national_id"])
        lengths = np.array([*map(len, nationals), UNKNOWN], dtype=np.int64)
        year, date = _births(table["birth_year"], text["birth_date"])
        household, hamlet, commune = _homes(records, text["address"])
        ill = records.cases["status"].fillna("confirmed") != "discarded"
        codes = _case_codes(records)
        code = [codes.get(person) for person in text["person"]]
        return cls(
            person=text["person"],
            name=np.array([None if n is None else clean_name(n) for n in text["name"]], dtype=object),
            key=key,
            words=_codes(" ".join(sorted(words)) or None for words in split)[0],
            given=_codes(words[-1] if words else None for words in split)[0],
            keys=keys,
            full=np.array([full for _words, full in told], dtype=bool),
            phones=phones,
            numbers=numbers,
            many=_many(phones, key, len(numbers)),
            national=national,
            nationals=nationals,
            paper=lengths[national],
            year=year,
            date=date,
            sex=_sexes(text["sex"], split),
            household=household,
            hamlet=hamlet,
            commune=commune,
            case=np.isin(text["person"].astype(str), records.cases.loc[ill, "person"].to_numpy(dtype=str)),
            code=_codes(code)[0],
            series=_codes(None if one is None else one.rstrip("0123456789") for one in code)[0],
            made=np.array([_MADE.fullmatch(one) is not None for one in text["person"]], dtype=bool),
            listed=_codes(
                None if file is None else (file, sheet or "")
                for file, sheet in zip(_texts(table["source_file"]), _texts(table["source_sheet"]), strict=True)
            )[0],
        )

    def say_name(self, person: int) -> str:
        """Return the name as compared, empty without one."""
        return "" if self.key[person] < 0 else self.keys[int(self.key[person])]


def _texts(column: pd.Series) -> NDArray[np.object_]:
    return np.array(column.astype(object).where(column.notna(), None), dtype=object)


def _codes(values: Iterable[Any]) -> tuple[Ints, list[Any]]:
    """Return a code per value (-1 for None) and the values by code, in the order of the values themselves."""
    listed = list(values)
    known = sorted({value for value in listed if value is not None})
    code = {value: number for number, value in enumerate(known)}
    return np.array([UNKNOWN if v is None else code[v] for v in listed], dtype=np.int64), known


def _phones(texts: NDArray[np.object_], person: pd.Series) -> tuple[Ints, list[str]]:
    read = {text: called_numbers(text)[:PHONES] for text in set(texts) if text is not None}
    said: list[tuple[str, ...]] = [read[text] if text is not None else () for text in texts]
    codes, numbers = _codes(numbers[at] if at < len(numbers) else None for numbers in said for at in range(PHONES))
    return codes.reshape(len(person), PHONES), numbers


def _many(phones: Ints, key: Ints, numbers: int) -> Flags:
    """Tell for each number whether people of :data:`MANY` names or more give it."""
    pairs = np.column_stack([phones.ravel(), np.repeat(key, PHONES)])
    pairs = np.unique(pairs[(pairs >= 0).all(axis=1)], axis=0)
    return np.asarray(np.bincount(pairs[:, 0], minlength=numbers) >= MANY)


def _case_codes(records: Records) -> dict[str, str]:
    """Return the case codes by person: the one given, else an id that is one."""
    told = zip(_texts(records.cases["person"]), _texts(records.cases["case_code"]), strict=True)
    found = {person: case_key(code or person) for person, code in told if code or _CASE_ID.match(person)}
    return {person: key for person, key in found.items() if key is not None}


def _births(years: pd.Series, dates: NDArray[np.object_]) -> tuple[Ints, Ints]:
    """Return the year of birth (0: not known) and a code of the date; 1 January says no more than the year."""
    year = years.fillna(0).to_numpy(dtype=np.int64).copy()
    real: list[str | None] = []
    for at, date in enumerate(dates):
        written = date if date is not None and len(date) == 10 and date[4] == "-" else None
        if date is not None and not year[at] and date[:4].isdecimal():
            year[at] = int(date[:4])
        real.append(None if written is None or written.endswith("-01-01") else written)
    return year, _codes(real)[0]


def _sexes(sexes: NDArray[np.object_], split: Sequence[Sequence[str]]) -> Ints:
    told = {"female": 0, "male": 1}
    hint = [2 if _FEMALE_NAME in words[1:-1] else UNKNOWN for words in split]
    return np.array([told.get(sex, other) for sex, other in zip(sexes, hint, strict=True)], dtype=np.int64)


def _homes(records: Records, addresses: NDArray[np.object_]) -> tuple[Ints, Ints, Ints]:
    """Return codes of household, of the hamlet (else the address) and of the commune of everybody."""
    places = Localities.of(records, EVER)
    levels: dict[str, dict[str, str]] = {}
    for area in records.persons["area"].dropna().unique():
        chain = places.ancestry(str(area))
        levels[str(area)] = {str(places.levels.get(code)): code for code in reversed(chain)}
    areas = _texts(records.persons["area"])
    found = [levels[area] if area is not None else {} for area in areas]
    home = _texts(records.persons["household"])
    household = [h if h is not None else one.get("household") for h, one in zip(home, found, strict=True)]
    written = [None if a is None else fold(a).replace(".", " ") for a in addresses]
    hamlet = [one.get("hamlet") or one.get("group") or a for one, a in zip(found, written, strict=True)]
    commune = [one.get("commune") or (a if one else None) for one, a in zip(found, areas, strict=True)]
    return _codes(household)[0], _codes(hamlet)[0], _codes(commune)[0]
