"""Lists in which the position says it: trees by columns, rooms beside each other, cases with their days in brackets."""

from __future__ import annotations

from pathlib import Path

from lists import load_lists, names_of, pairs_of, visits_of
from two_cases import DIEM, LOC, load_with_cases, met_of


def test_a_tree_without_headings_whose_columns_are_its_steps(tmp_path: Path) -> None:
    rows = [
        ["CÂY TIẾP XÚC", "", "", "", ""],
        ["BN501 Trịnh Văn Lộc", "", "", "", ""],
        ["", "Khương Tử Nha (1960)", "", "16/7/2021", ""],
        ["", "", "Na Thị Tra (1995)", "18/7/2021", ""],
        ["", "Lý Văn Tịnh (1970)", "", "17/7/2021", "cùng tổ"],
        ["BN502", "", "", "", ""],
        ["", "Dương Tiễn", "", "18/7/2021", ""],
    ]
    result = load_with_cases(tmp_path, "cay.xlsx", rows)
    assert {(one, other, end) for one, other, _start, end in pairs_of(result)} == {
        ("Khương Tử Nha", LOC, "2021-07-16"),
        ("Khương Tử Nha", "Na Thị Tra", "2021-07-18"),
        ("Lý Văn Tịnh", LOC, "2021-07-17"),
        ("Dương Tiễn", DIEM, "2021-07-18"),
    }
    assert result.records.persons.set_index("name").loc["Na Thị Tra", "birth_year"] == 1995
    assert set(result.records.contacts["source_row"]) == {3, 4, 5, 7}, "rows are those of the file"


def test_rooms_beside_each_other_of_which_one_is_empty(tmp_path: Path) -> None:
    rows = [
        ["NHÀ TRỌ BẢY HIỀN - danh sách người ở", "", "", ""],
        ["Phòng 1", "Phòng 2", "Phòng 3", "Phòng 4"],
        ["Tạ Thu Thâu", LOC, "Phan Văn Hùm", ""],
        ["Tạ Văn Bé", "Nguyễn An Ninh", "", ""],
    ]
    result = load_with_cases(tmp_path, "tro.csv", rows)
    assert result.records.contacts.empty, "a room is nobody's contact"
    assert {"Tạ Thu Thâu", "Tạ Văn Bé", "Phan Văn Hùm", "Nguyễn An Ninh"} <= set(names_of(result).values())
    assert result.questions


def test_several_cases_in_a_cell_each_with_its_day(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "SĐT", "Tiếp xúc với (ngày)"],
        ["Võ Văn Dũng", "1980", "0916000121", "BN501 (16/7/2021); BN502 (TX 18/7/2021)"],
        ["Bùi Thị Xuân", "1985", "0916000122", "BN502 (17/7/2021)"],
        ["Ngô Thị Bông", "1986", "0916000123", "BN502"],
    ]
    result = load_with_cases(tmp_path, "f1.csv", rows)
    assert met_of(result) == {
        ("Võ Văn Dũng", LOC, "2021-07-16"),
        ("Võ Văn Dũng", DIEM, "2021-07-18"),
        ("Bùi Thị Xuân", DIEM, "2021-07-17"),
        ("Ngô Thị Bông", DIEM, ""),
    }
    assert len(result.records.persons) == 5


def test_who_signed_as_absent_was_not_there(tmp_path: Path) -> None:
    rows = [
        ["TRƯỜNG THPT HỒ THỊ KỶ - DANH SÁCH THÍ SINH DỰ THI NGÀY 17/7/2021 (7h30 - 9h30)", "", "", ""],
        ["SBD", "Họ và tên", "Phòng thi", "Ký tên"],
        ["48000101", "Lương Thế Vinh Quang", "P.01", "x"],
        ["48000102", "Mạc Thị Bưởi Hồng", "P.01", "x"],
        ["48000103", "Quách Gia Hân", "P.02", "vắng"],
    ]
    found = visits_of(load_lists(tmp_path, {"thi.csv": rows}))
    assert {(who, place.rpartition(", ")[2]) for who, place, _start, _end in found} == {
        ("Lương Thế Vinh Quang", "P.01"),
        ("Mạc Thị Bưởi Hồng", "P.01"),
    }


def test_stalls_of_a_market_are_no_places_of_their_own(tmp_path: Path) -> None:
    rows = [
        ["CHỢ PHƯỜNG 7 - TIỂU THƯƠNG TỪ 15/7/2021 ĐẾN 16/7/2021", "", "", "", ""],
        ["Lô", "Sạp", "Tiểu thương", "15/7", "16/7"],
        ["A", "A01", "Lê Thị Riêng", "x", "x"],
        ["A", "A02", "Phan Thị Ràng", "x", ""],
    ]
    result = load_lists(tmp_path, {"cho.csv": rows})
    assert {(who, place) for who, place, _start, _end in visits_of(result)} == {
        ("Lê Thị Riêng", "CHỢ PHƯỜNG 7"),
        ("Phan Thị Ràng", "CHỢ PHƯỜNG 7"),
    }
    assert set(result.records.visits["attributes"]) == {'{"Lô": "A", "Sạp": "A01"}', '{"Lô": "A", "Sạp": "A02"}'}
    assert set(result.records.places["kind"]) == {"market"}


def test_the_case_who_tells_in_an_interview_is_whom_these_people_met(tmp_path: Path) -> None:
    rows = [
        ["PHIẾU ĐIỀU TRA TIẾP XÚC - NGƯỜI KHAI: TRỊNH VĂN LỘC (BN501)", "", "", "", ""],
        ["STT", "Người được khai", "Quan hệ", "Từ ngày", "Đến ngày"],
        ["1", "Đinh Bộ Lĩnh", "bạn", "14/7/2021", "16/7/2021"],
        ["2", "Lê Đại Hành", "hàng xóm", "16/7/2021", "16/7/2021"],
    ]
    assert met_of(load_with_cases(tmp_path, "phieu.csv", rows)) == {
        ("Đinh Bộ Lĩnh", LOC, "2021-07-16"),
        ("Lê Đại Hành", LOC, "2021-07-16"),
    }


def test_a_log_of_bluezone_under_other_words_asks_whose_it_is(tmp_path: Path) -> None:
    rows = [
        ["my_bluezone", "contact_bluezone", "rssi_dbm", "time_epoch_ms"],
        ["a1b2c3", "d4e5f6", "-61", "1626400800000"],
        ["a1b2c3", "d4e5f6", "-64", "1626400860000"],
    ]
    (summary,) = load_lists(tmp_path, {"bz.csv": rows}).summaries
    assert (summary.kind, summary.waiting) == ("Bluezone log", 2)
