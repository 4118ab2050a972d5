"""What a person reads off the graph: native times, local days, ends of stays, the latest run; stores of old forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from neo4j_graph import assert_same_graph, graph_of
from small_records import JULY, records_of

from graph import Run
from graph.neo4j.derived import local_days, native
from graph.neo4j.login import Login
from graph.neo4j.migrate import _to_local_days
from graph.neo4j.model import EDGES, NODES, property_columns, property_of
from graph.neo4j.results import write_results
from graph.neo4j.store import Neo4jStore
from tests.fixtures_neo4j import Neo4jServer
from tracing.errors import StoreError
from tracing.policy.shipped import load_policy
from tracing.tiers.colocation import read_visits
from tracing.tiers.tiers import Tiers, trace_tiers
from tracing.times import DAY, local

pytestmark = pytest.mark.neo4j
MORNING = JULY + 5 * 3600
TABLES: dict[str, Any] = {
    "persons": [{"person": "BN1", "national_id": "1", "area": "a"}, {"person": "K1", "area": "a"}],
    "cases": [{"person": "BN1", "case_code": "1", "onset": JULY, "sample": JULY + DAY}],
    "contacts": [{"contact": "c1", "person_a": "BN1", "person_b": "K1", "start": JULY, "end": JULY + 600}],
    "visits": [
        {"visit": "early", "person": "BN1", "place": "cafe", "start": MORNING},
        {"visit": "open", "person": "K2", "place": "cafe", "start": MORNING + 1800},
        {"visit": "at work", "person": "BN1", "place": "mill", "start": JULY + DAY},
        {"visit": "left", "person": "K3", "place": "mill", "start": JULY + DAY, "end": JULY + DAY + 60},
        {"visit": "day", "person": "K4", "place": "mill", "start": JULY, "start_to": JULY + DAY},
        {"visit": "far", "person": "K4", "place": "nowhere", "start": JULY + 2 * DAY},
    ],
    "places": [{"place": "cafe", "kind": "cafe"}, {"place": "mill", "kind": "factory"}],
    "areas": [{"area": "a", "name": "Ấp 1", "level": "hamlet", "parent": "b"}, {"area": "b", "level": "commune"}],
    "links": [{"link": "l1", "source": "BN1", "target": "K1", "date": JULY}],
}


@pytest.fixture
def store(neo4j_server: Neo4jServer) -> Iterator[Neo4jStore]:
    neo4j_server.run("MATCH (n) DETACH DELETE n")
    with open_at(neo4j_server) as opened:
        opened.write(records_of(TABLES))
        yield opened


def open_at(server: Neo4jServer, **options: Any) -> Neo4jStore:
    return Neo4jStore(server.uri, login=Login(server.user, server.password), **options)


def traced(store: Neo4jStore, rule: str = "vn-3638") -> tuple[Tiers, Run]:
    tiers = trace_tiers(store.slice(), policy=load_policy(rule))
    run = Run.build("tiers", inputs=rule, version="0", tables={}, policy=rule)
    assert write_results(store, run, tiers=tiers)
    return tiers, run


def test_what_is_shown_is_what_the_records_say(neo4j_server: Neo4jServer, store: Neo4jStore) -> None:
    ask = neo4j_server.run
    [case] = ask("MATCH (c:Case) RETURN c.onsetAt AS onset, c.confirmedAt AS confirmed, c.caseCode AS code")
    assert case["onset"].to_native() == local(JULY) and case["confirmed"] is None and case["code"] == "1"
    within = "MATCH ()-[c:CONTACT]->() WHERE datetime($a) < c.startAt < datetime($b) RETURN c.endAt AS end"
    [contact] = ask(within, a=str_of(JULY - 1), b=str_of(JULY + 1))
    assert contact["end"].to_native() == local(JULY + 600)
    days = {row["v"]: row["d"] for row in ask("MATCH ()-[v:VISITED]->(d) RETURN v.visit AS v, d.date AS d")}
    assert days["early"].to_native() == days["day"].to_native() == date(2021, 7, 1)
    [there] = ask("MATCH (:Person {person: 'K1'})-[:LIVES_IN]->(:Area)-[:PART_OF]->(up:Area) RETURN up.area AS up")
    assert there["up"] == "b"
    assert_stays(neo4j_server, *traced(store)[:1])


def test_a_stay_lasts_as_the_rule_of_the_latest_run_and_the_kind_of_place_say(
    neo4j_server: Neo4jServer, store: Neo4jStore
) -> None:
    tiers, _ = traced(store)
    assert_stays(neo4j_server, tiers)
    store.write(records_of({"places": [{"place": "nowhere", "kind": "hospital"}]}))
    assert_stays(neo4j_server, trace_tiers(store.slice(), policy=tiers.policy))
    shipped = load_policy("vn-3468")
    longer = {"cafe": shipped.stays["hospital"], "default": shipped.stays["household"]}
    other = replace(shipped, stays={**shipped.stays, **longer})
    graph = trace_tiers(store.slice(), policy=other)
    write_results(store, Run.build("tiers", inputs="x", version="0", tables={}, policy=other.id), tiers=graph)
    assert_stays(neo4j_server, graph)
    store.write(records_of({"visits": [{"visit": "late", "person": "K9", "place": "cafe", "start": JULY}]}))
    assert_stays(neo4j_server, trace_tiers(store.slice(), policy=other))


def assert_stays(server: Neo4jServer, tiers: Tiers) -> None:
    """Every visit in the graph lasts as *tracing* takes it to last."""
    times = read_visits(tiers.graph, tiers.policy)
    names = times.table.texts("visit").take(times.row)
    wanted = {v: (int(hi), bool(a)) for v, hi, a in zip(names, times.hi, times.end_assumed, strict=True)}
    found = server.run("MATCH ()-[v:VISITED]->() RETURN v.visit AS v, v.stayTo AS to, v.endAssumed AS assumed")
    assert {row["v"]: (row["to"], row["assumed"]) for row in found} == wanted
    for row in server.run(
        "MATCH ()-[v:VISITED]->() WHERE v.stayTo < 10000000000 RETURN v.stayTo AS to, v.stayToAt AS at"
    ):
        assert row["at"].to_native() == local(row["to"])


def test_results_are_found_by_the_obvious_paths(neo4j_server: Neo4jServer, store: Neo4jStore) -> None:
    ask = neo4j_server.run
    _, first = traced(store)
    tiers, run = traced(store, "vn-3468")
    assert [row["run"] for row in ask("MATCH (r:LatestRun {command: 'tiers'}) RETURN r.run AS run")] == [run.id]
    f1 = ask("MATCH (p:Person)-[:F1_OF {run: $run}]->(c:Case) RETURN p.person AS p, c.person AS c", run=run.id)
    wanted = tiers.parents[tiers.parents["tier"] == 1]
    assert {(r["p"], r["c"]) for r in f1} == set(zip(wanted["person"], wanted["parent"], strict=True)) != set()
    rows = ask(
        "MATCH (:Person)-[e:EXPOSED_BY {run: $run}]->() WHERE e.joined MATCH (p)-[v:VISITED]->(d) "
        "WHERE v.visit IN e.visits RETURN e.contact AS contact, collect(v.visit) AS visits",
        run=run.id,
    )
    assert rows and all(sorted(row["visits"]) == sorted(row["contact"].split("~")) for row in rows)
    [seen] = ask(
        "MATCH (:Person {person: 'K1'})-[t:HAS_TIER {run: $run}]->() RETURN t.firstExposureAt AS at", run=run.id
    )
    assert seen["at"].to_native() == local(int(tiers.table.set_index("person").loc["K1", "first_exposure"]))
    store.delete_run(run.id)
    assert [row["run"] for row in ask("MATCH (r:LatestRun) RETURN r.run AS run")] == [first.id]


def test_a_store_of_the_first_form_is_brought_up_to_date(neo4j_server: Neo4jServer, store: Neo4jStore) -> None:
    neo4j_server.run("MATCH (d:PlaceDay) SET d.last = 9000000000")  # an upper bound, which moving visits may raise
    records, graph = store.read(), graph_of(neo4j_server)
    traced(store)
    store.close()
    to_first_form(neo4j_server)
    with pytest.raises(StoreError, match="earlier form"):
        open_at(neo4j_server, read_only=True)
    with open_at(neo4j_server, create=False) as opened:
        assert opened.read().content_hash() == records.content_hash()
        opened.delete_run(opened.runs()[0].id)
    neo4j_server.run("MATCH (s:TruyVetStore) REMOVE s.stays, s.staysOf, s.lastNumber")
    for name in neo4j_server.run("SHOW INDEXES YIELD name WHERE name STARTS WITH 'truyvet' RETURN name"):
        if name["name"] not in graph.indexes:
            neo4j_server.run(f"DROP {'INDEX' if name['name'] in INDEXES else 'CONSTRAINT'} {name['name']}")
    with open_at(neo4j_server):
        pass
    found = graph_of(neo4j_server)
    assert_same_graph(found, graph)


def test_an_exposure_on_a_day_is_shown_on_that_day(neo4j_server: Neo4jServer, store: Neo4jStore) -> None:
    """Somebody exposed for certain at some time of a day counts from its end on: an instant of the next one."""
    hour = {"start": JULY + 3600, "end": JULY + 7200}
    day = {"start": JULY + DAY, "start_to": JULY + 2 * DAY, "end": JULY + DAY, "end_to": JULY + 2 * DAY}
    rows = [
        {"contact": "near", "person_a": "BN1", "person_b": "K5", "distance_m": 1.0, **hour},
        {"contact": "unknown", "person_a": "BN1", "person_b": "K6", **hour},
        {"contact": "that day", "person_a": "K5", "person_b": "K6", "distance_m": 1.0, "time_kind": "sometime", **day},
    ]
    store.write(records_of({"contacts": rows}))
    tiers, run = traced(store, "vn-3468")
    found = neo4j_server.run(
        "MATCH (p:Person {person: 'K6'})-[e:EXPOSED_BY {run: $run}]->() "
        "RETURN e.contact AS contact, e.exposureAt AS at, e.certain AS certain ORDER BY contact",
        run=run.id,
    )
    told = [(row["contact"], row["at"].to_native().date(), row["certain"]) for row in found]
    assert told == [("that day", date(2021, 7, 2), True), ("unknown", date(2021, 7, 1), False)]
    late = tiers.parents[tiers.parents["contact"] == "that day"]
    assert (late["exposure"] > late["until"]).all(), "what counts is after it"


def test_what_is_known_by_day_lasts_to_the_end_of_its_last_day(neo4j_server: Neo4jServer, store: Neo4jStore) -> None:
    """Native times are half-open; a store of the second form gets them too, and its runs say whose they are."""
    one_day, days = {"start": JULY, "start_to": JULY + DAY}, {"end": JULY + 2 * DAY, "end_to": JULY + 3 * DAY}
    times: dict[str, tuple[dict[str, int], int | None]] = {
        "one day": ({**one_day, "end": JULY, "end_to": JULY + DAY}, JULY + DAY),
        "days": ({**one_day, **days}, JULY + 3 * DAY),
        "begun on a day": (one_day, JULY + DAY),
        "an instant": ({"start": JULY}, JULY + 1),
        "an hour": ({"start": JULY, "end": JULY + 3600}, JULY + 3600),
        "ended": ({"end": JULY, "end_to": JULY + DAY}, JULY + DAY),
        "undated": ({}, None),
        "far": ({"start": 1 << 62}, None),
    }
    rows = [{"contact": name, "person_a": "BN1", "person_b": "K1", **given} for name, (given, _) in times.items()]
    isolated = [{"isolation": n, "person": "K1", **g} for n, (g, _) in times.items() if n not in ("ended", "undated")]
    tests = [{"test": "t", "person": "K1", **{"sample": JULY, "sample_to": JULY + DAY}}]
    store.write(records_of({"contacts": rows, "isolations": isolated, "tests": tests}))
    open_ones = ("begun on a day", "an instant", "far")

    def assert_shown() -> None:
        found = neo4j_server.run("MATCH ()-[c:CONTACT]->() RETURN c.contact AS id, c.endAt AS until")
        found += neo4j_server.run("MATCH (i:Isolation) RETURN 'i ' + i.isolation AS id, i.endAt AS until")
        until = {row["id"]: None if row["until"] is None else row["until"].to_native() for row in found}
        for name, (_given, wanted) in times.items():
            at = None if wanted is None else local(wanted)
            assert until[name] == at, name
            assert until.get(f"i {name}") == (None if name in (*open_ones, "ended") else at), name
        noon = "MATCH ()-[c:CONTACT]->() WHERE c.startAt <= datetime($t) < c.endAt RETURN collect(c.contact) AS ids"
        ids = set(neo4j_server.run(noon, t=str_of(JULY + DAY // 2))[0]["ids"])
        assert ids & times.keys() == {"one day", "days", "begun on a day"}
        [row] = neo4j_server.run("MATCH (t:Test) MATCH ()-[l:LINK]->() RETURN t.sampleAt AS at, l.dateAt AS date")
        assert row["at"].to_native() == row["date"].to_native() == local(JULY)

    assert_shown()
    run = Run.build("tiers", inputs="x", version="0", tables={}, policy="vn-3638")
    assert write_results(store, run)
    neo4j_server.run("MATCH ()-[c:CONTACT]->() SET c.endAt = c.startAt")
    neo4j_server.run("MATCH (i:Isolation|Test) REMOVE i.startAt, i.endAt, i.sampleAt")
    neo4j_server.run("MATCH ()-[l:LINK]->() REMOVE l.dateAt")
    neo4j_server.run("MATCH (r:Run) REMOVE r.asked, r.ofEverybody, r.createdAt, r.cases, r.asOfAt, r.stays")
    neo4j_server.run("MATCH (s:TruyVetStore) SET s.format = 2")
    with open_at(neo4j_server):
        assert_shown()
    [kept] = neo4j_server.run("MATCH (r:LatestRun) RETURN r.run AS run, r.ofEverybody AS all, r.createdAt AS at")
    assert (kept["run"], kept["all"], kept["at"].to_native()) == (run.id, True, local(run.created))


@pytest.mark.parametrize("last", ["everybody", "earlier", "more came since"])
def test_runs_of_the_second_form_are_of_everybody_or_of_an_earlier_day(
    neo4j_server: Neo4jServer, store: Neo4jStore, last: str
) -> None:
    """One of all cases that stops before an earlier one did, or before records as they still are, is of that day."""
    until = store.last_instant()
    assert until is not None

    def run_of(name: str, as_of: int | None, *cases: str) -> str:
        given = {"inputs": name, "version": "0", "tables": {}, "revision": store.revision(), "as_of": as_of}
        made = Run.build("tiers", **given, options={"cases": list(cases)})
        assert write_results(store, made)
        return made.id

    kept = {name: run_of(name, until + 1) for name in ("first", "second") if last == "everybody"}
    kept["of one"] = run_of("of one", until + 1, "BN1")
    kept["earlier"] = run_of("earlier", until - DAY)
    if last == "more came since":
        store.write(records_of({"contacts": [{"person_a": "BN1", "person_b": "K9", "start": JULY}]}))
    neo4j_server.run("MATCH (r:Run) REMOVE r.asked, r.ofEverybody, r:LatestRun")
    neo4j_server.run("MATCH (s:TruyVetStore) SET s.format = 2")
    with open_at(neo4j_server):
        pass
    wanted = {"everybody": "second", "earlier": None, "more came since": "earlier"}[last]
    found = {row["run"] for row in neo4j_server.run("MATCH (r:LatestRun) RETURN r.run AS run")}
    assert found == ({kept[wanted]} if wanted else set())


INDEXES = ("truyvet_exposed", "truyvet_led", "truyvet_holds", "truyvet_enters", "truyvet_household", "truyvet_f1_of")


def to_first_form(server: Neo4jServer) -> None:
    """Put a store back into the form of the first version: names as those of columns, days of UTC, nothing derived."""
    with server.driver() as driver, driver.session() as session:
        session.execute_write(lambda tx: _to_local_days(tx, "UTC"))
    for rule in ("DROP CONSTRAINT truyvet_area_version", "DROP INDEX truyvet_case_code"):
        server.run(rule)
    for name in (*NODES, *EDGES):
        pattern = f"()-[x:{EDGES[name].type}]->()" if name in EDGES else f"(x:{NODES[name].label})"
        for column in property_columns(name):
            new = property_of(column)
            if new != column:
                server.run(f"MATCH {pattern} SET x.{column} = x.{new} REMOVE x.{new}")
            server.run(f"MATCH {pattern} REMOVE x.{native(column)}")
    server.run("MATCH ()-[v:VISITED]->() REMOVE v.stayTo, v.stayToAt, v.endAssumed")
    server.run("MATCH (d:PlaceDay) REMOVE d.date")
    server.run("MATCH ()-[r:PART_OF]->() DELETE r")
    server.run("MATCH (s:TruyVetStore) SET s.format = 1, s.last_number = s.lastNumber REMOVE s.lastNumber, s.stays")
    server.run("CREATE CONSTRAINT truyvet_area_version FOR (x:AreaVersion) REQUIRE x.area_version IS UNIQUE")
    server.run("CREATE RANGE INDEX truyvet_case_code FOR (x:Case) ON (x.case_code)")


def test_days_are_those_of_the_zone_and_of_utc_where_no_calendar_goes() -> None:
    at = pd.Series([MORNING, JULY - 1, 1 << 62, -(1 << 61)])
    assert local_days(at, "Asia/Ho_Chi_Minh").tolist() == [18809, 18808, (1 << 62) // DAY, -(1 << 61) // DAY]


def str_of(at: int) -> str:
    return local(at).isoformat()


def test_a_graph_of_others_is_left_alone(neo4j_server: Neo4jServer) -> None:
    neo4j_server.run("MATCH (n) DETACH DELETE n")
    neo4j_server.run("CREATE (:Person {name: 'somebody'})")
    with pytest.raises(StoreError, match="not one of truyvet"):
        open_at(neo4j_server)
    assert neo4j_server.run("MATCH (n) RETURN count(n) AS n")[0]["n"] == 1
    neo4j_server.run("MATCH (n) DELETE n")
