"""How far the lines of a text are indented: by blanks, tabs, or the signs with which a tree is drawn, ``│   └─``."""

from __future__ import annotations

from typing import Final

from tracing.patterns import regex

TAB: Final = 4
"""So many blanks is a tab, or a step of the levels of a list in a document."""
#: What stands before the words of a line of a drawn tree; a pipe or a plus before dashes is such a sign, too.
_DRAWN: Final = regex(r"[\s│┃║├└┌┬─━┣┗╠╚═╰╭|+`'\\>*•–-]*")
_SIGN: Final = regex(r"[│┃║├└┬─━┣┗╠╚═╰]|\||`-|\+--|\\-")
_REPEATED: Final = regex(r"\s*(?P<sign>[-+*>•.–#=])(?P=sign)*(?=\s|[^\W\d_])")
_FEWEST, _DEPTHS = 3, 2


def indent_of(line: str) -> int:
    """Return how many signs stand before the words of a drawn line, how many blanks before any other."""
    whole = line.expandtabs(TAB).replace("\u00a0", " ")
    drawn = _DRAWN.match(whole)
    if drawn is not None and _SIGN.search(drawn[0]):
        return drawn.end()
    return len(whole) - len(whole.lstrip())


def signs_of(line: str) -> int:
    """Return how often the sign before a line is repeated: ``-``, ``--``, ``---``; 0 of a line without one."""
    signs = _REPEATED.match(line)
    return 0 if signs is None else len(signs[0].strip())


def is_indented(text: str) -> bool:
    """Tell whether most lines of a text stand below others, by blanks or by repeated signs, and none has cells."""
    lines = [line.rstrip() for line in text.split("\n")[:200] if line.strip()]
    if len(lines) < _FEWEST or any("\t" in line.strip() for line in lines):
        return False
    for depths in ([indent_of(line) for line in lines], [signs_of(line) for line in lines]):
        if len(set(depths)) >= _DEPTHS and max(depths) >= _DEPTHS and sum(map(bool, depths)) * 2 >= len(lines):
            return True
    return False
