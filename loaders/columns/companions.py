"""People whom a sentence about somebody's day names beside them: ``cùng Lê Văn Tư (0909…)``, ``có mặt: Lê Tư, …``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from loaders.code_words import CASE_CODE, NUMBERED, PROVINCE_CODE
from loaders.columns.accents import Words
from loaders.columns.movements import Movement
from loaders.columns.of_text import list_of_text
from loaders.columns.person_line import (
    AGE,
    CODE,
    DAYS,
    HEADINGS,
    HOURS,
    NAME,
    PHONE,
    RELATION,
    REMARK,
    SEX,
    YEAR,
    people_of_line,
)
from loaders.columns.whereabouts import find_place
from loaders.files.grid import Document, Line, Sheet
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

#: Words behind which those are named who were there, too.
_LEAD: Final = Words(
    r"(?:cùng )?(?:có mặt|tham dự)(?: cùng| gồm| có)? ?:|(?:gồm|gồm có) ?:|(?:đi |ngồi |ăn |ở )?(?:cùng|chung) với|cùng"
    r"|(?:có )?tiếp xúc(?: gần| trực tiếp)?(?: với| cùng)?|gặp(?: gỡ)?|với|chở(?: theo)?"
    r"|(?:ngồi |nằm )?(?:cạnh|gần|kế bên)(?: có| là)?"
)
#: Words behind which somebody is named who did something for the one of whom is told, and by a year or a number.
_BY: Final = Words(
    r"được|do"
    r"|(?:người|y sỹ|y sĩ|bác sĩ|bác sỹ|điều dưỡng) (?:khám|chở|đưa|tiêm|phục vụ|tiếp|lấy mẫu|bán hàng|bán)(?: là)?"
)
_NOT: Final = Words(r"(?:không|chưa|chẳng|ko|k)(?: [^\W\d]{1,7}){0,2} ?$")
#: Without accents "cho" behind these is a market, and nobody is taken along.
_TO_MARKET: Final = regex(r"(?i)(?<!\w)(?:di|ra|tai|o|den|ghe|toi|ban|ve|vao|qua|sang|trong) $")
_MAYBE: Final = Words(r"có thể|hình như|có lẽ|nghi là|không chắc|không nhớ|không rõ")
_PARTS: Final = regex(r"(?i)\s*[;,\n+&](?![^()]{0,120}\))\s*|\s+(?:và|va|and|cùng|với)\s+(?:với\s+)?(?![^()]{0,120}\))")
_CODE: Final = regex(rf"(?<!\w){NUMBERED}")
#: The code of a province behind a name: ``bà Lê Thị Bông (KG-015)``.
_CODED: Final = regex(rf"\s*\(\s*(?P<code>{PROVINCE_CODE})\s*\)")
#: Small words before a name that say how somebody is called or related.
_BEFORE: Final = regex(
    r"(?:(?:ong|ba|anh|chi|em|chau|co|chu|bac|di|cau|mo|vo|chong|con|cha|me|ban|hang xom|dong nghiep|nguoi|ruot|trai"
    r"|gai|tai xe|lai xe|y sy|y si|bac si|bac sy|dieu duong|y ta|giao vien|thay"
    r"|doi tac|khach|chu quan|chu nha|ban hang|thong gia|re|dau|nuoi|ho|noi|ngoai|ke|ten|la) ?)*"
)
#: A son or a brother is no camp ("trại").
_SON: Final = regex(r"(?i)(?<=\w)\s+trai(?!\w)")
_TITLE: Final = regex(r"(?i)(?:ông|bà|anh|chị|em|cháu|cô|chú|bác|dì|cậu|mợ)$")
_KIN_IS: Final = regex(r"(?i)^(?P<kin>[^\W\d][^,;()]{0,40}?)\s+(?:là|tên(?: là)?)\s+(?P<rest>\S.*)$")
#: Others of whom no name is told, at the beginning of a part of a list of people, without accents.
_UNNAMED: Final = regex(
    r"(?:(?:khoang|hon|gan|them) )?(?:\d{1,2}|mot|hai|ba|bon|may|vai|nhieu|cac|nhung|ca|nhom|mot so) \w"
    r"|(?:vo|chong|con|cha|me|gia dinh|ban be|ban|dong nghiep|hang xom|nguoi nha|ba con|anh em)\b"
)
_NUMBER: Final = regex(r"(?i)(?:sn|sinh năm|sinh|sđt|đt|sdt)?[ :.]*\d{4,}")
#: Two or more behind one name, without accents: ``vợ chồng Hai Lúa``.
_SEVERAL: Final = regex(r"(?:vo chong|(?:ca )?gia dinh|ca nha|nhom|\d{1,2} (?:nguoi|con|chau|ban))\b")
#: How many they were before the first of their names: ``02 bạn là Lê Văn Tư (2003) và …``.
_COUNTED: Final = regex(
    r"(?i)^(?:\d{1,2}|hai|ba|bốn|các|mấy)\s+[^\W\d]{2,10}(?:\s+[^\W\d]{1,10}){0,4}?\s+(?:là|gồm|tên(?: là)?)\s*:?\s+"
    r"(?=(?-i:[A-ZĐ])|[À-Ỹ])"
)
#: Offices and groups are nobody.
_NOBODY: Final = Words(
    r"ban|trạm|đội|tổ|công an|trường|lớp|phòng|ủy ban|ubnd|đoàn (?:thanh niên|thể)|hội|chi (?:bộ|đoàn|hội)|tổng"
    r"|trung tâm|công ty|bệnh viện|nhà|chợ|quán|khách sạn|sở|tài xế|lái xe|bác sĩ|y sĩ|nhân viên"
    r"|khách(?: hàng)?|hành khách|người|xã|phường|khóm|ấp|huyện"
)
#: The day on which those were met who are named before it.
_DAY_BEHIND: Final = regex(
    r"(?i)[\s,;(]*(?:(?:và\s+)?(?:tiếp xúc|tx|gặp)(?:\s+nhau)?\s+)?"
    r"(?:(?:lần\s+)?(?:sau\s+)?cuối(?:\s+cùng)?\s*(?:là|vào|:)?\s*(?:ngày\s+|hôm\s+)?|(?:vào\s+)?(?:ngày|hôm)\s+)(?P<day>\d{1,2}/\d{1,2}(?:/20\d\d)?)(?![\d/])"
)
_TOLD: Final = (NAME, YEAR, AGE, SEX, PHONE, RELATION, DAYS, HOURS, REMARK)


#: Who somebody is to a case, said of one who is questioned: ``là vợ của BN7``.
_TO_CASE: Final = regex(
    r"(?i)(?:(?<!\w)là\s+)?(?P<said>(?:vợ|chồng|con|cha|bố|mẹ|má|anh|chị|em|cháu|bạn|ông|bà|cô|chú|bác|dì|cậu"
    r"|hàng xóm|đồng nghiệp|người nhà|chủ nhà)(?: [^\W\d]{1,8}){0,2}?(?: của)?(?: ca(?: bệnh)?| bệnh nhân| F0)?"
    r" (?:BN|F0)[ \-.]?\d{2,})(?!\w)"
)
CASE, PLACE = "Tiếp xúc với ca", "Nơi tiếp xúc"
#: Another case to whom one came or whom one was with: ``tại sạp của bà Ánh (BN36)``, ``cùng xe với BN35``.
WITH_CASE: Final = Spelt(
    r"(?i)(?<!\w)(?:tiếp xúc|gặp|cùng|chung|với|thăm|chở|(?:nhà|sạp|quán|tiệm|shop|cửa hàng|quầy|phòng|ghe|xe)"
    rf"(?: của)?)(?!\w)[^.;\d]{{0,40}}?[\s(](?P<code>{CASE_CODE})\)?(?!\w)"
)
CASES_APART: Final = "cases_apart"
"""Said of a bulletin: the cases whom its sentences name so stand in a list of their own."""
MET_APART: Final = "met_apart"
"""Said of a bulletin: those whom its sentences name beside a case stand in a list of their own."""


@dataclass(frozen=True)
class Companions:
    """Those whom a text names, the cells of each by heading, and the text with the words for the others alone."""

    named: tuple[dict[str, str], ...]
    rest: str


def companions_of(text: str) -> Companions:
    """Return the people whom a text names behind "with", "met", "were there"; what names nobody stays in the text.

    A text that is not sure of them names nobody.
    """
    named: list[dict[str, str]] = []
    rest, begin = "", 0
    by = {lead.end() for lead in _BY.finditer(text)}
    leads = sorted((*_LEAD.finditer(text), *_BY.finditer(text)), key=lambda lead: (lead.start(), -lead.end()))
    for lead in () if _MAYBE.search(text) else leads:
        if lead.start() < begin or _NOT.search(text[: lead.start()]):
            continue
        if lead[0].lower() == "cho" and _TO_MARKET.search(text[: lead.start()]):
            continue
        found, others, end = _listed(text, lead.end())
        if lead.end() in by and not all({YEAR, PHONE} & one.keys() for one in found):
            continue  # who did it may be an office
        if found:
            rest += text[begin : lead.start()] + " ".join(others)
            begin = end
            named += found
    return Companions(tuple(named), rest + text[begin:])


def _listed(text: str, begin: int) -> tuple[list[dict[str, str]], list[str], int]:
    """Return the people whom a list that begins there names, words for the others and what they did, and its end."""
    named: list[dict[str, str]] = []
    others: list[str] = []
    at = end = begin
    before = ""
    while at < len(text):
        cut = _PARTS.search(text, at)
        part = text[at : len(text) if cut is None else cut.start()].strip(" .:-–")
        told = _person(part)
        more = _person(f"{before}, {part}") if before and told is None and _NUMBER.match(part) else None
        if more is not None:
            named[-1], before = more, f"{before}, {part}"
        elif told is not None:
            before = part
            others += [told.pop(REMARK)] if REMARK in told else []
            named.append(told)
        elif part and (_CODE.search(part) or _UNNAMED.match(fold(part))):
            others.append(f"cùng {part}" if _CODE.search(part) else f"cùng một người, {part}")
        elif part:
            break
        at = end = len(text) if cut is None else cut.end()
    return _with_day_behind(named, text[end:]), others, end


def _with_day_behind(named: list[dict[str, str]], behind: str) -> list[dict[str, str]]:
    """Return people with the day that is told behind the last of them: ``với cha A, mẹ B ngày 26/10``."""
    told = _DAY_BEHIND.match(behind)
    if named and told is not None:
        named[-1].setdefault(DAYS, told["day"])
    days = [one[DAYS] for one in named if DAYS in one]
    if named and len(days) == 1 and DAYS in named[-1]:
        return [{**one, DAYS: days[0]} for one in named]
    return named


def _person(part: str) -> dict[str, str] | None:
    """Return the cells of the one person whom a part of a list names: ``con là Lê Thị Na (2004)``, ``bà Sáu``."""
    part = _COUNTED.sub("", part)
    if _CODE.search(part) or _SEVERAL.match(fold(part)):
        return None
    coded = _CODED.search(part)
    part = part if coded is None else f"{part[: coded.start()]} {part[coded.end() :]}".strip()
    kin = _KIN_IS.match(part)
    related = None if kin is None or not _BEFORE.fullmatch(fold(kin["kin"])) else kin
    own = " ".join((part if related is None else related["rest"]).split())
    before = " ".join(takewhile(str.islower, own.split()[:-1]))
    if not _BEFORE.fullmatch(fold(before)):
        return None
    title = _TITLE.search(before)
    bare = own[len(before) :].strip()
    if _NOBODY.match(bare) or find_place(_SON.sub("", before)) is not None:
        return None
    people = people_of_line(bare) or (people_of_line(f"{title[0]} {bare}", called=True) if title else [])
    if len(people) != 1 or not people[0].get(NAME):
        return None
    cells = {heading: value for heading, value in people[0].items() if heading in _TOLD}
    cells |= {CODE: coded["code"]} if coded is not None else {}
    told = before[: title.start()].strip() if title is not None else before
    kinship = related["kin"].strip() if related is not None else told
    return cells | ({RELATION: kinship} if kinship and RELATION not in cells else {})


def list_of_met(document: Document, told: Sequence[tuple[int, str, Movement]], passed: Sequence[Line]) -> Sheet | None:
    """Return the list of those whom sentences about cases name beside them; None where they name nobody.

    ``told`` has the line, the case, and what is told of it; of the lines ``passed`` those are in the list who are
    introduced as somebody's of a case, without a day.
    """
    rows: list[tuple[int, dict[str, str | None]]] = []
    notes = [(row, one.words) for row, _, one in told if one.what == "note" and one.day is None]
    for row, text in (*((line.row, line.text) for line in passed), *notes):
        said = _TO_CASE.search(text)
        named = companions_of(text).named if said is not None else ()
        if said is not None and len(named) == 1:
            rows.append((row, {**named[0], REMARK: said["said"]}))
    for row, case, one in told:
        if one.what == "isolation" or one.possible:
            continue
        hours = " - ".join(hour for hour in (one.first, one.last) if hour)
        when = {CASE: case, DAYS: one.day, HOURS: hours or None, PLACE: one.place if one.what == "visit" else None}
        for cells in companions_of(one.words).named:
            if DAYS in cells and cells[DAYS] != one.day:
                rows.append((row, {**cells, CASE: case}))  # of another day than the rest of the sentence
            elif one.day is not None:
                rows.append((row, {**cells, **when}))
    if not any(CASE in cells for _, cells in rows):
        return None
    years = tuple(fact for fact in document.facts if fact.name == "year")
    return list_of_text(document, (*HEADINGS, CASE, PLACE), rows, said=document.facts, facts=years)
