"""What stands behind a name in a reference, a telephone number, a class, a company, tells whom of several is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, pairs_of

from loaders.columns.references import read_reference

F1: Rows = (
    ("Họ và tên", "Năm sinh", "SĐT", "F1 của", "Ngày tiếp xúc"),
    ("Liêu Thị Thắm", 1980, "0918990101", "BN501", "15/7/2021"),
    ("Kim Thị Thắm", 1985, "0918990102", "BN501", "15/7/2021"),
    ("Hứa Minh Trí", 1990, "0918990103", "BN501", "15/7/2021"),
)
CASES: Rows = (("Mã BN", "Họ và tên", "Ngày khởi phát"), ("BN501", "Trịnh Văn Lộc", "16/7/2021"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("chị Thắm 0918 990 102", [("chị Thắm", False)]),
        ("Gia Bảo, Gia Hân lớp 4A", [("Gia Bảo", False), ("Gia Hân", False)]),
        ("BN34 lớp 4A", [("BN34", True)]),
        ("Trần Văn Tài, SĐT: 0919 000 123", [("Trần Văn Tài", False)]),
        ("Lê Thị Tổ", [("Lê Thị Tổ", False)]),
    ],
)
def test_what_is_behind_a_name_is_no_part_of_it(text: str, named: list[tuple[str, bool]]) -> None:
    assert [(one.words, one.code) for one in read_reference(text).named] == named


@pytest.mark.parametrize(
    ("text", "whom"), [("chị Thắm 0918990102", "Kim Thị Thắm"), ("Hứa Minh Trí - cty Hòa Thành", "Hứa Minh Trí")]
)
def test_a_number_tells_whom_of_several_a_short_name_means(tmp_path: Path, text: str, whom: str) -> None:
    f2: Rows = (("Họ và tên F2", "Tiếp xúc với F1", "Ngày tiếp xúc"), ("Sơn Thị Ry", text, "17/7/2021"))
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": F1, "f2.csv": f2})
    assert {frozenset(pair[:2]) for pair in pairs_of(result)} >= {frozenset(("Sơn Thị Ry", whom))}
    assert not result.questions


def test_of_whom_one_list_tells_the_name_alone_is_the_one_of_whom_another_tells_more(tmp_path: Path) -> None:
    f2: Rows = (("Họ và tên F2", "Tiếp xúc với F1", "Ngày tiếp xúc"), ("Sơn Thị Ry", "Hứa Minh Trí", "17/7/2021"))
    roll: Rows = (("Họ và tên", "Địa điểm", "Ngày"), ("Hứa Minh Trí", "Chợ Rạch Ráng", "14/7/2021"))
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": F1, "f2.csv": f2, "cho.csv": roll})
    assert len([pair for pair in pairs_of(result) if {"Sơn Thị Ry", "Hứa Minh Trí"} == set(pair[:2])]) == 1
    assert not any("Several people" in str(question.text) for question in result.questions)
