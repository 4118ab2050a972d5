"""Contacts on record and joined visits as directed half-edges, each with the verdict of the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracing.model.numbered import NumberedRecords
from tracing.model.schema import ROOM
from tracing.policy.model import Policy
from tracing.tiers import kernels
from tracing.tiers.colocation import CoVisits, VisitTimes
from tracing.tiers.open_contacts import joined_ways, recorded_ways
from tracing.tiers.verdict import FAILS, UNDECIDED, VERDICTS, ContactFacts, judge, sums_up
from tracing.tiers.windows import READINGS, TierReading

Ints = npt.NDArray[np.int64]
Smalls = npt.NDArray[np.int8]


@dataclass(frozen=True, kw_only=True)
class HalfEdges:
    """Directed contacts in CSR form by source person; ``ref`` is the row in what they came from.

    What is the same for either direction stays there, and is looked up for the half-edges that are asked for. ``ways``
    says, by reading, which isolations of the source end the contact (position in
    :data:`tracing.tiers.isolation.WAYS`).
    """

    indptr: Ints
    target: kernels.Whole
    lo: kernels.Column
    hi: kernels.Column
    c1: kernels.Column
    c2: kernels.Column
    sure: kernels.Column
    verdict: Smalls
    clause: kernels.Column
    f1_class: kernels.Column
    ref: kernels.Whole
    ways: Mapping[TierReading, kernels.Column]

    def __len__(self) -> int:
        return len(self.target)

    @property
    def source(self) -> kernels.SourcePeople:
        """The person that each is directed from."""
        return kernels.SourcePeople(self.indptr)

    def arrays(self, reading: TierReading, verdicts: tuple[int, ...], way: int | None) -> kernels.Edges:
        """Return what the kernels read: half-edges with one of ``verdicts`` carry exposure, of that ``way`` if any."""
        return kernels.Edges(
            indptr=self.indptr,
            target=self.target,
            lo=self.lo,
            hi=self.hi,
            c1=self.c1,
            c2=self.c2,
            sure=self.sure,
            verdict=self.verdict,
            ways=self.ways[reading],
            counting=np.array([verdict in verdicts for verdict in range(len(VERDICTS))]),
            way=-1 if way is None else way,
        )


def recorded_edges(graph: NumberedRecords, facts: ContactFacts, policy: Policy, visits: VisitTimes) -> HalfEdges:
    """Return every contact on record, judged, twice: from either person to the other."""
    columns = graph.columns
    told = judge(facts, policy, pair=_pairs(graph) if sums_up(policy) else None)
    spans, ref = columns.spans, columns.contact
    return HalfEdges(
        indptr=columns.indptr,
        target=columns.neighbour,
        lo=kernels.OfContacts(spans.lo, ref),
        hi=kernels.OfContacts(spans.hi, ref),
        c1=kernels.OfContacts(spans.c1, ref),
        c2=kernels.OfContacts(spans.c2, ref),
        sure=kernels.OfContacts(spans.sure, ref),
        verdict=told.verdict[ref],
        clause=kernels.OfContacts(told.clause, ref),
        f1_class=kernels.OfContacts(told.f1_class, ref),
        ref=ref,
        ways=recorded_ways(graph, policy, visits, facts),
    )


def _pairs(graph: NumberedRecords) -> Ints:
    """Return a number for the pair of people of each contact on record."""
    a, b = graph.columns.a, graph.columns.b
    return np.minimum(a, b) * np.int64(len(graph.columns.people)) + np.maximum(a, b)


def joined_edges(covisits: CoVisits, visits: VisitTimes, graph: NumberedRecords, policy: Policy) -> HalfEdges:
    """Return joined visits, judged, from the person of the visit that was joined to the other one."""
    people = len(graph.columns.people)
    source, target = visits.person[covisits.source], visits.person[covisits.target]
    told = judge(covisits.facts, policy, pair=source * np.int64(people) + target)
    verdict, clause = presence_alone(told.verdict, told.clause, policy, covisits.facts)
    ways = joined_ways(graph, policy, covisits, source, target)
    order = np.lexsort((np.arange(len(source)), covisits.lo, source)).astype(np.int64)
    indptr = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(np.bincount(source, minlength=people), out=indptr[1:])
    return HalfEdges(
        indptr=indptr,
        target=target[order],
        lo=kernels.OfContacts(covisits.lo, order),
        hi=kernels.OfContacts(covisits.hi, order),
        c1=kernels.OfContacts(covisits.c1, order),
        c2=kernels.OfContacts(covisits.c2, order),
        sure=kernels.OfContacts(covisits.sure, order),
        verdict=verdict[order],
        clause=kernels.OfContacts(clause, order),
        f1_class=kernels.OfContacts(told.f1_class, order),
        ref=order,
        ways={reading: ways[reading][order] for reading in READINGS},
    )


def presence_alone(verdict: Smalls, clause: Smalls, policy: Policy, facts: ContactFacts) -> tuple[Smalls, Smalls]:
    """Where the rule says that being at one place is not yet a contact, an undecided co-visit is co-presence.

    Two stays in one room are a contact, never co-presence: at least undecided.
    """
    in_room = facts.at_kinds(ROOM)
    verdict = np.where(in_room & (verdict == FAILS), UNDECIDED, verdict).astype(np.int8)
    if policy.co_present is None or not policy.co_present.presence_alone:
        return verdict, clause
    alone = (verdict == UNDECIDED) & ~in_room
    return np.where(alone, FAILS, verdict).astype(np.int8), np.where(alone, -1, clause).astype(np.int8)
