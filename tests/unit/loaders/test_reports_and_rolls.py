"""Messages of communes: rolls of guests and people present, short reports of cases, reports of F1 and F2, forms."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from lists import pairs_of, visits_of, write_list

from loaders import LoadResult, view_sheets


def _pairs(result: LoadResult) -> set[tuple[str, str]]:
    return {(one, other) for one, other, _start, _end in pairs_of(result)}


def test_a_message_that_lists_guests_by_table_is_who_sat_where(tmp_path: Path) -> None:
    path = tmp_path / "dam cuoi.txt"
    path.write_text(
        "Danh sách khách dự đám cưới nhà ông Sáu Đực, ấp Kinh Mới, xã Khánh Hội, ngày 25/7/2021 từ 10h đến 14h\n"
        "Bàn 1: Nguyễn Văn Tèo (1980), Trần Thị Mận (1982)\n"
        "Bàn 2: Phạm Văn Bé - 0912000111, Ngô Văn Tài (BN1501)\n",
        encoding="utf-8",
    )
    result, _views = view_sheets([path])
    tables = {one: place.rsplit(", ", 1)[1] for one, place, _start, _end in visits_of(result)}
    assert tables == {
        "Nguyễn Văn Tèo": "bàn 1",
        "Trần Thị Mận": "bàn 1",
        "Phạm Văn Bé": "bàn 2",
        "Ngô Văn Tài": "bàn 2",
    }
    assert result.records.persons.set_index("name").loc["Phạm Văn Bé", "phone"] == "0912000111"
    assert "BN1501" in set(result.records.persons["person"])


def test_a_message_that_lists_who_was_at_a_place_loses_nobody(tmp_path: Path) -> None:
    path = tmp_path / "quan.txt"
    path.write_text(
        "DS người có mặt tại quán cà phê Gió Biển (Sông Đốc) tối 27/7/2021, 19h-21h30:\n"
        "- Nguyễn Văn Tèo sn 1980, sđt 0912000111\n- Trần Thị Mận sn 1982\n- BN1501\n",
        encoding="utf-8",
    )
    result, _views = view_sheets([path])
    assert {(one, start) for one, _place, start, _end in visits_of(result)} == {
        ("Nguyễn Văn Tèo", "2021-07-27T19:00"),
        ("Trần Thị Mận", "2021-07-27T19:00"),
        ("BN1501", "2021-07-27T19:00"),
    }


def test_a_short_report_lists_cases_with_their_days(tmp_path: Path) -> None:
    path = tmp_path / "nhanh.txt"
    path.write_text(
        "BÁO CÁO NHANH 20h ngày 28/7/2021\nXã Khánh Hội ghi nhận 02 ca dương tính:\n"
        "1. BN1501 Ngô Văn Tài, nam, 1978, ấp 3; khởi phát 26/7, lấy mẫu 28/7\n"
        "2. BN1502 Lý Thị Sương, nữ, 1988, ấp 5; không triệu chứng; lấy mẫu 28/7\n",
        encoding="utf-8",
    )
    result, _views = view_sheets([path])
    assert result.complete
    cases = result.records.cases.set_index("person")
    assert set(cases.index) == {"BN1501", "BN1502"}
    assert cases["sample"].notna().all()
    assert pd.notna(cases.loc["BN1501", "onset"])
    assert bool(cases.loc["BN1502", "asymptomatic"])
    assert result.records.contacts.empty


def test_contacts_below_the_form_of_a_case_are_its_contacts(tmp_path: Path) -> None:
    path = tmp_path / "phieu.txt"
    path.write_text(
        "PHIẾU ĐIỀU TRA BN1501\nHọ tên: Ngô Văn Tài. Năm sinh: 1978\nLịch trình:\n"
        "- 24/7/2021: 7h-8h uống cà phê quán Gió Biển\n- 25/7/2021: 9h đi chợ Khánh Hội\n"
        "Người tiếp xúc gần:\n1/ Lý Thị Sương (vợ), 1988, ở cùng nhà\n2/ Lê Văn Lành, sđt 0912999888\n",
        encoding="utf-8",
    )
    result, _views = view_sheets([path])
    assert result.complete
    contacts = result.records.contacts
    assert [("BN1501" in {a, b}) for a, b in zip(contacts["person_a"], contacts["person_b"], strict=True)] == [True] * 2
    assert len(result.records.visits) == 2


def test_a_report_that_lists_f1_and_f2_is_no_itinerary(tmp_path: Path) -> None:
    path = tmp_path / "bao cao.txt"
    path.write_text(
        "Kính gửi: BCĐ huyện U Minh\n"
        "Trạm y tế xã Khánh Hội báo cáo kết quả truy vết ca BN1501 (Ngô Văn Tài) tính đến 17h ngày 28/7/2021:\n"
        "- F1: 03 người\n + Lý Thị Sương, sinh 1988, vợ, cùng nhà\n"
        " + Lê Văn Lành, 1960, ấp 5, đám giỗ ngày 25/7, sđt 0912999888\n"
        " + Hồ Thị Lúa, 70 tuổi, ấp 3, hàng xóm, gặp chiều 26/7\n"
        "- F2: 01 người\n + Lê Thị Út, 1990, con ông Lành\n",
        encoding="utf-8",
    )
    cases = write_list(
        tmp_path / "ca.csv", [["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN1501", "Ngô Văn Tài", "26/07/2021"]]
    )
    result, _views = view_sheets([path, cases])
    assert _pairs(result) == {
        ("Lý Thị Sương", "Ngô Văn Tài"),
        ("Lê Văn Lành", "Ngô Văn Tài"),
        ("Hồ Thị Lúa", "Ngô Văn Tài"),
        ("Lê Thị Út", "Lê Văn Lành"),
    }
    assert result.records.visits.empty
