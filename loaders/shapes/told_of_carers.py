"""What the row of a patient tells of who looks after them: a remark that calls them by kin, the days of their stay."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.days import several_days
from loaders.columns.related import read_related
from loaders.columns.remark import is_remark
from loaders.files.grid import Fact, Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.carers import END, START
from tracing.patterns import regex
from tracing.spelling import fold

CARERS: Final = "carers"
"""The fact of a list of carers that tells the heading under which the patients' list names them."""
_CARER: Final = regex(r"nguoi (?:nuoi|cham|nha)\b")
_WHOLE: Final = regex(r"(?:ca|suot|tron)(?: dot| ky| thoi gian)?(?: nam vien| dieu tri)?|toan bo|tu dau|nt|nhu tren")
_REMARK: Final = "Ghi chú"
_STARTS: Final = ("isolation_start", "visit_start")


def with_told_of_carers(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets; the list of carers behind one of patients has the remarks about them and their own days."""
    out: list[Sheet] = []
    for sheet in sheets:
        at = _names_them(out[-1], sheet) if out else None
        if at is not None:
            patients = out.pop()
            named = replace(sheet, facts=(*sheet.facts, Fact(CARERS, patients.headings[at], "list", 0, "")))
            out += _with_remarks(patients, _with_days(patients, named))
        else:
            out.append(sheet)
    return out


def is_of_carer(text: str) -> bool:
    """Tell whether a remark begins with the kin or the task of somebody: ``con dâu, nay là BN12``."""
    head = re.split(r"[,;:(]", text, maxsplit=1)[0].strip()
    found = read_related(head)
    return _CARER.match(fold(head)) is not None or (found is not None and not _of_somebody(found.of))


def _of_somebody(of: str | None) -> bool:
    """Tell whether a relation is to somebody who is named: it says then who the person of the row is."""
    return of is not None and not of.startswith(("nay ", "giờ ", "hiện ", "đã ", "sau ", "là "))


def _names_them(patients: Sheet, carers: Sheet) -> int | None:
    """Return the column of a list of patients of which another list is that of the carers."""
    at = read_headings(patients.headings, PEOPLE, {}).columns.get("carer")
    own = at is not None and carers.headings != patients.headings and set(carers.letters) == {patients.letters[at]}
    return at if own and (patients.file, patients.sheet) == (carers.file, carers.sheet) else None


def _with_remarks(patients: Sheet, carers: Sheet) -> list[Sheet]:
    """Return both lists with the remarks about the one carer of a row in the list of carers."""
    at = next((at for at, heading in enumerate(patients.headings) if is_remark(heading)), None)
    if at is None or _REMARK in carers.headings:
        return [patients, carers]
    numbers = carers.numbers.tolist()
    alone = {number for number in numbers if numbers.count(number) == 1}
    moved: dict[int, str] = {}
    kept: list[str | None] = []
    for number, text in zip(patients.numbers.tolist(), patients.cells[at], strict=True):
        parts = re.split(r"\s*;\s*", text) if isinstance(text, str) else []
        theirs = [part for part in parts if is_of_carer(part)] if number in alone else []
        if theirs:
            moved[number] = "; ".join(theirs)
        kept.append("; ".join(part for part in parts if part not in theirs) or None)
    if not moved:
        return [patients, carers]
    cells = patients.cells.copy()
    cells[at] = pd.array(kept, dtype="string")
    told = [moved.get(number) for number in numbers]
    letter = patients.letters[at]
    return [replace(patients, cells=cells, as_read=patients.original), carers.with_column(_REMARK, told, letter=letter)]


def _with_days(patients: Sheet, carers: Sheet) -> Sheet:
    """Return the list of carers with first and last day of ``9/9 - 17/9``; "cả đợt" is that of the patient."""
    if START not in carers.headings:
        return carers
    at = carers.headings.index(START)
    columns = read_headings(patients.headings, PEOPLE, {}).columns
    own = next((columns[name] for name in _STARTS if name in columns), None)
    came = {} if own is None else dict(zip(patients.numbers.tolist(), patients.cells[own], strict=True))
    ends = carers.cells[carers.headings.index(END)] if END in carers.headings else pd.Series([None] * len(carers))
    first: list[str | None] = []
    last: list[str | None] = []
    for number, text, end in zip(carers.numbers.tolist(), carers.cells[at], ends, strict=True):
        days = several_days(text) if isinstance(text, str) else []
        whole = isinstance(text, str) and _WHOLE.fullmatch(fold(text)) is not None
        first.append(days[0] if days else came.get(number) if whole else text)
        last.append(days[-1] if days else end)
    cells = carers.cells.copy()
    cells[at] = pd.array(first, dtype="string")
    carers = replace(carers, cells=cells)
    if END not in carers.headings:
        return carers.with_column(END, pd.Series(last, dtype="string"), letter=carers.letters[at])
    cells[carers.headings.index(END)] = pd.array(last, dtype="string")
    return carers
