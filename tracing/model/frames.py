"""Between columns (:mod:`tracing.model.columns`) and frames of pandas, which is loaded with this module."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.arrays import ArrowStringArray, BooleanArray, FloatingArray, IntegerArray

from tracing.model.arrow import TEXT
from tracing.model.coded import CodedTexts
from tracing.model.columns import Column, Numbers, TableColumns, Texts

_NULLABLE = {"i": IntegerArray, "u": IntegerArray, "f": FloatingArray, "b": BooleanArray}


def frame_of(columns: TableColumns) -> pd.DataFrame:
    """Return a table as a frame: numbers that may be missing in nullable types, nothing copied."""
    return pd.DataFrame({name: array_of(c) for name, c in columns.items()}, index=range(len(columns)), copy=False)


def array_of(column: Column) -> Any:
    """Return a column as pandas has it."""
    if isinstance(column, Texts):
        return CodedTexts(*column.held()) if column.is_coded else ArrowStringArray(pa.chunked_array([column.arrow]))
    if not column.may_miss:
        return column.values
    return _NULLABLE[column.values.dtype.kind](column.values, column.missing)


def column_of(values: pd.Series) -> Column:
    """Return a column of pandas; what is neither a number nor yes or no is a text."""
    held: Any = values.array
    if isinstance(held, CodedTexts) and held.is_distinct:
        codes, texts = held.held()
        return Texts(texts, codes)
    if isinstance(held, IntegerArray | FloatingArray | BooleanArray):
        dtype = np.dtype(held.dtype.type)
        return Numbers(held.to_numpy(dtype=dtype, na_value=dtype.type(0)), np.asarray(held.isna()))
    if values.dtype.kind in _NULLABLE:
        return Numbers(values.to_numpy())
    return Texts.of(pa.array(values, type=TEXT, from_pandas=True))
