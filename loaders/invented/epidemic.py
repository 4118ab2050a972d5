"""A simple epidemic, run forward over the meetings and visits day by day; and what the health service did.

It is there to make records that hang together (who could have infected whom, when it was noticed, who was taken
away), not to forecast anything. Durations are those of Delta, rounded. Times are seconds from the first midnight.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from loaders.invented.meetings import HOUSEHOLD, Meetings, Visits, starts_of_days
from loaders.invented.town import Flags, Floats, Ints
from tracing.times import DAY, HOUR

LATER: Final = 1 << 50
"""A time that does not come."""
INCUBATION_DAYS: Final = (4.4, 0.4)
"""Median, and spread of the logarithm (Delta: median near 4 days)."""
CHANCE: Final = {
    "household": 0.025,
    "work": 0.06,
    "school": 0.04,
    "care": 0.04,
    "transport": 0.06,
    "social": 0.08,
    "other": 0.03,
}
"""Chance of infection per meeting (household: per day) at intensity 1."""
CHANCE_VISIT: Final = 0.015
ASYMPTOMATIC: Final = 0.25
NOTICED: Final = 0.75
NOTICED_WITHOUT_SYMPTOMS: Final = 0.15
TAKEN_HOUSEHOLD: Final = 0.85
TAKEN_OTHER: Final = 0.45
LOOK_BACK_DAYS: Final = 4
FOUND: Final = ("community", "quarantine", "zone", "home_isolation", "arrival")


@dataclass(frozen=True)
class Seeds:
    """Who was infected from outside, when, and (``loud``) who infects more than others."""

    person: Ints
    infected: Ints
    loud: Ints
    arrival: Ints


@dataclass(frozen=True)
class Epidemic:
    """What truly happened to each person; :data:`LATER` where it did not happen. ``infector`` is -1 where none."""

    infected: Ints
    infector: Ints
    generation: Ints
    place: Ints
    kind: Ints
    onset: Ints
    asymptomatic: Flags
    sample: Ints
    confirmed: Ints
    isolated: Ints
    quarantined: Ints
    found: Ints

    def confirmed_by(self, end: int) -> Ints:
        """Return the people confirmed before ``end``, by confirmation."""
        who = np.flatnonzero(self.confirmed < end)
        return who[np.lexsort((who, self.confirmed[who]))]


@dataclass
class _State:
    rng: np.random.Generator
    people: int
    days: int
    columns: dict[str, Ints] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("infected", "onset", "sample", "confirmed", "isolated", "quarantined", "infectious", "until"):
            self.columns[name] = np.full(self.people, LATER, dtype=np.int64)
        for name in ("infector", "generation", "place", "kind", "found"):
            self.columns[name] = np.full(self.people, -1, dtype=np.int64)
        self.columns["asymptomatic"] = np.zeros(self.people, dtype=np.int64)

    def __getitem__(self, name: str) -> Ints:
        return self.columns[name]

    def end(self) -> Ints:
        """Return until when each person goes about."""
        return np.minimum(self["until"], np.minimum(self["isolated"], self["quarantined"]))


def run_epidemic(
    seed: tuple[int, ...],
    meetings: Meetings,
    visits: Visits,
    pairs: tuple[Ints, Ints],
    seeds: Seeds,
    *,
    people: int,
    days: int,
    cases: int,
) -> Epidemic:
    """Return an epidemic with about ``cases`` people confirmed by the end; its intensity is searched for.

    A later case is not known yet: of more than ``cases``, the last confirmed stay undiscovered.
    """
    low, high = 0.05, 20.0
    best: tuple[float, Epidemic] | None = None
    for _ in range(12):
        middle = float(np.sqrt(low * high))
        rng = np.random.default_rng(seed)
        run = _simulate(rng, meetings, visits, pairs, seeds, people=people, days=days, intensity=middle)
        count = len(run.confirmed_by(days * DAY))
        distance = count - cases if count >= cases else 2.0 * (cases - count)
        if best is None or distance < best[0]:
            best = (distance, run)
        if cases <= count <= cases * 1.05 + 1:
            break
        low, high = (low, middle) if count > cases else (middle, high)
    assert best is not None
    return _keep_first(best[1], cases, days)


def _keep_first(run: Epidemic, cases: int, days: int) -> Epidemic:
    """Make the cases confirmed after the first ``cases`` unknown again."""
    late = np.ones(len(run.infected), dtype=bool)
    late[run.confirmed_by(days * DAY)[:cases]] = False
    late &= run.infected < LATER
    known = {name: np.where(late, LATER, getattr(run, name)) for name in ("sample", "confirmed", "isolated")}
    return Epidemic(
        run.infected,
        run.infector,
        run.generation,
        run.place,
        run.kind,
        run.onset,
        run.asymptomatic,
        known["sample"],
        known["confirmed"],
        known["isolated"],
        run.quarantined,
        np.where(late, -1, run.found),
    )


def _simulate(
    rng: np.random.Generator,
    meetings: Meetings,
    visits: Visits,
    pairs: tuple[Ints, Ints],
    seeds: Seeds,
    *,
    people: int,
    days: int,
    intensity: float,
) -> Epidemic:
    days_of = (starts_of_days(meetings.start, days), starts_of_days(visits.start, days))
    state = _State(rng, people, days)
    loud = np.ones(people)
    loud[seeds.loud] = 4.0
    _infect(state, seeds.person, seeds.infected, None)
    state["found"][seeds.arrival] = FOUND.index("arrival")
    for day in range(days):
        hits = [
            _household_hits(state, pairs, day, intensity),
            _meeting_hits(state, meetings, days_of[0], day, intensity, loud),
            _visit_hits(state, visits, days_of[1], day, intensity, loud),
        ]
        source, target, time, kind, place = (np.concatenate([h[i] for h in hits]) for i in range(5))
        order = np.lexsort((source, time, target))
        target, first = np.unique(target[order], return_index=True)
        pick = order[first]
        _infect(state, target, time[pick], (source[pick], kind[pick], place[pick]))
        _take_contacts(state, meetings, days_of[0], pairs, day)
    c = state.columns
    return Epidemic(
        c["infected"],
        c["infector"],
        c["generation"],
        c["place"],
        c["kind"],
        c["onset"],
        c["asymptomatic"].astype(bool),
        c["sample"],
        c["confirmed"],
        c["isolated"],
        c["quarantined"],
        c["found"],
    )


_Hits = tuple[Ints, Ints, Ints, Ints, Ints]


def _infect(state: _State, who: Ints, time: Ints, how: tuple[Ints, Ints, Ints] | None) -> None:
    """Write down an infection and draw its course."""
    count = len(who)
    rng = state.rng
    median, spread = INCUBATION_DAYS
    incubation = np.clip(rng.lognormal(np.log(median), spread, count), 2, 12)
    silent = rng.random(count) < ASYMPTOMATIC
    noticed = rng.random(count) < np.where(silent, NOTICED_WITHOUT_SYMPTOMS, NOTICED)
    onset = time + np.rint(incubation * DAY).astype(np.int64)
    if how is None:
        noticed[:1] = True
    delay = rng.gamma(2.2, 1.0, count) + 0.4
    sample = _office_hour(rng, onset + np.rint(delay * DAY).astype(np.int64))
    state["infected"][who] = time
    state["generation"][who] = 0
    if how is not None:
        state["infector"][who], state["kind"][who], state["place"][who] = how
        state["generation"][who] = state["generation"][how[0]] + 1
    state["onset"][who] = onset
    state["asymptomatic"][who] = silent
    state["infectious"][who] = np.maximum(onset - 2 * DAY, time + 36 * HOUR)
    state["until"][who] = onset + np.rint(rng.uniform(6, 10, count) * DAY).astype(np.int64)
    state["found"][who] = FOUND.index("community")
    _diagnose(state, who[noticed], sample[noticed])
    inside = state["quarantined"][who] < LATER
    _test_inside(state, who[inside])


def _office_hour(rng: np.random.Generator, time: Ints) -> Ints:
    """Move a time to between 7:00 and 17:00 of its day, on a quarter of an hour."""
    return time // DAY * DAY + 7 * HOUR + rng.integers(0, 40, len(time)) * 900


def _diagnose(state: _State, who: Ints, sample: Ints) -> None:
    earlier = sample < state["sample"][who]
    who, sample = who[earlier], sample[earlier]
    waiting = state.rng.integers(6, 34, len(who)) * HOUR
    state["sample"][who] = sample
    state["confirmed"][who] = sample + waiting
    state["isolated"][who] = sample + waiting + state.rng.integers(1, 9, len(who)) * HOUR


def _test_inside(state: _State, who: Ints) -> None:
    """Test people who are held as contacts: the sample is positive from the third day after infection."""
    found = state.rng.random(len(who)) < 0.93
    who = who[found & (state["infected"][who] < LATER)]
    ready = np.maximum(state["quarantined"][who] + 12 * HOUR, state["infected"][who] + 3 * DAY)
    sample = _office_hour(state.rng, ready + state.rng.integers(0, 3, len(who)) * DAY)
    earlier = sample < state["sample"][who]
    state["found"][who[earlier]] = FOUND.index("quarantine")
    _diagnose(state, who, sample)


def _can_pass(state: _State, source: Ints, target: Ints, start: Ints, end: Ints) -> tuple[Flags, Ints]:
    """Return which meetings could pass the infection on, and when: the source's window opens, both go about."""
    time = np.maximum(start, state["infectious"][source])
    about = state.end()
    return ((time < end) & (time < about[source]) & (time < about[target]) & (state["infected"][target] == LATER), time)


def _both_ways(a: Ints, b: Ints, sick: Flags) -> tuple[Ints, Ints, Ints]:
    """Return source, target and row number of the pairs with a sick side."""
    first, second = np.flatnonzero(sick[a]), np.flatnonzero(sick[b])
    return np.concatenate([a[first], b[second]]), np.concatenate([b[first], a[second]]), np.concatenate([first, second])


def _sick(state: _State, day: int) -> Flags:
    sick: Flags = (state["infectious"] < (day + 1) * DAY) & (state.end() > day * DAY)
    return sick


def _household_hits(state: _State, pairs: tuple[Ints, Ints], day: int, intensity: float) -> _Hits:
    source, target, _ = _both_ways(pairs[0], pairs[1], _sick(state, day))
    start = day * DAY + state.rng.integers(0, 24 * 4, len(source)) * 900
    could, time = _can_pass(state, source, target, start, start + 900)
    hit = could & (state.rng.random(len(source)) < 1 - (1 - CHANCE["household"]) ** intensity)
    none = np.full(int(hit.sum()), -1, dtype=np.int64)
    return source[hit], target[hit], time[hit], np.full(len(none), HOUSEHOLD, dtype=np.int64), none


def _meeting_hits(state: _State, meetings: Meetings, first: Ints, day: int, intensity: float, loud: Floats) -> _Hits:
    today = meetings.take(np.arange(first[day], first[day + 1]))
    source, target, row = _both_ways(today.a, today.b, _sick(state, day))
    could, time = _can_pass(state, source, target, today.start[row], today.end[row])
    chance = np.array(list(CHANCE.values()))[today.kind[row]]
    hit = could & (state.rng.random(len(source)) < 1 - (1 - chance) ** (intensity * loud[source]))
    return source[hit], target[hit], time[hit], today.kind[row][hit], today.place[row][hit]


def _visit_hits(state: _State, visits: Visits, first: Ints, day: int, intensity: float, loud: Floats) -> _Hits:
    rows = np.arange(first[day], first[day + 1])
    rows = rows[np.argsort(visits.place[rows], kind="stable")]
    place = visits.place[rows]
    sick = rows[_sick(state, day)[visits.person[rows]]]
    low = np.searchsorted(place, visits.place[sick], side="left")
    count = np.searchsorted(place, visits.place[sick], side="right") - low
    mine = np.repeat(sick, count)
    other = rows[np.repeat(low - (np.cumsum(count) - count), count) + np.arange(len(mine))]
    source, target = visits.person[mine], visits.person[other]
    start = np.maximum(visits.start[mine], visits.start[other])
    end = np.minimum(visits.end[mine], visits.end[other])
    could, time = _can_pass(state, source, target, start, end)
    chance = 1 - (1 - CHANCE_VISIT) ** (intensity * loud[source])
    hit = could & (source != target) & (state.rng.random(len(mine)) < chance)
    return (source[hit], target[hit], time[hit], np.full(int(hit.sum()), -1, dtype=np.int64), visits.place[mine][hit])


def _take_contacts(state: _State, meetings: Meetings, first: Ints, pairs: tuple[Ints, Ints], day: int) -> None:
    """Quarantine some contacts of the cases confirmed on this day: nearly all at home, half of the others."""
    fresh: NDArray[np.bool_] = (state["confirmed"] >= day * DAY) & (state["confirmed"] < (day + 1) * DAY)
    if not fresh.any():
        return
    recent = meetings.take(np.arange(first[max(0, day - LOOK_BACK_DAYS)], first[min(day + 1, state.days)]))
    for a, b, share in ((*pairs, TAKEN_HOUSEHOLD), (recent.a, recent.b, TAKEN_OTHER)):
        source, target, _ = _both_ways(a, b, fresh)
        order = np.lexsort((source, target))
        target, at = np.unique(target[order], return_index=True)
        source = source[order][at]
        taken = (state.rng.random(len(target)) < share) & (state["confirmed"][target] >= (day + 1) * DAY)
        taken &= state["quarantined"][target] == LATER
        target, source = target[taken], source[taken]
        waiting = state.rng.integers(6, 44, len(target)) * HOUR
        state["quarantined"][target] = state["confirmed"][source] + waiting
        _test_inside(state, target[state["infected"][target] < LATER])
