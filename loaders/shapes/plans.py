"""Plans of who sat or worked where, a column of names below each table, room or team: ``Bàn 4 | Bàn 5 | Bàn 6``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.looks import is_name
from loaders.columns.stays import tells_session
from loaders.files.grid import Sheet
from tracing.patterns import regex
from tracing.spelling import fold

#: What heads such a column, and the heading of that part of a place in a list.
_PART: Final = regex(
    r"(?P<word>ban|mam|phong|buong|to|nhom|toa|leu|table|room|team|group)(?: so| no\.?)? ?[a-z]{0,2}\d{1,3}[a-z]?"
    r"(?: ?\(.{0,40}\))?"
)
_HEADINGS: Final = {
    **dict.fromkeys(("ban", "mam", "table"), "Bàn"),
    **dict.fromkeys(("phong", "buong", "leu", "room"), "Phòng"),
    **dict.fromkeys(("to", "nhom", "team", "group"), "Tổ"),
    "toa": "Toa",
}
#: A number of an employee before or behind a name, a telephone behind it.
_CODE: Final = regex(r"(?<!\w)[A-ZĐ]{1,4}-?[A-Z]?\d{2,7}(?!\w)")
_PHONE: Final = regex(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)")
_NUMBER: Final = regex(r"^\s*\d{1,2}\s?[.)/:-]\s*(?=\D)")
_EMPTY: Final = regex(r"[-–—._xX/\s]*|\(?(?:còn )?trống\)?|(?i:vacant|empty)")
_NAME, _ID, _TELEPHONE = "Họ và tên", "Mã NV", "SĐT"
_FEWEST: Final = 2
_MOST: Final = 0.8


def with_plan_listed(sheet: Sheet) -> Sheet:
    """Return such a plan as a list with a row for each person; any other sheet as it is."""
    parts = [_PART.fullmatch(fold(heading)) for heading in sheet.headings]
    words = {_HEADINGS[part["word"]] for part in parts if part is not None}
    if sheet.origin is not None or len(parts) < _FEWEST or None in parts or len(words) != 1:
        return sheet
    told: list[tuple[int, int, str]] = []
    sittings: list[str | None] = []
    above = None
    for row, line in enumerate(sheet.cells.itertuples(index=False)):
        cells = [(at, text) for at, text in enumerate(line) if isinstance(text, str) and not _EMPTY.fullmatch(text)]
        if len({text for _, text in cells}) == 1 and tells_session(cells[0][1]):
            above = cells[0][1]
            continue
        told += [(row, at, text) for at, text in cells]
        sittings += [above] * len(cells)
    people = [_person(text) for _, _, text in told]
    if not people or sum(is_name(name) for name, _, _ in people) < _MOST * len(people):
        return sheet
    rows, names = [row for row, _, _ in told], [name for name, _, _ in people]
    out = sheet.with_rows_of(rows, {0: names}).without_columns(range(1, len(parts)))
    out = replace(out, headings=(_NAME,))
    if any(sittings):
        out = replace(out, sections=pd.Series(pd.array(sittings, dtype="string")))
    places = [
        re.sub(r"(?i)^\s*\S+?\s*(?:số |no\.? )?(?=\w{0,2}\d)|\s*\(.*", "", sheet.headings[at]) for _, at, _ in told
    ]
    codes, phones = ([one[place] for one in people] for place in (1, 2))
    for heading, texts in ((words.pop(), places), (_ID, codes), (_TELEPHONE, phones)):
        if any(texts):
            out = out.with_column(heading, texts, letter=sheet.letters[0])
    return out


def _person(text: str) -> tuple[str, str | None, str | None]:
    """Return the name in a cell, the number of the employee and the telephone beside it."""
    rest = _NUMBER.sub("", text)
    phone, code = _PHONE.search(rest), _CODE.search(rest)
    for found in (phone, code):
        rest = rest if found is None else rest.replace(found[0], " ")
    rest = re.sub(r"\(\s*\)", " ", rest)
    name = re.sub(r"\s+", " ", rest).strip(" ,;:.-–")
    return name, None if code is None else code[0], None if phone is None else phone[0]
