"""Cells of one column that tell where and since when somebody is isolated."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import isolations_of, load_lists

PUPILS = [
    ["TRƯỜNG TIỂU HỌC AN PHÚ"],
    ["DANH SÁCH HỌC SINH LỚP 3B ngày 30/7/2021"],
    ["Họ và tên", "Ngày sinh", "SĐT", "{heading}"],
    ["Ngô Văn Tịnh", "02/11/2012", "0912000401", "{first}"],
    ["Ngô Thị Lài", "23/03/2012", "0912000402", "{second}"],
    ["Ngô Thị Sim", "09/08/2012", "0912000403", ""],
]


@pytest.mark.parametrize(
    ("heading", "first", "second"),
    [
        ("Cách ly", "KCL Licogi 29/7/2021", "tại nhà từ 28/7/2021"),
        ("Tình trạng cách ly", "29/7/2021 KCL Licogi", "28/7/2021: tại nhà"),
        ("CL tại đâu, từ ngày", "KCL Licogi (29/7/2021)", "CL tại nhà từ ngày 28/7/2021"),
        ("cach ly", "KCL Licogi tu 29/7/2021", "tai nha 28/7/2021"),
        ("Isolation", "KCL Licogi since 29/7/2021", "at home from 28/7/2021"),
    ],
)
def test_place_and_day_in_one_cell(tmp_path: Path, heading: str, first: str, second: str) -> None:
    said = {"heading": heading, "first": first, "second": second}
    rows = [[cell.format(**said) for cell in row] for row in PUPILS]
    found = {(one[0], one[1], one[3]) for one in isolations_of(load_lists(tmp_path, {"lop.xlsx": rows}))}
    assert found == {("Ngô Văn Tịnh", "centre", "2021-07-29"), ("Ngô Thị Lài", "home", "2021-07-28")}


def test_who_is_not_or_no_longer_isolated_has_no_first_day(tmp_path: Path) -> None:
    said = {"heading": "Cách ly", "first": "KCL Licogi 29/7/2021", "second": "đã hết cách ly 28/7/2021"}
    rows = [[cell.format(**said) for cell in row] for row in PUPILS]
    rows.append(["Ngô Văn Đo", "09/08/2012", "0912000405", "tại nhà 30/7/2021"])
    result = load_lists(tmp_path, {"lop.xlsx": rows})
    assert ("Ngô Thị Lài", "2021-07-28") not in {(one[0], one[3]) for one in isolations_of(result)}
