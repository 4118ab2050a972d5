"""Lines between the rows that name a case, ``I. Tiếp xúc BN34 (Lê Văn Tư)``, ``F1 của BN35``: whom those below met."""

from __future__ import annotations

import re
from typing import Final

from loaders.code_words import CASE_CODE, with_codes_joined
from loaders.columns.by_neighbours import CASE_FIELDS, EXPOSURE, by_neighbours
from loaders.columns.texts import by_distinct
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.titled import heading_of, told_in_text
from tracing.patterns import regex
from tracing.spelling import fold

_WHO: Final = frozenset({"name", "first_name", "phone"})
#: Fields of lists of who was where: there a line tells where, and in brackets perhaps who else was.
_WHERE: Final = frozenset({"boat", "vehicle", "seat", "room", "table", "stall", "shift", "visit_start"})
#: How a line of a list begins, and words that only say that a case follows, without accents.
_ITEM: Final = regex(r"^\W*(?:(?:[IVXivx]{1,5}|[A-Za-z]|\d{1,2})\s?[.)/:-]\s*)?")
_OF_CASE: Final = regex(
    r"(?:danh sach|ds|nhom|lien quan(?: den)?|cua|voi|nguon|ca|benh|benh nhan|duong tinh|f ?0|so|ma|index|case|patient"
    r"|contacts?|of|the|group|to)\b"
)
#: A line that speaks of those whom no case met.
_NOT: Final = regex(r"\b(?:khong|chua|not?|without)\b")
_CODE: Final = regex(rf"(?<!\w){CASE_CODE}(?!\w)")
#: What may stand behind the code of a case: a name, and in brackets what else is known of them.
_NAME: Final = regex(r"\W*(?:[A-ZÀ-ỸĐ][\wÀ-ỹ]*\s*){0,5}(?:\([^()]{0,60}\))?\W*")


def with_cases_of_sections(sheet: Sheet) -> Sheet:
    """Return a list of contacts with the cases that the lines between its rows name as a column."""
    sections = sheet.sections
    if sections is None or sheet.origin is not None or not len(sheet):
        return sheet
    columns = set(by_neighbours(read_headings(sheet.headings, PEOPLE, {})).columns)
    if not _WHO & columns or {"index", "sources"} & columns or CASE_FIELDS & columns:
        return sheet
    lists_met = bool(columns & {*EXPOSURE, "kind"}) or sheet.fact("list_of") == "contacts"
    if _WHERE & columns and not lists_met:
        return sheet
    told = by_distinct(sections, lambda text: _case(text, alone=lists_met))
    if not told.notna().any():
        return sheet
    tiers = {tier for text in sections.dropna().unique() for tier, _ in _told(text)} or {"F0"}
    return sheet.with_column(heading_of(min(tiers)), told)


def _case(text: str, *, alone: bool) -> str | None:
    """Return the one case that a line names as whom people met, or names and nothing else with ``alone``."""
    if _NOT.search(fold(text)):
        return None
    cases = {case for _, case in _told(text)}
    if cases:
        return cases.pop() if len(cases) == 1 else None
    return _code_alone(text) if alone else None


def _told(text: str) -> list[tuple[str, str]]:
    return told_in_text(with_codes_joined(text))


def _code_alone(text: str) -> str | None:
    """Return the code of a line that says nothing but which case it is: ``Ca bệnh 2: BN35 - Lê Văn Năm (tổ 4)``."""
    codes = list(_CODE.finditer(text))
    if len(codes) != 1:
        return None
    before = _OF_CASE.sub(" ", fold(_ITEM.sub("", text[: codes[0].start()])))
    behind = text[codes[0].end() :]
    named = _NAME.fullmatch(before) if before.isupper() else not re.search(r"[^\W\d]", before)
    return codes[0][0] if named and _NAME.fullmatch(behind) else None
