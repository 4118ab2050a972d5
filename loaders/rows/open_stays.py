"""Stays in a room whose end is not told: they go on until the day of the list, or until the day that is answered."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns
from loaders.columns.dates import Times, read_times
from loaders.columns.texts import told_of
from loaders.questions import NOBODY, OTHER, Choice
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue
from tracing.times import DAY

_, _n = catalogue("loaders")

_HOUR: Final = 3600
#: That somebody is there still, without accents.
_STILL: Final = regex(
    r"(?:(?:hien|van|dang|con) ?){1,3}(?:nam|o|luu tru|dieu tri|cham|truc)?(?: vien| lai| khoa| phong)?"
    r"|chua (?:ra|ve|xuat|tra)(?: vien| khoa| phong)?|still (?:here|there|in)|in[ -]?house"
    r"|not (?:yet )?(?:left|discharged)|(?:den|toi) (?:nay|hien (?:nay|tai))|still admitted"
)
_LODGES: Final = regex(
    r"\b(?:ngay (?:vao|den) o|(?:ngay )?nhan phong|check ?-?in|vao vien|nhap vien|admi(?:tted|ssion))\b"
)


def open_stays(columns: Columns, start: Times, end: Times) -> Times:
    """Return the ends with those of stays in a room that go on: the day of the list, or the one that is answered."""
    goes_on = start.known & ~end.known & ~columns.lost("visit_end")
    if not _are_nights(start, end) and not _begin_nights(columns):
        goes_on &= start.end - start.start > _HOUR  # who came at an hour may have left at another of that day
    if not goes_on.any():
        return end
    at = columns.at("visit_end") if columns.has("visit_end") else columns.at("visit_start")
    day = columns.sheet.dates.day
    said: str | None = _until_the_last(columns, goes_on) if day is None else day.isoformat()
    if said is None:
        said = columns.asked.ask(
            columns.sheet,
            "value",
            _("Stays without a last day: until which day were these people there?"),
            column=at,
            choices=[
                *_last_day(columns),
                Choice(OTHER, _("type the day")),
                Choice(NOBODY, _("not known: their first day only")),
            ],
            rows=np.flatnonzero(goes_on),
        )
    if said is None:
        columns.query("stay.open", np.flatnonzero(goes_on), at)
    read = read_times(pd.Series([said], dtype="string"), zone=columns.options.zone, day_first=True)
    if not read.known[0]:
        return end
    where = goes_on & (read.end[0] > start.start)
    first, last = np.where(where, read.start[0], end.start), np.where(where, read.end[0], end.end)
    return Times(first, last, end.known | where)


def _are_nights(start: Times, end: Times) -> bool:
    """Tell whether most of the stays whose end is told are over a night."""
    both = start.known & end.known
    return bool(both.any()) and float(np.median((end.end - start.start)[both])) >= DAY / 2


def _begin_nights(columns: Columns) -> bool:
    """Tell whether the column of the start says since when somebody lodges there, at whatever hour that began."""
    at = columns.at("visit_start")
    return at is not None and _LODGES.search(fold(columns.sheet.headings[at])) is not None


def _until_the_last(columns: Columns, goes_on: npt.NDArray[np.bool_]) -> str | None:
    """Return the last day that the title tells where all these rows say that the people are there still."""
    texts = columns.text("visit_end")[goes_on]
    still = told_of(texts, lambda text: _STILL.fullmatch(fold(text).strip(" .")) is not None)
    return next((choice.value for choice in _last_day(columns)), None) if still.all() else None


def _last_day(columns: Columns) -> list[Choice]:
    """Return the last day of the time that the title tells as a choice."""
    told = {fact.value.partition("/")[2] for fact in columns.sheet.facts if fact.name == "day" and "/" in fact.value}
    day = told.pop() if len(told) == 1 else ""
    return [Choice(day, _("until {day}, the last day of the list", day=day))] if day else []
