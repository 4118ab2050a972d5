"""A form about one person: several labels in a line, and below it whom that person met and where the person was."""

from __future__ import annotations

from pathlib import Path

from lists import Rows, load_lists, visits_of
from two_cases import CASES, LOC, load_with_cases

FORM: Rows = (
    ("PHIẾU ĐIỀU TRA DỊCH TỄ",),
    ("1. Họ và tên: Ngô Thị Hạnh Đoan",),
    ("2. Năm sinh: 1987     Giới: Nữ     Nghề nghiệp: thợ may",),
    ("3. Địa chỉ: ấp Bến Lá, xã Tân Hưng, huyện Cái Nước",),
    ("4. Số điện thoại: 0918660101",),
    ("5. Ngày khởi phát: 20/7/2021, triệu chứng: ho",),
    ("6. Ngày lấy mẫu: 21/7/2021. Kết quả: dương tính ngày 22/7/2021",),
    ("7. Người tiếp xúc gần:",),
    ("Họ tên", "Năm sinh", "SĐT", "Ngày tiếp xúc"),
    ("Kim Văn Lực", "1960", "0918660102", "19/7/2021"),
    ("",),
    ("8. Lịch trình di chuyển:",),
    ("Ngày", "Từ giờ", "Đến giờ", "Địa điểm"),
    ("18/7/2021", "6h", "14h", "Xưởng may Hòa Thành"),
    ("19/7/2021", "17h", "17h30", "Chợ Rạch Ráng"),
)
WHOM = "Ngô Thị Hạnh Đoan"


def test_every_label_of_a_line_is_read_and_the_tables_below_are_of_the_one_whom_the_form_is_about(
    tmp_path: Path,
) -> None:
    result = load_with_cases(tmp_path, "phieu.xlsx", FORM)
    persons = result.records.persons
    (of_form,) = persons[persons["name"] == WHOM].to_dict("records")
    assert (of_form["birth_year"], of_form["sex"], of_form["occupation"]) == (1987, "female", "thợ may")
    (test,) = result.records.tests.to_dict("records")
    assert test["person"] == of_form["person"] and test["result"] == "positive" and test["resulted"] > test["sample"]
    assert {(who, place) for who, place, *_ in visits_of(result)} == {
        (WHOM, "Xưởng may Hòa Thành"),
        (WHOM, "Chợ Rạch Ráng"),
    }
    (met,) = result.records.contacts.to_dict("records")
    assert of_form["person"] in (met["person_a"], met["person_b"])
    (case,) = result.records.cases[result.records.cases["person"] == of_form["person"]].to_dict("records")
    assert case["onset"] < case["sample"] == test["sample"] and not result.questions


def test_whose_itinerary_it_is_may_be_answered_with_the_full_name(tmp_path: Path) -> None:
    bare = [("Ngày", "Giờ", "Địa điểm"), ("18/7/2021", "6h-14h", "Xưởng may Hòa Thành")]
    first = load_with_cases(tmp_path, "di chuyen.csv", bare)
    (question,) = (one for one in first.questions if "whose itinerary" in str(one.text))
    for answer in (LOC, "BN501"):
        lists = {"ca benh.csv": CASES, "di chuyen.csv": bare}
        told = load_lists(tmp_path, lists, answers={question.id: answer})
        assert set(told.records.visits["person"]) == {"BN501"} and not told.questions
