"""Days as programs and manifests write them, put into numbers: ``17JUL2021``, ``2021-07-19``, ``20210719``."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: A day as manifests of flights have it: ``17JUL2021``, ``17 July 2021``, ``17JUL21``.
_NAMED_DAY: Final = re.compile(
    rf"(?i)(?<!\d)(\d{{1,2}})[ -]?({'|'.join(_MONTHS)})(?:[a-z]{{0,6}}[ -]?(20\d\d)|(\d\d)(?![:h]))(?!\d)"
)
#: A day with the year first, as programs write it: ``2021-07-19``, ``20210719``.
_ISO_DAY: Final = re.compile(r"(?<![\d/.-])(20\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![\d/-])")


def days_in_numbers(text: str) -> str:
    """Return a text in which such days are written as ``17/7/2021``."""
    text = _ISO_DAY.sub(r"\4/\3/\1", text)
    return _NAMED_DAY.sub(lambda m: f"{m[1]}/{_MONTHS.index(m[2].lower()) + 1}/{m[3] or m[4]}", text)
