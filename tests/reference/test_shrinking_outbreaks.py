"""The engine against the brute-force reference on outbreaks that Hypothesis makes, and shrinks where they differ."""

from __future__ import annotations

import os

import pytest
from compare import assert_engine_is_right, engine_answer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outbreaks import build, day, outbreaks, policies, time_columns

from tracing.errors import NothingFound
from tracing.model.records import Records

EXAMPLES = int(os.environ.get("TRUYVET_EXAMPLES", "4000")) // 100
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)
pytestmark = pytest.mark.slow


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW)
@given(records=outbreaks(), policy_name=st.sampled_from(sorted(policies())))
def test_outbreaks_that_shrink(records: Records, policy_name: str) -> None:
    assert_engine_is_right(records, policy_name)


@settings(max_examples=EXAMPLES // 3 + 1, suppress_health_check=SLOW)
@given(records=outbreaks(), policy_name=st.sampled_from(sorted(policies())), data=st.data())
def test_tracing_from_some_of_the_cases(records: Records, policy_name: str, data: st.DataObject) -> None:
    counted = (records.cases["status"] != "discarded").fillna(True).astype(bool)
    on_record = records.cases.loc[counted, "person"].tolist()
    chosen = data.draw(st.lists(st.sampled_from(on_record), unique=True)) if on_record else []
    assert_engine_is_right(records, policy_name, cases=chosen)


def test_a_discarded_case_is_no_case_to_trace_from() -> None:
    records = build(cases=[{"person": "a", "status": "discarded", **time_columns(onset=day(3))}])
    with pytest.raises(NothingFound):
        engine_answer(records, "vn-3638", cases=["a"])
