"""A column that tells of each contact the day, the hours and the place in one cell, as its heading says.

``Tiếp xúc (ngày, giờ, địa điểm)``: ``10/8 8h-9h chợ Cái Nước``, ``sống cùng nhà đến 11/8``.
"""

from __future__ import annotations

import re
from typing import Final

from loaders.columns.whereabouts import find_place, is_specific
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.split_cells import with_columns_of
from tracing.patterns import regex
from tracing.spelling import fold

DAY, LAST, HOURS, PLACE, HOW = "Ngày tiếp xúc", "Ngày tiếp xúc cuối", "Giờ", "Nơi tiếp xúc", "Hoàn cảnh tiếp xúc"
_HEADING: Final = regex(r"(?:thong tin |noi dung |dien bien )?(?:tiep xuc|tx)\b(?! voi).*")
_PARTS: Final = (r"\bngay\b|\bthoi gian\b|\bluc nao\b", r"\bgio\b", r"\b(?:dia diem|noi|o dau|tai dau)\b")
_HOUR: Final = r"\d{1,2}\s?(?:h|g|giờ|:)\s?(?:\d{2})?"
_HOURS: Final = Spelt(
    rf"(?i)(?:\b(?:từ|lúc|khoảng)\s+){{0,2}}(?P<hours>{_HOUR}(?:\s*(?:-|–|đến|tới)\s*{_HOUR})?)(?![\w/])"
)
_D_M: Final = r"\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?"
_DAY: Final = Spelt(
    r"(?i)(?P<to>(?:đến|tới)(?: hết)?\s+)?(?:(?:ngày|hôm|sáng|trưa|chiều|tối|đêm)\s+){0,2}"
    rf"(?<![\d/])(?P<day>{_D_M})(?![\d/])"
)
_SIGNS: Final = " ,;:.–-"
_FEWEST: Final = 2


def with_meetings_apart(sheet: Sheet) -> Sheet:
    """Return a list with day, hours, place and the other words of such a column as columns."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if {"contact_date", "first_contact", "last_contact", "contact_place", "hours"} & set(columns):
        return sheet
    for at, heading in enumerate(sheet.headings):
        said = fold(heading)
        if not _HEADING.fullmatch(said) or sum(re.search(part, said) is not None for part in _PARTS) < _FEWEST:
            continue
        told = [_apart(text) for text in distinct_texts(sheet.cells[at])[1]]
        if any(one[0] or one[1] for one in told):
            rest = [one[4] for one in told]
            return with_columns_of(sheet, at, [one[:4] for one in told], (DAY, LAST, HOURS, PLACE), keep=(HOW, rest))
    return sheet


def _apart(text: str) -> tuple[str | None, str | None, str | None, str | None, str | None]:
    """Return day, last day, hours, place and the other words of a cell; one of several days or hours stays a day."""
    days = list(_DAY.of(text).finditer(text))
    if not days:
        return None, None, None, None, text
    if len(days) > 1:
        return text, None, None, None, None  # asked about, where no days are listed
    day = days[0]
    rest = f"{text[: day.start()]} {text[day.end() :]}"
    hours = list(_HOURS.of(rest).finditer(rest))
    if len(hours) > 1:
        return text, None, None, None, None
    if hours:
        rest = f"{rest[: hours[0].start()]} {rest[hours[0].end() :]}"
    rest = re.sub(r"\s+", " ", rest).strip(_SIGNS)
    place = find_place(rest)
    named = place if place is not None and is_specific(place) else None
    if named is not None and fold(rest).removeprefix("tai ").removeprefix("o ") == fold(named):
        rest = ""
    on, last = (None, day["day"]) if day["to"] else (day["day"], None)
    return on, last, hours[0]["hours"] if hours else None, named, rest or None
