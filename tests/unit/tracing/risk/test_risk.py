"""The risk score: what raises it, what lowers it, its size, and which of its numbers are not verified."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tracing.model.contactgraph import build_contact_graph
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.risk.parameters import RiskParameters
from tracing.risk.score import (
    Risk,
    infectiousness_around_onset,
    infectiousness_since_infection,
    score_risk,
)
from tracing.tiers.tiers import trace_tiers
from tracing.times import parse_iso

# Every number that nobody has checked against its source, by name. Whoever checks one takes it off this list.
UNVERIFIED = [
    "saturation_hours",
    "hours_per_day.care",
    "hours_per_day.household",
    "hours_per_day.other",
    "hours_per_day.school",
    "hours_per_day.social",
    "hours_per_day.transport",
    "hours_per_day.work",
    "layers.care",
    "layers.other",
    "layers.social",
    "layers.transport",
    "onset_shape",
    "onset_rate",
    "onset_shift",
    "generation_shape",
    "generation_scale",
    "mean_days",
    "weakest",
    "onset_to_sample",
    "undecided",
    "outdoors",
    "protected",
    "sensitivity.00",
    "sensitivity.01",
    "sensitivity.04",
    "sensitivity.05",
    "sensitivity.08",
    "sensitivity.21",
    "antigen",
    "detected_share",
    "detection_delay",
    "active_days",
    "active_shape",
    "undated_days",
]


def span(name: str, text: str | None) -> dict[str, object]:
    first, last = (None, None) if text is None else parse_iso(text)
    return {name: first, f"{name}_to": last}


def contact(a: str, b: str, day: str = "2021-07-03", kind: str = "household", **more: object) -> dict[str, object]:
    return {"person_a": a, "person_b": b, **span("start", day), "kind": kind, **more}


def score(contacts: list[dict[str, object]], *, as_of: str = "2021-07-08", **tables: list[dict[str, object]]) -> Risk:
    cases = [{"person": "case", **span("onset", "2021-07-04"), **span("sample", "2021-07-06")}]
    tables = {"cases": cases, "contacts": contacts} | tables
    records = Records.build({name: pd.DataFrame(rows) for name, rows in tables.items()})
    return score_risk(trace_tiers(build_contact_graph(records), policy=load_policy("vn-3638"), as_of=as_of))


def of(risk: Risk, person: str, column: str = "probability") -> float:
    return float(risk.table.set_index("person").loc[person, column])


def test_size_is_that_of_published_secondary_attack_rates():
    parts = [contact("case", "home", day, minutes=480) for day in ("2021-07-02", "2021-07-03", "2021-07-04")]
    risk = score(
        [
            *parts,
            contact("case", "desk", kind="work", minutes=480),
            contact("case", "bus", kind="transport", minutes=60),
        ]
    )
    assert 0.05 < of(risk, "home", "infected") < 0.25
    assert 0.003 < of(risk, "desk", "infected") < 0.03
    assert of(risk, "bus", "infected") < 0.005


def test_layers_have_covasims_ratios_for_a_day():
    p = RiskParameters()
    s = p.saturation_hours.value
    per_day = {k: s * np.log1p(p.hours_per_day[k].value / s) * p.layers[k].value for k in p.layers}
    ratios = [3 * per_day[k] / per_day["household"] for k in ("school", "work", "other")]
    assert ratios == pytest.approx([0.6, 0.6, 0.3], rel=0.02)


def test_timing_is_normalised_and_44_percent_lies_before_onset():
    p, grid = RiskParameters(), np.linspace(-12, 25, 3701)
    around = infectiousness_around_onset(grid[:-1], grid[1:], p) * np.diff(grid) / p.mean_days.value
    assert around.sum() == pytest.approx(1, abs=1e-3)
    assert around[grid[1:] <= 0].sum() == pytest.approx(0.442, abs=0.002)
    since = infectiousness_since_infection(grid[:-1], grid[1:], p) * np.diff(grid) / p.mean_days.value
    assert (since * grid[:-1]).sum() == pytest.approx(5.0, abs=0.1)


def test_more_time_more_cases_and_nearness_raise_it():
    cases = [{"person": c, **span("onset", "2021-07-04"), **span("sample", "2021-07-06")} for c in ("case", "case2")]
    risk = score(
        [
            contact("case", "long", kind="social", minutes=300),
            contact("case", "short", kind="social", minutes=20),
            contact("case", "both", kind="social", minutes=20),
            contact("case2", "both", kind="social", minutes=20),
            contact("case", "far", kind="social", minutes=20, distance_m=1.9),
            contact("case", "open", kind="social", minutes=20, closed_space=False),
        ],
        cases=cases,
    )
    assert of(risk, "long") > of(risk, "both") > of(risk, "short") > of(risk, "far")
    assert of(risk, "open") < of(risk, "short")


def test_negative_tests_lower_it_and_early_ones_hardly():
    contacts = [contact("case", p) for p in ("none", "early", "late", "antigen", "twice")]

    def negative(person: str, day: str, method: str = "pcr") -> dict[str, object]:
        return {"person": person, **span("sample", day), "result": "negative", "method": method}

    tests = [
        negative("early", "2021-07-04"),
        negative("late", "2021-07-11"),
        negative("antigen", "2021-07-11", "antigen"),
        negative("twice", "2021-07-08"),
        negative("twice", "2021-07-11"),
    ]
    risk = score(contacts, tests=tests, as_of="2021-07-12")
    assert of(risk, "none") == pytest.approx(of(risk, "early"), rel=0.02)
    assert of(risk, "none") > of(risk, "antigen") > of(risk, "late") > of(risk, "twice") > 0
    assert of(risk, "twice", "negative_tests") == 2


def test_a_test_after_the_day_asked_for_is_not_used():
    tests = [{"person": "one", **span("sample", "2021-07-11"), "result": "negative", "method": "pcr"}]
    before, without = score([contact("case", "one")], tests=tests), score([contact("case", "one")])
    assert of(before, "one") == of(without, "one")


def test_old_infections_end():
    contacts = [contact("case", "one")]
    first, later, long_after = (of(score(contacts, as_of=d), "one") for d in ("2021-07-08", "2021-07-20", "2021-09-01"))
    assert first > later > long_after
    assert long_after < 1e-6


def test_second_tier_is_the_parents_probability_times_the_hazard():
    risk = score([contact("case", "f1", "2021-07-02"), contact("f1", "f2", "2021-07-07")])
    assert 0 < of(risk, "f2") < of(risk, "f1") * 0.2
    row = risk.table.set_index("person").loc["f2"]
    assert (row["parent"], row["case"], row["kind"], row["tier"]) == ("f1", "case", "household", 2)


def test_isolated_people_count_and_are_flagged():
    isolations = [{"person": "one", **span("start", "2021-07-05"), "kind": "home"}]
    risk = score([contact("case", "one"), contact("case", "two")], isolations=isolations)
    assert of(risk, "one") == of(risk, "two")
    assert risk.table.set_index("person")["isolated"].fillna("").to_dict() == {"one": "home", "two": ""}


def test_cases_are_not_counted_and_order_does_not_matter():
    contacts = [contact("case", p, kind=k) for p in ("a", "b", "c") for k in ("work", "social")]
    one, two = score(contacts), score(contacts[::-1])
    assert "case" not in set(one.table["person"])
    pd.testing.assert_frame_equal(one.table, two.table)


@pytest.mark.parametrize("contacts", [[], [{"person_a": "case", "person_b": "x", "kind": None}]])
def test_nothing_or_an_undated_contact_is_no_error(contacts):
    risk = score(contacts)
    assert np.isfinite(risk.table["probability"]).all()
    assert 0 <= risk.expected < 1


def test_a_case_without_any_date_is_no_error():
    risk = score([contact("case", "one")], cases=[{"person": "case"}])
    assert 0 < of(risk, "one") < 0.3


def test_every_number_says_where_it_is_from_and_the_unverified_are_known():
    parameters = RiskParameters()
    assert sorted(name for name, _ in parameters.unverified()) == sorted(UNVERIFIED)
    assert all(item.unit and item.source for _, item in parameters.unverified())
