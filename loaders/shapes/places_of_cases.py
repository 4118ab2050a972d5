"""Tables of places with the cases that were there, ``Địa điểm | Thời gian | Ca bệnh liên quan``: a row for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from loaders.columns.by_words import WHO
from loaders.columns.references import is_answer, read_reference
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from tracing.patterns import regex
from tracing.spelling import fold

_CASES: Final = regex(
    r"(?:ca benh|ca|bn|benh nhan|f ?0|ca f0)(?: (?:lien quan|da den|co mat|tung den))?"
    r"|related (?:probable/confirmed |confirmed |probable )?cases?|cases? (?:present|linked|visiting)"
)
_PLACE: Final = regex(r"(?:building|facility|shop|premises|venue|site)(?: name)?|name of (?:building|premises|venue)")
_TIMES: Final = frozenset({"moment", "day", "visit_start", "visit_date", "hours"})
_LAST_VISIT: Final = regex(r"(?:last )?date of (?:last )?(?:visit|residence|stay).*|thoi gian.*|moc thoi gian")
PERSON, PLACE, DAY, MOMENT = "Mã BN", "Địa điểm", "Ngày", "Mốc thời gian"
#: The address is that of the place, and nobody's home.
_WHERE: Final = "Địa chỉ địa điểm"


def with_cases_of_places(sheet: Sheet) -> Sheet:
    """Return such a table with a row for each case that was at its place; any other sheet as it is."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not len(sheet) or {*WHO, "phone", "people_met"} & set(columns):
        return sheet
    heads = [fold(heading) for heading in sheet.headings]
    cases = next((at for at, head in enumerate(heads) if _CASES.fullmatch(head) and _names_codes(sheet, at)), None)
    place = columns.get("place", next((at for at, head in enumerate(heads) if _PLACE.fullmatch(head)), None))
    if cases is None or place is None or place == cases or not _dated(columns, heads):
        return sheet
    named = [_codes(text) if isinstance(text, str) else [] for text in sheet.cells[cases]]
    each: list[list[str | None]] = [[*codes] or [None] for codes in named]
    rows = [row for row, codes in enumerate(each) for _ in codes]
    out = sheet.with_rows_of(rows, {cases: [code for codes in each for code in codes]})
    said = {cases: PERSON, place: PLACE} | {columns[name]: _WHERE for name in ("address",) if name in columns}
    if _TIMES & set(columns) == {"hours"}:
        said[columns["hours"]] = MOMENT
    elif not _TIMES & set(columns):
        when = next(at for at, head in enumerate(heads) if _LAST_VISIT.fullmatch(head))
        said[when] = MOMENT if "thoi gian" in heads[when] else DAY
    return replace(out, headings=tuple(said.get(at, heading) for at, heading in enumerate(out.headings)))


def _dated(columns: Mapping[str, int], heads: list[str]) -> bool:
    return bool(_TIMES & set(columns)) or any(map(_LAST_VISIT.fullmatch, heads))


def _codes(text: str) -> list[str]:
    """Return the codes of the cases that a cell names."""
    return [] if is_answer(text) else [re.sub(r"\s", "", named.words) for named in read_reference(text).named]


def _names_codes(sheet: Sheet, at: int) -> bool:
    """Tell whether the cells of a column name cases by their codes."""
    _, distinct = distinct_texts(sheet.cells[at])
    told = [read_reference(text) for text in distinct if not is_answer(text)]
    return bool(told) and all(one.joined != "range" and all(named.code for named in one.named) for one in told)
