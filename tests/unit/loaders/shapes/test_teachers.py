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


@pytest.mark.parametrize("line", ["GVCN: Thân Văn Chanh, ĐT 0918110033", "Giáo viên chủ nhiệm: thầy Thân Văn Chanh"])
def test_a_teacher_below_the_class_belongs_to_it(tmp_path: Path, line: str) -> None:
    result = load_lists(tmp_path, {"lop.xlsx": [*ROWS, [""], [line]]})
    assert set(result.records.persons["name"]) == {"Ngũ Thị Bưởi", "Phó Văn Quýt", "Thân Văn Chanh"}
    assert result.records.visits["person"].nunique() == 3


@pytest.mark.parametrize(
    "line",
    [
        "Lớp trưởng: Ngô Thị Ổi; lớp phó: Lữ Văn Me",
        "Cô chủ nhiệm lớp là cô Ngô Thị Ổi sinh năm 1980, số điện thoại 0918110033",
        "Bảo mẫu: Ngô Thị Ổi",
    ],
)
def test_whoever_leads_them_and_is_no_row_is_asked_about(tmp_path: Path, line: str) -> None:
    result = load_lists(tmp_path, {"lop.xlsx": [*ROWS, [""], [line]]})
    assert line in {question.said for question in result.questions}


@pytest.mark.parametrize("line", ["Giáo viên chủ nhiệm", "Tổng cộng: 2 học sinh", "Người lập: Ngô Thị Ổi"])
def test_a_signature_is_not_asked_about(tmp_path: Path, line: str) -> None:
    result = load_lists(tmp_path, {"lop.xlsx": [*ROWS, [""], [line]]})
    assert line not in {question.said for question in result.questions}


def test_who_teaches_the_people_of_a_list_of_contacts_is_asked_about(tmp_path: Path) -> None:
    case = [["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN34", "Lữ Văn Chuối", "05/08/2021"]]
    rows = [["DANH SÁCH F1 CỦA BN34 LỚP 7B TRƯỜNG THCS TÂN LỘC"], ["Họ và tên", "Năm sinh"], ["Ngũ Thị Bưởi", "2009"]]
    rows += [["Phó Văn Quýt", "2009"], [""], ["GVCN: Thân Văn Chanh, ĐT 0918110033"]]
    result = load_lists(tmp_path, {"ca.xlsx": case, "f1.xlsx": rows})
    assert "GVCN: Thân Văn Chanh, ĐT 0918110033" in {question.said for question in result.questions}
    assert len(result.records.contacts) == 2
