"""Remarks of lists of contacts that tell when people met the case of their row, and what else remarks tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, asked_of, isolations_of, load_lists, pairs_of, without_accents

ONE, OTHER = "Lò Văn Pản", "Quàng Thị Ón"
CASES: Rows = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN70201", ONE, "1985", "18/07/2021"],
    ["BN70202", OTHER, "1990", "19/07/2021"],
]
WHO = "Cầm Văn Hặc"


def _met(folder: Path, remark: str, *, day: str = "", case: str = "BN70201") -> set[tuple[str, str, str]]:
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "F1 của", "Ngày TX cuối", "Ghi chú"],
        ["1", WHO, "1991", case, day, remark],
        ["2", "Tòng Thị Lún", "1993", "BN70202", "16/7", ""],
    ]
    pairs = pairs_of(load_lists(folder, {"ca.csv": CASES, "f1.xlsx": rows}))
    return {(*sorted(pair[:2]), (pair[2] or pair[3])) for pair in pairs if WHO in pair[:2]}


@pytest.mark.parametrize(
    ("remark", "day"),
    [
        ("chồng bà Lún, tx 13/7 lúc thu tiền điện", "2021-07-13"),
        ("chong ba Lun, tx 13/7 luc thu tien dien", "2021-07-13"),
        ("gặp ngày 13/7 khi giao hàng. Đã tiêm 1 mũi", "2021-07-13"),
        ("ngồi cùng bàn BN hôm 13/7", "2021-07-13"),
        ("tiếp xúc lần cuối 13/7 ở chợ; CLTN từ 15/7", "2021-07-13"),
        ("13/7 ăn cỗ ngồi cạnh BN70201", "2021-07-13"),
    ],
)
def test_the_day_of_a_remark_is_that_of_the_contact(tmp_path: Path, remark: str, day: str) -> None:
    ((_, _, told),) = _met(tmp_path, remark)
    assert told == day


@pytest.mark.parametrize(
    "remark",
    [
        "về quê từ 13/7, không còn ở đây",
        "tx với mẹ BN 13/7",
        "hình như gặp 13/7",
        "con gái Lò Thị Xum (2016) cũng F1, tx cuối 13/7",
        "lấy mẫu 13/7",
    ],
)
def test_a_day_of_something_else_is_none_of_the_contact(tmp_path: Path, remark: str) -> None:
    assert {told for _, _, told in _met(tmp_path, remark)} == {""}


def test_the_column_tells_the_day_where_it_has_one(tmp_path: Path) -> None:
    assert {told for _, _, told in _met(tmp_path, "tx 13/7 lúc thu tiền", day="14/7")} == {"2021-07-14"}


def test_a_remark_that_begins_with_the_case_tells_it(tmp_path: Path) -> None:
    assert _met(tmp_path, "F1 BN70201, tx 13/7 lúc ăn ca", case="") == {(WHO, ONE, "2021-07-13")}


def test_two_days_of_a_remark_are_both_told(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "F1 của", "Ngày TX cuối", "Ghi chú"],
        ["1", WHO, "1991", "BN70201", "", "tx 11, 13/7 lúc ăn ca"],
        ["2", "Tòng Thị Lún", "1993", "BN70202", "16/7", ""],
    ]
    pairs = [pair for pair in pairs_of(load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": rows})) if WHO in pair[:2]]
    assert {day for pair in pairs for day in pair[2:]} >= {"2021-07-11", "2021-07-13"}


TITLED: Rows = [
    ["Bổ sung F1 BN70201 (ông Pản lái xe) - tối 20/7", "", "", ""],
    ["STT", "Họ tên", "SN", "Nội dung"],
    ["1", WHO, "1991", "bảo vệ, tx ông Pản 13/7 khi mở cổng. Đã CL tại nhà từ 15/7"],
    ["2", "Tòng Thị Lún", "1993", "đi xe 14/7 ngồi ghế phụ cạnh ông Pản; LM 19/7 chưa có KQ"],
    ["3", "Vì Văn Xôm", "1988", "có tx ông Pản, không nhớ ngày nào"],
    ["4", "Lường Thị Piếng", "1996", "tx bà Ón 14/7"],
]


def test_the_case_may_be_called_as_the_title_calls_it(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": TITLED})
    told = {(who if other == ONE else other): start or end for who, other, start, end in pairs_of(result)}
    assert told == {WHO: "2021-07-13", "Tòng Thị Lún": "2021-07-14", "Vì Văn Xôm": "", "Lường Thị Piếng": ""}
    assert (WHO, "home", "2021-07-15") in {(who, kind, start) for who, kind, _, start, _ in isolations_of(result)}
    assert any("LM 19/7" in (said or "") for _, said in asked_of(result)) or any(
        question.column == "Nội dung" for question in result.questions
    )


def test_the_same_without_accents(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.csv": without_accents(CASES), "f1.xlsx": without_accents(TITLED)})
    assert {start or end for _, _, start, end in pairs_of(result)} == {"2021-07-13", "2021-07-14", ""}
