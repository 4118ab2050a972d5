"""Lines between the rows that name the room of those below."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lists import load_lists, names_of

from loaders.files.grid import Sheet
from loaders.shapes.section_rooms import with_rooms_entered

HEAD = ["STT", "Họ và tên", "Năm sinh", "Ngày vào", "Ngày ra (dự kiến)"]
PEOPLE = {
    "Quan Văn Đượm": ("3/8/2021", 0),
    "Tiêu Thị Lý": ("3/8/2021", 0),
    "Vòng A Sáng": ("4/8/2021", 1),
    "Hà Thị Nhị": ("5/8/2021", 1),
    "Lương Văn Bá": ("5/8/2021", 2),
}


def _places(folder: Path, lines: list[str]) -> list[str]:
    """Load a camp whose rooms stand in lines; return the place of each of its people."""
    rows: list[list[object]] = [["KHU CÁCH LY TẬP TRUNG KÝ TÚC XÁ CAO ĐẲNG NGHỀ"], ["Danh sách ngày 6/8/2021"], HEAD]
    for at, line in enumerate(lines):
        rows.append([line])
        rows += [[1, name, 1980, day, "20/8/2021"] for name, (day, room) in PEOPLE.items() if room == at]
    result = load_lists(folder, {"khu.xlsx": rows})
    names = names_of(result)
    isolations = result.records.isolations
    place = {names[who]: str(place) for who, place in zip(isolations["person"], isolations["place"], strict=True)}
    return [place[name].rpartition(", ")[2] for name in PEOPLE]


@pytest.mark.parametrize(
    ("lines", "rooms"),
    [
        (["Phòng 201 (2 người)", "Phòng 202 (2 người)", "Phòng 203"], ["Phòng 201", "Phòng 202", "Phòng 203"]),
        (["PHÒNG SỐ 1:", "PHÒNG SỐ 2:", "PHÒNG SỐ 3:"], ["PHÒNG SỐ 1", "PHÒNG SỐ 2", "PHÒNG SỐ 3"]),
        (["1. Phòng A3", "2. Phòng A4", "3. Phòng B1"], ["Phòng A3", "Phòng A4", "Phòng B1"]),
        (["Phong 5", "Phong 6", "Phong 5 (tiep theo)"], ["Phong 5", "Phong 6", "Phong 5"]),
        (["Phòng 5", "Phòng 6", "Phòng 5"], ["Phòng 5", "Phòng 6", "Phòng 5 (2)"]),
    ],
)
def test_a_line_that_names_a_room_is_the_room_of_those_below(
    tmp_path: Path, lines: list[str], rooms: list[str]
) -> None:
    assert _places(tmp_path, lines) == [rooms[at] for at in (0, 0, 1, 1, 2)]


def test_a_department_is_no_room(tmp_path: Path) -> None:
    assert len(set(_places(tmp_path, ["Phòng Kế toán", "Phòng Hành chính", "Phòng Đào tạo"]))) == 1


@pytest.mark.parametrize(
    ("heading", "cells", "room"),
    [
        ("Vào phòng", ("203", "P204"), True),
        ("sang phong", ("203", "204"), True),
        ("Vào phòng", ("9h30 ngày 24/1/2021", "14h 25/1/2021"), False),
    ],
)
def test_a_room_that_somebody_entered_is_told_by_its_number(heading: str, cells: tuple[str, str], room: bool) -> None:
    table = pd.DataFrame({0: pd.array(["Lê Na", "Lê Lan"], dtype="string"), 1: pd.array(cells, dtype="string")})
    sheet = Sheet(
        file="a", sheet=None, headings=("Tên", heading), letters=("A", "B"), cells=table, numbers=np.array([2, 3])
    )
    assert ("Phòng" in with_rooms_entered(sheet).headings) is room
