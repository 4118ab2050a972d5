"""What registers of visits tell beside their rows: who was on duty, who was tested on the spot; two columns of ages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, results_of, visits_of, without_accents

from tracing.text import unaccented

BOOK: Rows = [
    ["PHÒNG KHÁM ĐA KHOA TÂM PHÚC – 118 Nguyễn Tất Thành"],
    ["SỔ KHÁM BỆNH tháng 7/2021"],
    ["TT", "Họ và tên", "Tuổi", "", "Giờ vào", "Giờ ra", "Ghi chú"],
    ["", "", "Nam", "Nữ", "", "", ""],
    ["Ngày 14/7/2021"],
    ["1", "Trương Văn Hai", "63", "", "7h50", "8h30", "ngồi chờ lâu"],
    ["2", "Hồng Gia Hân", "", "6", "9h05", "9h25", "test nhanh âm tính"],
    ["Ngày 15/7/2021"],
    ["3", "Trần Mỹ Duyên", "", "21", "17h30", "17h45", "NV nhà thuốc; test nhanh (-)"],
    ["4", "Phan Thị Út", "", "67", "18h00", "18h20", "con test nhanh âm tính"],
    [""],
]
PLACE = "PHÒNG KHÁM ĐA KHOA TÂM PHÚC"


@pytest.mark.parametrize(
    "line",
    [
        "BS Bùi Thanh Tâm và ĐD Đinh Yến Nhi trực khám cả 2 ngày 14/7, 15/7",
        "Bác sĩ Bùi Thanh Tâm, điều dưỡng Đinh Yến Nhi trực ngày 14/7 và 15/7.",
        "BS. Bùi Thanh Tâm; ĐD. Đinh Yến Nhi làm việc các ngày 14/7; 15/7",
    ],
)
@pytest.mark.parametrize("typed", [list, without_accents])
def test_those_on_duty_were_there_on_their_days(tmp_path: Path, line: str, typed: Callable[[Rows], Rows]) -> None:
    result = load_lists(tmp_path, {"so kham.csv": typed([*BOOK, ["", line]])})
    there = {(unaccented(who), unaccented(place), day[:10]) for who, place, day, _ in visits_of(result)}
    assert {one for one in there if one[0] in ("Bui Thanh Tam", "Dinh Yen Nhi")} == {
        (who, unaccented(PLACE), day)
        for who in ("Bui Thanh Tam", "Dinh Yen Nhi")
        for day in ("2021-07-14", "2021-07-15")
    }
    assert len(names_of(result)) == 6


def test_lines_that_name_nobody_on_duty_make_no_visit(tmp_path: Path) -> None:
    lines = ["Người trích sổ: Dương Bích Vân", "BS Bùi Thanh Tâm ký ngày 14/7", "Phòng khám làm việc ngày 14/7, 15/7"]
    for line in lines:
        result = load_lists(tmp_path, {"so kham.csv": [*BOOK, ["", line]]})
        assert len(names_of(result)) == 4 and len(result.records.visits) == 4


def test_tests_on_the_spot_are_of_the_day_of_the_row(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"so kham.csv": BOOK})
    assert results_of(result) == {
        ("Hồng Gia Hân", "2021-07-14", "negative"),
        ("Trần Mỹ Duyên", "2021-07-15", "negative"),
    }
    assert result.records.tests["method"].unique().tolist() == ["antigen"]


def test_ages_below_the_two_sexes_tell_both(tmp_path: Path) -> None:
    people = load_lists(tmp_path, {"so kham.csv": BOOK}).records.persons
    sexes = dict(zip(people["name"], people["sex"], strict=True))
    assert sexes == {
        "Trương Văn Hai": "male",
        **dict.fromkeys(("Hồng Gia Hân", "Trần Mỹ Duyên", "Phan Thị Út"), "female"),
    }


@pytest.mark.parametrize("called", ["BS", "BS. ", "ThS.BS ", "ĐD ", "BSCK1 ", "bà "])
def test_what_somebody_is_called_before_a_whole_name_is_no_part_of_it(tmp_path: Path, called: str) -> None:
    rows = [["Họ tên", "Năm sinh", "SĐT"], [f"{called.strip()} Bùi Thanh Tâm", "1968", "0918605237"]]
    more = [["Họ tên", "Năm sinh", "SĐT"], ["Bùi Thanh Tâm", "1968", "0918605237"], ["bé Na", "2017", "0918605237"]]
    result = load_lists(tmp_path, {"a.csv": rows, "b.csv": more})
    assert set(names_of(result).values()) == {"Bùi Thanh Tâm", "bé Na"}
