"""The chapter of Cypher in MODEL.md: each of its twelve questions, as it stands there, has the answer that is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from neo4j.time import DateTime
from small_records import JULY, records_of

from graph import Run
from graph.neo4j.login import Login
from graph.neo4j.queries import ask_query, find_query
from graph.neo4j.results import write_results
from graph.neo4j.store import Neo4jStore
from tests.fixtures_neo4j import Neo4jServer
from tracing.chains.chains import trace_chains
from tracing.identity.decisions import JOIN, NOTE, Decision
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers
from tracing.times import DAY

pytestmark = pytest.mark.neo4j
HOUR: Final = 3_600
#: An hour of the local morning that is a day earlier in UTC.
DAWN = JULY + 5 * HOUR
BLOCK = re.compile(r"^\*\*(\d+)\..*?^```cypher\n(.*?)^```", re.M | re.S)
ROOT = Path(__file__).resolve().parents[2]
QUESTIONS: Final = {
    int(number): cypher
    for number, cypher in BLOCK.findall((ROOT / "graph" / "neo4j" / "MODEL.md").read_text(encoding="utf-8"))
}
TABLES: dict[str, Any] = {
    "persons": [
        {"person": "BN1", "area": "b"},
        {"person": "K1", "area": "a"},
        {"person": "K5", "area": "c"},
        *({"person": person} for person in ("K6", "L3", "L5")),
    ],
    "cases": [
        {"person": "BN1", "case_code": "1", "onset": JULY, "sample": JULY},
        *({"person": p, "case_code": p, "onset": JULY + 9 * DAY, "sample": JULY + 9 * DAY} for p in ("L1", "L2", "L3")),
    ],
    "contacts": [
        {"contact": "c1", "person_a": "BN1", "person_b": "K1", "start": JULY + DAY, "end": JULY + DAY + HOUR},
        {"contact": "c2", "person_a": "K1", "person_b": "K5", "start": JULY, "end": JULY + HOUR},
        {"contact": "c3", "person_a": "K1", "person_b": "K6", "start": JULY + 2 * DAY, "end": JULY + 2 * DAY + HOUR},
        {"contact": "c4", "person_a": "BN1", "person_b": "K7"},
        # A case exposed to another one is F0, and no F1 of anybody.
        {"contact": "c5", "person_a": "BN1", "person_b": "L3", "start": JULY + DAY, "end": JULY + DAY + HOUR},
    ],
    "visits": [
        {"visit": "v1", "person": "BN1", "place": "cafe", "start": DAWN},
        {"visit": "v2", "person": "K2", "place": "cafe", "start": DAWN + 1800},
        {"visit": "v3", "person": "K3", "place": "cafe", "start": DAWN + 2 * HOUR},
        {"visit": "v4", "person": "K4", "place": "mill", "start": DAWN},
        # Came on the day before and went on the day itself, before anybody else was there.
        {"visit": "v5", "person": "K4", "place": "cafe", "start": JULY - HOUR, "end": JULY + HOUR},
        {"visit": "v6", "person": "K4", "place": "cafe", "start": JULY - 30 * HOUR, "end": JULY - 29 * HOUR},
    ],
    "places": [{"place": "cafe", "kind": "cafe"}, {"place": "mill", "kind": "factory"}],
    "areas": [{"area": "a", "parent": "b"}, {"area": "b", "parent": "d"}, {"area": "c"}, {"area": "d"}],
    "links": [
        {"link": "l1", "source": "BN1", "target": "L1", "date": JULY + 5 * DAY, "date_to": JULY + 6 * DAY},
        {"link": "l2", "source": "L1", "target": "L2"},
        {"link": "l3", "source": "L2", "target": "L3", "date": JULY + 2 * DAY, "date_to": JULY + 3 * DAY},
        {"link": "l4", "source": "L1", "target": "L4", "date": JULY + 5 * DAY, "date_to": JULY + 6 * DAY},
        {"link": "l5", "source": "BN1", "target": "L5", "date": JULY + 8 * DAY, "date_to": JULY + 9 * DAY},
        {"link": "l6", "source": "L5", "target": "L6", "date": JULY + 7 * DAY, "date_to": JULY + 8 * DAY},
        {"link": "l7", "source": "L1", "target": "L7", "date": JULY + 6 * DAY, "date_to": JULY + 7 * DAY},
        {"link": "l8", "source": "L7", "target": "L6", "date": JULY + 7 * DAY, "date_to": JULY + 8 * DAY},
    ],
}
ANSWERS: Final[dict[int, tuple[dict[str, Any], list[Any]]]] = {
    1: ({}, [["K1", ["1"], False], ["K2", ["1"], False], ["K7", ["1"], False]]),
    2: ({"place": "cafe", "from": DAWN + HOUR, "to": DAWN + HOUR + 60}, [["K2", DAWN + 1800, DAWN + 5400, True]]),
    3: (
        {"place": "cafe", "date": "2021-07-01"},
        [["BN1", DAWN], ["K2", DAWN + 1800], ["K3", DAWN + 2 * HOUR], ["K4", JULY - HOUR]],
    ),
    4: ({"person": "BN1"}, [["K2", "cafe", 30]]),
    5: ({"case": "BN1"}, [["L1", 1], ["L5", 1], ["L2", 2], ["L4", 2], ["L7", 2], ["L6", 3]]),
    6: ({"person": "BN1"}, [["K1", "K6"]]),
    7: ({"case": "BN1", "from": JULY, "to": JULY + DAY}, [["K7", None, True]]),
    8: ({"area": "d"}, [["BN1"], ["K1"]]),
    9: ({"person": "K2"}, [["BN1", "cafe", DAWN], ["K2", "cafe", DAWN + 1800]]),
    10: ({}, [["cafe", 1, 4, 0.25]]),
    11: ({"person": "K6"}, [["K1", 3, 0], ["K6", 1, 0]]),
    12: ({}, [["K1"], ["K2"], ["K7"]]),
}


@pytest.fixture(scope="module")
def store(neo4j_server: Neo4jServer) -> Iterator[Neo4jStore]:
    neo4j_server.run("MATCH (n) DETACH DELETE n")
    with Neo4jStore(neo4j_server.uri, login=Login(neo4j_server.user, neo4j_server.password)) as opened:
        opened.write(records_of({"cases": TABLES["cases"][1:]}))
        nobody = trace_tiers(opened.slice(), policy=load_policy("vn-3638"))
        assert write_results(opened, Run.build("tiers", inputs="before", version="0", tables={}), tiers=nobody)
        opened.write(records_of(TABLES))
        tiers = trace_tiers(opened.slice(), policy=load_policy("vn-3638"))
        f1 = tiers.parents[(tiers.parents["tier"] == 1) & tiers.parents["person"].isin(["K1", "K2", "K7"])]
        assert set(f1["reading"]) == {"possible"}, "question 1 says so"
        assert write_results(opened, Run.build("tiers", inputs="after", version="0", tables={}), tiers=tiers)
        yield opened


def ask(store: Neo4jStore, number: int, **values: Any) -> list[list[Any]]:
    with store.session(access="READ") as session:
        return session.run(QUESTIONS[number], values).values()


def plain(value: Any) -> Any:
    """Return a value of an answer as the expected ones are written: a native time as seconds."""
    return int(value.to_native().timestamp()) if isinstance(value, DateTime) else value


@pytest.mark.parametrize("number", [n for n in ANSWERS if n != 11])
def test_a_question_has_its_answer(store: Neo4jStore, number: int) -> None:
    assert sorted(QUESTIONS) == sorted(ANSWERS)
    assert 2 < len(QUESTIONS[number].splitlines()) + 1 <= 9
    values, wanted = ANSWERS[number]
    found = ask(store, number, **values)
    assert [[plain(value) for value in row] for row in found] == wanted


def test_chains_are_those_of_tracing_also_where_people_are_one(store: Neo4jStore) -> None:
    def compared(case: str) -> list[dict[str, Any]]:
        walks = trace_chains(store.slice()).walks
        answers = []
        for name, reached in (("chain-forward", walks.forward(case)), ("chain-backward", walks.backward(case))):
            found = ask_query(store, find_query(name), {"case": case}).to_dicts()
            assert {r["person"]: r["depth"] for r in found} == {p: r.steps for p, r in reached.items() if r.steps}
            answers += found
        return answers

    for case in ("BN1", "L1", "L2", "L3"):
        assert compared(case)
    pairs = [("K1", "K6"), ("L3", "L5")]
    for number, pair in enumerate(pairs, 1):
        store.save_note(NOTE, *Decision(number=number, what=JOIN, people=pair, who="test", at=0).to_note())
    store.show_identity()
    values, wanted = ANSWERS[11]
    assert ask(store, 11, **values) == wanted
    for case in ("BN1", "L1", "L2", "L3"):
        assert compared(case)
