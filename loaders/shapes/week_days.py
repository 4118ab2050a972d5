"""Days of the week in a column, ``Thứ`` 2-4-6, of a list whose title tells its first and last day: a row a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.visit_groups import DAY
from tracing.patterns import regex
from tracing.spelling import fold

_HEADING: Final = regex(r"(?:cac )?(?:thu|ngay trong tuan|lich (?:trong )?tuan)(?: trong tuan)?|week ?days?")
_DAYS: Final = regex(r"(?:(?:t|thu )?[2-7]|cn|chu nhat)(?:\s?[-,;/&+. ]\s?(?:(?:t|thu )?[2-7]|cn|chu nhat))*")
_ONE: Final = regex(r"[2-7]|cn|chu nhat")
#: On which of these somebody was away.
_AWAY: Final = regex(r"\b(?:nghi|vang|bo|off)(?: cac)? (?:thu |t)(?P<days>[2-7](?:[-,; ]+(?:thu |t)?[2-7])*)")
#: Of one day a month at most is told so.
_LONGEST: Final = 31


def with_weekdays_dated(sheet: Sheet) -> Sheet:
    """Return a list with a row for each day on which somebody comes; others, and those with days, are as they were."""
    at = next((i for i in range(len(sheet.headings)) if tells_weekdays(sheet, i)), None)
    span = next((fact.value for fact in sheet.facts if fact.name == "day" and "/" in fact.value), None)
    if at is None or span is None or sheet.origin is not None or not len(sheet):
        return sheet
    if {"day", "visit_date"} & set(read_headings(sheet.headings, PEOPLE, {}).columns):
        return sheet
    first, last = (date.fromisoformat(day) for day in span.split("/"))
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if not 1 < len(dates) <= _LONGEST:
        return sheet
    rows: list[int] = []
    days: list[str | None] = []
    for row, text in enumerate(sheet.cells[at]):
        told = (_numbers(text) if isinstance(text, str) else set()) - _away(sheet, row)
        found: list[str | None] = [f"{day:%d/%m/%Y}" for day in dates if day.weekday() in told]
        rows += [row] * max(1, len(found))
        days += found or [None]
    return sheet.with_rows_of(rows, {}).with_column(DAY, days, letter=sheet.letters[at])


def tells_weekdays(sheet: Sheet, at: int) -> bool:
    """Tell whether a column names days of the week, several in most cells or one."""
    if not _HEADING.fullmatch(fold(sheet.headings[at])):
        return False
    _, distinct = distinct_texts(sheet.cells[at])
    return bool(distinct) and all(_DAYS.fullmatch(fold(text)) for text in distinct)


def _numbers(text: str) -> set[int]:
    """Return the days of the week that a text names, Monday (``thứ 2``) 0."""
    return {int(one) - 2 if one.isdecimal() else 6 for one in _ONE.findall(fold(text))}


def _away(sheet: Sheet, row: int) -> set[int]:
    """Return the days of the week on which a remark of a row says that somebody was away."""
    said = [fold(text) for text in sheet.cells.iloc[row] if isinstance(text, str)]
    return {day for text in said for match in _AWAY.finditer(text) for day in _numbers(match["days"])}
