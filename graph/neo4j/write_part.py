"""One part of a table into Neo4j, within one transaction: ask what is there, let the merge decide, put the rest.

Values travel as one list per column and only where a column holds anything: a third of the bytes of a map per row, and
of the work to read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from graph.loads import TableReport
from graph.neo4j.derived import LAST_DAY, Derivation, local_days, place_areas, settle_places
from graph.neo4j.model import (
    EDGES,
    NODES,
    EdgeKind,
    NodeKind,
    key_property,
    property_columns,
    row_of,
)
from graph.neo4j.relationships import Nodes, Relationships, make_edges, prefixed, properties
from graph.neo4j.rows import Runner, column_values, fetch, fetch_column, parameter_columns, rows_to_frame, run
from tracing.errors import StoreError
from tracing.model.normal import empty_table, merge_table
from tracing.model.schema import SOURCE_COLUMNS, TABLES
from tracing.text import catalogue

_, _n = catalogue("graph")


@dataclass(frozen=True)
class Part:
    """What became of the rows of a part.

    ``conflicts`` as :func:`tracing.model.records.merge_table` tells them; ``new``: keys of new rows; ``before``: rows
    that were changed, as they had been.
    """

    report: TableReport
    conflicts: pd.DataFrame
    new: list[str]
    before: pd.DataFrame


def write_part(
    runner: Runner,
    *,
    name: str,
    part: pd.DataFrame,
    replace: bool,
    how: Derivation,
    nodes: Nodes | None = None,
) -> Part:
    """Write rows of one table; every row of a key must be among them, and all that they refer to be there.

    With ``nodes`` relationships find their ends by the server's ids; these hold as long as nobody removes nodes.
    """
    key = TABLES[name].key
    known = known_rows(runner, name, column_values(part[key]))
    repeated = part[key].duplicated(keep=False).to_numpy(dtype=bool)
    there = part[key].isin(known[key]).to_numpy(dtype=bool)
    idle = ~repeated & there
    idle[idle] = _add_nothing(name, part[idle], known)
    fresh = part[~repeated & ~there]
    put_rows(runner, name, fresh, nodes, how, changed=False)
    report = TableReport(new=len(fresh), known=int(idle.sum()))
    rest = part[(repeated | there) & ~idle]
    if rest.empty:
        return Part(report, rest, column_values(fresh[key]), known.iloc[:0])
    merge = merge_table(name, known, rest.reset_index(drop=True), replace=replace)
    changed = merge.put[key].isin(known[key]).to_numpy(dtype=bool)
    put_rows(runner, name, merge.put[~changed], nodes, how, changed=False)
    put_rows(runner, name, merge.put[changed], nodes, how, changed=True)
    told = TableReport(
        new=report.new + merge.new,
        known=report.known + merge.known,
        completed=merge.completed,
        conflicting=len(rest) - merge.new - merge.known - merge.completed,
    )
    made = column_values(fresh[key]) + column_values(merge.put.loc[~changed, key])
    return Part(told, merge.conflicts, made, known[known[key].isin(merge.put[key])])


def write_new(
    runner: Runner, edges: Relationships, keys: pd.Series, rows: npt.NDArray[np.intp], how: Derivation
) -> Part:
    """Write relationships outright, one per key; where one is there, the constraint on it fails the transaction."""
    check_all_there(edges.make(runner, rows, how), len(rows))
    nothing = empty_table(edges.kind.table)
    return Part(TableReport(new=len(rows)), nothing, column_values(keys.take(rows)), nothing)


def seem_new(runner: Runner, *, name: str, keys: pd.Series) -> bool:
    """Tell whether none of some ``keys``, taken from all over them, is there."""
    return known_rows(runner, name, column_values(keys.iloc[:: max(len(keys) // 50, 1)])).empty


def known_rows(runner: Runner, name: str, keys: list[Any]) -> pd.DataFrame:
    """Return the rows of a table that have one of ``keys``."""
    key = key_property(name)
    if name in EDGES:
        kind = EDGES[name].type
        found = f"MATCH ()-[r:{kind}]->() USING INDEX SEEK r:{kind}({key}) WHERE r.{key} IN $keys"
    else:
        recorded = " AND r.recorded" if NODES[name].mentioned else ""
        label = NODES[name].label
        found = f"MATCH (r:{label}) USING INDEX SEEK r:{label}({key}) WHERE r.{key} IN $keys{recorded}"
    rows = fetch_column(runner, f"{found} RETURN collect({row_of(name)})", keys=keys)[0]
    return rows_to_frame(name, rows)


def _add_nothing(name: str, rows: pd.DataFrame, known: pd.DataFrame) -> np.ndarray:
    """Tell which rows, one per key and all of them known, say nothing that is not stored already."""
    key = TABLES[name].key
    stored = known.set_index(key).reindex(rows[key])
    idle = np.ones(len(rows), dtype=bool)
    for column in rows.columns:
        if column == key or column in SOURCE_COLUMNS:
            continue
        values = rows[column].array
        same = values.isna() | (values == stored[column].array).to_numpy(dtype=bool, na_value=False)
        if rows[column].dtype == "string":
            same |= (values == "pending").to_numpy(dtype=bool, na_value=False)
        idle &= same
    return idle


def put_rows(
    runner: Runner, name: str, rows: pd.DataFrame, nodes: Nodes | None, how: Derivation, *, changed: bool
) -> None:
    """Put rows, one per key, as they stand; ``changed``: their keys are there. What they refer to must be there."""
    if rows.empty:
        return
    if name in EDGES:
        _put_edges(runner, EDGES[name], rows, nodes, how, changed=changed)
    else:
        _put_nodes(runner, NODES[name], rows, how, changed=changed)


def _put_edges(
    runner: Runner, kind: EdgeKind, rows: pd.DataFrame, nodes: Nodes | None, how: Derivation, *, changed: bool
) -> None:
    """Make relationships; one that has changed is made anew, since its ends may have changed too."""
    key = TABLES[kind.table].key
    if changed:
        keys, named = column_values(rows[key]), key_property(kind.table)
        found = f"MATCH ()-[r:{kind.type}]->() USING INDEX SEEK r:{kind.type}({named})"
        cleared = f"{found} WHERE r.{named} IN $keys DELETE r"
        run(runner, cleared, keys=keys).consume()
    if nodes is not None:
        made = Relationships.of(kind, rows, nodes, how).make(runner, None, how)
    else:
        first, second = (column_values(rows[end]) for end in kind.ends)
        target, days = "b:Person {person: $second[i]}", None
        if kind.table == "visits":
            target = "b:PlaceDay {place: $second[i], day: $day[i]}"
            days = local_days(rows["start"], how.zone).tolist()
        found = f"UNWIND range(0, $total - 1) AS i MATCH (a:Person {{person: $first[i]}}) MATCH ({target})"
        columns = parameter_columns(rows, property_columns(kind.table))
        ends = {"first": first, "second": second, "day": days}
        made = make_edges(runner, kind, found, columns, how, total=len(rows), **ends)
    check_all_there(made, len(rows))


def _put_nodes(runner: Runner, kind: NodeKind, rows: pd.DataFrame, how: Derivation, *, changed: bool) -> None:
    key = TABLES[kind.table].key
    keys = column_values(rows[key])
    columns = parameter_columns(rows, [c for c in property_columns(kind.table) if c != key])
    named = key_property(kind.table)
    recorded = "n.recorded = true, " if kind.mentioned else ""
    run(
        runner,
        f"UNWIND range(0, $total - 1) AS i MERGE (n:{kind.label} {{{named}: $keys[i]}}) "
        f"SET {recorded}n += {properties(kind.table, columns)}",
        total=len(rows),
        keys=keys,
        **how.parameters,
        **prefixed(columns),
    ).consume()
    found = f"MATCH (n:{kind.label} {{{named}: $keys[i]}})"
    for reference in kind.references:
        pattern = reference.pattern.replace("(m)", f"(m:{reference.label})")
        if changed:
            cleared = f"UNWIND range(0, $total - 1) AS i {found} MATCH {pattern} DELETE r"
            run(runner, cleared, total=len(rows), keys=keys).consume()
        pointing = rows[rows[reference.column].notna()]
        if pointing.empty:
            continue
        made = run(
            runner,
            f"UNWIND range(0, $total - 1) AS i {found} MATCH (m:{reference.label} {{{reference.key}: $targets[i]}}) "
            f"CREATE {reference.pattern}",
            total=len(pointing),
            keys=column_values(pointing[key]),
            targets=column_values(pointing[reference.column]),
        ).consume()
        check_all_there(made.counters.relationships_created, len(pointing))
    if kind.table == "areas":
        place_areas(runner, sorted(set(rows["area"])))
    if kind.table == "places":
        settle_places(runner, keys, how)


def ensure_nodes(runner: Runner, *, label: str, key: str, names: Sequence[str]) -> dict[Any, str]:
    """Make the nodes that something refers to and that are not there; return the server's ids of all."""
    there = find_nodes(runner, label=label, key=key, names=names)
    missing = [name for name in names if name not in there]
    if missing:
        make = f"UNWIND $names AS name MERGE (x:{label} {{{key}: name}}) RETURN collect(name), collect(elementId(x))"
        there |= _named(fetch(runner, make, names=missing))
    return there


def find_nodes(runner: Runner, *, label: str, key: str, names: Sequence[str]) -> dict[Any, str]:
    """Return the server's ids of the nodes that are there, by name."""
    look = f"MATCH (x:{label}) USING INDEX SEEK x:{label}({key}) WHERE x.{key} IN $names "
    return _named(fetch(runner, f"{look} RETURN collect(x.{key}), collect(elementId(x))", names=list(names)))


def _named(lists: list[list[Any]]) -> dict[Any, str]:
    """Return ids by name from one row of two lists, which reads several times as fast as a row each."""
    return dict(zip(*lists[0], strict=True))


def place_days(visits: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Return the buckets of visits: place, local day on which they begin, last instant on record in them."""
    last = visits["end_to"].fillna(visits["start_to"])
    ends: pd.DataFrame = pd.DataFrame(
        {
            "place": visits["place"],
            "day": local_days(visits["start"], zone),
            "last": last.where(last > visits["start"], visits["start"]),
        }
    )
    return ends.groupby(["place", "day"], sort=True, as_index=False).agg({"last": "max"})


def ensure_place_days(runner: Runner, *, days: pd.DataFrame) -> dict[Any, str]:
    """Make buckets and tell each the last instant that a visit in it may reach; return the server's ids of them."""
    made = fetch(
        runner,
        "UNWIND range(0, $total - 1) AS i MATCH (p:Place {place: $place[i]}) "
        "MERGE (d:PlaceDay {place: $place[i], day: $day[i]}) "
        "ON CREATE SET d.last = $last[i], d.date = CASE WHEN abs($day[i]) <= $most "
        "THEN date('1970-01-01') + duration({days: $day[i]}) END "
        "ON MATCH SET d.last = CASE WHEN d.last < $last[i] THEN $last[i] ELSE d.last END "
        "MERGE (d)-[:OF]->(p) RETURN d.place, d.day, elementId(d)",
        total=len(days),
        most=LAST_DAY,
        **{column: column_values(days[column]) for column in ("place", "day", "last")},
    )
    return {(place, day): node for place, day, node in made}


def count_people(runner: Runner) -> int:
    """Return how many people there are; the server keeps that number at hand."""
    return int(fetch_column(runner, "MATCH (x:Person) RETURN count(x)")[0])


def check_all_there(made: int, wanted: int) -> None:
    """Make sure that nodes whose ids were asked for before are still there.

    Raises
    ------
    StoreError
        If there are fewer than there must be.
    """
    if made < wanted:
        raise StoreError(
            _("somebody removed nodes from the database while records were written to them"),
            fix=_("run the same command again, and let nobody else change the database meanwhile"),
        )


def references_of(name: str, frame: pd.DataFrame) -> Iterator[tuple[str, str, list[str]]]:
    """Give label, key and ids of the nodes that rows refer to by a relationship."""
    if name in NODES:
        columns = [(r.column, r.label, r.key) for r in NODES[name].references]
    else:
        columns = [(c, "Place", "place") if c == "place" else (c, "Person", "person") for c in EDGES[name].ends]
    for label, key in dict.fromkeys((label, key) for _, label, key in columns):
        named = pd.concat([frame[column] for column, other, _ in columns if other == label]).dropna()
        if len(named):
            yield label, key, sorted(named.unique().tolist())
