"""Vehicles: diaries of trips and stops, lists of passengers with driver and mate above them, flights, boats."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, asked_of, columns_turned, load_lists, names_of, visits_of, without_accents

from tracing.identity.pairs import find_pairs

DIARY: Rows = (
    ("SỔ NHẬT KÝ HÀNH TRÌNH", "", "", "", "", ""),
    ("Biển kiểm soát:", "69C-111.22", "", "", "", ""),
    ("Lái xe:", "Lê Một", "", "ĐT:", "0912000001", ""),
    ("Người đi cùng:", "Lê Hai (từ 27/7)", "", "", "", ""),
    ("", "", "", "", "", ""),
    ("Ngày", "Giờ đi", "Giờ đến", "Nơi đi", "Nơi đến / điểm dừng", "Người tiếp xúc"),
    ("26/7/2021", "5h00", "7h30", "Kho", "Quán Gió Biển (ăn sáng)", "không"),
    ("26/7/2021", "8h10", "9h00", "Quán Gió Biển", "Nhà máy Đất Xanh", "không xuống xe"),
    ("27/7/2021", "23h30", "2h10 (28/7)", "Kho", "Bãi xe Chợ Gỗ", "không"),
    ("28/7/2021", "19.00", "20:45", "Bãi xe", "Chốt số 7", ""),
)
RIDES = {
    ("Lê Một", "69C-111.22", "2021-07-26T05:00", "2021-07-26T07:30"),
    ("Lê Một", "69C-111.22", "2021-07-26T08:10", "2021-07-26T09:00"),
    ("Lê Một", "69C-111.22", "2021-07-27T23:30", "2021-07-28T02:10"),
    ("Lê Một", "69C-111.22", "2021-07-28T19:00", "2021-07-28T20:45"),
    ("Lê Hai", "69C-111.22", "2021-07-27T23:30", "2021-07-28T02:10"),
    ("Lê Hai", "69C-111.22", "2021-07-28T19:00", "2021-07-28T20:45"),
}
STOPS = {
    ("Lê Một", "Quán Gió Biển", "2021-07-26T07:30", "2021-07-26T08:10"),
    ("Lê Một", "Bãi xe Chợ Gỗ", "2021-07-28T02:10", "2021-07-28T19:00"),
    ("Lê Hai", "Bãi xe Chợ Gỗ", "2021-07-28T02:10", "2021-07-28T19:00"),
    ("Lê Một", "Chốt số 7", "2021-07-28T20:45", ""),
    ("Lê Hai", "Chốt số 7", "2021-07-28T20:45", ""),
}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_a_diary_gives_the_rides_and_the_stops_of_its_crew(tmp_path: Path, ending: str) -> None:
    result = load_lists(tmp_path, {f"nhat ky.{ending}": DIARY})
    assert visits_of(result) == RIDES | STOPS
    assert result.complete
    places = result.records.places
    assert dict(zip(places["place"], places["kind"], strict=True))["69C-111.22"] == "vehicle"
    visits = result.records.visits
    names = names_of(result)
    unsure = {
        (names[p], q)
        for p, q, c in zip(visits["person"], visits["place"], visits["certainty"], strict=True)
        if c == "possible"
    }
    assert unsure == {("Lê Hai", "Bãi xe Chợ Gỗ"), ("Lê Hai", "Chốt số 7")}


def test_a_diary_in_other_clothes(tmp_path: Path) -> None:
    other = {
        "Giờ đi": "Giờ xuất phát",
        "Giờ đến": "Giờ tới",
        "Nơi đi": "Điểm đi",
        "Nơi đến / điểm dừng": "Điểm dừng",
        "Người tiếp xúc": "Gặp ai",
    }
    renamed = [[other.get(str(cell), cell) for cell in row] for row in DIARY]
    for rows in (columns_turned(renamed, 5), without_accents(DIARY)):
        got = visits_of(load_lists(tmp_path, {"so.csv": rows}))
        assert {(start, end) for _, _, start, end in got} == {(start, end) for _, _, start, end in RIDES | STOPS}
        assert len(got) == len(RIDES | STOPS)


def test_a_day_merged_down_and_days_without_a_year(tmp_path: Path) -> None:
    rows = [list(row) for row in DIARY]
    rows[0][0] = "SỔ NHẬT KÝ HÀNH TRÌNH năm 2021"
    for at, day in ((6, "26/7"), (7, ""), (8, "27/7"), (9, "28/7")):
        rows[at][0] = day
    result = load_lists(tmp_path, {"so.xlsx": rows}, merged=["A7:A8"])
    assert visits_of(result) == RIDES | STOPS


def test_drivers_and_passengers_in_columns(tmp_path: Path) -> None:
    rows: Rows = (
        ("STT", "Ngày", "Biển số xe", "Lái xe", "SĐT lái xe", "Giờ đi", "Giờ đến", "Nơi đến", "Hành khách"),
        (
            1,
            "26/7/2021",
            "69C 11122",
            "Lê Một",
            "0912000001",
            "5h",
            "7h",
            "Chợ Cái Nước",
            "Trần Ba; Trần Tư - 0912000004",
        ),
        (2, "27/7/2021", "69C-111.22", "Lê Năm", "0912000005", "6h", "8h", "Chợ Cái Nước", ""),
    )
    result = load_lists(tmp_path, {"so.csv": rows})
    ride = ("69C-111.22", "2021-07-26T05:00", "2021-07-26T07:00")
    assert {who for who, *rest in visits_of(result) if tuple(rest) == ride} == {"Lê Một", "Trần Ba", "Trần Tư"}
    assert ("Lê Năm", "Chợ Cái Nước", "2021-07-27T08:00", "") in visits_of(result)
    assert not any(who == "Lê Năm" and start.startswith("2021-07-26") for who, _, start, _ in visits_of(result))


def test_nobody_drove(tmp_path: Path) -> None:
    rows = [row for row in DIARY if not str(row[0]).startswith(("Lái xe", "Người đi"))]
    people: Rows = (("Mã người", "Họ và tên"), ("P1", "Lê Một"))
    result = load_lists(tmp_path, {"so.csv": rows, "nguoi.csv": people})
    assert visits_of(result) == set() and result.rows_waiting == 4
    (question,) = result.questions
    again = load_lists(tmp_path, {"so.csv": rows, "nguoi.csv": people}, answers={question.id: "P1"})
    assert len(visits_of(again)) == 7 and not again.questions


def test_a_role_met_on_the_way_is_asked_and_a_name_is_linked(tmp_path: Path) -> None:
    rows = [list(row) for row in DIARY]
    rows[6][5], rows[9][5] = "Trần Văn Quán", "nhân viên chốt"
    people: Rows = (("Mã người", "Họ và tên"), ("P1", "Trần Văn Quán"))
    result = load_lists(tmp_path, {"so.csv": rows, "nguoi.csv": people})
    contacts = result.records.contacts
    assert "P1" in {*contacts["person_a"], *contacts["person_b"]} and contacts["place"].tolist() == ["Quán Gió Biển"]
    assert asked_of(result) == {(10, "nhân viên chốt")} and result.rows_waiting == 1


COACH: Rows = (
    ("DANH SÁCH HÀNH KHÁCH - Biển số: 69B-000.77", "", "", ""),
    ("Xuất phát: 20h00 ngày 24/7/2021 tại Bến xe - Đến: 4h45 ngày 25/7/2021, Cái Nước", "", "", ""),
    ("Tài xế: Lê Một - ĐT 0912 000 001; Phụ xe: Lê Hai - 0912 000 002", "", "", ""),
    ("Ghế", "Họ tên hành khách", "Năm sinh", "Điện thoại"),
    ("A01", "Trần Ba", 1980, "0912000003"),
    ("A02", "Trần Tư", 1981, "0912000004"),
)


def test_driver_and_mate_of_a_coach_travel_with_its_passengers(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"xe.csv": COACH})
    trip = ("69B-000.77", "2021-07-24T20:00", "2021-07-25T04:45")
    assert visits_of(result) == {(who, *trip) for who in ("Lê Một", "Lê Hai", "Trần Ba", "Trần Tư")}
    assert [(s.kind, s.rows) for s in result.summaries] == [("passenger list", 2), ("crew", 2)]
    rows = result.records.persons.set_index("name")["source_row"]
    assert rows["Lê Hai"] == 3 and rows["Trần Tư"] == 6


def test_a_driver_who_is_known_from_elsewhere_is_that_person(tmp_path: Path) -> None:
    f1: Rows = (
        ("Họ và tên", "Năm sinh", "SĐT", "Tiếp xúc với F0", "Ngày tiếp xúc cuối"),
        ("Lê Một", 1975, "0912000001", "BN7", "25/7/2021"),
        ("Lê Hai", 1990, "", "BN7", "25/7/2021"),
    )
    f0: Rows = (("Mã BN", "Họ và tên", "Ngày khởi phát"), ("BN7", "Phạm Chín", "27/7/2021"))
    bare = [list(row) for row in COACH]
    bare[2][0] = "Tài xế: Lê Một (ĐT 0912 000 001), phụ xe: Lê Hai"
    result = load_lists(tmp_path, {"f0.csv": f0, "f1.csv": f1, "xe.csv": bare})
    assert sorted(names_of(result).values()) == ["Lê Hai", "Lê Một", "Lê Một", "Phạm Chín", "Trần Ba", "Trần Tư"]
    joined = find_pairs(result.records).automatic
    assert [
        {names_of(result)[one] for one in pair} for pair in zip(joined["person_a"], joined["person_b"], strict=True)
    ] == [{"Lê Một"}]
    assert len(visits_of(result)) == 4


def test_a_mate_of_whom_only_a_short_name_is_told_is_asked_about(tmp_path: Path) -> None:
    people: Rows = (("Mã người", "Họ và tên"), ("P1", "Lê Văn Hai"), ("P2", "Trần Hai"))
    rows = [list(row) for row in COACH]
    rows[2][0] = "Tài xế: Lê Một - ĐT 0912 000 001; Phụ xe: anh Hai"
    lists = {"nguoi.csv": people, "xe.csv": rows}
    result = load_lists(tmp_path, lists)
    questions = [question for question in result.questions if question.kind == "person"]
    assert len(questions) == 2
    said = {q.id: "yes" if "P1" in q.people else "no" for q in questions}
    again = load_lists(tmp_path, lists, answers=said)
    assert "P1" in set(again.records.visits["person"])


def test_a_flight_with_seats_nationality_and_passport(tmp_path: Path) -> None:
    rows: Rows = (
        ("DANH SÁCH HÀNH KHÁCH CHUYẾN BAY VN8061 NGÀY 19/5/2021", "", "", "", "", "", ""),
        ("Cất cánh: 14h05 ngày 19/5/2021 - Hạ cánh: 15h10 ngày 19/5/2021", "", "", "", "", "", ""),
        ("STT", "Họ tên hành khách", "Ngày sinh", "Quốc tịch", "Số hộ chiếu", "Số ghế", "SĐT"),
        (1, "LE MOT", "01/02/1980", "Việt Nam", "B1234567", "12A", "0912000001"),
        (2, "JOHN DOE", "03/04/1975", "Anh", "GB9876543", "14C", ""),
    )
    for name in ("bay.csv", "bay.xlsx", "bay.ods"):
        result = load_lists(tmp_path, {name: rows})
        flight = ("VN8061", "2021-05-19T14:05", "2021-05-19T15:10")
        assert visits_of(result) == {("LE MOT", *flight), ("JOHN DOE", *flight)}
        assert sorted(result.records.visits["seat_row"]) == [12, 14]
        assert set(result.records.persons["national_id"]) == {"B1234567", "GB9876543"}
        assert result.complete
        (tmp_path / name).unlink()


def test_a_seat_that_stands_twice_is_asked_about(tmp_path: Path) -> None:
    rows = [*COACH, ("A02", "Trần Năm", 1982, "0912000005")]
    result = load_lists(tmp_path, {"xe.csv": rows})
    assert asked_of(result) == {(6, "A02"), (7, "A02")} and len(visits_of(result)) == 5
    assert result.records.visits["seat"].dropna().tolist() == ["A01"] and result.rows_waiting == 2
    said = {q.id: "A02" if q.row == 6 else "A03" for q in result.questions}
    again = load_lists(tmp_path, {"xe.csv": rows}, answers=said)
    assert sorted(again.records.visits["seat"].dropna()) == ["A01", "A02", "A03"] and not again.questions


@pytest.mark.parametrize(
    ("title", "vehicle", "said"),
    [
        ("CHỐT KIỂM SOÁT SỐ 7 (cầu Chợ Gỗ)", "BKS xe", "69C-111.22"),
        ("TRẠM KIỂM SOÁT SÔNG ĐỐC", "Số tàu", "CM-91234-TS"),
    ],
)
def test_who_passes_a_post_by_road_or_by_water(tmp_path: Path, title: str, vehicle: str, said: str) -> None:
    rows: Rows = (
        (title, "", "", "", "", ""),
        ("Thời gian", "Họ tên", "NS", "SĐT", vehicle, "Từ đâu đến"),
        ("23h50 27/7/2021", "Lê Một", 1981, "0912000001", said, "Long An"),
        ("0h15 28/7/2021", "Lê Hai", 1982, "nt", "nt", "nt"),
    )
    result = load_lists(tmp_path, {"chot.csv": rows})
    assert {(who, start) for who, _, start, _ in visits_of(result)} == {
        ("Lê Một", "2021-07-27T23:50"),
        ("Lê Hai", "2021-07-28T00:15"),
    }
    places = {place for _, place, _, _ in visits_of(result)}
    (post,) = {place for place in places if place.lower() in title.lower()}
    assert places == {post, said} if vehicle == "BKS xe" else places == {post}
    assert not result.questions and result.records.persons["attributes"].str.contains("Long An").all()


def test_the_crew_of_a_boat_and_its_landing(tmp_path: Path) -> None:
    rows: Rows = (
        ("DANH SÁCH THUYỀN VIÊN TÀU CÁ CM-91234-TS", "", "", ""),
        ("Thuyền trưởng: Lê Một - 0912000001", "", "", ""),
        ("Xuất bến: 5h00 ngày 10/7/2021 - Cập bến: 17h00 ngày 28/7/2021 tại cảng Sông Đốc", "", "", ""),
        ("STT", "Họ và tên", "Năm sinh", "Chức danh"),
        (1, "Trần Ba", 1980, "Máy trưởng"),
        (2, "Trần Tư", 1981, "Thuyền viên"),
    )
    result = load_lists(tmp_path, {"tau.csv": rows})
    trip = ("CM-91234-TS", "2021-07-10T05:00", "2021-07-28T17:00")
    assert visits_of(result) == {(who, *trip) for who in ("Lê Một", "Trần Ba", "Trần Tư")}
