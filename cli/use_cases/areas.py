"""Names of areas that no list names: the gazetteer's, as they were on the outbreak's day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracing.times import local

if TYPE_CHECKING:
    from tracing.tiers.tiers import Tiers
    from tracing.zones.zones import Zones


def gazetteer_names(tiers: Tiers) -> dict[str, str]:
    """Return the names of areas that have a code only, by code; none where a code is not the gazetteer's."""
    from loaders.units.gazetteer import names_of
    from tracing.model.areas import instant_meant

    records = tiers.graph.records
    named = set(records.areas.loc[records.areas["name"].notna(), "area"])
    nameless = {str(area) for area in records.persons["area"].dropna().unique()} - named
    return names_of(nameless, on=local(instant_meant(records, tiers.as_of), records.zone).date())


def name_units(zones: Zones) -> Zones:
    """Return ``zones`` with the gazetteer's names for units that have a code only."""
    names = gazetteer_names(zones.tiers)
    units = zones.units
    known = units["unit"].map(names).astype("string")
    return replace(zones, units=units.assign(name=known.fillna(units["name"]))) if names else zones
