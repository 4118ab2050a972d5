"""Between the rows of Records and the tables of the embedded store's file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.duckdb.file import ENDS, fetch_row, quoted
from graph.duckdb.numbers import every_numbered, read_ends
from graph.frames import to_columns
from tracing.model.arrow import to_numpy
from tracing.model.columns import TableColumns
from tracing.model.schema import TABLES, stored_columns

#: Tables of which a load writes so many rows that it pays to see whether they lie in order.
_LONG: Final = ("persons", "contacts", "visits")
#: From so many pieces on it is quicker to sort anew than to put pieces in order.
_PIECES: Final = 200


def fetch_in_order(
    connection: duckdb.DuckDBPyConnection, name: str, rows: str, given: Mapping[str, object] | None = None
) -> TableColumns:
    """Return what ``rows`` selects of the table ``name`` in the order of its key.

    A load writes rows in that order, but several pieces at a time: where few pieces only have to be put behind each
    other nothing is sorted. Of a long table a column in which nothing is given is not read, and numbers are in place
    of the ids of a contact's people.
    """
    key, values = TABLES[name].key, dict(given or {})
    columns = list(stored_columns(TABLES[name]))

    def fetch(some: Iterable[str], order: str = "") -> pa.Table:
        listed = ", ".join(map(quoted, some))
        return connection.sql(f"SELECT {listed} FROM ({rows}){order}", params=values).to_arrow_table()

    if name not in _LONG:
        return to_columns(name, fetch(columns, f" ORDER BY {quoted(key)}"))
    some = _given_columns(connection, name, rows, values)
    found = None
    if _pieces(fetch([key])[key]):
        found = fetch(some)
        pieces = _pieces(found[key])  # as they came this time
        found = pa.concat_tables([found.slice(at, end - at) for at, end in pieces]) if pieces else None
    if found is None:
        found = fetch(some, f" ORDER BY {quoted(key)}")
    numbered = read_ends(connection, found) if {*ENDS.values()} <= {*some} else {}
    return to_columns(name, found, numbered)


def _given_columns(
    connection: duckdb.DuckDBPyConnection, name: str, rows: str, given: Mapping[str, object]
) -> list[str]:
    """Return the columns to be read: the key, and those in which anything is given; numbers in place of ids."""
    named = ENDS if name == "contacts" and every_numbered(connection) else {}
    columns = [column for column in stored_columns(TABLES[name]) if column not in named]
    counts = ", ".join(f"count({quoted(column)})" for column in columns)
    told = connection.sql(f"SELECT {counts} FROM ({rows})", params=dict(given)).fetchall()[0]
    some = [column for column, count in zip(columns, told, strict=True) if count or column == TABLES[name].key]
    return [*some, *named.values()]


def _pieces(keys: pa.ChunkedArray) -> list[tuple[int, int]] | None:
    """Return the pieces, start and stop, that put behind each other are in order; None if there are too many."""
    column = keys.combine_chunks()
    falls = np.flatnonzero(to_numpy(pc.less(column[1:], column[:-1]))) + 1
    if len(falls) >= _PIECES:
        return None
    bounds = [0, *falls.tolist(), len(column)]
    rising = [(str(column[start]), start, stop) for start, stop in pairwise(bounds) if start < stop]
    heapify(rising)
    pieces: list[tuple[int, int]] = []
    while rising and len(pieces) < _PIECES:
        _, start, stop = heappop(rising)
        cut = bisect_left(column, rising[0][0], start + 1, stop, key=str) if rising else stop
        pieces.append((start, cut))
        if cut < stop:
            heappush(rising, (str(column[cut]), cut, stop))
    return None if rising else pieces


def column_list(name: str, alias: str | None = None) -> str:
    """Return the stored columns of the table ``name`` as SQL."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(prefix + quoted(column) for column in stored_columns(TABLES[name]))


def read_zone(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Return the time zone of the records kept; None while there are none."""
    found = fetch_row(connection, "SELECT value FROM truyvet_store WHERE key = 'zone'")
    return str(found[0]) if found else None
