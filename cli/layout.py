"""How words are laid out on a screen: what may be shown, how wide it is, how columns share a width."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from tracing.patterns import regex

_NEW_LINE: Final = regex(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
STEERS: Final = regex(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(word: str) -> str:
    """Return ``word`` as one line without signs that steer a terminal or turn the direction of writing."""
    return STEERS.sub("", _NEW_LINE.sub(" ", word))


def width(words: str) -> int:
    """Return the columns that ``words`` take in a terminal; marks above letters take none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in words
    )


def longest_word(words: str) -> int:
    """Return the width of the longest word; blanks before the first belong to it."""
    first, *more = words.split() or [""]
    return max(len(words) - len(words.lstrip()) + width(first), *map(width, more), 0)


def share_width(widest: Sequence[int], least: Sequence[int], whole: int) -> list[int]:
    """Return how wide each column is.

    Parameters
    ----------
    widest, least
        Width of each column's longest cell, and of its longest word.
    whole
        What all of them have together.

    Returns
    -------
    list of int
        The widest of each where there is room; else each its longest word and an equal share of the rest; where there
        is no room even for that, the longest ones are cut down until it fits, and their words are broken.
    """
    if sum(widest) <= whole:
        return list(widest)
    widths = list(least)
    while sum(widths) > max(whole, len(widths)):
        widths[widths.index(max(widths))] -= 1
    while sum(widths) < whole:
        _width, place = min((w, c) for c, w in enumerate(widths) if w < widest[c])
        widths[place] += 1
    return widths


def wrap_call(call: str, columns: int) -> list[str]:
    """Return a call as lines that a shell reads as one; a word longer than ``columns`` is left whole."""
    indent = call[: len(call) - len(call.lstrip())]
    lines = [""]
    for word in call.split():
        line = f"{lines[-1]} {word}" if lines[-1] else f"{indent}{'    ' * (len(lines) > 1)}{word}"
        if lines[-1] and width(line) > columns - 2:
            lines[-1] += " \\"
            lines.append(f"{indent}    {word}")
        else:
            lines[-1] = line
    return lines
