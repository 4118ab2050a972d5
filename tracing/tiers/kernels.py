"""Kernels over named tuples of arrays. Pure functions, no Python objects; meanings in the calling modules.

Times are int64 epoch seconds, intervals half-open. Each runs as plain Python or compiled, with the same answers
(:mod:`tracing.compiled`).
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from tracing.compiled import callee, kernel

Ints: TypeAlias = npt.NDArray[np.int64]
Smalls: TypeAlias = npt.NDArray[np.int8]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]


@callee()
def expose(
    sure: int, certain: bool, lo: int, hi: int, c1: int, c2: int, opens: int, closes: int, part: int = 0
) -> tuple[int, int, int]:
    """Expose somebody through one contact with a source whose window is ``[opens, closes)``.

    Returns
    -------
    first, last, kind
        Kind 0: no exposure. Kind 1: exposed at every instant of ``[first, last)`` (in this reading's sense), the first
        of which counts. Kind 2: exposed once in ``[first, last)``, at ``last`` at the latest, which counts.

    A contact known by its first and its last day can expose on both: the second time is ``part`` 1.
    """
    if part == 1 and (not certain or sure != 2):
        return 0, 0, 0
    if not certain:
        first, last = max(lo, opens), min(hi, closes)
        return first, last, (1 if first < last else 0)
    if sure == 1:
        first, last = max(c1, opens), min(c2, closes)
        return first, last, (1 if first < last else 0)
    if sure == 2:
        first_day = lo < c1 and opens <= lo and c1 <= closes
        if first_day and part == 0:
            return lo, c1, 2
        if first_day == (part == 1) and c2 < hi and opens <= c2 and hi <= closes:
            return c2, hi, 2
    return 0, 0, 0


class Edges(NamedTuple):
    """Half-edges in CSR form by source person, sorted by start; only those that ``counts`` marks carry exposure."""

    indptr: Ints
    target: Ints
    lo: Ints
    hi: Ints
    c1: Ints
    c2: Ints
    sure: Smalls
    counts: Bools


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


@callee(inline=True)
def _each_exposure(act: Any, into: Any, edges: Edges, windows: Windows, wanted: Bools, certain: bool) -> None:
    """Call ``act(into, half-edge, target, window, first, last, kind)`` for every exposure of a ``wanted`` person.

    The last three as in :func:`expose`. ``act`` is a compiled function, built into this loop.
    """
    for i in range(len(windows.person)):
        person, start, end = windows.person[i], windows.opens[i], windows.closes[i]
        for e in range(edges.indptr[person], edges.indptr[person + 1]):
            if edges.lo[e] >= end:
                break
            if edges.hi[e] <= start or not edges.counts[e]:
                continue
            other = edges.target[e]
            if other == person or not wanted[other]:
                continue
            for part in range(2):
                first, last, kind = expose(
                    edges.sure[e], certain, edges.lo[e], edges.hi[e], edges.c1[e], edges.c2[e], start, end, part
                )
                if kind == 0:
                    break
                act(into, e, other, i, first, last, kind)


@callee()
def _relax(into: TierReached, e: int, other: int, i: int, first: int, last: int, kind: int) -> None:
    at_large, latent = into.at_large, into.latent
    into.first_exposure[other] = min(into.first_exposure[other], first if kind == 1 else last)
    for node in range(at_large.indptr[other], at_large.indptr[other + 1]):
        free, shut = at_large.opens[node], at_large.closes[node]
        needed = min(free - latent, at_large.since[node])
        if kind == 1:
            at = max(first, needed)
            if at >= last:
                break
        else:
            if needed > first:
                break
            at = last
        opening = max(at + latent, free)
        if opening < shut and opening < into.next_opens[node]:
            into.next_opens[node] = opening


def _half_edges(edges: Edges, windows: Windows, *_: Any) -> int:
    person = windows.person
    return 2 * int((edges.indptr[person + 1] - edges.indptr[person]).sum())


@kernel(_half_edges)
def relax_layer(edges: Edges, windows: Windows, wanted: Bools, certain: bool, into: TierReached) -> None:
    """Carry exposure one step from the people of ``windows`` to ``wanted`` people.

    Lowers, in place, ``first_exposure`` (per person: earliest exposure at this step) and ``next_opens`` (per episode at
    large: earliest opening of the window that such an exposure gives). Somebody exposed in an isolation (at
    ``at_large.since`` or later) opens a window at its end.
    """
    _each_exposure(_relax, into, edges, windows, wanted, certain)


class Found(NamedTuple):
    """Where :func:`list_exposures` writes, and how many there are so far, shape (1,)."""

    rows: Ints
    total: Ints


@callee()
def _write(into: Found, e: int, other: int, i: int, first: int, last: int, kind: int) -> None:
    rows, n = into.rows, into.total[0]
    if n < len(rows):
        rows[n, 0], rows[n, 1] = e, i
        rows[n, 2], rows[n, 3] = (first if kind == 1 else last), last
    into.total[0] = n + 1


@kernel(_half_edges)
def list_exposures(edges: Edges, windows: Windows, wanted: Bools, certain: bool, found: Ints) -> int:
    """Write every exposure of a ``wanted`` person by those of ``windows`` into ``found``; return how many there are.

    Rows of ``found``, shape (n, 4): half-edge, window, counted exposure time, end of exposure. Called with a ``found``
    of no rows it only counts.
    """
    into = Found(found, np.zeros(1, dtype=np.int64))
    _each_exposure(_write, into, edges, windows, wanted, certain)
    return int(into.total[0])


def _visits_beside(stays: Stays, chosen: Ints, *_: Any) -> int:
    place = stays.place[chosen]
    return int((stays.place_indptr[place + 1] - stays.place_indptr[place]).sum()) // 8


@kernel(_visits_beside)
def join_stays(stays: Stays, chosen: Ints, linger: int, pairs: Ints) -> Ints:
    """Count, for each ``chosen`` visit, the visits of others to its place that overlap it; write them into ``pairs``.

    The chosen visit is extended by ``linger`` seconds. Rows of ``pairs``, shape (n, 2): chosen visit, other visit.
    Called with ``pairs`` of no rows it only counts.
    """
    counts = np.zeros(len(chosen), dtype=np.int64)
    at = 0
    for n in range(len(chosen)):
        i = chosen[n]
        begin, end = stays.place_indptr[stays.place[i]], stays.place_indptr[stays.place[i] + 1]
        begin += np.searchsorted(stays.lo[begin:end], stays.lo[i] - stays.longest[stays.place[i]])
        for j in range(begin, end):
            if stays.lo[j] >= stays.hi[i] + linger:
                break
            if stays.hi[j] > stays.lo[i] and stays.person[j] != stays.person[i]:
                counts[n] += 1
                if at < len(pairs):
                    pairs[at, 0], pairs[at, 1] = i, j
                    at += 1
    return counts


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
