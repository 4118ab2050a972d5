"""A sentence of a chat that says with whom a case was, when and where: ``BN34 hát chung với Lê Văn Tư (1990), …``.

Or it announces them: ``29/6, 17h30 - 18h45 tại nhà thờ, chị Sương (BN34) ngồi cùng dãy với:``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from loaders.code_words import NAMED_CODE
from loaders.columns.hours import read_hours
from loaders.columns.looks import is_name
from loaders.columns.person_line import DAYS, HOURS, people_of_line
from loaders.files.chat import CHAT
from loaders.files.grid import Document
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

FIRST, LAST = "Ngày tiếp xúc đầu tiên", "Ngày tiếp xúc cuối"
"""Headings of a first and a last time with their days."""
_SEVERAL: Final = 2
_CODE: Final = r"(?:(?i:bn|f0)[ \-.]?\d[\d.]*\d)"
_DID: Final = (
    r"(?i:(?:đã |có |hay )?(?:hát|ngồi|ăn|nhậu|uống|đi|học|làm(?: việc)?|chơi|họp|ở(?: trọ)?|sống|ngủ|nằm|đứng|đá bóng"
    r"|tập|tiếp xúc(?: gần)?|tx|gặp|chở|nói chuyện|sinh hoạt|dự(?: tiệc| lễ)?))"
)
#: The case, what it did, and those behind "với": both in one sentence.
_WITH: Final = Spelt(
    rf"(?P<before>.*?)(?P<code>{_CODE})\)?(?:\s*\([^()]{{1,40}}\))?\s+{_DID}(?:\s[^:,;()]{{0,40}}?)?"
    r"(?:\s(?i:với|cùng|gồm|có|là))+\s*:?\s*(?P<who>.*)$"
)
#: Those who were with the case that is named behind "với", before a colon.
_OF: Final = Spelt(
    rf"(?P<before>.*?{_DID}\s[^:;]{{0,40}}?(?i:với|cùng)\s[^:;]{{0,40}}?)(?P<code>{_CODE})\)?(?:\s*\([^()]{{1,40}}\))?"
    r"\s*:\s*(?P<who>.*)$"
)
#: The case somewhere, and at the end that a list of those who were with it follows.
_FOLLOWS: Final = Spelt(
    rf"(?P<before>.*?(?P<code>{_CODE}).*?)(?i:(?:ds|danh sách|những người|các (?:bạn|anh chị)|người)\s[^:.;]{{0,30}}?"
    r"(?:đi|ngồi|ở|ăn|học|làm)\s(?:cùng|chung)[^:.;]{0,40}):\s*(?P<who>)$"
)
_DENIED: Final = regex(r"\b(?:khong|ko|k|chua) (?:co |he )?(?:gap|tiep xuc|tx|di|ngoi|an|o)\b")
_DAY: Final = r"(?<![\d/.])(?P<day>\d{1,2}/\d{1,2}(?:/20\d\d)?)(?![\d/])"
_HALF: Final = r"(?:\s*(?:sáng|trưa|chiều|tối|đêm))?"
_HOUR: Final = rf"(?<![\d/])\d{{1,2}}\s?(?:h|g|giờ|:)\s?(?:\d{{2}})?(?![\d/]){_HALF}"
_TIME: Final = regex(rf"(?i){_DAY}|(?P<hours>{_HOUR}(?:\s*(?:-|–|đến|tới)\s*{_HOUR})?)")
_UNTIL: Final = regex(r"(?i)(?:tới|đến|toi|den|hết)\s+(?:hết\s+)?(?:ngày\s+)?$")
#: Where a sentence behind the people begins.
_SENTENCE: Final = regex(r"(?<=[\w)])\.\s+(?=[A-ZÀ-ỸĐ])(?!(?:[A-ZÀ-ỸĐ]\w*\s){2,})")
_AND: Final = regex(r"\s+(?:và|với|cùng|va)\s+(?=(?i:anh |chị |ông |bà |em |cô |chú |bác )?[A-ZÀ-ỸĐ])")
#: A telephone number that has lost its 0, and a year of birth of two digits that is called one.
_SHORT_PHONE: Final = regex(
    r"(?i)(?<![\d/.,])(?<!cmnd )(?<!cccd )(?<!cmnd: )(?<!cmt )(?=[5789]\d{8}(?!\d))|(?<=sđt )(?=3\d{8}(?!\d))"
)
_SHORT_YEAR: Final = regex(r"(?i)\b(sn|sinh năm|sinh|ns)[ .:]{0,2}(\d\d)(?!\d)")
#: A number between a name and a telephone that may be a year or an age: it stands behind both then, as it is.
_NUMBER_BETWEEN: Final = regex(
    r"(?<!\w)([A-ZÀ-ỸĐ]\w*(?: [A-ZÀ-ỸĐ]\w*){1,4}) (\d\d)\s*[-–,;]?\s*((?:0)(?:[ .]?\d){9}(?!\d))"
)
SURNAME: Final = regex(
    r"nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|doan|lam|trinh|mai|dao|truong|cao"
    r"|luong|luu|ha|thai|ta|chau|to|tang|kieu|thach|danh|son|kim|lu|mach|ung|quach|au|tu|vuong|trieu|nghiem|phung"
    r"|quang|tieu|khuu|hua|giang|lac|diep|van|ton|nu|bach|khong|mac|lo|giap|ong|dam|vi|la|ninh|than|chu|phu"
)
"""First words of names, without accents: what begins with another word in small letters may be anything."""
_SMALL: Final = regex(
    r"^(?P<name>[a-zà-ỹđ]+(?: [a-zà-ỹđ]+){1,3})(?=,? (?:sn |sinh )?(?:19|20)\d\d(?!\d)|,? 0\d{9}(?!\d))"
)


class Gathering(NamedTuple):
    """Whom people met, the cells of when that was, the people; what stands behind them and is not read."""

    case: str
    when: Mapping[str, str]
    people: tuple[dict[str, str], ...]
    more: str


def read_gathering(text: str) -> Gathering | None:
    """Read such a sentence; None of one that names no case or several, and of one that denies a meeting."""
    codes = {re.sub(r"\W", "", code).upper() for code in NAMED_CODE.findall(text)}
    if len(codes) != 1 or _DENIED.search(fold(text)):
        return None
    for form in (_OF, _WITH, _FOLLOWS):
        match = form.of(text).match(text)
        found = None if match is None else _people(match["who"])
        if match is not None and found is not None:
            people, more = found
            if people or text.rstrip().endswith(":"):
                when = _when(match["before"]) or _when(more)
                return Gathering(codes.pop(), when, people, more)
    return None


def lists_gathered(document: Document) -> bool:
    """Tell whether messages of a chat say in sentences with whom cases were: ``BN34 hát chung với Lê Văn Tư, …``."""
    chat = any(fact.name == CHAT.name for fact in document.facts)
    return chat and sum(read_gathering(line.text) is not None for line in document.lines) >= _SEVERAL


def _people(who: str) -> tuple[tuple[dict[str, str], ...], str] | None:
    """Return the people of a text, and the sentence behind them; None where it names nobody, and is not empty."""
    cut = _SENTENCE.search(who)
    said, more = (who, "") if cut is None else (who[: cut.start()], who[cut.end() :])
    people = tuple(people_of_line(_AND.sub(", ", spelt_out(said)))) if said.strip() else ()
    return (people, more) if people or not who.strip() else None


def spelt_out(text: str) -> str:
    """Return a line about somebody with the 0 of the telephone, the century of the year, the capitals of the name."""
    small = _SMALL.match(text)
    if small is not None and SURNAME.fullmatch(fold(small["name"].split()[0])) and is_name(small["name"].title()):
        text = small["name"].title() + text[small.end() :]
    text = _NUMBER_BETWEEN.sub(r"\1, \3, \2", _SHORT_PHONE.sub("0", text))
    return _SHORT_YEAR.sub(lambda found: f"{found[1]} {'20' if int(found[2]) < 22 else '19'}{found[2]}", text)


def _when(text: str) -> dict[str, str]:
    """Return the cells of the one day with its hours, or of the two moments, that a text tells; nothing of others."""
    told = list(_TIME.finditer(text))
    days = [match["day"] for match in told if match["day"]]
    hours = [match["hours"].strip() for match in told if match["hours"]]
    if len(days) == 1 and len(hours) <= 2:
        (day,) = days
        if not hours and _UNTIL.search(text[: text.index(day)]):
            return {LAST: day}
        return {DAYS: day, **({HOURS: " - ".join(hours)} if hours else {})}
    if len(days) != 2 or len(hours) not in (0, 2) or any(read_hours(hour)[1] for hour in hours):
        return {}
    if not hours:
        return {FIRST: days[0], LAST: days[1]}
    pairs = [told[at : at + 2] for at in (0, 2)]
    if not all({bool(one["day"]), bool(other["day"])} == {True, False} for one, other in pairs):
        return {}
    moments = [" ".join(next(m[name].strip() for m in pair if m[name]) for name in ("hours", "day")) for pair in pairs]
    return {FIRST: moments[0], LAST: moments[1]}
