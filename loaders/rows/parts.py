"""Parts of the place where people were, and what a list of visits tells beside the place and hours it is read by."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

import pandas as pd

from loaders.columns.columns import Columns
from loaders.columns.texts import by_distinct, told_of
from tracing.patterns import regex
from tracing.spelling import fold

PARTS: Final = ("boat", "ward", "class", "team", "table", "stall", "block", "room")
"""Parts of a place, in the order in which they make its name."""
PART_WORDS: Final = {
    **{"table": "bàn", "stall": "sạp", "room": "phòng", "block": "dãy", "class": "lớp", "team": "tổ", "boat": "tàu"}
}
"""The word before the number of a part of a place."""
#: Parts of any place, in the order in which they make its name; a class is one of a school.
_WITHIN: Final = ("ward", "class", "table", "room")
_SCHOOL: Final = regex(r"\b(?:truong|thcs|thpt|tieu hoc|mam non|mau giao|school|college)\b")
#: What is no part of a place that a column names: how somebody came there, with whom they work.
_KEPT: Final = ("boat", "vehicle", "team", "class", "place_code")
#: What tells the time of a visit once more, beside both of its ends.
_TIMES: Final = ("hours", "direction", "shift")


def part_of_place(word: str | None, text: str) -> str:
    """Return a part of a place with the word for it: a room "204" is "phòng 204", a table "2" is "bàn 2"."""
    return f"{word} {text}" if word and re.fullmatch(r"[A-Za-z]|[A-Za-z]?\d[\w./-]*", text) else text


def within(columns: Columns, place: pd.Series, *, shared: bool) -> pd.Series:
    """Return places with the parts that other columns tell: the room of a hotel; no class where a room is ``shared``.

    What a column tells is put behind the name of the place.
    """
    schools = pd.Series(told_of(place, lambda text: _SCHOOL.search(fold(text)) is not None))
    for name in (one for one in _WITHIN if columns.has(one) and not (one == "class" and shared)):
        below = by_distinct(columns.ids(name), partial(part_of_place, PART_WORDS.get(name)))
        below = below.where(schools) if name == "class" else below
        place = (place + ", " + below).fillna(place)
    return place.astype("string")


def unread(columns: Columns) -> list[str]:
    """Return the fields of a list of visits that its places and hours leave: they stay with the visit as they are."""
    placed = _KEPT if columns.has("place") else ("vehicle",) if columns.has(*PARTS) else ()
    both = columns.has("visit_start") and columns.has("visit_end")
    timed = _TIMES if both else () if columns.has("visit_start") else ("direction",)
    return [name for name in (*placed, *timed) if columns.has(name)]
