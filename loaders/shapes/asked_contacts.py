"""Columns that ask whether people met a case, ``Có tiếp xúc với BN35``: those who answered yes are its contacts.

Who is asked to name them, ``ghi rõ họ tên và ngày tiếp xúc``, answers in words: ``Bà Lê Thị Năm, gặp ngày 16/5``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.hours import has_day
from loaders.columns.looks import is_name
from loaders.columns.references import is_answer
from loaders.columns.texts import told_of
from loaders.columns.values import words
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.split_cells import with_columns_of
from loaders.shapes.titled import KIND_HEADING, heading_of
from tracing.patterns import regex
from tracing.spelling import fold

_CASE: Final = regex(r"(?i)\b(?:BN|F0|CA)[ \-.]?\d{2,}\b")
_MET: Final = regex(r"\b(?:tiep xuc|t\.? ?xuc|t[./]?x|gap|gan|contact|met|cung)\b")
#: Such a heading that leaves it to the title which case is meant: ``Tiếp xúc gần với BN (x)``.
_OF_TITLE: Final = regex(
    r"(?:co |da |nguoi )?(?:tiep xuc|t\.? ?xuc|t[./]?x|gap|(?:an|ngoi|o|di|uong)(?: cung| gan| chung))\b[^,;:]{0,30}"
    r"\b(?:gan|bn|f ?0|ca benh|ca duong tinh|benh nhan|case)\b\W*(?:(?:co|x|danh dau|k|khong|c|neu|v|/|-)\W*){0,5}"
)
_ON_DAY: Final = regex(r"(?:ngày |hôm )?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d{2}-\d{2}(?:[T ].*)?")
#: The day of a cell that tells an hour, too: they came at that hour, nobody says when they met.
_DAY: Final = r"(\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)"
OWN: Final = {
    "person": "Mã",
    "name": "Họ và tên",
    "first_name": "Tên",
    "last_name": "Họ",
    "phone": "SĐT",
    "national_id": "CCCD",
    "birth_date": "Ngày sinh",
    "birth_year": "Năm sinh",
    "age": "Tuổi",
    "sex": "Giới tính",
    "address": "Địa chỉ",
    "hamlet": "Thôn/bản",
    "commune": "Xã/phường",
    "district": "Quận/huyện",
    "province": "Tỉnh/thành phố",
}
"""Fields of who a row is about -> headings under which a list of what else the row tells has them."""
#: A question whom people met, and when, to be answered in words.
_ASKS_WHOM: Final = (
    regex(r"\b(?:tiep xuc|tx)\b"),
    regex(r"\b(?:ghi (?:ro|ho ten|ten)|neu (?:ro|ten|co))\b"),
    regex(r"\b(?:ho ten|ten|ai)\b"),
)
_ON: Final = Spelt(
    r"(?i)[\s,;(–-]{0,9}(?:(?:gặp|tiếp xúc|tx|lần cuối|cuối(?: cùng)?|vào|ngày|hôm|sáng|trưa|chiều|tối)\s+){0,4}"
    r"(?P<day>(?<![\d/])\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?)(?![\d/])\)?"
)
#: What somebody is to the one who answers, before a full name.
_KIN: Final = regex(
    r"(?i)^(?:(?:là )?(?:lái xe|tài xế|chủ (?:nhà|quán|trọ)|con(?: trai| gái)?|chồng|vợ"
    r"|mẹ|bố|ba|cha|bạn(?: cùng \w+)?|đồng nghiệp|hàng xóm|anh trai|chị gái|em(?: trai| gái)?|cháu)\s+)"
    r"(?-i:(?=[A-ZÀ-ỸĐ]\S+\s+[A-ZÀ-ỸĐ]))"
)
#: A question whether people met a patient, to be answered with yes or no and more, and the yes before that.
_ASKS_IF: Final = regex(
    r"\b(?:tiep xuc|gap|contact|met)\b.{0,120}"
    r"\b(?:nguoi benh|benh nhan|bn|f ?0|ca (?:benh|duong|nhiem)|nguoi nhiem|case)\b.{0,120}"
    r"\b(?:khong|chua)\b|\bhave you\b.{0,120}\b(?:contact|met)\b.{0,120}\bcases?\b"
)
_YES: Final = Spelt(r"(?i)^\s*(?:có|đã|rồi|yes)(?!\w)\s*")
_ENDS: Final = regex(r"\s*[;,:.(–]")
_DENIES: Final = regex(r"\b(?:khong|chua)(?: he| co| tung)? (?:gap|tiep xuc|tx)\b")
_MOST: Final = 0.5
_WHOM, _MET_ON = "Tiếp xúc với ca", "Ngày tiếp xúc"
_WHEN: Final = ("contact_date", "visit_date", "day", "moment", "visit_start")


def with_answers_apart(sheet: Sheet) -> Sheet:
    """Return a form that asks whether people met a patient, with the cases and the day of an answer as columns.

    ``Có; BN4127; 08/05/2021`` tells both; who says no met nobody.
    """
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not {"name", "phone", "person"} & set(columns):
        return sheet
    asks = (i for i, heading in enumerate(sheet.headings) if _ASKS_IF.search(fold(heading)))
    at = next((i for i in asks if _name_cases(sheet, i)), None)
    if at is None or {"index", "sources", *EXPOSURE} & {name for name, i in columns.items() if i != at}:
        return sheet
    told = [_whom_and_when(text) for text in distinct_texts(sheet.cells[at])[1]]
    headings, rest = (_MET_ON, KIND_HEADING), [(day, how) for _whom, day, how in told]
    return with_columns_of(sheet, at, rest, headings, keep=(_WHOM, [whom for whom, _day, _how in told]))


def _name_cases(sheet: Sheet, at: int) -> bool:
    """Tell whether the answers of a column are no, or a yes behind which cases are named."""
    told = [text for text in distinct_texts(sheet.cells[at])[1] if not _tells_no(text)]
    named = [text for text in told if _CASE.search(text) and not _DENIES.search(fold(text))]
    return bool(named) and len(named) >= _MOST * len(told)


def _tells_no(text: str) -> bool:
    """Tell whether an answer is no, or that nobody knows."""
    first = _ENDS.split(text.strip(), maxsplit=1)[0]
    return _answer(first) is False or (_answer(first) is None and is_answer(first))


def _whom_and_when(text: str) -> tuple[str | None, str | None, str | None]:
    """Return the cases, the day, and how they met, of one answer; an answer that names no case stays as it is."""
    cases = list(_CASE.finditer(text))
    if _tells_no(text) or not cases or _DENIES.search(fold(text)):
        return (None if _tells_no(text) else text), None, None
    rest = _YES.sub("", _CASE.sub(" ", text))
    on = _ON.search(rest)
    rest = rest if on is None else f"{rest[: on.start()]} {rest[on.end() :]}"
    how = re.sub(r"\s+", " ", re.sub(r"[;,()]", " ", rest)).strip(" .:-–")
    return ", ".join(case[0] for case in cases), on and on["day"], how or None


def with_whom_told(sheet: Sheet) -> Sheet:
    """Return a form that asks in words whom people met, with those and the day as two columns."""
    at = next(
        (i for i, heading in enumerate(sheet.headings) if all(one.search(fold(heading)) for one in _ASKS_WHOM)), None
    )
    columns = {name for name, i in read_headings(sheet.headings, PEOPLE, {}).columns.items() if i != at}
    if at is None or sheet.origin is not None or {"index", "sources", *EXPOSURE} & columns:
        return sheet
    if not {"name", "phone", "person"} & columns:
        return sheet
    told = [(text, _ON.search(text)) for text in distinct_texts(sheet.cells[at])[1]]
    whom = [text if on is None else f"{text[: on.start()]} {text[on.end() :]}" for text, on in told]
    named = [_KIN.sub("", text.strip(" .,;:")) or None for text in whom]
    days = [(None if on is None else on["day"],) for _, on in told]
    return with_columns_of(sheet, at, days, (_MET_ON,), keep=(_WHOM, named))


def with_those_who_met(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets, and behind each one that asks of cases the list of those who met them, with the same rows."""
    out: list[Sheet] = []
    for sheet in sheets:
        columns = read_headings(sheet.headings, PEOPLE, {}).columns
        out.append(sheet)
        if (
            sheet.origin is None
            and {"name", "phone", "person"} & set(columns)
            and not {"index", "sources"} & set(columns)
        ):
            asked = ((at, _case_asked(sheet, at)) for at in range(len(sheet.headings)))
            lists = (_met(sheet, columns, at, case) for at, case in asked if case is not None)
            out += [met for met in lists if met is not None]
    return out


def with_case_of_heading(sheet: Sheet) -> Sheet:
    """Return a list of which a heading names the case, and its cells how or when each met it, with both as columns."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not {"name", "phone", "person"} & set(columns):
        return sheet
    for at, heading in enumerate(sheet.headings):
        case = _CASE.findall(heading)
        told = distinct_texts(sheet.cells[at])[1] if len(case) == 1 and _MET.search(fold(heading)) else []
        means = _of_meetings(told)
        if means is None or (means == _MET_ON and set(EXPOSURE) & set(columns)):
            continue
        headings = tuple(means if i == at else text for i, text in enumerate(sheet.headings))
        whom = pd.Series(pd.array(case * len(sheet), dtype="string")).where(sheet.cells[at].notna())
        return replace(sheet, headings=headings).with_column(heading_of("F0"), whom, letter=sheet.letters[at])
    return sheet


def tells_of_title(heading: str) -> bool:
    """Tell whether a heading asks about meetings with a case, and leaves it to the title which one."""
    return _OF_TITLE.fullmatch(fold(heading)) is not None


def _of_meetings(told: Sequence[str]) -> str | None:
    """Return the heading of texts that tell how people met, or on which days; None of names, codes, yes and no."""
    if not told or any(_answer(text) is True or _CASE.search(text) or is_name(text) for text in told):
        return None
    days = [_ON_DAY.fullmatch(text.strip()) is not None for text in told]
    if all(days):
        return _MET_ON
    words = [text for text in told if " " in text.strip() and not any(map(str.isdigit, text))]
    return KIND_HEADING if not any(days) and len(words) == len(told) else None


def _case_asked(sheet: Sheet, at: int) -> str | None:
    """Return the one case that a heading names, or the title for it, where only yes and no stand below; else None."""
    heading = sheet.headings[at]
    named = _CASE.findall(heading)
    if not named and _OF_TITLE.fullmatch(fold(heading)):
        named = list({fact.value for fact in sheet.facts if fact.name == "case" and fact.source == "title"})
    if len(named) != 1 or not _MET.search(fold(heading)):
        return None
    told = distinct_texts(sheet.cells[at])[1]
    return named[0] if told and all(_answer(text) is not None for text in told) else None


def _answer(text: str) -> bool | None:
    said = words("flag")
    found = said.get(text.strip().lower(), said.get(fold(text.strip())))
    return None if found is None else found == "true"


def _met(sheet: Sheet, columns: Mapping[str, int], at: int, case: str) -> Sheet | None:
    yes = told_of(sheet.cells[at], lambda text: _answer(text) is True)
    if not yes.any():
        return None
    told = {heading: sheet.cells[columns[name]] for name, heading in OWN.items() if name in columns}
    when = next((columns[name] for name in _WHEN if name in columns), None)
    days = {fact.value for fact in sheet.facts if fact.name == "day" and len(fact.value) == len("2021-07-16")}
    if when is not None and told_of(sheet.cells[when], has_day).any():
        told[_MET_ON] = sheet.cells[when].str.extract(_DAY)[0].astype("string")
    elif len(days) == 1:  # of what the title names with its day
        told[_MET_ON] = pd.Series([days.pop()] * len(sheet), dtype="string")
    told = {heading: texts[yes].reset_index(drop=True) for heading, texts in told.items()}
    told[_WHOM] = pd.Series(pd.array([case] * int(yes.sum()), dtype="string"))
    return sheet.with_table(told, letter=sheet.letters[at], numbers=sheet.numbers[yes], origin=None)
