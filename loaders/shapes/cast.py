"""Whom a chat calls by short names: a case that one message names in full is ``thầy Chứ`` in those after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from loaders.code_words import CASE_CODE, plain_code
from loaders.columns.hours import hours_in, read_hours
from loaders.columns.person_line import (
    ADDRESS,
    AGE,
    CODE,
    DAYS,
    HOURS,
    KIND,
    NAME,
    PHONE,
    SEX,
    TOGETHER,
    YEAR,
    people_of_line,
)
from loaders.columns.whereabouts import find_place
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

PLACE: Final = "Nơi tiếp xúc"
"""Heading of where people met."""
_WORD: Final = r"[A-ZÀ-ỸĐ][\wÀ-ỹ’']*"
_TITLE: Final = r"(?:thầy|cô|anh|chị|ông|bà|em|chú|bác|dì|cậu|mợ|thím|cháu|bé|bố|mẹ|già|trưởng bản|mục sư|sư)"
#: A case named in full with its code behind: ``thầy Sùng A Chứ (BN34, sn 1979)``.
_NAMED: Final = regex(
    rf"(?<!\w)(?!F0\b)(?P<name>{_WORD}(?: {_WORD}){{1,4}})(?:,? (?:(?:sn|SN|sinh năm) )?(?:19|20)\d\d)?\s*"
    rf"\(\s*(?P<code>{CASE_CODE})(?!\w)"
)
#: A case named in full without a code, with its year: ``F0 Lê Thị Ánh 1990``.
_UNCODED: Final = Spelt(
    rf"(?<!\w)(?i:F0|ca (?:bệnh|mới|dương tính|F0)|bệnh nhân)\s*:?\s+(?P<name>{_WORD}(?: {_WORD}){{1,4}})"
    r"(?:,? ?\(?(?i:sn|sinh năm|sinh|ns)?[ :]?(?P<born>(?:19|20)\d\d)(?!\d))"
)
#: Somebody by a form of address and a short name, or by a name of several words.
_CALLED: Final = rf"(?:(?i:{_TITLE}) (?P<short>{_WORD}(?: {_WORD}){{0,3}})|(?P<full>{_WORD}(?: {_WORD}){{1,4}}))"
#: Together with whom the people of the next lines were: ``đi lễ cùng thầy Chứ tối 10/11 có:``.
_WITH: Final = Spelt(
    r"(?i:(?:cùng|với|chung|gặp|tiếp xúc|tx|ngồi cạnh|người nhà|nhà)(?: cả| gần| với| cùng)?)"
    rf" (?:{_CALLED}|(?:(?i:ca|bệnh nhân|F0) )?(?P<code>{CASE_CODE}))(?!\w)"
)
#: Whose contacts the next lines list, by a name alone: ``F1 của Duyên``.
_OF: Final = Spelt(
    rf"(?i:(?:F\s?1|tx|tiếp xúc(?: gần)?) (?:của|với)) (?i:(?:{_TITLE}|ca|bệnh nhân|F0) )?"
    rf"(?P<short>{_WORD}(?: {_WORD}){{0,4}})(?!\w)"
)
#: Whose home they share whom a sentence names: ``Nhà thầy Chứ có vợ là …``.
_HOME: Final = Spelt(
    rf"(?:^|[.;!?,]\s+)(?i:(?:bên |trong |ở )?(?:nhà|gia đình|gđ)) {_CALLED} (?i:(?:hiện |còn |đang )?(?:có|gồm))"
    r"\s*:?\s+(?P<who>\S.*)$"
)
_KIN: Final = r"(?:vợ|chồng|con|mẹ|má|cha|bố|ba|em|anh|chị|ông|bà|cháu|dâu|rể|bác|chú|cô|dì)(?= (?!(?:ở|đi|về|có)\b))"
_EACH: Final = regex(rf"(?:\s*[,;]\s*|\s+)(?:với|và|cùng)\s+(?={_KIN})|\s*[,;]\s*(?={_KIN})")
_DAY: Final = regex(r"(?<![\d/])\d{1,2}/\d{1,2}(?:/20\d\d)?(?![\d/])")
_SPAN: Final = 2


@dataclass
class Cast:
    """The cases that the messages of a chat name with their codes, and what was told last of one of them.

    ``held`` is what a message told of a case: its code, the day, the hours and the place. ``uncoded`` are the cases
    that are named in full without a code, by their names and years.
    """

    cases: dict[str, tuple[str, str]] = field(default_factory=dict)
    held: tuple[str, str, str | None, str | None] | None = None
    uncoded: dict[str, tuple[str, str]] = field(default_factory=dict)

    def hear(self, text: str) -> tuple[str, str] | None:
        """Keep the cases that a message names; return code and name of the one of whose day it tells."""
        for match in _NAMED.finditer(text):
            self.cases[fold(match["name"])] = (plain_code(match["code"]), match["name"])
        for match in _UNCODED.finditer(text):
            self.uncoded[fold(match["name"])] = (f"{match['name']} ({match['born']})", "")
        days, said = _DAY.findall(text), self._of_text(text)
        if said is None or len(set(days)) != 1 or _NAMED.search(text) or text.endswith(":"):
            return None
        told = [hour for pair in hours_in(text)[0] for hour in pair if hour]
        self.held = (said[0], days[0], " - ".join(told) if len(told) == _SPAN else None, find_place(text))
        return said

    def was_there(self) -> dict[str, str]:
        """Return the cells of the case of whom the last message told: who it is, when and where they were."""
        code, day, hours, place = self.held or ("", "", None, None)
        name = next((name for known, name in self.cases.values() if known == code), "")
        told = {CODE: code, NAME: name, DAYS: day, HOURS: hours, PLACE: place}
        return {heading: text for heading, text in told.items() if text}

    def with_whom(self, head: str) -> tuple[str, str] | None:
        """Return the case with whom a line says that the people of the next ones were; None of nobody or several."""
        told = (*_WITH.finditer(head), *_OF.finditer(head))
        found = {case for match in told if (case := self._meant(match)) is not None}
        return found.pop() if len(found) == 1 else None

    def of_sentence(self, text: str) -> tuple[str, str] | None:
        """Return the one case of whom a sentence tells: by a part of its name, by its code, else the only one."""
        words = {fold(word) for word in re.findall(_WORD, text)}
        called = {case for name, case in self.cases.items() if name.split()[-1] in words}
        known = {case[0]: case for case in self.cases.values()}
        coded = {known[code] for one in re.findall(CASE_CODE, text) if (code := plain_code(one)) in known}
        found = called or coded or set(known.values())
        return found.pop() if len(found) == 1 else None

    def met(self, head: str, case: tuple[str, str]) -> dict[str, str]:
        """Return when and where those whom the next lines list were with a case, as this or a line before tells it."""
        days = set(_DAY.findall(head))
        if len(days) != 1:
            return {}
        day = days.pop()
        code, on, hours, place = self.held or ("", "", None, None)
        same = code == case[0] and on == day
        told = {DAYS: day, HOURS: hours if same else None, PLACE: place if same else None}
        return {heading: text for heading, text in told.items() if text}

    def at_home(self, text: str) -> tuple[tuple[str, str], list[dict[str, str]]] | None:
        """Return the case whose home people share, and these people; None of a text that names none such."""
        match = _HOME.search(text)
        case = None if match is None else self._meant(match)
        if match is None or case is None:
            return None
        pieces = _EACH.split(match["who"])
        people = [one for piece in pieces for one in people_of_line(piece)]
        if len(people) != len(pieces) or not all(one.get(NAME) for one in people):
            return None
        days = people[-1].get(DAYS)
        for one in people:
            one[KIND] = TOGETHER
            if days is not None:
                one.setdefault(DAYS, days)
        return case, people

    def _of_text(self, text: str) -> tuple[str, str] | None:
        found = {case for match in re.finditer(_CALLED, text) if (case := self._meant(match)) is not None}
        return found.pop() if len(found) == 1 else None

    def _meant(self, match: re.Match[str]) -> tuple[str, str] | None:
        """Return the one case that is called so: by the full name, or by the end of it."""
        if (code := match.groupdict().get("code")) is not None:
            plain = plain_code(code)
            return plain, next((name for known, name in self.cases.values() if known == plain), "")
        called = match.groupdict()
        words = (called.get("short") or called.get("full") or "").split()
        said = fold(" ".join(takewhile(lambda word: word[0].isupper(), words)))  # "đi" is no part of a name
        for cases in (self.cases, self.uncoded) if said else ():
            found = {case for name, case in cases.items() if f" {name}".endswith(f" {said}")}
            if found:
                return found.pop() if len(found) == 1 else None
        return None


def reference_to(case: tuple[str, str]) -> str:
    """Return how a contact list names a case: ``BN34 (Lê Tư)``."""
    return f"{case[0]} ({case[1]})" if case[1] else case[0]


PRESENT: Final = (CODE, NAME, YEAR, AGE, SEX, PHONE, ADDRESS, "Ngày", "Giờ vào", "Giờ ra", "Địa điểm")
"""Headings of the list of those who were somewhere together."""


def present(cells: Mapping[str, str]) -> dict[str, str] | None:
    """Return the row of somebody's visit, where their cells tell place, day and hours; else None."""
    first, last = read_hours(cells.get(HOURS, ""))
    if not {DAYS, PLACE} <= cells.keys() or first is None:
        return None
    told = {heading: cells[heading] for heading in PRESENT if heading in cells}
    return told | {"Ngày": cells[DAYS], "Giờ vào": first, "Địa điểm": cells[PLACE]} | ({"Giờ ra": last} if last else {})


def until_end(cells: dict[str, str], together: dict[str, str]) -> None:
    """Put when and where people were together into the cells of one of them, who may have come later: ``19h30``."""
    came = read_hours(cells.get(HOURS, ""))
    held = read_hours(together.get(HOURS, ""))
    if came[0] is not None and came[1] is None and held[1] is not None and (held[0] or "") <= came[0] < held[1]:
        cells[HOURS] = f"{came[0]} - {held[1]}"
    for heading, text in together.items():
        cells.setdefault(heading, text)
