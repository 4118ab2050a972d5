"""Who passed a post in a vehicle was in it in that minute, with all others who passed in it."""

from __future__ import annotations

from loaders.columns.columns import span
from loaders.columns.dates import Times
from loaders.rows.absence import not_there
from loaders.rows.arrivals import vehicle_of
from loaders.rows.kind import ListRows
from tracing.times import DAY


def stage_aboard(rows: ListRows, at: Times) -> None:
    """Stage that people were in their vehicle in the minute in which they passed a post: with all others in it."""
    vehicle = rows.columns.ids("vehicle").map(vehicle_of, na_action="ignore").astype("string")
    told = at.known & (at.end - at.start < DAY) & vehicle.notna().to_numpy() & ~not_there(rows)
    rows.stage("visits", {"person": rows.person, "place": vehicle, **span(at, "start"), **span(at, "end")}, told)
    rows.mention_places(vehicle.where(told), "vehicle")
