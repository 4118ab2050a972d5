"""Books of isolation at home: a column of results for each day, lines that name homes and places, and who was moved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from lists import Rows, isolations_of, load_lists, results_of

MERGED = ["A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2", "H2:H3", "A4:H4", "A7:H7"]
BOOK: Rows = [
    ["SỔ THEO DÕI F1 CÁCH LY TẠI NHÀ XÃ TÂN HƯNG", *[""] * 7],
    ["TT", "Họ tên", "NS", "Cách ly từ", "KQ test kháng nguyên nhanh", "", "", "Ghi chú"],
    ["", "", "", "", "12/7", "Ngày 14/7/2021", datetime(2021, 7, 16), ""],
    ["Hộ bà Mai Thị Lan - ấp 5 (2 khẩu)", *[""] * 7],
    [1, "Mai Thị Lan", 1960, "11/07/2021", "âm", "âm", "âm", ""],
    [2, "Mai Văn Sơn", 1985, "11/07/2021", "âm", "", "dương", "đưa đi KCL Trường TH Tân Hưng ngày 16/7"],
    ["Cách ly tại chỗ làm: Xưởng gỗ Phú Tài (2 người)", *[""] * 7],
    [3, "Tô Thị Lụa", 1991, "12/07/2021", "", "âm", "âm", "15/7 về cách ly ở nhà chồng"],
    [4, "Lê Bá Khá", 1990, "12/07/2021", "âm", "âm", "", "14/7 chuyển BV Đa khoa Tân Hưng"],
]


def test_each_day_of_a_book_is_a_test_of_those_who_have_a_result_on_it(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"so.xlsx": BOOK}, merged=MERGED)
    negative = {
        "Mai Thị Lan": ("2021-07-12", "2021-07-14", "2021-07-16"),
        "Mai Văn Sơn": ("2021-07-12",),
        "Tô Thị Lụa": ("2021-07-14", "2021-07-16"),
        "Lê Bá Khá": ("2021-07-12", "2021-07-14"),
    }
    assert results_of(result) == {
        ("Mai Văn Sơn", "2021-07-16", "positive"),
        *((who, day, "negative") for who, days in negative.items() for day in days),
    }
    assert set(result.records.tests["method"]) == {"antigen"}


def test_a_line_names_the_place_of_those_below_and_a_remark_that_to_which_somebody_was_moved(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"so.xlsx": BOOK}, merged=MERGED)
    assert isolations_of(result) == {
        ("Mai Thị Lan", "home", "", "2021-07-11", ""),
        ("Mai Văn Sơn", "home", "", "2021-07-11", "2021-07-16"),
        ("Mai Văn Sơn", "centre", "Trường TH Tân Hưng", "2021-07-16", ""),
        ("Tô Thị Lụa", "centre", "Xưởng gỗ Phú Tài", "2021-07-12", "2021-07-15"),
        ("Tô Thị Lụa", "home", "", "2021-07-15", ""),
        ("Lê Bá Khá", "centre", "Xưởng gỗ Phú Tài", "2021-07-12", "2021-07-14"),
        ("Lê Bá Khá", "hospital", "BV Đa khoa Tân Hưng", "2021-07-14", ""),
    }


def test_more_days_than_a_row_holds_are_read_to_the_last(tmp_path: Path) -> None:
    days = [f"{day}/7" for day in range(12, 22)]
    rows = [
        ["SỔ CÁCH LY TẠI NHÀ THÁNG 7/2021", *[""] * 12],
        ["Họ tên", "Năm sinh", "Ngày bắt đầu cách ly", *days],
        ["Mai Thị Lan", "1960", "11/07/2021", *["(-)"] * 10],
        ["Tô Thị Lụa", "1991", "12/07/2021", "(-)", *[""] * 9],
    ]
    result = load_lists(tmp_path, {"so.xlsx": rows})
    found = results_of(result)
    assert found == {
        *(("Mai Thị Lan", f"2021-07-{day}", "negative") for day in range(12, 22)),
        ("Tô Thị Lụa", "2021-07-12", "negative"),
    }
    assert {(who, start) for who, _kind, _place, start, _end in isolations_of(result)} == {
        ("Mai Thị Lan", "2021-07-11"),
        ("Tô Thị Lụa", "2021-07-12"),
    }
    assert len(result.records.isolations) == 2, "rows of the same person tell one isolation"


@pytest.mark.parametrize(
    ("sign", "said"), [("BB", "BB: bỏ buổi, không lấy mẫu"), ("v", "(-) âm tính, (+) dương tính, v = vắng")]
)
def test_a_sign_that_the_lines_above_explain_as_not_taken_is_no_test(tmp_path: Path, sign: str, said: str) -> None:
    rows = [
        ["SỔ CÁCH LY TẠI NHÀ", *[""] * 4],
        [f"Ký hiệu: {said}", *[""] * 4],
        ["Họ tên", "Năm sinh", "Ngày bắt đầu cách ly", "Test nhanh 12/7/2021", "Test nhanh 14/7/2021"],
        ["Mai Thị Lan", "1960", "11/07/2021", "(-)", sign],
        ["Tô Thị Lụa", "1991", "12/07/2021", "(-)", "(-)"],
    ]
    result = load_lists(tmp_path, {"so.xlsx": rows})
    assert {(who, day) for who, day, _ in results_of(result)} == {
        ("Mai Thị Lan", "2021-07-12"),
        ("Tô Thị Lụa", "2021-07-12"),
        ("Tô Thị Lụa", "2021-07-14"),
    }
    assert not result.questions
