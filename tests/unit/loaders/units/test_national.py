"""Homes and origins in other provinces: province and district by name, of the day spoken of; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from lists import load_lists

from loaders.units.national import find_elsewhere

SUMMER, LATER = date(2021, 7, 25), date(2026, 1, 15)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Q. 8, TP.HCM", "776"),
        ("Q8 HCM", "776"),
        ("quận 8 - TP Hồ Chí Minh", "776"),
        ("Quận 9", "79"),
        ("Bình Dương", "74"),
        ("về từ Đồng Nai", "75"),
        ("Thuận An, Bình Dương", "725"),
        ("Thuan An, Binh Duong", "725"),
        ("xã Tân Hưng, huyện Cái Bè, tỉnh Tiền Giang", "819"),
        ("Châu Thành, Tiền Giang", "821"),
        ("Cần Thơ", "92"),
        ("TP Bạc Liêu", "95"),
        ("Sài Gòn", "79"),
        ("huyện Phú Tân, An Giang", "888"),
    ],
)
def test_what_is_certain(text: str, code: str) -> None:
    found = find_elsewhere(text, SUMMER)
    assert found.unit is not None
    assert found.unit.code == code
    assert found.away


@pytest.mark.parametrize("text", ["huyện Châu Thành", "Châu Thành, huyện Châu Thành"])
def test_what_fits_several_is_told_with_candidates(text: str) -> None:
    found = find_elsewhere(text, SUMMER)
    assert found.unit is None
    assert len(found.candidates) > 1


@pytest.mark.parametrize(
    "text", ["Tân Bình", "ấp Bình Dương", "TP Cà Mau", "huyện Năm Căn, Cà Mau", "Khóm 5, P8", "chợ Bình Điền"]
)
def test_what_lies_at_home_or_is_only_a_name(text: str) -> None:
    assert not find_elsewhere(text, SUMMER).away


def test_a_bare_name_of_one_district_is_enough_for_an_origin() -> None:
    found = find_elsewhere("Tân Bình", SUMMER, origin=True)
    assert found.unit is not None
    assert found.unit.code == "766"


def test_a_province_is_another_one_after_the_merger() -> None:
    before, after = (find_elsewhere("Bình Dương", on).unit for on in (SUMMER, LATER))
    assert before is not None
    assert after is not None
    assert (before.code, after.code) == ("74", "79")
    assert not find_elsewhere("Bạc Liêu", LATER).away  # a part of Cà Mau since then


def test_people_who_live_elsewhere_are_put_there_and_not_into_the_commune_of_the_title(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH NGƯỜI KHAI BÁO TẠI XÃ KHÁNH AN ngày 25/7/2021", "", ""],
        ["Họ và tên", "Năm sinh", "Địa chỉ"],
        ["Âu Dương Lệ", "1997", "12 Tùng Thiện Vương, Q. 8, TP.HCM"],
        ["Lục Văn Bình", "1988", "Bình Dương"],
        ["Mai Văn Lộc", "1977", "Ấp 4"],
    ]
    records = load_lists(tmp_path, {"ds.csv": rows}).records
    assert dict(zip(records.persons["name"], records.persons["area"], strict=True)) == {
        "Âu Dương Lệ": "776",
        "Lục Văn Bình": "74",
        "Mai Văn Lộc": "32059-4",
    }
    areas = records.areas.set_index("area")
    assert (areas.loc["776", "level"], areas.loc["776", "parent"], areas.loc["79", "level"]) == (
        "district",
        "79",
        "province",
    )


def test_an_origin_that_several_districts_may_be_is_asked_once_with_its_candidates(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "Về từ", "Ngày về"],
        ["Đồng Văn Sinh", "1990", "Châu Thành", "19/7/2021"],
        ["Mạc Thị Hường", "1975", "Cần Thơ", "18/7/2021"],
        ["Lục Văn Bình", "1988", "Châu Thành", "18/7/2021"],
    ]
    [question] = load_lists(tmp_path, {"ve.csv": rows}).questions
    assert question.rows == 2
    assert "Huyện Châu Thành, Tỉnh Tiền Giang" in [choice.value for choice in question.choices]
    answers = {question.id: "Huyện Châu Thành, Tỉnh Tiền Giang"}
    again = load_lists(tmp_path, {"ve.csv": rows}, answers=answers)
    assert again.complete
    assert sorted(again.records.arrivals["origin"]) == ["Cần Thơ", *["Huyện Châu Thành, Tỉnh Tiền Giang"] * 2]


def test_names_are_written_with_the_tone_on_the_vowel_that_bears_it() -> None:
    table = files("loaders") / "data"
    for name in ("vn_units.csv", "vn_communes.csv", "camau_areas.csv"):
        text = (table / name).read_text(encoding="utf-8")
        assert not re.findall(
            r"\w*(?:[òóỏõọ][ae]|[ùúủũụ]y)\w+|\w*(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])\b", text, re.IGNORECASE
        )


def test_an_eating_house_with_a_number_is_a_place_and_no_district(tmp_path: Path) -> None:
    rows = [["Mã", "Họ tên", "Địa điểm", "Thời gian đến"]]
    places = ["Quán 5", "quán 12", "QUÁN 3", "Quận 5", "quan 5"]
    rows += [
        [f"KB{at}", f"Lê Văn {name}", place, f"0{at + 1}/07/2021 08:00"]
        for at, (name, place) in enumerate(zip("ABCDE", places, strict=True))
    ]
    loaded = load_lists(tmp_path, {"kb.csv": rows})
    assert sorted(loaded.records.visits["place"]) == ["QUÁN 3", "Quán 5", "quán 12"]
    assert len(loaded.findings.of(code="place.too_wide")) == 1
