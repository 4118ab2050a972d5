"""Infectious windows: when a case, and later a person who was exposed, can infect others.

Two readings of the incomplete data are kept apart: *possible* (the widest any reading allows) and *certain* (what holds
in every reading). An isolation splits a person's time into episodes: a window closes for good when the first isolation
not yet over at its opening begins; only a new exposure after a release opens a new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.model.contactgraph import ContactGraph
from tracing.policy.library import Policy, WindowRule
from tracing.times import EVER, NEVER

Ints = npt.NDArray[np.int64]
Reading = Literal["possible", "certain"]
READINGS: Final[tuple[Reading, ...]] = ("possible", "certain")


@dataclass(frozen=True)
class Episodes:
    """Times at large of every person in one reading. Episodes of person ``p`` are ``indptr[p]:indptr[p + 1]``.

    Attributes
    ----------
    person
        Person index of each episode.
    opens, closes
        ``[opens, closes)``: from the end of the isolation before it to the beginning of the next (or ``as_of``).
    """

    indptr: Ints
    person: Ints
    opens: Ints
    closes: Ints


@dataclass(frozen=True)
class CaseWindows:
    """Infectious windows of the cases in one reading, per episode: ``[opens, closes)``; no row where none holds."""

    episode: Ints
    opens: Ints
    closes: Ints


@dataclass(frozen=True)
class Openings:
    """Opening and latest closing of each case's window before isolation is looked at, shape (cases,).

    The opening lies in ``[earliest, latest]``; ``none`` marks cases that the rule calls not infectious.
    """

    person: Ints
    earliest: Ints
    latest: Ints
    close_possible: Ints
    close_certain: Ints
    none: npt.NDArray[np.bool_]


def isolation_periods(graph: ContactGraph) -> pd.DataFrame:
    """Return everybody's isolation periods: person (index), start, start_to, end, end_to; touching ones are one.

    The isolation date of a case counts where the isolation roster has no period that begins at that time. A missing
    end is ``EVER``.
    """
    roster = graph.records.isolations[["person", "start", "start_to", "end", "end_to"]]
    cases = graph.records.cases.dropna(subset="isolated")
    dated = pd.DataFrame({"person": cases["person"], "start": cases["isolated"], "start_to": cases["isolated_to"]})
    dated = dated.merge(roster[["person", "start"]], on=["person", "start"], how="left", indicator=True)
    dated = dated[dated["_merge"] == "left_only"].drop(columns="_merge")
    open_ended = dated.assign(end=EVER, end_to=EVER).astype({"end": "Int64", "end_to": "Int64"})
    both = pd.concat([roster, open_ended], ignore_index=True)
    both = both.assign(person=graph.positions(both["person"].tolist())).fillna({"end": EVER, "end_to": EVER})
    rows: list[list[int]] = []
    for row in both.sort_values(["person", "start", "start_to", "end"]).astype("int64").itertuples(index=False):
        if rows and rows[-1][0] == row.person and row.start <= rows[-1][4]:
            _, _, start_to, end, end_to = rows[-1]
            rows[-1][2:] = [min(start_to, row.start_to), max(end, row.end), max(end_to, row.end_to)]
        else:
            rows.append(list(row))
    return pd.DataFrame(rows, columns=["person", "start", "start_to", "end", "end_to"], dtype="int64")


def episodes(periods: pd.DataFrame, people: int, as_of: int, reading: Reading) -> Episodes:
    """Return the times at large of ``people`` persons between their isolation ``periods``.

    Possible: an isolation begins at the latest and ends at the earliest the record allows; certain: the reverse.
    """
    begins, ends = ("start_to", "end") if reading == "possible" else ("start", "end_to")
    per_person = np.bincount(periods["person"], minlength=people) + 1
    indptr = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(per_person, out=indptr[1:])
    person = np.repeat(np.arange(people, dtype=np.int64), per_person)
    opens = np.full(indptr[-1], NEVER, dtype=np.int64)
    closes = np.full(indptr[-1], as_of, dtype=np.int64)
    rank = periods.groupby("person").cumcount().to_numpy()
    at = indptr[periods["person"].to_numpy()] + rank
    closes[at] = np.minimum(periods[begins].to_numpy(), as_of)
    opens[at + 1] = periods[ends].to_numpy()
    return Episodes(indptr, person, opens, closes)


def case_openings(graph: ContactGraph, policy: Policy) -> Openings:
    """Return when each case's window opens and, by the rule alone, closes (see "Infectious window").

    Onset is the anchor where it is known. Without one, a case that is not said to have had symptoms is read by the rule
    for cases without symptoms; one that had symptoms on an unknown day, or that has no date at all, has a possible
    window over all of time and no certain one. A rule without a window for cases without symptoms gives them none.
    """
    cases = graph.records.cases
    window = policy.window
    count = len(cases)
    earliest, latest = np.full(count, NEVER, dtype=np.int64), np.full(count, EVER, dtype=np.int64)
    close_possible, close_certain = np.full(count, EVER, dtype=np.int64), np.full(count, EVER, dtype=np.int64)
    none = np.zeros(count, dtype=bool)
    said_without = cases["asymptomatic"].fillna(False).to_numpy(dtype=bool)
    said_with = ~cases["asymptomatic"].fillna(True).to_numpy(dtype=bool)
    first, last, found = _anchor(cases, window.symptomatic)
    _apply(window.symptomatic, found, first, last, earliest, latest, close_possible, close_certain)
    rest = ~found
    if window.asymptomatic is None:
        none |= rest & said_without
    else:
        first, last, dated = _anchor(cases, window.asymptomatic)
        dated = dated & rest & ~said_with
        _apply(window.asymptomatic, dated, first, last, earliest, latest, close_possible, close_certain)
        if window.source_known is not None:
            _open_at_source(graph, window.source_known.seconds, dated, first, last, earliest, latest)
    if "negative_test" in window.end_events:
        _close_at_negative(graph, policy, close_possible, close_certain)
    return Openings(graph.positions(cases["person"].tolist()), earliest, latest, close_possible, close_certain, none)


def _anchor(cases: pd.DataFrame, rule: WindowRule) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    first = cases[rule.anchors[0]]
    last = cases[f"{rule.anchors[0]}_to"]
    for anchor in rule.anchors[1:]:
        last = last.where(first.notna(), cases[f"{anchor}_to"])
        first = first.where(first.notna(), cases[anchor])
    found = first.notna().to_numpy(dtype=bool)
    return first.to_numpy(dtype=np.int64, na_value=0), last.to_numpy(dtype=np.int64, na_value=0), found


def _apply(
    rule: WindowRule,
    where: npt.NDArray[np.bool_],
    first: Ints,
    last: Ints,
    earliest: Ints,
    latest: Ints,
    close_possible: Ints,
    close_certain: Ints,
) -> None:
    before = rule.before.seconds
    earliest[where] = first[where] - before
    latest[where] = last[where] - before
    if rule.after is not None:
        close_possible[where] = last[where] + rule.after.seconds
        close_certain[where] = first[where] + rule.after.seconds


def _open_at_source(
    graph: ContactGraph,
    later: int,
    dated: npt.NDArray[np.bool_],
    first_sample: Ints,
    last_sample: Ints,
    earliest: Ints,
    latest: Ints,
) -> None:
    """Open ``later`` seconds after the first contact with the source where one is known, at the sample at the latest.

    Without a date of such a contact the possible opening stays wide and the certain one is the sample itself.
    """
    cases = graph.records.cases
    links = graph.records.links
    sources: dict[str, set[str]] = {}
    for source, target in zip(links["source"], links["target"], strict=True):
        sources.setdefault(target, set()).add(source)
    declared = cases["source_known"].tolist()
    columns = graph.columns
    for row in np.flatnonzero(dated):
        person = cases["person"].iloc[row]
        known = sources.get(person, set())
        if declared[row] is False or (declared[row] is not True and not known):
            continue
        at = graph.person_index(person)
        half = slice(columns.indptr[at], columns.indptr[at + 1])
        edges = columns.contact[half][
            np.isin(columns.people[columns.neighbour[half]], np.array(sorted(known), dtype=object))
        ]
        edges = edges[columns.spans.sure[edges] > 0]
        edges = edges[columns.spans.lo[edges] > NEVER]
        if len(edges):
            earliest[row] = min(int(columns.spans.lo[edges].min()) + later, int(first_sample[row]))
            latest[row] = min(int(columns.spans.c1[edges].min()) + later, int(last_sample[row]))
        else:
            latest[row] = last_sample[row]


def _close_at_negative(graph: ContactGraph, policy: Policy, close_possible: Ints, close_certain: Ints) -> None:
    """Close the window at the first negative test, or one with Ct above the limit, sampled after the case's anchor.

    Possible: the end of the first test that was surely later than the anchor; certain: the beginning of the first that
    may have been, but not before the anchor itself.
    """
    cases, tests = graph.records.cases, graph.records.tests
    limit = policy.window.end_ct_above
    negative = (tests["result"] == "negative").fillna(False)
    if limit is not None:
        negative |= (tests["ct"] > limit.value).fillna(False)
    found = tests.loc[negative, ["person", "sample", "sample_to"]]
    row = pd.Index(cases["person"]).get_indexer(pd.Index(found["person"]))
    begin, end = (found[c].to_numpy(dtype=np.int64) for c in ("sample", "sample_to"))
    first = cases["onset"].fillna(cases["sample"]).fillna(cases["confirmed"])
    last = cases["onset_to"].fillna(cases["sample_to"]).fillna(cases["confirmed_to"])
    anchor, anchor_to = (
        np.append(values.to_numpy(dtype=np.int64, na_value=EVER), EVER)[row] for values in (first, last)
    )
    surely = begin >= np.maximum(anchor_to, anchor + 1)
    maybe = np.maximum(end, begin + 1) > anchor + 1
    np.minimum.at(close_possible, row[surely], end[surely])
    np.minimum.at(close_certain, row[maybe], np.maximum(begin, anchor)[maybe])


def case_windows(openings: Openings, at_large: Episodes, reading: Reading) -> CaseWindows:
    """Cut the cases' windows by isolation: one row per case and episode in which the window is open."""
    rows: list[tuple[int, int, int]] = []
    for i, person in enumerate(openings.person.tolist()):
        if openings.none[i]:
            continue
        early, late = int(openings.earliest[i]), int(openings.latest[i])
        for episode in range(at_large.indptr[person], at_large.indptr[person + 1]):
            free, shut = int(at_large.opens[episode]), int(at_large.closes[episode])
            if reading == "possible":
                opens, closes = max(early, free), min(shut, int(openings.close_possible[i]))
                holds = free <= late
            else:
                opens, closes = late, min(shut, int(openings.close_certain[i]))
                holds = free <= early
            if holds and opens < closes:
                rows.append((episode, opens, closes))
                if reading == "certain":
                    break
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return CaseWindows(table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy())
