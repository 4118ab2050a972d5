"""Lines with which what a report tells of one case begins: ``1. BN34 – LÊ VĂN TƯ, sinh năm 1980``, ``Ca 2: …``."""

from __future__ import annotations

from typing import Final, NamedTuple

from loaders.code_words import CASE_CODE, plain_code, with_codes_joined
from tracing.patterns import regex

_WORD: Final = r"[A-ZÀ-ỸĐ][^\W\d_]*"
_NAME: Final = (
    rf"(?:(?i:ông|bà|anh|chị|em|cô|chú|bác|cháu|bé|thầy|mrs?|ms)\.?\s+)?(?P<name>{_WORD}(?:\s+{_WORD}){{1,5}})"
)
_LABEL: Final = (
    r"(?i:(?:ca bệnh|ca dương tính|ca mắc|ca nhiễm|ca|bệnh nhân|trường hợp|case|patient)\s*(?:số|thứ|no\.?)?\s*"
    r"(?:\d{1,2}(?!\d))?\s*[:.)–-]?\s*)"
)
_NUMBER: Final = r"\W{0,3}(?:(?:\d{1,2}|[IVX]{1,4}|[a-d])\s?[.)/:]\s*)?"
_ENDS: Final = r"(?=\s*(?:[,;.:()–|-]|$))"
#: Code and name in either order.
_HEADS: Final = (
    regex(rf"{_NUMBER}{_LABEL}?\(?(?P<code>{CASE_CODE})\)?\s*[:,;–|-]?\s*\(?{_NAME}{_ENDS}"),
    regex(
        rf"{_NUMBER}{_LABEL}?{_NAME}\s*[,;–(-]\s*(?i:(?:mã số|mã BN|mã ca|mã|số|code|id)\s*:?\s*)?"
        rf"(?P<code>{CASE_CODE})(?!\w)"
    ),
)
_LONGEST: Final = 2_000


class CaseHead(NamedTuple):
    """The code and the name of a case, and what stands behind them."""

    code: str
    name: str
    behind: str


def head_of_case(text: str) -> CaseHead | None:
    """Return what a line says with which a report of a case begins; None of another line."""
    text = with_codes_joined(text[:_LONGEST])
    for form in _HEADS:
        found = form.match(text)
        if found is not None:
            name = found["name"]
            return CaseHead(plain_code(found["code"]), name.title() if name.isupper() else name, text[found.end() :])
    return None
