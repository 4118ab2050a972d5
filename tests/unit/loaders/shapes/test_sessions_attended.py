"""Lists signed session by session: exams, courses and meetings whose day and part of it stand above the signatures."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, visits_of

from loaders.files.grid import Line
from loaders.files.titles import read_facts

EXAM: Rows = [
    ["KỲ THI TUYỂN SINH LỚP 10 THPT NĂM 2021", "", "", "", "", "", "", ""],
    ["Điểm thi: Trường THCS Hàm Rồng - Phòng thi: 24", "", "", "", "", "", "", ""],
    ["TT", "Họ và tên", "Ngày sinh", "Toán (17/7 sáng)", "", "Tiếng Anh (17/7 chiều)", "", "Ghi chú"],
    ["", "", "", "Số tờ", "Ký tên", "Số tờ", "Ký tên", ""],
    ["1", "Mai Thị Sen", "01/02/2006", "2", "Sen", "1", "Sen", ""],
    ["2", "Tô Văn Lụa", "03/04/2006", "3", "Lụa", "Vắng", "Vắng", "sốt"],
    ["3", "Âu Thị Bé", "05/06/2006", "Vắng", "Vắng", "Vắng", "Vắng", "bỏ thi"],
    ["Giờ làm bài: sáng 7h30 - 9h30; chiều 14h00 - 15h00", "", "", "", "", "", "", ""],
]
HEADS = ["D3:E3", "F3:G3"]
ROOM = "Trường THCS Hàm Rồng, Phòng thi 24"


def test_who_signed_for_a_session_was_in_its_room_in_its_hours(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"thi.xlsx": EXAM}, merged=HEADS)
    assert visits_of(result) == {
        ("Mai Thị Sen", ROOM, "2021-07-17T07:30", "2021-07-17T09:30"),
        ("Mai Thị Sen", ROOM, "2021-07-17T14:00", "2021-07-17T15:00"),
        ("Tô Văn Lụa", ROOM, "2021-07-17T07:30", "2021-07-17T09:30"),
    }
    assert set(names_of(result).values()) == {"Mai Thị Sen", "Tô Văn Lụa", "Âu Thị Bé"}


def test_the_hours_of_a_part_of_the_day_are_asked_where_nothing_tells_them(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"thi.xlsx": EXAM[:-1]}, merged=HEADS)
    assert {start for *_, start, _end in visits_of(result)} == {"2021-07-17"}
    asked = [question.said for question in result.questions if "From when to when" in str(question.text)]
    assert sorted(filter(None, asked)) == ["chiều", "sáng"]


def test_signatures_and_marks_below_one_heading_with_a_day_are_of_those_who_were_there(tmp_path: Path) -> None:
    rows = [
        ["LỚP TẬP HUẤN SƠ CẤP CỨU tại hội trường UBND phường 9", "", "", ""],
        ["Họ và tên", "SĐT", "Buổi khai mạc 15/7/2021 (7h-11h)", "Thực hành 16/7/2021"],
        ["Mai Văn Sơn", "0918444001", "Sơn", "Sơn"],
        ["Tô Thị Lụa", "0918444002", "Lụa", "vắng"],
        ["Âu Văn Bé", "0918444003", "vắng", "Bé"],
    ]
    result = load_lists(tmp_path, {"lop.xlsx": rows})
    assert {(who, start, end) for who, _place, start, end in visits_of(result)} == {
        ("Mai Văn Sơn", "2021-07-15T07:00", "2021-07-15T11:00"),
        ("Mai Văn Sơn", "2021-07-16", ""),
        ("Tô Thị Lụa", "2021-07-15T07:00", "2021-07-15T11:00"),
        ("Âu Văn Bé", "2021-07-16", ""),
    }


def test_columns_of_tests_and_doses_with_a_day_in_their_heading_are_no_sessions(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH HỌC VIÊN tại hội trường UBND phường 9"],
        ["Họ và tên", "SĐT", "Test nhanh 15/7/2021", "Mũi 1 (10/7/2021)"],
        ["Mai Văn Sơn", "0918444001", "có", "x"],
        ["Tô Thị Lụa", "0918444002", "có", ""],
    ]
    assert not visits_of(load_lists(tmp_path, {"test.xlsx": rows}))


@pytest.mark.parametrize(
    ("title", "room"),
    [
        ("DANH SÁCH PHÒNG THI – Hội đồng A – Phòng thi: 0024", "Phòng thi 0024"),
        ("THÍ SINH PHÒNG THI SỐ 12", "PHÒNG THI SỐ 12"),
    ],
)
def test_a_room_is_told_from_the_next_by_its_number(title: str, room: str) -> None:
    facts = read_facts([Line(1, (title,))], None, "")
    assert [fact.value for fact in facts if fact.name == "room"] == [room]
