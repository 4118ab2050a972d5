"""A line below a head that names its columns again, for machines: ``#date +start``, ``hoten namsinh``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from loaders.files.headings import plain, told_headings
from tracing.patterns import regex

_TAG: Final = regex(r"#[a-z]{2}")
_NAME: Final = regex(r"[A-Za-z][A-Za-z0-9]*")


@cache
def _run_together() -> frozenset[str]:
    """Return the headings of several words, as somebody writes them who leaves out the blanks: ``hoten``."""
    return frozenset(plain(alias) for _, _, alias in told_headings() if " " in alias and "*" not in alias)


def are_for_machines(texts: Sequence[str]) -> bool:
    """Tell whether a line below a head names its columns again."""
    tagged = bool(texts) and all(map(_TAG.match, texts))
    named = len(texts) >= 3 and all(map(_NAME.fullmatch, texts))
    return tagged or (named and sum(text.lower() in _run_together() for text in texts) >= 2)
