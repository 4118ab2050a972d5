"""Short ids on a screen and on paper: made ids become what people say aloud ("P-4127"); programs get the long ones.

An id that is a telephone or identity number, or a name, is private: unless names are asked for its short id stands in
its place everywhere, for programs and in files too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Final

from tracing.spelling import MADE_ID

_LONG: Final = re.compile(rf"\b(?:{MADE_ID})\b")
_WORD: Final = re.compile(r"\w+")
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_Shape = tuple[int, int, int]
"""How an id is written: its words, the signs before the first one and behind the last."""
_NOBODY: Final[Mapping[str, list[_Shape]]] = MappingProxyType({})
_known: ContextVar[Mapping[str, str]] = ContextVar("known", default=_NONE)
_hidden: ContextVar[Mapping[str, list[_Shape]]] = ContextVar("hidden", default=_NOBODY)
"""Of the ids that are not shown how they are written, by their first word; those of most words first."""


def remember(short: Mapping[str, str], *, hide: bool = True) -> None:
    """Use these short ids, by person, from here on; with ``hide`` private ids are not shown."""
    shapes: dict[str, set[_Shape]] = {}
    for one in short if hide else ():
        words = list(_WORD.finditer(one))
        if words and not _LONG.fullmatch(one):
            shape = (len(words), words[0].start(), len(one) - words[-1].end())
            shapes.setdefault(words[0][0], set()).add(shape)
    _known.set(short)
    _hidden.set({word: sorted(found, reverse=True) for word, found in shapes.items()})


def short_of(person: str) -> str | None:
    """Return somebody's short id, None where they have none."""
    return _known.get().get(person)


def person_of(short: str) -> str | None:
    """Return who has this short id, None where nobody has."""
    return next((person for person, one in _known.get().items() if one == short), None)


def hide(text: str) -> str:
    """Return ``text`` with short ids in place of private ones."""
    hidden, known = _hidden.get(), _known.get()
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
    known = _known.get()
    text = hide(text)
    return _LONG.sub(lambda found: known.get(found[0], found[0]), text) if known and "P-" in text else text
