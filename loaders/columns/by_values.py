"""A list of people read by its values, too: what no heading tells, and where a heading and its values disagree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

import pandas as pd

from loaders.code_words import OWN_CODE
from loaders.columns.abouts import (
    arrived_home,
    day_of_hours,
    exported_contacts,
    followed_up,
    ids_of_cases,
    insured,
    named_by_ids,
    numbered_cases,
    of_apartments,
    of_branches,
    of_cases,
    of_contacts,
    of_hospital,
    of_households,
    of_journeys,
    of_meetings,
    of_programs,
    of_scans,
    phoned,
    typed_bare,
    vaccinated,
    without_answers,
)
from loaders.columns.amounts import with_amounts, without_counted_days
from loaders.columns.as_filled import as_filled
from loaders.columns.attendance import day_of, weekday, with_days
from loaders.columns.by_company import (
    by_own_ids,
    came_from,
    days_of_visits,
    in_quarantine,
    named_by_case_names,
    of_rooms,
    tested_there,
    tests_by_values,
    treated_at,
    where_they_went,
    without_destination,
)
from loaders.columns.by_neighbours import (
    CAMP,
    CASE_FIELDS,
    EXPOSURE,
    WHERE,
    by_neighbours,
    enter_and_leave,
    facts_of,
    plausible,
)
from loaders.columns.by_words import WHO, by_words, is_class
from loaders.columns.found_at import where_found
from loaders.columns.further import with_further
from loaders.columns.line_lists import of_line_lists, only_related
from loaders.columns.looks import (
    CLASS_WORDS,
    KnownCases,
    Look,
    counts_rows,
    is_name,
    look_at,
    names_some,
    numbers_cases,
    numbers_groups,
    only_numbers,
    says_class_or_id,
    says_time_or_place,
    tell_days,
    yes_or_no,
)
from loaders.columns.one_of_two import dated, found_before_known, named_and_coded, of_class, of_samples, of_vehicle
from loaders.columns.remark import is_remark
from loaders.columns.stays import one_stay, tells_hour, tells_session, with_other_end, with_session
from loaders.columns.texts import told_of
from loaders.files.grid import Sheet, share_of
from loaders.files.headings import PEOPLE, Reading, field_of, plain
from tracing.patterns import regex
from tracing.spelling import fold

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
#: Units whose names look like those of people.
_UNITS: Final = frozenset({"hamlet", "commune", "district", "province", "address"})
#: What such a column stands beside: one of these fields.
_COMPANY: Final = {
    "test_result": frozenset({"sample", "fact:sample_day", "fact:tests"}),
    "direction": frozenset({"visit_start", "moment"}),
}
#: A title of tests, without accents.
_TESTS: Final = regex(r"\b(?:test(?: nhanh)?|xet nghiem|xn|pcr|khang nguyen|lay mau|rapid tests?|antigen)\b")
#: Plain headings that may say whom somebody met: there a bare number or a name can be a case.
_WHOM: Final = regex(
    r".*(?:f0|bn|benhnhan|cabenh|tiepxuc|nguon|lienquan|case|index|cduong|chidiem|source).*|ca|(?:la)?f[123]cua.*"
)
#: Words of a heading below which the names of those whom people met stand: ``Khai bởi F1 nào``.
_OF_TIER: Final = regex(r"\bf ?[0-3]\b")
#: What stands beside a name: a form of address, brackets.
_BESIDE_NAME: Final = regex(r"^(?i:ông|bà|anh|chị|em|cô|chú|bác|cháu|bé)\s+|\s*\([^()]{0,60}\)$")
#: What such a heading is not where it ends so: a state, a kind, a number of cases.
_STATUS: Final = regex(r"(?i)(?:complete|status|state|type|kind|class|count|total|number of.*)$")
#: Fields of lists that are about something else than where people were.
_ELSEWHERE: Final = CASE_FIELDS | {
    *("index", "test_result", "sample", "pool", "isolation_start", "arrived", "visit_start", "household", "relation"),
    *("level", "shift", "movements"),
}
#: Words of a heading that speak of something else than the day on which somebody met a case.
_OTHER_DAY: Final = regex(
    r"\b(?:mau|xet nghiem|xn|cach ly|tiem|sinh|vien|khoi|ve|test|bao cao|khai|submi\w*|created?|updated?|report\w*"
    r"|form)\b"
)
#: Who heads a household or fills in a form is not whom the people of a list met.
_HEADS: Final = regex(r"\b(?:chu ho|chu nha|nguoi (?:khai|lap|ky|nhap)|phu huynh)\b")
_NAME_WORDS: Final = regex(r"\b(?:ten|name|nom|ho ten|khach|benh nhan|hanh khach)\b")

#: Headings of columns that are kept and may still tell a day or somebody who was there -> looks of such values.
_ASKED: Final = {
    "ngay khai bao": ("date",),
    "(?:ho (?:va )?ten )?(?:gvcn|giao vien chu nhiem|chu nhiem)(?: lop)?": ("name",),
}
#: Numbers of so few digits are ids in one list and sizes, doses or classes in another.
_FEW_DIGITS: Final = 5


class Looks:
    """What the columns of one sheet look like, each looked at once and only when asked."""

    def __init__(self, sheet: Sheet, cases: KnownCases | None) -> None:
        self.sheet, self.cases = sheet, cases
        self._known: dict[int, Look] = {}

    def __getitem__(self, position: int) -> Look:
        if position not in self._known:
            texts = self.sheet.cells[position]
            counts = counts_rows(self.sheet.headings[position], texts)
            self._known[position] = look_at(texts, is_case=None if counts else self.cases)
        return self._known[position]

    def _is_home(self, at: int) -> bool:
        means = field_of(self.sheet.headings[at], PEOPLE)
        return means is not None and means[0] in _UNITS

    def _of_others(self, at: int) -> pd.Series:
        """Return the texts of a column; of remarks without those that only say which case the row is."""
        texts = self.sheet.cells[at]
        own = is_remark(self.sheet.headings[at])
        return texts.where(~told_of(texts, lambda text: OWN_CODE.fullmatch(text) is not None)) if own else texts

    def sensitive(self, reading: Reading, said: Collection[str] = ()) -> dict[int, Look]:
        """Return the unused columns of days, hours, places, ids or cases; of remarks, those that name cases.

        What was ``said`` of a heading stands. A column of names is one, too, and one of texts that tell a day.
        """
        found = {
            at: self[at]
            for at in reading.unused
            if self[at].kind != "empty"
            and self._of_others(at).notna().any()
            and (
                (self[at].sensitive and not numbers_groups(self.sheet.headings[at], self.sheet.cells[at]))
                or (self[at].kind == "name" and self[at].share >= 0.8 and not self._is_home(at))
                or (self[at].kind == "result" and self[at].share >= 0.5 and not yes_or_no(self.sheet.cells[at]))
                or names_some(self.cases, self._of_others(at))
                or tell_days(self.sheet.cells[at])
                or says_class_or_id(self.sheet.headings[at], self.sheet.cells[at])
                or says_time_or_place(self.sheet.headings[at], self.sheet.cells[at])
                or "/" in (day_of(self.sheet.headings[at]) or "")
                or weekday(self.sheet.headings[at]) == 0
            )
        }
        kept = [at for at in reading.kept if self.sheet.headings[at] not in said and self.cases is not None]
        kept = [at for at in kept if self._of_others(at).notna().any()]
        found |= {at: self[at] for at in kept if self[at].kind == "case" and self[at].sensitive}
        return found | {at: self[at] for at in kept if self[at].kind in _kept_but_asked(self.sheet.headings[at])}


def _kept_but_asked(heading: str) -> tuple[str, ...]:
    """Return what the values of a column that is kept must look like to be asked about all the same."""
    return next((kinds for words, kinds in _ASKED.items() if re.fullmatch(words, fold(heading))), ())


def read_people(reading: Reading, sheet: Sheet, looks: Looks) -> Reading:
    """Read the columns of a list of people: general headings by their company, then unused columns by their values."""
    facts = facts_of(sheet)
    reading = of_line_lists(without_counted_days(reading, sheet), sheet)
    reading = named_by_case_names(typed_bare(reading, sheet), sheet)
    reading = came_from(where_they_went(days_of_visits(of_rooms(reading, sheet), sheet), sheet), sheet)
    reading = treated_at(in_quarantine(reading, camp=CAMP in facts), sheet)
    reading = exported_contacts(insured(vaccinated(of_programs(reading, sheet), sheet), sheet), sheet)
    reading = of_meetings(named_and_coded(of_contacts(of_hospital(reading, sheet), sheet), sheet), sheet)
    reading = found_before_known(dated(of_class(of_vehicle(reading, sheet), sheet, is_class), sheet), sheet)
    reading = where_found(of_journeys(of_samples(reading, sheet), sheet), sheet)
    reading = named_by_ids(
        phoned(numbered_cases(of_households(of_apartments(arrived_home(reading, sheet), sheet), sheet), sheet), sheet),
        sheet,
    )
    person = reading.columns.get("person")
    reading = ids_of_cases(reading, None if person is None or looks.cases is None else looks[person])
    reading = with_days(without_answers(without_destination(as_filled(reading, sheet), sheet), sheet), sheet)
    reading = of_branches(of_cases(day_of_hours(reading, sheet), sheet), sheet)
    reading = plausible(by_neighbours(reading, facts=facts))
    reading = followed_up(of_scans(reading, sheet), sheet, looks.__getitem__)
    for at in reading.kept:
        if "level" not in reading.columns and looks[at].kind == "level" and looks[at].share >= 0.8:
            reading = reading.with_values(at, "level", 0.8)
    if looks.cases is None:
        return with_further(by_neighbours(by_words(reading, sheet), facts=facts), sheet, looks.__getitem__)
    reading = by_own_ids(reading, sheet, looks.__getitem__)
    named = [at for at in reading.unused if looks[at].kind == "name" and looks[at].share >= 0.8]
    named = [at for at in named if not says_time_or_place(sheet.headings[at], sheet.cells[at])]
    for at in reading.unused:
        look = looks[at]
        if look.kind == "name" and len(named) > 1 and not _NAME_WORDS.search(fold(sheet.headings[at])):
            continue
        if (look.kind == "sex" and only_numbers(sheet.cells[at])) or (
            look.kind == "name" and CLASS_WORDS.search(plain(sheet.headings[at]))
        ):
            continue
        if look.kind in _BY_VALUES and look.share >= 0.8 and (look.distinct > 1 or len(sheet) == 1):
            name = _BY_VALUES[look.kind]
            if name in _COMPANY and not _COMPANY[name] & {*reading.columns, *_told_of_tests(sheet, at)}:
                continue
            if name not in reading.columns and not (name == "name" and WHO & set(reading.columns)):
                reading = reading.with_values(at, name, 0.4 + look.share / 2.5)
    reading = with_other_end(_whom_by_values(by_words(reading, sheet), sheet, looks), sheet, looks.__getitem__)
    if "index" in reading.columns and not any(name in reading.columns for name in EXPOSURE):
        dates = [at for at in reading.unused if looks[at].kind == "date"]
        if len(dates) == 1 and not _OTHER_DAY.search(fold(sheet.headings[dates[0]])):
            reading = reading.with_values(dates[0], "contact_date", 0.6)
    reading = by_neighbours(
        _when_by_values(tests_by_values(reading, sheet, looks.__getitem__), looks, facts), facts=facts
    )
    return with_further(tested_there(with_amounts(reading, sheet), sheet, looks.__getitem__), sheet, looks.__getitem__)


def _names_one(text: str) -> bool:
    """Tell whether a text names one person, with what may stand beside a name: ``chị Lê Thị Tư (1980)``."""
    return is_name(_BESIDE_NAME.sub("", text.strip()).strip())


def _told_of_tests(sheet: Sheet, at: int) -> Iterator[str]:
    """Yield what titles say of a list of tests; marks that may be answers, "+" and "-" or "có", are no results."""
    if yes_or_no(sheet.cells[at]):
        return
    yield from (f"fact:{fact.name}" for fact in sheet.facts if fact.name == "sample_day")
    if any(_TESTS.search(fold(line.text)) for line in sheet.titles):
        yield "fact:tests"


def names_people(reading: Reading, looks: Looks) -> bool:
    """Tell whether a column of names holds what looks like the names of people."""
    at = reading.columns.get("name")
    return at is not None and looks[at].kind in ("name", "case") and looks[at].share >= 0.8


def _when_by_values(reading: Reading, looks: Looks, facts: frozenset[str]) -> Reading:
    """Of a list that says where people were and in no heading when: one or two columns of days or of hours say it."""
    columns = set(reading.columns)
    somewhere = bool(columns & {*WHERE, "room", "vehicle", "place_code"} or facts & {"event", "plate", "class"})
    somewhere |= bool(facts & {"site", "place"}) and bool(columns & {"visit_date", "day"} or "day" in facts)
    if columns & _ELSEWHERE or any(name in columns for name in EXPOSURE):
        return reading
    sessions = [at for at in reading.unused if share_of(looks.sheet, at, tells_session) >= 0.6]
    if not somewhere:
        return with_session(reading, sessions) if "day" in facts and facts & {"site", "place"} else reading
    if CAMP not in facts and (stay := one_stay(reading, looks.sheet, looks.__getitem__)) is not None:
        return stay
    names = ("isolation_start", "isolation_end") if CAMP in facts else ("visit_start", "visit_end")
    days = [at for at in reading.unused if looks[at].kind == "date" and looks[at].share >= 0.6]
    hours = [at for at in reading.unused if looks[at].kind == "hour" and looks[at].share >= 0.6]
    if len(days) == 2 and not columns & {"visit_date", "day"} and enter_and_leave(looks.sheet, *days):
        reading = reading.with_values(days[0], names[0], 0.6).with_values(days[1], names[1], 0.6)
    elif len(days) == 1 and not columns & {"visit_date", "day"}:
        reading = reading.with_values(days[0], names[0] if CAMP in facts else "visit_date", 0.6)
    if len(hours) == 2 and "hours" not in columns and enter_and_leave(looks.sheet, *hours):
        return reading.with_values(hours[0], "visit_start", 0.6).with_values(hours[1], "visit_end", 0.6)
    hours = hours or sessions or [at for at in reading.unused if share_of(looks.sheet, at, tells_hour) >= 0.8]
    return reading.with_values(hours[0], "hours", 0.6) if len(hours) == 1 and "hours" not in columns else reading


def _whom_by_values(reading: Reading, sheet: Sheet, looks: Looks) -> Reading:
    """Find the column that names known cases: by their ids, and where its heading says so by number or name."""
    if {"index", "sources"} & set(reading.columns) or looks.cases is None:
        return reading
    best: tuple[float, int] | None = None
    met = reading.columns.get("people_met")
    for at in (*reading.unused, *(() if met is None else (met,))):
        look = looks[at]
        whom = _WHOM.fullmatch(plain(sheet.headings[at])) is not None and not _STATUS.search(sheet.headings[at])
        if (
            _HEADS.search(fold(sheet.headings[at]))
            or only_related(reading, sheet, at)
            or (look.kind == "case" and not whom and only_numbers(sheet.cells[at], most=_FEW_DIGITS))
        ):
            continue  # small numbers may count anything: they are asked about
        if not whom and is_remark(sheet.headings[at]) and share_of(sheet, at, OWN_CODE.fullmatch) == 1:
            continue  # these people are the cases themselves
        share = look.share if look.kind == "case" else 0.0
        if share < 0.5 and (whom or look.kind == "name"):
            share = looks.cases.share(sheet.cells[at])
        if whom and share < 0.5 and "level" in reading.columns and names_some(looks.cases, sheet.cells[at]):
            share = 0.5  # of F1 the case, of F2 their F1, of others something else
        if share >= 0.5 and (best is None or share > best[0]):
            best = share, at
    if best is None and any(name in reading.columns for name in EXPOSURE):
        tiers = (at for at in reading.unused if _OF_TIER.search(fold(sheet.headings[at])))
        best = next(((0.5, at) for at in tiers if share_of(sheet, at, _names_one) >= 0.6), None)
    if best is None:
        best = next(((0.5, at) for at in reading.unused if numbers_cases(sheet.headings[at], sheet.cells[at])), None)
    if best is None:
        return reading
    cases = CASE_FIELDS & set(reading.columns) and not any(f in reading.columns for f in EXPOSURE)
    reading = reading.without("people_met") if best[1] == met else reading
    return reading.with_values(best[1], "sources" if cases else "index", 0.5 + best[0] / 2.5)
