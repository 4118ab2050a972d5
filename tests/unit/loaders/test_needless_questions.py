"""Remarks and columns that leave nothing open: nobody is asked about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists
from two_cases import load_with_cases, met_of


@pytest.mark.parametrize("said", ["cách ly cùng mẹ", "theo mẹ", "2 mẹ con ở cùng phòng", "cùng vợ"])
def test_with_whom_of_the_family_somebody_is_isolated_is_not_asked(tmp_path: Path, said: str) -> None:
    rows: Rows = [
        ["KHU CÁCH LY TRUNG ĐOÀN 82"],
        ["STT", "Họ tên", "Năm sinh", "Ngày vào", "Ghi chú"],
        ["1", "Lò Thị Ón", "1993", "15/7/2021", "{said}"],
        ["2", "Lò Bảo An", "2019", "15/7/2021", ""],
    ]
    rows = [[str(cell).format(said=said) for cell in row] for row in rows]
    assert not load_lists(tmp_path, {"kcl.xlsx": rows}, merged=("A1:E1",)).questions


def test_when_a_declaration_was_made_that_names_the_case_is_not_asked(tmp_path: Path) -> None:
    rows = [
        ["Mã tờ khai", "Thời gian khai", "Họ tên", "SĐT", "Có tiếp xúc với bệnh nhân COVID-19 không?"],
        ["TK1", "2021-07-18 08:00:00", "Khà Thị Mai", "0918222051", "Có; BN501; 16/07/2021"],
        ["TK2", "2021-07-18 09:00:00", "Lò Văn Sa", "0918222052", "Không"],
    ]
    result = load_with_cases(tmp_path, "khai.csv", rows)
    assert {who for who, *_ in met_of(result)} == {"Khà Thị Mai"}
    assert not result.questions


@pytest.mark.parametrize(("said", "asked"), [("ngồi cùng bàn BN ở đám giỗ", 0), ("ngồi cùng bàn BN và 2 người bạn", 1)])
def test_how_near_somebody_was_to_the_case_of_the_row_is_no_company(tmp_path: Path, said: str, asked: int) -> None:
    rows = [["Họ tên", "NS", "F1 của", "Ngày TX cuối", "Ghi chú"], ["Lò Văn Ngân", "1984", "BN501", "16/7/2021", said]]
    assert len(load_with_cases(tmp_path, "f1.csv", rows).questions) == asked


def test_a_sample_that_is_spoilt_is_no_result(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "NS", "Ngày lấy mẫu", "Kết quả"],
        ["Lò Văn Ngân", "1984", "16/7/2021", "Âm tính"],
        ["Lò Thị Dủ", "1988", "16/7/2021", "Mẫu hỏng, đề nghị lấy lại"],
    ]
    result = load_lists(tmp_path, {"kq.csv": rows})
    assert set(result.records.tests["result"]) == {"negative", "invalid"}
    assert not result.questions
