"""Headings of a test with its day, whose cells tell results and in several ways that nobody was tested."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists


@pytest.mark.parametrize("heading", ["Test nhanh 28/7", "KQ test nhanh ngày 28/7", "XN PCR (28/7)", "ket qua xn 28/7"])
@pytest.mark.parametrize("none", [("không test", "chưa test"), ("chưa lấy mẫu", "ko test", "Chưa XN")])
def test_who_was_not_tested_has_no_result_and_the_others_have(
    tmp_path: Path, heading: str, none: tuple[str, ...]
) -> None:
    rows = [
        ["DANH SÁCH LỚP ÔN HÈ 6A, tháng 7/2021", "", "", ""],
        ["Họ và tên", "Năm sinh", "SĐT phụ huynh", heading],
        ["Ngô Văn Tịnh", "2009", "0912345001", "âm tính"],
        ["Ngô Thị Lài", "2009", "0912345002", "âm tính"],
        *(["Ngô Thị Sim" + "abc"[at], "2008", f"091234501{at}", said] for at, said in enumerate(none)),
    ]
    result = load_lists(tmp_path, {"lop.xlsx": rows}, merged=["A1:D1"])
    assert result.records.tests["result"].tolist() == ["negative", "negative"]
    assert len(result.records.persons) == 2 + len(none)
