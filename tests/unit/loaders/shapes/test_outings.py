"""Books of a gate: where those who went out and came back were meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, visits_of

GATE: Rows = [
    ["SỔ RA VÀO CỔNG – BẢO VỆ CÔNG TY MINH PHÁT (từ 10/7 đến 16/7/2021)"],
    ["Ngày", "Họ tên", "Giờ ra", "Giờ vào lại", "Lý do"],
    ["10/7/2021", "Lê Minh Khải", "18h00", "6h30 (11/7)", "về thăm vợ con ở nhà trọ Hồng Phúc, có giấy"],
    ["12/7/2021", "Quách Minh Thuận", "16h45", "–", "nghỉ việc, trả thẻ"],
    ["13/7/2021", "Trần Văn Khoa", "8h10", "9h05", "mua thuốc cho tổ ở nhà thuốc Ngọc Lan"],
]
ENGLISH: Rows = [
    ["Date", "Full name", "Time out", "Returned at", "Reason"],
    ["10/7/2021", "Lê Minh Khải", "18:00", "20:30", "family, nhà trọ Hồng Phúc"],
    ["13/7/2021", "Trần Văn Khoa", "08:10", "09:05", "nhà thuốc Ngọc Lan"],
]


def test_who_went_out_was_at_the_place_of_the_reason_until_they_came_back(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"so cong.xlsx": GATE}, merged=("A1:E1",))
    assert visits_of(result) == {
        ("Lê Minh Khải", "nhà trọ Hồng Phúc", "2021-07-10T18:00", "2021-07-11T06:30"),
        ("Trần Văn Khoa", "nhà thuốc Ngọc Lan", "2021-07-13T08:10", "2021-07-13T09:05"),
    }
    assert "Quách Minh Thuận" in names_of(result).values()
    assert not [one for one in result.questions if one.column == "Giờ đến"]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (1, 4, 0, 2, 3)])
def test_the_same_in_english_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    result = load_lists(tmp_path, {"gate.csv": [[row[at] for at in order] for row in ENGLISH]})
    assert {(who, place, start[:13]) for who, place, start, _ in visits_of(result)} == {
        ("Lê Minh Khải", "nhà trọ Hồng Phúc", "2021-07-10T18"),
        ("Trần Văn Khoa", "nhà thuốc Ngọc Lan", "2021-07-13T08"),
    }


def test_where_somebody_went_who_came_back_is_asked_if_no_place_is_named(tmp_path: Path) -> None:
    rows = [*GATE, ["14/7/2021", "Ngô Thị Kiều", "7h00", "8h00", "việc riêng"]]
    result = load_lists(tmp_path, {"so cong.xlsx": rows}, merged=("A1:E1",))
    assert [one.rows for one in result.questions if one.column == "Giờ đến"] == [1]


@pytest.mark.parametrize("columns", [5, 4])
def test_who_went_out_was_not_in_the_place_of_the_gate(tmp_path: Path, columns: int) -> None:
    rows = [[*row[:4], "việc riêng"][:columns] if at > 1 else row[:columns] for at, row in enumerate(GATE)]
    result = load_lists(tmp_path, {"so cong.xlsx": rows}, merged=("A1:D1",))
    assert {(place, start) for _, place, start, _ in visits_of(result)} <= {("", "2021-07-10T18:00")}
    assert [one.rows for one in result.questions if one.column == "Giờ đến"] == [2]


def test_a_day_at_work_with_a_break_is_no_outing(tmp_path: Path) -> None:
    rows = [
        ["CÔNG TY MINH PHÁT, ngày 10/7/2021"],
        ["Họ tên", "Năm sinh", "Giờ vào", "Giờ ra", "Giờ vào lại"],
        ["Lê Minh Khải", "1994", "7h00", "11h00", "13h00"],
    ]
    visits = visits_of(load_lists(tmp_path, {"cong.xlsx": rows}, merged=("A1:E1",)))
    assert {(who, start) for who, _, start, _ in visits} == {("Lê Minh Khải", "2021-07-10T07:00")}
