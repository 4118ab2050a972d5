"""Lines that tell of everybody below or of a whole list that they met one case: ``Phòng 3 (có F0 BN34 – cả phòng F1)``.

``Cả xe là F1 của F0 phụ xe Lực, tiếp xúc ngày 28/8`` holds for the rows of the vehicle. Those who met the case become a
list of their own behind the list that tells where they were.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from loaders.code_words import PROVINCE_CODE
from loaders.columns.looks import is_name
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.asked_contacts import OWN
from loaders.shapes.name_cells import column_of_names, name_alone
from tracing.patterns import regex
from tracing.spelling import fold

_CODE: Final = regex(
    rf"(?i)(?<!\w)(?:(?:BN|F0|CA)[ \-.]?(?:\d{{1,3}}(?:[. ]\d{{3}}){{1,2}}|\d{{2,}})|{PROVINCE_CODE})(?!\w)"
)
#: That people met a case, without accents.
_MET: Final = regex(
    r"\bf ?1\b|\b(?:tiep xuc|tx)(?: gan)?\b|\b(?:o|song|ngu|lam(?: viec)?|di|ngoi) (?:chung|cung)\b"
    r"|\b(?:close )?contacts? of\b|\bshared (?:a |the )?(?:room|cabin|table)"
)
_NOT: Final = regex(r"\b(?:khong|chua|ko|not|never|no)\b(?! ro)")
#: That a line is about everybody of a list, at its beginning.
_ALL: Final = regex(
    r"(?:(?:ghi chu|luu y|note) ?: ?)?(?:(?:ca|toan bo|tat ca|moi|toan the)(?: moi| nhung| cac| so)?"
    r" (?:nguoi|xe|phong|lop|toa|doan|ban|nhom|to|chuyen|tau|danh sach|hanh khach|khach|hoc sinh|cong nhan|nld)\b"
    r"|(?:all|everybody|everyone|the whole)\b)"
)
_DAY: Final = r"(?<![\d/.])\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?(?![\d/])"
_SPAN: Final = regex(rf"({_DAY})\s*(?:→|->|=>|[-–—]|(?i:đến|den|tới|toi|to))\s*({_DAY})")
#: What parts the sentences of a line.
_SENTENCES: Final = regex(r"(?<=[^\W\d_])\.\s+|(?<=\d)\.\s+(?=[A-ZÀ-ỸĐ])|[;\n]\s*")
_F0: Final = regex(r"(?i)\b(?:F ?0|ca bệnh|ca benh|ca dương tính|bệnh nhân|case)\b")
_NAMED: Final = regex(
    r"(?:F ?0|ca bệnh|bệnh nhân|case)\s+(?:(?:anh|chị|ông|bà|em|cô|chú|tài xế|phụ xe|là)\s+){0,2}"
    r"((?:[A-ZÀ-ỸĐ][\wÀ-ỹ]*\s+){1,4}[A-ZÀ-ỸĐ][\wÀ-ỹ]*)"
)
_LONGEST: Final = 300
_WHOM, _ON, _FIRST, _LAST = "Tiếp xúc với ca", "Ngày tiếp xúc", "Ngày tiếp xúc đầu tiên", "Ngày tiếp xúc cuối cùng"


class _Meeting(NamedTuple):
    case: str
    words: frozenset[str]
    first: str | None
    last: str | None


def with_those_together(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets, and behind each one that such lines are about the list of those who met the case."""
    return [part for sheet in sheets for part in (sheet, *_met(sheet))]


def _met(sheet: Sheet) -> list[Sheet]:
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    at = column_of_names(columns)
    if sheet.origin is not None or at is None or not len(sheet) or {"index", "sources", "case_code"} & set(columns):
        return []
    whole = [told for line in (*sheet.titles, *sheet.notes) if (told := _of_all(line.text, sheet)) is not None]
    meetings: list[_Meeting | None] = [whole[0] if len(whole) == 1 else None] * len(sheet)
    if sheet.sections is not None:
        codes, texts = distinct_texts(sheet.sections)
        groups = _of_groups(sheet, texts)
        below = [*(_of_section(text, sheet) or groups.get(text) for text in texts), None]
        meetings = [below[code] or one for code, one in zip(codes.tolist(), meetings, strict=True)]
    rows = [row for row, one in enumerate(meetings) if one is not None and not _is_of_case(sheet, row, at, one)]
    if not rows:
        return []
    found = [one for row in rows if (one := meetings[row]) is not None]
    out = {
        heading: sheet.cells[columns[f]].iloc[rows].reset_index(drop=True) for f, heading in OWN.items() if f in columns
    }
    out[_WHOM] = pd.Series([one.case for one in found], dtype="string")
    spans = any(one.last for one in found)
    out[_FIRST if spans else _ON] = pd.Series([one.first for one in found], dtype="string")
    if spans:
        out[_LAST] = pd.Series([one.last or one.first for one in found], dtype="string")
    facts = tuple(fact for fact in sheet.facts if fact.name in ("year", "month"))
    more = {"facts": facts, "titles": ()}
    return [sheet.with_table(out, letter=sheet.letters[at], numbers=sheet.numbers[rows], origin=None, **more)]


def _of_all(text: str, sheet: Sheet) -> _Meeting | None:
    """Return whom everybody of a list met, as a sentence of a line about it says."""
    if len(text) > _LONGEST:
        return None
    told = [
        one for part in _SENTENCES.split(text) if _ALL.match(fold(part).strip(" -–*(")) and (one := _told(part, sheet))
    ]
    return told[0] if len(told) == 1 else None


def _of_groups(sheet: Sheet, sections: Sequence[str]) -> dict[str, _Meeting]:
    """Return whom those of each section met, as a line about the list says: ``Hàng trái đều là F1, tiếp xúc 30/8``."""
    lines = [line.text for line in (*sheet.titles, *sheet.notes) if len(line.text) <= _LONGEST]
    codes = {re.sub(r"[ .\-]", "", code[0]).upper() for text in lines for code in _CODE.finditer(text)}
    out: dict[str, _Meeting] = {}
    heads = re.compile("|".join(re.escape(fold(one)) for one in sections))
    for text in lines:
        if not heads.sub("", fold(text)).strip():
            continue  # the heads of sections beside each other, which say nothing of one another's people
        for part in _SENTENCES.split(text):
            said = fold(part)
            named = [
                one
                for one in sections
                if not re.search(r"\d", one) and re.search(rf"(?<!\w){re.escape(fold(one))}(?!\w)", said)
            ]
            if not named or not _MET.search(said) or _NOT.search(said) or len(codes) != 1:
                continue
            days, words = re.findall(_DAY, part), frozenset(re.findall(r"[^\W\d_]+", fold(text)))
            met = _Meeting(next(iter(codes)), words, days[0] if len(days) == 1 else None, None)
            out |= dict.fromkeys(named, met)
    return out


def _of_section(text: str, sheet: Sheet) -> _Meeting | None:
    return None if len(text) > _LONGEST else _told(text, sheet)


def _told(text: str, sheet: Sheet) -> _Meeting | None:
    """Return the one case that a text says people met, and when."""
    said = fold(text)
    if not _MET.search(said) or not _F0.search(_CODE.sub("F0", text)) or _NOT.search(said):
        return None
    codes = {re.sub(r"[ .\-]", "", code[0]).upper() for code in _CODE.finditer(text)}
    named = {match[1] for match in _NAMED.finditer(text) if is_name(match[1])}
    if not codes and not named:
        lines = " ".join(line.text for line in (*sheet.titles, *sheet.notes))
        codes = {re.sub(r"[ .\-]", "", code[0]).upper() for code in _CODE.finditer(lines)}
    if len(codes) > 1 or (not codes and len(named) != 1):
        return None
    span, days = _SPAN.search(text), re.findall(_DAY, text)
    first, last = (span[1], span[2]) if span and len(days) == 2 else (days[0] if len(days) == 1 else None, None)
    words = frozenset(re.findall(r"[^\W\d_]+", said))
    return _Meeting(codes.pop() if codes else named.pop(), words, first, last)


def _is_of_case(sheet: Sheet, row: int, at: int, met: _Meeting) -> bool:
    """Tell whether a row is that of the case itself: by its code, or called a case and named as the line does."""
    cells = [text for text in sheet.cells.iloc[row] if isinstance(text, str)]
    if any(re.sub(r"[ .\-]", "", code[0]).upper() == met.case for text in cells for code in _CODE.finditer(text)):
        return True
    name = sheet.cells[at].iloc[row]
    if not isinstance(name, str) or not any(re.search(r"(?i)\bF ?0\b", text) for text in cells):
        return False
    last = fold(re.sub(r"\([^()]*\)", " ", name_alone(name))).split()[-1:]
    return bool(last) and last[0] in met.words
