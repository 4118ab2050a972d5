"""Lines that tell the day behind the place, rewritten with the day first, as bulletins have it.

``Quán Gió Biển, khóm 1: từ 7h-8h30 ngày 20/7`` is ``Ngày 20/7: từ 7h-8h30 tại Quán Gió Biển, khóm 1``.
"""

from __future__ import annotations

import re
from typing import Final

from loaders.columns.clock import HOUR
from loaders.columns.days import several_days
from loaders.columns.whereabouts import find_place, is_specific
from tracing.patterns import regex
from tracing.spelling import fold

_D_M: Final = r"\d{1,2}\s?[/.\-]\s?\d{1,2}(?:\s?[/.\-]\s?(?:20\d\d|\d\d))?(?![\d/hg])"
_FROM: Final = regex(
    rf"(?i)(?<!\w)(?:trong thời gian\s+)?từ\s+(?:ngày\s+)?(?:{_D_M}|\d{{1,2}})\s*(?:-|–|đến)\s*"
    rf"(?:hết\s+)?(?:ngày\s+)?{_D_M}"
)
_SEVERAL: Final = regex(
    r"(?i)(?<!\w)(?:(?:vào|trong)\s+)?(?:các\s+)?ngày\s+(\d{1,2}(?:/\d{1,2})?(?:\s*(?:,|;|và|\+|&)\s*(?:ngày\s+)?\d{1,2}(?:/\d{1,2})?){1,12}"
    r"(?:/20\d\d)?)(?![\d/])"
)
_ONE: Final = regex(
    rf"(?i)(?<!\w)(?:(?:vào|trong|hôm)\s+)?(?P<part>(?:sáng|trưa|chiều|tối|đêm)\s+)?(?:ngày\s+|hôm\s+|(?=\d{{1,2}}/))(?P<day>{_D_M})"
)
_NUMBER: Final = regex(r"^\s*(?:\d{1,2}\s*[.)]\s+|[-+•*–]\s*)")
_TIME_WORD: Final = regex(r"(?i)(?<!\w)(?:(?:vào )?thời gian|vào lúc|thời điểm|lúc|khoảng|tầm|từ|vào|trong)$")
_SIGNS: Final = " \t,;:.(–-"
_HOURS_TO: Final = regex(r"(?i)(?<![\d/.,:hg-])(?<!giờ )(\d{1,2})(\s*[-–]\s*)(?=(\d{1,2})\s*(?:h|giờ)(?!\w*\d{3}))")
_ADDRESS: Final = regex(r"(?i)\s?[:,(]\s?(?:địa chỉ|đ/c|đc)(?!\w)\s?:?\s?")
#: A name of a place that no word introduces begins with a capital and goes up to a comma or a time.
_BEGINS: Final = regex(r"[A-ZÀ-ỸĐ][^,:;]{2,60}[,:;(–-]")
_LONGEST: Final = 400
_DASHED: Final = regex(
    r"(?i)(?<!\w)((?:ngày|hôm|từ|đến|hết|sáng|trưa|chiều|tối|đêm)\s+)(\d{1,2})-(\d{1,2})(?:-(20\d\d))?(?!\s?[\dhg:/-]|\s*giờ)"
)


def plain_times(text: str) -> str:
    """Return a text with days and hours written the plain way: ``ngày 13-7`` as 13/7, ``12-14h`` as 12h-14h."""

    def day(match: re.Match[str]) -> str:
        written = "/".join(part for part in match.groups()[1:] if part)
        return f"{match[1]}{written}" if int(match[3]) <= 12 else match[0]

    def one(match: re.Match[str]) -> str:
        return f"{match[1]}h{match[2]}" if int(match[1]) < int(match[3]) <= 24 else match[0]

    return _HOURS_TO.sub(one, _DASHED.sub(day, text))


def days_first(text: str, *, listed: bool = False) -> list[str]:
    """Return the lines that a line is when its days stand first, one for each day; none where it names no day.

    A line without a place is none of these; in a list of places (``listed``) the name with which it begins is one.
    """
    bare = _ADDRESS.sub(", ", _NUMBER.sub("", text).strip(" .;"))
    if len(bare) > _LONGEST:
        return []
    span, several = _FROM.search(bare), _SEVERAL.search(bare)
    if span is not None:
        return [f"{span[0][0].upper()}{span[0][1:]}: {_rest(bare, span)}"] if _tells(_rest(bare, span)) else []
    days = several_days(several[1]) if several is not None else []
    if several is not None and days:
        rest = _rest(bare, several)
        return [f"Ngày {day}: {rest}" for day in days] if _tells(rest) else []
    one = _ONE.search(bare)
    if one is None or not (_tells(bare) or (listed and _BEGINS.match(bare))):
        return []
    first = HOUR.search(bare)
    start = min(one.start(), first.start()) if first is not None else one.start()
    head, part = _before_times(bare[:start]), one["part"] or ""
    later = _ONE.search(bare, one.end()) is not None
    tail = bare[start:] if later else f"{bare[start : one.start()]} {bare[one.end() :]}"
    if listed and not _tells(bare):
        return [f"Ngày {one['day']}: {part}{re.sub(r'[ ,;:.–()-]+$', '', tail.strip())} tại {head.strip(_SIGNS)}"]
    return [f"Ngày {one['day']}: {part}{_joined(head, tail)}"]


def _joined(head: str, tail: str) -> str:
    """Return the words around a day: hours go before the place to which they belong."""
    head, tail = head.strip(" ,;:.–-("), re.sub(r"\s+", " ", tail).strip(" ,;:.–-()")
    if head and HOUR.match(tail):
        return f"{tail} tại {head}" if _is_place(head) else f"{tail} {head}"
    return f"{head} {tail}".strip()


def _rest(text: str, match: re.Match[str]) -> str:
    before, tail = text[: match.start()], text[match.end() :]
    hours = HOUR.search(before)
    if hours is not None and _is_place(_before_times(before[: hours.start()])):
        return _joined(_before_times(before[: hours.start()]), f"{before[hours.start() :]} {tail}")
    return _joined(_before_times(before), tail)


def _before_times(text: str) -> str:
    """Return a text without the words and signs at its end that lead to a time: ``, thời gian từ``."""
    for _ in range(2):
        text = _TIME_WORD.sub("", text.rstrip(_SIGNS))
    return text.rstrip(_SIGNS)


def _is_place(text: str) -> bool:
    """Tell whether a text begins with the name of a place."""
    place = find_place(text)
    return place is not None and is_specific(place) and fold(text).startswith(fold(place.split(",")[0]))


def _tells(text: str) -> bool:
    return find_place(text) is not None
