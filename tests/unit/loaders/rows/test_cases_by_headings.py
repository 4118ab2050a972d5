"""A list of which only the heading of its people says that they are cases is one; codes alone are asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import LoadOptions, load_files
from loaders.result import LoadResult

ROWS = {"Họ tên": ["Trần Văn Bảy", "Lê Thị Tám"], "Năm sinh": ["1980", "1981"], "Giới": ["Nam", "Nữ"]}


def loaded(tmp_path: Path, columns: dict[str, list[str]]) -> LoadResult:
    lines = [",".join(columns), *(",".join(row) for row in zip(*columns.values(), strict=True))]
    path = tmp_path / "danh sach.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_files([path], options=LoadOptions())


def questions(result: LoadResult) -> list[str]:
    return [question.text.say("en") for question in result.questions]


@pytest.mark.parametrize("heading", ["Mã ca bệnh", "Mã ca", "Số ca bệnh", "MCB", "Mã ca mắc", "Ca bệnh số"])
def test_ids_of_cases(tmp_path: Path, heading: str) -> None:
    result = loaded(tmp_path, {heading: ["CM123", "CM124"], **ROWS})
    assert len(result.records.cases) == 2
    assert questions(result) == []


@pytest.mark.parametrize("heading", ["Họ tên F0", "Họ và tên ca bệnh", "Tên ca mắc", "Họ tên ca dương tính"])
def test_names_of_cases(tmp_path: Path, heading: str) -> None:
    columns = {"STT": ["1", "2"], heading: ROWS["Họ tên"], "Năm sinh": ROWS["Năm sinh"], "SĐT": ["0912345999"] * 2}
    result = loaded(tmp_path, columns | {"Ngày lấy mẫu": ["27/7/2021", "26/7/2021"]})
    assert len(result.records.cases) == 2
    assert result.records.cases["sample"].notna().all()
    assert questions(result) == []


def test_codes_as_the_ministry_gives_them_are_asked_about_once(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"Mã BN": ["BN9999", "BN9998"], **ROWS, "Ngày lấy mẫu": ["27/7/2021", "26/7/2021"]})
    assert len(result.records.cases) == 0
    (asked,) = questions(result)
    assert "code" in asked and "2 people" in asked


@pytest.mark.parametrize(
    "more",
    [
        {"F0 đã tiếp xúc": ["CM1", "CM1"]},
        {"Kết quả": ["Âm tính", "Âm tính"], "Ngày lấy mẫu": ["27/7/2021"] * 2},
        {"Phòng": ["101", "102"]},
    ],
)
def test_another_column_says_what_the_people_are(tmp_path: Path, more: dict[str, list[str]]) -> None:
    result = loaded(tmp_path, {"Mã BN": ["A9999", "A9998"], **ROWS, **more})
    assert len(result.records.cases) == 0


def test_a_list_of_people_stays_one(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"Mã số": ["A9999", "A9998"], **ROWS})
    assert len(result.records.cases) == 0
    assert questions(result) == []


@pytest.mark.parametrize("heading", ["Mã BN", "BN số", "Số bệnh nhân"])
def test_numbers_of_patients_are_codes_that_others_refer_to(tmp_path: Path, heading: str) -> None:
    cases = tmp_path / "f0.csv"
    cases.write_text(f"{heading},Họ tên,Năm sinh,Ngày công bố\n12345,Trần Văn Bảy,1980,27/7/2021\n", encoding="utf-8")
    contacts = tmp_path / "f1.csv"
    contacts.write_text(
        "Họ tên,Năm sinh,Tiếp xúc với,Ngày tiếp xúc\nĐỗ Văn Tư,1991,BN 12345,26/7/2021\n", encoding="utf-8"
    )
    result = load_files([cases, contacts], options=LoadOptions())
    assert result.records.cases["case_code"].tolist() == ["BN12345"]
    assert len(result.records.contacts) == 1
    assert questions(result) == []


def test_a_telephone_number_is_no_code(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"Mã BN": ["0912345678", "0912345679"], **ROWS, "Ngày công bố": ["27/7/2021"] * 2})
    assert len(result.records.cases) == 2
    assert result.records.cases["case_code"].isna().all()
