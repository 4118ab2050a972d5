"""A slice looks things up: no plan of its questions scans all nodes, all of a label or all of a type."""

from __future__ import annotations

from itertools import pairwise

import pytest
from small_records import JULY, records_of

from graph.neo4j.login import Login
from graph.neo4j.queries import list_queries
from graph.neo4j.read import page_query
from graph.neo4j.results import SCHEMA
from graph.neo4j.schema import make_schema
from graph.neo4j.slice import QUERIES
from graph.neo4j.store import Neo4jStore
from tracing.model.schema import TABLES
from tracing.times import DAY

pytestmark = pytest.mark.neo4j

PEOPLE = 300
PARAMETERS = {
    "names": ["p1"],
    "areas": ["a"],
    "places": ["m"],
    "people": ["p1", "p2"],
    "asked": ["p3"],
    "ids": ["p1", "p2"],
    "stretches": [["m", JULY + DAY, JULY, (JULY + DAY) // DAY]],
    "first": JULY // DAY,
    "last_day": JULY // DAY,
    "from": JULY,
    "since": JULY,
    "until": JULY + DAY,
}


@pytest.fixture(scope="module")
def store(neo4j_server):
    neo4j_server.empty()
    with Neo4jStore(neo4j_server.uri, login=Login(neo4j_server.user, neo4j_server.password)) as opened:
        people = [f"p{i}" for i in range(PEOPLE)]
        opened.write(
            records_of(
                {
                    "persons": [{"person": p, "area": "a"} for p in people],
                    "areas": [{"area": "a", "parent": "b"}, {"area": "b"}],
                    "cases": [{"person": "p1", "case_code": "BN1"}],
                    "contacts": [
                        {"person_a": p, "person_b": q, "start": JULY, "place": "m"} for p, q in pairwise(people)
                    ],
                    "visits": [{"person": p, "place": "m", "start": JULY + i * DAY} for i, p in enumerate(people)],
                    "places": [{"place": "m"}],
                    "tests": [{"person": "p1", "sample": JULY}],
                    "links": [{"source": "p1", "target": "p2"}],
                }
            )
        )
        yield opened


def operators(plan):
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", []):
        yield from operators(child)


@pytest.mark.parametrize("question", QUERIES)
def test_index_seeks_only(store, question):
    with store.session(access="READ") as session:
        plan = session.run(f"EXPLAIN {QUERIES[question]}", PARAMETERS).consume().plan
    used = set(operators(plan))
    assert not [name for name in used if "Scan" in name], used
    assert [name for name in used if "Seek" in name], used


def test_the_work_of_a_slice_follows_the_slice_and_not_the_store(store):
    with store.session(access="READ") as session:
        asked = PARAMETERS | {"people": ["p1"]}
        profile = session.run(f"PROFILE {QUERIES['ring']}", asked).consume().profile
    assert rows_touched(profile) < PEOPLE


def rows_touched(profile):
    return profile["args"].get("DbHits", 0) + sum(rows_touched(child) for child in profile.get("children", []))


def test_index_seeks_only_when_the_store_is_new(neo4j_server):
    neo4j_server.empty()
    login = Login(neo4j_server.user, neo4j_server.password)
    with Neo4jStore(neo4j_server.uri, login=login) as new, new.session(access="READ") as session:
        plans = {n: session.run(f"EXPLAIN {cypher}", PARAMETERS).consume().plan for n, cypher in QUERIES.items()}
    scans = {name: [o for o in operators(plan) if "Scan" in o] for name, plan in plans.items()}
    assert not {name: found for name, found in scans.items() if found}


@pytest.mark.parametrize("told", ["name", "phone", "nationalId", "household"])
def test_somebody_is_found_by_what_is_known_of_them(store, told):
    with store.session(access="READ") as session:
        plan = session.run(f"EXPLAIN MATCH (p:Person {{{told}: $told}}) RETURN p.person", told="x").consume().plan
    assert "NodeIndexSeek" in set(operators(plan))


@pytest.mark.parametrize("table", TABLES)
def test_a_page_of_a_table_is_neither_sorted_nor_looked_for(store, table):
    """The index gives rows in order, so a page costs a page, wherever it lies."""
    with store.session(access="READ") as session:
        query = f"EXPLAIN {page_query(table, [TABLES[table].key])}"
        used = set(operators(session.run(query, after="p1", size=10).consume().plan))
    assert not [name for name in used if "Scan" in name or "Sort" in name or "Top" in name], used


#: Of what there is little enough that a question may begin with all of it.
FEW = ("Case", "HAS_CASE", "Tier", "Zone", "SamePerson", "Area", "Arrival", "ARRIVED")
#: An absent time stands in no index, so all contacts are looked at.
LOOKS_AT_ALL = {"bridges-between-areas": "CONTACT", "undated-contacts": "CONTACT"}


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_a_ready_query_looks_nobody_up_among_all(store, query):
    make_schema(store.session, SCHEMA)
    given = {p.name: "x" if p.type == "text" else 1 for p in query.parameters} | {"zone": "UTC"}
    with store.session() as session:
        session.run("CALL db.clearQueryCaches()").consume()  # no plan from a moment ago, when there was other data
        plan = session.run(f"EXPLAIN {query.text}", given).consume().plan
    scans = [f"{name} {told}" for name, told in scans_of(plan) if not any(f":{few}" in told for few in FEW)]
    if query.name in LOOKS_AT_ALL:
        scans = [one for one in scans if LOOKS_AT_ALL[query.name] not in one]
    assert not scans


def test_nobody_is_looked_up_among_all_before_anything_was_traced(neo4j_server):
    """The index of households came with the first results; until then each case cost a look at everybody."""
    neo4j_server.empty()
    login = Login(neo4j_server.user, neo4j_server.password)
    with Neo4jStore(neo4j_server.uri, login=login) as new, new.session(access="READ") as session:
        for query in list_queries():
            given = {p.name: "x" if p.type == "text" else 1 for p in query.parameters} | {"zone": "UTC"}
            if query.needs is None:
                plan = session.run(f"EXPLAIN {query.text}", given).consume().plan
                assert not [told for _name, told in scans_of(plan) if ":Person" in told], query.name


def scans_of(plan):
    name = plan["operatorType"].partition("@")[0]
    if name.endswith("Scan"):
        yield name, plan["args"].get("Details", "")
    for child in plan.get("children", []):
        yield from scans_of(child)
