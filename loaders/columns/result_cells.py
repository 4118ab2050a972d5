"""Results with their Ct value in one cell: ``Dương tính (CT 21)``, ``(+) ct=30``, ``DT, CT N 22.1/ORF 23.4``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from loaders.columns.values import words
from tracing.patterns import regex
from tracing.spelling import fold

_NUMBER: Final = r"\d{1,2}(?:[.,]\d{1,2})?"
_GENE: Final = r"(?:(?:gene?|gen)\s*)?(?:orf\s?-?1?\s?(?:ab|a|b)?|rdrp|[nes])?"
_CT: Final = regex(
    r"(?i)^(?P<result>.*?)[\s(\[,;:/–-]*(?<![^\W_])(?:giá trị |gia tri )?ct(?:\s*value)?"
    rf"(?P<told>(?:[\s:=~(,;/+&–-]*{_GENE}[\s:=~]*{_NUMBER}){{1,4}})[\s)\].]*$"
)
#: A sign with the value behind it: ``(+) 18``, ``+ 21,5``.
_SIGNED: Final = regex(rf"(?P<result>\(\+\)|\+)\s*/?\s*(?P<told>{_NUMBER})")
#: How a sample was tested, between a result and the Ct value: ``Dương tính (PCR, Ct 24)``.
_BY_METHOD: Final = regex(r"(?i)(?<=\w)\s*[(\[,;:/–-]+\s*(?:real ?-?time )?(?:rt-?)?pcr(?: đơn| gộp)?[\s,;:]*$")
_LEAST, _MOST = 5.0, 45.0
_LONGEST: Final = 120
"""Letters of a cell that tells a result; a longer one is a remark."""


def _match(text: str) -> re.Match[str] | None:
    return (_SIGNED.fullmatch(text.strip()) or _CT.match(text)) if len(text) <= _LONGEST else None


_ORF: Final = regex(r"(?i)orf\s?-?1?\s?(?:ab|a|b)?")
_NAMED: Final = r"(?:(?:gene?|gen)\s*)?(?:orf\s?-?1?\s?(?:ab|a|b)?|rdrp|[nes])[\s:=~]*+"
_VALUES: Final = regex(rf"(?i)(?:ct)?(?:[\s:=~(,;/+&|–-]*+(?:{_NAMED})?(?<!\d){_NUMBER}(?!\d)){{1,4}}[\s)\].]*+")
_NONE: Final = frozenset({"am", "am tinh", "neg", "negative", "(-)", "nd", "undet", "undetermined", "khong phat hien"})


def _values(told: str) -> list[float]:
    """Return the numbers that a text tells; the 1 of ``ORF1ab`` is none."""
    return [float(number.replace(",", ".")) for number in re.findall(_NUMBER, _ORF.sub(" ", told))]


@lru_cache(maxsize=50_000)
def ct_of_cell(text: str) -> str | None:
    """Return what a cell of Ct values says as one number: the lowest of several genes, none where nothing was found.

    ``ORF1ab 23.4; N 24,1`` and ``25/26`` tell several; any other text stays as it is, so that it is told.
    """
    if fold(text.strip()) in _NONE:
        return None
    values = _values(text) if len(text) <= _LONGEST and _VALUES.fullmatch(text) else []
    return str(min(values)) if len(values) > 1 and all(_LEAST <= value <= _MOST for value in values) else text


@lru_cache(maxsize=50_000)
def result_and_ct(text: str) -> tuple[str, float | None]:
    """Return a result without its Ct value, and that value: the lowest of several genes; None where none is told."""
    match = _match(text)
    if match is None or not match["result"].strip():
        return text, None
    values = _values(match["told"])
    if not values or not all(_LEAST <= value <= _MOST for value in values):
        return text, None
    return _BY_METHOD.sub("", match["result"]).strip() or match["result"].strip(), min(values)


def has_several(text: str) -> bool:
    """Tell whether a cell holds the Ct values of several genes, of which one is kept as the value."""
    match = _match(text)
    return result_and_ct(text)[1] is not None and match is not None and len(_values(match["told"])) > 1


#: How a sample was tested, or for what, before the result: ``PCR âm tính``, ``SARS-CoV-2: Detected``.
_METHOD_FIRST: Final = regex(
    r"(?i)(?:kq |kết quả |xn )?(?:real ?-?time )?(?:(?:rt-?)?pcr|sars-?cov-?2|covid-?19|test(?: nhanh)?|rapid test"
    r"|kháng nguyên|khang nguyen)"
    r"\s*[:–-]?\s*(?P<result>\S.*)"
)


@lru_cache(maxsize=50_000)
def without_method(text: str) -> str:
    """Return a result without the method before it, where what is left is a result by itself."""
    match = _METHOD_FIRST.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        return text
    known, result = words("result"), match["result"].strip()
    return result if result.lower() in known or fold(result) in known else text


#: Where the words of a result part: ``Chạy lại, chờ KQ``, ``Inconclusive - lấy lại mẫu``, ``Dương tính (gen N)``.
_PARTS: Final = regex(r"[,;/\n]|\s[-–]\s|(?=\()|(?<=\))")
_SIGN: Final = regex(r"\(\s?[+-]\s?\)")
#: That a sample is to be taken or tested again, which is no result, without accents.
_AGAIN: Final = regex(
    r"(?:(?:can|de nghi|yeu cau|phai|se|cho|da|hen|tach(?: mau)?(?: don| le)?) )*"
    r"(?:lay|lam|chay|gui|xn|xet nghiem|test)(?: mau| xn)?"
    r"(?: lai(?: mau)?| lan (?:\d|hai|ba))(?: sau \d{1,2} (?:ngay|gio|h))?"
    r"|(?:can|de nghi|phai|se|cho|da)? ?tach(?: mau)?(?: don| le)?"
    r"|(?:please |to )?(?:recollect|resample|re-?test|re-?swab|repeat|redo)(?:ed|ing)?"
    r"(?: (?:the )?(?:test|sample|swab))?"
)
#: That a rapid test is to be confirmed, behind its result, without accents.
_TO_CONFIRM: Final = regex(
    r"(?:(?:dang |con )?cho|da lay(?: mau)?|da gui(?: mau)?|lay(?: mau)?|gui(?: mau)?|se lam|can|awaiting|to)"
    r"(?: kq| ket qua| mau| lam)?(?: (?:xn|xet nghiem))? ?(?:(?:rt-?)?pcr|khang dinh|confirm(?:ation|ed)?)"
    r"(?: khang dinh)?|pcr pending"
)
_AGAIN_OF: Final = frozenset({"invalid", "pending"})


#: What stands about the word of a result: how and for what was tested, which time it was.
_ABOUT: Final = (
    r"(?:kq|ket qua|xn|xet nghiem|mau|test|nhanh|real ?-?time|rt|pcr|sars ?-?cov ?-?2|covid(?: ?-?19)?|ncov|virus|voi"
    r"|khang nguyen|khang dinh|la|lan (?:\d|mot|hai|ba|dau|cuoi))(?![a-z0-9])"
)
_APART: Final = r"[\s.,:;=()\[\]/-]*+"
#: What is said without accents, short, or by what was seen: what it means, in the words of the table.
_SHORTLY: Final = {
    "duong tinh": (
        r"(?:d|dg|duong)[ .]?t(?:inh|nh)?|duong|\+{1,3}|(?:co|phat hien)(?: (?:phat hien|co|thay|virus|vi rut)){1,3}"
    ),
    "am tinh": (
        r"(?:a|am)[ .]?t(?:inh|nh)?|am|\( ?- ?\)|kph"
        r"|(?:khong|khg|kg|ko|k|hok)(?: (?:co|thay|phat hien|ph|virus|vi rut)){1,3}"
        r"|chua(?: (?:thay|phat hien|ph)){1,2}"
    ),
    "cho kq": (
        r"(?:(?:dang|con) )?(?:cho|doi)(?: (?:kq|ket qua|khang dinh|kd|pcr|cdc|xn|tra|bao|tuyen tren|tinh))*"
        r"|dang (?:xn|xet nghiem|chay|lam)(?: (?:kq|ket qua))?|chua (?:tra|biet|ra|co)(?: (?:kq|ket qua))?"
        r"|da (?:lay|gui)(?: mau)?"
        r"|nghi(?: ngo)? duong(?: tinh)?"
    ),
}
_SHORT_WAYS: Final = tuple(
    (meant, regex(rf"(?:{_ABOUT}{_APART})*+(?:{way})(?:{_APART}{_ABOUT})*+{_APART}")) for meant, way in _SHORTLY.items()
)


def _in_full(text: str) -> str:
    """Return the words of the table for a result that is said short or with words about it: ``KQ: D.tính lần 2``."""
    said = " ".join(fold(re.sub("[−–]", "-", text)).split())
    known = words("result")
    if len(said) > _LONGEST or text.lower() in known:
        return text
    if said in known:
        return said
    if "+" in said and "-" in re.sub("(?<=[a-z])-", "", said):
        return text
    return next((meant for meant, way in _SHORT_WAYS if way.fullmatch(said)), text)


@lru_cache(maxsize=50_000)
def result_word(text: str) -> str:
    """Return the words of a result without method and Ct value; of several that mean the same the first.

    Behind a result that is none may stand that a new sample is needed, behind another that it is to be confirmed.
    What says anything else stays whole.
    """
    said = without_method(result_and_ct(text)[0])
    parts = [part if _SIGN.fullmatch(part) else part.strip(" ()[].") for part in map(str.strip, _PARTS.split(said))]
    parts = [_in_full(without_method(part)) for part in parts if part]
    known = words("result")
    if len(parts) < 2 or len(said) > _LONGEST:
        return _in_full(said)
    first, *others = (known.get(part.lower()) or known.get(fold(part)) for part in parts)
    rest = [
        part
        for part, means in zip(parts[1:], others, strict=True)
        if means != first and not (_AGAIN if first in _AGAIN_OF else _TO_CONFIRM).fullmatch(fold(part))
    ]
    return parts[0] if first is not None and not rest else _in_full(said)
