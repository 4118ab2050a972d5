"""Who took part in which session, signed for below its heading: ``Ngữ văn (07/8 sáng) › Số tờ | Ký tên``.

Each session that somebody took part in becomes a row with its day and its hours or part of the day.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

import pandas as pd

from loaders.columns.attendance import day_of
from loaders.columns.by_words import WHO
from loaders.columns.hours import read_hours
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.name_cells import BESIDE
from tracing.patterns import regex
from tracing.spelling import fold

_DAY: Final = regex(r"(?<![\d/])(\d{1,2}/\d{1,2}(?:/\d{4})?)(?![\d/])")
_PART: Final = regex(r"(?i)(?<!\w)(?:sáng|trưa|chiều|tối|sang|trua|chieu|toi|morning|afternoon|evening)(?!\w)")
_PARTS: Final = {"morning": "sáng", "afternoon": "chiều", "evening": "tối"}
#: What people do below the heading of a session who take part in it, without accents.
_SIGNED: Final = regex(
    r"ky (?:ten|nop|nhan)\b.*|chu ky|so (?:to|bai)\b.*|co mat|hien dien|diem danh|signature|signed|present|attend\w*"
)
_OTHER_DAY: Final = regex(r"\b(?:mui|tiem|test|xet nghiem|xn|mau|ket qua|cach ly|do|nhiet|diem|sinh|dose|result)\b")
_AWAY: Final = regex(r"(?:vang|nghi|bo thi|bo hoc|absent|khong (?:du|thi|den|hoc|co mat))\b.*|kp|np|p|k")
_THERE: Final = regex(r"x|v|✓|✔|\+|co|co mat|present|yes")
_DATED: Final = frozenset(
    {"visit_start", "visit_date", "day", "moment", "index", "test_result", "sample", "onset", "hours"}
)


class _Session(NamedTuple):
    """A session: its day, its hours or part of the day, and the columns below its heading."""

    day: str
    when: str | None
    columns: list[int]


def with_sessions_attended(sheet: Sheet) -> Sheet:
    """Return such a list with a row for each person and session; any other list as it is."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not len(sheet) or not WHO & set(columns) or _DATED & set(columns):
        return sheet
    sessions = _sessions(sheet, columns.get("name"))
    if not sessions:
        return sheet
    there = [[_was_there(sheet, session, row) for session in sessions] for row in range(len(sheet))]
    if not any(known for known in (told for row in there for told in row)):
        return sheet
    rows = [(row, n) for row, told in enumerate(there) for n in range(len(sessions)) if told[n]]
    rows += [(row, -1) for row, told in enumerate(there) if not any(told)]
    rows.sort()
    away = ["vắng" if n < 0 and False in there[row] else None for row, n in rows]
    facts = tuple(fact for fact in sheet.facts if fact.name != "day")  # nobody without a mark was there on that day
    out = replace(sheet.with_rows_of([row for row, _ in rows], {}), facts=facts)
    out = out.with_column("Ngày dự", [sessions[n].day if n >= 0 else None for _, n in rows])
    if any(session.when for session in sessions):
        out = out.with_column("Ca", [sessions[n].when if n >= 0 else None for _, n in rows])
    return out.with_column(BESIDE, away) if any(away) else out


def _sessions(sheet: Sheet, name: int | None) -> list[_Session]:
    """Return the sessions that headings name with their day, and below which people signed or were marked."""
    found: dict[str, list[int]] = {}
    for at, heading in enumerate(sheet.headings):
        upper, _mark, lower = heading.rpartition(" › ")
        if upper and _SIGNED.fullmatch(fold(lower)):
            found.setdefault(upper, []).append(at)
        elif not upper and day_of(heading) is None and _are_marks(sheet, at, name):
            found.setdefault(heading, []).append(at)
    named = {text: _DAY.findall(text) for text in found if not _OTHER_DAY.search(fold(text))}
    return [_Session(days[0], _when(text), found[text]) for text, days in named.items() if len(days) == 1]


def _when(heading: str) -> str | None:
    """Return the hours, else the part of the day that a heading tells beside its day."""
    rest = _DAY.sub(" ", heading)
    if read_hours(rest)[0] is not None:
        return rest
    part = _PART.search(rest)
    return None if part is None else _PARTS.get(part[0].lower(), part[0])


def _are_marks(sheet: Sheet, at: int, name: int | None) -> bool:
    """Tell whether a column holds marks of those who were there or away, or each row's signature."""
    distinct = distinct_texts(sheet.cells[at])[1] if len(_DAY.findall(sheet.headings[at])) == 1 else []
    if not distinct:
        return False
    if all(_AWAY.fullmatch(fold(text)) or _THERE.fullmatch(fold(text)) for text in distinct):
        return True
    names = [None] * len(sheet) if name is None else sheet.cells[name].to_numpy(dtype=object)
    return all(
        pd.isna(text) or _AWAY.fullmatch(fold(text)) or (isinstance(who, str) and fold(who).endswith(fold(text)))
        for text, who in zip(sheet.cells[at].to_numpy(dtype=object), names, strict=True)
    )


def _was_there(sheet: Sheet, session: _Session, row: int) -> bool | None:
    """Tell whether somebody took part; None where nothing is told."""
    told = [text for at in session.columns if isinstance(text := sheet.cells[at].iloc[row], str)]
    if any(_AWAY.fullmatch(fold(text)) for text in told):
        return False
    return True if told else None
