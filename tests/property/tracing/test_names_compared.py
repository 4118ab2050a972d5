"""Names are compared only where it can matter: what is found is what it would be if all of them were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from identity_page import mentions
from identity_weights import doubled

from tracing.identity import weights as weighing
from tracing.identity.blocking import candidate_pairs
from tracing.identity.compare import LEVELS, compare
from tracing.identity.facts import PersonFacts
from tracing.identity.pairs import find_pairs
from tracing.identity.weights import Weights, shipped_weights
from tracing.model.records import Records


def everybody(_self: Weights, compared: Mapping[str, Any], *, people: int) -> Any:
    """Tell of all pairs that they may be likely."""
    return np.full(len(compared["home"]), people > 0)


def province(seed: int, *, mentioned: bool) -> Records:
    """Return people of whom some stand twice, are mentioned by name only, or are cases."""
    made = doubled(seed, 150)
    records = mentions(made, 0.25)[0] if mentioned else made.records
    ill = records.persons["person"].sample(frac=0.1, random_state=seed)
    return Records.build({**records.tables, "cases": pd.DataFrame({"person": ill})})


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    mentioned=st.booleans(),
    lower=st.sampled_from([1e-6, 0.05, 0.19, 0.6]),
    counted_on=st.sampled_from([20, 22_000]),
)
def test_what_is_found_is_what_would_be_if_all_names_were_compared(
    seed: int, mentioned: bool, lower: float, counted_on: int
) -> None:
    records, weights = province(seed, mentioned=mentioned), replace(shipped_weights(), lower=lower)
    people = records.persons["person"].tolist()
    apart = {frozenset(people[at : at + 2]) for at in range(0, 20, 2)}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(weighing, "COUNTED_ON", counted_on)
        found = find_pairs(records, weights=weights, apart=apart)
        patched.setattr(Weights, "may_be_likely", everybody)
        whole = find_pairs(records, weights=weights, apart=apart)
    pd.testing.assert_frame_equal(found.pairs, whole.pairs)
    pd.testing.assert_frame_equal(found.shared, whole.shared)
    assert (found.compared, found.people) == (whole.compared, whole.people)


def test_most_names_of_other_words_need_not_be_compared() -> None:
    facts = PersonFacts.of(doubled(7, 1_000).records)
    a, b = candidate_pairs(facts)
    rest = compare(facts, a, b, names=(name for name in LEVELS if name != "name"))
    other = facts.words[a] != facts.words[b]
    may_be = shipped_weights().may_be_likely(rest, people=len(facts))
    assert 0 < may_be[other].mean() < 0.6
