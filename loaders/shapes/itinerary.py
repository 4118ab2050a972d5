"""The itinerary of one case: rows are days and places, only the title says whose; whom it met is a list apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.by_words import WHO
from loaders.columns.diary import read_diary
from loaders.columns.looks import is_name
from loaders.columns.person_line import NAME, PHONE, YEAR, people_of_line
from loaders.columns.references import is_answer
from loaders.files.grid import Fact, Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.labelled import SUBJECT
from loaders.questions import NOBODY, Answers, question_id
from tracing.patterns import regex
from tracing.spelling import fold

_SUBJECT: Final = "Mã BN"
_CASE: Final = regex(
    r"(?:ma |cac )?(?:ca|ca benh|ca f0|f0|benh nhan|bn|truong hop)(?: so| lien quan| co mat| ghe den| da den)?"
    r"|(?:related |linked )?cases?(?: ids?| no)?|patient(?: id)?"
)
_DAYS: Final = frozenset({"day", "visit_date", "visit_start", "moment"})
_CODES: Final = regex(r"\s*[,;/+&\n]\s*|\s+(?:và|va|and)\s+")
_CODE: Final = regex(r"(?i)(?:BN|F0|CA)[ \-.]?\d{2,}")
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
_PHONE: Final = regex(r"(?i)(?:\b(?:đt|sđt)\s*:?\s*)?(?<!\d)(?:\+?84|0)(?:[ .\-]?\d){9}(?!\d)")
_BRACKETS: Final = regex(r"\([^)]{0,200}\)")
_PARTS: Final = regex(r"\s*[;,\n+&](?![^()]{0,120}\))\s*|\s+(?:và|va|and|cùng|với)\s+(?![^()]{0,120}\))", re.IGNORECASE)
#: A code of a case with the name behind it: ``BN34 Trần Văn Tư``, ``BN34 - Trần Văn Tư``.
_CODE_AND_NAME: Final = regex(r"(?i)((?:BN|F0|CA)[ \-.]?\d{2,})(?:\s*[-–:]\s*|\s+|\s*\()([^\d()]{3,60})\)?")
#: A code of a case behind a name.
_CASE_BEHIND: Final = regex(r"(?i)[(\[]?\s*((?:BN|F0)[ \-.]{0,2}\d[\d.]*\d)\s*[)\]]?")
#: So many words may stand before a name.
_MOST_BEFORE: Final = 8
_BORN: Final = regex(r"(?<!\d)(?:19[2-9]\d|20[0-2]\d)(?!\d)")


def with_itineraries(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets; an itinerary gets a column that says whose it is, and behind it stand the people it names."""
    out: list[Sheet] = []
    of: str | None = None
    for one in sheets:
        sheet, cases = _whose(one)
        met = _met_by_driver(sheet) if cases is None else None
        if cases is not None:
            met = _met(sheet, read_headings(sheet.headings, PEOPLE, {}).columns, cases)
        if cases is not None and cases.nunique() == 1:
            of = str(cases.iloc[0])
        elif of is not None and sheet.part > 1 and sheet.fact("list_of") == "contacts" and sheet.fact("case") is None:
            sheet = replace(sheet, facts=(*sheet.facts, Fact(SUBJECT, of, "title", 0, "")))  # of the form above it
        out += [sheet] if met is None else [met[0], met[1]]
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
    """Return an itinerary of nobody who is named with whom it is of: of whom the form above it is, else as answered."""
    if not tells_no_subject(sheet):
        return sheet
    said = answers.of(subject_question(sheet)) or sheet.fact(SUBJECT)
    if said in (None, NOBODY):
        return sheet
    one = _named(said)
    of = {} if one is None else dict(zip(("Họ và tên", "SĐT", "Năm sinh"), one, strict=True))
    told = {heading: text for heading, text in of.items() if text is not None} or {_SUBJECT: said}
    for heading, text in told.items():
        sheet = sheet.with_column(heading, [text] * len(sheet), letter=sheet.letters[-1], as_read=sheet.original)
    return sheet if _SUBJECT in told else replace(sheet, facts=(*sheet.facts, ONLY_NAMED))


def _whose(sheet: Sheet) -> tuple[Sheet, pd.Series | None]:
    """Return an itinerary with a column that says whose it is, and that column; any other sheet as it is, and None."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or {*WHO, "phone"} & set(columns) or not len(sheet):
        return sheet, None
    if not _DAYS & set(columns) or (sheet.fact("driver") is not None and read_diary(sheet, {}) is not None):
        return sheet, None  # a diary is of the vehicle: its driver, who may be a case, is known from the title
    coded = (i for i, heading in enumerate(sheet.headings) if _CASE.fullmatch(fold(heading)))
    at = columns.get("index", next(coded, None))
    if at is not None and "place" in columns:
        headings = tuple(_SUBJECT if i == at else heading for i, heading in enumerate(sheet.headings))
        named = _one_case_a_row(_codes_alone(replace(sheet, headings=headings), at), at)
        return named, named.cells[at]
    cases = {fact.value for fact in sheet.facts if fact.name == "case"}
    if len(cases) != 1:
        return sheet, None
    case = next(iter(cases))
    named = sheet.with_column(_SUBJECT, [case] * len(sheet), letter=sheet.letters[-1], as_read=sheet.original)
    return named, named.cells[len(sheet.headings)]


def _codes_alone(sheet: Sheet, at: int) -> Sheet:
    """Return the sheet with the codes of a column without the names behind them, where all its cells are so."""
    texts = sheet.cells[at].dropna()
    parts = [_CODE_AND_NAME.fullmatch(text.strip()) or _CODE.fullmatch(text.strip()) for text in texts.unique()]
    if not len(texts) or not all(parts):
        return sheet
    cells = sheet.cells.copy(deep=False)
    cells[at] = (
        cells[at].str.extract(rf"^\s*({_CODE.pattern.removeprefix('(?i)')})", flags=re.IGNORECASE)[0].astype("string")
    )
    return replace(sheet, cells=cells, as_read=sheet.original)


def _one_case_a_row(sheet: Sheet, at: int) -> Sheet:
    """Return the sheet with a row for each case of a cell that names several, ``BN34, BN35``."""
    told = [_CODES.split(text.strip()) if isinstance(text, str) else [text] for text in sheet.cells[at]]
    if not any(len(codes) > 1 for codes in told):
        return sheet
    if not all(isinstance(code, str) and _CODE.fullmatch(code) for codes in told if len(codes) > 1 for code in codes):
        return sheet
    rows = [row for row, codes in enumerate(told) for _code in codes]
    return sheet.with_rows_of(rows, {at: [code for codes in told for code in codes]})


def _met(sheet: Sheet, columns: Mapping[str, int], cases: pd.Series) -> tuple[Sheet, Sheet] | None:
    """Return the itinerary and the contact list of the people whom it names, one row for each; None without any.

    The itinerary keeps of the column of people what names nobody: it is asked about.
    """
    at = columns.get("people_met")
    if at is None:
        return None
    told: list[tuple[int, tuple[str | None, ...]]] = []
    rest: list[str | None] = []
    for row, text in enumerate(sheet.cells[at]):
        people, left = _people_in(text) if isinstance(text, str) and not is_answer(text) else ([], None)
        told += [(row, one) for one in people]
        rest.append(left)
    if not told:
        return None
    rows = [row for row, _ in told]
    made = {"Họ và tên": [one[0] for _, one in told], "Tiếp xúc với ca": cases.iloc[rows].tolist()}
    for which, heading in enumerate(("SĐT", "Năm sinh", _SUBJECT), 1):
        if any(one[which] for _, one in told):
            made[heading] = [one[which] for _, one in told]
    for field, heading in _SHARED.items():
        if field in columns and heading not in made:
            made[heading] = sheet.cells[columns[field]].iloc[rows].tolist()
    listed = sheet.with_table(
        {heading: pd.Series(pd.array(texts, dtype="string")) for heading, texts in made.items()},
        letter=sheet.letters[at],
        numbers=sheet.numbers[rows],
        facts=(*(fact for fact in sheet.facts if fact.name in ("day", "year", "month")), ONLY_NAMED),
    )
    cells = sheet.cells.copy(deep=False)
    cells[at] = pd.array(rest, dtype="string")
    return replace(sheet, cells=cells, as_read=sheet.original), listed


def _met_by_driver(sheet: Sheet) -> tuple[Sheet, Sheet] | None:
    """Return a diary whose driver is a case and the list of those whom the driver met; None of any other sheet."""
    code, diary = sheet.fact("driver_code"), read_diary(sheet, {})
    if code is None or diary is None or sheet.origin is not None or not len(sheet):
        return None
    columns = dict(diary.columns)
    if {"came", "left"} <= columns.keys() and "hours" not in columns:
        came, left = (sheet.cells[columns[name]] for name in ("came", "left"))
        hours = (came + " - " + left).fillna(came).astype("string")
        sheet = sheet.with_column(
            _SHARED["hours"], hours, letter=sheet.letters[columns["came"]], as_read=sheet.original
        )
        met = _met(sheet, {**columns, "hours": len(sheet.headings) - 1}, pd.Series([code] * len(sheet), dtype="string"))
        return None if met is None else (met[0].without_columns([len(sheet.headings) - 1]), met[1])
    return _met(sheet, columns, pd.Series([code] * len(sheet), dtype="string"))


def _people_in(text: str) -> tuple[list[tuple[str | None, ...]], str | None]:
    """Return name, telephone, year of birth and code of each person of a cell, and what of it names nobody."""
    named = [(part, _named(part)) for part in _PARTS.split(text)]
    parts: list[tuple[str | None, ...]] = [(*one, None) for _, one in named if one is not None]
    begun = _from_name(text)
    lines = people_of_line(_CASE_BEHIND.sub(" ", begun))
    if len(lines) >= max(len(parts), 1) and all(one.get(NAME) and {YEAR, PHONE} & one.keys() for one in lines):
        codes = [re.sub(r"\W", "", code) for code in _CASE_BEHIND.findall(begun)]
        code = codes[0] if len(codes) == len(lines) == 1 else None
        return [(one[NAME], one.get(PHONE), one.get(YEAR), code) for one in lines], None
    return parts, ", ".join(part for part, one in named if one is None) or None


def _from_name(text: str) -> str:
    """Return a text from the first full name on, where only words in small letters stand before: ``ăn cơm với …``."""
    words = text.split(" ")
    capital = [word[:1].isupper() for word in words]
    at = next((i for i in range(len(words) - 1) if capital[i] and capital[i + 1]), 0)
    small = at <= _MOST_BEFORE and all(word.isalpha() and word == word.lower() for word in words[:at])
    return " ".join(words[at:]) if small else text


def _named(part: str) -> tuple[str, str | None, str | None] | None:
    """Return name, telephone number and year of birth of a part of a cell: ``Lê Văn Tư (chủ tiệm) 0909…``."""
    phone = _PHONE.search(part)
    rest = _PHONE.sub(" ", part)
    born = _BORN.search(rest)
    name = _BORN.sub(" ", _BRACKETS.sub(" ", rest)).strip(" .:-–")
    number, year = (None if match is None else match[0].strip() for match in (phone, born))
    return (name, number, year) if is_name(name) else None
