"""Lists that tell when people met somebody, and nowhere whom: the case is asked for once a list."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists
from two_cases import CASES, DIEM, LOC, met_of

VIETNAMESE: Rows = [
    ["DANH SÁCH NGƯỜI TIẾP XÚC - TỔ TRUY VẾT SỐ 2"],
    ["TT", "Họ và tên", "Năm sinh", "SĐT", "Ngày TX cuối"],
    ["1", "Mai Thị Lành", "1990", "0918000111", "20/7/2021"],
    ["2", "Hồ Văn Rạng", "1984", "0918000112", "21/7/2021"],
]
ENGLISH: Rows = [
    ["Full name", "Sex", "Phone", "First contact", "Last contact", "Mask"],
    ["Mai Thị Lành", "F", "0918000111", "2021-07-18", "2021-07-20", "yes"],
    ["Hồ Văn Rạng", "M", "0918000112", "2021-07-19", "2021-07-21", "no"],
]


@pytest.mark.parametrize("rows", [VIETNAMESE, ENGLISH])
def test_the_case_is_asked_for_once_and_its_answer_makes_contacts(tmp_path: Path, rows: Rows) -> None:
    lists = {"ca benh.csv": CASES, "tx.xlsx": rows}
    first = load_lists(tmp_path, lists)
    (asked,) = first.questions
    assert met_of(first) == set() and asked.rows == 2
    assert [choice.value for choice in asked.choices] == ["BN501", "BN502", "-", "*"]
    met = {("Mai Thị Lành", LOC, "2021-07-20"), ("Hồ Văn Rạng", LOC, "2021-07-21")}
    told = load_lists(tmp_path, lists, answers={asked.id: "BN501"})
    assert met_of(told) == met and not told.questions
    by_name = load_lists(tmp_path, lists, answers={asked.id: DIEM})
    assert {pair[1] for pair in met_of(by_name)} == {DIEM} and not by_name.questions


def test_no_case_leaves_the_days_alone_and_asks_nothing_more(tmp_path: Path) -> None:
    lists = {"ca benh.csv": CASES, "tx.xlsx": VIETNAMESE}
    (asked,) = load_lists(tmp_path, lists).questions
    told = load_lists(tmp_path, lists, answers={asked.id: "-"})
    assert met_of(told) == set() and not told.questions
    assert {"Mai Thị Lành", "Hồ Văn Rạng"} <= set(told.records.persons["name"])


def test_a_code_that_nobody_has_is_asked_about(tmp_path: Path) -> None:
    lists = {"ca benh.csv": CASES, "tx.xlsx": VIETNAMESE}
    (asked,) = load_lists(tmp_path, lists).questions
    told = load_lists(tmp_path, lists, answers={asked.id: "BN777"})
    assert len(told.questions) == 1 and met_of(told) == set()


def test_a_list_that_names_the_case_is_not_asked_about(tmp_path: Path) -> None:
    named: Rows = [["DANH SÁCH F1 CỦA BN501"], *VIETNAMESE[1:]]
    result = load_lists(tmp_path, {"ca benh.csv": CASES, "tx.xlsx": named})
    assert len(met_of(result)) == 2 and not result.questions
