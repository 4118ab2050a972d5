"""Who and what is one, shown in the graph: a node for everybody and every place of several ids, with SAME_AS to these.

Derived from the decisions, which are notes; whoever reads records never reads this.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph.neo4j.rows import Runner, run

SHOWN: Final = ("Person", "Place")
"""Of what it is shown."""


def show_same(runner: Runner, of: str, named: Mapping[str, str]) -> None:
    """Show in place of what was shown who is one ``Person``, or which is one ``Place``: by id what it is called."""
    key = of.lower()
    run(runner, f"MATCH (s:Same{of}) DETACH DELETE s").consume()
    run(
        runner,
        f"UNWIND $rows AS row MERGE (s:Same{of} {{{key}: row[1]}}) WITH s, row"
        f" MATCH (p:{of}) USING INDEX SEEK p:{of}({key}) WHERE p.{key} = row[0] CREATE (s)-[:SAME_AS]->(p)",
        rows=sorted(named.items()),
    ).consume()


def hide_same(runner: Runner) -> None:
    """Remove what is shown."""
    for of in SHOWN:
        run(runner, f"MATCH (s:Same{of}) DETACH DELETE s").consume()
