"""Lists of a district by several hands: camps with counted days, who is struck off, couples in one cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, isolations_of, load_lists, visits_of

CAMP: Rows = [
    ["KHU CÁCH LY TRƯỜNG CAO ĐẲNG NGHỀ"],
    ["DANH SÁCH NGƯỜI ĐANG CÁCH LY (ngày 20.7.21)"],
    ["STT", "Họ tên", "Năm sinh", "Ngày vào", "{heading}", "Ngày ra dự kiến"],
    ["PHÒNG 12"],
    ["1", "Đinh Văn Lâm", "1970", "15.7.21", "{first}", "29.7.21"],
    ["2", "Bùi Thị Sương", "1983", "16.7.21", "{second}", "30.7.21"],
]


@pytest.mark.parametrize(("heading", "of"), [("Ngày thứ", 21), ("Ngày CL thứ", 14), ("Đang theo dõi", 14)])
def test_which_day_of_so_many_it_is_is_no_day_of_a_visit(tmp_path: Path, heading: str, of: int) -> None:
    said = {"heading": heading, "first": f"6/{of}", "second": f"5/{of}"}
    rows = [[cell.format(**said) for cell in map(str, row)] for row in CAMP]
    result = load_lists(tmp_path, {"kcl.xlsx": rows}, merged=("A1:F1", "A2:F2", "A4:F4"))
    assert not visits_of(result)
    assert {(one[0], one[3]) for one in isolations_of(result)} == {
        ("Đinh Văn Lâm", "2021-07-15"),
        ("Bùi Thị Sương", "2021-07-16"),
    }
    assert not [question for question in result.questions if question.column == heading]
