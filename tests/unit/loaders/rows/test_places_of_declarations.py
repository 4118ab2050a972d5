"""Forms that ask where somebody went, and when, in columns of their own; and who writes that they did not go."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of

from tracing.times import format_iso

ZONE = "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    "heading",
    ["Mốc dịch tễ anh/chị đã đến", "Moc dich te", "Lịch trình di chuyển", "Thông tin di chuyển (ghi nơi đã đến)"],
)
def test_movements_beside_the_hours_of_a_visit_are_its_place(tmp_path: Path, heading: str) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "SĐT", heading, "Ngày đến", "Giờ đến", "Giờ về", "Ý kiến khác"],
        ["Bế Văn Núi", "1980", "0912000601", "Quán phở Cầu Gỗ", "23/1/2021", "18h", "20h30", ""],
        ["Lò Thị Suối", "1992", "0912000602", "Siêu thị Hoa Ban", "24/1/2021", "9h", "", "gửi xe xong mua nhanh"],
        ["Vi Văn Khe", "1976", "0912000603", "Quán phở Cầu Gỗ", "", "", "", "Tôi không đến quán này, gọi nhầm"],
        ["Hà Thị Thác", "1969", "0912000604", "Siêu thị Hoa Ban", "24/1/2021", "", "", "định đi nhưng không đi nữa"],
    ]
    result = load_lists(tmp_path, {"khai bao.csv": rows})
    names = names_of(result)
    told = {
        (names[visit.person], visit.place, format_iso(int(visit.start), int(visit.start_to), ZONE)[:16])
        for visit in result.records.visits.itertuples()
    }
    assert told == {
        ("Bế Văn Núi", "Quán phở Cầu Gỗ", "2021-01-23T18:00"),
        ("Lò Thị Suối", "Siêu thị Hoa Ban", "2021-01-24T09:00"),
    }
    assert not result.questions


def test_who_denies_a_visit_of_which_hours_are_told_is_asked_about(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "SĐT", "Địa điểm", "Ngày đến", "Giờ đến", "Giờ về", "Ghi chú"],
        ["Bế Văn Núi", "1980", "0912000601", "Chợ Hoa Ban", "23/1/2021", "8h", "9h", "hôm đó tôi không ra chợ"],
        ["Lò Thị Suối", "1992", "0912000602", "Chợ Hoa Ban", "23/1/2021", "8h", "9h", "đi xe máy, không đi taxi"],
    ]
    result = load_lists(tmp_path, {"khai bao.csv": rows})
    names = names_of(result)
    assert {names[person] for person in result.records.visits["person"]} == {"Lò Thị Suối"}
    assert [(one.column, one.rows) for one in result.questions] == [("Giờ đến", 1)]


def test_words_with_hours_of_their_own_are_no_name_of_a_place(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "SĐT", "Lịch trình di chuyển", "Ngày đến", "Giờ đến"],
        ["Bế Văn Núi", "1980", "0912000601", "8h ngày 23/1/2021 ăn phở tại quán Cầu Gỗ", "23/1/2021", "8h"],
    ]
    result = load_lists(tmp_path, {"khai bao.csv": rows})
    assert set(result.records.visits["place"]) == {"quán Cầu Gỗ"}
