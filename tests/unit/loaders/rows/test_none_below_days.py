"""Cells below a day of contact that say that there was none; houses of flats whose people scan at the door."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of, visits_of

CASES = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"], ["BN61344", "Quách Thị Mừng", "1986", "23/07/2021"]]


@pytest.mark.parametrize(
    ("heading", "none"),
    [
        ("TX lần cuối với cô Mừng (F0)", "không"),
        ("Ngày tiếp xúc cuối", "Không TX"),
        ("Ngay tiep xuc", "khong co"),
        ("Last contact", "no"),
    ],
)
def test_who_did_not_meet_the_case_on_any_day_is_no_contact(tmp_path: Path, heading: str, none: str) -> None:
    rows = [
        ["DANH SÁCH LỚP ÔN HÈ, GV: cô Quách Thị Mừng (F0 - BN61344)", "", ""],
        ["Họ tên", "Năm sinh", heading, "Tiếp xúc với ca"],
        ["Ngô Văn Tịnh", "2009", "21/7/2021", "BN61344"],
        ["Ngô Thị Lài", "2009", "22/7/2021", "BN61344"],
        ["Ngô Thị Sim", "2009", none, "BN61344"],
        ["Ngô Thị Mận", "2009", "", "BN61344"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "lop.xlsx": rows}, merged=["A1:C1"])
    names = names_of(result)
    contacts = result.records.contacts
    met = {names[str(ident)].split()[-1] for ident in {*contacts["person_a"], *contacts["person_b"]}}
    assert met == {"Tịnh", "Lài", "Mận", "Mừng"}


@pytest.mark.parametrize(
    "title",
    [
        "BQL CHUNG CƯ AN PHÚ - NHẬT KÝ QUÉT QR SẢNH THANG MÁY",
        "Ban quan ly chung cu An Phu, so khach ra vao",
        "Sổ khách ra vào khu đô thị Vạn Xuân",
        "SỔ BẢO VỆ CAO ỐC HẢI ÂU",
    ],
)
def test_who_enters_a_house_of_flats_was_there(tmp_path: Path, title: str) -> None:
    rows = [
        [title, "", "", ""],
        ["Họ tên", "SĐT", "Căn hộ / đơn vị", "Thời gian vào", "Thời gian ra"],
        ["Ngô Văn Tịnh", "0912345001", "P1204", "22/7/2021 18:52", ""],
        ["Ngô Thị Lài", "0912345002", "Shipper Nhanh", "23/7/2021 10:15", "23/7/2021 10:31"],
    ]
    result = load_lists(tmp_path, {"qr.xlsx": rows}, merged=["A1:D1"])
    assert len(visits_of(result)) == 2
    assert not result.questions
