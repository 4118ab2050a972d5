"""All that is in a Neo4j database, to be compared: two loads of the same records make the same graph."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NamedTuple

from small_records import assert_same_records

from tracing.model.records import Records
from tracing.model.schema import TABLES

#: What tells the ends of a relationship apart.
_NAMES = ("person", "place", "day", "area", "areaVersion", "test", "isolation", "arrival")


class Graph(NamedTuple):
    """Nodes, relationships and indexes with all their properties, without the server's own ids."""

    nodes: Counter[str]
    edges: Counter[str]
    indexes: dict[str, str]


def graph_of(server: Any) -> Graph:
    """Read everything there is; how often it was written is left out."""
    first, second = (f"{end} {{{', '.join(f'.{name}' for name in _NAMES)}}}" for end in "ab")
    nodes = server.run("MATCH (n) RETURN labels(n) AS labels, n {.*, turns: null, revision: null} AS properties")
    edges = server.run(f"MATCH (a)-[r]->(b) RETURN type(r) AS type, properties(r) AS r, {first} AS a, {second} AS b")
    indexes = server.run("SHOW INDEXES YIELD name, type, state, properties, owningConstraint WHERE type <> 'LOOKUP'")
    return Graph(
        Counter(map(_text, nodes)), Counter(map(_text, edges)), {index["name"]: _text(index) for index in indexes}
    )


def _text(record: Any) -> str:
    return json.dumps(record.data(), sort_keys=True, default=str)


def assert_same_graph(got: Graph, wanted: Graph) -> None:
    """Fail unless both hold the same; what differs is shown, not all."""
    assert got.indexes == wanted.indexes
    for here, there in ((got.nodes, wanted.nodes), (got.edges, wanted.edges)):
        more, less = here - there, there - here
        assert not more and not less, (more.most_common(5), less.most_common(5))


def assert_whole_rows(kept: Records, wanted: Records) -> None:
    """Fail unless all that is kept of a load that broke off is right, however little it may be."""
    there = {}
    for name, table in TABLES.items():
        there[name] = wanted[name][wanted[name][table.key].isin(kept[name][table.key])].reset_index(drop=True)
    assert_same_records(Records(dict(kept.tables), wanted.zone), Records(there, wanted.zone))
