"""Choices of a form as they were ticked: ``Giới: □ Nam ☒ Nữ`` is ``Giới: Nữ``, ``1. Nam □ 2. Nữ ☑`` is ``2. Nữ``."""

from __future__ import annotations

import re
from typing import Final

from tracing.patterns import regex

_EMPTY: Final = "□☐◻⬜○"
_TICKED: Final = "☒☑✓✔■⊠🗹"
_TYPED: Final = ((regex(r"\[\s{0,3}\]"), "☐"), (regex(r"\[\s{0,3}[xXvV]\s{0,3}\]"), "☑"))
_BOX: Final = regex(f"[{_EMPTY}{_TICKED}]")
_WORDS: Final = rf"[^{_EMPTY}{_TICKED},;\n]"
#: A choice that was not made, its box before its words or behind them; two blanks or a mark end it.
_BEFORE: Final = regex(rf"[{_EMPTY}]{_WORDS}{{0,80}}?(?=\s{{2}}|[{_EMPTY}{_TICKED},;\n]|$)")
_BEHIND: Final = regex(rf"(?<=[:{_EMPTY}{_TICKED}]){_WORDS}{{1,80}}[{_EMPTY}]")


def chosen(text: str) -> str:
    """Return a line of a form without the choices that were not made; any other text as it is."""
    for form, box in _TYPED:
        text = form.sub(box, text)
    first = _BOX.search(text)
    if first is None:
        return text
    label = text[: first.start()].rpartition(":")[2]
    form = _BEFORE if not re.search(r"[^\W\d_]", label) else _BEHIND
    left = text
    while (shorter := form.sub(" ", left)) != left:
        left = shorter
    return re.sub(r"[ \t]{2,}", "  ", _BOX.sub(" ", left)).strip()
