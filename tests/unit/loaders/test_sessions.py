"""Lists of several sessions of one day: masses, showings, lessons, whose hours stand in a column with their name."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, visits_of

from loaders.columns.hours import read_hours
from loaders.columns.stays import tells_session


def test_the_hours_of_a_showing_are_those_of_its_rows(tmp_path: Path) -> None:
    rows = [
        ["RẠP CHIẾU BÓNG - NHÀ VĂN HÓA HUYỆN PHÚ TÂN"],
        ["Danh sách khán giả ngày 17/7/2021"],
        ["Phim", "Hàng", "Ghế", "Họ tên", "SĐT", "Ghi chú"],
        ["Suất 1: 14h00 (tan 15h40)", "1", "1", "Mai Văn Sơn", "0918444001", ""],
        ["Suất 1: 14h00 (tan 15h40)", "1", "2", "Tô Thị Lụa", "0918444002", "vắng, trả vé"],
        ["Suất 2: 19h30 - 21h15", "1", "1", "Âu Văn Bé", "0918444003", "nghi nhiễm, ho"],
    ]
    result = load_lists(tmp_path, {"phim.xlsx": rows})
    assert {(who, start, end) for who, _place, start, end in visits_of(result)} == {
        ("Mai Văn Sơn", "2021-07-17T14:00", "2021-07-17T15:40"),
        ("Âu Văn Bé", "2021-07-17T19:30", "2021-07-17T21:15"),
    }
    assert "visit.absent" in list(result.findings)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Lễ nhì 7h15 (kết thúc 8h30)", ("07:15", "08:30")),
        ("Suất 3: 10h-11h30", ("10:00", "11:30")),
        ("Session 2, 13:00–14:30", ("13:00", "14:30")),
        ("Mass 6:30", ("06:30", None)),
    ],
)
def test_a_session_is_a_name_with_its_hours(text: str, hours: tuple[str, str | None]) -> None:
    assert tells_session(text) and read_hours(text) == hours


@pytest.mark.parametrize("text", ["sốt từ 8h", "Buổi 1 (9/8) 8h", "6h uống thuốc", "Suất ăn 35.000đ", "Lễ tân"])
def test_words_about_something_else_are_no_session(text: str) -> None:
    assert not tells_session(text)


def test_a_line_between_the_rows_that_names_a_session_tells_the_hours_of_those_below(tmp_path: Path) -> None:
    rows = [
        ["HỒ BƠI THANH NIÊN - khách ngày 17/7/2021", "", "", ""],
        ["STT", "Họ tên", "SĐT", "Làn"],
        ["Suất sáng (6h - 7h30)", "", "", ""],
        ["1", "Mai Văn Sơn", "0918444001", "2"],
        ["2", "Tô Thị Lụa", "0918444002", "3"],
        ["Suất chiều 16h30 - 18h", "", "", ""],
        ["3", "Âu Văn Bé", "0918444003", "2"],
    ]
    result = load_lists(tmp_path, {"ho boi.xlsx": rows})
    assert {(who, start, end) for who, _place, start, end in visits_of(result)} == {
        ("Mai Văn Sơn", "2021-07-17T06:00", "2021-07-17T07:30"),
        ("Tô Thị Lụa", "2021-07-17T06:00", "2021-07-17T07:30"),
        ("Âu Văn Bé", "2021-07-17T16:30", "2021-07-17T18:00"),
    }


def test_a_line_between_the_rows_that_names_a_shift_is_theirs_and_a_legend_of_shifts_is_nobodys(tmp_path: Path) -> None:
    rows = [
        ["CÔNG TY THỦY SẢN ĐẦM CHIM - công nhân ngày 17/7/2021", "", ""],
        ["Họ tên", "SĐT", "Chuyền"],
        ["Ca 1 (6h-14h)", "", ""],
        ["Mai Văn Sơn", "0918444001", "2"],
        ["Tô Thị Lụa", "0918444002", "3"],
        ["Ca 2 (14h-22h)", "", ""],
        ["Âu Văn Bé", "0918444003", "2"],
        ["Cù Thị Hoa", "0918444004", "2"],
    ]
    result = load_lists(tmp_path, {"ca.xlsx": rows})
    assert {(who, start[11:], end[11:]) for who, _place, start, end in visits_of(result)} == {
        ("Mai Văn Sơn", "06:00", "14:00"),
        ("Tô Thị Lụa", "06:00", "14:00"),
        ("Âu Văn Bé", "14:00", "22:00"),
        ("Cù Thị Hoa", "14:00", "22:00"),
    }
