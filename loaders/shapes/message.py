"""Messages about people, line by line: those who met a case that a line above them names, or people who are listed.

A line is read, or it is told: one that may be about somebody and is not understood is a row about nobody, which is
set aside with its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from loaders.code_words import NAMED_CODE
from loaders.columns.bracketed import people_of_text as people_of_line
from loaders.columns.gathering import FIRST, LAST, read_gathering, spelt_out
from loaders.columns.of_text import list_of_text
from loaders.columns.person_line import (
    CODE,
    DAYS,
    HEADINGS,
    ITEM,
    KIND,
    LEVEL,
    NAME,
    REMARK,
    RESULT,
    TOGETHER,
    WHOM,
    names_somebody,
    tells_something,
)
from loaders.files.chat import CHAT, days_of_messages, is_noise
from loaders.files.grid import Document, Line, Sheet
from loaders.files.spelt import Spelt
from loaders.files.titles import read_facts
from loaders.findings import FindingLog
from loaders.shapes.announced import Announced, tells_result
from loaders.shapes.case_report import CONFIRMED
from loaders.shapes.cast import PLACE, PRESENT, Cast, present, reference_to, until_end
from loaders.shapes.gathered_at import VISITED, facts_above, with_days_of_visits
from loaders.shapes.groups import people_of_group
from loaders.shapes.kinds_of_text import FEWEST, GREETING, HEADLINE, TIER, TIER_ALONE
from loaders.shapes.reported import people_side_by_side, read_reported
from loaders.shapes.taken_back import take_back
from loaders.shapes.talk import HEADINGS as TALKED
from loaders.shapes.talk import Talk, Told
from loaders.shapes.titled import heading_of, told_in_text
from loaders.shapes.told_of_one import told_of_one
from tracing.patterns import regex
from tracing.spelling import fold

TEXT: Final = "Văn bản"
"""Heading of the lines of a text that tells something and is no list."""
_ENOUGH: Final = 0.6
_CASES_ALONE: Final = Spelt(
    r"(?i)^\s*(?:[-–+•*●▪>]+\s*)?(?:[^:;.]{0,80}\s(?=ghi nhận|phát hiện))?"
    r"(?:(?:hiện có|có|các|danh sách|ghi nhận|phát hiện)\s+){0,3}(?:thêm\s+)?(?:\d+\s+)?"
    r"(?:(?:ca|trường hợp)\s+)?(?:F\s?0|dương tính|ca bệnh|ca mắc|ca mới)(?:\s+(?:mới|gồm|là))?"
    r"\s*(?:\(?\d+ người\)?)?\s*:\s*$"
)
#: The day in ``F1 của BN34 ngày 16/7: Lê Văn Tư, …`` is when they met; that of a list or a report is not.
_MET_ON: Final = Spelt(r"(?i)(?:ngày|hôm|tx|lúc|sáng|trưa|chiều|tối|đêm)\s+(\d{1,2}/\d{1,2}(?:/20\d\d)?)(?![\d/])")
_LISTED_ON: Final = regex(r"danh sach|bao cao|tinh den|cong bo|phat hien|ghi nhan|duong tinh|ket qua|cap nhat")
#: A head of those who share a home with the case, without accents: ``Gia đình (ở cùng nhà):``.
_ONE_HOME: Final = regex(r"\b(?:cung|chung|trong) (?:mot )?(?:nha|ho|phong tro)\b|\bsong (?:cung|chung)\b")
_CODE_FIRST: Final = regex(r"(?i)\W{0,5}((?:BN|F0)[ \-.]?\d{2,})\s*[:,–-]")
_MET: Final = Spelt(
    r"(?i)^(?:[-–+•*●▪>]+\s*)?(?:ca\s+|bệnh nhân\s+)?(?P<case>(?:BN|F0)[ \-.]?\d{2,})(?:\s*\([^)]{1,60}\))?\s+"
    r"(?:đã\s+|có\s+)?(?:tiếp xúc(?: gần)?|tx|gặp|ăn|nhậu|ngồi|đi|ở)(?:\s+(?:chung|cùng|xe))*(?:\s+(?:với|cùng))?"
    r"\s+(?P<who>\S.*)$"
)
#: A word of courtesy before what a message says.
_POLITE: Final = regex(r"(?i)^\s*(?:dạ|vâng|alo|ạ)[\s,]+(?=\S)")
_WHEN: Final = frozenset({DAYS, FIRST, LAST})
Key = tuple[str, str] | None
"""The tier of whom people met and who that is; None of people who are only listed."""


@dataclass
class _Reader:
    """Goes through the lines of a message and keeps whom the people of the next lines met."""

    chat: bool = False
    sure: int = 0
    met: Key = None
    home: bool = False
    tier: str | None = None
    rows: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    unread: list[Line] = field(default_factory=list)
    heads: list[Line] = field(default_factory=list)
    passed: int = 0
    items: int = 0
    people: int = 0
    talk: Talk = field(default_factory=Talk)
    senders: Mapping[int, str] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    cast: Cast = field(default_factory=Cast)
    together: dict[str, str] = field(default_factory=dict)
    there: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    by: str | None = None
    before: int = 0
    ended: bool = False
    when: tuple[Key, Mapping[str, str]] = (None, {})
    news: Announced = field(init=False)

    def __post_init__(self) -> None:
        """Let what the messages announce be read with those whom they list."""
        self.news = Announced(self.talk)

    def read(self, line: Line) -> None:
        text = _POLITE.sub("", line.text.strip())
        if self.chat and is_noise(text):
            self.passed += 1
            return
        self._hear(line.row, text)
        told_of = self.cast.hear(text) if self.chat else None
        if self.chat and self._is_of_chat(line, text):
            return
        if _CASES_ALONE.match(text):
            self.met, self.tier = None, "0"
            return
        item = ITEM.match(text)
        rest = text if item is None else item["rest"]
        rest = spelt_out(rest) if self.chat else rest
        if item is not None and (number := re.match(r"\W*(\d{1,3})\W", text)) is not None:
            self.numbers[line.row] = number[1]
        alone = TIER_ALONE.match(rest)
        if alone is not None:
            self.tier = alone["tier"]
            return
        self.home = (
            item is not None and self.home if not text.endswith(":") else _ONE_HOME.search(fold(text)) is not None
        )
        tiered = TIER.match(text) or TIER.match(rest)
        if self._says_who_met(line) or self._begins(line, listed=item is not None and tiered is not None):
            return
        tier = self.tier if tiered is None else tiered["tier"]
        rest = rest if tiered is None or not tiered["rest"] else tiered["rest"]
        sentence = item is None and tiered is None and names_somebody(rest) and self._is_told(rest)
        marked = item is not None or tiered is not None or sentence
        tier = "0" if self._is_case(rest) else tier
        found = people_of_line(rest, case=tier == "0")
        if not found and marked and (self.met is not None or tier is not None):
            found = people_of_line(rest, called=True)
        if not found and self.met is not None:
            found = people_side_by_side(rest) or people_of_group(rest)
        self.items += marked
        self.sure += sentence
        if found and self.ended and not sentence and (marked or not self.talk.tells(text)):
            self.unread.append(line)  # whom these met is not said by who wrote it
        elif not marked and (again := self._told_again(line.row, text, found)) is not None:
            self._put(line, again)
        elif found and (marked or (self.met is not None and any(len(one) > 1 for one in found))):
            self._add(line, found, tier)
        elif (told := self.talk.read(line.row, text)) is not None:
            self._put(line, told)
        elif told_of is not None:
            there = present(self.cast.was_there())
            kept = self.rows.setdefault("", []) if there is None else self.there
            kept.append((line.row, there or {CODE: told_of[0], NAME: told_of[1], REMARK: text}))
        elif self._must_tell(text, marked=marked):
            self.unread.append(line)
        else:
            self.passed += 1

    def _is_of_chat(self, line: Line, text: str) -> bool:
        """Tell whether a message takes somebody back, or says who shares a case's home or was with it: it is read."""
        if take_back(text, self.rows, self.numbers, self.talk):
            self.passed += 1
            return True
        told = (self._reports, self._at_home, self._gathers, self._announces, self._tells_of_one)
        return any(reads(line, text) for reads in told)

    def _reports(self, line: Line, text: str) -> bool:
        """Tell whether a message reports a case, contacts, tests or isolations by name: they are read."""
        met = {cells.get(NAME, "") for tier, listed in self.rows.items() if tier for _, cells in listed}
        told = read_reported(text, self.talk, self.cast, sent=self.talk.sent.get(line.row), met=met)
        if told is None:
            return False
        self.cast.cases |= {} if told.case is None else {fold(told.case[1]): told.case}
        before, together = self.met, self.together
        self.met, self.together = told.met, {}
        if told.met is not None:
            self._add(line, told.people)
        else:
            self.rows.setdefault("", []).extend((line.row, cells) for cells in told.people)
            for cells in told.people:
                self.talk.listing(cells, met=False)
            self.people += len(told.people)
        self.met, self.together, self.sure = before, together, self.sure + len(told.people)
        return True

    def _tells_of_one(self, line: Line, text: str) -> bool:
        """Tell whether a message tells in free words of somebody who met a case, for itself: it is read."""
        called = {name.split()[-1]: code for name, (code, _) in self.cast.cases.items()}
        sent = self.talk.sent.get(line.row)
        told = told_of_one(text, sent, called) if ITEM.match(text) is None and self.tier is None else None
        for cells in told or ():
            self.talk.listing(cells, met=True)
            self.rows.setdefault("F0", []).append((line.row, cells))
        self.people, self.sure = self.people + len(told or ()), self.sure + len(told or ())
        return told is not None

    def _announces(self, line: Line, text: str) -> bool:
        """Tell whether a message announces results, or gives codes to people, by name: they are read."""
        listed = (self.met is not None or self.tier is not None) and names_somebody(text)
        told = [] if listed else self.news.of_results(line.row, text)
        given = self.news.of_codes(text, (cells for found in self.rows.values() for _, cells in found))
        if not told and given is None:
            return False
        cases, others = given or ([], False)
        self.cast.cases |= {fold(name): (code, name) for code, name in self.news.codes.items()}
        for cells in (*told, *cases):
            self.rows.setdefault("", []).append((line.row, cells))
        self.sure, self.people = self.sure + len(told) + len(cases), self.people + len(told)
        self.unread += [line] if others else []
        return True

    def _at_home(self, line: Line, text: str) -> bool:
        """Tell whether a line names those who share the home of a case of the chat, as a sentence: they are read."""
        told = self.cast.at_home(text)
        if told is None:
            return False
        before, together = self.met, self.together
        self.met, self.together = ("F0", reference_to(told[0])), {}
        self._add(line, told[1])
        self.met, self.together, self.sure = before, together, self.sure + len(told[1])
        return True

    def _told_again(self, row: int, text: str, found: list[dict[str, str]]) -> list[Told] | None:
        """Return what a sentence tells of somebody who is listed already: where they are, how a test came out."""
        listed = {fold(one[NAME]) for one in self.talk.listed}
        return self.talk.read(row, text) if any(fold(one[NAME]) in listed for one in found) else None

    def _put(self, line: Line, told: list[Told]) -> None:
        """Keep the rows that a line of a talk tells; what it says of others is set aside."""
        self.unread += [line] if self.talk.more else []
        for met, cells in told:
            row = cells if met is None else {**cells, heading_of("F1"): met}
            self.rows.setdefault("" if met is None else "F1", []).append((line.row, row))

    def _hear(self, row: int, text: str) -> None:
        """End what a message said of the next lines where somebody else goes on to tell something."""
        by = self.senders.get(row, self.by)
        if by == self.by or not tells_something(text):
            return
        if self.by is not None and self.people > self.before:  # else it was asked for what now comes
            self.ended = self.ended or self.met is not None or self.tier is not None
            self.met, self.tier, self.home = None, None, False
        self.by = by

    def _gathers(self, line: Line, text: str) -> bool:
        """Tell whether a message of a chat says who was with a case, or that the next lines name them."""
        told = read_gathering(text)
        if told is None:
            return False
        before, self.met, self.tier = self.met, ("F0", told.case), None
        self.ended, self.before, self.when = False, self.people, (self.met, told.when)
        self._add(line, list(told.people))
        if told.people:
            self.met, self.sure = before, self.sure + len(told.people)
        else:
            self.heads.append(line)
        self.unread += [line] if tells_something(told.more) and not told.when else []
        return True

    def _is_told(self, text: str) -> bool:
        """Tell whether a sentence that begins with somebody says whom they met, names a case or tells their test."""
        if told_in_text(text) or (self.chat and NAMED_CODE.search(text)):
            return True
        return self.chat and any(RESULT in one for one in people_of_line(text)[:1])

    def _is_case(self, text: str) -> bool:
        """Tell whether a line is about the case whom the people of the next lines met: ``- BN34: Lê Một, 1980``."""
        code = _CODE_FIRST.match(text)
        return code is not None and self.met == ("F0", re.sub(r"[ .\-]", "", code[1]).upper())

    def _begins(self, line: Line, *, listed: bool) -> bool:
        """Tell whether a line says whom the people of the next lines met; those behind its colon are read, too."""
        head, _, behind = line.text.strip().partition(":")
        somebody = (item := ITEM.match(head)) is not None and bool(people_of_line(item["rest"]))
        listed |= somebody or names_somebody(head)  # and whom they met
        told = [] if listed and not behind else told_in_text(head)
        case = self.cast.with_whom(head) if not told and not listed and self.chat and ":" in line.text else None
        if case is not None:
            told = [("F0", reference_to(case))]
        if not told:
            return False
        before, self.met, self.tier, self.ended, self.before = self.met, told[0], None, False, self.people
        self.together = {} if case is None else self.cast.met(head, case)
        first = ITEM.match(behind)
        found = people_of_line(behind.strip() if first is None else first["rest"])
        days = _MET_ON.of(head).findall(head) if found and not _LISTED_ON.search(fold(head)) else []
        for cells in found if len(days) == 1 else []:
            cells.setdefault(DAYS, days[0])
        self._add(line, found)
        if not found and tells_something(behind):
            self.unread.append(line)
        if found and self.chat and first is None:
            self.met, self.sure = before, self.sure + len(found)  # a message stands for itself
        else:
            self.heads.append(Line(line.row, (head,)) if found else line)
        return True

    def _says_who_met(self, line: Line) -> bool:
        """Tell whether a line says in one sentence who met a case: ``BN34 tiếp xúc với Lê Văn Tư, 1960, ngày 17/7``."""
        said = _MET.match(line.text.strip())
        found = people_of_line(said["who"]) if said is not None else []
        if said is None or not found:
            return False
        before, self.met = self.met, ("F0", re.sub(r"[ .\-]", "", said["case"]).upper())
        self._add(line, found)
        self.met, self.sure = before, self.sure + len(found)
        return True

    def _must_tell(self, text: str, *, marked: bool) -> bool:
        """Tell whether a line that is not read may be about somebody: below the name of a case every one may be."""
        if self.talk.heading(text):
            return False
        greets = GREETING.match(text) and not self.talk.tells(text)
        if greets or HEADLINE.match(text) or (text.endswith(":") and not tells_something(text)):
            return False
        if self.met is not None or self.talk.tells(text) or (self.chat and tells_result(text)):
            return True
        return tells_something(text) and (marked or self.people > 0)

    def _add(self, line: Line, found: list[dict[str, str]], tier: str | None = None) -> None:
        self.people += len(found)
        for cells in found:
            if self.home:
                cells.setdefault(KIND, TOGETHER)
            self.news.with_own_code(cells)
            whom, met = cells.pop(WHOM, None), self.met
            own = told_in_text(cells.get(REMARK, ""))
            if own:
                met = own[0]
                left = [part for part in cells.pop(REMARK).split(", ") if not told_in_text(part)]
                cells.update({REMARK: ", ".join(left)} if left else {})
            elif tier == "0":
                cells[LEVEL], met = "F0", None
            elif tier is not None and (met is None or met[0] != f"F{int(tier) - 1}"):
                met = f"F{int(tier) - 1}", whom or cells.get(REMARK) or line.text
            if met is not None:
                cells[heading_of(met[0])] = met[1]
                for heading, text in self.when[1].items() if met is self.when[0] and not _WHEN & set(cells) else ():
                    cells[heading] = text
                until_end(cells, self.together if met == self.met else {})
                there = present(cells) if self.together and met == self.met else None
                self.there += [] if there is None else [(line.row, there)]
            elif self.chat and tier is None and len(found) == 1 and NAMED_CODE.search(line.text):
                cells.pop(DAYS, None)  # whether they met the case, and when, is asked: the words stay together
                cells[REMARK] = line.text
            self.talk.listing(cells, met=met is not None)
            self.rows.setdefault("" if met is None else met[0], []).append((line.row, cells))


def message_sheets(document: Document, log: FindingLog, *, case: str | None = None) -> list[Sheet]:
    """Return the lists that a text is; of another text that tells of people or days, its lines; else none.

    ``case`` is whom the people met of whom no line says otherwise.
    """
    chat = any(fact.name == CHAT.name for fact in document.facts)
    met = None if case is None else ("F0", case)
    reader = _Reader(
        chat=chat, talk=Talk(days_of_messages(document) if chat else {}), met=met, senders=document.senders
    )
    for line in document.lines:
        reader.read(line)
    rows = reader.rows
    enough = reader.people >= FEWEST and sum(map(len, rows.values())) >= _ENOUGH * reader.items
    if not enough and not reader.sure and not (reader.met is not None and reader.people):
        return _lines(document)
    first = min(row for found in rows.values() for row, _ in found)
    heads = {line.row: line for line in reader.heads}
    titles = tuple(heads.get(line.row, line) for line in document.lines if line.row < first or line.row in heads)
    days = tuple(fact for fact in document.facts if fact.name in ("day", "year")) if chat else ()
    facts = (*days, *facts_above(document, titles, first, chat=chat))
    passed = reader.passed - sum(line.row < first for line in document.lines if line.row not in heads)
    left_out, out = {"remark": passed} if passed > 0 else {}, []
    unread = [(line.row, {REMARK: line.text}) for line in reader.unread]
    for tier, found in with_days_of_visits(rows, facts).items():
        headings = [*HEADINGS, VISITED, CONFIRMED, FIRST, LAST, *TALKED, PLACE, *([heading_of(tier)] if tier else [])]
        told = {"facts": facts, "titles": titles, "passed": left_out}
        sheet = list_of_text(document, headings, [*found, *unread], said=facts, **told)
        unread, left_out = [], {}
        if tier:
            sheet.report(log, "contact.titled", count=len(found), words=tier)
        out.append(sheet)
    if reader.there:
        out.append(list_of_text(document, PRESENT, reader.there, said=facts, facts=facts, titles=titles))
    return out


def _lines(document: Document) -> list[Sheet]:
    told = [line for line in document.lines if tells_something(line.text)]
    if not told:
        return []
    facts = read_facts([], None, document.file)
    return [list_of_text(document, (TEXT,), [(line.row, {TEXT: line.text}) for line in told], said=facts, facts=facts)]
