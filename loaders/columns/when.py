"""When something was, as a remark or an answer tells it: ``14/9 lúc 19h``, ``2 đêm 12-13/9``, ``12/9 đến 15/9``."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from loaders.code_words import NAMED_CODE
from loaders.columns.hours import hours_in
from tracing.patterns import regex
from tracing.spelling import fold

_DAYS: Final = regex(
    r"(?i)(?<![\d/.:-])(?:(?P<d>\d{1,2})(?:[/.](?P<m>\d{1,2})(?:[/.](?P<y>\d{4}|\d\d))?)?"
    r"\s*(?:-|–|đến|den|tới|toi|to|until)\s*(?:hết |het )?(?:ngày |ngay )?)?"
    r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?:[/.](?P<year>\d{4}|\d\d))?(?![\d/])"
)
#: Words that say that people met or that somebody stayed, without accents.
_MEETING: Final = regex(
    r"\b(?:tiep xuc|tx|gap(?: go| nhau)?"
    r"|(?:an|uong|ngu|o|di|ngoi|hoc|lam|choi)(?: com| nha)? (?:cung|chung|lai|voi|nhau)"
    r"|an (?:com|tiec|sang|trua|toi)|ngu|o|tham|met|saw|stayed|slept)\b"
)
_CONTACT: Final = regex(r"\b(?<!khong )(?<!chua )(?:tiep xuc|tx|gap(?: go)?|met|contact)\b(?! f[1-4])")
#: What such words stand among where nothing else is told.
_FILLING: Final = regex(
    r"\b(?:co|da|truc tiep|gan|voi|cung|f0|ca benh|benh nhan|vao|luc|khoang|ngay|hom|tu|den|sang|trua|chieu|toi|dem|nha"
    r"|tai|\d{1,2} (?:dem|ngay|hom|nights?|days?)|on|at|from|to|the|case)\b"
)


#: Who somebody is to a case, and what else stands about a contact with it where nothing more is told.
_WHOSE: Final = regex(
    r"\b(?:tai|o) (?:(?!ngay|hom|luc)[a-z]+ ?){1,5}"
    r"|\b(?:vo|chong|con(?: trai| gai| dau| re)?|me|bo|cha|ba|ong|anh|chi|em|chau|hang xom|dong nghiep|nguoi nha|ban"
    r"|cung (?:nha|chuyen|xuong|to|lop|phong|co quan|cong ty|xe|mam)|cua|va|ca|la|lan cuoi|cuoi cung|cuoi|lan)\b"
)
#: That they met a relative of the case.
_MET_KIN: Final = regex(
    r"\b(?:tiep xuc|tx|gap)\b[^,;.]{0,40}\b(?:vo|chong|con|me|bo|cha|ba|ong|anh|chi|em|chau|ban)\b"
    r"[^,;.]{0,40} (?:bn|f ?0|ca) ?\d"
)
_LAST: Final = regex(r"\b(?:lan cuoi|cuoi cung|tx cuoi|tiep xuc cuoi|gap cuoi|last)\b")


class When(NamedTuple):
    """First and last time as texts with their day (no last of one time), and what else the text says."""

    first: str
    last: str | None
    rest: str


def read_when(text: str) -> When | None:
    """Return the one day, span of days, or day with its hours that a text tells; None of any other text."""
    days = list(_DAYS.finditer(text))
    if len(days) != 1:
        return None
    (found,) = days
    if int(found["month"]) > 12 or int(found["m"] or 1) > 12 or not 0 < int(found["day"]) < 32:
        return None
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    clocks, rest = hours_in(rest)
    if len(clocks) > 1 or (clocks and found["d"]):
        return None
    on = _day(found["day"], found["month"], found["year"])
    if found["d"]:
        return When(_day(found["d"], found["m"] or found["month"], found["y"] or found["year"]), on, rest)
    first, last = clocks[0] if clocks else (None, None)
    return When(f"{on} {first}" if first else on, f"{on} {last}" if last else None, rest)


def tells_contact(text: str) -> bool:
    """Tell whether a text says that somebody met somebody."""
    return _CONTACT.search(fold(text)) is not None


def tells_meeting(text: str) -> bool:
    """Tell whether a text says that people met or that somebody stayed."""
    return _MEETING.search(fold(text)) is not None


def tells_only_when(when: When) -> bool:
    """Tell whether the words about a time say that people met then, and nothing more."""
    said = fold(when.rest)
    return _MEETING.search(said) is not None and not re.search(r"\w", _FILLING.sub(" ", _MEETING.sub(" ", said)))


def cases_named(text: str) -> list[str]:
    """Return the codes of the cases that a text names."""
    return [match[0] for match in NAMED_CODE.finditer(text)]


def tells_only_contact(text: str) -> bool:
    """Tell whether a text says that somebody met one case, on which day, and nothing more.

    ``Vợ BN34, tiếp xúc lần cuối ngày 12/5``, ``gặp BN34 tại đám tang 9/5``.
    """
    when = read_when(NAMED_CODE.sub(" ", text))
    if when is None or when.last is not None or len(cases_named(text)) != 1 or not tells_contact(text):
        return False
    if _MET_KIN.search(fold(text)):
        return False
    return not re.search(r"\w", _FILLING.sub(" ", _MEETING.sub(" ", _WHOSE.sub(" ", fold(when.rest)))))


def is_last(text: str) -> bool:
    """Tell whether a text says that a day is the last on which people met."""
    return _LAST.search(fold(text)) is not None


def _day(day: str, month: str, year: str | None) -> str:
    return f"{day}/{month}/{year}" if year else f"{day}/{month}"
