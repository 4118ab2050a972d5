"""Cells that tell a day and the place: ``10/8 tại quán Hai Lúa`` of a contact, ``BV số 1 (từ 11/8)`` of isolation."""

from __future__ import annotations

from typing import Final

from loaders.columns.accents import Words
from loaders.columns.by_words import is_isolation
from loaders.columns.values import words
from loaders.columns.whereabouts import find_place, is_specific
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.split_cells import with_columns_of
from tracing.patterns import regex
from tracing.spelling import fold

_HOUR: Final = r"\d{1,2}\s?(?:h|g|giờ|:)\s?(?:\d{2})?"
_DAY: Final = r"(?<![\d/])\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?"
_TOLD: Final = Spelt(
    rf"(?i)\s*(?P<when>(?:(?:từ|lúc|khoảng|ngày|sáng|trưa|chiều|tối|đêm|{_HOUR}(?:\s*[-–]\s*{_HOUR})?)[\s,]*){{0,4}}{_DAY})"
    r"(?:\s*[-–,:;(]\s*|\s+)(?P<at>(?:tại|ở)\s+)?(?P<place>[^\W\d][^;\n]{2,80}?)\)?\s*\.?"
)
_ISOLATED_AT: Final = Words(
    r"bệnh viện|bv\w*|khu cách ly|kcl|cơ sở cách ly|trung tâm y tế|ttyt|khách sạn|trạm y tế|nhà"
)
#: Field of the day -> heading of the place, and the field of it.
_PLACES: Final = {
    "contact_date": ("Nơi tiếp xúc", "contact_place"),
    "last_contact": ("Nơi tiếp xúc", "contact_place"),
    "isolation_start": ("Nơi cách ly", "isolation_place"),
}

#: Where somebody is isolated or treated, and since when: ``BV Phổi tỉnh (từ 17/5)``, ``CLTT trường Lê Lợi từ 18/5``.
_SINCE: Final = Spelt(
    r"(?i)\s*(?P<place>[^\W\d][^;\n]{1,80}?)[\s,:–-]*"
    rf"(?:\(\s*(?:(?:từ|ngày|vào|lúc|kể)\s+){{0,3}}(?P<in>{_DAY})\s*\)"
    rf"|\s(?:kể )?(?:từ|vào)(?: ngày)? (?P<from>{_DAY}))\s*\.?"
)
#: The same with the last day: ``Tại nhà 12/8 - 26/8``, ``KCL Sơn Thịnh (12/8 đến 26/8)``.
_FROM_TO: Final = Spelt(
    r"(?i)\s*(?P<place>[^\W\d][^;\n]{1,80}?)[\s,:(–-]+(?:từ )?(?:ngày )?"
    rf"(?P<in>{_DAY})\s*(?:-|–|đến|tới)\s*(?:hết )?(?:ngày )?(?P<to>{_DAY})\s*\)?\s*\.?"
)
#: Where people are just now, as a heading, without accents: an isolation, where the cells tell one.
_NOW: Final = regex(r"(?:hien|dang|hien dang|hien nay|hien nay dang|bay gio) ?o dau")
#: How somebody is isolated before the name of the place, which tells it as well: ``CLTT tại trường …``.
_FIRST: Final = Spelt(r"(?i)^\s*(?:CLTT|cách ly(?: y tế)?(?: tập trung)?)\s+(?:tại|ở)\s+(?=[^\W\d]{3,}\s[A-ZÀ-ỸĐ])")
_SINCE_HEADING, _UNTIL_HEADING, _WHERE_HEADING = "Ngày bắt đầu cách ly", "Ngày kết thúc cách ly", "Nơi cách ly"


def _with_days_of_isolation(sheet: Sheet) -> Sheet:
    """Return a list whose cells tell behind the place of an isolation since when, with the day as a column."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    now = next((at for at, heading in enumerate(sheet.headings) if _NOW.fullmatch(fold(heading))), None)
    how = columns.get("isolation_kind")
    at = columns.get("isolation_place", now if how is None else how)
    if at is None or {"isolation_start", "isolated"} & set(columns):
        return sheet
    told = [(text, _since(text)) for text in distinct_texts(sheet.cells[at])[1]]
    if not any(match is not None and is_isolation(match[0]) for _, match in told):
        return sheet
    places = [_FIRST.sub("", text if match is None else match[0]) for text, match in told]
    days: list[tuple[str | None, ...]] = [(None, None) if match is None else match[1:] for _, match in told]
    named = at == how and not {fold(text) for text in places} <= {fold(word) for word in words("isolation_kind")}
    heading = _WHERE_HEADING if at == now or named else sheet.headings[at]
    last = () if "isolation_end" in columns else (_UNTIL_HEADING,)
    return with_columns_of(sheet, at, days, (_SINCE_HEADING, *last), keep=(heading, places))


def _since(text: str) -> tuple[str, str | None, str | None] | None:
    """Return place, first and last day of a text that tells where somebody is isolated, and since when."""
    span = _FROM_TO.fullmatch(text)
    if span is not None:
        return span["place"].strip(" ,("), span["in"], span["to"]
    since = _SINCE.fullmatch(text)
    return None if since is None else (since["place"].strip(" ,("), since["in"] or since["from"], None)


def with_places_apart(sheet: Sheet) -> Sheet:
    """Return a list whose cells tell behind a day where somebody met a case or is isolated, with that as a column."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    sheet = _with_days_of_isolation(sheet)
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    for name, (heading, field) in _PLACES.items():
        at = columns.get(name)
        if at is None or {field, "place"} & set(columns) or heading in sheet.headings:
            continue
        told = [(text, _told(text, name)) for text in distinct_texts(sheet.cells[at])[1]]
        if any(one is not None for _, one in told):
            days = [text if one is None else one[0] for text, one in told]
            places = [(None if one is None else one[1],) for _, one in told]
            sheet = with_columns_of(sheet, at, places, (heading,), keep=(sheet.headings[at], days))
    return sheet


def _told(text: str, name: str) -> tuple[str, str] | None:
    """Return the day and the place that a text tells, and nothing else; None of any other."""
    match = _TOLD.fullmatch(text)
    if match is None:
        return None
    place = match["place"].strip(" .,)")
    if name == "isolation_start":
        return (match["when"], place) if _ISOLATED_AT.match(place) else None
    found = find_place(place)
    named = found is not None and is_specific(found)
    return (match["when"], place) if named and (match["at"] or place.startswith(str(found))) else None
