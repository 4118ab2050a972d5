"""Who lives with a case, named in a cell of its row: ``vợ: Lê Thị Tư - 1993 - (+) 11/8; con: …``: its contacts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.person_line import KIND, NAME, RELATION, TOGETHER, people_of_line
from loaders.columns.references import is_answer
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from tracing.patterns import regex
from tracing.spelling import fold

_HEADING: Final = regex(
    r"(?:(?:than nhan|nguoi(?: nha| than)?|thanh vien|gia dinh|ho ten(?: nguoi)?)\b.{0,20})?"
    r"\b(?:(?:o|song|sinh song) (?:cung|chung)(?: nha| ho| gia dinh)?|(?:cung|chung|trong) (?:mot )?(?:nha|ho"
    r"|gia dinh))\b.*|household (?:members|contacts)\b.*"
)
_KIN: Final = (
    r"(?:vợ|chồng|con(?: trai| gái| dâu| rể| út)?|mẹ(?: vợ| chồng)?|cha|ba|bố|ông(?: nội| ngoại)?|bà(?: nội| ngoại)?"
    r"|anh|chị|em(?: trai| gái)?|cháu|dì|cô|chú|bác|cậu|mợ)"
)
_BEFORE: Final = regex(rf"(?i:(?P<kin>{_KIN}))\s*:?\s+(?=[A-ZÀ-ỸĐ])")
_PARTS: Final = regex(rf"\s*[;\n]\s*|\s*[,+]\s*(?={_KIN}\b)")
_OF_A_CASE: Final = frozenset({"confirmed", "onset", "case_code"})
WHOM: Final = "Tiếp xúc với ca"


def with_housemates(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets; behind a list of cases that names who lives with them stands the list of these."""
    return [part for sheet in sheets for part in _apart(sheet)]


def _apart(sheet: Sheet) -> list[Sheet]:
    at = next((at for at, text in enumerate(sheet.headings) if _HEADING.fullmatch(fold(text))), None)
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    whose = next((columns[name] for name in ("person", "case_code", "name", "index") if name in columns), None)
    if at is None or whose in (None, at) or sheet.origin is not None or not _OF_A_CASE & set(columns):
        return [sheet]
    read = [
        _people(text) if isinstance(text, str) and not is_answer(text) else ([], text)
        for text in sheet.cells[at].to_numpy(dtype=object)
    ]
    told = [(row, cells) for row, (people, _rest) in enumerate(read) for cells in people]
    if not told:
        return [sheet]
    rows = [row for row, _ in told]
    headings = list(dict.fromkeys(heading for _, cells in told for heading in cells))
    listed = {
        heading: pd.Series(pd.array([cells.get(heading) for _, cells in told], dtype="string")) for heading in headings
    }
    listed[KIND] = pd.Series(pd.array([TOGETHER] * len(told), dtype="string"))
    listed[WHOM] = sheet.cells[whose].iloc[rows].reset_index(drop=True)
    facts = tuple(fact for fact in sheet.facts if fact.name in ("year", "month"))
    numbers = np.asarray(sheet.numbers[rows])
    kept = (*sheet.headings[:at], f"Ghi chú ({sheet.headings[at]})"[:80], *sheet.headings[at + 1 :])
    left = sheet.with_rows_of(range(len(sheet)), {at: [rest for _people, rest in read]})
    listed_as = sheet.with_table(listed, letter=sheet.letters[at], numbers=numbers, facts=facts)
    return [replace(left, headings=kept), listed_as]


def _people(text: str) -> tuple[list[dict[str, str]], str | None]:
    """Return what a cell tells of each person whom it names, by heading, and its other parts."""
    found: list[dict[str, str]] = []
    rest: list[str] = []
    for part in _PARTS.split(text.strip()):
        kin = _BEFORE.match(part)
        named = [cells for cells in people_of_line(part[kin.end() :] if kin else part) if cells.get(NAME)]
        found += [{**cells, **({RELATION: kin["kin"]} if kin else {})} for cells in named]
        rest += [] if named else [part]
    return found, "; ".join(rest) or None
