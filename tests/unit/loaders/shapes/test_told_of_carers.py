"""What the row of a patient tells of who looks after them is no word about the patient."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, visits_of

from loaders import LoadResult
from loaders.questions import Question

MERGED = ["A3:A4", "B3:E3", "F3:H3", "I3:I4"]


def _ward(remark: str, days: str = "2/8 - 5/8") -> Rows:
    return [
        ["BỆNH VIỆN ĐA KHOA SÔNG TRẸM - KHOA NGOẠI"],
        ["NGƯỜI BỆNH VÀ NGƯỜI NUÔI từ 01/8/2021 đến 09/8/2021"],
        ["Phòng", "Người bệnh", "", "", "", "Người nuôi bệnh", "", "", "Ghi chú"],
        ["", "Họ tên", "Năm sinh", "Ngày vào", "Ngày ra", "Họ tên", "SĐT", "Từ ngày - đến ngày", ""],
        ["4", "Ông Văn Thẻo", "1948", "01/8", "09/8", "Kha Thị Lượm", "0918220011", days, remark],
        ["4", "Tống Văn Đực", "1955", "03/8", "08/8", "Tống Thị Mai", "0918220012", "3/8 - 8/8", ""],
    ]


CASES = [["Mã BN", "Họ tên", "Năm sinh", "Ngày dương tính"], ["BN88031", "Kha Thị Lượm", "1983", "07/08/2021"]]


def _load(folder: Path, remark: str, answers: dict[str, str] | None = None) -> LoadResult:
    return load_lists(folder, {"ca.csv": CASES, "khoa.xlsx": _ward(remark)}, answers=answers, merged=MERGED)


def _of_remarks(result: LoadResult) -> list[Question]:
    return [question for question in result.questions if question.column == "Ghi chú"]


@pytest.mark.parametrize("remark", ["con dâu, nay là BN88031", "người nuôi nay là BN88031"])
def test_a_remark_that_calls_the_carer_is_asked_of_the_carer(tmp_path: Path, remark: str) -> None:
    (asked,) = _of_remarks(_load(tmp_path, remark))
    assert asked.text.values["heading"] == "Người nuôi bệnh › Họ tên"
    told = _load(tmp_path, remark, {asked.id: "yes"})
    names = names_of(told)
    assert names["BN88031"] == "Kha Thị Lượm" and "Ông Văn Thẻo" in set(names.values()) - {names["BN88031"]}
    stays = {(start, end) for name, _place, start, end in visits_of(told) if name == "Kha Thị Lượm"}
    assert stays == {("2021-08-02", "2021-08-05")}


def test_a_positive_test_of_the_carer_makes_no_case_of_the_patient(tmp_path: Path) -> None:
    (asked,) = _of_remarks(_load(tmp_path, "con dâu, đã dương tính 6/8"))
    assert {choice.text.values.get("heading") for choice in asked.choices} == {"Người nuôi bệnh › Họ tên", None}
    told = _load(tmp_path, "con dâu, đã dương tính 6/8", {asked.id: "confirmed"})
    names = names_of(told)
    assert {names[who] for who in told.records.cases["person"]} == {"Kha Thị Lượm"}


def test_a_remark_that_may_be_about_either_says_about_whom_it_is_asked(tmp_path: Path) -> None:
    (asked,) = _of_remarks(_load(tmp_path, "nay là BN88031"))
    assert asked.text.values["heading"] == "Họ tên"


def test_parts_of_a_remark_go_to_whom_they_are_about(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"khoa.xlsx": _ward("con gái; chuyển phòng 9/8")}, merged=MERGED)
    people = result.records.persons.set_index("name")["attributes"]
    assert "con gái" in people["Kha Thị Lượm"] and "con gái" not in people["Ông Văn Thẻo"]
    assert "chuyển phòng" in people["Ông Văn Thẻo"] and "chuyển phòng" not in people["Kha Thị Lượm"]


@pytest.mark.parametrize(
    ("days", "stay"),
    [("2/8 - 5/8", ("2021-08-02", "2021-08-05")), ("cả đợt", ("2021-08-01", "2021-08-09"))],
)
def test_first_and_last_day_of_a_carer_stand_in_one_cell(tmp_path: Path, days: str, stay: tuple[str, str]) -> None:
    result = load_lists(tmp_path, {"khoa.xlsx": _ward("", days)}, merged=MERGED)
    assert {(start, end) for name, _place, start, end in visits_of(result) if name == "Kha Thị Lượm"} == {stay}
    assert not result.questions
