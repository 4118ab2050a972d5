"""A remark that tells the result of a test that was made again: a second test of that day."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists

from loaders import LoadResult
from tracing.times import format_iso

ZONE = "Asia/Ho_Chi_Minh"
TITLE = "KẾT QUẢ TEST NHANH NGÀY 21/7/2021"


def samples_of(result: LoadResult) -> set[tuple[str, str, str]]:
    names = result.records.persons.set_index("person")["name"]
    rows = result.records.tests[["person", "sample", "sample_to", "result"]].dropna()
    return {
        (names[who].split()[-1], format_iso(a, b, ZONE)[5:], found)
        for who, a, b, found in rows.astype(object).itertuples(index=False)
    }


@pytest.mark.parametrize("days", [False, True])
@pytest.mark.parametrize(
    "remark", ["test lại 22/7: âm tính", "Làm lại ngày 22/7 (-)", "đã lấy mẫu lại 22/7, âm tính", "XN lại 22/7: âm"]
)
def test_a_test_made_again_is_a_second_test(tmp_path: Path, remark: str, *, days: bool) -> None:
    day = ["Ngày lấy mẫu"] if days else []
    rows = [
        [TITLE, "", "", "", *("" for _ in day)],
        ["Họ tên", "Năm sinh", *day, "Kết quả", "Ghi chú"],
        ["Ngô Văn Tịnh", "1970", *("20/7" for _ in day), "không đạt", remark],
        ["Ngô Thị Lài", "1971", *("20/7" for _ in day), "âm tính", "làm lại sau"],
    ]
    result = load_lists(tmp_path, {"kq.xlsx": rows})
    first = "07-20" if days else "07-21"
    assert samples_of(result) == {
        ("Tịnh", first, "invalid"),
        ("Tịnh", "07-22", "negative"),
        ("Lài", first, "negative"),
    }
    assert not result.questions


def test_another_test_that_is_positive_is_asked_about_as_any_other(tmp_path: Path) -> None:
    rows = [
        [TITLE, "", "", ""],
        ["Họ tên", "Năm sinh", "Kết quả", "Ghi chú"],
        ["Ngô Văn Tịnh", "1970", "âm tính", "lấy lại PCR 23/7: (+)"],
        ["Ngô Thị Lài", "1971", "âm tính", ""],
    ]
    result = load_lists(tmp_path, {"kq.xlsx": rows})
    assert ("Tịnh", "07-23", "positive") in samples_of(result)
    assert result.records.tests.set_index("sample")["method"].sort_index().tolist() == ["antigen", "antigen", "pcr"]
    assert len(result.questions) == 1
