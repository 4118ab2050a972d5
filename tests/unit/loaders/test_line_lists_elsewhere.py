"""Line lists of other countries: dates in the order that the title tells, family names first, cases by a result."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of
from two_cases import CASES

from loaders.files.headings import name_of_field
from tracing.times import format_iso

LIST: Rows = [
    ["Harbor Site Line List", "", "", "", "", "", ""],
    ["All dates in MM/DD/YYYY", "", "", "", "", "", ""],
    [
        "State ID",
        "Last, First",
        "Date of Symptom Onset",
        "Specimen Collection Date",
        "Test Result",
        "If yes, ID of case",
        "Date Last Exposed",
    ],
    ["HB-01", "Okafor, Ada", "07/03/2021", "07/05/2021", "Detected", "", ""],
    ["HB-02", "Okafor, Ben", "asymptomatic", "07/08/2021", "Detected", "HB-01", "07/06/2021"],
    ["HB-03", "Lind, Eva", "", "07/09/2021", "Not detected", "HB-01", "07/04/2021"],
]


def test_dates_are_read_in_the_order_that_the_title_tells(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"line.xlsx": LIST})
    assert names_of(result) == {"HB-01": "Okafor, Ada", "HB-02": "Okafor, Ben", "HB-03": "Lind, Eva"}
    assert "date.ambiguous" not in list(result.findings)
    assert sorted(result.records.tests["result"]) == ["negative", "positive", "positive"]


def test_who_is_said_to_be_a_case_because_of_a_result_has_the_onset_of_the_row(tmp_path: Path) -> None:
    rows = [
        ["F1 CỦA BN501", "", "", "", ""],
        ["Họ tên", "Năm sinh", "Ngày khởi phát", "Ngày lấy mẫu", "Kết quả"],
        ["Mai Văn Sơn", "1980", "15/7/2021", "17/7/2021", "dương tính"],
        ["Tô Thị Lụa", "1982", "không triệu chứng", "17/7/2021", "dương tính"],
    ]
    lists = {"ca benh.xlsx": CASES, "f1.xlsx": rows}
    asked = [question for question in load_lists(tmp_path, lists).questions if "Positive" in str(question.text)]
    assert [question.row for question in asked] == [3, 4]
    told = load_lists(tmp_path, lists, answers=dict.fromkeys((question.id for question in asked), "confirmed"))
    names = names_of(told)
    cases = told.records.cases.assign(name=told.records.cases["person"].map(names)).set_index("name")
    first = cases.loc["Mai Văn Sơn"]
    assert format_iso(int(first["onset"]), int(first["onset_to"]), "Asia/Ho_Chi_Minh") == "2021-07-15"
    assert bool(cases.loc["Tô Thị Lụa", "asymptomatic"])


@pytest.mark.parametrize("heading", ["Last, First", "Surname, Given name", "Last name/First name"])
def test_one_column_of_both_names_is_the_name(heading: str) -> None:
    assert name_of_field(heading, "people") == "name"
