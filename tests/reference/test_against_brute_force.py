"""The engine against the brute-force reference: every random small outbreak, every policy, the same answer."""

from __future__ import annotations

import os
from typing import Any

import pandas as pd
import pytest
from brute import Answer, brute_tiers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outbreaks import outbreaks, policies, seeded_outbreak

from tracing import build_contact_graph, trace_tiers
from tracing.records import Records

#: Random outbreaks per run; each is traced under one policy in turn, the seeded ones under all.
EXAMPLES = int(os.environ.get("TRUYVET_EXAMPLES", "1000"))
BATCHES = 8


def engine_answer(records: Records, policy_name: str, cases: list[str] | None = None) -> Answer:
    """Return the engine's answer in the reference's words."""
    tiers = trace_tiers(build_contact_graph(records), policy=policies()[policy_name], cases=cases)

    def plain(values: Any) -> tuple[Any, ...]:
        return tuple(None if pd.isna(v) else v for v in values)

    columns = ["tier_certain", "tier_possible", "first_exposure", "last_exposure", "first_exposure_certain"]
    table = {
        person: plain(values)
        for person, *values in tiers.table[["person", *columns]].astype(object).itertuples(index=False)
    }
    parents = ["person", "tier", "parent", "contact", "reading", "exposure", "until", "start", "end"]
    rows = list(tiers.parents[parents].astype(object).itertuples(index=False, name=None))
    assert len(set(rows)) == len(rows)
    together = ["person", "case", "contact", "start", "end"]
    return Answer(table, set(rows), set(tiers.co_present[together].astype(object).itertuples(index=False, name=None)))


def assert_same(records: Records, policy_name: str, cases: list[str] | None = None) -> None:
    expected = brute_tiers(records, policies()[policy_name], cases=cases)
    found = engine_answer(records, policy_name, cases)
    assert found.table == expected.table
    assert found.parents == expected.parents
    assert found.co_present == expected.co_present


@pytest.mark.parametrize("policy_name", sorted(policies()))
@pytest.mark.parametrize("batch", range(BATCHES))
def test_seeded_outbreaks_under_every_policy(policy_name: str, batch: int) -> None:
    for seed in range(batch, EXAMPLES // len(policies()) + BATCHES, BATCHES):
        try:
            assert_same(seeded_outbreak(seed), policy_name)
        except AssertionError as error:
            error.add_note(f"outbreak {seed}")
            raise


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(records=outbreaks(), policy_name=st.sampled_from(sorted(policies())))
def test_outbreaks_that_shrink(records: Records, policy_name: str) -> None:
    assert_same(records, policy_name)


@settings(max_examples=EXAMPLES // 5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(records=outbreaks(), policy_name=st.sampled_from(sorted(policies())), data=st.data())
def test_tracing_from_some_of_the_cases(records: Records, policy_name: str, data: st.DataObject) -> None:
    on_record = records.cases["person"].tolist()
    chosen = data.draw(st.lists(st.sampled_from(on_record), unique=True)) if on_record else []
    assert_same(records, policy_name, cases=chosen)
