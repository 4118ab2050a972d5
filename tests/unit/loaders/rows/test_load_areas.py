"""Communes given by name: which code they mean, on which day, and what is said where that is not clear."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from loaders import LoadOptions, LoadResult, load_folder
from loaders.options import Known

HEAD = "Họ tên,Mã người,Ngày khởi phát,Phường/Xã,Quận/Huyện\n"


class _Record(Known):
    def __init__(self, **tables: set[str]) -> None:
        self.tables = tables

    def ids(self, table: str) -> set[str]:
        return self.tables.get(table, set())


def load(folder: Path, rows: str, known: _Record | None = None, **files: str) -> LoadResult:
    for name, text in {"f0": HEAD + rows, **files}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    result = load_folder(folder, known=known, options=LoadOptions(today=date(2026, 1, 1)))
    assert result.rows_set_aside == 0
    return result


def homes(result: LoadResult) -> dict[str, str]:
    return dict(zip(result.records.persons["person"], result.records.persons["area"].fillna(""), strict=True))


@pytest.mark.parametrize(
    ("commune", "district", "code"),
    [
        ("Tân Lộc Bắc", "Thới Bình", "32072"),
        ("XÃ TAN LOC BAC", "H. Thới Bình", "32072"),
        ("Phường Tân Thành", "TP Cà Mau", "32025"),
        ("Xã Tân Thành", "TP Cà Mau", "32026"),
    ],
)
def test_a_name_becomes_a_code_with_all_it_lies_in(tmp_path: Path, commune: str, district: str, code: str) -> None:
    from loaders.units.gazetteer import Gazetteer

    wanted = Gazetteer.load().resolve(commune, on=date(2021, 8, 4), district=district, level="commune")
    result = load(tmp_path, f"Tên A,A,2021-08-04,{commune},{district}\n")
    assert homes(result)["A"] == wanted.area
    areas = result.records.areas.set_index("area")
    assert areas.loc[wanted.area, "level"] == "commune"
    assert {"96", areas.loc[wanted.area, "parent"]} <= set(areas.index)
    assert areas["name"].notna().all() and areas["source_file"].notna().all()
    assert list(result.findings.of(code="area.by_name")["severity"]) == ["note"]
    kept = json.loads(result.records.persons["attributes"].iloc[0])
    assert kept == {"Phường/Xã": commune, "Quận/Huyện": district}


@pytest.mark.parametrize(
    ("commune", "district"),
    [("08", "TP HCM"), ("8", "Quận 3"), ("Phường 8", "3"), ("xã Tân Hưng", "Bạc Liêu"), ("Phường 8", "tỉnh Cần Thơ")],
)
def test_a_commune_of_another_province_is_none_of_ours(tmp_path: Path, commune: str, district: str) -> None:
    result = load(tmp_path, f"Tên A,A,2021-08-04,{commune},{district}\n")
    assert homes(result)["A"] == ""
    assert list(result.findings.of(code="area.name_unclear")["severity"]) == ["warning"]


def test_what_is_not_clear_is_said_with_candidates_and_the_text_stays(tmp_path: Path) -> None:
    rows = "Tên A,A,2021-08-04,Tân Thành,\nTên B,B,2021-08-04,Tân Thành,\nTên C,C,2021-08-04,Nơi Nào Đó,Thới Bình\n"
    result = load(tmp_path, rows)
    assert set(homes(result).values()) == {""}
    twice, once = result.questions
    assert (twice.rows, once.rows) == (2, 1) and {twice.column, once.column} == {"Phường/Xã"}
    assert {"32025", "32026"} < {choice.value for choice in twice.choices}
    assert "Tân Thành" in str(twice.text) and "Nơi Nào Đó" in str(once.text)
    assert result.records.areas.empty


def test_a_list_of_areas_goes_before_the_gazetteer(tmp_path: Path) -> None:
    areas = "area,name,level,parent\nD1,Huyện Một,district,\nX1,Xã Tân Lộc,commune,D1\nX2,Xã Hai,commune,D1\n"
    result = load(tmp_path, "Tên A,A,2021-08-04,Tân Lộc,\nTên B,B,2021-08-04,xã hai,Huyện Một\n", areas=areas)
    assert homes(result) == {"A": "X1", "B": "X2"}
    assert set(result.records.areas["area"]) == {"D1", "X1", "X2"}


def test_two_of_one_name_in_the_list_need_the_district(tmp_path: Path) -> None:
    areas = "area,name,level,parent\nD1,Huyện Một,district,\nD2,Huyện Hai,district,\n"
    areas += "X1,Xã Ba,commune,D1\nX2,Xã Ba,commune,D2\n"
    result = load(tmp_path, "Tên A,A,2021-08-04,Xã Ba,Hai\nTên B,B,2021-08-04,Xã Ba,\n", areas=areas)
    assert homes(result) == {"A": "X2", "B": ""}
    (asked,) = result.questions
    assert {"X1", "X2"} < {choice.value for choice in asked.choices}


def test_a_name_means_what_it_meant_on_the_last_day_of_the_load(tmp_path: Path) -> None:
    for year, there in ((2021, True), (2025, False)):
        folder = tmp_path / str(year)
        folder.mkdir()
        result = load(folder, f"Tên A,A,{year}-08-04,Tân Lộc Bắc,Thới Bình\n")
        assert bool(homes(result)["A"]) is there


def test_an_area_that_is_given_or_on_record_stays(tmp_path: Path) -> None:
    persons = "person,area\nA,h7\n"
    rows = "Tên A,A,2021-08-04,Tân Lộc Bắc,Thới Bình\nTên B,B,2021-08-04,Tân Lộc Bắc,Thới Bình\n"
    result = load(tmp_path, rows, known=_Record(persons={"B"}), persons=persons)
    assert homes(result) == {"A": "h7", "B": ""}


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rows = ["Tên A,A,2021-08-04,Tân Lộc Bắc,Thới Bình\n", "Tên B,B,2021-08-04,Xã Tân Thành,TP Cà Mau\n"]
    found = []
    for number, order in enumerate((rows, rows[::-1])):
        folder = tmp_path / str(number)
        folder.mkdir()
        found.append(load(folder, "".join(order)))
    assert homes(found[0]) == homes(found[1])
    assert found[0].records.content_hash() == found[1].records.content_hash()


def test_two_hamlets_of_one_commune_leave_the_commune(tmp_path: Path) -> None:
    """On what both rows agree is kept: without an area somebody stands on no commune's list."""
    row = "Lê Thị Sen,1980,0918880101,{}\n"
    (tmp_path / "a.csv").write_text(
        "Họ và tên,Năm sinh,SĐT,Địa chỉ\n"
        + row.format('"ấp Bến Lá, xã Tân Hưng, huyện Cái Nước"')
        + row.format('"ấp Rạch Bần, xã Tân Hưng, huyện Cái Nước"'),
        encoding="utf-8",
    )
    records = load_folder(tmp_path).records
    (area,) = records.persons["area"]
    assert records.areas.set_index("area").loc[area, "name"] == "Xã Tân Hưng"


def _by_codes(folder: Path, heading: str, *codes: str) -> LoadResult:
    rows = "".join(f"BN{at},Tên {at},2021-07-05,{code}\n" for at, code in enumerate(codes))
    (folder / "f0.csv").write_text(f"Mã BN,Họ và tên,Ngày khởi phát,{heading}\n{rows}", encoding="utf-8")
    return load_folder(folder, options=LoadOptions(today=date(2026, 1, 1)))


@pytest.mark.parametrize("heading", ["Mã xã", "Mã ĐVHC", "Phường/Xã"])
def test_an_official_code_is_the_commune_that_had_it_on_that_day(tmp_path: Path, heading: str) -> None:
    result = _by_codes(tmp_path, heading, "32128", "27454")
    areas = result.records.areas.set_index("area")
    assert areas.loc[["32128", "27454"], "name"].tolist() == ["Thị trấn Cái Nước", "Phường Tân Tạo"]
    assert areas.loc[["32128", "27454"], "parent"].tolist() == ["969", "777"] and {"96", "79"} <= set(areas.index)
    assert not result.questions and not len(result.findings.of(code="area.unknown"))


def test_codes_of_another_system_are_none_of_ours(tmp_path: Path) -> None:
    result = _by_codes(tmp_path, "Mã xã", "32128", "A-1", "A-2")
    assert result.records.areas["name"].isna().all()
    assert len(result.findings.of(code="area.unknown")) == 3
