"""The numbers of people beside the ids of contacts say what the ids say, whatever was done with the rows."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from small_records import assert_same_records, records_of

from graph import open_store
from graph.loads import LoadEntry
from graph.purge import PurgeEntry
from tracing.model.records import Records

DROPPED = (
    "ALTER TABLE contacts DROP COLUMN number_a",
    "ALTER TABLE contacts DROP COLUMN number_b",
    "DROP TABLE truyvet_numbers",
)


def meetings(*pairs: str, **more: object) -> Records:
    """Return a contact of each pair of letters."""
    rows = [{"contact": f"C-{pair}", "person_a": pair[0], "person_b": pair[1], **more} for pair in pairs]
    return records_of({"contacts": rows})


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path)) as connection:
        return connection.execute(sql).fetchall()


def by_ids(path: Path) -> Records:
    """Return the records as they are read where no contact has numbers."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE contacts SET number_a = NULL, number_b = NULL")
    with open_store(path) as store:
        return store.read()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with three loads: new rows, rows completed, and one load taken back."""
    path = tmp_path / "s.duckdb"
    with open_store(path) as store:
        store.write(meetings("ZB", "AZ", "BA"), load=LoadEntry.build(who="one", files={}, at=1))
        store.write(meetings("BA", "YX", kind="work"), load=LoadEntry.build(who="two", files={}, at=2))
        store.write(meetings("AZ", "QR", kind="household"), load=LoadEntry.build(who="three", files={}, at=3))
        store.undo_load()
    return path


def test_every_contact_has_the_numbers_of_its_people(path: Path) -> None:
    wrong = """SELECT contact FROM contacts LEFT JOIN truyvet_numbers a ON a.number = number_a
        LEFT JOIN truyvet_numbers b ON b.number = number_b
        WHERE a.id IS DISTINCT FROM person_a OR b.id IS DISTINCT FROM person_b"""
    assert ask(path, wrong) == []
    assert ask(path, "SELECT count(*), count(DISTINCT id), count(DISTINCT number) FROM truyvet_numbers") == [(7, 7, 7)]


def test_what_is_read_by_numbers_is_what_is_read_by_ids(path: Path) -> None:
    with open_store(path) as store:
        records = store.read()
    sides = zip(records.contacts["person_a"], records.contacts["person_b"], strict=True)
    assert sorted(a + b for a, b in sides) == ["AB", "AZ", "BZ", "XY"]
    assert_same_records(records, by_ids(path))


def test_who_was_removed_has_no_number(path: Path) -> None:
    with open_store(path) as store:
        store.purge(store.plan_purge(["Z"]), PurgeEntry(who="somebody", at=4, why="test"))
        records = store.read()
    assert ask(path, "SELECT id FROM truyvet_numbers WHERE id = 'Z'") == []
    assert ask(path, "SELECT count(*) FROM contacts WHERE number_a IS NULL OR number_b IS NULL") == [(0,)]
    assert_same_records(records, by_ids(path))


def test_a_file_without_numbers_is_read_and_gets_them_when_it_is_written(path: Path) -> None:
    with open_store(path) as store:
        records = store.read()
    for statement in DROPPED:
        ask(path, statement)
    before = path.read_bytes()
    with open_store(path, read_only=True) as store:
        assert_same_records(store.read(), records)
    assert path.read_bytes() == before
    with open_store(path) as store:
        assert_same_records(store.read(), records)
    assert ask(path, "SELECT count(number_a), count(number_b) FROM contacts") == [(len(records.contacts),) * 2]
