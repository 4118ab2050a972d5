"""Hours of a flight or a ride in a title: its passengers were aboard from the one to the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, visits_of

ROWS = [
    ["STT", "Họ và tên", "Năm sinh", "Số ghế"],
    ["1", "Vưu Thị Mận", "1980", "5A"],
    ["2", "Diệp Văn Hồng", "1985", "5B"],
]


@pytest.mark.parametrize(
    ("title", "vehicle", "start", "end"),
    [
        (
            "Chuyến VN1203 SGN-VCA, cất cánh 7h05 hạ cánh 8h00 ngày 12/7/2021",
            "VN1203",
            "2021-07-12T07:05",
            "2021-07-12T08:00",
        ),
        (
            "DANH SÁCH HÀNH KHÁCH CHUYẾN BAY VN1203 CẤT CÁNH: 7H05, HẠ CÁNH: 8H00 NGÀY 12/7/2021",
            "VN1203",
            "2021-07-12T07:05",
            "2021-07-12T08:00",
        ),
        (
            "Chuyến bay VN1203 cất cánh lúc 23h05 ngày 12/7/2021, hạ cánh lúc 1h10 ngày 13/7/2021",
            "VN1203",
            "2021-07-12T23:05",
            "2021-07-13T01:10",
        ),
        (
            "Chuyến bay VN1203 ngày 12/7/2021 cất cánh 23h05 - hạ cánh 1h10",
            "VN1203",
            "2021-07-12T23:05",
            "2021-07-13T01:10",
        ),
        (
            "Chuyến xe 69B-001.23 xuất bến 7h05 đến bến 12h00 ngày 12/7/2021",
            "69B-001.23",
            "2021-07-12T07:05",
            "2021-07-12T12:00",
        ),
    ],
)
def test_passengers_are_aboard_between_the_hours_of_a_title(
    tmp_path: Path, title: str, vehicle: str, start: str, end: str
) -> None:
    visits = visits_of(load_lists(tmp_path, {"bay.xlsx": [[title], *ROWS]}))
    assert visits == {("Vưu Thị Mận", vehicle, start, end), ("Diệp Văn Hồng", vehicle, start, end)}


@pytest.mark.parametrize("heading", ["Khách sạn", "Tên cơ sở lưu trú"])
def test_guests_of_hotels_in_a_column_stay_in_their_rooms(tmp_path: Path, heading: str) -> None:
    rows = [["Họ và tên", "Năm sinh", heading, "Phòng", "Check-in", "Check-out"]]
    rows += [["Vưu Thị Mận", "1980", "Khách sạn Gió", "204", "12/7/2021", "14/7/2021"]]
    result = load_lists(tmp_path, {"ks.xlsx": rows})
    assert visits_of(result) == {("Vưu Thị Mận", "Khách sạn Gió, phòng 204", "2021-07-12", "2021-07-14")}
    assert not result.questions
