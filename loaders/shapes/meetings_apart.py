"""A column that tells of each contact the day, the hours and the place in one cell, as its heading says.

``Tiếp xúc (ngày, giờ, địa điểm)``: ``10/8 8h-9h chợ Cái Nước``, ``sống cùng nhà đến 11/8``.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from loaders.columns.when import read_when
from loaders.columns.whereabouts import find_place, is_specific
from loaders.files.grid import Sheet, distinct_texts, share_of
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.split_cells import with_columns_of
from tracing.patterns import regex
from tracing.spelling import fold

FIRST, DAY, LAST = "Ngày tiếp xúc đầu tiên", "Ngày tiếp xúc", "Ngày tiếp xúc cuối"
HOURS, PLACE, HOW = "Giờ", "Nơi tiếp xúc", "Hoàn cảnh tiếp xúc"
_HEADING: Final = regex(r"(?:thong tin |noi dung |dien bien )?(?:tiep xuc|tx)\b(?! voi).*")
#: A heading that names no part; such a column is one where most cells tell a day.
_OF_ALL: Final = regex(
    r"(?:cac )?(?:moc|hoan canh|tinh huong|thoi diem|dien bien|noi dung|thong tin|chi tiet) (?:tiep xuc|tx)\b(?! voi).*"
)
_MOST: Final = 0.6
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
_FROM: Final = regex(r"(?i)\s(?:từ|tu)(?: ngày| ngay)?$")
_COLUMNS: Final = (FIRST, DAY, LAST, HOURS, PLACE)
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
        named = _HEADING.fullmatch(said) and sum(re.search(part, said) is not None for part in _PARTS) >= _FEWEST
        if not named and not (_OF_ALL.fullmatch(said) and share_of(sheet, at, _tells_day) >= _MOST):
            continue
        told = [_apart(text) for text in distinct_texts(sheet.cells[at])[1]]
        if any(any(one.days) for one in told):
            rest = [one.rest for one in told]
            return with_columns_of(
                sheet, at, [(*one.days, one.hours, one.place) for one in told], _COLUMNS, keep=(HOW, rest)
            )
    return sheet


class _Told(NamedTuple):
    """First, one and last day, the hours, the place and the other words of a cell."""

    days: tuple[str | None, str | None, str | None] = (None, None, None)
    hours: str | None = None
    place: str | None = None
    rest: str | None = None


def _tells_day(text: str) -> bool:
    return _DAY.of(text).search(text) is not None


def _apart(text: str) -> _Told:
    """Return what a cell tells; one of several days or hours, and no span of days, stays a day."""
    days = list(_DAY.of(text).finditer(text))
    if not days:
        return _Told(rest=text)
    if len(days) > 1:
        span = read_when(text)  # several days are asked about, where no days are listed
        if span is None or span.last is None:
            return _Told((None, text, None))
        return _Told((span.first, None, span.last), rest=_FROM.sub("", span.rest.strip(_SIGNS)).strip(_SIGNS) or None)
    day = days[0]
    rest = f"{text[: day.start()]} {text[day.end() :]}"
    hours = list(_HOURS.of(rest).finditer(rest))
    if len(hours) > 1:
        return _Told((None, text, None))
    if hours:
        rest = f"{rest[: hours[0].start()]} {rest[hours[0].end() :]}"
    rest = re.sub(r"\s+", " ", re.sub(r"\(\s*\)", " ", rest)).strip(_SIGNS)
    place = find_place(rest)
    named = place if place is not None and is_specific(place) else None
    if named is not None and fold(rest).removeprefix("tai ").removeprefix("o ") == fold(named):
        rest = ""
    told = (None, None, day["day"]) if day["to"] else (None, day["day"], None)
    return _Told(told, hours[0]["hours"] if hours else None, named, rest or None)
