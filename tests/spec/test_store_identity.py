"""Who is one person: the same in every store, above records that stay as they came."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from plain_slice import plain_slice
from small_records import JULY, assert_same_records, records_of

from graph import LoadEntry, Store
from graph.neo4j.store import Neo4jStore
from tracing.identity.decisions import APART, JOIN, NOTE, NOTE_AUTOMATIC, PEOPLE, PLACES, SPLIT, UNDO, Decision
from tracing.identity.unite import unite
from tracing.model.records import Records

TABLES: dict[str, Any] = {
    "persons": [{"person": p, "name": p} for p in ("BN1", "K1", "K2", "K3", "K4", "K5")],
    "cases": [{"person": "BN1", "case_code": "22348", "onset": JULY}],
    "contacts": [
        {"contact": "c1", "person_a": "BN1", "person_b": "K2", "start": JULY},
        {"contact": "c2", "person_a": "K1", "person_b": "K3", "start": JULY},
        {"contact": "c3", "person_a": "K3", "person_b": "K4", "start": JULY},
    ],
    "visits": [
        {"visit": "v1", "person": "K4", "place": "café", "start": JULY},
        {"visit": "v2", "person": "K5", "place": "café", "start": JULY},
        {"visit": "v3", "person": "K2", "place": "CAFE", "start": JULY + 600},
        {"visit": "v4", "person": "K5", "place": "bus", "start": JULY + 900_000},
    ],
    "places": [{"place": "café", "name": "Café"}, {"place": "CAFE", "kind": "restaurant"}, {"place": "bus"}],
    "links": [{"link": "l1", "source": "BN1", "target": "K1"}],
}


def say(store: Store, number: int, what: str, *people: str, undoes: int | None = None, of: str = PEOPLE) -> None:
    decision = Decision(number=number, what=what, people=people, who="test", at=0, undoes=undoes, of=of)
    store.save_note(NOTE, *decision.to_note())


def steps(records: Records) -> set[str]:
    return set(records.persons["person"])


def test_a_slice_follows_people_through_all_of_their_ids(store: Store) -> None:
    store.write(records_of(TABLES))
    assert steps(store.slice(cases=["BN1"], steps=1).records) == {"BN1", "K2"}
    say(store, 1, JOIN, "BN1", "K1")
    graph = store.slice(cases=["22348"], steps=1)
    assert steps(graph.records) == {"BN1", "K2", "K3"}
    assert list(graph.focus or ()) == ["BN1"]
    assert steps(store.slice(people=["K1"], steps=1).records) == {"BN1", "K2", "K3"}
    say(store, 2, JOIN, "K2", "K4")
    assert steps(store.slice(cases=["BN1"], steps=2).records) == {"BN1", "K2", "K3", "K5"}
    assert steps(store.slice().records) == {"BN1", "K2", "K3", "K5"}
    assert store.slice().records.links.empty


def test_a_place_under_two_ids_is_one(store: Store) -> None:
    store.write(records_of(TABLES))
    assert steps(store.slice(people=["K2"], steps=1).records) == {"BN1", "K2"}
    say(store, 1, JOIN, "BN1", "K1")
    say(store, 2, JOIN, "CAFE", "café", of=PLACES)
    assert store.identity().groups == (("BN1", "K1"),)
    assert store.identity(PLACES).groups == (("CAFE", "café"),)
    graph = store.slice(people=["K2"], steps=1)
    assert steps(graph.records) == {"BN1", "K2", "K4", "K5"}
    assert graph.records.places[["place", "name", "kind"]].values.tolist() == [["café", "Café", "restaurant"]]
    assert set(graph.records.visits["place"]) == {"café"}
    for asked in ("CAFE", "café"):
        assert set(store.slice(places=[asked]).records.visits["visit"]) == {"v1", "v2", "v3"}
    assert_same_records(store.read(united=True), unite(store.read(), [("BN1", "K1")], places=[("CAFE", "café")]))
    assert store.read(tables=["visits"], united=True).visits["place"].tolist().count("café") == 3
    say(store, 3, UNDO, undoes=2, of=PLACES)
    assert steps(store.slice(people=["K2"], steps=1).records) == {"BN1", "K2"}


def test_records_are_read_as_they_came_or_united(store: Store) -> None:
    records = records_of(TABLES)
    store.write(records)
    say(store, 1, JOIN, "BN1", "K1")
    store.save_note(NOTE_AUTOMATIC, "pairs", [["K2", "K3", {}]])
    assert_same_records(store.read(), records)
    assert_same_records(store.read(united=True), unite(records, [("BN1", "K1"), ("K2", "K3")]))
    assert store.read(tables=["contacts"], united=True).contacts["person_a"].tolist() == ["BN1", "K2"]
    assert store.read(tables=["contacts"], united=True).persons.empty


def test_decisions_survive_reopening_undoing_and_loading_again(store_factory: Any) -> None:
    store = store_factory()
    records = records_of(TABLES)
    store.write(records, load=LoadEntry.build(who="test", files={}))
    before = store.slice().records
    say(store, 1, JOIN, "BN1", "K1")
    store.show_identity()
    joined = store.slice().records
    store = store_factory.reopen(store)
    with store:
        assert_same_records(store.slice().records, joined)
        store.undo_load()
        assert store.ids("persons") == set()
        assert len(store.slice().records) == 0
        store.write(records, load=LoadEntry.build(who="test", files={}))
        assert_same_records(store.slice().records, joined)
        say(store, 2, UNDO, undoes=1)
        store.show_identity()
        assert_same_records(store.slice().records, before)
        say(store, 3, JOIN, "K4", "K1")
        say(store, 4, APART, "BN1", "K4")
        say(store, 5, JOIN, "BN1", "K1")
        say(store, 6, SPLIT, "K1", "BN1", "K4")
        assert store.identity().groups == ()


@settings(deadline=None, max_examples=8)
@given(
    places=st.lists(st.sets(st.sampled_from(["café", "CAFE", "bus"]), min_size=2), max_size=1),
    groups=st.lists(st.sets(st.sampled_from(["BN1", "K1", "K2", "K3", "K4", "K5"]), min_size=2), max_size=2),
    person=st.sampled_from(["BN1", "K1", "K2", "K3", "K4", "K5"]),
    reach=st.integers(0, 3),
)
def test_a_slice_with_joins_is_the_slice_of_united_records(places: Any, groups: Any, person: str, reach: int) -> None:
    import tempfile
    from pathlib import Path

    from graph import open_store

    records = records_of(TABLES)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s.duckdb", threads=1) as store:
        store.write(records)
        for number, group in enumerate(groups):
            first, *others = sorted(group)
            for at, other in enumerate(others):
                say(store, 10 * number + at + 1, JOIN, first, other)
        for group in places:
            first, *others = sorted(group)
            for at, other in enumerate(others):
                say(store, 100 + at, JOIN, first, other, of=PLACES)
        united = unite(records, store.identity().groups, places=store.identity(PLACES).groups)
        mine = store.identity().members(person)
        asked = next(one for one in mine if one in set(united.persons["person"]))
        wanted, _ = plain_slice(united, people=[asked], steps=reach)
        assert_same_records(store.slice(people=[person], steps=reach).records, wanted)


def test_neo4j_shows_who_and_what_is_one(store: Store) -> None:
    store.write(records_of(TABLES))
    say(store, 1, JOIN, "BN1", "K1")
    say(store, 3, JOIN, "CAFE", "café", of=PLACES)
    store.show_identity()
    if not isinstance(store, Neo4jStore):
        return
    query = "MATCH (s:SamePerson)-[:SAME_AS]->(p:Person) RETURN s.person, collect(p.person) ORDER BY s.person"
    with store.session(access="READ") as session:
        assert [[a, sorted(b)] for a, b in session.run(query)] == [["BN1", ["BN1", "K1"]]]
        shown = session.run("MATCH (s:SamePlace)-[:SAME_AS]->(p:Place) RETURN s.place, collect(p.place)")
        assert [[a, sorted(b)] for a, b in shown] == [["café", ["CAFE", "café"]]]
    say(store, 2, UNDO, undoes=1)
    store.show_identity()
    with store.session(access="READ") as session:
        assert session.run(query).values() == []
