"""Unused columns whose values are amounts or kinds: how far apart, how long, which isolation and for how many days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from loaders.columns.by_neighbours import CASE_FIELDS
from loaders.columns.looks import yes_or_no
from loaders.columns.references import is_answer
from loaders.columns.values import words
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import Reading, spaced
from tracing.patterns import regex
from tracing.spelling import fold

_ABOUT: Final = r"(?:[<>~≈=]{1,2} ?|duoi |tren |hon |khoang |gan |about |under |over |less than |more than )*"
_FAR: Final = regex(rf"{_ABOUT}\d{{1,3}}(?:[.,]\d+)? ?(?:m|met|metres?|meters?|cm)")
_LONG: Final = regex(
    rf"{_ABOUT}\d{{1,4}}(?:[.,]\d+)? ?(?:phut|p|'|mins?|minutes?|gio|h|hrs?|hours?|tieng)"
    r"(?: ?\d{1,2} ?(?:phut|p|')?)?"
)
#: Headings of a number of days for which somebody is isolated, without accents.
_DAYS: Final = regex(
    r"(?:so|thoi gian|tg|thoi han)(?: ngay)? (?:cach ly|cl)(?: tai nha| tap trung)?(?: (?:bao nhieu )?ngay| so ngay)?"
    r"|so ngay(?: thuc hien)?|(?:quarantine|isolation) (?:days|duration|period)(?: days)?|number of days"
)
_MASK: Final = regex(r"(?:\w+ )?masks?(?: worn| used| on)?|(?:co )?(?:deo |mang )?khau trang|wear\w* masks?|ppe")
_SINCE: Final = ("isolation_start", "from_day", "arrived")
#: Which day of so many it is: the fifth of 14. With the number of a year, 5/21, only below a heading that counts.
_NTH: Final = regex(r"(\d{1,2}) ?/ ?(\d{2})")
_COUNTS: Final = regex(r"\bthu\b|\bday (?:no|number|of)\b|\b(?:quarantine|isolation) day\b")
_MONTHS, _YEARS = 12, range(19, 30)
#: Headings of such a day, which may be read as one of a calendar: "Ngày thứ" is no "Ngày, thứ".
_DAYS_READ: Final = ("day", "visit_date", "moment")


def without_counted_days(reading: Reading, sheet: Sheet) -> Reading:
    """Keep columns that tell which day of so many it is: ``5/21``."""
    for name in (name for name in _DAYS_READ if name in reading.columns):
        at = reading.columns[name]
        if reading.by.get(at) != "said" and _count_days(sheet, at):
            reading = reading.without(name)
    counted = tuple(at for at in reading.unused if _count_days(sheet, at))
    unused = tuple(at for at in reading.unused if at not in counted)
    return replace(reading, unused=unused, kept=(*reading.kept, *counted)) if counted else reading


def _count_days(sheet: Sheet, at: int) -> bool:
    """Tell whether all texts of a column count days of the same number of them."""
    _, distinct = distinct_texts(sheet.cells[at])
    if len(distinct) < 2 or not all(_NTH.fullmatch(text.strip()) for text in distinct):
        return False
    counts = [(int(nth), int(total)) for text in distinct for nth, total in _NTH.findall(text.strip())]
    if len({total for _, total in counts}) > 1 or not all(0 < nth <= total > _MONTHS for nth, total in counts):
        return False
    return counts[0][1] not in _YEARS or _COUNTS.search(spaced(sheet.headings[at])) is not None


def with_amounts(reading: Reading, sheet: Sheet) -> Reading:
    """Read unused columns of a contact list that tell distance, length or masks, and of isolations kind and length."""
    columns = set(reading.columns)
    tests: list[tuple[str, Callable[[str], object]]] = []
    if "index" in columns:
        tests += [("distance_m", _FAR.fullmatch), ("minutes", _LONG.fullmatch)]
    if columns & {*_SINCE} and not columns & {*CASE_FIELDS, "visit_start"}:
        tests.append(("isolation_kind", _is_isolation))
    for at in reading.unused:
        name = next((name for name, fits in tests if name not in reading.columns and _mostly(sheet, at, fits)), None)
        heading = spaced(sheet.headings[at])
        if name is None and "index" in columns and "protected" not in reading.columns and _MASK.fullmatch(heading):
            name = "protected" if yes_or_no(sheet.cells[at]) else None
        if name is None and columns & {*_SINCE} and "isolation_end" not in columns and _DAYS.fullmatch(heading):
            name = "isolation_days" if _mostly(sheet, at, re.compile(r"\d{1,2}(?: ngay| days?)?").fullmatch) else None
        if name is not None and name not in reading.columns:
            reading = reading.with_values(at, name, 0.8)
    return reading


def _is_isolation(text: str) -> bool:
    known = words("isolation_kind")
    return text in known or bool(re.match(r"(?:kcl|khu cach ly|cach ly|cltt?|tu cach ly|tai nha|tap trung)\b", text))


def _mostly(sheet: Sheet, at: int, fits: Callable[[str], object]) -> bool:
    """Tell whether most of what a column tells fits; words that tell nothing do not count."""
    _, distinct = distinct_texts(sheet.cells[at])
    told = [fold(text) for text in distinct if not is_answer(text)]
    return bool(told) and sum(bool(fits(text)) for text in told) >= 0.6 * len(told)
