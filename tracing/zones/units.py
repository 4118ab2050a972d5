"""The units of a zone: the smallest named areas people live in, how many live there, and who meets across them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.model.areas import areas_at, first_above, walk_up
from tracing.model.numbered import NumberedRecords
from tracing.model.schema import AREA_LEVELS
from tracing.times import DAY, NEVER
from tracing.zones.parameters import ZoneParameters

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NOT_PLACED: Final = -1
_RANK: Final = {level: rank for rank, level in enumerate(AREA_LEVELS)}
_COMMUNE: Final = _RANK["commune"]
_HUB_UNITS: Final = 500
_EARTH_KM: Final = 111.2
_NEAREST: Final = 6


@dataclass(frozen=True)
class Units:
    """The units and who lives in them.

    Attributes
    ----------
    table
        One row per unit, sorted by id: ``unit`` (area code, or ``household:`` and its id), ``name``, ``level``,
        ``parent``, ``people`` (population; NA where none is on record: people on a list are not those who live there),
        ``households`` (NA where not known), ``on_record`` (people on record), ``lat``, ``lon``.
    of_person
        Row of each person of the graph, ``NOT_PLACED`` where no unit is known, shape (people,).
    of_area
        Row by area code, for places.
    too_coarse
        Whether a person's area is known, but only one that holds smaller units, shape (people,).
    """

    table: pd.DataFrame
    of_person: Ints
    of_area: Mapping[str, int]
    too_coarse: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.table)


@dataclass(frozen=True)
class Links:
    """Contacts a day between units ``a`` < ``b``, aggregated and sorted; ``hubs``: places too large to be counted."""

    a: Ints
    b: Ints
    rate: Floats
    assumed: bool
    hubs: int


def find_units(graph: NumberedRecords, *, as_of: int, parameters: ZoneParameters) -> Units:
    """Return the units: areas people live in, lifted to ``parameters.smallest`` where they are smaller.

    A commune is a unit only where nobody in it is placed in a smaller one; a district or province never is. Inside a
    hamlet of which only some people's group is known, the level at which more people are placed counts.
    """
    records = graph.records
    areas = areas_at(records, as_of - 1).frame.set_index("area")
    persons = records.persons[["person", "area", "household"]]
    parent = _texts(areas["parent"])
    rank = {area: _RANK[level] for area, level in _texts(areas["level"]).items()}
    lowest = _RANK[parameters.smallest]
    named = {*persons["area"].dropna().unique().tolist(), *areas.index.tolist()}
    small = first_above(named, parent, lambda area: rank.get(area, lowest) <= lowest)
    lifted = {area: small[area] or area for area in named}
    unit = persons["area"].map(lifted).astype("string")
    if parameters.smallest == "household":
        unit, parent = _use_households(persons, unit, parent, rank)
    keep = _choose(unit, parent, rank)
    chosen = unit.map(keep).astype("string")
    inhabited = set(chosen.dropna().unique().tolist())
    names = sorted(inhabited | _empty_units(areas, inhabited, parent, rank, lowest))
    row = {name: i for i, name in enumerate(names)}
    of_person = np.full(len(graph.columns.people), NOT_PLACED, dtype=np.int64)
    at = graph.positions(persons["person"])
    of_person[at] = chosen.map(row).fillna(NOT_PLACED).to_numpy(dtype=np.int64)
    too_coarse = np.zeros(len(of_person), dtype=bool)
    too_coarse[at] = (chosen.isna() & persons["area"].notna()).to_numpy(dtype=bool)
    known = first_above(lifted, parent, row.__contains__)
    of_area = {area: row[unit] for area in lifted if (unit := known[area]) is not None}
    table = _describe(names, areas, parent, persons.assign(row=of_person[at]))
    return Units(table, of_person, of_area, too_coarse)


def _texts(column: pd.Series) -> dict[str, str]:
    known = column.dropna()
    return dict(zip(known.index.tolist(), known.tolist(), strict=True))


def _use_households(
    persons: pd.DataFrame, unit: pd.Series, parent: dict[str, str], rank: dict[str, int]
) -> tuple[pd.Series, dict[str, str]]:
    """Put people whose household is known, in an area above the household, into a unit of that household."""
    named = persons["household"].notna() & unit.notna() & (unit.map(rank).fillna(_COMMUNE) != _RANK["household"])
    household = ("household:" + persons["household"]).where(named)
    parent = parent | dict(sorted(zip(household[named], unit[named], strict=True), reverse=True))
    rank |= dict.fromkeys(household[named], _RANK["household"])
    return household.fillna(unit), parent


def _choose(unit: pd.Series, parent: Mapping[str, str], rank: Mapping[str, int]) -> dict[str, str | None]:
    """Return for each area people are placed in the unit it belongs to, None where it is too coarse to be one."""
    own = {str(area): int(count) for area, count in unit.value_counts().items()}
    below: dict[str, int] = {}
    for area, count in own.items():
        for above in walk_up(area, parent)[1:]:
            below[above] = below.get(above, 0) + count
    chosen: dict[str, str | None] = {}
    for area in own:
        level = rank.get(area, _COMMUNE)
        if level < _COMMUNE:
            chosen[area] = None
            continue
        line = [area, *(a for a in walk_up(area, parent)[1:] if rank.get(a, 0) > _COMMUNE)]
        wide = [a for a in line if own.get(a, 0) > below.get(a, 0) and rank.get(a, 0) > _COMMUNE]
        if wide:
            chosen[area] = wide[-1]
        else:
            chosen[area] = None if below.get(area, 0) else area
    return chosen


def _empty_units(
    areas: pd.DataFrame, units: set[str], parent: Mapping[str, str], rank: Mapping[str, int], lowest: int
) -> set[str]:
    """Return areas of the size of a unit in which nobody on record lives, and which overlap no unit."""
    shown = [a for a in areas.index.tolist() if _COMMUNE <= rank.get(a, -1) <= min(lowest, _RANK["group"])]
    divided = {above for a in {*shown, *units} for above in walk_up(a, parent)[1:]}
    around = first_above((above for a in shown if (above := parent.get(a)) is not None), parent, units.__contains__)
    return {a for a in shown if a not in divided and around.get(parent.get(a, "")) is None} - units


def _describe(names: list[str], areas: pd.DataFrame, parent: Mapping[str, str], persons: pd.DataFrame) -> pd.DataFrame:
    placed = persons[persons["row"] != NOT_PLACED]
    on_record = np.bincount(placed["row"], minlength=len(names))
    houses = placed.dropna(subset="household").groupby("row")["household"].nunique().reindex(range(len(names)))
    known = areas.reindex(names)
    named = known["name"].fillna(pd.Series([n.removeprefix("household:") for n in names], index=names, dtype="string"))
    is_house = np.array([n.startswith("household:") for n in names], dtype=bool)
    level = known["level"].mask(is_house, "household")
    told = houses.astype("Int64").mask(known["population"].isna().to_numpy())  # those of a list are not all
    households = known["households"].reset_index(drop=True).fillna(told).mask(is_house, 1)
    return pd.DataFrame(
        {
            "unit": pd.array(names, dtype="string"),
            "name": named.array,
            "level": level.array,
            "parent": pd.array([parent.get(n) for n in names], dtype="string"),
            "people": known["population"].astype("Int64").array,
            "households": households.array,
            "on_record": on_record,
            "lat": known["lat"].array,
            "lon": known["lon"].array,
        }
    )


def find_links(graph: NumberedRecords, units: Units, *, as_of: int, parameters: ZoneParameters) -> Links:
    """Return the expected contacts a day between units: recorded contacts and shared visits of the last days.

    A contact over several days counts once a day. Visitors of one place on one day meet each other at random,
    ``meetings_per_visit`` each. Where nothing at all is on record across units, the nearest units are assumed to meet.
    """
    first = as_of - parameters.days.seconds
    days = parameters.days.value
    spans = graph.columns.spans
    one, two = units.of_person[graph.columns.a], units.of_person[graph.columns.b]
    recent = (one != two) & (one >= 0) & (two >= 0) & (spans.hi > first) & (spans.lo < as_of)
    within = np.minimum(spans.hi, as_of)[recent] - np.maximum(spans.lo, first)[recent]
    rate = np.clip(np.ceil(within / DAY), 1, days) / days
    rate = np.where(spans.lo[recent] <= NEVER, 1 / days, rate)
    a, b, met, hubs = _shared_visits(graph, units, first, as_of, parameters)
    one, two, rate = np.concatenate([one[recent], a]), np.concatenate([two[recent], b]), np.concatenate([rate, met])
    if not len(rate):
        return _nearest(units, parameters, hubs)
    return Links(*_add_up(one, two, rate, len(units)), assumed=False, hubs=hubs)


def _add_up(one: Ints, two: Ints, rate: Floats, units: int) -> tuple[Ints, Ints, Floats]:
    pair = np.minimum(one, two) * np.int64(units) + np.maximum(one, two)
    order = np.lexsort((rate, pair))
    pairs, where = np.unique(pair[order], return_inverse=True)
    total = np.bincount(where, weights=rate[order], minlength=len(pairs)).astype(np.float64)
    return pairs // units, pairs % units, total


def _shared_visits(
    graph: NumberedRecords, units: Units, first: int, as_of: int, parameters: ZoneParameters
) -> tuple[Ints, Ints, Floats, int]:
    """Return the contacts a day between units from visits to one place on one day, and how many places were too big."""
    from scipy.sparse import coo_matrix

    visits = graph.records.visits
    start = visits["start"].to_numpy(dtype=np.int64)
    unit = units.of_person[graph.positions(visits["person"])]
    use = (start >= first) & (start < as_of) & (unit >= 0)
    none = np.empty(0, dtype=np.int64)
    if not use.any():
        return none, none, np.empty(0), 0
    bucket = (
        pd.Series(visits["place"].to_numpy(dtype=object)[use]) + "|" + (start[use] // DAY).astype(str).astype(object)
    )
    code, _ = pd.factorize(bucket, sort=True)
    count: Any = coo_matrix((np.ones(len(code)), (code, unit[use])), shape=(int(code.max()) + 1, len(units))).tocsr()
    count.sum_duplicates()
    visitors = np.asarray(count.sum(axis=1)).ravel()
    small = np.diff(count.indptr) <= _HUB_UNITS
    count, visitors = count[small], visitors[small]
    weighted = count.multiply((parameters.meetings_per_visit.value / np.maximum(visitors - 1, 1))[:, None]).tocsr()
    together = (count.T @ weighted).tocoo()
    upper = together.row < together.col
    a, b = together.row[upper].astype(np.int64), together.col[upper].astype(np.int64)
    return a, b, together.data[upper] / parameters.days.value, int((~small).sum())


def _nearest(units: Units, parameters: ZoneParameters, hubs: int) -> Links:
    """Assume contacts with the nearest units, falling with distance; none where no coordinates are known."""
    from scipy.spatial import cKDTree

    rows, points = coordinates(units.table)
    none = np.empty(0, dtype=np.int64)
    if len(rows) < 2:
        return Links(none, none, np.empty(0), assumed=False, hubs=hubs)
    near = min(_NEAREST + 1, len(rows))
    reach = 5 * parameters.prior_km.value
    found: Any = cKDTree(points).query(points, k=near, distance_upper_bound=reach)
    distance, other = (np.asarray(part).ravel() for part in found)
    one = np.repeat(np.arange(len(rows)), near)
    real = np.isfinite(distance) & (other != one)
    one, other, distance = one[real], other[real], distance[real]
    low, high = np.minimum(one, other), np.maximum(one, other)
    _, once = np.unique(low * len(rows) + high, return_index=True)
    a, b = rows[low[once]], rows[high[once]]
    people = units.table["people"].fillna(units.table["on_record"]).to_numpy(dtype=np.float64)
    rate = parameters.prior_contacts.value * np.minimum(people[a], people[b])
    rate = rate * np.exp(-distance[once] / parameters.prior_km.value)
    kept = rate > 0
    return Links(*_add_up(a[kept], b[kept], rate[kept], len(units)), assumed=bool(kept.any()), hubs=hubs)


def coordinates(table: pd.DataFrame) -> tuple[Ints, Floats]:
    """Return rows of the units with coordinates, and their places on a plane in km, shape (n, 2)."""
    lat = table["lat"].to_numpy(dtype=np.float64, na_value=np.nan)
    lon = table["lon"].to_numpy(dtype=np.float64, na_value=np.nan)
    rows = np.flatnonzero(~np.isnan(lat) & ~np.isnan(lon)).astype(np.int64)
    if not len(rows):
        return rows, np.empty((0, 2))
    shrink = np.cos(np.radians(lat[rows].mean()))
    return rows, np.column_stack([lat[rows] * _EARTH_KM, lon[rows] * _EARTH_KM * shrink])
