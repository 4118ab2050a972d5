"""The scenes that start the outbreak: a returnee's household, a market stall, a factory shift, a wedding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from loaders.invented.epidemic import Seeds
from loaders.invented.meetings import SOCIAL, WORK, Meetings, Visits
from loaders.invented.places import Places
from loaders.invented.town import Ints, Town
from tracing.times import DAY, HOUR, MINUTE

WEDDING_DAY: Final = 9
WEDDING_GUESTS: Final = 64
TABLE: Final = 8
STALLS: Final = 15
SHIFT_DAYS: Final = 12
CASES_PER_SEED: Final = 25
HEALTHY_PER: Final = 250
"""People for each healthy returnee."""


@dataclass(frozen=True)
class Scenes:
    """Meetings and visits of the scenes, the people infected from outside, and who arrived by which coach."""

    meetings: Meetings
    visits: Visits
    seeds: Seeds
    returnees: Ints
    coach: Ints
    arrived: Ints


def build_scenes(rng: np.random.Generator, town: Town, places: Places, *, days: int, cases: int) -> Scenes:
    """Return the scenes that fit into the town; a town of a few people has only its seeds."""
    returnee = _returnee(rng, town)
    worker, shift = _shift(rng, town, places, days)
    seller, stalls = _market(rng, town, places, days)
    guest, table, party = _wedding(rng, town, places, days, seller)
    wanted = [returnee, guest, seller, worker][: max(1, min(4, cases))]
    people = np.array(list(dict.fromkeys(p for p in wanted if p >= 0)), dtype=np.int64)
    infected = (
        np.array(
            [{returnee: -DAY, guest: (min(WEDDING_DAY, days) - 6) * DAY}.get(int(p), 0) for p in people], dtype=np.int64
        )
        + 9 * HOUR
    )
    more = _others(rng, town, people, cases, days)
    extra = rng.integers(-2, max(1, days // 3), len(more)) * DAY + 15 * HOUR
    seeds = Seeds(
        np.concatenate([people, more]),
        np.concatenate([infected, extra]),
        people[people == guest],
        np.array([returnee], dtype=np.int64),
    )
    returnees, arrived = _returnees(rng, town, returnee, more, extra, days)
    coach = places.nearby("vehicle", town.hamlet[returnees], town.commune[returnees], returnees)
    return Scenes(
        Meetings(*(np.concatenate([getattr(m, n) for m in (shift, table)]) for n in _MEETING)),
        Visits(*(np.concatenate([getattr(v, n) for v in (stalls, party)]) for n in _VISIT)),
        seeds,
        returnees,
        coach,
        arrived,
    )


_MEETING: Final = ("a", "b", "start", "end", "kind", "place")
_VISIT: Final = ("person", "place", "start", "end", "seat_row")


def _others(rng: np.random.Generator, town: Town, taken: Ints, cases: int, days: int) -> Ints:
    """Return further people infected from outside: one for every so many cases."""
    count = min(cases // CASES_PER_SEED, town.people // 20)
    pool = np.setdiff1d(np.flatnonzero(town.age > 16), taken)
    return np.sort(rng.permutation(pool)[: min(count, len(pool))]).astype(np.int64)


def _returnees(
    rng: np.random.Generator, town: Town, first: int, more: Ints, infected: Ints, days: int
) -> tuple[Ints, Ints]:
    """Return who came from outside and when: the first returnee, the others infected there, and healthy ones."""
    pool = np.setdiff1d(np.flatnonzero(town.age > 16), [first, *more.tolist()])
    healthy = rng.permutation(pool)[: town.people // HEALTHY_PER]
    who = np.concatenate([[first], more, healthy])
    day = np.concatenate([[0], np.maximum(infected // DAY, 0), rng.integers(0, days, len(healthy))])
    return who.astype(np.int64), (day * DAY + 14 * HOUR + who % 16 * 15 * MINUTE).astype(np.int64)


def _returnee(rng: np.random.Generator, town: Town) -> int:
    """Return a young adult of a large household, in the country if there is one."""
    size = np.bincount(town.household)[town.household]
    weight = (size >= 4) * 4 + (~town.urban[town.commune]) * 2 + ((town.age >= 18) & (town.age <= 35))
    return int(np.argmax(weight + rng.random(town.people) * 0.5))


def _shift(rng: np.random.Generator, town: Town, places: Places, days: int) -> tuple[int, Meetings]:
    """Return a factory worker and the shift's daily meetings: everybody of the team with everybody."""
    workers = np.flatnonzero((town.job == "factory") & (places.team >= 0))
    workers = workers[places.team_size[places.team[workers]] >= 4] if len(workers) else workers
    if not len(workers):
        return -1, Meetings(*(np.zeros(0, dtype=np.int64) for _ in _MEETING))
    worker = int(workers[rng.integers(0, len(workers))])
    team = int(places.team[worker])
    first = int(places.team_first[team])
    members = places.team_members[first : first + int(places.team_size[team])]
    i, j = np.triu_indices(len(members), 1)
    shifts = min(SHIFT_DAYS, days)
    a, b = np.tile(members[i], shifts), np.tile(members[j], shifts)
    day = np.repeat(np.arange(shifts), len(i))
    keep = (day % 7 != 3) & (rng.random(len(day)) < 0.5)
    a, b, day = a[keep], b[keep], day[keep]
    start = day * DAY + 7 * HOUR + rng.integers(0, 18, len(a)) * 10 * MINUTE
    count = len(a)
    return worker, Meetings(
        a, b, start, start + 90 * MINUTE, np.full(count, WORK), np.full(count, places.team_place[team])
    )


def _market(rng: np.random.Generator, town: Town, places: Places, days: int) -> tuple[int, Visits]:
    """Return a market seller, and the sellers' mornings at the market of the largest trading commune."""
    traders = np.flatnonzero(town.job == "trader")
    if not len(traders):
        return -1, Visits(*(np.zeros(0, dtype=np.int64) for _ in _VISIT))
    commune = int(np.bincount(town.commune[traders]).argmax())
    sellers = traders[town.commune[traders] == commune]
    sellers = np.sort(rng.permutation(sellers)[:STALLS])
    first = np.zeros(len(sellers), dtype=np.int64)
    market = places.nearby("market", town.hamlet[sellers], town.commune[sellers], first)
    person, place = np.repeat(sellers, days), np.repeat(market, days)
    day = np.tile(np.arange(days), len(sellers))
    keep = rng.random(len(person)) < 0.8
    person, place, day = person[keep], place[keep], day[keep]
    start = day * DAY + 5 * HOUR + rng.integers(0, 6, len(person)) * 10 * MINUTE
    end = start + rng.integers(18, 33, len(person)) * 10 * MINUTE
    return int(sellers[0]), Visits(person, place, start, end, np.full(len(person), -1, dtype=np.int64))


def _wedding(
    rng: np.random.Generator, town: Town, places: Places, days: int, seller: int
) -> tuple[int, Meetings, Visits]:
    """Return a guest who is ill, the meetings at the tables of eight, and everybody's visit."""
    adults = np.flatnonzero(town.age >= 15)
    count = min(WEDDING_GUESTS, town.people // 10) // TABLE * TABLE
    if len(adults) < count or count < TABLE:
        return (
            -1,
            Meetings(*(np.zeros(0, dtype=np.int64) for _ in _MEETING)),
            Visits(*(np.zeros(0, dtype=np.int64) for _ in _VISIT)),
        )
    centre = int(rng.integers(0, town.people))
    near = adults[np.argsort(np.abs(adults - centre) * rng.uniform(0.2, 1.8, len(adults)), kind="stable")]
    guests = rng.permutation(near[near != seller][:count])
    count = len(guests) // TABLE * TABLE
    guests = guests[:count]
    i, j = np.triu_indices(TABLE, 1)
    table = guests.reshape(-1, TABLE)
    a, b = table[:, i].ravel(), table[:, j].ravel()
    day = min(WEDDING_DAY, days - 1)
    hall = places.nearby("restaurant", town.hamlet[[centre]], town.commune[[centre]], np.zeros(1, dtype=np.int64))
    start = np.full(len(a), day * DAY + 11 * HOUR)
    meetings = Meetings(a, b, start, start + 150 * MINUTE, np.full(len(a), SOCIAL), np.full(len(a), hall[0]))
    came = day * DAY + 10 * HOUR + 45 * MINUTE + rng.integers(0, 8, count) * 5 * MINUTE
    visits = Visits(guests, np.full(count, hall[0]), came, came + 180 * MINUTE, np.full(count, -1, dtype=np.int64))
    return int(guests[0]), meetings, visits
