"""The place that a clause names: ``uống cà phê tại quán Gió Biển, khóm Bến Lá`` -> ``quán Gió Biển, khóm Bến Lá``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from loaders.columns.accents import CAPITALS, Words
from loaders.files.spelt import Spelt
from loaders.files.titles import boats_in
from loaders.place_words import (
    COMMUNES,
    HAMLETS,
    PLATE,
    STORY_PLACES,
    STREETS,
    UNITS,
    either,
    flight_text,
    folded,
    plate_text,
)
from tracing.patterns import regex
from tracing.spelling import fold

_LONGEST: Final = 120
_DRINKS: Final = frozenset(("ca phe", "cafe", "coffee"))
_FLIGHT: Final = regex(r"(?i)chuy[eế]n bay (?:s[oố] )?([A-Z]{2}|VJ|VN|QH|BL)\s?-?(\d{2,4})\b")
_NOUN: Final = Words("|".join(STORY_PLACES))
_ADDRESS: Final = regex(
    rf"(?:{folded((*UNITS, *STREETS))}|p\.|tt\.?|h\.|to|khu pho|kp|tp\.?|thi xa|khu vuc|cho|tang|phong|nha may|khu)\b"
    r"[\s.]*\S"
)
#: Words behind which a name is over.
_STOP: Final = Words(
    r"cùng|với|và (?:\d+|một|hai|ba|bốn|mấy|vài|nhiều|các|vợ|chồng|con|bạn)|chung (?:phòng|bàn|xe|nhà|tổ)|"
    r"để|thì|khai báo|chăm|test|và về|rồi|sau đó|bằng|do|vì|lúc|khoảng|từ|đến|tới|mua|ăn|uống|ngồi|nhậu|làm|gặp|trong|"
    r"về nhà|đi|thăm|(?:hằng|hàng|mỗi) ngày|"
    r"điều trị(?=\s*$|\s*[,;.(]| (?:từ|ngày|lúc|theo|nội))|(?<!phòng )(?<!Phòng )khám(?! bệnh đa)"
)
#: A building inside of which a place is, and the address of one that has no name.
_WITHIN: Final = regex(rf"\s+trong\s+(?=[{CAPITALS}])")
_ADDRESS_OF: Final = regex(
    r"(?i)\s*[(:,]?\s*(?:(?:địa chỉ|đ/c|đc|ở)\s*:?\s*)?(?=\d+[A-Z]?\s|(?:số|ngõ|hẻm|đường|phố|kiệt)\s)"
    r"([^();:,\n]{3,60})"
)
_OVER: Final = regex(r"\s*[(\[;:]|\s+(?:BN|F0)(?=\s+[a-zà-ỹđ])")
_AT: Final = Spelt(
    r"(?:^|\s)(?:tại|ở|đến|ghé|sang|qua|tới|vào|tai|den)\s+(?!đ(?:ây|ó|ấy)(?!\w))(?=([A-ZĐÀ-Ỹ]))",
    bare=r"(?:^|\s)(?:tai|o|den|ghe|sang|qua|toi|vao)\s+(?=([A-Z]))",
)
_UNIT: Final = regex(rf"(?:{folded(UNITS)}|tt|tp|quan \d|duong|so)\b")
_COMMUNE: Final = regex(rf"(?i),\s*(?:{either(('xã', 'huyện', 'tỉnh'))})\b")
_HOME: Final = regex(rf"(?i),\s*(?:{either((*HAMLETS, *COMMUNES, 'huyện'))})\b")
_CEREMONY: Final = regex(r"(?:dam|le tang|tiec)")
_BEFORE: Final = regex(r"(?:tai|o|den|ghe|sang|qua|toi|vao|du|tham) $")


def find_place(words: str) -> str | None:
    """Return the place, or the plate of a vehicle, that the words of one clause name; None if there is none."""
    plate = PLATE.search(words)
    if plate is not None:
        return plate_text(*plate.groups())
    flight = _FLIGHT.search(words)
    if flight is not None:
        return flight_text(flight[1], flight[2])
    boats = boats_in(words)
    if len(boats) == 1:
        return boats[0]
    noun = _first_noun(words)
    if noun is None:
        at = _AT.search(words)
        if at is None or _UNIT.match(fold(words[at.end() :])):
            return None
        noun = at.end()
    name = _name(words[noun:])
    return None if name is None else _with_address(name, words[noun:])


def _with_address(name: str, words: str) -> str:
    """Return a name with what says where such a place is: ``Quán bún (31A Hồ Đắc Di)``, ``Vinmart trong Vincom``."""
    tail = words[len(name) :] if words.startswith(name) else ""
    within = _WITHIN.match(tail)
    if within is not None:
        inside = _name(tail[within.end() :])
        return name if inside is None else f"{name}, {inside}"
    told = None if is_specific(name) else _ADDRESS_OF.match(tail)
    return name if told is None else f"{name}, {told[1].strip(' .')}"


def _first_noun(words: str) -> int | None:
    """Return where the name of the place begins: at a noun behind "at" or "to", else at the first."""
    found = list(_NOUN.finditer(words))
    found = [m for i, m in enumerate(found) if fold(m[0]) not in _DRINKS or i + 1 == len(found)]
    behind = [m for m in found if _BEFORE.search(fold(words[: m.start()]) + " ")]
    return (behind or found)[0].start() if found else None


def _name(words: str) -> str | None:
    """Return the name with which ``words`` begin, with the parts of an address behind it."""
    texts: list[str] = []
    for number, part in enumerate(words.split(",")):
        if number and not _ADDRESS.match(fold(part)):
            break
        ends = [m.start() for m in (_stop(part), _OVER.search(part)) if m is not None]
        text = re.sub(r"\s+", " ", part[: min(ends, default=len(part))]).strip(" .-–")
        texts += [text] if text else []
        if ends:
            break
    if texts and _CEREMONY.match(fold(texts[0])):
        texts[0] = re.sub(r"(?i)\s+(?:tại|tai|ở|o)\s+", ", ", texts[0], count=1)
    name = ", ".join(texts)
    return name if 2 <= len(name) <= _LONGEST else None


def _stop(part: str) -> re.Match[str] | None:
    """Return the first word behind which a name is over; "Cùng" in "bến phà Đầm Cùng" is none."""
    found = (m for m in _STOP.finditer(part) if m.start() >= 1 and (part.isupper() or not m[0].strip()[:1].isupper()))
    return next(found, None)


def is_specific(place: str) -> bool:
    """Tell whether a place is named so that another list can mean the same: a name, a number; a wake by its hamlet."""
    noun = _NOUN.match(place)
    rest = place[noun.end() :] if noun is not None else place
    rest = (_COMMUNE if _CEREMONY.match(fold(place)) else _HOME).split(rest)[0]
    return bool(re.search(r"\d|(?<!\w)[A-ZĐÀ-Ỹ]", rest))


def same_place(vague: str, named: str) -> bool:
    """Tell whether a vague name ("đám tang") begins the name of a place told before."""
    short, whole = fold(vague), fold(named)
    return whole == short or whole.startswith((f"{short}, ", f"{short} "))


def one_name(places: Iterable[str]) -> dict[str, str]:
    """Return name -> the longer name of the same place, where a name is told with its address elsewhere, too.

    "quán Gió Biển" is "quán Gió Biển, khóm Bến Lá" unless there is another one of that name.
    """
    known = sorted(set(places), key=len)
    out: dict[str, str] = {}
    for place in known:
        longer = [other for other in known if fold(other).startswith(f"{fold(place)}, ")]
        if longer and all(fold(longer[-1]).startswith(fold(other)) for other in longer):
            out[place] = longer[-1]
    return out
