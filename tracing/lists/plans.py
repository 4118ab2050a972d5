"""What the rule asks of each contact, from what is on record of them; one answer for the lists and for the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, SupportsInt

from tracing.lists.quarantine import Contact, Quarantine, choose_schedule, plan_quarantine, why_none
from tracing.model.columns import TableColumns
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
        isolations: dict[str, list[tuple[int, int]]] = {}
        for person, start, end in periods.rows("person", "start", "end_to"):
            if start < tiers.as_of:
                isolations.setdefault(str(people[person]), []).append((start, end))
        kinds = records.columns("isolations").rows("person", "start", "kind")
        return cls(
            tiers=tiers,
            isolations=isolations,
            kinds={(person, start): kind for person, start, kind in kinds if kind is not None},
        )

    @cached_property
    def doses(self) -> Mapping[str, int]:
        """Doses of vaccine on record."""
        return _known(self.tiers.graph.records.columns("persons"), "vaccine_doses")

    @cached_property
    def immune(self) -> Mapping[str, bool]:
        """Who is said to be immune, or not."""
        return _known(self.tiers.graph.records.columns("persons"), "immune")

    @cached_property
    def far(self) -> frozenset[str]:
        """Who is a far F1."""
        people = self.tiers.people
        return frozenset(people.texts("person").take(people.texts("f1_class").says("far")).given())

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
    contacts, parents = tiers.graph.records.columns("contacts"), tiers.columns("parents")
    first_day = contacts.texts("time_kind").says("first_day")
    unknown = contacts.numbers("end").missing & (contacts.numbers("start").missing | first_day)
    named = parents.texts("contact").among(contacts.texts("contact").take(unknown).arrow)
    return frozenset(parents.texts("person").take(named).given())


def dated(value: Any) -> int | None:
    """Return an instant as an integer, None where it is missing or all of time."""
    return int(value) if isinstance(value, SupportsInt) and abs(int(value)) < EVER // 2 else None


def _known(persons: TableColumns, column: str) -> dict[str, Any]:
    return {person: value for person, value in persons.rows("person", column) if value is not None}
