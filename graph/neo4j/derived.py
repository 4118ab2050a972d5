"""What a person reads off the graph beside the records: native times, local days, ends of stays, areas in areas.

All of it follows from the records, is written with them, and is never read back. The server works it out, by the same
words in a load, after an offline import, when an old store is brought up to date, and when a run assumes other stays.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import neo4j
import numpy as np
import pandas as pd
from neo4j.time import Duration

from graph.neo4j.model import key_property, label_of, pattern_of, property_of
from graph.neo4j.odd import fits
from graph.neo4j.rows import Runner, fetch, fetch_column, run
from tracing.policy.model import Policy
from tracing.policy.stays import ASSUMED_STAYS
from tracing.times import DAY, DEFAULT_ZONE

TIMES: Final[Mapping[str, tuple[str, ...]]] = {
    "cases": ("onset", "sample", "confirmed", "isolated"),
    "contacts": ("start", "end"),
    "visits": ("start",),
    "tests": ("sample", "resulted"),
    "isolations": ("start", "end"),
    "arrivals": ("arrived",),
    "links": ("date",),
}
"""Columns of which the graph shows a native time too: ``start`` is ``startAt``.

It is the first instant of what is known by day only; ``endAt`` is when it is over, so that ``startAt <= t < endAt``.
"""
LAST_SECOND: Final = 253_402_300_799
"""No native time lies after it, or as far before 1970."""
LAST_DAY: Final = LAST_SECOND // DAY
_LATE: Final = 1 << 62
"""Nothing is added to a time after it."""
_AT_ONCE: Final = 10_000
_SECOND: Final = Duration(seconds=1)

_LATEST: Final = (
    "MATCH (s:TruyVetStore {key: 'store'}) OPTIONAL MATCH (r:LatestRun {command: 'tiers'}) "
    "WITH s, CASE WHEN r IS NULL THEN $usual ELSE coalesce(r.stays, s.stays, $usual) END AS stays, r.policy AS rule "
)
_SETTLED: Final = f"{_LATEST}WHERE coalesce(s.stays, $usual) = stays AND s.settling IS NULL RETURN 1"
_SETTLING: Final = f"{_LATEST}SET s.stays = stays, s.staysOf = rule, s.settling = true RETURN stays"
_DONE: Final = "MATCH (s:TruyVetStore {key: 'store'}) WHERE s.stays = $stays REMOVE s.settling"
_RULE: Final = f"{_LATEST}WHERE coalesce(s.staysOf, '') <> coalesce(rule, '') SET s.staysOf = rule"

Session = Callable[[], AbstractContextManager[neo4j.Session]]


@dataclass(frozen=True)
class Derivation:
    """By what the server works out what follows: the time zone, and seconds of an assumed stay by kind of place."""

    zone: str
    stays: Mapping[str, int]

    @property
    def parameters(self) -> dict[str, Any]:
        """Return what the words of this module ask for."""
        return clock(self.zone) | {"stays": dict(self.stays)}


def stays_of(policy: Policy | None = None) -> dict[str, int]:
    """Return the seconds that a visit without check-out is taken to last, by kind of place."""
    stays = ASSUMED_STAYS if policy is None else policy.stays
    return {kind: max(int(stay.seconds), 1) for kind, stay in sorted(stays.items())}


def told_stays(stays: Mapping[str, int]) -> str:
    """Return stays as the graph keeps them."""
    return json.dumps(stays, sort_keys=True)


def read_derivation(runner: Runner, zone: str | None = None) -> Derivation:
    """Return what the store goes by: its zone (else ``zone``), and the stays of the rule of its latest run."""
    found = fetch(runner, "MATCH (s:TruyVetStore {key: 'store'}) RETURN s.zone, s.stays")
    kept, stays = found[0] if found else (None, None)
    return Derivation(kept or zone or DEFAULT_ZONE, stays_of() if stays is None else json.loads(stays))


def moment(seconds: str) -> str:
    """Return the words for the native time of integer seconds; absent where a year would not have four digits."""
    return f"CASE WHEN -{LAST_SECOND} <= {seconds} <= {LAST_SECOND} THEN $epoch + $tick * {seconds} END"


def clock(zone: str) -> dict[str, Any]:
    """Return the parameters of :func:`moment`: adding seconds to 1970 costs a third of reading the zone every time."""
    return {"zone": zone, "epoch": pd.Timestamp(0, tz=zone), "tick": _SECOND}


def native(column: str) -> str:
    """Return the property that shows a time column natively."""
    return f"{property_of(column)}At"


def natives(name: str, columns: Iterable[str], value: Callable[[str], str]) -> dict[str, str]:
    """Return properties that show columns of a table natively, each with its expression; ``value`` is that of a column.

    Of a contact without end ``endAt`` is that of its beginning; an isolation without end has none.
    """
    given = set(columns)
    shown = {native(c): moment(value(c)) for c in TIMES.get(name, ()) if c in given and c != "end"}
    if name in ("contacts", "isolations") and given & ({"start", "end"} if name == "contacts" else {"end"}):
        shown["endAt"] = moment(_over(name, value))
    return shown


def _over(name: str, value: Callable[[str], str]) -> str:
    """Return the expression of when something is over: half-open, and an instant lasts a second."""
    start, end = value("start"), value("end")
    until = f"CASE WHEN {value('end_to')} > {end} THEN {value('end_to')} ELSE {end} END"
    until = f"coalesce({until}, {value('start_to')})" if name == "contacts" else until
    return (
        f"CASE WHEN {until} <= {start} AND -{LAST_SECOND} <= {start} <= {LAST_SECOND} THEN {start} + 1 ELSE {until} END"
    )


STAY: Final = f"""
    WITH v, x, CASE WHEN v.start > {_LATE} THEN v.start WHEN v.end IS NULL AND v.startTo > v.start THEN v.startTo
        WHEN v.end IS NULL THEN v.start + coalesce($stays[x.kind], $stays['default'])
        WHEN v.endTo > v.end THEN v.endTo ELSE v.end END AS until
    WITH v, CASE WHEN until > v.start OR v.start > {_LATE} THEN until ELSE v.start + 1 END AS until
    SET v.stayTo = until, v.endAssumed = v.end IS NULL AND coalesce(v.startTo, v.start) <= v.start,
        v.stayToAt = {moment("until")}"""
"""Tell a visit ``v`` at the place ``x`` how long it lasts, as :func:`tracing.tiers.colocation.read_visits` takes it."""

_IN_AREA: Final = """
    MATCH (x:Area) WHERE x.area IN $areas
    CALL (x) { MATCH (x)-[r:PART_OF]->() DELETE r }
    WITH DISTINCT x MATCH (x)<-[:VERSION_OF]-(v:AreaVersion)
    WITH x, v ORDER BY coalesce(v.validFrom, $lowest), v.areaVersion
    WITH x, last(collect(v)) AS latest SET x.name = latest.name, x.level = latest.level
    WITH latest, x MATCH (latest)-[:WITHIN]->(up:Area) MERGE (x)-[:PART_OF]->(up)"""


def local_days(seconds: pd.Series, zone: str) -> np.ndarray:
    """Return the days since 1970 of the calendar of ``zone`` in which instants lie, as whole numbers."""
    at = seconds.to_numpy(dtype=np.int64)
    native_ones = np.where(np.abs(at) <= LAST_SECOND, at, 0)
    shown = pd.DatetimeIndex(native_ones.astype("datetime64[s]")).tz_localize("UTC").tz_convert(zone).tz_localize(None)
    local = shown.to_numpy().astype("datetime64[s]").astype(np.int64)
    days: np.ndarray = np.where(np.abs(at) <= LAST_SECOND, local, at) // DAY
    return days


def derive_all(open_session: Session) -> None:
    """Work everything out anew, some rows at a time: for records that were written by other means."""
    with open_session() as session:
        for name in TIMES:
            _derive_rows(session, name)
        days = (
            "MATCH (d:PlaceDay) WHERE d.date IS NULL AND abs(d.day) <= $most WITH d LIMIT $batch "
            "SET d.date = date('1970-01-01') + duration({days: d.day}) RETURN count(d)"
        )
        while session.execute_write(lambda tx: fetch(tx, days, most=LAST_DAY, batch=_AT_ONCE))[0][0]:
            pass
        areas = session.execute_read(lambda tx: fetch(tx, "MATCH (x:Area) RETURN collect(x.area)"))[0][0]
        session.execute_write(partial(place_areas, areas=areas))


def derive_missing(open_session: Session) -> None:
    """Work out what rows lack that were added by other means: their native times, and how long stays last."""
    with open_session() as session:
        for name, columns in TIMES.items():
            shown = natives(name, columns, lambda c: f"r.{property_of(c)}")
            lacks = [f"(r.{at} IS NULL AND {value} IS NOT NULL)" for at, value in shown.items()]
            lacks += ["r.stayTo IS NULL"] if name == "visits" else []
            query = (
                f"MATCH {pattern_of(name)} WHERE {fits(name)} AND ({' OR '.join(lacks)}) WITH r LIMIT $batch "
                f"WITH collect(r) AS rows CALL (rows) {{ UNWIND rows AS r {_words(name)} }} RETURN size(rows)"
            )
            while session.execute_write(partial(_derive_some, query=query)):
                pass


def _derive_some(runner: Runner, query: str) -> Any:
    return fetch_column(runner, query, batch=_AT_ONCE, **read_derivation(runner).parameters)[0]


def set_stays(open_session: Session) -> bool:
    """Let stays without check-out last as the rule of the latest run says; return whether they did not before.

    ``settling`` on the store's node says meanwhile that it is not done: broken off, it is done again by the next run.
    """
    usual = told_stays(stays_of())
    with open_session() as session:
        if session.execute_read(partial(fetch_column, cypher=_SETTLED, usual=usual)):
            session.execute_write(lambda tx: run(tx, _RULE, usual=usual).consume())
            return False
        told = session.execute_write(partial(fetch_column, cypher=_SETTLING, usual=usual))[0]
        _derive_rows(session, "visits")
        session.execute_write(lambda tx: run(tx, _DONE, stays=told).consume())
    return True


def settle_stays(open_session: Session, how: Derivation) -> None:
    """Let stays that were written by ``how`` last as the store says now, where a run assumed others meanwhile."""
    with open_session() as session:
        if session.execute_read(read_derivation).stays != how.stays:
            _derive_rows(session, "visits")


def place_areas(runner: Runner, areas: Sequence[str]) -> None:
    """Give areas the name, level and parent of their latest version, for those who browse."""
    run(runner, _IN_AREA, areas=list(areas), lowest=-(1 << 63)).consume()


def settle_places(runner: Runner, places: list[str], how: Derivation) -> None:
    """Let the stays at places last as the kind of place says that these have now."""
    run(
        runner,
        "MATCH (x:Place) USING INDEX SEEK x:Place(place) WHERE x.place IN $places "
        "MATCH (x)<-[:OF]-(:PlaceDay)<-[v:VISITED]-() "
        f"WHERE v.endAssumed AND CASE WHEN v.start IS :: INTEGER NOT NULL AND v.start <= {_LATE} "
        "THEN v.stayTo <> v.start + coalesce($stays[x.kind], $stays['default']) ELSE false END" + STAY,
        places=places,
        **how.parameters,
    ).consume()


def _words(name: str) -> str:
    """Return the words that show the times of rows ``r`` of a table natively, and how long a stay lasts."""
    found = natives(name, TIMES[name], lambda c: f"r.{property_of(c)}")
    shown = ", ".join(f"r.{at} = {value}" for at, value in found.items())
    stay = f" WITH r AS v, endNode(r) AS d MATCH (x:Place {{place: d.place}}){STAY}" if name == "visits" else ""
    return f"SET {shown}{stay}"


def _derive_rows(session: neo4j.Session, name: str) -> None:
    """Work out what follows from every row of a table, some in each transaction, by what the store says then."""
    key = key_property(name)
    query = (
        f"MATCH {pattern_of(name)} USING INDEX SEEK r:{label_of(name)}({key}) "
        f"WHERE r.{key} >= $after AND r.{key} <> $last "
        f"WITH r ORDER BY r.{key} LIMIT $batch WITH collect(r) AS rows, max(r.{key}) AS last "
        f"CALL (rows) {{ UNWIND rows AS r WITH r WHERE {fits(name)} {_words(name)} }} RETURN last"
    )

    def derive_some(tx: Runner) -> Any:
        how = read_derivation(tx)
        return fetch_column(tx, query, after=last or "", last=last or "", batch=_AT_ONCE, **how.parameters)[0]

    last: Any = None
    while (last := session.execute_write(derive_some)) is not None:
        continue
