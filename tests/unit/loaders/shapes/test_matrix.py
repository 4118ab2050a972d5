"""A matrix of people and cases: days, spans, marks, words and what is left open in its cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, columns_turned, load_lists, pairs_of
from two_cases import CASES, DIEM, LOC, load_with_cases, met_of

CELLS: Rows = [
    ["Sầm Văn Tý", "1990", "14–16/7", "", "ấp 3, xã Tân Hưng - 0914000071"],
    ["Nhạc Thị Bích", "1994", "chiều 17/7", "không", "ấp 4, xã Tân Hưng"],
    ["Thoại Ngọc Hầu", "'69", "", "chung bàn 18/7, 19h-20h30", ""],
    ["Thoại Mỹ Châu", "1993", "?", "17/7 (chung xe), 19/7", ""],
    ["Cam Văn Ba", "1988", "đang xác minh", "", ""],
    ["Cam Thị Bốn", "1989", "", "", ""],
]
FOUND = {
    ("Sầm Văn Tý", LOC, "2021-07-16"),
    ("Nhạc Thị Bích", LOC, "2021-07-17"),
    ("Thoại Ngọc Hầu", DIEM, "2021-07-18T20:30"),
    ("Thoại Mỹ Châu", DIEM, "2021-07-19"),
}
HEAD = ["Người tiếp xúc", "NS", "BN501\nTrịnh Văn Lộc", "Quách Thị Diễm (BN502)", "Chỗ ở/SĐT"]


def _matrix(head: list[str], rows: Rows, title: str = "MA TRẬN TIẾP XÚC CỦA CÁC CA BỆNH") -> list[list[object]]:
    return [[title, *[""] * (len(head) - 1)], head, *(list(row) for row in rows)]


@pytest.mark.parametrize("turned", [False, True])
def test_days_spans_and_words_under_cases_with_their_names(tmp_path: Path, turned: bool) -> None:
    rows = _matrix(HEAD, CELLS)
    result = load_with_cases(tmp_path, "ma tran.xlsx", columns_turned(rows, 1) if turned else rows)
    assert met_of(result) == FOUND, "a cell that says no, and one that leaves it open, is no contact"
    assert ("Sầm Văn Tý", LOC, "2021-07-14", "2021-07-16") in pairs_of(result)
    persons = result.records.persons.set_index("name")
    assert persons.loc["Sầm Văn Tý", "phone"] == "0914000071"
    assert "Cam Thị Bốn" in persons.index, "who met nobody is on record all the same"
    contacts = result.records.contacts
    assert contacts["attributes"].str.contains("chung bàn").any()


def test_what_a_cell_leaves_open_is_asked_once_for_each_pair(tmp_path: Path) -> None:
    rows = _matrix(HEAD, CELLS)
    result = load_with_cases(tmp_path, "ma tran.xlsx", rows)
    asked = {str(question.said): question.id for question in result.questions if "leaves it open" in str(question.text)}
    assert {said.partition(": ")[2] for said in asked} == {"?", "đang xác minh"}
    answers = {ident: "yes" if "?" in said else "no" for said, ident in asked.items()}
    told = load_lists(tmp_path, {"ca benh.csv": CASES, "ma tran.xlsx": rows}, answers=answers)
    assert met_of(told) - FOUND == {("Thoại Mỹ Châu", LOC, "")} and not told.questions


def test_marks_alone_are_contacts_whose_day_is_asked_with_that_of_the_title_first(tmp_path: Path) -> None:
    cells = [["Sầm Văn Tý", "1990", "✓", ""], ["Nhạc Thị Bích", "1994", "x", "x"], ["Cam Văn Ba", "1988", "", "-"]]
    rows = _matrix(["Họ tên", "NS", "BN501 - Trịnh Văn Lộc", "BN502"], cells, "Ma trận tiếp xúc ngày 18/07/2021")
    result = load_with_cases(tmp_path, "ma tran.csv", rows)
    pairs = {("Sầm Văn Tý", LOC), ("Nhạc Thị Bích", LOC), ("Nhạc Thị Bích", DIEM)}
    assert met_of(result) == {(*pair, "") for pair in pairs}
    (question,) = result.questions
    assert [choice.value for choice in question.choices] == ["2021-07-18", "-", "*"]
    told = load_lists(tmp_path, {"ca benh.csv": CASES, "ma tran.csv": rows}, answers={question.id: "2021-07-18"})
    assert met_of(told) == {(*pair, "2021-07-18") for pair in pairs}
