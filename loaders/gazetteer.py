"""The dated gazetteer of Cà Mau: which unit a name or a code meant on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import pandas as pd

from tracing.times import day_span

_LEVELS = {"province": "province", "city": "district", "rural district": "district"}


@dataclass(frozen=True)
class Gazetteer:
    """Every province, district and commune unit of Cà Mau with the days on which it existed."""

    table: pd.DataFrame
    changes: pd.DataFrame

    @classmethod
    def load(cls) -> Gazetteer:
        """Return the packaged gazetteer."""
        return _load()

    def units(self, *, on: date) -> pd.DataFrame:
        """Return the units that existed on the day ``on``, indexed by code."""
        day = on.isoformat()
        there = (self.table["valid_from"].fillna("") <= day) & (self.table["valid_to"].fillna("9999") >= day)
        return self.table[there].set_index("code")

    def areas(self, *, on: date | None = None) -> pd.DataFrame:
        """Return the units as rows of the areas table; all versions, or those that existed on the day ``on``."""
        table = self.table if on is None else self.units(on=on).reset_index()
        out = pd.DataFrame({
            "area": table["code"], "name": table["name"],
            "level": table["unit"].map(lambda u: _LEVELS.get(u, "commune")),
            "parent": table["parent"], "lat": table["lat"], "lon": table["lon"],
        })
        for column in ("valid_from", "valid_to"):
            spans = [day_span(date.fromisoformat(v)) if isinstance(v, str) else (None, None) for v in table[column]]
            out[column] = pd.array([s[0] for s in spans], dtype="Int64")
            out[f"{column}_to"] = pd.array([s[1] for s in spans], dtype="Int64")
        return out.reset_index(drop=True)


@cache
def _load() -> Gazetteer:
    folder = files("loaders") / "data"
    tables = []
    for name in ("camau_areas.csv", "camau_changes.csv"):
        with (folder / name).open(encoding="utf-8") as file:
            tables.append(pd.read_csv(file, dtype="string", keep_default_na=True))
    areas, changes = tables
    for column in ("lat", "lon", "inner_radius_km"):
        areas[column] = areas[column].astype("Float64")
    return Gazetteer(areas, changes)
