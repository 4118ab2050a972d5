"""Rows that their files no longer say, taken out of a Neo4j store; the way back of the load brings them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.loads import LoadEntry
from graph.neo4j import last_instant
from graph.neo4j.lease import enter
from graph.neo4j.loads import Journal
from graph.neo4j.model import EDGES, NODES
from graph.neo4j.rows import Runner
from graph.neo4j.undo import remove_edges, remove_nodes
from graph.neo4j.write_part import known_rows
from tracing.model.records import Records


def withdraw(runner: Runner, keys: Mapping[str, Sequence[str]], load: LoadEntry) -> None:
    """Take rows out in one transaction, as a further write of ``load``; see :meth:`graph.protocol.Store.withdraw`."""
    enter(runner, None)
    journal = Journal(load)
    journal.begin(runner, Records())
    for name, gone in keys.items():
        before = known_rows(runner, name, list(gone))
        if name in EDGES:
            remove_edges(runner, EDGES[name], list(gone), None)
        else:
            remove_nodes(runner, NODES[name], list(gone), None)
        journal.note(runner, name, [], before)
    last_instant.write_note(runner, None, None)
    journal.finish(runner, {})
