"""Tables of Arrow, as stores read them, as the tables of Records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pandas.api.extensions import ExtensionArray
from pandas.arrays import ArrowStringArray

_NUMBERS: Final[dict[pa.DataType, Callable[..., ExtensionArray]]] = {
    pa.int64(): pd.arrays.IntegerArray,
    pa.float64(): pd.arrays.FloatingArray,
    pa.bool_(): pd.arrays.BooleanArray,
}


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """Return an Arrow table as a DataFrame with the exact nullable types of Records."""
    columns = {name: _to_array(table[name]) for name in table.column_names}
    return pd.DataFrame(columns, index=range(len(table)), copy=False)


def _to_array(values: pa.ChunkedArray) -> ExtensionArray:
    """Return a column as pandas keeps it; of one in which nothing is given no value is looked at."""
    made = _NUMBERS.get(values.type)
    if made is None:
        return ArrowStringArray(values.cast(pa.large_string()))
    missing = np.zeros(len(values), dtype=bool)
    if values.null_count == len(values):
        return made(np.zeros(len(values), dtype=values.type.to_pandas_dtype()), ~missing)
    found = np.concatenate([_as_they_lie(chunk) for chunk in values.chunks])
    if values.null_count:
        missing = values.is_null().to_numpy()
        found[missing] = 0
    return made(found, missing)


def _as_they_lie(values: pa.Array) -> npt.NDArray[Any]:
    """Return values as they lie in memory: of a missing one whatever is there."""
    there = pa.Array.from_buffers(values.type, len(values), [None, values.buffers()[1]], offset=values.offset)
    out: npt.NDArray[Any] = there.to_numpy(zero_copy_only=False)
    return out
