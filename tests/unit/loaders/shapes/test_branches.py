"""Contact trees in texts: whom somebody met is told by how far a line is indented below another's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.shared import Cm
from joined import joined
from lists import pairs_of
from two_cases import DIEM, LOC, load_with_cases, met_of

from loaders import LoadOptions, LoadResult, load_files

BOXES = """SƠ ĐỒ LÂY NHIỄM XÓM CHÙA
F0: Kim Sa Rết (BN61201), 1979
├── Kim Thị Ray, 1981, vợ, tiếp xúc lần cuối 5/8
│   └── Thạch Thị Út (1999) - bạn bán hàng, 7/8, 0939 111 222
├── Lý Hoàng Minh, sn 1975, hàng xóm, gặp ngày 4/8
│   ├── Lý Thị Na, 2001, con gái, tx 6/8
│   └── không có F2 khác
└── Danh Út Mót 1988, chở hàng, tx 3/8
    (chưa tiếp xúc ai)
"""
TABS = (
    "Chuỗi tiếp xúc\nKim Sa Rết (BN61201), sinh 1979\n\t1. Kim Thị Ray, 1981, vợ, tx 5/8\n"
    "\t\ta) Thạch Thị Út (1999), tx 7/8\n\t\t   SĐT 0939 111 222\n\t2. Lý Hoàng Minh (1975), hàng xóm, tx 4/8\n"
    "\t\ta) Lý Thị Na (2001), con, tx 6/8\n\t3. Danh Út Mót (1988), tx 3/8\n"
)
SIGNS = """Truy vết F1, F2
BN61201: Kim Sa Rết, 1979
- Lý Hoàng Minh, 1975, tx 4/8
-- Lý Thị Na, 2001, con, tx 6/8
- Danh Út Mót, 1988, tx 3/8
- Kim Thị Ray, 1981, vợ, tx 5/8
-- Thạch Thị Út, 1999, tx 7/8
"""
NUMBERS = """CÂY TIẾP XÚC
1. BN61201 Kim Sa Rết (1979)
1.1. Kim Thị Ray (1981), vợ, tx 5/8
1.1.1. Thạch Thị Út (1999), tx 7/8
1.2. Lý Hoàng Minh (1975), tx 4/8
1.2.1. Lý Thị Na (2001), con, tx 6/8
1.3. Danh Út Mót (1988), tx 3/8
Người lập: Huỳnh Văn Khai
"""
GROUPS = """TIẾP XÚC CỦA BN61201 (Kim Sa Rết), ghi theo cây
Gia đình:
   + Kim Thị Ray, 1981, vợ, tx 5/8
       . Thạch Thị Út, 1999, tx 7/8
Quán cà phê sáng 4/8:
   + Lý Hoàng Minh, 1975
       . Lý Thị Na, 2001, con, tx 6/8
Bến xe:
   + Danh Út Mót, 1988, tx 3/8
"""
CASE = "Mã BN,Họ và tên,Năm sinh,Ngày khởi phát\nBN61201,Kim Sa Rết,1979,6/8/2021\n"
WANTED = {
    ("Kim Sa Rết", "Kim Thị Ray", "2021-08-05"),
    ("Kim Thị Ray", "Thạch Thị Út", "2021-08-07"),
    ("Kim Sa Rết", "Lý Hoàng Minh", "2021-08-04"),
    ("Lý Hoàng Minh", "Lý Thị Na", "2021-08-06"),
    ("Danh Út Mót", "Kim Sa Rết", "2021-08-03"),
}


def load(folder: Path, *more: Path, cases: str = CASE) -> LoadResult:
    (folder / "ca benh.csv").write_text(cases, encoding="utf-8")
    return load_files([folder / "ca benh.csv", *more], options=LoadOptions(today=date(2021, 8, 20)))


def edges(result: LoadResult) -> set[tuple[str, str, str]]:
    """Return both names, in their order, and the first or the last day of each contact."""
    told = ((*sorted((one, other)), first or last) for one, other, first, last in pairs_of(result))
    return {(one, other, day) for one, other, day in told}


@pytest.mark.parametrize("text", [BOXES, TABS, SIGNS, NUMBERS, GROUPS])
def test_the_nearest_line_that_is_indented_less_is_who_was_met(tmp_path: Path, text: str) -> None:
    (tmp_path / "so do.txt").write_text(text, encoding="utf-8")
    result = load(tmp_path, tmp_path / "so do.txt")
    assert edges(result) == WANTED
    assert len(joined(result.records).persons) == 6 and not result.questions


def test_paragraphs_of_a_document_are_indented_by_their_format(tmp_path: Path) -> None:
    word = docx.Document()
    for line in NUMBERS.splitlines()[:-1]:
        number, _, text = line.partition(" ")
        paragraph = word.add_paragraph(line if not number[0].isdigit() else text)
        paragraph.paragraph_format.left_indent = Cm(1.27 * number.count("."))
    word.save(str(tmp_path / "cay.docx"))
    assert edges(load(tmp_path, tmp_path / "cay.docx")) == WANTED


def test_lines_of_a_sheet_are_indented_by_their_column(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for at, line in enumerate(NUMBERS.splitlines()[:-1], start=1):
        number, _, text = line.partition(" ")
        depth = number.count(".")
        sheet.cell(at, max(depth, 1), text if depth else line)
    book.save(tmp_path / "cay.xlsx")
    assert edges(load(tmp_path, tmp_path / "cay.xlsx")) == WANTED


def test_rows_of_a_table_without_a_number_are_no_branches(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("DANH SÁCH F1 CỦA BN61201",),
        ("STT", "Họ và tên", "Năm sinh", "Ngày tiếp xúc"),
        (1, "Kim Thị Ray", 1981, "5/8/2021"),
        (None, "Thạch Thị Út", 1999, "7/8/2021"),
        (None, "Lý Thị Na", 2001, "6/8/2021"),
    ):
        sheet.append(row)
    book.save(tmp_path / "f1.xlsx")
    names = {("Kim Sa Rết", name) for name in ("Kim Thị Ray", "Lý Thị Na", "Thạch Thị Út")}
    assert {(one, other) for one, other, _ in edges(load(tmp_path, tmp_path / "f1.xlsx"))} == names


def test_whoever_is_no_case_of_several_roots_is_asked_about(tmp_path: Path) -> None:
    text = (
        "Cây tiếp xúc\nBN61201 Kim Sa Rết (1979)\n  - Kim Thị Ray (1981), vợ, tx 5/8\n"
        "Mai Văn Sáu (1960), tx 6/8\n  - Mai Thị Bảy (1990), con, tx 7/8\n"
    )
    (tmp_path / "cay.txt").write_text(text, encoding="utf-8")
    result = load(tmp_path, tmp_path / "cay.txt")
    assert edges(result) == {
        ("Kim Sa Rết", "Kim Thị Ray", "2021-08-05"),
        ("Mai Thị Bảy", "Mai Văn Sáu", "2021-08-07"),
    }
    told = result.findings.table
    assert told.loc[told["row"] == 4, "code"].tolist() == ["required.missing"]


def test_lines_of_a_tree_that_say_something_else_are_asked_about(tmp_path: Path) -> None:
    text = (
        f"{BOXES}        (hôm 2/8 đi chung xe với Trần Thị Lụa)\nCòn ông Sáu bán vé số 0912000777 chưa liên lạc được\n"
    )
    (tmp_path / "cay.txt").write_text(text, encoding="utf-8")
    result = load(tmp_path, tmp_path / "cay.txt")
    assert edges(result) == WANTED
    assert len(result.questions) >= 2 and {11} <= {question.row for question in result.questions}


def test_the_code_behind_an_arrow_is_the_own_one(tmp_path: Path) -> None:
    text = BOXES.replace("gặp ngày 4/8", "gặp ngày 4/8 => BN61999")
    (tmp_path / "cay.txt").write_text(text, encoding="utf-8")
    result = load(tmp_path, tmp_path / "cay.txt", cases=f"{CASE}BN61999,Lý Hoàng Minh,1975,9/8/2021\n")
    assert edges(result) == WANTED
    assert set(joined(result.records).cases["person"]) == {"BN61201", "BN61999"}


def test_members_below_the_heads_of_homes_are_no_contacts(tmp_path: Path) -> None:
    text = "DANH SÁCH HỘ TỔ 3\nLê Văn Tám (1960), chủ hộ\n    - Trần Thị Chín (1962), vợ\n    - Lê Mười (1990), con\n"
    (tmp_path / "ho.txt").write_text(text, encoding="utf-8")
    assert not edges(load(tmp_path, tmp_path / "ho.txt"))


def test_a_table_whose_first_cells_are_empty_is_no_tree(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH F1 CỦA BN501 THEO HỘ", *[""] * 5],
        ["Hộ", "Họ tên", "Năm sinh", "SĐT", "Tiếp xúc với ca", "Ngày tiếp xúc"],
        ["1", "Sầm Văn Tý", "1990", "0914000071", "BN501", "16/7/2021"],
        ["", "Sầm Thị Na", "1992", "0914000072", "BN501", "17/7/2021"],
        ["2", "Nhạc Thị Bích", "1994", "0914000073", "BN501", "17/7/2021"],
        ["", "Nhạc Văn Út", "1996", "0914000074", "BN502", "18/7/2021"],
    ]
    assert met_of(load_with_cases(tmp_path, "f1.xlsx", rows)) == {
        ("Sầm Văn Tý", LOC, "2021-07-16"),
        ("Sầm Thị Na", LOC, "2021-07-17"),
        ("Nhạc Thị Bích", LOC, "2021-07-17"),
        ("Nhạc Văn Út", DIEM, "2021-07-18"),
    }
