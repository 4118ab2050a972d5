"""Kernels over named tuples of arrays. Pure functions, no Python objects; meanings in the calling modules.

Times are int64 epoch seconds, intervals half-open. Exposure is carried, and visits are joined, by whole arrays, a part
of bounded size at a time. The sums of minutes go through each pair alone, and are compiled where there is much to do
(:mod:`tracing.compiled`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from tracing.compiled import callee, kernel

Ints: TypeAlias = npt.NDArray[np.int64]
#: Numbers of people, contacts or visits.
Whole: TypeAlias = npt.NDArray[np.int32] | npt.NDArray[np.int64]
Smalls: TypeAlias = npt.NDArray[np.int8]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

#: About how many half-edges or visits are looked at together.
_PART: Final = 1 << 20
#: Seconds beyond which a time is all of time.
_ALL_TIME: Final = 1 << 40


class OfContacts(NamedTuple):
    """A column of half-edges that is one of what they came from: of half-edge ``i`` it is ``values[ref[i]]``."""

    values: npt.NDArray[Any]
    ref: Whole

    def __getitem__(self, edge: Any) -> Any:
        """Return the values of half-edges."""
        return self.values[self.ref[edge]]


class SourcePeople(NamedTuple):
    """The people that half-edges in CSR form are directed from, looked up for those that are asked for."""

    indptr: Ints

    def __getitem__(self, edge: Any) -> Any:
        """Return the people of half-edges."""
        return np.searchsorted(self.indptr, edge, side="right") - 1


#: A column of half-edges.
Column: TypeAlias = npt.NDArray[Any] | OfContacts


class Edges(NamedTuple):
    """Half-edges in CSR form by source person, and which of them carry exposure.

    Those do whose ``verdict`` is marked in ``counting`` (by verdict) and whose ``ways`` is ``way``; any way where
    that is -1.
    """

    indptr: Ints
    target: Whole
    lo: Column
    hi: Column
    c1: Column
    c2: Column
    sure: Column
    verdict: Smalls
    ways: Column
    counting: Bools
    way: int


class Windows(NamedTuple):
    """People who can infect in ``[opens, closes)``."""

    person: Ints
    opens: Ints
    closes: Ints


class AtLarge(NamedTuple):
    """Episodes at large in CSR form by person; see :class:`tracing.tiers.isolation.Episodes`."""

    indptr: Ints
    opens: Ints
    closes: Ints
    since: Ints


class Stays(NamedTuple):
    """Visits sorted by (place, lo); ``longest`` is the longest visit of each place, which bounds the search."""

    person: Ints
    place: Ints
    lo: Ints
    hi: Ints
    longest: Ints
    place_indptr: Ints


class TierReached(NamedTuple):
    """What :func:`relax_layer` lowers: the earliest exposure per person, the earliest opening per episode at large."""

    at_large: AtLarge
    latent: int
    first_exposure: Ints
    next_opens: Ints


class Exposures(NamedTuple):
    """Exposures through half-edges, shape (n,).

    ``edge`` and ``window`` number the half-edge and the window of its source. Where ``once`` is not set, exposed at
    every instant of ``[first, last)`` (in this reading's sense), the first of which counts; else once in it, at
    ``last`` at the latest, which counts.
    """

    edge: Ints
    window: Ints
    first: Ints
    last: Ints
    once: Bools

    @property
    def counted(self) -> Ints:
        """The instant that counts."""
        return np.where(self.once, self.last, self.first)


def expose(edges: Edges, edge: Ints, windows: Windows, window: Ints, *, certain: bool) -> Exposures:
    """Return what each half-edge exposes to in the window beside it, ordered as they are given.

    A contact known by its first and its last day can expose on both, for certain: then there are two.
    """
    lo, hi, opens, closes = edges.lo[edge], edges.hi[edge], windows.opens[window], windows.closes[window]
    if not certain:
        first, last = np.maximum(lo, opens), np.minimum(hi, closes)
        met = np.flatnonzero(first < last)
        return Exposures(edge[met], window[met], first[met], last[met], np.zeros(len(met), dtype=bool))
    sure, c1, c2 = edges.sure[edge], edges.c1[edge], edges.c2[edge]
    first, last = np.maximum(c1, opens), np.minimum(c2, closes)
    through = np.flatnonzero((sure == 1) & (first < last))
    one_day = np.flatnonzero((sure == 2) & (lo < c1) & (opens <= lo) & (c1 <= closes))
    other_day = np.flatnonzero((sure == 2) & (c2 < hi) & (opens <= c2) & (hi <= closes))
    row = np.concatenate([through, one_day, other_day])
    order = np.argsort(row, kind="stable")
    row = row[order]
    return Exposures(
        edge[row],
        window[row],
        np.concatenate([first[through], lo[one_day], c2[other_day]])[order],
        np.concatenate([last[through], c1[one_day], hi[other_day]])[order],
        order >= len(through),
    )


def each_of(begin: Ints, count: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield the numbers of many ranges ``[begin, begin + count)``, each with the row of its range, in parts."""
    before = np.concatenate([[0], np.cumsum(count)])
    row = 0
    while row < len(count):
        stop = max(row + 1, int(np.searchsorted(before, before[row] + _PART, side="right")) - 1)
        rows = np.repeat(np.arange(row, stop), count[row:stop])
        yield rows, np.arange(before[row], before[stop]) + (begin - before[:-1])[rows]
        row = stop


def half_edges_of(indptr: Ints, people: Ints) -> Ints:
    """Return the numbers of the half-edges of ``people``, one person's after the other's."""
    begin = indptr[people]
    parts = [number for _row, number in each_of(begin, indptr[people + 1] - begin)]
    return np.concatenate([np.empty(0, dtype=np.int64), *parts])


def _exposures(edges: Edges, windows: Windows, wanted: Bools, *, certain: bool) -> Iterator[Exposures]:
    """Yield every exposure of a ``wanted`` person, ordered by window, half-edge and time."""
    begin = edges.indptr[windows.person]
    for row, number in each_of(begin, edges.indptr[windows.person + 1] - begin):
        carries = edges.counting[edges.verdict[number]]
        if edges.way >= 0:
            carries &= edges.ways[number] == edges.way
        window, edge = row[carries], number[carries]
        meets = (edges.lo[edge] < windows.closes[window]) & (edges.hi[edge] > windows.opens[window])
        window, edge = window[meets], edge[meets]
        other = edges.target[edge]
        able = wanted[other] & (other != windows.person[window])
        yield expose(edges, edge[able], windows, window[able], certain=certain)


def relax_layer(edges: Edges, windows: Windows, wanted: Bools, certain: bool, into: TierReached) -> None:
    """Carry exposure one step from the people of ``windows`` to ``wanted`` people.

    Lowers, in place, ``first_exposure`` (per person: earliest exposure at this step) and ``next_opens`` (per episode at
    large: earliest opening of the window that such an exposure gives). Somebody exposed in an isolation (at
    ``at_large.since`` or later) opens a window at its end.
    """
    for found in _exposures(edges, windows, wanted, certain=certain):
        other = edges.target[found.edge]
        np.minimum.at(into.first_exposure, other, found.counted)
        _open_windows(found, other, into)


def _open_windows(found: Exposures, other: Whole, into: TierReached) -> None:
    at_large, latent = into.at_large, into.latent
    begin = at_large.indptr[other]
    for row, node in each_of(begin, at_large.indptr[other + 1] - begin):
        free, first, last, once = at_large.opens[node], found.first[row], found.last[row], found.once[row]
        needed = np.minimum(free - latent, at_large.since[node])
        at = np.where(once, last, np.maximum(first, needed))
        opening = np.maximum(at + latent, free)
        opened = np.where(once, needed <= first, at < last) & (opening < at_large.closes[node])
        np.minimum.at(into.next_opens, node[opened], opening[opened])


def list_exposures(edges: Edges, windows: Windows, wanted: Bools, certain: bool) -> Ints:
    """Return every exposure of a ``wanted`` person by those of ``windows``, ordered by window, half-edge and time.

    Rows, shape (n, 4): half-edge, window, counted exposure time, end of exposure.
    """
    parts = [np.empty((0, 4), dtype=np.int64)]
    for found in _exposures(edges, windows, wanted, certain=certain):
        parts.append(np.column_stack([found.edge, found.window, found.counted, found.last]))
    return np.concatenate(parts)


def join_stays(stays: Stays, chosen: Ints, linger: int) -> Ints:
    """Return the visits of others to its place that overlap each ``chosen`` visit, extended by ``linger`` seconds.

    Rows, shape (n, 2): chosen visit, other visit; in the order of ``chosen``, then of the visits.
    """
    place, lo, hi = stays.place[chosen], stays.lo[chosen], stays.hi[chosen]
    begin = search_places(stays.place, stays.lo, place, lo - stays.longest[place])
    count = search_places(stays.place, stays.lo, place, hi + linger) - begin
    parts = [np.empty((0, 2), dtype=np.int64)]
    for row, other in each_of(begin, count):
        met = (stays.hi[other] > lo[row]) & (stays.person[other] != stays.person[chosen[row]])
        parts.append(np.column_stack([chosen[row[met]], other[met]]))
    return np.concatenate(parts)


def search_places(places: Ints, times: Ints, place: Ints, at: Ints, side: Literal["left", "right"] = "left") -> Ints:
    """Return where each ``at`` belongs among the times of each ``place``; as ``np.searchsorted`` for many places.

    ``times`` are sorted by (``places``, time); positions are those in it.
    """
    if not len(times):
        return np.zeros(len(place), dtype=np.int64)
    known, asked = np.clip(times, -_ALL_TIME, _ALL_TIME), np.clip(at, -_ALL_TIME, _ALL_TIME)
    early = int(known.min())
    span = int(known.max()) - early + 2
    within = np.clip(asked - early, -1, span - 1)
    return np.searchsorted(places * span + (known - early), place * span + within, side=side).astype(np.int64)


@callee()
def _share(
    through: bool, start: int, end: int, least: float, most: float, begin: int, until: int
) -> tuple[float, float]:
    """Return the least and most minutes that a contact adds to the window ``[begin, until)``."""
    overlap = min(end, until) - max(start, begin)
    if overlap <= 0:
        return 0.0, 0.0
    if through:
        outside = ((end - start) - overlap) / 60.0
        # Minutes on record may exceed the span (an instant with a duration): then the span is no bound.
        bound = overlap / 60.0 if most * 60.0 < end - start + 1 else most
        return max(0.0, least - outside), min(most, bound)
    return (least if start >= begin and end <= until else 0.0), most


def _sums(pair: Ints, *_: Any) -> int:
    return 16 * int((np.unique(pair, return_counts=True)[1] ** 2).sum())


@kernel(_sums)
def sum_in_windows(
    pair: Ints, start: Ints, end: Ints, least: Floats, most: Floats, through: Bools, window: int
) -> tuple[Floats, Floats]:
    """Return, for each contact, the greatest least-sum and most-sum over windows that overlap it.

    Contacts are sorted by (pair, start). The sums are piecewise linear in the window's start, so that only starts at
    which some contact enters or leaves need a look. O(g²) for a pair with g contacts.
    """
    n = len(pair)
    best_least, best_most = np.zeros(n), np.zeros(n)
    first = 0
    while first < n:
        last = first
        while last < n and pair[last] == pair[first]:
            last += 1
        for k in range(first, last):
            stay = np.int64(np.ceil(min(most[k] * 60.0, np.float64(end[k] - start[k]))))
            for way in range(8):
                begin = start[k]
                if way == 1:
                    begin = end[k]
                elif way == 2:
                    begin = start[k] - window
                elif way == 3:
                    begin = end[k] - window
                elif way == 4:
                    begin = start[k] - window + 1
                elif way == 5:
                    begin = end[k] - 1
                elif way == 6:
                    begin = start[k] + stay - window
                elif way == 7:
                    begin = end[k] - stay
                total_least, total_most = 0.0, 0.0
                for j in range(first, last):
                    if start[j] >= begin + window:
                        break
                    a, b = _share(through[j], start[j], end[j], least[j], most[j], begin, begin + window)
                    total_least += a
                    total_most += b
                for j in range(first, last):
                    if start[j] >= begin + window:
                        break
                    if end[j] > begin:
                        best_least[j] = max(best_least[j], total_least)
                        best_most[j] = max(best_most[j], total_most)
        first = last
    return best_least, best_most
