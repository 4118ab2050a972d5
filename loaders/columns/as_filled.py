"""What a heading says, compared with what stands below it: no value there can be that, or all are something else."""

from __future__ import annotations

import re
from typing import Final

from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.by_words import is_class, is_isolation, is_result
from loaders.columns.dates import UNKNOWN
from loaders.columns.looks import are_minutes, yes_or_no
from loaders.files.grid import Sheet, distinct_texts, share_of
from loaders.files.headings import PEOPLE, Reading, field_of
from tracing.patterns import regex
from tracing.spelling import fold

#: Fields whose values are days or hours; in the first column below a text that is none is common, too.
_TIMES: Final = frozenset(
    {
        *("first_contact", "last_contact", "contact_date", "sample", "confirmed", "isolation_start", "isolation_end"),
        *("arrived", "visit_start", "visit_end", "visit_date", "resulted", "exposure_start", "exposure_end"),
        *("from_day", "to_day", "from_time", "to_time", "day", "moment", "hours"),
        *("left_day", "declared_at", "sample_hour"),
    }
)
_DIGIT: Final = regex(r"\d")
_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY_ALONE: Final = regex(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d{2}-\d{2}(?:[T ].*)?")
_HOURS_FROM_TO: Final = regex(
    r"(?i)\d{1,2}\s*(?:giờ|[:hg.])\s*\d{0,2}\s*(?:-|–|đến|tới|to)\s*\d{1,2}\s*(?:giờ|[:hg.])\s*\d{0,2}"
)
#: As what somebody lives somewhere, which is no address.
_REGISTERED: Final = regex(
    r"(?:dang ky )?(?:thuong tru|tam tru|tam vang|luu tru|vang lai|kt ?[1-4]|tt|o tro|tro)(?: dai han| ngan han)?"
    r"|(?:co|khong|chua|khong co) (?:ho khau|hk|dang ky)|(?:permanent|temporary)(?: resident| residence)?"
)
_DAY_WORDS: Final = regex(r"hom (?:qua|kia|nay|truoc)|(?:dang )?cho\b.*|chua\b.*|khong\b.*|(?:thu|chu nhat)\b.*")
#: What a text has that tells a day or an hour, without accents; "phường 5" has nothing of it.
_TIMELIKE: Final = regex(
    r"\d ?[:/hg.-] ?\d|\d ?h\b|^\d+$|\d{4}|\b(?:gio|ngay|thang|sang|trua|chieu|toi|dem|hom|am|pm)\b"
    rf"|\d[ .-]{{0,2}}(?:{_MONTHS})|(?:{_MONTHS})\w*[ .-]{{1,2}}\d"
)


def as_filled(reading: Reading, sheet: Sheet) -> Reading:
    """Take back what a heading says where no value can be that: "Tiếp xúc ở đâu" is no day, "Phân loại" no class."""
    for name, at in list(reading.columns.items()):
        if reading.by.get(at) != "heading":
            continue
        if name in _TIMES and "minutes" not in reading.columns and are_minutes(sheet.cells[at]):
            reading = reading.without(name).with_values(at, "minutes", 0.9)
            continue
        form = _by_form(reading, name, at, sheet)
        if form is not None:
            reading = reading.without(name).with_values(at, form, 0.9)
            continue
        if not _contradicted(reading, name, at, sheet):
            continue
        other = field_of(sheet.headings[at], PEOPLE, but=(name,))
        reading = reading.without(name)
        if other is not None and other[0] not in reading.columns and other[0] not in _TIMES:
            reading = reading.with_heading(at, *other)
    return reading


def _by_form(reading: Reading, name: str, at: int, sheet: Sheet) -> str | None:
    """Return what a column is whose values all have the form of something else: hours from–to, days of results."""
    columns = set(reading.columns)
    if name in ("visit_start", "moment", "direction") and not {"hours", "visit_end"} & columns:
        return "hours" if share_of(sheet, at, _HOURS_FROM_TO.fullmatch) >= 0.5 else None
    if name == "contact_date" and "hours" not in columns:
        return "hours" if share_of(sheet, at, _HOURS_FROM_TO.fullmatch) >= 0.5 else None
    if name == "isolation_kind" and columns & {"index", *EXPOSURE} and "kind" not in columns:
        return None if share_of(sheet, at, is_isolation) else "kind"
    if name == "concluded" and not {"test_result", "declared", "investigated"} & columns:
        return "test_result" if share_of(sheet, at, is_result) >= 0.5 else None
    if name == "test_result" and not {"confirmed", "resulted"} & columns:
        day = "confirmed" if "+" in sheet.headings[at] else "resulted"
        told = [text for text in distinct_texts(sheet.cells[at])[1] if not _DAY_WORDS.fullmatch(fold(text))]
        return day if told and sum(map(bool, map(_DAY_ALONE.fullmatch, told))) >= 0.8 * len(told) else None
    return None


def _may_be_no_class(reading: Reading, at: int, sheet: Sheet) -> bool:
    """Tell whether a column of classes is not sure to be one, or another that nothing uses holds classes alone."""
    others = (distinct_texts(sheet.cells[other])[1] for other in reading.unused)
    return reading.sure.get(at, 1) < 0.9 or any(texts and all(map(is_class, texts)) for texts in others)


def _contradicted(reading: Reading, name: str, at: int, sheet: Sheet) -> bool:
    if name == "phone":  # how many were met, under "contact_number"
        return share_of(sheet, at, lambda t: len(re.sub(r"\D", "", t)) <= 4 or bool(_DAY_ALONE.fullmatch(t))) == 1
    if name == "address":  # as what somebody is registered, under "Cư trú"
        return share_of(sheet, at, lambda t: _REGISTERED.fullmatch(fold(t).strip(" .")) is not None) >= 0.8
    if name == "household":  # whether they live together, and no number of a household
        return yes_or_no(sheet.cells[at])
    if name not in _TIMES and not (name == "classification" and _may_be_no_class(reading, at, sheet)):
        return False
    _, distinct = distinct_texts(sheet.cells[at])
    told = [text for text in distinct if fold(text) not in UNKNOWN and not _DAY_WORDS.fullmatch(fold(text))]
    if name == "classification":
        return not any(map(is_class, told))
    return bool(told) and not any(_DIGIT.search(text) and _TIMELIKE.search(fold(text)) for text in told)
