"""The frontier against exhaustive search over all sets of units, on random small instances with many ties."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tracing.zones.cut import Frontier, find_frontier


@st.composite
def instances(draw, most=8):
    n = draw(st.integers(1, most))
    gain = np.array(draw(st.lists(st.integers(0, 6), min_size=n, max_size=n)), dtype=float)
    pop = np.array(draw(st.lists(st.integers(1, 5), min_size=n, max_size=n)), dtype=np.int64)
    pairs = [(i, j) for i in range(n) for j in range(i)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12)) if pairs else []
    link = np.array(draw(st.lists(st.integers(1, 4), min_size=len(chosen), max_size=len(chosen))), dtype=float)
    a = np.array([p[0] for p in chosen], dtype=np.int64)
    b = np.array([p[1] for p in chosen], dtype=np.int64)
    return gain, pop, a, b, link


def sets(frontier: Frontier) -> list[np.ndarray]:
    return [(frontier.enters > 0) & (frontier.enters <= step) for step in range(len(frontier.price) + 1)]


def value(instance, inside):
    gain, _, a, b, link = instance
    return gain[inside].sum() - link[inside[a] != inside[b]].sum()


def every_set(n):
    return [np.array(x, dtype=bool) for x in product((False, True), repeat=n)]


@given(instances())
def test_every_step_is_the_best_of_all_sets_over_its_whole_range_of_prices(instance):
    gain, pop, *_ = instance
    frontier = find_frontier(*instance)
    best_of = [(value(instance, x), pop[x].sum()) for x in every_set(len(gain))]
    found = sets(frontier)
    bounds = [2 * frontier.price[0] + 1 if len(frontier.price) else 10.0, *frontier.price, 0.0]
    for inside, high, low in zip(found, bounds[:-1], bounds[1:], strict=True):
        for price in (high, (high + low) / 2, low):
            reached = value(instance, inside) - price * pop[inside].sum()
            assert np.isclose(reached, max(v - price * p for v, p in best_of), atol=1e-6)


@given(instances())
def test_no_breakpoint_is_missed(instance):
    gain, pop, *_ = instance
    found = {(round(value(instance, x), 6), int(pop[x].sum())) for x in sets(find_frontier(*instance))}
    best_of = [(value(instance, x), int(pop[x].sum())) for x in every_set(len(gain))]
    for price in np.linspace(0.001, 12, 97) + 1e-4 * np.sqrt(2):
        best = max(best_of, key=lambda vp: (vp[0] - price * vp[1], -vp[1]))
        assert (round(best[0], 6), best[1]) in found


@given(instances())
def test_of_equally_good_sets_the_smallest_is_taken(instance):
    _, pop, *_ = instance
    frontier = find_frontier(*instance)
    for inside in sets(frontier):
        for other in every_set(len(pop)):
            if (
                (other < inside).any()
                and not (other > inside).any()
                and value(instance, other) == value(instance, inside)
            ):
                assert pop[other].sum() == pop[inside].sum()


@given(instances(most=14))
def test_frontier_is_nested_and_prices_fall(instance):
    frontier = find_frontier(*instance)
    assert (np.diff(frontier.price) < 0).all()
    for narrow, wide in zip(sets(frontier)[:-1], sets(frontier)[1:], strict=True):
        assert (narrow <= wide).all()
        assert (narrow < wide).any()


@given(instances(), st.sampled_from([2.0**-20, 0.25, 8.0, 2.0**17]))
def test_scaling_risk_and_links_together_changes_no_set(instance, factor):
    gain, pop, a, b, link = instance
    one, two = find_frontier(gain, pop, a, b, link), find_frontier(gain * factor, pop, a, b, link * factor)
    assert one.enters.tolist() == two.enters.tolist()
    assert np.allclose(one.price * factor, two.price)


@given(instances(), st.randoms(use_true_random=False))
def test_order_of_units_and_links_does_not_matter(instance, random):
    gain, pop, a, b, link = instance
    order = list(range(len(gain)))
    random.shuffle(order)
    place = np.argsort(order)
    links = list(range(len(link)))
    random.shuffle(links)
    other = find_frontier(gain[order], pop[order], place[b[links]], place[a[links]], link[links])
    assert find_frontier(*instance).enters[order].tolist() == other.enters.tolist()
