"""The people of one invented evening, their outbreak, and who met whom: the truth that the lists tell in pieces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from loaders.invented.names import RURAL_HAMLETS, family_indices, full_names
from loaders.units.gazetteer import Gazetteer
from tracing.text import unaccented

HOUSEHOLDS: Final = 18
_FIRST_DAY: Final = date(2021, 7, 14)
_DAYS: Final = 70
_CALLED: Final = ("Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Út", "Hai", "Ba")
OCCASIONS: Final = (
    ("Đám giỗ", "social"),
    ("Ăn giỗ", "social"),
    ("Đám tang", "social"),
    ("Cùng xưởng", "work"),
    ("Chợ xã", "other"),
    ("Uống cà phê", "social"),
    ("Đi cùng xe", "transport"),
    ("Cùng lớp", "school"),
)


@dataclass(frozen=True)
class Somebody:
    """One person. ``hamlet`` and ``commune`` are bare names; ``nickname`` is how the neighbours say."""

    key: str
    name: str
    male: bool
    born: date
    phone: str | None
    paper: str | None
    unit: str
    commune: str
    area: str
    hamlet: str
    group: int
    household: str
    nickname: str

    @property
    def given(self) -> str:
        """The last word of the name, by which people are called."""
        return self.name.split()[-1]


@dataclass(frozen=True)
class Case:
    """What the health service knows of a case; ``sources`` are people, ``one_of`` that it was one of them."""

    person: str
    number: int
    status: str
    onset: date | None
    sample: date
    confirmed: date | None
    isolated: date
    sources: tuple[str, ...] = ()
    one_of: bool = False


@dataclass(frozen=True)
class Meeting:
    """Somebody met cases (of an F2 list: somebody met an F1) from the first to the last day."""

    person: str
    met: tuple[str, ...]
    first: date
    last: date
    occasion: str


@dataclass(frozen=True)
class Evening:
    """Everything that is true on the evening ``day`` in ``district``."""

    seed: int
    day: date
    district: str
    communes: tuple[str, ...]
    people: dict[str, Somebody]
    cases: tuple[Case, ...]
    meetings: tuple[Meeting, ...]
    second: tuple[Meeting, ...]

    def in_commune(self, name: str) -> list[Somebody]:
        """Return the people of one commune."""
        return [p for p in self.people.values() if p.commune == name]

    def case_of(self, person: str) -> Case | None:
        """Return the case that a person is."""
        return next((case for case in self.cases if case.person == person), None)


def imagine_evening(seed: int) -> Evening:
    """Return the evening with this number; the same number gives the same evening."""
    rng = np.random.default_rng([seed, 20])
    day = _FIRST_DAY + timedelta(days=int(rng.integers(0, _DAYS)))
    district, units = _communes(rng, day)
    people = _people(rng, units, day)
    cases = _cases(rng, people, day)
    meetings = _meetings(rng, people, cases, day)
    second = _second(rng, people, cases, meetings, day)
    return Evening(seed, day, district, tuple(name for _, name, _ in units), people, cases, meetings, second)


def _communes(rng: np.random.Generator, day: date) -> tuple[str, list[tuple[str, str, str]]]:
    """Return a district, and of five of its communes unit word, bare name and code."""
    areas = Gazetteer.load().areas(on=day)
    districts = areas[(areas["level"] == "district") & areas["name"].str.startswith("Huyện")]
    chosen = districts.iloc[int(rng.integers(0, len(districts)))]
    inside = areas[(areas["parent"] == chosen["area"]) & (areas["level"] == "commune")]
    picked = inside.iloc[sorted(rng.choice(len(inside), 5, replace=False))]
    units = []
    for code, name in zip(picked["area"], picked["name"], strict=True):
        unit = "Thị trấn" if name.lower().startswith("thị trấn") else "Xã"
        units.append((unit, " ".join(name[len(unit) :].split()), str(code)))
    return str(chosen["name"]).removeprefix("Huyện "), units


def _people(rng: np.random.Generator, units: list[tuple[str, str, str]], day: date) -> dict[str, Somebody]:
    people: dict[str, Somebody] = {}
    taken: set[str] = set()
    numbers = iter(rng.permutation(90_000).tolist())
    hamlets = [[RURAL_HAMLETS[i] for i in rng.choice(len(RURAL_HAMLETS), 3, replace=False)] for _ in range(len(units))]
    for house in range(HOUSEHOLDS):
        at = house % len(units)
        unit, commune, area = units[at]
        hamlet, group = hamlets[at][int(rng.integers(0, 3))], int(rng.integers(1, 9))
        size = int(rng.integers(3, 6))
        phones = [_phone(next(numbers)) for _ in range(size)]
        family = int(family_indices(rng, 1)[0])
        for place in range(size):
            age = int(rng.integers(26, 58)) if place < 2 else int(rng.integers(3, 22))
            male = place == 0 or (place > 1 and bool(rng.random() < 0.5))
            own = family if place != 1 else int(family_indices(rng, 1)[0])
            name = _new_name(rng, own, male, taken)
            born = date(day.year - age, 1, 1) + timedelta(days=int(rng.integers(0, 365)))
            phone = phones[place] if age >= 16 else phones[0] if rng.random() < 0.6 else None
            paper = f"096{int(male)}{born.year % 100:02d}{next(numbers):06d}" if age >= 16 else None
            key = f"T{len(people) + 1:03d}"
            called = f"{_CALLED[int(rng.integers(0, len(_CALLED)))]} {name.split()[-1]}"
            people[key] = Somebody(
                key, name, male, born, phone, paper, unit, commune, area, hamlet, group, f"HK{house + 1:03d}", called
            )
    return _with_namesakes(people)


def _new_name(rng: np.random.Generator, family: int, male: bool, taken: set[str]) -> str:
    while True:
        name = full_names(rng, np.array([family]), np.array([male]))[0]
        if unaccented(name) not in taken:
            taken.add(unaccented(name))
            return name


def _phone(number: int) -> str:
    return f"09{number // 1000 + 10:02d}000{number % 1000:03d}"


def _with_namesakes(people: dict[str, Somebody]) -> dict[str, Somebody]:
    """Give two men of different communes and years one name."""
    heads = [p for p in people.values() if p.male and p.phone and p.born.year < 2000]
    one = heads[1]
    other = next(p for p in reversed(heads) if p.commune != one.commune and abs(p.born.year - one.born.year) > 3)
    people[other.key] = replace(other, name=one.name)
    return people


def _cases(rng: np.random.Generator, people: dict[str, Somebody], day: date) -> tuple[Case, ...]:
    named = [p.name for p in people.values()]
    adults = [p for p in people.values() if p.born.year < 2000 and named.count(p.name) == 1]
    by_house: dict[str, Somebody] = {}
    for index in rng.permutation(len(adults)).tolist():
        by_house.setdefault(adults[index].household, adults[index])
    chosen = list(by_house.values())[:8]
    number = int(rng.integers(1200, 9200))
    cases: list[Case] = []
    for place, person in enumerate(chosen):
        ill = day - timedelta(days=int(rng.integers(3, 7)))
        sample = ill + timedelta(days=int(rng.integers(1, 3)))
        status = ("confirmed",) * 6 + ("suspected", "discarded")
        found = sample + timedelta(days=1) if place < 6 else None
        onset = None if place == 3 else ill
        before = [case.person for case in cases[:place] if case.status == "confirmed"]
        sources = tuple(before[:2]) if place == 4 else (before[0],) if before and place < 6 and place != 3 else ()
        cases.append(
            Case(person.key, number + place * 3, status[place], onset, sample, found, sample, sources, place == 4)
        )
    return tuple(cases)


def _meetings(
    rng: np.random.Generator, people: dict[str, Somebody], cases: tuple[Case, ...], day: date
) -> tuple[Meeting, ...]:
    """Everybody of a case's house, and others who met one case or two."""
    sick = {case.person for case in cases}
    out: list[Meeting] = []
    met: set[str] = set()
    confirmed = [case for case in cases if case.status == "confirmed"]
    for case in confirmed:
        house = people[case.person].household
        for person in people.values():
            if person.household == house and person.key not in sick:
                met.add(person.key)
                first = case.isolated - timedelta(days=int(rng.integers(3, 6)))
                out.append(Meeting(person.key, (case.person,), first, case.isolated, "Cùng nhà"))
    others = [p for p in people.values() if p.key not in sick | met]
    for index, at in enumerate(rng.permutation(len(others)).tolist()[: len(others) * 2 // 3]):
        case = confirmed[index % len(confirmed)]
        both = index % 7 == 3 and case is not confirmed[-1]
        who = (case.person, confirmed[confirmed.index(case) + 1].person) if both else (case.person,)
        last = min(case.isolated, *(c.isolated for c in confirmed if c.person in who))
        last -= timedelta(days=int(rng.integers(0, 3)))
        first = last - timedelta(days=int(rng.integers(0, 3)))
        occasion = OCCASIONS[int(rng.integers(0, len(OCCASIONS)))][0]
        out.append(Meeting(others[at].key, who, first, last, occasion))
    return tuple(out)


def _second(
    rng: np.random.Generator,
    people: dict[str, Somebody],
    cases: tuple[Case, ...],
    meetings: tuple[Meeting, ...],
    day: date,
) -> tuple[Meeting, ...]:
    """Who met somebody that met a case."""
    busy = {case.person for case in cases} | {meeting.person for meeting in meetings}
    names = [p.name for p in people.values()]
    free = [p for p in people.values() if p.key not in busy]
    first = [m for m in meetings if names.count(people[m.person].name) == 1 and people[m.person].born.year < 2004]
    out = []
    for person in free[:12]:
        source = first[int(rng.integers(0, len(first)))]
        last = min(day, source.last + timedelta(days=int(rng.integers(0, 2))))
        out.append(Meeting(person.key, (source.person,), last, last, "Cùng nhà" if rng.random() < 0.4 else "Gặp"))
    return tuple(out)
