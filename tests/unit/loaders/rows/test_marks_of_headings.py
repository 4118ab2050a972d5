"""Marks of a roll whose heading explains them, and people who refused a test."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, results_of


@pytest.mark.parametrize(
    ("heading", "there", "away"),
    [
        ("Ngày bán (x: có bán; n: nghỉ)", "x", "n"),
        ("Ngay co mat (T = truc, K = khong truc)", "T", "K"),
        ("Có mặt (c: có mặt, v: vắng)", "c", "v"),
        ("Days (Z: present; N: absent)", "Z", "N"),
    ],
)
def test_a_heading_above_days_explains_their_marks(tmp_path: Path, heading: str, there: str, away: str) -> None:
    rows: Rows = [
        ["BAN QUẢN LÝ CHỢ PHƯỜNG 7 - DANH SÁCH TIỂU THƯƠNG BÁN TẠI CHỢ PHƯỜNG 7, năm 2021", *[""] * 6],
        ["TT", "Sạp số", "Họ và tên", "Năm sinh", heading, "", ""],
        ["", "", "", "", "31/7", "01/8", "02/8"],
        ["1", "13", "Mạc Văn Lúa", "1970", there, away, there],
        ["2", "14", "Mạc Thị Mè", "1978", away, away, there],
    ]
    merged = ["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2"]
    result = load_lists(tmp_path, {"cho.xlsx": rows}, merged=merged)
    assert len(result.records.visits) == 3
    assert not [question for question in result.questions if "mark" in question.text]


def test_who_refused_a_test_was_not_tested(tmp_path: Path) -> None:
    rows: Rows = [
        ["TT", "Họ và tên", "Năm sinh", "Ngày lấy mẫu", "Kết quả"],
        ["1", "Mạc Văn Lúa", "1970", "02/8/2021", "Âm tính"],
        ["2", "Mạc Thị Mè", "1978", "02/8/2021", "từ chối"],
    ]
    result = load_lists(tmp_path, {"kq.xlsx": rows})
    assert ("Mạc Văn Lúa", "2021-08-02", "negative") in results_of(result)
    assert not [one for one in results_of(result) if one[0] == "Mạc Thị Mè" and one[2]]
    assert not result.questions
