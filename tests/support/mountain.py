"""The cases of a mountain district, and a load of a list beside theirs."""

from __future__ import annotations

from pathlib import Path

from lists import Rows, load_lists

from loaders import LoadResult

CASES: Rows = [
    ["Mã BN", "Họ tên", "Năm sinh", "Ngày khởi phát"],
    ["BN7701", "Sầm A Pảo", "1988", "10/08/2021"],
    ["BN7702", "Lèng Thị Mò", "1979", "11/08/2021"],
]
PAO, MO = "Sầm A Pảo", "Lèng Thị Mò"


def load(folder: Path, rows: Rows, name: str = "ds.xlsx") -> LoadResult:
    return load_lists(folder, {"ca benh.csv": CASES, name: rows})
