"""Who was where: QR scans, checkpoints, rosters of shifts and classes, passengers of a vehicle, stays with dates."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.days import several_days
from loaders.columns.hours import has_day, read_hours, with_day
from loaders.columns.movements import is_vehicle
from loaders.columns.texts import by_distinct, told_of
from loaders.files.title_words import PLACE
from loaders.files.titles import LIST
from loaders.files.watches import WATCH, day_in_watch
from loaders.place_words import MARKET, POST
from loaders.questions import LEFT_OUT, NOBODY, OTHER, Choice, question_id
from loaders.rows.aboard import passings, stage_aboard, trip
from loaders.rows.absence import hours_of_gathering, not_there, stayed_at_home, told_absent, without_whole_units
from loaders.rows.arrivals import vehicle_of
from loaders.rows.coordinates import coordinates_of
from loaders.rows.kind import Kind, ListRows
from loaders.rows.lost_days import ask_day, ask_day_of_hours, rows_of_one_text
from loaders.rows.open_stays import open_stays
from loaders.rows.parts import PART_WORDS, PARTS, part_of_place, unread, within
from loaders.rows.scans import FIELD as DIRECTION
from loaders.rows.scans import with_ends
from loaders.rows.seats import seats_of
from loaders.rows.shifts import asked_hours
from loaders.rows.tables import check_order
from loaders.shapes.places_asked import UNDATED
from tracing.model.schema import ROOM
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue
from tracing.times import DAY

_, _n = catalogue("loaders")

WHERE: Final = _("At which place, or in which vehicle, was this?")
PLACE_IN_WORDS: Final = _("type its name or plate")
#: Parts of a market that are no places of their own: that a stall is told may not take a contact away.
_IN_MARKET: Final = ("stall", "block")
_WHERETO: Final = regex(r"(?:noi|diem) den|den\b|noi can den|to\b|destination")
_KINDS: Final = {"boat": "boat", "ward": "hospital", "class": "school", "team": "factory", "stall": "market"}


def place_of(rows: ListRows) -> tuple[pd.Series, str | None]:
    """Return the place of each row, and what kind of place it is: its name, or its parts below what the title names."""
    columns = rows.columns
    if rows.has("place", "place_code") and not _destination(rows):
        place = columns.ids("place").fillna(columns.ids("place_code")).fillna(coordinates_of(rows))
        rooms = rows.has("room") and columns.text("room").notna().all()  # a house of which some tell no room is none
        return within(columns, place, shared=shares_rooms(rows)), ROOM if rooms else None
    named = [name for name in PARTS if rows.has(name)]
    if rows.has("boat") and POST.match(fold(rows.fact("place") or "")):
        named.remove("boat")  # a boat that passes a post is no part of it
        _keep(rows, "boat")
    if rows.fact("plate") and not rows.has("vehicle") and set(named) <= {"class", "team"}:
        named = []  # the title names the vehicle: the class of a pupil aboard is no place
    if "class" in named and shares_rooms(rows):
        named.remove("class")
        _keep(rows, "class")
    kind = ROOM if "room" in named else next((_KINDS[name] for name in named if name in _KINDS), None)
    title = rows.fact("place") or rows.fact("event") or (rows.fact("shift") if named else None)
    ward = rows.fact("ward")
    if title is not None and ward and "ward" not in named and ("room" in named or rows.fact("room")):
        title = title if fold(ward) in fold(title) else f"{title}, {ward}"  # rooms of two wards have the same numbers
    for part, fact in (("class", "class"), ("team", "line"), ("room", "room")):
        group = rows.fact(fact) if part not in named else None
        if group is not None:
            title, kind = f"{title}, {group}" if title else group, kind or _KINDS.get(part, ROOM)
    if "stall" in named and title is not None and MARKET.search(fold(title)):
        named, kind = [name for name in named if name not in _IN_MARKET], kind or "market"
    if named:
        place = columns.empty() if title is None else rows.constant(title)
        for name in named:
            below = by_distinct(columns.ids(name), partial(part_of_place, _word_for(columns, name)))
            place = (place + ", " + below).fillna(below).fillna(place)
        return (place if title is not None or "boat" in named else of_list(rows, place)).astype("string"), kind
    if rows.has("vehicle") and not rows.fact("place"):
        return columns.ids("vehicle").map(vehicle_of, na_action="ignore").astype("string"), "vehicle"
    if rows.fact("plate") and not rows.has("vehicle"):
        plate = str(rows.fact("plate"))
        return rows.constant(vehicle_of(plate) or plate), "vehicle"
    if title is not None and title == rows.fact("room"):
        return of_list(rows, rows.constant(title)).astype("string"), kind
    return coordinates_of(rows) if title is None else rows.constant(title), kind


def _keep(rows: ListRows, *names: str) -> None:
    """Let fields that make no place stay with what the rows become."""
    rows.kept += [name for name in names if name not in rows.kept]


def shares_rooms(rows: ListRows) -> bool:
    """Tell whether people of several classes are in one room, of a dormitory or an examination: that parts them."""
    both = pd.DataFrame({name: rows.columns.ids(name) for name in ("room", "class")}).dropna()
    return rows.has("room") and rows.has("class") and bool((both.groupby("room")["class"].nunique() > 1).any())


def _destination(rows: ListRows) -> bool:
    """Tell whether the column of places says whereto people went who passed the post that the title names."""
    at = rows.columns.at("place")
    if at is None or not rows.has("origin", "from_place") or not POST.match(fold(rows.fact("place") or "")):
        return False
    return _WHERETO.match(fold(rows.columns.sheet.headings[at])) is not None


def of_list(rows: ListRows, place: pd.Series) -> pd.Series:
    """Return rooms or tables of a building that nobody names: it is asked for; until then they are their list's own."""
    columns = rows.columns
    known = np.flatnonzero(place.notna().to_numpy(dtype=bool))
    if not len(known):
        return place
    at = next((columns.at(name) for name in ("room", *PARTS) if rows.has(name)), None)
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("No building is named: of which place are these rooms, tables or teams?"),
        ids=[question_id("building", columns.asked.key(columns.sheet, 0))],
        column=at,
        rows=known,
        choices=[*_in_names(columns), Choice(OTHER, _("type the name of the place"))],
    )
    if answer is not None:
        return (answer + ", " + place).astype("string")
    if not columns.waiting[known].all():
        columns.query("place.no_building", known, at)
    called = rows.fact(LIST)
    return place if called is None else place + f" ({called})"


def _in_names(columns: Columns) -> list[Choice]:
    """Return the places that the names of the file and the sheet name, as choices."""
    names = (PurePath(columns.sheet.file).stem.replace("_", " "), columns.sheet.sheet or "")
    found = dict.fromkeys(place[1].strip() for name in names if (place := PLACE.search(name)) is not None)
    return [Choice(place, _("{name}", name=place)) for place in found]


def _word_for(columns: Columns, name: str) -> str | None:
    """Return the word for a part of a place: of a team the one that its heading has."""
    at = columns.at(name)
    line = name == "team" and at is not None and "chuyen" in fold(columns.sheet.headings[at])
    return "Chuyền" if line else PART_WORDS.get(name)


def visit_times(rows: ListRows, dates: pd.Series | None = None, *, more: bool = False) -> tuple[Times, Times]:
    """Return start and end of each row's visit: hours joined with their day, a night's end on the next day.

    ``dates`` are days that stand in for the column of days; with ``more`` they are further days of some rows.
    """
    columns = rows.columns
    days = columns.days("visit_date") if dates is None else dates
    days = days if more else days.fillna(columns.days("day"))
    watch, day = rows.fact(WATCH), rows.fact("day")
    if watch is not None and not more:
        told = columns.text("visit_start").fillna(columns.text("hours"))
        clocks = by_distinct(told, lambda text: read_hours(text)[0])
        days = days.fillna(by_distinct(clocks, partial(day_in_watch, watch)))
    if day is not None and day[:2] != "--" and len(day) == 10 and not more:
        days = days.fillna(day)
    first, last = columns.text("visit_start"), columns.text("visit_end")
    told = asked_hours(rows)
    hours = columns.text("hours").fillna(told) if columns.has("hours") else told
    if not columns.has("visit_start") and hours.notna().any():
        ends = hours.map(lambda text: read_hours(text)[1], na_action="ignore").astype("string")
        first, last = hours, ends.fillna(last)
    elif columns.has("visit_start") and columns.has("visit_end"):
        last = last.fillna(by_distinct(first, lambda text: None if has_day(text) else read_hours(text)[1]))
    if (held := hours_of_gathering(rows)) is not None:
        first, last = first.fillna(held[0]), last.fillna(held[1])
    names = _column(columns, "visit_start", "visit_date"), _column(columns, "visit_end", "visit_date")
    days = days if more else _days_of_hours(columns, days, first)
    return spans(columns, days, first, last, names=names)


def _days_of_hours(columns: Columns, days: pd.Series, hours: pd.Series) -> pd.Series:
    """Ask once for the day of hours that stand without one; return the days with it."""
    open_rows = np.flatnonzero(days.isna().to_numpy() & hours.notna().to_numpy() & ~told_of(hours, has_day))
    at = columns.at(_column(columns, "visit_start", "hours"))
    if not len(open_rows) or at is None:
        return days
    answer = ask_day_of_hours(columns, open_rows, at)
    if answer is None:
        columns.query("required.missing", open_rows[~columns.waiting[open_rows]], at)
        return days
    days = days.copy()
    days.iloc[open_rows] = pd.NA if answer == NOBODY else answer
    return days


def spans(
    columns: Columns, days: pd.Series, first: pd.Series, last: pd.Series, *, names: tuple[str, str]
) -> tuple[Times, Times]:
    """Return start and end made of days and hours, read as cells of the fields ``names``."""
    start = columns.time(names[0], texts=_joined(days, first), field_name="start")
    end = columns.time(names[1], texts=_joined(days, last, to=True), field_name="end")
    bare = ~told_of(last, has_day)
    over = bare & start.known & end.known & (end.end < start.start) & (start.start == start.end)
    end.start[over] += DAY
    end.end[over] += DAY
    if over.any():
        columns.sheet.report(columns.log, "visit.next_day", column=columns.at(names[1]), count=int(over.sum()))
    return start, end


def day_passes(columns: Columns) -> list[pd.Series | None]:
    """Return the days of the rows' visits, several times where a cell names several days; None: as they stand."""
    texts = columns.text("visit_date")
    if not told_of(texts, lambda text: bool(several_days(text))).any():
        return [None]
    listed = [several_days(text) if isinstance(text, str) else [] for text in texts.to_numpy(dtype=object)]
    most = max(map(len, listed))
    passes: list[pd.Series | None] = []
    for number in range(most):
        each = [
            days[number]
            if number < len(days)
            else (text if not days and number == 0 and isinstance(text, str) else None)
            for days, text in zip(listed, texts, strict=True)
        ]
        passes.append(pd.Series(pd.array(each, dtype="string")))
    return passes


def _column(columns: Columns, *names: str) -> str:
    return next((name for name in names if columns.has(name)), names[0])


def _joined(days: pd.Series, hours: pd.Series, *, to: bool = False) -> pd.Series:
    """Return full texts of times: an hour with its day; a text that has its own day alone."""
    own = told_of(hours, has_day)
    joined = with_day(days, hours.where(~own))
    alone = hours.str.replace(r"[()]", " ", regex=True)
    joined = joined.where(~own, alone)
    return joined.where(hours.notna()) if to else joined


def build(rows: ListRows) -> None:
    """Stage the visits of a list; from where people came stays with them where nobody arrived."""
    if not rows.has("arrived"):
        rows.kept.append("origin")
    if _destination(rows):
        rows.kept.append("place")
    if rows.fact("place") and rows.has("vehicle"):
        rows.kept.append("vehicle")  # in which vehicle somebody passed the post
    place, kind = place_of(rows)
    untimed = not rows.has("visit_start", "visit_date", "hours")
    if rows.fact("departed") and untimed and (kind == "vehicle" or place.isna().all()):
        stage_visits(rows, *trip(rows))
        return
    for number, days in enumerate(day_passes(rows.columns)):
        times = visit_times(rows, days, more=number > 0)
        if rows.has(DIRECTION):
            times = with_ends(rows, place_of(rows)[0], *times)
        for passing in passings(rows, *times):
            stage_visits(rows, *passing)
        if rows.has("vehicle") and POST.match(fold(rows.fact("place") or "")):
            stage_aboard(rows, times[0])


def stage_visits(rows: ListRows, start: Times, end: Times) -> None:
    """Stage a visit of each row to the place that the list names, from ``start`` to ``end``."""
    columns = rows.columns
    place, kind = place_of(rows)
    check_order(columns, {"visit_start": start, "visit_end": end}, "visit_start", "visit_end")
    absent, away = told_absent(rows) & start.known, not_there(rows) | stayed_at_home(rows)
    if absent.any():
        columns.sheet.report(columns.log, "visit.absent", count=int(absent.sum()))
    if away.any():
        start, end = (replace(times, known=times.known & ~away) for times in (start, end))
    start = _asked_days(rows, start, place, away)
    if kind == ROOM and rows.has("visit_start"):
        end = open_stays(columns, start, end)
    if kind != "vehicle":
        place = without_whole_units(columns, _asked(columns, start, place))
    seat = seats_of(columns, rows.person, place, start) if kind == "vehicle" else columns.text("seat")
    told_too = [name for name in ("told", *_IN_MARKET, *unread(columns)) if name not in rows.kept and columns.has(name)]
    values = {
        "person": rows.person,
        "place": place,
        **span(start, "start"),
        **span(end, "end"),
        "seat": seat,
        "seat_row": _seat_rows(columns, seat),
        "certainty": columns.choice("certainty", "certainty"),
        "attributes": columns.json(
            {columns.sheet.headings[columns.at(name) or 0]: columns.text(name) for name in told_too}
        ),
    }
    told = start.known & place.notna().to_numpy()
    rows.stage("visits", values, told)
    mention(rows, place.where(told), kind)


def _seat_rows(columns: Columns, seat: pd.Series) -> pd.Series:
    """Return the rows in which people sat: told in a column, else by the number of the seat."""
    told = columns.text("seat_row").str.extract(r"(\d+)")[0].astype("Int64")
    if columns.has("seat_row"):
        return told
    return told.fillna(seat.str.extract(r"^(\d+)\s*[A-Za-z]?$")[0].astype("Int64"))


def _asked_days(rows: ListRows, start: Times, place: pd.Series, away: npt.NDArray[np.bool_]) -> Times:
    """Ask once for the day of those in a list of visits whose own cell for it is empty; return the times with it."""
    columns = rows.columns
    at = columns.at(_column(columns, "visit_date", "visit_start"))
    marked = rows.fact("departed") or columns.has("present_1")
    if at is None and columns.has("seat") and not start.known.any() and not marked:
        lost = place.notna().to_numpy(dtype=bool) & ~columns.bad
        question, seat = _("On which day was this journey?"), columns.at("seat")
        choices = [Choice(OTHER, _("type the day")), Choice(NOBODY, LEFT_OUT)]
        return ask_day(columns, start, lost, question, at=seat, missing="start", choices=choices)
    if at is None or not (start.known.any() or rows.fact(UNDATED)) or columns.has("index") or columns.has(DIRECTION):
        return start
    empty = columns.sheet.cells[at].isna().to_numpy(dtype=bool)
    lost = empty & ~away & ~start.known & place.notna().to_numpy() & rows.person.notna().to_numpy() & ~columns.bad
    if not lost.any():
        return start
    return ask_day(
        columns,
        start,
        lost,
        _("Some rows tell no day: when were these people there?"),
        at=at,
        missing=at,
        choices=[Choice(NOBODY, _("they were not there")), Choice(OTHER, _("type the day"))],
    )


def mention(rows: ListRows, place: pd.Series, kind: str | None = None) -> None:
    """Stage the places of visits; a plate or the number of a flight is a vehicle whatever the list is about."""
    vehicle = told_of(place, is_vehicle)
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
    groups = [open_rows] if place.isna().all() and not columns.has("told") else rows_of_one_text(columns, open_rows)
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


KIND: Final = Kind(
    name="visits",
    fields=(
        *("place", "place_code", "visit_start", "visit_end", "visit_date", "day", "hours", "shift", "seat", "vehicle"),
        "seat_row",
        "certainty",
        "told",
        "origin",
        *(DIRECTION, "lat", "lon"),
        *PARTS,
    ),
    marks=(
        frozenset({"visit_start"}),
        frozenset({"visit_date"}),
        frozenset({"shift", "day"}),
        frozenset({"shift", "fact:day"}),
        frozenset({"hours", "day"}),
        frozenset({"hours", "fact:day"}),
        frozenset({"fact:plate", "seat"}),
        frozenset({"fact:departed"}),
        frozenset({"fact:plate", "fact:crew"}),
    ),
    unless=frozenset({"index"}),
    build=build,
)
