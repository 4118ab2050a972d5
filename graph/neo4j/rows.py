"""Between the rows of Records and the values of Cypher: nothing is lost, nothing is rounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

import neo4j
import pandas as pd
import pyarrow as pa

from tracing.model.records import empty_table
from tracing.model.schema import TABLES, ColumnKind, stored_columns

Row = Mapping[str, Any]

_ARROW: Final[dict[ColumnKind, Any]] = {
    "id": pa.string(),
    "text": pa.string(),
    "choice": pa.string(),
    "flag": pa.bool_(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "time": pa.int64(),
}
_PANDAS: Final = {
    pa.string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


class Runner(Protocol):
    """A transaction, managed or not."""

    def run(self, query: str, parameters: dict[str, Any] | None = None) -> neo4j.Result:
        """Run Cypher."""


def run(runner: Runner, cypher: str, **parameters: Any) -> neo4j.Result:
    """Run Cypher that is made of names of the model only; whatever comes from data is a parameter."""
    return runner.run(cypher, parameters)


def fetch(runner: Runner, cypher: str, **parameters: Any) -> list[list[Any]]:
    """Run Cypher and return all rows."""
    return run(runner, cypher, **parameters).values()


def fetch_column(runner: Runner, cypher: str, **parameters: Any) -> list[Any]:
    """Run Cypher and return the first value of every row."""
    return [values[0] for values in fetch(runner, cypher, **parameters)]


def column_values(series: pd.Series) -> list[Any]:
    """Return a column as plain Python values, None for what is missing."""
    return series.astype(object).where(series.notna(), None).tolist()


def parameter_columns(frame: pd.DataFrame, columns: Sequence[str]) -> dict[str, list[Any]]:
    """Return the columns of ``frame`` that hold anything, as lists."""
    return {column: column_values(frame[column]) for column in columns if frame[column].notna().any()}


def to_table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Return rows as an Arrow table in the columns of the record table ``name``; an absent value is missing."""
    stored = stored_columns(TABLES[name])
    return pa.table({c: pa.array([row.get(c) for row in rows], _ARROW[kind]) for c, kind in stored.items()})


def to_frame(name: str, tables: Iterable[pa.Table]) -> pd.DataFrame:
    """Return Arrow tables as one DataFrame with the exact types of Records, sorted by key."""
    parts = [table for table in tables if table.num_rows]
    if not parts:
        return empty_table(name)
    whole = pa.concat_tables(parts).sort_by(TABLES[name].key)
    frame: pd.DataFrame = whole.to_pandas(types_mapper=_PANDAS.get)
    return frame
