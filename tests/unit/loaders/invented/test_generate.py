"""The synthetic province: valid records that hang together, and a truth that explains them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from loaders.invented.province import Province, default_cases, generate_province
from loaders.units.gazetteer import Gazetteer
from tracing.errors import UsageError
from tracing.model.records import Records
from tracing.model.schema import CONTACT_KINDS, TABLES
from tracing.times import DAY, day_span


@pytest.fixture(scope="module")
def province() -> Province:
    return generate_province(people=3000, seed=2021, contacts_per_person=3.0)


@pytest.fixture(scope="module")
def records(province: Province) -> Records:
    return province.records


def test_sizes(records: Records) -> None:
    assert len(records.persons) == 3000
    assert len(records.contacts) == 9000
    assert len(records.cases) == default_cases(3000) == 60
    for table in ("visits", "places", "areas", "tests", "isolations", "arrivals", "links"):
        assert len(records[table]) > 0


def test_every_reference_is_on_record(records: Records) -> None:
    for table in TABLES.values():
        for column in table:
            if column.refers_to is not None:
                key = "area" if column.refers_to == "areas" else TABLES[column.refers_to].key
                known = set(records[column.refers_to][key])
                assert set(records[table.name][column.name].dropna()) <= known, (table.name, column.name)


def test_choices_and_spans(records: Records) -> None:
    for table in TABLES.values():
        frame = records[table.name]
        for column in table:
            if column.choices:
                assert set(frame[column.name].dropna()) <= set(column.choices)
            if column.kind == "time":
                length = (frame[f"{column.name}_to"] - frame[column.name]).dropna()
                assert set(length) <= {0, DAY}
    for name in ("contacts", "visits", "isolations"):
        frame = records[name]
        both = frame[frame["end"].notna()]
        assert (both["end_to"] >= both["start"]).all()


def test_areas_are_nested_and_add_up(records: Records) -> None:
    areas = records.areas.set_index("area")
    assert set(areas["level"]) == {"province", "district", "commune", "hamlet", "group", "household"}
    for level, below in (
        ("province", "district"),
        ("district", "commune"),
        ("commune", "hamlet"),
        ("hamlet", "group"),
        ("group", "household"),
    ):
        lower = areas[areas["level"] == below].groupby("parent")[["population", "households"]].sum()
        upper = areas[areas["level"] == level][["population", "households"]]
        pd.testing.assert_frame_equal(lower.sort_index(), upper.sort_index(), check_names=False, check_dtype=False)
    assert areas.loc["96", "population"] == 3000
    hamlets = areas[areas["level"] == "hamlet"]["households"]
    assert hamlets.between(150, 260).all()
    assert areas[areas["level"] == "group"]["households"].between(20, 40).all()


def test_households_lie_near_their_commune(records: Records) -> None:
    units = Gazetteer.load().units(on=date(2021, 7, 1))
    areas = records.areas[records.areas["level"] == "household"]
    commune = units.loc[areas["area"].str.slice(0, 5)]
    north = (areas["lat"].to_numpy(float) - commune["lat"].to_numpy(float)) * 111
    east = (areas["lon"].to_numpy(float) - commune["lon"].to_numpy(float)) * 111
    assert (np.hypot(north, east) <= commune["inner_radius_km"].to_numpy(float) * 1.2).all()


def test_people_are_plain_inventions(records: Records) -> None:
    persons = records.persons
    assert persons["phone"].dropna().str.fullmatch(r"06\d{8}").all(), "06 is no Vietnamese mobile prefix"
    assert persons["national_id"].dropna().str.fullmatch(r"999\d{9}").all(), "999 is no province"
    assert persons["birth_year"].between(1920, 2021).all()
    dated = persons[persons["birth_date"].notna()]
    assert (dated["birth_date"].str.slice(0, 4).astype(int) == dated["birth_year"]).all()
    assert persons["household"].equals(persons["area"])


def test_contacts_are_incomplete_as_in_life(records: Records) -> None:
    contacts = records.contacts
    assert set(contacts["kind"]) == set(CONTACT_KINDS)
    assert (contacts["person_a"] < contacts["person_b"]).all()
    met = contacts[contacts["kind"] != "household"]
    assert 0.35 < (met["time_kind"] == "presence").mean() < 0.75
    for column in ("distance_m", "minutes", "closed_space", "mask_a", "physical", "reported_by"):
        assert 0.05 < contacts[column].isna().mean() < 1
    assert 0.05 < records.visits["end"].notna().mean() < 0.4


def test_nobody_meets_anybody_after_being_taken_away(province: Province, records: Records) -> None:
    away = records.cases[records.cases["isolated"].notna()].set_index("person")["isolated_to"]
    for side in ("person_a", "person_b"):
        until = records.contacts[side].map(away)
        assert not (records.contacts["start"] > until).fillna(False).any()


def test_truth_explains_the_cases(province: Province, records: Records) -> None:
    truth = province.truth
    assert truth["person"].is_unique
    assert set(records.cases["person"]) <= set(truth["person"])
    infected = truth.set_index("person")["infected_at"]
    generation = truth.set_index("person")["generation"]
    passed = truth[truth["infector"].notna()]
    assert (infected[passed["infector"]].to_numpy() < passed["infected_at"].to_numpy()).all()
    assert (generation[passed["infector"]].to_numpy() + 1 == passed["generation"].to_numpy()).all()
    assert (truth.loc[truth["infector"].isna(), "kind"] == "import").all()
    onset = records.cases[records.cases["onset"].notna()]
    assert (onset["onset_to"] > onset["person"].map(infected)).all()


def test_the_outbreak_is_lively(province: Province, records: Records) -> None:
    kinds = records.places.set_index("place")["kind"]
    at = province.truth["place"].map(kinds).value_counts()
    assert at["restaurant"] >= 5
    assert {"market", "factory"} <= set(at.index)
    assert province.truth["generation"].max() >= 3
    assert province.truth["kind"].value_counts()["household"] >= 20
    cases = records.cases
    assert set(cases["found_in"]) >= {"community", "quarantine", "home_isolation", "arrival"}
    assert 0.1 < cases["asymptomatic"].mean() < 0.5
    assert 0.3 < cases["source_known"].mean() < 0.8
    assert set(records.isolations["kind"]) == {"hospital", "centre", "home"}


def test_pools(records: Records) -> None:
    pooled = records.tests[records.tests["pool"].notna()]
    sizes = pooled.groupby("pool").agg(people=("person", "nunique"), results=("result", "nunique"))
    assert sizes["people"].max() == 5
    assert (sizes["results"] == 1).all()
    positive = pooled[pooled["result"] == "positive"]
    assert len(positive) > 0
    own = records.tests[records.tests["pool"].isna()]
    assert positive["person"].isin(own["person"]).mean() > 0.5


def test_case_codes_follow_confirmation(records: Records) -> None:
    cases = records.cases.sort_values("case_code")
    assert cases["confirmed"].sort_values().index[:1].tolist() == cases.index[:1].tolist()
    assert cases["case_code"].tolist() == [f"F0-{i:04d}" for i in range(1, 61)]


def test_same_seed_same_records_other_seed_other_records() -> None:
    def digest(seed: int) -> str:
        return generate_province(people=400, seed=seed).records.content_hash()

    assert digest(1) == digest(1)
    assert digest(1) != digest(2)


def test_language_of_places() -> None:
    english = generate_province(people=60, seed=1, language="en").records
    assert english.places["name"].str.contains("Market").any()
    assert "Pupil" in set(english.persons["occupation"])


def test_another_time(province: Province) -> None:
    later = generate_province(people=300, seed=3, start=date(2025, 8, 1), days=14).records
    begin = day_span(date(2025, 8, 1))[0]
    assert later.contacts["start"].min() >= begin
    assert later.last_instant() is not None
    assert later.contacts["end_to"].max() <= begin + 15 * DAY
    assert "32002" not in set(province.records.areas[province.records.areas["name"] == "Phường An Xuyên"]["area"])
    assert "district" not in set(later.areas["level"])


@pytest.mark.parametrize("people", [1, 2, 5, 9, 30])
def test_small_towns(people: int) -> None:
    province = generate_province(people=people, seed=7, cases=1)
    assert len(province.records.persons) == people
    assert len(province.records.cases) <= 1
    assert len(province.truth) >= 1


@pytest.mark.parametrize(
    "wrong",
    [{"people": 0}, {"seed": -1}, {"cases": 0}, {"cases": 11}, {"days": 0}, {"dirt": 1.5}, {"contacts_per_person": -1}],
)
def test_arguments_out_of_range(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        generate_province(**{"people": 10, "seed": 1, **wrong})
