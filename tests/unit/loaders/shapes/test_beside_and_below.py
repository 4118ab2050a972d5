"""Tables side by side, trees by columns and by order, grids of duty, forms on their side, chats: each row is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of, pairs_of, visits_of

from loaders import load_files

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN51001", "Cao Văn Lịch", "1975", "18/07/2021"],
    ["BN51002", "Đinh Thị Mùi", "1982", "19/07/2021"],
]
ONE, OTHER = "Cao Văn Lịch", "Đinh Thị Mùi"


def test_two_lists_side_by_side_are_two_lists(tmp_path: Path) -> None:
    rows = [
        ["F1 CỦA BN51001", "", "", "", "", "F2", "", "", ""],
        ["STT", "Họ tên", "NS", "Ngày TX", "", "STT", "Họ tên", "F1", "Ngày TX"],
        ["1", "Ưng Thị Lài", "1990", "16/7/2021", "", "1", "Bạc Văn Sa", "Ưng Thị Lài", "17/7/2021"],
        ["2", "Ưng Văn Lợi", "1992", "17/7/2021", "", "", "", "", ""],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "hai.xlsx": rows}, merged=["A1:D1", "F1:I1"])
    assert pairs_of(result) == {
        (ONE, "Ưng Thị Lài", "2021-07-16", "2021-07-16"),
        (ONE, "Ưng Văn Lợi", "2021-07-17", "2021-07-17"),
        ("Bạc Văn Sa", "Ưng Thị Lài", "2021-07-17", "2021-07-17"),
    }


def test_a_list_that_goes_on_at_the_right_is_one_list_with_one_question(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH DỰ HỌP NGÀY 15/7/2021 TẠI HỘI TRƯỜNG XÃ PHÚ TÂN", "", "", "", "", "", ""],
        ["STT", "Họ và tên", "SĐT", "", "STT", "Họ và tên", "SĐT"],
        ["1", "Lục Văn Tân", "0934000001", "", "3", "Lục Thị Ba", "0934000003"],
        ["2", "Lục Thị Hai", "0934000002", "", "4", "Lục Văn Bốn", "0934000004"],
    ]
    result = load_lists(tmp_path, {"hop.xlsx": rows}, merged=["A1:G1"])
    assert set(names_of(result).values()) == {"Lục Văn Tân", "Lục Thị Hai", "Lục Thị Ba", "Lục Văn Bốn"}
    assert {question.rows for question in result.questions} <= {4}
    assert set(result.records.persons["phone"]) == {f"093400000{n}" for n in range(1, 5)}


def test_a_column_for_each_tier_gives_each_contact_the_day_of_its_own_column(tmp_path: Path) -> None:
    rows = [
        ["SƠ ĐỒ TRUY VẾT", "", "", "", "", ""],
        ["F0", "F1", "Ngày TX với F0", "F2", "Ngày TX với F1", "SĐT F2"],
        [f"{ONE} (BN51001)", "Thi Thị Xuân", "17/7/2021", "Lò Văn Hạ", "18/7/2021", "0912340001"],
        ["", "", "", "Lò Văn Thu", "19/7/2021", ""],
        ["", "Thi Văn Đông", "16/7/2021", "Lò Thị Bấc", "20/7/2021", "0912340003"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "cay.xlsx": rows}, merged=["A1:F1"])
    assert {tuple(sorted(pair[:2])) + pair[2:] for pair in pairs_of(result)} == {
        (ONE, "Thi Thị Xuân", "2021-07-17", "2021-07-17"),
        (ONE, "Thi Văn Đông", "2021-07-16", "2021-07-16"),
        ("Lò Văn Hạ", "Thi Thị Xuân", "2021-07-18", "2021-07-18"),
        ("Lò Văn Thu", "Thi Thị Xuân", "2021-07-19", "2021-07-19"),
        ("Lò Thị Bấc", "Thi Văn Đông", "2021-07-20", "2021-07-20"),
    }
    assert len(result.records.cases) == 2
    phones = result.records.persons.set_index("name")["phone"].dropna().to_dict()
    assert phones == {"Lò Văn Hạ": "0912340001", "Lò Thị Bấc": "0912340003"}


def test_tiers_in_their_order_with_days_of_contact_are_a_tree(tmp_path: Path) -> None:
    rows = [
        ["F", "Họ tên", "Sinh năm", "Ngày TX"],
        ["F0", OTHER, "1982", ""],
        ["F1", "Phàn Văn Tả", "1990", "17/7/2021"],
        ["F2", "Phàn Thị Hữu", "1991", "18/7/2021"],
        ["F1", "Chảo Văn Trung", "1960", "18/7/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "tt.csv": rows})
    assert {tuple(sorted(pair[:2])) + pair[2:3] for pair in pairs_of(result)} == {
        (*sorted((OTHER, "Phàn Văn Tả")), "2021-07-17"),
        ("Phàn Thị Hữu", "Phàn Văn Tả", "2021-07-18"),
        ("Chảo Văn Trung", OTHER, "2021-07-18"),
    }


def test_section_lines_with_roman_numbers_say_whom_the_rows_below_met(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH F1 XÃ PHÚ TÂN ĐẾN 22/7/2021", "", "", "", ""],
        ["STT", "Họ và tên", "Năm sinh", "SĐT", "Ngày TX cuối"],
        ["I", f"F1 của BN51001 ({ONE})", "", "", ""],
        ["1", "Sầm Thị Lan", "1975", "0914000001", "16/7"],
        ["II", "F1 của BN51002", "", "", ""],
        ["1", "Sầm Thị Cúc", "1990", "0914000003", "18/7"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": rows}, merged=["A1:E1"])
    assert pairs_of(result) == {
        (ONE, "Sầm Thị Lan", "", "2021-07-16"),
        ("Sầm Thị Cúc", OTHER, "", "2021-07-18"),
    }


def test_marks_of_shifts_take_their_hours_from_the_legend_or_from_an_answer(tmp_path: Path) -> None:
    rows = [
        ["CÔNG TY THỦY SẢN BIỂN TÂY", "", "", "", ""],
        ["BẢNG PHÂN CA THÁNG 7/2021", "", "", "", ""],
        ["STT", "Họ tên", "15", "16", "17"],
        ["1", "Triệu Văn Én", "S", "Đ", "P"],
        ["2", "Triệu Thị Yến", "", "S", "S"],
    ]
    merged = ["A1:E1", "A2:E2", "A6:E6"]
    legend = ["Ghi chú: S: ca sáng 6h-14h; Đ: ca đêm 22h-6h; P: nghỉ phép", "", "", "", ""]
    place = "CÔNG TY THỦY SẢN BIỂN TÂY"
    there = {
        ("Triệu Văn Én", place, "2021-07-15T06:00", "2021-07-15T14:00"),
        ("Triệu Văn Én", place, "2021-07-16T22:00", "2021-07-17T06:00"),
        ("Triệu Thị Yến", place, "2021-07-16T06:00", "2021-07-16T14:00"),
        ("Triệu Thị Yến", place, "2021-07-17T06:00", "2021-07-17T14:00"),
    }
    told = load_lists(tmp_path, {"ca7.xlsx": [*rows, legend]}, merged=merged)
    assert told.complete and visits_of(told) == there
    open_ones = load_lists(tmp_path, {"ca7.xlsx": rows}, merged=merged[:2]).questions
    assert {question.said for question in open_ones} == {"S", "Đ"}
    answers = {question.id: "6h-14h" if question.said == "S" else "22h-6h" for question in open_ones}
    assert visits_of(load_lists(tmp_path, {"ca7.xlsx": rows}, merged=merged[:2], answers=answers)) == there


def test_names_below_days_are_on_duty_on_these_days(tmp_path: Path) -> None:
    rows = [
        ["KHOA HỒI SỨC - BỆNH VIỆN ĐA KHOA U MINH", "", ""],
        ["LỊCH TRỰC NĂM 2021", "", ""],
        ["Ca trực", "19/7", "20/7"],
        ["Sáng", "BS Hầu Minh", "BS Giàng Kha"],
        ["Đêm", "BS Giàng Kha, ĐD Vàng Lan", "BS Hầu Minh"],
    ]
    result = load_lists(tmp_path, {"truc.xlsx": rows}, merged=["A1:C1", "A2:C2"])
    days = {(name, start[:10]) for name, _, start, _ in visits_of(result)}
    assert days == {
        *(("Hầu Minh", "2021-07-19"), ("Giàng Kha", "2021-07-19"), ("Vàng Lan", "2021-07-19")),
        *(("Giàng Kha", "2021-07-20"), ("Hầu Minh", "2021-07-20")),
    }


def test_a_form_on_its_side_has_a_person_in_each_column(tmp_path: Path) -> None:
    rows = [
        ["PHIẾU TỔNG HỢP CA BỆNH", "", ""],
        ["Mã số ca bệnh", "BN51021", "BN51022"],
        ["Họ và tên", "Tòng Thị Sang", "Quàng Văn Rớt"],
        ["Năm sinh", "1980", "1958"],
        ["Ngày khởi phát", "17/7/2021", "18/7/2021"],
    ]
    cases = load_lists(tmp_path, {"phieu.xlsx": rows}, merged=["A1:C1"]).records.cases
    assert set(cases["person"]) == {"BN51021", "BN51022"}


CHATS = (
    "[08:15, 20/07/2021] Trạm Phú Tân: Chào cả nhóm\n"
    "[08:16, 20/07/2021] Trạm Phú Tân: F1 của BN51001: Dương Văn Qua, 1980, 0932000001, nhậu chung 16/7\n"
    "[08:17, 20/07/2021] Trạm Phú Tân: F1 của BN51001: Long Thị Nữ, 1985, 0932000002, gặp 17/7\n"
    "[08:20, 20/07/2021] Chị Năm: ok em\n",
    "20/07/2021, 08:16 - Trạm Phú Tân: F1 của BN51001: Dương Văn Qua, 1980, 0932000001, nhậu chung 16/7\n"
    "20/07/2021, 08:17 - Trạm Phú Tân: BN51001 có gặp Long Thị Nữ sn 1985 sđt 0932000002 ngày 17/7\n",
    "Trạm Phú Tân\n08:16\nF1 của BN51001: Dương Văn Qua, 1980, 0932000001, nhậu chung 16/7/2021\n"
    "Trạm Phú Tân\n08:17\nBN51001 tiếp xúc với Long Thị Nữ sn 1985 sđt 0932000002 ngày 17/7/2021\n"
    "Chị Năm\n08:20\nĐã nhận\n",
)


@pytest.mark.parametrize("chat", CHATS, ids=["copied", "exported", "below"])
def test_a_pasted_chat_is_read_message_by_message(tmp_path: Path, chat: str) -> None:
    from lists import write_list

    (tmp_path / "zalo.txt").write_text(chat, encoding="utf-8")
    write_list(tmp_path / "ca.csv", CASES)
    result = load_files([tmp_path / "ca.csv", tmp_path / "zalo.txt"])
    assert pairs_of(result) == {
        (ONE, "Dương Văn Qua", "2021-07-16", "2021-07-16"),
        (ONE, "Long Thị Nữ", "2021-07-17", "2021-07-17"),
    }


def test_a_text_of_which_nothing_can_be_read_is_asked_about_in_words_that_help(tmp_path: Path) -> None:
    (tmp_path / "zalo.txt").write_text(
        "[08:15, 20/07/2021] Trạm: em thấy BN51001 hôm 16/7\n[08:16, 20/07/2021] Trạm: có ai biết không\n",
        encoding="utf-8",
    )
    (asked,) = load_files([tmp_path / "zalo.txt"]).questions
    assert "F1 of BN34" in str(asked.text) and [choice.value for choice in asked.choices] == ["-"]


def test_one_line_of_prose_is_no_table_and_a_numbered_place_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    prose = (
        "BN51001 (C.V.L, nam, 1975, ngụ ấp Cái Keo). Ngày 15/7/2021, khoảng 7h uống cà phê tại quán Cây Dừa. "
        "Ngày 16/7, từ 10h đến 13h dự đám giỗ tại nhà ông Tư Lì.\n"
    )
    notice = (
        "THÔNG BÁO KHẨN SỐ 15\nTìm người từng đến các địa điểm liên quan BN51001:\n"
        "1. Quán cơm Ba Lành (khóm 3): khoảng 11h ngày 16/7/2021\n"
        "2. Vietinbank Cà Mau, ngày 17/7/2021 từ 8h - 8h45\n"
    )
    (tmp_path / "loi.txt").write_text(prose, encoding="utf-8")
    (tmp_path / "tb.txt").write_text(notice, encoding="utf-8")
    told = load_files([tmp_path / "loi.txt"]).records
    assert "quán Cây Dừa" in set(told.visits["place"]) and len(told.visits) == 2
    found = {(place, start) for _, place, start, _ in visits_of(load_files([tmp_path / "tb.txt"]))}
    assert found == {("Quán cơm Ba Lành", "2021-07-16T11:00"), ("Vietinbank Cà Mau", "2021-07-17T08:00")}


def test_passengers_below_their_coach_in_a_message_and_two_coaches_on_one_narrow_sheet(tmp_path: Path) -> None:
    (tmp_path / "xe.txt").write_text(
        "Xe 69B-02222 chạy ngày 17/7/2021 lúc 20h từ Sài Gòn về Cà Mau\nTài xế: Lại Văn Sức 0919111000\nKhách:\n"
        "1/ Lưu Thị Mận 0919111001 ghế 5\n2/ Lưu Văn Đào 0919111002 ghế 6\n",
        encoding="utf-8",
    )
    names = set(load_files([tmp_path / "xe.txt"]).records.persons["name"])
    assert names == {"Lại Văn Sức", "Lưu Thị Mận", "Lưu Văn Đào"}
    rows = [
        ["XE 1: BKS 69B-033.33 - ngày 16/7/2021", "", ""],
        ["STT", "Họ tên", "SĐT"],
        ["1", "Tần Văn Cội", "0941000001"],
        ["2", "Tần Thị Nguồn", "0941000002"],
        ["XE 2: BKS 69B-044.44 - ngày 17/7/2021", "", ""],
        ["STT", "Họ tên", "SĐT"],
        ["1", "Nhạc Văn Phi", "0941000003"],
    ]
    result = load_lists(tmp_path, {"xe.xlsx": rows}, merged=["A1:C1", "A5:C5"])
    assert {question.choices[0].value: question.rows for question in result.questions} == {
        "2021-07-16": 2,
        "2021-07-17": 1,
    }
