"""Exports of other systems: repeated forms of one table, lists inside lists, codes for what people chose."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
from lists import load_lists, names_of, pairs_of, visits_of
from two_cases import CASES, DIEM, LOC, load_with_cases, met_of

from loaders import load_files
from loaders.columns.values import read_choice
from loaders.files.fixed_width import fixed_width

REPEATED = [
    [
        *("record_id", "redcap_repeat_instrument", "redcap_repeat_instance", "case_id", "first_name", "last_name"),
        *("onset_dt", "spec_dt", "test_res", "contacts_name", "contacts_phone", "contacts_last_dt", "case_complete"),
    ],
    ["11", "", "", "Q-501", "Ruth", "Amadi", "2021-07-02", "2021-07-04", "1", "", "", "", "2"],
    ["11", "contacts", "1", "", "", "", "", "", "", "Grace Amadi", "0811000001", "2021-07-04", "2"],
    ["11", "contacts", "2", "", "", "", "", "", "", "Peter Eze", "0811000002", "2021-07-03", "0"],
    ["12", "", "", "Q-502", "John", "Bello", "2021-07-05", "2021-07-06", "2", "", "", "", "1"],
    ["12", "contacts", "1", "", "", "", "", "", "", "Amina Bello", "0811000003", "2021-07-06", "2"],
]


def test_rows_of_a_repeated_form_in_the_same_table_are_of_the_record_that_they_name(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"redcap.csv": REPEATED})
    assert set(result.records.cases["person"]) == {"Q-501", "Q-502"}
    assert {(frozenset(pair[:2]), pair[3]) for pair in pairs_of(result)} == {
        (frozenset(("Amadi Ruth", "Grace Amadi")), "2021-07-04"),
        (frozenset(("Amadi Ruth", "Peter Eze")), "2021-07-03"),
        (frozenset(("Bello John", "Amina Bello")), "2021-07-06"),
    }
    assert not len(result.records.links), "whether a form is complete is no case"
    assert {(question.column, question.said) for question in result.questions} == {("test_res", "1"), ("test_res", "2")}


def test_a_code_of_a_result_is_asked_once_for_all_rows_that_have_it(tmp_path: Path) -> None:
    rows = [["case_id", "name", "spec_dt", "lab_res"], *([f"Q-{n}", f"Ann Obi {n}", "2021-07-04", "1"] for n in (1, 2))]
    (asked,) = load_lists(tmp_path, {"lab.csv": rows}).questions
    assert asked.rows == 2
    result = load_lists(tmp_path, {"lab.csv": rows}, answers={asked.id: "positive"})
    assert result.records.tests["result"].tolist() == ["positive", "positive"]


def test_lists_inside_cases_of_where_they_were_are_visits_and_a_forename_is_a_name(tmp_path: Path) -> None:
    case = {
        "case_id": "NZ-7",
        "forename": "Mere",
        "surname": "Parata",
        "symptom_onset": "2021-08-10",
        "outings": [
            {"venue": "Kauri Library", "date": "2021-08-09", "start": "10:00", "end": "11:15"},
            {"venue": "Tui Bakery", "date": "2021-08-10", "start": "08:00", "end": "08:20"},
        ],
        "devices": [{"model": "x", "os": "y"}],
    }
    (tmp_path / "cases.json").write_text(json.dumps({"cases": [case]}), encoding="utf-8")
    result = load_files([tmp_path / "cases.json"])
    assert names_of(result) == {"NZ-7": "Parata Mere"}
    assert {visit[1:] for visit in visits_of(result)} == {
        ("Kauri Library", "2021-08-09T10:00", "2021-08-09T11:15"),
        ("Tui Bakery", "2021-08-10T08:00", "2021-08-10T08:20"),
    }


REST = [
    ["0918222601", "2021-07-15", "CONFIRMED", "TOUCHED_FLUID", "SAME_HOUSEHOLD", "HOME", "2021-07-16"],
    ["0918222602", "2021-07-16", "NO_CONTACT", "SAME_ROOM", "OTHER", "NONE", ""],
    ["0918222603", "2021-07-17", "UNCONFIRMED", "SAME_ROOM", "OTHER", "INSTITUTIONELL", "2021-07-18"],
]


def test_who_was_found_to_be_no_contact_is_none_and_codes_tell_how_people_met(tmp_path: Path) -> None:
    rows = [
        [
            *("caseUuid", "firstName", "lastName", "phone", "lastContactDate", "contactClassification"),
            *("contactProximity", "relationToCase", "quarantine", "quarantineFrom"),
        ],
        ["BN501", "Ida", "Berg", *REST[0]],
        ["BN502", "Nils", "Dahl", *REST[1]],
        ["BN502", "Eva", "Lund", *REST[2]],
    ]
    result = load_with_cases(tmp_path, "contacts.csv", rows)
    assert met_of(result) == {("Berg Ida", LOC, "2021-07-15"), ("Lund Eva", DIEM, "2021-07-17")}
    contacts = result.records.contacts
    assert set(contacts["kind"].dropna()) == {"household", "other"} and contacts["physical"].fillna(False).sum() == 1
    assert sorted(result.records.isolations["kind"]) == ["centre", "home"]
    assert len(CASES) - 1 + 3 == len(result.records.persons)


def test_a_word_for_nothing_is_no_slip_of_another_word() -> None:
    read = read_choice(pd.Series(["NONE", "zonee"], dtype="string"), "isolation_kind")
    assert read.values.fillna("").tolist() == ["", "zone"]


MANIFEST = """PAX LIST                                    PRINTED 16JUL21
FLIGHT QH1104   HAN-VCA   DATE 16JUL21   STD 0915  STA 1120
NO  NAME                     SEAT  PNR     BAG   REMARK
01  HA/THUTRANG MS           11A   KKL2PP  1/10
02  DINH/QUOCBAO MR          11B   KKL2PP  0
03  LUU/VANTHINH MR          12C   MMN7QQ  2/21  NOSHOW
TOTAL PAX 3   BOARDED 2
"""


def test_columns_set_apart_by_blanks_are_those_of_a_flight_and_a_no_show_was_not_aboard(tmp_path: Path) -> None:
    (tmp_path / "manifest.txt").write_text(MANIFEST, encoding="utf-8")
    result = load_files([tmp_path / "manifest.txt"])
    assert visits_of(result) == {
        (who, "QH1104", "2021-07-16T09:15", "2021-07-16T11:20") for who in ("HA THUTRANG", "DINH QUOCBAO")
    }
    assert set(result.records.visits["seat"]) == {"11A", "11B"}
    assert "LUU VANTHINH" in names_of(result).values() and not result.questions


def test_a_text_with_blanks_inside_its_lines_is_no_table_where_texts_run_across() -> None:
    told = "Tên  ngày  ghi chú\nLê Văn Tư hôm nay đi chợ\nNgười khác cũng vậy, không sao\n"
    assert fixed_width(told) is None
    assert fixed_width("NAME        YEAR  SEX\nLE VAN TU   1980  M\nTO THI NA   1991  F\n") == [
        ["NAME", "YEAR", "SEX"],
        ["LE VAN TU", "1980", "M"],
        ["TO THI NA", "1991", "F"],
    ]


def test_a_ride_that_was_cancelled_is_nobodys(tmp_path: Path) -> None:
    rows = [
        ["Tài xế", "Biển số", "Đón lúc", "Trả lúc", "SĐT khách", "Tên khách"],
        ["Vi Văn Tài", "69A-012.34", "2021-07-16 07:00", "2021-07-16 07:30", "0918222801", "Cao Thị Bông"],
        ["Vi Văn Tài", "69A-012.34", "2021-07-16 08:00", "2021-07-16 08:01", "0918222802", "khách hủy chuyến"],
        ["Vi Văn Tài", "69A-012.34", "2021-07-16 09:00", "2021-07-16 09:20", "0918222803", "Khách Huy"],
    ]
    result = load_lists(tmp_path, {"taxi.csv": rows})
    assert set(names_of(result).values()) == {"Vi Văn Tài", "Cao Thị Bông", "Khách Huy"}
    assert {visit[2][11:] for visit in visits_of(result)} == {"07:00", "09:00"}
    assert {(question.row, question.said) for question in result.questions} == {(3, "0918222802")}
