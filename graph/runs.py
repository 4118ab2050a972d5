"""What the stores share about runs: a result table as one Parquet value, its types with it."""

from __future__ import annotations

import io

import pandas as pd

from tracing.errors import NothingFound
from tracing.text import catalogue

_, _n = catalogue("graph")


def pack_table(frame: pd.DataFrame) -> bytes:
    """Return a table as one value."""
    value = io.BytesIO()
    frame.to_parquet(value, engine="pyarrow", compression="zstd")
    return value.getvalue()


def unpack_table(value: bytes) -> pd.DataFrame:
    """Return the table that :func:`pack_table` packed, type for type."""
    return pd.read_parquet(io.BytesIO(value), engine="pyarrow")


def no_run() -> NothingFound:
    """Return what is said where no run has the id asked for."""
    return NothingFound(
        _("no run with that id is kept in this store"),
        fix=_("truyvet runs lists those that are"),
    )
