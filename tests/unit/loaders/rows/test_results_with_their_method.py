"""A result with the method before it, and the number of a case with a blank inside."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, pairs_of


@pytest.mark.parametrize(
    ("said", "result", "method"),
    [("PCR âm tính", "negative", "pcr"), ("Test nhanh: (+)", "positive", "antigen"), ("RT-PCR (-)", "negative", "pcr")],
)
def test_a_method_before_a_result_is_no_part_of_it(tmp_path: Path, said: str, result: str, method: str) -> None:
    rows: Rows = [
        ["KẾT QUẢ XÉT NGHIỆM"],
        ["Họ tên", "Năm sinh", "Ngày lấy mẫu", "Kết quả"],
        ["Tằng Văn Lân", "1977", "3/8/2021", said],
    ]
    (test,) = load_lists(tmp_path, {"kq.xlsx": rows}).records.tests.itertuples()
    assert (test.result, test.method) == (result, method)


def test_two_results_in_a_cell_are_still_asked_about(tmp_path: Path) -> None:
    rows: Rows = [["Họ tên", "Năm sinh", "Ngày lấy mẫu", "Kết quả"], ["A Lử", "1977", "3/8/2021", "PCR lại ngày mai"]]
    assert load_lists(tmp_path, {"kq.xlsx": rows}).questions


def test_a_blank_in_the_number_of_a_case_parts_no_case(tmp_path: Path) -> None:
    lists: dict[str, Rows] = {
        "ca.csv": [["Mã BN", "Họ tên", "Ngày dương tính"], ["BN774011", "Trầm Văn Út", "5/8/2021"]],
        "f1.csv": [["Họ tên F1", "Năm sinh", "F0", "Ngày tiếp xúc"], ["Lê Thị Ớt", "1990", "BN 774 011", "4/8/2021"]],
    }
    result = load_lists(tmp_path, lists)
    assert pairs_of(result) == {("Lê Thị Ớt", "Trầm Văn Út", "2021-08-04", "2021-08-04")} and not result.questions
