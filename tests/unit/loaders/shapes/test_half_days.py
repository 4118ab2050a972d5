"""Attendance by halves of days: the hours of a half in a line about the table, a mark that two hands mean otherwise."""

from __future__ import annotations

from pathlib import Path

from lists import Rows, load_lists, visits_of

COURSE: Rows = [
    ["LỚP TẬP HUẤN TRỒNG NẤM năm 2021", "", "", "", "", ""],
    ["Địa điểm: Hội trường ấp Cái Nai", "", "", "", "", ""],
    ["STT", "Họ và tên", "Ngaỳ 15/7", "", "Ngaỳ 16/7", ""],
    ["", "", "S", "C", "S", "C"],
    ["1", "Mai Văn Sơn", "x", "x", "x", ""],
    ["2", "Tô Thị Lụa", "x", "", "muộn 9h15", "x"],
    ["3", "Âu Văn Bé", "", "", "", "x"],
    ["S: sáng 7h30-11h; C: chiều 13h30-16h.", "", "", "", "", ""],
]
HEADS = ["C3:D3", "E3:F3"]


def test_each_half_of_a_day_is_attended_by_itself_in_the_hours_of_its_legend(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"lop.xlsx": COURSE}, merged=HEADS)
    assert {(who, start[5:], end[11:]) for who, _place, start, end in visits_of(result)} == {
        ("Mai Văn Sơn", "07-15T07:30", "11:00"),
        ("Mai Văn Sơn", "07-15T13:30", "16:00"),
        ("Mai Văn Sơn", "07-16T07:30", "11:00"),
        ("Tô Thị Lụa", "07-15T07:30", "11:00"),
        ("Tô Thị Lụa", "07-16T09:15", "11:00"),
        ("Tô Thị Lụa", "07-16T13:30", "16:00"),
        ("Âu Văn Bé", "07-16T13:30", "16:00"),
    }
    assert not result.questions and {visit[1] for visit in visits_of(result)} == {"Hội trường ấp Cái Nai"}


def test_a_tick_beside_crosses_may_be_an_absence_and_is_asked(tmp_path: Path) -> None:
    rows = [*COURSE[:4], ["1", "Mai Văn Sơn", "x", "v", "x", "v"], ["2", "Tô Thị Lụa", "x", "x", "v", "x"], COURSE[-1]]
    first = load_lists(tmp_path, {"lop.xlsx": rows}, merged=HEADS)
    (asked,) = (question for question in first.questions if question.said == "v")
    assert len(visits_of(first)) == 5
    told = load_lists(tmp_path, {"lop.xlsx": rows}, merged=HEADS, answers={asked.id: "x"})
    assert len(visits_of(told)) == 8
    told = load_lists(tmp_path, {"lop.xlsx": rows}, merged=HEADS, answers={asked.id: "-"})
    assert len(visits_of(told)) == 5 and not told.questions
