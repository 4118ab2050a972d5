"""Between the rows of Records and the values of Cypher: nothing is lost, nothing is rounded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol, TypeAlias

import neo4j
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graph.frames import to_columns
from tracing.model.normal import empty_table
from tracing.model.schema import TABLES, ColumnKind, stored_columns

Row = Sequence[Any]
"""The values of a row in the order of its table's columns as stored."""
Column: TypeAlias = Sequence[Any] | pa.Array
"""The values of a column."""

ARROW: Final[dict[ColumnKind, Any]] = {
    "id": pa.large_string(),
    "text": pa.large_string(),
    "choice": pa.large_string(),
    "flag": pa.bool_(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "time": pa.int64(),
}


class Unsaid(list[Any]):
    """A list that does not tell what it holds: the driver writes all it sends into its log, in words, at every level.

    That is a tenth of a load's own work, and nothing that a log may say of people.
    """

    def __repr__(self) -> str:
        """Return what a log may say."""
        return f"[{len(self)}]"


class Runner(Protocol):
    """A transaction, managed or not."""

    def run(self, query: str, parameters: dict[str, Any] | None = None) -> neo4j.Result:
        """Run Cypher."""


def run(runner: Runner, cypher: str, **parameters: Any) -> neo4j.Result:
    """Run Cypher that is made of names of the model only; whatever comes from data is a parameter."""
    return runner.run(cypher, {name: Unsaid(v) if isinstance(v, list) else v for name, v in parameters.items()})


def fetch(runner: Runner, cypher: str, **parameters: Any) -> list[list[Any]]:
    """Run Cypher and return all rows."""
    return run(runner, cypher, **parameters).values()


def fetch_column(runner: Runner, cypher: str, **parameters: Any) -> list[Any]:
    """Run Cypher and return the first value of every row."""
    return [values[0] for values in fetch(runner, cypher, **parameters)]


def column_values(series: pd.Series) -> list[Any]:
    """Return a column as plain Python values, None for what is missing."""
    values: list[Any] = series.array.to_numpy(dtype=object, na_value=None).tolist()
    return values


def parameter_columns(frame: pd.DataFrame, columns: Sequence[str]) -> dict[str, list[Any]]:
    """Return the columns of ``frame`` that hold anything, as lists."""
    return {column: column_values(frame[column]) for column in columns if frame[column].notna().any()}


def plain(column: Column) -> Sequence[Any]:
    """Return the values of a column as Python objects."""
    return column.to_pylist() if isinstance(column, pa.Array) else column


def to_table(name: str, columns: Sequence[Column]) -> pa.Table:
    """Return the values of each column as an Arrow table of the record table ``name``; None is missing."""
    given = zip(stored_columns(TABLES[name]).items(), columns, strict=True)
    return pa.table({c: v if isinstance(v, pa.Array) else pa.array(v, ARROW[kind]) for (c, kind), v in given})


def rows_to_frame(name: str, rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows as a DataFrame with the exact types of Records, sorted by key."""
    return to_frame(name, [to_table(name, list(zip(*rows, strict=True)))] if rows else [])


def to_frame(name: str, tables: Iterable[pa.Table]) -> pd.DataFrame:
    """Return Arrow tables as one DataFrame with the exact types of Records, sorted by key."""
    parts = [table for table in tables if table.num_rows]
    if not parts:
        return empty_table(name)
    whole, key = pa.concat_tables(parts), TABLES[name].key
    keys = whole[key]
    if not pc.all(pc.less(keys.slice(0, len(keys) - 1), keys.slice(1))).as_py():
        whole = whole.sort_by(key)
    return to_columns(name, whole).frame
