"""Results under headings with their day, ``XN lần 1 (02/8)``: each gets a column for the day of its sample."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

import pandas as pd

from loaders.columns.further import MOST, method_of
from loaders.columns.values import words
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.several_results import DAY, METHOD, RESULT
from tracing.spelling import fold

#: Words of a heading of results, those that tell of a test, and others beside them.
_TEST: Final = frozenset({"kq", "xn", "test", "tn", "pcr", "rt-pcr", "kqxn", "mau", "nghiem", "qua"})
_BESIDE: Final = frozenset({"ket", "xet", "lay", "lan", "l", "thu", "ngay", "nhanh", "so"})
_NUMBER: Final = re.compile(r"(?:l|lan|thu)?\d")
_DAY_TOLD: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?")


def with_results_dated(sheet: Sheet) -> Sheet:
    """Return a list whose headings of results name the day of the samples with these days as columns."""
    found = {at: day for at in range(len(sheet.headings)) if (day := _day_of(sheet, at)) is not None}
    if sheet.origin is not None or not found or len(found) > MOST:
        return sheet
    columns = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    if "sample" in columns or any(_plain_result(sheet, at) for at in range(len(sheet.headings)) if at not in found):
        return sheet
    headings = list(sheet.headings)
    out = sheet
    for number, (at, day) in enumerate(found.items(), 1):
        behind = "" if number == 1 else f" lần {number}"
        headings[at] = f"{RESULT}{behind}"
        told = sheet.cells[at].notna()
        method = method_of(sheet.headings[at])
        more = {DAY: day} | ({METHOD: {"antigen": "test nhanh", "pcr": "PCR"}[method]} if method else {})
        for name, value in more.items():
            texts = pd.Series(pd.array([value] * len(sheet), dtype="string")).where(told)
            out = out.with_column(f"{name}{behind}", texts, letter=sheet.letters[at])
    return replace(out, headings=(*headings, *out.headings[len(headings) :]))


def _day_of(sheet: Sheet, at: int) -> str | None:
    """Return the day that the heading of a column of results names."""
    words_of = re.findall(r"[\w/.-]+", fold(sheet.headings[at]))
    days = [word for word in words_of if _DAY_TOLD.fullmatch(word)]
    others = [word for word in words_of if word not in days]
    known = all(word in _TEST or word in _BESIDE or _NUMBER.fullmatch(word) for word in others)
    if len(days) != 1 or not known or not _TEST & set(others):
        return None
    _, distinct = distinct_texts(sheet.cells[at])
    told = [text for text in distinct if {text.strip(" .").lower(), fold(text).strip(" .")} & _results()]
    return days[0] if told and len(told) >= len(distinct) / 2 else None


def _plain_result(sheet: Sheet, at: int) -> bool:
    return "test_result" in read_headings((sheet.headings[at],), PEOPLE, {}).columns


@cache
def _results() -> frozenset[str]:
    return frozenset((*words("result"), "-", "chờ", "cho"))
