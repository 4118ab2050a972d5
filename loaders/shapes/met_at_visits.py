"""Lists of who was where, whose remarks tell who was beside a case meanwhile: a list of contacts behind them.

``ngồi chờ cạnh F0 BN34 từ 8h15 đến 8h40`` beside the day of a visit tells whom, how and when; below the days of a bus
or in a room the remark tells the day itself: ``22/1 ngồi cạnh chị Hạnh BN34``. A remark that says more stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import pandas as pd

from loaders.code_words import PROVINCE_CODE
from loaders.columns.attendance import day_of
from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.hours import has_day
from loaders.columns.meetings import read_meeting
from loaders.columns.remark import is_remark
from loaders.columns.texts import told_of
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.trees import PARENT
from loaders.shapes.asked_contacts import OWN
from loaders.shapes.called_cases import cases_called
from loaders.shapes.split_cells import texts_of_rows
from loaders.shapes.titled import KIND_HEADING
from tracing.patterns import regex
from tracing.spelling import fold

CODE: Final = rf"(?:(?i:bn)[ \-.]?\d{{2,}}|{PROVINCE_CODE})"
"""The code of a case that a remark names."""
#: How somebody was beside a case, the case, and what stands behind it; of a text without accents.
_BESIDE: Final = regex(
    r"(?P<how>(?:\w+ ){0,5}?(?:chung|cung|gan|canh|ke|ke ben|sat|doi dien|gap|tiep xuc|tx|noi chuyen)(?: \w+){0,3}?)"
    rf" (?:voi )?(?:f ?0 |ca (?:benh )?|benh nhan ){{0,2}}(?P<code>{CODE.lower()})(?!\w)(?P<rest>.*)",
    re.IGNORECASE,
)
_CLOCK: Final = r"(\d{1,2}\s?(?:h|g|giờ|gio|:)\s?(?:[0-5]\d)?)"
#: From when to when, or at which hour, and nothing else.
_HOURS_TOLD: Final = regex(
    rf"(?i)(?:(?:từ|tu|lúc|luc|khoảng|khoang|tầm|tam)\s+){{0,2}}{_CLOCK}(?:\s*(?:-|–|->|đến|den|tới|toi)\s*{_CLOCK})?"
)
_NOT: Final = regex(r"\b(?:khong|chua|ko|k|truoc khi|sau khi)\b")
_DAY: Final = regex(r"(\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)")
_VISIT: Final = ("visit_date", "day", "moment", "visit_start")
_LONGEST: Final = 120
#: Fields of lists of cases, contacts and tests, and of where somebody is in a list of who was there.
_ELSE: Final = frozenset({"index", "sources", "case_code", "test_result", *EXPOSURE})
_PLACES: Final = frozenset({"room", "seat", "table", "stall", "class", "team", "boat"})
ON, LAST, _HOURS, WHOM = "Ngày tiếp xúc", "Ngày tiếp xúc cuối", "Giờ tiếp xúc", PARENT


class _Meeting(NamedTuple):
    case: str
    kind: str | None
    hours: str | None
    on: str | None = None
    last: str | None = None


def with_meetings_at_visits(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the tables of a grid, and behind each list of who was where the list of those who met a case meanwhile."""
    called: dict[str, str] | None = None
    out: list[Sheet] = []
    for sheet in sheets:
        columns = read_headings(sheet.headings, PEOPLE, {}).columns
        when = next((columns[name] for name in _VISIT if name in columns), None)
        remarks = [at for at, heading in enumerate(sheet.headings) if is_remark(heading)]
        if not remarks or not _tells_who_was_there(sheet, columns, when):
            out.append(sheet)
            continue
        called = cases_called(sheets) if called is None else called
        listed = (_with_meetings(sheet, columns, when, at, called) for at in remarks)
        out += next((both for both in listed if both is not None), [sheet])
    return out


def _tells_who_was_there(sheet: Sheet, columns: Mapping[str, int], when: int | None) -> bool:
    """Tell whether a list is of who was somewhere on days, in rooms or on seats, and of no cases, contacts or tests."""
    if sheet.origin is not None or _ELSE & set(columns) or sheet.fact("list_of") in ("cases", "contacts"):
        return False
    if not {"name", "first_name", "phone", "person"} & set(columns):
        return False
    if when is not None:
        return bool(told_of(sheet.cells[when], has_day).any())
    return bool(_PLACES & set(columns)) or sum(day_of(heading) is not None for heading in sheet.headings) > 1


def _with_meetings(
    sheet: Sheet, columns: Mapping[str, int], when: int | None, at: int, called: Mapping[str, str]
) -> list[Sheet] | None:
    """Return a list without the remarks that tell of meetings, and the list of these; None of none."""
    codes, distinct = distinct_texts(sheet.cells[at])
    told = [_told(text, called, dated=when is not None) for text in distinct]
    if not any(told):
        return None
    rest = texts_of_rows([None if one else text for one, text in zip(told, distinct, strict=True)], codes)
    made = {
        heading: texts_of_rows([one[place] if one else None for one in told], codes)
        for place, heading in enumerate((WHOM, KIND_HEADING, _HOURS, ON, LAST))
    }
    if when is not None:
        days = sheet.cells[when].str.extract(_DAY.pattern)[0]
        made[ON] = made[ON].fillna(days.where(made[LAST].isna()))
    return with_contacts_behind(sheet, columns, at, rest, made)


def with_contacts_behind(
    sheet: Sheet, columns: Mapping[str, int], at: int, rest: pd.Series, made: Mapping[str, pd.Series]
) -> list[Sheet]:
    """Return a list with the ``rest`` of its remarks, and behind it the contacts that were ``made`` of them."""
    cells = sheet.cells.copy(deep=False)
    cells[at] = rest
    listed = {heading: sheet.cells[columns[name]] for name, heading in OWN.items() if name in columns} | dict(made)
    met = made[WHOM].notna().to_numpy(dtype=bool)
    texts = {h: pd.Series(own[met]).reset_index(drop=True).astype("string") for h, own in listed.items()}
    texts = {heading: own for heading, own in texts.items() if heading not in made or own.notna().any()}
    contacts = sheet.with_table(texts, letter=sheet.letters[at], numbers=sheet.numbers[met], origin=None)
    return [replace(sheet, cells=cells, as_read=sheet.original), contacts]


def _told(text: str, called: Mapping[str, str], *, dated: bool) -> _Meeting | None:
    """Return the meeting of which a remark tells; ``dated`` says that its row tells the day."""
    plain = _meeting(text) if dated else None
    if plain is not None:
        return plain
    met = read_meeting(text, called)
    if met is None or _NOT.search(fold(text)) or not (dated or met.on or met.last):
        return None
    return _Meeting(met.case, met.words or "", met.hours, met.on, met.last)


def _meeting(text: str) -> _Meeting | None:
    """Return whom, how and at which hours a remark says that somebody met a case; None where it says anything else."""
    said = fold(text).strip(" .")
    match = _BESIDE.fullmatch(said) if len(text) <= _LONGEST and len(said) == len(text.strip(" .")) else None
    if match is None or _NOT.search(said):
        return None
    whole = text.strip(" .")
    kind, code, rest = (whole[match.start(name) : match.end(name)] for name in ("how", "code", "rest"))
    hours = _HOURS_TOLD.fullmatch(rest.strip(" ,;()"))
    if rest.strip(" ,;().") and hours is None:
        return None
    return _Meeting(
        re.sub(r"[ .\-]", "", code).upper(), kind, None if hours is None else "-".join(filter(None, hours.groups()))
    )
