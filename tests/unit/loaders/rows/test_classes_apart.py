"""Two of one name and year in two classes of one list are two people."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists


def _tested(heading: str, first: str, second: str, born: tuple[str, str] = ("2012", "2012")) -> Rows:
    return [
        ["TEST NHANH TRƯỜNG TIỂU HỌC RẠCH GỐC ngày 12/8/2021"],
        ["STT", "Họ tên", "Năm sinh", heading, "Kết quả"],
        ["1", "Mạc Bảo Châu", born[0], first, "âm"],
        ["2", "Huỳnh Phúc An", "2012", first, "âm"],
        ["3", "Mạc Bảo Châu", born[1], second, "dương"],
    ]


@pytest.mark.parametrize("heading", ["Lớp", "Lớp học", "Chuyền"])
def test_two_of_one_name_in_two_classes_have_a_test_each(tmp_path: Path, heading: str) -> None:
    records = load_lists(tmp_path, {"kq.xlsx": _tested(heading, "3A", "3B")}).records
    assert sorted(records.persons["name"]) == ["Huỳnh Phúc An", "Mạc Bảo Châu", "Mạc Bảo Châu"]
    assert sorted(records.tests["result"]) == ["negative", "negative", "positive"]
    assert records.tests["person"].nunique() == 3


def test_two_rows_of_one_class_are_one_person(tmp_path: Path) -> None:
    records = load_lists(tmp_path, {"kq.xlsx": _tested("Lớp", "3A", "3a")}).records
    assert len(records.persons) == 2


def test_another_column_tells_nobody_apart(tmp_path: Path) -> None:
    records = load_lists(tmp_path, {"kq.xlsx": _tested("Dân tộc", "Kinh", "Khmer")}).records
    assert len(records.persons) == 2


def test_days_in_several_teams_are_those_of_one_person(tmp_path: Path) -> None:
    rows = [
        ["CÔNG TY THUỶ SẢN MINH HẢI"],
        ["Họ tên", "Năm sinh", "Tổ", "Ngày làm"],
        ["Mạc Bảo Châu", "1990", "1", "9/8/2021"],
        ["Mạc Bảo Châu", "1990", "2", "10/8/2021"],
    ]
    records = load_lists(tmp_path, {"to.xlsx": rows}).records
    assert len(records.persons) == 1 and len(records.visits) == 2
