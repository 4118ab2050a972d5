"""In which district or province the lists of a load were written: there a commune's name alone means one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

from loaders.units.communes import find_commune
from loaders.units.gazetteer import Gazetteer, plain_key
from loaders.units.national import HOME, NationalUnit, find_elsewhere, find_unit, find_units, province_of

if TYPE_CHECKING:
    from loaders.columns.columns import Columns
    from loaders.rows.staging import Staging

_PARTS: Final = re.compile(r"[,;:–()\n]|\s-\s")
#: A unit that a letterhead or a title names; not where somebody comes from or went.
_UNIT: Final = re.compile(
    r"(?<!\btu )(?<!\bve )(?<!\bdi )(?<!\bden )\b(?P<word>tinh|thanh pho|tp|huyen|quan|thi xa|so y te|cdc)\s+"
    r"(?!tinh\b|thanh pho\b|tp\b|huyen\b|quan\b|thi xa\b)(?P<name>\w+(?: \w+){0,3})"
)
_JOURNEY: Final = frozenset({"plate", "departed", "arrived", "from_place", "to_place"})
_COUNTRYWIDE: Final = frozenset({"so y te", "cdc"})


def written_in(finish: Staging, days: dict[int, date], last: date) -> dict[int, NationalUnit]:
    """Return for sheets of a load (by number, with their day) the district or province they were written in.

    Titles tell it; a sheet whose titles do not was written in the province of most of the load's lists and of the
    communes on record. Nothing is returned for a load of the gazetteer's own province, or of no one province.
    """
    told = {sheet: _told(finish.sheets[sheet], on) for sheet, on in days.items()}
    votes: Counter[str] = Counter(province_of(unit) for units in told.values() for unit in units)
    votes.update(_recorded(finish, last))
    province, most = next(iter(votes.most_common(1)), (HOME, 0))
    if province == HOME or most * 2 <= votes.total():
        return {}
    out: dict[int, NationalUnit] = {}
    for sheet, on in days.items():
        inside = [unit for unit in told[sheet] if unit.level == "district" and unit.parent == province]
        whole = next((unit for unit in find_units(province) if unit.there(on)), None)
        unit = inside[0] if len(inside) == 1 else whole
        if unit is not None:
            out[sheet] = unit
    return out


def _told(columns: Columns, on: date) -> list[NationalUnit]:
    """Return the units that the titles of a sheet name, each once; those of a journey tell where it went."""
    if _JOURNEY & {fact.name for fact in columns.sheet.facts}:
        return []
    lines = [" ".join(line.texts) for line in columns.sheet.titles]
    found = {unit.code: unit for line in lines for unit in _named(line, on)}
    communes = [fact.value for fact in columns.sheet.facts if fact.name == "commune"]
    units = Gazetteer.load()
    if not found and any(getattr(units.resolve(one, on=on, level="commune"), "area", None) for one in communes):
        found[HOME] = find_unit(HOME, on)
    return list(found.values())


def _named(line: str, on: date) -> Iterable[NationalUnit]:
    for part in _PARTS.split(line):
        for match in _UNIT.finditer(plain_key(part)):
            words = match["name"].split()
            for size in range(len(words), 0, -1):
                name = " ".join(words[:size])
                word = "tinh" if match["word"] in _COUNTRYWIDE else match["word"]
                unit = find_elsewhere(f"{word} {name}", on).unit
                if unit is not None:
                    yield unit
                    break


def _recorded(finish: Staging, on: date) -> Counter[str]:
    """Return how many communes of each province, as of a day, are on record or in the load's own list of areas."""
    listed = set(finish.frames["areas"]["area"]) if "areas" in finish.frames else set()
    codes = {str(area).partition("-")[0] for area in finish.on_record("areas") | listed}
    units = Gazetteer.load()
    far = codes - set(units.units(on=on).index)  # no code is of two communes on one day, and most loads name none far
    votes = Counter(province_of(unit) for code in far if (unit := find_commune(code, on)) is not None)
    votes[HOME] += len(codes & set(units.table["code"]))
    return votes
