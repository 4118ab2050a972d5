"""Days of presence below the head of a group: a month, days of work, shifts."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, visits_of

CLASS = "TRƯỜNG MẪU GIÁO HOẠ MI - DANH SÁCH LỚP LÁ 2"
WEEK = f"{CLASS}, từ ngày 9/8/2021 đến 11/8/2021"
HEADS = ["A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3"]


def _class(group: str, days: list[object], title: str = CLASS) -> list[list[object]]:
    return [
        [title],
        ["STT", "Họ và tên", "Năm sinh", group, "", "", "Ghi chú"],
        ["", "", "", *days, ""],
        [1, "Ung Thị Mận", 2016, "x", "", "P", ""],
        [2, "Ôn Văn Tý", 2016, "x", "x", "x", ""],
        [3, "Lỡ Thị Quế", 2016, "P", "P", "P", ""],
    ]


@pytest.mark.parametrize(
    ("group", "days", "title"),
    [
        ("Tháng 8/2021", [9, 10, 11], CLASS),
        ("Tháng 8/2021", ["Ngày 9", "Ngày 10", "Ngày 11"], CLASS),
        ("Tháng 8/2021", ["T2 9", "T3 10", "T4 11"], CLASS),
        ("Tháng 8/2021", ["9/8", "10/8", "11/8"], CLASS),
        ("Ngày có mặt (tháng 8/2021)", [9, 10, 11], CLASS),
        ("Ngày đi học tháng 8 năm 2021", [9, 10, 11], CLASS),
        ("Ngày làm việc", ["9/8", "10/8", "11/8"], WEEK),
        ("Ca làm việc", ["9/8", "10/8", "11/8"], WEEK),
    ],
)
def test_days_below_the_head_of_a_group_are_days_of_presence(
    tmp_path: Path, group: str, days: list[object], title: str
) -> None:
    result = load_lists(tmp_path, {"lop.xlsx": _class(group, days, title)}, merged=HEADS)
    assert {(name, start) for name, _place, start, _end in visits_of(result)} == {
        ("Ung Thị Mận", "2021-08-09"),
        *(("Ôn Văn Tý", f"2021-08-{day}") for day in ("09", "10", "11")),
    }
    assert not result.questions


def test_symptoms_by_day_are_no_presence(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"lop.xlsx": _class("Có triệu chứng", ["9/8", "10/8", "11/8"])}, merged=HEADS)
    assert not visits_of(result)


def test_bare_days_of_which_no_month_is_told_are_asked_about(tmp_path: Path) -> None:
    rows = _class("Điểm danh kỳ 1/2", [9, 10, 11])
    result = load_lists(tmp_path, {"lop.xlsx": rows}, merged=HEADS)
    (asked,) = result.questions
    assert "month" in str(asked.text) and not visits_of(result)
    told = load_lists(tmp_path, {"lop.xlsx": rows}, merged=HEADS, answers={asked.id: "8/2021"})
    assert len(visits_of(told)) == 4


def test_bare_days_behind_one_with_its_month_are_of_this_month(tmp_path: Path) -> None:
    rows = _class("Điểm danh", ["9/8/2021", 10, 11])
    result = load_lists(tmp_path, {"lop.xlsx": rows}, merged=HEADS)
    assert {start for _name, _place, start, _end in visits_of(result)} == {"2021-08-09", "2021-08-10", "2021-08-11"}


def test_who_was_on_shift_beside_a_named_case_is_no_case(tmp_path: Path) -> None:
    rows = _class("Ngày làm việc", ["9/8", "10/8", "11/8"], WEEK)
    rows.insert(1, ["Ca F0: bà Ung Thị Mận (BN77120)"])
    result = load_lists(tmp_path, {"lop.xlsx": rows}, merged=["A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4"])
    assert len(visits_of(result)) == 4 and not result.questions
