"""Hours inside a sentence: ``từ 7h10 đến 9h00``, ``khoảng 4h20 ngày 25/7``, ``7 giờ tối``, ``2h00 sáng hôm sau``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tracing.patterns import regex
from tracing.spelling import fold

_DAY: Final = r"(?:ng[aà]y\s+)?\d{1,2}\s*/\s*\d{1,2}(?:\s*/\s*\d{4})?(?![\d/])|ng[aà]y\s+\d{1,2}(?![\d/hg:])"
#: Groups: what comes before, hour, minute, part of the day, its own day, "on the next day".
HOUR: Final = regex(
    r"(?i)((?:(?:l[uú]c|kho[aả]ng|t[aầ]m|h[oơ]n|g[aầ]n|t[uừ]|[dđ][eế]n|t[oớ]i|v[aà]o|sau"
    r"|tr[uư][oớ]c)\s{1,3}){0,5})"
    r"(?<![\d/.,])(?:(?<!\d-)|(?<=[hHgG:]\d\d-)|(?<=[hHgG:] \d\d-)|(?<=gi[oờ] \d\d-))"
    r"(\d{1,2})\s*(?:h|g|gi[oờ]|:(?=\d{2}))\s*(\d{2})?(?![\dA-Za-zÀ-ỹ])(?:\s*ph[uú]t)?"
    r"(?:\s+(s[aá]ng|tr[uư]a|chi[eề]u|t[oố]i(?!\s*\d{1,2}\s*(?:h|g|:))|[dđ][eê]m)\b)?"
    rf"(?:\s*,?\s*\(?({_DAY})\)?)?"
    r"(?:\s*,?\s*(?:(c[uù]ng ng[aà]y)|((?:ng[aà]y\s+)?h[oô]m sau)))?"
)
#: Hours that mean the second half of the day beside a word for its part.
_AFTERNOON: Final = {"chieu": range(1, 8), "toi": range(4, 12), "dem": range(7, 12), "trua": range(1, 4)}
#: Halves of the day as spreadsheets write them, in English and in Vietnamese (sáng, chiều) -> hours to add.
_HALVES: Final = {"am": 0, "sa": 0, "pm": 12, "ch": 12}
HALF: Final = r"[ap]\.?m\b\.?|SA\b|CH\b|s[aá]ng|tr[uư]a|chi[eề]u|t[oố]i|[dđ][eê]m"
"""A word behind an hour that says in which part of the day it is."""
_BETWEEN: Final = regex(r"(?i)\s*(?:-|–|->|→|[dđ][eế]n|t[oớ]i)?\s*")
#: What somebody did until an hour: "làm đến 16h" ends then, "đến 16h đi chợ" begins.
_STAY_TO: Final = regex(
    r"(?i)(?<!\w)(?:làm|bán|ở|chơi|nhậu|ngồi|ngủ|họp|học|trực|uống|ăn|mặt|dài|tục|dự|lam|ban|o|choi|nhau|ngoi|ngu|hop|hoc|truc|uong|an)"
    r"(?!\w)[^,;.#]{0,60}?(?<!\w)(?:đến|tới|den|toi)\s+(?:khoảng\s+|tầm\s+|hơn\s+|gần\s+|khoang\s+)?#"
)
_SAME_DAY: Final = regex(r"(?i)(?<!\w)c[uù]ng ng[aà]y(?!\w)")


@dataclass(frozen=True)
class Span:
    """The hours of a clause (``07:10``), the day told beside the first, whether the second is on the next day.

    ``last`` has its own day where that is told: ``04:20 25/7``.
    """

    first: str | None = None
    last: str | None = None
    day: str | None = None
    next_day: bool = False


def take_times(text: str, part: str | None = None) -> tuple[Span, str]:
    """Return the hours of a clause, and its other words; ``part`` is the part of the day told before ("chiều")."""
    found = [match for match in HOUR.finditer(text) if int(match[2]) <= 24 and int(match[3] or 0) <= 59]
    rest = text
    for match in reversed(found):
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    rest = re.sub(r"\s+", " ", _SAME_DAY.sub(" ", rest)).strip(" ,-–:.")
    if not found:
        return Span(), rest
    first = found[0]
    last = found[1] if len(found) > 1 and _follows(text, first, found[1]) else None
    named = last[4] if last is not None and last[4] and fold(last[4]) != "dem" else None
    if last is None and _STAY_TO.search(text[: first.end()].replace(first[0], f"{first[1]}#")):
        return Span(last=_clock(first, first[4] or _fitting(first, part)), day=_bare(first[5])), rest
    part_first = first[4] or _fitting(first, part or named)
    span = Span(first=_clock(first, part_first), day=_bare(first[5]))
    if last is None:
        return span, rest
    own = _bare(last[5])
    clock = _clock(last, last[4] or _fitting(last, part))
    if own is not None and not own.isdigit() and own != span.day:
        if span.day is None and not last[7]:
            return Span(span.first, clock, own), rest  # "7h - 9h ngày 26/7": the day of both
        clock = f"{clock} {own}"
    return Span(span.first, clock, span.day, bool(last[7])), rest


def _follows(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    if _BETWEEN.fullmatch(text[first.end() : last.start()]):
        return True
    return bool(re.search(r"(?i)[dđ][eế]n|t[oớ]i", last[1]))


def _fitting(match: re.Match[str], part: str | None) -> str | None:
    """Return the part of the day that was told before, where the hour can be in it."""
    return part if part and not match[4] and int(match[2]) < 12 else match[4]


def _clock(match: re.Match[str], part: str | None) -> str:
    return f"{hour_of_day(int(match[2]), part):02}:{match[3] or '00'}"


def hour_of_day(hour: int, part: str | None) -> int:
    """Return the hour of the day of an hour beside a word for its part: ``2`` "chiều", ``7`` "tối", ``12`` "AM"."""
    when = fold(part or "").replace(".", "")
    if when in _HALVES:
        return hour % 12 + _HALVES[when] if 1 <= hour <= 12 else hour
    if hour in _AFTERNOON.get(when, ()):
        return hour + 12
    return 0 if when == "dem" and hour == 12 else hour


def _bare(day: str | None) -> str | None:
    return None if day is None else re.sub(r"(?i)ng[aà]y|\s", "", day)
