"""The gazetteer against the official lists: every unit by its official name and code, on its day."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from loaders.units.gazetteer import Gazetteer, Match, plain_key

LISTS = (
    ("camau_units_pre2024_101.csv", date(2021, 7, 1), 101),
    ("camau_units_2025-03.csv", date(2025, 3, 1), 100),
    ("vn_units_34_provinces_2025-07.csv", date(2025, 7, 1), 64),
)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig") as stream:
        return [row for row in csv.DictReader(stream) if row.get("province_code", "96") == "96"]


@pytest.mark.parametrize(("name", "on", "count"), LISTS)
def test_every_official_unit_is_found_by_name_and_code(shared_data: Path, name: str, on: date, count: int) -> None:
    gazetteer = Gazetteer.load()
    official = rows(shared_data / "vn_admin" / name)
    assert len(official) == count
    for row in official:
        for text in (
            row["ward_name"],
            row["ward_name"].upper(),
            plain_key(row["ward_name"]),
            row["ward_code"],
            int(row["ward_code"]),
        ):
            found = gazetteer.resolve(text, on=on, level="commune")
            assert isinstance(found, Match), (text, found)
            assert found.area == row["ward_code"], (text, found)
    assert set(gazetteer.units(on=on).query("unit in ('ward', 'commune', 'town')").index) == {
        row["ward_code"] for row in official
    }


def test_successors_agree_with_the_official_map(shared_data: Path) -> None:
    gazetteer = Gazetteer.load()
    expected: dict[str, set[str]] = {}
    with (shared_data / "vn_admin" / "vn_old_to_new_wards.csv").open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            if row["old_province_code"] == "96":
                expected.setdefault(row["old_ward_code"], set()).add(row["new_ward_code"])
    assert len(expected) == 100
    for old, new in expected.items():
        successors = gazetteer.successors(old, on=date(2025, 3, 1))
        assert {s.area for s in successors} == new
        assert all(s.part == (len(new) > 1) for s in successors)


@pytest.mark.parametrize(
    ("name", "on"),
    [("camau_communes_pre2024_101.geojson", date(2021, 7, 1)), ("camau_communes_2025-07_64.geojson", date(2025, 7, 1))],
)
def test_points_lie_in_their_unit(shared_data: Path, name: str, on: date) -> None:
    units = Gazetteer.load().units(on=on)
    shapes = json.loads((shared_data / "vn_admin" / name).read_text(encoding="utf-8"))
    for feature in shapes["features"]:
        unit = units.loc[feature["properties"]["ward_code"]]
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        rings = [ring for polygon in polygons for ring in polygon]
        assert _inside(float(unit["lon"]), float(unit["lat"]), rings), unit["name"]


def _inside(x: float, y: float, rings: Iterable[list[list[float]]]) -> bool:
    crossings = 0
    for ring in rings:
        for (x1, y1, *_), (x2, y2, *_) in itertools.pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1
