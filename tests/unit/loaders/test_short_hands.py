"""Cells as communes cut them short: units without commas, marks of a sex, Ct values of several genes, months of age."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.columns.result_cells import ct_of_cell, has_several
from loaders.load import load_files
from loaders.rows.everybody import _years
from loaders.units.addresses import parse_address


@pytest.mark.parametrize(
    ("text", "hamlet", "commune", "district"),
    [
        ("K4 P8", "K4", "P8", None),
        ("K.4.P.8", "K.4", "P.8", None),
        ("P8-K4", "K4", "P8", None),
        ("12 Lý Bôn K4P8", "K4", "P8", None),
        ("tổ 3 k4/p8 tpcm", "k4", "p8", "TP Cà Mau"),
        ("khom 4 phuong 8 tp ca mau", "khom 4", "phuong 8", "tp ca mau"),
        ("A. Cái Bát, X. Hòa Mỹ, H. Cái Nước", "ấp Cái Bát", "X. Hòa Mỹ", "H. Cái Nước"),
        ("Ấp 5 X. Khánh An H. U Minh", "Ấp 5", "X. Khánh An", "H. U Minh"),
    ],
)
def test_units_stand_without_commas(text: str, hamlet: str, commune: str, district: str | None) -> None:
    found = parse_address(text)
    assert (found.hamlet, found.commune, found.district) == (hamlet, commune, district)


def test_a_cell_of_several_genes_is_its_lowest_value() -> None:
    assert ct_of_cell("ORF1ab 23.4; N 24,1") == "23.4"
    assert (ct_of_cell("25/26"), ct_of_cell("âm"), ct_of_cell("23,5")) == ("25.0", None, "23,5")
    assert ct_of_cell("25/7/2021") == "25/7/2021"
    assert has_several("DT, CT N 22.1/ORF1ab 23.4")
    assert not has_several("Dương tính, Ct ORF1ab=21")


def test_an_age_in_months_is_no_age_in_years() -> None:
    assert _years(None, "8 tháng", 2021) == (2020, 2022)
    assert _years(None, "khoảng 60", 2021) == (1956, 1966)


@pytest.mark.parametrize("heading", ["Nữ", "Giới tính (Nữ: x)", "Nữ (đánh dấu x)"])
def test_a_mark_says_the_sex_of_its_heading(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "ds.csv"
    path.write_text(
        f"Họ và tên,{heading},Năm sinh,SĐT\nLê Văn Tư,,1970,0912345671\nTrần Thị Hai,x,1980,0912345672\n", "utf-8"
    )
    people = load_files(path).records.persons.set_index("name")["sex"]
    assert people["Trần Thị Hai"] == "female"
    assert people.isna()["Lê Văn Tư"]
