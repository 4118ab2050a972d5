"""Whom somebody met, and when, told in one sentence below a heading that asks for the case."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, pairs_of

CASES: Rows = [
    ["Mã BN", "Họ và tên", "Năm sinh", "SĐT", "Ngày dương tính"],
    ["BN7411", "Sơn Văn Lúa", "1980", "0912000401", "10/8/2021"],
    ["BN7412", "Thạch Thị Mè", "1991", "0912000402", "11/8/2021"],
]
HEAD = ["Dãy phòng", "Họ tên", "Năm sinh", "SĐT", "Có tiếp xúc F0 nào, lần cuối ngày nào"]
HOUSE: Rows = [
    ["KHU NHÀ TRỌ NĂM LÀNH, lập ngày 12/8/2021"],
    HEAD,
    ["A1", "Sơn Văn Lúa", "1980", "0912000401", "F0 (BN7411)"],
    ["A1", "Danh Thị Nếp", "1982", "0912000403", "BN7411 (chồng), ở cùng phòng tới 09/8"],
    ["A1", "Sơn Danh Tấm", "2013", "", "BN7411 (cha), nt"],
    ["A2", "Kim Văn Bắp", "1975", "0912000404", "nhậu với BN 7411 chiều 07/8"],
    ["A3", "Lý Thị Khoai", "1969", "0912000405", "0"],
    ["A4", "Lý Văn Sắn", "1966", "0912000406", "bn7412 từ 06/8 đến 08/8, làm chung ca"],
    ["A5", "Từ Văn Môn", "1990", "0912000407", "không gặp BN7411, BN7412"],
]


def test_one_sentence_tells_the_case_and_the_day(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "tro.xlsx": HOUSE})
    assert pairs_of(result) == {
        ("Danh Thị Nếp", "Sơn Văn Lúa", "", "2021-08-09"),
        ("Sơn Danh Tấm", "Sơn Văn Lúa", "", "2021-08-09"),
        ("Kim Văn Bắp", "Sơn Văn Lúa", "", "2021-08-07"),
        ("Lý Văn Sắn", "Thạch Thị Mè", "2021-08-06", "2021-08-08"),
    }
    assert set(result.findings.of(code="contact.own")["row"]) == {3}, "a case among its neighbours met nobody"
    assert set(names_of(result).values()) >= {"Lý Thị Khoai", "Từ Văn Môn"}
    assert 9 in {question.row for question in result.questions}, "a text that names two cases is asked about"


@pytest.mark.parametrize(
    ("text", "day"),
    [("ăn giỗ cùng BN7411 hôm 05/8/2021", "2021-08-05"), ("BN7411 - 05/8", "2021-08-05"), ("BN7411 (mẹ)", "")],
)
def test_the_day_of_a_meeting_is_read_where_the_heading_asks_for_no_last_one(
    tmp_path: Path, text: str, day: str
) -> None:
    rows: Rows = [["Họ tên", "Năm sinh", "SĐT", "Tiếp xúc với F0"], ["Kim Văn Bắp", "1975", "0912000404", text]]
    assert pairs_of(load_lists(tmp_path, {"ca.xlsx": CASES, "f1.xlsx": rows})) == {
        ("Kim Văn Bắp", "Sơn Văn Lúa", day, day)
    }


@pytest.mark.parametrize("text", ["mẹ BN7411 ngày 05/8", "con của BN7411, 05/8", "gặp em trai BN7411 hôm 05/8"])
def test_kin_of_a_case_are_not_the_case(tmp_path: Path, text: str) -> None:
    rows: Rows = [["Họ tên", "Năm sinh", "SĐT", "Tiếp xúc với F0"], ["Kim Văn Bắp", "1975", "0912000404", text]]
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "f1.xlsx": rows})
    assert not pairs_of(result) and result.questions


CENTRE = ["STT", "Phòng", "Họ và tên", "Năm sinh", "SĐT"]
TOLD = {("Kim Văn Bắp", "Sơn Văn Lúa", "2021-08-05"), ("Lý Thị Khoai", "Thạch Thị Mè", "2021-08-06")}


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Tiếp xúc ca bệnh - ngày cuối", ["BN7411 - 05/8", "BN7412 - 6/8", "không phải F1"]),
        ("TX cuoi", ["5/8 - BN7411", "06/8: BN7412", "chưa TX ai"]),
        ("Diện", ["F1 BN7411, 5/8", "F1 BN7412, 6/8", "tự nguyện vào chăm con"]),
        ("Yếu tố tiếp xúc", ["TX BN7411 ngày 5/8", "tx BN7412 hôm 6/8", ""]),
        ("Contact (case, last date)", ["BN7411 5/8/2021", "BN7412; 6/8/2021", "not a contact"]),
    ],
)
def test_a_column_of_contact_that_has_a_case_and_a_day_in_most_cells_tells_both(
    tmp_path: Path, heading: str, cells: list[str]
) -> None:
    people = [("Kim Văn Bắp", "1975", "0912000404"), ("Lý Thị Khoai", "1969", "0912000405"), ("Từ Văn Môn", "1990", "")]
    rows: Rows = [
        ["KHU CÁCH LY TRƯỜNG CĐ NGHỀ, năm 2021"],
        [*CENTRE, heading, "Ngày vào"],
        *([str(i), f"A10{i}", *who, cell, "10/8"] for i, (who, cell) in enumerate(zip(people, cells, strict=True), 1)),
    ]
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "khu cach ly.xlsx": rows})
    assert {(who, case, last) for who, case, _first, last in pairs_of(result)} == TOLD
    assert len(result.records.isolations) == 3


def test_days_beside_the_codes_that_rows_have_themselves_are_no_contact(tmp_path: Path) -> None:
    rows: Rows = [
        ["Mã BN - ngày công bố", "Họ và tên", "Năm sinh", "SĐT"],
        ["BN7413 - 12/8", "Kim Văn Bắp", "1975", "0912000404"],
        ["BN7414 - 13/8", "Lý Thị Khoai", "1969", "0912000405"],
    ]
    assert not pairs_of(load_lists(tmp_path, {"ca.xlsx": CASES, "them.xlsx": rows}))


FEAST: Rows = [
    ["DANH SÁCH NGƯỜI DỰ ĐÁM CƯỚI NHÀ ÔNG SƠN VĂN TÀI, ngày 8 và 9/8/2021"],
    ["TT", "Họ và tên", "Năm sinh", "SĐT", "08/8/2021", "09/8/2021", "Tiếp xúc ca bệnh", "Ghi chú"],
    ["1", "Sơn Văn Lúa", "1980", "0912000401", "x", "x", "", "là BN7411, em chú rể"],
    ["2", "Sơn Văn Tài", "1960", "0912000403", "x", "x", "ở cùng nhà BN7411, TX đến 10/8", "chủ nhà"],
    ["3", "Kim Văn Bắp", "1975", "0912000404", "x", "", "cùng mâm anh Lúa 8/8", ""],
    ["4", "Lý Thị Khoai", "1969", "0912000405", "", "x", "9/8 ngồi cạnh bà Mè BN7412", ""],
    ["5", "Lý Văn Sắn", "1966", "0912000406", "", "x", "nhà gái, không TX gần BN7411", ""],
    ["6", "Từ Văn Môn", "1990", "0912000407", "", "x", "", ""],
    ["7", "Danh Thị Nếp", "1982", "0912000408", "x", "x", "BN7411, 8-9/8", "chú rể"],
]


def test_guests_who_tell_in_words_whom_they_sat_with_by_name_or_code(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "cuoi.xlsx": FEAST})
    assert pairs_of(result) == {
        ("Sơn Văn Lúa", "Sơn Văn Tài", "", "2021-08-10"),
        ("Kim Văn Bắp", "Sơn Văn Lúa", "2021-08-08", "2021-08-08"),
        ("Lý Thị Khoai", "Thạch Thị Mè", "2021-08-09", "2021-08-09"),
        ("Danh Thị Nếp", "Sơn Văn Lúa", "2021-08-08", "2021-08-09"),
    }
    assert not [question for question in result.questions if question.row in (6, 7, 8)]
    assert set(names_of(result).values()) == {str(row[1]) for row in FEAST[2:]} | {"Thạch Thị Mè"}


def test_a_given_name_of_two_people_of_the_list_is_asked(tmp_path: Path) -> None:
    rows = [*FEAST[:5], ["4", "Kim Thị Lúa", "1971", "0912000409", "x", "", "BN7412 ngày 8/8", ""]]
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "cuoi.xlsx": rows})
    assert ("Kim Văn Bắp", "Sơn Văn Lúa", "2021-08-08", "2021-08-08") not in pairs_of(result)
    assert 5 in {question.row for question in result.questions}
