"""Names and numbers of a whole column made comparable, as :mod:`tracing.spelling` does text by text.

Names are made of few different words. Each word is looked at once; what a *plain* name is compared by, one of nothing
but words, without a form of address or a trade, follows from its words by their numbers. All other names are read one
by one, and so are numbers that are not written as most are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tracing.papers import paper_key
from tracing.spelling import (
    NO_NAME,
    TRADE,
    accents,
    bare_words,
    clean_name,
    given_accents,
    is_full,
    may_address,
    name_key,
    name_letters,
    nicknames,
)

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_TEXT: Final = pa.large_string()
_FEMALE: Final = "thi"
_ALL_ONE: Final = "^(?:" + "|".join(f"{digit}+" for digit in range(10)) + ")$"


class Names:
    """Distinct names as written, none missing, and what they are compared by: an entry each, in their order."""

    def __init__(self, texts: pa.Array) -> None:
        self.texts = texts
        words = pc.split_pattern(texts, " ")
        column = words.flatten().dictionary_encode()
        codes = np.asarray(column.indices, dtype=np.int64)
        self._vocabulary: list[str] = column.dictionary.to_pylist()
        folded = [name_letters(word) for word in self._vocabulary]
        ok = [word.isalpha() and plain.isascii() for word, plain in zip(self._vocabulary, folded, strict=True)]
        first = [known and not may_address(word) for known, word in zip(ok, self._vocabulary, strict=True)]
        self._folded = pa.array(folded, type=_TEXT)
        sizes: Ints = np.asarray(pc.list_value_length(words), dtype=np.int64)
        begins = np.cumsum(sizes) - sizes
        plain = np.zeros(len(texts), dtype=bool)
        if len(texts):
            plain = np.logical_and.reduceat(np.array(ok)[codes], begins) & np.array(first)[codes[begins]]
        self._set_plain(plain, codes, sizes)
        traded = _match(self._joined(self._folded), TRADE.pattern)
        if traded.any():
            plain[np.flatnonzero(plain)[traded]] = False
            self._set_plain(plain, codes, sizes)

    def _set_plain(self, plain: Flags, codes: Ints, sizes: Ints) -> None:
        self.plain, self._codes, self._sizes = plain, codes[np.repeat(plain, sizes)], sizes[plain]
        self._ends = np.cumsum(self._sizes)
        self.others: list[str] = self.texts.filter(pa.array(~plain)).to_pylist()

    def __len__(self) -> int:
        return len(self.texts)

    def _joined(self, words: pa.Array, codes: Ints | None = None, between: str = " ") -> pa.Array:
        """Return for each plain name its words, as they are in ``words``, joined."""
        offsets = pa.array(np.concatenate([[0], self._ends]), type=pa.int64())
        taken = words.take(pa.array(self._codes if codes is None else codes))
        return pc.binary_join(pa.LargeListArray.from_arrays(offsets, taken), pa.scalar(between, type=_TEXT))

    def _all(self, of_plain: pa.Array, ofothers: Iterable[str | None]) -> pa.Array:
        """Return what is told of plain names, and of the others, in the order of all."""
        both = pa.concat_arrays([of_plain, pa.array(list(ofothers), type=_TEXT)])
        return both.take(pa.array(self._places))

    def _flags(self, of_plain: Flags, ofothers: Iterable[bool]) -> Flags:
        return np.concatenate([of_plain, np.fromiter(ofothers, dtype=bool)])[self._places]

    @cached_property
    def _places(self) -> Ints:
        places = np.empty(len(self), dtype=np.int64)
        places[self.plain] = np.arange(self.plain.sum())
        places[~self.plain] = np.arange(self.plain.sum(), len(self))
        return places

    @cached_property
    def _keys(self) -> pa.Array:
        return self._joined(self._folded)

    @cached_property
    def _bare(self) -> list[list[str]]:
        return [bare_words(name) for name in self.others]

    @cached_property
    def key(self) -> pa.Array:
        """As :func:`tracing.spelling.name_key` has it."""
        return self._all(self._keys, map(name_key, self.others))

    @cached_property
    def bare(self) -> pa.Array:
        """The words of :func:`tracing.spelling.bare_words`, a blank between them; none: missing."""
        return self._all(self._keys, (" ".join(words) or None for words in self._bare))

    @cached_property
    def ordered(self) -> pa.Array:
        """The same words in the order of their letters."""
        rank = np.empty(len(self._folded), dtype=np.int64)
        rank[np.asarray(pc.sort_indices(self._folded))] = np.arange(len(rank))
        name = np.repeat(np.arange(len(self._sizes)), self._sizes)
        by_letters = self._codes[np.argsort(name * max(1, len(rank)) + rank[self._codes], kind="stable")]
        return self._all(self._joined(self._folded, by_letters), (" ".join(sorted(one)) or None for one in self._bare))

    @cached_property
    def given(self) -> pa.Array:
        """The last of these words; none: missing."""
        last = self._folded.take(pa.array(self._codes[self._ends - 1]))
        return self._all(last, (words[-1] if words else None for words in self._bare))

    @cached_property
    def called(self) -> pa.Array:
        """The words of what stands first in brackets behind the name, a blank between them; none: missing."""
        first = (nicknames(name)[:1] for name in self.others)
        told = (" ".join(word for nick in one for word in bare_words(nick)) or None for one in first)
        return self._all(pa.nulls(int(self.plain.sum()), _TEXT), told)

    @cached_property
    def full(self) -> Flags:
        """Whether a family and a given name are told (:func:`tracing.spelling.is_full`), not only the letter of one."""
        length = np.asarray(pc.utf8_length(self._folded), dtype=np.int64)
        letter = (length[self._codes[self._ends - 1]] == 1) & (length[self._codes[self._ends - self._sizes]] <= 2)
        unnamed = _match(self._keys, f"^(?:{NO_NAME.pattern})$")
        return self._flags((self._sizes > 1) & ~letter & ~unnamed, map(_has_full_name, self.others, self._bare))

    @cached_property
    def female(self) -> Flags:
        """Whether "Thị" stands between family and given name."""
        inner = np.array(self._folded.to_pylist(), dtype=object)[self._codes] == _FEMALE
        inner[self._ends - 1] = inner[self._ends - self._sizes] = False
        found = np.add.reduceat(inner, self._ends - self._sizes, dtype=np.int64) > 0 if len(inner) else inner
        return self._flags(found, (_FEMALE in words[1:-1] for words in self._bare))

    @cached_property
    def cleaned(self) -> pa.Array:
        """As :func:`tracing.spelling.clean_name` has it."""
        return self._all(self.texts.filter(pa.array(self.plain)), map(clean_name, self.others))

    @cached_property
    def ascii(self) -> Flags:
        """Whether they are written without any accent."""
        return np.asarray(pc.string_is_ascii(self.texts), dtype=bool)

    @cached_property
    def _accents(self) -> tuple[Ints, Flags, Ints]:
        """Codes of the accents of all words of each name, whether there are any, codes of those of the given name."""
        marks = pa.array(["".join(accents(word)) for word in self._vocabulary], type=_TEXT)
        told = self._all(self._joined(marks, between="|"), ("|".join(accents(name)) for name in self.others))
        last = self._all(marks.take(pa.array(self._codes[self._ends - 1])), map(given_accents, self.others))
        return _codes(told), _match(told, r"[^|]"), _codes(last)

    @cached_property
    def _lengths(self) -> Ints:
        return np.concatenate([self._sizes, [len(accents(name)) for name in self.others]])[self._places]

    def same(self, x: Ints, y: Ints) -> Flags:
        """Tell which names, by their positions, are the same (:func:`tracing.spelling.same_name`)."""
        (marks, any_mark, _), key, length = self._accents, _codes(self.key), self._lengths
        both = any_mark[x] & any_mark[y] & (length[x] == length[y])
        return np.asarray((x == y) | ((key[x] == key[y]) & (~both | (marks[x] == marks[y]))))

    def other_given(self, x: Ints, y: Ints) -> Flags:
        """Tell which names, by their positions, both have accents, and other ones in the given name."""
        _, any_mark, last = self._accents
        return np.asarray(any_mark[x] & any_mark[y] & (last[x] != last[y]))


def _codes(texts: pa.Array) -> Ints:
    return np.asarray(texts.dictionary_encode().indices, dtype=np.int64)


def _has_full_name(name: str, words: Sequence[str]) -> bool:
    if not words:
        return False
    letter = len(words[-1]) == 1 and ("." in name or len(words[0]) <= 2)
    return is_full(name) and not letter


def _match(texts: pa.Array, pattern: str) -> Flags:
    return np.asarray(pc.match_substring_regex(texts, pattern), dtype=bool)


def numbers_of(
    texts: pa.Array, read: Callable[[str], Sequence[str]], *, plain: str, nothing: str | None = None
) -> tuple[Ints, Ints, pa.Array]:
    """Return the numbers that are ``read`` in texts: position of the text, that of the number in it, and the number.

    Those that match the pattern ``plain`` are known to be one number as they are, those that match ``nothing`` none.
    """
    alone = np.asarray(pc.match_substring_regex(texts, f"^(?:{plain})$"), dtype=bool)
    known = (
        alone
        if nothing is None
        else alone | np.asarray(pc.match_substring_regex(texts, f"^(?:{nothing})$"), dtype=bool)
    )
    others = np.flatnonzero(~known)
    said = [read(text) for text in texts.take(pa.array(others)).to_pylist()]
    sizes = np.array([len(numbers) for numbers in said], dtype=np.int64)
    text = np.concatenate([np.flatnonzero(alone), np.repeat(others, sizes)])
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    place = np.concatenate([np.zeros(alone.sum(), dtype=np.int64), within])
    told = pa.array([number for numbers in said for number in numbers], type=_TEXT)
    return text, place, pa.concat_arrays([texts.filter(pa.array(alone)), told])


def paper_keys(texts: pa.Array) -> pa.Array:
    """Return :func:`tracing.papers.paper_key` of each text; most are their own."""
    plain = _match(texts, r"^(?:[0-9]{9}|[0-9]{12})$")
    plain &= ~_match(texts, _ALL_ONE)
    others = pa.array(~plain)
    read: list[Any] = [paper_key(text) for text in texts.filter(others).to_pylist()]
    return pc.replace_with_mask(texts, others, pa.array(read, type=_TEXT))
