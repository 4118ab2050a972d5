"""Rows that their files no longer say, taken out of the embedded store; the way back of the load brings them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd

from graph.duckdb.file import quoted, transaction
from graph.duckdb.loads import Journal, given_keys
from graph.duckdb.rows import column_list
from graph.frames import to_columns
from graph.loads import LoadEntry, WriteReport, conflict_table
from tracing.model.schema import SOURCE_COLUMNS, TABLES


def rows_of_files(
    connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[str], but: pd.Series | None = None
) -> pd.DataFrame:
    """Return key and source of the rows of a table that came from ``files``, but for some keys, sorted by key."""
    key = quoted(TABLES[name].key)
    sources = ", ".join(map(quoted, SOURCE_COLUMNS))
    with given_keys(connection, pd.Series(dtype="string") if but is None else but):
        found = connection.execute(
            f"SELECT {key} AS key, {sources} FROM {quoted(name)} WHERE source_file IN (SELECT unnest(?))"
            f" AND NOT EXISTS (SELECT 1 FROM given WHERE given.key = {quoted(name)}.{key}) ORDER BY key",
            [list(files)],
        )
        return found.df()


def withdraw(connection: duckdb.DuckDBPyConnection, keys: Mapping[str, Sequence[str]], load: LoadEntry) -> None:
    """Take rows out in one transaction, as a further write of ``load``; see :meth:`graph.protocol.Store.withdraw`."""
    with transaction(connection):
        journal = Journal(connection, load)
        for name, gone in keys.items():
            among = f"WHERE {quoted(TABLES[name].key)} IN (SELECT key FROM given)"
            with given_keys(connection, pd.Series(gone, dtype="string")):
                rows = connection.sql(f"SELECT {column_list(name)} FROM {quoted(name)} {among}")
                before = to_columns(name, rows.to_arrow_table()).frame
                connection.execute(f"DELETE FROM {quoted(name)} {among}")
            journal.note_changed(name, before)
        journal.finish(WriteReport({}, conflict_table([])))
