"""Rosters of duty have a row for a day and several people in it, each in a column: a list with a row per person."""

from __future__ import annotations

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
from loaders.shapes.name_cells import BESIDE
from loaders.shapes.on_duty import SAME_CELL, SWAP, OnDuty, people_in, people_on_duty
from tracing.patterns import regex
from tracing.spelling import fold

_CALLED: Final = regex(r"[A-ZÀ-ỸĐ][^\W\d_]*(?: [^\W\d_]+){0,5}(?: \([^)]*\))?")
_SHIFT: Final = regex(r"(?:ca|kip|buoi)\b.*|.*(?:sang|chieu|toi|dem)|shift\b.*|.*\d\s*(?:h|g|:)\d*\s*-.*")
_WHEN: Final = frozenset({"day", "visit_date"})
#: What stands behind a name is of this person, and not of the others of its row.
_OWN: Final = ("birth_year", "birth_date", "age", "sex", "phone", "national_id", "address")
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
    rows = [(row, at, one) for row in range(len(sheet)) for at in sorted(people) for one in _named(sheet, row, at)]
    kept = [at for at in range(len(sheet.headings)) if at not in people]
    cells = {at: sheet.cells[at].iloc[[row for row, _, _ in rows]].tolist() for at in kept}
    for at in {columns[name] for name in _OWN if name in columns} & set(kept):
        whose = max((other for other in people if other < at), default=min(people))
        cells[at] = [text if other == whose else None for text, (_, other, _) in zip(cells[at], rows, strict=True)]
    headings = [sheet.headings[at] for at in kept]
    shifts = [at for at in people if _SHIFT.fullmatch(fold(sheet.headings[at]))]
    told: list[tuple[str, list[str | None]]] = [("Họ và tên", [one.name for _, _, one in rows])]
    for heading, theirs in (("Ca", shifts), ("Chức danh", [at for at in people if at not in shifts])):
        if theirs:
            told.append((heading, [sheet.headings[at] if at in theirs else None for _, at, _ in rows]))
    told += _told_beside([one for _, _, one in rows])
    table = pd.DataFrame(
        {at: pd.array(texts, dtype="string") for at, texts in enumerate([*cells.values(), *(t for _, t in told)])}
    )
    return replace(
        sheet.with_rows(table, [row for row, _, _ in rows]),
        headings=(*headings, *(heading for heading, _ in told)),
        letters=(*(sheet.letters[at] for at in kept), *(sheet.letters[people[0]] for _ in told)),
        sections=None,
        hidden=(),
    )


def _under_days(sheet: Sheet, days: list[int]) -> bool:
    """Tell whether names of people stand below days: ``19/7 | 20/7``."""
    filled = [at for at in days if sheet.cells[at].notna().any()]
    return (
        len(days) >= 2 and bool(filled) and (all(_names_people(sheet, at) for at in filled) or _all_name(sheet, filled))
    )


def _all_name(sheet: Sheet, days: list[int]) -> bool:
    """Tell whether columns taken together hold names of people, and each at least one."""
    told = [[part for text in distinct_texts(sheet.cells[at])[1] for part in people_in(text)] for at in days]
    every = {part for parts in told for part in parts}
    return all(any(map(is_name, parts)) for parts in told) and sum(map(is_name, every)) >= _ENOUGH * len(every)


def _by_day(sheet: Sheet, days: list[int]) -> Sheet:
    """Return a roster with its names below days as a row per day and person."""
    rows = [(row, at, one) for at in days for row in range(len(sheet)) for one in _named(sheet, row, at)]
    kept = [at for at in range(len(sheet.headings)) if at not in days]
    at_rows = [row for row, _, _ in rows]
    told = [sheet.cells[at].iloc[at_rows].tolist() for at in kept]
    beside = _told_beside([one for _, _, one in rows])
    told += [[day_of(sheet.headings[at]) for _, at, _ in rows], [one.name for _, _, one in rows]]
    told += [texts for _, texts in beside]
    table = pd.DataFrame({at: pd.array(texts, dtype="string") for at, texts in enumerate(told)})
    return replace(
        sheet.with_rows(table, at_rows),
        headings=(*(sheet.headings[at] for at in kept), "Ngày", "Họ và tên", *(heading for heading, _ in beside)),
        letters=(*(sheet.letters[at] for at in kept), "", "", *("" for _ in beside)),
        sections=None,
        hidden=(),
    )


def _shifts(columns: Mapping[str, int]) -> set[int]:
    return {at for name, at in columns.items() if name in ("shift", "hours")}


def _names_people(sheet: Sheet, at: int) -> bool:
    _, distinct = distinct_texts(sheet.cells[at])
    parts = [part for text in distinct for part in people_in(text)]
    return bool(parts) and sum(map(is_name, parts)) >= _ENOUGH * len(parts)


def _named(sheet: Sheet, row: int, at: int) -> list[OnDuty]:
    text = sheet.cells[at].iloc[row]
    return people_on_duty(text) if isinstance(text, str) else []


def _told_beside(people: list[OnDuty]) -> list[tuple[str, list[str | None]]]:
    """Return heading and cells of what brackets say of these people, where they say anything."""
    said = [
        (BESIDE, [one.beside for one in people]),
        (SWAP, [one.swap for one in people]),
        (SAME_CELL, [one.same_cell for one in people]),
    ]
    return [(heading, texts) for heading, texts in said if any(texts)]


def is_called(text: str) -> bool:
    """Tell whether a text may be what somebody is called: a name in full, or words of it with a capital."""
    return is_name(text) or _CALLED.fullmatch(text) is not None
