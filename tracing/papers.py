"""Identity numbers as lists write them, made comparable: CCCD, CMND, passport, card of health insurance."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tracing.patterns import regex
from tracing.spelling import fold

_PASSPORT: Final = regex(r"[A-Z]{1,2}\d{6,13}")
_PASSPORT_WITHIN: Final = regex(rf"\b{_PASSPORT.pattern}\b")
#: A paper of another country: letters anywhere among digits, which are most of its seven to ten signs.
_FOREIGN: Final = regex(r"(?=\d*[A-Z])(?=(?:[A-Z]?\d){5}|(?:[A-Z]{0,2}\d){6})[A-Z\d]{7,10}")
#: So many digits may be the number of a paper.
_FEWEST: Final = 4
_DIGITS: Final = regex(r"(?<!\w)\d(?:[ .'’-]?\d)*(?!\w)")
_SCIENTIFIC: Final = regex(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_WORD_ALONE: Final = regex(r"(?<![^\W_])[^\W\d_]{2,}(?![^\W_])")
#: Words that stand with a number, or for none, and tell nothing more.
_OF_NUMBERS: Final = frozenset(
    (
        *("sdt", "dt", "dien", "thoai", "so", "di", "dong", "tel", "phone", "mobile", "zalo", "lien", "he", "va"),
        *("cccd", "cmnd", "cmtnd", "cmt", "cc", "can", "cuoc", "cong", "dan", "chung", "minh", "nhan", "ho", "chieu"),
        *("passport", "pp", "hc", "the", "bhyt", "khong", "ko", "co", "chua", "cap", "nho", "ro", "biet", "none", "na"),
    )
)
_INSURED: Final = regex(r"[A-Z]{2}[1-5]\d{12}")

CARD: Final = 10
"""So many digits of a card of health insurance are its holder's (:func:`paper_key`)."""


@lru_cache(maxsize=200_000)
def identity_number(text: str) -> str | None:
    """Return an identity number without blanks; zeros that a spreadsheet took away are put back (9 or 12 digits).

    Words beside it are left out (``381 234 567 (CMND cũ)``, ``Passport C1234567``); of an old and a new number, it is
    the new one of twelve digits. None for words ("không có"), zeros and numbers in scientific notation.
    """
    if len(text) in (9, 12) and text.isascii() and text.isdecimal():
        return text if text != len(text) * text[0] else None
    bare = re.sub(r"[\s.'’-]", "", text).upper()
    if re.fullmatch(r"\d{8}|\d{11}", bare):
        bare = f"0{bare}"
    if is_rounded(text):
        return None
    if not (re.fullmatch(r"\d{9}|\d{12}", bare) or _PASSPORT.fullmatch(bare) or _FOREIGN.fullmatch(bare)):
        bare = _within(text)
    return bare if len(set(bare)) > 1 else None


def is_rounded(text: str) -> bool:
    """Tell whether a spreadsheet wrote a number shorter than it is: ``9.6075E+10``."""
    return _SCIENTIFIC.fullmatch(text.strip()) is not None


def _within(text: str) -> str:
    """Return the identity number in a text of several words or numbers, the new one of two; empty without one."""
    numbers = _papers(text)
    passports: list[str] = _PASSPORT_WITHIN.findall(text.upper())
    return next(iter((*sorted(numbers, key=len, reverse=True), *passports)), "")


def _papers(text: str) -> list[str]:
    """Return the numbers of 9 and of 12 digits in a text, each once."""
    whole = [re.sub(r"[ .'’-]", "", one) for one in _DIGITS.findall(text)]
    return [one for one in dict.fromkeys((*whole, *re.findall(r"\d+", text))) if len(one) in (9, 12)]


def beside_numbers(text: str) -> str | None:
    """Return a text of a telephone or identity number that tells more than the number: ``0912345678 (con gái)``.

    So does one of two identity numbers, of which :func:`identity_number` takes one. Else None.
    """
    if text.isascii() and text.isdecimal():
        return None
    more = any(word not in _OF_NUMBERS for word in _WORD_ALONE.findall(fold(text)))
    return text if more or len(_papers(text)) > 1 else None


def unread_number(text: str) -> str | None:
    """Return a text that tells more than its identity number, or digits of none that is known: ``chưa rõ 12345``."""
    unknown = len(re.findall(r"\d", text)) >= _FEWEST and not is_rounded(text) and identity_number(text) is None
    return text if unknown else beside_numbers(text)


def is_card(number: str) -> bool:
    """Tell whether an identity number is that of a card of health insurance."""
    return _INSURED.fullmatch(number) is not None


def paper_key(text: str) -> str | None:
    """Return what two spellings of one person's number have in common (:func:`identity_number`).

    Of a card of health insurance these are its last ten digits: the letters and the three digits before them change
    with work and province (Quyết định 1351/QĐ-BHXH, 2015).
    """
    number = identity_number(text)
    return number[-CARD:] if number is not None and is_card(number) else number
