"""A telephone number alone among the remarks of somebody, ``ĐT 0912 000 101``: a column of its own."""

from __future__ import annotations

import re
from typing import Final

from loaders.columns.remark import is_remark
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.split_cells import texts_of_rows
from tracing.patterns import regex

#: A number behind its word or alone, and nothing else: ``sđt: 0912.000.101``.
_PHONE: Final = regex(
    r"(?i)\W{0,3}(?:(?:số\s+|so\s+)?(?:đt|dt|sđt|sdt|điện thoại|dien thoai|số máy|zalo|tel|phone)\s*[:.]?\s*)?"
    r"(?P<number>(?:\+?84|0)(?:[ .-]?\d){9})(?!\d)\W{0,3}"
)
_HEADING: Final = "SĐT (theo ghi chú)"
_WHO: Final = frozenset({"name", "first_name"})
_LONGEST: Final = 40


def with_phones_of_remarks(sheet: Sheet) -> Sheet:
    """Return a list of people without telephone numbers with those that stand alone in its remarks as a column."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    columns = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    if not _WHO & columns or {"phone", "driver", "driver_phone"} & columns:
        return sheet
    for at in (at for at, heading in enumerate(sheet.headings) if is_remark(heading)):
        codes, distinct = distinct_texts(sheet.cells[at])
        told = [_PHONE.fullmatch(text.strip()) if len(text) <= _LONGEST else None for text in distinct]
        if any(told):
            numbers = [re.sub(r"\D", "", match["number"]) if match is not None else None for match in told]
            return sheet.with_column(_HEADING, texts_of_rows(numbers, codes), letter=sheet.letters[at])
    return sheet
