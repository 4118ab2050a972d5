"""Lists that somebody typed without a Vietnamese keyboard say the same as those with all their accents."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, without_accents
from two_cases import LOC, load_with_cases

from loaders import LoadResult
from loaders.files.spelt import Spelt

LISTS: dict[str, Rows] = {
    "gym": [
        ["PHÒNG GYM OLYMPIA P9 - DANH SÁCH HỘI VIÊN CHECK IN NGÀY 13/07/2021", *[""] * 4],
        ["Hội viên", "SĐT", "Giờ vào", "Giờ ra", "HLV"],
        [LOC, "0912000034", "17:05", "18:40", "Lâm Vũ"],
    ],
    "market": [
        ["BQL CHỢ PHƯỜNG 8 - DANH SÁCH TIỂU THƯƠNG 2021", *[""] * 3],
        ["Sạp", "Chủ sạp", "Các ngày có bán trong tháng 7", "Người phụ"],
        ["A1", LOC, "12, 13", "Lý Thị Mận"],
        ["A2", "Cao Thị Lan", "12-15", ""],
    ],
    "watch": [
        ["CHỐT CẦU GÀNH HÀO - CA TRỰC: 18H NGÀY 14/7 ĐẾN 6H NGÀY 15/7/2021", *[""] * 4],
        ["Giờ", "Biển số", "Lái xe", "SĐT", "Người đi cùng"],
        ["18h20", "69A-111.22", LOC, "0912000034", "Trần Thị Nga"],
        ["2h10", "51D-333.44", "Lò Văn Sì", "0977123124", ""],
    ],
    "wedding": [
        ["DANH SÁCH KHÁCH MỜI TIỆC CƯỚI 11H NGÀY 11/7/2021 - NHÀ HÀNG SÔNG TRĂNG", ""],
        ["Bàn 1", "Bàn 2"],
        ["Trần Văn Lượng", "Chú Tư Kiên"],
        ["Nguyễn Hữu Nghĩa 0911222333", "Bác Hai"],
    ],
    "order": [
        ["Họ và tên", "Ngày sinh", "Nơi cư trú", "Thời gian cách ly", "Lý do"],
        ["Dương Văn Kha", "01/01/1989", "ấp Kinh Mới", "14 ngày, từ 15/7/2021 đến hết 28/7/2021", "F1 của BN502"],
    ],
    "contacts": [
        ["Danh sách người tiếp xúc gần với BN502", "", "", ""],
        ["STT", "Họ tên", "Lần tiếp xúc cuối cùng", "Hình thức"],
        ["1", "Dương Văn Kha", "hàng ngày đến 15/7", "Ngủ cùng"],
    ],
    "tickets": [
        ["DANH SÁCH KHÁCH CHUYẾN CÀ MAU - SÀI GÒN 22H00 NGÀY 12/7/2021 - BKS 51B-222.33", "", ""],
        ["Giường", "Họ tên", "SĐT"],
        ["A1", LOC, "0912000034"],
        ["A2", "(trống)", ""],
    ],
    "shifts": [
        ["CTY CP THỦY SẢN MINH PHÚ - LỊCH LÀM VIỆC 2021", *[""] * 4],
        ["Họ tên", "MSNV", "Tổ", "12/7", "13/7"],
        ["Lý Thị Sa", "MP002", "Vệ sinh", "C1", "C2"],
        ["Kim Sơn", "MP003", "Fillet", "C2", "C2"],
        ["Ghi chú: C1: 6h-14h; C2: 14h-22h", *[""] * 4],
    ],
}


def said(result: LoadResult) -> dict[str, object]:
    """Return how many records of each kind a load gave, when visits and contacts were, and how many questions."""
    counts: dict[str, object] = {name: len(table) for name, table in result.records.tables.items() if name != "areas"}
    times = [sorted(result.records.tables[name]["start"].dropna()) for name in ("visits", "contacts")]
    return counts | {"times": times, "questions": len(result.questions)}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_without_accents_says_the_same(tmp_path: Path, name: str) -> None:
    (tmp_path / "spelt").mkdir()
    (tmp_path / "bare").mkdir()
    spelt = said(load_with_cases(tmp_path / "spelt", "ds.xlsx", LISTS[name]))
    assert said(load_with_cases(tmp_path / "bare", "ds.xlsx", without_accents(LISTS[name]))) == spelt
    assert spelt["visits"] or spelt["contacts"], "the list says something"


def test_words_that_only_look_alike_without_accents_are_not_found() -> None:
    market = Spelt(r"chợ (\w+)", bare=r"cho (?=phuong)(\w+)")
    assert market.search("chợ Nhỏ") and market.search("cho phuong 8")
    assert market.search("cho Minh") is None and market.search("danh sách cho phường") is None
