"""Whom a short form of a name fits, of very many people: by the ends of names instead of name by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tracing.spelling import bare_words, fits_name


class Fitting:
    """Names to be found by their short and long forms, as :func:`tracing.spelling.fits_name` has it.

    ``told`` are the names of each one; each is found by its place among them.
    """

    def __init__(self, told: Sequence[Sequence[str]]) -> None:
        self._told = told
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for at, names in enumerate(told):
            for key in {key for name in names for key in _told_keys(name)}:
                self._by_key[key].append(at)

    def of(self, name: str) -> list[int]:
        """Return the places of those of whom a name fits, in order."""
        keys = _asked_keys(name)
        may_be = {at for key in keys for at in self._by_key.get(key, ())} if keys else range(len(self._told))
        return [at for at in sorted(may_be) if any(fits_name(name, told) for told in self._told[at])]


def _told_keys(name: str) -> Iterator[str]:
    """Yield what a name is found by: the whole, what stands at its end, its first word with its last."""
    words = bare_words(name)
    if _shortened(words):
        yield "."
        return
    yield "=" + " ".join(words)
    yield from ("<" + " ".join(words[at:]) for at in range(1, len(words)))
    if len(words) > 2:
        yield f"<{words[0]} {words[-1]}"


def _asked_keys(name: str) -> set[str]:
    """Return by what the names that one fits are found; nothing where it may fit any."""
    words = bare_words(name)
    if _shortened(words):
        return set()
    whole = " ".join(words)
    shorter = {"=" + " ".join(words[at:]) for at in range(1, len(words))}
    return {".", f"={whole}", f"<{whole}", *shorter, *([f"={words[0]} {words[-1]}"] if words else ())}


def _shortened(words: Sequence[str]) -> bool:
    """Tell whether initials stand for words."""
    return any("." in word for word in words)
