"""Lists whose headings nobody knows, or whose headings and values disagree: the values decide, or it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import asked_of, load_lists, names_of, pairs_of, visits_of

from loaders.columns.looks import KnownCases
from loaders.columns.references import read_reference
from loaders.units.addresses import parse_address

CASES = [
    ["Mã số BN", "Họ và tên", "Ngày khởi phát", "Ngày lấy mẫu", "Loại ca bệnh"],
    ["BN006719", "Nguyễn Chí Long", "20/8/2021", "22/8/2021", "F0"],
    ["BN006722", "Trần Thanh Nghĩa", "21/8/2021", "22/8/2021", "Nghi ngờ"],
]


def test_a_class_of_cases_is_known_by_its_words(tmp_path: Path) -> None:
    cases = [["Mã số BN", "Họ và tên", "Ngày khởi phát", "Ngày lấy mẫu", "Diễn giải"], *CASES[1:]]
    found = load_lists(tmp_path, {"f0.csv": cases}).records.cases
    assert set(zip(found["person"], found["status"], strict=True)) == {
        ("BN006719", "confirmed"),
        ("BN006722", "suspected"),
    }


def test_a_number_or_a_name_means_a_case_where_the_heading_speaks_of_cases(tmp_path: Path) -> None:
    by_number = [["Họ và tên", "BN tiếp cận", "Ngày tiếp xúc cuối"], ["Lê Một", "006719", "22/8/2021"]]
    by_name = [["Họ và tên", "Ai là F0?", "Ngày tiếp xúc cuối"], ["Lê Hai", "Nguyễn Chí Long", "23/8/2021"]]
    result = load_lists(tmp_path, {"f0.csv": CASES, "f1.csv": by_number, "f1b.csv": by_name})
    assert pairs_of(result) == {
        ("Lê Một", "Nguyễn Chí Long", "", "2021-08-22"),
        ("Lê Hai", "Nguyễn Chí Long", "", "2021-08-23"),
    }
    assert result.complete


def test_known_cases_by_code_number_and_name() -> None:
    known = KnownCases({"BN006719"}, {"Nguyễn Chí Long", "Bé"})
    assert known("bn 6719")
    assert known("Là F1 của BN006719")
    assert not known("6719")
    assert not known("Nguyễn Chí Long")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("F1 của BN34", "BN34"),
        ("Tiếp xúc gần với ca BN34", "BN34"),
        ("liên quan đến BN34", "BN34"),
        ("TX BN34", "BN34"),
        ("Lây từ Trần Văn Ba", "Trần Văn Ba"),
    ],
)
def test_words_before_a_case_are_left_out(text: str, words: str) -> None:
    assert [named.words for named in read_reference(text).named] == [words]


def test_a_heading_that_looks_like_a_day_but_holds_places(tmp_path: Path) -> None:
    contacts = [
        ["Họ và tên", "Tiếp xúc F0", "Ngày tiếp xúc cuối", "Tiếp xúc ở đâu"],
        ["Lê Một", "BN6719", "22/8/2021", "Đám giỗ"],
        ["Lê Hai", "BN6719", "23/8/2021", "Chợ xã"],
    ]
    result = load_lists(tmp_path, {"f0.csv": CASES, "f1.csv": contacts})
    assert set(result.records.contacts["place"]) == {"Đám giỗ", "Chợ xã"}
    assert not asked_of(result)


def test_the_numbers_of_households_and_the_day_of_a_landing(tmp_path: Path) -> None:
    homes = [["Mã", "Họ và tên", "Quan hệ với chủ hộ"], ["HK013", "Lê Một", "Chủ hộ"], ["HK014", "Lê Hai", "Chủ hộ"]]
    homes[0][0] = "Sổ"
    boats = [
        ["CẢNG CÁ MÉ SÔNG"],
        ["Họ và tên", "Tàu", "Ngày cập bến"],
        ["Lê Ba", "CM-90077-TS", "19/8/2021"],
        ["Lê Tư", "CM-91234-TS", "19/8/2021"],
    ]
    result = load_lists(tmp_path, {"ho.csv": homes, "cang.xlsx": boats})
    assert set(result.records.persons["household"].dropna()) == {"HK013", "HK014"}
    assert visits_of(result) == {
        ("Lê Ba", "CẢNG CÁ MÉ SÔNG, CM-90077-TS", "2021-08-19", ""),
        ("Lê Tư", "CẢNG CÁ MÉ SÔNG, CM-91234-TS", "2021-08-19", ""),
    }


def test_a_title_tells_no_home_where_the_list_goes_beyond_its_commune(tmp_path: Path) -> None:
    rows = [
        ["ỦY BAN NHÂN DÂN XÃ TRẦN HỢI"],
        ["Họ và tên", "Năm sinh", "Địa chỉ"],
        ["Lê Một", 1980, "Ấp Bàu Sen - Khánh Bình Đông"],
        ["Lê Hai", 1981, "Ấp Xẻo Đước - Khánh Hưng"],
        ["Lê Ba", 1982, None],
    ]
    result = load_lists(tmp_path, {"ds.xlsx": rows})
    areas = dict(zip(result.records.persons["person"], result.records.persons["area"], strict=True))
    told = {name: areas[ident] for ident, name in names_of(result).items()}
    assert str(told["Lê Một"]).startswith("32116")
    assert str(told["Lê Hai"]).startswith("32113")
    assert not isinstance(told["Lê Ba"], str)


def test_a_name_that_begins_like_the_word_for_a_quarter_is_no_quarter() -> None:
    assert parse_address("Ấp Bàu Sen - Khánh Hưng").rest == ("Khánh Hưng",)
    assert parse_address("K5, P.5").hamlet == "K5"


@pytest.mark.parametrize("words", [("Thường trú", "Tạm trú", "KT3"), ("thường trú", "tạm trú dài hạn", "Vãng lai")])
def test_as_what_somebody_is_registered_is_no_address(tmp_path: Path, words: tuple[str, ...]) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "Cư trú"],
        *([f"Tống Văn {n}", "1960", word] for n, word in zip(("Sang", "Hèn", "Vui"), words, strict=True)),
    ]
    result = load_lists(tmp_path, {"ho.csv": rows})
    assert result.complete and result.records.persons["address"].isna().all()
    assert all(words[0] not in name for name in names_of(result).values())
    homes = [["Họ và tên", "Năm sinh", "Nơi cư trú"], ["Tống Văn Sang", "1960", "ấp 4, xã Khánh An"]]
    assert load_lists(tmp_path, {"ho2.csv": homes}).records.persons["address"].tolist() == ["ấp 4, xã Khánh An"]


def test_ids_of_rows_below_a_heading_of_ids_are_asked_about(tmp_path: Path) -> None:
    rows = [["Họ và tên", "Năm sinh", "Mã lạ"], ["Lê Một", 1980, "32128"], ["Lê Hai", 1981, "27454"]]
    (question,) = load_lists(tmp_path, {"ds.csv": rows}).questions
    assert question.column == "Mã lạ" and "person" in [choice.value for choice in question.choices]
    groups = [["Họ và tên", "Năm sinh", "Mã lạ"], *(["Lê " + name, 1980, "101"] for name in ("Một", "Hai"))]
    assert not load_lists(tmp_path, {"nhom.csv": groups}).questions
