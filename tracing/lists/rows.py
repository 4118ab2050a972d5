"""What is written of one listed person, from the tiers, the records, the rule and what changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from tracing.evidence.doubts import find_doubts
from tracing.identity.unite import other_years
from tracing.lists.apart import case_words, plain
from tracing.lists.plans import Plans, dated
from tracing.model.areas import Localities
from tracing.policy.model import QuarantineGroup
from tracing.tiers.tiers import Tiers

#: What a list says of the quarantine that the rule asks for.
SCHEDULE: Final = {
    "quarantine": "string",
    "quarantine_place": "string",
    "quarantine_first": "string",
    "quarantine_last": "string",
    "test_days": "string",
    "watched_until": "string",
    "counted_from": "string",
    "schedule": "string",
    "no_schedule": "string",
}
COLUMNS: Final = {
    "locality": "string",
    "locality_name": "string",
    "district_name": "string",
    "person": "string",
    "name": "string",
    "phone": "string",
    "hamlet": "string",
    "birth_year": "Int64",
    "also_born": "string",
    "address": "string",
    "tier": "Int64",
    "certain": "boolean",
    "f1_class": "string",
    "case": "boolean",
    "first_exposure": "Int64",
    "last_exposure": "Int64",
    "met": "string",
    "contact_of": "string",
    "contacts": "Int64",
    "clause": "string",
    **SCHEDULE,
    "doses": "Int64",
    "isolated": "Int64",
    "isolation_kind": "string",
    "doubts": "string",
    "change": "string",
    "tier_before": "Int64",
    "reason_vi": "string",
    "reason_en": "string",
}


def _urgency(row: Mapping[str, Any]) -> tuple[int, int, int, int, str]:
    """Return what to sort people of a locality by: whom to act on first."""
    free = row["tier"] == 1 and not row["case"] and row.get("isolated") is None
    tier = 1 << 30 if row["tier"] is None else 1 << 29 if row["case"] else int(row["tier"])
    born = row["birth_year"]
    last = row.get("last_exposure")
    return (0 if free else 1, tier, 0 if last is None else -int(last), 1 << 30 if born is None else born, row["person"])


@dataclass(frozen=True, kw_only=True)
class RowMaker:
    """Everything that a row is made from, by person."""

    tiers: Tiers
    places: Localities
    persons: Mapping[str, dict[str, Any]]
    parents: Mapping[str, tuple[str, int, str]]
    met: Mapping[str, str]
    plans: Plans
    doubts: Mapping[str, str]
    changed: Mapping[str, dict[str, Any]]

    @classmethod
    def of(cls, tiers: Tiers, changed: Mapping[str, dict[str, Any]]) -> RowMaker:
        """Read what rows need from ``tiers``; ``changed`` is the row of the changes by person."""
        records = tiers.graph.records
        columns = ["person", "name", "birth_year", "phone", "address", "vaccine_doses"]
        also = other_years(records.columns("persons"))
        return cls(
            tiers=tiers,
            places=Localities.of(records, tiers.as_of),
            persons={
                row["person"]: row | {"also_born": also.get(row["person"])} for row in plain(records.persons[columns])
            },
            parents=_parents(tiers),
            met=_met(tiers),
            plans=Plans.of(tiers),
            doubts=find_doubts(tiers),
            changed=changed,
        )

    def row(self, person: str, listed: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return one person's row; ``listed`` is their row of the tiers, None for somebody gone."""
        parents, contacts, clauses = self.parents.get(person, ("", 0, ""))
        change = self.changed.get(person, {})
        out = self.who(person) | {
            "change": change.get("change"),
            "tier_before": change.get("tier_possible_before"),
            "reason_vi": change.get("reason_vi"),
            "reason_en": change.get("reason_en"),
            "case": None,
        }
        last = None if listed is None else dated(listed["last_exposure"])
        out |= self.isolated(person, last)
        if listed is None:
            return out
        out |= {
            "tier": listed["tier_possible"],
            "certain": listed["tier_certain"] == listed["tier_possible"],
            "f1_class": None if pd.isna(listed["f1_class"]) else listed["f1_class"],
            "case": bool(listed["case"]),
            "first_exposure": dated(listed["first_exposure"]),
            "last_exposure": last,
            "contact_of": parents or None,
            "contacts": contacts,
            "clause": clauses or None,
            "doubts": self.doubts.get(person),
        }
        return out if out["case"] else out | self.quarantine(person, int(listed["tier_possible"]), last)

    def table(self, rows: list[dict[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
        """Return rows as a table by locality and urgency."""
        rows.sort(key=lambda row: (*self.places.order(row["locality"]), *_urgency(row)))
        return pd.DataFrame(rows, columns=list(columns)).astype(columns)

    def lives_in(self, person: str, areas: Collection[str]) -> bool:
        """Tell whether a person lives in or below one of the areas."""
        return not set(areas).isdisjoint(self.places.ancestry_of(person))

    def finding(self) -> dict[str, list[dict[str, Any]]]:
        """Return the contacts met to find a source, by person."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in plain(self.tiers.source_finding):
            found.setdefault(row["person"], []).append(row)
        return found

    def source_row(self, person: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return the row of somebody met before a case's window; ``rows``: the contacts."""
        begun, ended = ([at for row in rows if (at := dated(row[name])) is not None] for name in ("start", "end"))
        last = max(ended) - 1 if ended else None
        out = (
            self.who(person)
            | self.isolated(person, last)
            | {
                "case": False,
                "first_exposure": min(begun, default=None),
                "last_exposure": last,
                "contacts": len(rows),
                "contact_of": "; ".join(dict.fromkeys(row["case"] for row in rows)),
            }
        )
        return out | self.quarantine(person, 0, last, "source_finding")

    def who(self, person: str) -> dict[str, Any]:
        """Return what every row says of a person, and where they live."""
        known, locality = self.persons.get(person, {}), self.places.locality_of(person)
        return {
            "locality": locality,
            "locality_name": self.places.name(locality) if locality else None,
            "district_name": self.places.district_name(locality),
            "person": person,
            "name": known.get("name"),
            "birth_year": known.get("birth_year"),
            "also_born": known.get("also_born"),
            "phone": known.get("phone"),
            "hamlet": self.places.hamlet(person),
            "address": self.places.rest_of_address(person, known.get("address")),
            "met": self.met.get(person),
            "tier": None,
            "certain": None,
            "doses": known.get("vaccine_doses"),
        }

    def isolated(self, person: str, last: int | None) -> dict[str, Any]:
        """Return beginning and kind of the isolation on record that counts after ``last``."""
        isolation = self.plans.isolation(person, last)
        return {} if isolation is None else {"isolated": isolation[0], "isolation_kind": isolation[1]}

    def quarantine(
        self, person: str, tier: int, last: int | None, group: QuarantineGroup = "tier", level: str | None = None
    ) -> dict[str, Any]:
        """Return what the rule asks of a person, or why it asks nothing."""
        plan, why = self.plans.plan(person, tier, last, group, level)
        if plan is None:
            return {"no_schedule": why}
        first, end, watched = (
            None if d is None else d.isoformat() for d in (plan.first, plan.last, plan.watched_until)
        )
        return {
            "quarantine": plan.state,
            "quarantine_place": plan.rule.place,
            "quarantine_first": first,
            "quarantine_last": end,
            "test_days": "; ".join(day.isoformat() for day in plan.tests) or None,
            "watched_until": watched,
            "counted_from": plan.counted_from,
            "schedule": plan.rule.source,
        }


def _parents(tiers: Tiers) -> dict[str, tuple[str, int, str]]:
    """Return, by person, the parents (the earliest first), how many contacts there were, and the clauses."""
    parents = tiers.parents
    names: dict[str, list[str]] = {}
    clauses: dict[str, set[str]] = {}
    for row in zip(parents["person"], parents["parent"], parents["clause"], strict=True):
        names.setdefault(row[0], []).append(row[1])
        clauses.setdefault(row[0], set()).add(row[2])
    return {
        person: ("; ".join(dict.fromkeys(found)), len(found), "; ".join(sorted(clauses[person])))
        for person, found in names.items()
    }


def _met(tiers: Tiers) -> dict[str, str]:
    """Return, by person, whom they met and where: name or id, the case's code, the place; the earliest first."""
    records = tiers.graph.records
    called = case_words(records)
    places = dict(records.places[["place", "name"]].dropna().itertuples(index=False, name=None))
    found: dict[str, dict[str, None]] = {}
    columns = ["person", "parent", "place"]
    parents = pd.concat([tiers.parents[columns], tiers.source_finding.rename(columns={"case": "parent"})[columns]])
    for person, parent, place in zip(parents["person"], parents["parent"], parents["place"], strict=True):
        whom = called(parent)
        where = None if pd.isna(place) else places.get(place, place)
        found.setdefault(person, {})[whom if where is None else f"{whom}, {where}"] = None
    return {person: "; ".join(whom) for person, whom in found.items()}
