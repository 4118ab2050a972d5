"""Lists of those who serve and of those who are served: a clinic, a counter, rides, a wedding, a watch at a post."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, pairs_of, visits_of
from two_cases import CASES, DIEM, LOC, load_text, load_with_cases, met_of

CLINIC = f"""Visit ID,Patient,DOB,Phone,Arrived,Left,Room,Physician
V1,Nguyen Van Phuc,12/03/1978,0912111222,13/07/2021 08:05,13/07/2021 09:10,Room 3,Dr. Ha Le
V2,{LOC},05/06/1979,0912000034,13/07/2021 08:20,13/07/2021 09:00,Room 3,Dr. Ha Le
"""
COUNTER = f"""Số phiếu;Khách hàng;SĐT;Quầy;Giờ lấy số;Giờ gọi;Giờ xong;Giao dịch viên
A012;{LOC};0912000034;Quầy 3;14/07/2021 08:02;14/07/2021 08:20;14/07/2021 08:35;Ngô Thanh Tâm
A013;Bùi Thị Sen;0918222111;Quầy 3;14/07/2021 08:05;14/07/2021 08:36;14/07/2021 08:50;Ngô Thanh Tâm
"""


def test_a_clinic_in_english_tells_patients_and_who_saw_them(tmp_path: Path) -> None:
    result = load_text(tmp_path, "visits.csv", CLINIC)
    there = {(who, start[11:], end[11:]) for who, _place, start, end in visits_of(result)}
    assert there == {
        ("Nguyen Van Phuc", "08:05", "09:10"),
        (LOC, "08:20", "09:00"),
        ("Ha Le", "08:05", "09:10"),
        ("Ha Le", "08:20", "09:00"),
    }
    assert [question.column for question in result.questions] == ["Room"], "only the building is asked"


def test_hours_of_one_stay_are_read_by_their_order_and_the_teller_was_there(tmp_path: Path) -> None:
    there = {(who, start[11:], end[11:]) for who, _, start, end in visits_of(load_text(tmp_path, "q.csv", COUNTER))}
    assert there == {
        (LOC, "08:02", "08:35"),
        ("Bùi Thị Sen", "08:05", "08:50"),
        ("Ngô Thanh Tâm", "08:02", "08:35"),
        ("Ngô Thanh Tâm", "08:05", "08:50"),
    }


def test_hours_that_go_back_are_no_stay(tmp_path: Path) -> None:
    result = load_text(tmp_path, "q.csv", COUNTER.replace("08:35", "07:35").replace("08:50", "07:50"))
    assert not visits_of(result) and {"Giờ xong", "Giờ gọi"} <= {question.column for question in result.questions}


def test_several_attendants_of_a_room_are_in_it(tmp_path: Path) -> None:
    head = ["Ngày", "Phòng", "Giờ vào", "Giờ ra", "Khách (đại diện)", "SĐT", "Số khách", "Nhân viên phục vụ"]
    rows = [["KARAOKE ÁNH SAO", *[""] * 7], head]
    rows += [["13/7/2021", "VIP 2", "20h15", "22h40", LOC, "0912000034", "5", "Mỹ Duyên, Kim Ngân"]]
    result = load_with_cases(tmp_path, "kara.csv", rows)
    assert {who for who, *_ in visits_of(result)} == {LOC, "Mỹ Duyên", "Kim Ngân"} and not result.questions


def test_the_driver_of_the_title_is_on_each_ride(tmp_path: Path) -> None:
    title = "LỊCH SỬ CUỐC XE - TAXI MAI LINH - XE 69A-123.45 - TÀI XẾ: NGUYỄN VĂN TRỌNG 0939111222"
    rows = [[title, *[""] * 3], ["Thời gian đón", "Thời gian trả", "Khách", "SĐT khách"]]
    rows += [["13/7/2021 07:40", "13/7/2021 07:55", LOC, "0912000034"]]
    rows += [["13/7/2021 08:10", "13/7/2021 08:30", "Hứa Thị Mỹ", "0944555666"]]
    rides = {(who, start[11:]) for who, _, start, _ in visits_of(load_with_cases(tmp_path, "xe.csv", rows))}
    assert rides == {(LOC, "07:40"), ("Hứa Thị Mỹ", "08:10")} | {("NGUYỄN VĂN TRỌNG", h) for h in ("07:40", "08:10")}


def test_a_diary_of_trips_by_their_route_brings_nobody_together_in_a_whole_city(tmp_path: Path) -> None:
    head = ["Ngày", "Tuyến", "Giờ xuất bến", "Giờ đến", "Lái xe", "Phụ xe", "Hành khách"]
    rows = [["NHẬT TRÌNH XE 69B-012.34", *[""] * 6], head]
    rows += [["13/7/2021", "Cà Mau - TP.HCM", "20:00", "03:30", "Đỗ Văn Đức", "Trần Hùng", f"{LOC}; Lê Thị Bưởi"]]
    result = load_with_cases(tmp_path, "trip.csv", rows)
    assert visits_of(result) == {
        (who, "69B-012.34", "2021-07-13T20:00", "2021-07-14T03:30")
        for who in ("Đỗ Văn Đức", "Trần Hùng", LOC, "Lê Thị Bưởi")
    }
    places = [[*head[:1], "Giờ vào", "Địa điểm", "Họ tên", "SĐT"]]
    places += [["13/7/2021", "8h", place, "Lê Thị Bưởi", "0918000111"] for place in ("TP.HCM", "Chợ Bến Thành")]
    seen = load_lists(tmp_path / "..", {"noi.csv": places})
    assert {place for _, place, _, _ in visits_of(seen)} == {"Chợ Bến Thành"}


def test_hours_of_a_watch_over_midnight_have_the_day_that_they_belong_to(tmp_path: Path) -> None:
    head = ["Giờ", "Biển số", "Lái xe", "SĐT", "Người đi cùng"]
    rows: Rows = [
        ["CHỐT CẦU GÀNH HÀO - CA TRỰC: 18H NGÀY 14/7 ĐẾN 6H NGÀY 15/7/2021", *[""] * 4],
        head,
        ["18h20", "69A-111.22", LOC, "0912000034", "Trần Thị Nga"],
        ["2h10", "51D-333.44", "Lò Văn Sì", "0977123124", "2 người"],
    ]
    result = load_with_cases(tmp_path, "chot.csv", rows)
    assert {(who, start) for who, _, start, _ in visits_of(result)} == {
        (LOC, "2021-07-14T18:20"),
        ("Trần Thị Nga", "2021-07-14T18:20"),
        ("Lò Văn Sì", "2021-07-15T02:10"),
    }
    assert "2 người" not in names_of(result).values() and result.questions, "two nobody names are asked about"


def test_whom_somebody_delivered_to_are_contacts(tmp_path: Path) -> None:
    rows = [
        ["LỊCH SỬ ĐƠN HÀNG CỦA SHIPPER BN501", *[""] * 3],
        ["Mã đơn", "Thời gian giao", "Người nhận", "SĐT người nhận"],
    ]
    rows += [["DH001", "14/7/2021 10:15", "Mai Thị Hường", "0919333222"]]
    assert met_of(load_with_cases(tmp_path, "ship.csv", rows)) == {("Mai Thị Hường", LOC, "2021-07-14T10:15")}


def test_who_says_yes_to_a_case_in_the_heading_met_it(tmp_path: Path) -> None:
    head = ["TT", "Họ và tên", "Điện thoại", "Đến lúc", "Về lúc", "Có tiếp xúc với BN502"]
    rows = [["DANH SÁCH NGƯỜI ĐẾN VIẾNG ĐÁM TANG ÔNG BẢY (14-15/7/2021)", *[""] * 5], head]
    rows += [["1", "Huỳnh Văn Tám", "0919001001", "8h 14/7", "10h 14/7", "có"]]
    rows += [["2", "Huỳnh Thị Lan", "0919001002", "9h 15/7", "11h 15/7", "không"]]
    result = load_with_cases(tmp_path, "tang.csv", rows)
    assert met_of(result) == {("Huỳnh Văn Tám", DIEM, "2021-07-14")}, "nobody says at what hour"
    assert {(who, start[8:], end[11:]) for who, _, start, end in visits_of(result)} == {
        ("Huỳnh Văn Tám", "14T08:00", "10:00"),
        ("Huỳnh Thị Lan", "15T09:00", "11:00"),
    }


def test_cases_by_their_number_in_another_list_are_asked_once_each(tmp_path: Path) -> None:
    rows = [["STT", "Họ và tên", "Năm sinh", "F1 của ca số (STT trong DS F0)", "Ngày tiếp xúc"]]
    rows += [["1", "Lý Văn Út", "1985", "1", "13/7/2021"], ["2", "Lý Thị Chín", "1987", "1, 2", "14/7/2021"]]
    result = load_with_cases(tmp_path, "f1.csv", rows)
    assert {question.said for question in result.questions} == {"1", "1, 2"} or len(result.questions) == 2
    answers = {one.id: {"1": "BN501", "2": "BN502"}[str(one.said).split(", ")[-1]] for one in result.questions}
    done = load_lists(tmp_path, {"ca benh.csv": CASES, "f1.csv": rows}, answers=answers)
    assert {(who, case) for who, case, _ in met_of(done)} == {
        ("Lý Văn Út", LOC),
        ("Lý Thị Chín", LOC),
        ("Lý Thị Chín", DIEM),
    }


def test_f2_beside_f1_keep_their_own_years(tmp_path: Path) -> None:
    rows = [["THỐNG KÊ F1, F2 LIÊN QUAN CA BN502", *[""] * 7]]
    rows += [["STT", "HỌ TÊN F1", "NĂM SINH", "NGÀY TX CUỐI", "STT", "HỌ TÊN F2", "NĂM SINH", "QUAN HỆ VỚI F1"]]
    rows += [["1", "Dương Văn Kha", "1989", "15/7", "1", "Dương Văn Hai", "1960", "Cha"]]
    rows += [["", "", "", "", "2", "Ngô Thị Ba", "1962", "Mẹ"], ["2", "Tô Thị Nết", "1961", "13/7", "", "", "", ""]]
    result = load_with_cases(tmp_path, "f12.csv", rows)
    pairs = {frozenset(pair[:2]) for pair in pairs_of(result)}
    assert pairs == {
        frozenset(pair)
        for pair in (
            (DIEM, "Dương Văn Kha"),
            (DIEM, "Tô Thị Nết"),
            ("Dương Văn Kha", "Dương Văn Hai"),
            ("Dương Văn Kha", "Ngô Thị Ba"),
        )
    }
    years = dict(zip(result.records.persons["name"], result.records.persons["birth_year"], strict=True))
    assert years["Dương Văn Kha"] == 1989 and years["Dương Văn Hai"] == 1960 and years["Tô Thị Nết"] == 1961


def test_people_of_a_home_in_one_cell_with_their_years(tmp_path: Path) -> None:
    rows = [["STT", "Chủ hộ", "Họ tên các thành viên", "Địa chỉ", "F0 liên quan"]]
    rows += [["1", "Lý Thanh Hà", "Lý Thanh Hà 1975, Trần Thị Lệ (1978), Lý Nhã 2005", "K3 P5", "BN501"]]
    result = load_with_cases(tmp_path, "ho.csv", rows)
    years = dict(zip(result.records.persons["name"], result.records.persons["birth_year"], strict=True))
    assert (years["Lý Thanh Hà"], years["Trần Thị Lệ"], years["Lý Nhã"]) == (1975, 1978, 2005)
    assert {who for who, _, _ in met_of(result)} == {"Lý Thanh Hà", "Trần Thị Lệ", "Lý Nhã"}


@pytest.mark.parametrize("words", ["hàng ngày đến 15/7", "đến hết ngày 15/7", "15/7"])
def test_the_last_day_of_what_went_on(tmp_path: Path, words: str) -> None:
    rows = [
        ["Danh sách người tiếp xúc gần với BN502", "", "", ""],
        ["STT", "Họ tên", "Lần tiếp xúc cuối cùng", "Hình thức"],
    ]
    rows += [["1", "Dương Văn Kha", words, "Ngủ cùng"]]
    result = load_with_cases(tmp_path, "tx.csv", rows)
    assert met_of(result) == {("Dương Văn Kha", DIEM, "2021-07-15")}
    assert set(result.records.contacts["kind"]) == {"household"}


def test_since_when_people_are_isolated_is_asked_where_only_the_place_is_told(tmp_path: Path) -> None:
    rows = [["Họ tên", "Năm sinh", "Tiếp xúc với", "Ngày tiếp xúc", "Nơi cách ly hiện tại"]]
    rows += [["Dương Văn Kha", "1989", "BN502", "15/7/2021", "KCL TTYT Cái Nước"]]
    (asked,) = load_with_cases(tmp_path, "tx.csv", rows).questions
    lists = {"ca benh.csv": CASES, "tx.csv": rows}
    told = load_lists(tmp_path, lists, answers={asked.id: "16/7/2021"}).records.isolations
    assert list(told["place"]) == ["KCL TTYT Cái Nước"]
    none = load_lists(tmp_path, lists, answers={asked.id: "-"})
    assert none.complete and not len(none.records.isolations) and len(none.records.contacts) == 1


def test_days_between_the_rows_and_of_second_results(tmp_path: Path) -> None:
    rows = [["STT", "Họ và tên", "Giới/NS", "KQ"], ["I. Mẫu ngày 14/7/2021 (khu cách ly)", "", "", ""]]
    rows += [["1", "Trương Văn Hên", "Nam/1977", "(-)"], ["2", "Trương Thị Vui", "Nữ/1979", "(+) 21,5"]]
    rows += [["II. Mẫu ngày 16/7/2021", "", "", ""], ["1", "Lương Văn Quí", "Nam/1959", "(-)"]]
    rows += [["2", "Lương Văn Sáng", "Nam/1961", "(-)"]]
    result = load_with_cases(tmp_path, "xn.csv", rows)
    names, tests = names_of(result), result.records.tests
    found = {
        (names[t.person], t.result, "" if t.ct != t.ct else str(t.ct)) for t in tests.fillna({"ct": 0}).itertuples()
    }
    assert ("Trương Thị Vui", "positive", "21.5") in found and len(found) == 4
    assert set(result.records.persons["sex"].dropna()) == {"male", "female"}
    twice = [
        ["Họ tên", "NS", "KQ L1", "KQ L2"],
        ["Kim Soo", "1988", "ÂT 11/7", "ÂT 17/7"],
        ["Park Min", "1990", "ÂT 11/7", "DT 17/7"],
    ]
    both = load_with_cases(tmp_path, "kq.csv", twice)
    assert sorted(both.records.tests["result"]) == ["negative", "negative", "negative", "positive"]
    assert both.records.tests["sample"].nunique() == 2


def test_bare_days_have_the_month_of_their_heading_and_what_stands_behind_a_name_is_of_it(tmp_path: Path) -> None:
    rows = [["CHỢ PHƯỜNG 8 - TIỂU THƯƠNG 2021", *[""] * 4]]
    rows += [["Sạp", "Chủ sạp", "Năm sinh", "Các ngày có bán trong tháng 7", "Người phụ"]]
    rows += [["A1", LOC, "1979", "12, 13", "Lý Thị Mận"], ["A2", "Cao Thị Lan", "1970", "12-14", ""]]
    result = load_with_cases(tmp_path, "cho.csv", rows)
    days = {(who, start) for who, _, start, _ in visits_of(result)}
    assert days == {(who, f"2021-07-{day}") for who in (LOC, "Lý Thị Mận") for day in (12, 13)} | {
        ("Cao Thị Lan", f"2021-07-{day}") for day in (12, 13, 14)
    }
    years = dict(zip(result.records.persons["name"], result.records.persons["birth_year"].isna(), strict=True))
    assert years["Lý Thị Mận"]


def test_an_itinerary_of_the_police_with_the_name_behind_the_code(tmp_path: Path) -> None:
    rows = [["Ca bệnh", "Mốc thời gian", "Địa điểm", "Người tiếp xúc", "Kết quả truy vết"]]
    rows += [
        [f"BN501 {LOC}", "7h-7h30 ngày 13/7", "Quán Sáu Dung", "Sáu Dung (chủ quán, 0913454545), Tô Đạt (1988)", "x"]
    ]
    result = load_with_cases(tmp_path, "ca.csv", rows)
    assert met_of(result) == {(who, LOC, "2021-07-13T07:30") for who in ("Sáu Dung", "Tô Đạt")}
    assert visits_of(result) == {(LOC, "Quán Sáu Dung", "2021-07-13T07:00", "2021-07-13T07:30")}


def test_who_was_released_from_prison_is_no_contact_of_that_day(tmp_path: Path) -> None:
    rows = [["Họ tên", "Sinh năm", "Nơi cư trú", "Buồng giam", "Ngày ra trại", "Ghi chú"]]
    rows += [["Sơn Ngọc", "1990", "P1, TP Cà Mau", "B3", "14/7/2021", "F1 của BN502"]]
    result = load_with_cases(tmp_path, "trai.csv", rows)
    assert len(result.records.arrivals) == 1 and met_of(result) == {("Sơn Ngọc", DIEM, "")}


def test_the_form_of_a_case_names_its_contacts_from_to(tmp_path: Path) -> None:
    rows = [["PHIẾU ĐIỀU TRA DỊCH TỄ", *[""] * 6], ["Họ tên ca bệnh:", DIEM, "Mã số:", "BN502", "", "", ""]]
    rows += [["Ngày khởi phát:", "18/7/2021", *[""] * 5], ["II. NGƯỜI TIẾP XÚC", *[""] * 6]]
    rows += [["STT", "Họ tên", "Quan hệ", "SĐT", "Từ ngày", "Đến ngày", "Địa điểm"]]
    rows += [["1", "Dương Văn Kha", "Chồng", "0912000036", "15/7", "17/7", "Nhà"]]
    result = load_with_cases(tmp_path, "phieu.xlsx", rows)
    assert met_of(result) == {("Dương Văn Kha", DIEM, "2021-07-17")} and not result.questions


def test_an_order_with_its_days_and_their_number_in_one_cell(tmp_path: Path) -> None:
    rows = [["Họ và tên", "Ngày sinh", "Nơi cư trú", "Thời gian cách ly", "Lý do"]]
    rows += [["Dương Văn Kha", "01/01/1989", "ấp Kinh Mới", "14 ngày, từ 15/7/2021 đến hết 28/7/2021", "F1 của BN502"]]
    rows += [["Tô Thị Nết", "02/03/1961", "ấp Kinh Mới", "14 ngày từ ngày 14/7/2021", "F1 của BN502"]]
    result = load_with_cases(tmp_path, "qd.csv", rows)
    assert len(result.records.isolations) == 2 and result.records.isolations["end"].notna().sum() == 1
    assert {who for who, _, _ in met_of(result)} == {"Dương Văn Kha", "Tô Thị Nết"}


def test_passengers_are_aboard_from_the_hour_at_which_the_title_says_that_they_left(tmp_path: Path) -> None:
    rows = [["DANH SÁCH KHÁCH CHUYẾN CÀ MAU - SÀI GÒN 22H00 NGÀY 12/7/2021 - BKS 51B-222.33", "", ""]]
    rows += [["Giường", "Họ tên", "SĐT"], ["A1", LOC, "0912000034"], ["B1", "Mạc Thị Bưởi", "0933111222"]]
    result = load_with_cases(tmp_path, "ve.csv", rows)
    assert {(who, place, start) for who, place, start, _ in visits_of(result)} == {
        (who, "51B-222.33", "2021-07-12T22:00") for who in (LOC, "Mạc Thị Bưởi")
    }


def test_answers_of_yes_and_no_are_no_places(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "SĐT", "Trong 14 ngày qua có đi về từ vùng dịch không?", "Có tiếp xúc với F0 không?"]
    ]
    rows += [
        ["Đoàn Văn Chí", "1988", "0944000111", "Có", "Không"],
        ["Lục Thị Vân", "1993", "0944000112", "Không", "Có"],
    ]
    assert not load_with_cases(tmp_path, "khai.csv", rows).questions


def test_a_captain_and_who_went_ashore_were_at_the_port(tmp_path: Path) -> None:
    rows = [["CẢNG CÁ SÔNG ĐỐC - SỔ THEO DÕI TÀU CẬP CẢNG", *[""] * 5]]
    rows += [["Ngày cập", "Giờ", "Số đăng ký tàu", "Thuyền trưởng", "SĐT", "Người lên bờ"]]
    rows += [["14/7/2021", "5h30", "CM-91234-TS", "Phan Văn Biển", "0915777888", f"{LOC}, Danh Sóc"]]
    there = {(who, start) for who, _, start, _ in visits_of(load_with_cases(tmp_path, "cang.csv", rows))}
    assert there == {(who, "2021-07-14T05:30") for who in ("Phan Văn Biển", LOC, "Danh Sóc")}


def test_hours_of_contact_without_a_day_are_asked_and_the_day_of_the_title_is_offered(tmp_path: Path) -> None:
    rows = [["DANH SÁCH TIẾP XÚC GẦN BN501 - QUÁN NHẬU BỜ KÈ TỐI 12/7/2021", "", ""], ["Họ tên", "SĐT", "Thời gian"]]
    rows += [["Lê Văn Lực", "0911000001", "18h-20h"]]
    (asked,) = load_with_cases(tmp_path, "f1.csv", rows).questions
    assert asked.choices[0].value == "2021-07-12" and asked.column == "Thời gian"
    lists = {"ca benh.csv": CASES, "f1.csv": rows}
    told = pairs_of(load_lists(tmp_path, lists, answers={asked.id: "2021-07-12"}))
    assert {pair[2:] for pair in told} == {("2021-07-12T18:00", "2021-07-12T20:00")}
    none = load_lists(tmp_path, lists, answers={asked.id: "-"})
    assert none.complete and {pair[2:] for pair in pairs_of(none)} == {("", "")}


@pytest.mark.parametrize("above", [("Phòng 201", "Phòng 202"), ("Bàn 1", "Bàn 2")])
def test_tables_of_rooms_side_by_side_under_their_names(tmp_path: Path, above: tuple[str, str]) -> None:
    rows = [["KHU CÁCH LY TẬP TRUNG TRƯỜNG QUÂN SỰ TỈNH - DANH SÁCH TẦNG 2 NĂM 2021", *[""] * 5]]
    rows += [[above[0], "", "", above[1], "", ""], ["Họ tên", "NS", "Ngày vào"] * 2]
    rows += [["Dương Văn Kha", "1989", "15/7", "Tô Thị Nết", "1961", "14/7"]]
    rows += [["Dương Gia Linh", "2016", "15/7", "Ngô Văn Hải", "1980", "10/7"]]
    result = load_with_cases(tmp_path, "kcl.xlsx", rows)
    assert {"Dương Văn Kha", "Dương Gia Linh", "Tô Thị Nết", "Ngô Văn Hải"} < set(names_of(result).values())
    if above[0].startswith("Phòng"):
        places = sorted(str(place).rpartition(", ")[2] for place in result.records.isolations["place"])
        assert places == ["phòng 201", "phòng 201", "phòng 202", "phòng 202"]
