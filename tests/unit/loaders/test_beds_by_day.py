"""Charts of the beds of a room by day: a row for each bed, a column for each day, the patient in the cell."""

from __future__ import annotations

from pathlib import Path

from lists import Rows, load_lists, names_of, visits_of
from two_cases import LOC, load_with_cases

CHART: Rows = [
    ["BỆNH VIỆN ĐA KHOA NĂM CĂN - KHOA NGOẠI TỔNG HỢP"],
    ["SƠ ĐỒ GIƯỜNG BỆNH BUỒNG 7 (15-18/7/2021)"],
    ["Giường số", "15/7", "16/7", "17/7", "18/7"],
    ["1", "Mai Văn Sơn", "Mai Văn Sơn", "trống", "Tô Thị Lụa"],
    ["2", "trống", "Âu Văn Bé", "Âu Văn Bé", "ra viện"],
    ["3", LOC, LOC, "chuyển viện", ""],
    ["4", "", "", "Cù Thị Hoa", "Cù Thị Hoa"],
]
ROOM = "BỆNH VIỆN ĐA KHOA NĂM CĂN, KHOA NGOẠI TỔNG HỢP, BUỒNG 7"


def test_each_day_of_a_patient_in_a_bed_is_a_day_in_the_room(tmp_path: Path) -> None:
    result = load_with_cases(tmp_path, "buong 7.xlsx", CHART)
    assert visits_of(result) == {
        *(("Mai Văn Sơn", ROOM, f"2021-07-{day}", "") for day in (15, 16)),
        ("Tô Thị Lụa", ROOM, "2021-07-18", ""),
        *(("Âu Văn Bé", ROOM, f"2021-07-{day}", "") for day in (16, 17)),
        *((LOC, ROOM, f"2021-07-{day}", "") for day in (15, 16)),
        *(("Cù Thị Hoa", ROOM, f"2021-07-{day}", "") for day in (17, 18)),
    }
    assert "trống" not in names_of(result).values() and "ra viện" not in names_of(result).values()


def test_a_seat_that_nobody_has_is_passed_over_where_its_row_is_of_one_day(tmp_path: Path) -> None:
    rows = [
        ["XE KHÁCH 69B-012.34 ngày 17/7/2021"],
        ["Ghế", "Họ tên", "SĐT"],
        ["A1", "Mai Văn Sơn", "0918444001"],
        ["A2", "trống", ""],
        ["A3", "Tô Thị Lụa", "0918444002"],
    ]
    result = load_lists(tmp_path, {"xe.xlsx": rows})
    assert set(names_of(result).values()) == {"Mai Văn Sơn", "Tô Thị Lụa"} and not result.rows_set_aside


def test_rooms_of_two_wards_with_one_number_are_two_rooms(tmp_path: Path) -> None:
    second = [["BỆNH VIỆN ĐA KHOA NĂM CĂN - KHOA NHI"], *CHART[1:3], ["1", "Lý Bảo Anh", "Lý Bảo Anh", "", ""]]
    result = load_lists(tmp_path, {"ngoai.xlsx": CHART, "nhi.xlsx": second})
    assert {visit[1] for visit in visits_of(result)} == {ROOM, "BỆNH VIỆN ĐA KHOA NĂM CĂN, KHOA NHI, BUỒNG 7"}
