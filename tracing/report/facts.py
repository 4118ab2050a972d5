"""What the report counts: one look at tiers, chains and zones, shared by its sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from tracing.chains.chains import Chains
from tracing.curve import Curve, count_curve
from tracing.model.areas import areas_at, walk_up
from tracing.report.words import Words
from tracing.text import say_day, say_instant
from tracing.tiers.tiers import Tiers
from tracing.times import DAY, EVER, local
from tracing.zones.zones import Zones


@dataclass(frozen=True)
class Facts:
    """The results with what several sections ask of them. ``masked``: nothing smaller than a commune of a person."""

    tiers: Tiers
    chains: Chains
    zones: Zones
    words: Words
    show_names: bool
    masked: bool
    other_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """Language of the page."""
        return self.words.lang

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
        """The version of each area that is valid at ``as_of``, by code."""
        return areas_at(self.tiers.graph.records, self.tiers.as_of - 1)

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
        """Return the code of the commune an area lies in; of the smallest wider area where no commune is known."""
        line = self.ancestry(area)
        found = next((a for a in line if self.level.get(a) == "commune"), None)
        if found is not None or not line:
            return found
        small = ("household", "group", "hamlet")
        return next((a for a in line if self.level.get(a) not in small), line[-1])

    @cached_property
    def commune(self) -> pd.Series:
        """The commune code of every listed person, NA where not known; indexed by person."""
        persons = self.tiers.graph.records.persons
        listed = persons[persons["person"].isin(set(self.tiers.table["person"]))]
        codes = {area: self.commune_of(str(area)) for area in listed["area"].dropna().unique()}
        found = pd.Series(
            [codes.get(a) if isinstance(a, str) else None for a in listed["area"]],
            index=listed["person"].astype(str), dtype="string",
        )  # fmt: skip
        return found.reindex(self.tiers.table["person"].astype(str))

    def area_name(self, code: str | None) -> str:
        """Return an area's name, its code where it has none."""
        return self.words("lists.unknown") if code is None or pd.isna(code) else self.area_names.get(code, code)

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
    def quarantine(self) -> int | None:
        """Seconds of quarantine of an F1 under the rule at ``as_of``, the longest; None where it says nothing."""
        rules = [rule for rule in self.tiers.policy.quarantine if rule.tier == 1 and rule.place != "none"]
        if not rules or abs(self.tiers.as_of) >= EVER // 2:
            return None
        today = local(self.tiers.as_of - 1, self.zone_name).date()
        now = [r for r in rules if (r.valid_from or today) <= today <= (r.valid_to or today)]
        return max(rule.days.seconds for rule in now or rules)

    @cached_property
    def due(self) -> frozenset[str]:
        """F1 (possible ones too) without an isolation on record whose days of quarantine are not over."""
        table = self.tiers.table
        here = (table["tier_possible"] == 1).fillna(False) & ~table["case"]
        here &= ~table["person"].astype(str).isin(set(self.isolated))
        if self.quarantine is not None:
            last = table["last_exposure"].fillna(self.tiers.as_of)
            here &= (last + self.quarantine > self.tiers.as_of).fillna(True)
        return frozenset(table.loc[here.astype(bool), "person"].astype(str))

    @cached_property
    def term(self) -> str:
        """The days of quarantine as a part of a sentence, empty where the rule says nothing."""
        return "" if self.quarantine is None else self.words("term", days=self.quarantine // DAY)

    def _due_by_unit(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Return how many people of :attr:`due` live in each unit, by row."""
        rows = {str(unit): row for row, unit in enumerate(self.zones.units["unit"])}
        out = np.zeros(len(rows), dtype=np.int64)
        persons = self.tiers.graph.records.persons
        mine = persons[persons["person"].isin(self.due)]
        for area, household in zip(mine["area"].tolist(), mine["household"].tolist(), strict=True):
            line = [f"household:{household}", *self.ancestry(str(area) if isinstance(area, str) else None)]
            row = next((rows[a] for a in line if a in rows), None)
            if row is not None:
                out[row] += 1
        return out

    @cached_property
    def counts(self) -> dict[str, int]:
        """Whole numbers of the first screen: cases, f1, f1_possible, f2, f2_possible, due, free_cases …"""
        table = self.tiers.table
        tier, sure = table["tier_possible"], table["tier_certain"]
        out = {"cases": int(table["case"].sum()), "listed": int((~table["case"]).sum())}
        for k in (1, 2, 3):
            here = (tier == k).fillna(False) & ~table["case"]
            out[f"f{k}"] = int(here.sum())
            out[f"f{k}_possible"] = int((here & ~(sure == k).fillna(False)).sum())
        free = ~table["person"].astype(str).isin(set(self.isolated))
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
            return self.words("all_time")
        moment = local(at, self.zone_name)
        if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
            return self.words("end_of_day", day=say_day(at - 1, self.lang, self.zone_name))
        return say_instant(at, self.lang, self.zone_name)

    @cached_property
    def place(self) -> str | None:
        """Name of the smallest area that holds all cases whose home is known, None where there is none."""
        persons = self.tiers.graph.records.persons
        cases = set(self.tiers.table.loc[self.tiers.table["case"], "person"])
        homes = persons.loc[persons["person"].isin(cases), "area"].dropna().unique()
        common: list[str] | None = None
        for area in sorted(homes.tolist()):
            line = self.ancestry(str(area))
            common = line if common is None else [a for a in common if a in line]
        wide = [a for a in common or () if self.level.get(a) in ("commune", "district", "province")]
        return self.area_names.get(wide[0]) if wide else None

    @cached_property
    def steps(self) -> list[dict[str, Any]]:
        """The steps of the slider with every figure that stands beside it."""
        zones, units = self.zones, self.zones.units
        if zones.table.empty:
            return []
        row_of = {str(unit): row for row, unit in enumerate(units["unit"])}
        people = units["people"]
        due, enters = self._due_by_unit(), units["enters"].to_numpy(dtype=np.int64, na_value=1 << 30)
        out = []
        for step in zones.shown_steps(60):
            row: dict[Any, Any] = zones.table.iloc[[step - 1]].to_dict("records")[0]
            around = [row_of[unit] for unit in zones.buffer(step)]
            outside = len(self.due) - int(due[enters <= step].sum())
            out.append(
                {"step": step, "units": int(row["units"]), "people": _known(row["people"]),
                 "households": _known(row["households"]), "share": round(100 * float(row["share"])),
                 "outside": 100 - round(100 * float(row["share"])), "cut": round(float(row["contacts_cut"]), 1),
                 "posts": _known(row["posts"]), "buffer": around,
                 "buffer_people": _known(people.iloc[around].sum(skipna=False)),
                 "samples": None if pd.isna(row["people"]) else int(row["people"]) + max(outside, 0),
                 "places": len(self.due), "beds": self.counts["free_cases"]}
            )  # fmt: skip
        return out

    def digits(self, value: float) -> int:
        """Return how many decimals a figure of the zones is shown with: one below 100."""
        return 1 if value < 100 else 0

    def week_cases(self) -> int:
        """Return the cases with a date in the seven days before ``as_of``."""
        day = self.curve.table["day"].astype("int64")
        return int(((day >= self.curve.end - 7 * DAY) & (day < self.curve.end)).sum())


def _known(value: Any) -> int | None:
    """Return a whole number, None where it is not known."""
    return None if pd.isna(value) else int(value)
