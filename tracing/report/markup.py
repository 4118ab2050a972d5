"""HTML in which every text is escaped: what is not markup already becomes plain text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any, Final

_EMPTY: Final = frozenset({"br", "input", "meta", "hr", "img"})
_JSON_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class Markup(str):
    """A text that is HTML already. Made only by the functions of this module, or of a fixed text of our own."""

    __slots__ = ()


Child = Markup | str | int | None | Iterable["Child"]


def flatten(child: Child) -> str:
    """Return a child as HTML: markup as it is, any other text escaped, a list joined, None as nothing."""
    if child is None:
        return ""
    if isinstance(child, Markup):
        return str(child)
    if isinstance(child, str | int):
        return escape(str(child), quote=True)
    return "".join(flatten(part) for part in child)


def tag(name: str, *children: Child, **attributes: str | int | float | bool | None) -> Markup:
    """Return an element. ``class_`` is class, ``data_x`` is data-x; True is a bare attribute, None and False none."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(str(value), quote=True)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    inner = "".join(flatten(child) for child in children)
    return Markup(f"<{name}{written}>" if name in _EMPTY else f"<{name}{written}>{inner}</{name}>")


def join(children: Iterable[Child], between: Child = "") -> Markup:
    """Return children one after the other with ``between`` in the gaps."""
    return Markup(flatten(between).join(flatten(child) for child in children))


def to_json(value: Any) -> Markup:
    """Return a value as JSON that may stand inside a script element: no tag can begin or end in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter, safe in _JSON_ESCAPES.items():
        text = text.replace(letter, safe)
    return Markup(text)
