"""Lists of one night from a coast: codes of a province, boats, ferries, orders, pools, chats of several senders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from lists import (
    Rows,
    choices_of,
    isolations_of,
    load_lists,
    names_of,
    pairs_of,
    results_of,
    visits_of,
    write_list,
)

from loaders import LoadResult, load_files
from loaders.shapes.titled import told_in_text
from loaders.shapes.told_contacts import _told

CASES: Rows = [
    ["Mã BN", "Họ tên", "Năm sinh", "Ngày khởi phát"],
    ["QB2301", "Mạc Thị Hường", "1982", "10/08/2021"],
    ["QB2302", "Tống Văn Kiên", "1975", "11/08/2021"],
]
HUONG, KIEN = "Mạc Thị Hường", "Tống Văn Kiên"


def load(folder: Path, rows: Rows, name: str = "ds.xlsx", merged: Sequence[str] = ()) -> LoadResult:
    return load_lists(folder, {"ca benh.csv": CASES, name: rows}, merged=merged)


def load_text(folder: Path, text: str, name: str = "zalo.txt") -> LoadResult:
    (folder / name).write_text(text, encoding="utf-8")
    return load_files([write_list(folder / "ca benh.csv", CASES), folder / name])


# ----------------------------------------------------------------------------------------------------- who is a case


def test_a_line_between_rows_that_calls_cases_suspected_makes_them_so(tmp_path: Path) -> None:
    rows: Rows = [
        ["DANH SÁCH CA BỆNH XÃ ĐÔNG"],
        ["TT", "Mã BN", "Họ tên", "Năm sinh", "Ngày khởi phát", "Kết quả xét nghiệm"],
        ["I", "CA XÁC ĐỊNH", "", "", "", ""],
        ["1", "QB2310", "Lữ Thị Sim", "1990", "12/8/2021", "Dương tính"],
        ["II", "CA NGHI NGỜ, CHỜ PCR", "", "", "", ""],
        ["2", "chưa có", "Lữ Văn Tấn", "1991", "13/8/2021", "Dương tính"],
    ]
    result = load_lists(tmp_path, {"ds.xlsx": rows})
    names = names_of(result)
    suspected = result.records.cases.loc[(result.records.cases["status"] == "suspected").fillna(False), "person"]
    assert {names[ident] for ident in suspected} == {"Lữ Văn Tấn"} and len(result.records.cases) == 2


def test_a_line_that_says_that_nobody_is_doubtful_any_more_changes_nothing(tmp_path: Path) -> None:
    rows: Rows = [
        ["TT", "Mã BN", "Họ tên", "Năm sinh", "Ngày khởi phát"],
        ["I", "CA XÁC ĐỊNH (trước đó là ca nghi ngờ)", "", "", ""],
        ["1", "QB2310", "Lữ Thị Sim", "1990", "12/8/2021"],
        ["2", "QB2311", "Lữ Văn Tấn", "1991", "13/8/2021"],
    ]
    assert not (load_lists(tmp_path, {"ds.xlsx": rows}).records.cases["status"] == "suspected").any()


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("F1 của QB2301, TX ngày 12/8", "QB2301"),
        ("F1 QB-2301", "QB-2301"),
        ("tiếp xúc QB2301", "QB2301"),
        ("đi chuyến VN1234", None),
        ("F1 chuyến bay VN1234", None),
        ("đi cùng tàu QB91234 TS", None),
        ("F1, số nhà QL1", None),
    ],
)
def test_codes_of_a_province_are_cases_and_flights_and_boats_are_none(text: str, case: str | None) -> None:
    told = _told(text)
    assert (None if told is None else told[0]) == case


def test_a_title_may_name_the_case_behind_more_words() -> None:
    assert told_in_text("DANH SÁCH LỚP 7B - F1 CỦA THẦY TỐNG VĂN KIÊN (QB2302, GV LÝ)") == [("F0", "QB2302")]
    assert told_in_text("là F1 của chị Hường QB2301") == [("F0", "QB2301")]
    assert told_in_text("DANH SÁCH LỚP 7B - GV TỐNG VĂN KIÊN, PHÒNG B2302") == []


def test_a_remark_that_says_who_the_row_is_is_no_contact_with_oneself(tmp_path: Path) -> None:
    rows: Rows = [
        ["DANH SÁCH KHÁCH ĂN GIỖ - ngày 12/8/2021, từ 10h đến 12h tại nhà ông Tư"],
        ["STT", "Họ tên", "Năm sinh", "Ghi chú"],
        ["1", HUONG, "1982", "F0 - QB2301"],
        ["2", "Lữ Thị Sim", "1990", ""],
    ]
    result = load(tmp_path, rows)
    assert pairs_of(result) == set()
    [asked] = [question for question in result.questions if question.said == "F0 - QB2301"]
    assert [choice.value for choice in asked.choices] == ["yes", "no"]


def test_below_a_line_with_a_case_people_are_still_its_contacts(tmp_path: Path) -> None:
    rows: Rows = [
        ["STT", "Họ tên", "Năm sinh", "Ngày tiếp xúc", "Quan hệ"],
        ["F1 của BN501", "", "", "", ""],
        ["1", "Lữ Thị Sim", "1990", "12/8/2021", "bạn"],
        ["2", "Lữ Văn Tấn", "1991", "12/8/2021", "bạn"],
    ]
    cases: Rows = [CASES[0], ["BN501", HUONG, "1982", "10/08/2021"]]
    result = load_lists(tmp_path, {"ca.csv": cases, "f1.xlsx": rows})
    assert {pair[:2] for pair in pairs_of(result)} == {("Lữ Thị Sim", HUONG), ("Lữ Văn Tấn", HUONG)}


# ------------------------------------------------------------------------------------------------- orders, isolations


def test_a_table_of_an_order_at_home_is_at_home_whatever_the_text_above_calls_the_case(tmp_path: Path) -> None:
    rows: Rows = [
        ["Lý do: tiếp xúc với bệnh nhân QB2301"],
        ["DANH SÁCH NGƯỜI ĐƯỢC ÁP DỤNG BIỆN PHÁP CÁCH LY Y TẾ TẠI NHÀ"],
        ["TT", "Họ tên", "Năm sinh", "Nơi cách ly", "Từ ngày", "Đến ngày"],
        ["1", "Lữ Thị Sim", "1990", "KP Cửa Đông", "13/8/2021", "26/8/2021"],
        ["2", "Lữ Văn Tấn", "1991", "KP 2", "13/8/2021", "26/8/2021"],
    ]
    assert {kind for _name, kind, *_ in isolations_of(load(tmp_path, rows))} == {"home"}


def test_patients_without_such_a_title_are_in_hospital(tmp_path: Path) -> None:
    rows: Rows = [
        ["DANH SÁCH BỆNH NHÂN ĐANG ĐIỀU TRỊ"],
        ["TT", "Họ tên", "Năm sinh", "Ngày nhập viện"],
        ["1", "Lữ Thị Sim", "1990", "13/8/2021"],
        ["2", "Lữ Văn Tấn", "1991", "13/8/2021"],
    ]
    assert {kind for _name, kind, *_ in isolations_of(load(tmp_path, rows))} == {"hospital"}


def test_orders_one_below_the_other_have_their_own_days(tmp_path: Path) -> None:
    one = (
        "Điều 1. Áp dụng biện pháp cách ly y tế tại nhà đối với {who}\nSinh năm: {born}; Số điện thoại: {phone}\n"
        "Lý do: Tiếp xúc gần (F1) với bệnh nhân Mạc Thị Hường (QB2301) ngày {met}.\n"
        "Thời gian cách ly: từ ngày {first} đến ngày {last}.\nĐiều 2. Giao trạm y tế theo dõi.\n"
    )
    text = one.format(
        who="bà Lữ Thị Sim", born=1990, phone="0912000101", met="11/8/2021", first="12/8/2021", last="25/8/2021"
    ) + one.format(
        who="ông Bế Văn Quý", born=1980, phone="0912000103", met="12/8/2021", first="14/8/2021", last="27/8/2021"
    )
    result = load_text(tmp_path, text, "quyet dinh.txt")
    assert isolations_of(result) == {
        ("Lữ Thị Sim", "home", "", "2021-08-12", "2021-08-25"),
        ("Bế Văn Quý", "home", "", "2021-08-14", "2021-08-27"),
    }
    people = result.records.persons.set_index("name")
    assert people["birth_year"]["Bế Văn Quý"] == 1980 and people["phone"]["Lữ Thị Sim"] == "0912000101"
    assert {(a, b) for a, b, *_ in pairs_of(result)} == {("Lữ Thị Sim", HUONG), ("Bế Văn Quý", HUONG)}


F2: Rows = [["TT", "Họ tên", "Năm sinh", "Tiếp xúc với F1"], ["1", "Sầm Thị Mão", "1987", "Lữ Thị Sim"]]
F1: Rows = [["Họ tên", "Năm sinh", "Tiếp xúc với ca"], ["Lữ Thị Sim", "1990", "QB2301"]]


@pytest.mark.parametrize(
    ("caption", "stays"),
    [
        ("2. Danh sách F2 (đang cách ly tại nhà từ ngày 13/8/2021): 01 người", {("home", "2021-08-13")}),
        ("Danh sách F2 cách ly tại trường Sao Mai từ 13/8/2021", {("centre", "2021-08-13")}),
        ("Danh sách F2 của QB2301, cách ly tại nhà từ 13/8/2021", set()),
        ("Danh sách F2 (lập ngày 13/8/2021)", set()),
    ],
)
def test_a_caption_tells_since_when_all_below_it_are_isolated(
    tmp_path: Path, caption: str, stays: set[tuple[str, str]]
) -> None:
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": F1, "f2.xlsx": [[caption], *F2]})
    assert {(kind, first) for _name, kind, _place, first, _last in isolations_of(result)} == stays


def test_until_when_they_met_and_since_when_they_are_isolated_stand_in_cells(tmp_path: Path) -> None:
    rows: Rows = [
        ["Họ tên", "Năm sinh", "Tiếp xúc với ca", "Thời gian tiếp xúc", "Hình thức cách ly"],
        ["Lữ Thị Sim", "1990", "QB2301", "Hàng ngày, đến 12/8/2021", "CLTT tại trường THCS Sao Mai từ 13/8/2021"],
        ["Lữ Văn Tấn", "1991", "QB2301", "11/8/2021", "Tại nhà từ 13/8/2021"],
        ["Bế Văn Quý", "1980", "QB2302", "đến 13/8/2021", "Chưa cách ly"],
    ]
    result = load(tmp_path, rows)
    assert pairs_of(result) == {
        ("Lữ Thị Sim", HUONG, "", "2021-08-12"),
        ("Lữ Văn Tấn", HUONG, "2021-08-11", "2021-08-11"),
        ("Bế Văn Quý", KIEN, "", "2021-08-13"),
    }
    assert isolations_of(result) == {
        ("Lữ Thị Sim", "centre", "trường THCS Sao Mai", "2021-08-13", ""),
        ("Lữ Văn Tấn", "home", "", "2021-08-13", ""),
    }


def test_below_where_people_are_treated_the_words_mean_that(tmp_path: Path) -> None:
    rows: Rows = [
        ["DANH SÁCH CA BỆNH"],
        ["Mã BN", "Họ tên", "Năm sinh", "Ngày lấy mẫu", "Kết quả xét nghiệm", "", "Nơi điều trị", ""],
        ["", "", "", "", "PP", "KQ", "Tên cơ sở", "Từ ngày"],
        ["QB2310", "Lữ Thị Sim", "1990", "12/8/2021", "RT-PCR", "Dương tính", "BV dã chiến số 1", "13/8/2021"],
        ["QB2311", "Lữ Văn Tấn", "1991", "12/8/2021", "Test nhanh", "Dương tính", "BV dã chiến số 1", "14/8/2021"],
    ]
    merged = ("E2:F2", "G2:H2", *(f"{letter}2:{letter}3" for letter in "ABCD"))
    result = load_lists(tmp_path, {"ds.xlsx": rows}, merged=merged)
    assert {(name, place, first) for name, _kind, place, first, _ in isolations_of(result)} == {
        ("Lữ Thị Sim", "BV dã chiến số 1", "2021-08-13"),
        ("Lữ Văn Tấn", "BV dã chiến số 1", "2021-08-14"),
    }
    assert set(result.records.tests["method"]) == {"pcr", "antigen"} and result.complete


# ------------------------------------------------------------------------------------------------------------- tests


def test_how_many_samples_a_pool_has_is_no_code_and_the_key_is_on_another_list(tmp_path: Path) -> None:
    pools: Rows = [
        ["KẾT QUẢ MẪU GỘP RT-PCR - Ngày lấy mẫu: 12/8/2021"],
        ["STT", "Mã ống gộp", "Số mẫu", "Kết quả"],
        ["1", "CD-G1", "2", "Âm tính"],
        ["2", "CD-G2", "1", "Đang chạy lại, chờ KQ"],
    ]
    key: Rows = [
        ["DANH SÁCH LẤY MẪU - Ngày lấy mẫu: 12/8/2021"],
        ["STT", "Mã mẫu", "Ống gộp", "Họ tên", "Năm sinh"],
        ["1", "CD01", "CD-G1", "Lữ Thị Sim", "1990"],
        ["2", "CD02", "CD-G1", "Lữ Văn Tấn", "1991"],
        ["3", "CD03", "CD-G2", "Bế Văn Quý", "1980"],
    ]
    result = load_lists(tmp_path, {"gop.xlsx": pools, "ma hoa.xlsx": key})
    assert result.complete and results_of(result) == {
        ("Lữ Thị Sim", "2021-08-12", "negative"),
        ("Lữ Văn Tấn", "2021-08-12", "negative"),
        ("Bế Văn Quý", "2021-08-12", "pending"),
    }


@pytest.mark.parametrize(("day", "tests"), [("14/8/2021", 2), ("12/8/2021", 1)])
def test_a_sample_taken_again_on_another_day_is_a_test_of_its_own(tmp_path: Path, day: str, tests: int) -> None:
    key: Rows = [
        ["DANH SÁCH LẤY MẪU - Ngày lấy mẫu: 12/8/2021"],
        ["STT", "Mã mẫu", "Họ tên", "Năm sinh"],
        ["1", "CD01", "Lữ Thị Sim", "1990"],
    ]
    single: Rows = [
        ["KẾT QUẢ MẪU ĐƠN (RT-PCR)"],
        [f"Ngày lấy: {day}"],
        ["STT", "Mã mẫu", "Kết quả"],
        ["1", "CD01", "Âm tính"],
    ]
    result = load_lists(tmp_path, {"ma.xlsx": key, "don.xlsx": single})
    found = results_of(result)
    iso = f"2021-08-{day[:2]}"
    assert len(found) == tests and ("Lữ Thị Sim", iso, "negative") in found


def test_the_day_until_which_a_room_list_is_kept_is_no_day_of_a_sample(tmp_path: Path) -> None:
    def rows(title: str) -> Rows:
        return [
            ["DANH SÁCH NGƯỜI CÁCH LY TẬP TRUNG TẠI TRƯỜNG SAO MAI"],
            [title],
            ["Phòng", "Họ tên", "Năm sinh", "Ngày vào", "KQ XN lần 1"],
            ["101", "Lữ Thị Sim", "1990", "10/8/2021", "Chờ KQ"],
            ["102", "Lữ Văn Tấn", "1991", "10/8/2021", "Âm tính (11/8/2021)"],
        ]

    assert results_of(load_lists(tmp_path, {"a.xlsx": rows("(Đến 17h ngày 12/8/2021)")})) == {
        ("Lữ Văn Tấn", "2021-08-11", "negative")
    }
    assert ("Lữ Thị Sim", "2021-08-12", "pending") in results_of(
        load_lists(tmp_path, {"a.xlsx": rows("Ngày lấy mẫu: 12/8/2021")})
    )


def test_the_day_of_a_result_is_no_second_sample(tmp_path: Path) -> None:
    text = (
        "BÁO CÁO CA BỆNH\nI. THÔNG TIN CA BỆNH\nHọ và tên: Lữ Thị Sim; Giới tính: Nữ; Năm sinh: 1990\n"
        "Ngày khởi phát: 11/8/2021. Ngày lấy mẫu: 12/8/2021. Kết quả RT-PCR ngày 13/8/2021: Dương tính.\n"
        "II. LỊCH TRÌNH\n- Ngày 10/8/2021: từ 7h00 đến 8h00 BN ăn sáng tại quán Bún Cửa Đông.\n"
        "- Ngày 11/8/2021: BN ở nhà.\n"
    )
    result = load_text(tmp_path, text, "bao cao.txt")
    assert results_of(result) == {("Lữ Thị Sim", "2021-08-12", "positive")}
    assert visits_of(result) == {("Lữ Thị Sim", "quán Bún Cửa Đông", "2021-08-10T07:00", "2021-08-10T08:00")}


# -------------------------------------------------------------------------------------------------- lines and remarks


def test_the_sums_of_a_class_and_who_signs_are_nobody(tmp_path: Path) -> None:
    rows: Rows = [
        ["LỚP 7B - tháng 8/2021, từ 7h00 đến 9h00"],
        ["STT", "Họ tên", "Ngày sinh", "Nữ", "10/8", "11/8", "12/8", "Ghi chú"],
        ["1", "Lữ Thị Sim", "1/2/2008", "x", "x", "x", "x", ""],
        ["2", "Lữ Văn Tấn", "3/4/2008", "", "x", "", "x", ""],
        ["", "Sĩ số: 02 (01 nữ)", "", "", "2", "1", "2", ""],
        ["", "", "", "", "", "HIỆU TRƯỞNG", "", ""],
        ["", "", "", "", "", "Sầm Văn Hợi", "", ""],
    ]
    result = load(tmp_path, rows)
    assert {"Lữ Thị Sim", "Lữ Văn Tấn"} == set(names_of(result).values()) - {HUONG, KIEN}
    assert result.rows_set_aside == 0


def test_who_leads_a_team_is_somebody_in_the_last_row(tmp_path: Path) -> None:
    rows: Rows = [
        ["STT", "Họ tên", "Năm sinh", "Chức vụ", "Tiếp xúc với ca"],
        ["1", "Lữ Thị Sim", "1990", "", "QB2301"],
        ["2", "Lữ Văn Tấn", "", "Tổ trưởng", ""],
        ["", "Sầm Văn Hợi", "", "", ""],
        ["", "BS. Bế Văn Quý", "", "", ""],
        ["", "", "", "", "Đại úy Kha Văn Lực"],
    ]
    names = set(names_of(load(tmp_path, rows)).values())
    assert {"Lữ Văn Tấn", "Sầm Văn Hợi"} <= names and not any("Kha Văn Lực" in name for name in names)
    assert any("Bế Văn Quý" in name for name in names)


def test_a_pupil_called_like_a_sum_is_somebody(tmp_path: Path) -> None:
    rows: Rows = [
        ["STT", "Họ tên", "Năm sinh", "SĐT", "Tiếp xúc với ca", "Ngày tiếp xúc"],
        ["1", "Cồng Thị Tổng", "1990", "0912000101", "QB2301", "12/8/2021"],
        ["2", "Sĩ Văn Số", "1991", "0912000102", "QB2301", "12/8/2021"],
    ]
    assert {"Cồng Thị Tổng", "Sĩ Văn Số"} <= set(names_of(load(tmp_path, rows)).values())


GUESTS: Rows = [
    ["DANH SÁCH KHÁCH DỰ TIỆC ngày 12/8/2021, từ 11h đến 13h tại nhà hàng Sao Mai"],
    ["Bàn", "Họ tên", "Năm sinh", "SĐT", "Ghi chú"],
    ["1", HUONG, "1982", "0912000001", ""],
    ["1", "Lữ Thị Sim", "1990", "0912000101", ""],
    ["2", "Lữ Văn Tấn", "1991", "0912000102", ""],
]


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("Ghi chú: khách bàn 2 có qua ngồi cùng bàn với BN Mạc Thị Hường (QB2301) một lúc", True),
        ("Ghi chú: danh sách do chị Hường (QB2301) kê khai", False),
    ],
)
def test_a_note_that_tells_who_sat_with_a_case_of_the_list_is_asked_about(
    tmp_path: Path, note: str, asked: bool
) -> None:
    result = load(tmp_path, [*GUESTS, [], [note]])
    assert (note in {question.said for question in result.questions}) is asked


def test_of_whose_room_somebody_is_an_f1_is_asked(tmp_path: Path) -> None:
    rows: Rows = [
        ["Buồng", "Họ tên", "Năm sinh", "Vào viện", "Ra viện", "Ghi chú"],
        ["5", "Lữ Thị Sim", "1990", "10/8/2021", "13/8/2021", "F1 cùng buồng BN Hường"],
        ["6", "Lữ Văn Tấn", "1991", "10/8/2021", "13/8/2021", "nằm gần cửa"],
    ]
    result = load(tmp_path, rows)
    assert [question.said for question in result.questions if question.column == "Ghi chú"] == [
        "F1 cùng buồng BN Hường"
    ]


def test_whom_a_case_met_and_when_is_read_and_another_day_is_asked(tmp_path: Path) -> None:
    rows: Rows = [
        ["Mã BN", "Họ tên", "Năm sinh", "Ngày khởi phát", "Yếu tố dịch tễ"],
        ["QB2310", "Lữ Thị Sim", "1990", "14/8/2021", "Dự giỗ ngày 12/8, ngồi cùng mâm với QB2301"],
        ["QB2311", "Lữ Văn Tấn", "1991", "14/8/2021", "Đi Huế về ngày 12/8"],
    ]
    result = load(tmp_path, rows)
    assert ("Lữ Thị Sim", "Mạc Thị Hường", "2021-08-12", "2021-08-12") in pairs_of(result)
    assert choices_of(result, "Yếu tố dịch tễ") == [("kept",)]


def test_a_law_is_no_evidence_of_the_year_of_a_list(tmp_path: Path) -> None:
    rows: Rows = [
        ["Căn cứ Luật Phòng, chống bệnh truyền nhiễm ngày 21/11/2007"],
        ["DANH SÁCH CÁCH LY TẠI NHÀ (kèm Quyết định số 12 ngày 13/8/2021)"],
        ["Họ tên", "Năm sinh", "Lý do", "Từ ngày", "Đến ngày"],
        ["Lữ Thị Sim", "1990", "F1 của QB2301, tiếp xúc 12/8", "13/8/2021", "26/8/2021"],
    ]
    assert ("Lữ Thị Sim", HUONG, "2021-08-12", "2021-08-12") in pairs_of(load(tmp_path, rows))


def test_for_a_commune_that_is_named_no_hamlet_asks(tmp_path: Path) -> None:
    rows: Rows = [
        ["Họ tên", "Năm sinh", "Địa chỉ", "Tiếp xúc với ca", "Ngày tiếp xúc"],
        ["Lữ Thị Sim", "1990", "Thôn Đá Bạc, xã Cửa Đông", "QB2301", "12/8/2021"],
    ]
    (asked,) = load(tmp_path, rows).questions
    assert "Which commune is it" in str(asked.text) and "xã Cửa Đông" in str(asked.text)
    alone = [rows[0], ["Lữ Thị Sim", "1990", "Thôn Đá Bạc", "QB2301", "12/8/2021"]]
    assert choices_of(load(tmp_path, alone), "Địa chỉ")
