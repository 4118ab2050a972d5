"""Regular expressions that are made when they are first looked for.

The readers of lists know some two thousand, of which an ordinary list needs two hundred; to make them all takes longer
than to read it.
"""

from __future__ import annotations

import re
from typing import Any, Final, cast

_METHODS: Final = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class Later:
    """What :func:`regex` returns: not made yet; afterwards its methods are those of the pattern that was made."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = re.compile(self.pattern, self._given)
        self.__dict__.update({method: getattr(made, method) for method in _METHODS})
        return getattr(made, name)

    def __repr__(self) -> str:
        return f"regex({self.pattern!r})"


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what :func:`re.compile` returns, made when a method of it is called first.

    So whether ``pattern`` is one shows only then; a test makes all of them.
    """
    return cast("re.Pattern[str]", Later(pattern, flags))
