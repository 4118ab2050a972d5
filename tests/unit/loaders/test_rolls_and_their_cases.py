"""Rolls of a firm under dates and days of the week, lists with a line for each case, and rows struck through."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from lists import Rows, load_lists, names_of, pairs_of, visits_of, without_accents, write_list
from openpyxl.styles import Font

from loaders import Answers, LoadResult, load_files
from loaders.files.grid import Line
from loaders.files.titles import read_facts

CASES: Rows = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN70201", "Lò Văn Pản", "1985", "18/07/2021"],
    ["BN70202", "Quàng Thị Ón", "1990", "19/07/2021"],
]
ONE, OTHER = "Lò Văn Pản", "Quàng Thị Ón"

ROLL: Rows = [
    ["CÔNG TY TNHH MAY TÂN PHÚC", "", "", "", "", ""],
    ["BẢNG CHẤM CÔNG THÁNG 7 NĂM 2021", "", "", "", "", ""],
    ["STT", "Họ và tên", "Ngày trong tháng", "", "", "Tổng"],
    ["", "", "12", "13", "14", ""],
    ["", "", "T2", "T3", "T4", ""],
    ["1", "Cầm Văn Hặc", "S", "S", "P", "2"],
    ["2", "Tòng Thị Lún", "C", "", "S", "2"],
    ["Ký hiệu: S = ca sáng (6h-14h), C = ca chiều (14h-22h); P = nghỉ phép"],
]
ROLL_MERGED = ["A3:A5", "B3:B5", "C3:E3", "F3:F5"]
ROLL_DAYS = {
    ("Cầm Văn Hặc", "2021-07-12"),
    ("Cầm Văn Hặc", "2021-07-13"),
    ("Tòng Thị Lún", "2021-07-12"),
    ("Tòng Thị Lún", "2021-07-14"),
}


def _with(rows: Rows, row: int, cells: list[object]) -> list[list[object]]:
    return [cells if at == row else list(told) for at, told in enumerate(rows)]


@pytest.mark.parametrize(
    "rows",
    [
        ROLL,
        without_accents(ROLL),
        _with(ROLL, 4, ["", "", "Thứ 2", "Thứ 3", "Thứ 4", ""]),
        _with(ROLL, 4, ["", "", "Mon", "Tue", "Wed", ""]),
        _with(_with(ROLL, 4, ROLL[3]), 3, ROLL[4]),
        _with(
            _with(ROLL, 3, ["", "", "12/7", "13/7", "14/7", ""]), 2, ["STT", "Họ tên CN", "Attendance", "", "", "Total"]
        ),
    ],
    ids=["below", "bare", "in words", "English", "above", "with the month"],
)
def test_days_of_the_week_below_or_above_their_dates_say_nothing_of_their_own(tmp_path: Path, rows: Rows) -> None:
    told = {
        (who, start[:10]) for who, _, start, _ in visits_of(load_lists(tmp_path, {"cc.xlsx": rows}, merged=ROLL_MERGED))
    }
    bare = {who for who, _ in told} & {"Cam Van Hac"}
    assert told == ({(_bare(who), day) for who, day in ROLL_DAYS} if bare else ROLL_DAYS)


def _bare(text: str) -> str:
    return str(without_accents([[text]])[0][0])


def test_the_shift_of_a_mark_is_that_of_the_legend(tmp_path: Path) -> None:
    told = visits_of(load_lists(tmp_path, {"cc.xlsx": ROLL}, merged=ROLL_MERGED))
    assert ("2021-07-12T14:00", "2021-07-12T22:00") in {(start, end) for _, _, start, end in told}


MET: Rows = [
    ["DANH SÁCH TIẾP XÚC CA DƯƠNG TÍNH TẠI XƯỞNG", "", "", "", ""],
    ["STT", "Họ và tên", "Năm sinh", "Ngày TX cuối", "Hình thức tiếp xúc"],
    ["I. Tiếp xúc BN70201 (Lò Văn Pản, tổ 2)", "", "", "", ""],
    ["1", "Cầm Văn Hặc", "1991", "15/7", "cùng tổ"],
    ["2", "Tòng Thị Lún", "1993", "16/7", "cùng bàn ăn"],
    ["II. Tiếp xúc BN70202 (Quàng Thị Ón, tổ 4)", "", "", "", ""],
    ["1", "Vì Văn Xôm", "1988", "17/7", "nhận ca"],
    ["2", "Lường Thị Piếng", "1996", "", "nghỉ phép, ko tx"],
]
MET_PAIRS = {
    ("Cầm Văn Hặc", ONE, "", "2021-07-15"),
    (ONE, "Tòng Thị Lún", "", "2021-07-16"),
    (OTHER, "Vì Văn Xôm", "", "2021-07-17"),
}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("I. Tiếp xúc BN70201 (Lò Văn Pản, tổ 2)", "II. Tiếp xúc BN70202 (Quàng Thị Ón, tổ 4)"),
        ("1) F1 của BN70201", "2) F1 của BN70202"),
        ("A. BN70201 - Lò Văn Pản", "B. BN70202 - Quàng Thị Ón"),
        ("Ca bệnh: BN70201", "Ca bệnh: BN70202"),
        ("I. Nhóm liên quan BN 70201", "II. Nhóm liên quan BN 70202"),
        ("I. Contacts of BN70201", "II. Contacts of BN70202"),
        ("I. Tiep xuc BN70201 (Lo Van Pan)", "II. Tiep xuc BN70202 (Quang Thi On)"),
    ],
)
def test_a_line_between_the_rows_tells_whom_those_below_met(tmp_path: Path, first: str, second: str) -> None:
    rows = _with(_with(MET, 2, [first, "", "", "", ""]), 5, [second, "", "", "", ""])
    result = load_lists(tmp_path, {"ca.csv": CASES, "tx.xlsx": rows}, merged=["A3:E3", "A6:E6"])
    assert {(*sorted(pair[:2]), *pair[2:]) for pair in pairs_of(result)} == {
        (*sorted(pair[:2]), *pair[2:]) for pair in MET_PAIRS
    }


@pytest.mark.parametrize(
    "line", ["III. Không tiếp xúc BN70202", "III. Phòng 3 (BN70202 ở đây)", "III. Tổ 4", "III. BN70201, BN70202"]
)
def test_a_line_that_tells_no_case_whom_people_met_links_nobody(tmp_path: Path, line: str) -> None:
    rows = _with(MET, 5, [line, "", "", "", ""])
    result = load_lists(tmp_path, {"ca.csv": CASES, "tx.xlsx": rows}, merged=["A3:E3", "A6:E6"])
    assert not any(OTHER in pair[:2] for pair in pairs_of(result))
    assert {pair[:2] for pair in pairs_of(result)} == {("Cầm Văn Hặc", ONE), (ONE, "Tòng Thị Lún")}


@pytest.mark.parametrize("told", ["nghỉ phép, ko tx", "k gặp", "cùng ca nhưng không tiếp xúc"])
def test_how_people_met_may_say_that_they_did_not(tmp_path: Path, told: str) -> None:
    rows = _with(MET, 7, ["2", "Lường Thị Piếng", "1996", "", told])
    result = load_lists(tmp_path, {"ca.csv": CASES, "tx.xlsx": rows}, merged=["A3:E3", "A6:E6"])
    assert not any("Lường Thị Piếng" in pair[:2] for pair in pairs_of(result))
    assert told in {question.said for question in result.questions}


STRUCK: Rows = [
    ["DANH SÁCH F1", "", "", "", "", ""],
    ["STT", "Họ và tên", "Năm sinh", "F1 của", "Ngày TX cuối", "Ghi chú"],
    ["1", "Cầm Văn Hặc", "1991", "BN70201", "15/7", ""],
    ["2", "Tòng Thị Lún", "1993", "BN70201", "16/7", "về quê từ 10/7"],
    ["3", "Vì Văn Xôm", "1988", "BN70202", "17/7", ""],
]


def _struck(folder: Path, rows: Rows, answers: dict[str, str] | None = None) -> LoadResult:
    path = write_list(folder / "f1.xlsx", rows)
    book = openpyxl.load_workbook(path)
    for cell in book.worksheets[0][4]:
        cell.font = Font(strike=True)
    book.save(path)
    cases = write_list(folder / "ca.csv", CASES)
    return load_files([cases, path], answers=Answers(answers or {}))


def test_a_row_struck_through_tells_who_it_is_and_asks_once_whether_it_counts(tmp_path: Path) -> None:
    result = _struck(tmp_path, STRUCK)
    assert {name for pair in pairs_of(result) for name in pair[:2]} == {"Cầm Văn Hặc", "Vì Văn Xôm", ONE, OTHER}
    assert "Tòng Thị Lún" in names_of(result).values()
    (question,) = result.questions
    assert (question.row, [choice.value for choice in question.choices]) == (4, ["no", "yes"])
    assert _struck(tmp_path, STRUCK, {question.id: "no"}).questions == ()
    counted = _struck(tmp_path, STRUCK, {question.id: "yes"})
    assert (ONE, "Tòng Thị Lún", "", "2021-07-16") in pairs_of(counted)


@pytest.mark.parametrize(
    "line",
    ["Ghi chú: gạch ngang = bỏ", "Chú thích: tô vàng: đã chuyển; gạch: loại khỏi DS", "Note: struck through = removed"],
)
def test_a_line_below_the_table_tells_that_rows_struck_through_do_not_count(tmp_path: Path, line: str) -> None:
    result = _struck(tmp_path, [*STRUCK, [""], [line]])
    assert result.questions == ()
    assert not any("Tòng Thị Lún" in pair[:2] for pair in pairs_of(result))


@pytest.mark.parametrize(
    "title", ["DANH SÁCH CA BỆNH COVID-19", "Tình hình ca bệnh SARS-2", "Danh sách bệnh nhân NCOV-19"]
)
def test_the_name_of_the_disease_is_no_code_of_a_case(title: str) -> None:
    assert "case" not in {fact.name for fact in read_facts([Line(1, (title,))], None, "")}
