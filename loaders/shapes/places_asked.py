"""A column of a form that asks which places people went to, ``Anh/Chị có đến các địa điểm sau không? (chọn nhiều)``.

Each place that somebody chose is a visit without a day, in a list of its own: no place of a contact.
"""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from loaders.columns.references import is_answer
from loaders.files.grid import Fact, Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.asked_contacts import OWN
from tracing.spelling import fold

NOWHERE: Final = re.compile(
    r"(?:khong|chua|ko|k|no|none)(?: (?:co|den|di|ghe|toi|o|ra ngoai|dau|noi nao|dia diem nao|het|ca)){0,4}"
)
"""What says, without accents, that somebody was in none of the places: ``Không đến``."""
#: A question with a list to choose from: where people answer in words, they may tell days and hours, too.
_ASKS: Final = re.compile(
    r".*\b(?:co|da) (?:tung )?(?:den|toi|ghe|di)\b.*\b(?:dia diem|noi|diem)\b.*\b(?:sau|duoi day|chon nhieu)\b.*"
    r"|.*\b(?:have|did) you (?:visit|been|go)\b.*\b(?:places|locations|sites)\b.*\b(?:below|select|choose)\b.*"
    r"|.*\b(?:following|which of these) (?:places|locations|sites)\b.*\b(?:visit|been|go)\b.*"
)
_BETWEEN: Final = re.compile(r"\s*[;\n]\s*|\s*,\s+(?=[^\W\d_])")
_PLACE, _DAY = "Địa điểm", "Ngày ghé"
UNDATED: Final = "undated"
"""Said of a list of visits of which nobody tells the day, so that it is asked for."""


def with_places_asked(sheet: Sheet) -> list[Sheet]:
    """Return the sheets that a form is: itself without such a column, and behind it the places where people were."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not {"name", "first_name", "phone", "person"} & set(columns):
        return [sheet]
    at = next((i for i, heading in enumerate(sheet.headings) if _ASKS.fullmatch(fold(heading))), None)
    if at is None or {"visit_start", "visit_date", "hours"} & set(columns):
        return [sheet]
    told = [_places(text) for text in sheet.cells[at]]
    rows = [row for row, places in enumerate(told) for _place in places]
    if not rows:
        return [sheet]
    made = {
        heading: sheet.cells[columns[name]].iloc[rows].reset_index(drop=True)
        for name, heading in OWN.items()
        if name in columns
    }
    made[_PLACE] = pd.Series([place for places in told for place in places], dtype="string")
    made[_DAY] = pd.Series([None] * len(rows), dtype="string")  # asked for
    facts = (*sheet.facts, Fact(UNDATED, "yes", "title", 0, ""))
    visits = sheet.with_table(made, letter=sheet.letters[at], numbers=sheet.numbers[rows], origin=None, facts=facts)
    return [sheet.without_columns([at]), visits]


def _places(text: object) -> list[str]:
    if not isinstance(text, str) or is_answer(text) or NOWHERE.fullmatch(fold(text.strip(" ."))):
        return []
    parts = (part.strip() for part in _BETWEEN.split(text))
    return [part for part in parts if part and not NOWHERE.fullmatch(fold(part.strip(" .")))]
