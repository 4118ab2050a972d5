"""Headings whose words clerks cut down: ``K.phát``, ``T/g đến``, ``ĐTDĐ``, found among the headings that are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from tracing.patterns import regex
from tracing.text import unaccented

SHORT: Final = {
    "bd": "bat dau",
    "bv": "benh vien",
    "cl": "cach ly",
    "dc": "dia chi",
    "dd": "dia diem",
    "dt": "dien thoai",
    "kp": "khoi phat",
    "kq": "ket qua",
    "lm": "lay mau",
    "ns": "nam sinh",
    "pt": "phuong tien",
    "qh": "quan he",
    "tc": "trieu chung",
    "tg": "thoi gian",
    "tx": "tiep xuc",
    "xn": "xet nghiem",
}
"""What clerks shorten in headings, without accents -> in full."""
#: A word of which the first letters stand before a sign: ``K.``, ``T/``, ``Ng.``.
_CUT: Final = regex(r"(?<![^\W_])([^\W\d_]{1,2})[./]\s?(?=[^\W\d_])")
#: Two letters that stand for two words: ``T/g``, ``đ/c``.
_TWO: Final = regex(r"(?<![^\W_])([^\W\d_])/([^\W\d_])(?![^\W_])")
#: A heading that is nothing but the first letters of its words.
_INITIALS: Final = regex(r"[A-ZĐ]{3,6}")


def joined(heading: str) -> str:
    """Return a heading in which ``T/g`` is ``Tg``, where that is known to be short for something."""
    return _TWO.sub(lambda two: two[1] + two[2] if unaccented(two[1] + two[2]).lower() in SHORT else two[0], heading)


def meant_by(heading: str, known: Mapping[str, str]) -> str | None:
    """Return the field of the known headings that a heading with words cut down may be in full, where it is but one.

    ``known``: the words of headings without accents -> their field.
    """
    bare = heading.strip()
    if _INITIALS.fullmatch(bare):
        found = {known[words] for words in _by_initials(tuple(known)).get(unaccented(bare).lower(), ())}
    elif _CUT.search(bare):
        fits = _in_full(bare)
        found = {name for words, name in known.items() if fits.fullmatch(words)}
    else:
        return None
    return found.pop() if len(found) == 1 else None


def _in_full(heading: str) -> re.Pattern[str]:
    """Return the pattern of the words that a heading with words cut down may stand for."""
    parts = []
    for at, part in enumerate(_CUT.split(heading)):
        words = re.findall(r"[a-z]+|[0-9]+", unaccented(part).lower())
        parts += [f"{words[0]}[a-z]*"] if at % 2 else [re.escape(SHORT.get(word, word)) for word in words]
    return re.compile(" ".join(parts))


@lru_cache(maxsize=16)
def _by_initials(headings: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for words in headings:
        found.setdefault("".join(word[0] for word in words.split()), []).append(words)
    return found
