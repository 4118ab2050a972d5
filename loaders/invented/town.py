"""Where the synthetic people live: communes, hamlets, groups, households; and who they are.

People are numbered so that neighbours have neighbouring numbers: by commune, hamlet, group, household.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loaders.invented.names import OCCUPATIONS, RURAL_HAMLETS, Language, family_indices, full_names, word
from loaders.units.gazetteer import Gazetteer

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HOUSEHOLD_SIZES: Final = (0.07, 0.15, 0.21, 0.27, 0.16, 0.08, 0.04, 0.02)
"""Share of households with 1, 2, … people; mean 3.8, near the average of the Mekong delta."""
HAMLET_HOUSEHOLDS: Final = 200
GROUP_HOUSEHOLDS: Final = 30
HAMLETS_PER_COMMUNE: Final = 10
KM_PER_DEGREE: Final = 111.0
FIRST_COMMUNES: Final = ("32008", "32086", "32002", "32083", "31999", "32080", "32020", "32065")
"""Where small provinces lie: wards of Cà Mau city and communes of Thới Bình, in turn. Then all others by code."""

_ADULT_JOBS: Final = (
    "farmer",
    "factory",
    "trader",
    "office",
    "teacher",
    "health",
    "driver",
    "fisher",
    "labourer",
    "home",
)
_RURAL: Final = (0.34, 0.14, 0.08, 0.03, 0.03, 0.02, 0.03, 0.08, 0.12, 0.13)
_URBAN: Final = (0.04, 0.22, 0.18, 0.15, 0.05, 0.03, 0.05, 0.03, 0.13, 0.12)


@dataclass(frozen=True)
class Town:
    """The people and where they live; one entry per person unless said otherwise.

    ``hamlet``, ``group``, ``household`` and ``commune`` are numbers from 0; ``hamlet_commune`` gives each hamlet's
    commune, ``group_hamlet`` each group's hamlet, ``household_group`` each household's group.
    """

    communes: tuple[str, ...]
    urban: Flags
    hamlet_commune: Ints
    group_hamlet: Ints
    household_group: Ints
    household: Ints
    group: Ints
    hamlet: Ints
    commune: Ints
    age: Ints
    male: Flags
    job: NDArray[np.object_]
    person: NDArray[np.object_]
    household_code: NDArray[np.object_]
    hamlet_code: NDArray[np.object_]
    hamlet_lat: Floats
    hamlet_lon: Floats
    areas: pd.DataFrame
    persons: pd.DataFrame

    @property
    def people(self) -> int:
        """Number of people."""
        return len(self.person)


def build_town(rng: np.random.Generator, *, people: int, start: date, language: Language) -> Town:
    """Return a town of exactly ``people`` people, as Cà Mau's units were on ``start``."""
    household = _household_of(rng, people)
    households = int(household[-1]) + 1
    hamlets = max(1, round(households / HAMLET_HOUSEHOLDS))
    household_hamlet = np.arange(households) * hamlets // households
    wanted = int(np.clip(round(hamlets / HAMLETS_PER_COMMUNE), min(4, hamlets), 101))
    units, communes = _choose_communes(start, wanted)
    hamlet_commune = np.arange(hamlets) * len(communes) // hamlets
    household_group, group_hamlet = _groups(household_hamlet)
    urban = np.array([units.at[code, "unit"] != "commune" for code in communes])
    hamlet_code = _numbered([communes[c] for c in hamlet_commune], hamlet_commune, "-{:02d}")
    group_code = _numbered(hamlet_code[group_hamlet].tolist(), group_hamlet, "-{:02d}")
    household_code = _numbered(group_code[household_group].tolist(), household_group, "-{:02d}")
    hamlet_lat, hamlet_lon = _hamlet_points(rng, units.loc[list(communes)], hamlet_commune)
    who = _people(rng, household, urban[hamlet_commune[household_hamlet]], start.year)
    group = household_group[household]
    hamlet = household_hamlet[household]
    width = max(6, len(str(people)))
    person = np.array([f"P-{i:0{width}d}" for i in range(1, people + 1)], dtype=object)
    layout = _Layout(
        communes,
        urban,
        hamlet_commune,
        group_hamlet,
        household_group,
        hamlet_code,
        group_code,
        household_code,
        hamlet_lat,
        hamlet_lon,
    )
    return Town(
        communes=communes,
        urban=urban,
        hamlet_commune=hamlet_commune,
        group_hamlet=group_hamlet,
        household_group=household_group,
        household=household,
        group=group,
        hamlet=hamlet,
        commune=hamlet_commune[hamlet],
        age=who.age,
        male=who.male,
        job=who.job,
        person=person,
        household_code=household_code,
        hamlet_code=hamlet_code,
        hamlet_lat=hamlet_lat,
        hamlet_lon=hamlet_lon,
        areas=_areas(rng, layout, units, start, household),
        persons=_persons(rng, layout, units, household, who, person, start.year, language),
    )


@dataclass(frozen=True)
class _Layout:
    communes: tuple[str, ...]
    urban: Flags
    hamlet_commune: Ints
    group_hamlet: Ints
    household_group: Ints
    hamlet_code: NDArray[np.object_]
    group_code: NDArray[np.object_]
    household_code: NDArray[np.object_]
    hamlet_lat: Floats
    hamlet_lon: Floats

    def hamlet_name(self, hamlet: int) -> str:
        """Return "Khóm 3" in a ward or town, "Ấp 3" or an invented name elsewhere."""
        number = int(self.hamlet_code[hamlet].rsplit("-", 1)[1])
        if self.urban[self.hamlet_commune[hamlet]]:
            return f"Khóm {number}"
        if number % 2:
            return f"Ấp {number}"
        return f"Ấp {RURAL_HAMLETS[(number // 2 + int(self.hamlet_commune[hamlet])) % len(RURAL_HAMLETS)]}"


@dataclass(frozen=True)
class _Who:
    age: Ints
    male: Flags
    family: Ints
    job: NDArray[np.object_]


def _household_of(rng: np.random.Generator, people: int) -> Ints:
    sizes = rng.choice(len(HOUSEHOLD_SIZES), people, p=HOUSEHOLD_SIZES) + 1
    return np.repeat(np.arange(people), sizes)[:people].astype(np.int64)


def _choose_communes(start: date, wanted: int) -> tuple[pd.DataFrame, tuple[str, ...]]:
    units = Gazetteer.load().units(on=start)
    lowest = units.index[units["unit"].isin(("ward", "commune", "town"))].tolist()
    order = [code for code in FIRST_COMMUNES if code in lowest]
    order += [code for code in lowest if code not in FIRST_COMMUNES]
    chosen = order[:wanted]
    return units, tuple(chosen)


def _groups(household_hamlet: Ints) -> tuple[Ints, Ints]:
    """Return each household's group and each group's hamlet: about 30 households to a group."""
    count = np.bincount(household_hamlet)
    groups = np.maximum(1, np.rint(count / GROUP_HOUSEHOLDS)).astype(np.int64)
    first_household = np.concatenate(([0], np.cumsum(count)[:-1]))
    first_group = np.concatenate(([0], np.cumsum(groups)[:-1]))
    within = np.arange(len(household_hamlet)) - first_household[household_hamlet]
    group = first_group[household_hamlet] + within * groups[household_hamlet] // count[household_hamlet]
    return group.astype(np.int64), np.repeat(np.arange(len(count)), groups).astype(np.int64)


def _numbered(parents: list[str], parent: Ints, pattern: str) -> NDArray[np.object_]:
    """Return a code per child: its parent's code and its number within the parent, from 1."""
    first = np.searchsorted(parent, parent, side="left")
    number = np.arange(len(parent)) - first + 1
    return np.array([p + pattern.format(n) for p, n in zip(parents, number.tolist(), strict=True)], dtype=object)


def _hamlet_points(rng: np.random.Generator, units: pd.DataFrame, hamlet_commune: Ints) -> tuple[Floats, Floats]:
    """Scatter hamlets within the circle known to lie inside their commune."""
    reach = units["inner_radius_km"].to_numpy(dtype=float)[hamlet_commune] * 0.6
    radius = reach * np.sqrt(rng.random(len(hamlet_commune)))
    angle = rng.random(len(hamlet_commune)) * 2 * np.pi
    lat = units["lat"].to_numpy(dtype=float)[hamlet_commune] + radius * np.sin(angle) / KM_PER_DEGREE
    lon = units["lon"].to_numpy(dtype=float)[hamlet_commune] + radius * np.cos(angle) / KM_PER_DEGREE
    return lat, lon


def _people(rng: np.random.Generator, household: Ints, household_urban: Flags, year: int) -> _Who:
    """Draw ages, sexes, family names and jobs: a head, mostly a spouse, then children or old parents."""
    people = len(household)
    position = np.arange(people) - np.searchsorted(household, household, side="left")
    heads = int(household[-1]) + 1
    head_age = np.clip(rng.normal(46, 13, heads), 20, 88)[household]
    child = np.clip(head_age - rng.uniform(20, 38, people), 0, 60)
    elder = np.clip(head_age + rng.uniform(20, 32, people), 55, 96)
    other = np.where((rng.random(people) < 0.85) | (head_age > 62), child, elder)
    spouse = np.clip(head_age + rng.normal(-2, 4, people), 18, 92)
    age = np.select([position == 0, position == 1], [head_age, spouse], other).astype(np.int64)
    head_male = (rng.random(heads) < 0.62)[household]
    male = np.select([position == 0, position == 1], [head_male, ~head_male], rng.random(people) < 0.5).astype(bool)
    own = family_indices(rng, people)
    father = family_indices(rng, heads)[household]
    family = np.where((position == 1) & (rng.random(people) < 0.9), own, father)
    return _Who(age, male, family, _jobs(rng, age, household_urban[household]))


def _jobs(rng: np.random.Generator, age: Ints, urban: Flags) -> NDArray[np.object_]:
    names = np.array(_ADULT_JOBS, dtype=object)
    city = names[rng.choice(len(names), len(age), p=_URBAN)]
    country = names[rng.choice(len(names), len(age), p=_RURAL)]
    adult = np.where(urban, city, country)
    out = np.select([age < 4, age < 18, age > 63], ["child", "pupil", "retired"], adult)
    return out.astype(object)


def _areas(
    rng: np.random.Generator, layout: _Layout, units: pd.DataFrame, start: date, household: Ints
) -> pd.DataFrame:
    sizes = np.bincount(household)
    spread = np.minimum(0.35, units.loc[list(layout.communes), "inner_radius_km"].to_numpy(dtype=float) * 0.35)
    group_spread = spread[layout.hamlet_commune][layout.group_hamlet] / KM_PER_DEGREE
    group_lat = layout.hamlet_lat[layout.group_hamlet] + rng.uniform(-1, 1, len(group_spread)) * group_spread * 0.7
    group_lon = layout.hamlet_lon[layout.group_hamlet] + rng.uniform(-1, 1, len(group_spread)) * group_spread * 0.7
    step = group_spread[layout.household_group] * 0.25
    lat = group_lat[layout.household_group] + rng.uniform(-1, 1, len(step)) * step
    lon = group_lon[layout.household_group] + rng.uniform(-1, 1, len(step)) * step
    hamlet_of = layout.group_hamlet[layout.household_group]
    commune_of = layout.hamlet_commune[hamlet_of]
    parts = [_upper_areas(layout, units, start, commune_of, sizes)]
    ids = np.arange(len(layout.hamlet_code))
    parts.append(
        _level(
            "hamlet",
            layout.hamlet_code,
            [layout.hamlet_name(int(h)) for h in ids],
            np.array(layout.communes, dtype=object)[layout.hamlet_commune],
            hamlet_of,
            sizes,
            layout.hamlet_lat,
            layout.hamlet_lon,
        )
    )
    parts.append(
        _level(
            "group",
            layout.group_code,
            [f"Tổ {int(c.rsplit('-', 1)[1])}" for c in layout.group_code],
            layout.hamlet_code[layout.group_hamlet],
            layout.household_group,
            sizes,
            group_lat,
            group_lon,
        )
    )
    parts.append(
        _level(
            "household",
            layout.household_code,
            [f"Hộ {int(c.rsplit('-', 1)[1])}" for c in layout.household_code],
            layout.group_code[layout.household_group],
            np.arange(len(sizes)),
            sizes,
            lat,
            lon,
        )
    )
    return pd.concat(parts, ignore_index=True)


def _level(
    level: str,
    codes: NDArray[np.object_],
    names: list[str],
    parents: NDArray[np.object_],
    member: Ints,
    sizes: Ints,
    lat: Floats,
    lon: Floats,
) -> pd.DataFrame:
    population = np.bincount(member, weights=sizes, minlength=len(codes)).astype(np.int64)
    return pd.DataFrame(
        {
            "area": codes,
            "name": names,
            "level": level,
            "parent": parents,
            "population": population,
            "households": np.bincount(member, minlength=len(codes)),
            "lat": np.round(lat, 5),
            "lon": np.round(lon, 5),
        }
    )


def _upper_areas(layout: _Layout, units: pd.DataFrame, start: date, commune_of: Ints, sizes: Ints) -> pd.DataFrame:
    """Return province, districts and communes; populations are those of the synthetic people."""
    people = np.bincount(commune_of, weights=sizes, minlength=len(layout.communes)).astype(np.int64)
    households = np.bincount(commune_of, minlength=len(layout.communes))
    counts: dict[str, tuple[int, int]] = {}
    parent_of = {str(c): str(p) for c, p in units["parent"].dropna().items()}
    for code, n, h in zip(layout.communes, people.tolist(), households.tolist(), strict=True):
        up: str | None = code
        while up is not None:
            before = counts.get(up, (0, 0))
            counts[up] = (before[0] + n, before[1] + h)
            up = parent_of.get(up)
    table = Gazetteer.load().areas(on=start)
    table = table[table["area"].isin(counts)].reset_index(drop=True)
    table["population"] = [counts[a][0] for a in table["area"]]
    table["households"] = [counts[a][1] for a in table["area"]]
    return table


def _persons(
    rng: np.random.Generator,
    layout: _Layout,
    units: pd.DataFrame,
    household: Ints,
    who: _Who,
    person: NDArray[np.object_],
    year: int,
    language: Language,
) -> pd.DataFrame:
    people = len(person)
    birth_year = year - who.age
    day = rng.integers(0, 365, people)
    full_date = rng.random(people) < 0.6
    new_year = (birth_year - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    dates = (new_year + day.astype("timedelta64[D]")).astype(str)
    serial = rng.integers(0, 1_000_000, people)
    first = np.array([f"06{n:08d}" for n in rng.integers(0, 100_000_000, int(household[-1]) + 1)], dtype=object)
    own = np.array([f"06{n:08d}" for n in rng.integers(0, 100_000_000, people)], dtype=object)
    phone = np.where(rng.random(people) < 0.6, own, first[household])
    known = (who.age >= 14) & (rng.random(people) < 0.9)
    national = [
        f"999{(0 if m else 1) + (2 if y >= 2000 else 0)}{y % 100:02d}{s:06d}"
        for y, s, m in zip(birth_year.tolist(), serial.tolist(), who.male.tolist(), strict=True)
    ]
    place = _addresses(layout, units)
    doses = rng.choice(3, people, p=(0.86, 0.11, 0.03))
    return pd.DataFrame(
        {
            "person": person,
            "name": full_names(rng, who.family, who.male),
            "sex": np.where(who.male, "male", "female"),
            "birth_date": pd.Series(dates).where(full_date),
            "birth_year": birth_year,
            "phone": pd.Series(phone).where(known),
            "national_id": pd.Series(national).where((who.age >= 16) & (rng.random(people) < 0.8)),
            "household": layout.household_code[household],
            "area": layout.household_code[household],
            "address": place[layout.group_hamlet[layout.household_group]][household],
            "occupation": pd.Series(who.job).map({k: word(v, language) for k, v in OCCUPATIONS.items()}),
            "vaccine_doses": pd.Series(doses).where(rng.random(people) < 0.8),
        }
    )


def _addresses(layout: _Layout, units: pd.DataFrame) -> NDArray[np.object_]:
    """Return the written address of each hamlet: hamlet, commune, district."""
    out = []
    for hamlet, commune in enumerate(layout.hamlet_commune.tolist()):
        unit = units.loc[layout.communes[commune]]
        parts = [layout.hamlet_name(hamlet), str(unit["name"])]
        if str(unit["parent"]) in units.index and str(unit["parent"]) != "96":
            parts.append(str(units.at[str(unit["parent"]), "name"]))
        out.append(", ".join(parts))
    return np.array(out, dtype=object)
