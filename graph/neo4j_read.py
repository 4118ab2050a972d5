"""Reading whole tables out of Neo4j, as a stream."""

from __future__ import annotations

from typing import Final

import pandas as pd

from graph.neo4j_model import EDGES, NODES
from graph.neo4j_rows import Runner, fetch_column, in_chunks, run, to_frame, to_table
from tracing.records import WATCHED_TIMES
from tracing.schema import TABLES

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


def match_rows(name: str) -> str:
    """Return the MATCH that finds every row of a table as ``r``."""
    if name in EDGES:
        return f"MATCH ()-[r:{EDGES[name].type}]->()"
    kind = NODES[name]
    return f"MATCH (r:{kind.label})" + (" WHERE r.recorded" if kind.stub else "")


def row_of(name: str) -> str:
    """Return the expression that gives the row ``r`` as a map."""
    return ROW_OF.get(name, "properties(r)")


def read_table(
    runner: Runner, name: str, *, where: str | None = None, since: int | None = None, until: int | None = None
) -> pd.DataFrame:
    """Return a table, or the rows of one that is relationships for which ``where`` holds.

    Rows come in portions as they are needed; of a table's rows only some thousands are Python objects at a time.
    """
    narrowed = f" WHERE {where}" if where else ""
    result = run(runner, f"{match_rows(name)}{narrowed} RETURN {row_of(name)} AS row", since=since, until=until)
    rows = (record[0] for record in result)
    return to_frame(name, [to_table(name, chunk) for chunk in in_chunks(rows)])


def read_ids(runner: Runner, name: str) -> set[str]:
    """Return the keys of a table; for areas, their codes."""
    column = "area" if name == "areas" else TABLES[name].key
    return set(fetch_column(runner, f"{match_rows(name)} RETURN DISTINCT r.{column}"))


def read_zone(runner: Runner) -> str | None:
    """Return the time zone of the records kept; None while there are none."""
    found = fetch_column(runner, "MATCH (s:TruyVetStore {key: 'store'}) RETURN s.zone")
    return found[0] if found else None


def read_last_instant(runner: Runner) -> int | None:
    """Return the last instant on record; None where no record has a time."""
    moments = [
        fetch_column(
            runner,
            f"{match_rows(name)} RETURN max(CASE WHEN r.{column}_to > r.{column} THEN r.{column}_to - 1 "
            f"ELSE r.{column}_to END)",
        )[0]
        for name, columns in WATCHED_TIMES.items()
        for column in columns
    ]
    return max((moment for moment in moments if moment is not None), default=None)
