"""Columns whose heading names two facts, ``Họ tên, năm sinh``, ``Địa chỉ - SĐT``: each becomes a column of its own."""

from __future__ import annotations

import re
from typing import Final

from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, field_of, read_headings
from loaders.rows.split_cells import with_columns_of

_BETWEEN: Final = re.compile(r"\s*[,;+&\n]\s*|\s+[-–]\s+|\s+(?:và|and)\s+")
#: What the cells of a field look like, where that is sure: such a part is found wherever it stands in a cell.
_DAY: Final = r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
_FORMS: Final = {
    "phone": re.compile(r"(?:\+?84|0)(?:[ .-]?\d){8,10}"),
    "birth_year": re.compile(
        r"(?i)(?:(?:sn|sinh năm|sinh|ns)\s*:?\s*)?((?:19|20)\d\d|(?:khoảng\s*)?\d{1,3}\s*(?:t|tuổi))\b"
    ),
    "age": re.compile(r"(?i)(?:khoảng\s*)?\d{1,3}\s*(?:t|tuổi)?\b"),
    "birth_date": re.compile(_DAY),
    "national_id": re.compile(r"\d{12}|\d{9}"),
    "contact_date": re.compile(_DAY),
    "last_contact": re.compile(_DAY),
    "isolation_start": re.compile(_DAY),
    "sample": re.compile(_DAY),
    "onset": re.compile(_DAY),
    "day": re.compile(_DAY),
    "sex": re.compile(r"(?i)(?<!\w)(?:nam|nữ|nu|male|female|m|f)(?!\w)"),
}
_ROUGHLY: Final = 0.8
#: Two of these are one fact: a day and its hour.
_TIMES: Final = frozenset(
    {"day", "hours", "moment", "visit_start", "visit_end", "from_day", "to_day", "isolation_start"}
)


def with_facts_apart(sheet: Sheet) -> Sheet:
    """Return the sheet with each column of two facts as two: no cell loses a word."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    for at in range(len(sheet.headings)):
        parts = _parts(sheet, at)
        if parts is not None:
            sheet = _apart(sheet, at, *parts)
    return sheet


def _parts(sheet: Sheet, at: int) -> tuple[str, str] | None:
    """Return the two headings that one is, where each alone says something else and the whole is not known."""
    parts = [part.strip() for part in _BETWEEN.split(sheet.headings[at]) if part.strip()]
    whole = field_of(sheet.headings[at], PEOPLE)
    if len(parts) != 2 or (whole is not None and whole[1] > _ROUGHLY):
        return None
    fields = {means[0] for part in parts if (means := field_of(part, PEOPLE)) is not None}
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    others = {field for field, place in columns.items() if place != at}
    if len(fields) != 2 or fields & others or fields <= _TIMES:
        return None
    return parts[0], parts[1]


def _apart(sheet: Sheet, at: int, first: str, second: str) -> Sheet:
    told = [_split(text, first, second) for text in distinct_texts(sheet.cells[at])[1]]
    if not any(one is not None and two is not None for one, two in told):
        return sheet
    return with_columns_of(sheet, at, [(two,) for _, two in told], (second,), keep=(first, [one for one, _ in told]))


def _split(text: str, first: str, second: str) -> tuple[str | None, str | None]:
    """Return what a cell says of the first and of the second fact."""
    for heading, turned in ((second, False), (first, True)):
        means = field_of(heading, PEOPLE)
        form = _FORMS.get("" if means is None else means[0])
        match = None if form is None else form.search(text)
        if match is not None:
            rest = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,;-–.:()\n") or None
            return (match[0], rest) if turned else (rest, match[0])
        if form is not None:
            return (None, text) if turned else (text, None)
    one, *others = _BETWEEN.split(text, maxsplit=1)
    return one or None, others[0] if others else None
