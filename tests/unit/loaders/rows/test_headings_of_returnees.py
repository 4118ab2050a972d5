"""From where people came and who watches them, in headings of other hands."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists


@pytest.mark.parametrize("heading", ["Từ đâu về", "Ở đâu về", "TU DAU VE"])
def test_from_where_somebody_came_is_the_origin(tmp_path: Path, heading: str) -> None:
    rows: Rows = [
        ["DANH SÁCH NGƯỜI VỀ TỪ VÙNG DỊCH - XÃ TÂN HƯNG"],
        ["Họ tên", "Năm sinh", "Ngày về", heading],
        ["Liêu Thị Sol", "1990", "3/8/2021", "Bình Dương"],
    ]
    (came,) = load_lists(tmp_path, {"ve.xlsx": rows}).records.arrivals.itertuples()
    assert came.origin == "Bình Dương"


def test_who_watches_somebody_at_home_is_kept_without_a_question(tmp_path: Path) -> None:
    rows: Rows = [
        ["CÁCH LY TẠI NHÀ - XÃ TÂN HƯNG"],
        ["Họ tên", "Năm sinh", "Ngày bắt đầu cách ly", "Người giám sát"],
        ["Liêu Thị Sol", "1990", "3/8/2021", "Trưởng ấp Năm"],
        ["Kiên Sa Rây", "1988", "4/8/2021", "Trưởng ấp Hai"],
    ]
    result = load_lists(tmp_path, {"cl.xlsx": rows})
    assert not result.questions and len(result.records.persons) == 2
