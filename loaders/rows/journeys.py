"""Diaries of vehicles: each trip is a ride of the crew in the vehicle and a stop at the place where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.hours import has_day, with_day
from loaders.columns.movements import is_vehicle
from loaders.columns.texts import told_of
from loaders.questions import OTHER, Choice
from loaders.rows.absence import without_whole_units
from loaders.rows.arrivals import vehicle_of
from loaders.rows.crew import Member
from loaders.rows.kind import ListRows
from loaders.rows.refer import column_of, resolve_column
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue
from tracing.times import DAY, parse_iso

_, _n = catalogue("loaders")

_STAYED: Final = regex(r"(?:khong|ko|k) (?:xuong|roi|ra khoi|buoc xuong)(?: xe| tau| ghe)?|(?:o )?(?:tren|trong) xe")
#: A row of a diary that tells no stop, but who rode along: ``(trên xe) Cà Mau - Năm Căn``, ``đang chạy``.
_ABOARD: Final = regex(
    r"\W*(?:(?:o |ngoi )?(?:tren|trong) (?:xe|tau|ghe)|tren duong|dang (?:chay|di|tren duong)|di duong)\b"
)
_AT_HOME: Final = regex(r"(?:(?:o|tai|ve|nghi o|nghi tai) )?nha(?: rieng| minh)?(?: nghi)?")
#: Said of a trip: that who goes along with the driver did not, without accents.
_ALONE: Final = r"\bdi (?:mot|1) minh\b|\bkhong (?:co )?(?:phu xe|lo xe|phu lai)\b"
_OFF: Final = r"[^,;.]{0,15}?\b(?:nghi|vang|khong (?:di|theo)|o nha)\b"
#: From the end of one stop to the next: who drove for longer was somewhere in between.
_LONGEST_RIDE: Final = DAY // 2
_BRACKETS: Final = regex(r"\s*[(\[][^)\]]{0,300}[)\]]")


@dataclass(frozen=True)
class _Trips:
    """When and where each row's trip begins and ends, and until when the stop after it lasts."""

    left: Times
    came: Times
    until: Times
    place: pd.Series
    vehicle: pd.Series


def build_diary(rows: ListRows, crew: tuple[Member, ...], people: list[str | None]) -> None:
    """Stage the visits of a diary; ``people`` are the ids of the crew's members.

    The driver was at every stop; who travels along was there possibly; a stop at which nobody got out is none.
    """
    columns = rows.columns
    trips = _trips(columns)
    drivers = [member for member, ident in zip(crew, people, strict=True) if member.role == "driver" and ident]
    if not drivers:
        people, crew = _asked_driver(rows, crew, people)
    stopped = ~columns.text("people_met").map(_stayed, na_action="ignore").astype("boolean").fillna(False)
    for member, ident in zip(crew, people, strict=True):
        if ident is None:
            continue
        mine = _rides(columns, member, trips)
        _stage(rows, trips, ident, mine, certain=member.role == "driver", stops=stopped.to_numpy(dtype=bool))
    unused = columns.text("place").notna().to_numpy() & ~trips.came.known & ~trips.left.known
    columns.query(
        "required.missing", np.flatnonzero(unused & ~columns.waiting), columns.at("came") or columns.at("day")
    )
    _stage_met(rows, trips, crew, people)


def _stayed(text: str) -> bool:
    return bool(_STAYED.search(fold(text)))


def _asked_driver(
    rows: ListRows, crew: tuple[Member, ...], people: list[str | None]
) -> tuple[list[str | None], tuple[Member, ...]]:
    """Ask who drove, where nobody is named; all rows wait for it."""
    columns = rows.columns
    answer = columns.asked.ask(
        columns.sheet,
        "reference",
        _("Nobody is named as the driver of this vehicle: whose trips are these?"),
        row=0,
        said=rows.fact("plate"),
        choices=[Choice(OTHER, _("another id"))],
        rows=range(len(columns.sheet)),
    )
    if answer is None:
        columns.sheet.report(columns.log, "diary.no_driver", severity="question")
        columns.waiting[:] = True
        return people, crew
    return [*people, answer], (*crew, Member("driver", "", None, 0))


def _trips(columns: Columns) -> _Trips:
    days = columns.days("day")
    fact, home = columns.sheet.fact("day"), told_of(columns.text("place"), _is_home)
    if columns.sheet.sections is not None and not columns.has("day"):
        days = columns.sheet.sections
    if fact is not None and re.fullmatch(r"\d{4}-\d{2}-\d{2}", fact):
        days = days.fillna(fact)
    hours = columns.text("hours")
    left = _times(columns, "left", days, columns.text("left"))
    came = _times(columns, "came", days, columns.text("came").fillna(hours))
    until = _times(columns, "hours", days, hours, to=True)
    if not columns.has("left", "came"):
        came = _times(columns, "hours", days, hours)
    if _tells_stops(columns):
        over = left.known & came.known & (left.end < came.start) & ~_own_day(columns.text("left"))
        _next_day(columns, left, over, "left")
        until, left = left, _before(left, came, home)
    else:
        over = left.known & came.known & (came.end < left.start) & ~_own_day(columns.text("came"))
        _next_day(columns, came, over, "came")
    place = without_whole_units(
        columns, columns.text("place").str.replace(_BRACKETS.pattern, "", regex=True).str.strip()
    )
    until = _until(columns, left, came, until, place)
    vehicle = columns.text("vehicle").map(vehicle_of, na_action="ignore").astype("string")
    vehicle = vehicle.fillna(columns.sheet.fact("plate") or pd.NA)
    aboard = told_of(columns.text("place"), lambda text: _ABOARD.match(fold(text)) is not None)
    return _Trips(left, came, until, place.mask(home).mask(aboard, vehicle).astype("string"), vehicle)


def _is_home(text: str) -> bool:
    """Tell whether a stop is at home, which is no place where others are."""
    return _AT_HOME.fullmatch(fold(text).strip(" .")) is not None


def _tells_stops(columns: Columns) -> bool:
    """Tell whether a row is a stop, when they came and when they left again, and no trip from one place to another."""
    came, left = columns.at("came"), columns.at("left")
    return came is not None and left is not None and came < left and not columns.has("from_place")


def _before(left: Times, came: Times, home: npt.NDArray[np.bool_]) -> Times:
    """Return when each trip began: as the stop of the row before ended, where that was no later and not at home."""
    start, end, known = np.roll(left.start, 1), np.roll(left.end, 1), np.roll(left.known & ~home, 1)
    known[:1] = False
    known &= came.known & (end <= came.end) & (start < came.start) & (came.start - start <= _LONGEST_RIDE)
    return Times(start, end, known)


def _own_day(texts: pd.Series) -> npt.NDArray[np.bool_]:
    own = texts.map(has_day, na_action="ignore").astype("boolean").fillna(False)
    found: npt.NDArray[np.bool_] = own.to_numpy(dtype=bool)
    return found


def _times(columns: Columns, name: str, days: pd.Series, hours: pd.Series, *, to: bool = False) -> Times:
    """Return day and hour of each row together; a row without an hour has none."""
    texts = with_day(days, hours, to=to).where(hours.notna())
    at = name if columns.has(name) else "hours" if columns.has("hours") else "day"
    return columns.time(at, texts=texts, field_name="visit_start")


def _next_day(columns: Columns, times: Times, over: npt.NDArray[np.bool_], name: str) -> None:
    times.start[over] += DAY
    times.end[over] += DAY
    if over.any():
        columns.sheet.report(columns.log, "visit.next_day", column=columns.at(name), count=int(over.sum()))


def _until(columns: Columns, left: Times, came: Times, until: Times, place: pd.Series) -> Times:
    """Return until when each stop lasted: what is told, else when the next trip left from there."""
    start, end, known = until.start.copy(), until.end.copy(), until.known.copy()
    where = columns.text("from_place")
    for row in range(len(columns.sheet) - 1):
        after = row + 1
        if known[row] or not (came.known[row] and left.known[after]) or left.start[after] < came.start[row]:
            continue
        same_day = left.start[after] - came.start[row] < DAY
        if _same_place(place.iloc[row], where.iloc[after], same_day and not columns.has("from_place")):
            start[row], end[row], known[row] = left.start[after], left.end[after], True
    return Times(start, end, known)


def _same_place(came_to: object, left_from: object, otherwise: bool) -> bool:
    if not isinstance(came_to, str) or not isinstance(left_from, str):
        return otherwise
    one, other = (re.sub(r"[^a-z0-9 ]", " ", fold(_BRACKETS.sub("", text))).split() for text in (came_to, left_from))
    short, long = sorted((one, other), key=len)
    return bool(short) and long[: len(short)] == short


def _rides(columns: Columns, member: Member, trips: _Trips) -> npt.NDArray[np.bool_]:
    """Tell on which trips somebody was."""
    mine = np.ones(len(columns.sheet), dtype=bool)
    if member.rows is not None:
        mine[:] = False
        mine[list(member.rows)] = True
    since, year = member.since, columns.sheet.dates.year
    if since is not None and since.startswith("--") and year is not None:
        since = f"{year}{since[1:]}"
    if since is not None and re.fullmatch(r"\d{4}-\d{2}-\d{2}", since):
        first = parse_iso(since, columns.options.zone)[0]
        at = np.where(trips.left.known, trips.left.start, trips.came.start)
        mine &= (trips.left.known | trips.came.known) & (at >= first)
    return mine & ~_was_off(columns, member) if member.role == "mate" else mine


def _was_off(columns: Columns, member: Member) -> npt.NDArray[np.bool_]:
    """Tell in which rows a remark says that somebody did not go along: ``Tư nghỉ``, ``đi một mình``."""
    called = re.escape(fold(member.name).rsplit(" ", 1)[-1])
    off = re.compile(rf"\b(?:{called}|phu xe|lo xe|phu lai){_OFF}|{_ALONE}")
    out = np.zeros(len(columns.sheet), dtype=bool)
    for at in (*columns.found.reading.kept, *columns.found.reading.unused):
        out |= told_of(columns.sheet.cells[at], lambda text: off.search(fold(text)) is not None)
    return out


def _stage(
    rows: ListRows,
    trips: _Trips,
    ident: str,
    mine: npt.NDArray[np.bool_],
    *,
    certain: bool,
    stops: npt.NDArray[np.bool_],
) -> None:
    """Stage the rides and the stops of one person."""
    person = rows.constant(ident)
    rode = mine & trips.left.known & trips.came.known & trips.vehicle.notna().to_numpy()
    ride = {"person": person, "place": trips.vehicle, **span(trips.left, "start"), **span(trips.came, "end")}
    rows.stage("visits", {**ride, "certainty": rows.constant("certain")}, rode)
    rows.mention_places(trips.vehicle.where(rode), "vehicle")
    there = mine & trips.came.known & trips.place.notna().to_numpy() & stops
    stop = {"person": person, "place": trips.place, **span(trips.came, "start"), **span(trips.until, "end")}
    rows.stage("visits", {**stop, "certainty": rows.constant("certain" if certain else "possible")}, there)
    rides = told_of(trips.place, is_vehicle)
    rows.mention_places(trips.place.where(there & rides), "vehicle")
    rows.mention_places(trips.place.where(there & ~rides))


def _stage_met(rows: ListRows, trips: _Trips, crew: tuple[Member, ...], people: list[str | None]) -> None:
    """Stage whom the driver met at a stop; a word that names nobody for certain is asked about."""
    columns = rows.columns
    if not columns.has("people_met"):
        return
    met = resolve_column(rows, "people_met", cases=False)
    sure = [i for i, certain in enumerate(met.certain) if certain and trips.came.known[met.rows[i]]]
    if not sure:
        return
    positions = np.array([met.rows[i] for i in sure])
    values = {"place": trips.place, **span(trips.came, "start"), **span(trips.until, "end")}
    frame = rows.staged.frame(columns, rows.sheet, values).iloc[positions].reset_index(drop=True)
    frame["person_a"] = column_of([met.people[i] for i in sure])
    frame["time_kind"] = "sometime"
    for member, ident in zip(crew, people, strict=True):
        if member.role != "driver" or ident is None:
            continue
        mine = np.isin(positions, np.flatnonzero(_rides(columns, member, trips)))
        mine &= (frame["person_a"] != ident).to_numpy(dtype=bool)
        rows.staged.put("contacts", frame[mine].assign(person_b=ident).reset_index(drop=True))
