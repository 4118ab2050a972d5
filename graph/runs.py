"""What the stores share about runs: a result table as one Parquet value, its types with it."""

from __future__ import annotations

import io

import pandas as pd


def pack_table(frame: pd.DataFrame) -> bytes:
    """Return a table as one value."""
    value = io.BytesIO()
    frame.to_parquet(value, engine="pyarrow", compression="zstd")
    return value.getvalue()


def unpack_table(value: bytes) -> pd.DataFrame:
    """Return the table that :func:`pack_table` packed, type for type."""
    return pd.read_parquet(io.BytesIO(value), engine="pyarrow")
