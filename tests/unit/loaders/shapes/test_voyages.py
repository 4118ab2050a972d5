"""Books of boats, as a post or a port keeps them: a row for each voyage, its crew in one cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, visits_of

from loaders.files.grid import Line
from loaders.files.titles import read_facts

BOOK: Rows = [
    ["ĐỒN BIÊN PHÒNG HÒN KHOAI - SỔ TÀU RA VÀO (tháng 6-7/2021)"],
    [
        "STT",
        "Số tàu",
        "Chủ tàu",
        "Tài công",
        "Tên ngư phủ",
        "Ngày ra khơi",
        "Giờ",
        "Ngày cập bến",
        "Giờ",
        "KQ test khi về",
    ],
    [
        "1",
        "CM-90123-TS",
        "Lê Lớn",
        "Mai Văn Sơn 0918444001",
        "Tô Văn Lụa (1980), Âu Văn Bé (1991)",
        "3/7/2021",
        "4h",
        "17/7/2021",
        "15h30",
        "Bé (+), còn lại (-)",
    ],
    ["2", "CM-90124-TS", "Cù Văn Hòa", "chủ tàu", "Lưu Bá Đạt (1975)", "10/7/2021", "5h", "", "", ""],
]


def test_captain_and_crew_are_aboard_from_leaving_to_return(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"tau.xlsx": BOOK})
    assert visits_of(result) == {
        *(
            (who, "CM-90123-TS", "2021-07-03T04:00", "2021-07-17T15:30")
            for who in ("Mai Văn Sơn", "Tô Văn Lụa", "Âu Văn Bé")
        ),
        *((who, "CM-90124-TS", "2021-07-10T05:00", "") for who in ("Cù Văn Hòa", "Lưu Bá Đạt")),
    }
    assert set(result.records.places["kind"]) == {"boat"}
    people = result.records.persons.set_index("name")
    assert people.loc["Mai Văn Sơn", "phone"] == "0918444001" and people.loc["Âu Văn Bé", "birth_year"] == 1991


def test_the_result_of_each_that_a_cell_tells_by_name_is_of_the_day_of_return(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"tau.xlsx": BOOK})
    tests = result.records.tests.merge(result.records.persons, on="person").set_index("name")
    assert tests["result"].to_dict() == {"Mai Văn Sơn": "negative", "Tô Văn Lụa": "negative", "Âu Văn Bé": "positive"}
    assert tests["sample"].nunique() == 1


def test_a_journey_of_one_person_in_each_row_is_no_book_of_boats(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "SĐT", "Số tàu", "Ngày xuất bến", "Ngày nhập bến"],
        ["Mai Văn Sơn", "0918444001", "CM-90123-TS", "3/7/2021", "17/7/2021"],
    ]
    result = load_lists(tmp_path, {"tau.xlsx": rows})
    assert set(result.records.persons["name"]) == {"Mai Văn Sơn"}


@pytest.mark.parametrize(
    "heads",
    [
        ("Tàu", "Ngày đi", "Ngày về"),
        ("Số đăng ký tàu", "Ngày xuất bến", "Ngày về bến"),
        ("Số tàu", "Rời bến", "Cập bến"),
    ],
)
def test_each_of_a_crew_in_a_row_is_aboard_from_leaving_to_return(tmp_path: Path, heads: tuple[str, str, str]) -> None:
    boat, leaves, returns = heads
    rows: Rows = [
        ["ĐỒN BIÊN PHÒNG HÒN KHOAI - DANH SÁCH THUYỀN VIÊN (6 - 7/2021)"],
        [boat, "Họ và tên", "Năm sinh", leaves, returns, "Ghi chú"],
        ["CM-90123-TS", "Mai Văn Sơn", "1971", "3/7/2021", "17/7/2021", ""],
        ["CM-90123-TS", "Tô Văn Lụa", "1980", "3/7/2021", "17/7/2021", ""],
        ["CM-90124-TS", "Cù Văn Hoà", "1966", "10/7/2021", "", ""],
        ["CM-90124-TS", "Lưu Bá Đạt", "1975", "", "", "đau chân, không đi chuyến này"],
    ]
    result = load_lists(tmp_path, {"tau.xlsx": rows})
    assert visits_of(result) == {
        *((who, "CM-90123-TS", "2021-07-03", "2021-07-17") for who in ("Mai Văn Sơn", "Tô Văn Lụa")),
        ("Cù Văn Hoà", "CM-90124-TS", "2021-07-10", ""),
    }
    assert "Lưu Bá Đạt" in set(result.records.persons["name"]) and not result.questions


def test_whoever_has_no_day_and_no_word_about_it_is_asked_about(tmp_path: Path) -> None:
    rows: Rows = [
        ["ĐỒN BIÊN PHÒNG HÒN KHOAI - DANH SÁCH THUYỀN VIÊN ngày 18/7/2021"],
        ["Tàu", "Họ và tên", "Năm sinh", "Ngày đi", "Ngày về"],
        ["CM-90123-TS", "Mai Văn Sơn", "1971", "3/7/2021", "17/7/2021"],
        ["CM-90123-TS", "Lưu Bá Đạt", "1975", "", ""],
    ]
    result = load_lists(tmp_path, {"tau.xlsx": rows})
    assert {visit[0] for visit in visits_of(result)} == {"Mai Văn Sơn"} and len(result.questions) == 1


@pytest.mark.parametrize("text", ["SỔ TÀU (tháng 7-8/2021)", "T7-8", "tháng 7 - 8/2021", "SỔ TÀU (7 - 8/2021)"])
def test_two_months_are_no_day(text: str) -> None:
    assert not [fact for fact in read_facts([Line(1, (text,))], text, "") if fact.name == "day"]


@pytest.mark.parametrize("text", ["ngày 7-8-2021", "T2 7/8/2021", "ngày 7 tháng 8 năm 2021"])
def test_days_beside_these_words_are_days(text: str) -> None:
    assert {fact.value for fact in read_facts([Line(1, (text,))], None, "") if fact.name == "day"} == {"2021-08-07"}
