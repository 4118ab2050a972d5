"""Headings that tell shortly since when people are isolated, and how, beside a day of contact."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists

from tracing.times import format_iso

CASES = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"], ["BN61344", "Quách Thị Mừng", "1986", "23/07/2021"]]
ZONE = "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("CL tại nhà từ ngày", "home"),
        ("cl tai nha tu", "home"),
        ("CLTN từ ngày", "home"),
        ("Cách ly tại nhà từ ngày", "home"),
        ("CLTT từ ngày", "centre"),
    ],
)
def test_a_day_of_isolation_is_none_of_contact(tmp_path: Path, heading: str, kind: str) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "Tiếp xúc với ca", "Ngày TX lần cuối", heading],
        ["Ngô Văn Tịnh", "1970", "BN61344", "21/7/2021", "24/7/2021"],
        ["Ngô Thị Lài", "1971", "BN61344", "22/7/2021", "25/7/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": rows})
    ends = {format_iso(int(row.end), int(row.end_to), ZONE) for row in result.records.contacts.itertuples()}
    assert ends == {"2021-07-21", "2021-07-22"}
    isolations = result.records.isolations
    assert {format_iso(int(row.start), int(row.start_to), ZONE) for row in isolations.itertuples()} == {
        "2021-07-24",
        "2021-07-25",
    }
    assert set(isolations["kind"]) == {kind}
