"""Rosters of duty with several names in a cell: hours of shifts in headings, brackets behind names, swaps, the post."""

from __future__ import annotations

from pathlib import Path

from lists import load_lists, names_of, visits_of
from two_cases import LOC, load_with_cases

HEAD = ["Ngày", "Ca A (7h-15h)", "Ca B (15h-23h)", "Ca C (23h-7h)", "Trực lãnh đạo"]
TITLES = [["TRẠM Y TẾ XÃ VIÊN AN"], ["LỊCH GÁC CHỐT KIỂM SOÁT DỊCH BẾN ĐÒ ÔNG TRANG"]]


def test_a_shift_in_a_heading_has_its_hours_and_who_leads_none(tmp_path: Path) -> None:
    rows = [
        *TITLES,
        HEAD,
        ["19/7/2021", "Mai Văn Sơn, Tô Thị Lụa", "Âu Văn Bé", "Lưu Bá Đạt; Cù Thị Hoa", "BS. Kha Văn Mười"],
    ]
    result = load_lists(tmp_path, {"gac.xlsx": rows})
    assert {(who, start, end) for who, _place, start, end in visits_of(result)} == {
        ("Mai Văn Sơn", "2021-07-19T07:00", "2021-07-19T15:00"),
        ("Tô Thị Lụa", "2021-07-19T07:00", "2021-07-19T15:00"),
        ("Âu Văn Bé", "2021-07-19T15:00", "2021-07-19T23:00"),
        ("Lưu Bá Đạt", "2021-07-19T23:00", "2021-07-20T07:00"),
        ("Cù Thị Hoa", "2021-07-19T23:00", "2021-07-20T07:00"),
        ("Kha Văn Mười", "2021-07-19", ""),
    }
    assert {visit[1] for visit in visits_of(result)} == {"CHỐT KIỂM SOÁT DỊCH BẾN ĐÒ ÔNG TRANG"}, (
        "not the office that wrote it"
    )


def test_a_comma_in_brackets_parts_no_names_and_who_was_away_has_no_visit(tmp_path: Path) -> None:
    rows = [
        *TITLES,
        HEAD,
        ["19/7/2021", f"{LOC} (nghỉ, đi cách ly), Tô Thị Lụa", "Âu Văn Bé (tăng cường)", "", "BS. Kha Văn Mười"],
    ]
    result = load_with_cases(tmp_path, "gac.xlsx", rows)
    assert {visit[0] for visit in visits_of(result)} == {"Tô Thị Lụa", "Âu Văn Bé", "Kha Văn Mười"}
    assert {LOC, "Tô Thị Lụa", "Âu Văn Bé", "Kha Văn Mười"} >= set(names_of(result).values()) - {"Quách Thị Diễm"}
    assert not any(question.text.message.startswith("The last") for question in result.questions)


def test_who_stood_in_for_whom_and_whether_all_of_a_cell_were_away_are_asked(tmp_path: Path) -> None:
    rows = [
        *TITLES,
        HEAD,
        ["19/7/2021", "Mai Văn Sơn, Tô Thị Lụa (trực thay Âu Văn Bé)", "Cù Thị Hoa", "Lưu Bá Đạt", "BS. Kha Văn Mười"],
        ["20/7/2021", "Cù Thị Hoa", "Mai Văn Sơn - Lưu Bá Đạt (vắng, bị F1)", "Tô Thị Lụa", "BS. Kha Văn Mười"],
    ]
    first = load_lists(tmp_path, {"gac.xlsx": rows})
    there = {(who, start[8:10]) for who, _place, start, _end in visits_of(first)}
    assert ("Tô Thị Lụa", "19") not in there and ("Âu Văn Bé", "19") not in there and ("Mai Văn Sơn", "20") not in there
    (swap,) = (question for question in first.questions if "stood in" in str(question.text))
    (cell,) = (question for question in first.questions if "were the others" in str(question.text))
    assert (swap.row, cell.row) == (4, 5)
    told = load_lists(tmp_path, {"gac.xlsx": rows}, answers={swap.id: "first", cell.id: "yes"})
    more = {(who, start[8:10]) for who, _place, start, _end in visits_of(told)} - there
    assert more == {("Tô Thị Lụa", "19"), ("Mai Văn Sơn", "20")}
    told = load_lists(tmp_path, {"gac.xlsx": rows}, answers={swap.id: "second", cell.id: "no"})
    more = {(who, start[8:10]) for who, _place, start, _end in visits_of(told)} - there
    assert more == {("Âu Văn Bé", "19")}


def test_brackets_behind_a_name_say_of_any_list_that_somebody_was_away(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH NGƯỜI DỰ ĐÁM GIỖ tại nhà hàng Sông Xanh ngày 18/7/2021"],
        ["TT", "Họ tên", "SĐT"],
        ["1", "Mai Văn Sơn (vắng)", "0918444001"],
        ["2", "Tô Thị Lụa", "0918444002"],
        ["3", "Âu Văn Bé (Bé Út)", "0918444003"],
    ]
    result = load_lists(tmp_path, {"gio.xlsx": rows})
    assert {visit[0] for visit in visits_of(result)} == {"Tô Thị Lụa", "Âu Văn Bé (Bé Út)"}
    assert "Mai Văn Sơn" in names_of(result).values()
