"""Cells that count tests of one result, ``3 lần âm (21/8, 27/8, 02/9)``, and days in and out of a quarantine centre."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import isolations_of, load_lists, results_of


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("PCR", "3 lần âm (11/7, 17/7, 23/7)"),
        ("Xét nghiệm PCR", "âm tính 3 lần: 11/7, 17/7, 23/7"),
        ("KQ PCR", "cả 3 lần đều âm tính (11/7; 17/7; 23/7)"),
        ("PCR", "PCR am 3 lan (11/7, 17/7 va 23/7)"),
    ],
)
@pytest.mark.parametrize("span", ["Vào – ra", "Ngày vào/ra", "Ngày vào - ngày ra"])
def test_who_left_a_centre_with_all_their_tests(tmp_path: Path, heading: str, cell: str, span: str) -> None:
    rows = [
        ["ĐÃ HẾT CÁCH LY TẬP TRUNG (năm 2021)"],
        ["TT", "Họ tên", "NS / xã", span, heading, "ĐT"],
        [1, "Phù Văn Đậm", "1991, Đất Mới", "10/7 – 24/7", cell, "0918074623"],
        [2, "Sử Thị Lài", "1993, Đất Mới", "10/7 – 24/7", cell, ""],
    ]
    result = load_lists(tmp_path, {"kcl.xlsx": rows}, merged=("A1:F1",))
    who = ("Phù Văn Đậm", "Sử Thị Lài")
    days = ("2021-07-11", "2021-07-17", "2021-07-23")
    assert results_of(result) == {(name, day, "negative") for name in who for day in days}
    assert result.records.tests["method"].unique().tolist() == ["pcr"]
    assert {(name, start, end) for name, _, _, start, end in isolations_of(result)} == {
        (name, "2021-07-10", "2021-07-24") for name in who
    }
    assert set(result.records.persons["birth_year"]) == {1991, 1993}


def test_a_count_that_does_not_fit_its_days_is_asked_about(tmp_path: Path) -> None:
    rows = [["Họ tên", "Năm sinh", "PCR"], ["Phù Văn Đậm", 1991, "3 lần âm (11/7, 17/7)"]]
    result = load_lists(tmp_path, {"kcl.xlsx": rows})
    assert not results_of(result) and [one.column for one in result.questions] == ["PCR"]


def test_days_in_and_out_of_a_hotel_are_no_isolation(tmp_path: Path) -> None:
    rows = [["KHÁCH SẠN HƯƠNG TRÀM"], ["Họ tên", "Năm sinh", "Vào – ra"], ["Phù Văn Đậm", 1991, "10/7 – 24/7"]]
    assert load_lists(tmp_path, {"ks.xlsx": rows}, merged=("A1:C1",)).records.isolations.empty
