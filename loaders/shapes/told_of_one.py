"""A message of a chat about somebody who met a case, in free words: who, whom they met and when, since when isolated.

``Bà Lê Thị Na 1969 bán thuốc cho BN34 sáng 27/1, sđt 0912…``, ``F1 của BN34: vợ Lê Thị Lan 1991 và con Lê An 2017, tx
cuối 30/1. Tối 31/1 đã đưa 2 mẹ con đi KCL``. Kin of one message met the case alike. What names two cases, or doubts, is
not read here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from loaders.columns.gathering import LAST
from loaders.columns.meetings import read_meeting
from loaders.columns.person_line import DAYS, HOURS, NAME, PHONE, RELATION, REMARK, YEAR
from loaders.files.chat import CHAT
from loaders.files.grid import Document
from loaders.files.spelt import Spelt
from loaders.shapes.kinds_of_text import FEWEST
from loaders.shapes.talk import ISOLATED, ISOLATED_AT, ISOLATED_HOW
from loaders.shapes.titled import heading_of
from tracing.patterns import regex
from tracing.spelling import fold, phone_numbers

_CAPITAL: Final = "[A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]"
_WORD: Final = rf"{_CAPITAL}[^\W\d_]*"
_TITLE: Final = (
    r"(?:(?i:ông|bà|anh|chị|em|cháu|cô|chú|bác|dì|cậu|mợ|bé|thầy|ong|ba|chi|chau|co|chu|bac|be|thay|mr|mrs|ms)\.?\s+)?"
)
_KIN: Final = (
    r"(?i:(?P<kin>vợ|chồng|con(?: trai| gái| dâu| rể)?|mẹ|má|cha|bố|anh trai|chị gái|em(?: trai| gái)|cháu|bạn"
    r"|đồng nghiệp|hàng xóm|vo|chong|me|bo|con(?: trai| gai)?|wife|husband|son|daughter|mother|father)"
    r"(?:\s+(?:là|tên))?\s+)?"
)
_PHONE: Final = r"(?:(?i:sđt|đt|sdt|dt|số|phone|tel)\s*[:.]?\s*)?(?:\+?84|0)(?:[ .]?\d){9}(?!\d)"
#: Somebody in full with the year of birth or a telephone number next.
_PERSON: Final = regex(
    rf"(?<!\w){_KIN}{_TITLE}(?P<name>{_WORD}(?:\s+{_WORD}){{1,5}})\s*[,(–-]?\s*"
    rf"(?:(?:(?i:sn|sinh năm|sinh|ns|born)\s*[:.]?\s*)?(?P<year>(?:19[2-9]|20[0-2])\d)(?!\d)|(?=[,(\s]*{_PHONE}))\)?"
)
_NUMBER: Final = regex(rf"[\s,(]{{0,9}}{_PHONE}\)?")
_TODAY: Final = r"(?:(?:từ\s+)?(?:hôm|sáng|trưa|chiều|tối|đêm)\s+nay)"
_DAY: Final = r"(?:(?:từ|ngày|hôm|sáng|trưa|chiều|tối|đêm|lúc|vào)\s+){0,3}\d{1,2}[/.]\d{1,2}(?:[/.](?:20)?\d\d)?"
_WHEN: Final = rf"(?:{_TODAY}\s*,?\s*{_DAY}|{_DAY}|{_TODAY})"
_DONE: Final = r"(?:(?:đã|được|cho|đang|phải|vừa|mới|rồi)\s+){0,3}"
_ENDS: Final = r"(?:\s+(?:rồi|xong|ạ|nha|nhé|luôn))*\W*"
#: That somebody is isolated, how or where, since when; that somebody was brought somewhere.
_ISOLATED: Final = Spelt(
    rf"(?i)\W*(?P<before>{_WHEN})?\s*{_DONE}(?:cách ly|cl)(?P<how>\s?tại nhà|\s?tập trung|tn|tt)?"
    rf"(?:\s+(?:tại|ở)\s+(?P<at>(?!nhà)[^,;.]{{2,50}}?))?\s*(?P<behind>{_WHEN})?{_ENDS}"
)
_BROUGHT: Final = Spelt(
    rf"(?i)\W*(?P<before>{_WHEN})?\s*{_DONE}(?:đưa|chuyển|chở)\s+"
    r"(?:(?:cả\s+)?(?:\d|hai|ba)?\s*(?:mẹ con|vợ chồng|cha con"
    rf"|bố con|bà cháu|ông cháu|anh em|chị em|người|bà|ông|anh|chị|em|bé)\s+)?(?:đi|vào|lên|sang|tới|đến|về)\s+"
    r"(?:(?:cách ly|cl)\s+(?:(?:tại|ở)\s+)?)?"
    rf"(?P<at>(?:khu|kcl|trường|ttyt|bv|bệnh viện|(?-i:{_CAPITAL}))[^,;.\d]{{1,50}}?)"
    rf"\s*(?P<behind>{_WHEN})?{_ENDS}"
)
_SENTENCES: Final = regex(r"(?<=[^\W\d]{2})[.;]\s+|(?<=\d)[.;]\s+(?=[^\W\d])|,\s+(?=[^\W\d])")
#: First words of a message before a name, ``Thêm Lê Thị Na 1980``, and what somebody only says of themselves.
_LEADS: Final = regex(r"them|gom|co|con|bao|da|vang|va|moi|tiep|ca|truong hop|also|and|plus")
#: What stands before the name of a case: those whom it met are listed behind it, ``F1 của BN Lê Văn Tư 1960 BN34:``.
_OF_CASE: Final = regex(r"\b(?:cua|of)\s+(?:(?:bn|benh nhan|ca|f ?0|ca benh)\s+)?$")
_CASE: Final = regex(r"(?:bn|benh nhan|f ?0)\b")
_SAYS: Final = regex(r"\b(?:khai|noi la|ke la|nho la|says?|claims?)\b")
_HOWS: Final = {"tn": "tại nhà", "tt": "tập trung"}
_LONGEST: Final = 600


class _Isolation(NamedTuple):
    """The cells of what a message tells of isolation, and its other words."""

    cells: dict[str, str]
    left: str


def told_of_one(text: str, sent: str | None, called: Mapping[str, str]) -> list[dict[str, str]] | None:
    """Return the cells of each of whom a message says that they met one case; None of any other message.

    ``sent`` is the day of the message, ``called`` short name without accents -> code of the cases of the chat.
    """
    people = list(_PERSON.finditer(text)) if len(text) <= _LONGEST else []
    if not people or _SAYS.search(fold(text)) or (len(people) > 1 and not all(one["kin"] for one in people)):
        return None
    if any(_OF_CASE.search(fold(text[: one.start("name")])) or _CASE.match(fold(one["name"])) for one in people):
        return None
    cells = [_who(one, text) for one in people]
    rest = text
    for one in reversed(people):
        rest = f"{rest[: one.start()]} {rest[one.end() :]}"
    phones = [number for match in _NUMBER.finditer(text) for number in phone_numbers(match[0])]
    if len(people) == 1 and phones:
        cells[0][PHONE] = "; ".join(phones)
    isolated = _isolation(_NUMBER.sub(" ", rest), sent)
    met = read_meeting(re.sub(r"\s+", " ", isolated.left).strip(), called)
    if met is None:
        return None
    first, on, last = met.cells()
    told = {DAYS: on or met.on, LAST: last if on is None and first is None else None, HOURS: met.hours}
    told |= {heading_of("F0"): met.case, REMARK: met.words, **isolated.cells}
    return [{**one, **{heading: cell for heading, cell in told.items() if cell}} for one in cells]


def _who(person: re.Match[str], text: str) -> dict[str, str]:
    words = person["name"].split()
    if len(words) > 2 and _LEADS.fullmatch(fold(words[0])):
        words = words[1:]
    number = _NUMBER.match(text, person.end())
    told = {NAME: " ".join(words), YEAR: person["year"], RELATION: person["kin"]}
    told[PHONE] = "; ".join(phone_numbers(number[0])) if number is not None else None
    return {heading: cell for heading, cell in told.items() if cell}


def tells_of_several(document: Document) -> bool:
    """Tell whether messages of a chat tell, each in free words, of people who met a case."""
    if not any(fact.name == CHAT.name for fact in document.facts):
        return False
    told = (told_of_one(line.text, None, {}) for line in document.lines)
    return sum(people is not None for people in told) >= FEWEST


def _isolation(text: str, sent: str | None) -> _Isolation:
    """Return what a message tells of isolation, and its other words."""
    cells: dict[str, str] = {}
    left = []
    for part in _SENTENCES.split(text):
        match = _ISOLATED.fullmatch(part) or _BROUGHT.fullmatch(part)
        said = None if match is None else match["behind"] or match["before"]
        day = None if said is None else next(iter(re.findall(r"\d{1,2}[/.]\d{1,2}(?:[/.](?:20)?\d\d)?", said)), sent)
        if match is None or day is None or cells:
            left.append(part)
            continue
        how = re.sub(r"\W", "", match.groupdict().get("how") or "")
        how = _HOWS.get(how.lower(), (match.groupdict().get("how") or "").strip())
        told = {ISOLATED: day, ISOLATED_HOW: how or ("tập trung" if match["at"] else ""), ISOLATED_AT: match["at"]}
        cells = {heading: cell.strip() for heading, cell in told.items() if cell}
    return _Isolation(cells, ", ".join(part.strip() for part in left if part.strip()))
