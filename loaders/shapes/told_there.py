"""What registers of visits tell beside their rows: who was on duty on which days, who was tested on the spot.

``BS Bùi Thanh Tâm và ĐD Đinh Yến Nhi trực khám cả 3 ngày 31/8, 01/9, 03/9`` below the rows are visits of both; ``test
nhanh âm tính`` among the remarks of a row is a test of its person on the day of the row.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.further import method_of
from loaders.columns.looks import is_name
from loaders.columns.remark import is_remark
from loaders.columns.values import words
from loaders.files.body import matches
from loaders.files.grid import Line, Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.split_cells import with_columns_of
from tracing.patterns import regex
from tracing.spelling import fold

_DAY: Final = r"\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?(?![\d/])"
#: What stands before the name of somebody on duty.
_TITLE: Final = Spelt(
    r"(?:(?i:bác sĩ|điều dưỡng|y sĩ|y tá|nữ hộ sinh|kỹ thuật viên|dược sĩ|nhân viên|bảo vệ|lễ tân|thu ngân"
    r"|cô|chị|anh|ông|bà|nurse|doctor|dr\.?)|BS(?:CK\w*)?|ĐD|DD|YS|YT|NHS|KTV|DS|CN|NV|ThS|BV)\.?:?\s+"
)
_WORKED: Final = (
    r"(?:trực(?: khám| ca| quầy| chốt| tiếp)?|khám(?: bệnh)?|làm việc|có mặt|phục vụ|đứng quầy|on duty|worked)"
)
_DAYS: Final = (
    rf"(?:(?:cả|suốt|on|trong|vào|các|all)\s+|\d\s+)*(?:ngày|days?)?\s*:?\s*"
    rf"(?P<days>{_DAY}(?:\s*(?:[,;&+]|và|and)\s*(?:ngày\s+)?{_DAY})*)"
)
#: Who was on duty, and on which days: the names before the days, or behind them and a colon.
_ON_DUTY: Final = (
    Spelt(rf"(?i)(?P<who>[^:()\d]{{5,160}}?)\s+(?:đều\s+|cùng\s+|có\s+)*{_WORKED}\s+{_DAYS}\.?"),
    Spelt(
        r"(?i)(?:(?:e-?kíp|ekip|kíp|ca|nhóm|tua|người|nhân viên|team|staff)\s+)*"
        rf"{_WORKED}\s+{_DAYS}\s*(?::|gồm:?|là)\s*(?P<who>[^:()\d]{{5,160}}?)\.?"
    ),
)
_NAMES: Final = regex(r"\s*(?:[,;&+]|(?<!\w)(?:và|va|and)(?!\w))\s*")
_PARTS: Final = regex(r"\s*[;,.]\s+|\s*;\s*")
#: A test on the spot and its result, the whole of a part of a remark.
_TESTED: Final = Spelt(
    r"(?i)(?:(?:đã|được|có|làm|kq|kết quả)\s+)*"
    r"(?P<method>test(?: nhanh)?|tn|xn nhanh|xét nghiệm nhanh|pcr|rt-?pcr|rapid test)"
    r"(?:\s+(?:covid(?:-19)?|tại chỗ|kq|kết quả|ra))*\s*[:=]?\s*(?P<result>\S.{0,15}?)"
)
#: What such a remark has, for a first look at columns of millions.
_FIRST_LOOK: Final = r"(?i)test|pcr|(?:^|\W)tn\W|nhanh"
_VISITS: Final = frozenset({"visit_start", "visit_date", "day"})
_ELSE: Final = frozenset(
    {"test_result", "sample", "index", "sources", "isolation_start", "isolation_place", "level", "onset"}
)
_RESULT, _METHOD, _NAME, _ON = "Kết quả xét nghiệm", "Phương pháp", "Họ và tên", "Ngày"


def with_those_on_duty(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets, and behind a register of visits those who were on duty, as a line about it says."""
    return [part for sheet in sheets for part in _with_duty(with_tests_there(sheet))]


def _with_duty(sheet: Sheet) -> list[Sheet]:
    """Return a register without the lines below it that tell who was on duty, and behind it the list of these."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not _VISITS & set(columns) or sheet.fact("place") is None or "place" in columns:
        return [sheet]
    told = [(line, name, day) for line in (*sheet.titles, *sheet.notes) for name, day in _people_and_days(line)]
    if not told:
        return [sheet]
    names = pd.Series([name for _, name, _ in told], dtype="string")
    days = pd.Series([day for _, _, day in told], dtype="string")
    numbers = np.array([line.row for line, _, _ in told], dtype=np.int64)
    duty = sheet.with_table({_NAME: names, _ON: days}, letter="A", numbers=numbers, origin=None, facts=sheet.facts)
    return [replace(sheet, notes=tuple(line for line in sheet.notes if line.row not in numbers)), duty]


def _people_and_days(line: Line) -> list[tuple[str, str]]:
    """Return each of those whom a line says to have been on duty, with each of the days."""
    text = line.text.strip(" -–*")
    match = next((found for form in _ON_DUTY if (found := form.fullmatch(text)) is not None), None)
    if match is None:
        return []
    parts = [part for part in _NAMES.split(match["who"]) if part]
    names = [_TITLE.of(part).sub("", part, count=1).strip(" .") for part in parts]
    titled = any(_TITLE.of(part).match(part) for part in parts)
    if not titled or not all(map(is_name, names)):
        return []
    return [(name, day) for name in names for day in re.findall(_DAY, match["days"])]


def with_tests_there(sheet: Sheet) -> Sheet:
    """Return a register of visits with the negative tests that remarks of its rows tell as columns.

    Whose a positive one is, is asked.
    """
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not _VISITS & set(columns) or _ELSE & set(columns) or not len(sheet):
        return sheet
    for at in (at for at, heading in enumerate(sheet.headings) if is_remark(heading)):
        if not matches(sheet.cells[at], _FIRST_LOOK).any():
            continue
        distinct = distinct_texts(sheet.cells[at])[1]
        told = [_tested(text) for text in distinct]
        if any(told):
            keep = (sheet.headings[at], distinct)
            found = [one or (None, None) for one in told]
            return with_columns_of(sheet, at, found, (_RESULT, _METHOD), keep=keep)
    return sheet


def _tested(text: str) -> tuple[str, str] | None:
    """Return the result and the method of the one negative test that a remark tells of its row's person."""
    known = words("result")
    parts = [match for part in _PARTS.split(text.strip(" .")) if (match := _TESTED.fullmatch(part.strip(" .")))]
    if len(parts) != 1:
        return None
    said = parts[0]["result"].strip()
    result = known.get(said.lower()) or known.get(fold(said))
    method = "PCR" if method_of(parts[0]["method"]) == "pcr" else "test nhanh"
    return (said, method) if result == "negative" else None
