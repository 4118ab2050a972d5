"""Results under headings with their day, ``XN lần 1 (02/8)``: each gets a column for the day of its sample."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Final

import pandas as pd

from loaders.columns.further import MOST, method_of
from loaders.columns.values import words
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.several_results import DAY, METHOD, RESULT
from tracing.patterns import regex
from tracing.spelling import fold

#: Words of a heading of results, those that tell of a test, and others beside them.
_TEST: Final = frozenset(
    {"kq", "xn", "test", "tn", "pcr", "rt-pcr", "kqxn", "mau", "nghiem", "qua", "swab", "antigen", "result", "results"}
)
_BESIDE: Final = frozenset(
    {"ket", "xet", "lay", "lan", "l", "thu", "ngay", "nhanh", "so", "khang", "nguyen", "ag", "rt", "real", "time"}
    | {"sars-cov-2", "covid-19", "covid", "sang", "chieu", "dot", "cua", "theo", "rapid", "day", "date", "of", "the"}
)
_METHODS: Final = {"antigen": "test nhanh", "pcr": "PCR"}
_NUMBER: Final = regex(r"(?:l|lan|thu)?\d")
_DAY_TOLD: Final = regex(r"\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?|20\d\d-\d\d-\d\d")
#: What is a result and nothing else: a mark of attendance may be "-", "+", "x", "p".
_SIGN: Final = regex(r"\(\s?[-+]\s?\)|(?:am|duong)(?: tinh)?|negative|positive|neg|pos")
#: That no sample was taken, without accents: no result, however it is said.
_NOT_TESTED: Final = regex(
    r"(?:khong|chua|ko|k|not|no)(?: duoc| co| yet)? (?:test|tested|lam|lay mau|xet nghiem|xn|mau|sample)(?: nhanh)?"
)


def with_results_dated(sheet: Sheet) -> Sheet:
    """Return a list whose headings of results name the day of the samples with these days as columns."""
    found = {at: day for at in range(len(sheet.headings)) if (day := _day_of(sheet, at)) is not None}
    if sheet.origin is not None or not found:
        return sheet
    columns = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    others = (at for at in range(len(sheet.headings)) if at not in found and sheet.cells[at].notna().any())
    if "sample" in columns or any(_plain_result(sheet, at) for at in others):
        return sheet
    if len(found) > MOST:
        return _in_several_rows(sheet, found)
    return _dated(sheet, found)


def _dated(sheet: Sheet, found: Mapping[int, str]) -> Sheet:
    headings = list(sheet.headings)
    out = sheet
    for number, (at, day) in enumerate(found.items(), 1):
        behind = "" if number == 1 else f" lần {number}"
        headings[at] = f"{RESULT}{behind}"
        told = sheet.cells[at].notna()
        method = method_of(sheet.headings[at])
        more = {DAY: day} | ({METHOD: _METHODS[method]} if method else {})
        for name, value in more.items():
            texts = pd.Series(pd.array([value] * len(sheet), dtype="string")).where(told)
            out = out.with_column(f"{name}{behind}", texts, letter=sheet.letters[at])
    return replace(out, headings=(*headings, *out.headings[len(headings) :]))


def _in_several_rows(sheet: Sheet, found: Mapping[int, str]) -> Sheet:
    """Return a list with more results in a row than are read of one, with so many rows for each as that takes."""
    days = list(found.items())
    groups = [dict(days[first : first + MOST]) for first in range(0, len(days), MOST)]
    told = [
        (row, group)
        for row in range(len(sheet))
        for group in groups
        if group is groups[0] or any(isinstance(sheet.cells[at].iloc[row], str) for at in group)
    ]
    out = sheet.with_rows_of([row for row, _group in told], {})
    for number in range(MOST):
        each = [(row, list(group)[number] if number < len(group) else None) for row, group in told]
        behind = "" if not number else f" lần {number + 1}"
        results = [None if at is None else sheet.cells[at].iloc[row] for row, at in each]
        texts = [text if isinstance(text, str) else None for text in results]
        method = [None if at is None else _METHODS.get(method_of(sheet.headings[at]) or "") for _row, at in each]
        on = [None if at is None else found[at] for _row, at in each]
        for name, column in ((RESULT, texts), (DAY, on), (METHOD, method)):
            cells = [one if text is not None else None for one, text in zip(column, texts, strict=True)]
            if any(cells):
                out = out.with_column(f"{name}{behind}", cells, letter=sheet.letters[days[number][0]])
    return out.without_columns(list(found))


def _day_of(sheet: Sheet, at: int) -> str | None:
    """Return the day that the heading of a column of results names."""
    words_of = re.findall(r"[\w/.-]+", fold(sheet.headings[at]))
    days = [word for word in words_of if _DAY_TOLD.fullmatch(word)]
    others = [word for word in words_of if word not in days]
    known = all(word in _TEST or word in _BESIDE or _NUMBER.fullmatch(word) for word in others)
    if len(days) != 1 or not known:
        return None
    _, distinct = distinct_texts(sheet.cells[at])
    signs = bool(distinct) and all(_SIGN.fullmatch(fold(text).strip(" .")) for text in distinct)
    if not (_TEST & set(others) or (signs and not set(others) - {"ngay"})):
        return None
    distinct = [text for text in distinct if not _NOT_TESTED.fullmatch(fold(text).strip(" ."))]
    told = [text for text in distinct if {text.strip(" .").lower(), fold(text).strip(" .")} & _results()]
    return days[0] if told and len(told) >= len(distinct) / 2 else None


def _plain_result(sheet: Sheet, at: int) -> bool:
    return "test_result" in read_headings((sheet.headings[at],), PEOPLE, {}).columns


@cache
def _results() -> frozenset[str]:
    return frozenset((*words("result"), "-", "chờ", "cho"))
