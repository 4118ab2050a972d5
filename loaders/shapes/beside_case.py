"""A column about the one case that its heading or the title names: ``Tiếp xúc với F0`` above ``F1: cùng bàn``, ``F0``.

Its cells say what each row had with the case: nothing, a day, how they met, or that the row is the case itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from loaders.code_words import NAMED_CODE
from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.gathering import LAST
from loaders.columns.looks import is_name
from loaders.columns.person_line import LEVEL, NAME
from loaders.columns.values import words
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.asked_contacts import OWN
from loaders.shapes.case_facts import CODE, DAY
from loaders.shapes.named_cases import named_cases
from loaders.shapes.split_cells import with_columns_of
from loaders.shapes.titled import KIND_HEADING, NOBODY_MET, heading_of
from tracing.spelling import clean_name, fold, same_name

MET_ON: Final = "Ngày tiếp xúc"
_MET: Final = re.compile(r"\b(?:tiep xuc|t\.? ?xuc|t[./]?x|gap|gan|contact|met|cung|chung|ngoi)\b")
_CASE: Final = re.compile(r"\b(?:f ?0|ca (?:benh|duong tinh|f0|nhiem)|benh nhan|bn|case)\b")
_LAST: Final = re.compile(r"\b(?:gan nhat|cuoi|last)\b")
_OWN: Final = re.compile(r"(?:(?:chinh )?la |chinh )?(?:f ?0|ca benh|ca f0|ca duong tinh)\W*")
_NO: Final = re.compile(
    r"(?:khong|ko|k|kg|chua)(?: (?:co|he|phai))?(?: (?:tiep xuc|tx|gap|ngoi|lam|cung|chung|gan|f ?1))*\W*"
)
_TIER: Final = re.compile(r"(?i)^\W*F\s?1\s*[:,–-]?\s*")
_DAYS: Final = re.compile(rf"(?i)(?:\s*\(?(?:(?:từ|vào|hôm|ngày|sáng|trưa|chiều|tối)\s+){{0,2}})(?P<day>{DAY})\)?")
#: What a list tells of where its people were.
_VISITS: Final = frozenset({"hours", "visit_start", "visit_date", "shift", "seat", "vehicle", "day", "moment"})
_LONGEST: Final = 60


@dataclass(frozen=True)
class _Cell:
    """What a cell says: that the row is the case, or met it, on which day and how; ``said`` are day and words."""

    own: bool = False
    met: bool = False
    day: str | None = None
    how: str | None = None
    said: str | None = None


def with_cells_about_case(sheet: Sheet) -> list[Sheet]:
    """Return a list with whom, when and how its rows met the case that a column is about, each as a column.

    Where the list tells when its people were somewhere, those who met the case are a list of their own behind it.
    """
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not {"name", "phone", "person"} & set(columns) or not len(sheet):
        return [sheet]
    for at, heading in enumerate(sheet.headings):
        others = {name for name, place in columns.items() if place != at}
        case = None if {"index", "sources", "level"} & others else _case_of(sheet, heading)
        told = distinct_texts(sheet.cells[at])[1] if case is not None else []
        cells = [cell for text in told if (cell := _read(text)) is not None]
        if case is not None and len(cells) == len(told) and _tells(cells):
            return _apart(_with_columns(sheet, at, case, cells, columns), at)
    return [sheet]


def _case_of(sheet: Sheet, heading: str) -> str | None:
    """Return the one case that the heading of a column of meetings names, else the title for it."""
    said = fold(heading)
    if not (_MET.search(said) and _CASE.search(re.sub(r"(?<=[a-z])(?=\d)", " ", said))):
        return None
    named = {code[0] for code in NAMED_CODE.finditer(heading)}
    if not named:
        named = {fact.value for fact in sheet.facts if fact.name == "case" and fact.source == "title"}
    return re.sub(r"[ .]", "", named.pop()) if len(named) == 1 else None


def _read(text: str) -> _Cell | None:
    """Read one cell; None of one that names somebody, another case or a question."""
    said = fold(text).strip()
    if _OWN.fullmatch(said):
        return _Cell(own=True)
    flag = words("flag").get(said)
    if flag == "false" or _NO.fullmatch(said) or said in ("-", "0"):
        return _Cell()
    tiered = _TIER.match(text) is not None
    bare = _TIER.sub("", text).strip()
    days = [match["day"] for match in _DAYS.finditer(bare)]
    how = " ".join(_DAYS.sub(" ", bare).split()).strip(" ,;:–-")
    named = NAMED_CODE.search(bare) or re.search(r"\d{3}", how) or is_name(how)
    if len(days) > 1 or named or len(how) > _LONGEST or how.endswith("?"):
        return None
    if not (days or tiered or flag == "true" or " " in how):
        return None
    return _Cell(met=True, day=days[0] if days else None, how=how if " " in how else None, said=bare or None)


def _tells(cells: Sequence[_Cell]) -> bool:
    """Tell whether cells tell more than yes and no, which is read as an answer to a question."""
    return any(cell.own or cell.day or cell.how for cell in cells) and any(cell.met for cell in cells)


def _with_columns(sheet: Sheet, at: int, case: str, cells: Sequence[_Cell], columns: Mapping[str, int]) -> Sheet:
    """Return the list with what the distinct cells of a column say as columns; its own tells how people met."""
    days = LAST if _LAST.search(fold(sheet.headings[at])) else MET_ON
    dated = not any(name in EXPOSURE and place != at for name, place in columns.items())
    own = _row_of_case(sheet, at, case, cells, columns)
    held = None if any(cell.day for cell in cells) else _day_held(sheet)
    told = [
        (
            case if cell.met or (cell.own and own) else NOBODY_MET,
            (cell.day or held) if dated and cell.met else None,
            case if cell.own and own else None,
            "F0" if cell.own and own else None,
        )
        for cell in cells
    ]
    keep = KIND_HEADING, [cell.how if dated else cell.said for cell in cells]
    return with_columns_of(sheet, at, told, (heading_of("F0"), days, CODE, LEVEL), keep=keep)


def _apart(sheet: Sheet, at: int) -> list[Sheet]:
    """Return a list that tells of visits without whom its rows met, and behind it those who met the case."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    visits = _VISITS & set(columns) or any(name.startswith("present_") for name in columns)
    if not (visits or sheet.fact("event") or sheet.fact("held")):
        return [sheet]
    about = [i for i, heading in enumerate(sheet.headings) if heading in (KIND_HEADING, MET_ON, LAST, heading_of("F0"))]
    whom = sheet.headings.index(heading_of("F0"))
    met = sheet.cells[whom].notna().to_numpy(dtype=bool) & (sheet.cells[whom] != NOBODY_MET).to_numpy(na_value=False)
    coded = sheet.headings.index(CODE) if CODE in sheet.headings else None
    met &= sheet.cells[coded].isna().to_numpy(dtype=bool) if coded is not None else True
    told = {heading: columns[name] for name, heading in OWN.items() if name in columns and columns[name] not in about}
    told |= {sheet.headings[i]: i for i in about}
    cells = {heading: sheet.cells[i][met].reset_index(drop=True) for heading, i in told.items() if i != coded}
    listed = sheet.with_table(cells, letter=sheet.letters[at], numbers=sheet.numbers[met])
    return [sheet.without_columns(about), listed]


def _day_held(sheet: Sheet) -> str | None:
    """Return the one day of what the title says that people took part in: a wedding, a party."""
    days = {fact.value for fact in sheet.facts if fact.name == "day" and len(fact.value) == len("2021-07-16")}
    return days.pop() if len(days) == 1 and (sheet.fact("event") or sheet.fact("held")) else None


def _row_of_case(sheet: Sheet, at: int, case: str, cells: Sequence[_Cell], columns: Mapping[str, int]) -> bool:
    """Tell whether one row is the case: the only one of which the column says so, of no other name than the title's."""
    codes, texts = distinct_texts(sheet.cells[at])
    rows = np.flatnonzero(np.isin(codes, [n for n, cell in enumerate(cells) if cell.own]))
    if len(rows) != 1 or "person" in columns or len(texts) != len(cells):
        return False
    named = [one[NAME] for line in sheet.titles for one in named_cases(line.text) if one[CODE] == case and NAME in one]
    own = sheet.cells[columns["name"]].iloc[int(rows[0])] if "name" in columns else None
    return not named or not isinstance(own, str) or any(same_name(clean_name(own), name) for name in named)
