"""From what truly happened to what is on record: the tables, with what interviews and lists leave out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loaders.invented.epidemic import FOUND, LATER, Epidemic
from loaders.invented.meetings import HOUSEHOLD, KINDS, Meetings, Visits, sort_meetings
from loaders.invented.names import Language
from loaders.invented.places import Places
from loaders.invented.scenes import Scenes
from loaders.invented.town import Flags, Ints, Town
from tracing.times import DAY, HOUR

CASE_ROWS_KEPT: Final = 0.95
CONTACT_ROWS_KEPT: Final = 0.6
HOURS_KNOWN: Final = 0.5
POOL: Final = 5
TEST_DAYS: Final = (1, 7, 14)
"""Days of the tests of a quarantined contact, counted from the first (5599/BYT-MT)."""


@dataclass(frozen=True)
class Story:
    """Everything that truly happened, and the frame in which it is told."""

    town: Town
    places: Places
    meetings: Meetings
    visits: Visits
    pairs: tuple[Ints, Ints]
    scenes: Scenes
    epidemic: Epidemic
    midnight: int
    days: int
    language: Language

    @property
    def cases(self) -> Ints:
        """The confirmed people, by confirmation."""
        return self.epidemic.confirmed_by(self.days * DAY)

    def is_case(self) -> Flags:
        """Return whether each person is a confirmed case."""
        flags = np.zeros(self.town.people, dtype=bool)
        flags[self.cases] = True
        return flags

    def away(self) -> Ints:
        """Return since when each person is isolated or quarantined."""
        return np.minimum(self.epidemic.isolated, self.epidemic.quarantined)

    def moments(self, name: str, time: Ints, day_only: Flags | bool, known: Flags | bool = True) -> dict[str, object]:
        """Return the column pair ``name``, ``name_to``: an instant, or the whole day where ``day_only``."""
        known = np.broadcast_to(np.asarray(known), time.shape) & (time < LATER)
        day = time // DAY * DAY
        start = np.where(day_only, day, time) + self.midnight
        end = np.where(day_only, day + DAY, time) + self.midnight
        return {name: _masked(start, known), f"{name}_to": _masked(end, known)}


def _masked(values: NDArray[np.generic], known: NDArray[np.bool_]) -> pd.Series:
    """Return ``values`` as a nullable column, empty where not ``known``."""
    dtypes = {"i": pd.Int64Dtype(), "f": pd.Float64Dtype(), "b": pd.BooleanDtype()}
    column: pd.Series = pd.Series(values).astype(dtypes.get(values.dtype.kind, pd.StringDtype()))
    column[~known] = pd.NA
    return column


def contacts_table(rng: np.random.Generator, story: Story, *, wanted: int) -> pd.DataFrame:
    """Return the contacts on record: what cases and some of their contacts named, others up to ``wanted`` rows."""
    meetings, first_last = _meetings_on_record(rng, story, wanted)
    people, is_case = story.town.person, story.is_case()
    touches = is_case[meetings.a] | is_case[meetings.b]
    count = len(meetings)
    home = meetings.kind == HOUSEHOLD
    told = rng.random(count) < np.where(touches, HOURS_KNOWN + 0.1, HOURS_KNOWN)
    hours = ~first_last & (home | told)
    outdoors = np.append(~story.places.closed, False)[meetings.place]
    closed = np.where(meetings.place >= 0, ~outdoors, home | (rng.random(count) < 0.5))
    masks = rng.random((2, count)) < np.where(home, 0.02, 0.5)
    mask_known = rng.random(count) < 0.35
    minutes = (meetings.end - meetings.start) // 60
    care = meetings.kind == KINDS.index("care")
    teller = np.where(is_case[meetings.a], meetings.a, meetings.b)
    place = np.append(story.places.code, "")[meetings.place]
    return pd.DataFrame(
        {
            "contact": [f"C-{i:07d}" for i in range(1, count + 1)],
            "person_a": people[meetings.a],
            "person_b": people[meetings.b],
            **story.moments("start", meetings.start, ~hours),
            **story.moments("end", np.where(first_last | hours, meetings.end, meetings.start), ~hours),
            "time_kind": np.where(hours, "presence", "sometime"),
            "place": _masked(place, meetings.place >= 0),
            "kind": np.array(KINDS, dtype=object)[meetings.kind],
            "distance_m": _masked(
                rng.choice((0.5, 1.0, 1.5, 2.0, 3.0), count, p=(0.2, 0.35, 0.2, 0.17, 0.08)),
                ~home & (rng.random(count) < 0.4),
            ),
            "minutes": _masked(minutes, ~home & (rng.random(count) < 0.35)),
            "closed_space": _masked(closed, rng.random(count) < 0.6),
            "mask_a": _masked(masks[0], mask_known),
            "mask_b": _masked(masks[1], mask_known),
            "physical": _masked(rng.random(count) < 0.3, rng.random(count) < 0.2),
            "protected": _masked(rng.random(count) < 0.8, care & (rng.random(count) < 0.6)),
            "reported_by": _masked(people[teller], touches & (rng.random(count) < 0.9)),
        }
    )


def _meetings_on_record(rng: np.random.Generator, story: Story, wanted: int) -> tuple[Meetings, Flags]:
    """Return the meetings that somebody wrote down, and which of them are a first and last day at home."""
    away, is_case = story.away(), story.is_case()
    daily, nights = _home_rows(rng, story)
    met = story.meetings
    met = met.take(met.start < np.minimum(away[met.a], away[met.b]))
    whole = sort_meetings([daily, nights, met])
    first_last = (whole.kind == HOUSEHOLD) & (whole.end % DAY == 0)
    taken = story.epidemic.quarantined < LATER
    case_row = is_case[whole.a] | is_case[whole.b]
    contact_row = taken[whole.a] | taken[whole.b]
    luck = rng.random(len(whole))
    rank = np.select(
        [case_row & (luck < CASE_ROWS_KEPT), case_row, contact_row & (luck < CONTACT_ROWS_KEPT)],
        [0.0, 9.0, 1.0 + luck],
        np.where(whole.kind == HOUSEHOLD, 2.0, 2.2) + luck,
    )
    order = np.argsort(rank, kind="stable")
    keep = order[: max(wanted, int((rank == 0).sum()))]
    keep = np.sort(keep[rank[keep] < 9])
    return whole.take(keep), first_last[keep]


def _home_rows(rng: np.random.Generator, story: Story) -> tuple[Meetings, Meetings]:
    """Return the household contacts: first and last day, or, where a case told more, night by night."""
    a, b = story.pairs
    away = story.away()
    last_day = np.minimum(np.minimum(away[a], away[b]) // DAY, story.days - 1)
    detailed = (story.is_case()[a] | story.is_case()[b]) & (rng.random(len(a)) < 0.4)
    plain = ~detailed & (last_day >= 0)
    none = np.full(int(plain.sum()), -1, dtype=np.int64)
    first_day = np.minimum(rng.integers(0, 3, len(none)), last_day[plain])
    daily = Meetings(a[plain], b[plain], first_day * DAY, last_day[plain] * DAY, none * 0 + HOUSEHOLD, none)
    rows = np.flatnonzero(detailed & (last_day > 0))
    length = np.minimum(7, last_day[rows])
    row = np.repeat(rows, length)
    back = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length) + 1
    night = last_day[row] - back
    start = night * DAY + 18 * HOUR + rng.integers(0, 8, len(row)) * 900
    end = np.minimum(night * DAY + 30 * HOUR + 300, np.minimum(away[a[row]], away[b[row]]))
    fine = end > start
    nights = Meetings(a[row], b[row], start, end, np.full(len(row), HOUSEHOLD), np.full(len(row), -1)).take(fine)
    return daily, nights


def visits_table(rng: np.random.Generator, story: Story) -> pd.DataFrame:
    """Return the check-ins on record: most visits, most of them without the hour of leaving."""
    visits = story.visits
    went = visits.start < story.away()[visits.person]
    case = story.is_case()[visits.person]
    rows = np.flatnonzero(went & (rng.random(len(visits)) < np.where(case, 0.92, 0.7)))
    count = len(rows)
    riding = visits.seat_row[rows] > 0
    left = riding | (rng.random(count) < 0.15)
    seats = rng.integers(0, 4, count)
    told = case[rows] & (rng.random(count) < 0.3)
    return pd.DataFrame(
        {
            "visit": [f"V-{i:07d}" for i in range(1, count + 1)],
            "person": story.town.person[visits.person[rows]],
            "place": story.places.code[visits.place[rows]],
            **story.moments("start", visits.start[rows], told & (rng.random(count) < 0.3)),
            **story.moments("end", visits.end[rows], False, left & ~told),
            "seat_row": _masked(visits.seat_row[rows], riding & (rng.random(count) < 0.8)),
            "seat": _masked(np.array(list("ABCD"), dtype=object)[seats], riding & (rng.random(count) < 0.6)),
            "mask": _masked(rng.random(count) < 0.75, rng.random(count) < 0.25),
            "certainty": np.where(told, "possible", "certain"),
        }
    )


def cases_table(rng: np.random.Generator, story: Story) -> pd.DataFrame:
    """Return the line list of confirmed cases."""
    who, epidemic = story.cases, story.epidemic
    count = len(who)
    silent = epidemic.asymptomatic[who] | (epidemic.onset[who] >= story.days * DAY)
    found = epidemic.found[who].copy()
    at_home = (found == FOUND.index("quarantine")) & (rng.random(count) < 0.3)
    found[at_home] = FOUND.index("home_isolation")
    return pd.DataFrame(
        {
            "person": story.town.person[who],
            "case_code": [f"F0-{i:04d}" for i in range(1, count + 1)],
            **story.moments("onset", epidemic.onset[who], True, ~silent),
            **story.moments("sample", epidemic.sample[who], rng.random(count) < 0.3),
            **story.moments("confirmed", epidemic.confirmed[who], rng.random(count) < 0.2),
            **story.moments(
                "isolated",
                np.minimum(epidemic.isolated, epidemic.quarantined)[who],
                rng.random(count) < 0.3,
                rng.random(count) < 0.96,
            ),
            "outcome": pd.Series(
                ["đang điều trị" if story.language == "vi" else "in treatment"] * count, dtype="string"
            ),
            "asymptomatic": silent,
            "source_known": pd.Series(_declared(story)).astype("boolean"),
            "found_in": np.array(FOUND, dtype=object)[found],
        }
    )


def _declared(story: Story) -> NDArray[np.bool_]:
    """Return for each case whether its source is itself a confirmed case that was named."""
    who = story.cases
    infector = story.epidemic.infector[who]
    known: NDArray[np.bool_] = (infector >= 0) & story.is_case()[infector] & (who % 10 < 8)
    return known


def links_table(story: Story) -> pd.DataFrame:
    """Return the declared links: who a case says it was infected by, dated with the day of that meeting."""
    who = story.cases[_declared(story)]
    source = story.epidemic.infector[who]
    return pd.DataFrame(
        {
            "source": story.town.person[source],
            "target": story.town.person[who],
            **story.moments("date", story.epidemic.infected[who], True),
            "kind": "infected_by",
            "certainty": np.where(who % 3 == 0, "possible", "certain"),
        }
    )


def isolations_table(rng: np.random.Generator, story: Story) -> pd.DataFrame:
    """Return who was taken to hospital, to a centre or told to stay at home, and since when."""
    epidemic, end = story.epidemic, story.days * DAY
    held = np.flatnonzero(epidemic.quarantined < np.minimum(end, epidemic.isolated))
    ill = story.cases[epidemic.isolated[story.cases] < end]
    who = np.concatenate([held, ill])
    start = np.concatenate([epidemic.quarantined[held], epidemic.isolated[ill]])
    first = np.arange(len(who)) < len(held)
    leave = np.where(first, np.minimum(epidemic.isolated[who], start + 14 * DAY), LATER)
    leave[leave >= end] = LATER
    home = first & (rng.random(len(who)) < 0.35)
    kind = np.select([~first, home], ["hospital", "home"], "centre")
    centre = story.places.nearby("centre", story.town.hamlet[who], story.town.commune[who], who)
    hospital = story.places.nearby("hospital", story.town.hamlet[who], story.town.commune[who], who)
    return pd.DataFrame(
        {
            "person": story.town.person[who],
            **story.moments("start", start, rng.random(len(who)) < 0.4),
            **story.moments("end", leave, True),
            "kind": kind,
            "place": _masked(story.places.code[np.where(first, centre, hospital)], ~home),
        }
    )


def tests_table(rng: np.random.Generator, story: Story) -> pd.DataFrame:
    """Return the tests: each case's positive one, the contacts' tests by schedule in pools, and re-tests of pools."""
    epidemic, end = story.epidemic, story.days * DAY
    who = story.cases
    ct = np.round(np.clip(rng.normal(24, 5, len(who)), 13, 36), 1).astype(np.float64)
    parts = [
        _tests(
            story,
            who,
            epidemic.sample[who],
            epidemic.confirmed[who],
            np.ones(len(who), dtype=bool),
            ct=ct,
            antigen=rng.random(len(who)) < 0.15,
        )
    ]
    held = np.flatnonzero(epidemic.quarantined < end)
    for day in TEST_DAYS:
        sample = epidemic.quarantined[held] // DAY * DAY + day * DAY + 8 * HOUR
        there = (sample < end) & (sample < epidemic.sample[held])
        parts += _pooled(rng, story, held[there], sample[there], day)
    return pd.concat([p for p in parts if len(p)] or parts, ignore_index=True)


def _tests(
    story: Story,
    who: Ints,
    sample: Ints,
    resulted: Ints,
    positive: Flags,
    *,
    ct: NDArray[np.float64] | None = None,
    antigen: Flags | None = None,
    pool: NDArray[np.object_] | None = None,
) -> pd.DataFrame:
    known = resulted < story.days * DAY
    fast = np.zeros(len(who), dtype=bool) if antigen is None else antigen
    return pd.DataFrame(
        {
            "person": story.town.person[who],
            **story.moments("sample", sample, False),
            "result": np.where(known, np.where(positive, "positive", "negative"), "pending"),
            **story.moments("resulted", resulted, False, known),
            "method": np.where(fast, "antigen", "pcr"),
            "ct": _masked(np.zeros(len(who)) if ct is None else ct, ~fast & (ct is not None) & positive),
            "pool": pd.Series(pool, dtype="string")
            if pool is not None
            else pd.Series([pd.NA] * len(who), dtype="string"),
        }
    )


def _pooled(rng: np.random.Generator, story: Story, who: Ints, sample: Ints, day: int) -> list[pd.DataFrame]:
    """Return a test day's pools of five; a pool with an infected member is positive and all its members re-tested."""
    if not len(who):
        return []
    order = np.lexsort((who, story.town.commune[who], sample))
    who, sample = who[order], sample[order]
    group = sample // DAY * len(story.town.communes) + story.town.commune[who]
    within = np.arange(len(who)) - np.searchsorted(group, group, side="left")
    _, number = np.unique(group * len(who) + within // POOL, return_inverse=True)
    infected = (story.epidemic.infected[who] < sample - 2 * DAY) & (story.epidemic.infected[who] > sample - 12 * DAY)
    positive = np.bincount(number, weights=infected)[number] > 0
    code = np.array([f"G{day:02d}-{n:04d}" for n in (number + 1).tolist()], dtype=object)
    again = np.flatnonzero(positive & (sample + DAY < story.days * DAY))
    resulted = sample + 20 * HOUR + number % 5 * HOUR
    found = infected[again] & (story.epidemic.sample[who[again]] < LATER)
    return [
        _tests(story, who, sample, resulted, positive, pool=code),
        _tests(story, who[again], sample[again] + DAY, resulted[again] + DAY, found),
    ]


def arrivals_table(story: Story) -> pd.DataFrame:
    """Return who came from outside, by which coach."""
    scenes = story.scenes
    return pd.DataFrame(
        {
            "person": story.town.person[scenes.returnees],
            **story.moments("arrived", scenes.arrived, False),
            "origin": "TP. Hồ Chí Minh" if story.language == "vi" else "Ho Chi Minh City",
            "vehicle": story.places.code[scenes.coach],
            "seat_row": pd.Series(scenes.returnees % 10 + 1, dtype="Int64"),
            "checkpoint": "Quản lộ Phụng Hiệp",
        }
    )
