"""The shape of declared links: beginnings, depth, descendants, circles, components, the longest chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from tracing.chains.dates import UNDATED, CaseDate
from tracing.chains.links import StringDiGraph
from tracing.chains.walk import State, Walks, reach_of


@dataclass(frozen=True)
class ChainShape:
    """What :class:`tracing.chains.chains.Chains` says of everybody whom a link names, and of all of them."""

    depth: dict[str, int]
    roots: dict[str, tuple[str, ...]]
    descendants: dict[str, int]
    circles: tuple[tuple[str, ...], ...]
    in_circle: frozenset[str]
    tops: tuple[str, ...]
    components: tuple[tuple[str, ...], ...]
    longest: tuple[str, ...]


def shape_of(links: StringDiGraph, walks: Walks, dates: Mapping[str, CaseDate]) -> ChainShape:
    """Return the shape of ``links``, walked in time as ``walks`` has them; ``dates`` tell who comes first."""

    def age(person: str) -> tuple[int, str]:
        return dates.get(person, UNDATED).at, person

    reach = reach_of(walks, age)
    linked = {*walks.onward, *walks.back}
    lost = sorted(linked - set(reach.beginnings))
    roots = dict(reach.beginnings) | {person: (min(walks.backward(person), key=age),) for person in lost}
    rings = [members for members in nx.strongly_connected_components(links) if len(members) > 1]
    number = {person: n for n, members in enumerate(rings) for person in members}
    straight = Walks(
        link for link in walks.links if link.source not in number or number[link.source] != number.get(link.target)
    )
    depth = _depths(straight, reach.beginnings if not rings else reach_of(straight, age).beginnings)
    joined = [tuple(sorted(c)) for c in nx.weakly_connected_components(links) if len(c) > 1]
    return ChainShape(
        depth=depth,
        roots=roots,
        descendants=dict(reach.descendants),
        circles=tuple(sorted((_ring(links.subgraph(members), age) for members in rings), key=lambda c: age(c[0]))),
        in_circle=frozenset(number),
        tops=tuple(sorted({root for person, found in roots.items() for root in found if root != person}, key=age)),
        components=tuple(sorted(joined, key=lambda c: (-len(c), c[0]))),
        longest=longest_chain(straight, depth),
    )


def _ring(links: nx.DiGraph[str], age: Callable[[str], tuple[int, str]]) -> tuple[str, ...]:
    """Return one circle of links as declared, from the first of the people in it; its end is not repeated."""
    first = min(links, key=age)
    ways: dict[str, list[str]] = nx.single_source_shortest_path(links, first)
    back: list[list[str]] = [ways[person] for person in links.predecessors(first)]
    nearest = min(back, key=lambda way: (len(way), way))
    return tuple(nearest)


def _depths(walks: Walks, beginnings: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return for everybody the fewest links in time from a beginning of the walks that lead to them."""
    begun: dict[str, list[str]] = {}
    for person, found in beginnings.items():
        for root in found:
            begun.setdefault(root, []).append(person)
    depth: dict[str, int] = {}
    for root, people in begun.items():
        reached = walks.forward(root)
        for person in people:
            depth[person] = min(depth.get(person, reached[person].steps), reached[person].steps)
    return depth


def longest_chain(straight: Walks, depth: Mapping[str, int]) -> tuple[str, ...]:
    """Return the longest chain whose dates do not go back, link by link; () where there is no link.

    ``straight`` are the links that are not part of a circle. Of several equally long chains the one whose end is
    deepest, then that to the smallest id, by the smallest ids.
    """
    far: dict[State, int] = {}
    states = straight.states()
    for level, members in enumerate(nx.topological_generations(states)):
        far |= dict.fromkeys(members, level)
    if not far:
        return ()
    state = min(far, key=lambda s: (-far[s], -depth.get(s[0], 0), s))
    path = [state[0]]
    while far[state]:
        state = min(before for before in states.predecessors(state) if far[before] == far[state] - 1)
        path.append(state[0])
    return tuple(reversed(path))
