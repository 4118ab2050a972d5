"""The registers of posts: the day of a line between the rows, or of the row, is that of its test as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of

from tracing.times import format_iso

TITLE = ["TRẠM KIỂM DỊCH CẦU KÊNH XÁNG - SỔ THEO DÕI NGƯỜI QUA TRẠM"]
HEAD = ["Giờ", "Họ và tên", "Năm sinh", "Nơi đến", "Test nhanh"]
PASSED = {
    "6/8/2021": [["5h10", "Lục Văn Kha", 1979, "chợ Cái Keo", "âm"], ["7h40", "Sử Thị Chín", 1985, "nt", "(-)"]],
    "8/8/2021": [["16h", "Ngư Văn Lắm", 1993, "xã Tân Đức", "âm tính"]],
}


def _with_lines() -> list[list[object]]:
    return [TITLE, HEAD, *(row for day, rows in PASSED.items() for row in ([f"Ngày {day}"], *rows))]


def _with_column(heading: str) -> list[list[object]]:
    return [TITLE, [heading, *HEAD], *([day, *row] for day, rows in PASSED.items() for row in rows)]


@pytest.mark.parametrize("rows", [_with_lines(), _with_column("Ngày")])
def test_who_was_tested_at_a_post_was_tested_on_the_day_of_the_row(tmp_path: Path, rows: list[list[object]]) -> None:
    result = load_lists(tmp_path, {"so.xlsx": rows})
    names, tests = names_of(result), result.records.tests
    assert {
        names[str(test.person)]: format_iso(int(test.sample), int(test.sample_to), "Asia/Ho_Chi_Minh")
        for test in tests.itertuples()
    } == {"Lục Văn Kha": "2021-08-06", "Sử Thị Chín": "2021-08-06", "Ngư Văn Lắm": "2021-08-08"}
    assert not result.questions


def test_a_test_is_not_of_the_day_on_which_somebody_was_at_a_feast(tmp_path: Path) -> None:
    rows = [["NGƯỜI DỰ TIỆC TÂN GIA ÔNG TƯ"], ["Họ và tên", "Năm sinh", "Ngày dự tiệc", "Test nhanh"]]
    rows += [["Lục Văn Kha", "1979", "6/8/2021", "âm"], ["Ngư Văn Lắm", "1993", "7/8/2021", "âm"]]
    result = load_lists(tmp_path, {"so.xlsx": rows})
    assert result.records.tests.empty and result.questions
