"""A day, a place, an id or somebody's name that belongs to another kind of list is asked about; nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khẳng định"],
    ["BN71", "Vưu Thị Mơ", "1980", "09/8/2021"],
    ["BN72", "Diệp Văn Lựu", "1985", "10/8/2021"],
]
CONTACTS = [
    ["Họ và tên", "Năm sinh", "SĐT", "Tiếp xúc với ca", "Ngày tiếp xúc"],
    ["Vưu Thị Mận", "1980", "0918110041", "BN71", "07/8/2021"],
    ["Diệp Văn Hồng", "1985", "0918110042", "BN71", "08/8/2021"],
]
ASKED = {
    "Lớp": "7A3",
    "Số ghế": "A5",
    "Mã điểm": "QR55",
    "Hình thức cách ly": "tại nhà",
    "Ngày khai báo": "03/8/2021",
    "Thời gian khai báo": "03/8/2021 07:00",
    "Thông tin khai báo từ ngày": "03/8/2021",
    "Bắt đầu nuôi": "03/8/2021",
    "Người nuôi bệnh": "Trà Thị Cam",
    "Nhân viên phục vụ": "Trà Thị Cam",
    "SĐT lái xe": "0918110043",
    "GVCN": "Trà Thị Cam",
}


def _with(rows: list[list[str]], heading: str, value: str) -> list[list[str]]:
    return [[*rows[0], heading], *([*row, value] for row in rows[1:])]


@pytest.mark.parametrize("heading", ASKED)
def test_what_no_case_list_uses_is_asked_and_kept(tmp_path: Path, heading: str) -> None:
    result = load_lists(tmp_path, {"ca.xlsx": _with(CASES, heading, ASKED[heading])})
    assert [question.column for question in result.questions] == [heading]
    assert all(ASKED[heading] in str(kept) for kept in result.records.persons["attributes"])
    assert len(result.records.cases) == 2


@pytest.mark.parametrize("heading", ["Lớp", "Số ghế", "Mã điểm", "Ngày khai báo", "Ca làm việc", "Bắt đầu nuôi"])
def test_what_no_contact_list_uses_is_asked_once(tmp_path: Path, heading: str) -> None:
    value = ASKED.get(heading, "Ca 1")
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "ds.xlsx": _with(CONTACTS, heading, value)})
    assert [question.column for question in result.questions] == [heading]
    assert len(result.records.contacts) == 2


@pytest.mark.parametrize(
    ("heading", "value"), [("Tên đệm", "Thị"), ("Tháng sinh", "6"), ("Dấu thời gian", "3/8/2021 7:00")]
)
def test_what_says_nothing_that_a_rule_asks_for_is_kept(tmp_path: Path, heading: str, value: str) -> None:
    result = load_lists(tmp_path, {"ca.xlsx": _with(CASES, heading, value)})
    assert not result.questions
    assert all(value in str(kept) for kept in result.records.persons["attributes"])


def test_an_account_that_nothing_uses_is_asked_whatever_word_links_the_case(tmp_path: Path) -> None:
    rows = _with(CASES, "Lời khai", "")
    rows[2][-1] = "Ngày 04/8 gặp BN71 ở chợ"
    plain = load_lists(tmp_path, {"ca.xlsx": rows})
    assert len(plain.records.contacts) == 1 and not plain.questions
    rows[2][-1] = "Ngày 04/8 gặp BN71 ở chợ, hôm sau mẹ lại ghé nhà BN71"
    (asked,) = load_lists(tmp_path, {"ca.xlsx": rows}).questions
    assert asked.said == rows[2][-1]


def test_who_looks_after_a_patient_of_a_ward_is_on_record_and_not_asked_about(tmp_path: Path) -> None:
    ward = [
        ["Họ và tên", "Năm sinh", "Khoa", "Phòng", "Ngày vào", "Ngày ra", "Người nuôi bệnh"],
        ["Vưu Thị Mận", "1980", "Khoa Nội", "201", "07/8/2021", "09/8/2021", "Trà Thị Cam"],
        ["Diệp Văn Hồng", "1985", "Khoa Nội", "202", "07/8/2021", "09/8/2021", "Trà Thị Quít"],
    ]
    result = load_lists(tmp_path, {"noi.xlsx": ward})
    assert "Người nuôi bệnh" not in {question.column for question in result.questions}
    assert {"Trà Thị Cam", "Trà Thị Quít"} <= set(result.records.persons["name"])


VISITS = ["Họ và tên", "Năm sinh", "SĐT", "Địa điểm", "Giờ vào", "Giờ ra"]
FROM_TO = ["07/8/2021 07:00", "07/8/2021 09:00"]


@pytest.mark.parametrize(
    ("place", "heading", "value", "read"),
    [
        ("Trường THCS Tân Lộc", "Lớp", "7A3", "Trường THCS Tân Lộc, lớp 7A3"),
        ("Khách sạn Gió", "Phòng", "204", "Khách sạn Gió, phòng 204"),
        ("Quán Gió", "Bàn", "4", "Quán Gió, bàn 4"),
        ("Bệnh viện Cái Nước", "Khoa", "Khoa Nội", "Bệnh viện Cái Nước, Khoa Nội"),
    ],
)
def test_a_part_of_a_place_that_a_column_names_is_read(
    tmp_path: Path, place: str, heading: str, value: str, read: str
) -> None:
    rows = [[*VISITS, heading], ["Vưu Thị Mận", "1980", "0918110041", place, *FROM_TO, value]]
    assert load_lists(tmp_path, {"ds.xlsx": rows}).records.visits["place"].tolist() == [read]


@pytest.mark.parametrize(
    ("heading", "value"), [("Tàu", "CM-91234-TS"), ("Biển số xe", "69B-001.11"), ("Bộ phận", "May 2")]
)
def test_what_is_no_part_of_a_place_stays_with_the_visit(tmp_path: Path, heading: str, value: str) -> None:
    rows = [[*VISITS, heading], ["Vưu Thị Mận", "1980", "0918110041", "Chốt số 7", *FROM_TO, value]]
    (kept,) = load_lists(tmp_path, {"ds.xlsx": rows}).records.visits["attributes"]
    assert value in kept


def test_a_day_beside_hours_of_another_day_is_asked(tmp_path: Path) -> None:
    rows = [[*VISITS, "Ngày đi"], ["Vưu Thị Mận", "1980", "0918110041", "Quán Gió", *FROM_TO, "09/8/2021"]]
    (asked,) = load_lists(tmp_path, {"ds.xlsx": rows}).questions
    assert asked.column == "Ngày đi"


def test_a_block_without_a_room_is_a_part_of_the_camp(tmp_path: Path) -> None:
    rows = [["Họ và tên", "Năm sinh", "Ngày bắt đầu cách ly", "Nơi cách ly", "Dãy"]]
    rows += [["Vưu Thị Mận", "1980", "07/8/2021", "THPT Phú Hưng", "B"]]
    assert load_lists(tmp_path, {"ds.xlsx": rows}).records.isolations["place"].tolist() == ["THPT Phú Hưng, dãy B"]


def test_a_contact_with_a_day_of_confirmation_is_asked_about(tmp_path: Path) -> None:
    lists = {"ca.xlsx": CASES, "ds.xlsx": _with(CONTACTS, "Ngày xác nhận", "12/8/2021")}
    (asked,) = load_lists(tmp_path, lists).questions
    assert asked.column == "Ngày xác nhận"
    told = load_lists(tmp_path, lists, answers={asked.id: "confirmed"})
    assert len(told.records.cases) == 4


@pytest.mark.parametrize("heading", ["Nơi phát hiện", "Ngày kết cục", "Rõ nguồn lây"])
def test_what_is_told_of_cases_stays_with_whoever_is_none(tmp_path: Path, heading: str) -> None:
    value = {"Nơi phát hiện": "cộng đồng", "Ngày kết cục": "12/8/2021", "Rõ nguồn lây": "không"}[heading]
    people = load_lists(tmp_path, {"ca.xlsx": CASES, "ds.xlsx": _with(CONTACTS, heading, value)}).records.persons
    assert people["attributes"].fillna("").str.contains(value).sum() == 2


def test_what_a_side_of_an_interview_tells_in_words_is_asked_and_kept(tmp_path: Path) -> None:
    rows = [[*CONTACTS[0], "Thông tin khai báo"], [*CONTACTS[1], "ăn chung bàn tiệc ngày 8/8 với BN72"]]
    rows += [[*CONTACTS[2], "F1"]]
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "ds.xlsx": rows})
    (asked,) = result.questions
    assert asked.said == "ăn chung bàn tiệc ngày 8/8 với BN72"
    kept = result.records.contacts["attributes"].dropna()
    assert ["bàn tiệc" in text for text in kept] == [True]


def test_the_vehicle_of_a_class_stays_with_the_visit(tmp_path: Path) -> None:
    rows = [["Họ và tên", "Năm sinh", "Lớp", "Ngày học", "Biển số xe"]]
    rows += [["Vưu Thị Mận", "2009", "7A3", "09/8/2021", "69B-001.11"]]
    (kept,) = load_lists(tmp_path, {"ds.xlsx": rows}).records.visits["attributes"]
    assert "69B-001.11" in kept
