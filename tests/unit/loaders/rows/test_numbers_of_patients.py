"""The number that a hospital gives its patients is no code of a case, however alike they look."""

from __future__ import annotations

from pathlib import Path

from lists import load_lists

CASE = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"], ["BN34", "Lữ Văn Chuối", "1970", "13/08/2021"]]
WARD = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Khoa", "Giường", "Chẩn đoán", "Ngày vào viện"],
    ["BN00034", "Vưu Thị Mận", "1980", "Khoa Nội", "12", "Viêm phổi", "17/8/2021"],
    ["BN00035", "Diệp Văn Hồng", "1985", "Khoa Nội", "13", "Tăng huyết áp", "18/8/2021"],
]


def test_a_padded_number_of_a_ward_is_not_the_case_of_that_number(tmp_path: Path) -> None:
    people = load_lists(tmp_path, {"ca.xlsx": CASE, "noi.xlsx": WARD}).records.persons.set_index("name")["person"]
    assert people.to_dict() == {"Lữ Văn Chuối": "BN34", "Vưu Thị Mận": "BN00034", "Diệp Văn Hồng": "BN00035"}


def test_a_padded_code_of_a_list_of_cases_is_that_case(tmp_path: Path) -> None:
    again = [["Mã BN", "Họ và tên", "Ngày khẳng định"], ["BN0034", "Lữ Văn Chuối", "17/8/2021"]]
    cases = load_lists(tmp_path, {"ca.xlsx": CASE, "cdc.xlsx": again}).records.cases
    assert cases["person"].tolist() == ["BN34"]


def test_the_day_of_a_shift_is_used_and_not_asked_about(tmp_path: Path) -> None:
    rows = [["Mã NV", "Employee ID", "Họ và tên", "Ca", "Ngày"], ["NV1", "1001", "Vưu Thị Mận", "6h-14h", "17/8/2021"]]
    result = load_lists(tmp_path, {"ca.xlsx": rows})
    assert "Ngày" not in {question.column for question in result.questions}
    (kept,) = result.records.persons["attributes"]
    assert "NV1" in kept
    assert "1001" in kept
