"""Three questions over the same graph: forward, backward and sideward from one case."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd

from tracing.chains.dates import case_dates
from tracing.chains.links import CONTACT, LINK, Period, StringDiGraph, table_of
from tracing.chains.walk import Walks
from tracing.model.columns import concat_columns
from tracing.model.numbered import NumberedRecords
from tracing.tiers.colocation import read_visits
from tracing.tiers.tables import describe_exposures, placed_exposures
from tracing.tiers.tiers import Tiers
from tracing.tiers.verdict import FAILS, VERDICTS
from tracing.times import EVER, NEVER, end_of_day

FORWARD_COLUMNS: Final = {
    "case": "string",
    "basis": "string",
    "source": "string",
    "steps": "Int64",
    "first": "Int64",
    "reading": "string",
}
BACKWARD_COLUMNS: Final = {
    "source": "string",
    "basis": "string",
    "steps": "Int64",
    "id": "string",
    "first": "Int64",
    "last": "Int64",
    "reading": "string",
    "clause": "string",
    "place": "string",
    "status": "string",
    "reason": "string",
}
SIDEWARD_COLUMNS: Final = {
    "person": "string",
    "basis": "string",
    "shared": "string",
    "start": "Int64",
    "end": "Int64",
    "case": "bool",
    "tier": "Int64",
}


class Linked(Protocol):
    """What the questions are asked of: cases, their edges, and what both were read from."""

    @property
    def graph(self) -> NumberedRecords:
        """The records."""

    @property
    def tiers(self) -> Tiers | None:
        """The tiers, where there are any."""

    @property
    def edges(self) -> pd.DataFrame:
        """Declared pairs and exposures of cases by cases."""

    @property
    def links(self) -> StringDiGraph:
        """Declared links from source to target."""

    @property
    def walks(self) -> Walks:
        """Declared links as they can be walked in time."""

    @property
    def period(self) -> Period:
        """The time to which the questions are restricted."""


def forward(chains: Linked, person: str) -> pd.DataFrame:
    """Return every case that ``person`` led to, sorted by basis ("link" first), steps and id.

    Columns: ``case``; ``basis``; ``source`` (the case before it on the way with the fewest steps whose dates do not go
    back); ``steps``; ``first`` (date of the link, or the earliest instant at which exposures can have carried it here,
    each after the one before; epoch seconds); ``reading`` ("certain" if links that have a date and were declared as
    certain lead there, or if the last exposure is). Empty where it led to nobody.
    """
    declared = chains.edges[chains.edges["basis"] == LINK]
    first = dict(zip(zip(declared["source"], declared["target"], strict=True), declared["first"].tolist(), strict=True))
    sure = chains.walks.surely().forward(person)
    rows: list[list[object]] = []
    for case, (steps, _, source) in chains.walks.forward(person).items():
        if steps:
            reading = "certain" if case in sure else "possible"
            rows.append([case, LINK, source, steps, first[source, case], reading])
    for case, (at, n, source, reading) in _carried(chains, person).items():
        if n:
            rows.append([case, CONTACT, source, n, at, reading])
    frame = table_of(rows, FORWARD_COLUMNS)
    order = ["basis", "steps", "case"]
    return frame.sort_values(order, ascending=[False, True, True], kind="stable", ignore_index=True)


def _carried(chains: Linked, person: str) -> Mapping[str, tuple[int, int, str, str]]:
    """Return case → (earliest arrival, steps, source, reading) over exposures that follow each other in time."""
    tiers = chains.tiers
    if tiers is None:
        return {}
    latent = tiers.policy.window.latent.seconds
    exposures = chains.edges[(chains.edges["basis"] == CONTACT) & (chains.edges["status"] == "possible")]
    onward: dict[str, list[tuple[str, int, int, str]]] = {}
    columns = [exposures[c].tolist() for c in ("source", "target", "first", "last", "reading")]
    for source, target, first, last, reading in zip(*columns, strict=True):
        onward.setdefault(source, []).append((target, first, last, reading))
    reached: dict[str, tuple[int, int, str, str]] = {}
    waiting = [(NEVER, 0, person, "", "certain")]
    while waiting:
        at, steps, case, source, reading = heapq.heappop(waiting)
        if case in reached:
            continue
        reached[case] = (at, steps, source, reading)
        free = at + latent if steps else NEVER
        for target, first, last, sure in onward.get(case, ()):
            if last >= free and target not in reached:
                heapq.heappush(waiting, (max(first, free), steps + 1, target, case, sure))
    return reached


def backward(chains: Linked, person: str) -> pd.DataFrame:
    """Return who could have been the source of ``person``'s infection, declared sources first, then by time.

    Columns: ``source``; ``basis``; ``steps`` (1: a direct candidate; more: a case further up the declared chain,
    by links whose dates do not go back);
    ``id`` of the link or contact; ``first``, ``last`` (when, epoch seconds); ``reading``; ``clause``; ``place``;
    ``status`` ("possible", "doubtful", "impossible"; "gap": a source that is not on the line list); ``reason`` (code).
    Contacts with other cases that cannot have been the source are listed as impossible, with the reason. Empty where
    nothing is on record: then the source is unknown, which it may also be otherwise.
    """
    edges = chains.edges[(chains.edges["target"] == person)].assign(steps=1)
    gap = (edges["status"] == "possible") & (edges["reason"] == "source.missing").fillna(False)
    edges = edges.assign(status=edges["status"].mask(gap, "gap"))
    up = chains.walks.backward(person)
    further = [[case, LINK, found.steps, *[pd.NA] * 8] for case, found in up.items() if found.steps > 1]
    parts = [edges[list(BACKWARD_COLUMNS)], _not_sources(chains, person), table_of(further, BACKWARD_COLUMNS)]
    frame = pd.concat([p.astype(BACKWARD_COLUMNS) for p in parts if len(p)] or [table_of([], BACKWARD_COLUMNS)])
    rank = frame["status"].map({"possible": 0, "gap": 1, "doubtful": 2, "impossible": 3}).fillna(4)
    frame = frame.assign(rank=rank, far=frame["steps"] > 1, by_contact=frame["basis"] == CONTACT)
    order = ["far", "steps", "by_contact", "rank", "first", "source", "id"]
    frame = frame.sort_values(order, kind="stable", ignore_index=True)
    return frame[list(BACKWARD_COLUMNS)]


def _not_sources(chains: Linked, person: str) -> pd.DataFrame:
    """List contacts with other cases that exposed ``person`` in no reading, with the reason."""
    tiers = chains.tiers
    if tiers is None or person not in chains.graph.columns.numbers.by_id:
        return table_of([], BACKWARD_COLUMNS)
    spread, at = tiers.spread, chains.graph.person_index(person)
    case = np.zeros(len(chains.graph.columns.people), dtype=bool)
    case[spread.seeds] = True
    parts = []
    for number, edges in enumerate(spread.edges()):
        row = np.flatnonzero(edges.target == at)
        source = edges.source[row]
        row = row[case[source] & (source != at)]
        row = row[(edges.lo[row] < chains.period[1]) & (edges.hi[row] > chains.period[0])]
        found = np.column_stack([row, np.zeros_like(row), edges.lo[row], edges.hi[row] - 1])
        parts.append(placed_exposures(edges, found, 1, number, -1))
    told = describe_exposures(spread, concat_columns(parts)).frame
    known = set(zip(*(chains.edges.loc[chains.edges["target"] == person, c] for c in ("source", "id")), strict=True))
    kept = [pair not in known for pair in zip(told["parent"], told["contact"], strict=True)]
    told = told[np.array(kept, dtype=bool)]
    failed = (told["verdict"] == VERDICTS[FAILS]).to_numpy(dtype=bool)
    out = pd.DataFrame(
        {
            "source": told["parent"],
            "basis": CONTACT,
            "steps": 1,
            "id": told["contact"],
            "first": told["start"],
            "last": told["end"] - 1,
            "reading": pd.NA,
            "clause": told["clause"],
            "place": told["place"],
            "status": "impossible",
            "reason": np.where(failed, "contact.fails", "contact.outside_window"),
        }
    )
    return out.astype(BACKWARD_COLUMNS).drop_duplicates(["source", "id"])


def sideward(chains: Linked, person: str) -> pd.DataFrame:
    """Return who else was there, sorted by basis, start, what is shared and person.

    Columns: ``person``; ``basis``: "place" (at the same place at the same time, by visits and by contacts whose
    place is known; ``shared`` is the place) or "source" (linked to, or exposed by, the same source, ``shared``);
    ``start``, ``end`` (of the time together, or of the exposure; epoch seconds); ``case``; ``tier`` (possible tier, NA
    without). A visit without check-out lasts as the tiers' policy says; without tiers, to the end of its day. Empty
    where nobody else is on record.
    """
    rows = [
        row
        for row in _same_place(chains.graph, chains.tiers, person) + _same_source(chains, person)
        if pd.isna(row[3]) or (row[3] < chains.period[1] and row[4] > chains.period[0])
    ]
    cases = set(case_dates(chains.graph))
    listed = chains.tiers.table if chains.tiers is not None else None
    tier = {} if listed is None else dict(zip(listed["person"].tolist(), listed["tier_possible"].tolist(), strict=True))
    frame = table_of([[*row, row[0] in cases, tier.get(str(row[0]), pd.NA)] for row in rows], SIDEWARD_COLUMNS)
    frame = frame.drop_duplicates(ignore_index=True)
    return frame.sort_values(["basis", "start", "shared", "person"], kind="stable", ignore_index=True)


def _presences(graph: NumberedRecords, tiers: Tiers | None) -> pd.DataFrame:
    """Return when who was where: person, place, lo, hi (half-open); from visits and from contacts with a place."""
    visits, contacts, spans = graph.records.visits, graph.records.contacts, graph.columns.spans
    if tiers is None:
        hi = visits["end_to"].fillna(visits["end"]).to_numpy(np.int64, na_value=NEVER)
        start = visits["start"].to_numpy(np.int64).tolist()
        zone = graph.records.zone
        until = [h if h > NEVER else end_of_day(s, zone) for s, h in zip(start, hi.tolist(), strict=True)]
        went = pd.DataFrame({"person": visits["person"], "place": visits["place"], "lo": start, "hi": until})
    else:
        read = read_visits(graph, tiers.policy)
        who, where = (np.array(read.table[c].tolist(), dtype=object)[read.row] for c in ("person", "place"))
        went = pd.DataFrame({"person": who, "place": where, "lo": read.lo, "hi": read.hi})
    met = pd.DataFrame({"place": contacts["place"], "lo": spans.lo, "hi": spans.hi})
    dated = contacts["place"].notna().to_numpy() & (spans.hi < EVER) & (spans.lo > NEVER)
    sides = [met.assign(person=contacts[side])[dated] for side in ("person_a", "person_b")]
    both = pd.concat([went, *sides], ignore_index=True)
    kinds = {"person": object, "place": object, "lo": "int64", "hi": "int64"}
    found: pd.DataFrame = both[list(kinds)].astype(kinds)
    return found


def _same_place(graph: NumberedRecords, tiers: Tiers | None, person: str) -> list[list[Any]]:
    presences = _presences(graph, tiers)
    own = presences[presences["person"] == person].drop_duplicates()
    others = presences[(presences["person"] != person) & presences["place"].isin(set(own["place"]))]
    pairs = others.merge(own, on="place", suffixes=("", "_own"))
    lo, hi = pairs[["lo", "lo_own"]].max(axis=1), pairs[["hi", "hi_own"]].min(axis=1)
    together = pairs.assign(start=lo, end=hi)[lo < hi]
    longest = together.sort_values("end").drop_duplicates(["person", "place", "start"], keep="last")
    columns = (longest[c].tolist() for c in ("person", "place", "start", "end"))
    return [[who, "place", place, start, end] for who, place, start, end in zip(*columns, strict=True)]


def _same_source(chains: Linked, person: str) -> list[list[Any]]:
    links = chains.links
    rows: list[list[Any]] = [
        [other, "source", source, pd.NA, pd.NA]
        for source in links.predecessors(person)
        for other in links.successors(source)
        if other != person
    ]
    if chains.tiers is None:
        return rows
    able = chains.edges[(chains.edges["target"] == person) & (chains.edges["status"] == "possible")]
    sources = set(able["source"])
    parents = chains.tiers.parents
    also = parents[parents["parent"].isin(sources) & (parents["person"] != person)]
    spans = also.groupby(["person", "parent"], as_index=False).agg(start=("exposure", "min"), end=("until", "max"))
    return rows + [
        [who, "source", source, start, end + 1]
        for who, source, start, end in spans[["person", "parent", "start", "end"]].itertuples(index=False, name=None)
    ]
