"""Messages of a chat, each about somebody who met a case, in free words."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import isolations_of, names_of, pairs_of, results_of
from two_cases import DIEM, LOC, load_text, met_of

from loaders.shapes.told_of_one import told_of_one

CHAT = """[20:41, 29/7/2021] Trạm Sao: Anh Lữ Văn Vinh sn 1980 đt 0989140637 tối 23/7 ăn lẩu ngồi bàn sát \
anh Lộc BN501. Cho cl tại nhà từ hôm nay 29/7 rồi ạ
[20:44, 29/7/2021] TTYT: ok em
[20:52, 29/7/2021] Trạm Phả: Tạ Văn Hùng 1976 0913058246 F1 BN501 ở quán lẩu
[21:03, 29/7/2021] Trạm Phả: đính chính: gọi ông Hùng rồi, không đến quán, nhầm số. bỏ ra giúp em
[18:30, 30/7/2021] Trạm Sao: Chủ quán là chị Vương Thị Thắm 1988, 0966305172, tx BN501 hôm 23/7, chiều nay \
đã đưa đi Licogi
[19:15, 30/7/2021] Trạm Sao: Bà Đoàn Thị Nhàn 1969 bán thuốc cho BN502 sáng 27/7, sđt 0375904182
[19:40, 30/7/2021] Trạm Sao: e nhầm, bà Nhàn ko phải sáng 27, xem lại camera là 16h20 ngày 26/7
[20:05, 31/7/2021] Trạm Sao: F1 của BN502: chồng Trần Văn Hiên 1991 (0936551805) và con Trần Bảo An 2017, \
tx cuối 30/7. Tối 31/7 đã đưa 2 bố con đi Licogi
[20:09, 31/7/2021] TTYT: Thêm Ngô Thị Dung 1995 ĐD khoa Nội, trực cùng BN502 đêm 29/7
[21:30, 31/7/2021] TTYT: KQ mẫu lấy hôm nay 31/7: anh Hiên âm tính, bé An âm tính, Dung chưa có KQ
"""


def test_each_message_tells_of_its_own_people_and_later_ones_put_them_right(tmp_path: Path) -> None:
    result = load_text(tmp_path, "zalo.txt", CHAT)
    assert met_of(result) == {
        ("Lữ Văn Vinh", LOC, "2021-07-23"),
        ("Vương Thị Thắm", LOC, "2021-07-23"),
        ("Đoàn Thị Nhàn", DIEM, ""),
        ("Trần Văn Hiên", DIEM, "2021-07-30"),
        ("Trần Bảo An", DIEM, "2021-07-30"),
        ("Ngô Thị Dung", DIEM, "2021-07-29"),
    }
    assert ("Quách Thị Diễm", "Đoàn Thị Nhàn", "2021-07-26T16:20", "") in pairs_of(result)
    assert {(one[0], one[1], one[2], one[3]) for one in isolations_of(result)} == {
        ("Lữ Văn Vinh", "home", "", "2021-07-29"),
        ("Vương Thị Thắm", "centre", "Licogi", "2021-07-30"),
        ("Trần Văn Hiên", "centre", "Licogi", "2021-07-31"),
        ("Trần Bảo An", "centre", "Licogi", "2021-07-31"),
    }
    assert {one for one in results_of(result) if one[2]} == {
        ("Trần Văn Hiên", "2021-07-31", "negative"),
        ("Trần Bảo An", "2021-07-31", "negative"),
    }
    assert "Thêm Ngô Thị Dung" not in names_of(result).values()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Chi Le Thi Na sinh 1990 0912000401 ngoi canh BN34 hom 5/8",
            {"Họ và tên": "Le Thi Na", "Ngày tiếp xúc": "5/8", "SĐT": "0912000401"},
        ),
        ("0912000401 là của bác Lê Văn Ba 1950, khám cho BN34 lúc 8h30 ngày 5/8", {"Giờ": "08:30"}),
        ("Ms Lê Na (1990) had dinner with BN34 on 5/8", {"Họ và tên": "Lê Na", "Ngày tiếp xúc": "5/8"}),
        ("Lê Thị Na 1990 tx cuối BN34 5/8, chuyển đi khu cách ly Đại học 6/8", {"Ngày vào cách ly": "6/8"}),
    ],
)
def test_other_words_and_orders(text: str, told: dict[str, str]) -> None:
    (cells,) = told_of_one(text, "9/8/2021", {}) or [{}]
    assert told.items() <= cells.items() and "BN34" in cells.values()


@pytest.mark.parametrize(
    "text",
    [
        "Lê Thị Na 1990 không tx BN34",
        "Lê Thị Na 1990 hình như ngồi cạnh BN34 hôm 5/8",
        "Lê Thị Na 1990 khai sáng 5/8 có giao hàng cho BN34",
        "Lê Thị Na 1990 gặp vợ BN34 hôm 5/8",
        "Lê Thị Na 1990 ngồi cạnh BN34, BN35 hôm 5/8",
        "Lê Thị Na 1990, Lê Văn Ba 1991 gặp BN34 5/8",
        "Lê Thị Na 1990 gặp BN34, lấy mẫu 5/8",
    ],
)
def test_what_is_not_certain_is_not_read_so(text: str) -> None:
    assert told_of_one(text, "9/8/2021", {}) is None


def test_a_line_that_names_the_case_with_its_year_is_the_head_of_a_list(tmp_path: Path) -> None:
    chat = (
        CHAT
        + """[21:00, 31/7/2021] Trạm Lê: F1 của BN Trịnh Văn Lộc 1979 BN501:
1. Cao Văn Bình, nam 1987, 0905000275, nhậu chung tối 24/7
2. Trần Văn Phước, nam 1962, 0905000269, hớt tóc cho BN chiều 25/7
"""
    )
    (tmp_path / "zalo.txt").write_text(chat, encoding="utf-8")
    result = load_text(tmp_path, "zalo.txt", chat)
    met = {(who, on[:10]) for who, case, on in met_of(result) if case == LOC}
    assert {("Cao Văn Bình", "2021-07-24"), ("Trần Văn Phước", "2021-07-25")} <= met
    assert not [name for name in names_of(result).values() if name.startswith("BN")]
