"""Several cases in a cell, each with its day in brackets, ``BN34 (16/7); BN35 (18/7)``: a row for each contact."""

from __future__ import annotations

import re
from typing import Final

from loaders.files.body import matches
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings

_DAY: Final = r"(?:(?:ngày|tx|từ|lần cuối|gặp)\s+){0,2}\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?"
_ONE: Final = re.compile(
    rf"(?i)\s*(?P<case>(?:BN|F0|CA)[ .\-]?\d{{1,7}}(?:\s+[^\d()]{{2,40}})?)\s*\(\s*(?P<day>{_DAY})\s*\)\s*"
)
_PARTS: Final = re.compile(r"\s*(?:[;,+\n]|(?<=\))\s*(?:và|&))\s*")
_LEAD: Final = re.compile(r"(?i)^(?:(?:ngày|tx|từ|lần cuối|gặp)\s+){1,2}")
_HEADING: Final = "Ngày tiếp xúc (trong ngoặc)"
_WHEN: Final = frozenset({"first_contact", "last_contact", "contact_date", "day", "moment"})


def with_cases_dated(sheet: Sheet) -> Sheet:
    """Return a contact list with a row for each case of such cells and the day as a column; any other as it is."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    at = columns.get("index", columns.get("sources"))
    if at is None or _WHEN & set(columns) or sheet.origin is not None:
        return sheet
    if not matches(sheet.cells[at], r"\(.*\d").any():
        return sheet
    told = {text: found for text in distinct_texts(sheet.cells[at])[1] if (found := _dated(text))}
    if not told:
        return sheet
    each = [told.get(text, [(text, None)]) if isinstance(text, str) else [(None, None)] for text in sheet.cells[at]]
    rows = [row for row, found in enumerate(each) for _one in found]
    cases, days = zip(*(one for found in each for one in found), strict=True)
    return sheet.with_rows_of(rows, {at: cases}).with_column(_HEADING, days, letter=sheet.letters[at])


def _dated(text: str) -> list[tuple[str | None, str | None]]:
    """Return the cases of a cell with their days; none of a cell in which one has none."""
    found = [_ONE.fullmatch(part) for part in _PARTS.split(text.strip(" ;,"))]
    return [(one["case"].strip(), _LEAD.sub("", one["day"])) for one in found if one] if all(found) else []
