"""Columns that ask how each met the one case of a list: at a party, in a class, on a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of, visits_of

from loaders import LoadResult
from loaders.columns.looks import tells_how
from tracing.times import format_iso

CASES = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"], ["BN61344", "Quách Thị Mừng", "2006", "23/07/2021"]]
ZONE = "Asia/Ho_Chi_Minh"


def contacts(result: LoadResult) -> set[tuple[str, str, str]]:
    """Return who met the case, on which last day, and how in words."""
    names = names_of(result)
    found = set()
    for row in result.records.contacts.itertuples():
        (other,) = {row.person_a, row.person_b} - {"BN61344"}
        day = format_iso(int(row.end), int(row.end_to), ZONE)[5:]
        found.add((names[str(other)].split()[-1], day, str(row.attributes).partition(": ")[2].strip('"}')))
    return found


def test_guests_with_their_hours_were_there_and_those_beside_the_case_met_it(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH KHÁCH DỰ TIỆC TÂN GIA NHÀ BÀ SEN NGÀY 21/7/2021", "", "", "", ""],
        ["Liên quan ca BN61344 Quách Thị Mừng, dương tính 23/7/2021", "", "", "", ""],
        ["Mâm", "Họ tên", "Năm sinh", "Giờ đến - về", "Tiếp xúc với F0"],
        ["1", "Ngô Văn Tịnh", "1970", "10h00 - 12h00", "F1: rót nước cho F0"],
        ["1", "Ngô Thị Lài", "1971", "10h00 - 12h00", "nt"],
        ["2", "Quách Thị Mừng", "2006", "10h30 - 12h00", "F0"],
        ["2", "Ngô Thị Sim", "1976", "9h30 - 11h00", "Không"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "khach.xlsx": rows}, merged=["A1:E1", "A2:E2"])
    assert contacts(result) == {("Tịnh", "07-21", "rót nước cho F0"), ("Lài", "07-21", "rót nước cho F0")}
    assert len(result.records.visits) == 4 and len(result.records.persons) == 4
    assert not result.questions


@pytest.mark.parametrize(
    ("there", "met"),
    [
        ("Thời gian dự", "TX gần với F0 Mừng (ngày)"),
        ("Thoi gian vieng", "tiep xuc voi F0 Mung"),
        ("Ngày dự tiệc", "Gặp cô Mừng"),
        ("Ngày có mặt", "Ngồi gần F0 Quách Thị Mừng (ngày)"),
    ],
)
def test_a_case_called_by_its_name_where_the_days_of_presence_stand_beside(
    tmp_path: Path, there: str, met: str
) -> None:
    rows = [
        ["DANH SÁCH NGƯỜI DỰ ĐÁM TANG tại nhà ông Ngô Văn Cẩn, thôn Vạn", "", "", ""],
        ["F0: Quách Thị Mừng SN 2006 (BN61344) có mặt từ 14h00 ngày 20/7/2021 đến 11h00 ngày 21/7/2021", "", "", ""],
        ["Họ và tên", "Năm sinh", there, met],
        ["Ngô Văn Tịnh", "1970", "16h30 20/7", "20/7"],
        ["Ngô Thị Lài", "1971", "8h00 21/7", "21/7"],
        ["Ngô Thị Sim", "1976", "7h00 21/7", "không"],
        ["Ngô Thị Mận", "1948", "20h00 20/7", "không rõ"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "tang.xlsx": rows}, merged=["A1:D1", "A2:D2"])
    days = {(who, day) for who, day, _ in contacts(result)}
    assert days == {("Tịnh", "07-20"), ("Lài", "07-21")}
    assert {names_of(result)[str(ident)].split()[-1] for ident in result.records.visits["person"]} >= {"Sim", "Mận"}
    assert [question for question in result.questions if "không rõ" in f"{question.said}"]


def test_a_heading_that_names_the_case_and_cells_with_the_days(tmp_path: Path) -> None:
    rows = [
        ["LỚP VẼ NHÀ VĂN HÓA PHƯỜNG 3, học từ 17h30 đến 19h", "", "", "", ""],
        ["Họ tên", "Năm sinh", "20/7/2021", "22/7/2021", "Ngồi gần em Mừng (BN61344)"],
        ["Ngô Văn Tịnh", "2006", "x", "x", "cùng bàn 22/7"],
        ["Ngô Thị Lài", "2006", "x", "", "bàn trên 20/7"],
        ["Quách Thị Mừng", "2006", "x", "x", "F0"],
        ["Ngô Thị Sim", "2006", "x", "x", "không"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "lop.xlsx": rows}, merged=["A1:E1"])
    assert contacts(result) == {("Tịnh", "07-22", "cùng bàn"), ("Lài", "07-20", "bàn trên")}
    assert len(result.records.visits) == 7 and len(result.records.persons) == 4


def test_the_last_day_alone_below_such_a_heading(tmp_path: Path) -> None:
    rows = [
        ["XƯỞNG DỆT AN LẠC. F0: BN61344, dương tính ngày 23/7/2021", "", "", "", ""],
        ["Họ tên", "Năm sinh", "20/7/2021", "22/7/2021", "Làm chung tổ với F0 (ngày gần nhất)"],
        ["Ngô Văn Tịnh", "1986", "x", "x", "22/7"],
        ["Quách Thị Mừng", "2006", "x", "x", "F0"],
        ["Ngô Thị Sim", "1996", "x", "x", "không"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "xuong.xlsx": rows}, merged=["A1:E1"])
    assert {(who, day) for who, day, _ in contacts(result)} == {("Tịnh", "07-22")}
    assert set(result.records.contacts["time_kind"]) == {"last_day"} and visits_of(result)


def test_names_in_such_a_column_are_still_whom_they_met(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH KHÁCH NGÀY 21/7/2021, liên quan ca BN61344", "", ""],
        ["Họ tên", "Năm sinh", "Tiếp xúc với F0"],
        ["Ngô Văn Tịnh", "1970", "Quách Thị Mừng"],
        ["Ngô Thị Lài", "1971", "BN61344"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "khach.xlsx": rows}, merged=["A1:C1"])
    assert len(result.records.contacts) == 2


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("cùng bàn", True),
        ("Cùng mâm", True),
        ("ngồi đối diện", True),
        ("rót nước bàn trên", True),
        ("Chung Văn Bàn", False),
        ("le thi na", False),
        ("Bàn Thị Trước", False),
    ],
)
def test_words_of_seating_are_no_name(text: str, how: bool) -> None:
    assert tells_how(text) is how


def test_nobody_is_put_on_record_by_words_of_seating(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "Tiếp xúc với", "Ngày tiếp xúc"],
        ["Ngô Văn Tịnh", "1970", "cùng bàn", "20/7/2021"],
        ["Ngô Thị Lài", "1971", "Hồ Thị Bưởi", "20/7/2021"],
        ["Ngô Thị Sim", "1973", "BN61344", "20/7/2021"],
    ]
    questions = {one.said: one for one in load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": rows}).questions}
    choices = {said: [choice.value for choice in one.choices] for said, one in questions.items()}
    assert "new" in choices["Hồ Thị Bưởi"] and "new" not in choices["cùng bàn"]


@pytest.mark.parametrize("heading", ["TX với em Mừng", "Ngồi gần bạn Mừng", "tiep xuc em Mung", "Contact with Mừng"])
def test_a_heading_calls_the_case_of_the_title_by_a_short_name(tmp_path: Path, heading: str) -> None:
    rows = [
        ["LỚP VẼ NHÀ VĂN HÓA PHƯỜNG 3 - RÀ SOÁT TIẾP XÚC EM QUÁCH THỊ MỪNG (BN61344)", "", "", "", ""],
        ["Họ tên", "Năm sinh", "20/7/2021", "22/7/2021", heading],
        ["Ngô Văn Tịnh", "2006", "x", "x", "cùng bàn 20, 22/7"],
        ["Ngô Thị Lài", "2006", "x", "", "20/7 đi chung xe về"],
        ["Quách Thị Mừng", "2006", "x", "x", "BN61344"],
        ["Ngô Thị Sim", "2006", "x", "x", "cùng lớp, không tiếp xúc gần"],
        ["Ngô Thị Bông", "2006", "", "", "nghỉ ốm cả tuần, không TX"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "lop.xlsx": rows}, merged=["A1:E1"])
    assert contacts(result) == {("Tịnh", "07-22", "cùng bàn"), ("Lài", "07-20", "đi chung xe về")}
    starts = {format_iso(int(c.start), int(c.start_to), ZONE)[5:] for c in result.records.contacts.itertuples()}
    assert starts == {"07-20"} and len(result.records.persons) == 5
    assert not result.questions


def test_days_alone_below_a_heading_that_calls_the_case_are_those_of_the_contacts(tmp_path: Path) -> None:
    rows = [
        ["Giáo viên dạy lớp có tiếp xúc em Mừng (BN61344)", "", ""],
        ["Họ tên", "Năm sinh", "TX em Mừng"],
        ["Ngô Văn Tịnh", "1976", "22/7/2021"],
        ["Ngô Thị Lài", "1986", "20/7/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "gv.xlsx": rows}, merged=["A1:C1"])
    assert {(who, day) for who, day, _ in contacts(result)} == {("Tịnh", "07-22"), ("Lài", "07-20")}


def test_one_cell_that_may_name_somebody_else_is_asked_and_the_others_are_read(tmp_path: Path) -> None:
    rows = [
        ["LỚP VẼ - RÀ SOÁT TIẾP XÚC EM QUÁCH THỊ MỪNG (BN61344)", "", "", ""],
        ["Họ tên", "Năm sinh", "SĐT", "TX với em Mừng"],
        ["Ngô Văn Tịnh", "2006", "0912000401", "cùng bàn 22/7"],
        ["Ngô Thị Lài", "2006", "0912000402", "đi chung xe 20/7"],
        ["Ngô Thị Sim", "2006", "0912000403", "cùng bàn hôm 21/7 hoặc 22/7"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "lop.xlsx": rows}, merged=["A1:D1"])
    assert {who for who, _, _ in contacts(result)} == {"Tịnh", "Lài"}
    assert 5 in {question.row for question in result.questions}
