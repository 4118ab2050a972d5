"""Infectious windows: when a case, and later a person who was exposed, can infect others.

Two readings of the incomplete data are kept apart: *possible* (the widest any reading allows) and *certain* (what holds
in every reading). What closes a case's window is what the policy names; isolations are in
:mod:`tracing.tiers.isolation`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from tracing.model.columns import Codes, TableColumns
from tracing.model.numbered import NumberedRecords
from tracing.policy.model import Policy, Quantity, WindowRule
from tracing.times import DAY, EVER, NEVER, day_start, local_days

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
TierReading = Literal["possible", "certain"]
READINGS: Final[tuple[TierReading, ...]] = ("possible", "certain")
#: About 1,900 years: what lies further from 1970 has no local day.
_CALENDAR: Final = 60_000_000_000


def midnights(at: Ints, zone: str, days: int = 0) -> Ints:
    """Return 00:00 of the local day that lies ``days`` after the day of each instant in ``at``, shape as ``at``.

    Of an instant beyond the years that have a calendar, the instant itself, ``days`` times 24 hours later.
    """
    out = at + days * DAY
    dated = (at >= -_CALENDAR) & (at <= _CALENDAR)
    numbers, index = np.unique(local_days(at[dated], zone), return_inverse=True)
    begins = [day_start(date.fromordinal(int(number) + days), zone) for number in numbers]
    out[dated] = np.array(begins, dtype=np.int64)[index]
    return out


def counted_cases(graph: NumberedRecords) -> TableColumns:
    """Return the cases on record that are F0 in some reading: all but the discarded ones."""
    cases = graph.records.columns("cases")
    return cases.take(~cases.texts("status").says("discarded"))


@dataclass(frozen=True, kw_only=True)
class Openings:
    """Opening and closing of each case's window before isolation is looked at, shape (cases,).

    The opening lies in ``[earliest, latest]``. ``none`` marks cases that the rule calls not infectious, ``suspected``
    those that are possible only, ``left_out`` those that exposure does not start from. Contacts in
    ``[source_from, source_to)`` are looked for to find the case's source.
    """

    person: Ints
    earliest: Ints
    latest: Ints
    close_possible: Ints
    close_certain: Ints
    none: Bools
    suspected: Bools
    source_from: Ints
    source_to: Ints
    left_out: Bools


@dataclass
class _Building:
    """The arrays of :class:`Openings` while the rules fill them; anchors in ``[first, last]``."""

    zone: str
    earliest: Ints
    latest: Ints
    close_possible: Ints
    close_certain: Ints

    def apply(self, rule: WindowRule, where: Bools, first: Ints, last: Ints) -> None:
        """Open and close the windows of the cases ``where`` by one rule."""
        self.earliest[where] = before(first[where], rule.before, self.zone)
        self.latest[where] = before(_last_instant(rule.before, first, last)[where], rule.before, self.zone)
        if rule.after is not None:
            self.close_possible[where] = after(_last_instant(rule.after, first, last)[where], rule.after, self.zone)
            self.close_certain[where] = after(first[where], rule.after, self.zone)


def _last_instant(quantity: Quantity, first: Ints, last: Ints) -> Ints:
    """Return the last instant that an anchor in ``[first, last]`` can be; of a day, with a rule in days, its last."""
    return np.where(last > first, last - 1, last) if quantity.unit == "day" else last


def before(anchor: Ints, quantity: Quantity, zone: str) -> Ints:
    """Return when a window opens ``quantity`` before ``anchor``: 00:00 of a day where it is given in days."""
    if quantity.unit == "day":
        return midnights(anchor, zone, -round(quantity.value))
    return anchor - quantity.seconds


def after(anchor: Ints, quantity: Quantity, zone: str) -> Ints:
    """Return when a window closes ``quantity`` after ``anchor``: the end of a day where it is given in days."""
    if quantity.unit == "day":
        return midnights(anchor, zone, round(quantity.value) + 1)
    return anchor + quantity.seconds


def case_openings(graph: NumberedRecords, policy: Policy) -> Openings:
    """Return when each case's window opens and, by the rule alone, closes (see "Infectious window").

    Onset is the anchor where it is known. Without one, a case that is not said to have had symptoms is read by the rule
    for cases without symptoms; one that had symptoms on an unknown day, or that has no date at all, has a possible
    window over all of time and no certain one. A rule without a window for cases without symptoms gives them none.
    """
    cases = counted_cases(graph)
    window, zone, count = policy.window, graph.records.zone, len(cases)
    build = _Building(
        zone,
        np.full(count, NEVER, dtype=np.int64),
        np.full(count, EVER, dtype=np.int64),
        np.full(count, EVER, dtype=np.int64),
        np.full(count, EVER, dtype=np.int64),
    )
    none, source_from, source_to = np.zeros(count, dtype=bool), np.full(count, EVER), np.full(count, EVER)
    said_without = cases.numbers("asymptomatic").filled(False)
    said_with = ~cases.numbers("asymptomatic").filled(True)
    first, last, found = _first_given(cases, window.symptomatic.anchors, 0)
    build.apply(window.symptomatic, found, first, last)
    rest = ~found
    if window.asymptomatic is None:
        none |= rest & said_without
    else:
        first, last, dated = _first_given(cases, window.asymptomatic.anchors, 0)
        dated = dated & rest & ~said_with
        build.apply(window.asymptomatic, dated, first, last)
        if window.source_known is not None:
            _open_at_source(graph, cases, window.source_known, dated, (first, last), build)
        if window.source_finding is not None:
            source_from[dated] = before(first[dated], window.source_finding, zone)
            source_to[dated] = build.latest[dated]
    if "negative_test" in window.end_events:
        _close_at_negative(graph, cases, policy, build)
    return Openings(
        person=graph.positions(cases.texts("person")),
        earliest=build.earliest,
        latest=build.latest,
        close_possible=build.close_possible,
        close_certain=build.close_certain,
        none=none,
        suspected=cases.texts("status").says("suspected"),
        source_from=source_from,
        source_to=source_to,
        left_out=np.zeros(count, dtype=bool),
    )


def _first_given(cases: TableColumns, anchors: Sequence[str], otherwise: int) -> tuple[Ints, Ints, Bools]:
    """Return the span of the first of some dates that each case has, and whether it has one."""
    first, last = (np.full(len(cases), otherwise, dtype=np.int64) for _ in range(2))
    known = np.zeros(len(cases), dtype=bool)
    for anchor in anchors:
        here = ~known & ~cases.numbers(anchor).missing
        first[here] = cases.numbers(anchor).values[here]
        last[here] = cases.numbers(f"{anchor}_to").filled(otherwise)[here]
        known |= here
    return first, last, known


def _open_at_source(
    graph: NumberedRecords,
    cases: TableColumns,
    later: Quantity,
    dated: Bools,
    sample: tuple[Ints, Ints],
    build: _Building,
) -> None:
    """Open ``later`` after the first contact with the source where one is known, at the sample at the latest.

    Without a date of such a contact the possible opening stays wide and the certain one is the sample itself.
    """
    sources: dict[str, set[str]] = {}
    for source, target in graph.records.columns("links").rows("source", "target"):
        sources.setdefault(target, set()).add(source)
    declared, people = cases.numbers("source_known").tolist(), cases.texts("person").given()
    columns = graph.columns
    in_days = later.unit == "day"
    first, last = sample[0].copy(), _last_instant(later, *sample)
    if in_days:
        first[dated], last[dated] = (midnights(at[dated], build.zone) for at in (first, last))
    for row in np.flatnonzero(dated):
        known = sources.get(people[row], set())
        if declared[row] is False or (declared[row] is not True and not known):
            continue
        at = graph.person_index(people[row])
        half = slice(columns.indptr[at], columns.indptr[at + 1])
        edges = columns.contact[half][
            np.isin(columns.people[columns.neighbour[half]], np.array(sorted(known), dtype=object))
        ]
        edges = edges[(columns.spans.sure[edges] > 0) & (columns.spans.lo[edges] > NEVER)]
        if not len(edges):
            build.latest[row] = last[row]
            continue
        met, met_by = int(columns.spans.lo[edges].min()), int(_met_by(graph, edges).min())
        opens = [met + later.seconds, met_by + later.seconds]
        if in_days:
            days = np.array([met, max(met, met_by - 1)], dtype=np.int64)
            opens = midnights(days, build.zone, round(later.value)).tolist()
        build.earliest[row] = min(opens[0], int(first[row]))
        build.latest[row] = min(opens[1], int(last[row]))


def _met_by(graph: NumberedRecords, edges: Codes) -> Ints:
    """Return by when the people of each contact surely have met: of a presence its beginning."""
    spans = graph.columns.spans
    known_first = spans.c1[edges] > spans.lo[edges]
    return np.where(spans.sure[edges] == 1, spans.c1[edges], np.where(known_first, spans.c1[edges], spans.hi[edges]))


def _close_at_negative(graph: NumberedRecords, cases: TableColumns, policy: Policy, build: _Building) -> None:
    """Close the window at the first negative test, or one with Ct above the limit, sampled after the case's anchor.

    Possible: the end of the first test that was surely later than the anchor; certain: the beginning of the first that
    may have been, but not before the anchor itself.
    """
    tests, limit = graph.records.columns("tests"), policy.window.end_ct_above
    negative = tests.texts("result").says("negative")
    if limit is not None:
        negative |= tests.numbers("ct").filled(np.nan) > limit.value
    found = tests.take(negative)
    row = found.texts("person").index_in(cases.texts("person").arrow)
    begin, end = (found.numbers(c).values for c in ("sample", "sample_to"))
    first, last, _known = _first_given(cases, ("onset", "sample", "confirmed"), EVER)
    anchor, anchor_to = (np.append(values, EVER)[row] for values in (first, last))
    surely = (begin >= np.maximum(anchor_to, anchor + 1)) & (row >= 0)
    maybe = (np.maximum(end, begin + 1) > anchor + 1) & (row >= 0)
    np.minimum.at(build.close_possible, row[surely], end[surely])
    np.minimum.at(build.close_certain, row[maybe], np.maximum(begin, anchor)[maybe])
