"""How long a visit without check-out is taken to last: our assumption for every rule, by kind of place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tracing.policy.model import Quantity

_HOURS: Final = {
    1: ("default", "market", "supermarket", "grocery", "pharmacy", "fuel_station", "cafe", "restaurant"),
    2: ("hospital", "clinic", "pagoda", "church", "vehicle", "flight"),
    8: ("office", "workplace", "factory", "school"),
    12: ("household", "lodging"),
}

ASSUMED_STAYS: Final[Mapping[str, Quantity]] = {
    kind: Quantity(hours, "hour", "Truy Vết", "ours") for hours, kinds in _HOURS.items() for kind in kinds
}
"""Length of stay by kind of place; "default" for any other. No rule says one; a rule file may give its own."""
