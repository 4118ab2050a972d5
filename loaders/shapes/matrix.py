"""Contacts as a matrix: a row for each person, a column for each case, days, marks or words in the cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from loaders.code_words import CASE_CODE, plain_code
from loaders.columns.days import several_days
from loaders.columns.looks import is_name
from loaders.columns.moments import read_moment
from loaders.columns.when import read_when
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.titled import KIND_HEADING
from tracing.patterns import regex
from tracing.spelling import fold

OPEN: Final = "Ghi chú (ô để ngỏ)"
"""Heading of cells that leave it open whether two people met: ``?``, ``đang xác minh``."""
MARKED: Final = "Ghi chú (ô đánh dấu)"
"""Heading of marks that say that two people met, and not when."""
_NAME: Final = r"[A-ZÀ-ỸĐ][\wÀ-ỹ’']*(?: [A-ZÀ-ỸĐ][\wÀ-ỹ’']*){0,5}"
#: ``BN34``, ``BN34 (Lê Một)``, ``BN34 Lê Một``, ``Tiếp xúc BN34``, ``Lê Một - BN34``, with or without a heading above.
_CASE: Final = regex(
    rf"(?:.* › )?(?:(?P<before>{_NAME})\s*[-–(:\n]?\s*|(?:.{{0,40}}\s)?)"
    rf"\(?(?P<code>(?i:CA[ \-.]?\d{{2,}})|{CASE_CODE})\)?"
    rf"(?:\s*[-–(:\n]\s*(?P<name>[^\d()]{{1,40}})\)?|\s+(?P<behind>{_NAME}))?"
)
_MARK: Final = regex(r"(?i)\s*(?:x|v|✓|✔|\+|có|co|yes|1|●|•|X)\s*")
_NONE: Final = regex(r"(?:(?:khong|ko|k|chua)(?: (?:co|he|tung|tiep xuc|tx|gap|ai)){0,4}|no|none|no contact)")
#: What stands in a cell instead of nothing.
_EMPTY: Final = regex(r"[-–—._0/\s]*|n/?a")
_UNSURE: Final = regex(
    r"\?+|(?:khong|ko|k|chua) (?:ro|nho|biet|xac dinh|dieu tra|xac minh)\b.*|(?:dang|cho) .*"
    r"|(?:nghi|co the|hinh nhu)(?: .*)?|unknown|unclear|not sure"
)
_HOURS: Final = regex(r" \d{1,2}:\d\d")
_PART_OF_DAY: Final = regex(r"(?:sang|trua|chieu|toi|dem|ngay|hom|luc|vao|tu|den|khoang|tx|tiep xuc|\W)*")
_WHOM, _DAY, _AT, _WHO_MET = "Tiếp xúc với ca", "Ngày tiếp xúc", "Giờ tiếp xúc", "Họ và tên"
_FEWEST: Final = 2
_SHARE: Final = 0.6


class _Cell(NamedTuple):
    """What a cell tells: the day and the hours, in which words, a mark alone, or what leaves the contact open."""

    day: str | None = None
    hours: str | None = None
    kind: str | None = None
    mark: str | None = None
    open: str | None = None


def with_matrix_unfolded(sheet: Sheet) -> Sheet:
    """Return such a list with a row for each contact, and one of each person who met nobody in it."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    who = _who(sheet, columns)
    if {"index", "sources"} & set(columns) or who is None or sheet.origin is not None:
        return sheet
    cases = {at: match for at, heading in enumerate(sheet.headings) if (match := _CASE.fullmatch(heading.strip()))}
    cases = {at: match for at, match in cases.items() if at not in columns.values()}
    if len(cases) < _FEWEST or not _tell_contacts(sheet, list(cases)):
        return sheet
    told = [(row, at) for row in range(len(sheet)) for at in cases if _tells(sheet.cells[at].iloc[row])]
    alone = sorted(set(range(len(sheet))) - {row for row, _at in told})
    rows = [row for row, _at in told] + alone
    met = [_named(cases[at]) for _row, at in told] + [None] * len(alone)
    cells = [_read(str(sheet.cells[at].iloc[row])) for row, at in told] + [_Cell()] * len(alone)
    headings = tuple(_WHO_MET if at == who else text for at, text in enumerate(sheet.headings))
    out = replace(sheet, headings=headings).with_rows_of(rows, {}).without_columns(list(cases))
    letter = sheet.letters[min(cases)]
    out = out.with_column(_WHOM, met, letter=letter)
    for heading, texts in zip((_DAY, _AT, KIND_HEADING, MARKED, OPEN), zip(*cells, strict=True), strict=True):
        out = out.with_column(heading, list(texts), letter=letter) if any(texts) else out
    return out


def _who(sheet: Sheet, columns: Mapping[str, int]) -> int | None:
    """Return the column that says who met the cases: of names, telephones or ids; ``Người tiếp xúc`` where it names."""
    named = next((columns[name] for name in ("name", "phone", "person") if name in columns), None)
    if named is not None:
        return columns.get("name", -1)
    for at in (columns[name] for name in ("people_met", "f1_name", "contact_with") if name in columns):
        _, distinct = distinct_texts(sheet.cells[at])
        if distinct and sum(map(is_name, distinct)) >= _SHARE * len(distinct):
            return at
    return None


def _named(match: re.Match[str]) -> str:
    """Return the case that a heading names, with its name where that is told: ``BN34 (Lê Một)``."""
    code = plain_code(match["code"])
    name = match["before"] or match["name"] or match["behind"]
    return f"{code} ({' '.join(name.split())})" if name and is_name(name.strip()) and len(name.split()) > 1 else code


def _tell_contacts(sheet: Sheet, cases: list[int]) -> bool:
    """Tell whether the cells below the cases tell mostly days, marks or that nobody met, and some that people met."""
    distinct = {text for at in cases for text in distinct_texts(sheet.cells[at])[1] if _tells(text)}
    cells = [_read(text) for text in distinct]
    sure = sum(1 for cell, text in zip(cells, distinct, strict=True) if cell.kind is None or _is_none(text))
    return any(cell.day or cell.mark for cell in cells) and sure >= _SHARE * len(cells)


def _read(text: str) -> _Cell:
    """Return what a cell tells; words that tell no day are how people met."""
    said = fold(text).strip(" .")
    if _MARK.fullmatch(text):
        return _Cell(mark=text)
    if _UNSURE.fullmatch(said):
        return _Cell(open=text)
    if _is_none(text):
        return _Cell(kind=text)
    when = read_when(text)
    if when is not None:
        times = (when.first, when.last or when.first)
        days = [_HOURS.sub("", one) for one in times]
        hours = [match[0].strip() for one in (when.first, when.last) if one and (match := _HOURS.search(one))]
        words = None if _PART_OF_DAY.fullmatch(fold(when.rest)) else text
        day = text if words is None and not hours else days[0] if days[0] == days[1] else " - ".join(days)
        return _Cell(day, " - ".join(hours) or None, words)
    moment, bare = read_moment(text), re.sub(r"\s*\([^()]{0,80}\)", "", text)
    if bare != text and several_days(bare):
        return _Cell(bare, kind=text)
    if several_days(text) or moment.day is not None or moment.short is not None:
        return _Cell(text)
    return _Cell(kind=text)


def _tells(text: object) -> bool:
    return isinstance(text, str) and _EMPTY.fullmatch(text.lower()) is None


def _is_none(text: str) -> bool:
    return _NONE.fullmatch(fold(text).strip(" .")) is not None
