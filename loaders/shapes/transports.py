"""Who was brought where: a log of rides into isolation or treatment, and what a post did with whom it stopped.

``Đưa đến: BV Điều trị``, ``Xử lý: đưa về KCL Trường THCS Phú Tân``: who is brought to a place with a name of its own is
isolated there from that day on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.remark import is_remark
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.left_early import KIND, START, WHERE, WHO_IS_MEANT, kind_of_place, place_in
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import unaccented

#: Headings of where people were brought, and of what was done with them, without accents.
_TO: Final = regex(
    r"(?:noi |dia diem |diem )?(?:(?:dua|cho|chuyen|van chuyen|ban giao|tiep nhan|giao)(?: nguoi| bn| benh nhan)?)"
    r" (?:den|toi|ve|vao|tai)(?: .{0,20})?|(?:noi|diem) (?:den|tra|chuyen|ban giao|tiep nhan)|tra tai|(?:noi )?ban giao"
    r"|(?:taken|brought|transferred|transported|moved) to|destination|drop[ -]?off(?: point)?"
)
_DONE: Final = regex(r"(?:huong |bien phap |ket qua )?(?:xu ly|xu tri|giai quyet)|(?:action(?:s)?(?: taken)?|outcome)")
#: That a list is of an epidemic: the sick are brought to hospitals on other days, too.
_EPIDEMIC: Final = regex(r"\bf ?[012]\b|\bcach ly\b|\bkcl|\bkhu cl\b|covid|\bdich\b|sars|ncov|quarantine|isolation")
_AT_HAND: Final = regex(r"\bcach ly(?: tam(?: thoi)?)?(?: ngay)? (?:tai|o) (?:.{0,20}\b)?(?:chot|tram|cho)\b")
_FEWEST: Final = 0.6


def with_transports(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets, logs of rides as lists of isolations, and behind a list of a post who is isolated since."""
    return [part for sheet in sheets for part in _with_transports(sheet)]


def _with_transports(sheet: Sheet) -> list[Sheet]:
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or "name" not in columns or not len(sheet):
        return [sheet]
    if {"isolation_start", "isolation_place", "isolation_kind"} & set(columns):
        return [sheet]
    for at, heading in enumerate(sheet.headings):
        rides, done = _TO.fullmatch(fold(heading)), _DONE.fullmatch(fold(heading))
        if rides is None and done is None:
            continue
        codes, distinct = distinct_texts(sheet.cells[at])
        told = [_place(text, sheet.fact("place")) for text in distinct]
        if not any(told) or not _is_of_epidemic(sheet, at):
            continue
        days = _days(sheet, columns)
        if days is None:
            continue
        places = pd.Series([*told, None], dtype="string").take(codes).reset_index(drop=True)
        if rides is not None and sum(map(bool, told)) >= _FEWEST * len(told):
            return [_as_isolations(sheet, columns, at, places, days)]
        return [sheet, _isolated(sheet, columns, at, places, days)]
    return [sheet]


@lru_cache(maxsize=20_000)
def _place(text: str, post: str | None) -> str | None:
    """Return the place with a name of its own to which a cell says that somebody was brought; of a post, itself."""
    found = place_in(text) or place_in(f"{'dua den' if unaccented(text) == text else 'đưa đến'} {text}")
    return post if found is None and _AT_HAND.search(fold(text)) else found


def _is_of_epidemic(sheet: Sheet, at: int) -> bool:
    remarks = [at, *(place for place, heading in enumerate(sheet.headings) if is_remark(heading))]
    told = [line.text for line in (*sheet.titles, *sheet.notes)]
    told += [text for place in remarks for text in distinct_texts(sheet.cells[place])[1][:200]]
    return any(_EPIDEMIC.search(fold(text)) for text in told)


def _days(sheet: Sheet, columns: Mapping[str, int]) -> pd.Series | None:
    """Return the day of each row, its hour before it where one is told: its own, else that of the list."""
    own = next((columns[name] for name in ("day", "visit_date", "moment") if name in columns), None)
    titled = sheet.fact("day")
    if own is None and titled is None:
        return None
    empty = pd.Series(pd.array([titled] * len(sheet), dtype="string"))
    return empty if own is None else sheet.cells[own].fillna(empty)


def _as_isolations(sheet: Sheet, columns: Mapping[str, int], at: int, places: pd.Series, days: pd.Series) -> Sheet:
    """Return a log of rides as the list of who is isolated where; when and where they got on stays as a remark."""
    hours = {columns[name] for name in _HOURS if name in columns}
    headings = [_LEFT if i in hours or _TIME.fullmatch(fold(text)) else text for i, text in enumerate(sheet.headings)]
    rode = {at, *(columns[name] for name in _OF_RIDES if name in columns)}
    headings = [
        f"Ghi chú ({text})" if i in rode or _FROM.fullmatch(fold(text)) else text for i, text in enumerate(headings)
    ]
    own = {columns[name] for name in ("day", "visit_date", "moment") if name in columns}
    facts = tuple(fact for fact in sheet.facts if fact.name not in ("plate", "place"))
    out = replace(sheet, headings=tuple(headings), facts=facts)
    kinds = places.map(lambda place: kind_of_place(place) if isinstance(place, str) else None).astype("string")
    letter = sheet.letters[at]
    out = out.with_column(START, days.where(places.notna()), letter=letter).with_column(WHERE, places, letter=letter)
    return out.with_column(KIND, kinds, letter=letter).without_columns(own)


def _isolated(sheet: Sheet, columns: Mapping[str, int], at: int, places: pd.Series, days: pd.Series) -> Sheet:
    """Return the list of those whom a post had brought somewhere."""
    rows = np.flatnonzero(places.notna().to_numpy())
    own = {sheet.headings[place]: place for name, place in columns.items() if name in WHO_IS_MEANT}
    told = {heading: sheet.cells[place].iloc[rows].reset_index(drop=True) for heading, place in own.items()}
    told[START] = days.iloc[rows].reset_index(drop=True)
    told[WHERE] = places.iloc[rows].reset_index(drop=True)
    told[KIND] = told[WHERE].map(kind_of_place).astype("string")
    facts = tuple(fact for fact in sheet.facts if fact.name in ("day", "year", "month", "commune", "district"))
    more = {"facts": facts, "titles": ()}  # the post is where they were before
    return sheet.with_table(told, letter=sheet.letters[at], numbers=sheet.numbers[rows], origin=None, **more)


_HOURS: Final = ("visit_start", "visit_end", "hours")
_OF_RIDES: Final = ("vehicle", "place", "origin", "driver", "mate")
_LEFT: Final = "Giờ đưa đi"
_TIME: Final = regex(r"(?:gio|thoi gian|luc)(?: .{0,20})?|time(?: .{0,20})?")
_FROM: Final = regex(
    r"(?:noi |diem |dia diem )?(?:don|nhan|xuat phat|di)(?: nguoi| bn| benh nhan| khach)?(?: tai| tu)?"
    r"|(?:picked up|from|pick[ -]?up)(?: (?:at|point|from))?"
)
