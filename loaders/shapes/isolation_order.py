"""Orders to isolate as text: ``Áp dụng biện pháp cách ly y tế tại nhà đối với bà …, từ ngày 07/8 đến ngày 20/8``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from loaders.columns.person_line import ITEM, people_of_line
from loaders.files.grid import Document, Sheet
from loaders.files.spelt import Spelt
from loaders.shapes.case_facts import ADDRESS, BIRTH, NAME, NUMBER, PHONE, SEX, YEAR, facts_of, name_of
from loaders.shapes.case_report import MET, MET_ON, met_in, sheets_of
from tracing.spelling import fold

KIND, PLACE, FROM, TO = "Hình thức cách ly", "Nơi cách ly", "Cách ly từ ngày", "Cách ly đến ngày"
_ORDERS: Final = re.compile(r"\b(?:ap dung|thuc hien|quyet dinh|lenh)\b.{0,80}\bcach ly\b")
_WHOM: Final = Spelt(
    r"(?i)cách ly(?: y tế)?(?P<how>[^.;:\n]{0,80}?)\s(?:đối với|cho|với)\s(?:(?:trường hợp|người|công dân)\s)?"
    r"(?:(?:ông ?/ ?bà|bà ?/ ?ông|ông|bà|anh|chị|em|cháu)\s?:?\s)?(?P<who>(?-i:[A-ZĐÀ-Ỹ]).{3,600})$"
)
_MANY: Final = Spelt(r"(?i)cách ly[^\n]{0,160}(?:có tên|sau đây|sau)\s{0,2}:?\s{0,2}$")
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
    """Return the isolations that an order tells, and whom its people met; None of any other text."""
    whole = "\n".join(line.text for line in document.lines)
    if not any(_ORDERS.search(fold(line.text)) for line in document.lines):
        return None
    period = _PERIOD.search(whole) or _SINCE.search(whole)
    people = list(_people(document))
    if len(people) == 1:
        row, cells, _ = people[0]
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
    own = (NAME, YEAR, BIRTH, SEX, NUMBER, PHONE, ADDRESS)
    lists = [(*own, KIND, PLACE, FROM, TO), (*own, MET, MET_ON)]
    rows = [
        [(row, {**cells, **stay}) for row, cells, _ in people],
        [(row, {**cells, **met}) for row, cells, told in people for met in told],
    ]
    return sheets_of(document, zip(lists, rows, strict=True))


def _people(document: Document) -> Iterator[tuple[int, dict[str, str], list[dict[str, str]]]]:
    """Yield those whom an order names: the number of the line, who it is, and whom they met."""
    many = False
    for line in document.lines:
        text = line.text.strip()
        whom = _WHOM.search(text)
        item = ITEM.match(text) if many else None
        if _MANY.search(text):
            many = True
        elif whom is not None and name_of(whom["who"]):
            yield line.row, {NAME: name_of(whom["who"]), **facts_of([whom["who"]])}, list(met_in(whom["who"]))
        elif item is not None:
            for cells in people_of_line(item["rest"]):
                yield line.row, {name: cells[name] for name in (NAME, YEAR, SEX, PHONE, ADDRESS) if name in cells}, []
