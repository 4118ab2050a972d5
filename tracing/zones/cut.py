"""The nested frontier of zones: every optimum of one objective over all prices, by minimum cuts.

For units with gain ``b`` (expected infections), cost ``pop`` (people) and links ``F`` (contacts across),
``max over x of sum (b - price * pop) x - sum F |x_g - x_h|`` is one s-t minimum cut for each price. As the price falls
the optimal sets only grow (Gallo, Grigoriadis and Tarjan 1989, doi:10.1137/0218003), so all of them together are one
nested family: the frontier.

Gains and links are first made whole numbers (times a power of two, so that their sum is about 2^30); then everything
but the flow is exact 64-bit integer arithmetic (up to 2^29 people). SciPy's flow works with 32-bit capacities, so where
the exact capacities of a cut do not fit they are rounded to ``1 / 2^29`` of their sum: a set can then fall short of the
best of its cut by at most ``units * 2^-30`` of the sum of the capacities. A set is only ever taken if its exact gain is
positive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log2
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_flow

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

QUANTA: Final = 1 << 30
_ROOM: Final = 1 << 29


@dataclass(frozen=True)
class Frontier:
    """The frontier of ``n`` units.

    Attributes
    ----------
    enters
        The step (from 1, the narrowest) at which each unit enters, shape (n,); 0 for one that never does.
    price
        The highest price at which each step's set is the best, shape (steps,), falling.
    """

    enters: Ints
    price: Floats


@dataclass(frozen=True, kw_only=True)
class _Problem:
    """Units between two sets already found; what lies inside or outside of them has become part of ``gain``."""

    units: Ints
    gain: Ints
    pop: Ints
    a: Ints
    b: Ints
    link: Ints


def find_frontier(
    gain: Floats, pop: Ints, a: Ints, b: Ints, link: Floats, *, progress: Callable[[int, int], None] | None = None
) -> Frontier:
    """Return the whole frontier: all breakpoints of the price, narrowest set first.

    Parameters
    ----------
    gain
        Expected infections in each unit, >= 0, shape (n,).
    pop
        People in each unit, >= 1, shape (n,).
    a, b, link
        Links: between units ``a`` and ``b`` the loss ``link`` >= 0 where only one of them is inside; shape (links,).
    progress
        Called with (units done, units).

    Returns
    -------
    Frontier
        Without a step where no unit gains anything. Of equally good sets always the smallest.

    Notes
    -----
    Recursive subdivision at the price where two known sets are equal (Eisner and Severance 1976), on the units between
    them only: at most two cuts per breakpoint, nested by construction. Units without links are answered by sorting.
    """
    n = len(gain)
    if not gain.sum() > 0:
        return Frontier(np.zeros(n, dtype=np.int64), np.empty(0))
    scale = 2.0 ** floor(log2(QUANTA / (float(gain.sum()) + float(link.sum()))))
    whole = _Problem(
        units=np.arange(n),
        gain=np.rint(gain * scale).astype(np.int64),
        pop=pop.astype(np.int64),
        a=a,
        b=b,
        link=np.rint(link * scale).astype(np.int64),
    )
    groups: list[tuple[float, Ints]] = []
    done = 0
    waiting = [_restrict(whole, _best(whole, 0, 1))]
    while waiting:
        problem = waiting.pop()
        if len(problem.units) == 0:
            continue
        total, people = int(problem.gain.sum()), int(problem.pop.sum())
        inside = _split(problem, total, people)
        if inside is None:
            groups.append((total / people, problem.units))
            done += len(problem.units)
            if progress is not None:
                progress(done, n)
            continue
        waiting += [_restrict(problem, inside), _remove(problem, inside)]
    return _collect(n, groups, scale)


def _collect(n: int, groups: list[tuple[float, Ints]], scale: float) -> Frontier:
    """Number the groups of units by falling price; groups of equal price enter together."""
    enters = np.zeros(n, dtype=np.int64)
    prices: list[float] = []
    for price, units in sorted(groups, key=lambda group: (-group[0], int(group[1][0]))):
        if not prices or price < prices[-1]:
            prices.append(price)
        enters[units] = len(prices)
    return Frontier(enters, np.array(prices, dtype=np.float64) / scale)


def _split(problem: _Problem, total: int, people: int) -> Bools | None:
    """Return the units of a set that is better, at the price at which all and none are equal; None without one."""
    if len(problem.units) == 1:
        return None
    inside = _best(problem, total, people)
    if not inside.any() or inside.all() or _worth(problem, inside, total, people) <= 0:
        return None
    return inside


def _worth(problem: _Problem, inside: Bools, total: int, people: int) -> int:
    """Return the exact objective of a set at the price ``total / people``, times ``people``."""
    cut = int(problem.link[inside[problem.a] != inside[problem.b]].sum())
    return (int(problem.gain[inside].sum()) - cut) * people - int(problem.pop[inside].sum()) * total


def _best(problem: _Problem, total: int, people: int) -> Bools:
    """Return the smallest best set at the price ``total / people``, shape (units,)."""
    exact = problem.gain * people - problem.pop * total
    inside = exact > 0
    linked = np.zeros(len(inside), dtype=bool)
    linked[problem.a] = linked[problem.b] = True
    if not linked.any():
        return inside
    inside[linked] = _cut(exact[linked], *_renumber(problem, linked), people)
    return inside


def _renumber(problem: _Problem, keep: Bools) -> tuple[Ints, Ints, Ints]:
    number = np.cumsum(keep) - 1
    return number[problem.a], number[problem.b], problem.link


def _cut(weight: Ints, a: Ints, b: Ints, link: Ints, people: int) -> Bools:
    """Return the source side of the smallest minimum cut, shape (units,)."""
    n = len(weight)
    links = link * people
    total = int(np.abs(weight).sum()) + 2 * int(links.sum())
    part = max(1, -(-total // _ROOM))
    weight, links = _divide(weight, part), _divide(links, part)
    source, sink = n, n + 1
    gains, losses = np.flatnonzero(weight > 0), np.flatnonzero(weight < 0)
    if not len(gains):
        return np.zeros(n, dtype=bool)
    rows = np.concatenate([np.full(len(gains), source), losses, a, b])
    columns = np.concatenate([gains, np.full(len(losses), sink), b, a])
    capacity = np.concatenate([weight[gains], -weight[losses], links, links])
    arcs, capacity = _add_up(rows * (n + 2) + columns, capacity)
    indptr = np.searchsorted(arcs, np.arange(n + 3) * (n + 2)).astype(np.int32)
    told = (capacity.astype(np.int32), (arcs % (n + 2)).astype(np.int32), indptr)
    network: Any = csr_matrix(told, shape=(n + 2, n + 2))
    flow = maximum_flow(network, source, sink).flow
    used = np.repeat(np.arange(n + 2), np.diff(flow.indptr)) * (n + 2) + flow.indices
    arcs, left = _add_up(np.concatenate([arcs, used]), np.concatenate([capacity, -flow.data.astype(np.int64)]))
    return _reached(arcs[left > 0] // (n + 2), arcs[left > 0] % (n + 2), source, n + 2)[:n]


def _add_up(arcs: Ints, values: Ints) -> tuple[Ints, Ints]:
    """Return each arc once, in ascending order, with the sum of its values."""
    order = np.argsort(arcs, kind="stable")
    arcs, values = arcs[order], values[order]
    first = np.flatnonzero(np.append(True, arcs[1:] != arcs[:-1]))
    return arcs[first], np.add.reduceat(values, first)


def _reached(tails: Ints, heads: Ints, source: int, size: int) -> Bools:
    """Tell of ``size`` nodes which can be reached from the source."""
    inside = np.zeros(size, dtype=bool)
    inside[source] = True
    found = 0
    while found < (found := int(inside.sum())):
        inside[heads[inside[tails]]] = True
    return inside


def _divide(values: Ints, part: int) -> Ints:
    """Return whole numbers divided by ``part``, rounded to the nearest."""
    return values if part == 1 else (2 * values + part) // (2 * part)


def _restrict(problem: _Problem, inside: Bools) -> _Problem:
    """Return the problem of the units ``inside``; their links to the others become losses."""
    one, other = inside[problem.a], inside[problem.b]
    gain = problem.gain.copy()
    np.subtract.at(gain, problem.a[one & ~other], problem.link[one & ~other])
    np.subtract.at(gain, problem.b[other & ~one], problem.link[other & ~one])
    return _take(problem, inside, gain)


def _remove(problem: _Problem, inside: Bools) -> _Problem:
    """Return the problem of the units not ``inside``, the others being taken; links to them become gains."""
    one, other = inside[problem.a], inside[problem.b]
    gain = problem.gain.copy()
    np.add.at(gain, problem.b[one & ~other], problem.link[one & ~other])
    np.add.at(gain, problem.a[other & ~one], problem.link[other & ~one])
    return _take(problem, ~inside, gain)


def _take(problem: _Problem, keep: Bools, gain: Ints) -> _Problem:
    number = np.cumsum(keep) - 1
    links = keep[problem.a] & keep[problem.b]
    return _Problem(
        units=problem.units[keep],
        gain=gain[keep],
        pop=problem.pop[keep],
        a=number[problem.a[links]],
        b=number[problem.b[links]],
        link=problem.link[links],
    )
