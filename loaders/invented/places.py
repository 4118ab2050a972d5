"""Places of the synthetic province, and who works or studies where and with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loaders.invented.names import OWN_NAMES, PLACE_WORDS, Language, word
from loaders.invented.town import KM_PER_DEGREE, Ints, Town

TEAM_SIZE: Final = 10
CLASS_SIZE: Final = 28

PER_HAMLET: Final = {"cafe": 2, "grocery": 2, "pharmacy": 1}
PER_COMMUNE: Final = {
    "market": 1,
    "restaurant": 1,
    "clinic": 1,
    "pagoda": 1,
    "church": 1,
    "school": 1,
    "factory": 1,
    "office": 1,
    "vehicle": 2,
    "boat": 1,
}
PER_PROVINCE: Final = {"hospital": 1, "centre": 2}
CLOSED: Final = {
    "cafe": True,
    "grocery": True,
    "pharmacy": True,
    "market": False,
    "restaurant": True,
    "clinic": True,
    "pagoda": False,
    "church": True,
    "school": True,
    "factory": True,
    "office": True,
    "vehicle": True,
    "boat": False,
    "hospital": True,
    "centre": True,
}
CAPACITY: Final = {"vehicle": 40, "boat": 25, "restaurant": 300, "market": 500, "school": 800, "factory": 1200}

_WORKPLACE: Final = {
    "factory": "factory",
    "office": "office",
    "teacher": "school",
    "pupil": "school",
    "health": "clinic",
    "trader": "market",
    "driver": "vehicle",
    "fisher": "boat",
}


@dataclass(frozen=True)
class Places:
    """All places; ``first[kind]`` is the number of the first place of a kind, in order of hamlet or commune.

    ``team`` is each person's team (a class, a crew, a shift that works together), -1 for none; ``team_first`` and
    ``team_size`` say where the team's members are in ``team_members``; ``team_place`` where they meet.
    """

    kind: NDArray[np.object_]
    code: NDArray[np.object_]
    closed: NDArray[np.bool_]
    first: dict[str, int]
    team: Ints
    team_members: Ints
    team_first: Ints
    team_size: Ints
    team_place: Ints
    table: pd.DataFrame

    def nearby(self, kind: str, hamlet: Ints, commune: Ints, pick: Ints) -> Ints:
        """Return a place of ``kind`` for each hamlet or commune; ``pick`` chooses where there are several."""
        if kind in PER_HAMLET:
            return self.first[kind] + hamlet * PER_HAMLET[kind] + pick % PER_HAMLET[kind]
        if kind in PER_COMMUNE:
            return self.first[kind] + commune * PER_COMMUNE[kind] + pick % PER_COMMUNE[kind]
        return self.first[kind] + pick % PER_PROVINCE[kind]


def build_places(rng: np.random.Generator, town: Town, *, language: Language) -> Places:
    """Return the places of ``town`` and the teams of its people."""
    kinds: list[str] = []
    where: list[int] = []
    first: dict[str, int] = {}
    for kind, count in {**PER_HAMLET, **PER_COMMUNE, **PER_PROVINCE}.items():
        first[kind] = len(kinds)
        hamlets = _hamlets_with(town, kind)
        kinds += [kind] * (len(hamlets) * count)
        where += [h for h in hamlets for _ in range(count)]
    kind_array = np.array(kinds, dtype=object)
    hamlet = np.array(where, dtype=np.int64)
    code = np.array([f"PL-{i:05d}" for i in range(1, len(kinds) + 1)], dtype=object)
    table = _table(rng, town, kind_array, hamlet, code, language)
    closed = np.array([CLOSED[k] for k in kinds])
    team, place = _teams(rng, town, first)
    members = np.flatnonzero(team >= 0)
    members = members[np.argsort(team[members], kind="stable")]
    size = np.bincount(team[members], minlength=len(place)) if len(members) else np.zeros(0, dtype=np.int64)
    start = np.concatenate(([0], np.cumsum(size)[:-1])) if len(size) else np.zeros(0, dtype=np.int64)
    return Places(
        kind_array, code, closed, first, team, members, start.astype(np.int64), size.astype(np.int64), place, table
    )


def _hamlets_with(town: Town, kind: str) -> list[int]:
    """Return the hamlets that have a place of this kind: all, the first of each commune, or the first of all."""
    if kind in PER_HAMLET:
        return list(range(len(town.hamlet_commune)))
    if kind in PER_COMMUNE:
        return [int(h) for h in np.searchsorted(town.hamlet_commune, np.arange(len(town.communes)))]
    return [0]


def _table(
    rng: np.random.Generator,
    town: Town,
    kind: NDArray[np.object_],
    hamlet: Ints,
    code: NDArray[np.object_],
    language: Language,
) -> pd.DataFrame:
    count = len(kind)
    own = rng.integers(0, len(OWN_NAMES), count)
    number = rng.integers(10_000, 99_999, count)
    names: list[str] = []
    seen: dict[str, int] = {}
    for k, h, o, n in zip(kind, hamlet.tolist(), own.tolist(), number.tolist(), strict=True):
        plate = f"69B-{n // 100:03d}.{n % 100:02d}" if k == "vehicle" else f"CM-{n}"
        label = plate if k in ("vehicle", "boat") else OWN_NAMES[(o + h) % len(OWN_NAMES)]
        name = f"{word(PLACE_WORDS[k], language)} {label}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    shift = rng.uniform(-0.15, 0.15, (2, count)) / KM_PER_DEGREE
    fixed = ~np.isin(kind, ("vehicle", "boat"))
    return pd.DataFrame(
        {
            "place": code,
            "name": names,
            "kind": ["vehicle" if k == "boat" else k for k in kind],
            "area": pd.Series(town.hamlet_code[hamlet]).where(fixed),
            "closed_space": [CLOSED[k] for k in kind],
            "lat": pd.Series(np.round(town.hamlet_lat[hamlet] + shift[0], 5)).where(fixed),
            "lon": pd.Series(np.round(town.hamlet_lon[hamlet] + shift[1], 5)).where(fixed),
            "capacity": pd.Series([CAPACITY.get(k) for k in kind], dtype="Int64"),
        }
    )


def _teams(rng: np.random.Generator, town: Town, first: dict[str, int]) -> tuple[Ints, Ints]:
    """Cut the workers and pupils of each commune's workplaces into teams, in a random order of theirs."""
    team = np.full(town.people, -1, dtype=np.int64)
    places: list[Ints] = []
    next_team = 0
    for job, kind in _WORKPLACE.items():
        who = np.flatnonzero(town.job == job)
        if not len(who):
            continue
        order = np.lexsort((rng.random(len(who)) + (town.age[who] if job == "pupil" else 0), town.commune[who]))
        who = who[order]
        size = CLASS_SIZE if job == "pupil" else TEAM_SIZE
        commune = town.commune[who]
        within = np.arange(len(who)) - np.searchsorted(commune, commune, side="left")
        label = commune * (town.people + 1) + within // size
        values, number = np.unique(label, return_inverse=True)
        team[who] = next_team + number
        at = values // (town.people + 1)
        places.append(first[kind] + at * PER_COMMUNE[kind] + np.arange(len(values)) % PER_COMMUNE[kind])
        next_team += len(values)
    place = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
    return team, place.astype(np.int64)
