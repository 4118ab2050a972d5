"""A column about the one case of heading or title: its cells say who met it, when and how, and which row it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, pairs_of

WAKE: Rows = [
    ["KHÁCH DỰ ĐÁM GIỖ NHÀ BÀ TĂNG THỊ LỰU NGÀY 02/7/2021"],
    ["Liên quan F0: BN88150 Thang Văn Bưởi, sn 1984, dương tính 06/7/2021"],
    ["Họ tên", "Năm sinh", "Điện thoại", "Giờ đến - về", "Tiếp xúc với F0"],
    ["Tăng Thị Lựu", "1960", "0918550301", "8g00 - 13g00", "F1: bưng nước cho F0"],
    ["Thang Văn Bưởi", "1984", "0918550302", "9g00 - 11g30", "F0"],
    ["Từ Văn Khế", "1977", "0918550303", "9g30 - 12g00", "F1: cùng mâm 2"],
    ["Vi Thị Ổi", "1999", "0918550304", "10g00 - 11g00", "Không"],
]
SHIFTS: Rows = [
    ["DANH SÁCH TỔ MAY 4. F0: BN88160 Thang Văn Bưởi, dương tính ngày 06/7/2021"],
    ["Họ tên", "Năm sinh", "Điện thoại", "Làm chung chuyền với F0 - ngày gần nhất"],
    ["Thang Văn Bưởi", "1984", "0918550302", "F0"],
    ["Từ Văn Khế", "1977", "0918550303", "04/7"],
    ["Vi Thị Ổi", "1999", "0918550304", "không"],
    ["Tăng Thị Lựu", "1960", "0918550301", "03/7"],
]


def test_who_met_the_case_was_there_too_and_the_row_of_the_case_is_the_case(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"giỗ.xlsx": WAKE})
    day = "2021-07-02"
    assert pairs_of(result) == {
        (*sorted(pair), day, day) for pair in (("Tăng Thị Lựu", "Thang Văn Bưởi"), ("Từ Văn Khế", "Thang Văn Bưởi"))
    }
    assert len(result.records.visits) == 4
    (person,) = result.records.persons[result.records.persons["name"] == "Thang Văn Bưởi"]["person"].unique()
    assert person == "BN88150" and result.records.cases["person"].unique().tolist() == ["BN88150"]
    assert not result.questions


def test_days_below_such_a_heading_are_those_of_the_last_meeting(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"may.xlsx": SHIFTS})
    assert {pair[:2] for pair in pairs_of(result)} == {
        ("Thang Văn Bưởi", "Từ Văn Khế"),
        ("Thang Văn Bưởi", "Tăng Thị Lựu"),
    }
    assert result.records.contacts["end"].notna().all()
    assert not result.questions


@pytest.mark.parametrize(("cell", "name"), [("F0 BN88170", "Thang Văn Bưởi"), ("F0", "Từ Văn Mít")])
def test_a_row_of_another_code_or_name_is_not_taken_for_the_case(tmp_path: Path, cell: str, name: str) -> None:
    rows = [*WAKE[:3], [name, "1984", "0918550302", "9g00 - 11g30", cell], *WAKE[5:]]
    result = load_lists(tmp_path, {"giỗ.xlsx": rows})
    listed = result.records.persons[result.records.persons["phone"] == "0918550302"]
    assert "BN88150" not in set(listed["person"])
