"""Whatever the size and seed, a generated province is valid, deterministic and true to itself."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.invented.province import generate_province
from tracing.model.records import Records
from tracing.model.schema import TABLES


@settings(max_examples=15)
@given(
    people=st.integers(1, 250),
    seed=st.integers(0, 10_000),
    contacts=st.floats(0, 6),
    days=st.integers(1, 40),
)
def test_any_province_is_valid_and_the_same_again(people: int, seed: int, contacts: float, days: int) -> None:
    first = generate_province(people=people, seed=seed, contacts_per_person=contacts, days=days)
    again = generate_province(people=people, seed=seed, contacts_per_person=contacts, days=days)
    assert first.records.content_hash() == again.records.content_hash()
    assert first.truth.equals(again.truth)
    records = first.records
    assert Records.build(records.tables).content_hash() == records.content_hash(), "normalised already"
    assert len(records.persons) == people
    everybody = set(records.persons["person"])
    for table in TABLES.values():
        for column in table:
            if column.refers_to == "persons":
                assert set(records[table.name][column.name].dropna()) <= everybody
    assert not (records.contacts["person_a"] == records.contacts["person_b"]).any()
    assert set(records.cases["person"]) <= set(first.truth["person"])
    for name in ("contacts", "visits", "isolations"):
        frame = records[name].dropna(subset=["start", "end"])
        assert (frame["end_to"] >= frame["start"]).all()
