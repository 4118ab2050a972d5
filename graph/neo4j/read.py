"""Reading whole tables out of Neo4j, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from graph.neo4j.model import EDGES, NODES, key_property, label_of, pattern_of, property_of, value_of
from graph.neo4j.odd import Odd, TakeNote, checked_table, count_all, fits, note_keyless
from graph.neo4j.rows import ARROW, Column, Runner, fetch_column, plain, to_frame
from graph.short_ids import CALLED
from tracing.model.schema import TABLES, known_by, stored_columns

IN_PERIOD: Final = (
    "($until IS NULL OR r.start < $until)"
    " AND ($since IS NULL OR coalesce(r.endTo, r.startTo) > $since OR r.start >= $since)"
)
CONTACT_IN_PERIOD: Final = (
    "((r.start IS NULL AND r.end IS NULL) OR (($until IS NULL OR r.start IS NULL OR r.start < $until)"
    " AND ($since IS NULL OR coalesce(r.endTo, r.startTo) > $since OR r.start >= $since)))"
)


PAGE: Final = 10_000
"""Rows that are asked for at a time when a whole table is read."""
_FEW: Final = 2
"""Columns that are taken one by one; where there are more, all properties are taken at once."""
_END: Final = "\x1f"
"""What ends each text of a column that comes as one; no column does that has this in a text, or an empty text."""
_JOINED_AT_ONCE: Final = 70
"""Texts that are put together before these are: each addition copies what it adds to."""


def read_table(
    runner: Runner,
    name: str,
    *,
    note: TakeNote,
    odd: Sequence[Odd] = (),
    where: str | None = None,
    since: int | None = None,
    until: int | None = None,
) -> pd.DataFrame:
    """Return a table, or the rows of one that is relationships for which ``where`` holds.

    Of a table's rows only a page is Python objects at a time, on either side. Rows that do not fit go to ``note``;
    those that are ``odd`` are known before.
    """
    columns = stored_columns(TABLES[name])
    known = [one for one in odd if one.kind == label_of(name)]
    for one in known:
        note(one)
    conditions = " AND ".join([*([where] if where else []), *([fits(name)] if known else [])])
    pages = _pages(runner, name, tuple(columns), PAGE, where=conditions or None, since=since, until=until)
    read = [0]

    def checked() -> Iterator[pa.Table]:
        for page in pages:
            read[0] += len(page[0])
            yield checked_table(runner, name, page, note)

    frame = to_frame(name, checked())
    if (
        where is None
        and not known
        and not (name in NODES and NODES[name].mentioned)
        and read[0] < count_all(runner, name)
    ):
        note_keyless(runner, name, note)
    return frame


def read_ids(runner: Runner, name: str) -> set[str]:
    """Return the keys of a table; for areas, their codes."""
    columns = tuple(dict.fromkeys((TABLES[name].key, known_by(name))))
    return {value for page in _pages(runner, name, columns, 10 * PAGE) for value in plain(page[-1])}


def read_called_ids(runner: Runner) -> set[str]:
    """Return the ids of people on record that were made, or tell who it is."""
    node = NODES["persons"]
    query = (
        f"MATCH (r:{node.label}) WHERE r.recorded AND (r.person = r.name OR r.person = r.phone"
        " OR r.person = r.nationalId OR r.person =~ $called) RETURN r.person"
    )
    return set(fetch_column(runner, query, called=CALLED))


def page_query(name: str, columns: Sequence[str], *, where: str | None = None) -> str:
    """Return the question for columns of the next ``$size`` rows of a table in the order of their keys.

    A page is one list with an item per column: the list of its values, one text where all are texts (:data:`_END`), an
    empty list where no row has a value: to read it is several times as fast as a row each. The index gives the order,
    so that nothing is sorted and no more than a page is held; the properties of a row are taken out of the store once,
    not once per column. The names of the columns are parameters: a server plans the same few words for every table,
    however many columns it has.
    """
    key = key_property(name)
    conditions = [f"r.{key} >= $after", f"coalesce(r.{key} <> $last, true)"]
    conditions += ["r.recorded"] if name in NODES and NODES[name].mentioned else []
    conditions += [where] if where else []
    taken = ".*" if len(columns) > _FEW else ", ".join(f".{property_of(column)}" for column in columns)
    ends = [c for c in columns if name in EDGES and c in EDGES[name].ends]
    row = ", ".join([taken, *(f"{property_of(column)}: {value_of(name, column)}" for column in ends)])
    return (
        f"MATCH {pattern_of(name)} USING INDEX SEEK r:{label_of(name)}({key}) WHERE {' AND '.join(conditions)} "
        f"WITH r ORDER BY r.{key} LIMIT $size WITH collect(r {{{row}}}) AS rows {_COLUMNS}"
    )


_COLUMNS: Final = (
    "UNWIND $names AS name WITH rows, name IN $texts AS text, [r IN rows | r[name]] AS found "
    "RETURN collect(CASE WHEN none(v IN found WHERE v IS NOT NULL) THEN [] "
    "WHEN text AND all(v IN found WHERE coalesce(v <> '' AND NOT v CONTAINS $end, v IS NULL)) THEN "  # no number: null
    "reduce(whole = '', at IN range(0, size(found) - 1, $joined) | whole + "
    "reduce(part = '', v IN found[at..at + $joined] | part + coalesce(v, '') + $end)) ELSE found END)"
)
"""What each column of ``rows`` holds: nothing, one text, or values."""


def _pages(
    runner: Runner, name: str, columns: Sequence[str], size: int, *, where: str | None = None, **parameters: Any
) -> Iterator[list[Column]]:
    """Give pages, each one list or array per column; the key must be among the columns."""
    keys = columns.index(TABLES[name].key)
    kinds = stored_columns(TABLES[name])
    parameters |= {"size": size, "end": _END, "joined": _JOINED_AT_ONCE}
    parameters |= {"names": [property_of(column) for column in columns]}
    parameters |= {"texts": [property_of(column) for column in columns if ARROW[kinds[column]] == pa.large_string()]}
    query, after, last, full = page_query(name, columns, where=where), "", None, True
    while full:
        found = [_parted(values) for values in fetch_column(runner, query, after=after, last=last, **parameters)[0]]
        rows = len(found[keys])
        page = [
            values if len(values) else pa.nulls(rows, ARROW[kinds[c]]) for c, values in zip(columns, found, strict=True)
        ]
        yield page
        if full := rows == size:
            after = last = plain(page[keys][-1:])[0]


def _parted(values: str | list[Any]) -> Column:
    """Return the texts of a column that came as one."""
    if not isinstance(values, str):
        return values
    given = values.encode()
    letters = np.frombuffer(given, np.uint8)
    ends = np.flatnonzero(letters == ord(_END))
    offsets = np.concatenate([[np.int64(0)], ends - np.arange(len(ends), dtype=np.int64)])
    there = np.packbits(offsets[1:] > offsets[:-1], bitorder="little")
    parts = (there, offsets, given.translate(None, _END.encode()))
    return pa.Array.from_buffers(pa.large_string(), len(ends), [pa.py_buffer(part) for part in parts])


def read_zone(runner: Runner) -> str | None:
    """Return the time zone of the records kept; None while there are none."""
    found = fetch_column(runner, "MATCH (s:TruyVetStore {key: 'store'}) RETURN s.zone")
    return found[0] if found else None
