"""What the report counts: one look at tiers, chains and zones, shared by its sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.chains.chains import Chains
from tracing.curve import Curve, count_curve
from tracing.lists.lists import NO_SCHEDULE
from tracing.lists.plans import Plans, dated
from tracing.lists.quarantine import Contact, Quarantine, why_none
from tracing.model.areas import areas_known, commune_of, walk_up
from tracing.model.rows import is_among
from tracing.model.words import nameless
from tracing.policy.model import RuleText
from tracing.text import Text, Words, catalogue, say, say_day, say_instant, say_number
from tracing.tiers.tiers import Tiers
from tracing.times import DAY, EVER, local
from tracing.zones.units import NOT_PLACED
from tracing.zones.zones import Zones

Ints = npt.NDArray[np.int64]

_, _n = catalogue("tracing")


@dataclass(frozen=True, kw_only=True)
class PageFacts:
    """The results with what several sections ask of them.

    ``masked``: nothing smaller than a commune of a person; ``told``: from which lists a person's facts come, by person.
    """

    tiers: Tiers
    chains: Chains
    zones: Zones
    lang: str
    show_names: bool
    masked: bool
    other_names: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)

    def say(self, text: Words | RuleText) -> str:
        """Return a text in the page's language; a figure and its per cent sign stay on one line."""
        return (text.of(self.lang) if isinstance(text, RuleText) else say(text, self.lang)).replace(" %", "\u00a0%")

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number as the language writes it."""
        return say_number(value, self.lang, digits=digits)

    @property
    def zone_name(self) -> str:
        """Time zone of everything shown."""
        return self.tiers.graph.records.zone

    @cached_property
    def curve(self) -> Curve:
        """Cases by day."""
        return count_curve(self.tiers, self.chains)

    @cached_property
    def areas(self) -> pd.DataFrame:
        """The version of each area that was valid on the outbreak's day, by code."""
        return areas_known(self.tiers.graph.records, self.tiers.as_of).frame.set_index("area")

    @cached_property
    def parent(self) -> Mapping[str, str]:
        """The area above each area."""
        column = self.areas["parent"].dropna()
        return dict(zip(column.index.astype(str), column.astype(str), strict=True))

    @cached_property
    def level(self) -> Mapping[str, str]:
        """The level of each area."""
        column = self.areas["level"].dropna()
        return dict(zip(column.index.astype(str), column.astype(str), strict=True))

    @cached_property
    def area_names(self) -> Mapping[str, str]:
        """The name of each area that has one, on record or beside its polygon."""
        column = self.areas["name"].dropna()
        return dict(self.other_names) | dict(zip(column.index.astype(str), column.astype(str), strict=True))

    def ancestry(self, area: str | None) -> list[str]:
        """Return an area and everything it lies in, the smallest first; a circle ends the walk."""
        return walk_up(area, self.parent)

    def commune_of(self, area: str | None) -> str | None:
        """Return the code of the commune in which an area lies (:func:`tracing.model.areas.commune_of`)."""
        return commune_of(self.ancestry(area), self.level)

    @cached_property
    def commune(self) -> pd.Series:
        """The commune code of every listed person, NA where not known; indexed by person."""
        persons, people = self.tiers.graph.records.columns("persons"), self.tiers.table["person"]
        home = persons.texts_by("person", "area")
        areas = [home.get(person) for person in people.tolist()]
        codes = {area: None if area is None else self.commune_of(area) for area in set(areas)}
        return pd.Series([codes[area] for area in areas], index=people.astype(str), dtype="string")

    def area_name(self, code: str | None) -> str:
        """Return an area's name; its code is never alone."""
        if code is None or pd.isna(code):
            return self.say(_("commune not known"))
        return self.area_names.get(code) or self.say(nameless(code))

    @cached_property
    def case_codes(self) -> Mapping[str, str]:
        """Case code by person, of those who have one."""
        cases = self.tiers.graph.records.cases.dropna(subset="case_code")
        return dict(zip(cases["person"].astype(str), cases["case_code"].astype(str), strict=True))

    def shown(self, person: str) -> str:
        """Return how a person is written: the case code, else the id."""
        return self.case_codes.get(person, person)

    @cached_property
    def isolated(self) -> Mapping[str, str]:
        """Kind of the latest isolation begun by ``as_of``, by person ("" where the kind is not known)."""
        records = self.tiers.graph.records
        rows = records.isolations[records.isolations["start"] < self.tiers.as_of]
        rows = rows.sort_values(["start", "isolation"], kind="stable").drop_duplicates("person", keep="last")
        out = dict(zip(rows["person"].astype(str), rows["kind"].fillna("").astype(str), strict=True))
        cases = records.cases[records.cases["isolated"].notna() & (records.cases["isolated"] < self.tiers.as_of)]
        return dict.fromkeys(cases["person"].astype(str), "") | out

    @cached_property
    def plans(self) -> Plans:
        """What the rule asks of each contact."""
        return Plans.of(self.tiers)

    @cached_property
    def f1(self) -> Mapping[str, int | None]:
        """The last exposure of every F1 (possible ones too), None where it is not known."""
        table = self.tiers.table
        rows = table[(table["tier_possible"] == 1).fillna(False) & ~table["case"]]
        return {str(p): dated(at) for p, at in zip(rows["person"], rows["last_exposure"].astype(object), strict=True)}

    @cached_property
    def quarantine(self) -> Mapping[str, Quarantine | None]:
        """The quarantine of every F1 as the lists have it; None where the rule has no days for them."""
        return {person: self.plans.plan(person, 1, last)[0] for person, last in self.f1.items()}

    @cached_property
    def due(self) -> frozenset[str]:
        """F1 (possible ones too) without an isolation on record whose days of quarantine are not over."""
        return frozenset(person for person, plan in self.quarantine.items() if plan is not None and plan.state == "due")

    @cached_property
    def unruled(self) -> frozenset[str]:
        """F1 without an isolation on record for whom the rule has no days: none at all, or none for that time."""
        without = [person for person, plan in self.quarantine.items() if plan is None]
        return frozenset(person for person in without if self.plans.isolation(person, self.f1[person]) is None)

    @cached_property
    def places_needed(self) -> int | None:
        """How many places of quarantine are needed; None where the rule has days for no F1."""
        ruled = any(plan is not None for plan in self.quarantine.values())
        return len(self.due) if ruled or not self.quarantine else None

    @cached_property
    def term(self) -> str:
        """The days of quarantine of those who are due as a part of a sentence."""
        plans = [self.quarantine[person] for person in self.due]
        found = {round(plan.rule.days.value) for plan in plans if plan is not None}
        if len(found) == 1:
            return self.say(_("still within their {days} days of quarantine ", days=found.pop()))
        return self.say(_("still within their days of quarantine "))

    @cached_property
    def no_days(self) -> Text | None:
        """Why there is no number for some F1; None where the rule has days for all without an isolation on record."""
        n = len(self.unruled)
        if not n:
            return None
        code = why_none(self.tiers.policy, Contact(1))
        return _n(
            "{n} F1 without an isolation on record has no days of quarantine: {why}.",
            "{n} F1 without an isolation on record have no days of quarantine: {why}.",
            n,
            n=n,
            why=NO_SCHEDULE[code],
        )

    def unit_of(self, persons: Iterable[str]) -> Ints:
        """Return the row of the unit in which each person lives, ``NOT_PLACED`` where none is known."""
        return self.zones.home[self.tiers.graph.positions(list(persons))]

    def count_by_unit(self, persons: Iterable[str]) -> Ints:
        """Return how many of ``persons`` live in each unit, by row."""
        rows = self.unit_of(persons)
        return np.bincount(rows[rows != NOT_PLACED], minlength=len(self.zones.units)).astype(np.int64)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Whole numbers of the first screen: cases, cases_possible (suspected), f1, f1_possible, due, free_cases …"""
        table = self.tiers.table
        tier, sure = table["tier_possible"], table["tier_certain"]
        unsure = table["case"] & (tier == 0).fillna(False) & (sure != 0).fillna(True)
        out = {
            "cases": int(table["case"].sum()),
            "cases_possible": int(unsure.sum()),
            "listed": int((~table["case"]).sum()),
        }
        for k in (1, 2, 3):
            here = (tier == k).fillna(False) & ~table["case"]
            out[f"f{k}"] = int(here.sum())
            out[f"f{k}_possible"] = int((here & ~(sure == k).fillna(False)).sum())
        free = np.array([person not in self.isolated for person in table["person"].tolist()], dtype=bool)
        out["due"] = len(self.due)
        out["free_cases"] = int((table["case"] & free).sum())
        out["unsure"] = int((~table["case"] & (sure != tier).fillna(True)).sum())
        chains = self.chains.table
        by_contact = chains["contact_sources"].map(lambda found: isinstance(found, tuple) and len(found) > 0)
        sourced = (chains["sources"].map(len) > 0) | by_contact.astype(bool)
        out["no_source"] = int((chains["case"] & ~sourced).sum())
        return out

    @cached_property
    def as_of_words(self) -> str:
        """``as_of`` as people say it."""
        at = self.tiers.as_of
        if abs(at) >= EVER // 2:
            return self.say(_("all of time"))
        moment = local(at, self.zone_name)
        if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
            return self.say(_("the end of {day}", day=say_day(at - 1, self.lang, self.zone_name)))
        return say_instant(at, self.lang, self.zone_name)

    @cached_property
    def place(self) -> str | None:
        """Name of the smallest area that holds all cases whose home is known, None where there is none."""
        persons = self.tiers.graph.records.persons
        cases = set(self.tiers.table.loc[self.tiers.table["case"], "person"])
        homes = persons.loc[is_among(persons["person"], cases), "area"].dropna().unique()
        common: list[str] | None = None
        for area in sorted(homes.tolist()):
            line = self.ancestry(str(area))
            common = line if common is None else [a for a in common if a in line]
        wide = [a for a in common or () if self.level.get(a) in ("commune", "district", "province")]
        return self.area_names.get(wide[0]) if wide else None

    def week_cases(self) -> int:
        """Return the cases with a date in the seven days before ``as_of``."""
        day = self.curve.table["day"].astype("int64")
        return int(((day >= self.curve.end - 7 * DAY) & (day < self.curve.end)).sum())
