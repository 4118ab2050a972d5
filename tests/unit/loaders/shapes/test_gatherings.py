"""Chats that say in a sentence with whom a case was and when, take it back, and tell how the tests came out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lists import names_of, pairs_of, results_of, write_list

from loaders import LoadOptions, load_files
from loaders.columns.gathering import FIRST, LAST, read_gathering, spelt_out
from loaders.columns.person_line import DAYS, HOURS, NAME, people_of_line
from loaders.result import LoadResult

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày dương tính"],
    ["BN6120", "Tiêu Văn Quế", "1985", "9/8/2021"],
    ["BN6121", "Tiêu Thị Hồi", "1990", "9/8/2021"],
]
CHAT = """\
Nhóm: F0 KHÓM 3
Thứ Hai, 09/08/2021
[17:02] Bảy khóm 3: tối 05/8 từ 19h đến 21h, BN6120 nhậu chung với Mạch Văn Nha (1988, 0912000451), \
Ưng Văn Gừng sn 87 sđt 912000452 và chị Kim Thị Ớt 1991
[17:05] Chín đò: đò Tám Lúa chạy 20h ngày 03/8 tới chợ nổi 5h sáng 04/8, BN6121 ngồi mũi đò. \
Danh sách những người đi cùng đò:
1. Lư Văn Đước 1970 0912000461
2. thạch thị mắm 1982 0912000462
3. Lư Thị Bần, 1995, 0912000463
[17:09] Chín đò: dạ em nhầm, chị Bần bữa đó không đi đò, bỏ tên chị Bần ra nha
[17:12] Trạm y tế: 2 người ở trọ chung với BN6120 (Quế phụ hồ): \
Âu Văn Tràm 1993 0912000471, Âu Thị Dừa 1996 0912000472. Ở chung tới 07/8 thì Quế nhập viện
[17:20] Trạm y tế: Test nhanh chiều nay: Tràm dương tính, chị Dừa âm tính. Ông Đước với bà Mắm âm tính cả 2
"""


def _load(folder: Path, chat: str) -> LoadResult:
    (folder / "zalo.txt").write_text(chat, encoding="utf-8")
    cases = write_list(folder / "ca.xlsx", CASES)
    return load_files([cases, folder / "zalo.txt"], options=LoadOptions(today=date(2021, 8, 31)))


def test_sentences_of_a_chat_tell_whom_a_case_was_with_and_when(tmp_path: Path) -> None:
    result = _load(tmp_path, CHAT)
    evening = ("2021-08-05T19:00", "2021-08-05T21:00")
    boat = ("2021-08-03T20:00", "2021-08-04T05:00")
    assert {frozenset(pair[:2]): pair[2:] for pair in pairs_of(result)} == {
        frozenset({"Tiêu Văn Quế", "Mạch Văn Nha"}): evening,
        frozenset({"Tiêu Văn Quế", "Ưng Văn Gừng"}): evening,
        frozenset({"Tiêu Văn Quế", "Kim Thị Ớt"}): evening,
        frozenset({"Tiêu Thị Hồi", "Lư Văn Đước"}): boat,
        frozenset({"Tiêu Thị Hồi", "Thạch Thị Mắm"}): boat,
        frozenset({"Tiêu Văn Quế", "Âu Văn Tràm"}): ("", "2021-08-07"),
        frozenset({"Tiêu Văn Quế", "Âu Thị Dừa"}): ("", "2021-08-07"),
    }
    people = result.records.persons.set_index("name")
    assert people.loc["Ưng Văn Gừng", "birth_year"] == 1987 and people.loc["Ưng Văn Gừng", "phone"] == "0912000452"


def test_who_is_taken_back_later_is_asked_about_and_no_contact(tmp_path: Path) -> None:
    result = _load(tmp_path, CHAT)
    assert "Lư Thị Bần" in names_of(result).values()
    assert not [pair for pair in pairs_of(result) if "Lư Thị Bần" in pair]
    assert "Ghi chú" in {question.column for question in result.questions}


def test_results_of_those_listed_are_theirs_on_the_day_above_the_messages(tmp_path: Path) -> None:
    assert results_of(_load(tmp_path, CHAT)) == {
        ("Âu Văn Tràm", "2021-08-09", "positive"),
        ("Âu Thị Dừa", "2021-08-09", "negative"),
        ("Lư Văn Đước", "2021-08-09", "negative"),
        ("Thạch Thị Mắm", "2021-08-09", "negative"),
    }


@pytest.mark.parametrize(
    ("text", "when", "names"),
    [
        ("sáng 2/8 lúc 7h BN34 ăn sáng cùng Lê Thị Hoa (1970)", {DAYS: "2/8", HOURS: "7h"}, ["Lê Thị Hoa"]),
        ("1/8 - 3/8 BN34 làm việc với Lê Văn Tư 1970", {FIRST: "1/8", LAST: "3/8"}, ["Lê Văn Tư"]),
        (
            "17h30 - 18h45 ngày 29/7, chị Sương (BN34) ngồi cùng dãy ghế với:",
            {DAYS: "29/7", HOURS: "17h30 - 18h45"},
            [],
        ),
        ("1/8, 2/8 và 3/8 BN34 họp với Lê Văn Tư 1970", {}, ["Lê Văn Tư"]),
    ],
)
def test_the_time_of_a_sentence(text: str, when: dict[str, str], names: list[str]) -> None:
    told = read_gathering(text)
    assert told is not None and told.case == "BN34"
    assert (dict(told.when), [one[NAME] for one in told.people]) == (when, names)


@pytest.mark.parametrize(
    "text",
    [
        "BN34 không gặp Lê Văn Tư (1970)",
        "BN34 và BN35 ăn cơm với Lê Văn Tư (1970)",
        "BN34 đang ở bệnh viện",
        "Lê Văn Tư 1970 ăn cơm với em",
    ],
)
def test_other_sentences_are_none(text: str) -> None:
    assert read_gathering(text) is None


def test_a_place_before_a_sentence_is_nobody() -> None:
    assert not people_of_line("Karaoke Sao Đêm (đường Hai Bà Trưng) tối 27/6 từ 20h, 0912000481")


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("lâm chí cường 1999 ghế 11", "Lâm Chí Cường 1999 ghế 11"),
        ("tài xế xe tải 2021", "tài xế xe tải 2021"),
        ("Lê Tư sn 83 912000491", "Lê Tư sn 1983 0912000491"),
        ("Lê Tư 88 - 0912000491", "Lê Tư, 0912000491, 88"),
        ("Lê Tư 1988 CMND 381234567", "Lê Tư 1988 CMND 381234567"),
        ("Lê Tư cmnd 912345678", "Lê Tư cmnd 912345678"),
    ],
)
def test_what_a_chat_leaves_out(text: str, spelt: str) -> None:
    assert spelt_out(text) == spelt
