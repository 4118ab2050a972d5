"""Rows that give a name and a year of birth only: joined to the one person whom they can mean, else asked about."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tracing.identity.pairs import Linkage, find_pairs
from tracing.model.records import Records

ROW = "P-00000000000a"
HOME = {"address": "ấp Bến Lá, xã Tân Hưng"}
TAM = {"person": "K1", "name": "Lê Văn Tám", "birth_year": 1980, "phone": "0912345679", **HOME}
NAMED = {"person": ROW, "name": "LE VAN TAM", "birth_year": 1980, **HOME}


def linkage(
    *rows: dict[str, Any],
    cases: tuple[str, ...] = (),
    apart: tuple[tuple[str, str], ...] = (),
    passing: tuple[str, ...] = (),
) -> Linkage:
    persons = pd.DataFrame([{"source_file": f"{row['person']}.csv", **row} for row in rows])
    records = Records.build({"persons": persons, "cases": pd.DataFrame({"person": list(cases)})})
    return find_pairs(records, apart={frozenset(pair) for pair in apart}, passing=passing)


def pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["person_a"], table["person_b"], strict=True))


def test_a_row_of_name_and_year_means_the_one_person_who_has_both() -> None:
    found = linkage(TAM, NAMED)
    assert pairs(found.automatic) == [("K1", ROW)]
    assert found.automatic["basis"].tolist() == ["name"]


@pytest.mark.parametrize("others", [0, 40])
def test_whoever_is_in_a_coach_may_be_a_stranger_of_that_name_and_year_however_few_are_on_record(others: int) -> None:
    """It is a question, and comes first; who is on a list of tests is somebody of the outbreak."""
    crowd = [
        {"person": f"C{n}", "name": f"Võ Thị {chr(65 + n % 20)}m", "birth_year": 1950 + n, "phone": f"09870000{n:02d}"}
        for n in range(others)
    ]
    nowhere = {key: value for key, value in NAMED.items() if key != "address"}
    assert pairs(linkage(TAM, nowhere, *crowd, cases=("K1",)).automatic) == [("K1", ROW)]
    found = linkage(TAM, nowhere, *crowd, cases=("K1",), passing=(ROW,))
    assert found.automatic.empty
    assert pairs(found.questions)[:1] == [("K1", ROW)] and found.questions["changes_tier"].iloc[0]
    exact = {"birth_date": "1980-03-02"}
    assert pairs(linkage({**TAM, **exact}, {**nowhere, **exact}, passing=(ROW,)).automatic) == [("K1", ROW)]


def test_homes_that_cannot_be_compared_leave_it_open() -> None:
    """One list tells the hamlet alone, the other the commune: such a pair was neither joined nor asked about."""
    areas = pd.DataFrame({"area": ["32128"], "level": ["commune"]})
    rows = [{**TAM, "address": "Bến Lá"}, {**NAMED, "address": None, "area": "32128"}]
    persons = pd.DataFrame([{"source_file": f"{row['person']}.csv", **row} for row in rows])
    found = find_pairs(Records.build({"persons": persons, "areas": areas}))
    assert pairs(found.questions) == [("K1", ROW)]


def test_somebody_with_an_id_of_their_own_is_no_mention() -> None:
    assert linkage(TAM, {**NAMED, "person": "K2"}).automatic.empty


def test_a_card_that_no_other_list_tells_is_no_number_and_a_citizens_is_one() -> None:
    card = {**NAMED, "national_id": "GD4964961234567"}
    assert pairs(linkage(TAM, card).automatic) == [("K1", ROW)]
    other = {"person": "K2", "name": "Hồ Thị Năm", "birth_year": 1970, "national_id": "DN4964961234567"}
    assert linkage(TAM, card, other).automatic.empty
    assert linkage(TAM, {**NAMED, "national_id": "096080001234"}).automatic.empty


@pytest.mark.parametrize(
    "other",
    [
        {"birth_year": 1981},
        {"birth_year": None},
        {"name": "Tám"},
        {"name": "Lê Văn Tâm"},
        {"sex": "female"},
        {"source_file": "K1.csv"},
    ],
)
def test_what_is_missing_or_speaks_against_it_joins_nothing(other: dict[str, Any]) -> None:
    assert linkage({**TAM, "sex": "male"}, {**NAMED, **other}).automatic.empty


@pytest.mark.parametrize(
    "namesake",
    [
        {"person": "K2", "name": "Lê Văn Tám", "birth_year": 1980, "phone": "0987654321"},
        {"person": "K2", "name": "Lê Văn Tám", "phone": "0987654321"},
        {"person": "K2", "name": "Lê Văn Tám", "birth_year": 1980, "source_file": "K1.csv"},
    ],
)
def test_of_two_whom_a_row_can_mean_it_is_joined_to_none_and_asked_about(namesake: dict[str, Any]) -> None:
    found = linkage(TAM, NAMED, namesake)
    assert found.automatic.empty
    assert ("K1", ROW) in pairs(found.questions)


def test_a_namesake_elsewhere_or_told_apart_leaves_no_doubt() -> None:
    areas = pd.DataFrame(
        {
            "area": ["32128", "32131", "32128-la", "32131-la"],
            "level": ["commune", "commune", "hamlet", "hamlet"],
            "parent": [None, None, "32128", "32131"],
        }
    )
    rows = [{**TAM, "area": "32128-la"}, {**NAMED, "area": "32128-la"}]
    rows.append({**TAM, "person": "K2", "phone": "0987654321", "area": "32131-la"})
    persons = pd.DataFrame([{"source_file": f"{row['person']}.csv", **row} for row in rows])
    found = find_pairs(Records.build({"persons": persons, "areas": areas}))
    assert pairs(found.automatic) == [("K1", ROW)]
    other = {"person": "K2", "name": "Lê Văn Tám", "birth_year": 1980, "phone": "0987654321"}
    assert pairs(linkage(TAM, NAMED, other, apart=((ROW, "K2"),)).automatic) == [("K1", ROW)]
    assert linkage(TAM, NAMED, apart=((ROW, "K1"),)).pairs.empty


def test_several_mentions_of_one_person_are_one_but_not_across_a_contradiction() -> None:
    again = {**NAMED, "person": "P-00000000000b"}
    assert len(linkage(NAMED, again, TAM).automatic) == 3
    born = [{**NAMED, "birth_date": "1980-03-02"}, {**again, "birth_date": "1980-09-09"}]
    assert linkage(*born, TAM).automatic.empty


def test_a_case_row_without_an_id_is_the_case_that_has_one_or_asked_about() -> None:
    found = linkage(TAM, NAMED, cases=("K1", ROW))
    assert pairs(found.automatic) == [("K1", ROW)]
    same_home = {"address": "ấp Bến Lá"}
    unsure = linkage({**TAM, **same_home}, {**NAMED, "birth_year": None, **same_home}, cases=("K1", ROW))
    assert pairs(unsure.questions) == [("K1", ROW)]
    two = linkage(TAM, {**NAMED, "person": "K2"}, cases=("K1", "K2"))
    assert two.automatic.empty


def test_a_join_by_name_never_undoes_a_surer_one() -> None:
    paper = {"person": "K2", "name": "Lê Văn Tám", "birth_year": 1980, "national_id": "096080000001"}
    other = {**paper, "person": "K3", "phone": "0987654321"}
    found = linkage(TAM, NAMED, paper, other)
    assert ("K2", "K3") in pairs(found.automatic)
    assert not any(ROW in pair for pair in pairs(found.automatic))


def test_a_number_and_a_name_without_year_or_accents_mean_who_has_both() -> None:
    row = {"person": ROW, "name": "LE VAN TAM", "phone": "0912345679"}
    assert pairs(linkage(TAM, row).automatic) == [("K1", ROW)]
    brother = {"person": "K2", "name": "Lê Văn Tâm", "phone": "0912345679"}
    found = linkage(TAM, row, brother)
    assert found.automatic.empty and {("K1", ROW), ("K2", ROW)} <= set(pairs(found.questions))


def test_other_accents_under_one_number_are_asked_about_unless_the_birth_differs() -> None:
    row = {"person": ROW, "name": "Lê Văn Tàm", "phone": "0912345679"}
    found = linkage(TAM, row)
    assert found.automatic.empty and pairs(found.questions) == [("K1", ROW)]
    assert linkage(TAM, {**row, "birth_year": 2001}).pairs.empty


def test_what_may_as_well_be_a_twin_s_joins_nobody() -> None:
    twin = {"birth_year": 2015, "phone": "0919000777", "source_file": "f1.csv", **HOME}
    twins = [{"person": "K1", "name": "Nguyễn Gia Bảo", **twin}, {"person": "K2", "name": "Nguyễn Gia Bão", **twin}]
    tested = {"person": ROW, "name": "NGUYEN GIA BAO", "birth_year": 2015, "phone": "0919000777"}
    isolated = {"person": "P-00000000000b", "name": "Nguyễn Gia Bảo", "birth_year": 2015, **HOME}
    found = linkage(*twins, tested, isolated)
    assert pairs(found.automatic) == [("K1", "P-00000000000b")]
    assert {("K1", ROW), ("K2", ROW)} <= set(pairs(found.questions))


def test_a_company_s_number_is_nobody_s_own() -> None:
    names = ("Phan Văn Đủ", "Lê Thị Đẹp", "Võ Văn Tư", "Đỗ Minh Quân", "Trần Thị Lan")
    company = [
        {
            "person": f"P-00000000000{n}",
            "name": name,
            "birth_year": 1990,
            "phone": "02903812345",
            "source_file": "c.csv",
        }
        for n, name in enumerate(names, 1)
    ]
    worker = {**company[0], "person": ROW, "name": "LE VAN TAM", "birth_year": 1980, **HOME}
    assert pairs(linkage(TAM, worker, *company).automatic) == [("K1", ROW)]
