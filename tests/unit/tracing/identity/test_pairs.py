"""Who may be one person: what is compared, what joins without asking, what is asked, what is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from identity_page import pairs_of
from identity_weights import FITTED_ON, doubled

from loaders.invented.duplicates import Doubled
from tracing.errors import InputError
from tracing.identity.compare import compare
from tracing.identity.facts import PersonFacts
from tracing.identity.fit import fit_weights, weights_text
from tracing.identity.pairs import Linkage, find_pairs
from tracing.identity.weights import COUNTED_ON, parse_weights, shipped_weights
from tracing.identity.words import PLACE_REASONS, REASONS, say_reasons
from tracing.model.records import Records

SEED = 7
PEOPLE = 3_000


def people(*rows: dict[str, Any], cases: tuple[str, ...] = ()) -> Records:
    """Return records of people, each of a list of its own unless told otherwise."""
    persons = pd.DataFrame([{"source_file": f"{row['person']}.csv", **row} for row in rows])
    return Records.build({"persons": persons, "cases": pd.DataFrame({"person": list(cases)})})


def only(linkage: Linkage) -> dict[str, Any]:
    """Return the only pair."""
    assert len(linkage.pairs) == 1
    return {str(name): value for name, value in linkage.pairs.iloc[0].items()}


TAM = {"person": "BN1", "name": "Lê Văn Tám", "birth_year": 1980, "phone": "0912345679"}


@pytest.mark.parametrize("phone", ["84912345679", "+84912345679", "0912.345.679", "0912 345 679 / 0987654321"])
@pytest.mark.parametrize("name", ["LE VAN TAM", "Lê Văn Tám", "LÊ VĂN TÁM (Tám Lúa)", "anh Lê Văn Tám"])
def test_phone_name_and_year_join_without_asking_in_every_spelling(phone: str, name: str) -> None:
    found = only(find_pairs(people(TAM, {**TAM, "person": "K7", "phone": phone, "name": name})))
    assert (found["verdict"], found["basis"]) == ("automatic", "phone")


def test_old_and_new_tone_marks_are_one_spelling() -> None:
    one = {"person": "a", "name": "Trần Thị Hoà", "birth_year": 1970, "phone": "0912345679"}
    assert only(find_pairs(people(one, {**one, "person": "b", "name": "Trần Thị Hòa"})))["name"] == "same"


def test_a_phone_alone_joins_nobody_and_a_family_is_not_even_asked_about() -> None:
    records = people(
        TAM,
        {"person": "w", "name": "Trần Thị Bé", "birth_year": 1983, "phone": TAM["phone"]},
        {"person": "s", "name": "Lê Văn Tài", "birth_year": 2009, "phone": TAM["phone"]},
    )
    found = find_pairs(records)
    assert found.pairs.empty
    assert found.shared.to_dict("records") == [{"number": "0912345679", "people": 3, "names": 3, "many": False}]


def test_somebody_on_several_lists_shares_a_number_with_nobody() -> None:
    assert find_pairs(people(TAM, {**TAM, "person": "K7"}, {**TAM, "person": "K8"})).shared.empty


def test_a_number_of_many_is_named_and_agrees_with_nothing() -> None:
    many = [{"person": f"w{n}", "name": f"Trần Văn {g}", "phone": TAM["phone"]} for n, g in enumerate("ABCDEG")]
    found = find_pairs(people(TAM, {**TAM, "person": "K7"}, *many))
    assert found.shared["many"].tolist() == [True]
    assert found.automatic.empty
    assert found.questions[["person_a", "person_b", "phone"]].values.tolist() == [["BN1", "K7", "many"]]


def test_a_number_of_many_does_not_contradict_somebodys_own() -> None:
    company = "02903838838"
    many = [{"person": f"w{n}", "name": f"Trần Văn {g}", "phone": company} for n, g in enumerate("ABCDEG")]
    found = find_pairs(people(TAM, {**TAM, "person": "K7", "phone": company}, *many, cases=("BN1",)))
    assert found.automatic.empty
    assert found.questions[["person_a", "person_b", "phone", "changes_tier"]].values.tolist() == [
        ["BN1", "K7", "unknown", True]
    ]
    assert not len(find_pairs(people(TAM, {**TAM, "person": "K7", "phone": "0900000009"}, cases=("BN1",))).pairs)


@pytest.mark.parametrize(
    "other",
    [
        {"birth_year": 1981},
        {"birth_year": None},
        {"phone": "0987654321"},
        {"phone": None},
        {"national_id": "096080001235"},
        {"sex": "female"},
    ],
)
def test_less_than_phone_name_and_year_or_a_contradiction_joins_nobody(other: dict[str, Any]) -> None:
    one = {**TAM, "national_id": "096080001234", "sex": "male"}
    two = {**TAM, "person": "K7", **other}
    assert find_pairs(people(one, two)).automatic.empty


@pytest.mark.parametrize(
    "other",
    [
        {"birth_date": "1980-09-21"},
        {"sex": "female"},
        {"name": "Lê V. T"},
        {"birth_year": 1963, "birth_date": None},
    ],
)
def test_one_number_and_name_that_something_contradicts_are_asked_about(other: dict[str, Any]) -> None:
    one = {**TAM, "birth_date": "1980-05-12", "sex": "male"}
    found = only(find_pairs(people(one, {**one, "person": "K7", **other})))
    assert found["verdict"] == "question"


@pytest.mark.parametrize(
    ("full", "other"),
    [
        ("Nguyễn Văn Tám (Tám Đen)", "Tám Đen"),
        ("Nguyễn Văn Tám (Tám Đen)", "ông Tám đen"),
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hao"),
    ],
)
def test_a_nickname_and_letters_that_changed_places_are_asked_about_under_one_number(full: str, other: str) -> None:
    one = {"person": "a", "name": full, "birth_year": 1978, "phone": "0912345678"}
    assert only(find_pairs(people(one, {**one, "person": "b", "name": other})))["verdict"] == "question"
    assert find_pairs(people(one, {**one, "person": "b", "name": other, "phone": "0987654321"})).pairs.empty


def test_a_rare_name_year_and_hamlet_are_asked_about_whatever_the_telephones() -> None:
    here = {**TAM, "address": "ấp Bến Lá"}
    other = {**here, "person": "K7", "phone": "0987654321"}
    assert only(find_pairs(people(here, other)))["verdict"] == "question"
    many = [{**other, "person": f"K{n}", "phone": f"098765432{n}", "address": f"ấp {n}"} for n in range(2, 6)]
    assert ("BN1", "K7") not in pairs_of(find_pairs(people(here, other, *many)).pairs)


def test_an_identity_number_joins_a_name_that_fits_and_no_other() -> None:
    one = {"person": "a", "name": "Nguyễn Văn An", "national_id": "096080001234"}
    short = {**one, "person": "b", "name": "N. V. An"}
    assert only(find_pairs(people(one, short)))["basis"] == "national_id"
    assert find_pairs(people(one, {**one, "person": "b", "name": "Trần Thị Bé"})).automatic.empty


@pytest.mark.parametrize("word", ["không có", "chưa có", "0", "x", "9.6084E+10"])
def test_a_word_in_an_id_column_is_no_identity_number(word: str) -> None:
    rows = [{"person": p, "name": f"Lê {p}", "birth_year": 1980, "national_id": word} for p in ("Một", "Hai")]
    assert find_pairs(people(*rows)).pairs.empty


def test_twins_whose_names_differ_in_accents_only_are_not_joined_by_a_list_without_accents() -> None:
    twin = {"birth_year": 2012, "phone": "0912345679"}
    lan, other = {"person": "a", "name": "Kim Minh Lan", **twin}, {"person": "b", "name": "Kim Minh Lân", **twin}
    register = [{**one, "source_file": "register.csv"} for one in (lan, other)]
    assert find_pairs(people(*register, {"person": "c", "name": "KIM MINH LAN", **twin})).automatic.empty


def test_two_rows_of_one_list_and_two_cases_are_asked_about() -> None:
    same_list = [{**TAM, "person": person, "source_file": "list.csv"} for person in ("a", "b")]
    assert only(find_pairs(people(*same_list)))["verdict"] == "question"
    two = [{**TAM, "person": "BN1"}, {**TAM, "person": "BN2"}]
    assert only(find_pairs(people(*two, cases=("BN1", "BN2"))))["verdict"] == "question"


def test_a_case_that_may_be_a_contact_is_asked_about_first() -> None:
    plain = [{"person": p, "name": "Võ Thị Sáu", "birth_year": 1960, "phone": "0900000001"} for p in ("a", "b")]
    records = people(
        *[{**one, "source_file": "one.csv"} for one in plain],
        {**TAM, "birth_year": None},
        {**TAM, "person": "K7"},
        cases=("BN1",),
    )
    asked = find_pairs(records).questions
    assert asked["changes_tier"].tolist() == [True, False]
    assert asked["person_b"].tolist()[0] == "K7"


def test_pairs_that_were_told_apart_are_neither_joined_nor_asked_about() -> None:
    records = people(TAM, {**TAM, "person": "K7"})
    assert find_pairs(records, apart={frozenset(("BN1", "K7"))}).pairs.empty


def test_a_case_and_a_contact_of_one_rare_name_and_year_are_asked_about() -> None:
    case = {"person": "BN1", "name": "Huỳnh Tấn Khoa", "birth_year": 1981}
    contact = {**case, "person": "K7", "name": "HUYNH TAN KHOA", "phone": "0912345679"}
    asked = only(find_pairs(people(case, contact, cases=("BN1",))))
    assert (asked["verdict"], bool(asked["changes_tier"])) == ("question", True)
    for other in ({"birth_year": None}, {"birth_year": 1990}):
        assert find_pairs(people(case, {**contact, **other}, cases=("BN1",))).pairs.empty
    crowd = [{"person": f"r{n}", "name": case["name"], "birth_year": 1950 + n} for n in range(3)]
    assert find_pairs(people(case, contact, *crowd, cases=("BN1",))).pairs.empty


@pytest.mark.parametrize("code", ["BN 22.348", "bn-22348", "BN022348"])
def test_spellings_of_one_case_code_are_asked_about_and_never_joined(code: str) -> None:
    persons = [{"person": "BN22348", "name": "Lê Văn Tám"}, {"person": "P7", "name": "Le Van Tam"}]
    cases = pd.DataFrame([{"person": "BN22348"}, {"person": "P7", "case_code": code}])
    asked = only(find_pairs(Records.build({"persons": pd.DataFrame(persons), "cases": cases})))
    assert (asked["verdict"], asked["case_code"]) == ("question", "same")
    cases.loc[1, "case_code"] = "BN22349"
    assert find_pairs(Records.build({"persons": pd.DataFrame(persons), "cases": cases})).pairs.empty


def test_two_rows_of_one_list_that_contradict_are_not_asked_about() -> None:
    twin = {"name": "Kim Minh Hùng", "birth_year": 2012, "phone": "0912345679", "source_file": "list.csv"}
    for name in ("Kim Minh Hưng", "Kim Minh Hải", "Kim Thị Hùng"):
        assert find_pairs(people({**twin, "person": "a"}, {**twin, "person": "b", "name": name})).pairs.empty


def test_a_slip_in_the_name_joins_where_identity_number_and_year_agree() -> None:
    one = {"person": "a", "name": "Nguyễn Văn Khang", "national_id": "096080001234", "birth_year": 1980}
    slip = {**one, "person": "b", "name": "Nguyễn Văn Khamg"}
    assert only(find_pairs(people(one, slip)))["basis"] == "national_id"
    assert find_pairs(people(one, {**slip, "birth_year": None})).automatic.empty


def test_a_name_counts_less_the_more_people_are_on_record() -> None:
    one = {"name": "Huỳnh Tấn Khoa", "birth_year": 1981}
    facts = PersonFacts.of(people({**one, "person": "a"}, {**one, "person": "b"}))
    a, b = np.array([0]), np.array([1])
    levels = compare(facts, a, b)
    small = shipped_weights().probability(facts, a, levels)[0]
    assert shipped_weights().probability(facts, a, levels, people=10 * COUNTED_ON)[0] < small


def test_people_of_whom_nothing_is_known_are_nobody_else() -> None:
    assert find_pairs(people({"person": "a"}, {"person": "b"})).pairs.empty
    assert find_pairs(Records()).pairs.empty


def test_reasons_say_what_agrees_before_what_differs() -> None:
    levels = {"name": "accents", "phone": "same", "birth": "year", "home": "different", "sex": "same"}
    assert say_reasons(levels)("en") == (
        "same name, written once without accents; same phone; same year of birth; another commune"
    )
    for texts in (*REASONS.values(), *PLACE_REASONS.values()):
        assert all(text.say("vi") != text.say("en") for text in texts.values())


# ---- a province whose truth is known


@pytest.fixture(scope="module")
def province() -> Doubled:
    """A province with duplicates, twins, namesakes and shared numbers; not one of those the weights were made of."""
    assert SEED not in FITTED_ON
    return doubled(SEED, PEOPLE)


@pytest.fixture(scope="module")
def found(province: Doubled) -> Linkage:
    return find_pairs(province.records)


def _true(pairs: pd.DataFrame, truth: dict[str, str]) -> Any:
    return np.array([truth[a] == truth[b] for a, b in zip(pairs["person_a"], pairs["person_b"], strict=True)])


def test_no_automatic_join_is_wrong_and_few_questions_find_nearly_all(province: Doubled, found: Linkage) -> None:
    truth = province.truth
    right = found.pairs[_true(found.pairs, truth)]
    assert _true(found.automatic, truth).all()
    assert len(found.questions) <= 0.03 * found.people
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(truth)
    graph.add_edges_from(zip(right["person_a"], right["person_b"], strict=True))
    again = [(one, own) for one, own in truth.items() if one != own]
    assert sum(nx.has_path(graph, *pair) for pair in again) >= 0.93 * len(again)
    assert len(found.automatic) > 0.6 * len(again)


def test_shuffled_and_repeated_people_give_the_same_pairs(province: Doubled, found: Linkage) -> None:
    persons = province.records.persons.sample(frac=1.3, replace=True, random_state=1)
    shuffled = pd.concat([persons, province.records.persons.sample(frac=1, random_state=2)])
    again = Records.build({**province.records.tables, "persons": shuffled})
    pd.testing.assert_frame_equal(find_pairs(again).pairs, found.pairs)


def test_weights_fitted_without_the_truth_rank_like_the_shipped_ones(province: Doubled) -> None:
    fitted = fit_weights([province.records], source="a test")
    assert parse_weights(weights_text(fitted)).source == "a test"
    pairs = find_pairs(province.records, weights=replace(fitted, lower=0.45))
    assert _true(pairs.automatic, province.truth).all()
    right = _true(pairs.pairs, province.truth)
    assert right.sum() >= 0.9 * sum(one != own for one, own in province.truth.items())
    assert right.mean() > 0.85


def test_weights_that_are_not_complete_are_refused() -> None:
    text = weights_text(shipped_weights())
    with pytest.raises(InputError):
        parse_weights(text.replace("[birth]", "[born]"))
    with pytest.raises(InputError):
        parse_weights(text.replace("prior = 0", "prior = 2"))


def test_a_name_without_a_letter_is_no_full_name_and_stops_nothing() -> None:
    records = Records.build({"persons": pd.DataFrame({"person": ["A", "B"], "name": ["...", "Lê Văn Tám"]})})
    assert find_pairs(records).pairs.empty
