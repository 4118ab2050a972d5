"""Orders delivered by a case: whom it met at the door, at which minute, and whom it did not."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, pairs_of

CASES: Rows = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày dương tính"], ["BN45123", "Lâm Văn Ship", "1996", "14/8/2021"]]
TITLES = (
    "LỊCH SỬ GIAO HÀNG - SHIPPER LÂM VĂN SHIP (BN 45123)",
    "Nhật ký đơn hàng của tài xế Lâm Văn Ship (BN45123) - SĐT 0912 000 420",
)


def _orders(title: str) -> Rows:
    return [
        [title],
        ["Mã vận đơn", "Người nhận hàng", "SĐT người nhận", "Địa chỉ", "Giờ lấy", "Giờ giao", "Tình trạng"],
        ["Ngày 12/8/2021"],
        ["VD1", "chị Thơm", "0912000421", "12 Trần Phú", "9h05", "9h30", "Giao tận tay, thu tiền mặt"],
        ["VD2", "Ông Sáu Tàng", "0912000422", "3 Lý Bôn", "10:00", "10:20", "Để trước cửa, không tiếp xúc"],
        ["VD3", "Ngô Thị Thúy", "912000423", "7 Lý Bôn", "10:40", "-", "Khách huỷ đơn"],
        ["Ngày 13/8/2021"],
        ["VD4", "Ngô Thị Thúy", "0912000423", "7 Lý Bôn", "18h10", "18h25", "gặp khách, ký nhận"],
        ["VD5", "Lê Bá Đạt", "0912000424", "9 Lý Bôn", "19h", "19h12", "Gửi lễ tân"],
        ["Tổng: 5 đơn"],
    ]


@pytest.mark.parametrize("title", TITLES)
def test_orders_handed_over_are_contacts_at_their_minute(tmp_path: Path, title: str) -> None:
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "don.xlsx": _orders(title)})
    assert {(one, other, start) for one, other, start, _ in pairs_of(result)} == {
        ("Lâm Văn Ship", "chị Thơm", "2021-08-12T09:30"),
        ("Lâm Văn Ship", "Ngô Thị Thúy", "2021-08-13T18:25"),
    }
    assert set(result.findings.of(code="contact.not_met")["row"]) == {5, 6, 9}
    assert {"Ông Sáu Tàng", "Lê Bá Đạt"} <= set(names_of(result).values()), "who was not met is still on record"


def test_a_state_that_tells_nothing_of_a_meeting_changes_nothing(tmp_path: Path) -> None:
    rows = [[*row[:6], "x"] if len(row) > 6 and str(row[0]).startswith("VD") else row for row in _orders(TITLES[0])]
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "don.xlsx": rows})
    assert len(pairs_of(result)) == 5 and result.findings.of(code="contact.not_met").empty


@pytest.mark.parametrize("title", ["DANH SÁCH KHÁCH HÀNG - QUÁN BỜ KÈ (BN45123)", "KHÁCH CỦA QUÁN BỜ KÈ (BN45123)"])
def test_guests_of_a_place_where_a_case_was_are_none_whom_it_served(tmp_path: Path, title: str) -> None:
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "khach.xlsx": _orders(title)})
    assert not pairs_of(result)
