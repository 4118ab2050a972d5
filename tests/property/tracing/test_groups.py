"""Whom pairs join: the connected components of their graph."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from tracing.identity.decisions import groups_of

_ONES = st.integers(0, 12)


@given(st.lists(st.tuples(_ONES, _ONES)))
def test_groups_are_the_components_in_the_order_of_their_first_pairs(pairs: list[tuple[int, int]]) -> None:
    graph: nx.Graph[int] = nx.Graph(pairs)
    assert groups_of(pairs) == [sorted(group) for group in nx.connected_components(graph)]
