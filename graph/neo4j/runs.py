"""Runs and the export log in Neo4j. A result table is kept as one Parquet value, its types with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from graph.neo4j.derived import clock, moment, read_derivation
from graph.neo4j.rows import Runner, fetch, fetch_column, run
from graph.refusals import no_run
from graph.runs import ExportEntry, Run, RunHeader, header_json, later_revision, pack_table, parse_header, unpack_table

# Setting a property takes the lock of the store's node, so that numbers are given out one at a time.
_NEXT = (
    "MERGE (s:TruyVetStore {key: 'store'}) SET s.lastNumber = coalesce(s.lastNumber, 0) + 1 WITH s.lastNumber AS number"
)

FACTS: Final = (
    f"command: $command, policy: $policy, cases: $cases, asOf: $as_of, asOfAt: {moment('$as_of')}, "
    f"created: $created, createdAt: {moment('$created')}"
)
"""What of a run can be read on its node; ``cases`` is absent where it is of all."""


def facts_of(kept: RunHeader) -> dict[str, Any]:
    """Return the parameters of :data:`FACTS`."""
    asked = {name: getattr(kept, name) for name in ("command", "policy", "as_of", "created")}
    return asked | {"cases": cases_of(kept.options) or None}


def cases_of(options: Mapping[str, object]) -> list[str]:
    """Return the cases that a run was asked about; none where it is of all."""
    cases = options.get("cases")
    return [str(case) for case in cases] if isinstance(cases, list) else []


def save_run(runner: Runner, kept: Run) -> bool:
    """Keep ``kept``; False where its id is there already."""
    packed = [(name, pack_table(kept.columns(name))) for name in kept.tables]
    made = fetch(
        runner,
        f"{_NEXT} OPTIONAL MATCH (old:Run {{run: $run}}) WITH number, old WHERE old IS NULL "
        "CREATE (:Run {run: $run, number: number, header: $header, "
        f"{FACTS}}}) RETURN number",
        run=kept.id,
        header=header_json(kept),
        **clock(read_derivation(runner).zone),
        **facts_of(kept),
    )
    if not made:
        known = fetch_column(runner, "MATCH (r:Run {run: $run}) RETURN r.header", run=kept.id)[0]
        if header := later_revision(known, kept):
            run(runner, "MATCH (r:Run {run: $run}) SET r.header = $header", run=kept.id, header=header).consume()
        return False
    for position, (name, value) in enumerate(packed):
        run(
            runner,
            "MATCH (r:Run {run: $run}) "
            "CREATE (r)-[:HAS_TABLE]->(:RunTable {position: $position, name: $name, parquet: $value})",
            run=kept.id,
            position=position,
            name=name,
            value=value,
        ).consume()
    return True


def list_runs(runner: Runner) -> list[RunHeader]:
    """Return the headers in the order of saving."""
    return [parse_header(text) for text in fetch_column(runner, "MATCH (r:Run) RETURN r.header ORDER BY r.number")]


def load_run(runner: Runner, ident: str, names: Collection[str] | None) -> Run:
    """Return the run with its tables, or those of them that are named."""
    headers = fetch_column(runner, "MATCH (r:Run {run: $run}) RETURN r.header", run=ident)
    if not headers:
        raise no_run()
    tables = fetch(
        runner,
        "MATCH (:Run {run: $run})-[:HAS_TABLE]->(t:RunTable) WHERE $names IS NULL OR t.name IN $names "
        "RETURN t.name, t.parquet ORDER BY t.position",
        run=ident,
        names=None if names is None else list(names),
    )
    packed: dict[str, Any] = {name: unpack_table(value) for name, value in tables}
    return Run(**vars(parse_header(headers[0])), tables=packed)


def delete_run(runner: Runner, ident: str) -> None:
    """Forget a run and its tables."""
    gone = fetch_column(runner, "MATCH (r:Run {run: $run}) RETURN r.run", run=ident)
    if not gone:
        raise no_run()
    query = "MATCH (r:Run {run: $run}) OPTIONAL MATCH (r)-[:HAS_TABLE]->(t:RunTable) DETACH DELETE t, r"
    run(runner, query, run=ident).consume()


def log_export(runner: Runner, entry: ExportEntry) -> None:
    """Add one line to the export log."""
    run(
        runner,
        f"{_NEXT} CREATE (:Export {{number: number, who: $who, at: $at, what: $what, masked: $masked, rows: $rows}})",
        **vars(entry),
    ).consume()


def list_exports(runner: Runner) -> list[ExportEntry]:
    """Return the export log, oldest first."""
    rows = fetch(runner, "MATCH (e:Export) RETURN e.who, e.at, e.what, e.masked, e.rows ORDER BY e.number")
    return [ExportEntry(*row) for row in rows]
