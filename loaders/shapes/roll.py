"""A text that says who was somewhere: a title with the place and the day, then a name a line, or a table a line."""

from __future__ import annotations

import re
from typing import Final

from loaders.columns.of_text import list_of_text
from loaders.columns.person_line import CODE, HEADINGS, ITEM, NAME, REMARK, people_of_line
from loaders.files.grid import Document, Line, Sheet
from loaders.files.titles import read_facts
from loaders.shapes.titled import told_in_text
from tracing.patterns import regex
from tracing.spelling import fold

_TITLE: Final = regex(
    r"\b(?:danh sach|ds|list)\b.{0,100}\b(?:khach|hanh khach|co mat|(?:nguoi|tham) du|du (?:dam|tiec|le|hop|cuoi|tang)"
    r"|tham gia|cung (?:ban|mam|xe|chuyen|tau|phong)|guests?|attend\w*|passengers?|present)\b"
)
_TABLE: Final = regex(
    r"(?i)^\s*(?:[-–+•*]\s*)?(?P<kind>bàn|mâm|table|phòng|room)\s*(?:số\s*)?(?P<called>\w{1,4})\s*[:\-–]\s*(?P<rest>\S.*)$"
)
_KINDS: Final = {"phòng": "Phòng", "room": "Phòng"}
_CASE: Final = regex(r"(?i)\(?\b((?:BN|F0|CA)[ \-.]?\d{2,})\b\)?")
_PARTS: Final = regex(r"\s*[,;]\s*(?![^()]{0,60}\))")
_TITLES, _FEWEST, _ENOUGH = 3, 2, 0.6
_WHERE: Final = frozenset({"place", "event", "plate", "class"})

Cells = dict[str, str]


def read_roll(document: Document) -> Sheet | None:
    """Return the list of those who were somewhere; None of a text whose first lines do not say that it is one."""
    lines = [line for line in document.lines if line.text.strip()]
    first = next((at for at, line in enumerate(lines[:_TITLES]) if _TITLE.search(fold(line.text))), None)
    if first is None or told_in_text(lines[first].text):
        return None
    begin = next((at for at in range(first + 1, len(lines)) if _people(lines[at])), len(lines))
    titles, below = tuple(lines[:begin]), lines[begin:]
    facts = read_facts(titles, None, document.file)
    found = [(line, _people(line)) for line in below]
    named = sum(bool(people) for _line, people in found)
    people = sum(len(told) for _line, told in found)
    if people < _FEWEST or named < _ENOUGH * len(found) or not _WHERE & {fact.name for fact in facts}:
        return None
    rows = [(line.row, cells) for line, told in found for cells in (told or [{REMARK: line.text}])]
    kinds = [heading for heading in ("Bàn", "Phòng") if any(heading in cells for _row, cells in rows)]
    return list_of_text(document, (*HEADINGS, *kinds), rows, said=facts, facts=facts, titles=titles)


def _people(line: Line) -> list[Cells]:
    """Return the people whom a line names: behind a number or a dash, or all those of a table."""
    table = _TABLE.match(line.text)
    if table is not None:
        heading = _KINDS.get(table["kind"].lower(), "Bàn")
        said = [_person(part) for part in _PARTS.split(table["rest"])]
        return [cells | {heading: table["called"]} for cells in said if cells]
    item = ITEM.match(line.text)
    cells = {} if item is None else _person(item["rest"])
    return [cells] if cells else []


def _person(text: str) -> Cells:
    """Return what is told of one person: by name, by the code of a case, or by both."""
    code = _CASE.search(text)
    rest = text if code is None else f"{text[: code.start()]} {text[code.end() :]}".strip(" -–,.:")
    found = people_of_line(rest) if rest else []
    if len(found) > 1 or (not found and code is None):
        return {}
    cells = dict(found[0]) if found else {}
    if NAME not in cells and code is None:
        return {}
    return cells if code is None else cells | {CODE: re.sub(r"[ .\-]", "", code[1]).upper()}
