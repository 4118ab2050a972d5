"""What a heading means by those beside it: ``Từ ngày`` beside a case is the first contact, beside a room a stay."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from loaders.files.grid import Sheet
from loaders.files.headings import Reading, spaced
from tracing.patterns import regex
from tracing.spelling import fold

EXPOSURE: Final = ("first_contact", "last_contact", "contact_date")
CASE_FIELDS: Final = frozenset(
    {"onset", "confirmed", "case_code", "outcome", "death_date", "sources", "classification", "disease", "found_in"}
)
_TIERS: Final = ("f3", "f2", "f1")
LODGING: Final = "lodging"
"""Said of a list whose title names an inn or a boarding house: its rooms are no isolation."""
ISOLATED: Final = "isolated"
"""Said of a list of which a heading speaks of isolation: days from and to are those."""
CAMP: Final = "camp"
"""Said of a list whose title names a place of quarantine."""
TREATED: Final = "treated"
"""Said of a list whose title names those whom it lists as cases: who is in hospital is there for that."""
#: Fields that say where somebody works, sleeps or sits: parts of a place.
WHERE: Final = ("place", "ward", "class", "team", "table", "stall", "boat")

_INN: Final = regex(r"\b(?:nha tro|khu tro|phong tro|day tro|khach san|nha nghi|ky tuc xa|hotel|hostel)\b")
#: What a title or a heading of a list of lodgers says, whatever house it names.
_LODGERS: Final = regex(r"\b(?:o tro|thue (?:tro|phong|nha)|(?:nguoi|khach) (?:thue|tro)|nha tro|phong tro|khu tro)\b")
#: Who stays in a place is isolated there, whatever it is called.
_QUARANTINED: Final = regex(
    r"\b(?:quarantine (?:facility|centre|center|hotel|site|roster|guests?)|(?:guests?|people|persons) in quarantine"
    r"|(?:diem|khach san|co so) (?:cach ly|duoc chon lam cach ly))\b"
)
#: What a title says of people in a hospital who are cases, or where only cases are, without accents.
_OF_CASES: Final = regex(
    r"\b(?:(?:benh nhan|nguoi benh|bn|ca benh|ca|truong hop|nguoi) (?:(?:mac|nhiem|nghi) )*"
    r"(?:covid|f ?0|sars|duong tinh)|(?:danh sach|ds) (?:cac )?(?:f ?0|covid)|dieu tri (?:covid|f ?0)|thu dung"
    r"|da chien|cach ly|covid[- ]19 patients)"
)
_QUARANTINE: Final = regex(r"\b(?:cach ly|quarantine|isolation)\b")

#: Headings of the first and the last day or hour of a stay, where only the values tell that they are that.
_ENTERS: Final = regex(r".*\b(?:vao|den|bat dau|tu|nhan|o|in|start|from|check ?in|arriv\w*|enter\w*)\b.*")
_LEAVES: Final = regex(r".*\b(?:ra|di|ve|roi|tra|ket thuc|den|toi|out|end|to|until|check ?out|leav\w*|left|exit)\b.*")


def facts_of(sheet: Sheet) -> frozenset[str]:
    """Return the names of what titles say, and what kind of place they name."""
    names = {fact.name for fact in sheet.facts}
    for fact in sheet.facts:
        if fact.name == "place" and _INN.search(fold(fact.value)):
            names.add(LODGING)
        if fact.name == "place" and _QUARANTINE.search(fold(fact.value)):
            names.add(CAMP)
    lines, headings = ([fold(text) for text in told] for told in ([line.text for line in sheet.titles], sheet.headings))
    if any(map(_QUARANTINED.search, lines)):
        names.add(CAMP)
    if any(map(_OF_CASES.search, lines)):
        names.add(TREATED)
    if any(map(_QUARANTINE.search, headings)):
        names.add(ISOLATED)
    if any(map(_LODGERS.search, (*lines, *headings))) and not any(map(_QUARANTINE.search, (*lines, *headings))):
        names.add(LODGING)
    return frozenset(names)


def by_neighbours(reading: Reading, *, facts: frozenset[str] = frozenset()) -> Reading:
    """Return a reading of a list of people in which each general heading means what those beside it show."""
    for step in (_whose_name, _coded, _halves_of_names, _group_or_team, partial(_lodging, facts)):
        reading = step(reading)
    reading = _declared(reading.renamed("home", "address"), facts)
    if "index" in reading.columns:
        return _contacts(reading)
    cases = {"confirmed", "case_code"} & set(reading.columns)
    if "sources" in reading.columns and not cases and any(name in reading.columns for name in EXPOSURE):
        return _contacts(reading.renamed("sources", "index"))
    return _visits(_journeys(_cases(_tests(_stays(reading, facts)))), facts)


def _journeys(reading: Reading) -> Reading:
    """``Giờ đi`` before ``Giờ đến`` beside a vehicle is when somebody got in, and ``Giờ đến`` when they got out."""
    left, came = reading.columns.get("visit_end"), reading.columns.get("visit_start")
    if left is None or came is None or left > came or "vehicle" not in reading.columns:
        return reading
    return replace(reading, columns={**reading.columns, "visit_start": left, "visit_end": came})


#: Whom a row is about, and where a patient lies: beside neither ``Họ tên người nhà`` is who the row is about.
_NOT_OF_KIN: Final = frozenset({"name", "first_name", "case_code", "room", "ward", "bed", "place", "isolation_start"})


def _whose_name(reading: Reading) -> Reading:
    """Of ``Họ tên F2`` and ``Họ tên F1`` the first is whom the row is about, the second whom they met."""
    for kind, subject in (("name", "name"), ("id", "person")):
        tiers = [tier for tier in _TIERS if f"{tier}_{kind}" in reading.columns]
        if tiers and subject not in reading.columns:
            reading = reading.renamed(f"{tiers[0]}_{kind}", subject)
            tiers = tiers[1:]
            if subject == "person":
                reading = _as_id(reading)
        for tier in tiers:
            reading = reading.renamed(f"{tier}_{kind}", "index")
    if "carer" in reading.columns and not _NOT_OF_KIN & set(reading.columns):
        return reading.renamed("carer", "name").renamed("carer_phone", "phone")
    return reading


def _coded(reading: Reading) -> Reading:
    """The code of a case is its id where a list has no other."""
    if reading.ids or "person" in reading.columns or "case_code" not in reading.columns:
        return reading
    return _as_id(reading.renamed("case_code", "person"))


def _as_id(reading: Reading) -> Reading:
    at = reading.columns["person"]
    return replace(reading, ids=tuple(sorted({*reading.ids, at})))


def _halves_of_names(reading: Reading) -> Reading:
    if "last_name" in reading.columns and "first_name" not in reading.columns and "name" in reading.columns:
        return reading.renamed("name", "first_name")
    if "first_name" in reading.columns and "last_name" not in reading.columns:
        return reading.renamed("name", "last_name")
    return reading


def _group_or_team(reading: Reading) -> Reading:
    """``Tổ`` is a group of houses, but a team beside a shift."""
    return reading.renamed("group", "team") if {"shift", "hours", "visit_start"} & set(reading.columns) else reading


#: What a list of the patients of ordinary wards does not tell of them.
_OF_ISOLATION: Final = frozenset(
    {*CASE_FIELDS, *EXPOSURE, "index", "sample", "test_result", "isolation_kind", "isolation_place", "isolated"}
)


def _lodging(facts: frozenset[str], reading: Reading) -> Reading:
    """``Ngày đi`` ends a stay where its first day is told; beside a seat it is the day of a journey.

    Patients whom somebody looks after are not isolated, nor are those whose ward is told and no case.
    """
    columns = set(reading.columns)
    ordinary = {"name", "ward"} <= columns and not columns & _OF_ISOLATION and not facts & {TREATED, CAMP, ISOLATED}
    if ordinary or ("carer" in columns and columns & {"room", "ward"}):
        reading = reading.renamed("isolation_start", "visit_start").renamed("isolation_end", "visit_end")
    if "arrived" in columns and "room" in columns and not columns & {"origin", "isolation_start"}:
        reading = reading.renamed("arrived", "visit_start")
    if {"arrived", "visit_end"} <= columns and not columns & {"origin", "visit_start", "isolation_start"}:
        reading = reading.renamed("arrived", "visit_start")
    if "visit_start" in reading.columns:
        reading = reading.renamed("left_day", "visit_end")
    return reading.renamed("left_day", "day")


def _declared(reading: Reading, facts: frozenset[str]) -> Reading:
    """A declaration is a visit to the post where it was made, if that is told."""
    if "declared_at" in reading.columns and not {"index", "visit_start"} & set(reading.columns):
        if "place" not in facts:
            reading = reading.renamed("checkpoint", "place")
        if {"place", "place_code"} & set(reading.columns) or "place" in facts:
            return reading.renamed("declared_at", "visit_start")
        if "origin" in reading.columns:  # who declares from where they come, at a post that nothing names
            return reading.renamed("declared_at", "arrived")
    return reading


def _contacts(reading: Reading) -> Reading:
    reading = _days_of_isolation(reading)
    if "isolation_start" in reading.columns and not {"from_day", "first_contact"} & set(reading.columns):
        reading = reading.renamed("to_day", "isolation_end")
    for old, new in (
        ("day", "contact_date"),
        ("moment", "contact_date"),
        ("visit_date", "contact_date"),
        ("from_day", "first_contact"),
        ("to_day", "last_contact"),
        ("from_time", "first_contact"),
        ("to_time", "last_contact"),
        ("visit_start", "first_contact"),
        ("visit_end", "last_contact"),
        ("place", "contact_place"),
        ("from_day", "isolation_start"),
        ("to_day", "isolation_end"),
    ):
        reading = reading.renamed(old, new)
    return reading


#: What an order to isolate tells in the column before its days.
_ORDERED: Final = ("isolation_kind", "isolation_place")


def _days_of_isolation(reading: Reading) -> Reading:
    """``Từ ngày`` right behind how or where somebody is isolated is a day of that, and none of the contact."""
    start = reading.columns.get("from_day")
    behind = start is not None and any(reading.columns.get(name) == start - 1 for name in _ORDERED)
    if not behind or "isolation_start" in reading.columns:
        return reading
    return reading.renamed("from_day", "isolation_start").renamed("to_day", "isolation_end")


def _stays(reading: Reading, facts: frozenset[str]) -> Reading:
    columns = set(reading.columns)
    if LODGING in facts and "room" in columns:
        return reading.renamed("from_day", "visit_start").renamed("to_day", "visit_end")
    if columns & {"room", "isolation_kind", "isolation_place", "isolation_start"} or ISOLATED in facts:
        reading = reading.renamed("from_day", "isolation_start").renamed("to_day", "isolation_end")
    return reading


def _tests(reading: Reading) -> Reading:
    if "test_result" in reading.columns and "sample" not in reading.columns:
        columns = set(reading.columns)
        if not columns & {"visit_start", "place", "vehicle", "shift"}:
            reading = reading.renamed("day", "sample").renamed("moment", "sample").renamed("hours", "sample_hour")
    return reading


def _cases(reading: Reading) -> Reading:
    columns = set(reading.columns)
    if columns & {"onset", "classification"} and "test_result" not in columns:
        reading = reading.renamed("resulted", "confirmed")
    if columns & CASE_FIELDS:
        reading = reading.renamed("first_contact", "exposure_start").renamed("last_contact", "exposure_end")
    return reading


def _visits(reading: Reading, facts: frozenset[str]) -> Reading:
    columns = set(reading.columns)
    timed = columns & {"visit_start", "moment", "hours", "shift"}
    somewhere = columns & {*WHERE, "place_code", "vehicle", "room"} or facts & {"place", "plate"}
    if timed and (somewhere or "visit_start" in columns):
        reading = reading.renamed("moment", "visit_start").renamed("day", "visit_date")
        reading = reading.renamed("from_time", "visit_start").renamed("to_time", "visit_end")
    elif columns & {"from_time"} and somewhere:
        reading = reading.renamed("from_time", "visit_start").renamed("to_time", "visit_end")
    elif ("vehicle" in columns and "day" in columns and "arrived" not in columns) or (
        "day" in columns and somewhere and not columns & CASE_FIELDS
    ):
        reading = reading.renamed("day", "visit_date")
    return reading


def enter_and_leave(sheet: Sheet, first: int, last: int) -> bool:
    """Tell whether two headings speak of coming and of leaving, and not of a journey: ``Xuất bến``, ``Nhập bến``."""
    one, other = (spaced(sheet.headings[at]) for at in (first, last))
    return _ENTERS.fullmatch(one) is not None and _LEAVES.fullmatch(other) is not None


def plausible(reading: Reading) -> Reading:
    """Take back meanings that need company: from–to without dates is a link, not a contact list."""
    said = reading.by.get(reading.columns.get("index", -1)) == "said"
    if "index" in reading.columns and not said:
        company = any(f in reading.columns for f in (*EXPOSURE, "name", "phone", "first_name", "birth_year"))
        if not company:
            reading = reading.without("index")
    return reading
