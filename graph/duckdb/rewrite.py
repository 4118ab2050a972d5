"""Writing a store's file anew: without people who were removed, or under another key.

DuckDB keeps freed blocks in its file. What must be gone is therefore never copied into the new file, which takes the
place of the old one in one step: a process that is killed leaves the old file as it was.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from graph.duckdb.file import QUIET, STORE, attach, draft_of, layout, make_schema, quoted, remove_left, transaction
from graph.duckdb.loads import raise_revision, read_all_notes, read_revision
from graph.duckdb.numbers import KEPT_NUMBERS, kept_columns, register_rows
from graph.loads import load_json, note_text
from graph.purge import PURGED, Purge, PurgeEntry
from graph.refusals import changed_meanwhile
from tracing.model.schema import TABLES

OLD: Final = "old"
"""What the file that is replaced is called in SQL."""


@contextlib.contextmanager
def rewriting(path: Path, *, key: str | None, new_key: str | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection in which an empty store stands beside the one at ``path``; at the end it takes its place.

    Nobody else can open the file meanwhile. ``key`` and ``new_key`` are those of the old and of the new file.
    """
    remove_left(path)
    draft = draft_of(path)
    connection = duckdb.connect(":memory:", config={**QUIET, "temp_directory": ""})
    try:
        attach(connection, path, OLD, key)
        connection.execute(f"CHECKPOINT {OLD}")
        attach(connection, draft, STORE, new_key)
        draft.chmod(0o600)
        connection.execute(f"USE {STORE}")
        connection.execute("SET enable_external_access = false")
        make_schema(connection, empty=True)
        yield connection
        connection.execute("USE memory")
        connection.execute(f"CHECKPOINT {STORE}")
        connection.execute(f"DETACH {STORE}")
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        connection.close()
        draft.unlink(missing_ok=True)


def copy_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Copy everything."""
    with transaction(connection):
        for table, columns in layout().items():
            _copy(connection, table, list(columns))


def copy_without(connection: duckdb.DuckDBPyConnection, plan: Purge, entry: PurgeEntry, path: Path) -> None:
    """Copy everything but what goes with people who are removed, and put the removal on record."""
    with transaction(connection):
        _copy(connection, "truyvet_store", ["key", "value"])
        if read_revision(connection) != plan.revision:
            raise changed_meanwhile(path)
        for name in TABLES:
            _copy_rows(connection, name, plan)
        if not any(connection.execute(f"SELECT 1 FROM {quoted(name)} LIMIT 1").fetchall() for name in TABLES):
            connection.execute("DELETE FROM truyvet_store WHERE key = 'zone'")
        _copy(connection, "truyvet_notes", ["kind", "key", "value"])
        kept = {key: value for (kind, key), value in read_all_notes(connection).items() if kind == PURGED}
        note, told = plan.entry_of(entry, kept)
        for (kind, key), value in {**plan.notes, note: told}.items():
            connection.execute("DELETE FROM truyvet_notes WHERE kind = ? AND key = ?", [kind, key])
            if value is not None:
                connection.execute("INSERT INTO truyvet_notes VALUES (?, ?, ?)", [kind, key, note_text(value)])
        numbers = connection.execute(f"SELECT number FROM {OLD}.truyvet_loads ORDER BY number").fetchall()
        for (number,), load in zip(numbers, plan.loads, strict=True):
            connection.execute("INSERT INTO truyvet_loads VALUES (?, ?, ?, NULL)", [number, load.id, load_json(load)])
        for number, one in enumerate(plan.exports, 1):
            row = [number, one.who, one.at, one.what, one.masked, one.rows]
            connection.execute("INSERT INTO truyvet_exports VALUES (?, ?, ?, ?, ?, ?)", row)
        raise_revision(connection)


def _copy(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> None:
    listed = ", ".join(map(quoted, columns))
    connection.execute(f"INSERT INTO {quoted(table)} ({listed}) SELECT {listed} FROM {OLD}.{quoted(table)}")


def _copy_rows(connection: duckdb.DuckDBPyConnection, name: str, plan: Purge) -> None:
    table, key, columns = quoted(name), quoted(TABLES[name].key), kept_columns(name)
    connection.register("leaving", pa.table({"key": pa.array(plan.without(name), pa.string())}))
    connection.execute(
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {OLD}.{table} WHERE {key} NOT IN (FROM leaving)"
    )
    connection.unregister("leaving")
    if name == "contacts":
        connection.execute(f"INSERT INTO truyvet_numbers {KEPT_NUMBERS.format(old=OLD)}")
    if name in plan.put:
        register_rows(connection, name, plan.put[name])
        connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming")
        connection.unregister("incoming")
