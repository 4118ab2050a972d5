"""Co-location: visits to one place (or vehicle) joined in time, around the people in question only.

Visits are never turned into all their pairs. The visits of people who can infect are joined with those they overlap,
after the pairs have been counted; at a crowded place only with those that matter (:mod:`tracing.tiers.crowds`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.arrow import to_numpy
from tracing.model.columns import Numbers, TableColumns, Texts, concat_columns
from tracing.model.numbered import SURE_NEVER, SURE_PRESENCE, NumberedRecords
from tracing.model.records import nothing
from tracing.model.schema import ROOM, TABLES, stored_columns
from tracing.policy.model import Policy
from tracing.tiers import kernels
from tracing.tiers.verdict import (
    UNKNOWN,
    ContactFacts,
    PlaceKinds,
    closed_places,
    flags,
    known_or_none,
    setting_codes,
)
from tracing.times import EVER, NEVER

Ints = npt.NDArray[np.int64]
Smalls = npt.NDArray[np.int8]

_OF_VISITS: Final = ("visit", "person", "place", "start", "start_to", "end", "end_to")
#: What a stay in a room does not have.
_OF_SEATS: Final = ("seat_row", "mask", "certainty")


@dataclass(frozen=True, kw_only=True)
class VisitTimes:
    """All visits of a graph under one policy, sorted by (place, start), columnar.

    An isolation in a room is a visit to that room (without an end on record: still there); ``table`` holds what was
    visited by whom, and ``row`` each visit's row in it. A visit lies inside ``[lo, hi)`` and surely covers
    ``[sure_lo, sure_hi)`` (empty where that is nothing). ``hi`` of a visit without check-out is the policy's stay for
    that kind of place after its start (``end_assumed``). ``mask`` and ``seat`` are by visit; ``setting``,
    ``place_kind`` and ``closed`` by place, as in :class:`tracing.tiers.verdict.ContactFacts`.
    """

    row: Ints
    person: Ints
    place: Ints
    lo: Ints
    hi: Ints
    sure_lo: Ints
    sure_hi: Ints
    end_assumed: npt.NDArray[np.bool_]
    mask: Smalls
    seat: npt.NDArray[np.float64]
    setting: Smalls
    place_kind: PlaceKinds
    closed: Smalls
    place_indptr: Ints
    longest: Ints
    table: TableColumns

    def __len__(self) -> int:
        return len(self.row)


def read_visits(graph: NumberedRecords, policy: Policy) -> VisitTimes:
    """Return the graph's visits with the times that ``policy`` gives them; empty where there are none."""
    visits, places = _with_rooms(graph), graph.records.columns("places")
    codes, names = _numbered(visits.texts("place"))
    at = Texts(names).index_in(places.texts("place").arrow)
    kind_of_place = known_or_none(places.texts("kind"))
    stay = np.array([policy.stay(kind).seconds for kind in kind_of_place[at]], dtype=np.int64)[codes]
    start, start_to, end, end_to = (visits.numbers(c).filled(NEVER) for c in ("start", "start_to", "end", "end_to"))
    by_day, no_end = start_to > start, end == NEVER
    hi = np.where(no_end, np.where(by_day, start_to, start + stay), np.where(end_to > end, end_to, end))
    hi = np.maximum(hi, start + 1)
    unsure = visits.texts("certainty").says("possible")
    sure_lo = start_to
    sure_hi = np.where(no_end, np.where(by_day, start_to, start + 1), np.maximum(end, np.where(by_day, end, start + 1)))
    sure_hi = np.where(unsure, sure_lo, sure_hi)
    row = np.arange(len(visits), dtype=np.int64)
    order = np.lexsort((row, start, codes))
    place_indptr = np.zeros(len(names) + 1, dtype=np.int64)
    np.cumsum(np.bincount(codes, minlength=len(names)), out=place_indptr[1:])
    longest = np.zeros(len(names), dtype=np.int64)
    np.maximum.at(longest, codes, hi - start)
    person = graph.positions(visits.texts("person"))
    return VisitTimes(
        row=order,
        person=person[order],
        place=codes[order].astype(np.int64),
        lo=start[order],
        hi=hi[order],
        sure_lo=sure_lo[order],
        sure_hi=sure_hi[order],
        end_assumed=(no_end & ~by_day)[order],
        mask=flags(visits.numbers("mask"))[order],
        seat=visits.numbers("seat_row").filled(np.nan, np.float64)[order],
        setting=setting_codes(kind_of_place)[at],
        place_kind=PlaceKinds.of(places.texts("kind"))[at],
        closed=closed_places(places)[at],
        place_indptr=place_indptr,
        longest=longest,
        table=visits,
    )


def _numbered(texts: Texts) -> tuple[Ints, pa.Array]:
    """Return the number of each text, and the texts by number: in ascending order."""
    codes, distinct = texts.encoded()
    order = pc.sort_indices(distinct)
    numbers = np.empty(len(distinct), dtype=np.int64)
    numbers[to_numpy(order)] = np.arange(len(distinct))
    return numbers[codes], distinct.take(order)


def _with_rooms(graph: NumberedRecords) -> TableColumns:
    """Return the visits with, after them, the isolations in a room."""
    visits, isolations, places = (graph.records.columns(name) for name in ("visits", "isolations", "places"))
    visits = visits.select([*_OF_VISITS, *_OF_SEATS])
    rooms = places.take(places.texts("kind").says(ROOM)).texts("place").arrow
    stays = isolations.take(isolations.texts("place").among(rooms))
    if not len(stays):
        return visits
    none = np.zeros(len(stays), dtype=bool)
    ends = {name: Numbers(stays.numbers(name).filled(EVER), none) for name in ("end", "end_to")}
    kinds = stored_columns(TABLES["visits"])
    lacking = {name: nothing(kinds[name], len(stays)) for name in _OF_SEATS}
    told = stays.put(visit=stays.texts("isolation"), **ends, **lacking).select([*_OF_VISITS, *_OF_SEATS])
    return concat_columns([visits, told])


@dataclass(frozen=True, kw_only=True)
class CoVisits:
    """Overlaps of visits, directed from the person of visit ``source`` to that of visit ``target``.

    ``source`` and ``target`` are positions in :class:`VisitTimes`; times as in
    :class:`tracing.model.numbered.Spans`:
    possible in ``[lo, hi)``, surely together in ``[c1, c2)`` where ``sure`` is 1.
    """

    source: Ints
    target: Ints
    lo: Ints
    hi: Ints
    c1: Ints
    c2: Ints
    sure: npt.NDArray[np.int8]
    facts: ContactFacts

    def __len__(self) -> int:
        return len(self.source)


def count_pairs(visits: VisitTimes, chosen: Ints, policy: Policy) -> Ints:
    """Return how many visits each of the ``chosen`` ones overlaps, its person's own among them; O(n log n)."""
    ends = visits.hi[np.lexsort((visits.hi, visits.place))]
    place, begin, end = visits.place[chosen], visits.lo[chosen], visits.hi[chosen] + policy.linger.seconds
    begun = kernels.search_places(visits.place, visits.lo, place, end)
    return begun - kernels.search_places(visits.place, ends, place, begin, "right")


def join_visits(visits: VisitTimes, chosen: Ints, policy: Policy) -> CoVisits:
    """Join the ``chosen`` visits with all visits they overlap; the chosen ones linger as ``policy`` says."""
    stays = kernels.Stays(
        person=visits.person,
        place=visits.place,
        lo=visits.lo,
        hi=visits.hi,
        longest=visits.longest,
        place_indptr=visits.place_indptr,
    )
    pairs = kernels.join_stays(stays, chosen, policy.linger.seconds)
    return overlaps(visits, pairs[:, 0].copy(), pairs[:, 1].copy(), policy)


def overlaps(visits: VisitTimes, source: Ints, target: Ints, policy: Policy) -> CoVisits:
    """Return what each of these pairs of visits, which overlap, has in common."""
    linger = policy.linger.seconds
    lo = np.maximum(visits.lo[source], visits.lo[target])
    hi = np.minimum(visits.hi[source] + linger, visits.hi[target])
    c1 = np.maximum(visits.sure_lo[source], visits.sure_lo[target])
    known = (visits.sure_lo < visits.sure_hi)[source] & (visits.sure_lo < visits.sure_hi)[target]
    c2 = np.minimum(visits.sure_hi[source] + linger, visits.sure_hi[target])
    sure = np.where(known & (c1 < c2), SURE_PRESENCE, SURE_NEVER).astype(np.int8)
    c1, c2 = np.where(sure == 1, c1, lo), np.where(sure == 1, c2, lo)
    facts = _facts(visits, source, target, (lo, hi, c1, c2))
    return CoVisits(source=source, target=target, lo=lo, hi=hi, c1=c1, c2=c2, sure=sure, facts=facts)


def _facts(visits: VisitTimes, source: Ints, target: Ints, times: tuple[Ints, Ints, Ints, Ints]) -> ContactFacts:
    lo, hi, c1, c2 = times
    place = visits.place[source]
    nothing = np.full(len(source), UNKNOWN, dtype=np.int8)
    return ContactFacts(
        kind=visits.setting[place],
        place_kind=visits.place_kind[place],
        distance=np.full(len(source), np.nan),
        minutes_least=(c2 - c1) / 60.0,
        minutes_most=(hi - lo) / 60.0,
        closed=visits.closed[place],
        physical=nothing,
        protected=nothing,
        mask_a=visits.mask[source],
        mask_b=visits.mask[target],
        rows_apart=np.abs(visits.seat[source] - visits.seat[target]),
        start=lo,
        end=hi,
        through=np.ones(len(source), dtype=bool),
    )
