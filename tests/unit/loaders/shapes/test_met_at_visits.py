"""Registers of a clinic or an office, whose remarks tell who sat beside a case meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of

from loaders import LoadResult
from tracing.times import format_iso

CASES = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"], ["BN61344", "Quách Thị Mừng", "1969", "23/07/2021"]]
ZONE = "Asia/Ho_Chi_Minh"


def load(tmp_path: Path, *remarks: str) -> LoadResult:
    rows = [
        ["NHA KHOA TÂM AN, THÁNG 7/2021", "", "", "", "", ""],
        ["Ngày", "Giờ vào", "Giờ ra", "Họ tên", "Năm sinh", "Ghi chú"],
        *(["20/7", "8h00", "9h00", f"Ngô Thị {'ABCDEFG'[n]}n", "1970", text] for n, text in enumerate(remarks)),
    ]
    return load_lists(tmp_path, {"ca.csv": CASES, "so.xlsx": rows}, merged=["A1:F1"])


def contacts(result: LoadResult) -> list[tuple[str, str, str]]:
    names, found = names_of(result), []
    for row in result.records.contacts.itertuples():
        (other,) = {str(row.person_a), str(row.person_b)} - {"BN61344"}
        span = (format_iso(int(row.start), int(row.start_to), ZONE), format_iso(int(row.end), int(row.end_to), ZONE))
        found.append((names[other].split()[-1], *(text[5:16] for text in span)))
    return sorted(found)


@pytest.mark.parametrize(
    ("remark", "start", "end"),
    [
        ("ngồi chờ cạnh F0 BN61344 từ 8h10 đến 8h30", "07-20T08:10", "07-20T08:30"),
        ("ngoi gan BN61344 tu 8h10 den 8h30", "07-20T08:10", "07-20T08:30"),
        ("nói chuyện với ca bệnh BN 61344 (8h10-8h30)", "07-20T08:10", "07-20T08:30"),
        ("Đứng cạnh BN61344", "07-20", "07-20"),
    ],
)
def test_who_sat_beside_a_case_met_it_on_the_day_of_the_visit(
    tmp_path: Path, remark: str, start: str, end: str
) -> None:
    result = load(tmp_path, remark, "tái khám")
    assert contacts(result) == [("An", start, end)]
    assert len(result.records.visits) == 2 and len(result.records.persons) == 3
    assert not result.questions


@pytest.mark.parametrize(
    "remark", ["không ngồi gần BN61344", "ngồi gần BN61344, về rồi quay lại ngày 22/7", "vào sau khi gặp BN61344"]
)
def test_a_remark_that_says_more_or_denies_it_is_no_contact(tmp_path: Path, remark: str) -> None:
    result = load(tmp_path, remark, "tái khám")
    assert not len(result.records.contacts) and len(result.records.visits) == 2


BUS = [
    ["HTX VẬN TẢI AN PHÚ"],
    ["Danh sách công nhân đi xe tuyến 3 (BKS 34B-019.87) tháng 7/2021"],
    ["STT", "Họ và tên", "Năm sinh", "Điện thoại", "20/7", "21/7", "22/7", "Ghi chú"],
    ["1", "Ngô Văn Tịnh", "1970", "0912000401", "x", "", "x", "22/7 ngồi ghế phụ cạnh lái xe Mừng (BN61344)"],
    ["2", "Ngô Thị Lài", "1971", "0912000402", "x", "x", "", "sáng 21/7 ngồi cạnh chị Mừng BN61344"],
    ["3", "Ngô Thị Sim", "1973", "0912000403", "x", "x", "", "hình như có hôm ngồi cạnh BN61344, không rõ hôm nào"],
    ["4", "Ngô Thị Bông", "1974", "0912000404", "x", "", "", "xe máy hỏng nên đi nhờ 1 hôm"],
]


def test_remarks_of_a_list_with_days_tell_whom_somebody_sat_beside(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.csv": CASES, "xe.csv": BUS})
    assert contacts(result) == [("Lài", "07-21", "07-21"), ("Tịnh", "07-22", "07-22")]
    assert len(result.records.visits) == 7 and len(result.records.persons) == 5
    assert 6 in {question.row for question in result.questions}, "who is not sure is asked about"


ROOMS = [
    ["Nhà trọ bà Sáu (lập 28/7/2021)"],
    ["Phòng", "Họ tên", "Sinh năm", "SĐT", "Ghi chú"],
    ["101", "Quách Thị Mừng", "1969", "0912000400", "BN61344"],
    ["101", "Ngô Thị Lài", "1971", "0912000402", "ngủ cùng phòng Mừng đêm 25/7"],
    ["102", "Ngô Văn Tịnh", "1970", "0912000401", "tối 20/7 sang P101 chơi với Mừng"],
    ["102", "Ngô Thị Sim", "1973", "0912000403", "vợ Tịnh"],
    ["103", "Ngô Văn Đo", "1980", "0912000405", "trả phòng 19/7 về quê"],
    ["", "", "", "", ""],
    ["Người ngoài đến chơi"],
    ["Ngày", "Tên", "Vào phòng", "Giờ", "Ghi chú"],
    ["24/7/2021", "Hồ Văn Rạng", "101", "19h - 21h", "chơi với Mừng"],
    ["25/7/2021", "Hồ Thị Na", "102", "20h", "đưa đồ rồi về, không gặp ai"],
]


def test_rooms_and_their_visitors_who_met_a_case_that_the_list_calls_by_a_short_name(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.csv": CASES, "tro.xlsx": ROOMS})
    assert contacts(result) == [
        ("Lài", "07-25", "07-25"),
        ("Rạng", "07-24", "07-24"),
        ("Tịnh", "07-20", "07-20"),
    ]


def test_a_day_of_something_else_in_a_remark_is_no_day_of_a_contact(tmp_path: Path) -> None:
    rows = [*BUS[:4], ["2", "Ngô Thị Lài", "1971", "0912000402", "x", "x", "", "ngồi cạnh BN61344, cách ly từ 23/7"]]
    assert ("Lài", "07-23", "07-23") not in contacts(load_lists(tmp_path, {"ca.csv": CASES, "xe.csv": rows}))
