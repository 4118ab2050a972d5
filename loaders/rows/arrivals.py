"""Returnees: from where and when people came, by what, through which checkpoint."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.columns import span
from loaders.files.grid import distinct_texts
from loaders.place_words import PLATE_LOOSE, flight_in, plate_text
from loaders.questions import NOBODY, Choice, question_id
from loaders.rows.kind import Kind, ListRows
from loaders.units.national import find_elsewhere, with_parents
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")


def plate(text: str) -> str | None:
    """Return the plate in a text in one spelling, ``69B-000.12``; None if there is none."""
    match = PLATE_LOOSE.search(text)
    return plate_text(match[1], match[2]) if match else None


def vehicle_of(text: str) -> str | None:
    """Return the vehicle that a text names: its plate, or a flight; None of a mere kind ("xe khách")."""
    found = plate(text)
    if found:
        return found
    return flight_in(text) or (text if re.search(r"\d", text) else None)


def origin_of(rows: ListRows) -> pd.Series:
    """Return from where people came; a prison in the title goes before the part of it where they were."""
    told, place = rows.columns.text("origin").fillna(rows.fact("from_place") or pd.NA), rows.fact("place")
    if place is None or not re.match(r"(?i)trại (?:giam|tạm giam)|nhà tạm giữ|cơ sở giáo dục|cơ sở cai nghiện", place):
        return told
    return (place + ", " + told).fillna(place).astype("string")


def _one_of_several(rows: ListRows, origin: pd.Series) -> pd.Series:
    """Ask of which province a district is whose name several have; return the origins with what was answered."""
    columns = rows.columns
    on = columns.sheet.dates.day or columns.options.today or datetime.now(UTC).date()
    codes, distinct = distinct_texts(origin)
    origin = origin.copy()
    for number, text in enumerate(distinct):
        several = find_elsewhere(text, on, origin=True).candidates
        if len({unit.parent for unit in several}) < 2:
            continue
        where = np.flatnonzero(codes == number)
        named = sorted(", ".join(part.name for part in with_parents(unit, on)) for unit in several)
        answer = columns.asked.ask(
            columns.sheet,
            "value",
            _("Several districts have this name: which one is meant?"),
            ids=[question_id("origin", fold(text))],
            row=int(where[0]),
            rows=where,
            column=columns.at("origin"),
            said=text,
            choices=[*(Choice(name, _("{name}", name=name)) for name in named), Choice(NOBODY, _("not known"))],
        )
        if answer is None:
            columns.query("origin.unclear", where, columns.at("origin"), values=["; ".join(named)] * len(where))
        elif answer != NOBODY:
            origin.iloc[where] = answer
    return origin


def build(rows: ListRows) -> None:
    """Stage the arrivals of a list."""
    columns = rows.columns
    came = None if rows.has("arrived") else rows.constant(rows.fact("arrived")).str.replace("T", " ")
    arrived = columns.time("arrived", texts=came)
    seat = columns.text("seat")
    vehicle = columns.ids("vehicle").map(vehicle_of, na_action="ignore").astype("string")
    vehicle = vehicle.fillna(rows.fact("ship") or pd.NA)
    values = {
        "person": rows.person,
        **span(arrived, "arrived"),
        "origin": _one_of_several(rows, origin_of(rows)),
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
    marks=(frozenset({"arrived"}), frozenset({"fact:ship", "fact:arrived"})),
    build=build,
)
