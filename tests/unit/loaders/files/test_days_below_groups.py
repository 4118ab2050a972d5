"""A bare "ngày" in the second row of a head is the day of what stands above it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists

from loaders.files.headings import PEOPLE, name_of_field
from tracing.times import format_iso

ZONE = "Asia/Ho_Chi_Minh"
CASES = [["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN80771", "Lâm Thị Kiều Mi", "18/07/2021"]]
TITLE = ["SỔ THEO DÕI CÁCH LY, LẬP NGÀY 25/7/2021"]
HEAD = ["Họ và tên", "Năm sinh", "F1 của", "TX cuối"]


@pytest.mark.parametrize(
    ("groups", "parts"),
    [
        (["test nhanh", ""], ["ngày", "kq"]),
        (["XN lần 1", ""], ["ngày", "KQ"]),
        (["Lấy mẫu", ""], ["Ngày", "Kết quả"]),
    ],
)
def test_the_day_below_a_test_is_that_of_its_sample(tmp_path: Path, groups: list[str], parts: list[str]) -> None:
    rows = [
        [*TITLE, "", "", "", "", ""],
        [*HEAD, *groups],
        ["", "", "", "", *parts],
        ["Đoàn Ngọc Ẩn", "1981", "BN80771", "20/7", "22/7", "âm"],
        ["Đoàn Thị Sen", "1985", "BN80771", "19/7", "23/7", "âm"],
    ]
    merged = ["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2"]
    result = load_lists(tmp_path, {"ca.csv": CASES, "cl.xlsx": rows}, merged=merged)
    tests, contacts = result.records.tests, result.records.contacts
    days = {format_iso(int(row.sample), int(row.sample_to), ZONE) for row in tests.itertuples()}
    assert days == {"2021-07-22", "2021-07-23"}
    last = {format_iso(int(row.end), int(row.end_to), ZONE) for row in contacts.itertuples()}
    assert last == {"2021-07-20", "2021-07-19"}


def test_a_day_below_a_test_without_result_is_asked_for_and_no_day_of_contact(tmp_path: Path) -> None:
    rows = [
        [*TITLE, "", "", "", ""],
        [*HEAD, "xét nghiệm"],
        ["", "", "", "", "ngày"],
        ["Đoàn Ngọc Ẩn", "1981", "BN80771", "20/7", "22/7"],
        ["Đoàn Thị Sen", "1985", "BN80771", "19/7", "23/7"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "cl.xlsx": rows}, merged=["A2:A3", "B2:B3", "C2:C3", "D2:D3"])
    contacts = result.records.contacts
    assert {format_iso(int(row.end), int(row.end_to), ZONE) for row in contacts.itertuples()} == {
        "2021-07-20",
        "2021-07-19",
    }
    assert [one.column for one in result.questions] == ["xét nghiệm › ngày"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Khởi phát › ngày", "onset"),
        ("Nhập viện › Ngày", "isolation_start"),
        ("Tiếp xúc › ngày", "contact_date"),
        ("Tiêm mũi 2 › ngày", "(kept)"),
        ("Vào › Ngày", "from_day"),
        ("Chuyến bay › ngày", "day"),
        ("Test nhanh lần 3 › giờ", "sample_hour"),
    ],
)
def test_a_day_below_a_heading_is_the_day_of_that(heading: str, field: str) -> None:
    assert name_of_field(heading, PEOPLE) == field


PARTED = [
    (["Thời gian TX", "", "XN 22/7", "Cách ly", ""], ["Từ", "Đến", "", "Nơi", "Từ ngày"], True),
    (["Tiếp xúc", "", "Test lần 1 (22/7)", "Cách ly", ""], ["Từ", "Đến", "", "Tại", "Từ"], False),
    (
        ["Thoi gian tiep xuc", "", "KQ 22/7", "Cach ly", ""],
        ["Bat dau", "Ket thuc", "", "Dia diem", "Ngay bat dau"],
        None,
    ),
    (["Contact", "", "PCR 22/7", "Isolation", ""], ["From", "To", "", "Place", "From"], True),
]


@pytest.mark.parametrize(("groups", "parts", "tall"), PARTED)
def test_general_words_below_a_group_are_parts_of_it_also_beside_a_result_with_its_day(
    tmp_path: Path, groups: list[str], parts: list[str], tall: bool | None
) -> None:
    """``tall``: whether headings go on over both rows, merged; None: where no cell is merged at all."""
    rows = [
        ["DANH SÁCH TIẾP XÚC VỚI CA BỆNH, năm 2021", *[""] * 7],
        ["Họ và tên", "Năm sinh", "F1 của", *groups],
        ["", "", "", *parts],
        ["Đoàn Ngọc Ẩn", "1981", "BN80771", "19/7", "20/7", "âm tính", "trường Lê Lợi", "21/7"],
        ["Đoàn Thị Sen", "1985", "BN80771", "19/7", "20/7", "âm tính", "trường Lê Lợi", "21/7"],
    ]
    merged = [] if tall is None else ["D2:E2", "G2:H2", *(["A2:A3", "B2:B3", "C2:C3", "F2:F3"] if tall else [])]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": rows}, merged=merged)
    told = result.records
    days = {
        (format_iso(int(row.start), int(row.start_to), ZONE), format_iso(int(row.end), int(row.end_to), ZONE))
        for row in told.contacts.itertuples()
    }
    assert days == {("2021-07-19", "2021-07-20")}
    assert set(told.isolations["place"]) == {"trường Lê Lợi"}
    assert {format_iso(int(row.start), int(row.start_to), ZONE) for row in told.isolations.itertuples()} == {
        "2021-07-21"
    }
    assert len(told.tests) == 2
