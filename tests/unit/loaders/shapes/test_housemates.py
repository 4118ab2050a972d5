"""Cases treated at home: who lives with them in a cell of their row, and what is measured of them day by day."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, pairs_of

from loaders.files.headings import name_of_field

WATCH: Rows = [
    ["TRẠM Y TẾ XÃ ĐẤT MỚI - QUẢN LÝ F0 TẠI NHÀ", "", "", "", "", "", "", ""],
    ["STT", "Họ tên F0", "Tuổi", "SĐT", "Ngày DT", "Người ở cùng nhà (tên, năm sinh, KQ)", "SpO2", ""],
    ["", "", "", "", "", "", "17/7", "18/7"],
    [
        "1",
        "Mai Văn Sơn",
        "41",
        "0918444001",
        "16/7/2021",
        "vợ: Tô Thị Lụa - 1982 - (+) 18/7; con Mai Thị Sen (2009)",
        "97",
        "96",
    ],
    ["2", "Âu Văn Bé", "33", "0918444003", "17/7/2021", "không", "98", "98"],
]


def test_who_lives_with_a_case_is_its_contact_and_what_is_measured_is_no_attendance(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"f0.xlsx": WATCH}, merged=["G2:H2"])
    names = names_of(result)
    assert {names[case] for case in result.records.cases["person"]} == {"Mai Văn Sơn", "Âu Văn Bé"}
    assert {frozenset(pair[:2]) for pair in pairs_of(result)} == {
        frozenset(("Mai Văn Sơn", "Tô Thị Lụa")),
        frozenset(("Mai Văn Sơn", "Mai Thị Sen")),
    }
    assert set(result.records.contacts["kind"]) == {"household"}
    assert not len(result.records.visits) and set(names.values()) == {
        "Mai Văn Sơn",
        "Âu Văn Bé",
        "Tô Thị Lụa",
        "Mai Thị Sen",
    }
    asked = [question.said or str(question.text) for question in result.questions]
    assert len(asked) == 1 and "Positive" in str(result.questions[0].text), "of the wife; nothing of 97 and 96"


def test_a_case_named_beside_contacts_is_still_whom_they_met(tmp_path: Path) -> None:
    lists = {
        "f0.xlsx": [["Mã BN", "Họ và tên", "Tuổi", "Ngày dương tính"], ["BN77", "Mai Văn Sơn", "41", "16/7/2021"]],
        "f1.xlsx": [
            ["Họ tên F0", "Họ tên F1", "Tuổi", "Ngày tiếp xúc"],
            ["Mai Văn Sơn", "Lưu Bá Đạt", "35", "15/7/2021"],
        ],
    }
    result = load_lists(tmp_path, lists)
    assert {frozenset(pair[:2]) for pair in pairs_of(result)} == {frozenset(("Mai Văn Sơn", "Lưu Bá Đạt"))}


@pytest.mark.parametrize(
    ("heading", "field"), [("Ngày DT", "confirmed"), ("SpO2 (%) › 17/7", "(kept)"), ("Nhiệt độ › 17/7", "(kept)")]
)
def test_headings_of_the_watch_over_cases(heading: str, field: str) -> None:
    assert name_of_field(heading, "people") == field
