"""Pools of which the positive ones were tested again one by one: ``KQ mẫu gộp | Tách mẫu: KQ / CT``."""

from __future__ import annotations

from typing import Final

from loaders.columns.by_words import is_result
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.split_cells import texts_of_rows
from tracing.patterns import regex
from tracing.spelling import fold

#: What a column of single results is called beside that of the pools, without accents.
_SINGLE: Final = regex(
    r".*\b(?:tach (?:mau|gop)|(?:kq|ket qua|xn|xet nghiem) tach|mau (?:don|tach|le)|tung mau|individual|single)\b.*"
)
_OF_POOL: Final = regex(r".*\b(?:gop|pool|pooled)\b.*")
_WITH_CT: Final = regex(
    r"(?P<result>[^\d/;:(]{1,30}?)\s*[/;:(,-]?\s*(?:(?i:ct)\s*[:=]?\s*)?(?P<ct>\d{1,2}(?:[.,]\d{1,2})?)\)?"
)
#: The day of a result in brackets behind it.
_ON: Final = regex(r"\s*\(?\s*\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?\s*\)?\s*$")
_RESULT, _CT = "Kết quả xét nghiệm", "CT"


def with_pools_split(sheet: Sheet) -> Sheet:
    """Return a list of pools in which who was tested again alone has that result, and no longer the pool's."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    at = next((i for i, heading in enumerate(sheet.headings) if _SINGLE.fullmatch(fold(heading))), None)
    pooled = next((i for i, heading in enumerate(sheet.headings) if i != at and _is_of_pool(heading)), None)
    if sheet.origin is not None or at is None or pooled is None or "pool" not in columns:
        return sheet
    if pooled == columns["pool"] or at in {columns["pool"], columns.get("test_code"), columns.get("ct")}:
        return sheet
    codes, distinct = distinct_texts(sheet.cells[at])
    told = [_WITH_CT.fullmatch(text.strip()) for text in distinct]
    alone = [text if one is None else one["result"].strip() for one, text in zip(told, distinct, strict=True)]
    alone = [
        text if is_result(_ON.sub("", text).strip()) else None for text in alone
    ]  # "từ chối": no test of their own
    single = texts_of_rows(alone, codes)
    values = texts_of_rows([one and one["ct"] for one in told], codes)
    result, pool = single.fillna(sheet.cells[pooled]), sheet.cells[columns["pool"]].mask(single.notna())
    out = sheet.with_column(_RESULT, result, letter=sheet.letters[at], as_read=sheet.original)
    if values.notna().any() and "ct" not in columns:
        out = out.with_column(_CT, values, letter=sheet.letters[at])
    out = out.with_rows_of(range(len(sheet)), {columns["pool"]: pool.tolist()})
    return out.without_columns({at, pooled})


def _is_of_pool(heading: str) -> bool:
    result = read_headings((heading,), PEOPLE, {}).columns
    return _OF_POOL.fullmatch(fold(heading)) is not None and "test_result" in result
