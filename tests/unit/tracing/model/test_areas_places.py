"""One home for where people live and what kind of contact a place means: every reader answers the same."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from small_records import records_of

from cli.use_cases.people import People
from tracing.chains.chains import trace_chains
from tracing.model.areas import Localities, areas_at, areas_known, first_above, walk_up
from tracing.model.contactgraph import build_contact_graph
from tracing.model.places import KIND_WORDS, setting_of
from tracing.model.records import Records
from tracing.model.schema import BELOW_COMMUNE, CONTACT_KINDS, SMALLEST_UNITS
from tracing.policy.shipped import load_policy
from tracing.report.facts import PageFacts
from tracing.risk.score import score_risk
from tracing.tiers.tiers import trace_tiers
from tracing.tiers.verdict import setting_codes
from tracing.times import EVER, parse_iso
from tracing.zones.parameters import Smallest, ZoneParameters
from tracing.zones.units import find_units
from tracing.zones.zones import suggest_zones

CHANGE = parse_iso("2025-07-01")[0]


def time_of_a_day(day: str) -> dict[str, int]:
    onset, onset_to = parse_iso(day)
    return {"onset": onset, "onset_to": onset_to}


def span(begin: str, end: str) -> dict[str, int]:
    (a, a_to), (b, b_to) = parse_iso(begin), parse_iso(end)
    return {"valid_from": a, "valid_from_to": a_to, "valid_to": b, "valid_to_to": b_to}


@pytest.fixture(scope="module")
def moved() -> Records:
    """A hamlet that lies in another commune from 1 July 2025 on."""
    return records_of(
        {
            "persons": [{"person": "P", "area": "h"}],
            "areas": [
                {"area": "old", "name": "Xã Cũ", "level": "commune"},
                {"area": "new", "name": "Xã Mới", "level": "commune"},
                {"area": "h", "name": "ấp 1", "level": "hamlet", "parent": "old", **span("2000-01-01", "2025-06-30")},
                {"area": "h", "name": "ấp 1", "level": "hamlet", "parent": "new", **span("2025-07-01", "2099-12-31")},
            ],
        }
    )


@pytest.mark.parametrize(("at", "commune"), [(CHANGE, "old"), (CHANGE + 1, "new")])
def test_one_person_is_in_one_commune_for_every_reader(moved: Records, at: int, commune: str) -> None:
    # An answer for the moment ``at`` uses nothing from that moment on.
    assert Localities.of(moved, at).locality_of("P") == commune
    assert People.of(moved, at).commune_code("P") == commune
    assert areas_at(moved, at - 1).texts_by("area", "parent")["h"] == commune
    units = find_units(build_contact_graph(moved), as_of=at, parameters=ZoneParameters(smallest="commune"))
    assert units.table["unit"].iloc[units.of_person[0]] == commune


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ((), None),
        ((("h", "hamlet"),), "h"),
        ((("g", "group"), ("h", "hamlet")), "h"),
        ((("g", "group"), ("h", "hamlet"), ("d", "district")), "d"),
        ((("h", "hamlet"), ("x", None), ("p", "province")), "x"),
        ((("h", "hamlet"), ("x", None), ("c", "commune")), "c"),
        ((("d", "district"), ("p", "province")), "d"),
    ],
)
def test_the_commune_is_the_same_in_lists_and_in_the_report(
    line: tuple[tuple[str, str | None], ...], wanted: str | None
) -> None:
    above = dict(pairwise([code for code, _ in line]))
    areas = [{"area": code, "level": level, "parent": above.get(code)} for code, level in line]
    persons = [{"person": "P", "area": line[0][0] if line else None}]
    records = records_of({"persons": persons, "areas": areas, "cases": [{"person": "P"}]})
    tiers = trace_tiers(build_contact_graph(records), policy=load_policy("vn-3638"))
    assert Localities.of(records, CHANGE).locality_of("P") == wanted
    assert People.of(records, CHANGE).commune_code("P") == wanted
    chains, zones = trace_chains(tiers.graph, tiers=tiers), suggest_zones(tiers)
    facts = PageFacts(tiers=tiers, chains=chains, zones=zones, lang="vi", show_names=False, masked=False)
    (shown,) = facts.commune
    assert wanted is None if pd.isna(shown) else shown == wanted


def test_the_units_below_a_commune_and_the_smallest_of_a_zone_are_levels_of_areas() -> None:
    assert (*BELOW_COMMUNE[::-1], "commune") == SMALLEST_UNITS == get_args(Smallest)


def test_all_of_time_means_the_areas_of_the_last_instant_on_record(moved: Records) -> None:
    cases = records_of({"cases": [{"person": "P", **time_of_a_day("2021-07-05")}]}).cases
    told = Records(moved.tables | {"cases": cases}, moved.zone)
    assert Localities.of(told, EVER).locality_of("P") == People.of(told).commune_code("P") == "old"
    assert areas_known(told, EVER).texts_by("area", "parent")["h"] == "old"


def test_a_circle_of_areas_ends() -> None:
    records = records_of({"areas": [{"area": "a", "parent": "b"}, {"area": "b", "parent": "a"}]})
    assert Localities.of(records, CHANGE).ancestry("a") == ["a", "b"]


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("bus", "transport"),
        ("boat", "transport"),
        ("taxi", "transport"),
        ("factory", "work"),
        ("company", "work"),
        ("office", "work"),
        ("university", "school"),
        ("clinic", "care"),
        ("home", "household"),
        ("market", "social"),
    ],
)
def test_a_place_means_the_same_to_the_rule_and_to_the_risk(place: str, kind: str) -> None:
    assert setting_of(place) == kind
    code = setting_codes(np.array([place], dtype=object))[0]
    assert CONTACT_KINDS[code] == kind
    day = parse_iso("2021-07-02T08:00")[0]
    records = records_of(
        {
            "cases": [{"person": "A", "onset": day, "onset_to": day}],
            "places": [{"place": "x", "kind": place}],
            "contacts": [
                {
                    "contact": "c",
                    "person_a": "A",
                    "person_b": "B",
                    "start": day,
                    "start_to": day,
                    "end": day + 7200,
                    "end_to": day + 7200,
                    "time_kind": "presence",
                    "place": "x",
                    "distance_m": 1.0,
                }
            ],
        }
    )
    risk = score_risk(trace_tiers(build_contact_graph(records), policy=load_policy("vn-3638")))
    assert risk.table["kind"].tolist() == [kind]
    assert not pd.isna(risk.table["probability"]).any()


def test_every_kind_of_contact_has_its_word() -> None:
    assert set(KIND_WORDS) == set(CONTACT_KINDS)


@pytest.mark.parametrize("seed", range(20))
def test_the_first_area_above_of_many_is_that_of_each(seed: int) -> None:
    random = np.random.default_rng(seed)
    names = [str(number) for number in range(25)]
    parent = {area: str(random.integers(0, 27)) for area in names if random.random() < 0.8}  # circles, unknown ones
    marked = {area for area in names if random.random() < 0.2}
    told = first_above(names, parent, marked.__contains__)
    for area in names:
        assert told[area] == next((above for above in walk_up(area, parent) if above in marked), None)
