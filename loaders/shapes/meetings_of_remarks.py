"""When people of a list of contacts met the case of their row, where only a remark tells it: ``tx 23/1 lúc thu tiền``.

The day becomes the cell of its column, what else the remark says stays. The case may be called as the title calls it:
``tx ông Bảy 25/1`` below ``F1 của BN34 (ông Bảy lái xe)``. What is not sure is asked about as before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from loaders.columns.accents import CAPITALS
from loaders.columns.by_neighbours import CASE_FIELDS, EXPOSURE, by_neighbours
from loaders.columns.met_cases import SENTENCES, met_cases
from loaders.columns.references import loose
from loaders.columns.remark import is_remark
from loaders.columns.when import cases_named
from loaders.files.grid import Sheet, distinct_texts, some_of
from loaders.files.headings import PEOPLE, read_headings
from tracing.patterns import regex
from tracing.spelling import fold

_WHO: Final = frozenset({"name", "first_name", "phone"})
#: Fields that tell when people met, or a second meeting.
_WHEN: Final = frozenset({*EXPOSURE, "hours", "index_2", "contact_date_2", "last_contact_2", "level"})
_ON: Final = "Ngày tiếp xúc"
_LAST: Final = "Ngày tiếp xúc cuối"
_LAST_ONE: Final = regex(r"\b(?:cuoi|last)\b")
#: A day or an hour, and words that only say that or when people met, without accents.
_TIME: Final = regex(
    r"\d{1,2}(?:/\d{1,2}(?:/(?:20)?\d\d)?)?(?:[-–]\d{1,2}/\d{1,2})?"
    r"|\d{1,2}[hg:]\d{0,2}(?:[-–]\d{1,2}[hg:]\d{0,2})?|\W+"
)
_SAYS: Final = frozenset(
    {
        *("tx", "t/x", "tiep", "xuc", "gap", "lan", "cuoi", "cung", "ngay", "hom", "vao", "luc", "khoang"),
        *("voi", "cac"),
        *("sang", "trua", "chieu", "toi", "dem", "truc", "gan", "va", "den", "tu", "bn", "f0", "ca", "benh"),
        *("ong", "ba", "anh", "chi", "em", "co", "chu", "bac", "thay"),
    }
)
#: Stands for the case of the row in a sentence.
_CASE: Final = "bn00"
_ADDRESS: Final = r"(?:ong|ba|anh|chi|em|co|chu|bac|thay|chau|be)"
_CALLED: Final = regex(
    rf"(?i)(?<!\w)(?:ông|bà|anh|chị|em|cô|chú|bác|thầy|cháu|bé|ong|ba|chi|co|chu|bac|thay)\s+(?-i:([{CAPITALS}][^\W\d_]+))"
)
_BARE: Final = regex(r"\b(?:bn|f ?0|ca benh|ca duong tinh|benh nhan)\b(?! ?\d)")
_DAY: Final = r"\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?(?![\d/])"
#: That people met, with the day right behind it, which may be several: ``tx cuoi 23/1``, ``gap ngay 21, 23/1``.
_MET_ON: Final = regex(
    r"\b(?P<met>tx|t/x|tiep xuc|gap)(?P<words>(?: (?:truc tiep|gan|lan|cuoi|cung|ngay|hom|vao|luc|khoang|toi|sang|chieu"
    r"|trua|dem|voi|cac))*) "
    rf"(?=(?P<days>(?:\d{{1,2}}(?:/\d{{1,2}})?(?: ?(?:,|va|&|-|–|den) ?(?:ngay )?))*{_DAY}))"
)
_NOT: Final = regex(r"\b(?:khong|chua|chang|ko|k|not|never|co the|hinh nhu|co le)\b")
#: Whom a remark is about that names somebody else.
_NAME: Final = regex(rf"(?<!\w)[{CAPITALS}][^\W\d_]+ [{CAPITALS}][^\W\d_]+")
_OF_CASE: Final = regex(r"(?i)^\W*(?:là )?F\s?1(?: của| cua| of)?\s+(?P<code>BN[ .\-]?\d{2,})(?!\w)\W*")


class _Told(NamedTuple):
    """The days of a meeting as they would stand in their column, what else the remark says, and if it was the last."""

    days: str
    left: str | None
    last: bool


def with_meetings_of_remarks(sheet: Sheet) -> Sheet:
    """Return a list of contacts with the days that its remarks tell in the column of days; others as they are."""
    columns = by_neighbours(read_headings(sheet.headings, PEOPLE, {})).columns
    if "index" not in columns or not _WHO & set(columns) or CASE_FIELDS & set(columns) or sheet.origin is not None:
        return sheet
    for at in (at for at, heading in enumerate(sheet.headings) if is_remark(heading) and at not in columns.values()):
        sheet = _read(_with_case_of_remark(sheet, at, columns["index"]), at, columns["index"])
    return sheet


def _with_case_of_remark(sheet: Sheet, at: int, index: int) -> Sheet:
    """Return the sheet with the case of rows without one that their remark begins with: ``F1 BN34, tx 21/1``."""
    remarks, cases = sheet.cells[at], sheet.cells[index]
    told = remarks.str.extract(_OF_CASE.pattern, flags=re.IGNORECASE)["code"].astype("string").where(cases.isna())
    if not told.notna().any():
        return sheet
    cells = sheet.cells.copy(deep=False)
    cells[index] = cases.fillna(told)
    cells[at] = remarks.where(told.isna(), remarks.str.replace(_OF_CASE.pattern, "", n=1, regex=True, flags=re.I))
    return replace(sheet, cells=cells, as_read=sheet.original)


def _read(sheet: Sheet, at: int, index: int) -> Sheet:
    columns = by_neighbours(read_headings(sheet.headings, PEOPLE, {})).columns
    if (_WHEN - {*EXPOSURE}) & set(columns):
        return sheet
    met = sheet.cells[index]
    called = _names_in_titles(sheet) if met.nunique() == 1 else frozenset()
    _codes, distinct = distinct_texts(sheet.cells[at])
    if not any(_told(text, called) for text in some_of(distinct)):
        return sheet
    told = {text: _told(text, called) for text in distinct}
    when = [columns[name] for name in EXPOSURE if name in columns]
    free = met.notna() & sheet.cells[when].isna().all(axis=1)
    rows = zip(sheet.cells[at], met, free, strict=True)
    found: list[_Told | None] = [
        told.get(str(text)) if can and isinstance(text, str) and _is_of(text, case) else None
        for text, case, can in rows
    ]
    if not any(found):
        return sheet
    if when:
        last = columns.get("last_contact") == when[-1]
        found = [one if one is not None and one.last <= last else None for one in found]
    left = pd.Series(pd.array([None if one is None else one.left for one in found], dtype="string"))
    cells = sheet.cells.copy(deep=False)
    cells[at] = cells[at].where(np.array([one is None for one in found], dtype=bool), left)
    if when:
        cells[when[-1]] = cells[when[-1]].fillna(_column(found))
        return replace(sheet, cells=cells, as_read=sheet.original)
    out = replace(sheet, cells=cells, as_read=sheet.original)
    for heading, last in ((_ON, False), (_LAST, True)):
        days = _column([one if one is not None and one.last is last else None for one in found])
        if days.notna().any():
            out = out.with_column(heading, days, letter=sheet.letters[at], as_read=sheet.original)
    return out


def _column(found: Sequence[_Told | None]) -> pd.Series:
    return pd.Series(pd.array([None if one is None else one.days for one in found], dtype="string"))


def _is_of(text: str, case: object) -> bool:
    """Tell whether a remark names no other case than that of its row."""
    return {*map(loose, cases_named(text))} <= {*map(loose, cases_named(str(case)))}


def _names_in_titles(sheet: Sheet) -> frozenset[str]:
    """Return the short names by which the lines above a list call somebody: ``(ông Bảy lái xe)``."""
    texts = [text for line in sheet.titles for text in line.texts]
    return frozenset(fold(name) for text in texts for name in _CALLED.findall(text))


def _told(text: str, called: Collection[str]) -> _Told | None:
    """Return what the one sentence of a remark tells that says when its person met the case of the row."""
    said = fold(text)
    if len(said) != len(text) or len(text) > 400:
        return None
    found: list[_Told] = []
    begin = 0
    for end in [*(match for match in SENTENCES.finditer(said)), None]:
        stop = len(said) if end is None else end.start()
        days = None if _NAME.search(text[begin:stop]) else _days(said[begin:stop], called)
        if days is not None:
            behind = "" if end is None else text[end.start() : end.end()] + text[end.end() :]
            left = f"{text[:begin]}{_other_words(text[begin:stop], called)}{behind}".strip(" .;\n")
            found.append(_Told(days, left or None, _LAST_ONE.search(said[begin:stop]) is not None))
        begin = stop if end is None else end.end()
    return found[0] if len(found) == 1 else None


def _other_words(sentence: str, called: Collection[str]) -> str:
    """Return the words of a sentence that tell neither that nor when people met: ``lúc thu tiền``."""
    words = (word for word in sentence.split() if not _TIME.fullmatch(fold(word).strip(".,;:()")))
    kept = [word for word in words if fold(word).strip(".,;:()") not in _SAYS | set(called)]
    return " ".join(kept) if any(len(fold(word).strip(".,;:()")) > 1 for word in kept) else ""


def _days(sentence: str, called: Collection[str]) -> str | None:
    """Return the days on which a sentence without accents says that people met the case."""
    if _NOT.search(sentence):
        return None
    named = re.sub(
        rf"\b{_ADDRESS} ([a-z]+)", lambda one: _CASE if one[1] in called else one[0], _BARE.sub(_CASE, sentence)
    )
    met = _MET_ON.search(named)
    if met is not None and re.search(r",|\bva\b|&", met["days"]):
        return re.sub(r"\bva\b|&", ",", met["days"])
    named = _MET_ON.sub(lambda one: f"{one['met']} {_CASE}{one['words']} ", named, count=1)
    told = {(met.first, met.last): met for met in met_cases(named)}
    if len(told) != 1:
        return None
    (one,) = told.values()
    if one.last is None:
        return one.first
    day, _, hour = one.last.partition(" ")
    return f"{one.first} - {hour}" if hour and one.first.startswith(day) else f"{one.first} - {one.last}"
