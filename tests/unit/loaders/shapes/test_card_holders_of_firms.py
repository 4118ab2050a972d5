"""Two lists of a firm with few numbers of its people in common: the numbers say who is who."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from lists import Rows

from loaders import load_files

ROLL: Rows = [
    ["BẢNG CHẤM CÔNG THÁNG 7 NĂM 2021 - CÔNG TY MAY TÂN PHÚC"],
    ["STT", "Mã NV", "Họ và tên", "12/7", "13/7", "14/7"],
    ["1", "20801", "Cầm Văn Hặc", "x", "x", ""],
    ["2", "20802", "Tòng Thị Lún", "x", "", "x"],
    ["3", "20803", "Vì Văn Xôm", "", "x", "x"],
    ["4", "20804", "Lường Thị Piếng", "x", "x", "x"],
    ["5", "20805", "Lò Văn Pản", "x", "x", "x"],
]
STAFF: Rows = [
    ["DANH SÁCH CÔNG NHÂN ĐÃ LẤY MẪU"],
    ["STT", "Mã NV", "Họ và tên", "Năm sinh", "Điện thoại"],
    ["1", "20802", "Tòng Thị Lún", "1993", "0901234567"],
    ["2", "20801", "Cầm Văn Hặc", "1991", "0907654321"],
    ["3", "10977", "Quàng Thị Ón", "1990", "0909999999"],
]


def _told(folder: Path, roll: Rows, staff: Rows) -> dict[str, set[object]]:
    """Return the telephone numbers under which each name is on record, "" for none."""
    book = openpyxl.Workbook()
    for sheet, rows in ((book.worksheets[0], roll), (book.create_sheet("DS"), staff)):
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(folder / "cty.xlsx")
    people = load_files([folder / "cty.xlsx"]).records.persons
    return {name: set(of["phone"].fillna("")) for name, of in people.groupby("name")}


@pytest.mark.parametrize("heading", ["Mã NV", "Mã nhân viên", "Ma NV", "Employee ID"])
def test_numbers_with_the_same_names_are_of_the_same_people(tmp_path: Path, heading: str) -> None:
    roll, staff = ([[heading if cell == "Mã NV" else cell for cell in row] for row in rows] for rows in (ROLL, STAFF))
    told = _told(tmp_path, roll, staff)
    assert told["Cầm Văn Hặc"] == {"0907654321"} and told["Tòng Thị Lún"] == {"0901234567"}
    assert told["Vì Văn Xôm"] == {""} and told["Quàng Thị Ón"] == {"0909999999"}


def test_numbers_with_another_name_tie_nobody(tmp_path: Path) -> None:
    staff = [*STAFF[:3], ["2", "20801", "Hà Thị Mây", "1991", "0907654321"], STAFF[4]]
    told = _told(tmp_path, ROLL, staff)
    assert told["Tòng Thị Lún"] == {"", "0901234567"} and told["Cầm Văn Hặc"] == {""}
