"""Where people were, as the lines above a list say it: a place, an event, a class, a line of a factory, a room."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from loaders.files.spelt import Spelt
from loaders.place_words import BARE_TITLE_PLACES, TITLE_PLACES
from tracing.patterns import regex
from tracing.spelling import fold

PLACE: Final = Spelt(
    rf"(?<!\w)((?:{'|'.join(TITLE_PLACES)})(?: [^\s,;:()\-–]+){{1,9}})",
    re.IGNORECASE,
    bare=rf"(?<!\w)((?:{'|'.join(BARE_TITLE_PLACES)})(?: [^\s,;:()\-–]+){{1,9}})",
)
#: The same in English, where the noun stands behind the name: ``Blue Lagoon Hotel``, ``GRACE CHURCH``.
ENGLISH_PLACE: Final = regex(
    r"(?<![\w'.&-])((?:(?!(?i:of|at|the|in|from|for|to|list|guests?|register|members?|visitors?|residents?|people)\b)"
    r"[A-Z0-9][\w'.&-]{0,24}\s){1,5}"
    r"(?i:hotel|motel|hostel|guest ?house|resort|homestay|restaurant|church|cinema|theatre|supermarket|gym))(?!\w)"
)
_ENGLISH_EVENT: Final = "(?:meeting|wedding|funeral|conference|workshop|training|seminar|banquet)"
EVENT: Final = Spelt(
    r"(?<!\w)((?:đám (?:cưới|tang|giỗ|hỏi)|tiệc|lễ(?! tân\b)|hội nghị|(?:cuộc |buổi )?họp|lớp tập huấn)"
    r"(?: [^\s,;:()\-–]+){1,9})"
    rf"|(?<!\w)((?:[A-Z][\w']* ){{0,4}}{_ENGLISH_EVENT})(?!\w)",
    re.IGNORECASE,
    bare=r"(?<!\w)((?:dam (?:cuoi|tang|gio|hoi)|tiec|hoi nghi|(?:cuoc |buoi )hop"
    r"|hop(?= (?:chi bo|to|dan|khom|ap|giao ban|phu huynh|lop|hoi dong|ban)\b)|lop tap huan)(?: [^\s,;:()\-–]+){1,9})"
    rf"|(?<!\w)((?:[A-Z][\w']* ){{0,4}}{_ENGLISH_EVENT})(?!\w)",
)
CLASS: Final = Spelt(
    r"(?<!\w)(?<!tuyển sinh )(?<!vào )(lớp \d{1,2}\s?[/.]?\s?[A-ZĐ]?\d{0,2}|lớp (?:mầm|chồi|lá)(?: \d)?)(?!\w)",
    re.IGNORECASE,
)
#: A ward of the hospital that a title names before it: ``BỆNH VIỆN CÁI NƯỚC - KHOA NGOẠI``.
WARD: Final = Spelt(
    r"(?:bệnh viện|bv|trung tâm y tế|ttyt)\s.{2,60}?(?<!\w)(?<!đa )(khoa (?!học|kiểm soát|xét nghiệm|y tế|ytcc)"
    r"[^\s,;:()–-]+(?: [^\s,;:()–-]+){0,5})",
    re.IGNORECASE,
)
#: A line of a factory that a title names.
LINE: Final = Spelt(
    r"(?<!\w)(?:(?:dây )?chuyền(?: may| sản xuất)?|line)(?: số)? (?P<line>[A-Z]?\d{1,3}[A-Z]?)(?!\w)", re.I
)
#: A room of a house that a title names: ``PHÒNG THI SỐ 12``, ``phòng họp B``.
ROOM: Final = Spelt(
    r"(?<!\w)(phòng (?:(?:thi|học|họp|máy|tập|bệnh|mổ)(?: số)?|số):? [A-Z]{0,2}\d{0,4}[A-Z]?)(?!\w)"
    r"|(?:giường|bệnh nhân|người bệnh|buồng|lưu trú|ở trọ)[^,;:]{0,40}?(?<!\w)((?:phòng|buồng) \d{1,4}[A-Z]?)(?!\w)",
    re.I,
)
#: Offices that write lists: their name in a title says nothing of where the people were.
SENDER: Final = regex(r"(?:tram y te|trung tam y te|don|khoa (?:kiem soat|xet nghiem|ytcc|y te)|benh vien|trai)\b")
#: A word for a telephone number, no beginning of a name.
OF_PHONE: Final = r"(?:[SĐD]?[ĐD]T|[SĐD]?[đd]t|Điện thoại|Dien thoai|Di động|Tel|Phone|Mobile)\b"
#: The year of birth in brackets behind a name.
BORN_IN: Final = regex(r"\(\s*((?:19|20)\d\d)\s*[),;]")

#: The code of a case in brackets behind a name.
CODE_BEHIND: Final = regex(r"\(\s*(?:(?:là |ca |F0 )\s*)?(BN)[ \-.]?(\d{2,})\s*[),;]", re.IGNORECASE)


class TitledPerson(NamedTuple):
    """Somebody whom a title line names: telephone number, since when, year of birth, the code of a case."""

    name: str
    phone: str | None
    since: str | None
    born: str | None
    code: str | None = None


def names_a_site(text: str, at: int) -> bool:
    """Tell whether what stands ``at`` in a title is a part of the name of a site: ``Nhà văn hóa phường 5``."""
    found = PLACE.search(text)
    return found is not None and found.start() < at < found.end() and SENDER.match(fold(found[1])) is None
