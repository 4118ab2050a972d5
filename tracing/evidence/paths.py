"""The exposures that lead to somebody, one after the other, back to a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from tracing.tiers import kernels
from tracing.tiers.exposure import COUNTING, Ints, Sources, Spread
from tracing.tiers.windows import TierReading

#: Number of the table of half-edges from contacts on record; the other one is from joined visits.
RECORDED: Final = 0


@dataclass(frozen=True, kw_only=True)
class Hop:
    """One exposure on the way: half-edge ``edge`` of ``table``, from episode ``node`` open in ``[opens, closes)``."""

    table: int
    edge: int
    node: int
    opens: int
    closes: int
    begin: int
    exposure: int
    until: int
    once: bool
    sort: tuple[int, str]


def find_path(spread: Spread, reading: TierReading, step: int, target: int) -> list[Hop]:
    """Return the hops of the path with the earliest exposure, ties by contact id, from the case to ``target``."""
    hops: list[Hop] = []
    node: int | None = None
    for k in range(step, 0, -1):
        found = [h for h in incoming(spread, reading, k, target) if node is None or _opens(spread, reading, h, node)]
        hop = min(found, key=lambda h: h.sort)
        hops.insert(0, hop)
        node = hop.node
        target = int(spread.edges()[hop.table].source[hop.edge])
    return hops


def _opens(spread: Spread, reading: TierReading, hop: Hop, node: int) -> bool:
    """Tell whether the exposure ``hop`` opens a window in the episode ``node`` of the person it exposes."""
    at_large, latent = spread.labels[reading].at_large, spread.policy.window.latent.seconds
    free, shut = int(at_large.opens[node]), int(at_large.closes[node])
    needed = min(free - latent, int(at_large.since[node]))
    if hop.once:
        return needed <= hop.begin and max(hop.exposure + latent, free) < shut
    at = max(hop.begin, needed)
    return at <= hop.until and max(at + latent, free) < shut


def incoming(spread: Spread, reading: TierReading, step: int, target: int) -> Iterator[Hop]:
    """Yield every exposure of person ``target`` (position) after exactly ``step`` steps, in one reading."""
    if spread.blocked[target]:
        return
    edges_to = list(half_edges_to(spread, target))
    for sources in spread.labels[reading].sources(step - 1):
        for table, edges in enumerate(spread.edges()):
            to = np.array([edge for of, edge in edges_to if of == table], dtype=np.int64)
            to = to[np.isin(edges.verdict[to], COUNTING[reading])]
            if sources.way is not None:
                to = to[edges.ways[reading][to] == sources.way]
            yield from _hops(spread, reading, table, to, sources)


def _hops(spread: Spread, reading: TierReading, table: int, to: Ints, sources: Sources) -> Iterator[Hop]:
    """Yield the exposures over each of some half-edges from the windows of its source."""
    edges = spread.edges()[table]
    first, last = (np.searchsorted(sources.person, edges.source[to], side=side) for side in ("left", "right"))
    arrays = edges.arrays(reading, COUNTING[reading], sources.way)
    for row, window in kernels.each_of(first, last - first):
        found = kernels.expose(arrays, to[row], sources.windows(), window, certain=reading == "certain")
        for edge, i, begin, end, once, counted in zip(*(a.tolist() for a in (*found, found.counted)), strict=True):
            yield Hop(
                table=table,
                edge=edge,
                node=int(sources.node[i]),
                opens=int(sources.opens[i]),
                closes=int(sources.closes[i]),
                begin=begin,
                exposure=counted,
                until=end - 1,
                once=once,
                sort=(counted, contact_name(spread, table, edge)),
            )


def half_edges_to(spread: Spread, target: int) -> Iterator[tuple[int, int]]:
    """Yield (table, half-edge) of every contact directed at person ``target``."""
    columns = spread.graph.columns
    recorded = spread.recorded
    for contact in columns.contact[columns.indptr[target] : columns.indptr[target + 1]].tolist():
        for edge in spread.halves[contact].tolist():
            if edge >= 0 and recorded.target[edge] == target and recorded.source[edge] != target:
                yield RECORDED, int(edge)
    order, starts = spread.joined_by_target
    for edge in order[starts[target] : starts[target + 1]].tolist():
        yield 1, int(edge)


def contact_name(spread: Spread, table: int, edge: int) -> str:
    """Return the id of a contact; of two joined visits, both their ids."""
    edges = spread.edges()[table]
    ref = int(edges.ref[edge])
    if table == RECORDED:
        return str(spread.graph.records.columns("contacts")["contact"][ref])
    visits, rows = spread.visits.table["visit"], spread.visits.row
    pair = (spread.covisits.source[ref], spread.covisits.target[ref])
    return "~".join(sorted(str(visits[rows[v]]) for v in pair))
