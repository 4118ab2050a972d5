"""Announcements of cases, a line for each or for several: ``Ca bệnh 3183 (BN3183) ghi nhận tại …: nam, 25 tuổi, …``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from loaders.columns.accents import CAPITALS
from loaders.columns.bulletin_lines import without_teller
from loaders.columns.day_first import plain_times
from loaders.columns.movements import has_day_line
from loaders.columns.person_line import tells_something
from loaders.files.grid import Document, Line, Sheet
from loaders.files.spelt import Spelt
from loaders.shapes.case_facts import CODE, NAME, facts_of, sentences
from loaders.shapes.case_report import LEVEL, MET, TOLD, CaseTold, complete, lists_of, met_in, tests_in
from tracing.patterns import regex

_BEGINS: Final = Spelt(
    r"(?i)^\W{0,3}(?:\d{1,2}[.)]\s)?(?:(?:các )?(?:ca bệnh|ca mắc|ca nhiễm|bệnh nhân|ca)\s(?:số\s)?(?:từ\s)?"
    r"(?=\(?(?:BN)?\d)|(?=BN\s?\d))"
)
#: Somebody without a code: ``1. Bệnh nhân (BN) N.T.L, nữ, sinh năm 1976. …``.
_NAMED: Final = regex(
    r"^\W{0,3}(?:\d{1,2}[.)]\s)?(?i:ca bệnh|ca dương tính|bệnh nhân|benh nhan|bn)(?:\s\(BN\))?\s?:?\s(?P<name>"
    rf"(?:[A-ZĐ]\.\s?){{1,4}}[A-ZĐ]?\.?|[{CAPITALS}]\w*(?:\s[{CAPITALS}][\w.]*){{1,5}})(?=[,;:(\s])"
)
#: What somebody did at a place before a test is told in the same sentence.
_CAME: Final = Spelt(r"(?i)(?<!\w)(?:đến|xuống|tới|ghé|vào|đi|làm việc)(?!\w)[^.;]{0,120}?(?:kết quả|test|xét nghiệm)")
#: What such a line says, and a bulletin of places does not.
_SAYS: Final = Spelt(
    r"(?i)(?<!\w)(?:ghi nhận (?:tại|ở)|kết quả xét nghiệm|dương tính|liên quan dịch tễ|nhập cảnh)(?!\w)"
)
_CODES: Final = regex(
    r"(?i)(?<!\w)BN[ _.]?(?P<first>\d{2,6})(?:\s?(?:-|–|đến|den)\s?(?:BN[ _.]?)?(?P<last>\d{2,6}))?(?!\w)"
)
#: Where the codes of a line end and its words begin.
_HEAD_ENDS: Final = Spelt(r"(?i)ghi nhận|:|,?\s(?:là|nam|nữ|được|có)(?!\w)|(?<=\d\))\s")
_LONGEST_HEAD: Final = 80
#: Those whom a case met, listed in the same line.
_LISTS: Final = regex(r"(?<!\w)F\s?[1-4](?!\w)[^.;:]{0,30}:")
_MOST: Final = 500


def read_case_lines(document: Document) -> tuple[list[Sheet], list[tuple[Document, dict[str, str]]]] | None:
    """Return the lists of the cases that the lines of a text announce, and of each its sentences about a day.

    None of a text in which other lines tell days or people: a bulletin says there where a case was, a message whom it
    met.
    """
    told = [(line, *found) for line in document.lines if (found := _announced(line.text)) is not None]
    rows = {line.row for line, *_ in told}
    others = [line for line in document.lines if line.row not in rows]
    if not told or any(has_day_line(line.text) for line in others):
        return None
    below = (line for line in others if line.row > min(rows))
    if any(tells_something(line.text) for line in below) or any(_LISTS.search(line.text) for line in document.lines):
        return None
    cases: list[CaseTold] = []
    days: list[tuple[Document, dict[str, str]]] = []
    for line, codes, words in told:
        cells = {**facts_of([line.text]), LEVEL: "F0"}
        about = tuple(_days_of(line))
        for who in codes:
            case = CaseTold(line.row, {**cells, **who}, [(line.row, test) for test in tests_in(words)])
            case.met = [(line.row, met) for met in met_in(words) if {CODE: met[MET]} not in codes]
            complete(case, [])
            case.cells[TOLD] = words
            cases.append(case)
            if about:
                days.append((replace(document, lines=about, facts=()), case.named()))
    return lists_of(document, cases), days


def _announced(text: str) -> tuple[list[dict[str, str]], str] | None:
    """Return who the cases are that a line announces, and its words behind that; None of another line."""
    if not _SAYS.search(text):
        return None
    begins = _BEGINS.match(text)
    if begins is None:
        named = _NAMED.match(text)
        return None if named is None else ([{NAME: named["name"].strip(" .")}], text[named.end() :].strip(" :,.-"))
    behind = text[begins.end() :]
    ends = _HEAD_ENDS.search(behind)
    head = behind[: ends.start() if ends else _LONGEST_HEAD]
    found = list(dict.fromkeys(code for one in _CODES.finditer(head) for code in _range(one)))
    return ([{CODE: code} for code in found], behind[len(head) :].strip(" :,.-")) if found else None


def _range(told: re.Match[str]) -> Iterator[str]:
    first, last = int(told["first"]), int(told["last"] or told["first"])
    if first <= last < first + _MOST:
        yield from (f"BN{number}" for number in range(first, last + 1))
    else:
        yield f"BN{told['first']}"


def _days_of(line: Line) -> Iterator[Line]:
    """Yield the sentences of a line that begin with a day and do not only tell of a test."""
    for sentence in sentences(line.text):
        text = without_teller(plain_times(sentence.strip()))
        if has_day_line(text) and (not list(tests_in(text)) or _CAME.search(text)):
            yield Line(line.row, (text,))
