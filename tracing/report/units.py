"""The units as a map: polygons where there are any, dots at their coordinates, or boxes by commune."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from tracing.model.geometry import Geometry, Ring
from tracing.model.schema import BELOW_COMMUNE
from tracing.model.words import nameless
from tracing.report.facts import PageFacts
from tracing.text import Text, catalogue

_, _n = catalogue("tracing")

_WIDTH: Final = 1000.0
_BOXES: Final = 200
_LARGE: Final = 48
_TOO_MANY: Final = 2000
_CROWD: Final = 14.0
_LABELS: Final = 200
_Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One unit as it is drawn: its row, what it is called, its state at the proposed step ("core", "buffer" or "").

    ``path`` is the outline, or ``at`` the middle of a dot; a box has neither.
    """

    row: int
    name: str
    hint: str
    state: str
    f0: int
    people: str | None = None
    path: str | None = None
    at: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class UnitMap:
    """The map for its template: ``kind`` is "none", "boxes" or "plane".

    ``blocks`` are (heading, boxes); ``ground`` outlines without a unit, ``quiet`` units without any risk as one path.
    ``notes`` stand under the map.
    """

    kind: str
    notes: tuple[str, ...] = ()
    size: str = ""
    blocks: Sequence[tuple[str | None, Sequence[Shape]]] = ()
    width: float = 0.0
    height: float = 0.0
    ground: Sequence[str] = ()
    quiet: str = ""
    shapes: Sequence[Shape] = ()
    labels: Sequence[Shape] = ()


def unit_names(facts: PageFacts) -> list[str]:
    """Return each unit's name with the hamlet or group it lies in, by row of ``zones.units``."""
    out = []
    for unit, name, level, parent in _columns(facts, "unit", "name", "level", "parent"):
        above = facts.area_names.get(parent, "") if isinstance(parent, str) else ""
        near = str(level) in ("group", "household") and facts.level.get(str(parent)) in BELOW_COMMUNE
        plain = facts.area_names.get(unit) or _named(facts, str(unit), name)
        out.append(f"{plain}, {above}" if near and above else plain)
    return out


def _named(facts: PageFacts, unit: str, name: object) -> str:
    """Return a unit's name; a code is never alone."""
    if unit.startswith("household:"):
        return facts.say(_("household {id}", id=unit.removeprefix("household:")))
    if isinstance(name, str) and name != unit:
        return name
    return facts.say(nameless(unit))


def full_names(facts: PageFacts) -> list[str]:
    """Return each unit's name with its commune too, where the units lie in several."""
    units = facts.zones.units
    communes = [
        facts.commune_of(str(unit) if unit in facts.level else str(parent) if isinstance(parent, str) else None)
        for unit, parent in _columns(facts, "unit", "parent")
    ]
    if len(set(communes)) < 2:
        return unit_names(facts)
    return [
        f"{name}, {facts.area_name(commune)}" if commune is not None and commune != unit else name
        for name, commune, unit in zip(unit_names(facts), communes, units["unit"].tolist(), strict=True)
    ]


def _columns(facts: PageFacts, *names: str) -> Iterable[tuple[Any, ...]]:
    return zip(*(facts.zones.units[name].tolist() for name in names), strict=True)


def draw_units(facts: PageFacts, geometry: Geometry | None) -> UnitMap:
    """Return the map of the units at the proposed step."""
    units = facts.zones.units
    if units.empty:
        return UnitMap(kind="none")
    notes: list[Text] = []
    if geometry is not None:
        codes = _polygon_codes(facts, geometry)
        matched = sum(code is not None for code, _ in codes)
        if matched:
            own = sum(code is not None and exact for code, exact in codes)
            spare = len(geometry.shapes) - len({code for code, _ in codes if code is not None})
            lost = len(codes) - matched
            if lost or spare:
                notes.append(
                    _n(
                        "{n} unit has a polygon; {lost} have none, {spare} polygons match no unit.",
                        "{n} units have a polygon; {lost} have none, {spare} polygons match no unit.",
                        matched,
                        n=matched,
                        lost=lost,
                        spare=spare,
                    )
                )
            if own < matched:
                notes.append(_("Commune borders are for orientation: the units are smaller than communes."))
            return _draw_polygons(facts, geometry, codes, notes)
        notes.append(
            _(
                "The file has {n} polygons, but no code matches an area on record; a schematic is shown instead.",
                n=len(geometry.shapes),
            )
        )
    known = units["lat"].notna() & units["lon"].notna()
    if len(units) > _BOXES and known.mean() > 0.5 and not _crowded(facts):
        notes.append(_("Each dot is a unit at its coordinates on record; {n} units have none.", n=int((~known).sum())))
        return _draw_dots(facts, notes)
    return _draw_boxes(facts, notes)


def unit_classes(facts: PageFacts) -> list[str]:
    """Return "core", "buffer" or "" for each unit at the proposed step."""
    zones = facts.zones
    if zones.proposal is None:
        return [""] * len(zones.units)
    core, around = set(zones.core()), set(zones.buffer())
    return ["core" if u in core else "buffer" if u in around else "" for u in zones.units["unit"].tolist()]


def _hint(facts: PageFacts, name: str, people: Any, f0: int) -> str:
    known = "" if pd.isna(people) else f"{facts.say(_people(people))}, "
    return f"{name}: {known}F0 {facts.number(int(f0))}"


def _people(people: Any) -> Text:
    return _n("{n} person", "{n} people", int(people), n=int(people))


def _shape(facts: PageFacts, row: int, name: str, state: str, **where: Any) -> Shape:
    unit = facts.zones.units.iloc[row]
    people = None if pd.isna(unit["people"]) else facts.say(_people(unit["people"]))
    hint = _hint(facts, name, unit["people"], unit["f0"])
    return Shape(row=row, name=name, hint=hint, state=state, f0=int(unit["f0"]), people=people, **where)


# Boxes


def _draw_boxes(facts: PageFacts, notes: list[Text]) -> UnitMap:
    """Return boxes by commune; units without any risk are left out where there are too many."""
    units, names, classes = facts.zones.units, unit_names(facts), unit_classes(facts)
    blocks: dict[str, list[int]] = {}
    many, rest = len(units) > _BOXES, 0
    hide = len(units) > _TOO_MANY
    relevant = (units["expected"] > 0) | (units["f0"] + units["f1"] > 0) | units["enters"].notna()
    for row, unit in enumerate(units["unit"].tolist()):
        if hide and not relevant.iloc[row] and not classes[row]:
            rest += 1
            continue
        area = unit if unit in facts.level or unit in facts.parent else units["parent"].iloc[row]
        commune = facts.commune_of(str(area)) if isinstance(area, str) else None
        blocks.setdefault(commune or "", []).append(row)
    if len(blocks) == len(units) - rest:
        blocks = {"": [row for rows in blocks.values() for row in rows]}
        names = full_names(facts)  # no heading says the commune, and hamlets share their names
    heaviest = {code: -float(units["expected"].iloc[rows].sum()) for code, rows in blocks.items()}
    drawn = []
    for code in sorted(blocks, key=lambda c: (heaviest[c], c)):
        alone = len(blocks) == 1 and not code
        head = None if alone else facts.area_name(code) if code else facts.say(_("Commune not known"))
        drawn.append((head, [_shape(facts, row, names[row], classes[row]) for row in blocks[code]]))
    notes = [*notes, _("A schematic, not to scale: one box per unit, by commune.")]
    if many:
        notes.append(_("A vermilion dot: cases there."))
    if rest:
        notes.append(_("{n} more units without any risk on record", n=rest))
    size = "tiny" if many else "small" if len(units) > _LARGE else ""
    return UnitMap(kind="boxes", notes=_told(facts, notes), size=size, blocks=drawn)


def _told(facts: PageFacts, notes: Iterable[Text]) -> tuple[str, ...]:
    return tuple(facts.say(note) for note in notes)


# Polygons and dots


class _Plane:
    """Longitude and latitude on a plane ``_WIDTH`` wide, north up (equirectangular at the middle latitude)."""

    def __init__(self, points: Sequence[_Point]) -> None:
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        shrink = math.cos(math.radians((south + north) / 2))
        self._west, self._north, self._shrink = west, north, shrink
        wide, high = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
        self._scale = (_WIDTH - 40) / max(wide, high * 0.6)
        self.width, self.height = wide * self._scale + 40, high * self._scale + 40

    def place(self, point: _Point) -> _Point:
        x = (point[0] - self._west) * self._shrink * self._scale + 20
        return round(x, 1), round((self._north - point[1]) * self._scale + 20, 1)

    def path(self, rings: Sequence[Ring]) -> str:
        """Return rings as path data; points nearer than half a unit to the one before are left out."""
        parts = []
        for ring in rings:
            kept: list[_Point] = []
            for point in map(self.place, ring):
                if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= 1.5:
                    kept.append(point)
            parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z")
        return "".join(parts)


def _centre(rings: Sequence[Ring]) -> _Point:
    """Return the centroid of the largest ring; the mean of its points where it has no area."""
    best, weight = (0.0, 0.0), -1.0
    for ring in rings:
        area = x = y = 0.0
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = x0 * y1 - x1 * y0
            area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
        middle = (sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring))
        if abs(area) > weight:
            weight, best = abs(area), (x / (3 * area), y / (3 * area)) if abs(area) > 1e-14 else middle
    return best


def _polygon_codes(facts: PageFacts, geometry: Geometry) -> list[tuple[str | None, bool]]:
    """Return for each unit the polygon it has or lies in, and whether it is its own."""
    out: list[tuple[str | None, bool]] = []
    for unit, parent in _columns(facts, "unit", "parent"):
        if unit in geometry.shapes:
            out.append((unit, True))
            continue
        line = facts.ancestry(str(parent)) if isinstance(parent, str) else []
        out.append((next((a for a in line if a in geometry.shapes), None), False))
    return out


def _draw_polygons(
    facts: PageFacts, geometry: Geometry, codes: Sequence[tuple[str | None, bool]], notes: Iterable[Text]
) -> UnitMap:
    names, classes = unit_names(facts), unit_classes(facts)
    used = [code for code, _ in codes if code is not None]
    near = _neighbourhood(geometry.shapes, set(used))
    plane = _Plane([point for code in near for ring in geometry.shapes[code] for point in ring])
    own = {code: row for row, (code, exact) in enumerate(codes) if exact and code is not None}
    order = sorted(own.items(), key=lambda item: (classes[item[1]] == "core", classes[item[1]], item[1]))
    points = {row: plane.place(_centre(geometry.shapes[code])) for code, row in own.items()}
    inside = _spread(facts, geometry, codes, plane)
    shapes = [_shape(facts, row, names[row], classes[row], path=plane.path(geometry.shapes[c])) for c, row in order]
    shapes += [_shape(facts, row, names[row], classes[row], at=at) for row, at in inside.items()]
    return UnitMap(
        kind="plane",
        notes=_told(facts, notes),
        width=plane.width,
        height=plane.height,
        shapes=shapes,
        ground=[plane.path(geometry.shapes[c]) for c in near if c not in own],
        labels=_labels(facts, points | (inside if len(inside) <= _LABELS else {}), plane, names, classes),
    )


def _neighbourhood(shapes: Mapping[str, list[Ring]], used: set[str]) -> list[str]:
    """Return the polygons in use and those whose middle lies between them, so that the map has surroundings."""
    points = [point for code in used for ring in shapes[code] for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    pad = 0.1 * max(east - west, north - south)
    out = []
    for code, rings in shapes.items():
        x, y = _centre(rings)
        if code in used or (west - pad <= x <= east + pad and south - pad <= y <= north + pad):
            out.append(code)
    return out


def _spread(
    facts: PageFacts, geometry: Geometry, codes: Sequence[tuple[str | None, bool]], plane: _Plane
) -> dict[int, _Point]:
    """Place units that lie inside a polygon: at their coordinates, else in a tidy grid around its middle."""
    out: dict[int, _Point] = {}
    crowd: dict[str, list[int]] = {}
    places = list(_columns(facts, "lat", "lon"))
    for row, (code, exact) in enumerate(codes):
        if exact or code is None:
            continue
        lat, lon = places[row]
        if pd.isna(lat) or pd.isna(lon):
            crowd.setdefault(code, []).append(row)
        else:
            out[row] = plane.place((float(lon), float(lat)))
    for code, rows in crowd.items():
        x, y = plane.place(_centre(geometry.shapes[code]))
        side = math.ceil(math.sqrt(len(rows)))
        for place, row in enumerate(rows):
            out[row] = (x + 22 * (place % side - (side - 1) / 2), y + 22 * (place // side - (side - 1) / 2))
    return out


def _crowded(facts: PageFacts) -> bool:
    """Tell whether dots at the units' coordinates would lie on each other, most of them."""
    from scipy.spatial import cKDTree

    known = [
        (float(lon), float(lat)) for lat, lon in _columns(facts, "lat", "lon") if not (pd.isna(lat) or pd.isna(lon))
    ]
    plane = _Plane(known)
    places = np.array([plane.place(point) for point in known])
    if len(places) < 2:
        return False
    distance = np.asarray(cKDTree(places).query(places, k=2)[0])
    return bool(np.median(distance[:, 1]) < _CROWD)


def _draw_dots(facts: PageFacts, notes: Iterable[Text]) -> UnitMap:
    """Return dots at the units' coordinates; all those without any risk are one path."""
    names, classes, units = unit_names(facts), unit_classes(facts), facts.zones.units
    known = [
        (row, (float(lon), float(lat)))
        for row, (lat, lon) in enumerate(_columns(facts, "lat", "lon"))
        if not pd.isna(lat) and not pd.isna(lon)
    ]
    plane = _Plane([point for _, point in known])
    relevant = ((units["expected"] > 0) | units["enters"].notna()).tolist()
    places = {row: plane.place(point) for row, point in known}
    quiet = "".join(f"M{x:g} {y:g}h0" for row, (x, y) in places.items() if not relevant[row] and not classes[row])
    order = sorted(
        (r for r in places if relevant[r] or classes[r]), key=lambda r: (classes[r] == "core", classes[r], r)
    )
    return UnitMap(
        kind="plane",
        notes=_told(facts, notes),
        width=plane.width,
        height=plane.height,
        quiet=quiet,
        shapes=[_shape(facts, row, names[row], classes[row], at=places[row]) for row in order],
    )


def _labels(
    facts: PageFacts, points: Mapping[int, _Point], plane: _Plane, names: Sequence[str], classes: Sequence[str]
) -> list[Shape]:
    """Return counts of F0 and names of units over the drawing, as shares of it: their size does not shrink with it."""
    expected = facts.zones.units["expected"].tolist()
    order = sorted(points, key=lambda row: (-expected[row], row))[:_LABELS]
    shares = {
        row: (round(100 * x / plane.width, 2), round(100 * y / plane.height, 2)) for row, (x, y) in points.items()
    }
    return [_shape(facts, row, names[row], classes[row], at=shares[row]) for row in order]
