"""Lines that tell of all of a room, a vehicle, a list that they met one case, and since when all are in a place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, pairs_of, results_of, visits_of, without_accents

from tracing.text import unaccented

CASES: Rows = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN81001", "Lê Minh Khải", "1994", "15/7/2021"],
    ["BN81002", "Huỳnh Tấn Lực", "1989", "15/7/2021"],
]
CASE, OTHER = "Lê Minh Khải", "Huỳnh Tấn Lực"
ROOMS: Rows = [
    ["CÔNG TY TNHH MINH PHÁT"],
    ["Tất cả NLĐ vào ở tại Cty từ ngày 10/7/2021. Lập ngày 20/7/2021"],
    [""],
    ["PHÒNG 3 (có F0 L.M.Khải BN81001 – cả phòng F1, ở chung 10/7 → 19/7)", *[""] * 6, "PHÒNG 4 (nữ)", *[""] * 5],
    [*["Giường", "Họ tên", "NS", "Tổ", "Test nhanh", ""], "", *["Giường", "Họ tên", "NS", "Tổ", "Test nhanh", ""]],
    [*["", "", "", "", "14/7", "19/7"], "", *["", "", "", "", "14/7", "19/7"]],
    [*[1, "Danh Văn Tuấn", 1996, "Cấp đông", "ÂT", "ÂT"], "", *[1, "Ngô Thị Kiều", 1991, "Sơ chế", "ÂT", "ÂT"]],
    [
        *[2, "Lê Minh Khải (F0)", 1994, "Phân cỡ", "ÂT", "DT (chờ PCR)"],
        "",
        *[2, "Tô Thị Cầm", 1997, "Sơ chế", "ÂT", "ÂT"],
    ],
    [*[3, "Võ Chí Nguyện", 1999, "Bốc xếp", "ÂT", "ÂT"], "", *[3, "Thạch Thị Rinh", 2001, "Sơ chế", "ÂT", "ÂT"]],
]
MERGED = ("A1:M1", "A2:M2", "A4:F4", "H4:M4", "E5:F5", "L5:M5")


def test_a_room_with_a_case_met_it_and_everybody_stays_since_the_day_of_the_title(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.csv": CASES, "ktx.xlsx": ROOMS}, merged=MERGED)
    assert pairs_of(result) == {
        ("Danh Văn Tuấn", CASE, "2021-07-10", "2021-07-19"),
        (CASE, "Võ Chí Nguyện", "2021-07-10", "2021-07-19"),
    }
    visits = visits_of(result)
    assert {(start, end) for _, _, start, end in visits} == {("2021-07-10", "2021-07-20")} and len(visits) == 6
    rooms = {who: place for who, place, _, _ in visits}
    assert rooms["Danh Văn Tuấn"] == rooms["Võ Chí Nguyện"] != rooms["Ngô Thị Kiều"]
    tests = results_of(result)
    assert len(tests) == 12 and {day for _, day, _ in tests} == {"2021-07-14", "2021-07-19"}
    assert [who for who, _, told in tests if told == "positive"] == ["Lê Minh Khải (F0)"]


@pytest.mark.parametrize("typed", [list, without_accents])
@pytest.mark.parametrize(
    "line",
    [
        "Cả xe (tài xế và hành khách) là F1 của F0 phụ xe Lực, tiếp xúc ngày 14/7.",
        "Tất cả hành khách tiếp xúc gần BN81002 ngày 14/7",
        "Ghi chú: toàn bộ khách trên xe là F1 của ca bệnh Huỳnh Tấn Lực, 14/7",
    ],
)
def test_all_of_a_vehicle_met_the_case_of_a_line(tmp_path: Path, line: str, typed: Callable[[Rows], Rows]) -> None:
    rows = [
        ["HÀNH KHÁCH XE 69B-008.17 NGÀY 14/7/2021 – Phụ xe: Huỳnh Tấn Lực (F0 BN81002)"],
        ["Ghế", "Họ tên", "NS", "SĐT"],
        [1, "Đỗ Hoàng Phi", 1990, "0918250947"],
        [2, "Cao Thị Mười", 1962, "0918250948"],
        [""],
        [line],
    ]
    result = load_lists(tmp_path, {"ca.xlsx": typed(CASES), "xe.xlsx": typed(rows)})
    told = {frozenset(map(unaccented, (one, other, start))) for one, other, start, _ in pairs_of(result)}
    assert told == {frozenset({who, "Huynh Tan Luc", "2021-07-14"}) for who in ("Do Hoang Phi", "Cao Thi Muoi")}


@pytest.mark.parametrize(
    "line",
    [
        "Cả xe chưa tiếp xúc F0 BN81002",
        "Phòng 4 làm khu sơ chế, chưa gặp F0.",
        "Ghế 1 ngồi kế F0 ghế 2",
        "Tất cả hành khách là F1 của BN81001 hoặc BN81002",
        "Cả lớp nghỉ từ ngày 14/7",
    ],
)
def test_lines_that_do_not_say_so_make_no_contact(tmp_path: Path, line: str) -> None:
    rows = [["Ghế", "Họ tên", "NS"], [1, "Đỗ Hoàng Phi", 1990], [2, "Cao Thị Mười", 1962], [""], [line]]
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "xe.xlsx": rows})
    assert result.records.contacts.empty and {"Đỗ Hoàng Phi", "Cao Thị Mười"} <= set(names_of(result).values())


def test_who_left_before_stayed_until_then(tmp_path: Path) -> None:
    rows = [
        ["NHÀ MÁY MINH PHÁT: toàn bộ công nhân ở lại trong nhà máy từ 10/7/2021; cập nhật đến ngày 20/7/2021"],
        ["STT", "Họ tên", "Năm sinh", "Ghi chú"],
        [1, "Danh Văn Tuấn", 1996, ""],
        [2, "Võ Chí Nguyện", 1999, "15/7 nghỉ việc"],
        [3, "Ngô Thị Kiều", 1991, "rời nhà máy ngày 16/7"],
    ]
    result = load_lists(tmp_path, {"ds.xlsx": rows}, merged=("A1:D1",))
    assert {(who, start, end) for who, _, start, end in visits_of(result)} == {
        ("Danh Văn Tuấn", "2021-07-10", "2021-07-20"),
        ("Võ Chí Nguyện", "2021-07-10", "2021-07-15"),
        ("Ngô Thị Kiều", "2021-07-10", "2021-07-16"),
    }


@pytest.mark.parametrize(
    "ride",
    [
        "BX MIỀN TÂY 4h30 → BX CÀ MAU 12h40, NGÀY 14/7/2021",
        "ngày 14/7/2021, TP.HCM 04:30 -> Cà Mau 12:40",
        "chuyến 4h30 đến Cà Mau lúc 12h40 ngày 14/7/2021",
    ],
)
def test_hours_of_a_ride_in_its_title_are_those_of_all_aboard(tmp_path: Path, ride: str) -> None:
    rows = [
        [f"HÀNH KHÁCH XE 69B-008.17, {ride}"],
        ["Ghế", "Họ tên", "NS", "SĐT"],
        [1, "Đỗ Hoàng Phi", 1990, "0918250947"],
        [2, "bé Nguyễn Dương Gia Bảo", 2017, "0918250947"],
    ]
    result = load_lists(tmp_path, {"xe 31.7.xlsx": rows}, merged=("A1:D1",))
    assert visits_of(result) == {
        (who, "69B-008.17", "2021-07-14T04:30", "2021-07-14T12:40") for who in ("Đỗ Hoàng Phi", "Nguyễn Dương Gia Bảo")
    }


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("Ghi chú: anh Phi và Mười làm chung chuyền với F0 Khải, ca cuối ngày 14/7 → F1. Phòng 4 chưa gặp F0.", 1),
        ("Lưu ý: anh Phi ngồi cùng bàn F0 Khải trưa 14/7", 1),
        ("Ghi chú: F1 là người tiếp xúc gần với F0", 0),
        ("Cập nhật ngày 14/7", 0),
    ],
)
def test_a_line_that_tells_of_some_who_met_a_case_is_asked_about(tmp_path: Path, line: str, asked: int) -> None:
    rows = [["Giường", "Họ tên", "NS"], [1, "Đỗ Hoàng Phi", 1990], [2, "Cao Thị Mười", 1962], [""], [line]]
    result = load_lists(tmp_path, {"ds.xlsx": rows})
    assert sum(one.row is None and "beside the table" in str(one.text) for one in result.questions) == asked
