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


@pytest.mark.parametrize(
    "text",
    [
        *("Trịnh Văn Lộc 1982", "Trịnh Văn Lộc, 1982", "Trịnh Văn Lộc SN 1982", "Trịnh Văn Lộc - sinh năm 1982"),
        *("F0 Trịnh Văn Lộc (sn 1982)", "anh Lộc 1982", "Trịnh Văn Lộc 39 tuổi", "0918990501", "SĐT: 0918.990.501"),
    ],
)
def test_a_case_is_meant_by_name_and_year_or_by_telephone(tmp_path: Path, text: str) -> None:
    cases: Rows = (
        ("Mã BN", "Họ và tên", "Năm sinh", "SĐT", "Ngày khởi phát"),
        ("BN501", "Trịnh Văn Lộc", 1982, "0918990501", "16/7/2021"),
        ("BN502", "Trịnh Thị Mai", 1990, "0918990502", "16/7/2021"),
    )
    met: Rows = (
        ("Họ và tên", "Năm sinh", "SĐT", "Tiếp xúc với", "Ngày tiếp xúc cuối"),
        ("Liêu Thị Thắm", 1980, "0918990101", text, "15/7/2021"),
    )
    result = load_lists(tmp_path, {"ca.csv": cases, "f1.csv": met})
    assert [sorted(pair[:2]) for pair in pairs_of(result)] == [["Liêu Thị Thắm", "Trịnh Văn Lộc"]]
    assert not result.questions


def test_a_name_with_another_year_is_asked_about_and_the_namesake_offered(tmp_path: Path) -> None:
    cases: Rows = (
        ("Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"),
        ("BN501", "Trịnh Văn Lộc", 1982, "16/7/2021"),
    )
    met: Rows = (
        ("Họ và tên", "SĐT", "Tiếp xúc với", "Ngày tiếp xúc cuối"),
        ("Liêu Thị Thắm", "0918990101", "Trịnh Văn Lộc 1965", "15/7/2021"),
    )
    result = load_lists(tmp_path, {"ca.csv": cases, "f1.csv": met})
    (question,) = result.questions
    assert "BN501" in [choice.value for choice in question.choices] and not len(result.records.contacts)


@pytest.mark.parametrize("text", ["BN 1982", "CM-2001", "BN1982"])
def test_a_number_like_a_year_behind_the_letters_of_a_code_is_part_of_it(text: str) -> None:
    assert [(one.words, one.code) for one in read_reference(text).named] == [(text, True)]
