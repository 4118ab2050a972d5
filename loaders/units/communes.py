"""The communes of the rest of the country: a name is looked up inside a district or province that is known.

A name alone is none: most stand in several provinces. Codes were given anew on 1/7/2025, so a code needs its day, too.
Table and sources: ``loaders/data/vn_units.md``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final

from loaders.units.gazetteer import UnitName, read_name
from loaders.units.national import NationalUnit, bare_name, districts_of, find_elsewhere, find_unit, province_of
from tracing.patterns import regex

_SHORT: Final = regex(r"^(?:tp|tx|h|q) ")


def communes_called(text: str, within: NationalUnit, on: date) -> list[NationalUnit]:
    """Return the communes of a district or province that a text may name on a day, with the unit that it says, if any.

    ``Nà Hỳ``, ``xã Nà Hỳ`` and ``xa na hy`` are one; of several that differ by accents alone those written so.
    """
    around = {within.code, *(one.code for one in districts_of(within.code, on))}
    return _as_written(text, [(unit, name) for unit, name in _alike(text, on) if unit.parent in around])


def communes_named(text: str, on: date) -> list[NationalUnit]:
    """Return the communes of the country, but for the gazetteer's, that a text may name on a day."""
    return _as_written(text, _alike(text, on))


def _alike(text: str, on: date) -> list[tuple[NationalUnit, UnitName]]:
    """Return the units that a text may name on a day, and by which name; a unit's own goes before what its neighbour
    was called later: ``Phường 2`` became a part of ``Phường 1``.
    """
    asked = read_name(text)
    found = [
        (unit, name)
        for unit, name in _by_key().get(asked.key, ())
        if unit.there(on) and (not asked.units or name.units == asked.units)
    ]
    own = {unit.parent for unit, name in found if name == read_name(unit.name)}
    return [(unit, name) for unit, name in found if unit.parent not in own or name == read_name(unit.name)]


def _as_written(text: str, named: list[tuple[NationalUnit, UnitName]]) -> list[NationalUnit]:
    asked = read_name(text)
    written = [unit for unit, name in named if name.accented == asked.accented]
    return list({unit.code: unit for unit in written or [unit for unit, _ in named]}.values())


def versions_of(code: str) -> list[NationalUnit]:
    """Return what had a code of a commune outside the province of the gazetteer, one after the other."""
    return [_unit(row) for row in _rows().get(code, ())]


def find_commune(code: str, on: date) -> NationalUnit | None:
    """Return the commune of a code on a day, None where there was none outside the province of the gazetteer."""
    return next((unit for unit in versions_of(code) if unit.there(on)), None)


def find_far(code: str, on: date) -> NationalUnit:
    """Return the commune, district or province elsewhere that has a code; ``StopIteration`` where there is none."""
    return find_commune(code, on) or find_unit(code, on)


def district_told(text: str, around: NationalUnit | None, on: date) -> NationalUnit | None:
    """Return the district or province elsewhere that a text names, within the province of ``around`` first."""
    if around is not None:
        key = _SHORT.sub("", bare_name(text))
        own = [unit for unit in districts_of(province_of(around), on) if bare_name(unit.name) == key]
        if len(own) == 1:
            return own[0]
    found = find_elsewhere(text, on, origin=True)
    return found.unit if found.away else None


@cache
def _rows() -> dict[str, list[tuple[list[str], list[str]]]]:
    """Return the heads and the cells of the rows of each code: few of fourteen thousand become units."""
    source = (files("loaders") / "data" / "vn_communes.csv").read_text(encoding="utf-8")
    heads, *rows = csv.reader(source.splitlines())
    at = heads.index("code")
    found: dict[str, list[tuple[list[str], list[str]]]] = defaultdict(list)
    for row in rows:
        found[row[at]].append((heads, row))
    return dict(found)


def _unit(row: tuple[list[str], list[str]]) -> NationalUnit:
    return NationalUnit.of_row({**dict(zip(*row, strict=True)), "unit": ""})


@cache
def _by_key() -> dict[str, list[tuple[NationalUnit, UnitName]]]:
    found: dict[str, list[tuple[NationalUnit, UnitName]]] = defaultdict(list)
    for unit in map(_unit, chain.from_iterable(_rows().values())):
        for text in (unit.name, *unit.others):
            name = read_name(text)
            found[name.key].append((unit, name))
    return found
