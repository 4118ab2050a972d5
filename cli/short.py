"""Short ids on a screen and on paper: made ids become what people say aloud ("P-4127"); programs get the long ones.

An id that is a telephone or identity number, or a name, is private: unless names are asked for its short id stands in
its place everywhere, for programs and in files too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import cached_property
from typing import Final

from tracing.patterns import regex
from tracing.spelling import MADE_ID

_LONG: Final = regex(rf"\b(?:{MADE_ID})\b")
_WORD: Final = regex(r"\w+")
_Shape = tuple[int, int, int]
"""How an id is written: its words, the signs before the first one and behind the last."""


class _Called:
    """What everybody is called, worked out when it is first asked for."""

    def __init__(self, find: Callable[[], Mapping[str, str]], *, hide: bool) -> None:
        self._find = find
        self._hide = hide

    @cached_property
    def short(self) -> Mapping[str, str]:
        """The short ids, by person."""
        return self._find()

    @cached_property
    def hidden(self) -> Mapping[str, list[_Shape]]:
        """Of the ids that are not shown how they are written, by their first word; those of most words first."""
        shapes: dict[str, set[_Shape]] = {}
        for one in self.short if self._hide else ():
            words = [] if _LONG.fullmatch(one) else list(_WORD.finditer(one))
            if words:
                shape = (len(words), words[0].start(), len(one) - words[-1].end())
                shapes.setdefault(words[0][0], set()).add(shape)
        return {word: sorted(found, reverse=True) for word, found in shapes.items()}


_NOBODY: Final = _Called(dict, hide=False)
_called: ContextVar[_Called] = ContextVar("called", default=_NOBODY)


def remember(short: Mapping[str, str] | Callable[[], Mapping[str, str]], *, hide: bool = True) -> None:
    """Use these short ids, by person, from here on, or what is found when the first is asked for.

    With ``hide`` private ids are not shown.
    """
    _called.set(_Called(short if callable(short) else lambda: short, hide=hide))


def short_of(person: str) -> str | None:
    """Return somebody's short id, None where they have none."""
    return _called.get().short.get(person)


def shorts_of(persons: Iterable[str]) -> list[str | None]:
    """Return the short id of each, None of those who have none."""
    known = _called.get().short
    return [known.get(person) for person in persons]


def person_of(short: str) -> str | None:
    """Return who has this short id, None where nobody has."""
    return next((person for person, one in _called.get().short.items() if one == short), None)


def hide(text: str) -> str:
    """Return ``text`` with short ids in place of private ones."""
    hidden, known = _called.get().hidden, _called.get().short
    if not hidden:
        return text
    words = [found.span() for found in _WORD.finditer(text)]
    parts: list[str] = []
    at = 0
    for number, (begin, end) in enumerate(words):
        for count, before, behind in hidden.get(text[begin:end], ()):
            if number + count > len(words) or begin - before < at:
                continue
            stop = words[number + count - 1][1] + behind
            person = text[begin - before : stop]
            if person in known:
                parts += [text[at : begin - before], known[person]]
                at = stop
                break
    return "".join(parts) + text[at:]


def shorten(text: str) -> str:
    """Return ``text`` with the short ids of everybody in it."""
    known = _called.get().short
    text = hide(text)
    return _LONG.sub(lambda found: known.get(found[0], found[0]), text) if known and "P-" in text else text
