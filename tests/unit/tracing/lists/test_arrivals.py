"""Arrivals: placed by what is on record of the unit they came from on the day they came, and never by a guess."""

from __future__ import annotations

import pandas as pd
import pytest
from outbreaks import build, day, time_columns

from tracing.lists.arrivals import unit_names
from tracing.lists.lists import Lists, make_lists
from tracing.model.contactgraph import build_contact_graph
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers

AREAS = [
    {"area": "96", "name": "Tỉnh Cà Mau", "level": "province"},
    {"area": "32077", "name": "Xã Tân Lộc", "level": "commune", "parent": "96"},
]
CASE = {"person": "A", **time_columns(onset=day(15), isolated=day(19))}


_BEFORE = {7: 0, 8: 31, 10: 92}
"""Days from 1 July until the month begins."""


def on_day(number: int, month: int) -> tuple[int, int]:
    return day(_BEFORE[month] + number)


def came(person: str, origin: str | None, on: int, month: int = 8) -> dict[str, object]:
    return {"person": person, "origin": origin, **time_columns(arrived=on_day(on, month))}


def said(unit: str, level: str, first: int, last: int | None = None) -> dict[str, object]:
    ends = {} if last is None else time_columns(valid_to=on_day(last, 8))
    return {"unit": unit, "outbreak_level": level, **time_columns(valid_from=on_day(first, 8)), **ends}


def lists(*, policy: str = "vn-3638", as_of: str = "2021-08-20", show_names: bool = False, **tables: object) -> Lists:
    people = [{"person": "A", "area": "32077"}, {"person": "B", "name": "Tên B", "area": "32077"}]
    records = build(**{"persons": people, "areas": AREAS, "cases": [CASE]} | tables)
    tiers = trace_tiers(build_contact_graph(records), policy=load_policy(policy), as_of=as_of)
    return make_lists(tiers, show_names=show_names)


def one(found: Lists, person: str = "B") -> pd.Series:
    rows = found.arrivals[found.arrivals["person"] == person]
    assert len(rows) == 1
    return rows.iloc[0]


LEVELS = [
    said("Tỉnh Bình Dương", "very_high", 1),
    said("Cần Thơ", "high", 1, 4),
    said("Cần Thơ", "none", 5),
    said("Quận 8, TP HCM", "low", 1),
    said("TP. Hồ Chí Minh", "very_high", 1),
    said("Bạc Liêu", "medium", 1, 4),
]


@pytest.mark.parametrize(
    ("origin", "level", "place", "reason"),
    [
        ("Bình Dương", "very_high", "centre", "Tỉnh Bình Dương on 6 Aug 2021: very high (red)"),
        ("TX Thuận An, t. Bình Dương", "very_high", "centre", "Tỉnh Bình Dương on 6 Aug 2021: very high (red)"),
        ("cần thơ", "none", "home", "Cần Thơ on 6 Aug 2021: no outbreak"),
        ("Q.8, Sài Gòn", "low", "home", "Quận 8, TP HCM on 6 Aug 2021: low (green)"),
        ("Q8, phường 5, tphcm", "low", "home", "Quận 8, TP HCM on 6 Aug 2021: low (green)"),
        ("Quận 7, TPHCM", "very_high", "centre", "TP. Hồ Chí Minh on 6 Aug 2021: very high (red)"),
        ("Bạc Liêu", None, None, "what is on record of Bạc Liêu is not of 6 Aug 2021"),
        ("Long An", None, None, "nothing on record says whether Long An had an outbreak on 6 Aug 2021"),
        (None, None, None, "from where they came is not on record"),
    ],
)
def test_who_came_from_an_outbreak_goes_to_a_centre(
    origin: str | None, level: str | None, place: str | None, reason: str
) -> None:
    row = one(lists(arrivals=[came("B", origin, 6)], outbreaks=LEVELS))
    found = [None if pd.isna(row[name]) else row[name] for name in ("level", "quarantine_place", "reason_en")]
    assert found == [level, place, reason]
    assert row["reason_vi"] and row["reason_vi"] != reason


def test_a_level_lasts_until_the_next_one_of_its_unit_and_a_day_of_change_is_taken_as_the_worse() -> None:
    levels = [said("Long An", "high", 1), said("Long An", "medium", 10)]
    for on, level in ((9, "high"), (10, "medium"), (15, "medium")):
        assert one(lists(arrivals=[came("B", "Long An", on)], outbreaks=levels))["level"] == level
    both = [said("Long An", "high", 1, 10), said("Long An", "medium", 10)]
    assert one(lists(arrivals=[came("B", "Long An", 10)], outbreaks=both))["level"] == "high"
    assert pd.isna(one(lists(arrivals=[came("B", "Long An", 31, 7)], outbreaks=levels))["level"])


def test_cases_on_record_who_live_there_are_an_outbreak_for_as_long_as_the_rule_says() -> None:
    sick = {"person": "A", **time_columns(onset=on_day(1, 8))}
    for on, level in ((14, "outbreak"), (15, "outbreak"), (16, None)):
        row = one(lists(cases=[sick], arrivals=[came("B", "xã Tân Lộc, Cà Mau", on)]))
        assert (None if pd.isna(row["level"]) else row["level"]) == level
    assert row["reason_en"].startswith("nothing on record")
    row = one(lists(cases=[sick], arrivals=[came("B", "Tân Lộc", 6)], outbreaks=[said("Cà Mau", "none", 1)]))
    assert (row["level"], row["quarantine_place"]) == ("outbreak", "centre")
    assert row["reason_en"] == "1 case on record who lives in Tân Lộc, within 14 days before 6 Aug 2021"
    own = one(lists(cases=[sick], arrivals=[came("A", "Tân Lộc", 6)]), "A")
    assert own["reason_en"] == "is a case (F0)" and pd.isna(own["quarantine_place"])


def test_the_days_are_those_of_the_rule_of_that_day() -> None:
    levels = [said("Bình Dương", "very_high", 1), said("Long An", "low", 1)]
    autumn = [came("B", "Bình Dương", 12, 10), came("C", "Long An", 12, 10)]
    held = [{"person": "B", "kind": "centre", **time_columns(start=on_day(12, 10))}]
    found = lists(as_of="2021-10-20", arrivals=autumn, outbreaks=levels, isolations=held)
    centre, home = one(found, "B"), one(found, "C")
    assert (centre["quarantine"], centre["quarantine_last"], centre["watched_until"]) == (
        "running",
        "2021-10-25",
        "2021-11-08",
    )
    assert (home["quarantine"], home["quarantine_place"], home["quarantine_first"]) == ("due", "home", "2021-10-21")
    assert {"UBND Cà Mau, 11/10/2021"} == set(found.schedules["source"])
    early = one(lists(policy="vn-3468", as_of="2021-07-28", arrivals=[came("B", "Long An", 20, 7)]))
    assert pd.isna(early["quarantine_place"])
    silent = one(lists(policy="vn-3468", arrivals=[came("B", "Long An", 6)], outbreaks=levels))
    assert silent["level"] == "low" and silent["no_schedule"] == "tier"


def test_who_is_to_be_placed_stands_first_and_nobody_is_named_unless_asked() -> None:
    many = [came("B", "Bình Dương", 6), came("C", "Long An", 7), came("D", "Cần Thơ", 8), came("D", "Long An", 2)]
    people = [{"person": p, "name": f"Tên {p}", "area": "32077"} for p in "ABCD"]
    found = lists(as_of="2021-08-15", persons=people, arrivals=many, outbreaks=LEVELS)
    assert found.arrivals["person"].tolist() == ["B", "C", "D"]
    assert "Tên" not in found.arrivals.to_csv() and not {"name", "phone", "hamlet"} & set(found.arrivals.columns)
    assert one(lists(persons=people, arrivals=many, show_names=True))["name"] == "Tên B"
    assert [len(part.arrivals) for _, _, part in found.split()] == [3]
    assert found.to_dict()["arrivals"][0]["person"] == "B"


def test_names_of_units_in_one_spelling() -> None:
    assert unit_names("Q.8, TP. HCM") == unit_names("quận 8 - Thành phố Hồ Chí Minh") == {"quan 8", "ho chi minh"}
    assert unit_names("Bà Rịa - Vũng Tàu") == {"ba ria", "vung tau"}
    assert unit_names("TRẠI GIAM CÁI TÀU, Phân trại 1") == {"trai giam cai tau", "phan trai 1"}
    assert unit_names(" – ") == frozenset()
