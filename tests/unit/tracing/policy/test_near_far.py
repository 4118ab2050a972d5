"""Near and far F1 of Hồ Chí Minh City (HCDC, QA 4038): the class is the clause's, and changes the quarantine only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from outbreaks import at, day, policies, seeded_outbreaks
from told import case, contact, tiers, trace, visit

from cli.main import run
from tracing import build_contact_graph, explain, make_lists, suggest_zones, trace_chains, trace_tiers
from tracing.errors import InputError
from tracing.policy.shipped import load_policy, parse_policy, policy_for_date
from tracing.report.page import write_report
from tracing.tiers.tiers import Tiers

HCM = load_policy("vn-3468-hcm")
OFFICE = {"place": "o", "kind": "office"}
UP_TO = day(9)[1]


def traced(*contacts: dict[str, object], **tables: object) -> Tiers:
    rows = {"cases": [case("f0", day(8))], "contacts": list(contacts)} | tables
    return trace(HCM, as_of=UP_TO, **rows)


def classes(found: Tiers) -> dict[str, str | None]:
    rows = found.table.astype(object).to_dict("records")
    return {row["person"]: row["f1_class"] if isinstance(row["f1_class"], str) else None for row in rows}


def office(name: str, person: str, **facts: object) -> dict[str, object]:
    return contact(name, "f0", person, at(7, 9), kind="work", place="o", physical=False, **facts)


def test_the_class_is_that_of_the_clause_and_the_nearest_counts() -> None:
    found = traced(
        office("c1", "near", distance_m=1.0),
        office("c2", "far", distance_m=5.0),
        office("c3", "unknown", distance_m=None),
        office("c4", "both", distance_m=5.0),
        contact("c5", "f0", "both", at(7, 20)),
        contact("c6", "f0", "home", at(7, 20), distance_m=None, kind="household", physical=False),
        contact("c7", "f0", "apart", at(7, 20), distance_m=5.0, kind="household"),
        places=[OFFICE],
    )
    told = {"f0": None, "near": "near", "far": "far", "unknown": "undecided", "both": "near", "home": "near"}
    assert classes(found) == told
    assert tiers(found)["far"] == tiers(found)["unknown"] == (1, 1) and tiers(found)["home"] == (1, None)
    rows = found.parents.set_index("contact")
    assert rows.loc["c2", ["clause", "f1_class"]].tolist() == ["HCDC F1-far", "far"]
    assert trace(cases=[case("f0", day(8))], contacts=[contact("c", "f0", "a", day(7))]).table["f1_class"].isna().all()


def test_at_work_at_no_recorded_place_may_be_the_same_building() -> None:
    """What is not known never fails: it may have been an office; a contact at home was in none."""
    found = traced(contact("c1", "f0", "a", at(7, 9), kind="work", distance_m=5.0))
    assert (tiers(found)["a"], classes(found)["a"]) == ((1, None), "far")
    assert "a" not in tiers(traced(contact("c1", "f0", "a", at(7, 9), kind="household", distance_m=5.0)))


def test_visits_to_one_office_make_an_f1_whose_class_is_not_known() -> None:
    visits = [visit(n, p, "o", at(7, 9), at(7, 11)) for n, p in (("v1", "f0"), ("v2", "a"))]
    found = trace(HCM, as_of=UP_TO, cases=[case("f0", day(8))], visits=visits, places=[OFFICE])
    assert tiers(found)["a"] == (1, 1) and classes(found)["a"] == "undecided"


def test_a_far_f1_exposes_others_as_a_near_one_does() -> None:
    found = traced(office("c1", "far", distance_m=5.0), contact("c2", "far", "b", at(8, 9)), places=[OFFICE])
    assert tiers(found)["b"] == (2, 2) and classes(found)["b"] is None


def test_the_class_changes_no_tier() -> None:
    records = build_contact_graph(seeded_outbreaks(range(40)))
    for policy in (HCM, policies()["classes"]):
        plain = replace(policy, clauses=tuple(replace(clause, f1_class="near") for clause in policy.clauses))
        one, two = (trace_tiers(records, policy=rule, as_of=UP_TO) for rule in (policy, plain))
        assert one.table["f1_class"].notna().any() and two.table["f1_class"].isna().all()
        assert one.table.drop(columns="f1_class").equals(two.table.drop(columns="f1_class"))
        assert one.parents.drop(columns="f1_class").equals(two.parents.drop(columns="f1_class"))


def test_quarantine_is_that_of_the_class_and_of_near_where_it_is_not_known() -> None:
    found = traced(
        office("c1", "near", distance_m=1.0),
        office("c2", "far", distance_m=5.0),
        office("c3", "unknown", distance_m=None),
        places=[OFFICE],
    )
    rows = make_lists(found).table.set_index("person")
    shown = rows[["quarantine_place", "quarantine_last"]].astype(object)
    assert shown.loc["far"].tolist() == ["home", "2021-07-21"]
    assert shown.loc["near"].tolist() == shown.loc["unknown"].tolist() == ["centre", "2021-07-28"]
    assert rows.loc["unknown", "doubts"] == "f1_class" and "gần hay F1 xa" in make_lists(found).doubts_of(
        "f1_class", "vi"
    )


def test_why_and_the_report_say_the_class() -> None:
    found = traced(office("c1", "near", distance_m=1.0), office("c2", "far", distance_m=5.0), places=[OFFICE])
    evidence = explain(found, "far")
    assert evidence.to_dict()["f1_class"] == "far"
    assert "class of F1 by vn-3468-hcm: far; it changes the quarantine only" in evidence.text()
    assert "loại F1 theo vn-3468-hcm: xa" in evidence.text("vi")
    page = write_report(found, trace_chains(found.graph, tiers=found), suggest_zones(found), lang="en")
    assert "F1 by class: near: 1; far: 1." in page
    assert (
        "class"
        not in explain(trace(cases=[case("f0", day(8))], contacts=[contact("c", "f0", "a", day(7))]), "a").text()
    )


def test_the_rule_is_never_chosen_by_date_and_says_its_classes() -> None:
    assert policy_for_date("2021-06-15").id == "vn-3468"
    assert HCM.has_classes and not load_policy("vn-3468").has_classes


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('f1_class = "far"\ntext', 'f1_class = "farther"\ntext', "clauses[HCDC F1-far].f1_class"),
        ('f1_class = "far"\ntext', "text", "needs a clause with"),
        ('tier = 1\nf1_class = "near"', 'tier = 2\nf1_class = "near"', "goes with tier = 1"),
    ],
)
def test_a_wrong_class_is_told(old: str, new: str, told: str) -> None:
    text = (Path(parse_policy.__code__.co_filename).parent / "vn-3468-hcm.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(InputError) as error:
        parse_policy(text.replace(old, new), name="mine")
    assert told in error.value.text("en")


def test_commands_say_the_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cases.csv").write_text("person,onset\nC1,2021-07-08\n", encoding="utf-8")
    Path("places.csv").write_text("place,name,kind\nO,Tòa nhà,office\n", encoding="utf-8")
    Path("contacts.csv").write_text(
        "person_a,person_b,start,end,place,distance_m,physical\n"
        "C1,N,2021-07-07T09:00,2021-07-07T10:00,O,1,\nC1,F,2021-07-07T09:00,2021-07-07T10:00,O,5,no\n",
        encoding="utf-8",
    )
    assert run(["load", "cases.csv", "places.csv", "contacts.csv", "--create-people", "-q", "--lang", "en"]) == 0

    def said(*call: str) -> str:
        capsys.readouterr()
        assert run([*call, "--lang", "en"]) == 0
        return capsys.readouterr().out

    rule = ("--policy", "vn-3468-hcm", "--as-of", "2021-07-09")
    assert "F1 by class: near: 1; far: 1." in said("tiers", *rule)
    assert "F1 certain, far" in said("tiers", *rule, "--list")
    assert '"f1_class": "far"' in said("tiers", *rule, "--json")
    said("export", *rule, "--out", "lists.csv")
    assert ",far," in Path("lists.csv").read_text(encoding="utf-8-sig")
    shown = said("policies", "show", "vn-3468-hcm")
    assert "makes a far F1" in shown and "F1 far: 14 days at home, tests on day 1, 5, 14" in shown
    compared = said("policies", "compare", "vn-3468", "vn-3468-hcm")
    assert "makes a far F1" in compared and "F1 near: 21 days in a centre" in compared
