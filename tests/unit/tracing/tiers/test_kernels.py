"""Whatever the size of the parts in which the kernels look at contacts and visits, they find the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from outbreaks import seeded_outbreaks

from tracing import build_contact_graph, load_policy, trace_tiers
from tracing.tiers import kernels
from tracing.times import EVER

TIMES = st.integers(-5, 5) | st.just(EVER)


@pytest.mark.parametrize("part", [1, 7])
def test_an_outbreak_looked_at_in_small_parts_gives_the_same_answer(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    graph, policy = build_contact_graph(seeded_outbreaks(range(12))), load_policy("vn-3468")
    whole = trace_tiers(graph, policy=policy)
    monkeypatch.setattr(kernels, "_PART", part)
    assert len(whole.parents)
    assert trace_tiers(graph, policy=policy).to_dict() == whole.to_dict()


@given(st.lists(st.tuples(st.integers(0, 3), TIMES)), st.lists(st.tuples(st.integers(0, 3), TIMES)))
def test_many_places_are_searched_as_each_place_alone(
    known: list[tuple[int, int]], asked: list[tuple[int, int]]
) -> None:
    known.sort()
    places, times = (np.array([row[k] for row in known], dtype=np.int64) for k in (0, 1))
    place, at = (np.array([row[k] for row in asked], dtype=np.int64) for k in (0, 1))
    for side in ("left", "right"):
        found = kernels.search_places(places, times, place, at, side)
        if known:
            expected = [np.searchsorted(times[places == p], t, side=side) + (places < p).sum() for p, t in asked]
            assert found.tolist() == expected
