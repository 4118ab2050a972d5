"""Writing Records into the embedded store: what is new or already there in bulk, the rest by ``merge_table``."""

from __future__ import annotations

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from graph.duckdb.file import fetch_row, quoted, transaction
from graph.duckdb.loads import Journal, given_keys
from graph.duckdb.numbers import kept_columns, register_rows
from graph.duckdb.rows import column_list, read_zone
from graph.frames import to_columns
from graph.loads import LoadEntry, TableReport, WriteReport, conflict_table
from graph.protocol import WriteProgress
from graph.refusals import other_zone
from tracing.model.normal import merge_table
from tracing.model.records import Records
from tracing.model.rows import rises
from tracing.model.schema import SOURCE_COLUMNS, TABLES, stored_columns

#: So many rows are written together.
BLOCK = 1_000_000


def write_records(
    connection: duckdb.DuckDBPyConnection,
    records: Records,
    *,
    load: LoadEntry | None,
    replace: bool,
    progress: WriteProgress | None,
) -> WriteReport:
    """Write in one transaction; see :meth:`graph.protocol.Store.write`."""
    reports, conflicts, filled = {}, [], {}
    with transaction(connection):
        journal = Journal(connection, load)
        if len(records):
            _agree_on_zone(connection, records.zone)
        for name in TABLES:
            total = len(records[name])
            reports[name], clashes, completed = _write_table(connection, journal, name, records[name], replace=replace)
            if completed:
                filled[name] = completed
            if len(clashes):
                conflicts.append(clashes.assign(table=name))
            if progress is not None and total:
                progress(name, total, total)
        report = WriteReport(reports, conflict_table(conflicts), filled)
        journal.finish(report)
    return report


def _agree_on_zone(connection: duckdb.DuckDBPyConnection, zone: str) -> None:
    kept = read_zone(connection)
    if kept is None:
        connection.execute("INSERT INTO truyvet_store VALUES ('zone', ?)", [zone])
    elif kept != zone:
        raise other_zone(zone, kept)


def _write_table(
    connection: duckdb.DuckDBPyConnection, journal: Journal, name: str, frame: pd.DataFrame, *, replace: bool
) -> tuple[TableReport, pd.DataFrame, set[str]]:
    """Sort the rows into new, adding nothing, and the rest; only the rest goes through ``merge_table``."""
    if frame.empty:
        return TableReport(), frame.iloc[:0], set()
    key = TABLES[name].key
    repeated = _repeated(frame[key])
    single = frame[~repeated] if repeated.any() else frame
    report, left = TableReport(), [frame[repeated]]
    fresh = fetch_row(connection, f"SELECT 1 FROM {quoted(name)} LIMIT 1") is None
    for start in range(0, len(single), BLOCK):
        register_rows(connection, name, single.iloc[start : start + BLOCK])
        if fresh:  # nothing there that a row could be compared with
            new, known, rest = _insert(connection, journal, name), 0, frame.iloc[:0]
        else:
            new, known, rest = _write_single(connection, journal, name)
        connection.unregister("incoming")
        report += TableReport(new=new, known=known)
        left.append(rest)
    rest = pd.concat([part for part in left if len(part)] or left[:1], ignore_index=True)
    if len(rest):
        return _write_rest(connection, journal, name, rest, report, replace=replace)
    return report, frame.iloc[:0], set()


def _repeated(keys: pd.Series) -> npt.NDArray[np.bool_]:
    """Tell which keys are there more than once; keys that only rise, as those of records do, are not looked up."""
    if rises(keys):
        return np.zeros(len(keys), dtype=bool)
    return keys.duplicated(keep=False).to_numpy(dtype=bool)


def _write_single(connection: duckdb.DuckDBPyConnection, journal: Journal, name: str) -> tuple[int, int, pd.DataFrame]:
    """Insert the rows of ``incoming`` whose key is new; return their number, that of the idle ones, and the others."""
    table, key = quoted(name), quoted(TABLES[name].key)
    text = {c for c, kind in stored_columns(TABLES[name]).items() if kind in ("id", "text", "choice")}
    nothing_added = " AND ".join(
        f"(i.{q} IS NULL OR i.{q} = s.{q}" + (f" OR i.{q} = 'pending')" if c in text else ")")
        for c in stored_columns(TABLES[name])
        if c not in SOURCE_COLUMNS and c != TABLES[name].key
        for q in (quoted(c),)
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE matched AS SELECT i.{key} AS key, coalesce({nothing_added}, false) AS idle "
        f"FROM incoming i JOIN {table} s ON i.{key} = s.{key}"
    )
    rest = to_columns(
        name,
        connection.sql(
            f"SELECT {column_list(name, 'i')} FROM incoming i WHERE i.{key} IN (SELECT key FROM matched WHERE NOT idle)"
        ).to_arrow_table(),
    ).frame
    counted = fetch_row(connection, "SELECT count(*) FILTER (idle) FROM matched")
    inserted = _insert(connection, journal, name, f"WHERE {key} NOT IN (SELECT key FROM matched)")
    journal.bar(name, "SELECT key FROM matched")
    connection.execute("DROP TABLE matched")
    return inserted, int(counted[0]) if counted else 0, rest


def _insert(connection: duckdb.DuckDBPyConnection, journal: Journal, name: str, which: str = "") -> int:
    """Insert rows of ``incoming``, those of which a condition holds, and return their number."""
    table, key, columns = quoted(name), quoted(TABLES[name].key), kept_columns(name)
    inserted = fetch_row(connection, f"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming {which}")
    journal.note_new(name, f"SELECT {key} FROM incoming {which}")
    return int(inserted[0]) if inserted else 0


def _write_rest(
    connection: duckdb.DuckDBPyConnection,
    journal: Journal,
    name: str,
    rest: pd.DataFrame,
    report: TableReport,
    *,
    replace: bool,
) -> tuple[TableReport, pd.DataFrame, set[str]]:
    table, key_name = quoted(name), TABLES[name].key
    key = quoted(key_name)
    with given_keys(connection, rest[key_name]):
        among = f"{table} WHERE {key} IN (SELECT key FROM given)"
        rows = connection.sql(f"SELECT {column_list(name)} FROM {among} ORDER BY {key}")
        kept = to_columns(name, rows.to_arrow_table()).frame
        journal.bar(name, "SELECT key FROM given")
    merge = merge_table(name, kept, rest, replace=replace)
    if len(merge.put):
        register_rows(connection, name, merge.put)
        known = kept[key_name]
        journal.note_changed(name, kept[known.isin(merge.put[key_name])])
        with given_keys(connection, known):
            journal.note_new(name, f"SELECT {key} FROM incoming WHERE {key} NOT IN (SELECT key FROM given)")
        connection.execute(f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM incoming)")
        connection.execute(f"INSERT INTO {table} ({kept_columns(name)}) SELECT {kept_columns(name)} FROM incoming")
        connection.unregister("incoming")
    return (
        TableReport(
            new=report.new + merge.new,
            known=report.known + merge.known,
            completed=merge.completed,
            conflicting=len(rest) - merge.new - merge.known - merge.completed,
        ),
        merge.conflicts,
        set(kept[key_name]) & set(merge.put[key_name]),
    )
