"""Lists that say whom somebody met only by how they are related, or by the tier: ``con BN34``, ``F1 BN Tấn``."""

from __future__ import annotations

from typing import Final

from loaders.columns.references import read_reference
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.split_cells import with_columns_of
from tracing.patterns import regex

WHOM: Final = "Tiếp xúc với F0"
#: Whose relation somebody is: by the tier or the word for a case, and a code or a name behind it.
_OF: Final = regex(
    r"(?:^[Ff] ?[1-4]\s+(?:của\s+)?|^|[^\W\d_]\s+|[(,:-]\s*)(?P<whom>(?i:f\s?[0-3]|bn|bệnh nhân|benh nhan|ca bệnh|ca)"
    r"(?:\s?[-:.]?\s?\d[\w.-]*|\s*:?\s+(?:(?i:anh|chị|ông|bà|em|cô|chú|bác|cháu|bé)\s+)?[A-ZÀ-ỸĐ][^\W\d_]*"
    r"(?:\s+[A-ZÀ-ỸĐ][^\W\d_]*){0,5})\)?)\s*$"
)
#: A code or a day behind a tier.
_CODED: Final = regex(r"(?<![Ff])(?<![Ff] )\d")
_ELSEWHERE: Final = frozenset({"index", "sources", "case_code"})


def with_whom_they_are_of(sheet: Sheet) -> Sheet:
    """Return such a list with a column of its own for the cases that the relations name; any other as it is."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    at = columns.get("relation", columns.get("level"))
    if at is None or sheet.origin is not None or _ELSEWHERE & set(columns) or sheet.fact("case"):
        return sheet
    _, distinct = distinct_texts(sheet.cells[at])
    if "relation" not in columns and any(_CODED.search(text) for text in distinct):
        return sheet  # tiers with codes, days and several cases are read by another room
    told = [(_whom(text),) for text in distinct]
    if not any(whom for (whom,) in told):
        return sheet
    return with_columns_of(sheet, at, told, (WHOM,), keep=(sheet.headings[at], list(distinct)))


def _whom(text: str) -> str | None:
    """Return the case that a relation names; None of a bare ``Vợ F0``."""
    found = _OF.search(text)
    whom = None if found is None else found["whom"].rstrip(")")
    return whom if whom is not None and read_reference(whom).named else None
