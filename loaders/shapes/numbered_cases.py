"""Cases of a list whom its remarks call by their number in it, ``Vợ BN số 1``: a list of contacts behind it.

A remark that says how or when they met tells that, too. What is denied, in doubt, or only near stays in the remark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from loaders.columns.by_neighbours import CASE_FIELDS, EXPOSURE
from loaders.columns.meetings import DENIES, DOUBTS, read_days
from loaders.files.body import NUMBERING
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.met_at_visits import LAST, ON, WHOM, with_contacts_behind
from loaders.shapes.split_cells import texts_of_rows
from loaders.shapes.titled import KIND_HEADING
from tracing.patterns import regex
from tracing.spelling import fold

#: Cases by their numbers in the list, without accents: ``bn so 1``, ``bn 1 va 2``, ``ca so 3``.
_NUMBERED: Final = regex(
    r"\b(?:(?:bn|benh nhan)(?: so| stt)? ?|(?:f ?0|ca(?: benh)?|truong hop) (?:so|stt) ?)"
    r"(?P<first>\d{1,3})(?P<more>(?:(?: ?[,&+] ?| va )(?:(?:bn|f ?0|ca|benh nhan) ?)?(?:so |stt )?\d{1,3}(?![\d/]))*)"
    r"(?![\d/])(?! ?(?:(?:lan|nguoi|tuan|mui|gio|h|ca|met|m|buoi|dem|tuoi)\b|(?:ngay|thang|nam)\b(?! ?\d)))"
)
#: Who lives with a case, right before it.
_OF_HOME: Final = regex(
    r"(?:^|\bla )\W*(?:vo|chong|con|me|ma|cha|bo|ba)(?: (?:trai|gai|ruot|de|dau|re|lon|nho|chong|vo))*(?: cua)?\W*$"
)
#: That somebody met the case that follows.
_MET: Final = regex(
    r"\b(?:f ?1|tx|tiep xuc|gap|(?:an|ngu|lam(?: viec)?|di|uong|ngoi|nhau|choi) (?:cung|chung|voi|canh|gan)"
    r"|(?:o|song) (?:cung|chung|voi)"
    r"|cung (?:nha|phong|buong|tau|ghe|xe|chuyen|ban|mam|lop)|cham soc|nuoi|lay(?: benh| nhiem)? tu)\b[^,;.]{0,30}$"
)
_CLAUSES: Final = regex(r"\s*[;\n]\s*|[,.]\s+")
_LONGEST: Final = 400


class _Told(NamedTuple):
    """Whom a remark says that somebody met, how, on which day or until which, and the rest of the remark."""

    whom: str
    how: str
    on: str | None
    last: str | None
    rest: str | None


def with_numbered_cases_met(sheet: Sheet) -> list[Sheet]:
    """Return a list of cases, and behind it whom of them the others met, as remarks tell by their numbers."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    known = {"index", "sources", "case_code", "person", *EXPOSURE} & set(columns)
    if sheet.origin is not None or known or not CASE_FIELDS & set(columns) or "name" not in columns:
        return [sheet]
    called = _by_number(sheet, columns)
    for at in range(len(sheet.headings)) if called else ():
        if at in columns.values():
            continue
        codes, distinct = distinct_texts(sheet.cells[at])
        told = [_told(text, called) for text in distinct]
        if any(told):
            left = [one.rest if one else text for one, text in zip(told, distinct, strict=True)]
            made = {
                heading: texts_of_rows([one[place] if one else None for one in told], codes)
                for place, heading in enumerate((WHOM, KIND_HEADING, ON, LAST))
            }
            return with_contacts_behind(sheet, columns, at, texts_of_rows(left, codes), made)
    return [sheet]


def _by_number(sheet: Sheet, columns: Mapping[str, int]) -> dict[int, str]:
    """Return number -> the name and the year of the case that a list gives it; none of a list without numbers."""
    at = next((at for at, heading in enumerate(sheet.headings) if fold(heading).strip() in NUMBERING), None)
    if at is None or not sheet.cells[at].str.fullmatch(r"\d{1,3}").fillna(True).all():
        return {}
    years = sheet.cells[columns["birth_year"]] if "birth_year" in columns else [None] * len(sheet)
    rows = zip(sheet.cells[at], sheet.cells[columns["name"]], years, strict=True)
    return {
        int(number): f"{name} ({year})" if isinstance(year, str) else name
        for number, name, year in rows
        if isinstance(number, str) and isinstance(name, str)
    }


def _told(text: str, called: Mapping[int, str]) -> _Told | None:
    """Return what the one clause of a remark tells that says which cases of the list its person met."""
    clauses = _CLAUSES.split(text.strip(" .")) if len(text) <= _LONGEST else []
    found = [(at, one) for at, clause in enumerate(clauses) if (one := _met(clause, called)) is not None]
    if len(found) != 1:
        return None
    ((at, told),) = found
    return told._replace(rest="; ".join(part for i, part in enumerate(clauses) if i != at) or None)


def _met(clause: str, called: Mapping[int, str]) -> _Told | None:
    said = fold(clause)
    match = _NUMBERED.search(said)
    if match is None or len(said) != len(clause) or DENIES.search(said) or DOUBTS.search(said):
        return None
    numbers = [int(match["first"]), *map(int, re.findall(r"\d+", re.sub(r"f ?0", " ", match["more"])))]
    before = said[: match.start()]
    if not set(numbers) <= set(called) or not (_OF_HOME.search(before) or _MET.search(before)):
        return None
    when = read_days(f"{clause[: match.start()]} {clause[match.end() :]}")
    if when is None:
        return None
    on, last = (None, when.days) if when.until else (when.days, None)
    how = re.sub(r"\s+", " ", when.rest).strip(" ,;.-–:")
    return _Told("; ".join(called[number] for number in numbers), how, on=on, last=last, rest=None)
