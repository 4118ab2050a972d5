"""Relationships of one table on their way into Neo4j: their columns, and what they are joined to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graph.neo4j.derived import STAY, Derivation, local_days, natives
from graph.neo4j.model import EdgeKind, property_columns, property_of
from graph.neo4j.rows import Runner, column_values, run

Nodes = dict[str, dict[Any, str]]
"""Label to what a node is called (a place's day: place and day) to the server's own id of it."""

_KNOWN: Final = (
    "UNWIND range(0, $known - 1) AS k MATCH (x) WHERE elementId(x) = $nodes[k] "
    "WITH x ORDER BY k WITH collect(x) AS nodes WHERE size(nodes) = $known "
    "UNWIND range(0, $total - 1) AS i WITH i, nodes[$first[i]] AS a, nodes[$second[i]] AS b "
)


@dataclass(frozen=True)
class Relationships:
    """Relationships to be made.

    Attributes
    ----------
    kind
        Of which table.
    columns
        Those that are properties and hold anything.
    ends
        Of each side, numbers of what rows are joined to.
    ids
        Of each side, the server's ids by those numbers.
    """

    kind: EdgeKind
    columns: dict[str, pd.Series]
    ends: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
    ids: tuple[Sequence[str], Sequence[str]]

    @classmethod
    def of(cls, kind: EdgeKind, rows: pd.DataFrame, nodes: Nodes, how: Derivation) -> Relationships:
        """Return rows as relationships between nodes that are there."""
        first, people = pd.factorize(rows[kind.ends[0]])
        second, others = pd.factorize(rows[kind.ends[1]])
        names, label = others.tolist(), "Person"
        if kind.table == "visits":
            days = local_days(rows["start"], how.zone)
            keys, second = np.unique(np.stack([second, days]), axis=1, return_inverse=True)
            names, label = [(names[place], day) for place, day in keys.T.tolist()], "PlaceDay"
        return cls(
            kind,
            used_columns(rows, property_columns(kind.table)),
            (first, second.reshape(-1)),
            ([nodes["Person"][name] for name in people.tolist()], [nodes[label][name] for name in names]),
        )

    def make(self, runner: Runner, rows: npt.NDArray[np.intp] | None, how: Derivation) -> int:
        """Make relationships of some rows, or of all; return how many were made: fewer where a node is gone."""
        found = range(len(self.ends[0])) if rows is None else rows
        ids: list[str] = []
        given: dict[str, Any] = {}
        for side, numbers, names in zip(("first", "second"), self.ends, self.ids, strict=True):
            known, at = np.unique(numbers if rows is None else numbers[rows], return_inverse=True)
            given[side] = (at + len(ids)).tolist()
            ids += [names[number] for number in known.tolist()]
        columns = {
            c: column_values(values if rows is None else values.take(rows)) for c, values in self.columns.items()
        }
        return make_edges(runner, self.kind, _KNOWN, columns, how, total=len(found), nodes=ids, known=len(ids), **given)


def used_columns(frame: pd.DataFrame, columns: Sequence[str]) -> dict[str, pd.Series]:
    """Return the columns of ``frame`` that hold anything."""
    return {column: frame[column] for column in columns if frame[column].notna().any()}


def make_edges(
    runner: Runner, kind: EdgeKind, found: str, columns: dict[str, list[Any]], how: Derivation, **given: Any
) -> int:
    """Make relationships between ``a`` and ``b`` of each ``i`` that ``found`` tells; return how many were made."""
    stay = f" WITH v, b MATCH (b)-[:OF]->(x:Place){STAY}" if kind.table == "visits" else ""
    cypher = f"{found} CREATE (a)-[v:{kind.type} {properties(kind.table, columns)}]->(b){stay}"
    made = run(runner, cypher, **given, **how.parameters, **prefixed(columns)).consume()
    return made.counters.relationships_created


def properties(name: str, columns: dict[str, list[Any]]) -> str:
    """Return the columns as a map of properties, and the native times that go with them."""
    shown = [f"{property_of(column)}: $c_{column}[i]" for column in columns]
    found = natives(name, columns, lambda column: f"$c_{column}[i]" if column in columns else "null")
    shown += [f"{at}: {value}" for at, value in found.items()]
    return "{" + ", ".join(shown) + "}"


def prefixed(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return columns as the parameters by which :func:`properties` names them."""
    return {f"c_{column}": values for column, values in columns.items()}
