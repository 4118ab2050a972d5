"""Columns of texts joined row by row, and keys made of what a row says: hashed in machine code where rows are many."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tracing.compiled import callee, machine_code

_TEXT: Final = pa.large_string()
#: So many rows are hashed one by one; more are worth loading the compiler.
FEW = 1_500_000
#: So many rows are joined and hashed together.
BLOCK = 1 << 17
#: Bytes of a hash, and the letters that write it.
_HASH: Final = 8
_HEX: Final = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


@dataclass(frozen=True)
class ColumnPart:
    """A column of texts: for each row its position in ``texts``, -1 where it says nothing; None: all say the first."""

    codes: npt.NDArray[np.int32] | None
    texts: pa.Array

    @classmethod
    def constant(cls, text: str) -> ColumnPart:
        """Return the same text for all rows."""
        return cls(None, pa.array([text], type=_TEXT))

    def between(self, before: str, after: str) -> ColumnPart:
        """Return each text with words before and behind it."""
        words = (pa.scalar(before, _TEXT), self.texts, pa.scalar(after, _TEXT), pa.scalar("", _TEXT))
        return ColumnPart(self.codes, pc.binary_join_element_wise(*words))

    def filled(self) -> ColumnPart:
        """Return the same column; what is missing is an empty text, so that words beside it stay."""
        if self.codes is None or not (self.codes < 0).any():
            return self
        empty = np.int32(len(self.texts))
        texts = pa.concat_arrays([self.texts, pa.array([""], type=_TEXT)])
        return ColumnPart(np.where(self.codes < 0, empty, self.codes), texts)

    def letters(self, size: int) -> int:
        """Return how many bytes all ``size`` rows have."""
        lengths = np.append(np.asarray(pc.binary_length(self.texts), dtype=np.int64), 0)
        return int(lengths[0]) * size if self.codes is None else int(lengths[self.codes].sum())

    def of_rows(self, rows: slice) -> pa.Array | pa.Scalar:
        """Return the texts of some rows, written out; a missing one is empty."""
        if self.codes is None:
            return self.texts[0]
        codes = self.codes[rows]
        missing = codes < 0
        written = self.texts.take(pa.array(codes, mask=missing if missing.any() else None))
        return pc.fill_null(written, "") if written.null_count else written


@dataclass(frozen=True)
class JoinedRows:
    """Texts joined of parts, ``size`` rows of them, that are put together only when they are asked for."""

    parts: tuple[ColumnPart, ...]
    size: int

    def __len__(self) -> int:
        return self.size

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return sum(p.texts.nbytes + (0 if p.codes is None else p.codes.nbytes) for p in self.parts)

    def whole(self) -> pa.Array:
        """Return the texts of all rows, joined."""
        return joined(self.parts, self.size)

    def take(self, rows: npt.NDArray[np.int32]) -> pa.Array:
        """Return the texts of rows, joined."""
        own = [ColumnPart(None if part.codes is None else part.codes[rows], part.texts) for part in self.parts]
        return joined(own, len(rows))


def joined(parts: Sequence[ColumnPart], size: int) -> pa.Array:
    """Return for each of ``size`` rows the texts of its parts, one behind the other."""
    ends, letters = np.zeros(size + 1, dtype=np.int64), np.empty(sum(p.letters(size) for p in parts), dtype=np.uint8)
    for rows in _blocks(size):
        places, written = _buffers(_joined(parts, rows))
        ends[rows.start + 1 : rows.stop + 1] = places[1:] + ends[rows.start]
        letters[ends[rows.start] : ends[rows.stop]] = written
    return pa.Array.from_buffers(_TEXT, size, [None, pa.py_buffer(ends), pa.py_buffer(letters)])


def _blocks(size: int) -> Iterator[slice]:
    return (slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK))


def _joined(parts: Sequence[ColumnPart], rows: slice) -> pa.Array:
    written = [part.of_rows(rows) for part in parts]
    if all(isinstance(texts, pa.Scalar) for texts in written):
        whole = "".join(texts.as_py() for texts in written)
        return pa.array([whole] * (rows.stop - rows.start), type=_TEXT)
    return pc.binary_join_element_wise(*written, pa.scalar("", _TEXT))


def _buffers(texts: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Return where texts begin and end in their letters, and these."""
    _, offsets, letters = texts.buffers()
    places = np.frombuffer(offsets, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    held = np.zeros(0, dtype=np.uint8) if letters is None else np.frombuffer(letters, dtype=np.uint8)
    return places - places[0], held[places[0] : places[-1]]


def hashed(prefix: str, parts: Sequence[ColumnPart], size: int) -> pa.Array:
    """Return for each of ``size`` rows ``prefix`` and sixteen hexadecimal digits: BLAKE2b of its parts joined."""
    head = np.frombuffer(prefix.encode(), dtype=np.uint8)
    out = np.empty((size, len(head) + 2 * _HASH), dtype=np.uint8)
    out[:, : len(head)] = head
    digests = _digests if size > FEW and sys.byteorder == "little" else _digests_one_by_one
    for rows in _blocks(size):
        told = digests(_joined(parts, rows))
        out[rows, len(head) :: 2], out[rows, len(head) + 1 :: 2] = _HEX[told >> 4], _HEX[told & 15]
    ends = np.arange(size + 1, dtype=np.int64) * out.shape[1]
    return pa.Array.from_buffers(_TEXT, size, [None, pa.py_buffer(ends), pa.py_buffer(out)])


def _digests_one_by_one(texts: pa.Array) -> npt.NDArray[np.uint8]:
    rows = texts.cast(pa.large_binary()).to_pylist()
    told = b"".join([hashlib.blake2b(row, digest_size=_HASH).digest() for row in rows])
    return np.frombuffer(told, dtype=np.uint8).reshape(len(rows), _HASH)


def _digests(texts: pa.Array) -> npt.NDArray[np.uint8]:
    """Return the bytes of each text's hash, shape (texts, 8)."""
    places, letters = _buffers(texts)
    held = np.zeros(len(letters) // 8 + 2, dtype=np.uint64)
    held.view(np.uint8)[: len(letters)] = letters
    room = np.zeros(16 * (int(np.diff(places).max()) // 128 + 1) + 1, dtype=np.uint64)
    out = np.empty(len(texts), dtype=np.uint64)
    machine_code(_hash_rows)(held, places, room, out)
    return out.view(np.uint8).reshape(len(texts), _HASH)


def _hash_rows(
    held: npt.NDArray[np.uint64],
    places: npt.NDArray[np.int64],
    room: npt.NDArray[np.uint64],
    out: npt.NDArray[np.uint64],
) -> None:
    """Hash texts that stand one behind the other, eight bytes to a word; ``room`` holds the words of the longest."""
    for text in range(len(out)):
        size = places[text + 1] - places[text]
        first, shift = places[text] >> 3, np.uint64(8 * (places[text] & 7))
        words = (size + 7) >> 3
        for word in range(words):
            low, high = held[first + word] >> shift, (held[first + word + 1] << np.uint64(1)) << (np.uint64(63) - shift)
            room[word] = low | high
        if size & 7:
            room[words - 1] &= (np.uint64(1) << np.uint64(8 * (size & 7))) - np.uint64(1)
        for word in range(words, 16 * (max(size - 1, 0) // 128 + 1)):
            room[word] = 0
        out[text] = _blake2b(room, size)


#: What hashing begins with (RFC 7693, section 2.6).
_IV: Final = tuple(
    np.uint64(word)
    for word in (
        *(0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1),
        *(0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179),
    )
)
#: In which order each round takes the words of a block (RFC 7693, section 2.7).
_ORDER: Final = np.array(
    [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
        [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
        [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
        [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
        [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
        [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
        [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
        [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
        [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
        [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
        [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    ],
    dtype=np.int64,
)


@callee()
def _mix(a: Any, b: Any, c: Any, d: Any, x: Any, y: Any) -> tuple[Any, Any, Any, Any]:
    """Mix two words of a block into four of the state (RFC 7693, section 3.1)."""
    a = a + b + x
    d = d ^ a
    d = (d >> np.uint64(32)) | (d << np.uint64(32))
    c = c + d
    b = b ^ c
    b = (b >> np.uint64(24)) | (b << np.uint64(40))
    a = a + b + y
    d = d ^ a
    d = (d >> np.uint64(16)) | (d << np.uint64(48))
    c = c + d
    b = b ^ c
    b = (b >> np.uint64(63)) | (b << np.uint64(1))
    return a, b, c, d


@callee()
def _blake2b(words: npt.NDArray[np.uint64], size: int) -> Any:
    """Return the first word of the 8-byte BLAKE2b of ``size`` bytes (RFC 7693, section 3.3), padded with zeros."""
    last = max(size - 1, 0) // 128
    state = (_IV[0] ^ np.uint64(0x01010008), _IV[1], _IV[2], _IV[3], _IV[4], _IV[5], _IV[6], _IV[7])
    for block in range(last + 1):
        first = 16 * block
        told = np.uint64(size if block == last else 128 * (block + 1))
        final = ~np.uint64(0) if block == last else np.uint64(0)
        a, b, c, d, e, f, g, h = state
        i, j, k, m, n, o, p, q = _IV[0], _IV[1], _IV[2], _IV[3], _IV[4] ^ told, _IV[5], _IV[6] ^ final, _IV[7]
        for turn in range(12):
            s = _ORDER[turn]
            a, e, i, n = _mix(a, e, i, n, words[first + s[0]], words[first + s[1]])
            b, f, j, o = _mix(b, f, j, o, words[first + s[2]], words[first + s[3]])
            c, g, k, p = _mix(c, g, k, p, words[first + s[4]], words[first + s[5]])
            d, h, m, q = _mix(d, h, m, q, words[first + s[6]], words[first + s[7]])
            a, f, k, q = _mix(a, f, k, q, words[first + s[8]], words[first + s[9]])
            b, g, m, n = _mix(b, g, m, n, words[first + s[10]], words[first + s[11]])
            c, h, i, o = _mix(c, h, i, o, words[first + s[12]], words[first + s[13]])
            d, e, j, p = _mix(d, e, j, p, words[first + s[14]], words[first + s[15]])
        a, b, c, d = state[0] ^ a ^ i, state[1] ^ b ^ j, state[2] ^ c ^ k, state[3] ^ d ^ m
        e, f, g, h = state[4] ^ e ^ n, state[5] ^ f ^ o, state[6] ^ g ^ p, state[7] ^ h ^ q
        state = (a, b, c, d, e, f, g, h)
    return state[0]
