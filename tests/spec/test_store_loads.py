"""Notes, the record of loads, and taking the last load back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_records import JULY, NASTY, any_records, assert_same_records, records_of, towns

from cli.use_cases.undo import undo_last, with_way_back
from graph import LoadEntry
from graph.loads import LOADS_KEPT
from tracing.errors import InputError, NothingFound, SafetyError, UsageError
from tracing.model.records import Records

EXAMPLES = max(settings().max_examples // 16, 5)


def entry(name="f1.xlsx", **changes):
    return LoadEntry.build(who="night shift", files={name: "a" * 32}, **changes)


def people(*names, **columns):
    return records_of({"persons": [{"person": name, **columns} for name in names]})


def test_the_revision_rises_with_every_change_and_with_nothing_else(store):
    seen = [store.revision()]

    def rises(by_change):
        seen.append(store.revision())
        assert (seen[-1] > seen[-2]) is by_change

    assert seen == [0]
    store.write(people("p1"))
    rises(True)
    store.write(people("p1"))
    rises(False)
    store.write(people("p1", name="An"))
    rises(True)
    store.write(people("p1", name="Binh"))
    rises(False)
    store.save_note("answers", "q1", "day first")
    rises(True)
    store.save_note("answers", "q1", "day first")
    rises(False)
    store.write(Records(), load=entry())
    rises(True)
    store.undo_load()
    rises(True)


def test_notes_are_kept_by_kind_and_key(store_factory):
    store = store_factory()
    values = {key: {"choice": key, "rows": [1, 2.5, None, True]} for key in NASTY}
    for key, value in values.items():
        store.save_note("answers", key, value)
    store.save_note("mappings", "Họ tên", "name")
    with store_factory.reopen(store) as again:
        assert again.notes("answers") == values
        assert again.notes("mappings") == {"Họ tên": "name"}
        assert again.notes("other") == {}


def test_a_note_is_replaced_and_forgotten(store):
    store.save_note("answers", "q1", "7/6")
    store.save_note("answers", "q1", ["6/7"])
    assert store.notes("answers") == {"q1": ["6/7"]}
    store.save_note("answers", "q1", None)
    store.save_note("answers", "q1", None)
    assert store.notes("answers") == {}
    with pytest.raises(UsageError):
        store.save_note("answers", "q1", {"when": object()})


def test_loads_are_on_record_with_what_became_of_their_rows(store_factory):
    store = store_factory()
    first, second = entry("a.xlsx", at=JULY), entry("b.xlsx")
    store.write(people("p1", "p2"), load=first)
    store.write(people("p2", "p3"), load=second)
    store.write(people("p4"))
    with store_factory.reopen(store) as again:
        kept = again.loads()
    assert [(one.id, one.at, one.who, one.files) for one in kept] == [
        (one.id, one.at, "night shift", one.files) for one in (first, second)
    ]
    assert all(one.finished for one in kept)
    assert [(one.counts["persons"].new, one.counts["persons"].known) for one in kept] == [(2, 0), (1, 1)]


def test_several_writes_of_one_load_are_one_load(store):
    load = entry()
    store.write(people("p1"), load=load)
    store.write(people("p1", name="An"), load=load)
    store.write(people("p2"), load=load)
    (kept,) = store.loads()
    assert (kept.counts["persons"].new, kept.counts["persons"].completed) == (2, 1)
    taken = store.undo_load()
    assert (taken.counts["persons"].new, taken.counts["persons"].completed) == (2, 0)
    assert_same_records(store.read(), Records())


def test_a_load_is_not_continued_after_another(store):
    first = entry()
    store.write(people("p1"), load=first)
    store.write(people("p2"), load=entry())
    with pytest.raises(UsageError):
        store.write(people("p3"), load=first)
    assert store.ids("persons") == {"p1", "p2"}


def test_a_town_taken_back_and_loaded_again(store_factory):
    @store_factory.examples(EXAMPLES)
    @given(before=towns(), after=towns())
    def check(before, after):
        with store_factory() as store:
            store.write(before)
            kept = store.read()
            store.write(after, load=entry())
            whole = store.read()
            store.undo_load()
            assert_same_records(store.read(), kept)
            assert store.last_instant() == kept.last_instant()
            assert store.loads() == []
            store.write(after, load=entry())
            assert_same_records(store.read(), whole)

    check()


def test_whatever_was_loaded_is_taken_back_step_by_step(store_factory):
    @store_factory.examples(EXAMPLES)
    @given(records=any_records(one_row_per_key=False), replace=st.booleans())
    def check(records, replace):
        with store_factory() as store:
            stages = []
            for part in range(3):
                stages.append(store.read())
                some = {name: frame.iloc[part::3].reset_index(drop=True) for name, frame in records.tables.items()}
                report = store.write(Records(some), load=entry(), replace=replace)
                assert sum(one.new for one in store.loads()[-1].counts.values()) == report.new
            for stage in reversed(stages):
                store.undo_load()
                assert_same_records(store.read(), stage)
            with pytest.raises(NothingFound):
                store.undo_load()

    check()


def test_what_the_load_named_is_gone_and_what_others_name_stays(store):
    store.write(
        records_of(
            {
                "contacts": [{"contact": "c1", "person_a": "p1", "person_b": "p2", "start": JULY}],
                "persons": [{"person": "p1", "name": "An"}],
                "areas": [{"area": "a1", "name": "Old", "valid_from": JULY}],
            }
        )
    )
    kept, around = store.read(), store.slice(people=["p2"]).records
    store.write(
        records_of(
            {
                "persons": [{"person": "p1", "area": "a2"}, {"person": "p2"}, {"person": "p3"}],
                "cases": [{"person": "p2", "onset": JULY}],
                "contacts": [{"contact": "c2", "person_a": "p2", "person_b": "p4", "place": "x", "start": JULY}],
                "visits": [{"visit": "v1", "person": "p5", "place": "market", "start": JULY}],
                "areas": [{"area": "a1", "name": "New", "valid_from": JULY + 1, "parent": "a3"}],
                "links": [{"link": "l1", "source": "p2", "target": "p6"}],
            }
        ),
        load=entry(),
    )
    taken = store.undo_load()
    assert (taken.counts["persons"].new, taken.counts["persons"].completed) == (2, 1)
    assert_same_records(store.read(), kept)
    assert_same_records(store.slice(people=["p2"]).records, around)
    for named in (
        {"people": ["p3"]},
        {"people": ["p4"]},
        {"people": ["p6"]},
        {"cases": ["p2"]},
        {"places": ["x"]},
        {"places": ["market"]},
        {"areas": ["a2"]},
        {"areas": ["a3"]},
    ):
        with pytest.raises(NothingFound):
            store.slice(**named)
    assert store.slice(areas=["a1"]).records.areas["name"].tolist() == []


def test_notes_and_runs_stay(store):
    store.write(people("p1"), load=entry())
    store.save_note("answers", "q1", 1)
    store.undo_load()
    assert store.notes("answers") == {"q1": 1}


def test_nothing_to_take_back(store):
    store.write(people("p1"))
    with pytest.raises(NothingFound):
        store.undo_load()
    assert store.ids("persons") == {"p1"}


def test_a_load_that_a_later_write_builds_on_stays(store):
    store.write(people("old"))
    store.write(people("p1"), load=entry())
    store.write(people("p2", "old"))
    store.undo_load()
    store.write(people("p1"), load=entry())
    store.write(people("p1"))
    with pytest.raises(SafetyError) as refused:
        store.undo_load()
    assert refused.value.text("vi") != refused.value.text("en")
    assert store.ids("persons") == {"old", "p1", "p2"} and len(store.loads()) == 1
    store.write(people("p3"), load=entry())
    store.undo_load()
    assert store.ids("persons") == {"old", "p1", "p2"}


def test_a_refused_write_is_no_load(store):
    store.write(people("p1"))
    with pytest.raises(InputError):
        store.write(Records(people("p2").tables, "Asia/Seoul"), load=entry())
    assert store.loads() == []


def test_the_time_zone_goes_with_the_last_row(store):
    store.write(Records(people("p1").tables, "Asia/Seoul"), load=entry())
    store.undo_load()
    store.write(people("p2"))
    assert store.read().zone == people("p2").zone


def test_only_so_many_loads_can_be_taken_back(store):
    for number in range(LOADS_KEPT + 1):
        store.write(people(f"p{number}"), load=entry())
    for _ in range(LOADS_KEPT):
        store.undo_load()
    with pytest.raises(SafetyError):
        store.undo_load()
    assert store.ids("persons") == {"p0"} and len(store.loads()) == 1


def test_answers_and_questions_of_a_load_go_with_it_and_what_came_since_stays(store):
    store.save_note("answer", "q0", {"choice": "kept", "question": None})
    store.save_note("questions", "open", [{"id": "q1"}, {"id": "q2"}])
    load = entry()
    with with_way_back(store, load):
        store.save_note("answer", "q1", {"choice": "7/6", "question": None})
        store.write(people("p1"), load=load)
        store.save_note("questions", "open", [{"id": "q2"}, {"id": "q3"}])
    store.save_note("answer", "q2", {"choice": "since", "question": None})
    store.save_note("questions", "open", [{"id": "q3"}])
    back = undo_last(store)
    assert (back.load.id, back.answers, back.questions) == (load.id, 1, 1)
    assert {ident: note["choice"] for ident, note in store.notes("answer").items()} == {"q0": "kept", "q2": "since"}
    assert store.notes("questions") == {"open": [{"id": "q1"}]}
    assert store.ids("persons") == set() and store.loads() == []


def test_a_load_that_fails_leaves_answers_and_questions_as_they_were(store):
    store.save_note("answer", "q0", {"choice": "kept", "question": None})
    before = store.notes("answer")
    with pytest.raises(OSError), with_way_back(store, entry()):
        store.save_note("answer", "q1", {"choice": "new", "question": None})
        store.save_note("questions", "open", [{"id": "q3"}])
        raise OSError(28, "no space")
    assert store.notes("answer") == before and store.notes("questions") == {}


def test_rows_withdrawn_by_a_load_come_back_with_it(store):
    day = {"start": JULY, "start_to": JULY + 86_400}
    tables = {
        "persons": [{"person": "p1", "name": "An"}, {"person": "p6", "name": "Ba", "area": "a1", "source_file": "a"}],
        "cases": [{"person": "p2"}, {"person": "p3"}],
        "contacts": [{"contact": f"c{n}", "person_a": "p1", "person_b": "p4", **day, "source_file": "a"} for n in "12"],
        "visits": [{"visit": f"v{n}", "person": "p5", "place": f"m{n}", **day, "source_file": "a"} for n in "12"],
        "tests": [{"test": "t1", "person": "p1", "sample": JULY, "sample_to": JULY + 1, "result": "negative"}],
    }
    store.write(records_of(tables), load=entry("a"))
    before, load = store.read(), entry("a")
    assert (
        set(store.rows_of_files("visits", ["a"])["key"]) == {"v1", "v2"} and store.rows_of_files("tests", ["a"]).empty
    )
    store.write(people("p9"), load=load)
    gone = {"contacts": ["c1"], "visits": ["v2"], "cases": ["p3"], "tests": ["t1"], "links": [], "persons": ["p6"]}
    store.withdraw(gone, load=load)
    after = store.read()
    assert set(after.persons["person"]) == {"p1", "p9"}
    assert set(after.contacts["contact"]) == {"c2"} and set(after.visits["visit"]) == {"v1"}
    assert set(after.cases["person"]) == {"p2"} and after.tests.empty
    assert [one.id for one in store.loads()][-1] == load.id
    store.undo_load()
    assert_same_records(store.read(), before)


def test_a_store_knows_which_load_brought_a_row(store):
    first, second = entry("a"), entry("a")
    store.write(people("p0"))
    store.write(people("p1", "p2"), load=first)
    store.write(people("p2", "p3", name="An"), load=second)
    asked = people("p0", "p1", "p2", "p3", "p9").persons["person"]
    assert store.brought_by("persons", asked) == {"p1": first.id, "p2": first.id, "p3": second.id}
    assert store.brought_by("contacts", asked) == {}
    store.withdraw({"persons": ["p1"]}, load=second)
    third = entry("b")
    store.write(people("p1"), load=third)
    assert store.brought_by("persons", asked)["p1"] == third.id
    store.undo_load()
    assert store.brought_by("persons", asked)["p1"] == first.id
