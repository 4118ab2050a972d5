"""Patterns of Vietnamese words for texts as they are spelt, and for those that somebody typed without accents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from tracing.text import unaccented


class Spelt:
    """A pattern and its form without accents, which is looked for in a text that has none.

    Parameters
    ----------
    pattern, flags
        As for :func:`re.compile`.
    bare
        The form for texts without accents, where leaving them out of ``pattern`` would find other words ("cho", for,
        looks like "chợ", a market).
    """

    def __init__(self, pattern: str, flags: int = 0, *, bare: str | None = None) -> None:
        self._pattern, self._flags, self._bare = pattern, flags, bare

    @cached_property
    def spelt(self) -> re.Pattern[str]:
        """The pattern as it is spelt, made when it is needed first."""
        return re.compile(self._pattern, self._flags)

    @cached_property
    def bare(self) -> re.Pattern[str]:
        """The pattern for texts without accents."""
        return re.compile(unaccented(self._pattern) if self._bare is None else self._bare, self._flags)

    def of(self, text: str) -> re.Pattern[str]:
        """Return the pattern for a text."""
        return self.bare if unaccented(text) == text else self.spelt

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text."""
        return self.of(text).search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield every match in a text."""
        return self.of(text).finditer(text)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match with which a text begins."""
        return self.of(text).match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of a whole text."""
        return self.of(text).fullmatch(text)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return a text with something else for every match."""
        return self.of(text).sub(by, text)
