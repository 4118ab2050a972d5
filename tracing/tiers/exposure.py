"""The exact spread of exposure over numbered records under one policy: the engine below tiers and evidence.

Recorded contacts and joined visits become directed half-edges with a verdict. Exposure is carried from the cases one
step at a time; at each step the earliest exposure is kept per person and per episode at large. Visits are joined only
around people who can infect at that step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from tracing.model.columns import TableColumns
from tracing.model.numbered import NumberedRecords
from tracing.model.order import stable_order
from tracing.policy.model import Policy
from tracing.tiers import kernels
from tracing.tiers.colocation import CoVisits, VisitTimes, join_visits, overlaps, read_visits
from tracing.tiers.crowds import Crowds, find_crowded
from tracing.tiers.edges import HalfEdges, joined_edges, presence_alone, recorded_edges
from tracing.tiers.isolation import (
    WAYS,
    CaseIsolations,
    CaseWindows,
    Episodes,
    case_isolations,
    case_windows,
    episodes,
    isolation_rows,
)
from tracing.tiers.verdict import MEETS, UNDECIDED, ContactFacts, contact_facts, join_facts, judge, sums_up
from tracing.tiers.windows import READINGS, Openings, TierReading, case_openings
from tracing.times import EVER

Ints = npt.NDArray[np.int64]
Smalls = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]
TierProgress = Callable[[str, int, int], None]

#: What of a verdict counts in each reading.
COUNTING: Final[dict[TierReading, tuple[int, ...]]] = {"possible": (UNDECIDED, MEETS), "certain": (MEETS,)}


@dataclass(frozen=True)
class Labels:
    """Where exposure got to in one reading.

    Attributes
    ----------
    at_large
        Episodes of every person.
    cases
        Windows of the cases (tier 0), one set for each of :data:`tracing.tiers.isolation.WAYS`.
    exposure
        Earliest exposure of each person by exactly k steps, shape (depth + 1, people); ``EVER`` where none.
    opening
        Earliest opening of the window that an exposure by k steps gives in each episode, shape (depth + 1, episodes).
    """

    at_large: Episodes
    cases: tuple[CaseWindows, ...]
    exposure: Ints
    opening: Ints

    def sources(self, step: int) -> Iterator[Sources]:
        """Yield who can infect after ``step`` steps."""
        if step == 0:
            for way, windows in enumerate(self.cases):
                node = np.full(len(windows.person), -1, dtype=np.int64)
                yield Sources(windows.person, windows.opens, windows.closes, node, way)
            return
        node = np.flatnonzero(self.opening[step] < EVER).astype(np.int64)
        yield Sources(self.at_large.person[node], self.opening[step][node], self.at_large.closes[node], node, None)


@dataclass(frozen=True)
class Sources:
    """People who can infect in ``[opens, closes)``, by (person, opens).

    ``node`` is the episode at large (-1 for cases). Only contacts of that ``way`` count, all where it is None.
    """

    person: Ints
    opens: Ints
    closes: Ints
    node: Ints
    way: int | None

    def windows(self) -> kernels.Windows:
        """Return what the kernels read."""
        return kernels.Windows(self.person, self.opens, self.closes)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Everything that tiers and evidence are read from.

    ``crowded`` marks the places (numbers as in ``visits.place``) of whose visits only some pairs are joined; ``stays``
    are the isolations on record (:func:`tracing.tiers.isolation.isolation_rows`).
    """

    graph: NumberedRecords
    policy: Policy
    as_of: int
    seeds: Ints
    openings: Openings
    stays: TableColumns
    isolations: CaseIsolations
    blocked: Bools
    recorded: HalfEdges
    joined: HalfEdges
    visits: VisitTimes
    covisits: CoVisits
    crowded: Bools
    facts: ContactFacts
    labels: dict[TierReading, Labels] = field(repr=False)

    def edges(self) -> tuple[HalfEdges, HalfEdges]:
        """Return recorded and joined half-edges."""
        return self.recorded, self.joined

    @cached_property
    def halves(self) -> Ints:
        """Half-edges of each recorded contact, shape (contacts, 2), -1 where there is no second one."""
        halves = np.full((len(self.graph.columns.a), 2), -1, dtype=np.int64)
        order = stable_order(self.recorded.ref)
        ref = self.recorded.ref[order]
        second = np.append(False, ref[1:] == ref[:-1]).astype(np.int64)[: len(ref)]
        halves[ref, second] = order
        return halves

    @cached_property
    def joined_by_target(self) -> tuple[Ints, Ints]:
        """Joined half-edges ordered by the person they are directed at, and where each person's begin."""
        order = stable_order(self.joined.target)
        starts = np.zeros(len(self.graph.columns.people) + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.joined.target, minlength=len(starts) - 1), out=starts[1:])
        return order, starts


def spread_exposure(
    graph: NumberedRecords,
    policy: Policy,
    as_of: int,
    *,
    seeds: Sequence[str] | None,
    progress: TierProgress | None = None,
) -> Spread:
    """Carry exposure from the cases in ``seeds`` (None: all cases) to the policy's depth, in both readings."""
    people = len(graph.columns.people)
    rows = isolation_rows(graph)
    everybody = case_openings(graph, policy)
    isolations = case_isolations(graph, everybody, rows)
    openings = _keep(everybody, graph, seeds)
    facts = contact_facts(
        graph.records.columns("contacts"),
        graph.records.columns("places"),
        (graph.columns.spans.lo, graph.columns.spans.hi),
        (graph.columns.spans.sure == 1).astype(np.int8),
    )
    visits = read_visits(graph, policy)
    none = join_visits(visits, np.empty(0, dtype=np.int64), policy)
    spread = Spread(
        graph=graph,
        policy=policy,
        as_of=as_of,
        seeds=np.unique(openings.person[~openings.left_out]),
        openings=openings,
        stays=rows,
        isolations=isolations,
        blocked=_blocked(graph, policy),
        recorded=recorded_edges(graph, facts, policy, visits),
        joined=joined_edges(none, visits, graph, policy),
        visits=visits,
        covisits=none,
        crowded=np.zeros(len(visits.longest), dtype=bool),
        facts=facts,
        labels={},
    )
    waiting = np.ones(len(visits), dtype=bool)
    for reading in READINGS:
        at_large = episodes(rows, people, as_of, reading)
        windows = tuple(case_windows(openings, isolations, policy, as_of, reading, way) for way in WAYS)
        exposure = np.full((policy.depth + 1, people), EVER, dtype=np.int64)
        opening = np.full((policy.depth + 1, len(at_large.person)), EVER, dtype=np.int64)
        labels = Labels(at_large, windows, exposure, opening)
        for step in range(1, policy.depth + 1):
            if progress is not None:
                progress(reading, step, policy.depth)
            if reading == "possible":
                spread = _join_around(spread, labels, step, waiting)
            if spread.crowded.any():
                spread = _join_crowds(spread, labels, step, reading)
            _relax(spread, labels, step, reading)
        spread.labels[reading] = labels
    return spread


def _keep(openings: Openings, graph: NumberedRecords, seeds: Sequence[str] | None) -> Openings:
    """Mark the cases that exposure does not start from."""
    if seeds is None:
        return openings
    return replace(openings, left_out=~np.isin(openings.person, graph.positions(sorted(set(seeds)))))


def _blocked(graph: NumberedRecords, policy: Policy) -> Bools:
    blocked = np.zeros(len(graph.columns.people), dtype=bool)
    if policy.immune_excluded:
        persons = graph.records.columns("persons")
        blocked[graph.positions(persons.take(persons.numbers("immune").filled(False)).texts("person"))] = True
    return blocked


def _join_around(spread: Spread, labels: Labels, step: int, waiting: Bools) -> Spread:
    """Join the visits of those who can infect at this step and were not joined before."""
    visits, people = spread.visits, len(spread.graph.columns.people)
    if not len(visits):
        return spread
    first, last = np.full(people, EVER, dtype=np.int64), np.full(people, -EVER, dtype=np.int64)
    for sources in labels.sources(step - 1):
        np.minimum.at(first, sources.person, sources.opens)
        np.maximum.at(last, sources.person, sources.closes)
    reach = visits.hi + spread.policy.linger.seconds > first[visits.person]
    wanted = waiting & reach & (visits.lo < last[visits.person])
    if sums_up(spread.policy):
        wanted = waiting & (last[visits.person] > -EVER)
    chosen = np.flatnonzero(wanted).astype(np.int64)
    if not len(chosen):
        return spread
    waiting[chosen] = False
    chosen = chosen[~spread.crowded[visits.place[chosen]]]
    crowded = find_crowded(visits, chosen, spread.policy, summed=sums_up(spread.policy))
    spread = replace(spread, crowded=spread.crowded | crowded)
    chosen = chosen[~crowded[visits.place[chosen]]]
    spread = _with_pairs(spread, join_visits(visits, chosen, spread.policy))
    return _sum_over_pairs(spread) if sums_up(spread.policy) else spread


def _with_pairs(spread: Spread, new: CoVisits) -> Spread:
    covisits = _append(spread.covisits, new)
    return replace(spread, covisits=covisits, joined=joined_edges(covisits, spread.visits, spread.graph, spread.policy))


def _join_crowds(spread: Spread, labels: Labels, step: int, reading: TierReading) -> Spread:
    """Join, at crowded places, the visits that matter at this step: see :mod:`tracing.tiers.crowds`."""
    visits, policy, certain = spread.visits, spread.policy, reading == "certain"
    crowds = Crowds.of(spread.graph, visits, spread.crowded, policy)
    own = np.asarray((labels.exposure[1:step] == EVER).all(axis=0))
    apart = step == 1 and not certain
    wanted = np.ones_like(own) if apart else ~spread.blocked
    pairs = [np.empty((0, 2), dtype=np.int64)]
    for sources in labels.sources(step - 1):
        way = -1 if sources.way is None else sources.way
        search = crowds.search(sources.windows(), way, labels.at_large, own, wanted, certain=certain)
        for outcomes in search.kinds(COUNTING[reading], apart=apart):
            pairs += [search.first(outcomes)] + ([] if certain else [search.last(outcomes)])
    every = len(visits)
    known = spread.covisits.source * every + spread.covisits.target
    new = np.unique(np.concatenate([pair[:, 0] * every + pair[:, 1] for pair in pairs]))
    new = new[~np.isin(new, known)]
    return _with_pairs(spread, overlaps(visits, new // every, new % every, policy))


def _append(known: CoVisits, new: CoVisits) -> CoVisits:
    arrays = {
        name: np.concatenate([getattr(known, name), getattr(new, name)])
        for name in ("source", "target", "lo", "hi", "c1", "c2", "sure")
    }
    return CoVisits(**arrays, facts=join_facts(known.facts, new.facts))


def _sum_over_pairs(spread: Spread) -> Spread:
    """Judge again with the time that a pair spent together on record and at places taken together."""
    recorded, joined = spread.recorded, spread.joined
    facts = join_facts(spread.facts.take(recorded.ref), spread.covisits.facts.take(joined.ref))
    people = np.arange(len(recorded.indptr) - 1, dtype=np.int64)
    source = np.concatenate([np.repeat(people, np.diff(edges.indptr)) for edges in (recorded, joined)])
    target = np.concatenate([recorded.target, joined.target])
    pair = source * np.int64(len(spread.graph.columns.people)) + target
    verdict, clause, f1_class = judge(facts, spread.policy, pair=pair)
    n = len(recorded)
    order = joined.ref
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    alone = presence_alone(verdict[n:][back], clause[n:][back], spread.policy, spread.covisits.facts)
    alone = (alone[0][order], alone[1][order])
    return replace(
        spread,
        recorded=replace(recorded, verdict=verdict[:n], clause=clause[:n], f1_class=f1_class[:n]),
        joined=replace(joined, verdict=alone[0], clause=alone[1], f1_class=f1_class[n:]),
    )


def _relax(spread: Spread, labels: Labels, step: int, reading: TierReading) -> None:
    episodes = labels.at_large
    at_large = kernels.AtLarge(episodes.indptr, episodes.opens, episodes.closes, episodes.since)
    into = kernels.TierReached(
        at_large, spread.policy.window.latent.seconds, labels.exposure[step], labels.opening[step]
    )
    for sources in labels.sources(step - 1):
        for edges in spread.edges():
            if len(edges) and len(sources.person):
                kernels.relax_layer(
                    edges.arrays(reading, COUNTING[reading], sources.way),
                    sources.windows(),
                    ~spread.blocked,
                    reading == "certain",
                    into,
                )


def list_exposures(
    spread: Spread, edges: HalfEdges, reading: TierReading, step: int, wanted: Bools, verdicts: tuple[int, ...]
) -> Ints:
    """Return every exposure at ``step`` of the ``wanted`` people over ``edges`` with one of ``verdicts``.

    Rows: half-edge, window of the source, exposure time that counts, last instant of exposure; shape (n, 4).
    """
    parts = [np.empty((0, 4), dtype=np.int64)]
    for sources in spread.labels[reading].sources(step - 1):
        if not len(edges) or not len(sources.person):
            continue
        arrays = edges.arrays(reading, verdicts, sources.way)
        parts.append(kernels.list_exposures(arrays, sources.windows(), wanted, reading == "certain"))
    rows = np.concatenate(parts)
    rows[:, 3] -= 1
    return rows
