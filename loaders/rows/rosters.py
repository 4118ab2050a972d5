"""Rosters: who belongs to a shift, a class, a ward, a table, a stall, a room, and on which days they were there.

A shift or an event with its day is a visit of everybody on the list. A class or a team alone says only where people
belong: on which days they were together is asked. An attendance sheet has a mark for each day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from loaders.columns.attendance import MOST, PRESENCE, PRESENT, day_of, half_of, only_absences, shift_of
from loaders.columns.clock import take_times
from loaders.columns.columns import span
from loaders.columns.dates import Times
from loaders.columns.days import several_days
from loaders.columns.hours import read_hours
from loaders.columns.texts import by_distinct
from loaders.files.grid import distinct_texts
from loaders.questions import NO, NOBODY, OTHER, YES, Choice
from loaders.rows.absence import absent
from loaders.rows.kind import Kind, ListRows
from loaders.rows.parts import PARTS
from loaders.rows.shifts import hours_of_column, legend_of, marks_of, shift_hours, shift_key
from loaders.rows.visits import place_of, shares_rooms, spans, stage_visits, visit_times
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

_THERE: Final = frozenset(("x", "v", "✓", "✔", "+", "1", "8", "co", "co mat", "cm"))
_AWAY: Final = frozenset(("0", "-", "o", "p", "k", "kp", "np", "nghi", "vang", "off", "cn", "phep"))
#: Lists that are about something else: there a class or a room only says where people belong.
_OTHER: Final = frozenset(
    {
        *("index", "test_result", "sample", "pool", "onset", "confirmed", "classification", "level", "isolation_start"),
        *("arrived", "visit_start", "visit_date", "household"),
        *("outcome", "case_code", "sources", "movements"),
        *("bluezone", "hours"),
    }
)
#: What people do on a day, as titles say it.
_GATHERING: Final = regex(
    r"\b(?:du|nhan|den|kham|thi|hoc|hop|di|bau cu|bo phieu|hien mau|tap|bieu dien|le|tiec|buoi|chuyen|tour|check ?in"
    r"|mua|lam viec|truc|sinh hoat|khach|vieng|hanh huong|tham|ra quan"
    r"|visitors?|guests?|attend\w*|class|session|visit)\b"
)
#: A day that is one of the list itself, or of something that happens to each of its people.
_NO_GATHERING: Final = regex(
    r"\b(?:cap nhat|tinh (?:den|tu|toi)|(?:lap|ban hanh|in|xuat) (?:ngay|luc)|bao cao|kem theo|quyet dinh|cong van"
    r"|can cu|so lieu|du kien|de nghi|f ?\d|tiep xuc|tx|cach ly|mau|xet nghiem|test|ket qua|duong tinh"
    r"|ca (?:benh|mac|nhiem)|benh nhan|tro ve|ve tu|ho ngheo|nhan khau|tam tru|sinh|as of|updated|report\w*)\b"
    r"|, ngay \d{1,2} thang"
)


def build(rows: ListRows) -> None:
    """Stage the visits of a roster, or ask for its days."""
    columns = rows.columns
    away = absent(rows)
    if rows.fact("day") and any(rows.fact(name) for name in ("hours", "shift", "event", "held")):
        start, end = visit_times(rows)
        _stage(rows, start, end, away)
        return
    place = place_of(rows)[0]
    if not place.notna().any() or (rows.has("shift") and rows.fact("day")) or (rows.has("seat") and rows.fact("plate")):
        return  # who was in a shift of a day, or had a seat of a vehicle, is a visit already
    if rows.fact("departed") and rows.fact("plate") and not rows.has(*PARTS):
        return  # so is whoever travelled when the title says that the vehicle left
    day = rows.fact("day")
    choices = [Choice(day, _("on {day}, the day in the title", day=day))] if day and len(day) == 10 else []
    choices += [
        Choice(OTHER, _("type the days, with hours where they are known: 26/7, 27/7 7h-11h")),
        Choice(NOBODY, _("it only says where they belong: no visit")),
    ]
    parts = ("room",) if shares_rooms(rows) else PARTS
    at = next((columns.at(name) for name in parts if rows.has(name)), None)
    belong = np.flatnonzero(place.notna().to_numpy())
    question = _("These people belong to one place. On which days were they there together?")
    answer = columns.asked.ask(columns.sheet, "value", question, column=at, choices=choices, rows=belong)
    if answer is None:
        columns.query("roster.days", belong, at)
    elif answer != NOBODY:
        span, words = take_times(answer)
        bare = re.sub(r"(?i)\s*(?:t[uừ]|l[uú]c)?\s*$", "", words)
        days = [span.day] if span.day else several_days(bare) or [bare]
        for each in days:
            first, last = rows.constant(span.first), rows.constant(span.last)
            name = "present_1"
            _stage(rows, *spans(columns, rows.constant(each), first, last, names=(name, name)), away)


def ask_gathering(rows: ListRows) -> None:
    """Ask whether the people of a list, of whom nothing dated is told, were together on the day of its title."""
    columns = rows.columns
    told = [fact for fact in columns.sheet.facts if fact.name == "day" and fact.source == "title"]
    days = {fact.value for fact in told}
    titles = " ".join(fold(line.text) for line in columns.sheet.titles)
    if len(days) != 1 or len(day := days.pop()) != 10 or not _GATHERING.search(titles):
        return
    if any(_NO_GATHERING.search(fold(fact.text)) for fact in told):
        return
    everybody = range(len(columns.sheet))
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("The title tells the day {day}. Where were these people together on it?", day=day),
        rows=everybody,
        choices=[
            Choice(OTHER, _("type the name of the place")),
            Choice(NOBODY, _("it is only the day of the list: no visit")),
        ],
    )
    if answer is None:
        columns.query("roster.gathering", everybody, None)
    elif answer != NOBODY:
        none = rows.constant(None)
        start, _end = spans(columns, rows.constant(day), none, none, names=("present_1", "present_1"))
        there, place = start.known & ~absent(rows), rows.constant(answer)
        rows.stage("visits", {"person": rows.person, "place": place, **span(start, "start")}, there)
        rows.mention_places(place.where(there))


def _stage(rows: ListRows, start: Times, end: Times, away: npt.NDArray[np.bool_]) -> None:
    """Stage a visit of everybody who was not away."""
    if away.any():
        rows.columns.sheet.report(rows.columns.log, "visit.absent", count=int(away.sum()))
        start, end = (replace(times, known=times.known & ~away) for times in (start, end))
    stage_visits(rows, start, end)


def build_attendance(rows: ListRows) -> None:
    """Stage a visit for each day on which a person is marked as present."""
    columns = rows.columns
    names = [f"{PRESENT}{n}" for n in range(1, MOST + 1) if columns.has(f"{PRESENT}{n}")]
    told = _days_told([day_of(columns.sheet.headings[columns.at(name) or 0]) or "" for name in names])
    month = None if all("/" in day for day in told) else _month(rows)
    legend, hours = legend_of(rows), shift_hours(rows)
    meaning = _marks(rows, names, legend)
    rest = _rest_was_there(rows, names)
    for name, heading in zip(names, told, strict=True):
        day = heading if "/" in heading else f"{heading}/{month}" if month else None
        there = columns.text(name).map(lambda text: meaning.get(fold(text), False), na_action="ignore")
        known = there.astype("boolean").fillna(rest).to_numpy(dtype=bool)
        if day is None or not known.any():
            continue
        days = rows.constant(day).where(known)
        at = columns.at(name) or 0
        shift, part = shift_of(columns.sheet.headings[at]), half_of(columns.sheet.headings[at]) or ""
        half = legend.get(part) or legend.get(part[:1])
        if shift is not None:
            half = hours_of_column(rows, legend, shift, np.flatnonzero(known), at)
        marked = by_distinct(columns.text(name), partial(_hours_of_mark, legend, half))
        marked = marked.fillna(hours) if shift is None else marked
        last = by_distinct(marked, lambda text: read_hours(text)[1])
        stage_visits(rows, *spans(columns, days, marked.where(known), last.where(known), names=(name, name)))


def _days_told(headings: list[str]) -> list[str]:
    """Return the days of columns, a bare number behind a day with its month as a day of that month: ``30/8, 31``."""
    out: list[str] = []
    for heading in headings:
        number, _, month = out[-1].partition("/") if out else ("", "", "")
        out.append(f"{heading}/{month}" if month and heading.isdigit() and int(heading) > int(number) else heading)
    return out


def _hours_of_mark(legend: dict[str, str], half: str | None, mark: str) -> str | None:
    """Return the hours that a mark tells: of its shift, else of the half day of its column, later for who came late."""
    hours = legend.get(shift_key(mark), half)
    late = read_hours(mark)[0] if PRESENCE.match(fold(mark)) else None
    end = None if hours is None else read_hours(hours)[1]
    return f"{late}-{end}" if late is not None and end is not None else hours


def _rest_was_there(rows: ListRows, names: list[str]) -> bool:
    """Tell whether those without a mark were there: asked of a sheet that marks only who was not."""
    columns = rows.columns
    places = [at for name in names if (at := columns.at(name)) is not None]
    if not only_absences(columns.sheet, places):
        return False
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("Only absences are marked: were the others there on these days?"),
        column=places[0],
        choices=[Choice(YES, _("yes: who has no mark was there")), Choice(NO, _("no"))],
        rows=range(len(columns.sheet)),
    )
    if answer is None:
        columns.query("roster.days", range(len(columns.sheet)), places[0])
    return answer == YES


def _month(rows: ListRows) -> str | None:
    """Return the month of the days, ``7/2021``, from the title; else ask for it."""
    columns = rows.columns
    told, day, year = rows.fact("month"), rows.fact("day"), columns.sheet.dates.year
    if told is None and day is not None and len(day) >= 7:
        told = day[:7]
    if told is not None:
        number, of = int(told[-2:]), told[:4] if told[:1] == "2" else year
        return f"{number}/{of}" if of else str(number)
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("Of which month are the days of this sheet?"),
        column=columns.at("present_1"),
        choices=[Choice(OTHER, _("type the month and year: 7/2021"))],
        rows=range(len(columns.sheet)),
    )
    if answer is None:
        columns.query("roster.month", range(len(columns.sheet)), columns.at("present_1"))
    return answer


def _marks(rows: ListRows, names: list[str], legend: dict[str, str]) -> dict[str, bool]:
    """Return mark -> whether it means that the person was there; a mark that is not known is asked for once.

    The name of a shift of the ``legend`` says that the person was there in it; hours that are answered go into it.
    """
    columns = rows.columns
    known = dict.fromkeys(_THERE, True) | dict.fromkeys(_AWAY, False)
    if {"x", "v"} <= {fold(mark) for name in names for mark in distinct_texts(columns.text(name))[1]}:
        del known["v"]  # beside "x" it may be "vắng"
    meaning = known | marks_of(rows)
    for name in names:
        _codes, distinct = distinct_texts(columns.text(name))
        meaning |= {fold(mark): True for mark in distinct if shift_key(mark) in legend}
        words = {mark: match for mark in distinct if (match := PRESENCE.match(fold(mark))) is not None}
        meaning = {fold(mark): match["there"] is not None for mark, match in words.items()} | meaning
        for mark in sorted({text for text in distinct if fold(text) not in meaning}):
            choices = [
                Choice("x", _("the person was there")),
                Choice(NOBODY, _("the person was not there")),
                Choice(OTHER, _("a shift: type its hours, 6h-14h")),
            ]
            marked = {n: np.flatnonzero((columns.text(n) == mark).fillna(False).to_numpy(dtype=bool)) for n in names}
            there = sorted({int(row) for rows_of in marked.values() for row in rows_of})
            answer = columns.asked.ask(
                columns.sheet,
                "value",
                _("What does this mark mean?"),
                row=int(marked[name][0]),
                rows=there,
                column=columns.at(name),
                said=mark,
                choices=choices,
            )
            if answer is None:
                for other, here in marked.items():
                    columns.query("roster.mark", here, columns.at(other), values=[mark] * len(here))
            if answer is not None and read_hours(answer)[1] is not None:
                legend[shift_key(mark)] = answer
            meaning[fold(mark)] = answer == "x" or shift_key(mark) in legend
    return meaning


KIND: Final = Kind(
    name="rosters",
    fields=(*PARTS, "shift"),
    marks=(
        *(frozenset({name}) for name in PARTS),
        frozenset({"fact:class"}),
        frozenset({"fact:event"}),
        frozenset({"fact:room", "fact:day"}),
        frozenset({"fact:held", "fact:day"}),
        frozenset({"fact:shift", "fact:day"}),
        frozenset({"fact:site", "fact:day"}),
    ),
    unless=_OTHER | {f"{PRESENT}1"},
    build=build,
)
ABOARD: Final = Kind(
    name="aboard",
    fields=(),
    marks=(frozenset({"fact:plate", "fact:day"}),),
    unless=_OTHER
    | {f"{PRESENT}1", *PARTS, "seat", "vehicle", "place", "fact:departed", "fact:crew", "fact:class", "fact:event"},
    build=build,
)
ATTENDANCE: Final = Kind(
    name="attendance",
    fields=(*(f"{PRESENT}{n}" for n in range(1, MOST + 1)), *PARTS, "shift"),
    marks=(frozenset({f"{PRESENT}1"}),),
    build=build_attendance,
)
