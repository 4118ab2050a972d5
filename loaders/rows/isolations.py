"""Isolation lists: orders to stay at home, rooms of a quarantine centre, admissions to a hospital."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.texts import by_distinct, told_of
from loaders.columns.values import words
from loaders.files.title_words import SENDER
from loaders.findings import FindingLog
from loaders.questions import NOBODY, OTHER, Choice
from loaders.rows.kind import Kind, ListRows
from loaders.rows.lost_days import ask_day
from loaders.rows.parts import PART_WORDS, part_of_place
from loaders.rows.tables import check_order
from loaders.rows.visits import of_list
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue
from tracing.times import DAY

_, _n = catalogue("loaders")

_AT_HOME: Final = regex(
    r"(?:(?:tu )?cach ly )?tai (?:nha|gia dinh|noi o)\b"
    r"(?! (?:nghi|tro|khach|may|van hoa|thuoc|cong vu|cong dong|sinh hoat|hop|da nang))"
)
_HOSPITAL: Final = regex(r"(?:benh vien|bv(?:dk|dc|tn|qy|dkkv)?|khoa (?!kiem soat|xet nghiem|ytcc|y te)\w+)\b")
#: A health centre, where some are only kept apart: who is there for treatment is in hospital.
_CLINIC: Final = regex(r"(?:ttyt|trung tam y te)\b")
_ISOLATED_AT: Final = regex(r"(?i)(?:cách ly|điều trị)(?: y tế)? (?:tại|ở) (.{3,60}?) (?:từ|kể từ)(?!\w)")
#: An office of the unit that a title names: ``TTYT huyện``, ``trạm y tế xã``.
_UNNAMED: Final = regex(r"(?i)\b(huyện|quận|thị xã|thành phố|xã|phường)$")
_NOT_YET: Final = frozenset({"", "chua", "khong", "chua cach ly", "chua ro", "khong ro", "-", "x"})
_KINDS: Final = ("home", "centre", "hospital", "zone")


def build(rows: ListRows) -> None:
    """Stage the isolations of a list; a room is named with its facility."""
    columns = rows.columns
    rows.kept += [] if rows.has("arrived") or "origin" in rows.kept else ["origin"]
    start = _start(rows)
    end = _end(columns, start)
    check_order(
        columns, {"isolation_start": start, "isolation_end": end}, "isolation_start", "isolation_end", keep=True
    )
    where = columns.text("isolation_place")
    facility = facility_of(rows)
    named_place = _place_of_heading(rows)
    if named_place is not None:
        where, rows.kept = where.fillna(named_place), [*rows.kept, "room", "block"]  # where they slept before
    if facility is not None and not (where.notna().any() and SENDER.match(fold(facility))):
        where = where.fillna(facility)  # an office that lists where people are is not itself where they are
    by_place = where.map(kind_of_place, na_action="ignore").astype("string")
    if _treats(columns):
        by_place = by_place.mask(told_of(where, lambda text: _CLINIC.match(fold(text)) is not None), "hospital")
    told = columns.text("isolation_kind")
    named = told.map(kind_of_place, na_action="ignore").astype("string")
    kind = columns.choice("isolation_kind", "isolation_kind", texts=told.where(named.isna()))
    kind = kind.fillna(named).fillna(by_place)
    titles = " ".join(fold(line.text) for line in columns.sheet.titles)
    home = "cach ly y te tai nha" in titles or "cach ly tai nha" in titles
    if home and "cach ly tap trung" not in titles:  # whose case the lines above call a patient is at home all the same
        kind = kind.fillna("home")
    if re.search(r"\b(?:benh nhan|benh vien|bv|bvdk|bvdc)\b", titles):
        kind = kind.fillna("hospital")
    if columns.has("room", "block") and named_place is None:
        room = _room(columns)
        where = (where + ", " + room).fillna(of_list(rows, room.where(where.isna()))).fillna(where)
        kind = kind.fillna(pd.Series("centre", index=kind.index, dtype="string").where(room.notna()))
    if (of_heading := _kind_of_heading(columns)) is not None:
        kind = kind.fillna(of_heading)
    if not home and "cach ly tap trung" in titles:
        kind = kind.fillna("centre")
    place = where.where((kind != "home").fillna(True))
    if columns.has("isolation_place"):
        rows.more["isolation_place"] = columns.text("isolation_place").where(place.isna() | ~start.known)
    if columns.has("isolation_kind"):
        rows.more["isolation_kind"] = told.where(~start.known)  # of whom no day is told how they are isolated is kept
    values = {
        "person": rows.person,
        **span(start, "start"),
        **span(end, "end"),
        "kind": kind,
        "place": place,
    }
    rows.stage("isolations", values, start.known)
    rows.mention_places(place.where(start.known), "room" if columns.has("room") else None)


def _room(columns: Columns) -> pd.Series:
    """Return the room of each row, behind its block where that is told, or the block alone."""
    block, room = (
        by_distinct(columns.ids(name), partial(part_of_place, PART_WORDS.get(name))).astype("string")
        for name in ("block", "room")
    )
    return (block + ", " + room).fillna(room).fillna(block).astype("string")


def _kind_of_heading(columns: Columns) -> str | None:
    """Return the kind of isolation of which the heading of its first day speaks: ``Ngày nhập viện``, ``CLTN từ``."""
    at = columns.at("isolation_start")
    heading = "" if at is None else fold(columns.sheet.headings[at])
    if re.search(r"nhap vien|vao vien", heading):
        return "hospital"
    told = re.search(r"\b(?:cach ly|cl)(?: y te)? (?=tai nha|tai gia dinh)", heading)
    if told is not None and _AT_HOME.match(heading[told.end() :]):
        return "home"
    short = re.search(r"\bclt[nt]\b", heading)
    return None if short is None else "home" if short[0] == "cltn" else "centre"


def _place_of_heading(rows: ListRows) -> str | None:
    """Return the place, and no home, that the heading of the first day names: ``Cách ly tại nhà công vụ từ``."""
    at = rows.columns.at("isolation_start")
    found = None if at is None else _ISOLATED_AT.search(rows.columns.sheet.headings[at])
    if found is None or _AT_HOME.match(fold(f"tại {found[1]}")):
        return None
    site, unit = rows.fact("site"), _UNNAMED.search(found[1])
    if unit is not None and (name := rows.fact("commune" if unit[1].lower() in ("xã", "phường") else "district")):
        return f"{found[1].removesuffix(unit[1])}{unit[1]} {re.sub(rf'(?i)^{unit[1]} ', '', name).title()}"
    return found[1] if site is None else f"{site}, {found[1]}"


def _treats(columns: Columns) -> bool:
    """Tell whether the heading of where people are isolated says that they are treated there."""
    at = columns.at("isolation_place")
    return at is not None and "dieu tri" in fold(columns.sheet.headings[at])


def _start(rows: ListRows) -> Times:
    """Return since when people are isolated; of returnees whose kind of isolation alone is told since they came."""
    columns = rows.columns
    if columns.has("isolation_start"):
        return columns.time("isolation_start")
    if not columns.has("arrived"):
        return _asked_start(rows)
    told = columns.text("isolation_kind")
    named = told.map(kind_of_place, na_action="ignore").astype("string")
    kind = named.fillna(columns.texts_of("isolation_kind", "isolation_kind")).isin(_KINDS)
    came = Columns(columns.found, columns.options, FindingLog()).time("arrived")
    known = came.known & kind.to_numpy(dtype=bool)
    if known.any():
        columns.sheet.report(columns.log, "isolation.from_arrival", count=int(known.sum()))
    return replace(came, known=known)


def _asked_start(rows: ListRows) -> Times:
    """Ask once since which day those are isolated of whom only the place, or only how, is told."""
    columns, at = rows.columns, rows.columns.at("isolation_place")
    where = columns.text("isolation_place")
    if at is None and columns.has("isolation_kind"):
        at, where = columns.at("isolation_kind"), columns.texts_of("isolation_kind", "isolation_kind")
    told = where.notna().to_numpy(dtype=bool) & ~told_of(where, lambda text: fold(text).strip(" .") in _NOT_YET)
    times = Times.none(len(columns.sheet))
    return times if at is None or not told.any() else ask_since_when(columns, times, told, at)


def ask_since_when(columns: Columns, times: Times, told: npt.NDArray[np.bool_], at: int) -> Times:
    """Ask once since which day those are isolated of whom a column tells no more than where."""
    return ask_day(
        columns,
        times,
        told,
        _("Where these people are isolated is told, but not since when: since which day?"),
        at=at,
        missing="isolation_start",
        choices=[Choice(NOBODY, _("not known: only keep the place")), Choice(OTHER, _("type the day"))],
    )


def _end(columns: Columns, start: Times) -> Times:
    """Return until when people are isolated: told, else by the number of days, with or without the first one."""
    end = columns.time("isolation_end")
    days = columns.number("isolation_days", read=_number)
    told = days.fillna(0).to_numpy(dtype=np.int64)
    known = start.known & days.notna().to_numpy(dtype=bool) & ~end.known
    return Times(
        np.where(known, start.start + (told - 1) * DAY, end.start),
        np.where(known, start.end + told * DAY, end.end),
        end.known | known,
    )


def _number(text: str) -> str | None:
    found = re.match(r"\s*(\d{1,3})\b", text)
    return None if found is None else found[1]


def facility_of(rows: ListRows) -> str | None:
    """Return the quarantine centre or hospital that the title names."""
    place = rows.fact("place")
    return place if place is not None and kind_of_place(place) in ("centre", "hospital") else None


def kind_of_place(text: str) -> str | None:
    """Return what kind of isolation the name of a place says."""
    known = words("isolation_kind")
    exact = known.get(text.lower()) or known.get(fold(text))
    if exact:
        return exact
    start = fold(text)
    if _HOSPITAL.match(start):
        return "hospital"
    if _AT_HOME.match(start):
        return "home"
    return (
        "centre"
        if re.match(
            r"(khu|kcl|kcltt|cltt|cl tap trung|cach ly tap trung|truong|ktx|ky tuc xa|khach san|trung tam)\b", start
        )
        else None
    )


KIND: Final = Kind(
    name="isolations",
    fields=(
        *("isolation_start", "isolation_end", "isolation_days", "isolation_kind", "isolation_place", "block", "room"),
        "origin",
    ),
    marks=(
        frozenset({"isolation_start"}),
        frozenset({"isolation_kind", "arrived"}),
        frozenset({"isolation_place", "index"}),
        frozenset({"isolation_kind", "index"}),
    ),
    build=build,
)
