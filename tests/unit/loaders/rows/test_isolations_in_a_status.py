"""A column of what was done with somebody tells of isolations: with a day they are read, without one they are asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of

from loaders import LoadResult
from tracing.times import format_iso

CASES: Rows = [["Mã BN", "Họ tên", "Ngày dương tính"], ["BN77401", "Trầm Văn Út", "5/8/2021"]]


def _load(folder: Path, heading: str, said: list[str], answers: dict[str, str] | None = None) -> LoadResult:
    rows: Rows = [
        ["F1 CỦA BN77401"],
        ["Họ tên", "Năm sinh", "Ngày tiếp xúc", heading],
        *([f"Lê Thị {name}", "1990", "4/8/2021", text] for name, text in zip(("Ớt", "Tỏi", "Gừng"), said, strict=True)),
    ]
    return load_lists(folder, {"ca.csv": CASES, "f1.xlsx": rows}, answers=answers)


def _stays(result: LoadResult) -> dict[str, tuple[str, str | None]]:
    names, table = names_of(result), result.records.isolations
    return {
        names[str(row.person)]: (
            format_iso(int(row.start), int(row.start_to), "Asia/Ho_Chi_Minh"),
            row.kind if isinstance(row.kind, str) else None,
        )
        for row in table.itertuples()
    }


@pytest.mark.parametrize("heading", ["TINH TRANG", "Tình trạng", "Ghi chú"])
def test_a_day_on_which_somebody_went_to_a_camp_begins_an_isolation(tmp_path: Path, heading: str) -> None:
    said = ["6/8 di KCL", "đã đi khu cách ly ngày 7/8", "chưa đi KCL 8/8"]
    assert _stays(_load(tmp_path, heading, said)) == {
        "Lê Thị Ớt": ("2021-08-06", "centre"),
        "Lê Thị Tỏi": ("2021-08-07", "centre"),
    }


def test_an_isolation_without_a_day_is_asked_about_once(tmp_path: Path) -> None:
    said = ["cach ly tai nha", "Cách ly tập trung", "khoẻ"]
    first = _load(tmp_path, "Tình trạng", said)
    (asked,) = first.questions
    assert asked.column == "Tình trạng" and not _stays(first)
    told = _load(tmp_path, "Tình trạng", said, {asked.id: "5/8/2021"})
    assert _stays(told) == {"Lê Thị Ớt": ("2021-08-05", "home"), "Lê Thị Tỏi": ("2021-08-05", "centre")}
    assert not _load(tmp_path, "Tình trạng", said, {asked.id: "-"}).questions
