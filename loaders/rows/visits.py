"""Who was where: QR scans, checkpoints, rosters of shifts and classes, passengers of a vehicle, stays with dates."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.hours import has_day, with_day
from loaders.columns.movements import is_vehicle
from loaders.columns.values import fold
from loaders.questions import LEFT_OUT, NOBODY, OTHER, Choice
from loaders.rows.arrivals import vehicle_of
from loaders.rows.kind import Kind, ListRows
from loaders.rows.seats import seats_of
from loaders.rows.tables import check_order
from tracing.text import catalogue
from tracing.times import DAY

_, _n = catalogue("loaders")

WHERE: Final = _("At which place, or in which vehicle, was this?")
PLACE_IN_WORDS: Final = _("type its name or plate")
#: Parts of a place, in the order in which they make its name.
PARTS: Final = ("boat", "ward", "class", "team", "table", "stall", "room")
_POST: Final = re.compile(r"(?:chot|tram kiem soat|don|cang|ben)\b")
_KINDS: Final = {"boat": "boat", "ward": "hospital", "class": "school", "team": "factory", "stall": "market"}


def place_of(rows: ListRows) -> tuple[pd.Series, str | None]:
    """Return the place of each row, and what kind of place it is: its name, or its parts below what the title names."""
    columns = rows.columns
    if rows.has("place", "place_code"):
        return columns.ids("place").fillna(columns.ids("place_code")), None
    named = [name for name in PARTS if rows.has(name)]
    kind = next((_KINDS[name] for name in named if name in _KINDS), None)
    if rows.has("boat") and _POST.match(fold(rows.fact("place") or "")):
        named = [name for name in named if name != "boat"]  # a boat that passes a post is no part of it
    if named:
        title = rows.fact("place") or rows.fact("shift")
        place = columns.empty() if title is None else rows.constant(title)
        for name in named:
            part = columns.ids(name)
            place = (place + ", " + part).fillna(part).fillna(place)
        return place, kind
    if rows.has("vehicle") and not rows.fact("place"):
        return columns.ids("vehicle").map(vehicle_of, na_action="ignore").astype("string"), "vehicle"
    if rows.fact("plate") and not rows.has("vehicle"):
        return rows.constant(vehicle_of(str(rows.fact("plate")))), "vehicle"
    return rows.constant(rows.fact("place")), None


def visit_times(rows: ListRows) -> tuple[Times, Times]:
    """Return start and end of each row's visit: hours joined with their day, a night's end on the next day."""
    columns = rows.columns
    days = columns.days("visit_date").fillna(columns.days("day"))
    day = rows.fact("day")
    if day is not None and day[:2] != "--" and len(day) == 10:
        days = days.fillna(day)
    first, last = columns.text("visit_start"), columns.text("visit_end")
    if not columns.has("visit_start") and columns.has("hours"):
        first, last = columns.text("hours"), with_day(days, columns.text("hours"), to=True)
    names = _column(columns, "visit_start", "visit_date"), _column(columns, "visit_end", "visit_date")
    return spans(columns, days, first, last, names=names)


def spans(
    columns: Columns, days: pd.Series, first: pd.Series, last: pd.Series, *, names: tuple[str, str]
) -> tuple[Times, Times]:
    """Return start and end made of days and hours, read as cells of the fields ``names``."""
    start = columns.time(names[0], texts=_joined(days, first), field_name="start")
    end = columns.time(names[1], texts=_joined(days, last, to=True), field_name="end")
    bare = ~last.map(has_day, na_action="ignore").astype("boolean").fillna(False).to_numpy(dtype=bool)
    over = bare & start.known & end.known & (end.end < start.start) & (start.start == start.end)
    end.start[over] += DAY
    end.end[over] += DAY
    if over.any():
        columns.sheet.report(columns.log, "visit.next_day", column=columns.at(names[1]), count=int(over.sum()))
    return start, end


def _column(columns: Columns, *names: str) -> str:
    return next((name for name in names if columns.has(name)), names[0])


def _joined(days: pd.Series, hours: pd.Series, *, to: bool = False) -> pd.Series:
    """Return full texts of times: an hour with its day; a text that has its own day alone."""
    own = hours.map(has_day, na_action="ignore").astype("boolean").fillna(False)
    joined = with_day(days, hours.where(~own))
    alone = hours.str.replace(r"[()]", " ", regex=True)
    joined = joined.where(~own, alone)
    return joined.where(hours.notna()) if to else joined


def build(rows: ListRows) -> None:
    """Stage the visits of a list."""
    columns = rows.columns
    place, kind = place_of(rows)
    if kind == "vehicle" and rows.fact("departed") and not rows.has("visit_start", "visit_date", "hours"):
        start, end = trip(rows)
    else:
        start, end = visit_times(rows)
    check_order(columns, {"visit_start": start, "visit_end": end}, "visit_start", "visit_end")
    if kind != "vehicle":
        place = _asked(columns, start, place)
    seat = seats_of(columns, rows.person, place, start) if kind == "vehicle" else columns.text("seat")
    values = {
        "person": rows.person,
        "place": place,
        **span(start, "start"),
        **span(end, "end"),
        "seat": seat,
        "seat_row": seat.str.extract(r"^(\d+)\s*[A-Za-z]?$")[0].astype("Int64"),
        "certainty": columns.choice("certainty", "certainty"),
        "attributes": columns.json({columns.sheet.headings[columns.at("told") or 0]: columns.text("told")}),
    }
    told = start.known & place.notna().to_numpy()
    rows.stage("visits", values, told)
    mention(rows, place.where(told), kind)


def mention(rows: ListRows, place: pd.Series, kind: str | None = None) -> None:
    """Stage the places of visits; a plate or the number of a flight is a vehicle whatever the list is about."""
    vehicle = place.map(is_vehicle, na_action="ignore").astype("boolean").fillna(False)
    rows.mention_places(place.where(vehicle), "vehicle")
    rows.mention_places(place.where(~vehicle), kind)


def _asked(columns: Columns, start: Times, place: pd.Series) -> pd.Series:
    """Return the places with those that were asked for and answered: once where no row names one, else row by row."""
    open_rows = np.flatnonzero(start.known & place.isna().to_numpy() & ~columns.bad)
    if not len(open_rows):
        return place
    at = columns.at(_column(columns, "visit_start", "visit_date"))
    said = columns.text("told")
    choices = [Choice(NOBODY, LEFT_OUT), Choice(OTHER, PLACE_IN_WORDS)]
    place = place.copy()
    groups = [open_rows] if place.isna().all() and not columns.has("told") else [np.array([row]) for row in open_rows]
    for rows in groups:
        row = int(rows[0]) if len(groups) > 1 or columns.has("told") else None
        words = said.iloc[row] if row is not None and isinstance(said.iloc[row], str) else None
        answer = columns.asked.ask(
            columns.sheet, "value", WHERE, row=row, column=at, said=words, choices=choices, rows=rows
        )
        if answer is None:
            columns.query("visit.no_place", rows, at)
        elif answer != NOBODY:
            place.iloc[rows] = answer
    return place


def trip(rows: ListRows) -> tuple[Times, Times]:
    """Return departure and arrival that the title gives for every passenger."""
    columns = rows.columns
    left, came = (rows.constant(rows.fact(name)) for name in ("departed", "arrived"))
    zone_free = [text.str.replace("T", " ") for text in (left, came)]
    return (
        columns.time("visit_start", texts=zone_free[0], field_name="start"),
        columns.time("visit_end", texts=zone_free[1], field_name="end"),
    )


def build_stays(rows: ListRows) -> None:
    """Stage a visit for each place with its arrival and leave (center1, arrival1, leave1, center2, …)."""
    columns = rows.columns
    for name in sorted(f for f in columns.found.reading.columns if f.startswith("stay_place_")):
        number = name.rsplit("_", 1)[1]
        first, last = f"stay_start_{number}", f"stay_end_{number}"
        place = columns.ids(name)
        start, end = columns.time(first), columns.time(last)
        check_order(columns, {first: start, last: end}, first, last)
        given = place.notna().to_numpy()
        columns.fail("required.missing", np.flatnonzero(given & ~start.known & ~columns.bad), columns.at(first))
        values = {"person": rows.person, "place": place, **span(start, "start"), **span(end, "end")}
        rows.stage("visits", values, given & start.known)
        rows.mention_places(place)


KIND: Final = Kind(
    name="visits",
    fields=(
        "place", "place_code", "visit_start", "visit_end", "visit_date", "hours", "shift", "seat", "vehicle",
        "certainty", "told", *PARTS[:-1],
    ),
    marks=(
        frozenset({"visit_start"}), frozenset({"visit_date"}), frozenset({"shift", "day"}), frozenset({"hours", "day"}),
        frozenset({"fact:plate", "seat"}), frozenset({"fact:departed"}),
        frozenset({"fact:plate", "fact:crew"}),
    ),
    unless=frozenset({"index"}),
    build=build,
)  # fmt: skip
STAYS: Final = Kind(
    name="stays",
    fields=(),
    marks=(frozenset({"stay_place_1"}), frozenset({"stay_place_2"})),
    build=build_stays,
)
