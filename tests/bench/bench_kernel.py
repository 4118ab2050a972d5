"""The tier kernel against the same rule written plainly over a NetworkX graph, and against a memory copy.

Same data, same run, several repeats, medians. The plain version reads the same windows and verdicts, so that only the
carrying of exposure over the contacts is compared; both must give the same tiers.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import networkx as nx
import numpy as np
import pandas as pd

from tracing import load_policy
from tracing.model.contactgraph import ContactGraph, build_contact_graph
from tracing.model.records import Records
from tracing.results import resolve_as_of
from tracing.tiers import kernels
from tracing.tiers.exposure import COUNTING, Spread, spread_exposure
from tracing.tiers.isolation import CaseWindows, Episodes
from tracing.tiers.tiers import NO_TIER, own_tiers
from tracing.times import DAY, EVER, HOUR


def random_records(people: int, contacts: int, cases: int, seed: int) -> Records:
    """Return a random outbreak: contacts of an hour over four weeks, one case in isolation three days after onset."""
    rng = np.random.default_rng(seed)
    ids = np.array([f"P{i:07d}" for i in range(people)], dtype=object)
    a = rng.integers(0, people, contacts)
    b = (a + rng.integers(1, 500, contacts)) % people
    start = 1_625_000_000 + rng.integers(0, 28 * DAY, contacts)
    index = rng.choice(people, cases, replace=False)
    onset = 1_625_000_000 + rng.integers(3 * DAY, 28 * DAY, cases)
    table = pd.DataFrame(
        {
            "contact": [f"c{i:08d}" for i in range(contacts)],
            "person_a": ids[a],
            "person_b": ids[b],
            "start": start,
            "end": start + HOUR,
            "distance_m": rng.choice([1.0, 5.0], contacts),
            "kind": "social",
            "closed_space": False,
        }
    )
    return Records.build(
        {
            "persons": pd.DataFrame({"person": ids}),
            "cases": pd.DataFrame({"person": ids[index], "onset": onset, "isolated": onset + 3 * DAY}),
            "contacts": table,
        }
    )


def to_networkx(graph: ContactGraph, spread: Spread) -> nx.MultiGraph:
    """Return a plain MultiGraph of the contacts with start, end and whether the contact counts."""
    plain = nx.MultiGraph()
    columns = graph.columns
    counts = np.zeros(len(columns.a), dtype=bool)
    counts[spread.recorded.ref] = np.isin(spread.recorded.verdict, COUNTING["possible"])
    plain.add_nodes_from(range(len(columns.people)))
    plain.add_edges_from(
        (a, b, {"start": lo, "end": hi, "counts": ok})
        for a, b, lo, hi, ok in zip(
            columns.a.tolist(),
            columns.b.tolist(),
            columns.spans.lo.tolist(),
            columns.spans.hi.tolist(),
            counts.tolist(),
            strict=True,
        )
    )
    return plain


def plain_tiers(plain: nx.MultiGraph, cases: dict[int, tuple[int, int]], closes: list[int], depth: int) -> list[int]:
    """Carry exposure over a NetworkX graph step by step and return the tier of every person."""
    exposure: list[dict[int, int]] = [dict.fromkeys(cases, -EVER)]
    windows = dict(cases)
    for _ in range(depth):
        reached: dict[int, int] = {}
        for person, (opens, until) in windows.items():
            for _, other, contact in plain.edges(person, data=True):
                if not contact["counts"]:
                    continue
                at = max(contact["start"], opens)
                if at < min(contact["end"], until) and at < reached.get(other, EVER):
                    reached[other] = at
        exposure.append(reached)
        windows = {person: (at, closes[person]) for person, at in reached.items() if at < closes[person]}
    tiers = [int(NO_TIER)] * plain.number_of_nodes()
    for step in range(depth, -1, -1):
        for person in exposure[step]:
            tiers[person] = step
    return tiers


def kernel_tiers(spread: Spread, at_large: Episodes, windows: CaseWindows) -> np.ndarray:
    """Carry the same exposure with the kernel; shape (depth + 1, people)."""
    people, depth = len(spread.graph.columns.people), spread.policy.depth
    exposure = np.full((depth + 1, people), EVER, dtype=np.int64)
    opening = np.full((depth + 1, len(at_large.person)), EVER, dtype=np.int64)
    now = kernels.Windows(windows.person, windows.opens, windows.closes)
    free = kernels.AtLarge(at_large.indptr, at_large.opens, at_large.closes, at_large.since)
    edges, wanted = spread.recorded.arrays("possible", COUNTING["possible"], None), ~spread.blocked
    for step in range(1, depth + 1):
        kernels.relax_layer(edges, now, wanted, False, kernels.TierReached(free, 0, exposure[step], opening[step]))
        nodes = np.flatnonzero(opening[step] < EVER).astype(np.int64)
        now = kernels.Windows(at_large.person[nodes], opening[step][nodes], at_large.closes[nodes])
    return exposure


def median_seconds(work: Callable[[], object], repeats: int) -> float:
    """Return the median of ``repeats`` timings of ``work`` after one warm-up."""
    work()
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def run(people: int, contacts: int, cases: int, *, repeats: int = 5) -> dict[str, float]:
    """Return seconds of the kernel, of NetworkX and of a memory copy, and their ratios."""
    records = random_records(people, contacts, cases, seed=7)
    graph = build_contact_graph(records)
    spread = spread_exposure(graph, load_policy("vn-3638"), resolve_as_of(None, graph), seeds=None)
    at_large = spread.labels["possible"].at_large
    plain = to_networkx(graph, spread)
    windows = spread.labels["possible"].cases[0]
    seeds = {int(p): (int(o), int(c)) for p, o, c in zip(windows.person, windows.opens, windows.closes, strict=True)}
    closes = at_large.closes[at_large.indptr[:-1]].tolist()
    depth = spread.policy.depth
    ours, theirs = own_tiers(spread, "possible").tolist(), plain_tiers(plain, seeds, closes, depth)
    for person in spread.seeds.tolist():
        theirs[person] = 0
    if ours != theirs:
        raise AssertionError("kernel and NetworkX disagree")
    kernel = median_seconds(lambda: kernel_tiers(spread, at_large, windows), repeats)
    networkx = median_seconds(lambda: plain_tiers(plain, seeds, closes, depth), max(1, repeats // 2))
    edges = spread.recorded
    arrays = [column[:] for column in (edges.target, edges.lo, edges.hi, edges.c1, edges.c2, edges.sure)]
    copy = median_seconds(lambda: [array.copy() for array in arrays], repeats)
    return {
        "people": people,
        "contacts": contacts,
        "kernel_s": kernel,
        "networkx_s": networkx,
        "networkx/kernel": networkx / kernel,
        "memory_copy_s": copy,
        "kernel/memory_copy": kernel / copy,
    }
