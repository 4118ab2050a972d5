"""Notes, the record of loads and the way back in the embedded store.

Of a load are kept the keys of its new rows, and the rows it completed as they were before. To take it back is to put
these back and to remove those, in one transaction.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import duckdb
import pyarrow as pa

from graph.duckdb.file import fetch_row, quoted, transaction
from graph.duckdb.numbers import kept_columns, register_rows
from graph.loads import LOADS_KEPT, LoadEntry, TableReport, WriteReport, load_json, note_text, parse_load
from graph.refusals import depended_on, no_load, not_last, too_old
from graph.runs import pack_table, unpack_table
from tracing.model.columns import TableColumns
from tracing.model.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd

_LAST: Final = "SELECT number, entry, blocked FROM truyvet_loads ORDER BY number DESC LIMIT 1"
"""``blocked`` is true where a later write names rows of the load, null where it is too old."""


def read_revision(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number that every change raises."""
    found = fetch_row(connection, "SELECT value FROM truyvet_store WHERE key = 'revision'")
    return int(found[0]) if found else 0


def read_state(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Return what no other state of this store is called, nor one of another store; None where it has no name yet."""
    rows = connection.execute(
        "SELECT value FROM truyvet_store WHERE key IN ('revision', 'state') ORDER BY key"
    ).fetchall()
    return " ".join(value for (value,) in rows) if len(rows) == len(("revision", "state")) else None


def raise_revision(connection: duckdb.DuckDBPyConnection) -> int:
    """Raise that number, within the transaction that changes something, and return it.

    The number alone does not tell a store from its copy in which something else was changed, so a name is drawn, too.
    """
    following = read_revision(connection) + 1
    connection.execute("DELETE FROM truyvet_store WHERE key IN ('revision', 'state')")
    connection.execute(
        "INSERT INTO truyvet_store VALUES ('revision', ?), ('state', ?)", [str(following), secrets.token_hex(8)]
    )
    return following


def read_notes(connection: duckdb.DuckDBPyConnection, kind: str) -> dict[str, Any]:
    """Return the notes of a kind by key."""
    rows = connection.execute("SELECT key, value FROM truyvet_notes WHERE kind = ? ORDER BY key", [kind]).fetchall()
    return {key: json.loads(value) for key, value in rows}


def read_all_notes(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], Any]:
    """Return all notes by kind and key."""
    rows = connection.execute("SELECT kind, key, value FROM truyvet_notes ORDER BY kind, key").fetchall()
    return {(kind, key): json.loads(value) for kind, key, value in rows}


def save_note(connection: duckdb.DuckDBPyConnection, kind: str, key: str, value: Any) -> int | None:
    """Keep one note, or forget it where ``value`` is None; return the revision after it, None where nothing changed."""
    text = None if value is None else note_text(value)
    with transaction(connection):
        kept = fetch_row(connection, "SELECT value FROM truyvet_notes WHERE kind = ? AND key = ?", [kind, key])
        if text == (kept[0] if kept else None):
            return None
        connection.execute("DELETE FROM truyvet_notes WHERE kind = ? AND key = ?", [kind, key])
        if text is not None:
            connection.execute("INSERT INTO truyvet_notes VALUES (?, ?, ?)", [kind, key, text])
        return raise_revision(connection)


def list_loads(connection: duckdb.DuckDBPyConnection) -> list[LoadEntry]:
    """Return the loads on record, oldest first."""
    rows = connection.execute("SELECT entry FROM truyvet_loads ORDER BY number").fetchall()
    return [parse_load(row[0]) for row in rows]


def keep_loads(connection: duckdb.DuckDBPyConnection, entries: Sequence[LoadEntry]) -> None:
    """Put loads of another store on record, too old to be taken back."""
    with transaction(connection):
        found = fetch_row(connection, "SELECT coalesce(max(number), 0) FROM truyvet_loads")
        for number, entry in enumerate(entries, (found[0] if found else 0) + 1):
            connection.execute("INSERT INTO truyvet_loads VALUES (?, ?, ?, NULL)", [number, entry.id, load_json(entry)])
        raise_revision(connection)


def read_brought(connection: duckdb.DuckDBPyConnection, table: str, keys: pd.Series) -> dict[str, str]:
    """Return by key, of those among ``keys``, the last load that brought a row as a new one."""
    with given_keys(connection, keys):
        rows = connection.execute(
            "SELECT key, max_by(id, number) FROM truyvet_load_keys JOIN truyvet_loads USING (number)"
            " WHERE table_name = ? AND new AND key IN (SELECT key FROM given) GROUP BY key",
            [table],
        ).fetchall()
    return dict(rows)


class Journal:
    """What one write leaves behind so that it can be taken back; without a load, only what it bars."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, load: LoadEntry | None) -> None:
        self._connection = connection
        self._load = load
        self._number = 0
        if load is not None:
            self._begin(load)

    def _begin(self, load: LoadEntry) -> None:
        known = fetch_row(self._connection, "SELECT number, entry FROM truyvet_loads WHERE id = ?", [load.id])
        last = fetch_row(self._connection, _LAST)
        if known is None:
            self._number = last[0] + 1 if last else 1
            return
        if last is None or last[0] != known[0]:
            raise not_last()
        self._number, self._load = known[0], parse_load(known[1])

    def bar(self, name: str, keys: str) -> None:
        """Note which loads on record can no longer be taken back, because rows of theirs are among ``keys`` (SQL)."""
        if self._load is None:
            self._connection.execute(
                "UPDATE truyvet_loads SET blocked = true WHERE number IN (SELECT DISTINCT number FROM truyvet_load_keys"
                f" WHERE table_name = ? AND key IN ({keys}))",
                [name],
            )

    def note_new(self, name: str, keys: str) -> None:
        """Note the keys of new rows; ``keys`` is SQL that gives them."""
        if self._load is not None:
            self._connection.execute(
                f"INSERT INTO truyvet_load_keys SELECT {self._number}, ?, key, true FROM ({keys}) AS given(key)", [name]
            )

    def note_changed(self, name: str, before: pd.DataFrame) -> None:
        """Note rows as they were before they were completed."""
        if self._load is None or before.empty:
            return
        found = fetch_row(self._connection, "SELECT coalesce(max(part), 0) + 1 FROM truyvet_load_rows")
        self._connection.execute(
            "INSERT INTO truyvet_load_rows VALUES (?, ?, ?, ?)",
            [self._number, found[0] if found else 1, name, pack_table(TableColumns.of(before))],
        )
        with given_keys(self._connection, before[TABLES[name].key]):
            self._connection.execute(
                f"INSERT INTO truyvet_load_keys SELECT {self._number}, ?, key, false FROM given", [name]
            )

    def finish(self, report: WriteReport) -> None:
        """Put the load on record; forget how to take back loads that are too old."""
        if self._load is not None:
            entry = self._load.add(report.tables)
            self._connection.execute("DELETE FROM truyvet_loads WHERE number = ?", [self._number])
            self._connection.execute(
                "INSERT INTO truyvet_loads VALUES (?, ?, ?, false)", [self._number, entry.id, load_json(entry)]
            )
            for table in ("truyvet_load_keys", "truyvet_load_rows"):
                self._connection.execute(f"DELETE FROM {table} WHERE number <= ?", [self._number - LOADS_KEPT])
            self._connection.execute(
                "UPDATE truyvet_loads SET blocked = NULL WHERE number <= ?", [self._number - LOADS_KEPT]
            )
        if self._load is not None or report.changed:
            raise_revision(self._connection)


@contextmanager
def given_keys(connection: duckdb.DuckDBPyConnection, keys: pd.Series) -> Iterator[None]:
    """Make keys known to SQL as the relation ``given`` with the one column ``key``."""
    connection.register("given", pa.table({"key": pa.array(keys, pa.string())}))
    try:
        yield
    finally:
        connection.unregister("given")


def undo_load(connection: duckdb.DuckDBPyConnection) -> LoadEntry:
    """Take the last load back in one transaction; see :meth:`graph.protocol.Store.undo_load`."""
    with transaction(connection):
        last = fetch_row(connection, _LAST)
        if last is None:
            raise no_load()
        number, entry, blocked = last[0], parse_load(last[1]), last[2]
        if blocked is None:
            raise too_old()
        if blocked:
            raise depended_on()
        counts = _count_rows(connection, number)
        for name, value in connection.execute(
            "SELECT table_name, parquet FROM truyvet_load_rows WHERE number = ? ORDER BY part DESC", [number]
        ).fetchall():
            _put_back(connection, name, unpack_table(value).frame)
        for name in counts:
            connection.execute(
                f"DELETE FROM {quoted(name)} WHERE {quoted(TABLES[name].key)} IN "
                "(SELECT key FROM truyvet_load_keys WHERE number = ? AND table_name = ? AND new)",
                [number, name],
            )
        for table in ("truyvet_load_keys", "truyvet_load_rows", "truyvet_loads"):
            connection.execute(f"DELETE FROM {table} WHERE number = ?", [number])
        if not any(fetch_row(connection, f"SELECT 1 FROM {quoted(name)} LIMIT 1") for name in TABLES):
            connection.execute("DELETE FROM truyvet_store WHERE key = 'zone'")
        raise_revision(connection)
    return replace(entry, counts=counts)


def _count_rows(connection: duckdb.DuckDBPyConnection, number: int) -> dict[str, TableReport]:
    """Return how many rows of each table go, and how many become what they were."""
    found = connection.execute(
        "SELECT table_name, count(*) FILTER (was_new), count(*) FILTER (NOT was_new) FROM ("
        "SELECT table_name, key, bool_or(new) AS was_new FROM truyvet_load_keys WHERE number = ? GROUP BY ALL"
        ") GROUP BY table_name",
        [number],
    ).fetchall()
    by_name = {name: TableReport(new=new, completed=completed) for name, new, completed in found}
    return {name: by_name[name] for name in TABLES if name in by_name}


def _put_back(connection: duckdb.DuckDBPyConnection, name: str, before: pd.DataFrame) -> None:
    key, columns = quoted(TABLES[name].key), kept_columns(name)
    register_rows(connection, name, before)
    connection.execute(f"DELETE FROM {quoted(name)} WHERE {key} IN (SELECT {key} FROM incoming)")
    connection.execute(f"INSERT INTO {quoted(name)} ({columns}) SELECT {columns} FROM incoming")
    connection.unregister("incoming")
