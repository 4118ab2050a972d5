"""Codes of cases that no list tells: one question for the whole load, and its answer puts the case on record."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, pairs_of

TITLED: Rows = [
    ["DANH SÁCH F1 CỦA BN88180"],
    ["Họ và tên", "Năm sinh", "SĐT", "Ngày tiếp xúc"],
    ["Chế Thị Lan", "1992", "0918660401", "8/8/2021"],
    ["Nông Văn Cúc", "1965", "0918660402", "9/8/2021"],
]
CAMP: Rows = [
    ["Họ và tên", "Năm sinh", "SĐT", "F1 của", "Ngày tiếp xúc", "Ngày vào"],
    ["Lò Văn Mai", "1968", "0918660403", "BN88180 (Tòng Thị Đào)", "7/8/2021", "10/8/2021"],
]
OTHERS: Rows = [
    ["Họ và tên", "Năm sinh", "SĐT", "Ngày lấy mẫu", "Kết quả"],
    ["Tòng Thị Đào", "1979", "0918660404", "9/8/2021", "Âm tính"],
]
LISTS = {"f1.xlsx": TITLED, "khu.csv": CAMP, "xn.csv": OTHERS}


def test_a_code_is_asked_once_and_its_rows_wait(tmp_path: Path) -> None:
    result = load_lists(tmp_path, LISTS)
    (question,) = result.questions
    assert question.rows == 3 and result.rows_waiting == 3
    likely = result.records.persons.set_index("name").loc["Tòng Thị Đào", "person"]
    assert [choice.value for choice in question.choices] == [likely, "case", "-", "*"]
    assert not len(result.records.cases) and not pairs_of(result)


@pytest.mark.parametrize("answer", ["case", "6/8/2021", "likely"])
def test_the_answer_frees_every_row_of_the_load(tmp_path: Path, answer: str) -> None:
    before = load_lists(tmp_path, LISTS)
    (question,) = before.questions
    likely = str(before.records.persons.set_index("name").loc["Tòng Thị Đào", "person"])
    result = load_lists(tmp_path, LISTS, answers={question.id: likely if answer == "likely" else answer})
    cases = result.records.cases.drop_duplicates("person")
    (case,) = cases.to_dict("records")
    assert (case["person"], case["case_code"], case["status"]) == (
        likely if answer == "likely" else "BN88180",
        "BN88180",
        "confirmed",
    )
    assert (case["confirmed"] is not None and case["confirmed"] == case["confirmed"]) is (answer == "6/8/2021")
    met = {name for pair in pairs_of(result) for name in pair[:2]}
    assert {"Chế Thị Lan", "Nông Văn Cúc", "Lò Văn Mai"} < met and "Tòng Thị Đào" in met
    assert not result.questions and not result.rows_waiting


def test_a_list_that_tells_the_case_is_no_question(tmp_path: Path) -> None:
    (question,) = load_lists(tmp_path, LISTS).questions
    told: Rows = [
        ["Mã BN", "Họ và tên", "Năm sinh", "Ngày dương tính"],
        ["BN88180", "Tòng Thị Đào", "1979", "5/8/2021"],
    ]
    result = load_lists(tmp_path, {**LISTS, "ca.csv": told}, answers={question.id: "6/8/2021"})
    assert len(result.records.cases) == 1 and not result.questions


def test_the_number_of_an_employee_is_no_case(tmp_path: Path) -> None:
    rows: Rows = [["Họ và tên", "Năm sinh", "Người nhà của (Mã NV)"], ["Chế Thị Lan", "1992", "SH0098"]]
    questions = load_lists(tmp_path, {"cty.csv": rows, "xn.csv": OTHERS}).questions
    assert all("case" not in {choice.value for choice in question.choices} for question in questions)
