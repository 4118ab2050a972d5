"""Cells of names that tell a year, an age or a telephone, too: ``Lý Thị Sương (1988)``, ``Lê Văn Lành - 0912 999 888``.

What they tell becomes a cell of its own column, where the row has none, and the name is left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from loaders.columns.abouts import of_households
from loaders.columns.looks import is_name
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.on_duty import name_and_remark, never_came
from loaders.shapes.split_cells import texts_of_rows
from tracing.patterns import regex
from tracing.spelling import fold

_BORN: Final = r"(?:\b(?:sinh năm|năm sinh|sinh|sn|ns)\s*[:.]?\s*)?"
_FORMS: Final = (
    ("person", regex(r"\(\s*BN[-. ]?\d{2,}\s*\)")),
    ("phone", regex(r"(?i)(?:\b(?:sđt|sdt|đt|dt)\s*[:.]?\s*)?(?<![\d/])(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)")),
    ("birth_date", regex(rf"(?i){_BORN}(?<!\d)\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)\d\d(?!\d)")),
    ("birth_year", regex(rf"(?i){_BORN}(?<![\d/])(?:19[2-9]\d|20[0-2]\d)(?![\d/])")),
    ("birth_year", regex(r"(?i)\b(?:sinh năm|năm sinh|sinh|sn|ns)\s*[:.]?\s*(?<!\d)\d\d(?![\d/.-])")),
    ("age", regex(r"(?i)(?<![\d/])\d{1,3}\s*(?:tuổi|tuoi|t)(?!\w)")),
)
#: The telephone of somebody's kin in brackets or a line of its own: ``(mẹ: 0946 530 118)``.
_PHONE_OF_KIN: Final = regex(
    r"(?i)(?:\(\s*|\n\s*)(?:(?:sđt|sdt|đt|dt|số)\s+(?:của\s+)?)?"
    r"(?:mẹ|cha|bố|ba|má|vợ|chồng|con|ông|bà|anh|chị|em|người nhà|phụ huynh|me|vo|chong|nguoi nha|phu huynh)"
    r"(?:\s+(?:em|trai|gai|gái|ruột|nội|ngoại))?\s*[:.]?\s*(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)\)?"
)
BESIDE: Final = "Ghi chú (bên tên)"
"""Heading of what stands beside a name in its cell."""
_HEADINGS: Final = {
    "person": "Mã người",
    "phone": "SĐT",
    "birth_date": "Ngày sinh",
    "birth_year": "Năm sinh",
    "age": "Tuổi",
    "beside": BESIDE,
    "classification": "Phân loại ca",
}
#: Of these a row has one: the others say nothing new beside it.
_BIRTHS: Final = frozenset({"birth_date", "birth_year", "age"})
_CODES: Final = frozenset({"person", "case_code"})
#: What may stand in a cell beside a name, for a first look.
_MORE: Final = regex(
    r"(?i)^\s*(?-i:bé|be|Bé|cháu|ông|bà|anh|chị|cô|chú|bác|em|(?:ThS\.? ?)?BS(?:CK\w{0,3})?|ĐD|KTV|YS|NHS)[\s.]"
    r"|[\d:+&(]|^(?:no[ -]?show|cancel|h[uủ]y)|\s(?:và|kèm|cùng|va|kem|cung)\s"
)
#: Others behind a name who are not named: ``+ vợ``, ``và bé 3t``.
_OTHERS: Final = regex(
    r"(?i)\s*(?:\+|&|\s(?:và|kèm|cùng|va|kem|cung)\s)\s*"
    r"((?:vợ|chồng|con|bé|trẻ|mẹ|cha|bạn|em|cháu|vo|chong|be|me|ban)\b(?! [A-ZÀ-ỸĐ]).*)$"
)
#: Words that end with a colon before a name, which are no word for who it is.
_LABELLED: Final = regex(
    r"(?i)\s*(?!(?:chủ\s+)?hộ|tài|tai|lái|lai|phụ|phu|lơ|hành|vợ|chồng|con|cha|mẹ|ông|bà|anh|chị|em|cháu)"
    r"([^\W\d_][^:\d]{1,40}?)\s*:\s*(\S.*)"
)
_LABEL: Final = regex(r"(?i)^(?:sinh năm|năm sinh|sinh|sn|ns|sđt|sdt|đt|dt)\s*[:.]?\s*")
#: What somebody is, in brackets behind the name: ``Cao Thị Phượng (NV thu ngân)``; a nickname has a capital letter.
_WHAT: Final = regex(
    r"(?P<name>[^()]{3,60})\(\s*[,;.-]?\s*(?P<what>(?:(?:NV|CN|GV|HS|SV|BS|ĐD|KTV|QL|CB)\b|[a-zà-ỹđ]"
    r"|(?:Quốc tịch|QT|(?:Hàn|Trung) Quốc|Đài Loan|Nhật Bản|Thái Lan|Ấn Độ|Campuchia|Korea|China|Taiwan)(?!\w))"
    r"[^()]{0,60})\)?\s*"
)
#: The same in a line below the name.
_BELOW: Final = regex(r"(?P<name>[^()\n]{3,60})\n\s*\((?P<what>[^()]{1,60})\)\s*")
#: What stands beside the name of a case that is none yet, or none after all, without accents, and what it is then.
_STATUS: Final = (
    (
        regex(r"(?:f0 |ca )?(?:nghi (?:ngo|nhiem|mac)|(?:dang )?cho (?:kq|ket qua|pcr|khang dinh|xac dinh))\b"),
        "nghi ngờ",
    ),
    (regex(r"(?:da )?loai tru\b|khong phai (?:f0|ca benh|ca mac)\b"), "loại trừ"),
)
_OF_CASES: Final = frozenset({"onset", "confirmed", "found_in", "case_code"})
#: Who somebody is to the one above, behind a dash: ``Lê Minh Anh (2018) - con``.
_RELATED: Final = Spelt(
    r"(?i)(?<=[\w)])\s+[-–]\s+((?:con|vợ|chồng|mẹ|bố|cha|má|cháu|em|anh|chị)"
    r"(?: (?:trai|gái|ruột|dâu|rể|nội|ngoại|vợ|chồng))?)$"
)
_KIN: Final = regex(r"(?i)(?:con|vợ|chồng|mẹ|bố|ba|cha|má|cháu|em|anh|chị|ông|bà|cô|chú|bác|út|nhà)\b")
#: What somebody is called before a whole name, of which it is no part.
_CALLED: Final = regex(
    r"\s*(?P<called>(?:bé|be|Bé|cháu|ông|bà|anh|chị|cô|chú|bác|em)(?=(?:\s+\S+){3})"
    r"|(?:(?:ThS\.? ?)?BS(?:CK\w{0,3})?|ĐD|KTV|YS|NHS)(?=[.\s]))[.\s]\s*(?P<name>\S+(?:\s+\S+){1,4})\s*"
)
_TITLE: Final = Spelt(r"(?i)^(?:ông|bà|anh|chị|em|cháu|cô|chú|bác|dì|cậu|bé)\s+")
#: A child, before its full name.
_CHILD: Final = regex(r"^b[eé]\s+(?=[A-ZÀ-ỸĐ]\S*\s+[A-ZÀ-ỸĐ])")
ROOM: Final = Spelt(
    r"(?i)\s*(?P<room>(?:phòng|p|căn(?: hộ)?|nhà|hộ|dãy|lô|bàn|giường|lều|room|table)\.?\s*(?:số\s*)?"
    r"[A-Z]{0,2}\d{1,4}[A-Z]?)\s*[:–-]\s*(?P<rest>\S.*)"
)
"""A room, a home, a table before the names of those who are in it: ``Phòng 4: Lê Văn Tư (1990)``."""


class _Told(NamedTuple):
    name: str | None
    facts: dict[str, str]


def with_names_alone(sheet: Sheet) -> Sheet:
    """Return a list of people whose names stand alone in their cells."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    columns = of_households(read_headings(sheet.headings, PEOPLE, {}), sheet).columns
    at = column_of_names(columns)
    if at is None:
        return sheet
    codes, distinct = distinct_texts(sheet.cells[at])
    if not any(map(_MORE.search, distinct)):
        return sheet
    bare = _bare(sheet, columns, at)
    told = [_told(text, described=text not in bare) if _MORE.search(text) else _Told(text, {}) for text in distinct]
    if _OF_CASES & set(columns) and "index" not in columns:
        told = [one._replace(facts=one.facts | _status(one.facts.get("beside", ""))) for one in told]
    if not any(one.facts for one in told):
        return sheet
    cells = sheet.cells.copy()
    cells[at] = texts_of_rows([one.name for one in told], codes)
    out = replace(sheet, cells=cells, as_read=sheet.original)
    for field, heading in _HEADINGS.items():
        said = texts_of_rows([one.facts.get(field) for one in told], codes)
        if said.isna().all():
            continue
        if field in columns:
            cells[columns[field]] = cells[columns[field]].fillna(said)
        elif not (field in _CODES and _CODES & set(columns)):
            births = [cells[columns[birth]].notna() for birth in _BIRTHS & set(columns)] if field in _BIRTHS else []
            new = said.mask(np.logical_or.reduce(births)) if births else said
            out = out if new.isna().all() else out.with_column(heading, new, letter=sheet.letters[at])
    return out


def _bare(sheet: Sheet, columns: Mapping[str, int], at: int) -> set[str]:
    """Return the cells of names with a row that tells neither birth nor telephone number in another column."""
    beside = [columns[field] for field in (*_BIRTHS, "phone") if field in columns]
    if not beside:
        return set(sheet.cells[at].dropna().unique())
    return set(sheet.cells[at][sheet.cells[beside].isna().all(axis=1)].dropna().unique())


def column_of_names(columns: Mapping[str, int]) -> int | None:
    """Return the column that names the people of a list: "Họ tên F1", too, where no F2 stand beside them."""
    return columns.get("name", None if "f2_name" in columns else columns.get("f1_name"))


def name_alone(text: str) -> str:
    """Return the name of a cell without the year, age or telephone beside it; a text that is no name as it is."""
    return _told(text).name or text


def _told(text: str, *, described: bool = False) -> _Told:
    """Return the name of a cell, and what else it tells; the cell as it is where the rest is no name.

    Whose child somebody is tells namesakes apart where nothing else does: it stays unless the row is ``described``.
    """
    if never_came(text):
        return _Told(None, {"beside": text})
    if (room := ROOM.fullmatch(text)) is not None:
        inside = _told(room["rest"], described=described)
        beside = ", ".join(part for part in (room["room"], inside.facts.get("beside")) if part)
        named = is_name(_TITLE.sub("", inside.name or ""))
        return _Told(inside.name, {**inside.facts, "beside": beside}) if named else _Told(text, {})
    if (of_kin := _PHONE_OF_KIN.search(text)) is not None:
        own = _told(f"{text[: of_kin.start()]} {text[of_kin.end() :]}".strip())
        said = ", ".join(part for part in (own.facts.get("beside"), of_kin[0].strip(" ()\n")) if part)
        return _Told(own.name, {**own.facts, "beside": said}) if is_name(own.name or "") else _Told(text, {})
    facts: dict[str, str] = {}
    rest, beside = _without_others(text)
    related = _RELATED.search(rest) if not beside else None
    if related is not None and is_name(_told(rest[: related.start()]).name or ""):
        rest, beside = rest[: related.start()], related[1]
    for field, form in _FORMS:
        match = form.search(rest)
        if match is None and field == "phone" and beside:
            match = form.search(beside)
            beside = beside if match is None else f"{beside[: match.start()]} {beside[match.end() :]}".strip()
            facts |= {} if match is None else {field: _LABEL.sub("", match[0]).strip()}
        elif match is not None and not (field in _BIRTHS and _BIRTHS & set(facts)):
            facts[field] = _LABEL.sub("", match[0]).strip(" ()" if field == "person" else " ")
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    what = (_BELOW.fullmatch(rest) or _WHAT.fullmatch(rest)) if not beside else None
    tells = what is not None and (described or bool(facts) or _KIN.match(what["what"]) is None)
    if what is not None and tells and is_name(_TITLE.sub("", what["name"].strip())):
        rest, beside = what["name"], what["what"].strip(" ,;.-–")
    called = _CALLED.fullmatch(rest) if not beside else None
    if called is not None and is_name(called["name"]):
        rest, beside = called["name"], called["called"]
    facts |= {"beside": beside} if beside else {}
    bare = re.sub(r"\(\s*[,;.-]?\s*\)", " ", rest)
    bare = re.sub(r"\s+", " ", bare).strip(" ,;:.-–")
    bare = bare if bare.count("(") == bare.count(")") else bare.replace("(", "").strip(" ,;:.-–")
    named = is_name(_TITLE.sub("", bare)) or (bool(beside) and is_name(bare))
    return _Told(_CHILD.sub("", bare), facts) if facts and named else _Told(text, {})


def _status(beside: str) -> dict[str, str]:
    """Return what words beside the name of a case say of its status."""
    words = fold(beside)
    return next(({"classification": status} for form, status in _STATUS if form.match(words)), {})


def _without_others(text: str) -> tuple[str, str]:
    """Return a cell without others who are only counted as kin, or words with a colon before the name; and these."""
    others = _OTHERS.search(text)
    if others is not None:
        return text[: others.start()], f"và {others[1].strip()}"
    labelled = _LABELLED.fullmatch(text)
    if labelled is not None and is_name(_TITLE.sub("", labelled[2])):
        return labelled[2], labelled[1].strip()
    name, away = name_and_remark(text)
    return name, away or ""
