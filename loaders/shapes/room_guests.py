"""Who shared a room without a row: those of a column ``Accompanying guests`` are a list of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from loaders.columns.looks import is_name
from loaders.columns.references import is_answer
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from tracing.papers import identity_number
from tracing.patterns import regex
from tracing.spelling import fold

#: Fields of a stay in a room that hold for who came along, too -> heading under which they stand in the list of these.
_SHARED: Final = {
    "place": "Địa điểm",
    "block": "Dãy",
    "room": "Phòng",
    "visit_start": "Thời gian vào",
    "visit_end": "Thời gian ra",
}
_ALONG: Final = regex(
    r"accompan(?:y|ied)|companion|(?:khach |nguoi )?(?:di|o|den) (?:kem|cung|chung)|khach kem|nguoi kem"
)
_PARTS: Final = regex(r"(?:\s*[;,\n+&]\s*|\s+(?:và|and)\s+)(?![^()]{0,80}\))")
#: Who it is before a name: ``Wife: …``, ``vợ …``; and what brackets behind it tell.
_KIN: Final = regex(
    r"(?P<kin>(?i:wife|husband|spouse|son|daughter|child|mother|father|friend|colleague|driver"
    r"|vợ|chồng|con(?: trai| gái)?|mẹ|cha|ba|bạn|em|anh|chị|cháu))\s*[:\-–]?\s+(?=[A-ZÀ-ỸĐ])"
)
_BEHIND: Final = regex(r"\(([^()]{1,60})\)")


class _Along(NamedTuple):
    """Somebody who came along: name, what they are to the person of the row, the number of their paper."""

    name: str
    kin: str | None
    number: str | None


def with_companions(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets; behind one of stays that names who came along stands the list of these."""
    return [part for sheet in sheets for part in _apart(sheet)]


def _apart(sheet: Sheet) -> list[Sheet]:
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    at = next((at for at, heading in enumerate(sheet.headings) if _ALONG.match(fold(heading))), None)
    if at is None or sheet.origin is not None or not len(sheet) or at in {columns.get("name"), columns.get("index")}:
        return [sheet]
    if not {"room", "visit_start"} <= set(columns) or "index" in columns:
        return [sheet]
    told = [_along(text) if isinstance(text, str) else ([], None) for text in sheet.cells[at].to_numpy(dtype=object)]
    if not any(named for named, _rest in told):
        return [sheet]
    heading = f"Ghi chú ({sheet.headings[at]})"  # of whom else the cells tell is asked as of a remark
    left = sheet.without_columns([at])
    if any(rest for _named, rest in told):
        left = left.with_column(heading, [rest for _named, rest in told], letter=sheet.letters[at])
    return [left, _listed(sheet, columns, at, [(row, one) for row, (named, _) in enumerate(told) for one in named])]


def _along(text: str) -> tuple[list[_Along], str | None]:
    """Return those whom a cell names in full, and its other words: ``Wife: KIM SOO (M7654321), 2 children``."""
    found: list[_Along] = []
    rest: list[str] = []
    for part in _PARTS.split(text.strip()) if not is_answer(text) else [text]:
        kin, behind = _KIN.match(part), _BEHIND.search(part)
        number = None if behind is None else identity_number(behind[1])
        bare = _BEHIND.sub("", part[kin.end() :] if kin else part).strip(" .:-–")
        if is_name(bare):
            found.append(_Along(bare, kin["kin"] if kin else None, number))
        elif part:
            rest.append(part)
    return found, ", ".join(rest) or None


def _listed(sheet: Sheet, columns: Mapping[str, int], at: int, told: list[tuple[int, _Along]]) -> Sheet:
    """Return the list of those who came along, each where and when the person of the row was."""
    rows = [row for row, _ in told]
    cells = {
        "Họ và tên": pd.Series(pd.array([one.name for _, one in told], dtype="string")),
        "Quan hệ": pd.Series(pd.array([one.kin for _, one in told], dtype="string")),
        "Số giấy tờ": pd.Series(pd.array([one.number for _, one in told], dtype="string")),
    }
    shared = {heading: sheet.cells[columns[field]] for field, heading in _SHARED.items() if field in columns}
    cells |= {heading: texts.iloc[rows].reset_index(drop=True) for heading, texts in shared.items()}
    cells = {heading: texts for heading, texts in cells.items() if texts.notna().any()}
    return sheet.with_table(cells, letter=sheet.letters[at], numbers=np.asarray(sheet.numbers[rows]))
