"""Remarks that speak of cases or of company: asked text by text, with the day that the text tells, or typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, pairs_of
from two_cases import CASES, DIEM, LOC

PEOPLE: Rows = (
    ("Họ và tên", "Năm sinh", "SĐT", "Địa chỉ", "Ghi chú"),
    ("Liêu Thị Sen", 1989, "0918880101", "ấp 1", "có BN501 ghé nhà tối 15/7/2021"),
    ("Kim Văn Tài", 1979, "0918880102", "ấp 1", "chung phòng với cha của BN502"),
    ("Thạch Thị Ry", 1969, "0918880103", "ấp 2", "ăn giỗ chung mâm với vợ chồng bà Tám"),
)
SEN, TAI, RY = "Liêu Thị Sen", "Kim Văn Tài", "Thạch Thị Ry"


@pytest.mark.parametrize(
    ("row", "answer", "pairs"),
    [
        (2, "met", {(LOC, SEN, "2021-07-15")}),
        (2, "kept", set()),
        (3, "met", {(DIEM, TAI, "")}),
        (3, "Sơn Ngọc Mạnh 14/7/2021; BN501", {("Sơn Ngọc Mạnh", TAI, "2021-07-14"), (LOC, TAI, "")}),
        (4, f"{SEN} 13/7/2021", {(SEN, RY, "2021-07-13")}),
    ],
)
def test_one_text_is_one_question_and_its_answer_may_say_whom_and_when(
    tmp_path: Path, row: int, answer: str, pairs: set[tuple[str, str, str]]
) -> None:
    lists = {"ca benh.csv": CASES, "ds.xlsx": PEOPLE}
    first = load_lists(tmp_path, lists)
    asked = {question.row: question for question in first.questions if "company" in str(question.text)}
    assert set(asked) == {2, 3, 4} and not len(first.records.contacts)
    told = load_lists(tmp_path, lists, answers={asked[row].id: answer})
    found = {(frozenset((one, other)), end[:10]) for one, other, _start, end in pairs_of(told)}
    assert found == {(frozenset((one, other)), day) for one, other, day in pairs}
    assert asked[row].id not in {question.id for question in told.questions}


def test_a_typed_answer_that_names_nobody_is_asked_again(tmp_path: Path) -> None:
    lists = {"ca benh.csv": CASES, "ds.xlsx": PEOPLE}
    asked = next(question for question in load_lists(tmp_path, lists).questions if question.row == 4)
    told = load_lists(tmp_path, lists, answers={asked.id: "bà Tám"})
    assert asked.id in {question.id for question in told.questions} and not len(told.records.contacts)
