"""Returnees: from where and when people came, by what, through which checkpoint."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from loaders.columns.columns import span
from loaders.place_words import PLATE_LOOSE, plate_text
from loaders.rows.kind import Kind, ListRows


def plate(text: str) -> str | None:
    """Return the plate in a text in one spelling, ``69B-000.12``; None if there is none."""
    match = PLATE_LOOSE.search(text)
    return plate_text(match[1], match[2]) if match else None


def vehicle_of(text: str) -> str | None:
    """Return the vehicle that a text names: its plate, or a flight; None of a mere kind ("xe khách")."""
    found = plate(text)
    if found:
        return found
    return text if re.search(r"\d", text) else None


def origin_of(rows: ListRows) -> pd.Series:
    """Return from where people came; a prison in the title goes before the part of it where they were."""
    told, place = rows.columns.text("origin"), rows.fact("place")
    if place is None or not re.match(r"(?i)trại (?:giam|tạm giam)|nhà tạm giữ|cơ sở giáo dục|cơ sở cai nghiện", place):
        return told
    return (place + ", " + told).fillna(place).astype("string")


def build(rows: ListRows) -> None:
    """Stage the arrivals of a list."""
    columns = rows.columns
    arrived = columns.time("arrived")
    seat = columns.text("seat")
    vehicle = columns.ids("vehicle").map(vehicle_of, na_action="ignore").astype("string")
    values = {
        "person": rows.person,
        **span(arrived, "arrived"),
        "origin": origin_of(rows),
        "vehicle": vehicle,
        "seat_row": seat.str.extract(r"^(\d+)\s*[A-Za-z]?$")[0].astype("Int64"),
        "seat": seat,
        "checkpoint": columns.text("checkpoint"),
    }
    rows.stage("arrivals", values, arrived.known)
    rows.mention_places(vehicle.where(arrived.known), "vehicle")


KIND: Final = Kind(
    name="arrivals",
    fields=("arrived", "origin", "vehicle", "seat", "checkpoint"),
    marks=(frozenset({"arrived"}),),
    build=build,
)
