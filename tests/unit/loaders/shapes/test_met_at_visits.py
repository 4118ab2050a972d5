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
