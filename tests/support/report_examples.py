"""Outbreaks to report on, from none to many, with names that are no names."""

from __future__ import annotations

from typing import Any

import numpy as np
from small_records import records_of

from tracing.chains.chains import Chains, trace_chains
from tracing.model.contactgraph import build_contact_graph
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import Tiers, trace_tiers
from tracing.times import DAY, HOUR
from tracing.zones.zones import Zones, suggest_zones

JULY = 1_625_072_400
EVIL = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>&amp;\u2028\'"'


def analyse(records: Records, *, policy: str = "vn-3638", as_of: str | None = None) -> tuple[Tiers, Chains, Zones]:
    """Return everything a report is made from."""
    tiers = trace_tiers(build_contact_graph(records), policy=load_policy(policy), as_of=as_of)
    return tiers, trace_chains(tiers.graph, tiers=tiers), suggest_zones(tiers)


def at(day: float) -> dict[str, int]:
    """Return a start on a day of July and its end an hour later."""
    start = JULY + round(day * DAY)
    return {"start": start, "start_to": start, "end": start + HOUR, "end_to": start + HOUR}


def case(person: str, day: float | None, **more: Any) -> dict[str, Any]:
    """Return a case with its onset on a day of July."""
    known = {} if day is None else {"onset": JULY + round(day * DAY), "onset_to": JULY + round((day + 1) * DAY)}
    return {"person": person, **known, **more}


def near(a: str, b: str, day: float, **more: Any) -> dict[str, Any]:
    """Return a meeting of two people within a metre."""
    return {"person_a": a, "person_b": b, "distance_m": 1.0, "time_kind": "presence", **at(day), **more}


def states() -> dict[str, Records]:
    """Return small records by the state that they stand for."""
    people = [{"person": f"p{i}", "name": f"Nguyễn Thị {i}", "phone": f"09000000{i}", "area": "A"} for i in range(6)]
    homeless = [{k: v for k, v in row.items() if k != "area"} for row in people]
    meetings = [near("p0", "p1", 2), near("p1", "p2", 3), near("p0", "p3", 2.5)]
    area = [{"area": "A", "name": "Ấp 1", "level": "hamlet", "population": 100}]
    two = [*area, {"area": "B", "name": "Ấp 2", "level": "hamlet", "population": 90}]
    circle = [{"source": f"p{i}", "target": f"p{(i + 1) % 3}"} for i in range(3)]
    onset = case("p0", 2)
    return {
        "nothing": records_of({}),
        "no_case": records_of({"persons": people, "areas": area, "contacts": meetings}),
        "no_contact": records_of({"persons": people, "areas": area, "cases": [onset]}),
        "no_area": records_of({"persons": homeless, "cases": [onset], "contacts": meetings}),
        "no_people": records_of({"areas": two, "cases": [onset], "contacts": meetings}),
        "no_date": records_of({"persons": people, "areas": area, "cases": [case("p0", None), case("p1", None)]}),
        "one_unit": records_of({"persons": people, "areas": area, "cases": [onset], "contacts": meetings}),
        "two_units": records_of(
            {
                "persons": [*people, {"person": "q", "area": "B"}],
                "areas": two,
                "cases": [onset, case("p1", 4)],
                "contacts": [*meetings, near("p3", "q", 4)],
            }
        ),
        "circle": records_of(
            {"persons": people, "areas": area, "links": circle, "cases": [case(f"p{i}", i) for i in range(3)]}
        ),
    }


def long_chain(cases: int = 5000) -> Records:
    """Return one chain of many cases, each the source of the next or of a crowd."""
    rng = np.random.default_rng(7)
    source = [int(rng.integers(max(0, i - 40), i)) for i in range(1, cases)]
    return records_of(
        {
            "cases": [case(f"c{i:05d}", i / 200) for i in range(cases)],
            "links": [{"source": f"c{s:05d}", "target": f"c{i + 1:05d}"} for i, s in enumerate(source)],
        }
    )


def evil() -> Records:
    """Return records in which every text is markup."""
    area = [
        {"area": EVIL + "1", "name": EVIL, "level": "hamlet", "parent": "X"},
        {"area": "X", "name": EVIL, "level": "commune"},
    ]
    people = [{"person": EVIL + str(i), "name": EVIL, "phone": EVIL, "area": EVIL + "1"} for i in range(4)]
    rows = {
        "areas": area,
        "persons": people,
        "places": [{"place": EVIL, "name": EVIL, "kind": EVIL}],
        "cases": [case(EVIL + "0", 2, case_code=EVIL), case(EVIL + "1", 4)],
        "links": [{"source": EVIL + "0", "target": EVIL + "1"}],
        "contacts": [near(EVIL + "0", EVIL + "2", 2, place=EVIL), near(EVIL + "2", EVIL + "3", 3, place=EVIL)],
    }
    return records_of(rows)
