"""Polygons of areas from GeoJSON, as closed rings of longitude and latitude. No map server, nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracing.errors import InputError
from tracing.text import catalogue

_, _n = catalogue("tracing")

Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Geometry:
    """Polygons by area code, in the order of the file.

    ``unnamed`` counts features without a code or a polygon; ``names`` holds the areas' names, where the file has them.
    """

    shapes: Mapping[str, list[Ring]]
    unnamed: int = 0
    names: Mapping[str, str] = field(default_factory=dict)


def read_geometry(path: str | Path, *, id_property: str) -> Geometry:
    """Read the polygons of a GeoJSON file.

    Parameters
    ----------
    id_property
        The property that holds the area code, as in the records ("ward_code").

    Raises
    ------
    InputError
        If the file is not a GeoJSON feature collection, or no feature has the property.
    OSError
        If it cannot be read.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise _unusable(path) from None
    return parse_geometry(data, id_property=id_property, name=str(path))


def parse_geometry(data: Any, *, id_property: str, name: str = "GeoJSON") -> Geometry:
    """Return the polygons of a GeoJSON feature collection; :func:`read_geometry` of what was read already."""
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise _unusable(name)
    shapes: dict[str, list[Ring]] = {}
    names: dict[str, str] = {}
    properties: set[str] = set()
    unnamed = 0
    for feature in features:
        facts = (feature.get("properties") if isinstance(feature, dict) else None) or {}
        properties |= set(facts)
        code = facts.get(id_property)
        rings = _rings(feature.get("geometry") if isinstance(feature, dict) else None)
        if code is None or not rings:
            unnamed += 1
        else:
            shapes.setdefault(str(code), []).extend(rings)
            named = next((facts[key] for key in _name_keys(id_property) if isinstance(facts.get(key), str)), None)
            if named is not None:
                names.setdefault(str(code), named)
    if features and not shapes:
        known = ", ".join(sorted(properties)) or "–"
        raise InputError(
            _("{name}: no polygon has the property {property}", name=name, property=id_property),
            fix=_("name the property that holds the area code: {known}", known=known),
        )
    return Geometry(shapes, unnamed, names)


def _name_keys(id_property: str) -> list[str]:
    """Return the properties that may hold the name beside the code: ward_name beside ward_code, else name."""
    stem = id_property.removesuffix("code").removesuffix("id").removesuffix("_")
    return [f"{stem}_name", f"{stem}name", "name", "Name", "NAME", "ten"]


def _unusable(name: object) -> InputError:
    return InputError(
        _("{name}: not a GeoJSON feature collection", name=str(name)),
        fix=_("export the areas as GeoJSON (WGS 84)"),
    )


def _rings(geometry: Any) -> list[Ring]:
    """Return the rings of a polygon or several; none of anything else, and none of broken coordinates."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    try:
        if kind == "Polygon":
            polygons = [geometry["coordinates"]]
        elif kind == "MultiPolygon":
            polygons = geometry["coordinates"]
        else:
            return []
        rings = [[(float(point[0]), float(point[1])) for point in ring] for polygon in polygons for ring in polygon]
    except (KeyError, TypeError, ValueError, IndexError):
        return []
    sound = [ring for ring in rings if len(ring) >= 3 and all(-360 <= x <= 360 and -90 <= y <= 90 for x, y in ring)]
    return sound
