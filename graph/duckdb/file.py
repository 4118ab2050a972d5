"""The file of the embedded store: opening it, its schema and its version, and what can be wrong with it."""

from __future__ import annotations

import contextlib
import glob
import importlib.metadata
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from graph.duckdb.errors import other_version, translated
from tracing.errors import StoreError
from tracing.model.schema import TABLES, ColumnKind, stored_columns
from tracing.text import catalogue

_, _n = catalogue("graph")

FORMAT: Final = 2
"""Version of the layout below. A file with a greater one was made by a later version of this software."""

STORE: Final = "store"
"""What a store is called in SQL where it is attached: one with a key, or one that is written anew."""
QUIET: Final[dict[str, str | bool | int | float | list[str]]] = {
    # Nothing is fetched, and no SQL of ours reads a Python variable.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}

_TYPES: Final[dict[ColumnKind, str]] = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "choice": "VARCHAR",
    "flag": "BOOLEAN",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "time": "BIGINT",
}
ENDS: Final = {"person_a": "number_a", "person_b": "number_b"}
"""The columns of contacts that name people, and those with their numbers (:mod:`graph.duckdb.numbers`)."""
_NUMBERED: Final = {"contacts", "truyvet_numbers"}
_NUMBER_ALL: Final = (
    "INSERT INTO truyvet_numbers SELECT id, row_number() OVER () - 1"
    " FROM (SELECT person_a AS id FROM contacts UNION SELECT person_b FROM contacts)",
    *(
        f"UPDATE contacts SET {number} = n.number FROM truyvet_numbers n WHERE n.id = {side}"
        for side, number in ENDS.items()
    ),
)
_OWN_TABLES: Final[dict[str, dict[str, str]]] = {
    "truyvet_store": {"key": "VARCHAR", "value": "VARCHAR"},
    "truyvet_numbers": {"id": "VARCHAR", "number": "INTEGER"},
    "truyvet_notes": {"kind": "VARCHAR", "key": "VARCHAR", "value": "VARCHAR"},
    "truyvet_loads": {"number": "BIGINT", "id": "VARCHAR", "entry": "VARCHAR", "blocked": "BOOLEAN"},
    "truyvet_load_keys": {"number": "BIGINT", "table_name": "VARCHAR", "key": "VARCHAR", "new": "BOOLEAN"},
    "truyvet_load_rows": {"number": "BIGINT", "part": "BIGINT", "table_name": "VARCHAR", "parquet": "BLOB"},
    "truyvet_runs": {"number": "BIGINT", "id": "VARCHAR", "header": "VARCHAR"},
    "truyvet_run_tables": {"id": "VARCHAR", "position": "BIGINT", "name": "VARCHAR", "parquet": "BLOB"},
    "truyvet_exports": {
        "number": "BIGINT",
        "who": "VARCHAR",
        "moment": "BIGINT",
        "what": "VARCHAR",
        "masked": "BOOLEAN",
        "row_count": "BIGINT",
    },
}


def layout() -> dict[str, dict[str, str]]:
    """Return every table of the file with its columns and their types."""
    records = {t.name: {c: _TYPES[k] for c, k in stored_columns(t).items()} for t in TABLES.values()}
    records["contacts"] |= dict.fromkeys(ENDS.values(), "INTEGER")
    return records | _OWN_TABLES


def quoted(name: str) -> str:
    """Return ``name`` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


@contextlib.contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Do all of a piece of work, or nothing of it."""
    connection.execute("BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After a failed COMMIT there is nothing to roll back, or the database has shut itself: tell the first error.
        with contextlib.suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise


def fetch_row(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()
) -> tuple[Any, ...] | None:
    """Run ``sql`` and return its first row, None without one. Reads to the end, as a connection must before more."""
    rows = connection.execute(sql, list(parameters)).fetchall()
    return rows[0] if rows else None


def attach(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, key: str | None, *, read_only: bool = False
) -> None:
    """Make a file known to SQL under ``name``; with a key it is encrypted (AES-256, GCM).

    DuckDB would take its random numbers from a module for the network, which is not fetched; its own are enough for
    what is drawn here, the starting values of blocks: keys are not, and nothing is spilled.
    """
    options = [*(["ENCRYPTION_KEY $key"] if key else []), *(["READ_ONLY"] if read_only else [])]
    if key and not read_only:
        connection.execute("SET force_mbedtls_unsafe = true")
    given = {"path": str(path), "key": key} if key else {"path": str(path)}
    connection.execute(f"ATTACH $path AS {name}" + (f" ({', '.join(options)})" if options else ""), given)


def open_file(
    path: Path, *, create: bool, read_only: bool, memory_limit: str, threads: int | None, key: str | None = None
) -> duckdb.DuckDBPyConnection:
    """Open the store in ``path`` and return a connection to it, its schema checked and brought up to date.

    With a ``key`` the store is encrypted, and a new one becomes so; the connection's database is then :data:`STORE`.

    Raises
    ------
    StoreError
        With what is wrong and what to do.
    """
    config = {
        **QUIET,
        "memory_limit": memory_limit,
        "threads": str(threads or _processors()),
        "preserve_insertion_order": "false",
        "temp_directory": f"{draft_of(path)}.tmp",
    }
    _look_at(path, create=create and not read_only)
    if not path.exists():
        _make_file(path, config, key)
    with translated(path):
        connection = _connect(path, config, key, read_only=read_only)
    try:
        with translated(path):
            _check_schema(connection, path, read_only=read_only)
            remove_left(path)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(
    path: Path, config: dict[str, str | bool | int | float | list[str]], key: str | None, *, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    """Open a file; no SQL of ours reads another. Of an encrypted store nothing is spilled, for it would be plain."""
    if key is None:
        return duckdb.connect(str(path), read_only=read_only, config={**config, "enable_external_access": "false"})
    connection = duckdb.connect(":memory:", config={**config, "temp_directory": ""})
    try:
        attach(connection, path, STORE, key, read_only=read_only)
        connection.execute(f"USE {STORE}")
        connection.execute("SET enable_external_access = false")
    except BaseException:
        connection.close()
        raise
    return connection


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _look_at(path: Path, *, create: bool) -> None:
    """Say in plain words what can be seen from outside."""
    if path.is_dir():
        raise StoreError(
            _("{path} is a folder, not a store", path=path),
            fix=_("name a file in it, such as truyvet.duckdb"),
        )
    if not path.exists():
        if not create:
            raise StoreError(
                _("there is no store at {path}", path=path),
                fix=_("check the path; truyvet load makes a store there"),
            )
        if not path.parent.is_dir():
            raise StoreError(
                _("the folder {parent} does not exist, so no store can be made in it", parent=path.parent),
                fix=_("make the folder first, or check the path"),
            )
        return
    with translated(path):
        size = path.stat().st_size
    if path.is_file() and size == 0:
        raise StoreError(
            _("{path} is an empty file (0 bytes), not a store", path=path),
            fix=_("if nothing of it is needed, delete it and load again; else take it from a backup"),
        )


def draft_of(path: Path) -> Path:
    """Return where this process writes a file that is to take the place of the one at ``path``."""
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def remove_left(path: Path) -> None:
    """Remove what processes that were killed had begun to write in place of the file at ``path``, or had spilled."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.new*") if os.name == "posix" else ():
        number = left.name.removeprefix(f".{path.name}.").partition(".")[0]
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            _remove(left)
        except (ValueError, OverflowError, OSError):
            continue  # not ours, or of somebody who is at work


def _remove(left: Path) -> None:
    """Remove a file, or a folder with what is in it; where nobody may write it stays."""
    if left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            left.unlink()


def _make_file(path: Path, config: dict[str, str | bool | int | float | list[str]], key: str | None) -> None:
    """Make an empty store beside ``path`` and put it there whole, so that no half-made store is ever seen."""
    draft = draft_of(path)
    try:
        with translated(path):
            draft.unlink(missing_ok=True)
            with _connect(draft, config, key) as connection:
                make_schema(connection)
            draft.chmod(0o600)
            try:
                os.link(draft, path)
            except FileExistsError:
                return
            except OSError:  # a file system without hard links, such as a USB stick's
                if not path.exists():
                    draft.rename(path)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def make_schema(connection: duckdb.DuckDBPyConnection, *, empty: bool = False) -> None:
    """Make the tables; with ``empty`` the store says nothing yet, not even what it is."""
    facts = {"format": str(FORMAT), "made_by": f"truyvet {importlib.metadata.version('truyvet')}"}
    with transaction(connection):
        for table, columns in layout().items():
            _make_table(connection, table, columns)
        if not empty:
            connection.executemany("INSERT INTO truyvet_store VALUES (?, ?)", [list(fact) for fact in facts.items()])


def _make_table(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str]) -> None:
    definition = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
    connection.execute(f"CREATE TABLE {quoted(table)} ({definition})")


def _check_schema(connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool) -> None:
    """Refuse what is not a store of ours or of a later one; add the tables and columns an earlier one lacks."""
    there = _columns_there(connection)
    if "truyvet_store" not in there:
        raise StoreError(
            _("{path} is a DuckDB file, but not a store of this software", path=path),
            fix=_("give another path; this file was left as it was"),
        )
    found = fetch_row(connection, "SELECT value FROM truyvet_store WHERE key = 'format'")
    version = int(found[0]) if found and str(found[0]).isdecimal() else 0
    wanted = layout()
    known = {table: columns for table, columns in there.items() if table in wanted}
    strange = [c for table, columns in known.items() for c, kind in columns.items() if wanted[table].get(c) != kind]
    if version > FORMAT or strange:
        raise other_version(path, later=True)
    if version < 1:
        raise other_version(path, later=False)
    lacking = {
        table: {c: kind for c, kind in columns.items() if c not in there.get(table, {})}
        for table, columns in wanted.items()
    }
    lacking = {table: columns for table, columns in lacking.items() if columns}
    if (
        read_only
        and version == FORMAT
        and lacking.keys() <= _NUMBERED
        and lacking.get("contacts", {}).keys() <= {*ENDS.values()}
    ):
        return  # numbers say nothing that the ids do not
    if lacking or version < FORMAT:
        _bring_up_to_date(connection, path, lacking, there, read_only=read_only)


def _columns_there(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Return the columns of the file's tables and their types.

    The tables of this version are asked for by name: DuckDB's list of all columns takes five times as long.
    """
    told = "SELECT '{table}', name, type FROM pragma_table_info('{table}')"
    try:
        rows = connection.execute(" UNION ALL ".join(told.format(table=table) for table in layout())).fetchall()
    except duckdb.CatalogException:  # one of them is not there
        rows = connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() "
            "WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal"
        ).fetchall()
    there: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        there.setdefault(table, {})[column] = kind
    return there


def _bring_up_to_date(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    lacking: dict[str, dict[str, str]],
    there: dict[str, dict[str, str]],
    *,
    read_only: bool,
) -> None:
    """Add tables and columns, empty. The layout only ever grows; anything else needs a new FORMAT and its own step."""
    if read_only:
        raise StoreError(
            _("{path} was made by an earlier version and must be brought up to date before it can be read", path=path),
            fix=_("open it once for writing, for instance with truyvet load"),
        )
    with transaction(connection):
        for table, columns in lacking.items():
            if table not in there:
                _make_table(connection, table, columns)
                continue
            for column, kind in columns.items():
                connection.execute(f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(column)} {kind}")
        if "truyvet_numbers" in lacking:
            for statement in _NUMBER_ALL:
                connection.execute(statement)
        connection.execute("UPDATE truyvet_store SET value = ? WHERE key = 'format'", [str(FORMAT)])
