"""Several tables on one sheet of results: each has the day above its own rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of

from loaders import LoadResult
from tracing.times import format_iso

HEAD = ["STT", "Họ và tên", "Năm sinh", "Mã mẫu", "Kết quả"]


def _samples(result: LoadResult) -> dict[str, tuple[str, str]]:
    """Return name -> day and method of the sample."""
    names = names_of(result)
    days = (format_iso(t.sample, t.sample_to, "Asia/Ho_Chi_Minh") for t in result.records.tests.itertuples())
    tests = result.records.tests
    return {names[who]: (day, method) for who, day, method in zip(tests["person"], days, tests["method"], strict=True)}


@pytest.mark.parametrize(
    "title",
    [
        "MẪU LẤY BỔ SUNG - lấy mẫu 14/8/2021",
        "MẪU LẤY BỔ SUNG, ngày 14/8/2021",
        "KẾT QUẢ MẪU BỔ SUNG 14/8/2021",
        "MẪU LẤY BỔ SUNG - ngày lấy mẫu 14/8/2021",
    ],
)
def test_the_day_above_a_second_table_is_that_of_its_samples(tmp_path: Path, title: str) -> None:
    rows = [
        ["KẾT QUẢ RT-PCR, ngày lấy mẫu 12/8/2021"],
        HEAD,
        [1, "Khưu Văn Bảy", 1971, "A1", "Âm tính"],
        [2, "Liễu Thị Ngọt", 1988, "A2", "Âm tính"],
        [],
        [title],
        HEAD,
        [1, "Mã Thị Xinh", 1990, "B1", "Âm tính"],
        [2, "Nhan Văn Cọp", 1969, "B2", "Dương tính"],
    ]
    found = _samples(load_lists(tmp_path, {"kq.xlsx": rows}))
    assert {name: day for name, (day, _method) in found.items()} == {
        **dict.fromkeys(("Khưu Văn Bảy", "Liễu Thị Ngọt"), "2021-08-12"),
        **dict.fromkeys(("Mã Thị Xinh", "Nhan Văn Cọp"), "2021-08-14"),
    }


def test_a_second_table_without_a_day_keeps_that_of_the_first(tmp_path: Path) -> None:
    rows = [
        ["KẾT QUẢ RT-PCR, ngày lấy mẫu 12/8/2021"],
        HEAD,
        [1, "Khưu Văn Bảy", 1971, "A1", "Âm tính"],
        [],
        ["MẪU LẤY BỔ SUNG"],
        HEAD,
        [1, "Mã Thị Xinh", 1990, "B1", "Âm tính"],
    ]
    assert _samples(load_lists(tmp_path, {"kq.xlsx": rows}))["Mã Thị Xinh"][0] == "2021-08-12"


@pytest.mark.parametrize(
    ("file", "title", "method"),
    [
        ("pcr 12-8.xlsx", "KẾT QUẢ MẪU GỘP 12/8/2021", "pcr"),
        ("pcr 12-8.xlsx", "TEST NHANH KHÁNG NGUYÊN 12/8/2021", "antigen"),
    ],
)
def test_the_title_tells_the_method_before_the_name_of_the_file(
    tmp_path: Path, file: str, title: str, method: str
) -> None:
    rows = [[title], HEAD, [1, "Khưu Văn Bảy", 1971, "A1", "Âm tính"]]
    assert _samples(load_lists(tmp_path, {file: rows})) == {"Khưu Văn Bảy": ("2021-08-12", method)}
