"""F1 of whom no list names the case: it is asked whom they met."""

from __future__ import annotations

from pathlib import Path

from lists import Rows, load_lists, pairs_of

CASES: Rows = [
    ["Mã BN", "Họ tên", "Năm sinh", "Ngày dương tính"],
    ["BN77301", "Trầm Văn Út", "1971", "5/8/2021"],
]
CAMP: Rows = [
    ["KHU CÁCH LY TẬP TRUNG TRƯỜNG CAO ĐẲNG Y"],
    ["Họ và tên", "Năm sinh", "SĐT", "Đối tượng", "Ngày vào"],
    ["Vi Thị Sáu", "1990", "0918330011", "F1", "6/8/2021"],
    ["Lã Văn Bốn", "1985", "0918330012", "F1", "7/8/2021"],
    ["Ngụy Thị Ba", "1999", "0918330013", "Về từ vùng dịch", "7/8/2021"],
]
F1: Rows = [
    ["DANH SÁCH F1 CỦA BN77301"],
    ["Họ và tên", "Năm sinh", "SĐT", "Ngày tiếp xúc"],
    ["Vi Thị Sáu", "1990", "0918330011", "4/8/2021"],
]


def test_only_an_f1_of_whom_no_list_tells_the_case_is_asked_about(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.csv": CASES, "khu.xlsx": CAMP, "f1.xlsx": F1})
    (asked,) = result.questions
    assert asked.row == 4 and asked.column == "Đối tượng"
    assert {pair[:2] for pair in pairs_of(result)} == {("Trầm Văn Út", "Vi Thị Sáu")}


def test_the_case_can_be_typed_or_left_open(tmp_path: Path) -> None:
    lists = {"ca.csv": CASES, "khu.xlsx": CAMP, "f1.xlsx": F1}
    (asked,) = load_lists(tmp_path, lists).questions
    told = load_lists(tmp_path, lists, answers={asked.id: "BN77301"})
    assert ("Lã Văn Bốn", "Trầm Văn Út", "", "") in pairs_of(told) and not told.questions
    kept = load_lists(tmp_path, lists, answers={asked.id: "kept"})
    assert len(pairs_of(kept)) == 1 and not kept.questions


def test_an_answer_that_names_no_case_leaves_the_question_open(tmp_path: Path) -> None:
    lists = {"ca.csv": CASES, "khu.xlsx": CAMP, "f1.xlsx": F1}
    (asked,) = load_lists(tmp_path, lists).questions
    told = load_lists(tmp_path, lists, answers={asked.id: "BN99999"})
    assert "contact.no_case" in {str(finding) for finding in told.findings} and len(pairs_of(told)) == 1
