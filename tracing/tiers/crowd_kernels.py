"""Kernels of crowded places (:mod:`tracing.tiers.crowds`), as those of :mod:`tracing.tiers.kernels`."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from tracing.compiled import callee, kernel

Ints: TypeAlias = npt.NDArray[np.int64]
Smalls: TypeAlias = npt.NDArray[np.int8]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

#: Positions in :data:`tracing.tiers.isolation.WAYS`.
COMMUNITY: Final = 0
HOME: Final = 1


class Crowd(NamedTuple):
    """Visits to crowded places, and what the rule says of any two of them; see :mod:`tracing.tiers.crowds`.

    Shape (visits,), sorted by (place, lo): ``person``; ``place`` (number among the crowded ones, -1 elsewhere); the
    possible time ``[lo, hi)`` and the sure one ``[sure_lo, sure_hi)``; ``mask``; ``seat``. ``home`` is the household of
    each person, -1 where that does not matter; ``place_way`` the way of each place. ``outcome`` is by place, mask of
    the source and of the target (unknown first), and by how many of ``seat_steps`` and ``minute_steps`` are passed.
    """

    person: Ints
    place: Ints
    lo: Ints
    hi: Ints
    sure_lo: Ints
    sure_hi: Ints
    mask: Smalls
    seat: Floats
    home: Ints
    place_way: Ints
    outcome: Smalls
    seat_steps: Floats
    minute_steps: Floats
    linger: int


class Present(NamedTuple):
    """Visits during which somebody can infect, in ``[opens, closes)``, sorted by (place, opens).

    ``latest`` is the greatest ``closes`` so far at the place; those of crowded place ``k`` are
    ``indptr[k]:indptr[k + 1]``.
    """

    visit: Ints
    opens: Ints
    closes: Ints
    latest: Ints
    indptr: Ints


class CrowdQuery(NamedTuple):
    """What :func:`first_present` looks for: of visits in ``[begin, end)``, pairs of some outcomes and a ``way``.

    Any way where ``way`` is -1.
    """

    visit: Ints
    begin: Ints
    end: Ints
    outcomes: Bools
    way: int


@callee()
def _matches(crowd: Crowd, asked: CrowdQuery, source: int, target: int) -> bool:
    """Tell whether a pair of visits is of two people and has an outcome and the way asked for."""
    one, two, place = crowd.person[source], crowd.person[target], crowd.place[target]
    if one == two:
        return False
    if asked.way >= 0:
        way = crowd.place_way[place]
        if way == COMMUNITY and crowd.home[one] >= 0 and crowd.home[one] == crowd.home[two]:
            way = HOME
        if way != asked.way:
            return False
    longest = min(crowd.hi[source] + crowd.linger, crowd.hi[target]) - max(crowd.lo[source], crowd.lo[target])
    shortest = 0
    if crowd.sure_lo[source] < crowd.sure_hi[source] and crowd.sure_lo[target] < crowd.sure_hi[target]:
        until = min(crowd.sure_hi[source] + crowd.linger, crowd.sure_hi[target])
        shortest = max(0, until - max(crowd.sure_lo[source], crowd.sure_lo[target]))
    apart = abs(crowd.seat[source] - crowd.seat[target])
    seat = 0 if np.isnan(apart) else 1
    for step in crowd.seat_steps:
        seat += 1 if apart > step else 0
    least, most = 0, 0
    for step in crowd.minute_steps:
        least += 1 if shortest / 60.0 >= step else 0
        most += 1 if longest / 60.0 >= step else 0
    told = crowd.outcome[place, crowd.mask[source] + 1, crowd.mask[target] + 1, seat, least, most]
    return bool(asked.outcomes[told])


def _visits_asked(crowd: Crowd, present: Present, asked: CrowdQuery) -> int:
    return 8 * len(asked.visit)


@kernel(_visits_asked)
def first_present(crowd: Crowd, present: Present, asked: CrowdQuery) -> Ints:
    """Return, for each visit asked for, the row of ``present`` that it meets first, -1 where it meets none.

    Of those present when the time begins it is the last that came; else the first that comes. The search ends at the
    first that matches: O(log n) a visit in a crowd, where nearly everybody matches, and at most all whom it overlaps.
    """
    out = np.full(len(asked.visit), -1, dtype=np.int64)
    for n in range(len(asked.visit)):
        target, begin = asked.visit[n], asked.begin[n]
        first, stop = present.indptr[crowd.place[target]], present.indptr[crowd.place[target] + 1]
        at = first + np.searchsorted(present.opens[first:stop], begin, side="right")
        for i in range(at - 1, first - 1, -1):
            if present.latest[i] <= begin:
                break
            if present.closes[i] > begin and _matches(crowd, asked, present.visit[i], target):
                out[n] = i
                break
        if out[n] >= 0:
            continue
        for i in range(at, stop):
            if present.opens[i] >= asked.end[n]:
                break
            if _matches(crowd, asked, present.visit[i], target):
                out[n] = i
                break
    return out
