"""Telephone numbers, case codes and names of places in every spelling."""

from __future__ import annotations

import pytest

from tracing.papers import beside_numbers, identity_number
from tracing.spelling import (
    bare_words,
    case_key,
    clean_name,
    is_full,
    name_key,
    other_accents,
    phone_numbers,
    place_key,
    same_name,
    written,
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0912 345 679", ["0912345679"]),
        ("84912345679", ["0912345679"]),
        ("+84 912.345.679 / 0987654321", ["0912345679", "0987654321"]),
        ("01692345678", ["0392345678"]),
        ("843123456", ["0843123456"]),
        ("02903888999", ["02903888999"]),
        ("0290 3 888 999", ["02903888999"]),
        ("+842903888999", ["02903888999"]),
        ("09123456789", []),
    ],
)
def test_telephone_numbers_also_of_fixed_lines(text: str, numbers: list[str]) -> None:
    assert list(phone_numbers(text)) == numbers


@pytest.mark.parametrize("code", ["BN22348", "BN 22.348", "bn-22348", "BN022348"])
def test_spellings_of_a_case_code(code: str) -> None:
    assert case_key(code) == "BN22348"
    assert case_key("ca bệnh") is None
    assert case_key("22348") is None


def test_names_of_places_and_people() -> None:
    assert place_key("QC Gió Lộng") == place_key("quán cà phê gió lộng") == place_key("Cafe GIO LONG")
    assert other_accents("Quán Hùng", "Quán Hưng") and not other_accents("Quán Hòa", "QUAN HOÀ")
    assert not other_accents("Quán Hùng", "quan hung")
    assert written("Trần Thị HOÀ") == written("trần thị hòa") != written("Trần Thị Hoa")


def test_a_number_word_before_family_and_middle_name_is_a_given_name() -> None:
    assert bare_words("Sau Truong Van") == ["sau", "truong", "van"]
    assert bare_words("Bảy Trần Thị") == ["bay", "tran", "thi"]
    assert bare_words("Sáu Trương Văn Lèo") == ["sau", "truong", "van", "leo"]
    assert bare_words("Bảy Kiệu") == ["kieu"]


@pytest.mark.parametrize(
    ("text", "number", "more"),
    [
        ("381 234 567 (CMND cũ)", "381234567", True),
        ("Passport C1234567", "C1234567", False),
        ("CMND: 381234567", "381234567", False),
        ("381234567 / 096075001234", "096075001234", True),
        ("381234567 096075001234", "096075001234", True),
        ("096 075 001 234", "096075001234", False),
        ("9.609001234E+11", None, False),
        ("chưa cấp", None, False),
        ("mất giấy tờ, cấp ngày 12/05/2015", None, True),
    ],
)
def test_an_identity_number_among_words(text: str, number: str | None, more: bool) -> None:
    assert identity_number(text) == number
    assert beside_numbers(text) == (text if more else None)


def test_a_telephone_number_with_more_than_the_number() -> None:
    assert beside_numbers("0912 345 678 (con gái)") == "0912 345 678 (con gái)"
    assert beside_numbers("ĐT: 0912.345.678 / 0909 111 222") is None
    assert phone_numbers("+84 (0)914 555 666") == ("0914555666",)


@pytest.mark.parametrize("title", ["Mr. ", "Mrs. ", "MR ", "Ms ", "Miss ", "Dr. ", "Mr.", "  Mrs.  ", "BS. "])
def test_a_title_before_a_full_name_is_no_part_of_it(title: str) -> None:
    for name in ("Oliver Stone", "Trần Văn Ổi"):
        assert clean_name(title + name) == name
        assert name_key(title + name) == name_key(name) and same_name(title + name, name)
        assert bare_words(title + name) == bare_words(name) and is_full(title + name)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        *(("Ông Nguyễn Văn Anh", "Nguyễn Văn Anh"), ("Ong Nguyen Van Anh", "Nguyen Van Anh")),
        *(("Anh Lê Văn Anh", "Lê Văn Anh"), ("Chị Võ Thị Chi", "Võ Thị Chi"), ("Chú Bùi Công Chú", "Bùi Công Chú")),
    ],
)
def test_a_form_of_address_before_a_full_name_is_no_part_of_it(told: str, name: str) -> None:
    assert clean_name(told) == name


@pytest.mark.parametrize(
    "name",
    [
        *("Ông Cao Thắng", "Ông Thị Ngọc Linh", "Anh Thư", "Lê Ngọc Anh", "Phạm Thị Bà", "Anh Tuấn Kiệt", "Trần Chú"),
        *("Mr Stone", "Miss", "Dr."),
    ],
)
def test_a_name_that_begins_or_ends_like_a_form_of_address_is_left_whole(name: str) -> None:
    assert clean_name(name) == name.strip(".")
