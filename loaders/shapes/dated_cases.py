"""Several cases in a cell, each with its day in brackets, ``BN34 (16/7); BN35 (18/7)``: a row for each contact."""

from __future__ import annotations

from typing import Final

from loaders.files.body import matches
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from tracing.patterns import regex

_DAY: Final = r"(?:(?:ngày|tx|từ|lần cuối|gặp)\s+){0,2}\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?"
_ONE: Final = regex(
    rf"(?i)\s*(?P<case>(?:BN|F0|CA)[ .\-]?\d{{1,7}}(?:\s+[^\d()]{{2,40}})?)\s*\(\s*(?P<day>{_DAY})\s*\)\s*"
)
#: A case and the day in words: ``BN41, tiếp xúc ngày 09/8 (làm cùng tổ)``.
_IN_WORDS: Final = regex(
    r"(?i)(?P<case>(?:BN|F0|CA)[ .\-]?\d{1,7}(?: [^\W\d]{1,7}){0,4}) ?[,;:–-]? ?(?:có )?(?:tiếp xúc|tx|gặp)"
    r"(?: gần| lần cuối| vào| hôm| ngày){0,3} (?P<day>\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?)"
    r"(?: ?\((?P<kind>[^()]{1,80})\))?"
)
_PARTS: Final = regex(r"\s*(?:[;,+\n]|(?<=\))\s*(?:và|&))\s*")
_LEAD: Final = regex(r"(?i)^(?:(?:ngày|tx|từ|lần cuối|gặp)\s+){1,2}")
_HEADING: Final = "Ngày tiếp xúc (trong ngoặc)"
_KIND: Final = "Hình thức tiếp xúc"
_Told = tuple[str | None, str | None, str | None]
_WHEN: Final = frozenset({"first_contact", "last_contact", "contact_date", "day", "moment"})


def with_cases_dated(sheet: Sheet) -> Sheet:
    """Return a contact list with a row for each case of such cells and the day as a column; any other as it is."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    at = columns.get("index", columns.get("sources"))
    if at is None or _WHEN & set(columns) or sheet.origin is not None:
        return sheet
    if not matches(sheet.cells[at], r"\(.*\d|\d[/.-]\d").any():
        return sheet
    told = {text: found for text in distinct_texts(sheet.cells[at])[1] if (found := _dated(text))}
    if not told:
        return sheet
    none: list[_Told] = [(None, None, None)]
    each = [told.get(text, [(text, None, None)]) if isinstance(text, str) else none for text in sheet.cells[at]]
    rows = [row for row, found in enumerate(each) for _one in found]
    cases, days, kinds = zip(*(one for found in each for one in found), strict=True)
    out = sheet.with_rows_of(rows, {at: cases}).with_column(_HEADING, days, letter=sheet.letters[at])
    return out.with_column(_KIND, kinds, letter=sheet.letters[at]) if any(kinds) and "kind" not in columns else out


def _dated(text: str) -> list[_Told]:
    """Return the cases of a cell with their days, and how they met; none of a cell in which one has no day."""
    whole = _IN_WORDS.fullmatch(" ".join(text.split()).strip(" ;,."))
    if whole is not None:
        return [(whole["case"].strip(), whole["day"], whole["kind"])]
    found = [_ONE.fullmatch(part) for part in _PARTS.split(text.strip(" ;,"))]
    return [(one["case"].strip(), _LEAD.sub("", one["day"]), None) for one in found if one] if all(found) else []
