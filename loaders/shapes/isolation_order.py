"""Orders to isolate as text: ``Áp dụng biện pháp cách ly y tế tại nhà đối với bà …, từ ngày 07/8 đến ngày 20/8``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final, TypeAlias

from loaders.columns.person_line import ITEM, people_of_line
from loaders.files.grid import Document, Line, Sheet
from loaders.files.spelt import Spelt
from loaders.shapes.case_facts import ADDRESS, BIRTH, NAME, NUMBER, PHONE, SEX, YEAR, facts_of, name_of
from loaders.shapes.case_report import MET, MET_ON, met_in, sheets_of
from tracing.patterns import regex
from tracing.spelling import fold

KIND, PLACE, FROM, TO = "Hình thức cách ly", "Nơi cách ly", "Cách ly từ ngày", "Cách ly đến ngày"
_ORDERS: Final = regex(r"\b(?:ap dung|thuc hien|quyet dinh|lenh)\b.{0,80}\bcach ly\b")
_WHOM: Final = Spelt(
    r"(?i)cách ly(?: y tế)?(?P<how>[^.;:\n]{0,80}?)\s(?:đối với|cho|với)\s(?:(?:trường hợp|người|công dân)\s)?"
    r"(?:(?:ông ?/ ?bà|bà ?/ ?ông|ông|bà|anh|chị|em|cháu)\s?:?\s)?(?P<who>(?-i:[A-ZĐÀ-Ỹ]).{3,600})$"
)
_MANY: Final = Spelt(r"(?i)cách ly[^\n]{0,160}(?:có tên|sau đây|sau)\s{0,2}:?\s{0,2}$")
#: Where what an article says is over, without accents.
_NEXT: Final = regex(r"dieu \d|noi nhan|ly do|thoi (?:gian|han)|chuong|kt\.|tm\.")
_DAY: Final = r"\d{1,2}[/.-]\d{1,2}[/.-]20\d\d"
_PERIOD: Final = Spelt(
    rf"(?i)từ\s(?:[\dhg:]{{1,6}}\s(?:giờ\s)?)?(?:ngày\s)?(?P<first>{_DAY})[^.;\n]{{0,20}}?đến\s(?:hết\s)?"
    rf"(?:[\dhg:]{{1,6}}\s(?:giờ\s)?)?(?:ngày\s)?(?P<last>{_DAY})"
)
_SINCE: Final = Spelt(rf"(?i)(?:kể\s)?từ\s(?:[\dhg:]{{1,6}}\s(?:giờ\s)?)?(?:ngày\s)?(?P<first>{_DAY})")
_AT: Final = Spelt(
    r"(?i)tại\s(?P<place>(?:trường|khu|trung tâm|khách sạn|bệnh viện|ký túc xá|doanh trại)\s[^,.;:\n]{2,80}?)"
    r"(?=\s(?:đối với|cho|từ|kể từ|trong)\s|[,.;:\n]|$)"
)


def read_order(document: Document) -> list[Sheet] | None:
    """Return the isolations that an order tells, or each of several, and whom its people met; None of other texts."""
    if not any(_ORDERS.search(fold(line.text)) for line in document.lines):
        return None
    orders = [_rows_of(order) for order in _each(document)]
    told = [order for order in orders if order is not None]
    if len(told) < len(orders):
        return None
    own = (NAME, YEAR, BIRTH, SEX, NUMBER, PHONE, ADDRESS)
    lists = [(*own, KIND, PLACE, FROM, TO), (*own, MET, MET_ON)]
    rows = [[row for order in told for row in order[which]] for which in (0, 1)]
    return sheets_of(document, zip(lists, rows, strict=True))


def _each(document: Document) -> list[Document]:
    """Return the orders of a text, where each names somebody and its own days; else the text as one order."""
    lines = document.lines
    begun = [at for at, line in enumerate(lines) if _names(line.text)]
    parts = [lines[at:end] for at, end in pairwise([*begun, len(lines)])]
    apart = len(parts) > 1 and all(_PERIOD.search(text) or _SINCE.search(text) for text in map(_whole, parts))
    return [replace(document, lines=part) for part in parts] if apart else [document]


def _whole(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _names(text: str) -> re.Match[str] | None:
    """Return the words of a line that name whom an order is about."""
    whom = _WHOM.search(text.strip())
    return whom if whom is not None and name_of(whom["who"]) else None


_Rows: TypeAlias = list[tuple[int, dict[str, str]]]


def _rows_of(document: Document) -> tuple[_Rows, _Rows] | None:
    """Return the stays that one order tells, and whom its people met; None of a text that tells of others, too."""
    whole = _whole(document.lines)
    period = _PERIOD.search(whole) or _SINCE.search(whole)
    people = list(_people(document))
    if len(people) == 1:
        row, cells, _ = people[0]
        cells = {**facts_of([line.text for line in _below(document, row)]), **cells}
        people = [(row, cells, [met for line in document.lines for met in met_in(line.text)])]
    named = {row for row, *_ in people}
    items = [(line.row, item["rest"]) for line in document.lines if (item := ITEM.match(line.text)) is not None]
    others = [rest for row, rest in items if row not in named and people_of_line(rest)]
    if period is None or not people or others:
        return None
    stay = {
        FROM: period["first"],
        KIND: "tại nhà" if re.search(r"(?i)tại (?:nhà|nơi cư trú|nơi ở)", whole) else "tập trung",
    }
    stay |= {TO: period["last"]} if "last" in period.groupdict() else {}
    place = _AT.search(whole)
    stay |= {PLACE: place["place"].strip()} if place is not None and stay[KIND] == "tập trung" else {}
    return (
        [(row, {**cells, **stay}) for row, cells, _ in people],
        [(row, {**cells, **met}) for row, cells, told in people for met in told],
    )


def _below(document: Document, row: int) -> Iterator[Line]:
    """Yield the lines below the one that names somebody, up to the next article of the order."""
    for line in document.lines:
        if line.row > row and _NEXT.match(fold(line.text.strip())):
            return
        if line.row > row:
            yield line


def _people(document: Document) -> Iterator[tuple[int, dict[str, str], list[dict[str, str]]]]:
    """Yield those whom an order names: the number of the line, who it is, and whom they met."""
    many = False
    for line in document.lines:
        text = line.text.strip()
        whom = _names(text)
        item = ITEM.match(text) if many else None
        if _MANY.search(text):
            many = True
        elif whom is not None:
            yield line.row, {NAME: name_of(whom["who"]), **facts_of([whom["who"]])}, list(met_in(whom["who"]))
        elif item is not None:
            for cells in people_of_line(item["rest"]):
                yield line.row, {name: cells[name] for name in (NAME, YEAR, SEX, PHONE, ADDRESS) if name in cells}, []
