"""Between the rows of Records and the tables of the embedded store's file."""

from __future__ import annotations

from typing import Final

import duckdb
import pandas as pd
import pyarrow as pa

from graph.duckdb.file import fetch_row, quoted
from tracing.model.coded import arrow_column
from tracing.model.schema import TABLES, stored_columns

_TO_PANDAS: Final = {
    pa.string(): pd.StringDtype(),
    pa.large_string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """Return an Arrow table as a DataFrame with the exact nullable types of Records."""
    frame: pd.DataFrame = table.to_pandas(types_mapper=_TO_PANDAS.get)
    return frame


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    """Return rows of Records as an Arrow table; texts that are kept as numbers stay so."""
    return pa.table({str(name): arrow_column(values) for name, values in frame.items()})


def column_list(name: str, alias: str | None = None) -> str:
    """Return the stored columns of the table ``name`` as SQL."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(prefix + quoted(column) for column in stored_columns(TABLES[name]))


def read_zone(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Return the time zone of the records kept; None while there are none."""
    found = fetch_row(connection, "SELECT value FROM truyvet_store WHERE key = 'zone'")
    return str(found[0]) if found else None
