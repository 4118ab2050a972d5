"""Where somebody is named in texts of others: by id, case code, full name, telephone or identity number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

import pandas as pd

from tracing.papers import identity_number
from tracing.patterns import regex
from tracing.spelling import called_numbers, fold, name_key, phone_numbers

GONE: Final = "…"
"""What stands in a text in place of somebody who was removed."""

_WORD: Final = regex(r"\w+")
_NUMBER: Final = regex(r"\+?\d(?:[ .\-]?\d){5,14}")
_TELLS: Final = regex(r"(?=.*\d)(?=.*[^\W\d]).{3,}|\d{6,}")
"""An id that can be told from an ordinary word or number in a text: letters and digits, or six digits."""


class Traces:
    """What tells people in a text, and the texts without them.

    A name or number that somebody who stays has too tells nobody: it is left where it is.

    Parameters
    ----------
    ids
        Ids and case codes of these people.
    own, others
        Rows of the table persons: theirs, and those of everybody else.
    """

    def __init__(self, ids: Collection[str], own: pd.DataFrame, others: pd.DataFrame) -> None:
        self.ids = frozenset(ids)
        self._numbers = _numbers(own) - _numbers(others)
        names = {*map(name_key, own["name"].dropna())} - {*map(name_key, others["name"].dropna())}
        self._phrases: dict[str, set[tuple[str, ...]]] = {}
        for text in (*(one for one in ids if _TELLS.fullmatch(one) or len(one.split()) > 1), *names):
            words = tuple(_WORD.findall(fold(text)))
            if words and (len(words) > 1 or _TELLS.fullmatch(words[0])):
                self._phrases.setdefault(words[0], set()).add(words)
        self._cleaned: dict[str, str] = {}

    def clean(self, text: str) -> str:
        """Return ``text`` without these people."""
        if text not in self._cleaned:
            self._cleaned[text] = self._clean(text)
        return self._cleaned[text]

    def names(self, text: str) -> bool:
        """Tell whether ``text`` names one of them."""
        return text in self.ids or self.clean(text) != text

    def clean_column(self, column: pd.Series, *, ids: bool = False) -> pd.Series:
        """Return a column of texts without these people; with ``ids`` a text that is an id of theirs is missing."""
        texts = column.dropna().unique()
        changed: dict[str, Any] = {text: new for text in texts if (new := self.clean(text)) != text}
        changed |= dict.fromkeys(self.ids.intersection(texts), pd.NA) if ids else {}
        if not changed:
            return column
        return column.map(lambda text: changed.get(text, text), na_action="ignore").astype("string")

    def clean_json(self, value: Any) -> Any:
        """Return a JSON value without what names them: of a list the rest; None of anything else that does."""
        if isinstance(value, list):
            return [one for one in value if not self._is_in(one)] or None
        return None if self._is_in(value) else value

    def _is_in(self, value: Any) -> bool:
        if isinstance(value, str):
            return self.names(value)
        if isinstance(value, dict):
            return any(
                self._is_in(one) if not isinstance(one, str) else self.clean(one) != one for one in value.values()
            )
        return isinstance(value, list) and any(map(self._is_in, value))

    def _clean(self, text: str) -> str:
        spans = sorted([*self._spoken(text), *self._called(text)])
        parts, at = [], 0
        for begin, end in spans:
            if begin >= at:
                parts += [text[at:begin], GONE]
            at = max(at, end)
        return "".join(parts) + text[at:] if spans else text

    def _spoken(self, text: str) -> Iterable[tuple[int, int]]:
        words = [(fold(found[0]), *found.span()) for found in _WORD.finditer(text)] if self._phrases else []
        for at, (word, begin, _end) in enumerate(words):
            for phrase in self._phrases.get(word, ()):
                part = words[at : at + len(phrase)]
                if tuple(one for one, _b, _e in part) == phrase:
                    yield begin, part[-1][2]

    def _called(self, text: str) -> Iterable[tuple[int, int]]:
        for found in _NUMBER.finditer(text) if self._numbers else ():
            if not self._numbers.isdisjoint((*phone_numbers(found[0]), identity_number(found[0]), found[0])):
                yield found.span()


def _numbers(persons: pd.DataFrame) -> set[str | None]:
    phones = {number for text in persons["phone"].dropna() for number in called_numbers(text)}
    return phones | {identity_number(text) or text for text in persons["national_id"].dropna()}
