"""Cells that tell only until when two people met, ``Hàng ngày, đến 19/8``: the last day is a column of its own."""

from __future__ import annotations

import re
from typing import Final

from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.split_cells import with_columns_of

_UNTIL: Final = Spelt(
    r"(?i)\s*(?:(?:tiếp xúc |gặp |ở )?(?:hàng ngày|hằng ngày|mỗi ngày|thường xuyên|liên tục)[\s,;:–-]*)?"
    r"(?:cho |kéo dài )?(?:đến|tới)(?: hết)?(?: ngày)?\s+(?P<day>\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?)\s*\.?"
)
_LAST: Final = "Ngày tiếp xúc cuối cùng"


def with_last_days_apart(sheet: Sheet) -> Sheet:
    """Return a list of contacts with the last days that its cells tell as a column, or alone in that column."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    own = columns.get("last_contact")
    at = own if own is not None else columns.get("contact_date", columns.get("day"))
    if at is None or (own is None and not re.search(r"(?i)tiếp xúc|\btx\b", sheet.headings[at])):
        return sheet
    told = [(text, _UNTIL.fullmatch(text)) for text in distinct_texts(sheet.cells[at])[1]]
    if not any(match is not None for _, match in told):
        return sheet
    days = [None if match is None else match["day"] for _, match in told]
    if own is not None:
        alone = [day or text for day, (text, _) in zip(days, told, strict=True)]
        return with_columns_of(sheet, at, [() for _ in told], (), keep=(sheet.headings[at], alone))
    rest = [text if match is None else None for text, match in told]
    return with_columns_of(sheet, at, [(day,) for day in days], (_LAST,), keep=(sheet.headings[at], rest))
