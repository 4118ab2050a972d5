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

from tracing.model.coded import CodedTexts
from tracing.model.schema import TABLES, ColumnKind, stored_columns

_NUMBERS: Final[dict[ColumnKind, tuple[Callable[..., ExtensionArray], type]]] = {
    "integer": (pd.arrays.IntegerArray, np.int64),
    "time": (pd.arrays.IntegerArray, np.int64),
    "number": (pd.arrays.FloatingArray, np.float64),
    "flag": (pd.arrays.BooleanArray, np.bool_),
}


def to_pandas(name: str, rows: pa.Table) -> pd.DataFrame:
    """Return rows of the table ``name`` with the exact nullable types of Records; columns that are not there are empty.

    For a column in which nothing is given hardly any memory is touched.
    """
    there = set(rows.column_names)
    columns = {
        column: _to_array(rows[column], kind) if column in there else _nothing(kind, len(rows))
        for column, kind in stored_columns(TABLES[name]).items()
    }
    return pd.DataFrame(columns, index=range(len(rows)), copy=False)


def _nothing(kind: ColumnKind, size: int) -> ExtensionArray:
    if kind not in _NUMBERS:
        return CodedTexts.constant(None, size)
    made, dtype = _NUMBERS[kind]
    return made(np.zeros(size, dtype=dtype), np.ones(size, dtype=bool))


def _to_array(values: pa.ChunkedArray, kind: ColumnKind) -> ExtensionArray:
    if values.null_count == len(values):
        return _nothing(kind, len(values))
    if kind not in _NUMBERS:
        return ArrowStringArray(values.cast(pa.large_string()))
    found, missing = np.concatenate([_as_they_lie(chunk) for chunk in values.chunks]), np.zeros(len(values), dtype=bool)
    if values.null_count:
        missing = values.is_null().to_numpy()
        found[missing] = 0
    return _NUMBERS[kind][0](found, missing)


def _as_they_lie(values: pa.Array) -> npt.NDArray[Any]:
    """Return values as they lie in memory: of a missing one whatever is there."""
    there = pa.Array.from_buffers(values.type, len(values), [None, values.buffers()[1]], offset=values.offset)
    out: npt.NDArray[Any] = there.to_numpy(zero_copy_only=False)
    return out
