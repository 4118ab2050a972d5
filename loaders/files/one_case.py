"""Lines about a table that tell of one case, ``F0: BN34 Lê Văn Tư, dương tính 8/7``: no list of cases is called so."""

from __future__ import annotations

import re
from typing import Final

from loaders.code_words import NAMED_CODE
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

#: What a line calls a list, or many: the one case that stands behind it is not all that the line is about.
_OF_MANY: Final = regex(r"\b(?:danh sach|ds|cac|nhung|thong ke|tong hop|bang|chum|cum)\b")
_ENDS: Final = regex(r"\.\s+")
#: The day of the case's own result, which is none of the list; its year may be the only one that is told.
_RESULT_ON: Final = Spelt(
    r"(?i)(?:dương tính|\(\+\))[^.;,()\d]{0,40}?(?:\d{1,2}\s?(?:h|g|giờ|:)\s?\d{0,2}[^.;,()\d]{0,20})?"
    r"(?<![\d/])\d{1,2}[/.-]\d{1,2}(?:[/.-](?P<year>20\d\d))?(?![\d/])"
)


def without_sentence_of_case(text: str) -> str:
    """Return a line without its sentence about one case whose code it tells, where that calls nothing a list."""
    code = _only_code(text)
    begin = 0 if code is None else max((end.end() for end in _ENDS.finditer(text, 0, code.start())), default=0)
    if code is None or _OF_MANY.search(fold(text[begin:])):
        return text
    return text[:begin]


def without_day_of_case(text: str) -> str:
    """Return a line that names one case without the day behind its positive result; the year of that stays."""
    code = _only_code(text)
    if code is None:
        return text
    behind = _RESULT_ON.sub(lambda told: f" năm {told['year']} " if told["year"] else " ", text[code.end() :])
    return text[: code.end()] + behind


def _only_code(text: str) -> re.Match[str] | None:
    """Return where the one code of a case stands that a line tells; None of none and of several."""
    codes = list(NAMED_CODE.finditer(text))
    return codes[0] if len({code[0] for code in codes}) == 1 else None
