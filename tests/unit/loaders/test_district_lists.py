"""Lists of a district by several hands: camps with counted days, who is struck off, couples in one cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from lists import Rows, isolations_of, load_lists, names_of, pairs_of, visits_of, write_list
from openpyxl.styles import Font
from two_cases import CASES, DIEM, LOC, load_with_cases, met_of

from loaders import load_files
from tracing.spelling import fold

CAMP: Rows = [
    ["KHU CÁCH LY TRƯỜNG CAO ĐẲNG NGHỀ"],
    ["DANH SÁCH NGƯỜI ĐANG CÁCH LY (ngày 20.7.21)"],
    ["STT", "Họ tên", "Năm sinh", "Ngày vào", "{heading}", "Ngày ra dự kiến"],
    ["PHÒNG 12"],
    ["1", "Đinh Văn Lâm", "1970", "15.7.21", "{first}", "29.7.21"],
    ["2", "Bùi Thị Sương", "1983", "16.7.21", "{second}", "30.7.21"],
]


@pytest.mark.parametrize(("heading", "of"), [("Ngày thứ", 21), ("Ngày CL thứ", 14), ("Đang theo dõi", 14)])
def test_which_day_of_so_many_it_is_is_no_day_of_a_visit(tmp_path: Path, heading: str, of: int) -> None:
    said = {"heading": heading, "first": f"6/{of}", "second": f"5/{of}"}
    rows = [[cell.format(**said) for cell in map(str, row)] for row in CAMP]
    result = load_lists(tmp_path, {"kcl.xlsx": rows}, merged=("A1:F1", "A2:F2", "A4:F4"))
    assert not visits_of(result)
    assert {(one[0], one[3]) for one in isolations_of(result)} == {
        ("Đinh Văn Lâm", "2021-07-15"),
        ("Bùi Thị Sương", "2021-07-16"),
    }
    assert not [question for question in result.questions if question.column == heading]


CONTACTS: Rows = [
    ["DANH SÁCH TIẾP XÚC GẦN VỚI BN501"],
    ["TT", "Ghi chú", "Họ tên", "Tuổi", "Số điện thoại", "Ngày gặp"],
    ["1", "đồng nghiệp", "Trần Thị Mận", "31", "0918222012", "15/7/2021"],
    ["2", "{said}", "Phùng Văn Chính", "44", "0918222013", "16/7/2021"],
]


@pytest.mark.parametrize(
    "said",
    [
        "Xác minh lại không tiếp xúc với BN501, khai nhầm",
        "loại khỏi danh sách F1 sau điều tra",
        "không gặp BN; xoá tên",
        "Không phải F1",
        "Chỉ gọi điện thoại, không gặp trực tiếp - bỏ, không phải CL",
        "chi noi chuyen qua zalo",
        "Không gặp trực tiếp BN501",
        "only spoke by phone",
    ],
)
def test_who_is_taken_off_a_list_of_contacts_has_none_until_it_is_answered(tmp_path: Path, said: str) -> None:
    rows = [[str(cell).format(said=said) for cell in row] for row in CONTACTS]
    lists = {"ca benh.csv": CASES, "f1.xlsx": rows}
    result = load_lists(tmp_path, lists)
    assert met_of(result) == {("Trần Thị Mận", LOC, "2021-07-15")}
    (asked,) = (question for question in result.questions if question.said == said)
    assert met_of(load_lists(tmp_path, lists, answers={asked.id: "no"})) == met_of(result)
    met = met_of(load_lists(tmp_path, lists, answers={asked.id: "yes"}))
    assert met == met_of(result) | {("Phùng Văn Chính", LOC, "2021-07-16")}


@pytest.mark.parametrize(
    "said",
    [
        "đã dương tính, đưa ra khỏi danh sách F1",
        "hết 14 ngày, loại khỏi danh sách F1",
        "không gặp BN501 từ hôm đó",
        "ở nhà, không tiếp xúc ai khác",
    ],
)
def test_who_met_a_case_and_left_the_list_for_another_reason_keeps_the_contact(tmp_path: Path, said: str) -> None:
    rows = [[str(cell).format(said=said) for cell in row] for row in CONTACTS]
    result = load_with_cases(tmp_path, "f1.xlsx", rows)
    assert ("Phùng Văn Chính", LOC, "2021-07-16") in met_of(result)


FEAST: Rows = [
    ["DANH SÁCH KHÁCH DỰ ĐÁM CƯỚI NHÀ ÔNG LÊ VĂN TÝ"],
    ["Tại nhà ông Lê Văn Tý, ngày 10 và 11 tháng 7 năm 2021"],
    ["STT", "Họ và tên", "Tuổi", "Có mặt 10/7", "Có mặt 11/7", "Ghi chú"],
    ["1", "Mai Thị Lành", "40", "x", "x", ""],
    ["2", "Hồ Văn Rạng", "52", "", "x", "bếp"],
    ["3", "Tô Thị Nga", "33", "", "", "gửi phong bì, không dự"],
    ["4", "Lương Văn Bách", "61", "x", "", "Ghi nhầm - không đến (đi viện)"],
    ["5", "Cù Thị Thắm", "58", "", "", ""],
]


def test_who_did_not_come_to_a_feast_has_no_visit_and_who_has_no_mark_is_asked_about(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"cuoi.xlsx": FEAST}, merged=("A1:F1", "A2:F2"))
    there = {(who, day) for who, _place, day, _end in visits_of(result)}
    assert there == {
        ("Mai Thị Lành", "2021-07-10"),
        ("Mai Thị Lành", "2021-07-11"),
        ("Hồ Văn Rạng", "2021-07-11"),
    }
    assert [question.rows for question in result.questions] == [1]


def test_rows_struck_through_are_told_of_where_days_are_columns(tmp_path: Path) -> None:
    path = write_list(tmp_path / "cuoi.xlsx", [*FEAST[:4], FEAST[6]], merged=("A1:F1", "A2:F2"))
    book = openpyxl.load_workbook(path)
    for cell in book.worksheets[0][4]:
        cell.font = Font(strike=True)
    book.save(path)
    findings = load_files([path]).findings.table
    assert findings.loc[findings["code"] == "row.struck", "row"].tolist() == [4]


COUPLES: Rows = [
    ["DANH SÁCH NGƯỜI DỰ LỄ GIỖ NHÀ BÀ TẠ THỊ BÔNG ngày 12/7/2021"],
    ["STT", "Tuổi", "Họ và tên", "Ghi chú"],
    ["1", "48", "Hà Văn Kha", ""],
    ["2", "61, 59", "Vợ chồng Đỗ Văn Chước, Lò Thị Pà", "thông gia"],
    ["3", "35; 33", "2 vợ chồng anh Lục Văn Bền và chị Sầm Thị Hạ", ""],
    ["4", "", "Mẹ con Ma Thị Liễu (1988), Hoàng Gia Huy (2015)", ""],
]


def test_a_couple_in_one_cell_is_two_people_with_an_age_each(tmp_path: Path) -> None:
    people = load_lists(tmp_path, {"gio.xlsx": COUPLES}, merged=("A1:D1",)).records.persons
    assert set(people["name"]) == {
        "Hà Văn Kha",
        "Đỗ Văn Chước",
        "Lò Thị Pà",
        "Lục Văn Bền",
        "Sầm Thị Hạ",
        "Ma Thị Liễu",
        "Hoàng Gia Huy",
    }
    born = dict(zip(people["name"], people["birth_year"], strict=True))
    assert (born["Ma Thị Liễu"], born["Hoàng Gia Huy"]) == (1988, 2015)


def test_a_child_below_its_mother_in_one_cell_is_somebody_of_its_own(tmp_path: Path) -> None:
    rows = [
        ["TT", "Họ tên F1", "NS", "Tiếp xúc với", "Ngày tiếp xúc"],
        ["1", "Quan Thị Vân (1991)\nĐặng Bảo Ngọc (2019) - con", "", "BN501", "16/7/2021"],
        ["2", "Nùng Văn Páo", "1970", "BN501", "15/7/2021"],
    ]
    result = load_with_cases(tmp_path, "f1.xlsx", rows)
    assert met_of(result) == {
        ("Quan Thị Vân", LOC, "2021-07-16"),
        ("Đặng Bảo Ngọc", LOC, "2021-07-16"),
        ("Nùng Văn Páo", LOC, "2021-07-15"),
    }
    people = result.records.persons
    assert {2019, 1991, 1970} <= set(people["birth_year"].dropna())


@pytest.mark.parametrize("heading", ["Ở thôn, xã", "Xóm - xã", "Số nhà, phố, tổ dân phố/thôn"])
def test_a_heading_of_a_hamlet_and_its_commune_is_an_address(tmp_path: Path, heading: str) -> None:
    rows = [
        ["THÔN AN LẠC XÃ TAM HIỆP"],
        ["DANH SÁCH NGƯỜI DỰ LỄ GIỖ NHÀ BÀ TẠ THỊ BÔNG ngày 12/7/2021"],
        ["STT", "Họ và tên", "Tuổi", heading],
        ["1", "Hà Văn Kha", "48", "Đồng Hưu - Đồng Tiến"],
        ["2", "Lò Thị Pà", "59", "An Lạc - Tam Hiệp"],
    ]
    result = load_lists(tmp_path, {"gio.xlsx": rows}, merged=("A1:D1", "A2:D2"))
    told = dict(result.records.persons[["name", "address"]].to_numpy().tolist())
    assert told == {"Hà Văn Kha": "Đồng Hưu - Đồng Tiến", "Lò Thị Pà": "An Lạc - Tam Hiệp"}


def test_ages_of_a_list_that_names_no_year_are_those_of_the_year_of_the_load(tmp_path: Path) -> None:
    met = [
        ["NGƯỜI TIẾP XÚC CA BN501"],
        ["Tuổi", "Họ tên", "Thôn", "SĐT", "Ngày tiếp xúc"],
        ["63", "VY VĂN TẢO", "Bản Cầu", "0918222099", "16/7"],
    ]
    feast = [
        ["DANH SÁCH KHÁCH DỰ ĐÁM GIỖ NHÀ ÔNG TÝ ngày 12/7/2021"],
        ["Thôn", "Họ tên", "Tuổi"],
        ["Bản Cầu", "Vy Văn Tảo", "63"],
    ]
    result = load_lists(tmp_path, {"ca benh.csv": CASES, "f1.xlsx": met, "gio.xlsx": feast})
    assert [row.why for row in result.meant] == ["age"]
    assert sum(fold(name) == "vy van tao" for name in names_of(result).values()) == 1


SCANS: Rows = [
    ["site_name", "event_id", "msisdn", "visitor_fullname", "yob", "scan_dt", "in_out"],
    ["Nha sach Tri Tue", "5001", "84918222031", "LA VAN SON", "1990", "2021-07-14T09:05:00+07:00", "IN"],
    ["Nha sach Tri Tue", "5002", "918222032", "chu thi may", "1987", "2021-07-14T09:20:00+07:00", "IN"],
    ["Nha sach Tri Tue", "5003", "84918222031", "LA VAN SON", "1990", "2021-07-14T09:41:00+07:00", "OUT"],
    ["Nha sach Tri Tue", "5004", "0000000000", "TEST MA QR", "", "2021-07-14T09:50:00+07:00", "IN"],
    ["Nha sach Tri Tue", "5005", "", "", "", "2021-07-14T10:10:00+07:00", "IN"],
]


def test_scans_exported_with_headings_of_a_program_are_visits(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"export_site.csv": SCANS})
    assert visits_of(result) == {
        ("LA VAN SON", "Nha sach Tri Tue", "2021-07-14T09:05", "2021-07-14T09:41"),
        ("chu thi may", "Nha sach Tri Tue", "2021-07-14T09:20", ""),
    }
    assert dict(result.records.persons[["name", "phone"]].to_numpy().tolist())["LA VAN SON"] == "0918222031"


DECLARED: Rows = [
    [
        "Mã phiếu",
        "Họ tên",
        "Năm sinh",
        "SĐT",
        "14 ngày qua có tiếp xúc với bệnh nhân COVID-19 hay không?",
        "Trong 14 ngày qua có đến địa điểm nào có ca bệnh không?",
    ],
    ["P1", "Khà Thị Mai", "1990", "0918222051", "Có, BN501, 16/07/2021 (ngồi cùng bàn)", "Không"],
    ["P2", "Lường Văn Ón", "1985", "0918222052", "Không", "Chợ Mường; 14/07/2021, 15/07/2021"],
    ["P3", "Tòng Thị Inh", "1979", "0918222053", "Có: BN502 - 17/7/2021", "Chợ Mường; 15/07/2021 7h30; Bia Sao 16/7"],
    ["P4", "Quàng Văn Pọm", "1966", "0918222054", "Không biết", "Chợ Mường, 13/7 đến 14/7"],
]


def test_an_answer_names_the_case_and_the_day_and_another_the_place_and_its_days(tmp_path: Path) -> None:
    result = load_with_cases(tmp_path, "khai.csv", DECLARED)
    assert met_of(result) == {("Khà Thị Mai", LOC, "2021-07-16"), ("Tòng Thị Inh", DIEM, "2021-07-17")}
    assert visits_of(result) == {
        ("Lường Văn Ón", "Chợ Mường", "2021-07-14", ""),
        ("Lường Văn Ón", "Chợ Mường", "2021-07-15", ""),
        ("Tòng Thị Inh", "Chợ Mường", "2021-07-15T07:30", ""),
        ("Tòng Thị Inh", "Bia Sao", "2021-07-16", ""),
        ("Quàng Văn Pọm", "Chợ Mường", "2021-07-13", ""),
        ("Quàng Văn Pọm", "Chợ Mường", "2021-07-14", ""),
    }


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [("tối 16/7 (19h-21h)", "19:00", "21:00"), ("chiều ngày 16/7: 2h - 4h", "14:00", "16:00")],
)
def test_a_part_of_a_day_before_it_tells_which_hours_are_meant(
    tmp_path: Path, said: str, first: str, last: str
) -> None:
    rows = [
        ["Họ tên", "Thời gian tiếp xúc", "TX với", "Năm sinh"],
        ["Lý Văn Sự", said, "BN501", "1980"],
        ["Lý Thị Dung", "từ 8h đến 9h ngày 15/7", "BN501", "1981"],
    ]
    met = {(who, start, end) for who, _case, start, end in pairs_of(load_with_cases(tmp_path, "f1.xlsx", rows))}
    assert met == {
        ("Lý Văn Sự", f"2021-07-16T{first}", f"2021-07-16T{last}"),
        ("Lý Thị Dung", "2021-07-15T08:00", "2021-07-15T09:00"),
    }


def test_hours_among_the_words_for_how_people_met_are_those_of_the_day_beside(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Hoàn cảnh TX", "Lần cuối gặp", "TX với", "NS"],
        ["Lý Văn Sự", "Đánh cờ ở nhà BN từ 19h30 đến 21h", "16/7/2021", "BN501", "1980"],
        ["Lý Thị Dung", "Bán hàng cùng chợ", "15/7/2021", "BN501", "1981"],
        ["Lý Thị Hoài", "Ăn sáng cùng lúc 7h", "14/7/2021", "BN501", "1983"],
    ]
    result = load_with_cases(tmp_path, "f1.xlsx", rows)
    assert not {"Bán hàng cùng chợ", "Ăn sáng cùng lúc 7h"} & set(result.records.contacts["place"])
    met = {(who, start, end) for who, _case, start, end in pairs_of(result)}
    assert met == {
        ("Lý Văn Sự", "2021-07-16T19:30", "2021-07-16T21:00"),
        ("Lý Thị Dung", "", "2021-07-15"),
        ("Lý Thị Hoài", "", "2021-07-14"),
    }


LEFT: Rows = [
    ["KHU CÁCH LY TẬP TRUNG TRƯỜNG CAO ĐẲNG NGHỀ"],
    ["STT", "Họ tên", "Ghi chú", "Năm sinh", "Ngày vào", "Ngày hết CL (dự kiến)"],
    ["1", "Đinh Văn Lâm", "", "1970", "15/7/2021", "29/7/2021"],
    ["2", "Bùi Thị Sương", "20/7 chuyển BV dã chiến (BN777)", "1983", "15/7/2021", "29/7/2021"],
    ["3", "Phí Thị Thu", "21/7 cho về cách ly tại nhà (mới sinh)", "1995", "16/7/2021", "30/7/2021"],
    ["4", "Vàng Seo Lử", "chuyển phòng 12 ngày 19/7", "1990", "16/7/2021", "30/7/2021"],
    ["5", "Giàng Thị Sua", "về quê 10/7, vào đây 16/7", "1991", "16/7/2021", "30/7/2021"],
]


def test_a_remark_that_tells_when_somebody_left_ends_the_stay_and_home_is_another(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"kcl.xlsx": LEFT}, merged=("A1:F1",))
    stays = {(who, kind, start[5:], end[5:]) for who, kind, _place, start, end in isolations_of(result)}
    assert stays == {
        ("Đinh Văn Lâm", "centre", "07-15", "07-29"),
        ("Bùi Thị Sương", "centre", "07-15", "07-20"),
        ("Phí Thị Thu", "centre", "07-16", "07-21"),
        ("Phí Thị Thu", "home", "07-21", ""),
        ("Vàng Seo Lử", "centre", "07-16", "07-30"),
        ("Giàng Thị Sua", "centre", "07-16", "07-30"),
    }
    assert len(set(names_of(result).values())) == 5
    waiting = {int(row) for question in result.questions for rows in question.waiting.values() for row in rows}
    assert waiting == {4, 6, 7}, "who is a case, who moved to another room and who came from elsewhere"


HISTORIES: Rows = [
    ["Mã BN", "Họ tên", "Tuổi", "Ngày XN (+)", "Yếu tố dịch tễ"],
    ["BN611", "Cà Thị Xôm", "29", "20/7/2021", "lái xe đường dài"],
]


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("Chồng BN502, tiếp xúc lần cuối ngày 15/7", ""),
        ("gặp BN502 ở chợ phiên hôm 15/7", "2021-07-15"),
        ("Cùng xưởng với BN502, TX 15/7", "2021-07-15"),
    ],
)
def test_a_history_that_says_only_whom_somebody_met_and_when_is_a_contact(
    tmp_path: Path, said: str, start: str
) -> None:
    rows = [*HISTORIES, ["BN610", "Lò Văn Ngân", "37", "19/7/2021", said]]
    lists = {"ca benh.csv": CASES, "ca moi.csv": rows}
    result = load_lists(tmp_path, lists)
    assert pairs_of(result) == {("Lò Văn Ngân", DIEM, start, "2021-07-15")}
    assert not [question for question in result.questions if question.said == said]


@pytest.mark.parametrize("said", ["tiếp xúc vợ BN502 ngày 15/7", "TX BN502 15/7, sốt 17/7", "Cùng xe BN502 ngày 15/7"])
def test_a_history_that_says_more_is_asked_about_once(tmp_path: Path, said: str) -> None:
    rows = [*HISTORIES, ["BN610", "Lò Văn Ngân", "37", "19/7/2021", said]]
    result = load_lists(tmp_path, {"ca benh.csv": CASES, "ca moi.csv": [["TRẠM Y TẾ XÃ MƯỜNG NHÀ"], *rows]})
    assert not pairs_of(result)
    assert len([question for question in result.questions if question.said == said]) == 1


def test_a_remark_about_another_case_is_a_contact_of_its_own(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "NS", "F1 của", "Ngày TX cuối", "Ghi chú"],
        ["Lò Văn Ngân", "1984", "BN501", "16/7/2021", "tiếp xúc cả BN502 ngày 14/7"],
    ]
    result = load_with_cases(tmp_path, "f1.csv", rows)
    assert pairs_of(result) == {
        ("Lò Văn Ngân", LOC, "", "2021-07-16"),
        ("Lò Văn Ngân", DIEM, "2021-07-14", "2021-07-14"),
    }
    assert not result.questions


def test_lines_below_cases_that_tell_where_they_were_are_visits(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH CA MẮC MỚI NGÀY 20/7/2021"],
        ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát", "Nơi điều trị"],
        ["BN620", "Lù Thị Dín", "1990", "17/7/2021", "BV tỉnh"],
        ["BN621", "Sùng A Páo", "1983", "18/7/2021", "BV tỉnh"],
        ["III. Lịch trình của các ca"],
        ["1. BN620: Ngày 16/7, từ 8h đến 10h BN đi chợ Tủa Chùa."],
        ["- Ngày 17/7, khoảng 18h30 BN ăn tối tại quán phở Thìn."],
        ["2. BN621 (Páo): Khoảng 9h ngày 18/7 BN khám bệnh tại Trạm y tế xã Sính Phình."],
        ["Người lập biểu: Trần Quang Hải"],
    ]
    result = load_lists(tmp_path, {"ca.xlsx": rows})
    assert visits_of(result) == {
        ("Lù Thị Dín", "chợ Tủa Chùa", "2021-07-16T08:00", "2021-07-16T10:00"),
        ("Lù Thị Dín", "quán phở Thìn", "2021-07-17T18:30", ""),
        ("Sùng A Páo", "Trạm y tế xã Sính Phình", "2021-07-18T09:00", ""),
    }
    assert not result.questions
    assert len(result.records.cases) == 2


def test_the_year_behind_the_name_of_an_f1_tells_which_of_two_the_f2_met(tmp_path: Path) -> None:
    f1 = [
        ["Họ và tên F1", "Năm sinh", "SĐT", "Tiếp xúc với ca", "Ngày tiếp xúc"],
        ["Cao Văn Hạnh", "1986", "0977111001", "BN501", "12/07/2021"],
        ["Cao Văn Hạnh", "1978", "0977111002", "BN501", "12/07/2021"],
    ]
    f2 = [
        ["Họ và tên F2", "Năm sinh", "Họ tên F1", "Ngày tiếp xúc cuối với F1"],
        ["Cao Bảo Phúc", "2012", "Cao Văn Hạnh (1986)", "13/07/2021"],
    ]
    result = load_lists(tmp_path, {"a.xlsx": f1, "b.xlsx": f2})
    met = result.records.contacts[result.records.contacts["source_file"] == "b.xlsx"]
    years = result.records.persons.set_index("person")["birth_year"]
    assert sorted(int(years[one]) for one in (met["person_a"].iloc[0], met["person_b"].iloc[0])) == [1986, 2012]
