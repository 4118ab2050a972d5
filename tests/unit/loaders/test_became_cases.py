"""Remarks that say which case somebody became: asked, and then the row is of that case."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, visits_of
from two_cases import CASES, LOC

from loaders.rows.became_cases import became

GUESTS: Rows = [
    ["QUÁN CÀ PHÊ BẾN XƯA - khách ngày 17/7/2021", "", "", ""],
    ["Họ tên", "Bàn", "Giờ vào", "Ghi chú"],
    ["Mr. Trinh Van Loc", "4", "7h15", "ngồi một mình, nay là BN501"],
    ["Tô Thị Lụa", "4", "7h30", ""],
]


def test_who_is_said_to_have_become_a_case_is_that_case_once_it_is_answered(tmp_path: Path) -> None:
    lists = {"ca benh.xlsx": CASES, "quan.xlsx": GUESTS}
    first = load_lists(tmp_path, lists)
    (asked,) = (question for question in first.questions if "became the case" in str(question.text))
    assert (asked.row, [choice.value for choice in asked.choices]) == (3, ["yes", "no"])
    assert LOC not in {visit[0] for visit in visits_of(first)}
    told = load_lists(tmp_path, lists, answers={asked.id: "yes"})
    assert {visit[0] for visit in visits_of(told)} == {LOC, "Tô Thị Lụa"}
    assert "BN501" in set(told.records.visits["person"]) and not len(told.records.contacts)
    told = load_lists(tmp_path, lists, answers={asked.id: "no"})
    assert LOC not in {visit[0] for visit in visits_of(told)} and len(visits_of(told)) == 2


def test_a_remark_of_nothing_else_than_the_case_is_one_question(tmp_path: Path) -> None:
    """Not one about a positive test and one about a contact beside it."""
    lists = {"ca benh.xlsx": CASES, "quan.xlsx": [*GUESTS[:2], [*GUESTS[2][:3], "F0 (BN501)"], GUESTS[3]]}
    (asked,) = (question for question in load_lists(tmp_path, lists).questions if question.row == 3)
    assert "became the case" in str(asked.text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("driver, later BN41", "BN41"),
        ("sau này là ca bệnh BN 205", "BN205"),
        ("tức BN.77", "BN77"),
        ("F0 (BN41)", "BN41"),
        ("ca bệnh - BN 41", "BN41"),
        ("là BN41", "BN41"),
        ("BN41", None),
        ("F1 (BN41)", None),
        ("ngồi cùng BN41", None),
        ("vợ BN41, con của BN42", None),
        ("nay là BN41, trở thành BN42", None),
    ],
)
def test_words_that_say_whom_somebody_became(text: str, code: str | None) -> None:
    assert became(text) == code
