"""A bare "Mã" beside the results of samples is that of the sample; of people it is their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists

from loaders.columns.result_cells import result_word

PEOPLE = [("Mạc Văn Lúa", "1976"), ("Mạc Thị Mè", "2008")]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("TÁCH MẪU ĐƠN ỐNG G02 - lấy mẫu lại ngày 07/8/2021", "Mã"),
        ("KET QUA MAU GOP, lay mau ngay 7/8/2021", "Ma so"),
        ("Single samples of 7/8/2021", "Code"),
    ],
)
def test_a_code_behind_the_names_of_a_list_of_samples_is_nobodys_id(tmp_path: Path, title: str, code: str) -> None:
    rows: Rows = [
        [title, "", "", "", ""],
        ["TT", "Họ tên", "Năm sinh", code, "Kết quả"],
        *([str(n), *who, f"Đ1{n}", "Âm tính"] for n, who in enumerate(PEOPLE, 1)),
    ]
    result = load_lists(tmp_path, {"kq.xlsx": rows}, merged=["A1:E1"])
    assert len(result.records.tests) == 2
    assert not {"Đ11", "Đ12"} & set(result.records.persons["person"])


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("XÉT NGHIỆM CÔNG NHÂN ngày 07/8/2021", ["TT", "Họ tên", "Năm sinh", "Mã", "Kết quả"]),
        ("LẤY MẪU CÔNG NHÂN ngày 07/8/2021", ["TT", "Mã", "Họ tên", "Năm sinh", "Kết quả"]),
    ],
)
def test_a_code_of_people_stays_their_id(tmp_path: Path, title: str, head: list[str]) -> None:
    told = ({"TT": str(n), "Họ tên": name, "Năm sinh": year} for n, (name, year) in enumerate(PEOPLE, 1))
    rows: Rows = [
        [title, "", "", "", ""],
        head,
        *([{**one, "Mã": f"CN01{one['TT']}", "Kết quả": "Âm tính"}[name] for name in head] for one in told),
    ]
    result = load_lists(tmp_path, {"kq.xlsx": rows}, merged=["A1:E1"])
    assert {"CN011", "CN012"} <= set(result.records.persons["person"])


@pytest.mark.parametrize(
    "text", ["NGHI NGỜ, tách mẫu đơn chạy lại", "Nghi ngờ - tách mẫu", "nghi ngo; tach don lay mau lai"]
)
def test_a_result_that_is_to_be_repeated_sample_by_sample_is_open(text: str) -> None:
    assert result_word(text).lower().startswith("nghi ng")
    assert "," not in result_word(text) and ";" not in result_word(text) and " - " not in result_word(text)
