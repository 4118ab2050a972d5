"""Crowded places: the visits joined there are those that can matter, found without listing all pairs.

At a market with a million visits nearly everybody meets thousands. What a tier rests on is little of it: at each step
whom a person meets first (in each reading, and after each of their isolations) and whom they meet last. Those pairs are
found by going through the visits in order of time, and joined as any other; what is computed from them is exact. As
evidence there is, for each visit of somebody at their own tier, the earliest exposure of each kind, not every one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from tracing.errors import SafetyError
from tracing.model.numbered import NumberedRecords
from tracing.policy.model import Policy
from tracing.text import catalogue
from tracing.tiers import crowd_kernels
from tracing.tiers.colocation import VisitTimes, count_pairs, overlaps
from tracing.tiers.edges import presence_alone
from tracing.tiers.isolation import Episodes
from tracing.tiers.kernels import Windows
from tracing.tiers.open_contacts import ways_of_places
from tracing.tiers.verdict import FAILS, ContactFacts, judge
from tracing.times import NEVER

_, _n = catalogue("tracing")

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Smalls = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]

#: Most pairs of visits joined in one step before the places with the most pairs are taken as crowds.
MOST_PAIRS: Final = 5_000_000
#: Most pairs where the rule adds up all the time that two people spent together, for which every pair is needed.
MOST_SUMMED: Final = 60_000_000

_CLASSES: Final = 4  # of F1, and none
_OUTCOMES: Final = 3 * _CLASSES


def find_crowded(visits: VisitTimes, chosen: Ints, policy: Policy, *, summed: bool) -> Bools:
    """Return which places are crowds when the ``chosen`` visits are joined; shape (places,).

    Raises
    ------
    SafetyError
        If the rule adds up the time of pairs (``summed``) and there are more than :data:`MOST_SUMMED`.
    """
    per_place = np.zeros(len(visits.longest), dtype=np.int64)
    crowded = np.zeros(len(per_place), dtype=bool)
    most = int(np.diff(visits.place_indptr)[visits.place[chosen]].sum())
    if most <= (MOST_SUMMED if summed else MOST_PAIRS):  # not even if all at a place overlap
        return crowded
    np.add.at(per_place, visits.place[chosen], count_pairs(visits, chosen, policy))
    total = int(per_place.sum())
    if summed and total > MOST_SUMMED:
        raise _too_many(visits, per_place)
    order = np.argsort(per_place, kind="stable")
    if not summed:
        crowded[order[np.cumsum(per_place[order]) > MOST_PAIRS]] = True
    return crowded


def _too_many(visits: VisitTimes, per_place: Ints) -> SafetyError:
    return SafetyError(
        _(
            "{total} pairs of visits would have to be joined, {most} of them at place {place}",
            total=int(per_place.sum()),
            most=int(per_place.max()),
            place=place_ids(visits, per_place == per_place.max())[0],
        ),
        fix=_("ask about fewer cases (--case), or trace under a rule that does not add up the minutes of two people"),
    )


def place_ids(visits: VisitTimes, places: Bools) -> list[str]:
    """Return the ids of some of the places that are visited."""
    first = visits.row[visits.place_indptr[:-1][places]]
    return [str(place) for place in visits.table.texts("place").take(first)]


@dataclass(frozen=True, kw_only=True)
class Crowds:
    """The crowded places of a graph under one policy, ready to be asked who meets whom first.

    ``here`` are the visits to them (positions in ``visits``), ``sure`` marks those that surely took place.
    """

    visits: VisitTimes
    here: Ints
    sure: Bools
    linger: int
    latent: int
    kernel: crowd_kernels.Crowd

    @classmethod
    def of(cls, graph: NumberedRecords, visits: VisitTimes, crowded: Bools, policy: Policy) -> Crowds:
        """Read what the rule says of any two visits to one of the ``crowded`` places."""
        number = np.where(crowded, np.cumsum(crowded) - 1, -1)
        first = visits.place_indptr[:-1][crowded]
        facts = overlaps(visits, first, first, policy).facts
        seats, minutes, outcome = _outcomes(facts, policy)
        home = graph.households
        if "home" not in policy.window.stays_open.contacts:
            home = np.full_like(home, -1)
        place = number[visits.place]
        return cls(
            visits=visits,
            here=np.flatnonzero(place >= 0).astype(np.int64),
            sure=visits.sure_lo < visits.sure_hi,
            linger=policy.linger.seconds,
            latent=policy.window.latent.seconds,
            kernel=crowd_kernels.Crowd(
                person=visits.person,
                place=place.astype(np.int64),
                lo=visits.lo,
                hi=visits.hi,
                sure_lo=visits.sure_lo,
                sure_hi=visits.sure_hi,
                mask=visits.mask,
                seat=visits.seat,
                home=home,
                place_way=ways_of_places(policy, facts).astype(np.int64),
                outcome=outcome,
                seat_steps=seats,
                minute_steps=minutes,
                linger=policy.linger.seconds,
            ),
        )

    def search(
        self, sources: Windows, way: int, labels: Episodes, own: Bools, wanted: Bools, *, certain: bool
    ) -> Search:
        """Return a search for whom the people ``wanted`` meet of ``sources``, sorted by (person, opens).

        ``own`` marks those at their own tier; only meetings of ``way`` count, all where it is -1.
        """
        visits = self.visits
        here = self.here[self.sure[self.here]] if certain else self.here
        lo, hi = (visits.sure_lo, visits.sure_hi) if certain else (visits.lo, visits.hi)
        begin = np.searchsorted(sources.person, visits.person[here], side="left")
        count = np.searchsorted(sources.person, visits.person[here], side="right") - begin
        visit = np.repeat(here, count)
        window = np.repeat(begin - np.cumsum(count) + count, count) + np.arange(len(visit))
        opens = np.maximum(lo[visit], sources.opens[window])
        closes = np.minimum(hi[visit] + self.linger, sources.closes[window])
        met = opens < closes
        return Search(
            crowds=self,
            way=way,
            visit=visit[met],
            opens=opens[met],
            closes=closes[met],
            targets=here[wanted[visits.person[here]]],
            lo=lo,
            hi=hi,
            labels=labels,
            own=own,
        )


def _outcomes(facts: ContactFacts, policy: Policy) -> tuple[Floats, Floats, Smalls]:
    """Return the steps in seat rows and in minutes, and what the rule says of two visits between any of them."""
    seats = sorted({clause.seat_rows.value for clause in policy.clauses if clause.seat_rows is not None})
    needed = [clause.minutes for clause in policy.clauses if clause.minutes is not None]
    minutes = sorted(
        {q.value for by_mask in needed for q in (by_mask.both, by_mask.one, by_mask.none) if q is not None}
    )
    rows_apart = np.array([np.nan, *seats, (seats[-1] if seats else 0) + 1], dtype=np.float64)
    lasted = np.array([-1.0, *minutes], dtype=np.float64)
    shape = (len(facts), 3, 3, len(rows_apart), len(lasted), len(lasted))
    place, one, two, row, least, most = np.indices(shape).reshape(6, -1)
    grid = replace(
        facts.take(place),
        mask_a=(one - 1).astype(np.int8),
        mask_b=(two - 1).astype(np.int8),
        rows_apart=rows_apart[row],
        minutes_least=lasted[least],
        minutes_most=lasted[most],
    )
    told = judge(grid, policy)
    verdict = presence_alone(told.verdict, told.clause, policy, grid)[0]
    outcome = (verdict * _CLASSES + told.f1_class + 1).astype(np.int8).reshape(shape)
    return np.array(seats, dtype=np.float64), np.array(minutes, dtype=np.float64), outcome


@dataclass(frozen=True, kw_only=True)
class Search:
    """Who can infect at crowded places (``visit`` in ``[opens, closes)``), and who is to be found with them."""

    crowds: Crowds
    way: int
    visit: Ints
    opens: Ints
    closes: Ints
    targets: Ints
    lo: Ints
    hi: Ints
    labels: Episodes
    own: Bools

    def kinds(self, counting: tuple[int, ...], *, apart: bool) -> Iterator[Bools]:
        """Yield the outcomes to look for: those that count; with ``apart`` each alone, and the failing ones, too."""
        occurs = np.zeros(_OUTCOMES, dtype=bool)
        occurs[np.unique(self.crowds.kernel.outcome)] = True
        counts = occurs & np.isin(np.arange(_OUTCOMES) // _CLASSES, counting)
        if not apart:
            yield counts
            return
        for outcome in np.flatnonzero(counts).tolist():
            yield np.arange(_OUTCOMES) == outcome
        yield occurs & (np.arange(_OUTCOMES) // _CLASSES == FAILS)

    def first(self, outcomes: Bools) -> Ints:
        """Return the pairs by which people are met first, by episode, and by visit at their tier; shape (n, 2)."""
        visits, targets = self.crowds.visits, self.targets
        person = visits.person[targets]
        key = np.where(self.own[person], len(self.own) + targets, person)
        asked, begin, keys = [targets], [self.lo[targets]], [key]
        episodes = self.labels.indptr[person + 1] - self.labels.indptr[person]
        node = np.repeat(self.labels.indptr[person] - np.cumsum(episodes) + episodes, episodes)
        node = node + np.arange(len(node))
        again = np.repeat(targets, episodes)
        needed = np.minimum(self.labels.opens[node] - self.crowds.latent, self.labels.since[node])
        later = (needed > NEVER // 2) & (needed < self.hi[again])
        asked.append(again[later])
        begin.append(np.maximum(needed, self.lo[again])[later])
        keys.append(len(self.own) + len(visits) + node[later])
        return self._pairs(
            np.concatenate(asked), np.concatenate(begin), np.concatenate(keys), outcomes, (self.opens, self.closes)
        )

    def last(self, outcomes: Bools) -> Ints:
        """Return the pairs by which people at their own tier are met last, shape (n, 2): the first in time reversed."""
        targets = self.targets[self.own[self.crowds.visits.person[self.targets]]]
        person = self.crowds.visits.person[targets]
        back = (1 - self.closes, 1 - self.opens)
        return self._pairs(targets, 1 - self.hi[targets], person, outcomes, back, end=1 - self.lo[targets])

    def _pairs(
        self, asked: Ints, begin: Ints, key: Ints, outcomes: Bools, times: tuple[Ints, Ints], end: Ints | None = None
    ) -> Ints:
        """Return (source, target) of the first meeting for each key."""
        kernel = self.crowds.kernel
        end = self.hi[asked] if end is None else end
        able = self._able(asked, outcomes, source=False)
        present = self._present(outcomes, times)
        asked, begin, end, key = asked[able], begin[able], end[able], key[able]
        found = crowd_kernels.first_present(
            kernel, present, crowd_kernels.CrowdQuery(asked, begin, end, outcomes, self.way)
        )
        met = np.flatnonzero(found >= 0)
        found, asked, begin, key = found[met], asked[met], begin[met], key[met]
        at = np.maximum(present.opens[found], begin)
        order = np.lexsort((asked, at, key))
        firsts = order[np.append(True, key[order][1:] != key[order][:-1])[: len(order)]]
        return np.column_stack([present.visit[found[firsts]], asked[firsts]])

    def _able(self, visit: Ints, outcomes: Bools, *, source: bool) -> Bools:
        """Tell of each visit whether any other, for all of its time, could give one of ``outcomes`` with it."""
        crowd, steps = self.crowds.kernel, self.crowds.kernel.minute_steps
        possible: Bools = np.any(outcomes[crowd.outcome], axis=(2 if source else 1, 3))
        for axis in (2, 3):
            possible = np.logical_or.accumulate(possible, axis=axis)
        linger = self.crowds.linger if source else 0
        most = np.searchsorted(steps, (crowd.hi[visit] + linger - crowd.lo[visit]) / 60.0, side="right")
        sure = np.where(self.crowds.sure[visit], crowd.sure_hi[visit] + linger - crowd.sure_lo[visit], 0)
        least = np.searchsorted(steps, sure / 60.0, side="right")
        return np.asarray(possible[crowd.place[visit], crowd.mask[visit] + 1, least, most])

    def _present(self, outcomes: Bools, times: tuple[Ints, Ints]) -> crowd_kernels.Present:
        crowd = self.crowds.kernel
        able = self._able(self.visit, outcomes, source=True)
        visit, opens, closes = self.visit[able], times[0][able], times[1][able]
        place = crowd.place[visit]
        order = np.lexsort((visit, opens, place))
        indptr = np.zeros(len(crowd.outcome) + 1, dtype=np.int64)
        np.cumsum(np.bincount(place, minlength=len(crowd.outcome)), out=indptr[1:])
        latest = closes[order]
        for first, stop in zip(indptr[:-1].tolist(), indptr[1:].tolist(), strict=True):
            latest[first:stop] = np.maximum.accumulate(latest[first:stop])
        return crowd_kernels.Present(visit[order], opens[order], closes[order], latest, indptr)
