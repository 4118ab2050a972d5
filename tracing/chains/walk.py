"""Declared links walked in time: forward along links whose dates do not go back, backward likewise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import networkx as nx

from tracing.times import EVER, NEVER

State = tuple[str, int]


class DatedLink(NamedTuple):
    """A declared link that was at one instant of ``[first, until)``; all of time where nothing bounds it.

    ``sure`` tells that it has a date of its own and was declared as certain.
    """

    source: str
    target: str
    first: int
    until: int
    sure: bool


class Reached(NamedTuple):
    """How a walk came to somebody: over how few links, the earliest (backward: latest) instant then, and from whom."""

    steps: int
    at: int
    neighbour: str


class Walks:
    """Links to be walked: a link may follow another if it can have been at the same time or later.

    Two links of one day follow each other whichever is first; a link that nothing dates fits everywhere.
    """

    def __init__(self, links: Iterable[DatedLink]) -> None:
        self.links = tuple(links)
        self.onward: dict[str, list[DatedLink]] = {}
        self.back: dict[str, list[DatedLink]] = {}
        for link in self.links:
            self.onward.setdefault(link.source, []).append(link)
            self.back.setdefault(link.target, []).append(link)

    def forward(self, person: str) -> dict[str, Reached]:
        """Return whom ``person`` led to, itself with no steps. O(links) for each number of steps at which it helps."""
        reached = {person: Reached(0, NEVER, "")}
        best = {person: NEVER}
        border, steps = {person: NEVER}, 0
        while border:
            steps += 1
            found: dict[str, tuple[int, str]] = {}
            for source, at in border.items():
                for link in self.onward.get(source, ()):
                    arrival = max(at, link.first)
                    if link.until > at and arrival < best.get(link.target, EVER):
                        found[link.target] = min(found.get(link.target, (EVER, "")), (arrival, source))
            border = {target: at for target, (at, _) in found.items()}
            best |= border
            for target, (at, source) in found.items():
                reached.setdefault(target, Reached(steps, at, source))
        return reached

    def backward(self, person: str) -> dict[str, Reached]:
        """Return who led to ``person``, itself with no steps; ``neighbour`` is the next on the way to it."""
        mirrored = (DatedLink(k.target, k.source, 1 - k.until, 1 - k.first, k.sure) for k in self.links)
        found = Walks(mirrored).forward(person) if self.back.get(person) else {person: Reached(0, NEVER, "")}
        return {who: Reached(n, -at, neighbour) for who, (n, at, neighbour) in found.items()}

    def surely(self) -> Walks:
        """Return the links that have a date and were declared as certain."""
        return Walks(link for link in self.links if link.sure)

    def first_arrival(self, person: str) -> int | None:
        """Return the earliest instant at which a link can have led to ``person``; None where there is no link."""
        return min((link.first for link in self.back.get(person, ())), default=None)

    def states(self) -> nx.DiGraph[State]:
        """Return every (person, instant from which they can pass on) that a walk from anybody comes to, and the steps.

        A walk begins at ``(person, NEVER)``. Size: one state per person and per link, more where spans overlap.
        """
        graph: nx.DiGraph[State] = nx.DiGraph()
        waiting: list[State] = [(person, NEVER) for person in sorted({*self.onward, *self.back})]
        graph.add_nodes_from(waiting)
        while waiting:
            state = waiting.pop()
            for link in self.onward.get(state[0], ()):
                if link.until > state[1]:
                    after = (link.target, max(state[1], link.first))
                    if after not in graph:
                        waiting.append(after)
                    graph.add_edge(state, after)
        return graph


class Reach(NamedTuple):
    """Descendants of everybody (how many), and who stands at the beginning of the walks that lead to them."""

    descendants: Mapping[str, int]
    beginnings: Mapping[str, tuple[str, ...]]


def reach_of(walks: Walks, age: Callable[[str], tuple[int, str]]) -> Reach:
    """Return how many others each person led to in time, and where the walks to each person begin.

    A walk begins at somebody to whom no link leads that may have come before it. Where the links of one time run in a
    circle to which nobody led, that is its first member by ``age``. A set of people is one long integer, freed once
    used: O(links) sets.
    """
    dag = nx.condensation(walks.states())
    descendants: dict[str, int] = {}
    beginnings: dict[str, list[str]] = {}
    for people, component in _components(walks, dag):
        bit = {person: 1 << n for n, person in enumerate(people)}
        waiting: dict[State, int] = {}
        for node, bits in _sets(dag.subgraph(component), bit):
            members = dag.nodes[node]["members"]
            for state in members:
                if state[1] == NEVER or state[1] == walks.first_arrival(state[0]):
                    waiting[state] = bits
            for person in {person for person, _ in members}:
                _begin(walks, person, waiting, (descendants, beginnings), bit, people)
            if _is_first_circle(dag, node):
                first = min({person for person, _ in members}, key=age)
                for person in _people_in(bits, people):
                    beginnings.setdefault(person, []).append(first)
    return Reach(descendants, {person: tuple(sorted(set(found), key=age)) for person, found in beginnings.items()})


def _components(walks: Walks, dag: nx.DiGraph[int]) -> Iterator[tuple[list[str], list[int]]]:
    """Yield the people of each component of links and the nodes of ``dag`` that are about them."""
    linked: nx.Graph[str] = nx.Graph()
    linked.add_edges_from((link.source, link.target) for link in walks.links)
    nodes: dict[str, list[int]] = {}
    for node in dag:
        members: set[State] = dag.nodes[node]["members"]
        nodes.setdefault(min(members)[0], []).append(node)
    for component in nx.connected_components(linked):
        people = sorted(component)
        yield people, [node for person in people for node in nodes.get(person, ())]


def _sets(dag: nx.DiGraph[int], bit: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Yield every node, those after it first, with the people whom walks from it come to, its own included."""
    reach: dict[int, int] = {}
    unread = dict(dag.in_degree())
    for node in reversed(list(nx.topological_sort(dag))):
        bits = 0
        for person, _ in dag.nodes[node]["members"]:
            bits |= bit[person]
        for child in dag.successors(node):
            bits |= reach[child]
            unread[child] -= 1
            if not unread[child]:
                del reach[child]
        reach[node] = bits
        yield node, bits


def _begin(
    walks: Walks,
    person: str,
    waiting: dict[State, int],
    found: tuple[dict[str, int], dict[str, list[str]]],
    bit: Mapping[str, int],
    people: list[str],
) -> None:
    """Answer for one person once the sets of both are known: all they led to, also after they were reached."""
    descendants, beginnings = found
    arrival = walks.first_arrival(person)
    own = (person, NEVER)
    late = None if arrival is None else (person, arrival)
    if own not in waiting or (late is not None and late not in waiting):
        return
    bits = waiting[own]
    descendants[person] = (bits & ~bit[person]).bit_count()
    early = bits & ~(0 if late is None else waiting[late]) & ~bit[person]
    if early or late is None:
        for reached in _people_in(early | (bit[person] if late is None else 0), people):
            beginnings.setdefault(reached, []).append(person)
    del waiting[own]
    if late is not None:
        waiting.pop(late, None)


def _people_in(bits: int, people: list[str]) -> Iterator[str]:
    while bits:
        low = bits & -bits
        yield people[low.bit_length() - 1]
        bits ^= low


def _is_first_circle(dag: nx.DiGraph[int], node: int) -> bool:
    """Whether several people lead to each other at one time and nobody else led to any of them before."""
    members = {person for person, _ in dag.nodes[node]["members"]}
    if len(members) < 2:
        return False
    before = [dag.nodes[other]["members"] for other in dag.predecessors(node)]
    return all(len(states) == 1 and next(iter(states))[0] in members for states in before)
