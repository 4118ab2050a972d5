"""A column that asks whether people met a case, ``Có tiếp xúc với BN35``: those who answered yes are its contacts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

from loaders.columns.hours import has_day
from loaders.columns.texts import told_of
from loaders.columns.values import words
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from tracing.spelling import fold

_CASE: Final = re.compile(r"(?i)\b(?:BN|F0|CA)[ \-.]?\d{2,}\b")
_MET: Final = re.compile(r"\b(?:tiep xuc|tx|gap|gan|contact|met|cung)\b")
#: The day of a cell that tells an hour, too: they came at that hour, nobody says when they met.
_DAY: Final = r"(\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)"
OWN: Final = {
    "person": "Mã",
    "name": "Họ và tên",
    "first_name": "Tên",
    "last_name": "Họ",
    "phone": "SĐT",
    "national_id": "CCCD",
    "birth_date": "Ngày sinh",
    "birth_year": "Năm sinh",
    "address": "Địa chỉ",
}
"""Fields of who a row is about -> headings under which a list of what else the row tells has them."""
_WHEN: Final = ("contact_date", "visit_date", "day", "moment", "visit_start")


def with_those_who_met(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets, and behind each one that asks of cases the list of those who met them, with the same rows."""
    out: list[Sheet] = []
    for sheet in sheets:
        columns = read_headings(sheet.headings, PEOPLE, {}).columns
        out.append(sheet)
        if (
            sheet.origin is None
            and {"name", "phone", "person"} & set(columns)
            and not {"index", "sources"} & set(columns)
        ):
            asked = (at for at in range(len(sheet.headings)) if _asks(sheet, at))
            out += [met for at in asked if (met := _met(sheet, columns, at)) is not None]
    return out


def _asks(sheet: Sheet, at: int) -> bool:
    """Tell whether a heading names one case and how people met it, and only yes and no stand below it."""
    heading, told = sheet.headings[at], sheet.cells[at].dropna()
    if len(_CASE.findall(heading)) != 1 or not _MET.search(fold(heading)) or not len(told):
        return False
    return bool(told_of(told, lambda text: _answer(text) is not None).all())


def _answer(text: str) -> bool | None:
    said = words("flag")
    found = said.get(text.strip().lower(), said.get(fold(text.strip())))
    return None if found is None else found == "true"


def _met(sheet: Sheet, columns: Mapping[str, int], at: int) -> Sheet | None:
    yes = told_of(sheet.cells[at], lambda text: _answer(text) is True)
    if not yes.any():
        return None
    told = {heading: sheet.cells[columns[name]] for name, heading in OWN.items() if name in columns}
    when = next((columns[name] for name in _WHEN if name in columns), None)
    if when is not None and told_of(sheet.cells[when], has_day).any():
        told["Ngày tiếp xúc"] = sheet.cells[when].str.extract(_DAY)[0].astype("string")
    told = {heading: texts[yes].reset_index(drop=True) for heading, texts in told.items()}
    case = _CASE.findall(sheet.headings[at])
    told["Tiếp xúc với ca"] = pd.Series(pd.array(case * int(yes.sum()), dtype="string"))
    return sheet.with_table(told, letter=sheet.letters[at], numbers=sheet.numbers[yes], origin=None)
