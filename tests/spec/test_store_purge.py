"""Removing people for good: they, what is theirs and their names in texts of others are gone, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from small_records import JULY, assert_same_records, records_of

from graph import ExportEntry, LoadEntry, Run
from graph.loads import BROKEN_OFF
from graph.purge import PURGED, PurgeEntry, last_events, parse_purges
from tracing.errors import SafetyError, StoreError
from tracing.identity.decisions import NOTE, Decision
from tracing.times import DAY

NAME, PHONE, CODE = "Zwölfboth Quỳnh Xuyến", "0977123488", "BN900177"
ENTRY = PurgeEntry(who="night shift", at=JULY, why="asked to")


def town():
    """Return somebody who goes, two who met them, and a remark, a reporter, places and an order that name them."""
    return {
        "persons": [
            {"person": "gone", "name": NAME, "phone": PHONE, "source_file": "a.csv", "source_row": 7},
            {"person": "gone too", "name": NAME, "phone": PHONE},
            {"person": "an", "name": "An", "household": f"hộ {NAME}"},
            {"person": "binh", "name": "Binh", "attributes": f'{{"note":"đi với {NAME} ({CODE}), 0977 123 488"}}'},
        ],
        "cases": [{"person": "gone", "case_code": CODE, "onset": JULY}, {"person": "an", "case_code": "BN2"}],
        "contacts": [
            {"person_a": "gone", "person_b": "an", "start": JULY, "end": JULY + DAY},
            {"person_a": "an", "person_b": "binh", "start": JULY, "reported_by": "gone", "place": f"nhà {NAME}"},
            {"person_a": "an", "person_b": "binh", "start": JULY + 9 * DAY, "place": "market"},
        ],
        "places": [
            {"place": f"nhà {NAME}", "name": f"nhà {NAME}", "kind": "home"},
            {"place": "own home", "kind": "home"},
            {"place": "market", "name": "Chợ"},
        ],
        "visits": [
            {"person": "gone", "place": "own home", "start": JULY},
            {"person": "gone", "place": "market", "start": JULY},
            {"person": "an", "place": f"nhà {NAME}", "start": JULY},
        ],
        "tests": [{"person": "gone", "sample": JULY, "result": "positive"}],
        "isolations": [{"person": "gone", "start": JULY}, {"person": "an", "start": JULY, "place": f"nhà {NAME}"}],
        "arrivals": [{"person": "gone", "arrived": JULY}],
        "links": [{"source": "gone", "target": "an"}, {"source": "an", "target": "binh"}],
    }


def left():
    """Return what is left of it."""
    whole = records_of(town())
    out = {}
    out["persons"] = whole.persons[~whole.persons["person"].isin(["gone", "gone too"])].assign(
        household=["removed-1", pd.NA], attributes=[pd.NA, '{"note":"đi với … (…), …"}']
    )
    out["cases"] = whole.cases[whole.cases["person"] != "gone"]
    met = whole.contacts[(whole.contacts[["person_a", "person_b"]] != "gone").all(axis=1)]
    out["contacts"] = met.assign(reported_by=pd.NA, place=met["place"].replace(f"nhà {NAME}", "removed-1"))
    out["places"] = whole.places[whole.places["place"] != "own home"].replace(f"nhà {NAME}", "removed-1")
    out["places"].loc[out["places"]["place"] == "removed-1", "name"] = "nhà …"
    for name in ("visits", "isolations"):
        out[name] = whole[name][whole[name]["person"] == "an"].replace(f"nhà {NAME}", "removed-1")
    for name in ("tests", "arrivals"):
        out[name] = whole[name].iloc[:0]
    out["links"] = whole.links[whole.links["source"] == "an"]
    return {name: frame.astype(whole[name].dtypes.to_dict()) for name, frame in out.items()}


def fill(store):
    store.write(records_of(town()), load=LoadEntry.build(who="me", files={f"{NAME}.csv": "h", "b.csv": "i"}))
    question = {"id": "q1", "file": "a.csv", "sheet": None, "row": 7, "people": [], "text": "which day?"}
    kept = question | {"id": "q2", "row": 8}
    named = question | {"id": "q3", "row": 9, "said": f"{NAME}?"}
    store.save_note("questions", "open", [question, kept, named])
    store.save_note("answer", "a1", {"choice": "yes", "question": kept | {"people": ["an", "gone"]}})
    store.save_note("answer", "a2", {"choice": "yes", "question": kept})
    store.save_note("short id", "gone", "P-1")
    two = ("gone", "gone too"), ("an", "binh")
    decisions = [
        *(
            Decision(number=n, what=what, people=pair, who="me", at=1)
            for n, (what, pair) in enumerate([("join", two[0]), ("apart", two[1])], 1)
        ),
        Decision(number=3, what="undo", people=(), who="me", at=1, undoes=1),
    ]
    for one in decisions:
        store.save_note(NOTE, *one.to_note())
    tiers = pd.DataFrame({"person": ["gone"]})
    store.save_run(Run.build("tiers", inputs="1", version="1", tables={"tiers": tiers}, options={"cases": [CODE]}))
    store.log_export(ExportEntry("me", 1, f"lists all, csv: {CODE}.csv", True, 3))
    return kept


def test_they_go_with_all_that_names_them_and_nothing_else(store):
    kept = fill(store)
    plan = store.plan_purge(["gone", "gone too"])
    assert (plan.rows, plan.cleaned, plan.runs) == (11, 6, 1)
    store.purge(plan, ENTRY)
    wanted = left()
    found = store.read()
    for name, frame in wanted.items():
        key = found[name].columns[0] if name != "cases" else "person"
        pd.testing.assert_frame_equal(
            found[name].sort_values(key, ignore_index=True), frame.sort_values(key, ignore_index=True), check_exact=True
        )
    assert store.notes("questions") == {"open": [kept]}
    assert store.notes("answer") == {"a2": {"choice": "yes", "question": kept}}
    assert store.notes("short id") == {}
    assert [one.number for one in store.identity().decisions] == [2]
    assert store.runs() == []
    assert [list(one.files) for one in store.loads()] == [["b.csv", "… 1"]]
    assert store.exports() == [ExportEntry("me", 1, "lists all, csv: ….csv", True, 3)]
    assert parse_purges(store.notes(PURGED)) == [replace(ENTRY, people=2, rows=11)]
    assert BROKEN_OFF[1] not in store.notes(BROKEN_OFF[0])
    assert store.slice(people=["an"]).records.contacts["contact"].size == 2
    with pytest.raises(SafetyError):
        store.undo_load()


def test_a_name_that_somebody_who_stays_has_too_is_left_where_it_is(store):
    rows = town()
    rows["persons"].append({"person": "other", "name": NAME, "phone": PHONE})
    store.write(records_of(rows))
    plan = store.plan_purge(["gone", "gone too"])
    store.purge(plan, ENTRY)
    note = store.read().persons.set_index("person").loc["binh", "attributes"]
    assert NAME in note and CODE not in note


def test_a_store_that_changed_since_is_left_as_it_is(store):
    fill(store)
    plan = store.plan_purge(["gone"])
    store.write(records_of({"persons": [{"person": "new"}]}))
    before = store.read()
    with pytest.raises(StoreError):
        store.purge(plan, ENTRY)
    assert_same_records(store.read(), before)


def test_everybody_may_go_and_the_same_list_loads_again(store):
    fill(store)
    everybody = store.ids("persons")
    store.purge(store.plan_purge(everybody), ENTRY)
    assert len(store.read(tables=["persons", "cases", "contacts", "visits", "links"])) == 0
    report = store.write(records_of(town()))
    assert report.tables["persons"].new == 4


def test_the_last_event_of_everybody():
    found = last_events(records_of(town()))
    assert found.to_dict() == {"an": JULY + 9 * DAY, "binh": JULY + 9 * DAY, "gone": JULY + DAY}
