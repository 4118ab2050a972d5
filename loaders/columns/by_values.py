"""A list of people read by its values, too: what no heading tells, and where a heading and its values disagree."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from loaders.columns.attendance import day_of, with_days
from loaders.columns.by_neighbours import CASE_FIELDS, EXPOSURE, by_neighbours
from loaders.columns.dates import UNKNOWN
from loaders.columns.looks import KnownCases, Look, look_at, says_time_or_place
from loaders.columns.values import words
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, Reading, field_of, plain
from tracing.spelling import fold

WHO: Final = frozenset({"person", "name", "first_name", "last_name"})
"""Fields that say whom a row is about."""
#: What an unused column of a list of people is taken for by its values alone, where nothing else is that already.
_BY_VALUES: Final = {
    "phone": "phone",
    "plate": "vehicle",
    "sex": "sex",
    "result": "test_result",
    "level": "level",
    "direction": "direction",
    "name": "name",
    "address": "address",
}
#: What such a column stands beside: one of these fields.
_COMPANY: Final = {"test_result": frozenset({"sample"}), "direction": frozenset({"visit_start", "moment"})}
#: Plain headings that may say whom somebody met: there a bare number or a name can be a case.
_WHOM: Final = re.compile(r".*(?:f0|bn|benhnhan|cabenh|tiepxuc|nguon|lienquan|case|index|cduong|chidiem|source).*|ca")
#: Fields whose values are days or hours; in the first column below a text that is none is common, too.
_TIMES: Final = frozenset(
    {
        *("first_contact", "last_contact", "contact_date", "sample", "confirmed", "isolation_start", "isolation_end"),
        *("arrived", "visit_start", "visit_end", "visit_date", "resulted", "exposure_start", "exposure_end"),
        *("from_day", "to_day", "from_time", "to_time", "day", "moment", "hours"),
        *("left_day", "declared_at", "sample_hour"),
    }
)
_DAY_WORDS: Final = re.compile(r"hom (?:qua|kia|nay|truoc)|(?:dang )?cho\b.*|chua\b.*|khong\b.*|(?:thu|chu nhat)\b.*")
_HOUSEHOLD: Final = re.compile(r"(?i)(?:hk|hộ|ho|hgd|hgđ)[\s.\-_]*\d+")


class Looks:
    """What the columns of one sheet look like, each looked at once and only when asked."""

    def __init__(self, sheet: Sheet, cases: KnownCases | None) -> None:
        self.sheet, self.cases = sheet, cases
        self._known: dict[int, Look] = {}

    def __getitem__(self, position: int) -> Look:
        if position not in self._known:
            self._known[position] = look_at(self.sheet.cells[position], is_case=self.cases)
        return self._known[position]

    def sensitive(self, reading: Reading, said: Collection[str] = ()) -> dict[int, Look]:
        """Return the unused columns of days, hours, places, ids or cases; of remarks, those that name cases.

        What was ``said`` of a heading stands.
        """
        found = {
            at: self[at]
            for at in reading.unused
            if self[at].kind != "empty"
            and (
                self[at].sensitive
                or says_time_or_place(self.sheet.headings[at], self.sheet.cells[at])
                or "/" in (day_of(self.sheet.headings[at]) or "")
            )
        }
        remarks = [at for at in reading.kept if self.sheet.headings[at] not in said and self.cases is not None]
        return found | {at: self[at] for at in remarks if self[at].kind == "case" and self[at].sensitive}


def read_people(reading: Reading, sheet: Sheet, looks: Looks) -> Reading:
    """Read the columns of a list of people: general headings by their company, then unused columns by their values."""
    facts = frozenset(fact.name for fact in sheet.facts)
    reading = with_days(_without_answers(_as_filled(reading, sheet), sheet), sheet)
    reading = _plausible(by_neighbours(reading, facts=facts))
    reading = _by_words(reading, sheet)
    if looks.cases is None:
        return by_neighbours(reading, facts=facts)
    for at in reading.unused:
        look = looks[at]
        if look.kind in _BY_VALUES and look.share >= 0.8 and look.distinct > 1:
            name = _BY_VALUES[look.kind]
            if name in _COMPANY and not _COMPANY[name] & set(reading.columns):
                continue
            if name not in reading.columns and not (name == "name" and WHO & set(reading.columns)):
                reading = reading.with_values(at, name, 0.4 + look.share / 2.5)
    reading = _whom_by_values(reading, sheet, looks)
    if "index" in reading.columns and not any(name in reading.columns for name in EXPOSURE):
        dates = [at for at in reading.unused if looks[at].kind == "date"]
        if len(dates) == 1:
            reading = reading.with_values(dates[0], "contact_date", 0.6)
    return by_neighbours(reading, facts=facts)


def _whom_by_values(reading: Reading, sheet: Sheet, looks: Looks) -> Reading:
    """Find the column that names known cases: by their ids, and where its heading says so by number or name."""
    if {"index", "sources"} & set(reading.columns) or looks.cases is None:
        return reading
    best: tuple[float, int] | None = None
    for at in reading.unused:
        look = looks[at]
        share = look.share if look.kind == "case" else 0.0
        if share < 0.5 and (_WHOM.fullmatch(plain(sheet.headings[at])) or look.kind == "name"):
            share = looks.cases.share(sheet.cells[at])
        if share >= 0.5 and (best is None or share > best[0]):
            best = share, at
    if best is None:
        return reading
    cases = CASE_FIELDS & set(reading.columns) and not any(f in reading.columns for f in EXPOSURE)
    return reading.with_values(best[1], "sources" if cases else "index", 0.5 + best[0] / 2.5)


def _by_words(reading: Reading, sheet: Sheet) -> Reading:
    """Read unused columns whose words say what they are: the class of a case, the number of a household."""
    for at in reading.unused:
        _, distinct = distinct_texts(sheet.cells[at])
        for name, fits in (("classification", _is_class), ("household", _HOUSEHOLD.fullmatch)):
            company = {"onset", "confirmed", "sample", "case_code"} if name == "classification" else WHO
            if name in reading.columns or not company & set(reading.columns) or not distinct:
                continue
            if name == "classification" and all(map(_is_result, distinct)):
                continue  # what a test says today makes nobody less of a case
            if "test_result" not in reading.columns and sum(map(bool, map(fits, distinct))) >= 0.6 * len(distinct):
                reading = reading.with_values(at, name, 0.8)
    return reading


def _is_class(text: str) -> bool:
    known = words("classification")
    return len(text) > 1 and (text.lower() in known or fold(text) in known)


def _is_result(text: str) -> bool:
    known = words("result")
    return text.lower() in known or fold(text) in known


def _as_filled(reading: Reading, sheet: Sheet) -> Reading:
    """Take back what a heading says where no value can be that: "Tiếp xúc ở đâu" is no day, "Phân loại" no class."""
    for name, at in list(reading.columns.items()):
        if reading.by.get(at) != "heading" or not _contradicted(reading, name, at, sheet):
            continue
        other = field_of(sheet.headings[at], PEOPLE, but=(name,))
        reading = reading.without(name)
        if other is not None and other[0] not in reading.columns and other[0] not in _TIMES:
            reading = reading.with_heading(at, *other)
    return reading


def _contradicted(reading: Reading, name: str, at: int, sheet: Sheet) -> bool:
    if name not in _TIMES and not (name == "classification" and reading.sure.get(at, 1) < 0.9):
        return False
    _, distinct = distinct_texts(sheet.cells[at])
    told = [text for text in distinct if fold(text) not in UNKNOWN and not _DAY_WORDS.fullmatch(fold(text))]
    if name == "classification":
        return not any(map(_is_class, told))
    return bool(told) and not any(re.search(r"\d", text) for text in told)


def _plausible(reading: Reading) -> Reading:
    """Take back meanings that need company: from–to without dates is a link, not a contact list."""
    said = reading.by.get(reading.columns.get("index", -1)) == "said"
    if "index" in reading.columns and not said:
        company = any(f in reading.columns for f in (*EXPOSURE, "name", "phone", "first_name", "birth_year"))
        if not company:
            reading = reading.without("index")
    return reading


def _without_answers(reading: Reading, sheet: Sheet) -> Reading:
    """Keep columns that only answer yes or no and name nobody: "Tiếp xúc với người bệnh", "Ho"."""
    for name in ("index", "last_name"):
        at = reading.columns.get(name)
        if at is not None and reading.by.get(at) != "said" and _yes_and_no(sheet, at):
            reading = replace(reading.without(name), unused=reading.unused, kept=(*reading.kept, at))
    return reading


def _yes_and_no(sheet: Sheet, at: int) -> bool:
    """Tell whether a column only answers a question: "Tiếp xúc với người bệnh" with có and không names nobody."""
    _, distinct = distinct_texts(sheet.cells[at])
    known = words("flag")
    return bool(distinct) and len(distinct) <= 6 and all(text.lower() in known for text in distinct)
