"""One result for several people of a cell: ``âm tính cả 2``, ``2 vợ chồng ÂT, bé không test``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from loaders.columns.values import words
from tracing.patterns import regex
from tracing.spelling import fold

_COUNTS: Final = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "both": 2, "two": 2, "three": 3}
_ALL: Final = (
    r"(?:(?:ca|tat ca|du|all|both)(?: (?P<count>\d{1,2}|hai|ba|bon|nam|two|three))?"
    r"(?: (?:nguoi|vo chong|nha|doan|nhom|me con|cha con|anh em|chi em|of them))?|het|deu)"
)
_FORMS: Final = (
    regex(rf"(?P<result>.{{1,30}}?) {_ALL}"),
    regex(rf"{_ALL}(?: deu| cung| la)? ?:? ?(?P<result>.{{1,30}})"),
)
_PARTS: Final = regex(r"\s*[,;+\n]\s*|\s+(?:va|con lai|and)\s+")
#: Whom a part of such a cell is about, without accents, and what these are called before their names; "" is the first.
_WHO: Final = (
    (regex(r"(?:ca )?(?:2|hai)? ?vo chong"), frozenset({"", "vo", "chong"})),
    (regex(r"(?:2|3|hai|ba|cac)? ?(?:be|con|chau|tre)(?: (?:nho|gai|trai))?"), frozenset({"con", "be", "chau"})),
    (regex(r"vo"), frozenset({"vo"})),
    (regex(r"chong"), frozenset({"chong"})),
    (regex(r"(?:vo|chong)"), frozenset({""})),
    (regex(r"me"), frozenset({"me"})),
    (regex(r"(?:cha|bo|ba)"), frozenset({"cha", "bo", "ba"})),
)
_UNTESTED: Final = regex(
    r"(?:khong|chua|ko|k|mien|khoi)(?: duoc| phai| co)?(?: test| xn| xet nghiem| lam| lay mau)+(?: nhanh)?|not tested"
)


@lru_cache(maxsize=10_000)
def results_of(text: str, kin: tuple[str, ...]) -> tuple[str | None, ...] | None:
    """Return the result of each of several people, ``kin`` being what each is called; None where it is not that."""
    said = fold(text).strip(" .")
    whole = _of_all(said, len(kin))
    if whole is not None:
        return (whole,) * len(kin)
    out: dict[int, str | None] = {}
    for part in _PARTS.split(said):
        told = _of_some(part.strip(), kin)
        if told is None or set(told) & set(out):
            return None
        out |= told
    return tuple(out[at] for at in range(len(kin))) if len(out) == len(kin) else None


def _of_all(said: str, count: int) -> str | None:
    for form in _FORMS:
        match = form.fullmatch(said)
        number = None if match is None else match["count"]
        if match is None or (number and int(_COUNTS.get(number, number)) != count):
            continue
        if (told := _result(match["result"])) is not None:
            return told
    return None


def _of_some(part: str, kin: Sequence[str]) -> dict[int, str | None] | None:
    """Return the result of those whom a part of a cell is about, by their place; None where nobody is."""
    for who, called in _WHO:
        match = re.match(rf"{who.pattern}\b(?: deu| cung)? ?:? ?", part)
        rest = "" if match is None else part[match.end() :]
        among = [at for at, word in enumerate(kin) if (word.split() or [""])[0] in called and (word or not at)]
        if match is not None and among and (_result(rest) is not None or _UNTESTED.fullmatch(rest)):
            return dict.fromkeys(among, _result(rest))
    return None


def _result(text: str) -> str | None:
    """Return the result that a text without accents is."""
    return _results().get(text)


@cache
def _results() -> dict[str, str]:
    known = words("result")
    return {fold(word): result for word, result in known.items() if len(word) > 1} | dict(known)
