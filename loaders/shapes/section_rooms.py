"""Lines between the rows that name a room, ``Phòng 1 (3 người)``, ``PHÒNG SỐ 101:``: the room of those below."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from tracing.spelling import fold

_ROOM: Final = Spelt(
    r"\s*(?:(?:[IVXivx]{1,5}|[A-Za-z]|\d{1,2})\s?[.)/-]\s?)?"
    r"((?i:phòng|buồng|lều|room|ward|tent)(?i: thi| bệnh| cách ly| điều trị| khám)?(?i: số| no\.?)?[ :.]?"
    r"\s*(?:[A-Z]{1,2}[ .-]?)?\d{1,4}[A-Za-z]?)(?![\w/])\s*(?:[:(,;.–-].*)?"
)
#: What says that a line goes on with a room that another page began.
_AGAIN: Final = re.compile(r"\((?:tiep|tt|tiep theo|cont\w*)\b")
_HEADING: Final = "Phòng"
_FEWEST: Final = 0.5


def with_rooms_of_sections(sheet: Sheet) -> Sheet:
    """Return a list of people with the rooms that the lines between its rows name as a column.

    A room that is named again below others is another of that name, in another block or on another floor.
    """
    if sheet.sections is None or sheet.origin is not None:
        return sheet
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if not {"name", "first_name"} & set(columns) or "room" in columns:
        return sheet
    told = _rooms(sheet.sections)
    return sheet.with_column(_HEADING, told) if told.notna().sum() > _FEWEST * len(sheet) else sheet


def _rooms(sections: pd.Series) -> pd.Series:
    begun: dict[str, int] = {}
    rooms: list[str | None] = []
    above: str | None = None
    for text in sections:
        if isinstance(text, str) and text == above:
            rooms.append(rooms[-1])
            continue
        above = text if isinstance(text, str) else None
        match = None if above is None else _ROOM.of(above).fullmatch(above)
        if match is None:
            rooms.append(None)
            continue
        room = re.sub(r"[\s:]+", " ", match[1])
        if not _AGAIN.search(fold(str(above))):
            begun[fold(room)] = begun.get(fold(room), 0) + 1
        number = begun.get(fold(room), 1)
        rooms.append(room if number < 2 else f"{room} ({number})")
    return pd.Series(pd.array(rooms, dtype="string"))
