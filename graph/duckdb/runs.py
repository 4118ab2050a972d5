"""Runs and the export log in the embedded store. A result table is kept as one Parquet value, its types with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import duckdb

from graph.duckdb.file import fetch_row, transaction
from graph.refusals import no_run
from graph.runs import ExportEntry, Run, RunHeader, header_json, later_revision, pack_table, parse_header, unpack_table


def save_run(connection: duckdb.DuckDBPyConnection, run: Run) -> bool:
    """Keep ``run``, all or nothing; False where its id is there already."""
    with transaction(connection):
        if found := fetch_row(connection, "SELECT header FROM truyvet_runs WHERE id = ?", [run.id]):
            if header := later_revision(found[0], run):
                connection.execute("UPDATE truyvet_runs SET header = ? WHERE id = ?", [header, run.id])
            return False
        connection.execute(
            "INSERT INTO truyvet_runs SELECT coalesce(max(number), 0) + 1, ?, ? FROM truyvet_runs",
            [run.id, header_json(run)],
        )
        for position, name in enumerate(run.tables):
            row = [run.id, position, name, pack_table(run.columns(name))]
            connection.execute("INSERT INTO truyvet_run_tables VALUES (?, ?, ?, ?)", row)
    return True


def list_runs(connection: duckdb.DuckDBPyConnection) -> list[RunHeader]:
    """Return the headers in the order of saving."""
    rows = connection.execute("SELECT header FROM truyvet_runs ORDER BY number").fetchall()
    return [parse_header(row[0]) for row in rows]


def load_run(connection: duckdb.DuckDBPyConnection, run: str, names: Collection[str] | None) -> Run:
    """Return the run with its tables, or those of them that are named."""
    found = fetch_row(connection, "SELECT header FROM truyvet_runs WHERE id = ?", [run])
    if found is None:
        raise no_run()
    tables = connection.execute(
        "SELECT name, parquet FROM truyvet_run_tables WHERE id = $run"
        " AND ($names IS NULL OR name IN (SELECT unnest($names::VARCHAR[]))) ORDER BY position",
        {"run": run, "names": None if names is None else list(names)},
    ).fetchall()
    header = parse_header(found[0])
    packed: dict[str, Any] = {name: unpack_table(value) for name, value in tables}
    return Run(**vars(header), tables=packed)


def delete_run(connection: duckdb.DuckDBPyConnection, run: str) -> None:
    """Forget a run and its tables."""
    with transaction(connection):
        gone = fetch_row(connection, "DELETE FROM truyvet_runs WHERE id = ?", [run])
        if gone is None or gone[0] == 0:
            raise no_run()
        connection.execute("DELETE FROM truyvet_run_tables WHERE id = ?", [run])


def log_export(connection: duckdb.DuckDBPyConnection, entry: ExportEntry) -> None:
    """Add one line to the export log."""
    connection.execute(
        "INSERT INTO truyvet_exports SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? FROM truyvet_exports",
        [entry.who, entry.at, entry.what, entry.masked, entry.rows],
    )


def list_exports(connection: duckdb.DuckDBPyConnection) -> list[ExportEntry]:
    """Return the export log, oldest first."""
    rows = connection.execute(
        "SELECT who, moment, what, masked, row_count FROM truyvet_exports ORDER BY number"
    ).fetchall()
    return [ExportEntry(*row) for row in rows]
