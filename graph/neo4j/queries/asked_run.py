"""By which run a ready query answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from graph.neo4j.rows import Runner, fetch
from tracing.errors import NothingFound
from tracing.text import catalogue

_, _n = catalogue("graph")

_RUNS: Final = {
    "tiers": "MATCH (r:Run) WHERE r.results = 'done' AND EXISTS { (r)<-[:OF_RUN]-(:Tier) }",
    "zones": "MATCH (r:Run) WHERE r.results = 'done' AND EXISTS { (r)<-[:OF_RUN]-(:Zone) }",
}
_NOT_WRITTEN: Final = {
    "tiers": _("no tiers are written in this database"),
    "zones": _("no zones are written in this database"),
}
_NOT_WRITTEN_UNDER: Final = {
    "tiers": _("no tiers are written in this database under that run"),
    "zones": _("no zones are written in this database under that run"),
}


@dataclass(frozen=True)
class AskedRun:
    """The run by whose results a query answers, up to when it speaks, and of which cases; none of them: of all."""

    id: str
    as_of: int | None
    cases: tuple[str, ...] = ()


def find_asked_run(runner: Runner, needs: str, given: Any) -> AskedRun:
    """Return the run that is meant: the one ``given``, else the latest of everybody, else the one last asked for."""
    narrowed = "" if given is None else " AND r.run = $run"
    order = "ORDER BY coalesce(r.ofEverybody, false) DESC, r.command = $needs DESC, r.asked DESC LIMIT 1"
    query = f"{_RUNS[needs]}{narrowed} RETURN r.run, r.asOf, coalesce(r.cases, []) {order}"
    for ident, as_of, cases in fetch(runner, query, run=given, needs=needs):
        return AskedRun(ident, as_of, tuple(cases))
    told = _NOT_WRITTEN[needs] if given is None else _NOT_WRITTEN_UNDER[needs]
    raise NothingFound(
        told,
        fix=_(
            "truyvet {command} --store … computes them and writes them back; truyvet neo4j runs lists what is there",
            command=needs,
        ),
    )
