"""The teacher whom the title of a class names: year of birth and telephone are told behind the name."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists

ROWS = [
    ["TRƯỜNG THCS TÂN LỘC - LỚP 7B"],
    ["Họ và tên", "Năm sinh", "SĐT phụ huynh", "9/8/2021", "10/8/2021"],
    ["Ngũ Thị Bưởi", "2009", "0918110021", "x", "x"],
    ["Phó Văn Quýt", "2009", "0918110022", "x", ""],
]


@pytest.mark.parametrize(
    "line",
    [
        "GVCN: thầy Thân Văn Chanh (1979), ĐT 0918110033",
        "Giáo viên chủ nhiệm: thầy Thân Văn Chanh (1979), SĐT: 0918110033",
        "GVCN: Thân Văn Chanh (1979) - Điện thoại 0918110033",
    ],
)
@pytest.mark.parametrize("born", ["Năm sinh", "Ngày sinh"])
def test_year_and_telephone_of_a_teacher_are_no_other_person(tmp_path: Path, line: str, born: str) -> None:
    rows = [[born if cell == "Năm sinh" else cell for cell in row] for row in [ROWS[0], [line], *ROWS[1:]]]
    people = load_lists(tmp_path, {"lop.xlsx": rows}).records.persons.set_index("name")
    assert set(people.index) == {"Ngũ Thị Bưởi", "Phó Văn Quýt", "Thân Văn Chanh"}
    assert people.loc["Thân Văn Chanh", "birth_year"] == 1979


def test_two_teachers_of_a_line_are_two(tmp_path: Path) -> None:
    rows = [ROWS[0], ["GVCN: thầy Thân Văn Chanh (1979); cô Đoàn Thị Tắc (1985)"], *ROWS[1:]]
    people = load_lists(tmp_path, {"lop.xlsx": rows}).records.persons.set_index("name")
    assert people.loc[["Thân Văn Chanh", "Đoàn Thị Tắc"], "birth_year"].tolist() == [1979, 1985]
