"""Messages that announce results, or give codes, by name: rows where it is certain who is meant, else asked or told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lists import pairs_of, write_list

from loaders import Answers, LoadOptions, LoadResult, load_files
from loaders.shapes.announced import codes_of, results_of

NAME, YEAR, RESULT, SAMPLE, METHOD = "Họ và tên", "Năm sinh", "Kết quả", "Ngày lấy mẫu", "Phương pháp"
SENT = "06/07/2021"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "kq pcr về rồi: Thang Thị Mướp 1987 dương tính, Lưu Văn Bầu 2009 âm tính, mẫu lấy 05/7",
            [
                {NAME: "Thang Thị Mướp", YEAR: "1987", RESULT: "dương tính", SAMPLE: "05/7"},
                {NAME: "Lưu Văn Bầu", YEAR: "2009", RESULT: "âm tính", SAMPLE: "05/7"},
            ],
        ),
        ("cô Mướp dương tính rồi nha", [{NAME: "Mướp", RESULT: "dương tính", SAMPLE: SENT}]),
        ("KQ của ông Lưu Văn Bí (sn 1960): (+)", [{NAME: "Lưu Văn Bí", YEAR: "1960", RESULT: "(+)", SAMPLE: SENT}]),
        (
            "dương tính: Thang Thị Mướp 1987, Lưu Văn Bầu 2009",
            [
                {NAME: "Thang Thị Mướp", YEAR: "1987", RESULT: "dương tính", SAMPLE: SENT},
                {NAME: "Lưu Văn Bầu", YEAR: "2009", RESULT: "dương tính", SAMPLE: SENT},
            ],
        ),
        (
            "Cô Mướp có kết quả (+) rồi, BN90411",
            [{NAME: "Mướp", "Ngày xác nhận": SENT, "Mã BN": "BN90411", "F": "F0"}],
        ),
    ],
)
def test_who_is_named_has_the_result(text: str, people: list[dict[str, str]]) -> None:
    told = results_of(text, SENT)
    assert [{heading: one[heading] for heading in one if heading != METHOD} for one in told] == people


@pytest.mark.parametrize(
    "text",
    [
        "ấp 2 có 3 ca dương tính",
        "con cô Mướp dương tính",
        "nhà ông Lưu Văn Bí dương tính hết",
        "F1 của cô Mướp dương tính rồi",
        "cô Mướp dương tính, một người nữa dương tính",
        "cô Mướp dương tính hả?",
        "Công Ty Hoàng Gia dương tính 3 người",
    ],
)
def test_what_is_told_of_others_or_asked_is_nobodys_result(text: str) -> None:
    assert results_of(text, SENT) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("mã số BN 90411 (Mướp), BN90412 (Bầu)", [("BN90411", "Mướp"), ("BN90412", "Bầu")]),
        ("cô Mướp được cấp mã BN90411 rồi nha", [("BN90411", "Mướp")]),
        ("Bộ Y tế cấp mã rồi: BN90411 - Thang Thị Mướp", [("BN90411", "Thang Thị Mướp")]),
        ("F1 BN90411 (Mướp):", []),
        ("BN90411 (Mướp) đi chợ với anh Bí", []),
    ],
)
def test_codes_are_given_where_a_message_says_nothing_else(text: str, codes: list[tuple[str, str]]) -> None:
    assert codes_of(text) == codes


CHAT = [
    "Nhóm trực Phú Lộc - 06/07/2021",
    "[18:05] Trạm Sáu: kq pcr về rồi: Thang Thị Mướp 1987 dương tính, Lưu Văn Bầu 2009 dương tính, mẫu lấy 05/7",
    "[18:10] Trạm Sáu: mã số BN90411 (Mướp), BN90412 (Bầu)",
    "[18:20] Anh Tám: F1 BN90411:",
    "1. Lưu Văn Bí 1985, chồng, 0918110501, tx cuối 05/7",
    "2. Lưu Văn Bầu 2009, con, tx cuối 05/7 (đã là F0 BN90412)",
]


def load_chat(folder: Path, lines: list[str], answers: dict[str, str] | None = None) -> LoadResult:
    (folder / "chat.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    tests = [
        ["Họ và tên", "Năm sinh", "SĐT", "Ngày lấy mẫu", "Kết quả"],
        ["Ninh Thị Ngót", "1990", "0918110599", "5/7/2021", "Âm tính"],
    ]
    paths = [folder / "chat.txt", write_list(folder / "xn.csv", tests)]
    return load_files(paths, options=LoadOptions(today=date(2021, 8, 31)), answers=Answers(answers or {}))


def test_codes_make_cases_of_those_whose_results_were_announced(tmp_path: Path) -> None:
    result = load_chat(tmp_path, CHAT)
    cases = result.records.cases.set_index("person")
    assert sorted(cases.index) == ["BN90411", "BN90412"]
    assert cases["sample"].notna().all() and cases["confirmed"].notna().all()
    positive = result.records.tests[result.records.tests["result"] == "positive"]
    assert sorted(positive["person"]) == ["BN90411", "BN90412"]
    assert {pair[:2] for pair in pairs_of(result)} == {
        ("Lưu Văn Bí", "Thang Thị Mướp"),
        ("Lưu Văn Bầu", "Thang Thị Mướp"),
    }


def test_a_code_of_somebody_unknown_is_told_with_its_line_and_asked(tmp_path: Path) -> None:
    result = load_chat(tmp_path, [CHAT[0], "[18:10] Trạm Sáu: mã số BN90411 (Mướp)", *CHAT[3:5]])
    assert not len(result.records.cases)
    assert any(question.said == "mã số BN90411 (Mướp)" for question in result.questions)
    (code,) = [question for question in result.questions if "case" in {choice.value for choice in question.choices}]
    assert code.rows == 1


def test_a_short_name_is_whom_the_lists_call_so_or_asked(tmp_path: Path) -> None:
    lines = [CHAT[0], "[18:05] Trạm Sáu: cô Ngót dương tính rồi nha mn"]
    (question, *_others) = [one for one in load_chat(tmp_path, lines).questions if one.kind == "reference"]
    (person, *_rest) = [choice.value for choice in question.choices]
    result = load_chat(tmp_path, lines, {question.id: person})
    positive = result.records.tests[result.records.tests["result"] == "positive"]
    assert len(positive) == 1 and result.meant[0].person == person


@pytest.mark.parametrize("line", ["con cô Mướp dương tính", "bà Ngót và một người nữa dương tính"])
def test_a_result_of_somebody_unnamed_does_not_vanish(tmp_path: Path, line: str) -> None:
    result = load_chat(tmp_path, [CHAT[0], f"[18:05] Trạm Sáu: {line}", *CHAT[3:5]])
    assert any(question.said == line for question in result.questions)
