"""Results go back into Neo4j: tiers, exposures, chains and zones of a run, to be browsed and asked for in Cypher.

A run's results are written once, whole: what a broken write left is removed first, and a mark on the run says when all
is there. Whoever writes puts a token of its own on the run and checks it, under the node's lock, in every transaction,
so that two who write the same run cannot mix. The model stands in MODEL.md, section Results.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

import neo4j
import pandas as pd

from graph.neo4j.rows import Runner, column_values, fetch, fetch_column, run
from graph.neo4j.schema import make_schema
from tracing.errors import NothingFound, StoreError
from tracing.text import catalogue
from tracing.times import EVER

if TYPE_CHECKING:
    from graph.protocol import WriteProgress
    from graph.runs import Run
    from tracing.chains.chains import Chains
    from tracing.tiers.tiers import Tiers
    from tracing.zones.zones import Zones

_, _n = catalogue("graph")

BATCH: Final = 20_000

SCHEMA: Final[Mapping[str, str]] = {
    "truyvet_tier": "CREATE CONSTRAINT truyvet_tier IF NOT EXISTS FOR (x:Tier) REQUIRE (x.run, x.tier) IS UNIQUE",
    "truyvet_zone": "CREATE CONSTRAINT truyvet_zone IF NOT EXISTS FOR (x:Zone) REQUIRE (x.run, x.step) IS UNIQUE",
    "truyvet_unit": "CREATE CONSTRAINT truyvet_unit IF NOT EXISTS FOR (x:ZoneUnit) REQUIRE (x.run, x.unit) IS UNIQUE",
    "truyvet_exposed": "CREATE RANGE INDEX truyvet_exposed IF NOT EXISTS FOR ()-[x:EXPOSED_BY]-() ON (x.run)",
    "truyvet_led": "CREATE RANGE INDEX truyvet_led IF NOT EXISTS FOR ()-[x:LED_TO]-() ON (x.run)",
    "truyvet_holds": "CREATE RANGE INDEX truyvet_holds IF NOT EXISTS FOR ()-[x:HOLDS]-() ON (x.run)",
    "truyvet_enters": "CREATE RANGE INDEX truyvet_enters IF NOT EXISTS FOR ()-[x:ENTERS]-() ON (x.run)",
    "truyvet_household": "CREATE RANGE INDEX truyvet_household IF NOT EXISTS FOR (x:Person) ON (x.household)",
}
"""Constraints and indexes of results, made when the first are written."""

_TIMES: Final = frozenset({"first_exposure", "last_exposure", "exposure", "until", "first", "last"})
_TIER: Final = ("tier_certain", "tier_possible", "case", "first_exposure", "last_exposure", "parents")
_EXPOSED: Final = ("tier", "contact", "clause", "verdict", "exposure", "until", "place", "joined")
_LED: Final = ("basis", "id", "first", "last", "reading", "clause", "place", "status", "reason")
_ZONE: Final = ("lambda", "units", "people", "households", "share", "contacts_cut", "posts")
_UNIT: Final = ("name", "level", "people", "share", "f0", "f1", "f2", "enters")
_EACH: Final = "UNWIND range(0, $total - 1) AS i"
_OWN: Final = "run: $run, policy: $policy, as_of: $as_of"

_REMOVED: Final = (
    "MATCH ()-[r:EXPOSED_BY]->() WHERE r.run = $run WITH r LIMIT $batch DELETE r",
    "MATCH ()-[r:LED_TO]->() WHERE r.run = $run WITH r LIMIT $batch DELETE r",
    "MATCH ()-[r:HOLDS]->() WHERE r.run = $run WITH r LIMIT $batch DELETE r",
    "MATCH ()-[r:ENTERS]->() WHERE r.run = $run WITH r LIMIT $batch DELETE r",
    "MATCH (:Tier {run: $run})<-[r:HAS_TIER]-() WITH r LIMIT $batch DELETE r",
    "MATCH (n:ZoneUnit {run: $run}) WITH n LIMIT $batch DETACH DELETE n",
    "MATCH (n:Zone {run: $run}) WITH n LIMIT $batch DETACH DELETE n",
    "MATCH (n:Tier {run: $run}) WITH n LIMIT $batch DETACH DELETE n",
)


class Database(Protocol):
    """What results are written to: an open Neo4j store."""

    def session(self, *, access: Literal["READ", "WRITE"] = "WRITE") -> AbstractContextManager[neo4j.Session]:
        """Give a session of the driver."""
        ...

    def save_run(self, run: Run) -> bool:
        """Keep a run."""
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
    """Write a run's results into the graph; the run itself is kept as well.

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
        False, and nothing changed, where the results of a run with this id are there already.

    Raises
    ------
    StoreError
        If the server cannot do it, or another process began to write the same run.
    """
    store.save_run(kept)
    make_schema(store.session, SCHEMA)
    with store.session() as session:
        writer = _Writer(session.execute_write, kept)
        if not writer.begin():
            return False
        parts = list(_parts(tiers, chains, zones))
        for name, (cypher, rows) in parts:
            done = 0
            for done in writer.write(cypher, rows):
                if progress is not None:
                    progress(name, done, len(rows))
        writer.end(_counts(tiers, chains, zones))
    return True


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
            self._own |= {"policy": kept.policy, "as_of": kept.as_of}
        self._header = {} if kept is None else {"inputs": kept.inputs, "version": kept.version}

    def begin(self) -> bool:
        """Take the run and remove what a broken write left; False where all is there already."""
        query = "MATCH (r:Run {run: $run}) RETURN r.results"
        if self._transact(lambda tx: fetch_column(tx, query, **self._own)) == ["done"]:
            return False
        self.take()
        self.remove()
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
        """Remove every result of the run, batch by batch."""
        for cypher in _REMOVED:
            while self._in_turn(partial(self._remove_some, cypher)):
                continue

    def _remove_some(self, cypher: str, tx: Runner) -> int:
        return _removed(run(tx, cypher, batch=BATCH, **self._own))

    def write(self, cypher: str, rows: pd.DataFrame) -> Iterator[int]:
        """Write rows, telling after every batch how many are there."""
        for first in range(0, len(rows), BATCH):
            part = rows.iloc[first : first + BATCH]
            columns = {f"c_{name}": _values(name, part[name]) for name in part.columns}
            self._in_turn(partial(self._write_some, cypher, columns | {"total": len(part)}))
            yield first + len(part)

    def _write_some(self, cypher: str, values: Mapping[str, Any], tx: Runner) -> None:
        run(tx, cypher, **values, **self._own).consume()

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


def _parts(
    tiers: Tiers | None, chains: Chains | None, zones: Zones | None
) -> Iterator[tuple[str, tuple[str, pd.DataFrame]]]:
    if tiers is not None:
        yield from (("tiers", part) for part in _tier_parts(tiers))
    if chains is not None:
        edges = chains.edges
        yield "chains", (_between("source", "LED_TO", "target", _LED), edges[["source", "target", *_LED]])
    if zones is not None:
        yield from (("zones", part) for part in _zone_parts(zones))


def _tier_parts(tiers: Tiers) -> Iterator[tuple[str, pd.DataFrame]]:
    at = tiers.table["tier_possible"]
    sure = (tiers.table["tier_certain"] == at).fillna(False)
    steps = pd.DataFrame({"tier": at, "certain": sure}).groupby("tier", as_index=False)["certain"].agg(["sum", "size"])
    steps["certain"], steps["possible"] = steps["sum"], steps["size"] - steps["sum"]
    own = "MERGE (x:Tier {run: $run, tier: $c_tier[i]}) SET x.name = 'F' + toString($c_tier[i]), x.policy = $policy"
    yield (
        f"MATCH (r:Run {{run: $run}}) {_EACH} {own}, x.as_of = $as_of, x.certain = $c_certain[i],"
        " x.possible = $c_possible[i] MERGE (x)-[:OF_RUN]->(r)",
        steps[["tier", "certain", "possible"]],
    )
    held = f"CREATE (p)-[:HAS_TIER {{{_OWN}, {_given(_TIER)}}}]->(x)"
    yield (
        f"{_EACH} MATCH (p:Person {{person: $c_person[i]}}) "
        f"MATCH (x:Tier {{run: $run, tier: $c_tier_possible[i]}}) {held}",
        tiers.table[["person", *_TIER]],
    )
    parents = tiers.parents.assign(certain=tiers.parents["reading"] == "certain")
    columns = (*_EXPOSED, "certain")
    yield _between("person", "EXPOSED_BY", "parent", columns), parents[["person", "parent", *columns]]


def _zone_parts(zones: Zones) -> Iterator[tuple[str, pd.DataFrame]]:
    steps = zones.table.assign(proposed=zones.table["step"] == (zones.proposal or -1))
    yield (
        f"MATCH (r:Run {{run: $run}}) {_EACH} "
        f"CREATE (:Zone {{{_OWN}, {_given(('step', *_ZONE, 'proposed'))}}})-[:OF_RUN]->(r)",
        steps[["step", *_ZONE, "proposed"]],
    )
    yield (
        f"{_EACH} MATCH (a:Zone {{run: $run, step: $c_step[i]}}) MATCH (b:Zone {{run: $run, step: $c_step[i] + 1}}) "
        "CREATE (a)-[:WIDENS_TO]->(b)",
        steps[["step"]].iloc[:-1],
    )
    entering = zones.units[zones.units["enters"].notna()]
    around = set(zones.buffer()) if zones.proposal else set()
    inside = set(zones.core()) if zones.proposal else set()
    wanted = zones.units[zones.units["enters"].notna() | zones.units["unit"].isin(around)]
    household = wanted["unit"].where(wanted["level"] == "household").astype("string").str.removeprefix("household:")
    coded = wanted["unit"].isin(zones.tiers.graph.records.areas["area"])
    others = wanted[~coded].assign(household=household[~coded])
    yield (
        f"MATCH (r:Run {{run: $run}}) {_EACH} CREATE (:ZoneUnit {{{_OWN}, unit: $c_unit[i], name: $c_name[i], "
        "level: $c_level[i], household: $c_household[i]})",
        others[["unit", "name", "level", "household"]],
    )
    for label, key, of in (("Area", "area: ", set(wanted.loc[coded, "unit"])), ("ZoneUnit", "run: $run, unit: ", None)):
        unit = f"MATCH (u:{label} {{{key}$c_unit[i]}})"
        rows = entering[entering["unit"].isin(of if of is not None else others["unit"])]
        yield (
            f"{_EACH} {unit} MATCH (z:Zone {{run: $run, step: $c_enters[i]}}) "
            f"CREATE (u)-[:ENTERS {{{_OWN}, {_given(_UNIT)}}}]->(z)",
            rows[["unit", *_UNIT]],
        )
        held = [u for u in sorted(inside | around) if (u in of if of is not None else u in set(others["unit"]))]
        parts = pd.DataFrame(
            {"unit": held, "part": ["core" if u in inside else "buffer" for u in held]}, dtype="string"
        )
        yield (
            f"MATCH (z:Zone {{run: $run}}) WHERE z.proposed WITH z {_EACH} {unit} "
            f"CREATE (z)-[:HOLDS {{{_OWN}, step: z.step, part: $c_part[i]}}]->(u)",
            parts,
        )


def _between(first: str, kind: str, second: str, columns: Sequence[str]) -> str:
    return (
        f"{_EACH} MATCH (a:Person {{person: $c_{first}[i]}}) MATCH (b:Person {{person: $c_{second}[i]}}) "
        f"CREATE (a)-[:{kind} {{{_OWN}, {_given(columns)}}}]->(b)"
    )


def _given(columns: Sequence[str]) -> str:
    return ", ".join(f"{column}: $c_{column}[i]" for column in columns)


def _values(name: str, column: pd.Series) -> list[Any]:
    """Return a column as plain values; an instant that is "ever" is left out."""
    values = column_values(column)
    if name in _TIMES:
        return [None if v is None or abs(v) >= EVER // 2 else v for v in values]
    return [None if isinstance(v, float) and math.isnan(v) else v for v in values]
