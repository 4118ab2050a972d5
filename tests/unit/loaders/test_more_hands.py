"""Lists in more hands: grouped heads, two steps in a row, company that is only told of, halves of the day."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import asked_of, load_lists, names_of, pairs_of, visits_of

from loaders.columns.company import names_several, tells_company
from loaders.columns.hours import read_hours
from loaders.columns.moments import read_moment

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN81001", "Trịnh Quốc Bửu", "1978", "20/07/2021"],
    ["BN81002", "Lâm Thị Sang", "1983", "21/07/2021"],
]
ONE, OTHER = "Trịnh Quốc Bửu", "Lâm Thị Sang"


def test_below_the_heading_of_the_carer_stand_name_and_telephone_of_the_carer(tmp_path: Path) -> None:
    rows = [
        ["BỆNH VIỆN ĐA KHOA CÁI NƯỚC", "", "", "", "", "", ""],
        ["Buồng", "Người bệnh", "", "", "Người nuôi bệnh", "", ""],
        ["", "Họ tên", "Ngày vào", "Ngày ra", "Họ tên", "SĐT", "Nuôi từ ngày"],
        ["Phòng 12", "Tạ Thị Mười", "17/7/2021", "22/7/2021", "Tạ Văn Bé", "0918500002", "19/7/2021"],
    ]
    result = load_lists(tmp_path, {"khoa.xlsx": rows}, merged=["B2:D2", "E2:G2", "A2:A3"])
    people = result.records.persons.set_index("name")["phone"]
    assert people.isna()["Tạ Thị Mười"]
    assert people["Tạ Văn Bé"] == "0918500002"
    assert visits_of(result) == {
        ("Tạ Thị Mười", "BỆNH VIỆN ĐA KHOA CÁI NƯỚC, Phòng 12", "2021-07-17", "2021-07-22"),
        ("Tạ Văn Bé", "BỆNH VIỆN ĐA KHOA CÁI NƯỚC, Phòng 12", "2021-07-19", "2021-07-22"),
    }


def test_below_the_heading_of_the_case_stands_whom_they_met(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "F0", "", "Ngày tiếp xúc cuối"],
        ["", "", "Mã BN", "Năm sinh", ""],
        ["Ngô Thị Bích", "1969", "BN81001", "1978", "22/7/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": rows}, merged=["C1:D1", "A1:A2", "B1:B2", "E1:E2"])
    assert pairs_of(result) == {("Ngô Thị Bích", ONE, "", "2021-07-22")}
    assert result.records.persons.set_index("name")["birth_year"]["Ngô Thị Bích"] == 1969


def test_a_list_of_f2_that_names_their_f1_and_the_case_of_these_has_two_steps(tmp_path: Path) -> None:
    rows = [
        ["Họ tên F2", "SĐT", "Họ tên F1", "F0 liên quan", "Ngày F1 TX F0", "Ngày F2 TX F1"],
        ["Trần Thị Diễm", "0918940001", "Ngô Thị Bích", "BN81001", "21/7/2021", "23/7/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f2.csv": rows})
    assert pairs_of(result) == {
        ("Ngô Thị Bích", "Trần Thị Diễm", "2021-07-23", "2021-07-23"),
        ("Ngô Thị Bích", ONE, "2021-07-21", "2021-07-21"),
    }


def test_an_interview_names_the_case_by_id_and_name_and_the_contact_by_name(tmp_path: Path) -> None:
    rows = [
        ["Mã ca bệnh", "Họ tên ca bệnh", "Họ tên người tiếp xúc", "Tiếp xúc ngày nào?", "Ở đâu?", "SĐT người tiếp xúc"],
        ["BN81001", ONE, "Ngô Thị Bích", "20-22/7/2021", "Chợ U Minh", "0918200001"],
        ["BN81002", OTHER, "2 người lạ", "18/7/2021", "Bến xe", ""],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "phieu.csv": rows})
    names = names_of(result)
    assert names["BN81001"] == ONE
    assert ("Ngô Thị Bích", ONE, "2021-07-20", "2021-07-22") in pairs_of(result)
    assert "speaks of a case or of company" in str([q.text for q in result.questions])


def test_an_itinerary_with_the_case_in_a_column(tmp_path: Path) -> None:
    rows = [
        ["Ca bệnh", "Ngày", "Giờ", "Nơi đến", "Gặp ai"],
        ["BN81002", "19/7/2021", "14h", "Bệnh viện Cái Nước", "Lâm Văn Tới"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "lich.csv": rows})
    assert visits_of(result) == {(OTHER, "Bệnh viện Cái Nước", "2021-07-19T14:00", "")}
    assert {pair[:2] for pair in pairs_of(result)} == {(OTHER, "Lâm Văn Tới")}


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("02:05 PM", ("14:05", None)),
        ("7:15 SA", ("07:15", None)),
        ("2:05 CH", ("14:05", None)),
        ("12:10 AM", ("00:10", None)),
        ("7h - 9h tối", ("19:00", "21:00")),
        ("8h - 2h chiều", ("08:00", "14:00")),
        ("8:00 AM - 5:00 PM", ("08:00", "17:00")),
        ("14h-16h30", ("14:00", "16:30")),
    ],
)
def test_hours_of_half_a_day(text: str, hours: tuple[str, str | None]) -> None:
    assert read_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "hour"), [("2h chiều 25/7/2021", 14), ("25/7/2021 2:00:00 CH", 14), ("25/7/2021 2:00:00 SA", 2)]
)
def test_an_hour_of_half_a_day_beside_its_day(text: str, hour: int) -> None:
    assert read_moment(text).clock == hour * 3600


@pytest.mark.parametrize(
    "text",
    [
        "và 2 người bạn",
        "đi cùng 2 người, chưa biết tên",
        "có 2 con nhỏ",
        "ở với em gái",
        "ngồi sát BN81001",
        "with two friends",
        "di cung vo",
        "ăn chung bàn với chuyền 2",
    ],
)
def test_words_of_company(text: str) -> None:
    assert tells_company(text)


@pytest.mark.parametrize(
    "text", ["tiêm 2 mũi", "32 tuổi", "đã xuất viện", "sống một mình", "không đi cùng ai", "nhập viện 2 ngày", "F1"]
)
def test_words_of_nobody_else(text: str) -> None:
    assert not tells_company(text)


def test_names_that_are_none() -> None:
    assert names_several("2 người lạ")
    assert not names_several("Ngô Thị Hai")


def test_company_that_only_a_remark_or_a_number_tells_is_asked_once_for_a_column(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "Tiếp xúc với ca", "Ngày tiếp xúc cuối", "Số người đi cùng", "Ghi chú"],
        ["Ngô Văn Dự", "2001", "BN81001", "21/7/2021", "", "và 2 người bạn"],
        ["Mai Văn Lộc", "1977", "BN81001", "20/7/2021", "2", ""],
        ["Kha Văn Tịnh", "1980", "BN81001", "20/7/2021", "0", "ngồi gần BN81002"],
        ["Kha Thị Lan", "1985", "BN81001", "20/7/2021", "", "đã gọi điện"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows})
    assert {question.column: question.rows for question in result.questions} == {"Ghi chú": 2, "Số người đi cùng": 1}
    answers = {question.id: "kept" for question in result.questions}
    assert load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows}, answers=answers).complete
    assert not asked_of(load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows}, answers=answers))


def test_a_history_that_names_a_case_is_no_mere_remark(tmp_path: Path) -> None:
    rows = [
        ["Mã BN", "Họ tên", "Ngày khởi phát", "Tiền sử dịch tễ"],
        ["BN81003", "Giang Minh Tú", "23/7/2021", "làm chung với BN81001 tại chợ"],
        ["BN81004", "Kha Văn Tịnh", "23/7/2021", "chưa rõ"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "moi.csv": rows})
    assert [(question.column, question.rows) for question in result.questions] == [("Tiền sử dịch tễ", 1)]
