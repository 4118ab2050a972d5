"""Vietnamese words found in a text as they are spelt; in a text without any accent, by their letters alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracing.patterns import regex
from tracing.text import unaccented

CAPITALS: Final = "A-Z" + "".join(
    letter for letter in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))) if letter.isupper()
)
"""Capital letters for a set of signs in a pattern that looks at them: a range "À-Ỹ" has small letters, too."""


class Words:
    """A pattern of whole words. "chở" is no "chợ", but the "cho" of a text typed without accents may be either."""

    def __init__(self, pattern: str) -> None:
        self._exact = regex(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
        self._bare = regex(rf"(?<!\w)(?:{unaccented(pattern)})(?!\w)", re.IGNORECASE)

    def _of(self, text: str) -> re.Pattern[str]:
        return self._bare if text.isascii() else self._exact

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the first match at or after ``start``."""
        return self._of(text).search(text, start)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match with which the text begins."""
        return self._of(text).match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return every match."""
        return self._of(text).finditer(text)
