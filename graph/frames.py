"""Tables of Arrow, as stores read them, as the tables of Records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pandas.api.extensions import ExtensionArray
from pandas.arrays import ArrowStringArray

from tracing.model.coded import CodedTexts
from tracing.model.schema import SOURCE_COLUMNS, TABLES, ColumnKind, stored_columns

_NUMBERS: Final[dict[ColumnKind, tuple[Callable[..., ExtensionArray], type]]] = {
    "integer": (pd.arrays.IntegerArray, np.int64),
    "time": (pd.arrays.IntegerArray, np.int64),
    "number": (pd.arrays.FloatingArray, np.float64),
    "flag": (pd.arrays.BooleanArray, np.bool_),
}


def to_pandas(name: str, rows: pa.Table, made: Mapping[str, ExtensionArray] | None = None) -> pd.DataFrame:
    """Return rows of the table ``name`` with the exact nullable types of Records.

    Columns that are not there are those ``made`` already, or empty: for these hardly any memory is touched.
    """
    columns = dict(made or {})
    for column, kind in stored_columns(TABLES[name]).items():
        if column in rows.column_names:
            columns[column] = _to_array(rows[column], kind, again=_comes_again(name, column, kind))
        elif column not in columns:
            columns[column] = _nothing(kind, len(rows))
    columns = {column: columns[column] for column in stored_columns(TABLES[name])}
    return pd.DataFrame(columns, index=range(len(rows)), copy=False)


def _nothing(kind: ColumnKind, size: int) -> ExtensionArray:
    if kind not in _NUMBERS:
        return CodedTexts.constant(None, size)
    made, dtype = _NUMBERS[kind]
    return made(np.zeros(size, dtype=dtype), np.ones(size, dtype=bool))


def _comes_again(name: str, column: str, kind: ColumnKind) -> bool:
    """Tell whether the texts of a column are mostly there many times: choices, references, where a row came from."""
    return kind == "choice" or column in SOURCE_COLUMNS or (kind == "id" and column != TABLES[name].key)


def _to_array(values: pa.ChunkedArray, kind: ColumnKind, *, again: bool) -> ExtensionArray:
    if values.null_count == len(values):
        return _nothing(kind, len(values))
    if kind not in _NUMBERS:
        return CodedTexts.of(values) if again else ArrowStringArray(values.cast(pa.large_string()))
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
