"""Chains over time against every sequence of links, written out: no search, no order of processing, no shortcuts."""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outbreaks import at, build, day, time_columns

from tracing.chains.chains import trace_chains
from tracing.model.contactgraph import build_contact_graph

PEOPLE = "abcde"
#: No day, a day of July, or an hour of one.
DAYS = st.one_of(st.none(), st.integers(1, 6), st.integers(1, 6).map(lambda n: n + 0.5))


class Told(NamedTuple):
    source: str
    target: str
    first: float
    until: float
    dated: bool


@st.composite
def declared(draw):
    """Return records and the same links told plainly: source, target, the first day, the first day after it."""
    pairs = draw(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), DAYS), max_size=5))
    exposed = draw(
        st.dictionaries(st.sampled_from(PEOPLE), st.tuples(st.integers(1, 6), st.integers(0, 2)), max_size=2)
    )
    rows = [
        {"link": f"l{n}", "source": a, "target": b, **time_columns(date=when(on))} for n, (a, b, on) in enumerate(pairs)
    ]
    cases = [
        {"person": p, **time_columns(exposure_start=day(n), exposure_end=day(n + m))} for p, (n, m) in exposed.items()
    ]
    told = [Told(a, b, *span(on, exposed.get(b)), on is not None) for a, b, on in pairs if a != b]
    return build(links=rows, cases=cases), told


def when(on):
    return None if on is None else day(on) if isinstance(on, int) else at(int(on), 24 * (on - int(on)))


def span(on, exposed):
    if on is None:
        return (0, 99) if exposed is None else (exposed[0], sum(exposed) + 1)
    return (on, on + 1) if isinstance(on, int) else (on, on + 0.001)


def holds(sequence):
    """Whether the links join end to end and can have been one after the other, or at the same time."""
    moment = 0.0
    for link in sequence:
        moment = max(moment, link.first)
        if moment >= link.until:
            return False
    return all(one.target == two.source for one, two in pairwise(sequence))


def sequences(links):
    return [s for n in range(1, len(links) + 1) for s in permutations(links, n) if holds(s)]


def connected(links, one, two):
    """Whether two people are on one circle of links, whatever their dates."""

    def leads(a, b):
        reached = {a}
        for _ in PEOPLE:
            reached |= {link.target for link in links if link.source in reached}
        return b in reached

    return leads(one, two) and leads(two, one)


def beginnings(ways, person):
    """Return who begins a sequence to ``person`` that no sequence through a link to them continues backward."""
    return {
        s[0].source
        for s in ways
        if s[-1].target == person != s[0].source
        and not any(t[0].target == s[0].source and t[-1].target == person for t in ways if len(t) > 1)
    }


@settings(max_examples=25, deadline=None)
@given(declared())
def test_walks_agree_with_every_sequence_written_out(both):
    records, links = both
    chains = trace_chains(build_contact_graph(records))
    ways = sequences(links)
    for person in chains.table["id"]:
        after, before, sure = {}, {}, set()
        for way in ways:
            if way[0].source == person != way[-1].target:
                after[way[-1].target] = min(len(way), after.get(way[-1].target, 99))
                sure |= {way[-1].target} if all(link.dated for link in way) else set()
            if way[-1].target == person != way[0].source:
                before[way[0].source] = min(len(way), before.get(way[0].source, 99))
        forward, backward = chains.forward(person), chains.backward(person)
        assert dict(zip(forward["case"], forward["steps"], strict=True)) == after
        assert dict(zip(backward["source"], backward["steps"], strict=True)) == before
        assert set(forward.loc[forward["reading"] == "certain", "case"]) == sure
        row = chains.table.set_index("id").loc[person]
        assert row["descendants"] == len(after)
        begin = beginnings(ways, person)
        assert set(row["roots"]) >= begin and (bool(row["roots"]) == any(person in link[:2] for link in links))
        if not row["in_circle"] and begin and not chains.circles:
            assert set(row["roots"]) == begin
            assert row["depth"] == min(len(w) for w in ways if w[-1].target == person and w[0].source in begin)
    straight = [link for link in links if not connected(links, link.source, link.target)]
    assert len(chains.longest) == max((len(way) + 1 for way in sequences(straight)), default=0)
    assert chains.depth == max(len(chains.longest) - 1, 0)


@settings(max_examples=12, deadline=None)
@given(declared())
def test_longest_chain_and_circles_exist_link_by_link(both):
    records, links = both
    chains = trace_chains(build_contact_graph(records))
    pairs = {link[:2] for link in links}
    assert pairs >= set(pairwise(chains.longest))
    circled = {p for p in PEOPLE for q in PEOPLE if p != q and connected(links, p, q)}
    assert (
        {p for circle in chains.circles for p in circle}
        <= circled
        == set(chains.table.loc[chains.table["in_circle"], "id"])
    )
    for circle in chains.circles:
        assert pairs >= set(pairwise((*circle, circle[0]))) and len(set(circle)) == len(circle) > 1
    assert bool(chains.circles) == bool(circled)


@settings(max_examples=12, deadline=None)
@given(declared(), st.integers(1, 6), st.integers(0, 3))
def test_a_period_keeps_the_links_that_can_have_been_in_it(both, first, more):
    records, links = both
    graph = build_contact_graph(records)
    (start, _), (_, end) = day(first), day(first + more)
    chains = trace_chains(graph, period=(start, end))
    cut = [
        link._replace(first=max(link.first, first), until=min(link.until, first + more + 1))
        for link in links
        if link.first < first + more + 1 and link.until > first
    ]
    assert set(chains.links.edges) == {link[:2] for link in cut}
    ways = sequences(cut)
    for person in chains.table["id"]:
        reached = {w[-1].target for w in ways if w[0].source == person} - {person}
        assert set(chains.forward(person)["case"]) == reached
    whole = trace_chains(graph)
    for person in chains.table["id"]:
        assert set(chains.forward(person)["case"]) <= set(whole.forward(person)["case"])


@pytest.mark.parametrize("hours", [(14, 9), (9, 14)])
def test_known_hours_of_one_day_have_an_order_and_days_have_none(hours):
    first, second = (at(5, hour) for hour in hours)
    rows = [
        {"source": "a", "target": "b", **time_columns(date=first)},
        {"source": "b", "target": "c", **time_columns(date=second)},
    ]
    chains = trace_chains(build_contact_graph(build(links=rows)))
    assert ("c" in set(chains.forward("a")["case"])) == (hours == (9, 14))
