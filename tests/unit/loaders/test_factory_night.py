"""Lists of one night from a province of factories: lines, buses, a chapel, a hospital, pools, forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from lists import Rows, choices_of, load_lists, names_of, pairs_of, results_of, visits_of
from two_cases import CASES, DIEM, LOC, load_with_cases, met_of

from loaders.columns.references import read_reference
from loaders.shapes.titled import told_in_text

# ----------------------------------------------------------------------------------------------- who is who in a row


def test_whose_f2_somebody_is_names_the_f1_and_no_person_of_the_row(tmp_path: Path) -> None:
    f1: Rows = [
        ["Họ và tên", "Năm sinh", "Tiếp xúc với ca", "Ngày tiếp xúc"],
        ["Mạc Thị Hường", "1982", "BN501", "16/07/2021"],
    ]
    f2: Rows = [
        ["Họ và tên F2", "NS", "Điện thoại", "Là F2 của (họ tên F1)", "Tiếp xúc lần cuối với F1", "KQ"],
        ["Tô Văn Bắc", "1993", "0398000178", "Mạc Thị Hường", "hôm 18/7/2021", "lấy mẫu 19/7: âm tính"],
        ["Tô Thị Nga", "1995", "0398000179", "Mạc Thị Hường", "18/7/2021", "chưa lấy"],
    ]
    result = load_lists(tmp_path, {"ca benh.csv": CASES, "f1.csv": f1, "f2.csv": f2})
    people = result.records.persons.set_index("name")
    assert people["phone"].to_dict()["Tô Văn Bắc"] == "0398000178" and people["birth_year"]["Mạc Thị Hường"] == 1982
    assert ("Mạc Thị Hường", "Tô Văn Bắc", "", "2021-07-18") in pairs_of(result)
    assert ("Mạc Thị Hường", "Tô Thị Nga", "", "2021-07-18") in pairs_of(result)
    assert ("Tô Văn Bắc", "2021-07-19", "negative") in results_of(result)


def test_the_telephone_of_who_looks_after_a_patient_is_not_the_patients(tmp_path: Path) -> None:
    rows: Rows = [
        ["KHOA NỘI - BUỒNG 5"],
        ["Giường", "Họ tên NB", "Năm sinh", "Vào viện", "Ra viện", "Người chăm sóc", "ĐT người chăm"],
        ["5.1", "Trần Văn Thịnh", "1949", "14/07/2021", "19/07/2021", "Trần Thị Hòa", "0398000143"],
        ["5.2", "Đào Văn Phúc", "1966", "16/07/2021", "20/07/2021", "Đào Thị Ngân", "0398000145"],
    ]
    people = load_with_cases(tmp_path, "khoa.csv", rows).records.persons.set_index("name")["phone"].to_dict()
    assert people["Trần Thị Hòa"] == "0398000143" and people["Đào Thị Ngân"] == "0398000145"
    assert pd.isna(people["Trần Văn Thịnh"]) and pd.isna(people["Đào Văn Phúc"])


def test_what_somebody_is_in_brackets_is_no_part_of_the_name(tmp_path: Path) -> None:
    rows: Rows = [
        ["CHỐT KIỂM SOÁT SỐ 4"],
        ["Giờ qua chốt", "Ngày", "Biển số", "Lái xe", "Người đi cùng"],
        ["14h20", "18/07/2021", "98C-123.45", "Phùng Văn Mạnh", "Phùng Văn Tiến (1999, em trai)"],
        ["15h05", "18/07/2021", "29H-456.78", "Lại Văn Hưng (NV kho)", ""],
    ]
    people = load_with_cases(tmp_path, "chot.csv", rows).records.persons.set_index("name")["birth_year"]
    assert people["Phùng Văn Tiến"] == 1999 and "Lại Văn Hưng" in people.index


def test_whose_child_somebody_is_still_tells_namesakes_apart(tmp_path: Path) -> None:
    rows: Rows = [["Họ và tên", "Địa chỉ"], ["Lê Minh Khôi (con anh Phương)", "ấp 1"], ["Lê Minh Khôi", "ấp 2"]]
    names = set(names_of(load_with_cases(tmp_path, "ds.csv", rows)).values())
    assert {"Lê Minh Khôi (con anh Phương)", "Lê Minh Khôi"} <= names


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Hương karaoke (BN35)", "BN35", True),
        ("chị Hương (BN35)", "BN35", True),
        ("Mẹ Hương (BN35)", "Mẹ Hương", False),
    ],
)
def test_the_code_in_brackets_is_of_who_is_called_so_and_not_of_kin(text: str, words: str, *, code: bool) -> None:
    (named,) = read_reference(text).named
    assert (named.words, named.code) == (words, code)


# -------------------------------------------------------------------------------------------------- titles and legends


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("DANH SÁCH TRẺ TIẾP XÚC VỚI BÉ ĐỖ GIA HUY (CON BN34)", [("F1", "ĐỖ GIA HUY")]),
        ("Danh sách tiếp xúc gần với Đỗ Gia Huy (con trai của BN34)", [("F1", "Đỗ Gia Huy")]),
        ("TIẾP XÚC VỚI GIÁO VIÊN LÊ THỊ NĂM (BN34)", [("F0", "BN34 (LÊ THỊ NĂM)")]),
        ("Danh sách F1 của BN34 (Lê Văn Tư)", [("F0", "BN34 (Lê Văn Tư)")]),
    ],
)
def test_a_title_that_names_the_child_of_a_case_is_of_the_child(title: str, told: list[tuple[str, str]]) -> None:
    assert told_in_text(title) == told


BUS: Rows = [
    ["DANH SÁCH CNV ĐI XE ĐƯA ĐÓN - TUYẾN SỐ 3"],
    ["Xe 98B-012.34 (29 chỗ) - Lái xe: Trịnh Văn Lộc (BN501), ĐT 0398000104"],
    ["Lượt đi: 7h00 (TT Vôi) - 7h45 (Cty). Lượt về: 20h15 - 21h00"],
    ["STT", "Họ và tên", "SĐT", "Ghế", "17/7/2021", "", "18/7/2021", ""],
    ["", "", "", "", "Đi", "Về", "Đi", "Về"],
    ["1", "Chu Thị Liên", "0398000125", "1A", "x", "x", "x", ""],
    ["2", "Hoàng Văn Nam", "0398000126", "5", "x", "", "", "x"],
]


def test_the_rides_of_a_bus_have_the_hours_of_their_way_and_its_driver_is_the_case(tmp_path: Path) -> None:
    merged = ["E4:F4", "G4:H4", "A4:A5", "B4:B5", "C4:C5", "D4:D5"]
    result = load_lists(tmp_path, {"xe.xlsx": BUS}, merged=merged)
    rides = {(name, start, end) for name, place, start, end in visits_of(result) if place == "98B-012.34"}
    out, back = ("T07:00", "T07:45"), ("T20:15", "T21:00")
    assert rides == {
        *(("Chu Thị Liên", f"2021-07-17{a}", f"2021-07-17{b}") for a, b in (out, back)),
        ("Chu Thị Liên", "2021-07-18T07:00", "2021-07-18T07:45"),
        ("Hoàng Văn Nam", "2021-07-17T07:00", "2021-07-17T07:45"),
        ("Hoàng Văn Nam", "2021-07-18T20:15", "2021-07-18T21:00"),
    }
    assert not result.questions, "the days stand in the head"


def test_a_driver_whom_the_title_names_by_the_code_of_a_case_was_on_each_ride(tmp_path: Path) -> None:
    merged = ["E4:F4", "G4:H4", "A4:A5", "B4:B5", "C4:C5", "D4:D5"]
    cases = tmp_path / "ca"
    cases.mkdir()
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "xe.xlsx": BUS}, merged=merged)
    rides = {start for name, place, start, _ in visits_of(result) if name == LOC and place == "98B-012.34"}
    assert rides == {"2021-07-17T07:00", "2021-07-17T20:15", "2021-07-18T07:00", "2021-07-18T20:15"}
    assert list(result.records.persons["name"]).count(LOC) == 1


CHAPEL: Rows = [
    ["Danh sách phật tử dự lễ cầu an tại chùa Núi Hiểu, 7h30 - 11h00 chủ nhật ngày 18/7/2021"],
    ["TT", "Họ và tên", "Số đt", "Đến lúc", "Về lúc"],
    ["1", "Nguyễn Thị Tý", "0398000134", "", "9h30"],
    ["2", "Dương Văn Chỉnh", "0398000136", "8h15", ""],
    ["3", "Trần Thị Cúc", "0398000138", "6h00", "12h00"],
    ["4", "Lê Thị Thoa", "0398000139", "", ""],
]


def test_who_came_or_left_at_no_hour_of_their_own_was_there_at_those_of_the_title(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"chua.csv": CHAPEL})
    assert {(name, start[11:], end[11:]) for name, _place, start, end in visits_of(result)} == {
        ("Nguyễn Thị Tý", "07:30", "09:30"),
        ("Dương Văn Chỉnh", "08:15", "11:00"),
        ("Trần Thị Cúc", "06:00", "12:00"),
    }
    (asked,) = [q for q in result.questions if q.column == "Đến lúc"]
    again = load_lists(tmp_path, {"chua.csv": CHAPEL}, answers={asked.id: "yes"})
    assert ("Lê Thị Thoa", "chùa Núi Hiểu", "2021-07-18T07:30", "2021-07-18T11:00") in visits_of(again)


def test_a_post_that_is_open_at_hours_says_nothing_of_when_somebody_left(tmp_path: Path) -> None:
    rows = [["QUÁN CÀ PHÊ GIÓ BIỂN mở cửa 7h30 - 22h00 ngày 18/7/2021"], *CHAPEL[1:4]]
    ends = {end for name, _place, _start, end in visits_of(load_lists(tmp_path, {"quan.csv": rows})) if "Chỉnh" in name}
    assert ends == {""}


def test_hours_of_a_meeting_without_a_day_are_offered_the_day_of_the_title(tmp_path: Path) -> None:
    rows: Rows = [
        ["NHÂN VIÊN Y TẾ TIẾP XÚC BN501 (ngày 16/7)"],
        ["TT", "Họ tên", "Năm sinh", "Thời điểm tiếp xúc"],
        ["1", "Lê Quốc Việt", "1982", "8h20-8h35"],
        ["2", "Nguyễn Thị Yến", "1990", "8h35 - 9h"],
    ]
    assert choices_of(load_with_cases(tmp_path, "nvyt.csv", rows), "Thời điểm tiếp xúc") == [("16/7", "-", "*")]


# --------------------------------------------------------------------------------------------------- tables of a night


def test_who_sat_beside_a_case_met_it_on_the_last_day_of_the_row(tmp_path: Path) -> None:
    rows: Rows = [
        ["Họ tên CNV", "Ngày sinh", "Vị trí so với F0", "Ngày làm cùng cuối"],
        ["Nguyễn Thị Hà", "12/03/1993", "Ngồi cạnh BN501 (bên trái)", "14/07/2021"],
        ["Trần Văn Hùng", "21/08/1990", "Đối diện BN502, cách 1,2m", "14/07/2021"],
        ["Phạm Thị Nhung", "02/11/1996", "Cách BN501 2 vị trí", "13/07/2021"],
    ]
    assert met_of(load_with_cases(tmp_path, "chuyen.csv", rows)) == {
        ("Nguyễn Thị Hà", LOC, "2021-07-14"),
        ("Trần Văn Hùng", DIEM, "2021-07-14"),
        ("Phạm Thị Nhung", LOC, "2021-07-13"),
    }


def test_the_only_pair_of_in_and_out_is_one_of_hours_a_night_ends_on_the_next_day(tmp_path: Path) -> None:
    rows: Rows = [
        ["CÔNG TY TNHH SEIWOO VINA"],
        ["Mã NV", "Tên nhân viên", "Phòng ban", "Ngày", "Vào 1", "Ra 1"],
        ["2098", "Hoàng Thị Thơm", "Chuyền A3", "12/07/2021", "19:48", "08:06"],
        ["1502", "Thân Thị Huyền", "Chuyền A5", "12/07/2021", "07:52", "20:05"],
    ]
    assert {(name, start, end) for name, _place, start, end in visits_of(load_lists(tmp_path, {"cc.csv": rows}))} == {
        ("Hoàng Thị Thơm", "2021-07-12T19:48", "2021-07-13T08:06"),
        ("Thân Thị Huyền", "2021-07-12T07:52", "2021-07-12T20:05"),
    }


@pytest.mark.parametrize(
    ("single", "results"),
    [
        (["DT / 24,1", "ÂT", "đang chạy lại"], ["positive", "negative", "pending"]),
        (["dương tính (CT 24,1)", "âm tính", ""], ["positive", "negative", "positive"]),
        (["ÂM TÍNH", "chưa lấy được", "từ chối"], ["negative", "positive", "positive"]),
    ],
)
def test_who_of_a_positive_pool_was_tested_again_alone_has_that_result(
    tmp_path: Path, single: Sequence[str], results: Sequence[str]
) -> None:
    names = ["Lý Thị Mai", "Nông Thị Hạnh", "Nông Văn Bình"]
    rows: Rows = [
        ["Mã gộp", "Họ tên", "Năm sinh", "Ngày lấy mẫu", "KQ mẫu gộp", "Tách mẫu: KQ / CT"],
        *(["G-01", name, "1996", "18/07/2021", "Dương tính", one] for name, one in zip(names, single, strict=True)),
    ]
    told = load_lists(tmp_path, {"gop.csv": rows})
    assert {(name, result) for name, _day, result in results_of(told)} == set(zip(names, results, strict=True))
    assert told.records.tests["pool"].notna().sum() == sum(one in ("", "chưa lấy được", "từ chối") for one in single)


def test_a_form_that_asks_where_and_whom_is_answered_in_words(tmp_path: Path) -> None:
    rows: Rows = [
        [
            *("Dấu thời gian", "1. Họ và tên (viết IN HOA có dấu) *", "3. Số điện thoại đang sử dụng"),
            "5. Trong vòng 14 ngày qua, Anh/Chị có đến địa điểm nào có ca bệnh không? Nếu có ghi rõ tên địa điểm, ngày",
            "6. Anh/Chị có tiếp xúc gần với người mắc bệnh không? (ghi rõ họ tên người đó và ngày tiếp xúc cuối cùng)",
        ],
        ["7/19/2021 20:14:02", "VŨ ĐỨC LONG", "0398000150", "WinMart+ Nếnh, 15/7, khoảng 17h20 đến 18h", "không"],
        ["7/19/2021 20:31:45", "NGUYỄN THỊ DUNG", "0398000141", "TTYT Việt Yên sáng 16/7 từ 8h đến 9h", "Không"],
        ["7/19/2021 21:05:10", "NGÔ VĂN KHA", "0398000140", "Không", "Bà Quách Thị Diễm, gặp ngày 16/7"],
        ["7/20/2021 7:12:33", "LƯƠNG CƯỜNG", "0398000129", "Không", "Lái xe Trịnh Văn Lộc, 18/7/2021"],
    ]
    result = load_with_cases(tmp_path, "khai bao.csv", rows)
    assert {(name, place, start, end) for name, place, start, end in visits_of(result)} == {
        ("VŨ ĐỨC LONG", "WinMart+ Nếnh", "2021-07-15T17:20", "2021-07-15T18:00"),
        ("NGUYỄN THỊ DUNG", "TTYT Việt Yên", "2021-07-16T08:00", "2021-07-16T09:00"),
    }
    assert met_of(result) == {("NGÔ VĂN KHA", DIEM, "2021-07-16"), ("LƯƠNG CƯỜNG", LOC, "2021-07-18")}


def test_the_day_of_an_isolation_is_not_offered_as_that_of_a_contact(tmp_path: Path) -> None:
    rows: Rows = [
        ["Họ và tên", "Năm sinh", "Ghi chú"],
        ["Lý Thị Mai", "2000", "bạn cùng phòng trọ BN501, CLTT từ 17/7"],
    ]
    (asked,) = [q for q in load_with_cases(tmp_path, "tro.csv", rows).questions if q.column == "Ghi chú"]
    assert "17/7" not in " ".join(str(choice.text) for choice in asked.choices if choice.value == "met")


def test_the_id_of_a_scan_numbers_the_rows_and_is_nobodys(tmp_path: Path) -> None:
    rows: Rows = [
        ["id", "ten_khach", "so_dien_thoai", "diem_checkin", "thoi_gian_checkin"],
        ["90210", "Hoàng Minh Châu", "0398000149", "WinMart Nếnh", "2021-07-15T17:02:11+07:00"],
        ["90211", "Vũ Đức Long", "0398000150", "WinMart Nếnh", "2021-07-15T17:21:03+07:00"],
        ["90213", "Vũ Đức Long", "0398000150", "WinMart Nếnh", "2021-07-19T08:30:00+07:00"],
    ]
    result = load_lists(tmp_path, {"quet.csv": rows})
    assert sorted(names_of(result).values()) == ["Hoàng Minh Châu", "Vũ Đức Long"]
    assert {(name, start) for name, _place, start, _end in visits_of(result)} == {
        ("Hoàng Minh Châu", "2021-07-15T17:02"),
        ("Vũ Đức Long", "2021-07-15T17:21"),
        ("Vũ Đức Long", "2021-07-19T08:30"),
    }


def test_a_day_in_how_somebody_is_related_is_asked_about(tmp_path: Path) -> None:
    rows: Rows = [
        ["Họ và tên F1", "Năm sinh", "F1 của", "Mối quan hệ/hoàn cảnh tiếp xúc", "Lần cuối TX"],
        ["Hoàng Văn Thắng", "1996", "BN501", "người yêu, đi ăn tối 13/7 và 15/7", "15/7/2021"],
        ["Nguyễn Thị Lệ", "1970", "BN501", "mẹ đẻ, ở cùng nhà", "17/7/2021"],
    ]
    asked = [q for q in load_with_cases(tmp_path, "f1.csv", rows).questions if q.column == rows[0][3]]
    assert [q.rows for q in asked] == [1]
