"""Where cases are treated: the column says it, not the office in the letterhead."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of

from loaders import LoadResult


def _load(folder: Path, place: str, day: str, where: tuple[str, str, str]) -> LoadResult:
    rows = [
        ["TRUNG TÂM Y TẾ HUYỆN U MINH"],
        ["BÁO CÁO CA BỆNH COVID-19 đến ngày 20/8/2021"],
        ["Mã BN", "Họ và tên", "Năm sinh", "Ngày lấy mẫu", "Kết quả", place, day],
        ["BN90111", "Âu Dương Thị Kỷ", "1969", "14/8/2021", "Dương tính", where[0], "15/8/2021"],
        ["BN90112", "Chung Văn Mão", "1988", "15/8/2021", "Dương tính", where[1], "16/8/2021"],
        ["BN90113", "Đồng Văn Thân", "1999", "15/8/2021", "Dương tính", where[2], "17/8/2021"],
    ]
    return load_lists(folder, {"ca.xlsx": rows})


def _stays(result: LoadResult) -> dict[str, tuple[str | None, str | None]]:
    """Return name -> kind and place of the isolation."""
    names, table = names_of(result), result.records.isolations
    return {
        names[str(row.person)]: (
            row.kind if isinstance(row.kind, str) else None,
            row.place if isinstance(row.place, str) else None,
        )
        for row in table.itertuples()
    }


@pytest.mark.parametrize("place", ["Nơi điều trị", "Cơ sở thu dung, điều trị", "Đang điều trị tại"])
@pytest.mark.parametrize("day", ["Ngày vào", "Ngày nhập viện"])
def test_the_place_of_treatment_of_a_row_comes_before_the_letterhead(tmp_path: Path, place: str, day: str) -> None:
    result = _load(tmp_path, place, day, ("BVĐK Cái Nước", "Khu điều trị F0 U Minh", "Khoa Nhiễm"))
    assert _stays(result) == {
        "Âu Dương Thị Kỷ": ("hospital", "BVĐK Cái Nước"),
        "Chung Văn Mão": ("centre", "Khu điều trị F0 U Minh"),
        "Đồng Văn Thân": ("hospital", "Khoa Nhiễm"),
    }


def test_a_row_without_a_place_is_not_at_the_office_that_wrote_the_list(tmp_path: Path) -> None:
    found = _stays(_load(tmp_path, "Nơi điều trị", "Ngày vào", ("BVĐK Cái Nước", "", "Khoa Nhiễm")))
    assert found["Chung Văn Mão"][1] is None


def test_the_place_of_treatment_is_not_that_of_an_isolation_before_it(tmp_path: Path) -> None:
    found = _stays(_load(tmp_path, "Nơi điều trị", "Ngày cách ly", ("BVĐK Cái Nước",) * 3))
    assert "BVĐK Cái Nước" not in {place for _kind, place in found.values()}
