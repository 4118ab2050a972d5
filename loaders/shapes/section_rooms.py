"""Lines between the rows that name a room, ``Phòng 1 (3 người)``, ``PHÒNG SỐ 101:``: the room of those below.

``Vào phòng`` above numbers is the room, too; above days and hours it is when somebody came there. Lines that name
the houses of a list of rooms, ``1. Nhà trọ bà Lan, KP3``, say in which of them each room is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.texts import by_distinct
from loaders.files.grid import Sheet, distinct_texts, some_of
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

_ROOM: Final = Spelt(
    r"\s*(?:(?:[IVXivx]{1,5}|[A-Za-z]|\d{1,2})\s?[.)/-]\s?)?"
    r"((?i:phòng|buồng|lều|room|ward|tent)(?i: thi| bệnh| cách ly| điều trị| khám)?(?i: số| no\.?)?[ :.]?"
    r"\s*(?:[A-Z]{1,2}[ .-]?)?\d{1,4}[A-Za-z]?)(?![\w/])\s*(?:[:(,;.–-].*)?"
)
#: What says that a line goes on with a room that another page began.
_AGAIN: Final = regex(r"\((?:tiep|tt|tiep theo|cont\w*)\b")
_HEADING: Final = "Phòng"
#: A house of rooms that such a line names, up to what is told of it.
_HOUSE: Final = Spelt(
    r"\s*(?:(?:[IVXivx]{1,5}|[A-Za-z]|\d{1,2})\s?[.)/-]\s?)?"
    r"((?i:(?:khu |dãy )?nhà trọ|(?:khu|dãy|xóm) trọ|nhà nghỉ|khách sạn|ký túc xá|KTX)"
    r" [^\s,;:()–-]+(?: [^\s,;:()–-]+){0,7})"
    r"\s*(?:[:(,;–-].*)?"
)
_PLACE: Final = "Địa điểm"
_FEWEST: Final = 0.5
#: Headings of the room into which somebody went, or of the hour at which they did, without accents.
_ENTERED: Final = regex(r"(?:vao|den|sang|tham|o|ghe|toi|entered|visited)(?: (?:phong|buong|room)(?: so| nao| no)?)")
_NUMBER: Final = regex(r"(?i)(?:(?:p|phòng|phong|buồng|buong|room)[ .]?)?[A-Z]?\d{1,4}[A-Z]?(?:\.0)?")


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


def with_houses_of_sections(sheet: Sheet) -> Sheet:
    """Return a list of people in rooms with the houses that the lines between its rows name as a column."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.sections is None or sheet.origin is not None or "room" not in columns or "place" in columns:
        return sheet
    told = by_distinct(sheet.sections, _house)
    return sheet.with_column(_PLACE, told) if told.notna().sum() > _FEWEST * len(sheet) else sheet


def _house(text: str) -> str | None:
    match = _HOUSE.of(text).fullmatch(text)
    return None if match is None else match[1].strip()


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


def with_rooms_entered(sheet: Sheet) -> Sheet:
    """Return a list with the numbers of rooms below ``Vào phòng`` as rooms."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or "room" in columns:
        return sheet
    for at, heading in enumerate(sheet.headings):
        if _ENTERED.fullmatch(fold(heading)):
            distinct = distinct_texts(sheet.cells[at])[1]
            if distinct and all(_NUMBER.fullmatch(text.strip()) for text in some_of(distinct)):
                headings = tuple(_HEADING if i == at else text for i, text in enumerate(sheet.headings))
                return replace(sheet, headings=headings)
    return sheet
