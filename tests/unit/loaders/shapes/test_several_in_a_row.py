"""Rows that tell several of one thing: two cases that were met, a rapid test and a PCR, a first and a second test."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import asked_of, load_lists, names_of, pairs_of

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN81001", "Trịnh Quốc Bửu", "1978", "20/07/2021"],
    ["BN81002", "Lâm Thị Sang", "1983", "21/07/2021"],
]
ONE, OTHER = "Trịnh Quốc Bửu", "Lâm Thị Sang"


@pytest.mark.parametrize(
    "heads", [("F0 1", "F0 2"), ("F0 thứ 1", "F0 thứ 2"), ("F0 (mẹ)", "F0 (cô)"), ("F0", "F0 thứ hai")]
)
def test_two_cases_are_two_contacts_with_the_days_of_the_row(tmp_path: Path, heads: tuple[str, str]) -> None:
    rows = [
        ["Họ tên", "Năm sinh", *heads, "Ngày tiếp xúc cuối"],
        ["Ngô Thị Bích", "1969", "BN81001", "BN81002", "22/07/2021"],
        ["Ngô Văn Dự", "2001", "", "BN81002", "21/07/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows})
    assert pairs_of(result) == {
        ("Ngô Thị Bích", ONE, "", "2021-07-22"),
        (OTHER, "Ngô Thị Bích", "", "2021-07-22"),
        (OTHER, "Ngô Văn Dự", "", "2021-07-21"),
    }
    assert result.complete


def test_each_case_has_its_own_day_where_the_list_gives_one(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "F0 1", "Ngày TX F0 1", "F0 2", "Ngày TX F0 2"],
        ["Ngô Thị Bích", "1969", "BN81001", "20/07/2021", "BN81002", "22/07/2021"],
        ["Ngô Văn Dự", "2001", "BN81002", "19/07/2021", "ca ở chợ", ""],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows})
    assert pairs_of(result) == {
        ("Ngô Thị Bích", ONE, "2021-07-20", "2021-07-20"),
        (OTHER, "Ngô Thị Bích", "2021-07-22", "2021-07-22"),
        (OTHER, "Ngô Văn Dự", "2021-07-19", "2021-07-19"),
    }
    assert asked_of(result) == {(3, "ca ở chợ")}


def test_a_second_column_of_cases_under_a_heading_of_its_own_is_asked_about_and_an_answer_is_enough(
    tmp_path: Path,
) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "Tiếp xúc với ca", "Người thân", "Ngày tiếp xúc cuối"],
        ["Ngô Thị Bích", "1969", "BN81001", "BN81002", "22/07/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows})
    [question] = result.questions
    assert "index_2" in [choice.value for choice in question.choices]
    again = load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows}, answers={question.id: "index_2"})
    assert len(pairs_of(again)) == 2
    assert again.complete


def test_the_name_beside_the_code_of_a_case_is_no_second_case(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "Mã F0", "Tên F0", "Ngày tiếp xúc cuối"],
        ["Ngô Thị Bích", "1969", "BN81001", "Trịnh Quốc Bửu", "22/07/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows})
    assert pairs_of(result) == {("Ngô Thị Bích", ONE, "", "2021-07-22")}


def test_a_pcr_that_is_awaited_stands_beside_the_rapid_test(tmp_path: Path) -> None:
    rows = [
        ["Kết quả xét nghiệm ngày 25/7/2021"],
        ["Họ tên", "NS", "Test nhanh", "PCR"],
        ["Kha Văn Tịnh", "1980", "Dương tính", "chờ KQ"],
        ["Kha Thị Lan", "1985", "Âm tính", ""],
        ["Giang Thị Xinh", "2000", "Không lấy", "Âm tính"],
    ]
    result = load_lists(tmp_path, {"test.csv": rows})
    names = names_of(result)
    assert {(names[t.person], t.method, t.result) for t in result.records.tests.itertuples()} == {
        ("Kha Văn Tịnh", "antigen", "positive"),
        ("Kha Văn Tịnh", "pcr", "pending"),
        ("Kha Thị Lan", "antigen", "negative"),
        ("Giang Thị Xinh", "pcr", "negative"),
    }
    assert [question.row for question in result.questions] == [3]  # positive, and on no list of cases


def test_a_first_and_a_second_test_with_days_of_their_own(tmp_path: Path) -> None:
    rows = [
        ["KHU CÁCH LY TRƯỜNG NGHỀ - cập nhật 27/7/2021", "", "", "", "", "", ""],
        ["Phòng", "Họ và tên", "Năm sinh", "XN lần 1", "", "XN lần 2", ""],
        ["", "", "", "Ngày", "KQ", "Ngày", "KQ"],
        ["A1", "Ngô Thị Bích", "1969", "23/7/2021", "Âm tính", "26/7/2021", "chờ KQ"],
        ["A1", "Ngô Văn Dự", "2001", "23/7/2021", "Âm tính", "", ""],
    ]
    result = load_lists(tmp_path, {"khu.xlsx": rows}, merged=["D2:E2", "F2:G2"])
    names = names_of(result)
    day = {1626973200: 23, 1627232400: 26}
    assert {(names[t.person], day[int(t.sample)], t.result) for t in result.records.tests.itertuples()} == {
        ("Ngô Thị Bích", 23, "negative"),
        ("Ngô Thị Bích", 26, "pending"),
        ("Ngô Văn Dự", 23, "negative"),
    }
