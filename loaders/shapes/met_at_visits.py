"""Registers of who came when, whose remarks tell who was beside a case meanwhile: a list of contacts behind them.

``ngồi chờ cạnh F0 BN34 từ 8h15 đến 8h40`` beside the day of a visit tells whom, how and when. A remark that says more
stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

import pandas as pd

from loaders.code_words import PROVINCE_CODE
from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.hours import has_day
from loaders.columns.remark import is_remark
from loaders.columns.texts import told_of
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.asked_contacts import OWN
from loaders.shapes.split_cells import texts_of_rows
from loaders.shapes.titled import KIND_HEADING
from tracing.spelling import fold

_CODE: Final = rf"(?:(?i:bn)[ \-.]?\d{{2,}}|{PROVINCE_CODE})"
#: How somebody was beside a case, the case, and what stands behind it; of a text without accents.
_BESIDE: Final = re.compile(
    r"(?P<how>(?:\w+ ){0,5}?(?:chung|cung|gan|canh|ke|ke ben|sat|doi dien|gap|tiep xuc|tx|noi chuyen)(?: \w+){0,3}?)"
    rf" (?:voi )?(?:f ?0 |ca (?:benh )?|benh nhan ){{0,2}}(?P<code>{_CODE.lower()})(?!\w)(?P<rest>.*)",
    re.IGNORECASE,
)
_CLOCK: Final = r"(\d{1,2}\s?(?:h|g|giờ|gio|:)\s?(?:[0-5]\d)?)"
#: From when to when, or at which hour, and nothing else.
_HOURS_TOLD: Final = re.compile(
    rf"(?i)(?:(?:từ|tu|lúc|luc|khoảng|khoang|tầm|tam)\s+){{0,2}}{_CLOCK}(?:\s*(?:-|–|->|đến|den|tới|toi)\s*{_CLOCK})?"
)
_NOT: Final = re.compile(r"\b(?:khong|chua|ko|k|truoc khi|sau khi)\b")
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)")
_VISIT: Final = ("visit_date", "day", "moment", "visit_start")
_LONGEST: Final = 120
_ON, _HOURS, _WHOM = "Ngày tiếp xúc", "Giờ tiếp xúc", "Tiếp xúc với ca"


class _Meeting(NamedTuple):
    case: str
    kind: str
    hours: str | None


def with_meetings_at_visits(sheet: Sheet) -> list[Sheet]:
    """Return a register of visits, and behind it the list of those of whom a remark tells that they met a case."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    when = next((columns[name] for name in _VISIT if name in columns), None)
    if (
        sheet.origin is not None
        or when is None
        or {"index", "sources", "case_code", "test_result", *EXPOSURE} & set(columns)
    ):
        return [sheet]
    if not {"name", "first_name", "phone", "person"} & set(columns) or not told_of(sheet.cells[when], has_day).any():
        return [sheet]
    for at in (at for at, heading in enumerate(sheet.headings) if is_remark(heading)):
        codes, distinct = distinct_texts(sheet.cells[at])
        told = [_meeting(text) for text in distinct]
        if not any(told):
            continue
        cells = sheet.cells.copy(deep=False)
        cells[at] = texts_of_rows([None if one else text for one, text in zip(told, distinct, strict=True)], codes)
        listed = {heading: sheet.cells[columns[name]] for name, heading in OWN.items() if name in columns}
        listed[_ON] = sheet.cells[when].str.extract(_DAY)[0]
        for place, heading in enumerate((_WHOM, KIND_HEADING, _HOURS)):
            listed[heading] = texts_of_rows([one[place] if one else None for one in told], codes)
        met = listed[_WHOM].notna().to_numpy(dtype=bool)
        texts = {h: pd.Series(own[met]).reset_index(drop=True).astype("string") for h, own in listed.items()}
        texts = {heading: own for heading, own in texts.items() if heading != _HOURS or own.notna().any()}
        contacts = sheet.with_table(texts, letter=sheet.letters[at], numbers=sheet.numbers[met], origin=None)
        return [replace(sheet, cells=cells, as_read=sheet.original), contacts]
    return [sheet]


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
