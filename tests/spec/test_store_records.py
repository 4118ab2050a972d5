"""What goes into a store comes out again: equal, once, whatever the order and the parts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from small_records import JULY, NASTY, any_records, assert_same_records, records_of, towns

from tracing.errors import InputError, UsageError
from tracing.model.records import Records
from tracing.model.schema import TABLES

EXAMPLES = settings().max_examples // 6


def parts_of(records: Records, part: int, parts: int) -> Records:
    return Records({n: f.iloc[part::parts].reset_index(drop=True) for n, f in records.tables.items()}, records.zone)


def test_a_new_store_is_empty(store):
    assert_same_records(store.read(), Records())
    assert store.ids("persons") == set()
    assert store.runs() == [] and store.exports() == []


def test_writing_nothing_changes_nothing(store):
    report = store.write(Records())
    assert not report.changed and report.conflicts.empty
    assert_same_records(store.read(), Records())


def test_what_was_written_is_read(store_factory):
    @store_factory.examples(EXAMPLES)
    @given(records=any_records())
    def check(records):
        with store_factory() as store:
            report = store.write(records)
            assert_same_records(store.read(), records)
        assert report.new == len(records)
        assert (report.known, report.completed, report.conflicting) == (0, 0, 0)

    check()


def test_it_is_still_there_after_opening_again(store_factory):
    records = records_of({"persons": [{"person": name, "name": name} for name in NASTY]})
    store = store_factory()
    store.write(records)
    with store_factory.reopen(store) as again:
        assert_same_records(again.read(), records)


def test_twice_is_once(store_factory):
    @store_factory.examples(EXAMPLES)
    @given(records=any_records(one_row_per_key=False))
    def check(records):
        with store_factory() as store:
            first = store.write(records)
            kept = store.read()
            second = store.write(records)
            assert_same_records(store.read(), kept)
        assert second.new == second.completed == 0
        assert second.known + second.conflicting == len(records)
        assert first.new + first.known + first.completed + first.conflicting == len(records)

    check()


def test_parts_in_any_order_are_the_whole(store_factory):
    @store_factory.examples(EXAMPLES)
    @given(records=towns(), order=st.permutations(range(3)))
    def check(records, order):
        with store_factory() as store:
            reports = [store.write(parts_of(records, part, 3)) for part in order]
            assert_same_records(store.read(), records)
        assert sum(report.new for report in reports) == len(records)

    check()


def test_shuffled_rows_are_the_same_store(store_factory):
    @store_factory.examples(EXAMPLES)
    @given(records=towns(), seed=st.integers(0, 99))
    def check(records, seed):
        shuffled = Records.build({n: f.sample(frac=1, random_state=seed) for n, f in records.tables.items() if len(f)})
        with store_factory() as store:
            store.write(shuffled)
            assert_same_records(store.read(), records)

    check()


def test_read_gives_only_the_tables_asked_for(store):
    records = records_of({"persons": [{"person": "p1"}], "links": [{"link": "l", "source": "p1", "target": "p2"}]})
    store.write(records)
    assert_same_records(store.read(tables=["links"]), Records({"links": records["links"]}))
    with pytest.raises(UsageError):
        store.read(tables=["person"])


def test_ids_are_keys_and_for_areas_the_codes(store):
    store.write(
        records_of(
            {
                "persons": [{"person": name} for name in NASTY],
                "areas": [{"area": "32002", "valid_from": JULY}, {"area": "32002", "valid_from": JULY + 1}],
                "contacts": [{"contact": "c1", "person_a": "p", "person_b": "q"}],
            }
        )
    )
    assert store.ids("persons") == set(NASTY)
    assert store.ids("areas") == {"32002"}
    assert store.ids("contacts") == {"c1"}
    assert store.ids("visits") == set()
    asked = pd.Series([*sorted(NASTY)[:2], "nobody", None], dtype="string")
    assert store.among("persons", asked) == set(sorted(NASTY)[:2])
    assert store.among("areas", pd.Series(["32002", "x"])) == {"32002"}
    assert store.among("visits", asked) == set()
    assert [store.holds(name) for name in ("persons", "visits")] == [True, False]
    with pytest.raises(UsageError):
        store.ids('persons"; DROP TABLE persons; --')


def test_an_empty_field_is_filled_from_either_side(store):
    store.write(records_of({"persons": [{"person": "p1", "name": "An"}]}))
    report = store.write(records_of({"persons": [{"person": "p1", "birth_year": 1990}]}))
    assert report.tables["persons"].completed == 1 and report.changed
    assert_same_records(store.read(), records_of({"persons": [{"person": "p1", "name": "An", "birth_year": 1990}]}))


def test_a_row_that_says_less_is_known(store):
    store.write(records_of({"persons": [{"person": "p1", "name": "An", "birth_year": 1990}]}))
    report = store.write(records_of({"persons": [{"person": "p1", "name": "An"}]}))
    assert report.tables["persons"].known == 1 and not report.changed


def test_a_pending_test_takes_its_result_and_keeps_it(store):
    def test(result):
        return records_of({"tests": [{"test": "t1", "person": "p1", "sample": JULY, "result": result}]})

    store.write(test("pending"))
    assert store.write(test("positive")).tables["tests"].completed == 1
    assert store.write(test("pending")).tables["tests"].known == 1
    assert_same_records(store.read(), test("positive"))


def test_a_contradiction_is_reported_and_not_written(store):
    known = records_of({"persons": [{"person": "p1", "name": "An", "sex": "male"}, {"person": "p2"}]})
    store.write(known)
    report = store.write(
        records_of(
            {
                "persons": [
                    {
                        "person": "p1",
                        "name": "Anh",
                        "sex": "female",
                        "birth_year": 1990,
                        "source_file": "b.csv",
                        "source_sheet": "F1",
                        "source_row": 7,
                    },
                    {"person": "p3"},
                ]
            }
        )
    )
    assert (report.new, report.completed, report.conflicting) == (1, 0, 1)
    assert report.conflicts.to_dict("records") == [
        {
            "table": "persons",
            "key": "p1",
            "column": column,
            "source_file": "b.csv",
            "source_sheet": "F1",
            "source_row": 7,
        }
        for column in ("name", "sex")
    ]
    assert store.read().persons["name"].tolist()[0] == "An"
    assert store.ids("persons") == {"p1", "p2", "p3"}


def test_with_replace_the_new_value_is_taken(store):
    store.write(records_of({"persons": [{"person": "p1", "name": "An", "birth_year": 1990}]}))
    report = store.write(records_of({"persons": [{"person": "p1", "name": "Anh"}]}), replace=True)
    assert (report.completed, report.conflicting) == (1, 0)
    assert_same_records(store.read(), records_of({"persons": [{"person": "p1", "name": "Anh", "birth_year": 1990}]}))


def test_rows_of_one_write_that_share_a_key_are_merged(store):
    rows = [{"person": "p1", "name": "An"}, {"person": "p1", "birth_year": 1990}, {"person": "p1", "name": "Bo"}]
    report = store.write(records_of({"persons": rows}))
    assert (report.new, report.completed, report.conflicting) == (1, 1, 1)
    assert store.read().persons["birth_year"].tolist() == [1990]


def test_another_time_zone_is_refused_and_nothing_written(store):
    person = records_of({"persons": [{"person": "p1"}]})
    store.write(Records(person.tables, "Asia/Seoul"))
    assert store.read().zone == "Asia/Seoul"
    with pytest.raises(InputError) as refused:
        store.write(records_of({"persons": [{"person": "p2"}]}))
    assert "Asia/Seoul" in refused.value.text("en") and "Asia/Seoul" in refused.value.text("vi")
    assert store.ids("persons") == {"p1"}


def test_progress_reaches_the_end_of_every_table(store):
    seen = {}
    records = records_of({"persons": [{"person": "p1"}, {"person": "p2"}], "cases": [{"person": "p1"}]})
    store.write(records, progress=lambda table, done, total: seen.update({table: (done, total)}))
    assert seen == {"persons": (2, 2), "cases": (1, 1)}


def test_a_write_that_is_broken_off_leaves_the_store_as_it_was(store):
    before = records_of({"persons": [{"person": "p1"}]})
    store.write(before)

    def stop(table, done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.write(records_of({"persons": [{"person": "p2"}]}), progress=stop)
    assert_same_records(store.read(), before)
    assert store.write(records_of({"persons": [{"person": "p2"}]})).new == 1


def test_writing_does_not_change_what_was_given(store):
    records = records_of({"persons": [{"person": "p1", "name": "An"}]})
    copies = {name: frame.copy() for name, frame in records.tables.items()}
    store.write(records)
    store.write(records, replace=True)
    for name in TABLES:
        pd.testing.assert_frame_equal(records[name], copies[name])


def test_counts_are_in_every_slice_whole_and_in_order(store):
    rows = [{"what": "cases", "number": n, "day": JULY, "unit": unit} for n, unit in ((3, "b"), (5, "a"))]
    records = records_of(
        {"cases": [{"person": "p1"}, {"person": "p2"}], "counts": [*rows, {"what": "f1", "number": 9}]}
    )
    store.write(records)
    assert_frame_equal(store.read().counts, records.counts)
    assert_frame_equal(store.slice(cases=["p1"]).records.counts, records.counts)
    assert len(store.ids("counts")) == 3
