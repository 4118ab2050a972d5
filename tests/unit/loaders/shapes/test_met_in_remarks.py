"""Remarks of any list of people that tell only whom somebody met, and on which day: contacts behind the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, pairs_of

MARKET_CASES: Rows = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày dương tính"],
    ["BN8801", "Tăng Thị Thu Nguyệt", "1978", "16/8/2021"],
    ["BN8802", "Kim Văn Sên", "1965", "16/8/2021"],
]


@pytest.mark.parametrize(
    ("remark", "case", "day"),
    [
        ("F1, bán kế F0 Nguyệt, gặp lần cuối 04/8", "Tăng Thị Thu Nguyệt", "2021-08-04"),
        ("sạp cạnh BN8802, TX 3/8", "Kim Văn Sên", "2021-08-03"),
        ("tx F0 Kim Văn Sên hôm 02/8/2021", "Kim Văn Sên", "2021-08-02"),
        ("gặp F0 Nguyệt 03/8, cách ly từ 05/8", "Tăng Thị Thu Nguyệt", "2021-08-03"),
        ("F1 ban chung voi F0 Nguyệt, tiep xuc cuoi 4/8", "Tăng Thị Thu Nguyệt", "2021-08-04"),
    ],
)
def test_a_remark_of_any_list_that_tells_only_whom_and_when_somebody_met_is_a_contact(
    tmp_path: Path, remark: str, case: str, day: str
) -> None:
    rows: Rows = [
        ["DANH SÁCH XÉT NGHIỆM TIỂU THƯƠNG, năm 2021"],
        ["TT", "Họ và tên", "Năm sinh", "SĐT", "Test 05/8", "Ghi chú"],
        ["1", "Hứa Văn Cải", "1980", "0912000701", "âm tính", remark],
        ["2", "Mã Thị Ngò", "1975", "0912000702", "âm tính", "chưa gặp F0"],
    ]
    result = load_lists(tmp_path, {"ca.csv": MARKET_CASES, "cho.xlsx": rows})
    assert {(who, met, last) for who, met, _first, last in pairs_of(result)} == {("Hứa Văn Cải", case, day)}
    assert len(result.records.tests) == 2 and len(result.records.isolations) == ("cách ly" in remark)


@pytest.mark.parametrize(
    "remark",
    [
        "mẹ của F0 Nguyệt, gặp 04/8",
        "không gặp F0 Nguyệt 04/8",
        "gặp F0 Nguyệt 03/8, về quê 05/8",
        "gặp F0 Nguyệt và Kim Văn Sên 04/8",
        "hình như có gặp F0 Nguyệt 04/8",
    ],
)
def test_a_remark_that_tells_more_than_a_meeting_is_no_contact_by_itself(tmp_path: Path, remark: str) -> None:
    rows: Rows = [
        ["TT", "Họ và tên", "Năm sinh", "SĐT", "Test 05/8", "Ghi chú"],
        ["1", "Hứa Văn Cải", "1980", "0912000701", "âm tính", remark],
    ]
    result = load_lists(tmp_path, {"ca.csv": MARKET_CASES, "cho.xlsx": rows})
    assert not pairs_of(result) and result.questions
