"""The engine against the brute-force reference on outbreaks that Hypothesis makes, and shrinks where they differ."""

from __future__ import annotations

import os

from compare import assert_engine_is_right
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outbreaks import outbreaks, policies

from tracing.model.records import Records

EXAMPLES = int(os.environ.get("TRUYVET_EXAMPLES", "4000")) // 40
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW)
@given(records=outbreaks(), policy_name=st.sampled_from(sorted(policies())))
def test_outbreaks_that_shrink(records: Records, policy_name: str) -> None:
    assert_engine_is_right(records, policy_name)


@settings(max_examples=EXAMPLES // 3 + 1, suppress_health_check=SLOW)
@given(records=outbreaks(), policy_name=st.sampled_from(sorted(policies())), data=st.data())
def test_tracing_from_some_of_the_cases(records: Records, policy_name: str, data: st.DataObject) -> None:
    on_record = records.cases["person"].tolist()
    chosen = data.draw(st.lists(st.sampled_from(on_record), unique=True)) if on_record else []
    assert_engine_is_right(records, policy_name, cases=chosen)
