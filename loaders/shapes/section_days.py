"""Lines between the rows that tell their day or hours, ``I. Mẫu ngày 14/7/2021``, ``Suất 2: 9h-11h``: of all below."""

from __future__ import annotations

from typing import Final

import pandas as pd

from loaders.columns.diary import read_diary
from loaders.columns.stays import tells_session
from loaders.files.body import SHIFT_HOURS
from loaders.files.grid import Line, Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.titles import read_facts
from tracing.patterns import regex
from tracing.spelling import fold

_DATED: Final = frozenset(
    {
        *("day", "visit_date", "moment", "declared_at", "left_day", "arrived", "first_contact", "last_contact"),
        *("contact_date", "sample", "confirmed", "onset", "isolation_start", "from_day", "to_day"),
    }
)
_TIMED: Final = frozenset(
    {
        *("shift", "hours", "moment", "visit_start", "visit_end", "from_time", "to_time"),
        "sample",
        "sample_hour",
        "test_result",
    }
)
#: Days that are of a person or a case and not of the rows below.
_OTHER: Final = regex(r"\b(?:khoi phat|sinh|ca benh|bn ?\d+|f0|cong bo|xac nhan|duong tinh)\b")
_SAMPLES: Final = regex(r"\b(?:mau|xet nghiem|test|xn)\b")
_CONTACTS: Final = regex(r"\b(?:tiep xuc|tx|gap)\b")


def with_days_of_sections(sheet: Sheet) -> Sheet:
    """Return a list without days of its own with those that the lines between its rows tell as a column."""
    sections = sheet.sections
    if sections is None or sheet.origin is not None or _DATED & set(read_headings(sheet.headings, PEOPLE, {}).columns):
        return sheet
    if read_diary(sheet, {}) is not None:
        return sheet
    days = {text: _day_of(text) for text in sections.dropna().unique()}
    told = sections.map(days, na_action="ignore")
    if told.notna().sum() * 2 <= len(sheet):
        return sheet
    said = " ".join(fold(text) for text, day in days.items() if day is not None)
    heading = "Ngày lấy mẫu" if _SAMPLES.search(said) else "Ngày tiếp xúc" if _CONTACTS.search(said) else "Ngày"
    return sheet.with_column(heading, [None if pd.isna(day) else str(day) for day in told])


def with_hours_of_sections(sheet: Sheet) -> Sheet:
    """Return a list without hours with those of the shifts or sessions that the lines between its rows name."""
    sections = sheet.sections
    if sections is None or sheet.origin is not None or _TIMED & set(read_headings(sheet.headings, PEOPLE, {}).columns):
        return sheet
    named = {text for text in sections.dropna().unique() if _tells_hours(text)}
    told = sections.where(sections.isin(named))
    if named and sheet.titles and _tells_hours(sheet.titles[-1].text):  # the line above those before the next one
        told = told.mask(sections.isna().cummin(), sheet.titles[-1].text)
    if not named or told.notna().sum() * 2 <= len(sheet) or read_diary(sheet, {}) is not None:
        return sheet
    return sheet.with_column("Ca", [None if pd.isna(text) else str(text) for text in told])


def _tells_hours(text: str) -> bool:
    return tells_session(text) or SHIFT_HOURS.match(fold(text)) is not None


def _day_of(text: str) -> str | None:
    """Return the one day that a line tells, ``14/7`` where it tells no year; None of another line."""
    if _OTHER.search(fold(text)):
        return None
    days = {fact.value for fact in read_facts([Line(0, (text,))], None, "") if fact.name in ("day", "sample_day")}
    days = {day for day in days if not (day.startswith("--") and any(one.endswith(day[1:]) for one in days - {day}))}
    if len(days) != 1 or "/" in (day := days.pop()):
        return None
    return f"{int(day[5:])}/{int(day[2:4])}" if day.startswith("--") else day
