"""Rosters of duty have a row for a day and several people in it, each in a column: a list with a row per person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.attendance import day_of
from loaders.columns.by_words import WHO
from loaders.columns.diary import read_diary
from loaders.columns.looks import is_name
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from tracing.spelling import fold

#: Letters for a profession before a name: doctor, nurse, technician.
_TITLE: Final = re.compile(
    r"^(?:(?:BS|ĐD|DD|YS|DS|KTV|CN|NHS|ThS|CKI{1,2}|TS|Dr|Mrs?|Ms)\.?\s*)+(?=[A-ZÀ-ỸĐ])", re.IGNORECASE
)
_PARTS: Final = re.compile(r"\s*[;,\n+&]\s*|\s+(?:và|va|and)\s+|\s+-\s+")
_CALLED: Final = re.compile(r"[A-ZÀ-ỸĐ][^\W\d_]*(?: [^\W\d_]+){0,5}(?: \([^)]*\))?")
_SHIFT: Final = re.compile(r"(?:ca|kip|buoi)\b.*|.*(?:sang|chieu|toi|dem)|shift\b.*|.*\d\s*(?:h|g|:)\d*\s*-.*")
_WHEN: Final = frozenset({"day", "visit_date"})
#: What stands behind a name is of this person, and not of the others of its row.
_OWN: Final = ("birth_year", "birth_date", "age", "sex", "phone", "national_id", "address")
#: What stands in a roster in the place of a name where nobody was there.
_NOBODY: Final = Spelt(r"\(?(?:nghỉ|vắng|trống|off|không có)(?!\w)|[-–.x]+$")
_ENOUGH: Final = 0.7


def with_people_apart(sheet: Sheet) -> Sheet:
    """Return a roster of duty as a row per person on duty; any other sheet as it is.

    Where the heading of a column of names says a shift ("Ca sáng", "7h-15h"), it is that of everybody below it.
    """
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    days = [at for at, heading in enumerate(sheet.headings) if "/" in (day_of(heading) or "")]
    if sheet.origin is None and not (WHO | _WHEN) & set(columns) and _under_days(sheet, days):
        return _by_day(sheet, days)
    if not _WHEN & set(columns) or WHO & set(columns) or sheet.origin is not None or read_diary(sheet, {}) is not None:
        return sheet
    used = set(columns.values())
    people = [at for at in range(len(sheet.headings)) if at not in used | _shifts(columns) and _names_people(sheet, at)]
    people += [at for name, at in columns.items() if name in ("shift", "hours") and _names_people(sheet, at)]
    if len(people) < 2:
        return sheet
    rows = [(row, at, name) for row in range(len(sheet)) for at in sorted(people) for name in _names(sheet, row, at)]
    kept = [at for at in range(len(sheet.headings)) if at not in people]
    cells = {at: sheet.cells[at].iloc[[row for row, _, _ in rows]].tolist() for at in kept}
    for at in {columns[name] for name in _OWN if name in columns} & set(kept):
        whose = max((other for other in people if other < at), default=min(people))
        cells[at] = [text if other == whose else None for text, (_, other, _) in zip(cells[at], rows, strict=True)]
    headings = [sheet.headings[at] for at in kept]
    shift = all(_SHIFT.fullmatch(fold(sheet.headings[at])) for at in people)
    told = (
        ("Họ và tên", [name for _, _, name in rows], people[0]),
        ("Ca" if shift else "Chức danh", [sheet.headings[at] for _, at, _ in rows], people[0]),
    )
    table = pd.DataFrame(
        {at: pd.array(texts, dtype="string") for at, texts in enumerate([*cells.values(), *(t for _, t, _ in told)])}
    )
    return replace(
        sheet.with_rows(table, [row for row, _, _ in rows]),
        headings=(*headings, *(heading for heading, _, _ in told)),
        letters=(*(sheet.letters[at] for at in kept), *(sheet.letters[at] for _, _, at in told)),
        sections=None,
        hidden=(),
    )


def _under_days(sheet: Sheet, days: list[int]) -> bool:
    """Tell whether names of people stand below days: ``19/7 | 20/7``."""
    return len(days) >= 2 and all(_names_people(sheet, at) or not sheet.cells[at].notna().any() for at in days)


def _by_day(sheet: Sheet, days: list[int]) -> Sheet:
    """Return a roster with its names below days as a row per day and person."""
    rows = [(row, at, name) for at in days for row in range(len(sheet)) for name in _names(sheet, row, at)]
    kept = [at for at in range(len(sheet.headings)) if at not in days]
    at_rows = [row for row, _, _ in rows]
    told = [sheet.cells[at].iloc[at_rows].tolist() for at in kept]
    told += [[day_of(sheet.headings[at]) for _, at, _ in rows], [name for _, _, name in rows]]
    table = pd.DataFrame({at: pd.array(texts, dtype="string") for at, texts in enumerate(told)})
    return replace(
        sheet.with_rows(table, at_rows),
        headings=(*(sheet.headings[at] for at in kept), "Ngày", "Họ và tên"),
        letters=(*(sheet.letters[at] for at in kept), "", ""),
        sections=None,
        hidden=(),
    )


def _shifts(columns: Mapping[str, int]) -> set[int]:
    return {at for name, at in columns.items() if name in ("shift", "hours")}


def _names_people(sheet: Sheet, at: int) -> bool:
    _, distinct = distinct_texts(sheet.cells[at])
    parts = [part for text in distinct for part in people_in(text)]
    return bool(parts) and sum(map(is_name, parts)) >= _ENOUGH * len(parts)


def _names(sheet: Sheet, row: int, at: int) -> list[str]:
    text = sheet.cells[at].iloc[row]
    return people_in(text) if isinstance(text, str) else []


def is_called(text: str) -> bool:
    """Tell whether a text may be what somebody is called: a name in full, or words of it with a capital."""
    return is_name(text) or _CALLED.fullmatch(text) is not None


def people_in(text: str) -> list[str]:
    """Return the names in a cell that names several people, without letters for a profession."""
    parts = (_TITLE.sub("", part.strip()) for part in _PARTS.split(text))
    return [name for name in parts if name and _NOBODY.match(name) is None]
