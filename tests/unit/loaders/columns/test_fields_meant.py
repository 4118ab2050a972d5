"""What somebody answers a column is: a field, the words for it, or a heading as lists have it; nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, visits_of

from loaders.columns.mapping import field_meant
from loaders.columns.words import FIELD_WORDS


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        *(
            ("visit_start", "visit_start"),
            ("Giờ vào", "visit_start"),
            ("giờ ra", "visit_end"),
            ("time_in", "visit_start"),
        ),
        *(("Số bàn", "table"), ("Ngày tiếp xúc", "contact_date"), ("kept", "kept"), ("Kết quả", "test_result")),
        *((FIELD_WORDS["visit_end"].say("vi"), "visit_end"), (FIELD_WORDS["room"].say("en"), "room")),
    ],
)
def test_an_answer_is_a_field_in_whatever_words(answer: str, field: str) -> None:
    assert field_meant(answer) == field


@pytest.mark.parametrize("answer", ["blah", "start", "không biết", "BN99", "*", "?"])
def test_any_other_word_is_none(answer: str) -> None:
    assert field_meant(answer, ["visit_start", "kept", "*"]) is None


def test_hours_of_a_form_in_words_and_with_am_and_pm_are_hours(tmp_path: Path) -> None:
    rows = [
        ["Timestamp", "Họ và tên", "SĐT", "Ngày đến quán", "Đến lúc mấy giờ", "Về lúc mấy giờ", "Địa điểm"],
        ["7/21/2021 20:14:33", "Tạ Văn Mít", "0912000331", "7/14/2021", "9:00:00 PM", "11:30:00 PM", "Bar Sao Mai"],
        ["7/21/2021 20:15:33", "Hà Thị Vải", "0912000332", "7/14/2021", "8:30:00 PM", "10:00:00 PM", "Bar Sao Mai"],
    ]
    result = load_lists(tmp_path, {"form.csv": rows})
    assert result.complete
    assert visits_of(result) == {
        ("Tạ Văn Mít", "Bar Sao Mai", "2021-07-14T21:00", "2021-07-14T23:30"),
        ("Hà Thị Vải", "Bar Sao Mai", "2021-07-14T20:30", "2021-07-14T22:00"),
    }


@pytest.mark.parametrize(
    ("answer", "words", "same"), [("blah", "names no column", True), ("contact_date", "which case was it", False)]
)
def test_an_answer_that_makes_no_use_of_a_column_is_asked_again_with_the_reason(
    tmp_path: Path, answer: str, words: str, same: bool
) -> None:
    rows = [["Họ và tên", "SĐT", "Lúc"], ["Tạ Văn Mít", "0912000331", "14/7/2021"]]
    (question,) = load_lists(tmp_path, {"ds.csv": rows}).questions
    (again,) = load_lists(tmp_path, {"ds.csv": rows}, answers={question.id: answer}).questions
    assert (again.id == question.id) is same and words in again.text.say("en")
