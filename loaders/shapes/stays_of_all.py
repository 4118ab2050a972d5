"""A line above a list that tells since when all of it are in a place: ``Tất cả NLĐ vào ở tại Cty từ ngày 23/8/2021``.

Whoever left before, as a remark of the row tells with its day, was there until then.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from loaders.columns.remark import is_remark
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.beside import LETTERED
from tracing.patterns import regex
from tracing.spelling import fold

_DAY: Final = r"(?P<day>\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?)(?![\d/])"
_SINCE: Final = regex(
    r"\b(?:tat ca|toan bo|toan the|moi|cac|all)\b[^.;:]{0,40}?"
    r"\b(?:vao o|an o|luu tru|o lai|o|sinh hoat|lam viec|co mat|stay(?:ing|ed)?|liv(?:e|ing)|been)\b[^.;:]{0,12}?"
    r"\b(?:tai|trong|o|at|in)\b[^.;:]{1,40}?\b(?:tu|ke tu|since|from)(?: ngay| hom)? " + _DAY
)
_LEFT: Final = regex(
    rf"(?:(?:ngay |tu |tu ngay |hom )?{_DAY}[\s:,;–-]*(?:da |xin |duoc |cho )*"
    r"(?:nghi viec|ra khoi|ra (?:ve|ngoai)|ve (?:nha|que)|roi|thoi viec|tra the|left|moved out)\b)"
)
_LEFT_ON: Final = regex(
    r"(?:nghi viec|ra khoi [^\d,;]{1,20}|ra ve|ve (?:nha|que)|roi [^\d,;]{1,20}|thoi viec|left|moved out)"
    rf"[\s:,(–-]*(?:tu |ngay |hom |on )*{_DAY}"
)
#: As of which day a list was made, without accents.
_AS_OF: Final = regex(r"\b(?:lap|cap nhat|tinh den|thong ke den|as of|updated)\b[^.;]{0,20}?\b" + _DAY)
_TIMES: Final = frozenset(
    {"visit_start", "visit_end", "visit_date", "day", "hours", "moment", "isolation_start", "shift"}
)
#: With whom somebody works: they stay with others.
_TEAM: Final = regex(r"(?:to|doi|nhom|chuyen|line|team|bo phan|xuong|to san xuat|department)(?: .{0,20})?")
_FROM, _TO = "Ngày đến ở", "Ngày trả phòng"


def with_stays_of_all(sheets: list[Sheet]) -> list[Sheet]:
    """Return lists of people with the day since when all are there, as a line above the first of a page tells it.

    They were there until the day as of which the list was made; without one nothing is told of their last day.
    """
    out: list[Sheet] = []
    first: dict[tuple[str, str | None], Sheet] = {}
    for sheet in sheets:
        above = first.setdefault((sheet.file, sheet.sheet), sheet)
        told = {match["day"] for line in above.titles for match in _SINCE.finditer(fold(line.text))}
        until = {match["day"] for line in above.titles for match in _AS_OF.finditer(fold(line.text))}
        alone = len(told) == 1 and len(until) == 1 and _is_of_people(sheet)
        out.append(_with_stays(sheet, above, told.pop(), until.pop()) if alone else sheet)
    return out


def _is_of_people(sheet: Sheet) -> bool:
    columns = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    return sheet.origin is None and "name" in columns and not columns & _TIMES and len(sheet) > 0


def _with_stays(sheet: Sheet, above: Sheet, since: str, until: str) -> Sheet:
    """Return a list with first and last day; the place is that of the lines above the first list of the page."""
    unnamed = [at for at, heading in enumerate(sheet.headings) if LETTERED.fullmatch(f" {heading}")]
    free = [*unnamed, *(at for at, heading in enumerate(sheet.headings) if is_remark(heading))]
    left = [_left([sheet.cells[at].iloc[row] for at in free]) for row in range(len(sheet))]
    works = {at for at, text in enumerate(sheet.headings) if _TEAM.fullmatch(fold(text))}
    headings = [
        f"Ghi chú ({text.strip('()')})" if at in {*unnamed, *works} else text for at, text in enumerate(sheet.headings)
    ]
    facts = sheet.facts
    if sheet.fact("place") is None:
        facts = (*facts, *(fact for fact in above.facts if fact.name == "place"))
    out = replace(sheet, headings=tuple(headings), facts=facts)
    return out.with_column(_FROM, [since] * len(sheet)).with_column(_TO, [day or until for day in left])


def _left(cells: list[object]) -> str | None:
    """Return the day on which remarks of a row say that somebody left."""
    texts = [fold(text) for text in cells if isinstance(text, str)]
    return next((match["day"] for text in texts for form in (_LEFT, _LEFT_ON) if (match := form.search(text))), None)
