"""The policies that come with the software: complete, sourced, dated, and open about what nobody checked."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from itertools import combinations, pairwise

import pytest

from tracing.errors import NothingFound, UsageError
from tracing.lists.quarantine import Contact, choose_schedule
from tracing.model.schema import CONTACT_KINDS
from tracing.policy.disease import families_for
from tracing.policy.model import Quantity
from tracing.policy.shipped import DEFAULT_POLICY, list_policies, load_policy, policy_for_date

POLICIES = (
    "cdc-2020",
    "ebola",
    "ebola-ring",
    "ecdc-2020",
    "measles",
    "vn-11042",
    "vn-1909",
    "vn-3468",
    "vn-3468-hcm",
    "vn-3638",
    "vn-963",
    "who-2020",
    "who-2022",
)

# What is ours in each rule (the lengths of stay are counted apart). A change of this list must be meant.
UNVERIFIED = {
    "cdc-2020": {
        "window.latent",
        "co_present",
        "quarantine[4].doses",
        "quarantine[4].monitoring_days",
        "quarantine[5].doses",
    },
    "ebola": {"window.latent"},
    "ebola-ring": {"window.latent"},
    "ecdc-2020": {
        "window.latent",
        "clauses[ECDC high-risk-a].cumulative_hours",
        "clauses[ECDC high-risk-b].cumulative_hours",
    },
    "measles": {"window.latent"},
    "vn-11042": {
        "window.latent",
        "clauses[11042 F1-b].minutes.one",
        "clauses[11042 F1-c].minutes.one",
        "deepest_tier",
    },
    "vn-1909": {
        "window.latent",
        "clauses[1909 F1-b].minutes.one",
        "clauses[1909 F1-c].minutes.one",
        "deepest_tier",
        "window.closings[1]",
    },
    "vn-3468": set(),
    "vn-3468-hcm": {"quarantine[2].monitoring_days"},
    "vn-3638": {
        "window.asymptomatic.before",
        "window.source_known",
        "definitions[3638 F0]",
        *(f"quarantine[{n}]{part}" for n in (4, 5) for part in ("", ".days", ".monitoring_days")),
        "quarantine[4].cases_within",
        "quarantine[6].cases_within",
    },
    "vn-963": {
        "window.symptomatic.before",
        "window.asymptomatic.before",
        "window.latent",
        "linger",
        "clauses[3468 F1]",
        "clauses[3468 F1].distance_max",
        "clauses[3468 F1-touch]",
        "deepest_tier",
        "co_present",
        "window.closings[1]",
        "window.source_finding",
    },
    "who-2020": {"window.latent", "co_present"},
    "who-2022": {"window.latent", "co_present"},
}


def test_the_policies_that_ship() -> None:
    assert list_policies() == POLICIES
    assert DEFAULT_POLICY == "auto"


def test_auto_is_the_vietnamese_rule_of_a_day() -> None:
    assert load_policy("auto", day="2021-07-29").id == load_policy(day=date(2021, 7, 29)).id == "vn-3468"
    assert load_policy(day="2021-08-08").id == "vn-3638"
    with pytest.raises(UsageError) as error:
        load_policy()
    assert "day" in error.value.text("en") and "ngày" in error.value.text("vi")


@pytest.mark.parametrize(
    ("word", "families"),
    [
        ("CORONAVIRUS", ("vn", "who", "cdc", "ecdc")),
        ("Covid-19", ("vn", "who", "cdc", "ecdc")),
        ("LNG_REFERENCE_DATA_CATEGORY_DISEASE_2019_N_COV", ("vn", "who", "cdc", "ecdc")),
        ("EVD", ("ebola",)),
        ("Ebola virus disease", ("ebola",)),
        ("Sởi", ("measles",)),
        ("MERS-CoV", ()),
        ("varicella", ()),
        ("sốt xuất huyết", ()),
        ("có", None),
        ("đái tháo đường", None),
    ],
)
def test_diseases_by_the_words_of_lists_and_tools(word: str, families: tuple[str, ...] | None) -> None:
    assert families_for(word) == families


@pytest.mark.parametrize("policy_id", POLICIES)
def test_file_is_a_policy(policy_id: str) -> None:
    policy = load_policy(policy_id)
    assert policy.id == policy_id
    assert policy.document
    assert policy == load_policy(policy_id)
    assert len({clause.id for clause in policy.clauses}) == len(policy.clauses)
    for text in (policy.title, policy.disease, *(clause.text for clause in policy.clauses), *policy.notes):
        assert text.vi.strip() and text.en.strip()
    for stay in policy.stays.values():
        assert policy.linger.seconds + stay.seconds <= 86_400


@pytest.mark.parametrize("policy_id", POLICIES)
def test_every_number_has_unit_source_and_grade(policy_id: str) -> None:
    raw = tomllib.loads((files("tracing.policy") / f"{policy_id}.toml").read_text(encoding="utf-8"))

    def bare_numbers(node: object, field: str) -> list[str]:
        if isinstance(node, dict):
            if "value" in node:
                return [] if {"unit", "source", "grade"} <= set(node) else [field]
            return [bad for key, part in node.items() for bad in bare_numbers(part, f"{field}.{key}")]
        if isinstance(node, list):
            return [bad for part in node for bad in bare_numbers(part, field)]
        # A tier's number names the contacts a quarantine is for, test days are days of its own (sourced) schedule.
        number = isinstance(node, int | float) and not isinstance(node, bool)
        return [field] if number and not field.endswith((".tier", ".test_days", ".monitoring_tests")) else []

    assert bare_numbers(raw, policy_id) == []
    for name, item in load_policy(policy_id).sourced():
        assert item.source.strip(), name
        assert item.verified == (item.grade in ("primary", "quoted")), name
        assert not isinstance(item, Quantity) or item.unit, name


@pytest.mark.parametrize("policy_id", POLICIES)
def test_unverified_fields_are_the_known_ones(policy_id: str) -> None:
    policy = load_policy(policy_id)
    assert {name for name, _ in policy.unverified()} == UNVERIFIED[policy_id]
    assert policy.assumed_stays() == len(policy.stays) == 20


def test_decision_3638_as_read() -> None:
    policy = load_policy("vn-3638")
    assert policy.window.symptomatic.before.seconds == 3 * 86_400
    assert policy.window.symptomatic.after is None
    assert policy.window.asymptomatic is not None
    assert policy.window.asymptomatic.before.seconds == 14 * 86_400
    assert policy.window.end_events == ("isolation",)
    assert policy.window.latent.seconds == 0
    assert policy.depth == 3
    assert policy.clause("3638 II.1.3-a").distance_max == Quantity(2.0, "m", "3638/QĐ-BYT II.1.3", grade="quoted")
    # Duration is never asked, and no setting but the household and a vehicle qualifies by its name.
    assert all(clause.minutes is None for clause in policy.clauses)
    assert {kind for clause in policy.clauses for kind in clause.kinds} == {"household", "transport"}
    with pytest.raises(KeyError):
        policy.clause("3638 IX")


def test_each_rule_has_what_is_special_about_it() -> None:
    by_id = {policy_id: load_policy(policy_id) for policy_id in POLICIES}
    for policy_id, metres in (("vn-11042", 2), ("vn-1909", 1)):
        policy = by_id[policy_id]
        prefix = policy_id.removeprefix("vn-")
        near = policy.clause(f"{prefix} F1-b")
        assert near.distance_max is not None and near.distance_max.value == metres
        assert near.minutes is not None
        states = (near.minutes.both, near.minutes.one, near.minutes.none)
        assert [state and state.value for state in states] == [15, 0, 0]
        assert policy.window.end_ct_above is not None and policy.window.end_ct_above.value == 30
        assert "negative_test" in policy.window.end_events
        assert not any(clause.kinds == ("household",) for clause in policy.clauses)
    assert by_id["measles"].linger.seconds == 2 * 3600
    assert by_id["measles"].immune_excluded
    assert [policy_id for policy_id in POLICIES if by_id[policy_id].immune_excluded] == ["measles"]
    assert by_id["measles"].window.asymptomatic is None
    assert by_id["measles"].co_present is None
    assert by_id["ebola"].window.symptomatic.before.value == 0
    afters = {
        p: [
            rule and rule.after and rule.after.value for rule in (policy.window.symptomatic, policy.window.asymptomatic)
        ]
        for p, policy in by_id.items()
    }
    assert (afters["who-2020"], afters["who-2022"], afters["ecdc-2020"]) == ([14, 14], [13, 10], [14, 14])
    (cdc,) = by_id["cdc-2020"].clauses
    assert cdc.cumulative_hours is not None and cdc.cumulative_hours.seconds == 24 * 3600
    seats = by_id["ecdc-2020"].clause("ECDC high-risk-e")
    assert seats.seat_rows is not None and seats.place_kinds == ("flight",)
    depths = {policy_id: by_id[policy_id].depth for policy_id in POLICIES}
    assert depths.pop("ebola-ring") == 2
    assert depths == {policy_id: 3 if policy_id.startswith("vn-") else 1 for policy_id in depths}
    care = by_id["ebola"].clause("Ebola care")
    assert care.kinds == ("care",) and care.protected is None
    assert [(p.within.seconds, p.grade) for p in by_id["measles"].prophylaxis] == [
        (72 * 3600, "primary"),
        (6 * 86_400, "primary"),
    ]
    assert [d.id for d in by_id["vn-1909"].definitions] == ["1909 F0-a", "1909 F0-b", "1909 F0-c"]


def test_a_rule_whose_text_was_not_found_borrows_and_says_so() -> None:
    own, later = load_policy("vn-963"), load_policy("vn-3468")
    assert [clause.id for clause in own.clauses] == [clause.id for clause in later.clauses]
    assert own.window.symptomatic.before.value == later.window.symptomatic.before.value
    assert {item.grade for name, item in own.rule_items() if not name.startswith("quarantine")} == {"ours"}
    assert own.digest != later.digest


def test_clauses_use_known_kinds() -> None:
    for policy_id in POLICIES:
        for clause in load_policy(policy_id).clauses:
            assert set(clause.kinds) <= set(CONTACT_KINDS)


def test_quarantine_rules_of_a_status_do_not_overlap() -> None:
    for policy_id in POLICIES:
        rules = [rule for rule in load_policy(policy_id).quarantine if not rule.alternative]
        for a, b in combinations(rules, 2):
            if (a.group, a.tier, a.f1_class, a.vaccinated, a.place) == (
                b.group,
                b.tier,
                b.f1_class,
                b.vaccinated,
                b.place,
            ):
                first, second = sorted((a, b), key=lambda rule: rule.valid_from or date.min)
                assert (first.valid_to or date.max) < (second.valid_from or date.min), policy_id


def test_every_contact_of_the_vietnamese_series_has_a_schedule() -> None:
    vietnamese = [policy for policy in map(load_policy, POLICIES) if policy.family == "vn"]
    spans = [(rule.valid_from, rule.valid_to) for policy in vietnamese for rule in (policy, *policy.quarantine)]
    edges = {day for first, last in spans for day in (first, last, last and last + timedelta(days=1)) if day}
    for day in sorted(day for day in edges if day <= date(2023, 10, 19)):
        policy = policy_for_date(day)
        for doses in (None, 0, 2):
            assert choose_schedule(policy, Contact(1, exposed=day, doses=doses), today=day) is not None, day


@pytest.mark.parametrize(
    ("day", "policy_id"),
    [
        ("2020-03-18", "vn-963"),
        ("2020-08-06", "vn-963"),
        ("2020-08-07", "vn-3468"),
        ("2021-07-29", "vn-3468"),
        ("2021-07-30", "vn-3638"),
        ("2021-12-28", "vn-3638"),
        ("2021-12-29", "vn-11042"),
        ("2022-04-14", "vn-11042"),
        ("2022-04-15", "vn-1909"),
        ("2023-10-19", "vn-1909"),
    ],
)
def test_rule_in_force_on_a_day(day: str, policy_id: str) -> None:
    assert policy_for_date(day).id == policy_id
    assert policy_for_date(date.fromisoformat(day)).id == policy_id


def test_vietnamese_rules_leave_no_gap_and_no_overlap() -> None:
    national = [policy for policy in map(load_policy, POLICIES) if policy.family == "vn"]
    rules = sorted(national, key=lambda p: p.valid_from or date.min)
    for earlier, later in pairwise(rules):
        assert earlier.valid_to is not None and later.valid_from == earlier.valid_to + timedelta(days=1)


def test_no_rule_in_force() -> None:
    with pytest.raises(NothingFound) as early:
        policy_for_date("2020-03-17")
    assert "vn-963" in early.value.text("en") and "vn-963" in early.value.text("vi")
    with pytest.raises(NothingFound, match="vn-1909"):
        policy_for_date("2025-05-01")
    with pytest.raises(NothingFound) as late:
        policy_for_date("2022-08-01", family="who")
    assert "who-2022" in late.value.text()
    with pytest.raises(NothingFound, match="family"):
        policy_for_date("2021-08-01", family="martian")
    assert policy_for_date("1999-01-01", family="measles").id == "measles"
    with pytest.raises(UsageError):
        policy_for_date("1/8/2021")


def test_unknown_policy_names_the_nearest() -> None:
    with pytest.raises(NothingFound) as error:
        load_policy("vn-3683")
    assert "vn-3638" in error.value.text("en") and "vn-3638" in error.value.text("vi")
    with pytest.raises(NothingFound):
        load_policy("../policies/vn-3638")
