"""Who passed a post in a vehicle was in it in that minute, with all others who passed in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from loaders.columns.columns import span
from loaders.columns.dates import Times
from loaders.place_words import POST
from loaders.rows.absence import not_there
from loaders.rows.arrivals import vehicle_of
from loaders.rows.kind import ListRows
from tracing.spelling import fold
from tracing.times import DAY

#: Nobody is stopped longer at a post, in seconds.
_AT_A_POST: Final = 1_800


def stage_aboard(rows: ListRows, at: Times) -> None:
    """Stage that people were in their vehicle in the minute in which they passed a post: with all others in it."""
    vehicle = rows.columns.ids("vehicle").map(vehicle_of, na_action="ignore").astype("string")
    told = at.known & (at.end - at.start < DAY) & vehicle.notna().to_numpy() & ~not_there(rows)
    rows.stage("visits", {"person": rows.person, "place": vehicle, **span(at, "start"), **span(at, "end")}, told)
    rows.mention_places(vehicle.where(told), "vehicle")


def passings(rows: ListRows, start: Times, end: Times) -> list[tuple[Times, Times]]:
    """Return when people were at the place; in and out at a post that vehicles pass are two times, and no stay."""
    if not (rows.has("vehicle") and POST.match(fold(rows.fact("place") or ""))):
        return [(start, end)]
    twice = start.known & end.known & (end.start - start.start > _AT_A_POST)
    if not twice.any():
        return [(start, end)]
    back = replace(end, known=twice)
    return [(start, replace(end, known=end.known & ~twice)), (back, replace(end, known=np.zeros_like(twice)))]


def trip(rows: ListRows) -> tuple[Times, Times]:
    """Return departure and arrival that the title gives for every passenger."""
    columns = rows.columns
    left, came = (rows.constant(rows.fact(name)) for name in ("departed", "arrived"))
    zone_free = [text.str.replace("T", " ") for text in (left, came)]
    return (
        columns.time("visit_start", texts=zone_free[0], field_name="start"),
        columns.time("visit_end", texts=zone_free[1], field_name="end"),
    )
