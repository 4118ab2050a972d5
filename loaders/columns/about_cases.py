"""Lists of which only the headings of their people say that these are cases: ``Mã ca bệnh``, ``Họ tên F0``."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from loaders.code_words import OF_MINISTRY
from loaders.files.grid import Fact, Sheet, distinct_texts
from loaders.files.headings import PEOPLE, Reading, spaced
from tracing.patterns import regex

HEADING: Final = "heading"
"""Where it stands that everybody on such a list is a case: the source of the fact."""
CODED: Final = "case_codes"
"""Said of a list whose ids are codes as the ministry gives them to cases, while nothing else says what they are."""
CODE: Final = regex(OF_MINISTRY)
#: Fields of lists that say in another way who is a case, or where people were.
NO_CASES: Final = frozenset(
    {
        *("index", "level", "test_result", "pool", "relation", "household", "visit_start", "visit_date", "hours"),
        *("present_1", "shift", "seat", "arrived", "place", "room"),
    }
)
_CASE: Final = r"(?:f 0|ca(?: benh| nhiem| mac| duong tinh| f 0)?|cb|(?:nguoi|truong hop) (?:mac|nhiem|duong tinh))"
_IDS: Final = regex(rf"(?:ma|so|ma so) {_CASE}|mcb|{_CASE} so")
_NAMES: Final = regex(rf"(?:ho va ten|ho ten|ten) (?:cua )?(?:cac )?{_CASE}")


def of_cases(sheet: Sheet, reading: Reading) -> Sheet:
    """Return a list with what the headings of its people say of all of them, where nothing else says what they are."""
    columns = reading.columns
    if reading.layout != PEOPLE or NO_CASES & columns.keys() or sheet.fact("list_of") is not None:
        return sheet
    for field, speaks in (("person", _IDS), ("name", _NAMES)):
        heading = sheet.headings[columns[field]] if field in columns else ""
        if speaks.fullmatch(spaced(heading)):
            return replace(sheet, facts=(*sheet.facts, Fact("list_of", "cases", HEADING, 0, heading)))
    if "person" in columns and "name" in columns and sheet.fact("crew") is None:
        texts = distinct_texts(sheet.cells[columns["person"]])[1]
        if len(texts) and all(CODE.fullmatch(text.strip()) for text in texts):
            return replace(sheet, facts=(*sheet.facts, Fact(CODED, "yes", "list", 0, "")))
    return sheet
