"""Results go back into Neo4j: tiers, exposures, chains and zones of a run, to be browsed and asked for in Cypher.

A run's results are written once, whole: what a broken write left is removed first, and a mark on the run says when all
is there. Whoever writes puts a token of its own on the run and checks it, under the node's lock, in every transaction,
so that two who write the same run cannot mix. The model stands in MODEL.md, section Results.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

import neo4j
import pandas as pd

from graph.neo4j.derived import clock, read_derivation
from graph.neo4j.latest import label_latest, show_asked, show_latest
from graph.neo4j.result_parts import parts_of, people_columns, values_of
from graph.neo4j.rows import Runner, fetch, fetch_column, run
from graph.neo4j.schema import make_schema
from graph.neo4j.write_part import find_nodes
from tracing.errors import NothingFound, StoreError
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph.protocol import WriteProgress
    from graph.runs import Run
    from tracing.chains.chains import Chains
    from tracing.tiers.tiers import Tiers
    from tracing.zones.zones import Zones

_, _n = catalogue("graph")

BATCH: Final = 5_000
"""Rows of one transaction: with more of them the server spends a quarter of its time on tidying its memory."""

SCHEMA: Final[Mapping[str, str]] = {
    "truyvet_tier": "CREATE CONSTRAINT truyvet_tier IF NOT EXISTS FOR (x:Tier) REQUIRE (x.run, x.tier) IS UNIQUE",
    "truyvet_zone": "CREATE CONSTRAINT truyvet_zone IF NOT EXISTS FOR (x:Zone) REQUIRE (x.run, x.step) IS UNIQUE",
    "truyvet_unit": "CREATE CONSTRAINT truyvet_unit IF NOT EXISTS FOR (x:ZoneUnit) REQUIRE (x.run, x.unit) IS UNIQUE",
    "truyvet_exposed": "CREATE RANGE INDEX truyvet_exposed IF NOT EXISTS FOR ()-[x:EXPOSED_BY]-() ON (x.run)",
    "truyvet_f1_of": "CREATE RANGE INDEX truyvet_f1_of IF NOT EXISTS FOR ()-[x:F1_OF]-() ON (x.run)",
    "truyvet_led": "CREATE RANGE INDEX truyvet_led IF NOT EXISTS FOR ()-[x:LED_TO]-() ON (x.run)",
    "truyvet_holds": "CREATE RANGE INDEX truyvet_holds IF NOT EXISTS FOR ()-[x:HOLDS]-() ON (x.run)",
    "truyvet_enters": "CREATE RANGE INDEX truyvet_enters IF NOT EXISTS FOR ()-[x:ENTERS]-() ON (x.run)",
}
"""Constraints and indexes of results, made when the first are written."""

REMOVED: Final = (
    "MATCH ()-[r:EXPOSED_BY]->() WHERE r.run = $run WITH r LIMIT $batch DELETE r",
    "MATCH ()-[r:F1_OF]->() WHERE r.run = $run WITH r LIMIT $batch DELETE r",
    "MATCH ()-[r:LED_TO]->() WHERE r.run = $run WITH r LIMIT $batch DELETE r",
    "MATCH ()-[r:HOLDS]->() WHERE r.run = $run WITH r LIMIT $batch DELETE r",
    "MATCH ()-[r:ENTERS]->() WHERE r.run = $run WITH r LIMIT $batch DELETE r",
    "MATCH (:Tier {run: $run})<-[r:HAS_TIER]-() WITH r LIMIT $batch DELETE r",
    "MATCH (n:ZoneUnit {run: $run}) WITH n LIMIT $batch DETACH DELETE n",
    "MATCH (n:Zone {run: $run}) WITH n LIMIT $batch DETACH DELETE n",
    "MATCH (n:Tier {run: $run}) WITH n LIMIT $batch DETACH DELETE n",
)
"""What removes the results of a run, some at a time."""


class Database(Protocol):
    """What results are written to: an open Neo4j store."""

    def session(self, *, access: Literal["READ", "WRITE"] = "WRITE") -> AbstractContextManager[neo4j.Session]:
        """Give a session of the driver."""
        ...

    def save_run(self, run: Run) -> bool:
        """Keep a run."""
        ...

    @property
    def unfinished(self) -> object | None:
        """What tells that answers came from a part of a load."""
        ...


def write_results(
    store: Database,
    kept: Run,
    *,
    tiers: Tiers | None = None,
    chains: Chains | None = None,
    zones: Zones | None = None,
    progress: WriteProgress | None = None,
) -> bool:
    """Write a run's results into the graph, and show it as the one last asked for; the run itself is kept as well.

    Parameters
    ----------
    store
        Where the records are that the results were computed from.
    kept
        The run (its id stands on everything written).
    tiers, chains, zones
        What there is to write.
    progress
        Called with (what, done, total).

    Returns
    -------
    bool
        False where the results of a run with this id are there already, so that nothing is written anew; or where
        they were computed from a part of a load, and nothing is changed.

    Raises
    ------
    StoreError
        If the server cannot do it, or another process began to write the same run.
    """
    if store.unfinished is not None:
        return False
    store.save_run(kept)
    make_schema(store.session, SCHEMA)
    with store.session() as session:
        writer = _Writer(session.execute_write, kept)
        if fresh := writer.begin():
            for name, (cypher, rows) in parts_of(tiers, chains, zones):
                for done in writer.write(cypher, rows):
                    if progress is not None:
                        progress(name, done, len(rows))
            writer.end(_counts(tiers, chains, zones))
    show_asked(store.session, kept, None if tiers is None else tiers.policy)
    return fresh


def remove_results(store: Database, ident: str) -> None:
    """Remove all that was written back of a run.

    Raises
    ------
    NothingFound
        If there is no such run.
    """
    with store.session() as session:
        writer = _Writer(session.execute_write, None, ident=ident)
        writer.take()
        writer.remove()
    show_latest(store.session)


def result_counts(store: Database) -> dict[str, dict[str, int]]:
    """Return what the graph holds of each run's results: run to people, exposures, links, zones; {} where nothing."""
    query = "MATCH (r:Run) WHERE r.results = 'done' RETURN r.run, r.people, r.exposures, r.links, r.zones"
    with store.session(access="READ") as session:
        rows = session.execute_read(lambda tx: fetch(tx, query))
    names = ("people", "exposures", "links", "zones")
    return {row[0]: {n: int(v) for n, v in zip(names, row[1:], strict=True) if v} for row in rows}


class _Writer:
    """Writes for one run; every transaction makes sure that nobody else took the run over."""

    def __init__(self, transact: Callable[[Callable[[Any], Any]], Any], kept: Run | None, ident: str = "") -> None:
        self._transact = transact
        self._token = uuid.uuid4().hex
        self._own: dict[str, Any] = {"run": kept.id if kept else ident}
        if kept is not None:
            self._own |= {"policy": kept.policy, "asOf": kept.as_of}
        self._header = {} if kept is None else {"inputs": kept.inputs, "version": kept.version}

    def begin(self) -> bool:
        """Take the run and remove what a broken write left; False where all is there already."""
        query = "MATCH (r:Run {run: $run}) RETURN r.results"
        if self._transact(lambda tx: fetch_column(tx, query, **self._own)) == ["done"]:
            return False
        self.take()
        self.remove()
        self._own |= clock(self._transact(read_derivation).zone)
        return True

    def take(self) -> None:
        """Put our token on the run."""
        query = "MATCH (r:Run {run: $run}) SET r.writer = $token, r.results = 'partial' RETURN r.run"
        if not self._transact(lambda tx: fetch_column(tx, query, token=self._token, **self._own)):
            raise NothingFound(
                _("no run with that id is kept in this store"),
                fix=_("truyvet neo4j runs lists those that are"),
            )

    def remove(self) -> None:
        """Remove every result of the run, batch by batch; it is no longer the latest from the first on."""
        self._in_turn(label_latest)
        for cypher in REMOVED:
            while self._in_turn(partial(self._remove_some, cypher)):
                continue

    def _remove_some(self, cypher: str, tx: Runner) -> int:
        return _removed(run(tx, cypher, batch=BATCH, **self._own))

    def write(self, cypher: str, rows: pd.DataFrame) -> Iterator[int]:
        """Write rows, telling after every batch how many are there."""
        for first in range(0, len(rows), BATCH):
            part = rows.iloc[first : first + BATCH]
            columns = {f"c_{name}": values_of(name, part[name]) for name in part.columns}
            people = {name: columns[f"c_{name}"] for name in people_columns(cypher)}
            self._in_turn(partial(self._write_some, cypher, columns | {"total": len(part)}, people))
            yield first + len(part)

    def _write_some(self, cypher: str, values: Mapping[str, Any], people: Mapping[str, list[str]], tx: Runner) -> None:
        # Asked for in the same transaction: while it lasts, the server gives the id of a removed node to no other one.
        known = find_nodes(tx, label="Person", key="person", names=sorted(set().union(*people.values())))
        nodes = {f"n_{column}": [known.get(name) for name in names] for column, names in people.items()}
        run(tx, cypher, **values, **nodes, **self._own).consume()

    def end(self, counts: Mapping[str, int]) -> None:
        """Mark the run's results as whole."""
        query = "MATCH (r:Run {run: $run}) SET r += $facts, r.results = 'done' REMOVE r.writer"
        facts = dict(counts) | self._header
        self._in_turn(lambda tx: run(tx, query, facts=facts, **self._own).consume())

    def _in_turn(self, work: Callable[[Runner], Any]) -> Any:
        def checked(tx: Runner) -> Any:
            # Setting a property takes the node's lock: the token read after it stays until this transaction ends.
            taken = fetch_column(
                tx, "MATCH (r:Run {run: $run}) SET r.turn = 0 REMOVE r.turn RETURN r.writer", **self._own
            )
            if taken != [self._token]:
                raise _taken_over()
            return work(tx)

        return self._transact(checked)


def _removed(result: Any) -> int:
    counters = result.consume().counters
    return int(counters.relationships_deleted + counters.nodes_deleted)


def _taken_over() -> StoreError:
    return StoreError(
        _("another process began to write or remove the results of the same run"),
        fix=_("wait until it is done; truyvet neo4j runs shows what is there"),
    )


def _counts(tiers: Tiers | None, chains: Chains | None, zones: Zones | None) -> dict[str, int]:
    return {
        "people": 0 if tiers is None else len(tiers.table),
        "exposures": 0 if tiers is None else len(tiers.parents),
        "links": 0 if chains is None else len(chains.edges),
        "zones": 0 if zones is None else len(zones.table),
    }
