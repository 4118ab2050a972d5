"""Stores of an earlier form of the model are brought up to date, once, by the first who may write to them.

Form 1 wrote properties as the columns are called (``start_to``), put visits into days of UTC, and knew none of what
:mod:`graph.neo4j.derived` shows; results written back by it are removed, since the next run writes them anew. Form 2
knew neither which run is of everybody nor the end of what is known by day. Each step does only what is still to do:
broken off, the next opening goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import neo4j

from graph.neo4j.derived import LAST_SECOND, clock, derive_all, read_derivation
from graph.neo4j.latest import label_latest, reaches_last
from graph.neo4j.lease import Lease
from graph.neo4j.loads import read_revision
from graph.neo4j.model import EDGES, FORMAT, NODES, pattern_of, property_columns, property_of
from graph.neo4j.results import REMOVED
from graph.neo4j.rows import Runner, fetch, fetch_column, run
from graph.neo4j.runs import FACTS, cases_of, facts_of, list_runs
from tracing.times import DAY, DEFAULT_ZONE, EVER, NEVER

_AT_ONCE: Final = 10_000
_STORE: Final = "MATCH (s:TruyVetStore {key: 'store'})"
_OLD_RULES: Final = (
    "DROP CONSTRAINT truyvet_area_version IF EXISTS",
    "DROP INDEX truyvet_case_code IF EXISTS",
)
_Session = Callable[[], neo4j.Session]


def needs_work(runner: Runner) -> bool:
    """Tell whether a store is of an earlier form, or was written by the offline importer and never opened since."""
    kept = fetch(runner, f"{_STORE} RETURN s.format, coalesce(s.derived, true)")
    return bool(kept) and (kept[0][0] < FORMAT or not kept[0][1])


def bring_up_to_date(open_session: _Session, make_rules: Callable[[], None]) -> None:
    """Do what is still to do, and make the constraints and indexes in between; loads wait meanwhile.

    Raises
    ------
    StoreError
        If a load is under way.
    """
    with open_session() as session:
        if not session.execute_read(needs_work):
            return make_rules()
    with Lease(open_session, None) as lease, open_session() as session:
        lease.begun = True
        form = session.execute_read(lambda tx: fetch_column(tx, f"{_STORE} RETURN s.format")[0])
        if form < 2:
            _from_first(session)
        make_rules()
        derive_all(open_session)
        if form < FORMAT:
            session.execute_write(_tell_runs)
        done = f"{_STORE} SET s.format = $format REMOVE s.derived"
        session.execute_write(lambda tx: run(tx, done, format=FORMAT).consume())


def _from_first(session: neo4j.Session) -> None:
    for rule in _OLD_RULES:
        run(session, rule).consume()
    for cypher in _removals(session):
        while session.execute_write(partial(_changed, cypher)):
            pass
    for cypher in _renamings():
        while session.execute_write(partial(_changed, cypher)):
            pass
    zone = session.execute_read(lambda tx: fetch_column(tx, f"{_STORE} RETURN s.zone")[0]) or DEFAULT_ZONE
    while session.execute_write(partial(_to_local_days, zone=zone)):
        pass


def _tell_runs(runner: Runner) -> None:
    """Let every run say what can be read of it now; the order in which they were made stands for that of asking.

    Whether one was as of an earlier day nobody wrote down. It was where it stops before the last instant on record, and
    one made before it went further, or the store has not changed since; else it may have been of all there was then.
    """
    told = f"MATCH (r:Run {{run: $run}}) SET r += {{{FACTS}}}, r.asked = r.number, r.ofEverybody = $everybody"
    now, furthest = read_revision(runner), NEVER
    for header in list_runs(runner):
        until = EVER if header.as_of is None else header.as_of
        everybody = not cases_of(header.options)
        if everybody and not reaches_last(runner, header.as_of):
            everybody = until >= furthest and header.revision != now
        furthest = max(furthest, until) if everybody else furthest
        facts = {**clock(read_derivation(runner).zone), "everybody": everybody, **facts_of(header)}
        run(runner, told, run=header.id, **facts).consume()
    label_latest(runner)


def _changed(cypher: str, runner: Runner) -> int:
    return int(fetch_column(runner, cypher, batch=_AT_ONCE)[0])


def _removals(session: neo4j.Session) -> Iterator[str]:
    """Give what removes the results of every run, some at a time."""
    runs = session.execute_read(lambda tx: fetch_column(tx, "MATCH (r:Run) WHERE r.results IS NOT NULL RETURN r.run"))
    for cypher in REMOVED if runs else ():
        found = cypher.replace(" WHERE r.run = $run", "").replace(" {run: $run}", "").replace("$batch", str(_AT_ONCE))
        yield found + " RETURN count(*)"
    yield "MATCH (r:Run) WHERE r.results IS NOT NULL REMOVE r.results RETURN 0"


def _renamings() -> Iterator[str]:
    """Give what renames the properties of each kind of node and relationship, some at a time."""
    for name in (*NODES, *EDGES):
        old = [column for column in property_columns(name) if "_" in column]
        yield _renaming(pattern_of(name, "x"), {column: property_of(column) for column in old})
    yield _renaming("(x:Run)", {"as_of": "asOf"})
    yield _renaming(
        "(x:TruyVetStore)", {"last_number": "lastNumber", "made_by": "madeBy", "last_of": "_", "writing_until": "_"}
    )


def _renaming(pattern: str, names: dict[str, str]) -> str:
    left = " OR ".join(f"x.{old} IS NOT NULL" for old in names)
    put = ", ".join(f"x.{new} = coalesce(x.{old}, x.{new})" for old, new in names.items() if new != "_")
    gone = ", ".join(f"x.{old}" for old in names)
    return f"MATCH {pattern} WHERE {left} WITH x LIMIT $batch SET {put} REMOVE {gone} RETURN count(*)"


def _to_local_days(runner: Runner, zone: str) -> int:
    """Move some visits from the day of UTC to the local one; return how many."""
    moved: list[Any] = fetch_column(
        runner,
        "MATCH (p:Person)-[v:VISITED]->(d:PlaceDay)-[:OF]->(x:Place) "
        f"WITH p, v, d, x, CASE WHEN abs(v.start) <= {LAST_SECOND} THEN "
        "duration.inDays(date('1970-01-01'), date(datetime({epochSeconds: v.start, timezone: $zone}))).days "
        f"ELSE toInteger(floor(v.start / {float(DAY)})) END AS day "
        f"WHERE day <> d.day AND abs(v.start) <= {LAST_SECOND} WITH p, v, d, x, day LIMIT $batch "
        "MERGE (e:PlaceDay {place: d.place, day: day}) "
        "ON CREATE SET e.last = d.last ON MATCH SET e.last = CASE WHEN e.last < d.last THEN d.last ELSE e.last END "
        "MERGE (e)-[:OF]->(x) "
        "WITH p, v, d, e, properties(v) AS kept DELETE v CREATE (p)-[w:VISITED]->(e) SET w = kept "
        "WITH DISTINCT d, count(*) AS n CALL (d) { WITH d WHERE NOT EXISTS { (d)<-[:VISITED]-() } DETACH DELETE d } "
        "RETURN sum(n)",
        zone=zone,
        batch=_AT_ONCE,
    )
    return int(moved[0])
