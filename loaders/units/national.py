"""Where people from elsewhere come from: the provinces and districts of the country, as of the day that is spoken of.

``Q. 8, TP.HCM`` is district 8 of the city, ``Bình Dương`` a province until 30/6/2025 and a part of another since then,
``Châu Thành`` alone one of twelve districts. What is not clear is returned with its candidates; nothing is guessed.
Table and sources: ``loaders/data/vn_units.md``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from loaders.units.gazetteer import DatedUnit, plain_key
from tracing.patterns import regex
from tracing.times import day_span

HOME: Final = "96"
"""Code of the province whose own units the gazetteer has."""
_PERIODS: Final = (date(2025, 6, 30), date(2025, 7, 1))
_CITY_OF_NUMBERS: Final = "79"
_PARTS: Final = regex(r"[,;–\n()]|\s-\s|\s-(?=\S)|(?<=\S)-\s|/")
#: Words before the name of a unit, without accents -> the levels that they allow.
_WORDS: Final = (
    (regex(r"(?:tinh|t)\s+(?=\S)"), frozenset({"province"})),
    (regex(r"(?:thanh pho|t p|tp)\s*(?=\S)"), frozenset({"province", "district"})),
    (regex(r"(?:quan|huyen|thi xa|tx|t x)\s+(?=\S)|[qh]\s+(?=\S)|q(?=\d)"), frozenset({"district"})),
)
_BOTH: Final = frozenset({"province", "district"})
_TAIL: Final = regex(r"(?P<rest>.+?) (?P<whole>(?:tp ?|thanh pho )?(?:hcm|ho chi minh)|(?:tinh|tp) (?:\w+ ?){1,4})")
_EATING_HOUSE: Final = regex(r"qu[áÁ]n(?!\w)", re.IGNORECASE)
_LEAD: Final = regex(r"^(?:ve tu|den tu|di tu|tu|o|tai|from|in)\s+")


@dataclass(frozen=True)
class NationalUnit(DatedUnit):
    """A province, a district or a commune by its code (General Statistics Office).

    ``becomes`` is what a province went on in.
    """

    becomes: str | None = None

    @property
    def level(self) -> str:
        """Whether it is a "province", a "district" or a "commune": codes have two digits, three, or five."""
        return {2: "province", 3: "district"}.get(len(self.code), "commune")

    def area(self) -> dict[str, object]:
        """Return the unit as a row of the areas table."""
        bounds = (("valid_from", self.since, date.min), ("valid_to", self.until, date.max))
        days = {name: (None, None) if day == open_end else day_span(day) for name, day, open_end in bounds}
        return {
            **{"area": self.code, "name": self.name, "level": self.level, "parent": self.parent},
            **{f"{name}{side}": span[i] for name, span in days.items() for i, side in enumerate(("", "_to"))},
        }


COUNTRY: Final = NationalUnit("", "", "country", None, date.min, date.max, ())
"""Where a list was written as long as its province is not known: no commune is looked up in it by its name alone."""


@dataclass(frozen=True)
class Elsewhere:
    """What a text says of a home or an origin: the smallest unit that is certain, or the candidates."""

    unit: NationalUnit | None
    candidates: tuple[NationalUnit, ...] = ()

    @property
    def away(self) -> bool:
        """Whether it certainly lies outside the province of the gazetteer."""
        return self.unit is not None and HOME not in (self.unit.code, self.unit.parent)


@lru_cache(maxsize=50_000)
def find_elsewhere(text: str, on: date, *, origin: bool = False) -> Elsewhere:
    """Return the province or district that a text names on a day: its province by name, the district within it.

    A district without its province is certain where only one has its name and the text says that it is one; of an
    ``origin`` that is nothing but a name that is enough, as nobody comes from an unknown hamlet of another province.
    """
    parts = [part for raw in _PARTS.split(text[:300]) for part in _apart(_LEAD.sub("", plain_key(raw)))]
    read = [_read(part, on) for part in parts]
    provinces = {unit.code: unit for found, _ in read for unit in found if unit.level == "province"}
    numbered = any(said and key.isdigit() for found, (key, said) in read)
    if not provinces and numbered:
        provinces = {_CITY_OF_NUMBERS: find_unit(_CITY_OF_NUMBERS, on)}
    if len(provinces) > 1:
        return Elsewhere(None, tuple(provinces.values()))
    whole = next(iter(provinces.values()), None)
    districts = {
        unit.code: unit
        for found, (_, said) in read
        for unit in found
        if unit.level == "district"
        and (unit.parent == whole.code if whole is not None else said or (origin and len(parts) == 1))
    }
    named = list(districts.values())
    if whole is not None:
        inside = [unit for unit in named if bare_name(unit.name) != bare_name(whole.name)]
        return Elsewhere(inside[0] if len(inside) == 1 else whole)
    return Elsewhere(named[0]) if len(named) == 1 else Elsewhere(None, tuple(named))


def may_be_elsewhere(text: str) -> bool:
    """Tell whether a text certainly names another province, before the merger of 2025 or after it."""
    if _hints().search(plain_key(text[:300])) is None:
        return False
    return any(find_elsewhere(text, on).away for on in _PERIODS)


@cache
def _hints() -> re.Pattern[str]:
    """Return a pattern of the names of provinces and the words for districts: only a text with one is worth a look."""
    names = sorted({key for unit in _units() if unit.level == "province" for key in _keys(unit)})
    return regex(rf"\b(?:{'|'.join(map(re.escape, names))}|tinh|quan|q ?\d{{1,2}}|q|huyen|thi xa|tx|thanh pho|tp\w*)\b")


def with_parents(unit: NationalUnit, on: date) -> Iterable[NationalUnit]:
    """Yield a unit and those in which it lies, its province last."""
    yield unit
    if unit.parent is not None:
        yield from with_parents(find_unit(unit.parent, on), on)


def province_of(unit: NationalUnit) -> str:
    """Return the code of the province in which a unit lies."""
    return unit.code if unit.parent is None else [*with_parents(unit, unit.until)][-1].code


def names_elsewhere(text: str, on: date) -> bool:
    """Tell whether a text names a province or a district that is none of the gazetteer's province."""
    found = find_elsewhere(text, on)
    return found.away or (bool(found.candidates) and all(HOME not in (u.code, u.parent) for u in found.candidates))


def called_elsewhere(code: str) -> str | None:
    """Return what a unit of another province is or was called; None of a code that none has."""
    return next((unit.name for unit in find_units(code)), None)


@lru_cache(maxsize=50_000)
def is_whole_unit(text: str) -> bool:
    """Tell whether a text is nothing but the name of a province, or of a district that it calls one: ``TP.HCM``.

    "Quận 5" is one, and the eating house "Quán 5" is not; "quan 5", typed without accents, is read as the district.
    """
    if _EATING_HOUSE.match(text):
        return False
    found, (_key, said) = _read(_LEAD.sub("", plain_key(text[:80])), _PERIODS[0])
    levels = {unit.level for unit in found}
    return "province" in levels or (said and "district" in levels)


def _apart(part: str) -> list[str]:
    """Part a city or a province said with its word from what stands before it without a comma: ``q8 tphcm``."""
    match = _TAIL.fullmatch(part)
    return [text for text in ([part] if match is None else [match["rest"], match["whole"]]) if text]


def find_unit(code: str, on: date) -> NationalUnit:
    """Return the province or district of a code on a day; ``StopIteration`` where there is none."""
    return next(unit for unit in find_units(code) if unit.there(on))


def find_units(code: str) -> list[NationalUnit]:
    """Return the provinces or districts that had a code, one after the other."""
    return _by_code().get(code, [])


@lru_cache(maxsize=10_000)
def districts_of(province: str, on: date) -> tuple[NationalUnit, ...]:
    """Return the districts of a province on a day."""
    return tuple(unit for unit in _units() if unit.parent == province and unit.there(on))


def _read(part: str, on: date) -> tuple[list[NationalUnit], tuple[str, bool]]:
    """Return the units that one part of an address may be, its bare key, and whether it says that it is a district."""
    allowed, bare = _BOTH, part
    for word, levels in _WORDS:
        match = word.match(part)
        if match is not None:
            allowed, bare = levels, part[match.end() :].strip()
            break
    key = bare.lstrip("0") if bare.isdigit() else bare
    found = [unit for whole in (part, key) for unit in _by_key().get(whole, []) if unit.level in allowed]
    there = {unit.code: unit for unit in found if unit.there(on)}
    for unit in found:  # a province of before the merger, said later on, lies in what it became
        if unit.becomes is not None and not unit.there(on) and not there:
            there[unit.becomes] = find_unit(unit.becomes, on)
    return list(there.values()), (key, allowed == frozenset({"district"}))


def bare_name(name: str) -> str:
    """Return the name of a province or district as a key, without its unit word."""
    return re.sub(r"^(?:tinh|thanh pho|quan|huyen|thi xa)\s+", "", plain_key(name))


def _keys(unit: NationalUnit) -> set[str]:
    return {bare_name(unit.name), *map(plain_key, unit.others)}


@cache
def _by_code() -> dict[str, list[NationalUnit]]:
    found: dict[str, list[NationalUnit]] = {}
    for unit in _units():
        found.setdefault(unit.code, []).append(unit)
    return found


@cache
def _by_key() -> dict[str, list[NationalUnit]]:
    found: dict[str, list[NationalUnit]] = {}
    for unit in _units():
        for key in _keys(unit):
            found.setdefault(key, []).append(unit)
    return found


@cache
def _units() -> tuple[NationalUnit, ...]:
    source = (files("loaders") / "data" / "vn_units.csv").read_text(encoding="utf-8")
    return tuple(
        NationalUnit.of_row(row, becomes=row["becomes"] or None) for row in csv.DictReader(source.splitlines())
    )
