"""The hours beside the last day of a contact are those of that day."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, pairs_of

CASES = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"], ["BN61344", "Quách Thị Mừng", "1969", "23/07/2021"]]
CASE = "Quách Thị Mừng"


@pytest.mark.parametrize(
    ("hours", "start", "end"),
    [("18h-20h30", "2021-07-20T18:00", "2021-07-20T20:30"), ("lúc 9h", "", "2021-07-20T09:00"), ("", "", "2021-07-20")],
)
def test_hours_below_the_last_contact_are_read(tmp_path: Path, hours: str, start: str, end: str) -> None:
    rows = [
        ["DANH SÁCH F1 CỦA BN61344 NGÀY 24/7/2021", "", "", ""],
        ["Họ và tên", "Năm sinh", "TX lần cuối", ""],
        ["", "", "Ngày", "Giờ"],
        ["Tô Văn Lịch", "1970", "20/7", hours],
        ["Tô Thị Mão", "1990", "21/7", "7h-8h"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": rows}, merged=["A1:D1", "A2:A3", "B2:B3", "C2:D2"])
    told = {(next(iter({one, other} - {CASE})), first[:16], last[:16]) for one, other, first, last in pairs_of(result)}
    assert told == {("Tô Văn Lịch", start, end), ("Tô Thị Mão", "2021-07-21T07:00", "2021-07-21T08:00")}
    assert not result.questions
