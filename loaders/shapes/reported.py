"""What a message of a chat reports in sentences of people whom it names.

A new case with all that is told of it, ``Ca mới: Lê Văn Tư, SN 1980, …, mã BN34, PCR dương tính hôm nay``; who met a
case, ``anh Hai Lúa mua hàng của Tư sáng 3/9 => F1``; who did not; whom somebody asks about; tests and isolations of
those who are named in full or were listed before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from loaders.code_words import CASE_CODE, NAMED_CODE, plain_code
from loaders.columns.accents import CAPITALS
from loaders.columns.gathering import SURNAME
from loaders.columns.movements import has_day_line
from loaders.columns.person_line import (
    ADDRESS,
    AGE,
    CODE,
    DAYS,
    HOURS,
    ITEM,
    LEVEL,
    METHOD,
    NAME,
    ONSET,
    PHONE,
    REMARK,
    RESULT,
    SAMPLE,
    SEX,
    YEAR,
    method_in,
    people_of_line,
)
from loaders.files.case_heads import head_of_case
from loaders.files.chat import CHAT, days_of_messages
from loaders.files.grid import Document
from loaders.files.spelt import Spelt
from loaders.shapes.case_facts import DAY, facts_of, sentences
from loaders.shapes.case_report import CONFIRMED, RESULTED, tests_in
from loaders.shapes.case_report import RESULT as TESTED
from loaders.shapes.cast import Cast, reference_to
from loaders.shapes.talk import ISOLATED, ISOLATED_AT, ISOLATED_HOW, Talk
from tracing.patterns import regex
from tracing.spelling import fold

_OWN: Final = (YEAR, AGE, SEX, PHONE, ADDRESS)
_WHEN: Final = (DAYS, HOURS)
_WORD: Final = rf"[{CAPITALS}][^\W\d_]*(?!\w)"
_TITLE: Final = (
    r"(?:(?i:ông|bà|anh|chị|em|cháu|cô|chú|bác|dì|cậu|mợ|thím|bé|thầy|bs|bác sĩ|đd|điều dưỡng|ys|y sĩ|y tá|ktv|ds)"
    r"\.?\s+)"
)
#: One of several who stand side by side: a name, what stands in brackets behind it, the code of one who is a case.
_ONE: Final = (
    rf"(?:{_TITLE}?{_WORD}(?:\s+{_WORD}){{1,5}}|{_TITLE}{_WORD})(?:\s*\([^()]{{1,60}}\))?(?:\s*\(?{CASE_CODE}\)?)?"
)
_JOINED: Final = Spelt(
    rf"^\W*(?P<people>{_ONE}(?:\s*(?:[,&+]|(?<!\w)(?i:và|với|cùng))\s*{_ONE}){{1,5}})(?P<rest>(?:[\s,;:.].*)?)$"
)
_EACH: Final = regex(
    rf"{_TITLE}?(?P<name>{_WORD}(?:\s+{_WORD}){{0,5}})(?P<told>(?:\s*\([^()]{{1,60}}\))?)(?:\s*\(?(?P<code>{CASE_CODE})\)?)?"
)
#: The end of a sentence that says what follows from it: ``… => F1``.
_VERDICT: Final = Spelt(
    r"(?i)\s{0,9}(?:={1,5}>|[-–]{1,5}>|→|⇒|=|(?<!\w)(?:nên|vậy|vậy là|coi như|tính|xếp|thuộc)(?!\w))\s*(?:là |diện )?"
    r"F\s?1(?!\w)\W*$"
)
_DENIES: Final = regex(r"\b(?:khong|chua|ko|k)(?: he| tung| co| phai){0,2} (?:gap|tiep xuc|tx|dung mat|lai gan)\b")
_ASKS: Final = Spelt(
    r"(?i)^\W{0,9}(?:(?:thế|vậy|dạ|còn|rồi)\s+){0,4}(?P<who>\S.*?)\s*(?:thì sao|sao rồi|thế nào)?\s*\?+\s*$"
)
#: What stands before a new case.
_NEW: Final = Spelt(
    r"(?i)[^:.]{0,60}(?:ca mới|ca (?:dương tính|bệnh|nhiễm|mắc)|F0|thêm \d+ ca|trường hợp (?:mới|dương tính)|ghi nhận"
    r"|phát hiện)[^:.]{0,40}"
)
_OF_MET: Final = Spelt(r"(?i)(?<!\w)(?:F ?[1-4]|tiếp xúc|tx|nghi)(?!\w)")
_TODAY: Final = Spelt(rf"(?i)(?<!\w)(?:hôm|sáng|trưa|chiều|tối|đêm) nay(?:\s*,?\s*\(?(?:ngày\s+)?(?P<day>{DAY}))?")
_TEST: Final = Spelt(
    r"(?i)(?<!\w)(?P<by>test(?: nhanh)?|xét nghiệm|xn|pcr|lấy mẫu|kq|kết quả)(?!\w)(?P<between>[^.;?]{0,60}?)"
    r"(?P<sign>(?<!\w)(?:âm tính|dương tính|(?-i:ÂT)|âm|dương)(?!\w)|\([+-]\))(?P<behind>[^.;]{0,40})"
)
_RESULTS: Final = Spelt(r"(?i)(?<!\w)(?:âm tính|dương tính|(?-i:ÂT)|âm|dương)(?!\w)|\([+-]\)")
_IN_ISOLATION: Final = Spelt(
    r"(?i)(?<!\w)cách ly(?P<how> (?:y tế )?tại nhà| tập trung)?"
    r"(?P<where>(?: tại| ở) (?:trường|khu|ktx|kcl|trung tâm|ttyt"
    rf"|trạm|khách sạn|bv|bệnh viện)[^,;.\d]*?)?\s+(?:kể\s+)?(?:từ|hôm|ngày)\s+(?:ngày\s+|hôm\s+)?(?P<day>{DAY})"
)
_AT: Final = regex(r"(?i)^\s*(?:tại|ở|tai|o)\s+")
_NAMED: Final = regex(rf"(?<!\w){_WORD}(?:\s{_WORD})*")
#: Words before the name of a place, and what is written in capitals and is nobody.
_OF_PLACE: Final = regex(
    r"\b(?:cty|cong ty|tyt|tram|phong|quan|nt|nha thuoc|truong|bv|benh vien|cho|pk|xa|phuong|khom|ap|o) $"
)
_SHORT: Final = regex(r"[A-ZĐÂ]{1,4}\d*")
_ON: Final = regex(rf"^\W*(?:(?:ngày|hôm|lúc|ngay|hom|luc)\s+)?(?P<day>{DAY})")


class Reported(NamedTuple):
    """The people of a message, with whom they met (the tier and the case); the case that it announces."""

    people: list[dict[str, str]]
    met: tuple[str, str] | None = None
    case: tuple[str, str] | None = None


def read_reported(text: str, talk: Talk, cast: Cast, *, sent: str | None, met: Collection[str]) -> Reported | None:
    """Return what a message reports; None of one that is read otherwise. ``met`` are names of those listed as F1."""
    if ITEM.match(text):
        return None
    case = case_of_message(text, sent)
    if case is not None:
        return Reported([case], case=(case[CODE], case[NAME]))
    ends = _VERDICT.search(text)
    whom = cast.of_sentence(text)
    if ends is not None and whom is not None and not _DENIES.search(fold(text)):
        people = [one for one in people_side_by_side(text[: ends.start()]) if one.get(CODE) != whom[0]]
        return Reported(people, met=("F0", reference_to(whom))) if people else None
    asked = _ASKS.of(text).match(text)
    if asked is not None:
        people = people_of_line(asked["who"])
        full = len(people) == 1 and bool({YEAR, AGE, PHONE} & people[0].keys()) and not people[0].get(REMARK)
        return Reported(people) if full else None
    if whom is not None and _DENIES.search(fold(text)):
        who = _who_begins(text, talk)
        return None if who is None or who[NAME] in met else Reported([{**who, REMARK: text}])
    told = [one for sentence in sentences(text) for one in _tested(sentence, talk, sent)]
    return Reported(told) if told else None


def reports_people(document: Document) -> bool:
    """Tell whether messages of a chat say of people that they are F1, or announce a case, and no itinerary."""
    if not any(fact.name == CHAT.name for fact in document.facts):
        return False
    days = days_of_messages(document)
    if any(_VERDICT.search(line.text) and people_side_by_side(line.text) for line in document.lines):
        return True
    told = any(case_of_message(line.text, days.get(line.row)) for line in document.lines)
    return told and not any(has_day_line(line.text) for line in document.lines)


def case_of_message(text: str, sent: str | None) -> dict[str, str] | None:
    """Return the cells of the one case that a message announces with its code, its name and its result."""
    codes = {plain_code(code[0]) for code in NAMED_CODE.finditer(text)}
    if len(codes) != 1 or _OF_MET.search(text):
        return None
    text = _TODAY.sub(lambda day: day["day"] or sent or "", text)
    positive = [test for test in tests_in(text) if fold(test[TESTED]) in ("duong tinh", "+")]
    lead, colon, body = text.partition(":")
    body = body.strip() if colon and _NEW.fullmatch(lead) else text
    head = head_of_case(body)
    people = people_of_line(body if head is None else f"{head.name}{head.behind}", case=True)[:1]
    named = head is not None or bool(people and {YEAR, AGE} & people[0].keys())
    if not positive or not people or not named:
        return None
    facts = {**facts_of([text]), **people[0]}
    days = {CONFIRMED: positive[0].get(RESULTED) or positive[0].get(SAMPLE), SAMPLE: positive[0].get(SAMPLE)}
    cells = {CODE: codes.pop(), NAME: facts[NAME], LEVEL: "F0", RESULT: positive[0][TESTED]}
    cells |= {heading: facts[heading] for heading in (*_OWN, ONSET) if heading in facts}
    cells |= {METHOD: positive[0][METHOD]} if METHOD in positive[0] else {}
    return cells | {heading: day for heading, day in days.items() if day}


def people_side_by_side(text: str) -> list[dict[str, str]]:
    """Return the people with whom a sentence begins, each with what is told behind the last: ``A và B, gặp 3/9``."""
    found = _JOINED.of(text).match(text)
    if found is None:
        return people_of_line(text)
    people: list[dict[str, str]] = []
    for one in _EACH.finditer(found["people"]):
        if len(one["name"].split()) == 1:
            people += [{CODE: plain_code(one["code"])}] if one["code"] else []
            continue
        told = people_of_line(f"{one['name']}{one['told']}, {found['rest'].strip(' ,;:.')}")
        if len(told) != 1:
            return people_of_line(text)
        people.append({**told[0], **({CODE: plain_code(one["code"])} if one["code"] else {})})
    days = {heading: people[0][heading] for heading in _WHEN if people and heading in people[0]}
    return [{**days, **one} for one in people]


def _who_begins(text: str, talk: Talk) -> dict[str, str] | None:
    """Return the one of whom a sentence is: in full with a year, an age or a number, or by a name listed before."""
    people = people_of_line(text)
    if len(people) == 1 and {YEAR, AGE, PHONE} & people[0].keys():
        return {heading: people[0][heading] for heading in (NAME, *_OWN) if heading in people[0]}
    called = re.match(rf"\W*{_TITLE}(?P<name>{_WORD}(?:\s{_WORD})*)", text)
    return None if called is None else talk.meant(called["name"])


def _tested(sentence: str, talk: Talk, sent: str | None) -> Iterator[dict[str, str]]:
    """Yield the test of each of those who are the subject of a sentence, and since when they are isolated."""
    test = _TEST.search(sentence)
    isolated = _IN_ISOLATION.search(sentence)
    begin = min((told.start() for told in (test, isolated) if told is not None), default=0)
    if sum(1 for _ in _RESULTS.finditer(sentence)) != (test is not None) or not begin:
        return
    cells: dict[str, str] = {}
    if test is not None:
        days = re.findall(DAY, sentence[: test.start("sign")]) if isolated is None or isolated.start() > begin else []
        behind = _ON.match(test["behind"])
        day = days[-1] if days else behind["day"] if behind is not None else sent
        method = method_in(test[0])
        cells |= {RESULT: "âm tính" if test["sign"] == "ÂT" else test["sign"]}
        cells |= {heading: told for heading, told in ((SAMPLE, day), (METHOD, method)) if told}
    if isolated is not None:
        where = _AT.sub("", isolated["where"] or "")
        told = {ISOLATED: isolated["day"], ISOLATED_HOW: isolated["how"], ISOLATED_AT: where}
        cells |= {heading: said.strip() for heading, said in told.items() if said}
    for who in _subjects(sentence[:begin], talk):
        yield {**who, **cells}


def _subjects(text: str, talk: Talk) -> list[dict[str, str]]:
    """Return those whom the words before a test name, all of them known: listed before, or named in full."""
    people = people_side_by_side(text)
    if people and all({YEAR, AGE, PHONE} & one.keys() for one in people):
        return [{heading: one[heading] for heading in (NAME, *_OWN) if heading in one} for one in people]
    out: list[dict[str, str]] = []
    for match in _NAMED.finditer(text):
        before, name = fold(text[: match.start()]), re.sub(rf"^{_TITLE}", "", match[0])
        if _OF_PLACE.search(f"{before.rstrip()} ") or _SHORT.fullmatch(name):
            continue
        who = talk.meant(name)
        if who is None and (len(name.split()) < 2 or not SURNAME.fullmatch(fold(name.split()[0]))):
            return []
        out.append(who or {NAME: name})
    return out
