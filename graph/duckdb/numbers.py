"""The people of contacts by number: to tell ten million ids apart takes longer than everything else about them.

Beside the ids of its two people a contact has their numbers, which are given in the order in which ids come. They say
nothing that the ids do not: where one lacks them, as in a file of an earlier version, the ids are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.duckdb.file import ENDS, quoted
from tracing.model.arrow import to_numpy
from tracing.model.columns import Texts
from tracing.model.schema import TABLES, stored_columns

if TYPE_CHECKING:
    import pandas as pd

_GIVE_NUMBERS: Final = """
    INSERT INTO truyvet_numbers SELECT id, following + row_number() OVER () - 1
    FROM (SELECT id FROM coming WHERE id NOT IN (SELECT id FROM truyvet_numbers)),
        (SELECT coalesce(max(number) + 1, 0) AS following FROM truyvet_numbers)"""
KEPT_NUMBERS: Final = """
    SELECT id, number FROM {old}.truyvet_numbers
    WHERE id IN (SELECT person_a FROM contacts UNION ALL SELECT person_b FROM contacts)"""
"""The numbers of a file ``old`` that its contacts, copied into another one, still have."""


def kept_columns(name: str) -> str:
    """Return the columns that are kept of the rows of the table ``name`` as SQL: those of records, and numbers."""
    return ", ".join(map(quoted, [*stored_columns(TABLES[name]), *(ENDS.values() if name == "contacts" else ())]))


def register_rows(connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    """Make rows of the table ``name`` known to SQL as ``incoming``, with :func:`kept_columns`.

    People who have no number get the next one. Texts that are kept as numbers stay so.
    """
    from tracing.model.coded import arrow_column

    rows = pa.table({str(column): arrow_column(values) for column, values in frame.items()})
    connection.register("incoming", _with_numbers(connection, rows) if name == "contacts" else rows)


def _with_numbers(connection: duckdb.DuckDBPyConnection, contacts: pa.Table) -> pa.Table:
    ends = {number: _encoded(contacts[side]) for side, number in ENDS.items()}
    coming = pa.concat_arrays([texts for _codes, texts in ends.values()]).unique()
    connection.register("coming", pa.table({"id": coming}))
    connection.execute(_GIVE_NUMBERS)
    known = connection.sql("SELECT id, number FROM truyvet_numbers WHERE id IN (FROM coming)").to_arrow_table()
    connection.unregister("coming")
    ids = known["id"].combine_chunks()
    for number, (codes, texts) in ends.items():
        contacts = contacts.append_column(number, known["number"].take(pc.index_in(texts, ids)).take(codes))
    return contacts


def _encoded(column: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """Return the positions of texts among the distinct ones, and these."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    whole = coded.unify_dictionaries().combine_chunks()
    return whole.indices, whole.dictionary.cast(pa.string())


def every_numbered(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether every contact has the numbers of its people; none has in an earlier file that is only read."""
    there = connection.sql("SELECT name FROM pragma_table_info('contacts')").fetchall()
    if not all((number,) in there for number in ENDS.values()):
        return False
    numbered = " AND ".join(f"count({number}) = count(*)" for number in ENDS.values())
    return bool(connection.sql(f"SELECT {numbered} FROM contacts").fetchall()[0][0])


def read_ends(connection: duckdb.DuckDBPyConnection, contacts: pa.Table) -> dict[str, Texts]:
    """Return the columns of people of contacts that were read with their numbers in place of ids."""
    told = connection.sql("SELECT id, number FROM truyvet_numbers ORDER BY id").to_arrow_table()
    numbers = to_numpy(told["number"].combine_chunks())
    place = np.full(int(numbers.max(initial=-1)) + 1, -1, dtype=np.int32)
    place[numbers] = np.arange(len(numbers), dtype=np.int32)
    ids = told["id"].combine_chunks().cast(pa.large_string())
    return {side: Texts(ids, place[to_numpy(contacts[number].combine_chunks())]) for side, number in ENDS.items()}
