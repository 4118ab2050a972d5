"""What the rule asks of each contact, from what is on record of them; one answer for the lists and for the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pandas as pd

from tracing.lists.quarantine import Contact, Quarantine, choose_schedule, plan_quarantine, why_none
from tracing.policy.model import QuarantineGroup, QuarantinePlace
from tracing.tiers.isolation import isolation_periods
from tracing.tiers.tiers import Tiers
from tracing.times import EVER, local

#: Where a schedule has somebody who is isolated in a place of this kind.
PLACES: Final[Mapping[str, QuarantinePlace]] = {
    "centre": "centre",
    "hospital": "centre",
    "home": "home",
    "zone": "home",
}


@dataclass(frozen=True, kw_only=True)
class Plans:
    """Isolations and vaccinations on record, by person; asked for the quarantine of one contact at a time."""

    tiers: Tiers
    isolations: Mapping[str, list[tuple[int, int]]]
    kinds: Mapping[tuple[str, int], str]

    @classmethod
    def of(cls, tiers: Tiers) -> Plans:
        """Read what is on record before ``as_of``."""
        records = tiers.graph.records
        people, periods = tiers.graph.columns.people, isolation_periods(tiers.spread.stays)
        periods = periods[periods["start"] < tiers.as_of]
        isolations: dict[str, list[tuple[int, int]]] = {}
        for person, start, end in zip(people[periods["person"]], periods["start"], periods["end_to"], strict=True):
            isolations.setdefault(str(person), []).append((int(start), int(end)))
        roster = records.isolations.dropna(subset="kind")
        kinds = zip(roster["person"], roster["start"], roster["kind"], strict=True)
        return cls(
            tiers=tiers,
            isolations=isolations,
            kinds={(str(person), int(start)): str(kind) for person, start, kind in kinds},
        )

    @cached_property
    def doses(self) -> Mapping[str, int]:
        """Doses of vaccine on record."""
        return _known(self.tiers.graph.records.persons, "vaccine_doses")

    @cached_property
    def immune(self) -> Mapping[str, bool]:
        """Who is said to be immune, or not."""
        return _known(self.tiers.graph.records.persons, "immune")

    @cached_property
    def far(self) -> frozenset[str]:
        """Who is a far F1."""
        table = self.tiers.table
        return frozenset(table.loc[(table["f1_class"] == "far").fillna(False), "person"].astype(str))

    @cached_property
    def unsure(self) -> frozenset[str]:
        """Who has a contact of their tier whose last day nobody knows."""
        return _last_day_unknown(self.tiers)

    def isolation(self, person: str, last: int | None) -> tuple[int, str | None] | None:
        """Return beginning and kind of the isolation that counts after the last exposure; None where there is none.

        That is the first not over at the last exposure; the latest where no exposure is dated.
        """
        periods = self.isolations.get(person, [])
        if last is not None:
            periods = [period for period in periods if period[1] > last][:1]
        return (periods[-1][0], self.kinds.get((person, periods[-1][0]))) if periods else None

    def plan(
        self, person: str, tier: int, last: int | None, group: QuarantineGroup = "tier", level: str | None = None
    ) -> tuple[Quarantine | None, str | None]:
        """Return the quarantine of a contact last exposed at ``last``, or None and why the rule has none for them."""
        policy, zone, now = self.tiers.policy, self.tiers.zone, self.tiers.as_of
        today = None if now >= EVER else local(now, zone).date()
        since, kind = self.isolation(person, last) or (None, None)
        isolated = None if since is None else local(since, zone).date()
        exposed = None if last is None else local(last, zone).date()
        unsure = isolated is not None and person in self.unsure
        contact = Contact(
            tier,
            group,
            f1_class="far" if person in self.far else "near",
            exposed=isolated if unsure else exposed,
            doses=self.doses.get(person),
            immune=self.immune.get(person),
            place=PLACES.get(kind or ""),
            level=level,
        )
        rule = choose_schedule(policy, contact, today=today)
        if rule is None:
            return None, why_none(policy, contact)
        return plan_quarantine(rule, exposed=None if unsure else exposed, isolated=isolated, today=today), None


def _last_day_unknown(tiers: Tiers) -> frozenset[str]:
    """Return who has a contact of their tier whose last day nobody knows: days then count from the isolation."""
    contacts = tiers.graph.records.contacts
    unknown = contacts["end"].isna() & (contacts["start"].isna() | (contacts["time_kind"] == "first_day").fillna(False))
    named = tiers.parents["contact"].isin(contacts.loc[unknown, "contact"])
    return frozenset(tiers.parents.loc[named, "person"].astype(str))


def dated(value: Any) -> int | None:
    """Return an instant as an integer, None where it is missing or all of time."""
    return None if pd.isna(value) or abs(int(value)) >= EVER // 2 else int(value)


def _known(persons: pd.DataFrame, column: str) -> dict[str, Any]:
    found = persons[["person", column]].dropna()
    return dict(zip(found["person"].astype(str), found[column].tolist(), strict=True))
