"""Words and signs of other hands: days of the week, controls of a laboratory, sheets called after a case."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from lists import load_lists, names_of, pairs_of, visits_of
from two_cases import CASES, DIEM, LOC, load_text, load_with_cases, met_of

from loaders import load_files
from loaders.columns.moments import read_moment


@pytest.mark.parametrize(
    "text", ["Thứ 7, 17/7/2021", "T7 17/7/2021", "17/7/2021 (CN)", "Sat, 17/7/2021", "Thứ bảy ngày 17/7/2021"]
)
def test_a_day_of_the_week_beside_a_date_says_nothing_more(text: str) -> None:
    day = read_moment(text).day
    assert day is not None
    assert day.isoformat() == "2021-07-17"


@pytest.mark.parametrize("text", ["T7/2021", "thứ 7", "Sun"])
def test_a_day_of_the_week_alone_is_no_date(text: str) -> None:
    assert read_moment(text).day is None
    assert read_moment(text).problem is not None


def test_controls_of_the_laboratory_are_nobody(tmp_path: Path) -> None:
    rows = [
        ["Experiment: RUN3", "", "", "", "", ""],
        ["Well", "Sample Name", "Mã mẫu", "Ngày lấy mẫu", "Target E (Ct)", "Kết luận"],
        ["A1", "Hứa Kim Ngọc", "CM-1201", "21/07/2021", "Undetermined", "Âm tính"],
        ["A2", "Đinh Công Lập", "CM-1202", "21/07/2021", "21.3", "Dương tính"],
        ["B1", "NTC", "", "", "Undetermined", ""],
        ["B2", "Positive control", "", "", "24.0", ""],
    ]
    result = load_lists(tmp_path, {"pcr.csv": rows})
    names = names_of(result)
    assert {(names[t.person], t.result) for t in result.records.tests.itertuples()} == {
        ("Hứa Kim Ngọc", "negative"),
        ("Đinh Công Lập", "positive"),
    }
    assert len(result.records.persons) == 2


def test_a_sheet_called_after_a_case_lists_its_contacts(tmp_path: Path) -> None:
    load_lists(tmp_path, {"ca benh.csv": CASES})
    book = openpyxl.Workbook()
    for name, person in (("BN501", "Hàng Văn Phước"), ("F1 BN502 - Diễm", "Viên Ngọc Ánh")):
        sheet = book.create_sheet(name)
        sheet.append(["STT", "Họ tên", "NS", "Ngày TX"])
        sheet.append(["1", person, "1972", "16/7/2021"])
    del book["Sheet"]
    book.save(tmp_path / "f1.xlsx")
    result = load_files([tmp_path / "ca benh.csv", tmp_path / "f1.xlsx"])
    assert met_of(result) == {("Hàng Văn Phước", LOC, "2021-07-16"), ("Viên Ngọc Ánh", DIEM, "2021-07-16")}


def test_a_line_with_the_code_of_a_case_above_its_contacts(tmp_path: Path) -> None:
    rows = [
        ["TỔNG HỢP F1 THEO TỪNG CA BỆNH", "", "", "", ""],
        ["STT", "Họ và tên", "Năm sinh", "Địa chỉ", "Ngày TX cuối"],
        ["I", "BN501 - Trịnh Văn Lộc (02 F1)", "", "", ""],
        ["1", "Giang Văn Bé", "1981", "Tân Thành", "16/7/2021"],
        ["2", "Giang Thị Năm", "1983", "Tân Thành", "16/7/2021"],
        ["II", "BN502 - Quách Thị Diễm (01 F1)", "", "", ""],
        ["3", "Sử Ngọc Trâm", "1999", "P5", "18/7/2021"],
    ]
    assert met_of(load_with_cases(tmp_path, "f1.csv", rows)) == {
        ("Giang Văn Bé", LOC, "2021-07-16"),
        ("Giang Thị Năm", LOC, "2021-07-16"),
        ("Sử Ngọc Trâm", DIEM, "2021-07-18"),
    }


def test_a_day_of_contact_below_no_case_is_asked_about(tmp_path: Path) -> None:
    rows = [
        ["TỔNG HỢP F1 THEO TỪNG CA BỆNH", "", "", "", ""],
        ["STT", "Họ và tên", "Năm sinh", "Địa chỉ", "Ngày TX cuối"],
        ["1", "Giang Văn Bé", "1981", "Tân Thành", "16/7/2021"],
        ["II", "BN502 - Quách Thị Diễm", "", "", ""],
        ["2", "Sử Ngọc Trâm", "1999", "P5", "18/7/2021"],
        ["3", "Sử Hoàng Nam", "2001", "P5", "18/7/2021"],
    ]
    result = load_with_cases(tmp_path, "f1.csv", rows)
    assert len(met_of(result)) == 2
    assert not result.complete, "whom Giang Văn Bé met is told nowhere"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "F1 của BN501 ngày 16/7/2021: Lạc Văn Tí (1960), Lạc Thị Sửu (1962, vợ), Lạc Văn Dần (1990 - con)",
            "2021-07-16",
        ),
        (
            "F1 của BN501: 1. Lạc Văn Tí 1960, gặp 16/7/2021. 2. Lạc Thị Sửu 1962 sđt 0913000132 tx 16/7/2021 "
            "3. Lạc Văn Dần 1990, gặp 16/7/2021",
            "2021-07-16",
        ),
        ("Danh sách F1 của BN501 ngày 20/7/2021: Lạc Văn Tí (1960), Lạc Thị Sửu (1962), Lạc Văn Dần (1990)", ""),
    ],
)
def test_people_in_one_line_of_a_message(tmp_path: Path, text: str, day: str) -> None:
    result = load_text(tmp_path, "tin.txt", text + "\n")
    assert met_of(result) == {(who, LOC, day) for who in ("Lạc Văn Tí", "Lạc Thị Sửu", "Lạc Văn Dần")}


def test_a_chat_with_places_and_numbered_contacts(tmp_path: Path) -> None:
    text = (
        "[21:05, 22/7/2021] Tổ Đầm Dơi: BC nhanh BN502 Quách Thị Diễm, sn 1985, phường 5.\n"
        "[21:06, 22/7/2021] Tổ Đầm Dơi: - 18/7: 6h30-7h30 uống cà phê quán Hồng Nhung (chợ Quách Phẩm)\n- 19/7: ở nhà\n"
        "[21:09, 22/7/2021] Tổ Đầm Dơi: F1: 1. Bùi Văn Tới (Bảy Tới) 1960 sđt 0913000131, gặp 18/7. "
        "2. Huỳnh Bé Nhỏ 1990 bán cà phê 0913000132 tx 18/7\n"
    )
    result = load_text(tmp_path, "zalo.txt", text)
    assert {(who, case) for who, case, _day in met_of(result)} == {("Bùi Văn Tới", DIEM), ("Huỳnh Bé Nhỏ", DIEM)}
    assert {place for who, place, _start, _end in visits_of(result) if who == DIEM} == {"quán Hồng Nhung"}


def test_results_in_a_message_are_tests(tmp_path: Path) -> None:
    text = (
        "Trạm y tế phường 6 báo cáo kết quả test nhanh ngày 19/7/2021 như sau:\n1. Mạch Văn An, 1980, âm tính\n"
        "2. Mạch Thị Bình, 1985, DƯƠNG TÍNH\n3. Dương Lan Chi, 2001, test nhanh (-) 20/7/2021\n"
        "Tổng: 03 mẫu, 01 dương.\n"
    )
    result = load_text(tmp_path, "kq.txt", text)
    names = names_of(result)
    assert {(names[t.person], t.result) for t in result.records.tests.itertuples()} == {
        ("Mạch Văn An", "negative"),
        ("Mạch Thị Bình", "positive"),
        ("Dương Lan Chi", "negative"),
    }


def test_a_boat_whose_number_and_departure_stand_in_a_title(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH HÀNH KHÁCH TÀU CAO TỐC NGỌC TOÀN", "", ""],
        ["Số hiệu: CM-12345; Tuyến: Năm Căn - Cà Mau; Xuất bến: 13h30 ngày 19/7/2021", "", ""],
        ["Số ghế", "Họ tên HK", "SĐT"],
        ["1A", "Âu Văn Nghĩa", "0913000141"],
        ["1B", "Âu Thị Tình", ""],
        ["2B", "(trống)", ""],
    ]
    assert visits_of(load_lists(tmp_path, {"tau.csv": rows})) == {
        ("Âu Văn Nghĩa", "CM-12345", "2021-07-19T13:30", ""),
        ("Âu Thị Tình", "CM-12345", "2021-07-19T13:30", ""),
    }


def test_text_that_was_encoded_twice_is_read(tmp_path: Path) -> None:
    text = (
        "Họ và tên,Năm sinh,Tiếp xúc với,Ngày tiếp xúc\nNguyễn Thị Tuyết,1990,BN501,16/7/2021\n"
        "Đỗ Văn Cường,1985,BN501,17/7/2021\n"
    )
    western = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode("utf-8"))
    assert "Nguyễn" not in western
    assert met_of(load_text(tmp_path, "f1.csv", western)) == {
        ("Nguyễn Thị Tuyết", LOC, "2021-07-16"),
        ("Đỗ Văn Cường", LOC, "2021-07-17"),
    }


def test_three_facts_below_one_heading(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ tên, năm sinh, SĐT", "Tiếp xúc"],
        ["1", "Ung Văn Hòa, 1984, 0913000211", "uống cà phê với anh Lộc (BN501) sáng 16/7/2021"],
        ["2", "Ung Thị Thảo - 1990 - 0913000212", "ngồi cùng bàn BN501 ngày 17/7/2021"],
        ["3", "Quản Trọng Phúc (SN: 2003; ĐT: 0913000213)", "giao hàng cho BN501 lúc 9h ngày 15/7/2021"],
    ]
    result = load_with_cases(tmp_path, "f1.csv", rows)
    assert met_of(result) == {
        ("Ung Văn Hòa", LOC, "2021-07-16"),
        ("Ung Thị Thảo", LOC, "2021-07-17"),
        ("Quản Trọng Phúc", LOC, "2021-07-15T09:00"),
    }
    persons = result.records.persons.set_index("name")
    assert persons.loc["Quản Trọng Phúc", "phone"] == "0913000213"
    assert persons.loc["Quản Trọng Phúc", "birth_year"] == 2003
    told = " ".join(result.records.contacts["attributes"])
    assert all(words in told for words in ("uống cà phê", "ngồi cùng bàn", "giao hàng")), "how they met stays as told"


def test_an_f1_named_with_the_tier_is_the_parent(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ tên", "Phân loại", "Liên quan đến", "Ngày TX"],
        ["1", "Nông Văn Tài", "F1", "BN502", "19/7/2021"],
        ["2", "Sơn Minh Quý", "F2", "F1 Nông Văn Tài", "20/7/2021"],
    ]
    found = pairs_of(load_with_cases(tmp_path, "ds.csv", rows))
    assert {(one, other) for one, other, _start, _end in found} == {
        ("Nông Văn Tài", DIEM),
        ("Nông Văn Tài", "Sơn Minh Quý"),
    }


def test_who_lives_with_the_case_of_a_short_form(tmp_path: Path) -> None:
    rows = [
        ["THÔNG TIN CA BỆNH BN502", "", "", ""],
        ["Nghề nghiệp:", "thợ may", "", ""],
        ["Người sống cùng nhà:", "", "", ""],
        ["STT", "Họ tên", "Quan hệ", "Năm sinh"],
        ["1", "Hoàng Văn Khoa", "chồng", "1983"],
        ["2", "Hoàng Gia Hân", "con", "2010"],
    ]
    result = load_with_cases(tmp_path, "phieu.csv", rows)
    assert met_of(result) == {("Hoàng Văn Khoa", DIEM, ""), ("Hoàng Gia Hân", DIEM, "")}
    assert set(result.records.contacts["kind"]) == {"household"}


def test_marks_below_days_of_lessons(tmp_path: Path) -> None:
    rows = [
        ["TRƯỜNG TIỂU HỌC PHƯỜNG 5", "", "", ""],
        ["DANH SÁCH HỌC SINH LỚP 3A - GVCN: Cô Trương Mỹ Linh (0913000150)", "", "", ""],
        ["STT", "Họ tên HS", "Ngày học 14/7/2021", "Ngày học 15/7/2021"],
        ["1", "Ong Gia Bảo", "x", "x"],
        ["2", "Lữ Khánh An", "", "x"],
        ["Người điểm danh", "", "", ""],
        ["Trương Mỹ Linh", "", "", ""],
    ]
    found = visits_of(load_lists(tmp_path, {"lop.csv": rows}))
    assert {(who, start) for who, _place, start, _end in found} == {
        ("Ong Gia Bảo", "2021-07-14"),
        ("Ong Gia Bảo", "2021-07-15"),
        ("Lữ Khánh An", "2021-07-15"),
        ("Trương Mỹ Linh", "2021-07-14"),
        ("Trương Mỹ Linh", "2021-07-15"),
    }


def test_a_single_result_form_of_labels(tmp_path: Path) -> None:
    text = (
        "PHIẾU TRẢ KẾT QUẢ XÉT NGHIỆM SARS-CoV-2\nHọ và tên: Tề Văn Quang\nNăm sinh: 1987    Giới tính: Nam\n"
        "Địa chỉ: khóm 2, phường 5\nNgày lấy mẫu: 21/7/2021\nPhương pháp: Realtime RT-PCR\nKết quả: ÂM TÍNH\n"
    )
    result = load_text(tmp_path, "phieu.txt", text)
    (test,) = result.records.tests.itertuples()
    assert (names_of(result)[test.person], test.result, test.method) == ("Tề Văn Quang", "negative", "pcr")


def test_the_f2_of_an_f1_in_one_cell(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH F1 CỦA BN501 VÀ F2", "", "", "", ""],
        ["STT", "Họ tên F1", "Năm sinh", "Ngày TX F0", "F2 (người sống cùng nhà F1)"],
        ["1", "Kha Văn Sự", "1978", "16/7/2021", "1. Kha Thị Lý (vợ, 1980); 2. Kha Hoàng Minh (con, 2005)"],
        ["2", "Mai Thị Xuân", "1990", "17/7/2021", "Mai Văn Hạ (cha, 1960)"],
        ["3", "Tống Duy Tân", "1985", "17/7/2021", "không có"],
    ]
    found = pairs_of(load_with_cases(tmp_path, "f1.csv", rows))
    assert {(one, other, end) for one, other, _start, end in found} == {
        ("Kha Văn Sự", LOC, "2021-07-16"),
        ("Mai Thị Xuân", LOC, "2021-07-17"),
        (LOC, "Tống Duy Tân", "2021-07-17"),
        ("Kha Thị Lý", "Kha Văn Sự", ""),
        ("Kha Hoàng Minh", "Kha Văn Sự", ""),
        ("Mai Thị Xuân", "Mai Văn Hạ", ""),
    }


def test_a_title_that_says_whom_all_met_and_when_last(tmp_path: Path) -> None:
    rows = [
        ["HỌC SINH TIẾP XÚC VỚI GIÁO VIÊN QUÁCH THỊ DIỄM (BN502), NGÀY TIẾP XÚC CUỐI 16/7/2021", "", ""],
        ["STT", "Họ tên học sinh", "Lớp"],
        ["1", "Vũ Gia Hưng", "4B"],
        ["2", "Bạch Liên Nhi", "5A"],
    ]
    assert met_of(load_with_cases(tmp_path, "hs.csv", rows)) == {
        ("Vũ Gia Hưng", DIEM, "2021-07-16"),
        ("Bạch Liên Nhi", DIEM, "2021-07-16"),
    }


def test_results_of_pools_and_of_their_members_beside_each_other(tmp_path: Path) -> None:
    rows = [
        ["KẾT QUẢ XÉT NGHIỆM - NGÀY LẤY MẪU 20/7/2021", "", "", ""],
        ["Họ tên", "Mẫu gộp số", "KQ gộp", "KQ đơn"],
        ["Mạch Thị Giang", "P1", "Âm tính", ""],
        ["Lã Bất Vi", "P2", "Dương tính", "Dương tính"],
        ["Hứa Thị Chử", "P2", "Dương tính", "Âm tính"],
    ]
    result = load_lists(tmp_path, {"kq.csv": rows})
    names = names_of(result)
    assert sorted((names[t.person], t.result, str(t.pool)) for t in result.records.tests.itertuples()) == [
        ("Hứa Thị Chử", "negative", "<NA>"),
        ("Hứa Thị Chử", "positive", "P2"),
        ("Lã Bất Vi", "positive", "<NA>"),
        ("Lã Bất Vi", "positive", "P2"),
        ("Mạch Thị Giang", "negative", "P1"),
    ]


def test_days_and_places_of_isolation_in_words_of_their_own(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ tên", "NS", "Ngày vào", "Ngày hoàn thành", "KCL"],
        ["1", "Ong Thế Vinh", "1983", "05/7/2021", "19/7/2021", "Trường Quân sự"],
    ]
    (stay,) = load_lists(tmp_path, {"ht.csv": rows}).records.isolations.itertuples()
    assert stay.place == "Trường Quân sự"
    assert int(stay.end) - int(stay.start) == 14 * 86_400


def test_a_sheet_of_instructions_and_one_of_words_ask_nothing(tmp_path: Path) -> None:
    load_lists(tmp_path, {"ca benh.csv": CASES})
    book = openpyxl.Workbook()
    sheets: dict[str, list[list[str]]] = {
        "Hướng dẫn": [["HƯỚNG DẪN NHẬP LIỆU"], ["1. Điền đầy đủ họ tên"], ["2. Ngày ghi dd/mm/yyyy, ví dụ 20/7/2021"]],
        "Dữ liệu": [["Họ tên", "Năm sinh", "Mã F0", "Ngày tiếp xúc"], ["Nhan Phúc", "1990", "BN501", "16/7/2021"]],
        "Danh mục": [["Giới tính", "Loại TX"], ["Nam", "Gia đình"], ["Nữ", "Công ty"]],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "f1.xlsx")
    result = load_files([tmp_path / "ca benh.csv", tmp_path / "f1.xlsx"])
    assert met_of(result) == {("Nhan Phúc", LOC, "2021-07-16")}
    assert not result.questions
    passed = result.findings.table.query("code == 'sheet.help'")["sheet"]
    assert set(passed) == {"Hướng dẫn", "Danh mục"}


def test_a_list_of_people_is_read_whatever_its_sheet_is_called(tmp_path: Path) -> None:
    load_lists(tmp_path, {"ca benh.csv": CASES})
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Danh mục"
    for row in (["Họ tên", "Năm sinh", "Mã F0", "Ngày tiếp xúc"], ["Nhan Phúc", "1990", "BN501", "16/7/2021"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "f1.xlsx")
    assert len(met_of(load_files([tmp_path / "ca benh.csv", tmp_path / "f1.xlsx"]))) == 1


def test_a_form_that_names_its_case_above_its_contacts(tmp_path: Path) -> None:
    rows = [
        ["Ca bệnh:", "BN503", "Họ tên:", "Hàn Mạc Tử", "NS:", "1988"],
        ["Khởi phát:", "19/7/2021", "Lấy mẫu:", "21/7/2021", "Địa chỉ:", "phường 6"],
        ["Danh sách F1:", "", "", "", "", ""],
        ["TT", "Họ tên", "NS", "SĐT", "Ngày tiếp xúc", "Mối quan hệ"],
        ["1", "Hàn Thị Cúc", "1990", "0914000461", "20/7/2021", "vợ"],
    ]
    result = load_lists(tmp_path, {"phieu.csv": rows})
    assert set(result.records.cases["person"]) == {"BN503"}
    assert pairs_of(result) == {("Hàn Mạc Tử", "Hàn Thị Cúc", "2021-07-20", "2021-07-20")}


def test_a_legend_says_which_mark_is_a_day_off(tmp_path: Path) -> None:
    rows = [
        ["BẢNG PHÂN CA XÍ NGHIỆP THỦY SẢN SÔNG ĐỐC", "", "", ""],
        ["(C1: 6h-14h; C2: 14h-22h; N: nghỉ)", "", "", ""],
        ["STT", "Họ tên", "19/7/2021", "20/7/2021"],
        ["1", "Ung Chính", "C1", "C2"],
        ["2", "Ung Trực", "C1", "N"],
    ]
    result = load_lists(tmp_path, {"ca.csv": rows})
    assert {(who, start) for who, _place, start, _end in visits_of(result)} == {
        ("Ung Chính", "2021-07-19T06:00"),
        ("Ung Chính", "2021-07-20T14:00"),
        ("Ung Trực", "2021-07-19T06:00"),
    }
    assert not result.questions


def test_the_hour_of_a_contact_leaves_rows_without_one_as_they_were(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "NS", "F0", "Ngày TX", "Giờ TX"],
        ["Khưu Văn Tèo", "1990", "BN501", "16/7/2021", "8h30 - 9h"],
        ["Khưu Bé", "2015", "BN501", "17/7/2021", ""],
    ]
    found = pairs_of(load_with_cases(tmp_path, "f1.csv", rows))
    assert {(one, start, end) for one, _other, start, end in found} == {
        ("Khưu Văn Tèo", "2021-07-16T08:30", "2021-07-16T09:00"),
        ("Khưu Bé", "2021-07-17", "2021-07-17"),
    }


def test_a_sheet_of_communes_is_read_though_it_is_called_a_list_of_words(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Danh mục xã"
    for row in (["Mã xã", "Tên xã", "Cấp"], ["96001", "Xã Một", "commune"], ["96002", "Xã Hai", "commune"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "xa.xlsx")
    assert "sheet.help" not in set(load_files([tmp_path / "xa.xlsx"]).findings.table["code"])
