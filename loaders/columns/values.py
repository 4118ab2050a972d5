"""Texts to typed values: words of a choice, yes and no, numbers, ids, phones. Nothing is guessed silently."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np
import pandas as pd

from loaders.columns.dates import UNKNOWN
from loaders.files.grid import distinct_texts
from tracing.model.coded import coded, encoded
from tracing.nearest import nearest_value
from tracing.papers import identity_number
from tracing.patterns import regex
from tracing.spelling import called_numbers, fold

_EMPTY_WORDS: Final = UNKNOWN - {"không", "chưa", "-", "."}
#: Words that none of the things is said, which look like other words: ``NONE`` is no "zone".
_NOTHING: Final = frozenset({"none", "nil", "keine", "aucun", "aucune"})
#: Which set of words reads which column; other choice columns are read by their own choices.
WORD_SETS: Final = {
    "sex": "sex",
    "result": "result",
    "method": "method",
    "found_in": "found_in",
    "time_kind": "time_kind",
    "certainty": "certainty",
    "level": "area_level",
}
#: Numbers with their units; "at most" is the number, as a rule asks for "within".
_AT_MOST: Final = r"(?:(?:<=?|≤|~|≈|dưới|khoảng|gần|trong vòng|under|about)\s*)?(\d+(?:[.,]\d+)?)\s*"
_HOURS: Final = frozenset({"giờ", "h", "hr", "hrs", "tiếng", "hour", "hours"})
_MEASURED: Final = {
    "distance_m": regex(_AT_MOST + r"(m|mét|met|metre|metres|meter|meters|cm)?"),
    "minutes": regex(_AT_MOST + r"(phút|phut|p|'|min|mins|minute|minutes|giờ|h|hr|hrs|tiếng|hour|hours)?"),
}
_RANGES: Final = {
    "lat": (-90.0, 90.0),
    "lon": (-180.0, 180.0),
    "distance_m": (0.0, 1e5),
    "minutes": (0.0, 1e6),
    "ct": (0.0, 60.0),
    "population": (0.0, 1e10),
    "households": (0.0, 1e10),
    "capacity": (0.0, 1e7),
    "birth_year": (1880.0, 2200.0),
    "vaccine_doses": (0.0, 20.0),
    "seat_row": (0.0, 1000.0),
}


@dataclass(frozen=True)
class Values:
    """A column of typed values; ``problems`` is row position -> (code, words of the message)."""

    values: pd.Series
    problems: Mapping[int, tuple[str, dict[str, Any]]] = field(default_factory=dict)


@cache
def words(name: str) -> Mapping[str, str]:
    """Return word -> value of one set of ``data/words.csv``; exact spellings first, then without accents."""
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    source = resources.files("loaders").joinpath("data/words.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(source.splitlines()):
        if row["set"] == name:
            for word in (row["value"], *row["words"].split("|")):
                exact.setdefault(word.lower(), row["value"])
                folded.setdefault(fold(word), row["value"])
    return {**folded, **exact}


_Read = Callable[[str], tuple[object, str | None, dict[str, Any]]]


def _by_text(texts: pd.Series, read: _Read, dtype: str) -> Values:
    """Read each distinct text once."""
    codes, distinct = distinct_texts(texts)
    results = [read(text) for text in distinct]
    read_as = [r[0] for r in results]
    out = (
        coded(codes, read_as)
        if dtype == "string"
        else pd.Series([*read_as, None], dtype=dtype).take(codes).reset_index(drop=True)
    )
    bad = {i for i, r in enumerate(results) if r[1] is not None}
    problems = {}
    if bad:
        for row in np.flatnonzero(np.isin(codes, list(bad))):
            _, code, said = results[codes[row]]
            problems[int(row)] = (str(code), said)
    return Values(out, problems)


def read_choice(texts: pd.Series, name: str, *, open_set: bool = False) -> Values:
    """Read words of the set ``name``; a near spelling is read with a warning, in an open set others are kept."""
    known = words(name)
    choices = ", ".join(sorted(set(known.values())))

    def read(text: str) -> tuple[object, str | None, dict[str, Any]]:
        value = known.get(text.lower().strip()) or known.get(fold(text))
        if value is not None:
            return value, None, {}
        if text.lower() in _EMPTY_WORDS or fold(text) in _NOTHING:
            return None, None, {}
        close = nearest_value(text, known)
        if close is not None:
            return close, "value.read_as", {"value": text, "read": close}
        if open_set:
            return text, None, {}
        return None, "value.unknown", {"value": _short(text), "known": choices}

    return _by_text(texts, read, "string")


def read_flag(texts: pd.Series) -> Values:
    """Read yes and no in English and Vietnamese."""
    said = read_choice(texts, "flag")
    codes, words_said = encoded(said.values)
    told = np.append(np.array([word == "true" for word in words_said.to_pylist()], dtype=bool), False)
    return Values(pd.Series(pd.arrays.BooleanArray(told[codes], codes < 0)), said.problems)


def read_number(texts: pd.Series, name: str, *, whole: bool) -> Values:
    """Read numbers, with a point or a decimal comma; ``12A`` is read as 12 in a seat row; out of range is dropped."""
    low, high = _RANGES.get(name, (-float("inf"), float("inf")))

    def read(text: str) -> tuple[object, str | None, dict[str, Any]]:
        said: dict[str, Any] = {"value": _short(text)}
        if text.lower() in _EMPTY_WORDS:
            return None, None, {}
        if name == "seat_row":
            text = re.sub(r"^(\d+)\s*[A-Za-z]$", r"\1", text)
        measured = _MEASURED.get(name)
        told = measured.fullmatch(text.strip().lower()) if measured is not None else None
        if told is not None:
            text, unit = told[1], told[2] or ""
            if unit in _HOURS or unit == "cm":
                text = str(float(text.replace(",", ".")) * (60 if unit in _HOURS else 0.01))
        if re.fullmatch(r"[-+]?\d+,\d{1,2}", text):
            text = text.replace(",", ".")
        try:
            number = float(text)
        except ValueError:
            return None, "value.number", said
        if math.isnan(number) or (whole and not number.is_integer()):
            return None, "value.number", said
        if not low <= number <= high:
            return None, "value.range", said
        return int(number) if whole else number, None, {}

    return _by_text(texts, read, "Int64" if whole else "Float64")


def read_ids(texts: pd.Series) -> pd.Series:
    """Return ids as they are; ``12.0`` (a number spoilt by a spreadsheet) becomes ``12``."""
    spoilt = texts.str.match(r"^\d+\.0$").fillna(False).to_numpy(dtype=bool)
    return texts.where(~spoilt, texts.str.slice(0, -2)) if spoilt.any() else texts


#: What parts the telephone numbers of a cell from each other, and one of them that is said to be somebody else's.
_NUMBERS_APART: Final = regex(r"[,;/\n]|(?<=\d)\s*(?=\([^()\d]*\d{3})")
_LETTER: Final = regex(r"[^\W\d_]")
_KIN: Final = (
    r"(?:me|ma|cha|bo|ba(?= (?:ruot|noi|ngoai))|tia|vo|chong|con(?: trai| gai)?|(?:anh|chi|em)(?= (?:ruot|trai|gai|ho))"
    r"|phu huynh|nguoi (?:nha|than)|than nhan|(?:nguoi )?giam ho|hang xom|chu (?:nha tro|nha|tro)"
    r"|mother|father|wife|husband|parents?|son|daughter)(?: (?:ruot|trai|gai|ho|vo|chong|noi|ngoai|de))?"
)
_OF_KIN: Final = regex(
    rf"\W{{0,4}}(?:(?:so |sdt|dt|dien thoai|cua)[ :.]{{0,2}}){{0,3}}{_KIN}[\W_]{{0,4}}[\d .+()-]{{8,24}}\W{{0,4}}"
    rf"|[\d .+()-]{{8,24}}[\W_]{{0,4}}(?:(?:so |sdt|dt|dien thoai|cua)[ :.]{{0,2}}){{0,3}}{_KIN}\W{{0,4}}"
)


def _is_of_kin(text: str) -> bool:
    return _LETTER.search(text) is not None and _OF_KIN.fullmatch(fold(text).strip()) is not None


def read_phone(texts: pd.Series) -> pd.Series:
    """Return phone numbers as 0 and nine digits, several with "; " between them; missing where there is none.

    +84 and 84 become 0, the 0 that a spreadsheet took away is put back. A number from elsewhere stays as it is; one
    beside a word for somebody else, ``(mẹ) 0912 000 101``, is none of the row's person.
    """

    def read(text: str) -> tuple[object, str | None, dict[str, Any]]:
        parts = _NUMBERS_APART.split(text) if _LETTER.search(text) else [text]
        own = [part for part in parts if not _is_of_kin(part)]
        return "; ".join(called_numbers(text if len(own) == len(parts) else "; ".join(own))) or None, None, {}

    return _by_text(read_ids(texts), read, "string").values


def read_national_id(texts: pd.Series) -> pd.Series:
    """Return identity numbers without blanks; zeros that a spreadsheet took away are put back (9 or 12 digits).

    Words ("không có"), zeros and numbers in scientific notation are no identity numbers: missing.
    """

    def read(text: str) -> tuple[object, str | None, dict[str, Any]]:
        return identity_number(text), None, {}

    return _by_text(read_ids(texts), read, "string").values


def _short(text: str) -> str:
    """Return what a message may show of a value: not the ten digits of a phone, not a sentence."""
    return "…" if re.search(r"\d{8,}", text) else (text if len(text) <= 30 else f"{text[:29]}…")
