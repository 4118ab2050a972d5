"""A seeded synthetic province: people, places, meetings and an outbreak, as records and with the truth.

Nobody in it exists. The same seed and options give the same bytes; nothing is read from the clock or the machine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from loaders.invented.epidemic import LATER, run_epidemic
from loaders.invented.meetings import (
    KINDS,
    build_meetings,
    build_visits,
    household_pairs,
    sort_meetings,
    sort_visits,
)
from loaders.invented.names import Language
from loaders.invented.places import build_places
from loaders.invented.scenes import build_scenes
from loaders.invented.tables import (
    Story,
    arrivals_table,
    cases_table,
    contacts_table,
    isolations_table,
    links_table,
    tests_table,
    visits_table,
)
from loaders.invented.town import build_town
from tracing.errors import UsageError
from tracing.model.records import Records
from tracing.text import catalogue
from tracing.times import day_span

_, _n = catalogue("loaders")

MEETINGS_PER_PERSON: Final = 12.0
"""Meetings outside the household in four weeks that truly happen, per person, at least."""


@dataclass(frozen=True)
class Province:
    """A generated province.

    Attributes
    ----------
    records
        What is on record: valid, complete tables. Dirt is added only when files are written.
    truth
        One row per infected person, in the order of infection: person, infected_at (epoch seconds), infector (NA for
        one from outside), generation (0 for those), kind of the contact, place. Never an input of an analysis.
    seed, dirt, language
        As given to :func:`generate_province`.
    """

    records: Records
    truth: pd.DataFrame
    seed: int
    dirt: float
    language: Language


def default_cases(people: int) -> int:
    """Return how many cases a province of ``people`` has unless told: 60 for 3,000, fewer per head in larger ones."""
    return max(1, round(60 * math.pow(people / 3000, 0.6)))


def generate_province(
    *,
    people: int,
    seed: int,
    cases: int | None = None,
    contacts_per_person: float = 10.0,
    start: date = date(2021, 7, 1),
    days: int = 28,
    dirt: float = 0.0,
    language: Language = "vi",
) -> Province:
    """Make a synthetic province with an outbreak.

    Parameters
    ----------
    people, cases
        Number of people, and about how many of them are confirmed cases by the end (default: see
        :func:`default_cases`). A small town may have fewer.
    seed
        Any integer from 0; the same arguments give the same province.
    contacts_per_person
        Rows of the contacts table per person. What the cases told is on record first, other meetings fill up.
    start, days
        First day and number of days of the records.
    dirt
        Share of rows that :func:`write_province` spoils, 0 to 1. The records themselves stay valid.
    language
        Language of places and occupations, "vi" or "en".

    Raises
    ------
    UsageError
        If an argument is out of range.
    """
    _check(people=people, seed=seed, cases=cases, contacts_per_person=contacts_per_person, days=days, dirt=dirt)
    story = _tell(people, seed, cases, contacts_per_person, start, days, language)
    rng = np.random.default_rng([seed, 5])
    tables = {
        "persons": story.town.persons,
        "cases": cases_table(rng, story),
        "contacts": contacts_table(rng, story, wanted=round(contacts_per_person * people)),
        "visits": visits_table(rng, story),
        "places": story.places.table,
        "areas": story.town.areas,
        "tests": tests_table(rng, story),
        "isolations": isolations_table(rng, story),
        "arrivals": arrivals_table(story),
        "links": links_table(story),
    }
    return Province(Records.build(tables), _truth(story), seed, dirt, language)


def _check(*, people: int, seed: int, cases: int | None, contacts_per_person: float, days: int, dirt: float) -> None:
    wrong = {
        "people": (_("at least 1"), people < 1),
        "seed": (_("at least 0"), seed < 0),
        "cases": (_("between 1 and the number of people"), cases is not None and not 1 <= cases <= people),
        "contacts_per_person": (_("at least 0"), contacts_per_person < 0),
        "days": (_("between 1 and 365"), not 1 <= days <= 365),
        "dirt": (_("between 0 and 1"), not 0 <= dirt <= 1),
    }
    for name, (range_, is_wrong) in wrong.items():
        if is_wrong:
            raise UsageError(_("{name} must be {range}", name=name, range=range_))


def _tell(
    people: int, seed: int, cases: int | None, contacts_per_person: float, start: date, days: int, language: Language
) -> Story:
    """Let everything happen. Each part has its own stream of random numbers, so that parts can change alone."""
    wanted = min(people, cases or default_cases(people))
    town = build_town(np.random.default_rng([seed, 1]), people=people, start=start, language=language)
    places = build_places(np.random.default_rng([seed, 2]), town, language=language)
    scenes = build_scenes(np.random.default_rng([seed, 3]), town, places, days=days, cases=wanted)
    rng = np.random.default_rng([seed, 4])
    count = round(max(MEETINGS_PER_PERSON * days / 28, contacts_per_person * 1.1) * people)
    meetings = sort_meetings([build_meetings(rng, town, places, count=count, days=days), scenes.meetings])
    visits = sort_visits([build_visits(rng, town, places, days=days), scenes.visits])
    pairs = household_pairs(town.household)
    epidemic = run_epidemic((seed, 6), meetings, visits, pairs, scenes.seeds, people=people, days=days, cases=wanted)
    midnight = day_span(start)[0]
    return Story(town, places, meetings, visits, pairs, scenes, epidemic, midnight, days, language)


def _truth(story: Story) -> pd.DataFrame:
    epidemic = story.epidemic
    who = np.flatnonzero(epidemic.infected < LATER)
    who = who[np.lexsort((who, epidemic.infected[who]))]
    source = epidemic.infector[who]
    place = epidemic.place[who]
    kind = epidemic.kind[who]
    names = np.array([*KINDS, "visit", "import"], dtype=object)
    from_visit = (kind < 0) & (source >= 0)
    return pd.DataFrame(
        {
            "person": pd.array(story.town.person[who], dtype="string"),
            "infected_at": epidemic.infected[who] + story.midnight,
            "infector": pd.Series(story.town.person[source], dtype="string").where(pd.Series(source >= 0)),
            "generation": epidemic.generation[who],
            "kind": pd.array(
                names[np.where(from_visit, len(KINDS), np.where(source < 0, len(KINDS) + 1, kind))], dtype="string"
            ),
            "place": pd.Series(np.append(story.places.code, "")[place], dtype="string").where(pd.Series(place >= 0)),
        }
    )
