"""Localities: the commune of each person, by the areas as they were at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tracing.model.records import Records


@dataclass(frozen=True)
class Localities:
    """Where people live: ``homes`` by person (code of the area), ``areas`` by code (name, level, parent)."""

    homes: Mapping[str, str]
    areas: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, records: Records, at: int) -> Localities:
        """Read areas (of several versions the one valid ``at`` that instant, else the latest) and people's homes."""
        areas = records.areas.sort_values(["valid_from", "area_version"], na_position="first", kind="stable")
        there = (areas["valid_from"].isna() | (areas["valid_from"] < at)) & (
            areas["valid_to_to"].isna() | (areas["valid_to_to"] >= at)
        )
        chosen = areas.assign(there=there.fillna(False)).sort_values("there", kind="stable")
        chosen = chosen.drop_duplicates("area", keep="last")[["area", "name", "level", "parent"]].astype(object)
        rows = chosen.where(chosen.notna(), None).to_dict("records")
        homes = records.persons[["person", "area"]].dropna()
        return cls(dict(zip(homes["person"], homes["area"], strict=True)), {row["area"]: row for row in rows})

    def ancestry(self, area: str | None) -> list[str]:
        """Return the code of an area and of everything it lies in, the smallest first."""
        chain: list[str] = []
        while area is not None and area not in chain:
            chain.append(area)
            area = self.areas.get(area, {}).get("parent")
        return chain

    def ancestry_of(self, person: str) -> list[str]:
        """Return the codes of the areas in which a person lives, the smallest first; empty where not known."""
        return self.ancestry(self.homes.get(person))

    def locality_of(self, person: str) -> str | None:
        """Return the commune's code; the code of the area on record where no commune is known; None without one."""
        chain = self.ancestry_of(person)
        communes = [code for code in chain if self._level(code) == "commune"]
        return next(iter(communes or chain), None)

    def name(self, code: str) -> str:
        """Return an area's name, its code where it has none."""
        name = self.areas.get(code, {}).get("name")
        return code if name is None else str(name)

    def district_name(self, locality: str | None) -> str | None:
        """Return the name of the district in which a locality lies, None where none is known."""
        return next((self.name(code) for code in self.ancestry(locality) if self._level(code) == "district"), None)

    def address(self, person: str, given: str | None) -> str | None:
        """Return the address as known: what was given, and the units below the commune."""
        parts = [] if given is None else [given]
        for code in self.ancestry_of(person):
            if self._level(code) not in ("hamlet", "group", "household"):
                break
            if self.name(code) != code:
                parts.append(self.name(code))
        return ", ".join(parts) or None

    def order(self, locality: str | None) -> tuple[bool, str, str]:
        """Return what to sort localities by: name and code, those not known last."""
        known = locality is not None and not pd.isna(locality)
        return (not known, self.name(str(locality)) if known else "", str(locality) if known else "")

    def _level(self, code: str) -> str | None:
        level: str | None = self.areas.get(code, {}).get("level")
        return level
