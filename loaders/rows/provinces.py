"""In which province a load was written whose lists name districts and communes, but no province: the one that has all.

``UBND huyện Châu Thành`` alone may be one of ten; with ``xã An Phú Thuận`` beside it there is one. Cà Mau is taken as
long as it has what is named, or most of it; where several other provinces may be meant it is asked for, once a load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from loaders.questions import NOBODY, OTHER, Choice, question_id
from loaders.rows.tables import ROW, SHEET
from loaders.units.area_names import AreaNames
from loaders.units.communes import communes_named
from loaders.units.gazetteer import Gazetteer, Unresolved, plain_key, read_name
from loaders.units.national import (
    COUNTRY,
    HOME,
    NationalUnit,
    called_elsewhere,
    find_elsewhere,
    find_units,
    province_of,
)
from tracing.patterns import regex
from tracing.text import catalogue

if TYPE_CHECKING:
    from loaders.columns.columns import Columns
    from loaders.rows.staging import Staging

_, _n = catalogue("loaders")

_PARTS: Final = regex(r"[,;:–()\n]|\s-\s")
#: A unit that a letterhead or a title names; not where somebody comes from or went.
_UNIT: Final = regex(
    r"(?<!\btu )(?<!\bve )(?<!\bdi )(?<!\bden )\b(?P<word>tinh|thanh pho|tp|huyen|quan|thi xa|so y te|cdc)\s+"
    r"(?!tinh\b|thanh pho\b|tp\b|huyen\b|quan\b|thi xa\b)(?P<name>\w+(?: \w+){0,3})"
)
_JOURNEY: Final = frozenset({"plate", "departed", "arrived", "from_place", "to_place"})
_COUNTRYWIDE: Final = frozenset({"so y te", "cdc"})
_SHOWN: Final = 5
#: A day on which the provinces had their earlier names; those of later days are the same or among them.
_BEFORE: Final = date(2021, 1, 1)


@dataclass(frozen=True)
class NamedUnit:
    """A district of a letterhead, or a commune, that a load names: the units elsewhere that may be meant."""

    key: tuple[str, str]
    units: tuple[NationalUnit, ...]
    at_home: bool

    @property
    def provinces(self) -> frozenset[str]:
        """The codes of the provinces in which it may lie."""
        away = {province_of(unit) for unit in self.units}
        return frozenset(away | {HOME} if self.at_home else away - {HOME})


def units_told(columns: Columns, on: date) -> list[tuple[NationalUnit, ...]]:
    """Return the provinces and districts that the titles of a sheet name: the one, or all that may be meant.

    Those of a journey tell where it went.
    """
    if _JOURNEY & {fact.name for fact in columns.sheet.facts}:
        return []
    lines = [" ".join(line.texts) for line in columns.sheet.titles]
    found = {tuple(unit.code for unit in units): units for line in lines for units in _units_in(line, on)}
    return list(found.values())


def _units_in(line: str, on: date) -> Iterable[tuple[NationalUnit, ...]]:
    for part in _PARTS.split(line):
        for match in _UNIT.finditer(plain_key(part)):
            words = match["name"].split()
            for size in range(len(words), 0, -1):
                name = " ".join(words[:size])
                word = "tinh" if match["word"] in _COUNTRYWIDE else match["word"]
                found = find_elsewhere(f"{word} {name}", on)
                units = found.candidates if found.unit is None else (found.unit,)
                if units:
                    yield units
                    break


def communes_of(columns: Columns) -> list[str]:
    """Return the communes that the lines about a sheet and its name tell."""
    return [fact.value for fact in columns.sheet.facts if fact.name == "commune"]


def pool(
    sheets: Sequence[Columns], days: Mapping[int, date], last: date, rows: pd.DataFrame, names: AreaNames
) -> list[NamedUnit]:
    """Return all districts and communes that a load names, each once; none where all may be of the gazetteer.

    A home that tells its own province or district beyond doubt says nothing of where its list was written.
    """
    districts: dict[tuple[str, str], NamedUnit] = {}
    said: dict[tuple[str, str], _Said] = {}
    for sheet, columns in enumerate(sheets):
        on = days.get(sheet, last)
        for units in units_told(columns, on):
            if all(unit.level == "district" for unit in units):
                key = ("district", " ".join(sorted(unit.code for unit in units)))
                districts[key] = NamedUnit(key, units, any(unit.parent == HOME for unit in units))
        for text in communes_of(columns):
            said.setdefault(_key(text), _Said(text, None, on))
    own = rows[rows["commune"].notna() & rows["guessed"].isna() & rows["away"].isna()]
    for text, district, sheet in own[["commune", "district", SHEET]].drop_duplicates().itertuples(index=False):
        told = None if pd.isna(district) else str(district)
        said.setdefault(_key(str(text)), _Said(str(text), told, days.get(int(sheet), last)))
    communes = {key: one for key, one in said.items() if not names.lists(one.text) and not one.told_elsewhere}
    if all(one.at_home for one in districts.values()) and all(one.at_home for one in communes.values()):
        return []
    away = [NamedUnit(key, one.units, one.at_home) for key, one in communes.items()]
    return [*districts.values(), *(one for one in away if one.provinces)]


def _key(commune: str) -> tuple[str, str]:
    name = read_name(commune)
    return "commune", "".join((*name.units, name.key))


@dataclass(frozen=True)
class _Said:
    """A commune as a list names it, with the district beside it."""

    text: str
    district: str | None
    on: date

    @property
    def at_home(self) -> bool:
        """Whether it may be one of the gazetteer, on whatever day and of whatever kind."""
        home = Gazetteer.load()
        if self.district is not None and self._within and not home.names_district(self.district, on=self.on):
            return False
        found = home.resolve(self.text, on=self.on, level="commune")
        return not (isinstance(found, Unresolved) and found.reason in ("unknown", "spelling"))

    @property
    def units(self) -> tuple[NationalUnit, ...]:
        """The communes elsewhere that may be meant."""
        within = {unit.code for unit in self._within}
        named = communes_named(self.text, self.on)
        return tuple(unit for unit in named if not within or {unit.parent, province_of(unit)} & within)

    @property
    def told_elsewhere(self) -> bool:
        """Whether the district beside it tells beyond doubt that it lies elsewhere."""
        return self.district is not None and find_elsewhere(self.district, self.on, origin=True).away

    @property
    def _within(self) -> tuple[NationalUnit, ...]:
        if self.district is None:
            return ()
        found = find_elsewhere(self.district, self.on, origin=True)
        return found.candidates if found.unit is None else (found.unit,)


def fitted(named: Sequence[NamedUnit], recorded: int) -> tuple[str | None, list[str]]:
    """Return the province in which everything named lies, None where it has to be asked, and those that may be meant.

    The gazetteer's own, where it has all of it; or most, with ``recorded`` communes on record, where no other has all
    and no letterhead names another.
    """
    scores = Counter(province for one in named for province in one.provinces)
    likely = sorted((code for code in scores if code != HOME), key=lambda code: (-scores[code], code))
    whole = [] if recorded else [code for code in likely if scores[code] == len(named)]
    strange = [one for one in named if not one.at_home]
    letterhead = any(one.key[0] == "district" for one in strange)
    if not strange or (not letterhead and not whole and len(strange) <= scores[HOME] + recorded):
        return HOME, []
    if len(whole) == 1 and len(named) > 1 and (letterhead or len(strange) * 2 >= len(named)):
        return whole[0], whole
    return None, (whole or likely)[:_SHOWN]


def asked_province(
    finish: Staging, sheets: Iterable[int], rows: pd.DataFrame, named: Sequence[NamedUnit], likely: Sequence[str]
) -> str | None:
    """Return the code of the province that is answered for a load, an empty one of several; None while it is open."""
    ident = question_id("province", *sorted(" ".join(one.key) for one in named if not one.at_home))
    answer, asked = None, finish.sheets[min(sheets)].asked
    for sheet in sorted(sheets):
        columns = finish.sheets[sheet]
        answer = columns.asked.ask(
            columns.sheet,
            "value",
            _(
                "The lists name districts or communes that Cà Mau has not, and no province: in which one were they"
                " written?"
            ),
            ids=[ident],
            rows=np.unique(rows.loc[rows[SHEET] == sheet, ROW].to_numpy(dtype=np.int64)),
            choices=[
                *(Choice(code, called_elsewhere(code) or code) for code in [*likely, HOME]),
                Choice(OTHER, _("type the name of the province")),
                Choice(NOBODY, _("several: write the province into the lists and load again")),
            ],
        )
    if answer is None or answer == NOBODY:
        return None if answer is None else COUNTRY.code
    texts = (answer, f"tỉnh {answer}", f"thành phố {answer}")
    found = [*find_units(answer), *(unit for text in texts if (unit := find_elsewhere(text, _BEFORE).unit) is not None)]
    if not found:
        asked.reopen(ident)
    return province_of(found[0]) if found else None


def inside(province: str, columns: Columns, on: date, others: Iterable[NationalUnit]) -> NationalUnit:
    """Return the district of a province in which a sheet was written, else that of the load's other lists, else it.

    Its titles name the district, or communes that all lie in one.
    """
    told = {unit.code: unit for units in units_told(columns, on) for unit in units if unit.parent == province}
    if not told:
        around = [
            {unit.parent for unit in communes_named(text, on) if province_of(unit) == province}
            for text in communes_of(columns)
        ]
        codes = set[str | None].intersection(*around) if around else set()
        told = {unit.code: unit for code in codes if code for unit in find_units(code) if unit.level == "district"}
    told = told or {unit.code: unit for unit in others if unit.parent == province}
    whole = next((unit for unit in find_units(province) if unit.there(on)), COUNTRY)
    return next(iter(told.values())) if len(told) == 1 else whole
