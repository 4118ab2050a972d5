"""Between arrays of NumPy and of Arrow, by the memory that they share.

Arrow's own ways there load pandas first, to see whether an array is one of its columns, which takes longer than a small
question; these do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

TEXT: Final = pa.large_string()
#: From so many texts on Arrow's own way is quicker, pandas and all.
MANY: Final = 200_000
Bools = npt.NDArray[np.bool_]


def to_arrow(values: npt.NDArray[Any], missing: Bools | None = None) -> pa.Array:
    """Return numbers, or yes and no, as Arrow has them; where ``missing`` says so there is none."""
    if missing is not None and not missing.any():
        missing = None
    valid = None if missing is None else _bits(~missing)
    held = _bits(values) if values.dtype == bool else pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(_type_of(values.dtype), len(values), [valid, held])


def _type_of(dtype: np.dtype[Any]) -> pa.DataType:
    return pa.bool_() if dtype.kind == "b" else pa.type_for_alias(dtype.name)


def _bits(flags: Bools) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))


def texts_to_arrow(texts: Iterable[str | None]) -> pa.Array:
    """Return texts, None where one is missing, as Arrow has them."""
    told = list(texts)
    missing = np.array([text is None for text in told], dtype=bool) if None in told else None
    there = [text or "" for text in told]
    letters = "".join(there)
    lengths = map(len, there) if letters.isascii() else (len(text.encode()) for text in there)
    ends = np.zeros(len(there) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(lengths, np.int64, len(there)), out=ends[1:])
    valid = None if missing is None else _bits(~missing)
    held = [valid, pa.py_buffer(ends), pa.py_buffer(letters.encode())]
    return pa.Array.from_buffers(TEXT, len(there), held)


@lru_cache(maxsize=256)
def words_to_arrow(*words: str) -> pa.Array:
    """Return a few words, which are asked for again and again, as Arrow has them."""
    return texts_to_arrow(words)


def texts_to_objects(texts: pa.Array) -> npt.NDArray[np.object_]:
    """Return texts of Arrow as objects, None where one is missing."""
    if len(texts) > MANY:
        return np.asarray(texts.to_numpy(zero_copy_only=False), dtype=object)
    out = np.empty(len(texts), dtype=object)
    out[:] = texts.to_pylist()
    return out


def to_numpy(array: pa.Array, missing: float = 0) -> npt.NDArray[Any]:
    """Return numbers, or yes and no, of Arrow; ``missing`` where there is none."""
    held = array.buffers()[1]
    if pa.types.is_boolean(array.type):
        values = _flags(held, array)
    else:
        dtype = np.dtype(array.type.to_pandas_dtype())
        values = np.frombuffer(held, dtype=dtype)[array.offset : array.offset + len(array)]
    return np.where(nulls_of(array), values.dtype.type(missing), values) if array.null_count else values


def nulls_of(array: pa.Array) -> Bools:
    """Tell which values of Arrow are missing."""
    valid = array.buffers()[0]
    if valid is None or not array.null_count:
        return np.full(len(array), array.null_count > 0)
    return ~_flags(valid, array)


def _flags(held: pa.Buffer, array: pa.Array) -> Bools:
    bits = np.frombuffer(held, dtype=np.uint8)[: (array.offset + len(array) + 7) // 8]
    return np.unpackbits(bits, bitorder="little")[array.offset : array.offset + len(array)].view(bool)
