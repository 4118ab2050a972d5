"""``Vào phòng`` is when somebody came into the room, or into which room, as its values tell."""

from __future__ import annotations

from pathlib import Path

from lists import Rows, load_lists, visits_of

WHEN: Rows = [
    ["Phòng", "Họ và tên", "Năm sinh", "Vào phòng", "Ra phòng"],
    ["304", "Mai Thị Lành", "1990", "29/6/2021 9h30", "1/7/2021 10h"],
    ["305", "Hồ Văn Rạng", "1984", "30/6/2021 14h", "3/7/2021 8h"],
]
WHICH: Rows = [
    ["NHÀ TRỌ BÀ THOA, KHÁCH ĐẾN CHƠI NĂM 2021"],
    ["Ngày", "Họ và tên", "Năm sinh", "Vào phòng", "Giờ"],
    ["24/6", "Mai Thị Lành", "1990", "203", "19h - 21h"],
    ["25/6", "Hồ Văn Rạng", "1984", "P.204", "20h - 20h30"],
]


def test_days_and_hours_tell_when(tmp_path: Path) -> None:
    told = {(one[0], one[2][:10]) for one in visits_of(load_lists(tmp_path, {"khoa.xlsx": WHEN}))}
    assert told == {("Mai Thị Lành", "2021-06-29"), ("Hồ Văn Rạng", "2021-06-30")}


def test_numbers_tell_which_room(tmp_path: Path) -> None:
    visits = visits_of(load_lists(tmp_path, {"khach.xlsx": WHICH}))
    assert {one[0] for one in visits} == {"Mai Thị Lành", "Hồ Văn Rạng"}
    assert {number for one in visits for number in ("203", "204") if number in str(one[1])} == {"203", "204"}
