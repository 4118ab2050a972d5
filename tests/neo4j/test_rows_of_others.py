"""Rows that others wrote: one that does not fit is a finding and counts nowhere, one that fits counts everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import pytest
from small_records import JULY

from cli.main import run as truyvet
from graph import open_store
from graph.neo4j.queries import ask_query, find_query
from graph.neo4j.store import Neo4jStore
from tests.fixtures_neo4j import Neo4jServer
from tracing.times import DAY

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
HOUR: Final = 3600
TABLES: dict[str, Any] = {
    "persons": [{"person": p} for p in ("BN1", "K1", "K2", "K3")],
    "cases": [{"person": "BN1", "case_code": "1", "onset": JULY, "sample": JULY}],
    "contacts": [{"contact": "c1", "person_a": "BN1", "person_b": "K1", "start": JULY, "end": JULY + HOUR}],
    "visits": [{"visit": "v1", "person": "BN1", "place": "cafe", "start": JULY, "end": JULY + HOUR}],
    "places": [{"place": "cafe", "kind": "cafe"}, {"place": "mill", "kind": "factory"}],
    "isolations": [{"isolation": "i1", "person": "K1", "start": JULY + 9 * DAY}],
}
ENDS: Final = (
    "MATCH (f:Person {person: 'BN1'}), (k:Person {person: 'K2'}), (x:Place {place: 'cafe'}), (d:PlaceDay) CREATE "
)
A_DAY: Final = f"start: {JULY}, startTo: {JULY}, end: {JULY + HOUR}, endTo: {JULY + HOUR}, stayTo: {JULY + HOUR}"
NATIVE: Final = "localdatetime('2021-07-01T00:00')"


class Odd(NamedTuple):
    """What somebody wrote, and what is said of it."""

    wrote: str
    told: str


#: K2 would be F1 by each of them, or be F0 themselves.
ODD: Final = {
    "a native start of a visit": Odd(
        f"(k)-[:VISITED {{visit: 'o', start: {NATIVE}, startTo: {NATIVE}}}]->(d)", "VISITED whose start is datetime"
    ),
    "a visit without precision": Odd(
        f"(k)-[:VISITED {{visit: 'o', start: {JULY}, stayTo: {JULY + 60}}}]->(d)", "VISITED whose startTo is nothing"
    ),
    "a visit straight to a place": Odd(f"(k)-[:VISITED {{visit: 'o', {A_DAY}}}]->(x)", "VISITED without PlaceDay"),
    "a visit on the wrong day": Odd(
        f"(k)-[:VISITED {{visit: 'o', {A_DAY}}}]->(:PlaceDay {{place: 'cafe', day: 9, last: {JULY + DAY}}})-[:OF]->(x)",
        "VISITED without PlaceDay",
    ),
    "a contact without precision": Odd(
        f"(f)-[:CONTACT {{contact: 'o', start: {JULY}, end: {JULY + HOUR}}}]->(k)", "CONTACT whose startTo is nothing"
    ),
    "a contact by the half second": Odd(
        f"(f)-[:CONTACT {{contact: 'o', start: {JULY}.5, startTo: {JULY}.5}}]->(k)", "CONTACT whose start is float"
    ),
    "a case on nobody": Odd(f"(:Case {{person: 'K2', onset: {JULY}, onsetTo: {JULY}}})", "Case without HAS_CASE"),
    "a case of somebody unknown": Odd("(:Case {person: 'NOBODY', caseCode: 'X'})", "Case without HAS_CASE"),
    "a case of another": Odd("(k)-[:HAS_CASE]->(:Case {person: 'K3'})", "Case without HAS_CASE"),
    "an isolation without person": Odd(
        f"(k)-[:ISOLATED]->(:Isolation {{isolation: 'o', start: {JULY}, startTo: {JULY}}})",
        "Isolation whose person is nothing",
    ),
    "a test of another": Odd(
        f"(k)-[:TESTED]->(:Test {{test: 'o', person: 'K3', result: 'positive', sample: {JULY}, sampleTo: {JULY}}})",
        "Test without TESTED",
    ),
}


@pytest.fixture
def address(keep: Callable[[dict[str, Any]], str]) -> str:
    return keep(TABLES)


ASKED: Final[dict[str, dict[str, Any]]] = {
    "met-on-day": {"person": "BN1", "since": "2021-07-01", "until": "2021-07-02"},
    "people-at-place": {"place": "cafe", "since": "2021-07-01", "until": "2021-07-02"},
    "minutes-with-cases": {"minimum": 0},
    "met-most-cases": {"minimum": 1},
    "household-contacts": {},
    "cases-without-source": {},
    "f1-not-isolated": {},
    "positives-among-f1": {},
    "places-by-share-of-cases": {"minimum": 1},
}


def everything(address: str, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], set[str]]:
    """Ask in every way; return the answers, and what each said that it left out."""
    told, said = {}, set()
    for words in (["tiers"], ["why", "K2"], ["why", "BN1"], ["chains", "--all"], ["tiers", "--no-save", "--case", "1"]):
        assert truyvet([*words, "--json", "--policy", "vn-3638", "--store", address, "--lang", "en"]) == 0, words
        out, err = capsys.readouterr()
        told[" ".join(words)] = json.loads(out)
        said.add("\n".join(sorted(line for line in err.splitlines() if line.startswith("Left out"))))
    with open_store(address) as store:
        assert isinstance(store, Neo4jStore)
        for name, values in ASKED.items():
            told[name] = ask_query(store, find_query(name), values).to_dicts()
    return told, said


@pytest.mark.parametrize("name", ODD)
def test_what_does_not_fit_is_found_and_counts_nowhere(
    address: str, neo4j_server: Neo4jServer, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before, nothing = everything(address, capsys)
    assert nothing == {""}
    neo4j_server.run(ENDS + ODD[name].wrote)
    for _turn in ("added", "kept meanwhile"):
        after, said = everything(address, capsys)
        assert after == before
        [one] = said
        assert f"Left out: 1 {ODD[name].told}" in one and len(one.splitlines()) == 1


@pytest.mark.parametrize("changed", ["start", "startTo", "end"])
@pytest.mark.parametrize("kind", ["VISITED", "CONTACT"])
def test_a_value_that_others_changed_ends_in_no_internal_error(
    address: str, neo4j_server: Neo4jServer, kind: str, changed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No count tells of it: a reading that meets it says so, and a query that cannot answer says what is in the way."""
    for value in (NATIVE, "1.5", "null", "'morning'"):
        neo4j_server.run(f"MATCH ()-[r:{kind}]->() SET r.{changed} = {value}")
        for words in (["tiers", "--no-save"], ["why", "K1"], ["query", "met-on-day", "-p", "person=BN1"]):
            days = ["-p", "since=2021-07-01", "-p", "until=2021-07-02"] if words[0] == "query" else []
            code = truyvet([*words, *days, "--store", address, "--lang", "en"])
            assert code in (0, 3, 6), (words, value, capsys.readouterr().err)


def test_a_visit_that_fits_counts_alike(
    address: str, neo4j_server: Neo4jServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """How long it lasts the kept run writes; until then the queries say that they do not count it."""
    asked = ["query", "met-on-day", "-p", "person=BN1", "-p", "since=2021-07-01", "-p", "until=2021-07-02"]
    asked += ["--json", "--store", address, "--lang", "en"]
    neo4j_server.run(f"{ENDS} (k)-[:VISITED {{visit: 'o', start: {JULY}, startTo: {JULY}}}]->(d)")
    assert truyvet(asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["person"] for row in found["rows"]] == ["K1"]
    assert found["rows_of_others"][0].startswith("1 VISITED whose stayTo is nothing (")
    assert truyvet(["tiers", "--json", "--policy", "vn-3638", "--store", address]) == 0
    assert {row["id"] for row in json.loads(capsys.readouterr().out)["people"]} == {"BN1", "K1", "K2"}
    assert truyvet(asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert sorted(row["person"] for row in found["rows"]) == ["K1", "K2"] and "rows_of_others" not in found
    [visit] = neo4j_server.run("MATCH ()-[v:VISITED {visit: 'o'}]->() RETURN v.endAssumed AS assumed, v.startAt AS at")
    assert visit["assumed"] is True and visit["at"] is not None
