"""Zones: which units, who counts in them, core and buffer, and what is said where little is known."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from tracing.errors import NothingFound
from tracing.model.contactgraph import build_contact_graph
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers
from tracing.times import parse_iso
from tracing.zones.parameters import ZoneParameters
from tracing.zones.zones import Zones, suggest_zones

AREAS = [
    {"area": "C", "name": "Xã", "level": "commune"},
    *({"area": h, "name": f"Ấp {h}", "level": "hamlet", "parent": "C", "population": 400} for h in ("H1", "H2", "H3")),
    *(
        {"area": f"H1.{g}", "name": f"Tổ {g}", "level": "group", "parent": "H1", "population": 90, "households": 20}
        for g in "123"
    ),
    {"area": "h9", "name": "Nhà 9", "level": "household", "parent": "H1.1"},
]


def span(name: str, text: str | None) -> dict[str, object]:
    first, last = (None, None) if text is None else parse_iso(text)
    return {name: first, f"{name}_to": last}


def case(person: str) -> dict[str, object]:
    return {"person": person, **span("onset", "2021-07-04"), **span("sample", "2021-07-06")}


def contact(a: str, b: str, **more: object) -> dict[str, object]:
    return {"person_a": a, "person_b": b, **span("start", "2021-07-03"), "kind": "household"} | more


def propose(parameters: ZoneParameters | None = None, **tables: list[dict[str, object]]) -> Zones:
    records = Records.build({name: pd.DataFrame(rows) for name, rows in tables.items() if rows})
    tiers = trace_tiers(build_contact_graph(records), policy=load_policy("vn-3638"), as_of="2021-07-08")
    return suggest_zones(tiers, parameters=parameters)


def living(**area_of: str | None) -> list[dict[str, object]]:
    return [{"person": person, "area": area} for person, area in area_of.items()]


def said(zones: Zones) -> str:
    assert all(text.say("vi") != text.say("en") for text in zones.unknowns)
    return " ".join(text.say("en") for text in zones.unknowns)


def town(**more: object) -> Zones:
    return propose(
        **{
            "persons": living(a="H1.1", b="H1.1", c="H1.2", d="H2", e="h9"),
            "cases": [case("a")],
            "contacts": [contact("a", "b"), contact("a", "c"), contact("a", "d", kind="social"), contact("a", "e")],
            "areas": AREAS,
        }
        | more
    )


def test_units_are_the_smallest_named_areas_and_never_the_commune_around_them():
    units = town().units.set_index("unit")
    assert sorted(units.index) == ["H1.1", "H1.2", "H1.3", "H2", "H3"]
    assert units.loc["H1.1", ["f0", "f1", "people", "households"]].tolist() == [1, 2, 90, 20]


def test_frontier_is_nested_and_its_figures_add_up():
    zones = town()
    whole = zones.units["expected"].sum()
    for step, row in enumerate(zones.table.to_dict("records"), start=1):
        core = zones.core(step)
        inside = zones.units[zones.units["unit"].isin(core)]
        assert row["units"] == len(core)
        assert row["people"] == inside["people"].sum()
        assert row["captured"] == pytest.approx(inside["expected"].sum())
        assert row["captured"] + row["residual"] == pytest.approx(whole)
        assert set(core) >= set(zones.core(step - 1) if step > 1 else [])
    assert (zones.table["lambda"].diff().dropna() < 0).all()
    assert zones.table["contacts_cut"].iloc[-1] == pytest.approx(0)


def test_buffer_holds_the_rest_of_the_hamlet_and_whoever_meets_the_core():
    zones = town()
    assert zones.core(1) == ["H1.1"]
    assert zones.buffer(1) == ["H1.2", "H1.3", "H2"]
    assert zones.neighbours(1)["unit"].tolist() == ["H1.2", "H2"]


def test_distance_joins_units_nobody_is_known_to_have_crossed():
    areas = [
        {"area": n, "name": n, "level": "hamlet", "population": 100, "lat": 9.0 + k / 1000, "lon": 105.0}
        for n, k in (("N1", 0), ("N2", 2), ("N3", 300))
    ]
    zones = propose(persons=living(a="N1", b="N1"), cases=[case("a")], contacts=[contact("a", "b")], areas=areas)
    assert zones.buffer(1) in ([], ["N2"])
    assert "N3" not in zones.buffer(1)
    assert zones.links.assumed


def test_households_are_units_where_asked():
    persons = [{"person": p, "area": "H2", "household": h} for p, h in (("a", "x"), ("b", "x"), ("c", "y"))]
    zones = town(
        parameters=ZoneParameters(smallest="household"),
        persons=persons,
        contacts=[contact("a", "b"), contact("a", "c")],
    )
    own = zones.units[zones.units["level"] == "household"]
    assert own["unit"].tolist() == ["household:x", "household:y"]
    assert own["on_record"].tolist() == [2, 1]
    assert own["people"].isna().all()


def test_reasons_lead_to_the_evidence():
    zones = town()
    top = zones.reasons[zones.reasons["unit"] == "H1.2"].iloc[0]
    assert (top["person"], top["kind"], top["case"]) == ("c", "household", "a")
    assert zones.evidence("H1.2")[0].person == "c"


def test_somebody_taken_away_no_longer_counts_and_somebody_at_home_half():
    def expected(kind: str | None) -> float:
        isolations = [{"person": "c", **span("start", "2021-07-05"), "kind": kind}] if kind else []
        return float(town(isolations=isolations).units.set_index("unit").loc["H1.2", "expected"])

    free = expected(None)
    assert expected("centre") == 0
    assert expected("home") == pytest.approx(free / 2)


def test_places_a_case_went_to_count():
    places = [{"place": "market", "kind": "market", "area": "H3"}]
    visits = [
        {"person": "a", "place": "market", **span("start", "2021-07-05T08:00"), **span("end", "2021-07-05T09:00")}
    ]
    assert town().units.set_index("unit").loc["H3", "expected"] == 0
    assert town(places=places, visits=visits).units.set_index("unit").loc["H3", "expected"] > 0.05


def test_json_has_the_documented_fields_and_can_be_written():
    made = json.loads(json.dumps(town().to_dict(lang="vi")))
    assert {"policy", "as_of", "frontier", "unknowns", "core", "buffer", "units", "reasons"} <= set(made)
    step = made["frontier"][0]
    assert {"lambda", "units", "people", "share", "contacts_cut"} <= set(step)
    assert step["units"] == ["H1.1"]
    assert isinstance(step["people"], int)
    assert made["units"][0]["rank"] == 1


def test_numbers_of_infections_are_null_with_the_reason_and_shares_stand_for_them():
    made = town().to_dict()
    numbers = [step[name] for step in made["frontier"] for name in ("captured", "residual")]
    numbers += [row["expected"] for row in (*made["units"], *made["reasons"])]
    assert set(numbers) == {None}
    assert "Not calibrated" in made["null_because"]["captured"]
    assert sum(row["share"] for row in made["units"]) == pytest.approx(1 - made["unplaced_share"])
    assert made["frontier"][-1]["share"] == pytest.approx(1)


def test_a_unit_without_a_population_gets_no_people_and_no_posts():
    areas = [{k: v for k, v in row.items() if k != "population"} for row in AREAS]
    zones = town(areas=areas)
    assert zones.units["people"].isna().all() and zones.units["on_record"].sum() == 5
    assert zones.table["people"].isna().all() and zones.table["posts"].isna().all()
    assert "no population on record" in said(zones)
    listed = [{"person": p, "area": "H2", "household": f"house {p}"} for p in "abcde"]
    bare = town(areas=[{k: v for k, v in row.items() if k != "households"} for row in areas], persons=listed)
    assert bare.units["households"].isna().all(), "the households of a list are not those of the unit"
    assert "list" in zones.to_dict()["null_because"]["people"]
    mixed = town(areas=[*AREAS[:3], *areas[3:]])
    assert mixed.units.set_index("unit")["people"].dropna().to_dict() == {"H2": 400}


def test_a_hamlet_with_many_listed_weighs_no_more_than_one_with_few():
    """Without populations a list's length is no size: the place with more cases comes first."""
    crowd = living(**{f"m{i}": "big" for i in range(12)}, a="big", b="big", c="small")
    areas = [{"area": "big", "level": "hamlet"}, {"area": "small", "level": "hamlet"}]
    met = [contact("a", f"m{i}") for i in range(12)]
    zones = propose(persons=crowd, areas=areas, cases=[case("a"), case("b"), case("c")], contacts=met)
    assert zones.core(1) == ["big"]


def test_the_order_of_rows_does_not_matter():
    people = living(a="H1.1", b="H1.1", c="H1.2", d="H2", e="h9")
    one, two = town(), town(persons=people[::-1], areas=AREAS[::-1])
    assert one.to_dict() == two.to_dict()


def test_step_for_a_price():
    zones = town()
    assert zones.step_at(float(zones.table["lambda"].iloc[0])) == 1
    assert zones.step_at(1e9) == 0
    with pytest.raises(NothingFound):
        zones.core(99)


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ({}, "no case on record"),
        ({"cases": [case("a")]}, "Nobody's place is known"),
        ({"cases": [case("a")], "persons": living(a=None)}, "Nobody's place is known"),
        ({"persons": living(a="H1"), "areas": AREAS}, "no case on record"),
        ({"cases": [case("a")], "persons": living(a="H1"), "areas": AREAS}, "one case only"),
        ({"cases": [case("a")], "persons": living(a="H1"), "areas": AREAS}, "No contact around the cases"),
        ({"cases": [case("a")], "persons": living(a="C"), "areas": AREAS[:1]}, "Everybody is in one unit"),
        ({"cases": [case("a")], "persons": living(a="C"), "areas": AREAS[:1]}, "nothing smaller is known"),
        ({"cases": [case("a")], "persons": living(a="unheard-of")}, "no population on record"),
        (
            {"cases": [case("a")], "persons": living(a="H1", b="C"), "areas": AREAS, "contacts": [contact("a", "b")]},
            "no whole commune is closed",
        ),
        (
            {"cases": [case("a")], "persons": living(a="H1", b=None), "areas": AREAS, "contacts": [contact("a", "b")]},
            "live nobody knows where",
        ),
        (
            {
                "cases": [case("a")],
                "persons": living(a="X"),
                "areas": [
                    {"area": "X", "level": "hamlet", "parent": "Y"},
                    {"area": "Y", "level": "hamlet", "parent": "X"},
                ],
            },
            "one case only",
        ),
        ({"cases": [{"person": "a"}], "persons": living(a="H1"), "areas": AREAS}, "one case only"),
    ],
)
def test_what_is_not_known_is_said_and_never_fails(tables, sentence):
    zones = propose(**tables)
    assert sentence in said(zones)
    json.dumps(zones.to_dict())
    if zones.proposal is not None:
        assert zones.core()
        zones.buffer()


def test_a_valid_version_of_an_area_is_used():
    times = {"Cũ": ("2000-01-01", "2021-01-01"), "Nay": ("2021-01-01", None), "Sau": ("2025-07-01", None)}
    areas = [
        {"area": "H1", "name": name, "level": "hamlet"} | span("valid_from", since) | span("valid_to", until)
        for name, (since, until) in times.items()
    ]
    zones = propose(persons=living(a="H1"), cases=[case("a")], areas=areas)
    assert zones.units["name"].tolist() == ["Nay"]


def test_unverified_numbers_are_known():
    assert {name for name, _ in ZoneParameters().unverified()} == {
        "leak",
        "days",
        "meetings_per_visit",
        "prior_contacts",
        "prior_km",
        "unseen",
        "unseen_visits",
        "at_home",
        "taken_away",
        "buffer_share",
        "buffer_km",
        "posts_per_unit",
    }
