"""Contacts that a cell tells in words: ``F1 của BN34, TX ngày 16/7`` among remarks, reasons or classes of a list.

The case and the day become columns of their own, and the rest of the words stays where it stood. A text that names
one case or another, or says that nobody was met, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.code_words import PROVINCE_CODE
from loaders.columns.by_neighbours import CAMP, CASE_FIELDS, EXPOSURE, facts_of
from loaders.columns.remark import is_remark
from loaders.files.body import matches
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.files.trees import PARENT
from loaders.findings import FindingLog
from loaders.shapes.titled import KIND_HEADING
from tracing.patterns import regex
from tracing.spelling import fold

DAY_HEADING: Final = "Ngày tiếp xúc (theo ghi chú)"
FIRST_HEADING: Final = "Ngày tiếp xúc đầu tiên (theo ghi chú)"
SOURCE_HEADING: Final = "Nguồn lây (theo ghi chú)"
_EPIDEMIC: Final = regex(r"\b(?:dich te|yeu to|nguon|lien quan|tien su)\b")
_CODE: Final = rf"(?:(?:BN|F0|CA)[ \-.]?(?:\d{{1,3}}(?:[. ]\d{{3}}){{1,2}}|\d{{2,}})|{PROVINCE_CODE})(?!\w)"
_CALLED: Final = r"(?:(?:anh|chị|ông|bà|em|cô|chú|bác)\s+[^\W\d_][^,;.()\d]{0,40}\()?"
_BEFORE: Final = r"(?:(?:với|của|ca bệnh|ca|bệnh nhân|F0|gần)\s+){0,4}"
_CASE: Final = rf"{_BEFORE}{_CALLED}(?P<code>{_CODE})\)?"
#: Further cases that somebody met: ``F1 (BN34, BN35)``, ``F1 BN34; F1 của BN35``.
_FURTHER: Final = rf"(?:\s*(?:[,;&+/]|(?<!\w)và(?!\w))\s*(?:F\s?1\s*:?\s*)?{_BEFORE}{_CODE})*"
#: What tells that the row's person met the case that is named next.
_MET: Final = Spelt(
    rf"(?i)(?:^|[,;.(]\s*)(?:là\s+|do\s+)?(?:F\s?1|TX|t/x|tiếp xúc|có tiếp xúc)(?:\s*[:–-])?(?:\s*\(\s*|\s+){_CASE}"
    rf"(?P<more>{_FURTHER})\s*\)?"
)
_TOGETHER: Final = Spelt(
    r"(?i)(?:^|[,;.(]\s*)(?:đã\s+|có\s+)?(?:đi|ngồi|ăn|làm|ở|uống|nhậu|nói chuyện|gặp|chở|sống|chung|cùng"
    r"|giao|bán|mua|đưa)"
    rf"(?:\s[^,;.()]{{0,40}})?\s(?:với|cùng(?:\s(?:bàn|xe|phòng|nhà|ca|tổ|lớp))?|gặp|chở|cho)\s+{_CASE}"
)
#: Where somebody worked or sat beside a case: ``Ngồi cạnh BN34``, ``Đối diện BN34, cách 1,2m``.
_BESIDE: Final = Spelt(
    r"(?i)(?:^|[,;.(]\s*)(?:(?:ngồi|đứng|nằm|làm(?: việc)?|vị trí)\s+)?(?:(?:ngay|phía|bên)\s+)?"
    rf"(?:cạnh|gần|kế(?: bên)?|kề|sát|đối diện|sau|trước|cách)\s+{_CASE}"
)
#: Kin of a case who shares a home or a room with it: ``vợ BN34, cùng phòng từ 08/11``.
_KIN_WITH: Final = Spelt(
    r"(?i)(?:^|[,;.(]\s*)(?:là\s+)?(?:vợ|chồng|con|mẹ|má|cha|bố|ba|em|anh|chị|ông|bà|cháu|bạn)(?:\s[^\W\d]+){0,2}?\s+"
    rf"{_CASE}(?=\s*[,;(–-]\s*(?:đang\s+)?(?:(?:ở|sống|ăn ở|nằm|cách ly)\s+)?(?:cùng|chung)\s+"
    r"(?:phòng|nhà|buồng|hộ|lán|giường)(?!\w))"
)
_DAY: Final = Spelt(
    r"(?i)[\s,;(]{0,9}(?:(?:TX|tiếp xúc|lần cuối|gặp|ngày|hôm|vào|từ|lúc|sáng|trưa|chiều|tối|đêm"
    r"|\d{1,2}\s?[hg:]\d{0,2})\s+){0,4}"
    r"(?P<day>(?<![\d/.])\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?)(?![\d/])\)?"
)
#: Said before the day of a contact that went on: ``cùng phòng từ 09/11``.
_SINCE: Final = regex(r"\btu(?: ngay| hom| sang| trua| chieu| toi)?\s*$")
#: A case with the day on which somebody met it.
_DATED: Final = Spelt(
    rf"(?i)(?P<case>(?:(?:F0|F1|ca|ca bệnh|bệnh nhân|của|TX|tiếp xúc|với)\s+){{0,4}}{_CODE}(?:\s*\([^()]*\))?)"
    r"[\s,;(–-]*(?:(?:ngày|hôm|lúc|vào)\s+){1,2}(?P<day>\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?)\)?\.?"
)
#: What stands before that day, in RE2's words: hardly any column has it, and then none of its texts is looked at.
_ON: Final = r"(?i)ngày|ngay|hôm|hom|lúc|luc|vào|vao"
_NOT: Final = regex(r"\b(?:khong|chua|ko|k) (?:co |con )?(?:tx|tiep xuc|gap|phai)\b|\bam tinh\b.*\bf0\b")
#: Lists that tell who was where: a contact beside it would make another list of them.
_ELSE: Final = frozenset(
    {
        *("index", "sources", "visit_start", "visit_date", "visit_end", "hours", "shift", "seat", "vehicle", "day"),
        *("class", "team", "table", "stall", "boat", "place", "people_met", "declared", "movements", "moment"),
        *("f1_name", "f1_id", "f2_name", "f2_id", "carer"),
    }
)
_STAY: Final = frozenset({"visit_start", "visit_end"})
#: Fields of a list of cases; what became of somebody is told of contacts, too.
_OF_CASES: Final = CASE_FIELDS - {"outcome"}
#: Headings of a column that tells in words how somebody met a case.
_ABOUT: Final = regex(r"(?:(?:thong tin|noi dung|dien bien|mo ta|hoan canh|cach) )?(?:tiep xuc|tx)(?: gan)?")
#: Headings of where somebody worked or sat, beside a case.
_POSITION: Final = regex(
    r"(?:vi tri|khoang cach|cho ngoi|cho lam)\b.{0,20}\b(?:f0|ca benh|ca f0|bn|benh nhan)\b.{0,10}"
)
_LONGEST: Final = 500
#: What the title of a list of people in isolation says, and that of an interview about meetings.
_ISOLATED: Final = regex(r"\b(?:dang )?cach ly(?: y te)? (?:tai nha|tap trung|tai)\b|theo doi suc khoe")
_MEETING: Final = regex(r"\b(?:tiep xuc|tx|phong van|dieu tra)\b")


class _Contact(NamedTuple):
    """The case or cases that a text says somebody met, the day or (``since``) the first day, and its other words."""

    met: str
    day: str | None
    words: str
    since: bool = False


def with_contacts_told(sheet: Sheet, log: FindingLog) -> Sheet:
    """Return a list of people with the case and the day that cells of one of its columns tell as columns."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    dated = bool({*EXPOSURE, "day", "moment"} & set(columns))
    used = {at for name, at in columns.items() if name not in ("level", "index")}
    free = [at for at in range(len(sheet.headings)) if at not in used]
    if not dated:
        for at in free:
            beside = None if _tells(sheet, at, columns) else _days_beside(sheet, at)
            if beside is not None:
                return beside
    named = {"name", "first_name", "person", "phone"} & set(columns)
    cases = bool(_OF_CASES & set(columns)) or sheet.fact("list_of") == "cases"
    if named and cases and not {"index", "sources"} & set(columns):
        return _with_sources(sheet, free)
    camp = CAMP in facts_of(sheet) and "visit_date" not in columns  # who comes and goes there is isolated
    if not named or (_ELSE - (_STAY if camp else set()) | _OF_CASES) & set(columns) or sheet.fact("list_of") == "cases":
        return sheet
    isolated = {"from_day", "to_day"} & set(columns)
    if isolated and not any("cach ly" in fold(heading) for heading in sheet.headings):
        return sheet
    for at in free:
        told = [_told(text) for text in distinct_texts(sheet.cells[at])[1]] if _tells(sheet, at, columns) else []
        if any(told):
            whole = "kind" not in columns and _ABOUT.fullmatch(fold(sheet.headings[at])) is not None
            found = _with_columns(_as_stays(sheet, columns), at, told, day=not dated, whole=whole)
            found.report(log, "contact.told", column=at, count=int(found.cells[len(sheet.headings)].notna().sum()))
            return found
    return sheet


def with_stays_of_title(sheet: Sheet) -> Sheet:
    """Return a list of people in isolation, as its title says, whose ``Bắt đầu`` and ``Từ ngày`` are of isolation."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    titles = " ".join(fold(line.text) for line in sheet.titles)
    met = {"last_contact", "contact_date"} & set(columns)  # the days of the contact stand in columns of their own
    if not _ISOLATED.search(titles) or (_MEETING.search(titles) and not met) or sheet.origin is not None:
        return sheet
    if not {"from_day", "to_day"} & set(columns) or {"isolation_start", "contact_place"} & set(columns):
        return sheet
    if "first_contact" in columns or (met and not {"from_day", "to_day"} <= set(columns)):
        return sheet
    return _as_stays(sheet, columns)


def _with_sources(sheet: Sheet, free: list[int]) -> Sheet:
    """Return a list of cases with those of whom its remarks say that somebody was their F1 as a column of sources."""
    for at in free:
        if not (is_remark(sheet.headings[at]) or _EPIDEMIC.search(fold(sheet.headings[at]))):
            continue
        codes, distinct = distinct_texts(sheet.cells[at])
        told = [_told(text) if _MET.search(text[:_LONGEST]) else None for text in distinct]
        if any(told):
            rest = [
                text if one is None or one.day or one.words not in ("", "F1") else None
                for one, text in zip(told, distinct, strict=True)
            ]
            return _with(sheet, at, rest, SOURCE_HEADING, [one and one.met for one in told], codes)
    return sheet


def _tells(sheet: Sheet, at: int, columns: Mapping[str, int]) -> bool:
    heading = sheet.headings[at]
    return any(
        (columns.get("level") == at, is_remark(heading), *(f.fullmatch(fold(heading)) for f in (_ABOUT, _POSITION)))
    )


def _as_stays(sheet: Sheet, columns: Mapping[str, int]) -> Sheet:
    """Return the sheet with first and last day as those of an isolation: beside a case they would be of a contact."""
    first, last = ("Ngày bắt đầu cách ly", "Ngày kết thúc cách ly")
    said = {columns[name]: first for name in ("from_day", "visit_start") if name in columns}
    said |= {columns[name]: last for name in ("to_day", "visit_end") if name in columns}
    return replace(sheet, headings=tuple(said.get(at, heading) for at, heading in enumerate(sheet.headings)))


def _told(text: str) -> _Contact | None:
    """Return the case or cases, the day and the other words of a text that tells of contacts."""
    codes = re.findall(_CODE, text[:_LONGEST], re.IGNORECASE)
    match = _MET.search(text[:_LONGEST]) or _TOGETHER.search(text[:_LONGEST])
    match = match or _BESIDE.search(text[:_LONGEST]) or _KIN_WITH.search(text[:_LONGEST])
    if match is None or _NOT.search(fold(text)):
        return None
    met = [match["code"], *re.findall(_CODE, match.groupdict().get("more") or "", re.IGNORECASE)]
    if len(codes) != len(met):
        return None
    before, behind = text[: match.start()], text[match.end() :]
    tier = re.search(r"(?i)F\s?1", match[0])
    days = list(_DAY.finditer(behind))
    since = len(days) == 1 and _SINCE.search(fold(behind[: days[0].start("day")])) is not None
    if len(days) == 1:
        behind = behind[: days[0].start()] + behind[days[0].end() :]
    words = ", ".join(
        part.strip(" ,;.-–()") for part in (before, tier[0] if tier else "", behind) if part.strip(" ,;.-–()")
    )
    return _Contact(", ".join(met), days[0]["day"] if len(days) == 1 else None, words, since)


def _with_columns(sheet: Sheet, at: int, told: list[_Contact | None], *, day: bool, whole: bool) -> Sheet:
    """Return the sheet with case and day as columns; a text that tells how two met stays ``whole``, as just that."""
    codes, distinct = distinct_texts(sheet.cells[at])
    rest: list[str | None] = [
        text if whole or one is None or not (one.day or one.words) else one.words or None
        for one, text in zip(told, distinct, strict=True)
    ]
    if whole:
        headings = tuple(KIND_HEADING if i == at else heading for i, heading in enumerate(sheet.headings))
        sheet = replace(sheet, headings=headings)
    out = _with(sheet, at, rest, PARENT, [one and one.met for one in told], codes)
    for heading, since in ((DAY_HEADING, False), (FIRST_HEADING, True)):
        days = [one.day if one is not None and one.since == since else None for one in told]
        out = _with(out, at, rest, heading, days, codes) if day and any(days) else out
    return out


def _days_beside(sheet: Sheet, at: int) -> Sheet | None:
    """Return a list in which the day beside a case in its cell, ``BN34, ngày 16/7``, is a column of its own."""
    if not matches(sheet.cells[at], _ON).any():
        return None
    codes, distinct = distinct_texts(sheet.cells[at])
    found = [_DATED.fullmatch(text.strip()) if len(text) <= _LONGEST else None for text in distinct]
    if not any(found):
        return None
    rest = [text if match is None else match["case"] for match, text in zip(found, distinct, strict=True)]
    return _with(sheet, at, rest, DAY_HEADING, [match and match["day"] for match in found], codes)


def _with(
    sheet: Sheet,
    at: int,
    rest: list[str | None],
    heading: str,
    told: list[str | None],
    codes: npt.NDArray[np.int64],
) -> Sheet:
    """Return the sheet with a further column; ``rest`` and ``told`` are per distinct text of the column ``at``."""
    own, more = (pd.Series([*texts, None], dtype="string").take(codes).reset_index(drop=True) for texts in (rest, told))
    cells = sheet.cells.copy(deep=False)
    cells[at] = own
    out = replace(sheet, cells=cells)
    return out.with_column(heading, more, letter=sheet.letters[at], as_read=sheet.original)
