"""Who is one person, shown in the graph: a node for everybody of several ids, with SAME_AS to the people on record.

Derived from the decisions, which are notes; whoever reads records never reads this.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graph.neo4j.rows import Runner, run


def show_same(runner: Runner, groups: Collection[Collection[str]], named: Mapping[str, str]) -> None:
    """Put the groups of ids in place of those that were shown; ``named``: by which id each is called."""
    hide_same(runner)
    rows = [
        [next(iter(named[one] for one in group if one in named)), [one for one in group if one in named]]
        for group in groups
        if any(one in named for one in group)
    ]
    run(
        runner,
        "UNWIND $rows AS row CREATE (s:SamePerson {person: row[0]}) WITH s, row UNWIND row[1] AS member"
        " MATCH (p:Person) USING INDEX SEEK p:Person(person) WHERE p.person = member CREATE (s)-[:SAME_AS]->(p)",
        rows=rows,
    ).consume()


def hide_same(runner: Runner) -> None:
    """Remove what is shown."""
    run(runner, "MATCH (s:SamePerson) DETACH DELETE s").consume()
