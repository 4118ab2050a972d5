"""Remarks in English: company, cases and days that no column holds are asked about as those in Vietnamese are."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists

COMPANY = "of a case or of company"
TIME = "a day, an hour or a change"


def _asked(folder: Path, heading: str, remark: str) -> set[str]:
    rows = [
        ["HARBOUR VIEW HOTEL - GUEST LIST 12 JUL - 20 JUL 2021", "", "", ""],
        ["Room", "Guest name", "Check-in", "Check-out", heading],
        ["611", "Oliver Stone", "12/07/2021 20:45", "16/07/2021 10:00", ""],
        ["612", "Han Ji-woo", "13/07/2021 13:10", "17/07/2021 11:30", remark],
    ]
    result = load_lists(folder, {"hotel.xlsx": rows})
    return {
        words
        for question in result.questions
        if question.column == heading
        for words in (COMPANY, TIME)
        if words in str(question.text)
    }


@pytest.mark.parametrize("heading", ["Notes", "Remarks", "Comment(s)", "Additional notes"])
@pytest.mark.parametrize(
    ("remark", "asked"),
    [
        ("Had breakfast with Mr Stone (611) on 13 and 14 July", {COMPANY, TIME}),
        ("Wife of Mr Stone, same room", {COMPANY}),
        ("shared a taxi from the airport", {COMPANY}),
        ("in Seoul until 20 July", {TIME}),
        ("fever on July 15, kept in the room", {TIME}),
        ("sick from Wed evening", {TIME}),
        ("checked out at 9 pm", {TIME}),
    ],
)
def test_company_and_days_in_english_remarks_are_asked(
    tmp_path: Path, heading: str, remark: str, asked: set[str]
) -> None:
    assert _asked(tmp_path, heading, remark) == asked


@pytest.mark.parametrize(
    "remark", ["Vegetarian", "had a fever with cough", "travelled alone", "no close contact", "VIP"]
)
def test_other_remarks_in_english_are_kept_as_they_are(tmp_path: Path, remark: str) -> None:
    assert _asked(tmp_path, "Remarks", remark) == set()
