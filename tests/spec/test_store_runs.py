"""Runs and the export log are kept as they were given."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from small_records import JULY, NASTY, assert_same_records, records_of

from graph import ExportEntry, Run
from tracing.errors import NothingFound
from tracing.model.records import Records


def a_run(**changes):
    frame = pd.DataFrame(
        {
            "person": pd.array(NASTY[:3], dtype="string"),
            "tier_certain": pd.array([0, None, (1 << 63) - 1], dtype="Int64"),
            "share": pd.array([0.1, None, -0.0], dtype="Float64"),
            "case": pd.array([True, None, False], dtype="boolean"),
            "count": [1, 2, 3],
        }
    )
    given = {
        "command": "tiers",
        "inputs": "abc",
        "version": "0.1.0",
        "policy": "vn-3638",
        "policy_digest": "d1",
        "as_of": JULY,
        "options": {"cases": ["BN1", "Ấ"], "depth": 3},
        "tables": {"tiers": frame, "parents": frame.iloc[:0]},
        "created": 1_700_000_000,
    }
    given |= changes
    return Run.build(given.pop("command"), **given)


def assert_same_run(got, wanted):
    assert got.header() == wanted.header()
    assert list(got.tables) == list(wanted.tables)
    for name, frame in wanted.tables.items():
        pd.testing.assert_frame_equal(got.tables[name], frame, check_exact=True)


def test_a_run_comes_back_as_it_was(store_factory):
    store = store_factory()
    run = a_run()
    assert store.save_run(run)
    with store_factory.reopen(store) as again:
        assert_same_run(again.load_run(run.id), run)
        assert again.runs() == [run.header()]


def test_a_run_without_policy_time_or_tables(store):
    run = a_run(policy=None, policy_digest=None, as_of=None, options=None, tables={})
    store.save_run(run)
    assert_same_run(store.load_run(run.id), run)


def test_the_same_question_is_the_same_run_kept_once(store):
    first = a_run()
    later = a_run(created=1_800_000_000)
    assert first.id == later.id
    assert store.save_run(first) and not store.save_run(later)
    assert [header.created for header in store.runs()] == [1_700_000_000]


@pytest.mark.parametrize(
    "change",
    [
        {"command": "zones"},
        {"inputs": "abd"},
        {"policy_digest": "d2"},
        {"as_of": JULY + 1},
        {"options": {}},
        {"version": "0.2.0"},
    ],
)
def test_another_question_is_another_run(change):
    assert a_run(**change).id != a_run().id


def test_runs_keep_the_order_of_saving(store):
    runs = [a_run(as_of=JULY + i, created=1_700_000_000 - i) for i in range(4)]
    for run in runs:
        store.save_run(run)
    store.delete_run(runs[1].id)
    store.save_run(runs[1])
    assert [header.id for header in store.runs()] == [runs[i].id for i in (0, 2, 3, 1)]


def test_a_run_can_be_forgotten(store):
    run, other = a_run(), a_run(as_of=1)
    store.save_run(run)
    store.save_run(other)
    store.delete_run(run.id)
    assert [header.id for header in store.runs()] == [other.id]
    assert_same_run(store.load_run(other.id), other)
    for ask in (store.load_run, store.delete_run):
        with pytest.raises(NothingFound):
            ask(run.id)


def test_runs_are_no_records(store):
    store.save_run(a_run())
    assert_same_records(store.read(), Records())
    records = records_of({"persons": [{"person": "p1"}]})
    store.write(records)
    assert_same_records(store.read(), records)


def test_the_export_log_keeps_who_took_what(store_factory):
    entries = [
        ExportEntry("lan", JULY, "lists: Tân Lộc", True, 12),
        ExportEntry("o'neil", JULY + 5, "f1.xlsx", False, 0),
    ]
    store = store_factory()
    for entry in entries:
        store.log_export(entry)
    with store_factory.reopen(store) as again:
        assert again.exports() == entries


def test_a_run_holds_until_the_records_change(store):
    store.write(records_of({"persons": [{"person": "p"}]}))
    run = replace(a_run(), revision=store.revision())
    assert store.save_run(run)
    (kept,) = store.runs()
    assert store.holds_still(kept)
    store.write(records_of({"persons": [{"person": "q"}]}))
    assert not store.holds_still(kept)
    assert not store.save_run(replace(run, revision=store.revision())), "traced again: the same run"
    (again,) = store.runs()
    assert store.holds_still(again) and again.created == kept.created
    assert not store.holds_still(replace(again, revision=None))


def test_some_tables_of_a_run(store):
    store.save_run(a_run())
    name = next(iter(a_run().tables))
    assert list(store.load_run(a_run().id, tables=[name]).tables) == [name]
    assert store.load_run(a_run().id, tables=[]).tables == {}
