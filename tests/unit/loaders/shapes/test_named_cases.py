"""Cases that only lines about a list tell in full are on record; what is told of others, or not whole, makes none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lists import Rows, load_lists, pairs_of

from loaders import LoadOptions, load_files
from loaders.shapes.named_cases import named_cases

CODE, NAME, YEAR, DAY, SAMPLE = "Mã BN", "Họ và tên", "Năm sinh", "Ngày xác nhận", "Ngày lấy mẫu"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            "DANH SÁCH F1 CỦA BN88120 MẠC VĂN CỪ (SN 1966, ngụ ấp Rạch Gừa; PCR dương tính ngày 04/7/2021)",
            {CODE: "BN88120", NAME: "Mạc Văn Cừ", YEAR: "1966", DAY: "04/7/2021", "Địa chỉ": "ấp Rạch Gừa"},
        ),
        (
            "Ca F0: BN88121 bà Giang Thị Ngò, sn 1990, dương tính với SARS-CoV-2 lúc 20h ngày 5/9. Ca 1 từ 6h00-14h00",
            {CODE: "BN88121", NAME: "Giang Thị Ngò", YEAR: "1990", DAY: "5/9"},
        ),
        (
            "Những người tiếp xúc với ca bệnh Ninh Văn Hẹ (BN 88122, 1971, KQ xét nghiệm (+) 6/9)",
            {CODE: "BN88122", NAME: "Ninh Văn Hẹ", YEAR: "1971", DAY: "6/9"},
        ),
        (
            "Danh sach F1 cua BN 88.123 La Thi Sa (sn 1988, XN duong tinh ngay 7/9)",
            {CODE: "BN88123", NAME: "La Thi Sa", YEAR: "1988", DAY: "7/9"},
        ),
        (
            "BN88124 nam, 1979, lấy mẫu ngày 6/9, kết quả dương tính ngày 8/9",
            {CODE: "BN88124", YEAR: "1979", "Giới tính": "nam", SAMPLE: "6/9", DAY: "8/9"},
        ),
        (
            "F1 của TG-0151 Lữ Thị Mơ (1995; công bố ngày 9/9)",
            {CODE: "TG-0151", NAME: "Lữ Thị Mơ", YEAR: "1995", DAY: "9/9"},
        ),
        (
            "HÀNH TRÌNH CỦA BN88125 - VỪ A LÙNG, SN 1983, XN PCR NGÀY 9/9: DƯƠNG TÍNH",
            {CODE: "BN88125", NAME: "Vừ A Lùng", YEAR: "1983", SAMPLE: "9/9"},
        ),
    ],
)
def test_code_person_and_day_in_one_place_are_a_case(text: str, cells: dict[str, str]) -> None:
    assert named_cases(text) == [cells]


@pytest.mark.parametrize(
    "text",
    [
        "DANH SÁCH F1 CỦA BN88120",
        "DANH SÁCH F1 CỦA BN88120 MẠC VĂN CỪ, LẬP NGÀY 04/7/2021",
        "KẾT QUẢ XÉT NGHIỆM F1 CỦA BN88120 NGÀY 04/7/2021: 02 DƯƠNG TÍNH",
        "DANH SÁCH F1 CỦA BN88120 MẠC VĂN CỪ CÓ KẾT QUẢ DƯƠNG TÍNH NGÀY 4/7/2021",
        "DANH SÁCH F1 CỦA BN88120 TẠI XÃ TÂN THỚI, DƯƠNG TÍNH NGÀY 4/7/2021",
        "F1 của vợ BN88120 Giang Thị Ngò (dương tính 4/9)",
        "BN88120 Mạc Văn Cừ, 1966, test nhanh (+) 4/9, chờ PCR",
        "BN88120 Mạc Văn Cừ, 1966, nghi dương tính 4/9",
        "Mạc Văn Cừ, 1966, dương tính ngày 4/9",
        "Tổng số F0 15 ca, 1966, dương tính ngày 4/9",
    ],
)
def test_what_is_not_told_whole_or_of_others_makes_no_case(text: str) -> None:
    assert named_cases(text) == []


TITLED: Rows = [
    ["CÔNG AN XÃ LONG KHÁNH"],
    ["DANH SÁCH F1 CỦA BN88120 MẠC VĂN CỪ (SN 1966; kết quả dương tính ngày 04/7/2021)"],
    ["Họ và tên", "Năm sinh", "SĐT", "Ngày tiếp xúc", "Ghi chú"],
    ["Giang Thị Ngò", "1990", "0918440201", "2/7/2021", ""],
    ["Ninh Văn Hẹ", "1971", "0918440202", "", "Xác minh lại: không tiếp xúc với F0"],
    ["La Thị Sả", "1988", "0918440203", "", "đã rút tên khỏi danh sách"],
]
CAMP: Rows = [
    ["Họ và tên", "Năm sinh", "SĐT", "F1 của", "Ngày tiếp xúc", "Ngày vào"],
    ["Lữ Thị Mơ", "1995", "0918440204", "BN88120", "3/7/2021", "5/7/2021"],
]
TESTS: Rows = [
    ["Họ và tên", "Năm sinh", "SĐT", "Ngày lấy mẫu", "Kết quả"],
    ["Mạc Văn Cừ", "1966", "0918440210", "3/7/2021", "Dương tính"],
    ["Vừ A Lùng", "1983", "0918440211", "3/7/2021", "Âm tính"],
]


def test_the_case_of_a_title_frees_the_rows_of_every_list_that_names_it(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"f1.xlsx": TITLED, "khu.csv": CAMP, "xn.csv": TESTS})
    (case,) = result.records.cases.to_dict("records")
    assert (case["person"], case["status"] or "confirmed", case["source_file"], case["source_row"]) == (
        "BN88120",
        "confirmed",
        "f1.xlsx",
        2,
    )
    assert {pair[:2] for pair in pairs_of(result)} == {("Giang Thị Ngò", "Mạc Văn Cừ"), ("Lữ Thị Mơ", "Mạc Văn Cừ")}
    assert "case.named" in {str(finding) for finding in result.findings}
    assert [finding for finding in result.findings if str(finding) == "contact.taken_off"]


def test_a_title_of_one_case_does_not_ask_whether_everybody_is_one(tmp_path: Path) -> None:
    rows: Rows = [
        ["DANH SÁCH CÔNG NHÂN TỔ ĐÓNG HỘP"],
        ["F0: BN88130 Mạc Văn Cừ, kết quả dương tính ngày 04/7/2021"],
        ["Họ và tên", "Năm sinh", "SĐT", "Tổ"],
        ["Mạc Văn Cừ", "1966", "0918440210", "Tổ 2"],
        ["Giang Thị Ngò", "1990", "0918440201", "Tổ 2"],
    ]
    result = load_lists(tmp_path, {"cty.xlsx": rows})
    assert not [question for question in result.questions if "everybody" in str(question.text)]
    assert result.records.cases["person"].tolist() == ["BN88130"]


def test_a_list_of_cases_is_still_one_where_its_title_names_one(tmp_path: Path) -> None:
    rows: Rows = [
        ["DANH SÁCH CÁC CA BỆNH CỦA CHÙM BN88140"],
        ["Họ và tên", "Năm sinh", "SĐT"],
        ["Lữ Thị Mơ", "1995", ""],
    ]
    (question,) = load_lists(tmp_path, {"ca.csv": rows}).questions
    assert "everybody" in str(question.text)


def test_a_sentence_above_the_people_of_a_message_tells_the_case_too(tmp_path: Path) -> None:
    text = (
        "Trạm báo cáo F1 của BN88199 chị Lữ Thị Mơ (sn 1987, PCR dương tính ngày 05/7/2021):\n"
        "1. Ninh Văn Hẹ 1985, chồng, 0918440501, ở chung nhà, ngày 04/7\n"
        "2. Ninh Văn Tỏi 2009, con, ở chung nhà, ngày 04/7\n"
    )
    (tmp_path / "tin.txt").write_text(text, encoding="utf-8")
    result = load_files(tmp_path / "tin.txt", options=LoadOptions(today=date(2021, 8, 31)))
    (case,) = result.records.cases.to_dict("records")
    assert (case["person"], case["source_row"]) == ("BN88199", 1) and case["confirmed"] == case["confirmed"]
    assert {pair[:2] for pair in pairs_of(result)} == {("Lữ Thị Mơ", "Ninh Văn Hẹ"), ("Lữ Thị Mơ", "Ninh Văn Tỏi")}


@pytest.mark.parametrize(("name", "is_case"), [("Mạc Văn Cừ", True), ("Ninh Văn Hẹ", False)])
def test_the_row_of_a_case_has_the_name_that_the_title_tells(tmp_path: Path, name: str, *, is_case: bool) -> None:
    rows: Rows = [
        ["KHÁCH DỰ ĐÁM GIỖ NHÀ BÀ LA THỊ SẢ NGÀY 02/7/2021"],
        ["Liên quan F0: BN88150 Mạc Văn Cừ, sn 1966, dương tính 06/7/2021"],
        ["Họ tên", "Năm sinh", "Điện thoại", "Giờ đến - về", "Tiếp xúc với F0"],
        ["La Thị Sả", "1988", "0918440203", "8g00 - 13g00", "F1: bưng nước cho F0"],
        [name, "1966", "0918440210", "9g00 - 11g30", "F0"],
        ["Giang Thị Ngò", "1990", "0918440201", "10g00 - 11g00", "Không"],
    ]
    result = load_lists(tmp_path, {"giỗ.xlsx": rows})
    person = result.records.persons.set_index("phone").loc["0918440210", "person"]
    assert (person == "BN88150") is is_case
    assert result.records.cases["person"].tolist() == ["BN88150"] and len(result.records.visits) == 3
