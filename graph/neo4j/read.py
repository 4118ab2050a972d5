"""Reading whole tables out of Neo4j, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from graph.neo4j.model import EDGES, NODES
from graph.neo4j.rows import Runner, fetch, fetch_column, to_frame, to_table
from graph.short_ids import MADE
from tracing.model.schema import TABLES, known_by

# A visit's place is that of its bucket. `r` is the row; what its ends say is added to its properties.
ROW_OF: Final[dict[str, str]] = {
    "contacts": "r {.*, person_a: startNode(r).person, person_b: endNode(r).person}",
    "visits": "r {.*, person: startNode(r).person, place: endNode(r).place}",
    "links": "r {.*, source: startNode(r).person, target: endNode(r).person}",
}
IN_PERIOD: Final = (
    "($until IS NULL OR r.start < $until)"
    " AND ($since IS NULL OR coalesce(r.end_to, r.start_to) > $since OR r.start >= $since)"
)
CONTACT_IN_PERIOD: Final = (
    "((r.start IS NULL AND r.end IS NULL) OR (($until IS NULL OR r.start IS NULL OR r.start < $until)"
    " AND ($since IS NULL OR coalesce(r.end_to, r.start_to) > $since OR r.start >= $since)))"
)


PAGE: Final = 5_000
"""Rows that are asked for at a time when a whole table is read."""


def pattern_of(name: str) -> str:
    """Return the pattern that finds the rows of a table as ``r``, and those only mentioned where it has such."""
    return f"()-[r:{EDGES[name].type}]->()" if name in EDGES else f"(r:{NODES[name].label})"


def row_of(name: str) -> str:
    """Return the expression that gives the row ``r`` as a map."""
    return ROW_OF.get(name, "properties(r)")


def read_table(
    runner: Runner, name: str, *, where: str | None = None, since: int | None = None, until: int | None = None
) -> pd.DataFrame:
    """Return a table, or the rows of one that is relationships for which ``where`` holds.

    Of a table's rows only a page is Python objects at a time, on either side.
    """
    pages = _pages(runner, name, row_of(name), PAGE, where=where, since=since, until=until)
    return to_frame(name, [to_table(name, page) for page in pages])


def read_ids(runner: Runner, name: str) -> set[str]:
    """Return the keys of a table; for areas, their codes."""
    return {value for page in _pages(runner, name, f"r.{known_by(name)}", 10 * PAGE) for value in page}


def read_made_ids(runner: Runner) -> set[str]:
    """Return the ids of people on record that were made."""
    node = NODES["persons"]
    query = (
        f"MATCH (r:{node.label}) WHERE r.person STARTS WITH 'P-' AND r.recorded AND r.person =~ $made RETURN r.person"
    )
    return set(fetch_column(runner, query, made=MADE))


def page_query(name: str, what: str, *, where: str | None = None, first: bool = False) -> str:
    """Return the question for ``what`` of the next ``$size`` rows of a table in the order of their keys.

    A page is one value: to read it is several times as fast as a row each. The index gives the order, so that nothing
    is sorted and no more than a page is held.
    """
    key = TABLES[name].key
    label = EDGES[name].type if name in EDGES else NODES[name].label
    conditions = [f"r.{key} {'>=' if first else '>'} $after"]
    conditions += ["r.recorded"] if name in NODES and NODES[name].mentioned else []
    conditions += [where] if where else []
    return (
        f"MATCH {pattern_of(name)} USING INDEX SEEK r:{label}({key}) WHERE {' AND '.join(conditions)} "
        f"WITH r ORDER BY r.{key} LIMIT $size RETURN collect({what}), max(r.{key})"
    )


def _pages(
    runner: Runner, name: str, what: str, size: int, *, where: str | None = None, **parameters: Any
) -> Iterator[list[Any]]:
    after = ""
    query = page_query(name, what, where=where, first=True)
    while True:
        page, last = fetch(runner, query, after=after, size=size, **parameters)[0]
        yield page
        if len(page) < size:
            return
        query, after = page_query(name, what, where=where), last


def read_zone(runner: Runner) -> str | None:
    """Return the time zone of the records kept; None while there are none."""
    found = fetch_column(runner, "MATCH (s:TruyVetStore {key: 'store'}) RETURN s.zone")
    return found[0] if found else None
