"""Columns that mean something else by what a list is about: ids in exports, sources in lists of cases, vaccines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.line_lists import said_to_have_met
from loaders.columns.looks import Look, is_name, look_at
from loaders.columns.one_of_two import ID_ALONE, changed_places
from loaders.columns.values import words
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import Reading, plain, spaced
from tracing.patterns import regex
from tracing.spelling import fold

_HEAD_OF_HOUSE: Final = regex(r"\b(?:chu ho|chu nha|head of (?:the )?household)\b")
_CARD: Final = regex(r"[A-Za-z]{2}[1-5]\d{12}")
_APARTMENT: Final = regex(r"(?:so |ma )?can ho(?: so)?|(?:apartment|flat|apt\.?)(?: (?:no\.?|number))?")
_BRANCH: Final = regex(
    r"(?:ten )?(?:chi nhanh|co so|diem|cau lac bo|clb|cua hang)|(?:branch|site|store|outlet|club|shop|facility|center"
    r"|centre)(?: name)?"
)
_VACCINE: Final = regex(r"\b(?:vac ?xin|vaccin\w*)\b")
_OF_CONTACT: Final = regex(r"\b(?:nguoi|ten|f1|ho ten).{0,200}\b(?:tiep xuc|tx)\b(?! voi| f0| ca)|\bcontact")
_OF_CASE: Final = regex(r"\b(?:ca benh|ca f0|f0|benh nhan|bn|ma ca|case|index)\b")
#: A heading that may be the number of the row's own case.
_NUMBERED: Final = regex(r"(?:ma |so )?(?:case|ca|ca benh)(?: (?:no|number|id|code|so))?")
_HOUR_OF: Final = regex(r"^(?:gio|thoi gian|time|hour) +(?:luc |of )?")
_DAY_OF: Final = regex(r"^(?:ngay|date|day) +(?:of )?")
_RELEASED: Final = regex(r"\b(?:ra trai|tha|man han|man an|het an|ra tu|chap hanh|dac xa)\b")
_LEFT: Final = regex(r"\b(?:ra trai|tha|man han|man an|het an|ra tu|chap hanh|dac xa|roi|khoi hanh|di)\b")
_FOLLOWED: Final = regex(r"(?:day|ngay|d|n|jour|j|tag|follow up day|ngay thu) \d{1,2}")
#: So many columns of days are a follow-up; their values are none of these.
_FEWEST: Final = 3
_ELSEWHERE: Final = frozenset({"date", "hour", "place", "case", "name", "code", "phone"})
#: Headings of what Kobo, ODK and their like write beside the answers, plain.
_BY_PROGRAMS: Final = frozenset(
    {"uuid", "deviceid", "submissiontime", "submissiondate", "metainstanceid", "instanceid", "formhubuuid"}
)
_IN_WARDS: Final = frozenset({"bed", "beds", "bedno", "bednumber", "bedspace", "bay", "bayno", "cubicle"})
#: Headings of what may number the rows of an export.
_ROW_IDS: Final = frozenset({"id", "_id", "uid", "row_id", "checkin_id", "log_id"})
_NOTED: Final = frozenset({"start", "end", "today", "_id", "_index"})
_EXPORTED: Final = {"contactid", "contactuuid", "contactpersonid", "targetpersonvisualid", "targetvisualid"}
_EXPORTED_CASES: Final = {
    *("caseid", "caseuuid", "sourcecaseid", "caseperson", "idofindexcase", "indexcaseid", "indexid", "indexpatientid"),
    *("sourcepersonvisualid", "sourcevisualid", "sourcecaseuuid"),
}
_REACHED: Final = regex(r"contacts?(?: no\.?| number| details)?")
#: Headings of a journey, from and to where: beside names they are no two people.
_JOURNEY: Final = frozenset({"from", "to"})


def exported_contacts(reading: Reading, sheet: Sheet) -> Reading:
    """Of an export with ``Contact ID`` and ``Case ID`` the first is who a row is about, the second whom they met."""
    forms = [plain(heading) for heading in sheet.headings]
    contact = next((at for at, form in enumerate(forms) if form in _EXPORTED), None)
    case = next((at for at, form in enumerate(forms) if form in _EXPORTED_CASES), None)
    if contact is None or case is None or "said" in reading.by.values():
        return reading
    if reading.columns.get("index", case) != case or reading.columns.get("person", contact) not in (contact, case):
        return reading
    columns = {name: at for name, at in reading.columns.items() if at not in (contact, case)}
    return replace(
        reading,
        columns=columns | {"person": contact, "index": case},
        ids=(contact,),
        unused=tuple(at for at in reading.unused if at not in (contact, case)),
        kept=tuple(at for at in reading.kept if at not in (contact, case)),
        double={at: name for at, name in reading.double.items() if at not in (contact, case)},
        by={**reading.by, contact: "heading", case: "heading"},
        sure={**reading.sure, contact: 0.9, case: 0.9},
    )


def of_journeys(reading: Reading, sheet: Sheet) -> Reading:
    """Beside the names of passengers ``From`` and ``To`` are where they came from and went to, and no people."""
    named = {"name", "first_name", "last_name"} & set(reading.columns)
    at = {plain(heading): i for i, heading in enumerate(sheet.headings) if plain(heading) in _JOURNEY}
    if not named or len(at) < len(_JOURNEY) or any(reading.by.get(i) == "said" for i in at.values()):
        return reading
    texts = (text for i in at.values() for text in distinct_texts(sheet.cells[i])[1])
    if any(any(sign.isdigit() for sign in text) for text in texts):
        return reading
    columns = {name: i for name, i in reading.columns.items() if i not in at.values()}
    return replace(
        reading,
        columns={"origin": at["from"]} | columns,
        ids=tuple(i for i in reading.ids if i not in at.values()),
        double={i: name for i, name in reading.double.items() if i not in at.values()},
        unused=tuple(i for i in reading.unused if i not in at.values()),
        kept=tuple(dict.fromkeys((*reading.kept, at["to"]))),
    )


def ids_of_cases(reading: Reading, look: Look | None) -> Reading:
    """Take ids for the case that people met where they are known cases, with days of contact and other names beside."""
    at = reading.columns.get("person")
    told = {"name", "first_name", "phone"} & set(reading.columns) and any(name in reading.columns for name in EXPOSURE)
    if at is None or not told or "index" in reading.columns or reading.by.get(at) == "said" or look is None:
        return reading
    if look.kind != "case" or look.share < 0.8:
        return reading
    columns = {name: place for name, place in reading.columns.items() if name != "person"}
    return replace(reading, columns=columns | {"index": at}, ids=tuple(i for i in reading.ids if i != at))


def of_contacts(reading: Reading, sheet: Sheet) -> Reading:
    """Where a row names a contact (``Họ tên người tiếp xúc``), an id or a name of a case is whom they met."""
    said = [fold(heading).replace("_", " ") for heading in sheet.headings]
    name, ident = reading.columns.get("name"), reading.columns.get("person")
    if name is not None and _OF_CASE.search(said[name]) and not _OF_CONTACT.search(said[name]):
        name = next((at for at, of in reading.double.items() if of == "name" and _OF_CONTACT.search(said[at])), None)
        if name is not None:
            reading = changed_places(reading, "name", name)
    if name is None or not _OF_CONTACT.search(said[name]):
        return reading
    names = [at for at, field in reading.double.items() if field == "name" and _OF_CASE.search(said[at])]
    met = [at for at in (ident, *names) if at is not None and _OF_CASE.search(said[at])]
    if "index" in reading.columns:
        met = []
    columns = {field: at for field, at in reading.columns.items() if at not in met[:1]}
    theirs = {at for at in reading.double if _OF_CASE.search(said[at])} if met else set()
    return replace(
        reading,
        columns=columns | ({"index": met[0]} if met else {}),
        ids=tuple(at for at in reading.ids if at not in {*met, *theirs}),
        double={at: field for at, field in reading.double.items() if at not in {*names, *theirs}},
        kept=(*reading.kept, *(at for at in sorted({*names, *theirs}) if at not in met[:1])),
    )


def of_meetings(reading: Reading, sheet: Sheet) -> Reading:
    """Of a list of pairs, ``from`` and ``to``, the words of ``source`` say how they met, and the days of exposure when.

    Such words name nobody: no number is in them, and they are no names.
    """
    columns = reading.columns
    if not {"person", "index", "exposure_start"} <= set(columns) or columns.keys() & {
        "onset",
        "confirmed",
        "case_code",
    }:
        return reading
    at = columns.get("sources")
    if at is not None and reading.by.get(at) != "said":
        _, distinct = distinct_texts(sheet.cells[at])
        if any(re.search(r"\d", text) or is_name(text) for text in distinct):
            return reading
        free = "kind" not in columns
        reading = reading.renamed("sources", "kind") if free else reading.without("sources")
    return reading.renamed("exposure_start", "first_contact").renamed("exposure_end", "last_contact")


def of_hospital(reading: Reading, sheet: Sheet) -> Reading:
    """The ``Ward`` of a list with beds or bays is one of a hospital, and no commune; a bay is a room of it."""
    forms = [plain(heading) for heading in sheet.headings]
    at = reading.columns.get("commune")
    if at is None or not forms[at].startswith("ward") or not _IN_WARDS & set(forms) or "ward" in reading.columns:
        return reading
    bay = next((i for i in reading.unused if forms[i].startswith("bay")), None)
    reading = reading.renamed("commune", "ward")
    return reading if bay is None or "room" in reading.columns else reading.with_heading(bay, "room", 0.9)


def followed_up(reading: Reading, sheet: Sheet, look: Callable[[int], Look]) -> Reading:
    """Keep the days of a follow-up with the person: ``Day 1`` to ``Day 14`` beside whom they met, each only ticked."""
    if "index" not in reading.columns and not any(name in reading.columns for name in EXPOSURE):
        return reading
    days = [at for at in reading.unused if _FOLLOWED.fullmatch(spaced(sheet.headings[at]))]
    told = [at for at in days if look(at).kind in _ELSEWHERE or _tells_positive(sheet, at)]
    if len(days) < _FEWEST or told:
        return reading
    return replace(reading, unused=tuple(at for at in reading.unused if at not in days), kept=(*reading.kept, *days))


def _tells_positive(sheet: Sheet, at: int) -> bool:
    """Tell whether a column has the mark of a positive test."""
    return any(words("result").get(fold(text)) == "positive" for text in distinct_texts(sheet.cells[at])[1])


def of_programs(reading: Reading, sheet: Sheet) -> Reading:
    """Keep what a program notes of a form that was filled in on a telephone: when it was begun and ended."""
    forms = {plain(heading) for heading in sheet.headings}
    if not forms & _BY_PROGRAMS:
        return reading
    noted = {at for at in range(len(sheet.headings)) if sheet.headings[at].lower() in _NOTED} - {
        at for at, by in reading.by.items() if by == "said"
    }
    return replace(
        reading,
        columns={name: at for name, at in reading.columns.items() if at not in noted},
        ids=tuple(at for at in reading.ids if at not in noted),
        double={at: name for at, name in reading.double.items() if at not in noted},
        unused=tuple(at for at in reading.unused if at not in noted),
        kept=tuple(sorted({*reading.kept, *noted})),
    )


def numbered_cases(reading: Reading, sheet: Sheet) -> Reading:
    """Of a line list the column ``Case`` is the case of the row, and not one that it met: each row has another one."""
    at = reading.columns.get("index")
    if at is None or not {"onset", "confirmed"} & set(reading.columns) or reading.by.get(at) == "said":
        return reading
    if {"person", "name", "first_name", "last_name", "phone"} & set(reading.columns) and (
        "person" in reading.columns
        or not _NUMBERED.fullmatch(spaced(sheet.headings[at]))
        or sheet.cells[at].isna().any()
        or sheet.cells[at].duplicated().any()
        or any(name in reading.columns for name in EXPOSURE)
    ):
        return reading
    return replace(reading.renamed("index", "person"), ids=tuple(sorted({*reading.ids, at})))


def arrived_home(reading: Reading, sheet: Sheet) -> Reading:
    """Of the day of a release or departure and that of the arrival the second is when somebody arrived."""
    at = reading.columns.get("arrived")
    if at is not None and "room" in reading.columns and _RELEASED.search(fold(sheet.headings[at])):
        reading = reading.without("room")  # the cell of a prison, which they left on that day
    back = [i for i, name in reading.double.items() if name == "arrived" and not _LEFT.search(fold(sheet.headings[i]))]
    if at is None or not back or not _LEFT.search(fold(sheet.headings[at])):
        return reading
    columns = {**reading.columns, "arrived": back[0]}
    double = {i: name for i, name in reading.double.items() if i != back[0]}
    return replace(reading, columns=columns, double=double, kept=(*reading.kept, at))


def vaccinated(reading: Reading, sheet: Sheet) -> Reading:
    """The ``số lô`` of a list of vaccinations is that of the vaccine, and no stall of a market.

    Nor is its ``Đối tượng`` a tier where no value is one.
    """
    titles = (text for line in sheet.titles for text in line.texts)
    if not any(_VACCINE.search(fold(text)) for text in (*sheet.headings, *titles)):
        return reading
    gone = ["stall"] if "stall" in reading.columns else []
    at = reading.columns.get("level")
    if at is not None and not any(re.match(r"f ?\d", fold(text)) for text in distinct_texts(sheet.cells[at])[1]):
        gone.append("level")
    for name in gone:
        place = reading.columns[name]
        reading = replace(reading.without(name), unused=reading.unused, kept=(*reading.kept, place))
    return reading


def insured(reading: Reading, sheet: Sheet) -> Reading:
    """Where no other identity number is told, the number of the card of health insurance is one."""
    at = reading.columns.get("insurance")
    if at is None or "national_id" in reading.columns or "name" not in reading.columns:
        return reading
    if not any(_CARD.fullmatch(re.sub(r"[\s.-]", "", t)) for t in distinct_texts(sheet.cells[at])[1]):
        return reading
    return reading.renamed("insurance", "national_id")


_OF_CASES: Final = frozenset({"outcome", "death_date", "resulted"})


def of_cases(reading: Reading, sheet: Sheet) -> Reading:
    """Whom the people of a list of cases met is by whom they were infected: ``F1 của`` beside ``Mã BN``."""
    columns = set(reading.columns)
    if "index" not in columns or "sources" in columns or any(name in columns for name in EXPOSURE):
        return reading
    if said_to_have_met(reading, sheet):
        return reading
    told = "onset" in columns and columns & _OF_CASES and not columns & {"name", "first_name", "phone"}
    cases = sheet.fact("list_of") == "cases" or columns & {"case_code", "confirmed"}
    if (told or cases) and columns & {"onset", "confirmed", "classification", "case_code"}:
        return reading.renamed("index", "sources")
    return reading


def of_households(reading: Reading, sheet: Sheet) -> Reading:
    """Beside ``Chủ hộ`` another column of names is whom a row is about: a member of the household, who is isolated."""
    at = reading.columns.get("name")
    if at is None or reading.by.get(at) == "said" or not _HEAD_OF_HOUSE.search(fold(sheet.headings[at])):
        return reading
    names = [
        i
        for i, field in reading.double.items()
        if field == "name" and not _HEAD_OF_HOUSE.search(fold(sheet.headings[i]))
    ]
    if not names:
        return reading
    double = {i: field for i, field in reading.double.items() if i != names[0]}
    return replace(reading, columns={**reading.columns, "name": names[0]}, double=double, kept=(*reading.kept, at))


#: So many letters has the number of a table at most: ``VIP 12``.
_TABLE: Final = 6


def typed_bare(reading: Reading, sheet: Sheet) -> Reading:
    """Of headings without accents ``To`` is a team and nobody's id, and ``Chuyen`` beside a plate a trip, no line."""
    at = reading.columns.get("person")
    forms = {plain(heading) for heading in sheet.headings}
    if at is not None and plain(sheet.headings[at]) == "to" and not forms & {"from", "source", "infector"}:
        columns = {name: i for name, i in reading.columns.items() if name != "person"}
        reading = replace(reading, columns={"group": at} | columns, ids=tuple(i for i in reading.ids if i != at))
    at = reading.columns.get("table")
    if at is not None and plain(sheet.headings[at]) == "ban" and sheet.headings[at].isascii():
        told = distinct_texts(sheet.cells[at])[1]
        if told and not any(re.search(r"\d", text) and len(text) <= _TABLE for text in told):
            reading = reading.renamed("table", "hamlet")  # "Ban Na Din" is a village, "Ban 3" a table
    line = reading.columns.get("team")
    trip = line is not None and fold(sheet.headings[line]) == sheet.headings[line].lower() == "chuyen"
    if line is not None and trip and "vehicle" in reading.columns:
        return replace(reading.without("team"), unused=reading.unused, kept=(*reading.kept, line))
    return reading


def phoned(reading: Reading, sheet: Sheet) -> Reading:
    """``Contact`` beside a name is how to reach somebody where telephone numbers stand below it, and no id."""
    at = reading.columns.get("person")
    if at is None or "name" not in reading.columns or "phone" in reading.columns or reading.by.get(at) == "said":
        return reading
    if not _REACHED.fullmatch(fold(sheet.headings[at])) or look_at(sheet.cells[at]).kind != "phone":
        return reading
    columns = {name: place for name, place in reading.columns.items() if name != "person"}
    return replace(reading, columns=columns | {"phone": at}, ids=tuple(i for i in reading.ids if i != at))


def named_by_ids(reading: Reading, sheet: Sheet) -> Reading:
    """Where nothing but codes of known cases stand under a heading of names, they are the ids of those people."""
    at = reading.columns.get("name")
    if at is None or "person" in reading.columns or reading.by.get(at) == "said":
        return reading
    _, distinct = distinct_texts(sheet.cells[at])
    if not distinct or not all(ID_ALONE.fullmatch(text.strip()) for text in distinct):
        return reading
    columns = {name: place for name, place in reading.columns.items() if name != "name"}
    return replace(reading, columns=columns | {"person": at}, ids=(at,))


def of_apartments(reading: Reading, sheet: Sheet) -> Reading:
    """Of a list of people who live there, and of no guests, ``Căn hộ`` is the home that some of them share."""
    at = next((i for i in reading.unused if _APARTMENT.fullmatch(fold(sheet.headings[i]))), None)
    told = {"household", "room", "visit_start", "visit_date", "isolation_start", "index"} & set(reading.columns)
    if at is None or told or "name" not in reading.columns:
        return reading
    return reading.with_heading(at, "household", 0.8)


def of_branches(reading: Reading, sheet: Sheet) -> Reading:
    """Of a list of when people came that names no place, ``branch`` or ``Chi nhánh`` is where they were."""
    at = next((i for i in reading.unused if _BRANCH.fullmatch(spaced(sheet.headings[i]))), None)
    named = {"place", "place_code", "room", "vehicle", "contact_place"} & set(reading.columns)
    came = {"visit_start", "visit_date", "moment"} & set(reading.columns)
    if at is None or named or not came:
        return reading
    _, distinct = distinct_texts(sheet.cells[at])
    called = all(re.search(r"[^\W\d_]{2}", text) for text in distinct)
    return reading.with_heading(at, "place", 0.8) if distinct and called else reading


def day_of_hours(reading: Reading, sheet: Sheet) -> Reading:
    """``Ngày giao`` beside ``Giờ giao`` is the day of these hours."""
    hours = next((reading.columns[name] for name in ("visit_start", "hours") if name in reading.columns), None)
    if hours is None or {"visit_date", "day"} & set(reading.columns):
        return reading
    said = _HOUR_OF.sub("", fold(sheet.headings[hours]))
    at = next((i for i in reading.unused if said and _DAY_OF.sub("", fold(sheet.headings[i])) == said), None)
    told = at is not None and _DAY_OF.match(fold(sheet.headings[at]))
    return reading.with_heading(at, "visit_date", 0.8) if at is not None and told else reading


def of_scans(reading: Reading, sheet: Sheet) -> Reading:
    """The ``id`` of an export of scans only numbers its rows where names stand beside it: 90210, 90211, …"""
    at = reading.columns.get("person")
    if at is None or reading.by.get(at) == "said" or sheet.headings[at].strip().lower() not in _ROW_IDS:
        return reading
    if not {"name", "visit_start"} <= set(reading.columns) or not {"phone", "national_id"} & set(reading.columns):
        return reading
    numbers = [int(text) for text in sheet.cells[at].dropna() if text.isdigit()]
    if len(numbers) != len(sheet) or any(later <= one for one, later in pairwise(numbers)):
        return reading
    columns = {name: place for name, place in reading.columns.items() if name != "person"}
    return replace(reading, columns=columns, ids=tuple(i for i in reading.ids if i != at), kept=(*reading.kept, at))


def without_answers(reading: Reading, sheet: Sheet) -> Reading:
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
