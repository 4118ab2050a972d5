"""Lists of one week by other hands: tickets of an app, a message to a chat, rides, an itinerary, a vaccination."""

from __future__ import annotations

import json
from pathlib import Path

from lists import load_lists, names_of, pairs_of, visits_of
from two_cases import DIEM, LOC, load_text, load_with_cases, met_of


def test_what_stands_beside_the_list_of_a_file_is_true_of_each_row(tmp_path: Path) -> None:
    tickets = [
        {"seat": "A1", "passenger": {"name": LOC, "phone": "0911000034"}},
        {"seat": "A2", "passenger": {"name": "Quách Thị Liên", "phone": "0966000111"}},
    ]
    trip = {"plate": "69B-777.88", "departure": "2021-07-15T21:00:00+07:00", "route": "Cà Mau"}
    told = {"trip": trip, "tickets": tickets, "status": "ok", "total": 2, "generated_at": "2021-07-16T00:00:00Z"}
    result = load_text(tmp_path, "ve.json", json.dumps(told))
    aboard = {(who, place, start) for who, place, start, _end in visits_of(result)}
    assert aboard == {(who, "69B-777.88", "2021-07-15T21:00") for who in (LOC, "Quách Thị Liên")}
    trip["arrival"] = "2021-07-16T04:30:00+07:00"
    told["tickets"] = [{"seat": one["seat"], **one["passenger"]} for one in tickets]
    result = load_text(tmp_path, "ve.json", json.dumps(told))
    aboard = {(who, place, start, end) for who, place, start, end in visits_of(result)}
    assert aboard == {(who, "69B-777.88", "2021-07-15T21:00", "2021-07-16T04:30") for who in (LOC, "Quách Thị Liên")}


MESSAGE = """TỔ COVID CỘNG ĐỒNG KHÓM 6
Danh sách tx BN501:
1. Nguyễn Văn Cọp, sn 1990, sđt 0901234567, tx ngày 15/7 tại quán nhậu Bờ Kè
2. Lê Thị Gái - 1988 - 0901234568 - gặp BN501 sáng 16/7 ở chợ phường 7
3. Chị Thoa bán cá, chưa rõ sđt, đứng gần BN501 lúc 7h ngày 16/7
4. Đứng gần BN501 lúc 7h ngày 16/7, không rõ tên
"""


def test_a_message_says_whose_contacts_follow(tmp_path: Path) -> None:
    result = load_text(tmp_path, "tin.txt", MESSAGE)
    met = {(who, case) for who, case, _day in met_of(result)}
    assert {("Nguyễn Văn Cọp", LOC), ("Lê Thị Gái", LOC)} <= met
    assert result.questions


def test_a_number_of_a_ward_before_a_day_begins_no_span_of_days(tmp_path: Path) -> None:
    rows = [
        ["ĐIỂM TIÊM TRẠM Y TẾ P6 - 15/7/2021"],
        ["STT", "Họ tên", "NS", "SĐT", "Khung giờ", "Bàn tiêm", "Ngồi theo dõi đến"],
        ["1", LOC, "1979", "0911000034", "7h30-8h", "2", "8h35"],
        ["2", "Thái Thị Diễm", "1991", "0911888999", "7h30-8h", "2", "8h30"],
    ]
    result = load_with_cases(tmp_path, "tiem.csv", rows)
    assert {(one[0], one[2][:10]) for one in visits_of(result)} == {
        (LOC, "2021-07-15"),
        ("Thái Thị Diễm", "2021-07-15"),
    }
    assert not result.questions


def test_the_itinerary_of_a_case_of_two_digits_with_a_whole_day(tmp_path: Path) -> None:
    rows = [
        ["KẾT QUẢ ĐIỀU TRA DỊCH TỄ BN35"],
        ["Thời gian", "Địa điểm", "Người tiếp xúc"],
        ["14/7/2021 8h-10h", "Đám tang nhà ông Sáu", "Nguyễn Văn Ráng, Trịnh Thị Mén"],
        ["15/7/2021 cả ngày", "Chợ phường 7", ""],
    ]
    known = [["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN35", "Lê Thị Hai", "17/07/2021"]]
    result = load_lists(tmp_path, {"f0.csv": known, "dt.csv": rows})
    assert {(one[0], one[2][:10]) for one in visits_of(result)} == {
        ("Lê Thị Hai", day) for day in ("2021-07-14", "2021-07-15")
    }
    assert {frozenset(one[:2]) for one in pairs_of(result)} == {
        frozenset(("Nguyễn Văn Ráng", "Lê Thị Hai")),
        frozenset(("Trịnh Thị Mén", "Lê Thị Hai")),
    }


def test_rides_tell_when_somebody_was_fetched_and_set_down(tmp_path: Path) -> None:
    rows = [
        ["Tài xế", "Biển số", "Khách", "SĐT khách", "Đón lúc", "Trả lúc"],
        ["Võ Văn Tài", "69A-111.22", DIEM, "0911000035", "15/07/2021 08:05", "15/07/2021 08:20"],
        ["Võ Văn Tài", "69A-111.22", "Hứa Thị Nga", "0911555666", "15/07/2021 08:40", "15/07/2021 09:00"],
    ]
    result = load_with_cases(tmp_path, "xe.csv", rows)
    assert {"Võ Văn Tài", "Hứa Thị Nga"} <= set(names_of(result).values())
    assert (DIEM, "2021-07-15T08:05") in {(one[0], one[2][:16]) for one in visits_of(result)}


QUICK = f"""Báo cáo nhanh 17/7:
- BN501: {LOC}, khởi phát 16/7
F1 gồm:
1/ Trần Thị Nga (vợ) 1983, 0917000111, ở chung nhà
2/ Anh Đực (bạn nhậu), tối 15/7 nhậu tại quán Bờ Kè
3/ cô Sáu tạp hóa
F2: 5 người nhà anh Đực (chưa có ds)
"""


def test_a_quick_report_names_people_as_they_are_called(tmp_path: Path) -> None:
    result = load_text(tmp_path, "bao cao.txt", QUICK)
    assert met_of(result) == {
        ("Trần Thị Nga", LOC, ""),
        ("Anh Đực", LOC, "2021-07-15"),
        ("Cô Sáu", LOC, ""),
    }
    assert set(names_of(result).values()) == {LOC, DIEM, "Trần Thị Nga", "Anh Đực", "Cô Sáu"}
    assert result.questions and {question.row for question in result.questions} <= {None, 7}, "the F2 are asked about"
