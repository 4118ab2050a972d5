"""Rows of small outbreaks as a test tells them, and the tiers of those."""

from __future__ import annotations

from typing import Any

from outbreaks import build, time_columns

from tracing import Tiers, build_contact_graph, trace_tiers
from tracing.policy.model import Policy
from tracing.policy.shipped import load_policy

POLICY = load_policy("vn-3638")


def contact(name: str, one: str, two: str, start: Any = None, end: Any = None, **facts: Any) -> dict[str, Any]:
    """Return a contact at less than 2 m, which meets the rule unless ``facts`` say otherwise."""
    row = {"contact": name, "person_a": one, "person_b": two, "distance_m": 1.0, **time_columns(start=start, end=end)}
    return row | facts


def case(person: str, onset: Any = None, **known: Any) -> dict[str, Any]:
    times = {name: known.pop(name) for name in ("sample", "confirmed", "isolated") if name in known}
    return {"person": person, **time_columns(onset=onset, **times), **known}


def isolation(person: str, start: Any, end: Any = None) -> dict[str, Any]:
    return {"person": person, **time_columns(start=start, end=end)}


def visit(name: str, person: str, place: str, start: Any, end: Any = None, **known: Any) -> dict[str, Any]:
    return {"visit": name, "person": person, "place": place, **time_columns(start=start, end=end), **known}


def trace(policy: Policy = POLICY, as_of: int | None = None, **tables: Any) -> Tiers:
    return trace_tiers(build_contact_graph(build(**tables)), policy=policy, as_of=as_of)


def tiers(found: Tiers) -> dict[str, tuple[int | None, int | None]]:
    """Return (possible, certain) by person."""
    return {
        row["person"]: (person_tier(row["tier_possible"]), person_tier(row["tier_certain"]))
        for row in found.table.astype(object).to_dict("records")
    }


def person_tier(value: Any) -> int | None:
    return value if isinstance(value, int) else None
