"""Who met whom, when and where: the full picture of the synthetic weeks, before anybody asked about it.

Times are seconds from the first day's local midnight. Every draw is vectorised, one row per meeting or visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from loaders.invented.places import Places
from loaders.invented.town import Flags, Ints, Town
from tracing.times import DAY, HOUR, MINUTE

KINDS: Final = ("household", "work", "school", "care", "transport", "social", "other")
HOUSEHOLD, WORK, SCHOOL, CARE, TRANSPORT, SOCIAL, OTHER = range(7)
SHARE: Final = {"team": 0.42, "social": 0.34, "care": 0.04, "transport": 0.06, "other": 0.14}
VISITS_PER_PERSON: Final = 1.6
VISIT_SHARE: Final = {
    "market": 0.30,
    "grocery": 0.24,
    "cafe": 0.18,
    "pharmacy": 0.08,
    "clinic": 0.05,
    "pagoda": 0.05,
    "church": 0.02,
    "vehicle": 0.05,
    "boat": 0.03,
}
VISIT_HOURS: Final = {
    "market": (5, 10),
    "grocery": (6, 20),
    "cafe": (6, 21),
    "pharmacy": (7, 20),
    "clinic": (7, 16),
    "pagoda": (6, 18),
    "church": (6, 18),
    "vehicle": (5, 17),
    "boat": (5, 17),
}


@dataclass(frozen=True)
class Meetings:
    """Meetings of two people, sorted by start. ``place`` is -1 where there was none."""

    a: Ints
    b: Ints
    start: Ints
    end: Ints
    kind: Ints
    place: Ints

    def __len__(self) -> int:
        return len(self.a)

    def take(self, rows: Ints | Flags) -> Meetings:
        """Return these rows only."""
        return Meetings(*(getattr(self, name)[rows] for name in ("a", "b", "start", "end", "kind", "place")))


@dataclass(frozen=True)
class Visits:
    """Visits to places, sorted by start; ``seat_row`` is -1 where there are no seats."""

    person: Ints
    place: Ints
    start: Ints
    end: Ints
    seat_row: Ints

    def __len__(self) -> int:
        return len(self.person)


def household_pairs(household: Ints) -> tuple[Ints, Ints]:
    """Return every pair of people of one household, the lower number first; ``household`` is sorted."""
    size = np.bincount(household)[household]
    position = np.arange(len(household)) - np.searchsorted(household, household, side="left")
    after = size - 1 - position
    a = np.repeat(np.arange(len(household)), after)
    step = np.arange(len(a)) - np.repeat(np.cumsum(after) - after, after) + 1
    return a.astype(np.int64), (a + step).astype(np.int64)


def build_meetings(rng: np.random.Generator, town: Town, places: Places, *, count: int, days: int) -> Meetings:
    """Return about ``count`` meetings outside the households over ``days`` days."""
    parts = [
        _team_meetings(rng, town, places, round(count * SHARE["team"]), days),
        _social_meetings(rng, town, places, round(count * SHARE["social"]), days),
        _care_meetings(rng, town, places, round(count * SHARE["care"]), days),
        _trips(rng, town, places, round(count * SHARE["transport"]), days),
        _chance_meetings(rng, town, places, round(count * SHARE["other"]), days),
    ]
    return sort_meetings(parts)


def sort_meetings(parts: list[Meetings]) -> Meetings:
    """Return all parts as one, without meetings of a person with themselves, sorted by start."""
    names = ("a", "b", "start", "end", "kind", "place")
    whole = Meetings(*(np.concatenate([getattr(p, n) for p in parts]).astype(np.int64) for n in names))
    whole = whole.take(whole.a != whole.b)
    return whole.take(np.lexsort((whole.b, whole.a, whole.start)))


def _times(
    rng: np.random.Generator,
    count: int,
    days: int,
    hours: tuple[int, int],
    minutes: tuple[int, int],
) -> tuple[Ints, Ints]:
    """Draw starts on a five-minute grid between two hours of a random day, and ends some minutes later."""
    day = rng.integers(0, days, count)
    slot = rng.integers(hours[0] * 12, hours[1] * 12, count)
    length = rng.integers(minutes[0] // 5, minutes[1] // 5 + 1, count)
    start = day * DAY + slot * 5 * MINUTE
    return start, start + length * 5 * MINUTE


def _near(rng: np.random.Generator, person: Ints, people: int) -> Ints:
    """Draw somebody for each person: mostly a neighbour, sometimes from further away, rarely anybody."""
    count = len(person)
    distance = np.select([rng.random(count) < 0.62, rng.random(count) < 0.8], [50, 700], people)
    other = person + np.rint(rng.normal(0, 1, count) * distance).astype(np.int64)
    return np.where((other < 0) | (other >= people), rng.integers(0, people, count), other)


def _team_meetings(rng: np.random.Generator, town: Town, places: Places, count: int, days: int) -> Meetings:
    if not len(places.team_members):
        return _none()
    a = places.team_members[rng.integers(0, len(places.team_members), count)]
    team = places.team[a]
    b = places.team_members[places.team_first[team] + rng.integers(0, 1 << 40, count) % places.team_size[team]]
    day = rng.integers(0, days, count)
    day = np.where(day % 7 == 3, (day + 1) % days, day)
    afternoon = rng.random(count) < 0.45
    start = day * DAY + np.where(afternoon, 13 * HOUR, 7 * HOUR) + rng.integers(0, 6, count) * 5 * MINUTE
    end = start + rng.integers(12, 48, count) * 5 * MINUTE
    kind = np.where(np.isin(town.job[a], ("pupil", "teacher")), SCHOOL, WORK)
    return Meetings(a, b, start, end, kind, places.team_place[team])


def _social_meetings(rng: np.random.Generator, town: Town, places: Places, count: int, days: int) -> Meetings:
    a = rng.integers(0, town.people, count)
    b = _near(rng, a, town.people)
    start, end = _times(rng, count, days, (7, 21), (20, 150))
    cafe = places.nearby("cafe", town.hamlet[a], town.commune[a], rng.integers(0, 2, count))
    place = np.where(rng.random(count) < 0.3, cafe, -1)
    return Meetings(a, b, start, end, np.full(count, SOCIAL), place)


def _care_meetings(rng: np.random.Generator, town: Town, places: Places, count: int, days: int) -> Meetings:
    staff = np.flatnonzero(town.job == "health")
    if not len(staff):
        return _none()
    a = staff[rng.integers(0, len(staff), count)]
    b = _near(rng, a, town.people)
    start, end = _times(rng, count, days, (7, 16), (10, 40))
    place = places.nearby("clinic", town.hamlet[a], town.commune[a], np.zeros(count, dtype=np.int64))
    return Meetings(a, b, start, end, np.full(count, CARE), place)


def _trips(rng: np.random.Generator, town: Town, places: Places, count: int, days: int) -> Meetings:
    a = rng.integers(0, town.people, count)
    b = _near(rng, a, town.people)
    start, end = _times(rng, count, days, (5, 18), (20, 120))
    pick = rng.integers(0, 4, count)
    coach = places.nearby("vehicle", town.hamlet[a], town.commune[a], pick)
    boat = places.nearby("boat", town.hamlet[a], town.commune[a], pick)
    return Meetings(a, b, start, end, np.full(count, TRANSPORT), np.where(pick < 3, coach, boat))


def _chance_meetings(rng: np.random.Generator, town: Town, places: Places, count: int, days: int) -> Meetings:
    a = rng.integers(0, town.people, count)
    b = _near(rng, a, town.people)
    start, end = _times(rng, count, days, (6, 19), (5, 45))
    pick = rng.integers(0, 4, count)
    market = places.nearby("market", town.hamlet[a], town.commune[a], pick)
    grocery = places.nearby("grocery", town.hamlet[a], town.commune[a], pick)
    return Meetings(a, b, start, end, np.full(count, OTHER), np.where(pick < 2, market, grocery))


def _none() -> Meetings:
    return Meetings(*(np.zeros(0, dtype=np.int64) for _ in range(6)))


def build_visits(rng: np.random.Generator, town: Town, places: Places, *, days: int) -> Visits:
    """Return visits that people made on their own: errands, prayers, coffee, trips."""
    count = round(town.people * VISITS_PER_PERSON)
    kinds = list(VISIT_SHARE)
    drawn = rng.choice(len(kinds), count, p=np.array(list(VISIT_SHARE.values())))
    person = rng.integers(0, town.people, count)
    place = np.zeros(count, dtype=np.int64)
    start = np.zeros(count, dtype=np.int64)
    end = np.zeros(count, dtype=np.int64)
    for number, kind in enumerate(kinds):
        rows = np.flatnonzero(drawn == number)
        who = person[rows]
        place[rows] = places.nearby(kind, town.hamlet[who], town.commune[who], rng.integers(0, 8, len(rows)))
        start[rows], end[rows] = _times(rng, len(rows), days, VISIT_HOURS[kind], (10, 75))
    riding = np.isin(drawn, [kinds.index("vehicle"), kinds.index("boat")])
    start[riding] = start[riding] // (4 * HOUR) * (4 * HOUR) + 30 * MINUTE
    end[riding] = start[riding] + 2 * HOUR
    seat_row = np.where(riding, rng.integers(1, 11, count), -1)
    return sort_visits([Visits(person, place, start, end, seat_row)])


def sort_visits(parts: list[Visits]) -> Visits:
    """Return all parts as one, sorted by start."""
    names = ("person", "place", "start", "end", "seat_row")
    whole = [np.concatenate([getattr(p, n) for p in parts]).astype(np.int64) for n in names]
    order = np.lexsort((whole[1], whole[0], whole[2]))
    return Visits(*(column[order] for column in whole))


def starts_of_days(start: NDArray[np.int64], days: int) -> Ints:
    """Return where each day's rows begin in sorted ``start``; one more entry than days."""
    return np.searchsorted(start, np.arange(days + 1) * DAY, side="left").astype(np.int64)
