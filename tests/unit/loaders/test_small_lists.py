"""Small lists of every kind, each headed as somebody else would: what becomes of their rows, beside cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from lists import load_lists

Rows = list[list[str]]
PEOPLE = (
    ("Phan Văn An", "1960", "0977000001"),
    ("Vũ Thị Bình", "1971", "0977000002"),
    ("Hồ Minh Chí", "1982", "0977000003"),
    ("Ngô Thị Dung", "1993", "0977000004"),
)
CASES: Rows = [
    [
        "STT",
        "Mã BN",
        "Họ và tên",
        "Năm sinh",
        "Giới",
        "SĐT",
        "Địa chỉ",
        "Ngày khởi phát",
        "Ngày lấy mẫu",
        "Ngày có KQ (+)",
    ],
    [
        "1",
        "BN12034",
        "Nguyễn Văn Hòa",
        "1975",
        "Nam",
        "0912000001",
        "Ấp 1, xã Khánh An, U Minh",
        "10/8/2021",
        "11/8/2021",
        "12/8/2021",
    ],
    [
        "2",
        "BN12035",
        "Trần Thị Bé Sáu",
        "1980",
        "Nữ",
        "0912000002",
        "Ấp 2, xã Khánh An, U Minh",
        "11/8/2021",
        "12/8/2021",
        "13/8/2021",
    ],
]


def _each(title: str, head: str, *cells: str | Sequence[str]) -> Rows:
    """Return a title, a head and a row for each of four people; ``{i}``, ``{n}``, ``{y}``, ``{p}`` are theirs."""
    rows = [[title]] if title else []
    rows.append(head.split(" | "))
    for at, (name, year, phone) in enumerate(PEOPLE):
        own = [cell if isinstance(cell, str) else cell[at] for cell in cells]
        rows.append([cell.format(i=at + 1, n=name, y=year, p=phone) for cell in own])
    return rows


def _grouped(head: str, *groups: tuple[str, str]) -> Rows:
    """Return two people below each of two lines that name a case."""
    rows, people = [head.split(" | ")], iter(PEOPLE)
    for line, day in groups:
        rows.append([line])
        rows += [[str(number), *next(people), day] for number in (1, 2)]
    return rows


CONTACTS = {
    "title": _each(
        "DANH SÁCH F1 CỦA BN12034 NGUYỄN VĂN HÒA",
        "TT | Họ tên | NS | SĐT | Ngày TX",
        "{i}",
        "{n}",
        "{y}",
        "{p}",
        "12/8",
    ),
    "cut down": _each(
        "DS F1 liên quan BN12034",
        "TT | Họ tên F1 | N.sinh | Đ.thoại | T/g tiếp xúc | Q.hệ",
        "{i}",
        "{n}",
        "{y}",
        "{p}",
        "12/8",
        "Hàng xóm",
    ),
    "case last": _each(
        "",
        "Họ và tên | Năm sinh | Điện thoại | Hình thức TX | Lần cuối gặp | F0",
        "{n}",
        "{y}",
        "{p}",
        "ăn chung",
        "12/8/2021",
        "BN12034",
    ),
    "English": _each(
        "",
        "Full name | YOB | Phone | Contact of | Last contact date | Type of contact",
        "{n}",
        "{y}",
        "{p}",
        "BN12034",
        "12/08/2021",
        "household",
    ),
    "lines": _grouped(
        "TT | Họ tên | Năm sinh | SĐT | Ngày TX cuối",
        ("F0: Nguyễn Văn Hòa (BN12034)", "11/8"),
        ("F0: Trần Thị Bé Sáu (BN12035)", "13/8"),
    ),
    "once": _each(
        "",
        "STT | F0 | Họ tên F1 | NS | SĐT | Ngày TX cuối",
        "{i}",
        ("BN12034", "", "BN12035", ""),
        "{n}",
        "{y}",
        "{p}",
        "12/8",
    ),
    "two tiers": _each(
        "",
        "STT | Họ tên | NS | SĐT | Diện | Liên quan | Ngày TX",
        "{i}",
        "{n}",
        "{y}",
        "{p}",
        ("F1", "F1", "F2", "F2"),
        ("BN12034", "BN12035", "Phan Văn An", "Vũ Thị Bình"),
        "12/8/2021",
    ),
    "F2": _each(
        "", "Họ tên F2 | Năm sinh | SĐT | Tên F1 | Ngày tiếp xúc F1", "{n}", "{y}", "{p}", "Nguyễn Văn Hòa", "13/8/2021"
    ),
    "in a sentence": _each(
        "", "STT | F1 | F0 | Nội dung tiếp xúc", "{i}", "{n} ({y}), SĐT {p}", "BN12034", "Ăn sáng cùng ngày 12/8"
    ),
    "first and last": _each(
        "",
        "STT | Họ tên | NS | ĐT | TX với | TX lần đầu | TX lần cuối",
        "{i}",
        "{n}",
        "{y}",
        "{p}",
        "BN12034",
        "10/8",
        "12/8",
    ),
}
OTHERS = {
    "isolated contacts": (
        _each(
            "",
            "STT | Họ tên | NS | ĐT | F0 | Ngày TX | Ngày bắt đầu CL | Ngày hết CL | Nơi CL",
            "{i}",
            "{n}",
            "{y}",
            "{p}",
            "BN12034",
            "12/8/2021",
            "13/8/2021",
            "27/8/2021",
            "Trường TH Khánh An",
        ),
        {"contacts": 4, "isolations": 4},
    ),
    "tested contacts": (
        _each(
            "",
            "STT | Họ tên | NS | ĐT | F0 | Ngày TX | Ngày LM lần 1 | KQ lần 1",
            "{i}",
            "{n}",
            "{y}",
            "{p}",
            "BN12034",
            "12/8/2021",
            "13/8/2021",
            "Âm tính",
        ),
        {"contacts": 4, "tests": 4},
    ),
    "cases of contacts": (
        _each(
            "DANH SÁCH CA DƯƠNG TÍNH",
            "TT | Họ tên BN | NS | SĐT | K.phát | Có KQ (+) | Yếu tố dịch tễ",
            "{i}",
            "{n}",
            "{y}",
            "{p}",
            "10/8",
            "14/8",
            "F1 của BN12034",
        ),
        {"cases": 4, "links": 4},
    ),
    "cases with their sources": (
        _each(
            "DANH SÁCH BỆNH NHÂN COVID-19",
            "STT | Họ tên | NS | ĐT | Ngày công bố | Nguồn lây",
            "{i}",
            "{n}",
            "{y}",
            "{p}",
            "15/8/2021",
            ("BN12034", "BN12034", "BN12035", "Chưa rõ"),
        ),
        {"cases": 4, "links": 3},
    ),
    "a head of two rows without merged cells": (
        [
            ["DANH SÁCH CÁC TRƯỜNG HỢP DƯƠNG TÍNH VỚI SARS-CoV-2"],
            ["STT", "Họ tên", "NS/giới", "Địa chỉ", "ĐT", "Diễn biến", "", "", "Giá trị CT"],
            ["", "", "", "", "", "K.phát", "L.mẫu", "Có KQ (+)", ""],
            *(
                [str(at), name, f"{year}/Nam", "Ấp 1, Khánh An", phone, "10/8/2021", "12/8/2021", "13/8/2021", "20"]
                for at, (name, year, phone) in enumerate(PEOPLE, start=1)
            ),
        ],
        {"cases": 4},
    ),
    "pools": (
        _each(
            "",
            "Ống | Họ tên | Năm sinh | SĐT | Ngày lấy | KQ",
            ("G1", "", "G2", ""),
            "{n}",
            "{y}",
            "{p}",
            "13/8/2021",
            ("Âm tính", "", "Dương tính", ""),
        ),
        {"tests": 4},
    ),
    "lines of a rapid test": (
        _each(
            "TEST NHANH NGÀY 13/8/2021 TẠI CHỢ",
            "TT | Họ tên | NS | SĐT | Vạch",
            "{i}",
            "{n}",
            "{y}",
            "{p}",
            ("1 vạch", "2 vạch", "1 vạch", "1 vạch"),
        ),
        {"tests": 4},
    ),
    "an export of a laboratory": (
        _each(
            "",
            "No. | Sample ID | Patient name | YOB | Sex | Phone | Collection date | Result date | PCR result",
            "{i}",
            "CM2108{i}",
            "{n}",
            "{y}",
            "M",
            "{p}",
            "13/08/2021 08:30",
            "14/08/2021",
            "Negative",
        ),
        {"tests": 4},
    ),
    "isolated for days": (
        _each(
            "",
            "STT | Họ tên | NS | SĐT | Ngày bắt đầu cách ly | Thời gian cách ly | Nơi cách ly",
            "{i}",
            "{n}",
            "{y}",
            "{p}",
            "12/8/2021",
            "14 ngày",
            "KCL Quân sự",
        ),
        {"isolations": 4},
    ),
    "check-ins": (
        _each(
            "",
            "Họ tên | SĐT | Check-in | Check-out | Địa điểm",
            "{n}",
            "{p}",
            "12/8/2021 08:0{i}",
            "12/8/2021 09:0{i}",
            "Chợ Khánh An",
        ),
        {"visits": 4},
    ),
    "a market in the title": (
        _each(
            "NGƯỜI ĐẾN CHỢ KHÁNH AN NGÀY 12/8/2021",
            "STT | Họ tên | NS | SĐT | Giờ có mặt",
            "{i}",
            "{n}",
            "{y}",
            "{p}",
            "7h-9h",
        ),
        {"visits": 4},
    ),
    "a coach": (
        _each(
            "XE 69B-012.34 NGÀY 12/8/2021, XUẤT BẾN 20H",
            "STT | Họ tên | SĐT | Ghế | Lên tại | Xuống tại",
            "{i}",
            "{n}",
            "{p}",
            "A{i}",
            "Cà Mau",
            "TP HCM",
        ),
        {"visits": 4},
    ),
    "a shift": (
        _each(
            "CÔNG TY TNHH HẢI LONG - PHÂN CA NGÀY 12/8/2021",
            "STT | Họ tên CN | NS | SĐT | Tổ | Ca",
            "{i}",
            "{n}",
            "{y}",
            "{p}",
            "Tổ 2",
            "Ca 1 (6h-14h)",
        ),
        {"visits": 4},
    ),
    "days of attendance": (
        _each(
            "CÔNG TY HẢI LONG - CHẤM CÔNG THÁNG 8/2021",
            "STT | Họ tên | SĐT | 10 | 11 | 12 | 13",
            "{i}",
            "{n}",
            "{p}",
            "x",
            "x",
            "",
            "x",
        ),
        {"visits": 12},
    ),
    "tables of a wedding": (
        _each(
            "TIỆC CƯỚI TẠI NHÀ HÀNG SÔNG XANH",
            "Khách mời | SĐT | Bàn số | Thời gian đến",
            "{n}",
            "{p}",
            ("1", "1", "2", "2"),
            "12/8/2021 11:00",
        ),
        {"visits": 4},
    ),
    "people who came back": (
        _each(
            "DANH SÁCH NGƯỜI VỀ TỪ VÙNG DỊCH",
            "STT | Họ tên | NS | SĐT | Về từ | Ngày về | Phương tiện",
            "{i}",
            "{n}",
            "{y}",
            "{p}",
            "TP.HCM",
            "12/8/2021",
            "Xe máy",
        ),
        {"arrivals": 4},
    ),
}


def _rows_of_the_list(folder: Path, rows: Rows) -> dict[str, int]:
    records = load_lists(folder, {"ca.csv": CASES, "ds.csv": rows}).records
    told = ("cases", "contacts", "links", "visits", "tests", "isolations", "arrivals")
    counts = {table: int((records[table]["source_file"] == "ds.csv").sum()) for table in told}
    return {table: count for table, count in counts.items() if count}


@pytest.mark.parametrize("rows", CONTACTS.values(), ids=CONTACTS)
def test_every_row_of_a_list_of_contacts_is_one(tmp_path: Path, rows: Rows) -> None:
    assert _rows_of_the_list(tmp_path, rows) == {"contacts": 4}


@pytest.mark.parametrize(("rows", "meant"), OTHERS.values(), ids=OTHERS)
def test_what_the_rows_of_a_small_list_become(tmp_path: Path, rows: Rows, meant: dict[str, int]) -> None:
    assert _rows_of_the_list(tmp_path, rows) == meant
