"""Records in which everybody stands once; those on file stay as they came."""

from __future__ import annotations

import json

import pandas as pd

from tracing.identity.unite import other_years, unite
from tracing.model.contactgraph import build_contact_graph
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers
from tracing.times import day_span, parse_iso

GROUP = [("BN1", "K1")]


def records() -> Records:
    def days(*texts: str) -> dict[str, list[int]]:
        return {"start": [parse_iso(t)[0] for t in texts], "start_to": [parse_iso(t)[1] for t in texts]}

    return Records.build(
        {
            "persons": pd.DataFrame(
                {
                    "person": ["BN1", "K1", "K2", "K3"],
                    "name": ["Lê Văn Tám", "LE VAN TAM", "Trần A", "Võ B"],
                    "birth_year": pd.array([1980, 1981, 1990, 1991], dtype="Int64"),
                    "phone": ["0912345679", "0912345679; 0987654321", None, None],
                    "occupation": [None, "Trader", None, None],
                }
            ),
            "cases": pd.DataFrame({"person": ["BN1", "BN9"], **_onset("2021-07-08", "2021-07-02")}),
            "contacts": pd.DataFrame(
                {
                    "person_a": ["BN9", "K1", "BN1", "BN1"],
                    "person_b": ["K1", "K2", "K3", "K1"],
                    "time_kind": "sometime",
                    "kind": "household",
                    "physical": True,
                    **days("2021-07-02", "2021-07-07", "2021-07-07", "2021-07-07"),
                }
            ).assign(end=lambda t: t["start"], end_to=lambda t: t["start_to"]),
        }
    )


def _onset(*texts: str) -> dict[str, list[int]]:
    from datetime import date

    spans = [day_span(date.fromisoformat(text)) for text in texts]
    return {"onset": [a for a, _ in spans], "onset_to": [b for _, b in spans]}


def test_nobody_twice_is_the_same_object() -> None:
    given = records()
    assert unite(given, []) is given
    assert unite(given, [("BN1", "nobody"), ("x", "y")]) is given


def test_facts_are_put_together_and_contradictions_are_kept() -> None:
    given = records()
    before = given.content_hash()
    person = unite(given, GROUP).persons.set_index("person").loc["BN1"]
    assert given.content_hash() == before
    assert person["name"] == "Lê Văn Tám"
    assert person["phone"] == "0912345679; 0987654321"
    assert person["occupation"] == "Trader"
    assert json.loads(person["attributes"]) == {"birth_year": 1981, "name": "LE VAN TAM"}


def test_a_contact_who_became_a_case_is_one_person_and_their_contacts_come_together() -> None:
    policy = load_policy("vn-3638")

    def tiers(given: Records) -> dict[str, int]:
        traced = trace_tiers(build_contact_graph(given), policy=policy, as_of="2021-07-12").table
        return dict(zip(traced["person"], traced["tier_possible"], strict=True))

    apart = tiers(records())
    assert apart["K1"] == 1 and apart["BN1"] == 0 and apart["K2"] == 2
    assert tiers(unite(records(), GROUP)) == {"BN1": 0, "BN9": 0, "K2": 1, "K3": 1}


def test_nobody_meets_themselves_and_one_meeting_told_twice_counts_once() -> None:
    given = records()
    twice = given.contacts[given.contacts["person_a"] == "BN9"].assign(person_a="BN1", person_b="BN9", contact="again")
    told = Records.build({**given.tables, "contacts": pd.concat([given.contacts, twice])})
    contacts = unite(told, GROUP).contacts
    assert sorted(zip(contacts["person_a"], contacts["person_b"], strict=True)) == [
        ("BN1", "BN9"),
        ("BN1", "K2"),
        ("BN1", "K3"),
    ]


def test_two_days_of_onset_become_the_span_that_holds_both() -> None:
    given = records()
    second = pd.DataFrame({"person": ["K1"], "status": ["suspected"], **_onset("2021-07-05")})
    told = Records.build({**given.tables, "cases": pd.concat([given.cases, second])})
    case = unite(told, GROUP).cases.set_index("person").loc["K1"]
    assert (case["onset"], case["onset_to"]) == (parse_iso("2021-07-05")[0], parse_iso("2021-07-08")[1])
    assert case["status"] == "confirmed"


def test_a_person_is_called_by_the_full_name_with_its_accents() -> None:
    names = {"a": "Bé Huy (con chị Thoa)", "b": "VO GIA HUY", "c": "Võ Gia Huy", "d": "con chị Thoa"}
    names |= {"0": "V. G. Huy", "1": "anh Võ Gia Huy", "2": "Võ Gia Huy (Huy Còi)"}
    told = Records.build({"persons": pd.DataFrame([{"person": who, "name": name} for who, name in names.items()])})
    (person,) = unite(told, [tuple(names)]).persons.to_dict("records")
    assert person["name"] == "Võ Gia Huy" and "VO GIA HUY" in person["attributes"]


def test_a_name_in_small_letters_comes_before_one_in_capitals() -> None:
    whole = records()
    persons = whole.persons.assign(name=pd.array(["LÊ VĂN TÁM", "Lê Văn Tám", None, None], dtype="string"))
    united = unite(Records({**whole.tables, "persons": persons}, whole.zone), GROUP)
    assert united.persons.set_index("person").loc["BN1", "name"] == "Lê Văn Tám"


def test_the_other_years_of_birth_are_told_of_those_of_whom_lists_give_several() -> None:
    assert other_years(records().columns("persons")) == {}
    assert other_years(unite(records(), GROUP).columns("persons")) == {"BN1": "1981"}
