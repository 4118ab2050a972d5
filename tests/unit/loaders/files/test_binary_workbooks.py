"""Workbooks of the two binary formats and of OpenDocument: days of both epochs, merged cells, error cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from binary_sheets import Error, write_xls, write_xlsb
from lists import load_lists, names_of, pairs_of

from loaders import LoadOptions, LoadResult, load_files

ROWS = [
    ["DANH SÁCH F1 XÃ TÂN HƯNG - tháng 7/2021"],
    ["TT", "Họ và tên", "Năm sinh", "SĐT", "Tiếp xúc với F0", "Ngày tiếp xúc"],
    [1, "Lê Một", 1990, 912000001, "BN34", date(2021, 7, 28)],
    [2, "Lê Hai", 1991, "0912000002", "", date(2021, 7, 29)],
    [3, "Lê Ba", 1992, "0912000003", "", Error("#NAME?")],
]
MERGED = [(0, 0, 0, 5), (2, 4, 4, 4)]


def load(path: Path) -> LoadResult:
    cases = path.parent / "f0.csv"
    cases.write_text("Mã BN,Họ và tên,Ngày khởi phát\nBN34,Đỗ Văn Hòa,2021-07-25\n", encoding="utf-8")
    return load_files([cases, path], options=LoadOptions(today=date(2021, 8, 31)))


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize("ending", [".xls", ".xlsb"])
def test_binary_workbooks(tmp_path: Path, ending: str, since_1904: bool) -> None:
    write = write_xls if ending == ".xls" else write_xlsb
    result = load(write(tmp_path / f"f1{ending}", ROWS, merged=MERGED, since_1904=since_1904))
    assert pairs_of(result) == {
        ("Lê Một", "Đỗ Văn Hòa", "2021-07-28", "2021-07-28"),
        ("Lê Hai", "Đỗ Văn Hòa", "2021-07-29", "2021-07-29"),
    }, "the merged case counts for every row"
    (question,) = (q for q in result.questions if q.kind == "value")
    assert (question.row, question.cell, question.said) == (5, "F5", "#NAME?")


def test_an_open_document(tmp_path: Path) -> None:
    rows = [[str(cell) if not isinstance(cell, Error) else cell.text for cell in row] for row in ROWS]
    cases = [["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN34", "Đỗ Văn Hòa", "2021-07-25"]]
    result = load_lists(tmp_path, {"f0.csv": cases, "f1.ods": rows})
    assert set(names_of(result).values()) == {"Lê Một", "Lê Hai", "Lê Ba", "Đỗ Văn Hòa"}
    assert {q.said for q in result.questions} == {"#NAME?"}


@pytest.mark.parametrize("ending", [".xls", ".xlsb"])
def test_a_cut_off_workbook_says_so(tmp_path: Path, ending: str) -> None:
    write = write_xls if ending == ".xls" else write_xlsb
    path = write(tmp_path / f"f1{ending}", ROWS)
    path.write_bytes(path.read_bytes()[:700])
    assert "file.unreadable" in list(load(path).findings)
