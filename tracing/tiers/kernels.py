"""Compiled kernels over plain arrays. Pure functions, no Python objects inside; meanings in the modules that call them.

Times are int64 epoch seconds, intervals half-open. Compiled on first use and cached beside the package or, where that
is read-only, in numba's own cache directory. With ``NUMBA_DISABLE_JIT=1`` all run as plain Python, with the same
answers.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numba as nb
import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Smalls: TypeAlias = npt.NDArray[np.int8]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

_compiled: Any = nb.njit(cache=True, nogil=True)


@_compiled
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


#: :func:`expose` for a single contact, never compiled.
expose_one: Any = getattr(expose, "py_func", expose)


@_compiled
def relax_layer(
    indptr: Ints,
    target: Ints,
    lo: Ints,
    hi: Ints,
    c1: Ints,
    c2: Ints,
    sure: Smalls,
    counts: Bools,
    blocked: Bools,
    certain: bool,
    latent: int,
    persons: Ints,
    opens: Ints,
    closes: Ints,
    at_large_indptr: Ints,
    at_large_opens: Ints,
    at_large_closes: Ints,
    at_large_since: Ints,
    first_exposure: Ints,
    next_opens: Ints,
) -> None:
    """Carry exposure one step from ``persons``, infectious in ``[opens, closes)``, over half-edges by (person, lo).

    Lowers, in place, ``first_exposure`` (per person: earliest exposure at this step) and ``next_opens`` (per episode at
    large: earliest opening of the window that such an exposure gives). Somebody exposed in an isolation (at
    ``at_large_since`` or later) opens a window at its end.
    """
    for i in range(len(persons)):
        person = persons[i]
        start, end = opens[i], closes[i]
        for e in range(indptr[person], indptr[person + 1]):
            if lo[e] >= end:
                break
            if hi[e] <= start or not counts[e]:
                continue
            other = target[e]
            if other == person or blocked[other]:
                continue
            for part in range(2):
                first, last, kind = expose(sure[e], certain, lo[e], hi[e], c1[e], c2[e], start, end, part)
                if kind == 0:
                    break
                counted = first if kind == 1 else last
                first_exposure[other] = min(first_exposure[other], counted)
                for node in range(at_large_indptr[other], at_large_indptr[other + 1]):
                    free, shut = at_large_opens[node], at_large_closes[node]
                    needed = min(free - latent, at_large_since[node])
                    if kind == 1:
                        at = max(first, needed)
                        if at >= last:
                            break
                    else:
                        if needed > first:
                            break
                        at = last
                    opening = max(at + latent, free)
                    if opening < shut and opening < next_opens[node]:
                        next_opens[node] = opening


@_compiled
def list_exposures(
    indptr: Ints,
    target: Ints,
    lo: Ints,
    hi: Ints,
    c1: Ints,
    c2: Ints,
    sure: Smalls,
    counts: Bools,
    wanted: Bools,
    certain: bool,
    persons: Ints,
    opens: Ints,
    closes: Ints,
    found: Ints,
) -> int:
    """Write every exposure of a ``wanted`` person by ``persons`` into ``found``; return how many there are.

    Rows of ``found``, shape (n, 4): half-edge, window, counted exposure time, end of exposure. Called with a ``found``
    of no rows it only counts.
    """
    n = 0
    for i in range(len(persons)):
        person = persons[i]
        for e in range(indptr[person], indptr[person + 1]):
            if lo[e] >= closes[i]:
                break
            if hi[e] <= opens[i] or not counts[e] or not wanted[target[e]] or target[e] == person:
                continue
            for part in range(2):
                first, last, kind = expose(sure[e], certain, lo[e], hi[e], c1[e], c2[e], opens[i], closes[i], part)
                if kind == 0:
                    break
                if n < len(found):
                    found[n, 0], found[n, 1] = e, i
                    found[n, 2], found[n, 3] = (first if kind == 1 else last), last
                n += 1
    return n


@_compiled
def count_overlaps(
    chosen: Ints, place: Ints, person: Ints, lo: Ints, hi: Ints, longest: Ints, place_indptr: Ints, linger: int
) -> Ints:
    """Count, for each ``chosen`` visit, the visits of others to its place that overlap it.

    Visits are sorted by (place, lo); ``longest`` is the longest visit of each place, which bounds the search. The
    chosen visit is extended by ``linger`` seconds.
    """
    counts = np.zeros(len(chosen), dtype=np.int64)
    for n in range(len(chosen)):
        i = chosen[n]
        p = place[i]
        begin = place_indptr[p] + np.searchsorted(lo[place_indptr[p] : place_indptr[p + 1]], lo[i] - longest[p])
        for j in range(begin, place_indptr[p + 1]):
            if lo[j] >= hi[i] + linger:
                break
            if hi[j] > lo[i] and person[j] != person[i]:
                counts[n] += 1
    return counts


@_compiled
def fill_overlaps(
    chosen: Ints,
    place: Ints,
    person: Ints,
    lo: Ints,
    hi: Ints,
    longest: Ints,
    place_indptr: Ints,
    linger: int,
    offsets: Ints,
    pairs: Ints,
) -> None:
    """Write the overlapping pairs that :func:`count_overlaps` counted into ``pairs``, shape (n, 2)."""
    for n in range(len(chosen)):
        i = chosen[n]
        p = place[i]
        at = offsets[n]
        begin = place_indptr[p] + np.searchsorted(lo[place_indptr[p] : place_indptr[p + 1]], lo[i] - longest[p])
        for j in range(begin, place_indptr[p + 1]):
            if lo[j] >= hi[i] + linger:
                break
            if hi[j] > lo[i] and person[j] != person[i]:
                pairs[at, 0], pairs[at, 1] = i, j
                at += 1


@_compiled
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


@_compiled
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
