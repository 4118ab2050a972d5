"""Short ids on a screen and on paper: made ids become what people say aloud ("P-4127"); programs get the long ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Final

_LONG: Final = re.compile(r"\bP-[0-9a-f]{12}\b")
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_known: ContextVar[Mapping[str, str]] = ContextVar("known", default=_NONE)


def remember(short: Mapping[str, str]) -> None:
    """Use these short ids, by person, from here on."""
    _known.set(short)


def short_of(person: str) -> str | None:
    """Return somebody's short id, None where they have none."""
    return _known.get().get(person)


def person_of(short: str) -> str | None:
    """Return who has this short id, None where nobody has."""
    return next((person for person, one in _known.get().items() if one == short), None)


def shorten(text: str) -> str:
    """Return ``text`` with the short ids of everybody in it."""
    known = _known.get()
    return _LONG.sub(lambda found: known.get(found[0], found[0]), text) if known and "P-" in text else text
