"""Homes outside the gazetteer's province: communes and hamlets, where titles, columns or addresses tell which."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loaders import LoadOptions, LoadResult, load_files
from loaders.units.communes import communes_called, find_commune, versions_of
from loaders.units.national import find_elsewhere, province_of

SUMMER = date(2021, 8, 4)
PROVINCES = {"01", "96"} | {f"{number:02}" for number in range(2, 97)}
HEAD = "Họ tên,Mã,Ngày tiếp xúc"


def load(tmp_path: Path, **files: str) -> LoadResult:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return load_files(sorted(tmp_path.glob("*.csv")), options=LoadOptions(today=date(2021, 9, 1)))


def homes(result: LoadResult) -> dict[str, str]:
    persons = result.records.persons
    return dict(zip(persons["person"], persons["area"].fillna(""), strict=True))


def names(result: LoadResult) -> dict[str, tuple[str, str]]:
    areas = result.records.areas
    return {a: (n, p) for a, n, p in zip(areas["area"], areas["name"], areas["parent"].fillna(""), strict=True)}


def test_a_list_of_another_province_has_the_communes_and_hamlets_of_that_province(tmp_path: Path) -> None:
    text = (
        "TRUNG TÂM Y TẾ HUYỆN ĐỒNG VĂN,,,,\nDANH SÁCH F1 NGÀY 4/8/2021,,,,\n"
        f"{HEAD},Bản,Xã\n"
        "Vừ Mí Say,S1,2021-08-03,Lũng Cẩm,Sủng Là\nVừ Thị Dính,S2,2021-08-03,Lũng Cẩm,sung la\n"
        "Lầu Mí Pó,S3,2021-08-03,,Tân Thành\n"
    )
    result = load(tmp_path, f1=text)
    commune = homes(result)["S1"].partition("-")[0]
    assert homes(result) == {"S1": f"{commune}-lung-cam", "S2": f"{commune}-lung-cam", "S3": ""}
    area = names(result)
    assert area[f"{commune}-lung-cam"] == ("Lũng Cẩm", commune)
    assert area[commune][0] == "Xã Sủng Là"
    assert area[area[commune][1]][0] == "Huyện Đồng Văn"
    assert area["02"] == ("Tỉnh Hà Giang", "")
    asked = [str(question.text) for question in result.questions if "Which commune" in str(question.text)]
    assert len(asked) == 1 and "Tân Thành" in asked[0], "that of Cà Mau is none of this list"


def test_a_list_beside_it_without_a_letterhead_was_written_in_the_same_province(tmp_path: Path) -> None:
    titled = f"UBND TỈNH HÀ GIANG - SỞ Y TẾ,,,\nDANH SÁCH F1,,,\n{HEAD},Xã\nVừ Mí Say,S1,2021-08-03,Sủng Là\n"
    plain = f"{HEAD},Xã\nVừ Mí Na,S2,2021-08-03,Phố Cáo\n"
    result = load(tmp_path, a=titled, b=plain)
    assert {names(result)[home][0] for home in homes(result).values()} == {"Xã Sủng Là", "Xã Phố Cáo"}


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("bản Lũng Cẩm - xã Sủng Là - huyện Đồng Văn - tỉnh Hà Giang", "Bản Lũng Cẩm"),
        ("Sủng Là, Đồng Văn, Hà Giang", "Xã Sủng Là"),
        ("xã Không Có, huyện Đồng Văn, Hà Giang", "Huyện Đồng Văn"),
        ("Phường 8, Quận 10, TP.HCM", "Phường 8"),
        ("Tổ 14 KP2 P15 Q8, TP.HCM", "Tổ 14"),
    ],
)
def test_an_address_that_names_another_province_is_read_to_its_commune(tmp_path: Path, address: str, name: str) -> None:
    rows = f'{HEAD},Địa chỉ\nLê A,A,2021-08-03,"{address}"\nLê B,B,2021-08-03,"ấp 5, xã Khánh An, huyện U Minh"\n'
    result = load(tmp_path, f1=rows)
    assert names(result)[homes(result)["A"]][0] == name
    assert homes(result)["B"] == "32059-5"


def test_where_people_come_from_is_not_where_their_list_was_written(tmp_path: Path) -> None:
    text = f"DANH SÁCH CÔNG DÂN VỀ TỪ HUYỆN CÁI BÈ,,,\n{HEAD},Xã\nLê A,A,2021-08-03,Khánh An\n"
    assert homes(load(tmp_path, back=text))["A"] == "32059"


def test_columns_of_their_own_tell_province_and_district_too(tmp_path: Path) -> None:
    head, rows = (
        f"{HEAD},Xã,Huyện,Tỉnh\n",
        "Lê A,A,2021-08-03,Sủng Là,Đồng Văn,Hà Giang\nLê B,B,2021-08-03,Khánh An,,\n",
    )
    result = load(tmp_path, f1=head + rows)
    assert {person: names(result)[home][0] for person, home in homes(result).items()} == {
        "A": "Xã Sủng Là",
        "B": "Xã Khánh An",
    }


def test_a_name_in_several_districts_is_told_with_them_and_one_of_later_days_is_none() -> None:
    province, district = (find_elsewhere(text, SUMMER).unit for text in ("tỉnh Bến Tre", "huyện Đồng Văn"))
    assert province is not None and district is not None
    assert len({unit.parent for unit in communes_called("xã Tân Thanh", province, SUMMER)}) == 1
    assert len({unit.parent for unit in communes_called("xã Vĩnh Hòa", province, SUMMER)}) == 2
    assert [unit.name for unit in communes_called("sung la", district, SUMMER)] == ["Xã Sủng Là"]
    assert communes_called("sung la", district, date(2025, 7, 1)) == []


def test_a_code_had_another_meaning_before_the_first_of_july_2025() -> None:
    before, after = date(2025, 6, 30), date(2025, 7, 1)
    names = [getattr(find_commune("00004", day), "name", None) for day in (before, after)]
    assert names == ["Phường Trúc Bạch", "Phường Ba Đình"]
    assert find_commune("32002", after) is None  # of the gazetteer
    assert all(province_of(unit) in PROVINCES for code in ("00004", "24169") for unit in versions_of(code))


@pytest.mark.parametrize(
    ("day", "home", "parent"),
    [("2021-08-04", "Xã Sủng Là", "Huyện Đồng Văn"), ("2025-08-04", "Xã Phố Bảng", "Tỉnh Tuyên Quang")],
)
def test_a_commune_is_that_of_the_day_of_the_list(tmp_path: Path, day: str, home: str, parent: str) -> None:
    text = f"SỞ Y TẾ TỈNH HÀ GIANG,,,\n{HEAD},Xã\nVừ Mí Say,S1,{day},{home}\n"
    if day > "2025-07-01":
        text = text.replace("HÀ GIANG", "TUYÊN QUANG")
    (tmp_path / "f1.csv").write_text(text, encoding="utf-8")
    result = load_files([tmp_path / "f1.csv"], options=LoadOptions(today=date(2025, 9, 1)))
    area = names(result)
    assert area[homes(result)["S1"]][0] == home
    assert area[area[homes(result)["S1"]][1]][0] == parent


@pytest.mark.parametrize(
    ("columns", "row", "area"),
    [
        ("Tổ dân phố,Phường", "5,Văn Chương", "Tổ dân phố 5"),
        ("Thôn/TDP,Phường", "TDP số 5,Văn Chương", "TDP số 5"),
        ("Địa chỉ,Phường", '"ngõ 2, TDP 5",Văn Chương', "TDP 5"),
        ("Tổ dân phố,Khu phố,Phường", "5,Khu phố 2,Văn Chương", "5"),
    ],
)
def test_a_tdp_is_a_part_of_its_ward_where_nothing_stands_between(
    tmp_path: Path, columns: str, row: str, area: str
) -> None:
    commas = "," * (columns.count(",") + 3)
    text = f"TRUNG TÂM Y TẾ QUẬN ĐỐNG ĐA{commas}\n{HEAD},{columns}\nLê Thị A,A,2021-08-03,{row}\n"
    result = load(tmp_path, f1=text)
    home = homes(result)["A"]
    assert names(result)[home][0] == area
    assert home.count("to-") == ("Khu phố" in columns)


def test_areas_of_a_list_of_ones_own_have_hamlets_however_short_their_codes(tmp_path: Path) -> None:
    areas = "area,name,level,parent\nT1,Xã Bình Hòa Đông,commune,\n"
    people = f"{HEAD},Xã,Ấp\nLê A,A,2021-08-03,Bình Hòa Đông,Ấp Ba Gò\n"
    assert homes(load(tmp_path, areas=areas, f1=people))["A"] == "T1-ba-go"
