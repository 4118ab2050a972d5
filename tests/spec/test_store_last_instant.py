"""The last instant on record: what a store says is what its Records say."""

from __future__ import annotations

from hypothesis import given
from small_records import JULY, records_of, towns

from tracing.times import DAY


def test_an_empty_store_has_none(store):
    assert store.last_instant() is None


def test_records_without_a_time_have_none(store):
    store.write(records_of({"persons": [{"person": "p1"}], "contacts": [{"person_a": "p1", "person_b": "p2"}]}))
    assert store.last_instant() is None


def test_of_a_day_it_is_the_last_second(store):
    store.write(records_of({"cases": [{"person": "p1", "onset": JULY, "onset_to": JULY + DAY}]}))
    assert store.last_instant() == JULY + DAY - 1
    store.write(records_of({"visits": [{"person": "p1", "place": "m", "start": JULY + DAY, "end": JULY + 2 * DAY}]}))
    assert store.last_instant() == JULY + 2 * DAY


def test_a_release_in_the_future_is_not_on_record_yet(store):
    store.write(records_of({"isolations": [{"person": "p1", "start": JULY, "end": JULY + 14 * DAY}]}))
    assert store.last_instant() == JULY


def test_it_is_that_of_the_records(store_factory):
    @store_factory.examples(10)
    @given(records=towns())
    def check(records):
        with store_factory() as store:
            store.write(records)
            assert store.last_instant() == records.last_instant()

    check()
