"""Lists of homes: who was at home on the day of the list visits it; without a day only the home is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, pairs_of, visits_of

HOMES: Rows = (
    ("DANH SÁCH HỘ GIA ĐÌNH (rà soát ngày 29/7/2021)", "", "", "", "", ""),
    ("Số hộ", "Chủ hộ / nhân khẩu", "Quan hệ với chủ hộ", "Năm sinh", "Nam/Nữ", "Đang ở nhà?"),
    ("H1", "Hộ: Lê Một", "Chủ hộ", 1960, "Nam", "Không"),
    ("", "- Lê Hai", "Vợ", 1962, "Nữ", "Có"),
    ("", "- Lê Ba", "Con", 1990, "Nam", "Có"),
    ("H2", "Hộ: Trần Bốn", "Chủ hộ", 1970, "Nam", "Có"),
    ("", "- Trần Năm", "Con", 1995, "Nữ", "Có, tự theo dõi"),
)


def test_members_who_were_at_home_are_there_on_the_day_of_the_list(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ho.csv": HOMES})
    day = ("2021-07-29", "2021-07-29")
    there = {("Lê Hai", "nhà H1"), ("Lê Ba", "nhà H1"), ("Trần Bốn", "nhà H2"), ("Trần Năm", "nhà H2")}
    assert visits_of(result) == {(*who, *day) for who in there}
    places = result.records.places
    assert set(places["kind"]) == {"household"} and result.records.contacts.empty and result.complete
    assert result.records.persons["household"].tolist().count("H1") == 3


def test_without_a_day_only_the_home_is_on_record(tmp_path: Path) -> None:
    rows = [("DANH SÁCH HỘ GIA ĐÌNH", *[""] * 5), *HOMES[1:]]
    result = load_lists(tmp_path, {"ho.csv": rows})
    assert result.records.visits.empty and len(names_of(result)) == 5
    assert set(result.records.persons["household"]) == {"H1", "H2"}


CASES: Rows = (
    ("Mã BN", "Họ và tên", "Năm sinh", "SĐT", "Ngày khởi phát"),
    ("BN70101", "Tạ Văn Mít", "1975", "0912000331", "18/07/2021"),
    ("BN70102", "Mai Thị Cẩm", "1982", "", "19/07/2021"),
)


@pytest.mark.parametrize("heading", ["Căn hộ", "Mã hộ", "Apartment No."])
def test_those_who_live_with_a_known_case_are_asked_about(tmp_path: Path, heading: str) -> None:
    rows = [
        (heading, "Họ và tên", "Năm sinh", "Quan hệ với chủ hộ", "SĐT", "Ghi chú"),
        ("D-0402", "Tạ Văn Mít", "1975", "Chủ hộ", "0912000331", ""),
        ("D-0402", "Hà Thị Vải", "1976", "Vợ", "0912000332", ""),
        ("D-0402", "Mai Thị Cẩm", "1982", "Em", "", ""),
        ("D-0403", "Tống Văn Sang", "1960", "Chủ hộ", "0912000333", ""),
        ("D-0404", "Mai Thị Cẩm", "1950", "Chủ hộ", "", ""),
        ("D-0404", "Lê Thị Na", "1990", "Con", "0912000334", ""),
    ]
    lists = {"ca.csv": CASES, "ho.xlsx": rows}
    (question,) = load_lists(tmp_path, lists).questions
    assert (question.column, question.rows) == (heading, 3)
    told = load_lists(tmp_path, lists, answers={question.id: "yes"})
    assert told.complete and set(told.records.contacts["kind"]) == {"household"}
    assert {pair[:2] for pair in pairs_of(told)} == {
        *(("Hà Thị Vải", "Tạ Văn Mít"), ("Hà Thị Vải", "Mai Thị Cẩm"), ("Mai Thị Cẩm", "Tạ Văn Mít")),
    }
    apart = load_lists(tmp_path, lists, answers={question.id: "no"})
    assert apart.complete and apart.records.contacts.empty


def test_the_code_beside_a_member_tells_the_case_too(tmp_path: Path) -> None:
    rows = [
        ("Số hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ghi chú"),
        ("H7", "Tạ Văn Mít", "Chủ hộ", "BN70101"),
        ("H7", "Hà Thị Vải", "Vợ", ""),
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "ho.csv": rows})
    asked = [question for question in result.questions if question.column == "Số hộ"]
    assert [question.rows for question in asked] == [1]
