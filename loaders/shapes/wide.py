"""Contacts in the row of the case that they met, each in columns of its own: ``contact1_name``, ``Tiếp xúc 2``."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, field_of, read_headings, spaced
from tracing.patterns import regex

_WHO: Final = r"(?:(?:close )?contact(?: person)?|nguoi (?:da )?(?:tiep xuc|tx)(?: gan)?|tiep xuc(?: gan)?|f 1)"
_NUMBER: Final = r"(?:(?:so|thu|no|person) )?(?P<number>\d{1,2})"
#: ``contact 1 name``, ``nguoi tiep xuc 2`` and what is told of them; or that first: ``SĐT người tiếp xúc 1``.
_FIRST: Final = regex(rf"{_WHO} {_NUMBER}(?: (?P<what>.+))?")
_LAST: Final = regex(rf"(?P<what>.+?) (?:of |cua )?{_WHO} {_NUMBER}")
#: What may be told of a contact -> the heading under which it stands in the list of these.
_TOLD: Final = {
    "name": "Họ và tên",
    "phone": "SĐT",
    "sex": "Giới tính",
    "age": "Tuổi",
    "birth_year": "Năm sinh",
    "birth_date": "Ngày sinh",
    "national_id": "CCCD",
    "address": "Địa chỉ",
    "relation": "Quan hệ",
    "contact_date": "Ngày tiếp xúc",
    "day": "Ngày tiếp xúc",
    "first_contact": "Ngày đầu tiếp xúc",
    "last_contact": "Ngày cuối tiếp xúc",
    "contact_place": "Nơi tiếp xúc",
    "place": "Nơi tiếp xúc",
    "minutes": "Số phút",
    "kind": "Hình thức tiếp xúc",
}
_WHOM: Final = "Tiếp xúc với ca"


def with_contacts_beside(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets; behind one with contacts in numbered groups of columns stands the list of these contacts."""
    return [part for sheet in sheets for part in _apart(sheet)]


def _apart(sheet: Sheet) -> list[Sheet]:
    groups = _groups(sheet.headings)
    if sheet.origin is not None or len(groups) < 2 or not len(sheet):
        return [sheet]
    moved = [at for group in groups.values() for at in group.values()]
    own = sheet.without_columns(moved)
    columns = read_headings(own.headings, PEOPLE, {}).columns
    whose = next((columns[name] for name in ("person", "case_code", "name") if name in columns), None)
    if whose is None:
        return [sheet]
    listed = _listed(sheet, groups, own.cells[whose])
    return [own] if listed is None else [own, listed]


def _groups(headings: tuple[str, ...]) -> dict[int, dict[str, int]]:
    """Return the numbers of contacts -> heading of what is told -> column; only those whose name is told."""
    found: dict[int, dict[str, int]] = {}
    for at, heading in enumerate(headings):
        said = spaced(heading)
        match = _FIRST.fullmatch(said) or _LAST.fullmatch(said)
        if match is None:
            continue
        what = match["what"]
        means = field_of(what, PEOPLE) if what else ("name", 1.0)
        if means is not None and means[0] in _TOLD:
            found.setdefault(int(match["number"]), {}).setdefault(_TOLD[means[0]], at)
    return {number: told for number, told in found.items() if _TOLD["name"] in told}


def _listed(sheet: Sheet, groups: dict[int, dict[str, int]], whose: pd.Series) -> Sheet | None:
    """Return the list of the contacts, those of a row one behind the other; None where no cell tells of any."""
    headings = list(dict.fromkeys(heading for group in groups.values() for heading in group))
    rows: list[int] = []
    told: dict[str, list[Any]] = {heading: [] for heading in (*headings, _WHOM)}
    for row in range(len(sheet)):
        for group in groups.values():
            if all(pd.isna(sheet.cells[at].iloc[row]) for at in group.values()):
                continue
            rows.append(row)
            for heading in headings:
                told[heading].append(sheet.cells[group[heading]].iloc[row] if heading in group else pd.NA)
            told[_WHOM].append(whose.iloc[row])
    if not rows:
        return None
    first = min(at for group in groups.values() for at in group.values())
    return sheet.with_table(
        {heading: pd.Series(pd.array(texts, dtype="string")) for heading, texts in told.items()},
        letter=sheet.letters[first],
        numbers=np.asarray(sheet.numbers[rows]),
        facts=tuple(fact for fact in sheet.facts if fact.name in ("day", "year", "month")),
    )
