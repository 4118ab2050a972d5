"""From a file to clean tables: heads of several rows, titles, merged cells, footers, several tables."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from sheet_files import book_sheet, columns_of, read_sheets, text_sheets

from loaders.files.titles import read_facts

PEOPLE = ["Lê Văn Tám", "Trần Thị Chín", "Phạm Văn Mười"]


# ------------------------------------------------------------------------------------------------------------- heads


def test_year_of_birth_over_men_and_women_gives_year_and_sex(tmp_path: Path) -> None:
    sheet = book_sheet(
        tmp_path,
        [
            ["TT", "Họ và tên", "Năm sinh", None, "SĐT"],
            [None, None, "Nam", "Nữ", None],
            [1, PEOPLE[0], 1980, None, "0900000001"],
            [2, PEOPLE[1], None, 1991, "0900000002"],
        ],
        merged=["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
    )
    columns = columns_of(sheet)
    assert columns["Năm sinh"] == ["1980", "1991"] and columns["Giới tính"] == ["Nam", "Nữ"]
    assert sheet.numbers.tolist() == [3, 4]


def test_men_and_women_in_one_row_of_headings_and_marks(tmp_path: Path) -> None:
    (years,), _ = text_sheets(tmp_path, "STT,Họ và tên,Nam,Nữ\n1,A,1980,\n2,B,,1991\n")
    assert columns_of(years)["Năm sinh"] == ["1980", "1991"] and columns_of(years)["Giới tính"] == ["Nam", "Nữ"]
    (marks,), _ = text_sheets(tmp_path, "STT,Họ và tên,Nam,Nữ,Tuổi\n1,A,x,,40\n2,B,,x,30\n")
    assert columns_of(marks)["Giới tính"] == ["Nam", "Nữ"] and "Năm sinh" not in marks.headings


@pytest.mark.parametrize(
    ("content", "headings", "rows"),
    [
        ("person,sex,birth_year\n,Nam,\n", ("person", "sex", "birth_year"), 1),
        ("Mã ca,Giới tính,Tỉnh\nBN1,Nữ,Huế\nBN2,Nam,Huế\n", ("Mã ca", "Giới tính", "Tỉnh"), 2),
        ("Họ tên,Giới tính,Năm sinh,\n,Nam,,\nA,Nữ,1980,x\n", ("Họ tên", "Giới tính", "Năm sinh", "(D)"), 2),
        ("Họ tên,Năm sinh,Giới tính,\n,,Nam,Có\nA,1980,Nữ,Có\n", ("Họ tên", "Năm sinh", "Giới tính", "(D)"), 2),
    ],
)
def test_a_row_of_values_that_could_be_headings_is_a_row(
    tmp_path: Path, content: str, headings: tuple[str, ...], rows: int
) -> None:
    (sheet,), _ = text_sheets(tmp_path, content)
    assert sheet.headings == headings and len(sheet) == rows


def test_a_row_with_a_letter_and_a_day_alone_is_no_section(tmp_path: Path) -> None:
    head = "person_a,person_b,start,end,place\n"
    for row in ("A,,2021-07-01,,", "A,,,,market"):
        (sheet,), _ = text_sheets(tmp_path, f"{head}{row}\nB,C,2021-07-01,2021-07-02,school\nC,D,2021-07-01,,school\n")
        assert len(sheet) == 3 and sheet.sections is None


def test_parts_of_a_heading_are_found_without_merged_cells(tmp_path: Path) -> None:
    rows = "1,A,1980,,0900000001\n2,B,,1991,0900000002\n"
    (sheet,), _ = text_sheets(tmp_path, f"STT,Họ và tên,Năm sinh,,SĐT\n,,Nam,Nữ,\n{rows}")
    columns = columns_of(sheet)
    assert columns["Năm sinh"] == ["1980", "1991"] and columns["Giới tính"] == ["Nam", "Nữ"]


def test_three_rows_of_headings_keep_what_the_lowest_alone_does_not_say(tmp_path: Path) -> None:
    sheet = book_sheet(
        tmp_path,
        [
            ["DANH SACH F1"],
            ["STT", "CA NHAN", None, "TIEP XUC", None, None],
            [None, "HO TEN", "NAM SINH", "F0", "THOI GIAN", None],
            [None, None, None, None, "LAN DAU", "LAN CUOI"],
            [1, "LE VAN TAM", 1980, "BN1", "1/8/2021", "2/8/2021"],
        ],
        merged=["A2:A4", "B2:C2", "D2:F2", "B3:B4", "C3:C4", "D3:D4", "E3:F3"],
    )
    assert sheet.headings == ("STT", "HO TEN", "NAM SINH", "F0", "THOI GIAN › LAN DAU", "THOI GIAN › LAN CUOI")
    assert [line.text for line in sheet.titles] == ["DANH SACH F1"] and len(sheet) == 1


def test_a_second_head_of_machine_names_some_lines_down(tmp_path: Path) -> None:
    text = (
        "Họ và tên,Ngày sinh,Điện thoại\nbắt buộc,ngày tháng,10 số\nfull_name,date_of_birth,phone\nLê,1/2/1980,0900\n"
    )
    (sheet,), _ = text_sheets(tmp_path, text)
    assert sheet.headings == ("full_name", "date_of_birth", "phone") and len(sheet) == 1


@pytest.mark.parametrize("names", ["hoten,ngaysinh,dienthoai", "HOTEN,NGAYSINH,DIENTHOAI"])
def test_names_for_machines_written_together_below_the_head_are_nobody(tmp_path: Path, names: str) -> None:
    (sheet,), _ = text_sheets(tmp_path, f"Họ và tên,Ngày sinh,Điện thoại\n{names}\nLê,1/2/1980,0900\n")
    assert sheet.headings == ("Họ và tên", "Ngày sinh", "Điện thoại") and columns_of(sheet)["Họ và tên"] == ["Lê"]


def test_two_tables_on_one_sheet_with_different_heads(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["I. F1 QUÁN NƯỚC - lập ngày 3 tháng 8 năm 2021"],
        ["STT", "Họ tên", "Tuổi", "SĐT"],
        [1, PEOPLE[0], "30t", "0900000001"],
        [],
        ["II. F1 GIA ĐÌNH (ngày 05/8)"],
        [],
        ["Stt", "Họ tên F1", "NS", "Quan hệ", "Ghi chú"],
        [1, PEOPLE[1], 1970, "vợ", None],
        [2, PEOPLE[2], 1990, "con", "x"],
        ["Tổng: 2 F1"],
        ["Người gửi: trạm y tế"],
    ]
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "two.xlsx")
    first, second = read_sheets(tmp_path / "two.xlsx")
    assert (first.part, first.parts, first.area, second.area) == (1, 2, "A2:D3", "A7:E9")
    assert first.fact("day") == "2021-08-03" and second.fact("day") == "--08-05"
    assert second.numbers.tolist() == [8, 9] and second.passed == {"total": 1, "signature": 1}


def test_headings_said_again_are_no_second_table(tmp_path: Path) -> None:
    (sheet,), _ = text_sheets(tmp_path, "person,name,phone\nA,x,1\n\nperson,name,phone\nB,y,2\n")
    assert sheet.numbers.tolist() == [2, 5] and sheet.passed == {"repeated heading": 1}


# ----------------------------------------------------------------------------------------------------- titles and names


def test_titles_of_a_coach_list_are_facts(tmp_path: Path) -> None:
    sheet = book_sheet(
        tmp_path,
        [
            ["HTX VẬN TẢI (tên hư cấu)"],
            ["DANH SÁCH HÀNH KHÁCH - Biển số: 69B-000.77"],
            ["Xuất phát: 19h30 ngày 4/7/2021 tại Bến xe Số Một (TP.HCM) - Đến: 3h15 ngày 5/7/2021, TT Sông Xa"],
            ["Tài xế: Lê Văn Bánh - ĐT 0900 000 001; Phụ xe: Trần Văn Lốp - 0900 000 002"],
            [],
            ["Ghế", "Họ tên hành khách", "Điện thoại"],
            ["A1", PEOPLE[0], "0900000003"],
        ],
    )
    facts = {name: sheet.fact(name) for name in ("plate", "departed", "arrived", "from_place", "driver", "mate_phone")}
    assert facts == {
        "plate": "69B-000.77",
        "departed": "2021-07-04T19:30",
        "arrived": "2021-07-05T03:15",
        "from_place": "Bến xe Số Một (TP.HCM)",
        "driver": "Lê Văn Bánh",
        "mate_phone": "0900 000 002",
    }


@pytest.mark.parametrize(
    ("titles", "sheet", "file", "name", "value"),
    [
        (["DANH SÁCH F1 (Cập nhật đến 17 giờ 00 ngày 02/8/2021)"], None, "a.xlsx", "day", "2021-08-02"),
        (["rà soát ngày 29/7, năm 2021"], None, "a.xlsx", "day", "2021-07-29"),
        ([], "02.8", "Test nhanh.xlsx", "day", "--08-02"),
        ([], "Chuyến 24-7", "a 2021.xlsx", "day", "2021-07-24"),
        (
            ["Ngày lấy mẫu: 31/7 - 01/8/2021   Ngày trả: 02/8/2021"],
            None,
            "a.xlsx",
            "sample_day",
            "2021-07-31/2021-08-01",
        ),
        (["(tháng 7/2021)"], None, "a.xlsx", "month", "2021-07"),
        (["UBND XÃ TÂN XA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], None, "a.xlsx", "commune", "XÃ TÂN XA"),
        (["CHỐT KIỂM SOÁT SỐ 9 (cầu Xa) - ca trực đêm"], None, "a.xlsx", "place", "CHỐT KIỂM SOÁT SỐ 9"),
        (["CHỐT KIỂM SOÁT SỐ 9 (cầu Xa) - ca trực đêm"], None, "a.xlsx", "shift", "ca trực đêm"),
        (["LIÊN QUAN BN 990777"], None, "a.xlsx", "case", "BN990777"),
        (["Điện thoại 0900.000.001"], None, "a.xlsx", "day", None),
    ],
)
def test_what_titles_and_names_say(
    titles: list[str], sheet: str | None, file: str, name: str, value: str | None
) -> None:
    from loaders.files.grid import Line

    facts = read_facts([Line(1, tuple(titles))] if titles else [], sheet, file)
    assert next((fact.value for fact in facts if fact.name == name), None) == value


# ------------------------------------------------------------------------------------------------------------- rows


def test_a_merged_cell_belongs_to_every_row_that_it_covers(tmp_path: Path) -> None:
    sheet = book_sheet(
        tmp_path,
        [
            ["Mã BN", "Mã gộp", "Ngày lấy mẫu", "Kết quả"],
            ["A1", "G1", "1/8/2021", "Dương tính"],
            ["A2", None, "1/8/2021", None],
            ["A3", None, "1/8/2021", None],
            ["A4", "G2", "1/8/2021", None],
        ],
        merged=["B2:B4", "D2:D4"],
    )
    columns = columns_of(sheet)
    assert columns["Mã gộp"] == ["G1", "G1", "G1", "G2"] and columns["Kết quả"] == ["Dương tính"] * 3 + [None]
    assert sheet.merged == ((1, 0, 2), (3, 0, 2))


def test_a_merged_cell_makes_no_row_of_an_empty_line(tmp_path: Path) -> None:
    sheet = book_sheet(
        tmp_path, [["Phòng", "Họ và tên", "SĐT"], ["1", "Lê", "2"], [None, "Trần", "3"], []], merged=["A2:A9"]
    )
    assert len(sheet) == 2 and columns_of(sheet)["Phòng"] == ["1", "1"]


def test_totals_signatures_and_remarks_are_no_rows_and_are_counted(tmp_path: Path) -> None:
    sheet = book_sheet(
        tmp_path,
        [
            ["STT", "Họ và tên", "Năm sinh", "SĐT"],
            [1, PEOPLE[0], 1980, "0900000001"],
            ["Cộng", None, 1, None],
            ["Tổng cộng: 01 người"],
            [],
            ["* Số liệu đến 17h"],
            [None, None, "NGƯỜI LẬP BIỂU"],
            [None, None, "(đã ký)"],
            [],
            [None, None, "Nguyễn Thị Ký"],
        ],
    )
    assert len(sheet) == 1
    assert sheet.passed == {"total": 2, "signature": 4} and sum(sheet.passed.values()) == len(sheet.notes)


@pytest.mark.parametrize("name", ["Tống Văn Cộng", "Công", "TONG THI CONG", "Hồ Ký", "Tô Khu"])
def test_a_last_row_with_only_a_name_is_a_row(tmp_path: Path, name: str) -> None:
    (sheet,), _ = text_sheets(tmp_path, f"STT,Họ và tên,Năm sinh,SĐT\n1,A B,1980,0900000001\n2,{name},,\n")
    assert columns_of(sheet)["Họ và tên"] == ["A B", name]


def test_section_lines_are_facts_of_the_rows_below(tmp_path: Path) -> None:
    sheet = book_sheet(
        tmp_path,
        [
            ["STT", "Họ và tên", "Năm sinh", "SĐT"],
            [1, "A", 1980, "1"],
            ["Ấp 3"],
            [2, "B", 1981, "2"],
            [3, "C", 1982, "3"],
        ],
    )
    assert sheet.sections is not None and len(sheet) == 3
    assert [text if isinstance(text, str) else None for text in sheet.sections] == [None, "Ấp 3", "Ấp 3"]


def test_members_below_the_head_of_their_household(tmp_path: Path) -> None:
    sheet = book_sheet(
        tmp_path,
        [
            ["Số hộ", "Chủ hộ / nhân khẩu", "Quan hệ", "Năm sinh"],
            ["H1", "Hộ: Lê Văn Tám", "Chủ hộ", 1960],
            [None, "   - Lê Thị Em", "Con", 1990],
            [None, "   - Út", "Cháu", 2015],
            ["H2", "Hộ: Trần Văn Xa", "Chủ hộ", 1950],
            [None, "   - Trần Thị Gần", "Vợ", 1955],
        ],
    )
    assert sheet.under is not None and sheet.under.tolist() == [-1, 0, 0, -1, 3]
    columns = columns_of(sheet)
    assert columns["Số hộ"] == ["H1", "H1", "H1", "H2", "H2"] and columns["Chủ hộ / nhân khẩu"][1:3] == [
        "Lê Thị Em",
        "Út",
    ]


def test_struck_rows_and_hidden_columns_are_read_and_known(tmp_path: Path) -> None:
    def more(sheet: Worksheet) -> None:
        for cell in sheet[3]:
            cell.font = Font(strike=True)
        sheet.column_dimensions["B"].hidden = True

    sheet = book_sheet(tmp_path, [["person", "name", "phone"], ["A", "x", "1"], ["A", "x", "1"]], more=more)
    assert sheet.struck == {1} and sheet.hidden == (1,) and len(sheet) == 2
