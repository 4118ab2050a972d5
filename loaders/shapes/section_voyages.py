"""Lines between the rows that name a boat and its voyage, ``TÀU KG 91234 TS - chuyến biển từ 02/8 đến 14/8``.

Those below were aboard from leaving to return. A case whom such a line names and no row of it is asked about.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from loaders.code_words import NAMED_CODE
from loaders.columns.texts import by_distinct
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.files.titles import boats_in
from loaders.shapes.voyages import FROM, TO

_BOAT, _SAID = "Số đăng ký tàu", "Ghi chú (dòng nêu tàu)"
_DAY: Final = r"\d{1,2}/\d{1,2}(?:/20\d\d)?"
_CLOCK: Final = r"(?:\d{1,2}\s?(?:h|giờ|g|:)\s?\d{0,2}\s*,?\s*)?(?:ngày\s*)?"
_VOYAGE: Final = Spelt(
    rf"(?i)(?:từ|xuất bến|rời bến|ra khơi|đi)(?:\s+(?:lúc|ngày))*\s+(?P<start>{_CLOCK}{_DAY})\s*[-–,;]?\s*"
    rf"(?:đến|tới|-|–|về(?: bến)?|cập (?:bến|cảng|bờ)|vào bờ)(?:\s+(?:lúc|ngày))*\s*(?P<end>{_CLOCK}{_DAY})"
)
#: Fields of a list that tells otherwise when people were somewhere, or whom they met.
_TOLD: Final = frozenset(
    {"boat", "vehicle", "index", "day", "visit_date", "visit_start", "from_day", "from_time", "moment", "hours"}
)


def with_voyages_of_sections(sheet: Sheet) -> Sheet:
    """Return a list of a crew with boat, leaving and return of the lines between its rows as columns."""
    if sheet.sections is None or sheet.origin is not None:
        return sheet
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if not {"name", "first_name"} & set(columns) or _TOLD & set(columns):
        return sheet
    told = {text: _voyage(text) for text in sheet.sections.dropna().unique()}
    if not any(told.values()):
        return sheet
    for at, heading in enumerate((_BOAT, FROM, TO)):
        parts = {text: one[at] for text, one in told.items() if one is not None}
        sheet = sheet.with_column(heading, by_distinct(sheet.sections, parts.get))
    said = _cases_aside(sheet)
    return sheet.with_column(_SAID, said) if said.notna().any() else sheet


def _voyage(text: str) -> tuple[str, str, str] | None:
    boats, voyage = boats_in(text), _VOYAGE.search(text)
    return (boats[0], voyage["start"], voyage["end"]) if len(boats) == 1 and voyage is not None else None


def _cases_aside(sheet: Sheet) -> pd.Series:
    """Return for each row the line above it that names a case whom none of the rows below that line names."""
    assert sheet.sections is not None
    rows = sheet.cells.fillna("").agg(" ".join, axis=1)
    aside = {
        text
        for text in sheet.sections.dropna().unique()
        if {*NAMED_CODE.findall(text)} - {*NAMED_CODE.findall(" ".join(rows[sheet.sections == text]))}
    }
    return sheet.sections.where(sheet.sections.isin(aside))
