"""A day beside a result below one heading, ``Lần 2 › Ngày | KQ``: that of the sample."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, name_of_field, plain

_DAYS: Final = frozenset({"ngay", "date", "day", "ngaythang", "thoigian"})
_OF_SAMPLE: Final = "Ngày lấy mẫu"


def with_days_of_results(sheet: Sheet) -> Sheet:
    """Return a list in which the day below a heading that has a result below it, too, is called that of the sample."""
    parted = [heading.rpartition(" › ") for heading in sheet.headings]
    results = {upper for upper, _, lower in parted if upper and name_of_field(lower, PEOPLE) == "test_result"}
    if sheet.origin is not None or not results:
        return sheet
    days = [upper if upper in results and plain(lower) in _DAYS else "" for upper, _, lower in parted]
    alone = {upper for upper in days if upper and days.count(upper) == 1}
    headings = (
        f"{upper} › {_OF_SAMPLE}" if upper in alone else heading
        for upper, heading in zip(days, sheet.headings, strict=True)
    )
    return replace(sheet, headings=tuple(headings))
