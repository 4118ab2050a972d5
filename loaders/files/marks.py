"""Columns of marks: the two sexes beside each other or one alone, results, the lines of a rapid test."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from tracing.patterns import regex
from tracing.spelling import fold

_BORN: Final = regex(r"(?:\d{1,2}[-/.]){0,2}\d{2,4}|\d{4}-\d{2}-\d{2}.*|\d{1,3}\s*(?:t|tuổi)", re.IGNORECASE)
_AGE: Final = regex(r"(?:\d{1,3}|(?:19|20)\d\d)(?:\.0)?\s*(?:t|tuổi|tháng|th)?\b.{0,10}", re.IGNORECASE)
_MARK: Final = regex(r"[xX✓✔vV1+]")
_ONE_SEX: Final = regex(
    r"(?:(?:gioi tinh|phai|sex|gender)\W{0,3})?(?P<sex>nam|nu|male|female)(?:\W{1,4}(?:danh dau |ghi )?x)?\W{0,2}"
)
YEAR_HEADING: Final = "Năm sinh"
SEX_HEADING: Final = "Giới tính"


RESULT_HEADING: Final = "Kết quả"
#: The two lines of a rapid test, without accents.
_LINE: Final = regex(r"(?:.* › )?(?:vach|line) (?P<line>[ct])(?: \(.*\))?")
_RESULTS: Final = {
    "âm tính": ("am tinh", "am", "negative", "(-)", "-"),
    "dương tính": ("duong tinh", "duong", "positive", "(+)", "+"),
}


def join_marks(headings: list[str], cells: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """Read columns of marks: the sexes and the results beside each other, and one sex alone."""
    return marked_sex(*join_lines(*join_results(*join_sexes(headings, cells))))


def join_sexes(headings: list[str], cells: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """Make of two columns ``Nam | Nữ`` with years of birth one of the year and one of the sex; of marks, the sex.

    ``cells`` has positions 0..n-1 as labels, as ``headings`` has.
    """
    for left in range(len(headings) - 1):
        right = left + 1
        upper, words = _sex_words(headings[left], headings[right])
        if words is None:
            continue
        first, second = cells[left], cells[right]
        values = pd.concat([first, second]).dropna()
        if values.empty or (first.notna() & second.notna()).any():
            continue
        told = [words[0] if a else words[1] if b else None for a, b in zip(first.notna(), second.notna(), strict=True)]
        sex = pd.Series(pd.array(told, dtype="string"))
        ages = "tuoi" in fold(upper) or "age" in fold(upper).split()
        born = all((_AGE if ages else _BORN).fullmatch(text) for text in values.unique()[:10_000])
        if not born and not all(_MARK.fullmatch(text) for text in values.unique()[:10_000]):
            continue
        cells, headings = cells.copy(), list(headings)
        empty = pd.Series(pd.NA, index=cells.index, dtype="string")
        cells[left], cells[right] = (first.fillna(second), sex) if born else (sex, empty)
        headings[left], headings[right] = (upper or YEAR_HEADING, SEX_HEADING) if born else (SEX_HEADING, "")
        return headings, cells
    return headings, cells


def marked_sex(headings: list[str], cells: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """Read one column in which only those of one sex are marked, ``Nữ: x``: a mark says that sex, no mark says nothing.

    ``cells`` has positions 0..n-1 as labels, as ``headings`` has. Marks below a heading that names no sex stay.
    """
    for at, heading in enumerate(headings):
        named = _ONE_SEX.fullmatch(fold(heading))
        values = cells[at].dropna().unique()[:10_000] if named is not None else ()
        if named is None or not len(values) or not all(map(_MARK.fullmatch, values)):
            continue
        word = {"nu": "Nữ", "nam": "Nam"}.get(named["sex"], named["sex"])
        cells, headings = cells.copy(), list(headings)
        cells[at] = cells[at].where(cells[at].isna(), word)
        headings[at] = SEX_HEADING
    return headings, cells


def join_results(headings: list[str], cells: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """Make of two columns of marks ``Âm tính | Dương tính`` one of the result.

    ``cells`` has positions 0..n-1 as labels, as ``headings`` has.
    """
    for left in range(len(headings) - 1):
        lower = [fold(heading.rpartition(" › ")[2]) for heading in headings[left : left + 2]]
        words = [next((word for word, known in _RESULTS.items() if text in known), None) for text in lower]
        if None in words or words[0] == words[1]:
            continue
        first, second = cells[left], cells[left + 1]
        values = pd.concat([first, second]).dropna().unique()[:10_000]
        if not len(values) or not all(map(_MARK.fullmatch, values)):
            continue
        if (first.notna() & second.notna()).any():
            continue
        told = [words[0] if a else words[1] if b else None for a, b in zip(first.notna(), second.notna(), strict=True)]
        cells, headings = cells.copy(), list(headings)
        cells[left] = pd.Series(pd.array(told, dtype="string"), index=cells.index)
        cells[left + 1] = pd.Series(pd.NA, index=cells.index, dtype="string")
        headings[left], headings[left + 1] = headings[left].rpartition(" › ")[0] or RESULT_HEADING, ""
        return headings, cells
    return headings, cells


def join_lines(headings: list[str], cells: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """Make of the marked lines of rapid tests, ``Vạch C | Vạch T``, the result; a test without C is invalid.

    ``cells`` has positions 0..n-1 as labels, as ``headings`` has.
    """
    lines = [_LINE.fullmatch(fold(heading)) for heading in headings]
    at = {match["line"]: i for i, match in enumerate(lines) if match is not None}
    if set(at) != {"c", "t"}:
        return headings, cells
    control, test = cells[at["c"]], cells[at["t"]]
    values = pd.concat([control, test]).dropna().unique()[:10_000]
    if not len(values) or not all(_MARK.fullmatch(text) or text in ("-", "0") for text in values):
        return headings, cells
    seen, found = (column.notna() & ~column.isin(["-", "0"]) for column in (control, test))
    told = [
        ("dương tính" if t else "âm tính") if c else "không hợp lệ" if t or no else None
        for c, t, no in zip(seen, found, control.isin(["-", "0"]), strict=True)
    ]
    cells, headings = cells.copy(), list(headings)
    cells[at["c"]] = pd.Series(pd.array(told, dtype="string"), index=cells.index)
    cells[at["t"]] = pd.Series(pd.NA, index=cells.index, dtype="string")
    headings[at["c"]], headings[at["t"]] = RESULT_HEADING, ""
    return headings, cells


def _sex_words(left: str, right: str) -> tuple[str, tuple[str, str] | None]:
    """Return what stands above both, and the words for the two columns; None if they are not the two sexes."""
    upper = [heading.rpartition(" › ")[0] for heading in (left, right)]
    lower = (fold(left.rpartition(" › ")[2]), fold(right.rpartition(" › ")[2]))
    known = {("nam", "nu"): ("Nam", "Nữ"), ("nu", "nam"): ("Nữ", "Nam"), ("male", "female"): ("male", "female")}
    above = upper[0].rpartition(" › ")[2] or upper[0]
    return (above if re.search(r"sinh|tuoi|\bage\b", fold(above)) else ""), known.get(lower)
