"""Kinds of writing of a fishing district's lists in one night: journeys nobody made, companions, tubes, short heads."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import isolations_of, load_lists, names_of, pairs_of, results_of, visits_of

from loaders import LoadResult, load_files

BOAT = "KG-91234-TS"
CREW = [
    ["DANH BẠ THUYỀN VIÊN", *[""] * 3],
    [f"Tàu: {BOAT}", "", "", "Thuyền trưởng: Lê Văn Cả (1970)"],
    ["Xuất bến: 05/8/2021", "", "", "Cập cảng Tắc Cậu: 4h00 ngày 11/8/2021"],
    ["TT", "Họ và tên", "Năm sinh", "Tình hình"],
]
CASES = [
    ["DANH SÁCH CA DƯƠNG TÍNH", *[""] * 6],
    ["STT", "Họ tên BN", "Năm sinh", "K.phát", "L.mẫu", "Có KQ (+)", "Yếu tố dịch tễ"],
    ["1", "Lê Văn Một", "1978", "12/8/2021", "14/8/2021", "15/8/2021", "chưa rõ nguồn lây"],
]


def _load(folder: Path, text: str) -> LoadResult:
    (folder / "nhom.txt").write_text(text, encoding="utf-8")
    return load_files([folder / "nhom.txt"])


def _cases(result: LoadResult) -> dict[str, str | None]:
    names, cases = names_of(result), result.records.cases
    said = zip(cases["person"], cases["status"], strict=True)
    return {names[str(person)]: status if isinstance(status, str) else None for person, status in said}


def test_the_days_of_a_voyage_stand_in_labels_that_name_the_port(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"tau.xlsx": [*CREW, ["1", "Lê Văn Hai", "1990", "đủ chuyến"]]})
    aboard = ("2021-08-05", "2021-08-11T04:00")
    assert visits_of(result) == {("Lê Văn Hai", BOAT, *aboard), ("Lê Văn Cả", BOAT, *aboard)}
    assert not result.questions


def test_who_left_the_boat_of_the_title_on_the_way_was_aboard_until_then(tmp_path: Path) -> None:
    rows = [["1", "Lê Văn Hai", "1990", ""], ["2", "Lê Văn Ba", "1991", "ngày 09/8 sang tàu KG-90001-TS về bờ do đau"]]
    ends = {who: end for who, _place, _start, end in visits_of(load_lists(tmp_path, {"tau.xlsx": [*CREW, *rows]}))}
    assert ends["Lê Văn Ba"] == "2021-08-09"
    assert ends["Lê Văn Hai"] == "2021-08-11T04:00"


@pytest.mark.parametrize(
    ("heading", "said"), [("Tình hình", "không đi chuyến này"), ("Vé", "hủy vé"), ("Vé", "no show")]
)
def test_whoever_made_no_journey_was_not_aboard_whatever_the_heading(tmp_path: Path, heading: str, said: str) -> None:
    rows = [*CREW[:3], ["TT", "Họ và tên", "Năm sinh", heading], ["1", "Lê Văn Hai", "1990", "đã đi"]]
    result = load_lists(tmp_path, {"tau.xlsx": [*rows, ["2", "Lê Văn Ba", "1991", said]]})
    assert {who for who, *_rest in visits_of(result)} == {"Lê Văn Hai", "Lê Văn Cả"}


def test_the_year_of_birth_of_a_driver_in_the_title_is_kept(tmp_path: Path) -> None:
    people = load_lists(tmp_path, {"tau.xlsx": [*CREW, ["1", "Lê Văn Hai", "1990", ""]]}).records.persons
    assert people.set_index("name")["birth_year"]["Lê Văn Cả"] == 1970


def test_who_sits_beside_a_driver_is_named_behind_what_they_are_to_him(tmp_path: Path) -> None:
    rows = [
        ["Ngày", "Giờ qua chốt", "Lái xe", "Năm sinh", "BKS", "Người ngồi cùng"],
        ["13/8/2021", "7g45", "Lê Văn Tư", "1982", "68A-330.15", "vợ Phùng Thị Năm 1979"],
        ["13/8/2021", "8g10", "Lê Văn Sáu", "1980", "68A-110.22", "hai người bạn"],
    ]
    result = load_lists(tmp_path, {"chot.csv": rows})
    assert ("Phùng Thị Năm", "68A-330.15", "2021-08-13T07:45", "") in visits_of(result)
    assert (
        dict(zip(result.records.persons["name"], result.records.persons["birth_year"], strict=True))["Phùng Thị Năm"]
        == 1979
    )
    assert [question.column for question in result.questions] == ["Ghi chú (Người ngồi cùng)"]


def test_whose_child_somebody_is_is_no_part_of_the_name_where_the_year_tells_who_it_is(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "SĐT"],
        ["Lê Bảo Long (con chị Tư)", "2014", ""],
        ["Lê Thị Tư", "1983", "0918700101"],
    ]
    assert set(names_of(load_lists(tmp_path, {"ds.xlsx": rows})).values()) == {"Lê Bảo Long", "Lê Thị Tư"}


def test_shortened_headings_are_read_in_full_and_days_of_a_result_are_of_the_confirmation(
    tmp_path: Path,
) -> None:
    rows = [*CASES, ["2", "Lê Thị Hai", "1990", "ko nhớ", "17/8/2021", "chờ PCR", ""]]
    result = load_lists(tmp_path, {"ca.xlsx": rows})
    assert _cases(result) == {"Lê Văn Một": None, "Lê Thị Hai": "suspected"}
    assert not result.questions


def test_remarks_of_a_list_of_cases_call_them_by_their_numbers(tmp_path: Path) -> None:
    rows = [
        *CASES,
        ["2", "Lê Thị Hai", "1982", "14/8/2021", "15/8/2021", "16/8/2021", "Vợ BN số 1; bán cá"],
        ["3", "Lê Văn Ba", "1970", "14/8/2021", "15/8/2021", "16/8/2021", "có gặp BN số 1 ngày 11/8"],
        ["4", "Lê Văn Tư", "1971", "14/8/2021", "15/8/2021", "16/8/2021", "con BN 1 và 2"],
        ["5", "Lê Văn Năm", "1972", "14/8/2021", "15/8/2021", "16/8/2021", "không tiếp xúc BN số 1"],
        ["6", "Lê Văn Sáu", "1973", "14/8/2021", "15/8/2021", "16/8/2021", "tiếp xúc BN 2 lần"],
    ]
    assert pairs_of(load_lists(tmp_path, {"ca.xlsx": rows})) == {
        ("Lê Thị Hai", "Lê Văn Một", "", ""),
        ("Lê Văn Ba", "Lê Văn Một", "2021-08-11", "2021-08-11"),
        ("Lê Văn Một", "Lê Văn Tư", "", ""),
        ("Lê Thị Hai", "Lê Văn Tư", "", ""),
    }


def test_results_by_tube_and_by_lines_are_results(tmp_path: Path) -> None:
    samples = [
        ["DANH SÁCH LẤY MẪU NGÀY 17/8/2021", "", ""],
        ["Ống số", "Họ tên", "Năm sinh"],
        ["G1", "Lê Văn Một", "1971"],
        ["G2", "Lê Văn Hai", "1958"],
    ]
    tubes = [["Kết quả PCR trả ngày 18/8/2021", ""], ["Ống số", "SARS-CoV-2"], ["G1", "(-)"], ["G2", "(+)"]]
    lines = [["Test nhanh ngày 17/8/2021", "", ""], ["Họ tên", "NS", "Vạch"]]
    lines += [["Lê Văn Ba", "1987", "1 vạch"], ["Lê Văn Tư", "1990", "2 vạch"]]
    found = load_lists(tmp_path, {"mau.xlsx": samples, "kq.xlsx": tubes, "nhanh.xlsx": lines})
    assert results_of(found) == {
        ("Lê Văn Một", "2021-08-17", "negative"),
        ("Lê Văn Hai", "2021-08-17", "positive"),
        ("Lê Văn Ba", "2021-08-17", "negative"),
        ("Lê Văn Tư", "2021-08-17", "positive"),
    }


def test_a_camp_by_rooms_with_planned_days_and_a_second_test_to_come(tmp_path: Path) -> None:
    rows = [
        ["KHU CÁCH LY TẬP TRUNG TRƯỜNG THCS HÒN ĐẤT", *[""] * 7],
        ["P.", "Họ & tên", "NS", "Vào khu", "Hết hạn", "KQ lần 1\n(16/8)", "KQ lần 2\n(22/8)", "Biến động"],
        ["101", "Lê Văn Một", "1980", "15/8/2021", "29/8/2021", "Âm", "", ""],
        ["101", "Lê Văn Hai", "1988", "15/8/2021", "29/8/2021", "Âm", "", "18/8 chuyển BV Kiên Giang"],
        ["", "", "", "", "", "", "", ""],
        ["Hiện có mặt: 1 người", "", "", "", "", "PHỤ TRÁCH KHU", "", ""],
    ]
    result = load_lists(tmp_path, {"kcl.xlsx": rows})
    assert results_of(result) == {(who, "2021-08-16", "negative") for who in ("Lê Văn Một", "Lê Văn Hai")}
    room = "KHU CÁCH LY TẬP TRUNG TRƯỜNG THCS HÒN ĐẤT, phòng 101"
    assert isolations_of(result) == {
        ("Lê Văn Một", "centre", room, "2021-08-15", "2021-08-29"),
        ("Lê Văn Hai", "centre", room, "2021-08-15", "2021-08-18"),
        ("Lê Văn Hai", "hospital", "BV Kiên Giang", "2021-08-18", ""),
    }
    assert not result.questions


def test_a_line_below_a_ward_tells_who_was_on_duty_and_who_is_there_still(tmp_path: Path) -> None:
    rows = [
        ["TTYT HUYỆN GIỒNG RIỀNG – KHOA NỘI", *[""] * 4],
        ["Danh sách người bệnh từ 10/8 đến 16/8/2021", *[""] * 4],
        ["Buồng", "Người bệnh", "NS", "Vào khoa", "Ra khoa"],
        ["Buồng 5", "Lê Văn Một", "1959", "11/8/2021", "15/8/2021"],
        ["Buồng 6", "Lê Thị Hai", "1962", "13/8/2021", "còn nằm"],
        ["", "", "", "", ""],
        ["Ekip trực ngày 12/8, 13/8: BS Trần Văn Tám, ĐD Ninh Thị Chín", *[""] * 4],
    ]
    result = load_lists(tmp_path, {"khoa.xlsx": rows})
    assert visits_of(result) == {
        ("Lê Văn Một", "KHOA NỘI, Buồng 5", "2021-08-11", "2021-08-15"),
        ("Lê Thị Hai", "KHOA NỘI, Buồng 6", "2021-08-13", "2021-08-16"),
        *((who, "KHOA NỘI", f"2021-08-{day}", "") for who in ("Trần Văn Tám", "Ninh Thị Chín") for day in (12, 13)),
    }
    assert not result.questions


CASE_LIST = [["Họ tên", "Năm sinh", "Ngày khởi phát"], ["Lê Hoàng Phúc", "1995", "12/8/2021"]]


def test_a_title_names_the_case_by_work_and_name(tmp_path: Path) -> None:
    met = [
        ["CÔNG TY HẢI LONG – F1 CỦA CÔNG NHÂN LÊ HOÀNG PHÚC (CHUYỀN 2)", "", "", ""],
        ["STT", "Tên công nhân", "N.sinh", "Thời gian TX"],
        ["1", "Trịnh Văn Nam", "1996", "15/8/2021"],
    ]
    result = load_lists(tmp_path, {"ca.xlsx": CASE_LIST, "f1.xlsx": met})
    assert pairs_of(result) == {("Lê Hoàng Phúc", "Trịnh Văn Nam", "2021-08-15", "2021-08-15")}


def test_names_below_a_heading_of_a_tier_are_whom_the_people_met(tmp_path: Path) -> None:
    f2 = [
        ["Họ tên F2", "Năm sinh", "Khai bởi F1 nào", "Gặp F1 ngày nào"],
        ["Lê Thị Thắm", "1981", "Đặng Văn Lợi (1980)", "15/8/2021"],
        ["Lê Thị Bé", "1970", "chị Phan Thị Cúc", "16/8/2021"],
    ]
    f1 = [["Họ tên", "Năm sinh", "F"], ["Đặng Văn Lợi", "1980", "F1"], ["Phan Thị Cúc", "1986", "F1"]]
    found = pairs_of(load_lists(tmp_path, {"f1.xlsx": f1, "f2.xlsx": f2}))
    assert {pair[:2] for pair in found} == {("Lê Thị Thắm", "Đặng Văn Lợi"), ("Lê Thị Bé", "Phan Thị Cúc")}


def test_a_tier_may_name_its_case_by_a_short_name(tmp_path: Path) -> None:
    rows = [["Họ tên", "NS", "Diện", "Vào khu"], ["Trịnh Văn Nam", "1996", "F1 BN Phúc", "15/8/2021"]]
    result = load_lists(tmp_path, {"ca.xlsx": CASE_LIST, "kcl.xlsx": rows})
    assert {pair[:2] for pair in pairs_of(result)} == {("Lê Hoàng Phúc", "Trịnh Văn Nam")}


def test_a_chat_goes_on_with_the_contacts_of_a_case_that_it_named_without_a_code(tmp_path: Path) -> None:
    chat = """Tổ truy vết 18/08/2021
[18:02] Trạm A: Báo cáo: F0 Lê Ngọc Ánh 1990 (test nhanh +), ấp Một
[18:05] Trạm A: F1 của Ánh: 1) Giang Văn Lộc 1971, 0965310001, gặp 16/8 ở chợ
[18:05] Trạm A: 2) Từ Thị Mỹ 1987, 0965310004, gặp 15/8
[18:20] Trạm B: Khổng Thị Nhung 1989 sđt 0963218809 là F1 của BN Phúc, bán cháo cho BN sáng 14/8
"""
    (tmp_path / "nhom.txt").write_text(chat, encoding="utf-8")
    cases = [*CASE_LIST, ["Lê Ngọc Ánh", "1990", "13/8/2021"]]
    load_lists(tmp_path, {"ca.csv": cases})
    result = load_files([tmp_path / "nhom.txt", tmp_path / "ca.csv"])
    assert pairs_of(result) == {
        ("Giang Văn Lộc", "Lê Ngọc Ánh", "2021-08-16", "2021-08-16"),
        ("Lê Ngọc Ánh", "Từ Thị Mỹ", "2021-08-15", "2021-08-15"),
        ("Khổng Thị Nhung", "Lê Hoàng Phúc", "2021-08-14", "2021-08-14"),
    }


def test_the_days_below_the_form_of_a_case_without_a_code_are_those_of_the_case(tmp_path: Path) -> None:
    form = """PHIẾU ĐIỀU TRA DỊCH TỄ CA BỆNH COVID-19
1. Họ và tên bệnh nhân: LÊ THỊ HÒA      2. Năm sinh: 1964      3. Giới: Nữ
4. Số điện thoại: 0918 220 119
5. Ngày lấy mẫu: 15/8/2021
6. Lịch trình di chuyển:
- Ngày 12/8, từ 5h30 đến 6h15: đi chợ Rạch Sỏi mua thức ăn.
- Ngày 13/8: nuôi chồng tại buồng 5 khoa Nội TTYT huyện.
"""
    result = _load(tmp_path, form)
    assert {(place, start) for _who, place, start, _end in visits_of(result)} == {
        ("chợ Rạch Sỏi", "2021-08-12T05:30"),
        ("buồng 5 khoa Nội TTYT huyện", "2021-08-13"),
    }
    assert set(_cases(result)) == {"LÊ THỊ HÒA"}
