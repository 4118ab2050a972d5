"""Rows struck through in lists of every kind: who they are stays, what they tell counts where it is answered so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from lists import Rows, isolations_of, names_of, visits_of, write_list
from openpyxl.styles import Font
from two_cases import CASES, met_of

from loaders import Answers, LoadResult, load_files

FEAST: Rows = [
    ["DANH SÁCH KHÁCH DỰ ĐÁM CƯỚI NHÀ ÔNG LÊ VĂN TÝ"],
    ["STT", "Họ và tên", "Tuổi", "10/7/2021", "11/7/2021", "Ghi chú"],
    ["1", "Mai Thị Lành", "40", "x", "x", ""],
    ["2", "Hồ Văn Rạng", "52", "", "x", ""],
    ["3", "Tô Thị Nga", "33", "x", "", ""],
]
CAMP: Rows = [
    ["KHU CÁCH LY TRƯỜNG CAO ĐẲNG NGHỀ"],
    ["TT", "Name", "Year of birth", "Isolated from", "Isolated until"],
    ["1", "Đinh Văn Lâm", "1970", "15/7/2021", "29/7/2021"],
    ["2", "Bùi Thị Sương", "1983", "16/7/2021", "30/7/2021"],
]
CONTACTS: Rows = [
    ["DANH SÁCH TIẾP XÚC GẦN"],
    ["Ngày gặp", "Họ tên", "Tuổi", "Tiếp xúc với ca"],
    ["15/7/2021", "Trần Thị Mận", "31", "BN501"],
    ["16/7/2021", "Phùng Văn Chính", "44", "BN501"],
]


def load_crossed(folder: Path, rows: Rows, crossed: Sequence[int], answer: str | None = None) -> LoadResult:
    path = write_list(folder / "ds.xlsx", rows)
    book = openpyxl.load_workbook(path)
    for row in crossed:
        for cell in book.worksheets[0][row]:
            cell.font = Font(strike=True)
    book.save(path)
    paths = [path, write_list(folder / "ca benh.csv", CASES)]
    result = load_files(paths)
    asked = [question for question in result.questions if "struck through" in str(question.text)]
    if answer is None:
        assert [question.rows for question in asked] == ([len(crossed)] if crossed else [])
        return result
    return load_files(paths, answers=Answers({asked[0].id: answer}))


def told_by(result: LoadResult) -> set[str]:
    """Return of whom a list tells a visit, an isolation or a contact."""
    return {
        *(one[0] for one in visits_of(result)),
        *(one[0] for one in isolations_of(result)),
        *(one[0] for one in met_of(result)),
    }


@pytest.mark.parametrize(
    ("rows", "crossed", "name", "others"),
    [
        (FEAST, 5, "Tô Thị Nga", {"Mai Thị Lành", "Hồ Văn Rạng"}),
        (CAMP, 4, "Bùi Thị Sương", {"Đinh Văn Lâm"}),
        (CONTACTS, 4, "Phùng Văn Chính", {"Trần Thị Mận"}),
    ],
)
def test_what_a_crossed_out_row_tells_counts_only_if_it_is_answered_so(
    tmp_path: Path, rows: Rows, crossed: int, name: str, others: set[str]
) -> None:
    result = load_crossed(tmp_path, rows, [crossed])
    assert told_by(result) == others
    assert name in names_of(result).values()
    assert told_by(load_crossed(tmp_path, rows, [crossed], answer="no")) == others
    assert told_by(load_crossed(tmp_path, rows, [crossed], answer="yes")) == {*others, name}


@pytest.mark.parametrize(
    "said", ["Ghi chú: tô đỏ = ca bệnh; gạch = bỏ", "Dòng gạch ngang: ghi nhầm", "Note: struck out = removed"]
)
def test_a_line_that_says_what_crossed_out_rows_are_leaves_nothing_to_ask(tmp_path: Path, said: str) -> None:
    path = write_list(tmp_path / "ds.xlsx", [*FEAST, ["", "", "", "", "", ""], [said]])
    book = openpyxl.load_workbook(path)
    for cell in book.worksheets[0][5]:
        cell.font = Font(strike=True)
    book.save(path)
    result = load_files([path])
    assert {one[0] for one in visits_of(result)} == {"Mai Thị Lành", "Hồ Văn Rạng"}
    assert not [question for question in result.questions if "struck through" in str(question.text)]


def test_of_a_struck_row_nothing_else_is_asked(tmp_path: Path) -> None:
    rows: Rows = [FEAST[0], FEAST[1], *FEAST[2:4], ["3", "Tô Thị Nga", "33", "", "", "khoảng 9h, ngồi cạnh BN501"]]
    result = load_crossed(tmp_path, rows, [5])
    assert [question.row for question in result.questions if question.file == "ds.xlsx"] == [5]
    found = result.findings.of(code="required.missing")
    assert 5 not in set(found["row"])
