"""The index beside the store answers what the store answers, and never anything else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from small_records import assert_same_records, records_of

from graph import open_store
from graph.arrays import ArrayFile
from graph.base import BaseStore
from graph.duckdb import index
from graph.duckdb.index import index_path
from graph.loads import LoadEntry
from graph.purge import PurgeEntry
from tracing.identity.decisions import NOTE, Decision
from tracing.model.numbered import NumberedRecords, Spans
from tracing.model.records import Records
from tracing.results import inputs_hash

DAY = 86_400


def outbreak(*pairs: str) -> Records:
    """Return contacts of each pair of letters, with something of every kind of column, given and missing."""
    rows = [
        {
            "contact": f"C-{pair}",
            "person_a": pair[0],
            "person_b": pair[1],
            "start": at * DAY,
            "end": at * DAY + 3_600,
            "distance_m": 1.5 if at % 2 else None,
            "closed_space": at % 2 == 0 if at % 3 else None,
            "kind": "work" if at % 2 else None,
            "place": "L" if at == 1 else None,
            "reported_by": "ngày Tết" if at == 2 else None,
        }
        for at, pair in enumerate(pairs)
    ]
    return records_of(
        {
            "persons": [{"person": "A", "name": "Ánh", "birth_year": 1980}, {"person": "Z"}],
            "cases": [{"person": "A", "onset": DAY, "asymptomatic": False}],
            "places": [{"place": "L", "kind": "room", "lat": 10.5}],
            "visits": [{"visit": "V", "person": "A", "place": "L", "start": DAY, "end": 2 * DAY}],
            "contacts": rows,
        }
    )


def from_tables(path: Path) -> NumberedRecords:
    """Return what is read without the index."""
    with open_store(path, read_only=True) as store:
        assert isinstance(store, BaseStore)
        return BaseStore.numbered(store)


def assert_same(one: NumberedRecords, other: NumberedRecords) -> None:
    assert_same_records(one.records, other.records)
    for name, table in one.records.tables.items():
        pd.testing.assert_frame_equal(table, other.records[name], check_exact=True)
    assert (one.records.zone, one.focus) == (other.records.zone, other.focus)
    assert inputs_hash(one) == other.records.content_hash()
    pairs = [(getattr(one.columns, n), getattr(other.columns, n)) for n in ("people", *index._ARRAYS)]
    pairs += [(getattr(one.columns.spans, f.name), getattr(other.columns.spans, f.name)) for f in fields(Spans)]
    for mine, theirs in pairs:
        assert mine.dtype == theirs.dtype
        assert np.array_equal(mine, theirs)
    assert one.columns.numbers.ids == other.columns.numbers.ids


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store, read once, so that its index stands beside it."""
    monkeypatch.setattr(index, "_PAYS_FROM", 0)
    path = tmp_path / "s.duckdb"
    with open_store(path) as store:
        store.write(outbreak("AB", "BC", "AD", "CC"), load=LoadEntry.build(who="one", files={}, at=1))
        store.numbered()
    assert index_path(path).exists()
    return path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """Of each time that everything was asked for, whether the index held it."""
    told: list[bool] = []
    plain = index.read_index

    def noting(store: Path, state: str) -> NumberedRecords | None:
        found = plain(store, state)
        told.append(found is not None)
        return found

    monkeypatch.setattr("graph.duckdb.store.read_index", noting)
    yield told


def all_of(path: Path, *, read_only: bool = True) -> NumberedRecords:
    with open_store(path, read_only=read_only) as store:
        return store.numbered()


def test_the_index_says_what_the_tables_say(path: Path, read: list[bool]) -> None:
    assert_same(all_of(path), from_tables(path))
    assert read == [True]


def test_what_is_changed_in_mapped_tables_stays_with_who_changed_it(path: Path) -> None:
    first = all_of(path)
    first.columns.spans.lo[:] = 0
    first.records.contacts["distance_m"].array[:] = 7.0
    assert_same(all_of(path), from_tables(path))


def test_after_a_change_an_old_index_is_not_used(path: Path, read: list[bool]) -> None:
    old = index_path(path).read_bytes()
    with open_store(path) as store:
        store.write(outbreak("AE"), load=LoadEntry.build(who="two", files={}, at=2))
    assert_same(all_of(path), from_tables(path))
    assert index_path(path).read_bytes() != old
    with open_store(path) as store:
        store.undo_load()
        assert isinstance(store, BaseStore)
        assert_same(store.numbered(), BaseStore.numbered(store))
    assert read == [False, False]


def test_people_who_become_one_are_one_in_the_index(path: Path, read: list[bool]) -> None:
    with open_store(path) as store:
        store.save_note(NOTE, *Decision(number=1, what="join", people=("B", "D"), who="one", at=1).to_note())
    both = all_of(path), all_of(path)
    assert "D" not in both[0].columns.people
    assert read == [False, True]
    assert_same(*both)


def test_a_copy_in_which_something_else_was_changed_is_another_store(path: Path, read: list[bool]) -> None:
    copy = path.with_name("copy.duckdb")
    shutil.copy(path, copy)
    for one, pair in ((path, "AE"), (copy, "AF")):
        with open_store(one) as store:
            store.write(outbreak(pair), load=LoadEntry.build(who=pair, files={}, at=2))
    all_of(path)
    shutil.copy(copy, path)  # both have the same revision
    assert_same(all_of(path), from_tables(path))
    assert read == [False, False]


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:40],
        lambda whole: whole[:-64],
        lambda whole: whole + b"\0" * 64,
        lambda whole: whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
        lambda whole: whole[:-70] + bytes([whole[-70] ^ 128]) + whole[-69:],
        lambda whole: whole[: len(whole) // 2] + b"\0" * (len(whole) - len(whole) // 2),
        lambda whole: b"something else that stands there" * 100,
    ],
)
def test_a_damaged_index_is_made_anew(path: Path, read: list[bool], damage: object) -> None:
    assert callable(damage)
    whole = index_path(path).read_bytes()
    index_path(path).write_bytes(damage(whole))
    assert_same(all_of(path), from_tables(path))
    assert index_path(path).read_bytes() == whole
    all_of(path)
    assert read == [False, True]


def test_every_byte_is_checked(path: Path) -> None:
    whole = index_path(path).read_bytes()
    assert ArrayFile.open(index_path(path), lambda about: True) is not None
    for at in range(0, len(whole), 7):
        index_path(path).write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        assert ArrayFile.open(index_path(path), lambda about: True) is None


@pytest.mark.skipif(os.name != "posix", reason="folders that are only read")
def test_where_no_index_can_be_written_the_tables_are_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index_path(path).unlink()

    def refuse(*_: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr("graph.arrays.os.open", refuse)
        assert_same(all_of(path), from_tables(path))
    with monkeypatch.context() as patched:
        patched.setattr("graph.arrays.shutil.disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))
        assert_same(all_of(path), from_tables(path))
    assert sorted(file.name for file in path.parent.iterdir()) == ["s.duckdb"]


def test_an_index_is_read_by_those_who_may_read_the_store(path: Path) -> None:
    assert index_path(path).stat().st_mode == path.stat().st_mode
    index_path(path).unlink()
    path.chmod(0o640)
    all_of(path)
    assert index_path(path).stat().st_mode & 0o777 == 0o640


def test_an_encrypted_store_has_no_index(path: Path) -> None:
    with open_store(path) as store:
        store.change_key("a long enough key")
        assert not index_path(path).exists()
        store.numbered()
    assert not index_path(path).exists()


def test_what_is_removed_for_good_is_not_left_in_the_index(path: Path) -> None:
    assert "Ánh".encode() in index_path(path).read_bytes()
    with open_store(path) as store:
        store.purge(store.plan_purge(["A"]), PurgeEntry(who="one", at=5))
    assert not index_path(path).exists()


def test_a_small_store_has_no_index(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.duckdb") as store:
        store.write(outbreak("AB"))
        store.numbered()
    assert [file.name for file in tmp_path.iterdir()] == ["s.duckdb"]


def test_a_part_is_read_from_the_tables(path: Path, read: list[bool]) -> None:
    with open_store(path, read_only=True) as store:
        part = store.numbered(cases=["A"], steps=1)
    assert part.records.contacts["contact"].tolist() == ["C-AB", "C-AD"]
    assert read == []
