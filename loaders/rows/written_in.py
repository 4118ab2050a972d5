"""In which district or province the lists of a load were written: there a commune's name alone means one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from loaders.files.grid import distinct_texts, some_of
from loaders.rows.provinces import NamedUnit, asked_province, communes_of, fitted, inside, pool, units_told
from loaders.units.area_names import AreaNames
from loaders.units.communes import communes_named, find_commune
from loaders.units.gazetteer import Gazetteer
from loaders.units.national import COUNTRY, HOME, NationalUnit, bare_name, called_elsewhere, find_units, province_of
from tracing.spelling import fold

if TYPE_CHECKING:
    from loaders.columns.columns import Columns
    from loaders.rows.staging import Staging


@dataclass(frozen=True)
class Written:
    """The district or province in which each sheet (by number) was written, none of the gazetteer's own province.

    ``assumed`` says that no list tells that it is the gazetteer's, ``waits`` that the province is asked for.
    """

    around: dict[int, NationalUnit] = field(default_factory=dict)
    assumed: bool = False
    waits: bool = False


def written_in(finish: Staging, days: dict[int, date], last: date, rows: pd.DataFrame, names: AreaNames) -> Written:
    """Return in which district or province the sheets of a load (by number, with their day) were written.

    Titles tell it; a sheet whose titles do not was written in the province of most of the load's lists and of the
    communes on record. Where none tells a province, it is the one that has all that ``rows`` and titles name, or it is
    asked for and :data:`COUNTRY` until then.
    """
    told = {sheet: _certain(columns, days.get(sheet, last)) for sheet, columns in enumerate(finish.sheets)}
    votes = _votes(told, days) or _votes(told, told)
    recorded = _recorded(finish, last)
    if not votes and set(recorded) <= {HOME}:
        named = pool(finish.sheets, days, last, rows, names)
        province, likely = fitted(named, recorded[HOME])
        if province is None:
            province = asked_province(finish, list(days), rows, named, likely)
        if province != HOME:
            return Written(_fitted_in(finish, days, province, named), waits=province is None)
        return Written(assumed=not recorded[HOME] and not _names_home(finish, rows, last))
    votes.update(recorded)
    leading = next(iter(votes.most_common(1)), (HOME, 0))[0]
    votes[HOME] += sum(not told[sheet] and _at_home(finish.sheets[sheet], on, leading) for sheet, on in days.items())
    province, most = votes.most_common(1)[0]
    if province == HOME or most * 2 <= votes.total():
        return Written()
    out: dict[int, NationalUnit] = {}
    for sheet, on in days.items():
        inner = [unit for unit in told[sheet] if unit.level == "district" and unit.parent == province]
        whole = next((unit for unit in find_units(province) if unit.there(on)), None)
        unit = inner[0] if len(inner) == 1 else whole
        if unit is not None:
            out[sheet] = unit
    return Written(out)


def _votes(told: Mapping[int, Iterable[NationalUnit]], sheets: Iterable[int]) -> Counter[str]:
    return Counter(province_of(unit) for sheet in sheets for unit in told[sheet])


def _certain(columns: Columns, on: date) -> list[NationalUnit]:
    """Return the provinces and districts that the titles of a sheet name beyond doubt, each once."""
    return [units[0] for units in units_told(columns, on) if len(units) == 1]


def _fitted_in(
    finish: Staging, days: dict[int, date], province: str | None, named: list[NamedUnit]
) -> dict[int, NationalUnit]:
    if not province:
        return dict.fromkeys(days, COUNTRY)
    others = [unit for one in named if one.key[0] == "district" for unit in one.units]
    return {sheet: inside(province, finish.sheets[sheet], on, others) for sheet, on in days.items()}


def _at_home(columns: Columns, on: date, leading: str) -> bool:
    """Tell whether the titles of a sheet name a commune of the gazetteer, and none of the ``leading`` province."""
    units = Gazetteer.load()
    texts = communes_of(columns)
    if not any(getattr(units.resolve(text, on=on, level="commune"), "area", None) for text in texts):
        return False
    return leading == HOME or not any(province_of(one) == leading for text in texts for one in communes_named(text, on))


def _names_home(finish: Staging, rows: pd.DataFrame, on: date) -> bool:
    """Tell whether a home of the load is told with the gazetteer's province, or a district of it."""
    if any(Gazetteer.load().names_district(str(text), on=on) for text in rows["district"].dropna().unique()):
        return True
    home = re.compile(rf"\b{bare_name(called_elsewhere(HOME) or HOME)}\b")
    told = (sheet.text(name) for sheet in finish.sheets for name in ("address", "commune") if sheet.has(name))
    return any(home.search(fold(text)) for texts in told for text in some_of(distinct_texts(texts)[1]))


def _recorded(finish: Staging, on: date) -> Counter[str]:
    """Return how many communes of each province, as of a day, are on record or in the load's own list of areas."""
    codes = {str(area).partition("-")[0] for area in finish.areas_there()}
    units = Gazetteer.load()
    far = codes - set(units.units(on=on).index)  # no code is of two communes on one day, and most loads name none far
    votes = Counter(province_of(unit) for code in far if (unit := find_commune(code, on)) is not None)
    votes[HOME] += len(codes & set(units.table["code"]))
    return votes
