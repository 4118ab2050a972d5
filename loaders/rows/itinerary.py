"""The itinerary of one case: rows are days and places, only the title says whose; whom it met is a list apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.by_values import WHO
from loaders.columns.looks import is_name
from loaders.files.grid import Fact, Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.questions import NOBODY, Answers, question_id
from tracing.spelling import fold

_SUBJECT: Final = "Mã BN"
_CASE: Final = re.compile(
    r"(?:ma )?(?:ca|ca benh|ca f0|f0|benh nhan|bn|truong hop)(?: so)?|case(?: id| no)?|patient(?: id)?"
)
_DAYS: Final = frozenset({"day", "visit_date", "visit_start"})
NAMED: Final = "named"
"""Said of a list that only names people whom other lists may tell more of."""
ONLY_NAMED: Final = Fact(NAMED, "yes", "title", 0, "")
"""The fact that says so."""
#: Fields of the itinerary that hold for a meeting, too -> heading under which they stand in the list of these.
_SHARED: Final = {
    "day": "Ngày tiếp xúc",
    "visit_date": "Ngày tiếp xúc",
    "hours": "Giờ",
    "place": "Nơi tiếp xúc",
}
_PARTS: Final = re.compile(r"\s*[;,\n+&]\s*|\s+(?:và|va|and|cùng|với)\s+", re.IGNORECASE)


def with_itineraries(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets; an itinerary gets a column that says whose it is, and behind it stand the people it names."""
    out: list[Sheet] = []
    for one in sheets:
        sheet, cases = _whose(one)
        out.append(sheet)
        met = None if cases is None else _met(sheet, read_headings(sheet.headings, PEOPLE, {}).columns, cases)
        out += [met] if met is not None else []
    return out


def tells_no_subject(sheet: Sheet) -> bool:
    """Tell whether a sheet is an itinerary, days and places, of nobody who is named."""
    columns = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    named = {*WHO, "phone", "national_id", "driver", "vehicle", "index"} & columns
    return sheet.origin is None and not named and "place" in columns and bool(_DAYS & columns) and len(sheet) > 0


def subject_question(sheet: Sheet) -> str:
    """Return the id of the question whose itinerary a sheet is: the same wherever the same days and places stand."""
    return question_id("whose", *(text for at in sheet.cells for text in sheet.cells[at].dropna().iloc[:50]))


def with_subject(sheet: Sheet, answers: Answers) -> Sheet:
    """Return an itinerary of nobody who is named with whom it is of, as that was answered."""
    if not tells_no_subject(sheet):
        return sheet
    said = answers.of(subject_question(sheet))
    return (
        sheet
        if said in (None, NOBODY)
        else sheet.with_column(_SUBJECT, [said] * len(sheet), letter=sheet.letters[-1], as_read=sheet.original)
    )


def _whose(sheet: Sheet) -> tuple[Sheet, pd.Series | None]:
    """Return an itinerary with a column that says whose it is, and that column; any other sheet as it is, and None."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or {*WHO, "phone"} & set(columns) or not len(sheet):
        return sheet, None
    if not _DAYS & set(columns):
        return sheet, None
    coded = (i for i, heading in enumerate(sheet.headings) if _CASE.fullmatch(fold(heading)))
    at = columns.get("index", next(coded, None))
    if at is not None and "place" in columns:
        headings = tuple(_SUBJECT if i == at else heading for i, heading in enumerate(sheet.headings))
        return replace(sheet, headings=headings), sheet.cells[at]
    cases = {fact.value for fact in sheet.facts if fact.name == "case"}
    if len(cases) != 1:
        return sheet, None
    case = next(iter(cases))
    named = sheet.with_column(_SUBJECT, [case] * len(sheet), letter=sheet.letters[-1], as_read=sheet.original)
    return named, named.cells[len(sheet.headings)]


def _met(sheet: Sheet, columns: Mapping[str, int], cases: pd.Series) -> Sheet | None:
    """Return a contact list of the people whom the itinerary names, one row for each; None without any."""
    if "people_met" not in columns:
        return None
    told = [
        (row, part)
        for row, text in enumerate(sheet.cells[columns["people_met"]])
        if isinstance(text, str)
        for part in _PARTS.split(text)
        if is_name(part)
    ]
    if not told:
        return None
    rows = [row for row, _ in told]
    made = {"Họ và tên": [name for _, name in told], "Tiếp xúc với ca": cases.iloc[rows].tolist()}
    for field, heading in _SHARED.items():
        if field in columns and heading not in made:
            made[heading] = sheet.cells[columns[field]].iloc[rows].tolist()
    return sheet.with_table(
        {heading: pd.Series(pd.array(texts, dtype="string")) for heading, texts in made.items()},
        letter=sheet.letters[columns["people_met"]],
        numbers=sheet.numbers[rows],
        facts=(*(fact for fact in sheet.facts if fact.name in ("day", "year", "month")), ONLY_NAMED),
    )
