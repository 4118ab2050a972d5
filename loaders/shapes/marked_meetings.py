"""A column that asks how each met the one case of a list, and answers in words: ``F1: ngồi cùng bàn``, ``Không``.

The case is the one that the heading or the title names; of whom the cell says how or when, it becomes columns. Who says
no, and the case itself, met nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import pandas as pd

from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.looks import is_name, tells_how
from loaders.columns.meetings import DENIES, DOUBTS, read_days
from loaders.files.grid import Fact, Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.trees import PARENT
from loaders.shapes.asked_contacts import OWN, tells_of_title
from loaders.shapes.case_facts import CODE, NAME
from loaders.shapes.matrix import OPEN
from loaders.shapes.named_cases import named_cases
from loaders.shapes.split_cells import texts_of_rows
from loaders.shapes.titled import KIND_HEADING, MET_APART
from tracing.patterns import regex
from tracing.spelling import clean_name, fold, same_name

_CASE: Final = regex(r"(?i)(?<!\w)(?:BN|F0|CA)[ \-.]?\d{2,}(?!\w)")
#: What a heading asks of everybody: how or where they were beside the case that it names.
_ASKS: Final = regex(
    r"\b(?:tiep xuc|t\.? ?xuc|t[./]?x|gap|ngoi|dung|lam|cung|chung|gan|canh|met|contact"
    r"|ra soat|(?:dien|la|doi tuong) f ?1|f ?1 (?:cua|of))\b"
)
#: That it asks who is a contact: below it, too, marks alone tell it, of the day on which each was there.
_F1_OF: Final = regex(r"\bf ?1 (?:cua|of)\b|\bra soat\b")
#: That it asks about the one case of the list, which it does not name: ``Làm chung ca với F0 › ngày gần nhất``.
_TOGETHER: Final = regex(
    r"\b(?:lam|hoc|an|ngoi|o|di|uong|dung|choi|hop)(?: \w+){0,2}? (?:cung|chung|gan|canh)(?: \w+){0,2} (?:voi )?"
    r"(?:f ?0|ca benh|ca duong tinh|benh nhan|bn)\b(?: ?[›:,(-] ?[a-z ]{0,30})?\)?$"
)
#: The same of a case that it calls by a short name, without accents: ``tx voi em khang``, ``met khang``.
_ASKS_NAMED: Final = regex(
    r"(?:(?:co|da|ngay|lan cuoi|thoi gian|cach|how|date|day)(?: [a-z]+)? )?"
    r"(?:tiep xuc|t\.? ?xuc|t[./]?x|gap|ngoi(?: gan| cung| canh)?|cung|chung|gan|canh|met|contact)(?: gan| truc tiep)?"
    r"(?: (?:voi|cung|with))?(?: (?:f ?0|ca benh|ca duong tinh|bn|benh nhan|case))?"
    r"(?: (?:em|anh|chi|ong|ba|be|chau|ban|co|thay|chu|bac|hs|mr|mrs|ms))?"
    r" (?P<name>[a-z]{2,}(?: [a-z]{2,}){0,4})(?: ?\(.{0,20}\))?"
)
_LATEST: Final = regex(r"\b(?:gan nhat|cuoi)\b")
_SELF: Final = regex(r"(?:f ?0|ca (?:benh|duong tinh|f ?0)|bn|benh nhan|chinh (?:ca|em|nguoi) nay)\W*")
_NO: Final = regex(r"(?:khong|ko|k|no|none|[-0])(?: (?:co|tx|tiep xuc|gap|gan|ngoi gan|cung \w+|chung \w+|f ?0))*\W*")
#: That somebody did not meet the case, and why or where they were behind it.
_NO_BUT: Final = regex(r"(?:khong|ko|no)(?: phai| la)?(?: f ?[12])?\s*[,;:.(–-].*", re.DOTALL)
_YES: Final = regex(r"(?:co|x|yes|v|f ?1)\W*")
#: That it is not known whether or when somebody met the case, without accents.
_NOT_KNOWN: Final = regex(
    r"(?:khong|chua|ko|k) (?:ro|nho|biet|chac|xac dinh|xac minh)(?: (?:ro|ngay|gio|chac|duoc|lam)){0,3}\W*"
    r"|not (?:sure|known)|unknown|\?+"
)
_DAY: Final = regex(r"(?:ngay )?\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?")
_NAMES: Final = regex(r"(?:anh|chị|ông|bà|em|cô|chú|bác|bạn|cháu|bé|thầy)\s+[A-ZÀ-ỸĐ]")
_F1: Final = regex(r"(?i)^\s*F\s?1\b\s*[:,–-]?\s*")
_ON, _ON_LAST, _CODE, _WHOM = "Ngày tiếp xúc", "Ngày tiếp xúc cuối", "Mã", "Tiếp xúc với ca"
#: Fields of the hours at which each came to where the list is of, and headings of that, without accents.
_HOURS: Final = frozenset({"visit_start", "visit_end", "hours", "from_time", "to_time"})
_WAS_THERE: Final = regex(
    r"(?:thoi gian|ngay|gio|luc|time|day)(?: gio| va gio)? (?:(?:tham |den )?du|co mat|tham gia|(?:den )?vieng|attended"
    r"|present)(?: (?:le|tiec|dam \w+))?"
)
_LONGEST: Final = 80


class _Meeting(NamedTuple):
    """How and when somebody met the case, neither of who did not; and whether somebody is the case itself (``own``).

    ``unread`` is a cell that may tell of somebody else, ``open`` one that leaves it open whether they met at all.
    """

    met: bool
    kind: str | None = None
    day: str | None = None
    own: bool = False
    unread: str | None = None
    open: str | None = None


def with_meetings_marked(sheet: Sheet) -> list[Sheet]:
    """Return a list of people with the case, the day and the words of such a column as columns.

    Behind one that tells the hours at which each came, that is a list of its own, of those who met the case.
    """
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not {"name", "first_name", "phone", "person"} & set(columns):
        return [sheet]
    used = {at for name, at in columns.items() if name not in ("index", "kind")}
    for at, heading in enumerate(sheet.headings):
        case = None if at in used else _case_of(sheet, heading)
        if case is None:
            continue
        _codes, distinct = distinct_texts(sheet.cells[at])
        told = [_meeting(text, case) for text in distinct]
        marks = (
            _F1_OF.search(fold(heading)) is not None and _HOURS & set(columns) and {"day", "visit_date"} & set(columns)
        )
        some = sum(one is not None and bool(one.kind or one.day or (marks and one.met)) for one in told)
        if not some or 2 * sum(one is None for one in told) > some:
            continue
        said = [one or _Meeting(met=False, unread=text) for one, text in zip(told, distinct, strict=True)]
        if _HOURS & set(columns) or any(_WAS_THERE.fullmatch(fold(told)) for told in sheet.headings):
            return _apart(_with_code(sheet, columns, at, case, said), columns, at, case, said)
        return [_with_columns(_with_code(sheet, columns, at, case, said), columns, at, case, said)]
    return [sheet]


def _case_of(sheet: Sheet, heading: str) -> str | None:
    """Return the case that a heading asks about: the one that it names, else that of the title."""
    named = {re.sub(r"[ \-.]", "", code) for code in _CASE.findall(heading)}
    if not named:
        titled = {fact.value for fact in sheet.facts if fact.name == "case" and fact.source == "title"}
        asked = tells_of_title(heading) or _TOGETHER.search(fold(heading)) is not None
        named = titled if asked or (len(titled) == 1 and _calls(sheet, heading, *titled)) else set()
    return named.pop() if len(named) == 1 and _ASKS.search(fold(heading)) else None


def _calls(sheet: Sheet, heading: str, case: str) -> bool:
    """Tell whether a heading asks about the case of a title by the name that stands there: ``TX với em Khang``."""
    match = _ASKS_NAMED.fullmatch(fold(heading))
    if match is None:
        return False
    beside = re.compile(rf"\b{re.escape(match['name'])}\W{{1,4}}(?:\w+ ?\W?){{0,3}}{re.escape(fold(case))}\b")
    behind = re.compile(rf"\b{re.escape(fold(case))}\W{{1,4}}(?:[a-z]+ ){{0,5}}{re.escape(match['name'])}\b")
    return any(beside.search(said) or behind.search(said) for said in (fold(line.text) for line in sheet.titles))


def _meeting(text: str, case: str) -> _Meeting | None:
    """Return what a cell tells; None where it names somebody, or may."""
    said = fold(text).strip()
    own = _SELF.fullmatch(said) is not None or re.sub(r"[ .\-]", "", said) in (fold(case), f"la{fold(case)}")
    if own or _NO.fullmatch(said):
        return _Meeting(met=False, own=own)
    if _YES.fullmatch(said) or _DAY.fullmatch(said):
        return _Meeting(met=True, day=None if _YES.fullmatch(said) else text.strip())
    if _NOT_KNOWN.fullmatch(said):
        return _Meeting(met=True, open=text.strip())
    words = _F1.sub("", text).strip()
    tiered = words != text.strip()
    if len(text) > _LONGEST or _CASE.search(text) or is_name(words) or _NAMES.match(words) or DOUBTS.search(said):
        return None
    when = read_days(words)
    if when is None or (when.hours is not None and "-" in when.hours):
        return None
    if DENIES.search(said) or _NO_BUT.fullmatch(said):
        return _Meeting(met=False, kind=text.strip()) if when.days is None else None
    day = when.days if when.hours is None else f"{when.days} {when.hours}"
    kind = re.sub(r"\s+", " ", when.rest).strip(" ,;.-–:")
    if not tiered and kind and " " not in kind and not tells_how(kind):
        return None  # one word may be a name
    return _Meeting(met=True, kind=kind or None, day=day)


def _with_code(sheet: Sheet, columns: Mapping[str, int], at: int, case: str, told: Sequence[_Meeting]) -> Sheet:
    """Return the sheet with the code of the case beside the one row that is the case itself."""
    own = texts_of_rows([case if one.own else None for one in told], distinct_texts(sheet.cells[at])[0])
    if own.notna().sum() != 1 or {"person", "case_code"} & set(columns) or not _has_name(sheet, columns, case, own):
        return sheet
    return sheet.with_column(_CODE, own, letter=sheet.letters[at])


def _has_name(sheet: Sheet, columns: Mapping[str, int], case: str, own: pd.Series) -> bool:
    """Tell whether the row of the case has the name by which the title calls that case, if it does."""
    called = [told.get(NAME) for line in sheet.titles for told in named_cases(line.text) if told[CODE] == case]
    names = sheet.cells[columns["name"]][own.notna().to_numpy()].dropna().tolist() if "name" in columns else []
    return not names or not any(called) or any(same_name(clean_name(names[0]), name) for name in called if name)


def _with_columns(sheet: Sheet, columns: Mapping[str, int], at: int, case: str, told: Sequence[_Meeting]) -> Sheet:
    codes, _ = distinct_texts(sheet.cells[at])
    cells = sheet.cells.copy(deep=False)
    cells[at] = texts_of_rows([one.kind for one in told], codes)
    headings = tuple(KIND_HEADING if i == at else heading for i, heading in enumerate(sheet.headings))
    out = replace(sheet, headings=headings, cells=cells, as_read=sheet.original)
    met = texts_of_rows([case if one.met else one.unread for one in told], codes)
    out = out.with_column(PARENT, met, letter=sheet.letters[at])
    if any(one.open for one in told):
        out = out.with_column(OPEN, texts_of_rows([one.open for one in told], codes), letter=sheet.letters[at])
    if any(one.day for one in told) and not set(EXPOSURE) & set(columns):
        on = _ON_LAST if _LATEST.search(fold(sheet.headings[at])) else _ON
        out = out.with_column(on, texts_of_rows([one.day for one in told], codes), letter=sheet.letters[at])
    return out


def _apart(sheet: Sheet, columns: Mapping[str, int], at: int, case: str, told: Sequence[_Meeting]) -> list[Sheet]:
    codes, _ = distinct_texts(sheet.cells[at])
    met = texts_of_rows([case if one.met else one.unread for one in told], codes)
    yes = met.notna().to_numpy(dtype=bool)
    day = sheet.fact("day")
    unsure = texts_of_rows([one.open for one in told], codes)
    days = texts_of_rows([one.day for one in told], codes)
    own = next((columns[name] for name in ("visit_date", "day") if name in columns), None)
    days = days if own is None else days.fillna(sheet.cells[own])
    days = days.fillna(day if day and len(day) == 10 else pd.NA)
    days = days.mask(unsure.notna())
    listed = {heading: sheet.cells[columns[name]] for name, heading in OWN.items() if name in columns}
    listed |= {_WHOM: met, KIND_HEADING: texts_of_rows([one.kind for one in told], codes)}
    listed |= {_ON: days} if days[yes].notna().any() else {}
    listed |= {OPEN: unsure} if unsure.notna().any() else {}
    texts = {heading: cells[yes].reset_index(drop=True).astype("string") for heading, cells in listed.items()}
    contacts = sheet.with_table(texts, letter=sheet.letters[at], numbers=sheet.numbers[yes], origin=None)
    facts = (*sheet.facts, Fact(MET_APART, "yes", "title", 0, ""))
    return [replace(sheet.without_columns([at]), facts=facts), contacts]
