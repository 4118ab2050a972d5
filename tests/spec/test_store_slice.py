"""A slice is what ``graph.selection`` says, on every store; compared with plain loops over the rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_slice import plain_slice
from small_records import JULY, NASTY, assert_same_records, questions, records_of, towns

from tracing.errors import NothingFound, UsageError
from tracing.model.records import Records
from tracing.times import DAY, HOUR

A_DAY_LATER = {"start": JULY + DAY, "start_to": JULY + 2 * DAY}


def chain(length=6):
    """People p0 - p1 - p2 ..., each pair an hour on the next day of July; p0 is case BN0."""
    return {
        "persons": [{"person": f"p{i}"} for i in range(length)],
        "cases": [{"person": "p0", "case_code": "BN0"}, {"person": "p5", "case_code": "BN5"}],
        "contacts": [
            {
                "contact": f"c{i}",
                "person_a": f"p{i}",
                "person_b": f"p{i + 1}",
                "start": JULY + DAY * i,
                "end": JULY + DAY * i + HOUR,
            }
            for i in range(length - 1)
        ],
    }


def visit(person, start, end=None, place="market", **more):
    return {"visit": f"v-{person}-{start}", "person": person, "place": place, "start": start, "end": end} | more


def keys(graph, table, column):
    return set(graph.records[table][column])


def test_any_question_about_any_town(store_factory):
    @store_factory.examples(settings().max_examples // 7)
    @given(records=towns(), data=st.data())
    def check(records, data):
        with store_factory() as store:
            store.write(records)
            for _ in range(3):
                question = data.draw(questions(records))
                wanted, focus = plain_slice(records, **question)
                graph = store.slice(**question)
                assert_same_records(graph.records, wanted)
                assert graph.focus == focus

    check()


def test_the_order_of_writing_does_not_show(store_factory):
    @store_factory.examples(settings().max_examples // 16)
    @given(records=towns(), data=st.data())
    def check(records, data):
        question = data.draw(questions(records))
        halves = [
            Records({n: f.iloc[i::2].reset_index(drop=True) for n, f in records.tables.items()}, records.zone)
            for i in (0, 1)
        ]
        with store_factory() as one, store_factory() as other:
            one.write(records)
            for half in reversed(halves):
                other.write(half)
            assert_same_records(other.slice(**question).records, one.slice(**question).records)

    check()


def test_who_is_near_a_case(store):
    tables = chain() | {"visits": [visit("p3", JULY), visit("q", JULY + HOUR)], "places": [{"place": "market"}]}
    store.write(records_of(tables))
    assert store.near_cases(1) in (None, {"p0": 0, "p1": 1, "p4": 1, "p5": 0})
    assert store.near_cases(3) in (None, {"p0": 0, "p1": 1, "p2": 2, "p3": 2, "p4": 1, "p5": 0, "q": 3})


def test_nothing_named_is_everything(store):
    records = records_of(chain())
    store.write(records)
    graph = store.slice()
    assert_same_records(graph.records, records)
    assert graph.focus is None


def test_an_empty_store_gives_an_empty_graph(store):
    graph = store.slice()
    assert graph.number_of_nodes() == 0
    assert_same_records(graph.records, Records())


@pytest.mark.parametrize("steps", range(7))
def test_each_step_reaches_one_ring_further(sliced, steps):
    graph = sliced(chain())(cases=["BN0"], steps=steps)
    assert keys(graph, "persons", "person") == {f"p{i}" for i in range(min(steps, 5) + 1)}
    assert keys(graph, "contacts", "contact") == {f"c{i}" for i in range(min(steps, 5))}


def test_cases_are_named_by_person_or_code_and_become_the_focus(sliced):
    ask = sliced(chain())
    assert ask(cases=["p0"], steps=1).focus == ("p0",)
    assert ask(cases=["BN5", "p0"], steps=0).focus == ("p0", "p5")
    assert ask(people=["p3"]).focus is None


def test_a_text_that_is_one_case_and_another_ones_code_names_both(sliced):
    ask = sliced({"cases": [{"person": "1", "case_code": "2"}, {"person": "2", "case_code": "7"}]})
    assert ask(cases=["2"]).focus == ("1", "2")


def test_three_steps_unless_told_otherwise(sliced):
    graph = sliced(chain())(people=["p0"])
    assert keys(graph, "persons", "person") == {"p0", "p1", "p2", "p3"}


def test_people_who_only_occur_in_a_contact_can_be_named(sliced):
    ask = sliced({"contacts": [{"contact": "c", "person_a": "x", "person_b": "y"}]})
    assert set(ask(people=["y"], steps=1)) == {"x", "y"}


def test_the_period_is_half_open_and_cuts_the_chain(sliced):
    ask = sliced(chain())
    graph = ask(cases=["BN0"], steps=5, since=JULY, until=JULY + 2 * DAY)
    assert keys(graph, "contacts", "contact") == {"c0", "c1"}
    assert keys(ask(since=JULY + HOUR), "contacts", "contact") == {"c1", "c2", "c3", "c4"}
    assert keys(ask(since=JULY + HOUR - 1), "contacts", "contact") == {"c0", "c1", "c2", "c3", "c4"}


def test_a_period_may_be_written_as_days(store):
    store.write(records_of(chain()))
    graph = store.slice(since="2021-07-02", until="2021-07-03")
    assert keys(graph, "contacts", "contact") == {"c1", "c2"}
    hours = store.slice(since="2021-07-02T00:30", until="2021-07-03T00:00")
    assert keys(hours, "contacts", "contact") == {"c1"}


def test_an_instant_on_the_edge_belongs_to_the_period_that_begins_there(sliced):
    ask = sliced({"contacts": [{"contact": "c", "person_a": "p", "person_b": "q", "start": JULY, "end": JULY}]})
    assert len(ask(since=JULY).records.contacts) == 1
    assert len(ask(until=JULY).records.contacts) == 0
    assert len(ask(since=JULY - 1, until=JULY + 1).records.contacts) == 1


def test_undated_contacts_are_in_every_period(sliced):
    ask = sliced(
        {
            "contacts": [
                {"contact": "undated", "person_a": "p", "person_b": "q"},
                {"contact": "only-end", "person_a": "p", "person_b": "r", "end": JULY + DAY},
                {"contact": "day", "person_a": "p", "person_b": "s", **A_DAY_LATER},
            ]
        }
    )
    assert keys(ask(people=["p"], since=JULY + 9 * DAY), "contacts", "contact") == {"undated"}
    assert keys(ask(people=["p"], until=JULY), "contacts", "contact") == {"undated", "only-end"}
    noon = JULY + DAY + 12 * HOUR
    assert keys(ask(people=["p"], since=noon, until=noon + 1), "contacts", "contact") == {"undated", "day"}


def test_visits_join_within_a_day_of_each_other(sliced):
    end = JULY + 10 * HOUR
    ask = sliced(
        {
            "visits": [
                visit("case", JULY + 9 * HOUR, end),
                visit("same-hour", JULY + 9 * HOUR + 60, end),
                visit("just-within", end + DAY - 1, end + DAY + HOUR),
                visit("just-outside", end + DAY, end + DAY + HOUR),
                visit("before", JULY + 9 * HOUR - DAY - HOUR, JULY + 9 * HOUR - DAY),
                visit("elsewhere", JULY + 9 * HOUR, end, place="bus"),
            ],
            "places": [{"place": "market"}, {"place": "bus"}],
        }
    )
    graph = ask(people=["case"], steps=1)
    assert keys(graph, "visits", "person") == {"case", "same-hour", "just-within"}
    assert keys(graph, "places", "place") == {"market"}
    assert keys(ask(people=["case"], steps=2), "visits", "person") == {
        "case",
        "same-hour",
        "just-within",
        "just-outside",
    }


def test_a_visit_without_end_joins_for_a_day(sliced):
    start = JULY + 9 * HOUR
    ask = sliced({"visits": [visit("case", start), visit("in", start + DAY - 1), visit("out", start + DAY)]})
    assert keys(ask(people=["case"], steps=1), "visits", "person") == {"case", "in"}


def test_visits_join_through_no_third_one(sliced):
    """A visit long past is not joined because a long stay covers the time between two others."""
    ask = sliced(
        {
            "visits": [
                visit("case", JULY, JULY + 20 * DAY),
                visit("case", JULY + DAY, JULY + DAY + HOUR),
                visit("late", JULY + 15 * DAY, JULY + 15 * DAY + HOUR),
                visit("too-late", JULY + 22 * DAY, JULY + 22 * DAY + HOUR),
            ]
        }
    )
    assert keys(ask(people=["case"], steps=1), "visits", "person") == {"case", "late"}


@pytest.mark.parametrize("begin", [JULY, -5 * DAY, -DAY // 2])
def test_a_visit_between_two_stays_is_joined_to_neither(sliced, begin):
    ask = sliced(
        {
            "visits": [
                visit("case", begin, begin + HOUR),
                visit("case", begin + 10 * DAY, begin + 10 * DAY + HOUR),
                visit("between", begin + 5 * DAY, begin + 5 * DAY + HOUR),
                visit("second", begin + 9 * DAY + HOUR, begin + 9 * DAY + 2 * HOUR),
            ]
        }
    )
    assert keys(ask(people=["case"], steps=1), "visits", "person") == {"case", "second"}


def test_both_visits_must_be_in_the_period(sliced):
    ask = sliced(
        {
            "visits": [
                visit("case", JULY + HOUR, JULY + 2 * HOUR),
                visit("early", JULY - HOUR, JULY - 1),
                visit("there", JULY + HOUR, JULY + 2 * HOUR),
            ]
        }
    )
    assert keys(ask(people=["case"], since=JULY), "visits", "person") == {"case", "there"}


def test_a_market_with_many_visitors(sliced):
    """The people of one afternoon, and nobody else's visits."""
    ask = sliced({"visits": [visit(f"p{i:04d}", JULY + i * 6 * HOUR, JULY + i * 6 * HOUR + HOUR) for i in range(400)]})
    graph = ask(places=["market"], since=JULY + 50 * DAY, until=JULY + 51 * DAY)
    assert keys(graph, "visits", "person") == {"p0200", "p0201", "p0202", "p0203"}
    near = ask(people=["p0200"], steps=1)
    assert len(near.records.visits) == 9


def test_a_place_gives_its_visitors_and_meetings_in_the_period(sliced):
    ask = sliced(
        {
            "visits": [visit("a", JULY, JULY + HOUR), visit("b", JULY + 5 * DAY)],
            "contacts": [
                {"contact": "c", "person_a": "x", "person_b": "y", "place": "market", "start": JULY},
                {"contact": "d", "person_a": "x", "person_b": "z", "start": JULY},
            ],
            "places": [{"place": "market", "area": "khóm 1"}],
            "areas": [{"area": "khóm 1"}],
        }
    )
    graph = ask(places=["market"], until=JULY + DAY)
    assert set(graph) == {"a", "x", "y"}
    assert keys(graph, "contacts", "contact") == {"c"}
    assert len(graph.records.areas) == 1
    assert keys(ask(places=["market"], until=JULY + DAY, steps=1), "contacts", "contact") == {"c", "d"}


def test_an_area_holds_everybody_below_it(sliced):
    ask = sliced(
        {
            "persons": [
                {"person": "p1", "area": "hamlet"},
                {"person": "p2", "area": "commune"},
                {"person": "p3", "area": "next"},
                {"person": "p4"},
            ],
            "areas": [
                {"area": "province"},
                {"area": "commune", "parent": "district", "valid_to": JULY},
                {"area": "commune", "parent": "province", "valid_from": JULY},
                {"area": "hamlet", "parent": "commune"},
                {"area": "next", "parent": "province"},
            ],
            "cases": [{"person": "p1"}, {"person": "p3"}],
        }
    )
    graph = ask(areas=["commune"])
    assert keys(graph, "persons", "person") == {"p1", "p2"}
    assert keys(graph, "cases", "person") == {"p1"}
    assert keys(graph, "areas", "area") == {"hamlet", "commune", "province"}
    assert len(graph.records.areas) == 4
    assert keys(ask(areas=["district"]), "persons", "person") == {"p1", "p2"}
    assert keys(ask(areas=["province"]), "persons", "person") == {"p1", "p2", "p3"}


def test_areas_that_contain_each_other_do_not_hang(sliced):
    ask = sliced(
        {
            "persons": [{"person": "p", "area": "a"}],
            "areas": [{"area": "a", "parent": "b"}, {"area": "b", "parent": "a"}],
        }
    )
    assert keys(ask(areas=["b"]), "persons", "person") == {"p"}


def test_an_area_without_people_is_an_empty_answer(sliced):
    assert len(sliced({"areas": [{"area": "a"}]})(areas=["a"]).records) == 0


def test_rows_about_a_person_come_along_whatever_their_time(sliced):
    ask = sliced(
        chain()
        | {
            "tests": [{"test": f"t{i}", "person": f"p{i}", "sample": JULY - 99 * DAY} for i in (1, 5)],
            "isolations": [{"isolation": "i", "person": "p1", "start": 0, "place": "hospital"}],
            "arrivals": [{"arrival": "a", "person": "p1", "arrived": 0, "vehicle": "VN123"}],
            "links": [{"source": "p0", "target": "p1"}, {"source": "p1", "target": "p5"}],
            "places": [{"place": "hospital"}, {"place": "VN123"}, {"place": "unused"}],
        }
    )
    graph = ask(cases=["BN0"], steps=1, since=JULY)
    assert keys(graph, "tests", "test") == {"t1"}
    assert len(graph.records.isolations) == len(graph.records.arrivals) == 1
    assert keys(graph, "links", "target") == {"p1"}
    assert keys(graph, "places", "place") == {"hospital", "VN123"}


@pytest.mark.parametrize("selector", ["cases", "people", "areas", "places"])
def test_what_is_not_there_is_counted_and_never_repeated(store, selector):
    store.write(records_of(chain() | {"areas": [{"area": "p0"}], "places": [{"place": "p0"}]}))
    with pytest.raises(NothingFound) as raised:
        store.slice(**{selector: ["p0", "SECRET-1", "SECRET-2", "SECRET-2"]})
    for lang in ("en", "vi"):
        text = raised.value.text(lang)
        assert "SECRET" not in text and "2" in text and "3" in text
    with pytest.raises(NothingFound):
        store.slice(**{selector: []})


def test_a_person_who_is_no_case_is_not_found_among_the_cases(store):
    store.write(records_of(chain()))
    with pytest.raises(NothingFound):
        store.slice(cases=["p1"])


@pytest.mark.parametrize(
    "question",
    [
        {"steps": -1, "people": ["p0"]},
        {"since": "yesterday"},
        {"since": JULY, "until": JULY},
        {"since": "2021-07-02", "until": "2021-07-01"},
        {"people": [1]},
    ],
)
def test_words_that_make_no_sense_are_refused(store, question):
    store.write(records_of(chain()))
    with pytest.raises(UsageError) as raised:
        store.slice(**question)
    assert raised.value.text("vi") != raised.value.text("en")


def test_an_option_that_a_slice_has_not_is_refused(store):
    with pytest.raises(TypeError, match="case_codes"):
        store.slice(case_codes=["F0-1"])


def test_one_text_is_a_list_of_one(store):
    store.write(records_of(chain()))
    assert set(store.slice(people="p0", steps=0)) == {"p0"}


def test_names_are_data_and_nothing_else(sliced):
    ask = sliced(
        {
            "persons": [{"person": name, "area": name} for name in NASTY],
            "cases": [{"person": name, "case_code": name} for name in NASTY],
            "areas": [{"area": name} for name in NASTY],
            "places": [{"place": name} for name in NASTY],
            "visits": [{"visit": name, "person": name, "place": name, "start": JULY} for name in NASTY],
            "contacts": [
                {"contact": name, "person_a": name, "person_b": f"met {name}", "start": JULY, "place": name}
                for name in NASTY
            ],
        }
    )
    for name in NASTY:
        graph = ask(cases=[name], people=[name], areas=[name], places=[name], steps=1)
        assert graph.focus == (name,)
        assert set(graph) == {name, f"met {name}"}
    assert len(ask().records.persons) == len(NASTY)


def test_times_at_the_ends_of_the_calendar_do_no_harm(sliced):
    low, high = -(1 << 63), (1 << 63) - 1
    ask = sliced({"visits": [visit("a", low, low), visit("b", high, high), visit("c", JULY, high)]})
    assert keys(ask(people=["a"]), "visits", "person") == {"a"}
