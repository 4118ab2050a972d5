"""A text that lists people line by line, as pasted from a message: ``1. Lưu Thị Cẩm - 1972 - 0918600001 - ấp 3``."""

from __future__ import annotations

import re
from typing import Final

from loaders.columns.looks import is_name
from loaders.columns.of_text import list_of_text
from loaders.files.grid import Document, Sheet
from loaders.files.titles import read_facts
from loaders.place_words import HAMLETS, UNITS, folded
from tracing.spelling import fold, phone_numbers

HEADINGS: Final = ("Họ và tên", "Năm sinh", "SĐT", "Địa chỉ", "Ghi chú")
TEXT: Final = "Văn bản"
"""Heading of the lines of a text that tells something and is no list."""
_ITEM: Final = re.compile(r"^\s*(?:\d{1,3}\s*[.)/:]\s*|[-+•*]\s*)(?P<rest>\S.*)$")
_BETWEEN: Final = re.compile(r"\s*[;,|\t]\s*|\s+[-–]\s+|\s*[()]\s*")
_YEAR: Final = re.compile(r"(?i)(?:sn|sinh(?: năm)?|ns)?\s*:?\s*((?:19[2-9]|20[0-2])\d)")
_ADDRESS: Final = re.compile(rf"(?:{folded((*HAMLETS, *UNITS))}|k|p|to|tt|x)\b\.? ?\w.*|.*\b(?:{folded(UNITS)}) .+")
_TITLED: Final = re.compile(r"(?i)^(?:ông|bà|anh|chị|em|cháu|cô|chú|bác)\s+(?=[A-ZÀ-ỸĐ])")
#: What makes a text one that must not be passed over: a telephone number, the code of a case, a day with its month.
_TELLS: Final = re.compile(r"(?i)(?<!\d)0\d{9}(?!\d)|\bBN[ \-]?\d{2,}|(?<![\d/])[0-3]?\d/[01]?\d(?:/20\d\d)?(?![\d/])")
_FEWEST, _ENOUGH = 2, 0.6


def pasted_sheet(document: Document) -> Sheet | None:
    """Return the list that a text is; of another text that tells of people or days, its lines; else None."""
    items = [(line, _person(match["rest"])) for line in document.lines if (match := _ITEM.match(line.text))]
    people = [(line, person) for line, person in items if person is not None]
    if len(people) >= _FEWEST and len(people) >= _ENOUGH * len(items):
        first = people[0][0].row
        titles = [line for line in document.lines if line.row < first and not _ITEM.match(line.text)]
        facts = read_facts(titles, None, document.file)
        rows = [(line.row, person) for line, person in people]
        return list_of_text(document, HEADINGS, rows, said=facts, facts=facts, titles=tuple(titles))
    told = [line for line in document.lines if _TELLS.search(line.text)]
    if not told:
        return None
    facts = read_facts([], None, document.file)
    return list_of_text(document, (TEXT,), [(line.row, {TEXT: line.text}) for line in told], said=facts, facts=facts)


def _person(text: str) -> dict[str, str] | None:
    """Return the cells of one line: the name first, then what its parts look like; None where no name comes first."""
    name, *parts = [part.strip(" .:") for part in _BETWEEN.split(_TITLED.sub("", text)) if part.strip(" .:")] or [""]
    if not is_name(name):
        return None
    cells, rest = {"Họ và tên": name}, []
    for part in parts:
        year = _YEAR.fullmatch(part)
        if year is not None and "Năm sinh" not in cells:
            cells["Năm sinh"] = year[1]
        elif phone_numbers(part) and not re.search(r"[^\W\d_]{4}", part) and "SĐT" not in cells:
            cells["SĐT"] = re.sub(r"[^\d+]", "", part)
        elif _ADDRESS.fullmatch(fold(part)):
            cells["Địa chỉ"] = f"{cells['Địa chỉ']}, {part}" if "Địa chỉ" in cells else part
        else:
            rest.append(part)
    return cells | ({"Ghi chú": ", ".join(rest)} if rest else {})
