"""Which run answers: the one last asked for, also again, of everybody and the last day; others by their id."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from small_records import JULY, records_of

from cli.main import run as truyvet
from cli.use_cases.tiers import run_of
from graph import LoadEntry, open_store
from graph.neo4j.login import Login
from graph.neo4j.queries import ask_query, find_query
from graph.neo4j.results import write_results
from graph.neo4j.store import Neo4jStore
from tests.fixtures_neo4j import Neo4jServer
from tests.neo4j.test_chapter import QUESTIONS
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers
from tracing.times import DAY
from tracing.zones.zones import suggest_zones

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
HOUR = 3600
TABLES: dict[str, Any] = {
    "persons": [{"person": p, "area": "a"} for p in ("BN1", "BN2", "K1", "K2", "K3", "K4")],
    "areas": [{"area": "a", "level": "hamlet"}],
    "cases": [{"person": p, "case_code": p, "onset": JULY, "sample": JULY} for p in ("BN1", "BN2")],
    "contacts": [
        {"contact": "c1", "person_a": "BN1", "person_b": "K1", "start": JULY + HOUR, "end": JULY + 2 * HOUR},
        {"contact": "c2", "person_a": "BN2", "person_b": "K2", "start": JULY + DAY, "end": JULY + DAY + HOUR},
    ],
    "visits": [{"visit": "v", "person": "BN1", "place": "cafe", "start": JULY}],
    "places": [{"place": "cafe", "kind": "cafe"}],
}
MORE = {"contact": "c3", "person_a": "BN1", "person_b": "K3", "start": JULY + DAY, "end": JULY + DAY + 60}


@pytest.fixture
def address(keep: Callable[[dict[str, Any]], str]) -> str:
    return keep(TABLES)


def f1(address: str, **values: Any) -> list[str]:
    with open_store(address) as store:
        assert isinstance(store, Neo4jStore)
        return [row["person"] for row in ask_query(store, find_query("f1-not-isolated"), values).to_dicts()]


def tiers(address: str, *options: str) -> None:
    assert truyvet(["tiers", "--policy", "vn-3638", *options, "--store", address, "--quiet"]) == 0


def latest(server: Neo4jServer) -> list[str]:
    return [row["run"] for row in server.run("MATCH (r:LatestRun {command: 'tiers'}) RETURN r.run AS run")]


def test_a_load_that_was_taken_back_leaves_nobody(address: str, neo4j_server: Neo4jServer) -> None:
    tiers(address)
    before, first = f1(address), latest(neo4j_server)
    with open_store(address) as store:
        store.write(records_of({"contacts": [MORE]}), load=LoadEntry.build(who="test", files={"extra.csv": "1"}))
    tiers(address)
    assert "K3" in f1(address) and latest(neo4j_server) != first
    with open_store(address) as store:
        store.undo_load()
    tiers(address)
    assert f1(address) == before == sorted(["K1", "K2"], reverse=True)
    assert latest(neo4j_server) == first
    with neo4j_server.driver() as driver, driver.session() as session:
        assert session.run(QUESTIONS[1]).value("person") == ["K1", "K2"]
        assert session.run(QUESTIONS[12]).value("person") == []


def stay(server: Neo4jServer) -> tuple[str | None, int]:
    [row] = server.run(
        "MATCH (s:TruyVetStore) MATCH ()-[v:VISITED]->() RETURN s.staysOf AS rule, v.stayTo - v.start AS lasts"
    )
    return row["rule"], row["lasts"]


def test_stays_are_those_of_the_run_that_is_the_latest(address: str, neo4j_server: Neo4jServer) -> None:
    tiers(address)
    usual, first = stay(neo4j_server), latest(neo4j_server)
    assert usual[0] == "vn-3638"
    with Neo4jStore(address, login=Login(neo4j_server.user, neo4j_server.password)) as store:
        shipped = load_policy("vn-3638")
        longer = replace(shipped, id="own", digest="own", stays={**shipped.stays, "cafe": shipped.stays["hospital"]})
        traced = trace_tiers(store.slice(), policy=longer)
        other = run_of(traced)
        write_results(store, other, tiers=traced)
        assert stay(neo4j_server) == ("own", int(shipped.stays["hospital"].seconds)) != usual
        tiers(address)
        assert (stay(neo4j_server), latest(neo4j_server)) == (usual, first), "the same run again"
        write_results(store, other, tiers=traced)
        assert stay(neo4j_server)[0] == "own" and latest(neo4j_server) == [other.id]
        of_one = trace_tiers(store.slice(cases=["BN1"]), policy=shipped)
        write_results(store, run_of(of_one, ["BN1"]), tiers=of_one)
        assert stay(neo4j_server)[0] == "own" and latest(neo4j_server) == [other.id], "it is of one case"
        store.delete_run(other.id)
    assert (stay(neo4j_server), latest(neo4j_server)) == (usual, first), "the other one is gone"


def test_zones_of_everybody_are_asked_for_whichever_command_wrote_them(address: str) -> None:
    """A run that wrote tiers and zones together, as truyvet demo does, comes before a later one of some cases."""
    with open_store(address) as store:
        assert isinstance(store, Neo4jStore)
        traced = trace_tiers(store.slice(), policy=load_policy("vn-3638"))
        together = run_of(traced)
        assert write_results(store, together, tiers=traced, zones=suggest_zones(traced))
        of_one = trace_tiers(store.slice(cases=["BN1"]), policy=load_policy("vn-3638"))
        assert write_results(store, run_of(of_one, ["BN1"], command="zones"), zones=suggest_zones(of_one))
        asked = ask_query(store, find_query("crossed-from-zone"), {"since": "2021-07-01"}).run
        assert asked is not None and (asked.id, asked.cases) == (together.id, ())


@pytest.mark.parametrize("narrow", [("--case", "BN1"), ("--as-of", "2021-07-01")])
def test_a_run_of_some_cases_or_an_earlier_day_is_asked_by_its_id_and_said(
    address: str, neo4j_server: Neo4jServer, capsys: pytest.CaptureFixture[str], narrow: tuple[str, str]
) -> None:
    asked = ["query", "f1-not-isolated", "--store", address, "--lang", "en"]
    tiers(address, *narrow)
    assert latest(neo4j_server) == [] and f1(address) == ["K1"], "without another one it is what there is"
    capsys.readouterr()
    assert truyvet(asked) == 0
    told = capsys.readouterr().out
    assert ("of BN1 alone" in told) == (narrow[0] == "--case") != ("of all cases, as of the end of 1 Jul" in told)
    tiers(address)
    everybody = latest(neo4j_server)
    tiers(address, *narrow)
    assert latest(neo4j_server) == everybody != []
    assert f1(address) == ["K2", "K1"]
    capsys.readouterr()
    assert truyvet([*asked, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["run"] == everybody[0] and found["cases"] == [] and found["as_of"] == JULY + 2 * DAY
    [run] = neo4j_server.run(
        "MATCH (r:Run) WHERE NOT r:LatestRun RETURN r.run AS run, r.cases AS cases, r.asOfAt AS at"
    )
    assert f1(address, run=run["run"]) == ["K1"]
    assert run["cases"] == (["BN1"] if narrow[0] == "--case" else None)
    assert run["at"].iso_format().startswith("2021-07-0")
    assert truyvet([*asked, "--csv", "-p", f"run={run['run']}"]) == 0
    assert f"By run {run['run']}, of " in capsys.readouterr().err
    with neo4j_server.driver() as driver, driver.session() as session:
        assert session.run(QUESTIONS[12]).value("person") == []
