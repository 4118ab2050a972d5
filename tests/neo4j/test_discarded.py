"""A case that was ruled out is no F0: what the ready queries and pictures say is as if it were on no list of cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from small_records import JULY, records_of

from cli.main import run as truyvet
from graph import open_store
from graph.neo4j.queries import ask_query, find_query, list_queries
from graph.neo4j.store import Neo4jStore
from tests.fixtures_neo4j import Neo4jServer
from tests.neo4j.test_chapter import QUESTIONS
from tracing.times import DAY

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
HOUR: Final = 3600


def case(person: str, **more: Any) -> dict[str, Any]:
    return {"person": person, "case_code": person, "onset": JULY, "sample": JULY, **more}


def met(a: str, b: str, at: int, **more: Any) -> dict[str, Any]:
    return {"contact": f"{a}{b}", "person_a": a, "person_b": b, "start": at, "end": at + HOUR, **more}


def visit(person: str, at: int) -> dict[str, Any]:
    return {"visit": f"v{person}", "person": person, "place": "cafe", "start": at, "end": at + HOUR}


TABLES: Final[dict[str, Any]] = {
    "persons": [
        {"person": "BN1"},
        {"person": "D2", "household": "d", "area": "a"},
        {"person": "K2", "household": "d", "area": "a"},
        *({"person": p} for p in ("BN3", "K1", "K4")),
    ],
    "areas": [{"area": "a", "level": "commune", "parent": "p"}, {"area": "b", "level": "commune"}, {"area": "p"}],
    "cases": [case("BN1"), case("BN3", status="suspected")],
    "contacts": [
        met("BN1", "D2", JULY, place="cafe"),
        met("BN1", "K1", JULY, place="cafe"),
        met("D2", "K2", JULY + DAY, kind="household"),
        {"contact": "undated", "person_a": "D2", "person_b": "K4"},
    ],
    "visits": [visit("D2", JULY + DAY), visit("K4", JULY + DAY), visit("BN1", JULY), visit("K1", JULY)],
    "places": [{"place": "cafe", "kind": "cafe", "area": "b"}],
    "tests": [{"test": "t", "person": "D2", "sample": JULY + 3 * DAY, "result": "positive"}],
    "arrivals": [{"arrival": "a", "person": "D2", "arrived": JULY, "origin": "Elsewhere", "vehicle": "cafe"}],
    "links": [{"link": "l", "source": "BN1", "target": "D2"}],
}
PERIOD: Final = {"since": "2021-06-01", "until": "2021-08-01"}
ASKED: Final[dict[str, dict[str, Any]]] = {
    "arrivals-from": {"origin": "elsewhere"},
    "bridges-between-areas": PERIOD,
    "cases-isolated-late": {"days": 0},
    "cases-without-source": {},
    "clusters": {"minimum": 1},
    "crossed-from-area": {"area": "a", **PERIOD},
    "f1-not-isolated": {},
    "f1-not-tested": {},
    "household-contacts": {},
    "met-most-cases": {"minimum": 1},
    "met-on-day": {"person": "BN1", **PERIOD},
    "minutes-with-cases": {"minimum": 1},
    "path-in-time": {"source": "BN1", "target": "K4", **PERIOD},
    "people-aboard": {"vehicle": "cafe"},
    "people-at-place": {"place": "cafe", **PERIOD},
    "places-by-share-of-cases": {"minimum": 1},
    "places-of-several-cases": {"minimum": 1},
    "positives-among-f1": {},
    "shared-contacts": {"case_a": "BN1", "case_b": "BN3"},
    "spreading-events": {"minimum": 1},
    "tier-by-area": {},
    "undated-contacts": {},
}
#: Declared links are walked whoever they name, and the code of a case is told of whomever they reach.
WALKED: Final = {"chain-forward", "chain-backward", "crossed-from-zone"}


def answers(address: str, page: Path) -> dict[str, Any]:
    assert truyvet(["tiers", "--policy", "vn-3638", "--quiet", "--store", address]) == 0
    asked = ["query", "met-on-day", "-p", "person=BN1", *(f"-p{name}={at}" for name, at in PERIOD.items())]
    assert truyvet([*asked, "--html", str(page), "--store", address]) == 0
    told: dict[str, Any] = {"page": page.read_text(encoding="utf-8")}
    with open_store(address) as store:
        assert isinstance(store, Neo4jStore)
        found = {name: ask_query(store, find_query(name), values) for name, values in ASKED.items()}
    return told | {name: answer.to_dicts() for name, answer in found.items()}


@pytest.mark.parametrize("odd", [False, True], ids=["ours", "beside a case that does not fit"])
def test_answers_are_as_if_nobody_had_called_it_a_case(
    keep: Callable[[dict[str, Any]], str], neo4j_server: Neo4jServer, tmp_path: Path, odd: bool
) -> None:
    assert ASKED.keys() | WALKED == {query.name for query in list_queries()}
    address = keep(TABLES)
    if odd:
        neo4j_server.run("MATCH (p:Person {person: 'K4'}) CREATE (p)-[:HAS_CASE]->(:Case {person: 'nobody'})")
    before = answers(address, tmp_path / "page.html")
    with open_store(address) as store:
        store.write(records_of({"cases": [case("D2", status="discarded")]}))
    after = answers(address, tmp_path / "page.html")
    assert {name: after[name] for name in before if after[name] != before[name]} == {}
    assert {row["person"] for row in before["positives-among-f1"]} == {"D2"}
    [share] = neo4j_server.run(QUESTIONS[10])
    assert (share["sick"], share["people"]) == (2 if odd else 1, 4), "one's own Cypher leaves out nothing by itself"
