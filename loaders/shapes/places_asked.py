"""A column of a form that asks which places people went to, ``Anh/Chị có đến các địa điểm sau không? (chọn nhiều)``.

Each place that somebody chose is a visit without a day, in a list of its own: no place of a contact. Who answers in
words tells the day and the hours beside the place: ``WinMart+, 15/5, khoảng 17h20 đến 18h``.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import pandas as pd

from loaders.columns.days import several_days
from loaders.columns.references import is_answer
from loaders.files.grid import Fact, Sheet
from loaders.files.headings import PEOPLE, name_of_field, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.asked_contacts import OWN
from tracing.patterns import regex
from tracing.spelling import fold

NOWHERE: Final = regex(
    r"(?:khong|chua|ko|k|no|none)(?: (?:co|den|di|ghe|toi|o|ra ngoai|dau|noi nao|dia diem nao|het|ca)){0,4}"
)
"""What says, without accents, that somebody was in none of the places: ``Không đến``."""
#: A question with a list to choose from: where people answer in words, they may tell days and hours, too.
_ASKS: Final = regex(
    r".*\b(?:co|da) (?:tung )?(?:den|toi|ghe|di)\b.*\b(?:dia diem|noi|diem)\b.*\b(?:sau|duoi day|chon nhieu)\b.*"
    r"|.*\b(?:have|did) you (?:visit|been|go)\b.*\b(?:places|locations|sites)\b.*\b(?:below|select|choose)\b.*"
    r"|.*\b(?:following|which of these) (?:places|locations|sites)\b.*\b(?:visit|been|go)\b.*"
)
#: A question that people answer in words, with when they were there.
_ASKS_WORDS: Final = regex(r".*\b(?:\d{1,2} ngay|ngay qua|thoi gian qua|ghi ro|neu co)\b.*", re.DOTALL)
_WENT: Final = regex(r".*\b(?:co|da|tung) (?:tung )?(?:den|toi|ghe|di|o|qua)\b.*", re.DOTALL)
_BETWEEN: Final = regex(r"\s*[;\n]\s*|\s*,\s+(?=[^\W\d_])")
_PARTS: Final = regex(r"\s*[;\n]\s*")
_DAY_ALONE: Final = r"(?<![\d/])\d{1,2}/\d{1,2}(?:/20\d\d)?(?![\d/])"
#: One day, several, or the first and the last.
_DATED: Final = Spelt(
    r"(?i)[\s,(–-]{0,9}(?:(?:từ|vào|trong|hôm|sáng|trưa|chiều|tối|đêm|các|ngày)\s+){0,3}"
    rf"(?P<days>{_DAY_ALONE}(?:\s*(?:[,&+–-]|và|đến)\s*(?:ngày\s+)?{_DAY_ALONE}){{0,9}})\)?"
)
_CLOCK: Final = r"\d{1,2}\s?(?:h|g|giờ|:)\s?(?:\d{2}(?!\d))?"
_HOURED: Final = Spelt(
    rf"(?i)[\s,(–-]{{0,9}}(?:(?:từ|khoảng|lúc|tầm|vào)\s+){{0,2}}(?P<hours>{_CLOCK}(?:\s*(?:-|–|đến|tới)\s*{_CLOCK})?)\)?"
)
_PLACE, _DAY, _HOURS = "Địa điểm", "Ngày ghé", "Giờ"
UNDATED: Final = "undated"
"""Said of a list of visits of which nobody tells the day, so that it is asked for."""


class _Been(NamedTuple):
    """Where somebody says to have been, and when."""

    place: str
    day: str | None = None
    hours: str | None = None


def with_places_asked(sheet: Sheet) -> list[Sheet]:
    """Return the sheets that a form is: itself without such a column, and behind it the places where people were."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not {"name", "first_name", "phone", "person"} & set(columns):
        return [sheet]
    chosen = next((i for i, heading in enumerate(sheet.headings) if _ASKS.fullmatch(fold(heading))), None)
    worded = next((i for i, heading in enumerate(sheet.headings) if _asks_in_words(heading)), None)
    at = worded if chosen is None else chosen
    if at is None or {"visit_start", "visit_date", "hours"} & set(columns):
        return [sheet]
    told = [(_in_words if chosen is None else _places)(text) for text in sheet.cells[at]]
    rows = [row for row, places in enumerate(told) for _place in places]
    if not rows:
        return [sheet]
    made = {
        heading: sheet.cells[columns[name]].iloc[rows].reset_index(drop=True)
        for name, heading in OWN.items()
        if name in columns
    }
    been = [one for places in told for one in places]
    made[_PLACE] = pd.Series([one.place for one in been], dtype="string")
    made[_DAY] = pd.Series([one.day for one in been], dtype="string")  # asked for where nobody tells it
    if any(one.hours for one in been):
        made[_HOURS] = pd.Series([one.hours for one in been], dtype="string")
    facts = (*sheet.facts, Fact(UNDATED, "yes", "title", 0, ""))
    visits = sheet.with_table(made, letter=sheet.letters[at], numbers=sheet.numbers[rows], origin=None, facts=facts)
    return [sheet.without_columns([at]), visits]


def _asks_in_words(heading: str) -> bool:
    """Tell whether a heading asks to which place people went of late, so that they answer with day and hour."""
    said = fold(heading)
    asks = _ASKS_WORDS.fullmatch(said) is not None and _WENT.fullmatch(said) is not None
    return asks and name_of_field(heading, PEOPLE) == "place"


def _nowhere(text: object) -> bool:
    return not isinstance(text, str) or is_answer(text) or NOWHERE.fullmatch(fold(text.strip(" ."))) is not None


def _places(text: object) -> list[_Been]:
    parts = [] if _nowhere(text) else [part.strip() for part in _BETWEEN.split(str(text))]
    return [_Been(part) for part in parts if part and not _nowhere(part)]


def _in_words(text: object) -> list[_Been]:
    """Return the places that an answer in words tells, each with its day and its hours; several days are one each."""
    out: list[_Been] = []
    for part in [] if _nowhere(text) else _PARTS.split(str(text)):
        dated = _DATED.search(part)
        days = [None] if dated is None else several_days(dated["days"]) or [dated["days"]]
        rest = part if dated is None else f"{part[: dated.start()]} {part[dated.end() :]}"
        hours = _HOURED.search(rest)
        rest = rest if hours is None else f"{rest[: hours.start()]} {rest[hours.end() :]}"
        place = re.sub(r"\s+", " ", rest).strip(" ,;:.-–")
        if not place and dated is not None and out and out[-1].day is None:
            place = out.pop().place  # "WinMart; 12/5 18h": when they were at the place before
        if place and not _nowhere(place):
            out += [_Been(place, day, hours and hours["hours"].strip()) for day in days]
    return out
