"""Who is named in a cell of several people, and what its brackets say: ``Lê Ba, Kim Hên (nghỉ)``, ``Ba (thay Hên)``.

A comma or a dash within brackets parts no names. What brackets say of being away or of a swap is no part of a name.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from loaders.columns.looks import is_name
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

SWAP: Final = "Ghi chú (đổi ca)"
"""Heading of a cell that names two of whom one stood in for the other."""
SAME_CELL: Final = "Ghi chú (cùng ô)"
"""Heading of a cell whose brackets say behind the last of several names that somebody was away."""
#: Letters for a profession before a name: doctor, nurse, orderly, technician.
_TITLE: Final = regex(
    r"^(?:(?:BS|BSCK[I12]{1,2}|ĐD|DD|ĐDT|HL|YS|DS|KTV|CN|NHS|ThS|CKI{1,2}|TS|Dr|Mrs?|Ms)\.?\s*)+(?=[A-ZÀ-ỸĐ])",
    re.IGNORECASE,
)
AWAY: Final = r"nghi\b(?! (?:nhiem|mac|ngo|f ?0|covid|duong tinh|ca|trua|chan|mat|dem|qua|lai|tai|o|ngoi)\b)"
"""That somebody stayed away, without accents: not that they are suspected, nor that they rested somewhere."""
_OUTSIDE: Final = r"(?![^()]{0,120}\))"
_PARTS: Final = regex(rf"(?:\s*[;,\n+&]\s*|\s+(?:và|va|and)\s+|\s+-\s+){_OUTSIDE}")
#: What stands in a roster in the place of a name where nobody was there.
_NOBODY: Final = Spelt(
    r"(?i)\(?(?:nghỉ|vắng|trống|off|không có|không xếp|(?:đã )?(?:xuất|ra|chuyển|trả) (?:viện|khoa|phòng|trại)|tử vong"
    r"|(?:đã |bị )?(?:hủy|huỷ) (?:lệnh|chuyến|lịch)|(?:lệnh|chuyến|lịch) (?:đã |bị )?(?:hủy|huỷ)"
    r"|vacant|empty|discharged|none)(?!\w)|[-–.x]+$"
)
_BRACKETS: Final = regex(r"(?P<name>[^()]{2,80}?)\s*\((?P<said>[^()]{1,120})\)\.?")
#: What brackets say of somebody who was not there, and of one who stood in for another, without accents.
_AWAY: Final = regex(
    rf"(?:xin |dang |da |bi |duoc )?(?:{AWAY}|vang|off|phep|p$|kp$|om\b|benh\b|cach ly"
    r"|khong (?:den|di|du|lam|truc|co mat)|absent|on leave|sick|isolat\w*)"
)
_NEVER: Final = regex(
    r"(?:booking )?cancell?ed\b|(?:guests? |pax )?never (?:came|arrived|showed)\b"
    r"|(?:guests? |pax )?(?:did not|didn't) (?:come|show|attend|arrive|check ?-?in)\b"
    r"|khong (?:den|toi|sang|nhan phong|check ?in|(?:di |den )?du|co mat|tham (?:du|gia))(?= *(?:$|[,;(.–-]))"
)
#: The same of a journey that somebody did not make: it says so below whatever heading.
_STAYED: Final = regex(
    r"no[ -]?show\b|(?:xin |duoc |da )?(?:khong (?:di|theo|len|xuong)|nghi|vang(?: mat)?|bo|o nha|o lai)"
    r" (?:chuyen(?: (?:nay|bien|do|di))?|tau|ghe|bien|bo)(?: nay| do)?(?= *(?:$|[,;(.–-]))|khong ra khoi\b"
    r"|(?:did not|didn't) sail\b|(?:stayed|remained) (?:ashore|on shore)\b|not aboard\b"
)
#: The same with accents: "Huy" is a name.
_CANCELLED: Final = regex(r"(?i)(?:đã |bị )?(?:hủy|huỷ) (?:phòng|vé|chỗ|lịch|hẹn|đặt)(?!\w)")
_FOR: Final = regex(
    r"(?:(?:truc|lam|di|dung|day|gac)\s)?"
    r"(?:doi(?: ca| truc| lich| kip)?|thay(?: ca| the)?|giup|ho|swap\w*|cover\w*|for)"
    r"(?: (?:ca|cho|voi|for|with))*(?: (?:bs|dd|ks|anh|chi|ong|ba|co|thay)\.?)?"
)


class OnDuty(NamedTuple):
    """Somebody whom a cell names.

    ``beside`` is what brackets say that is no part of the name, ``swap`` and ``same_cell`` the cell where that leaves
    open whether this person was there.
    """

    name: str
    beside: str | None = None
    swap: str | None = None
    same_cell: str | None = None


def people_in(text: str) -> list[str]:
    """Return the names in a cell that names several people, without letters for a profession."""
    return [one.name for one in people_on_duty(text)]


def people_on_duty(text: str) -> list[OnDuty]:
    """Return everybody whom a cell names, with what its brackets say of each."""
    parts = (_TITLE.sub("", part.strip()) for part in _PARTS.split(text))
    named = [name for name in parts if name and _NOBODY.match(name) is None]
    found = [one for part in named for one in _said_of(part)]
    away = [at for at, one in enumerate(found) if is_away(one.beside)]
    if len(found) > 1 and away == [len(found) - 1] and not any("(" in part for part in named[:-1]):
        return [*(one._replace(same_cell=text) for one in found[:-1]), found[-1]]
    return found


def is_away(said: str | None) -> bool:
    """Tell whether brackets say that somebody was not there."""
    return said is not None and _AWAY.match(fold(said)) is not None


def never_came(said: str) -> bool:
    """Tell whether words say of a guest or a patient that they were expected and did not come."""
    return _NEVER.match(fold(said)) is not None or stayed_behind(said)


def stayed_behind(said: str) -> bool:
    """Tell whether words say that somebody did not make a journey, or gave up a booking: ``không đi chuyến này``."""
    return _STAYED.match(fold(said)) is not None or _CANCELLED.match(said.strip()) is not None


def name_and_remark(text: str) -> tuple[str, str | None]:
    """Return a name without brackets that say that its person was away, and these."""
    match = _BRACKETS.fullmatch(text.strip())
    if match is None or not is_away(match["said"]) or not is_name(match["name"]):
        return text, None
    return match["name"], match["said"].strip()


def _said_of(part: str) -> list[OnDuty]:
    """Return the person of one name, and with whom that person swapped."""
    match = _BRACKETS.fullmatch(part)
    if match is None:
        return [OnDuty(part)]
    name, said = match["name"].strip(), match["said"].strip()
    other = _swapped_with(said)
    if other is not None:
        return [OnDuty(name, swap=part), OnDuty(other, swap=part)]
    alone = is_away(said) or not any(char.isdigit() or char.isupper() for char in said)
    return [OnDuty(name, beside=said) if alone else OnDuty(part)]


def _swapped_with(said: str) -> str | None:
    """Return whose duty it was, of ``trực thay Lê Ba``; None of other words."""
    words = said.split()
    first = next((at for at in range(len(words)) if all(word[0].isupper() for word in words[at:])), len(words))
    if _FOR.fullmatch(fold(" ".join(words[:first]))) is None:
        return None
    name = _TITLE.sub("", " ".join(words[first:]))
    return name if is_name(name) else None
