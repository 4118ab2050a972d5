"""Which places may be one: the same machinery as for people, with comparisons of its own."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracing.identity.place_address import split_place
from tracing.identity.places import PLACE_LEVELS, find_place_pairs, place_weights
from tracing.model.records import Records

AREAS = [
    {"area": "32008", "level": "commune"},
    {"area": "32011", "level": "commune"},
    {"area": "32008-1", "level": "hamlet", "parent": "32008"},
]


def found(*places: str | dict[str, Any], apart: frozenset[frozenset[str]] = frozenset()) -> dict[tuple[str, str], str]:
    """Return the verdicts by pair."""
    rows = [{"place": one} if isinstance(one, str) else one for one in places]
    records = Records.build({"places": pd.DataFrame(rows), "areas": pd.DataFrame(AREAS)})
    table = find_place_pairs(records, apart=apart)
    return {(a, b): v for a, b, v in zip(table["place_a"], table["place_b"], table["verdict"], strict=True)}


def test_a_cafe_under_four_spellings_is_one() -> None:
    spellings = ["Quán cà phê Gió Lộng", "QC GIO LONG", "cafe gió lộng", "Ca phe Gio Long"]
    joined = found(*spellings)
    assert set(joined) == {tuple(sorted(pair)) for pair in combinations(spellings, 2)}
    assert set(joined.values()) == {"automatic"}


def test_an_address_behind_the_name_is_no_part_of_it() -> None:
    spellings = [
        "Cà phê Hoa Sứ, 12 Lý Bôn, P.2",
        "Quán CF Hoa Sứ",
        "CÀ PHÊ HOA SỨ - 12 Lí Bôn",
        "Caphe Hoa Su (phường 2)",
    ]
    joined = found(*spellings)
    assert set(joined) == {tuple(sorted(pair)) for pair in combinations(spellings, 2)}
    assert set(joined.values()) == {"automatic"}


def test_the_branches_of_a_chain_are_several_and_the_name_alone_is_asked_about() -> None:
    near, far, bare = "Vinmart, 12 Lý Bôn, P.2", "Vinmart (5 Trần Hưng Đạo)", "VINMART"
    other = "vinmart số 12 Lý Bôn"
    verdicts = found(near, far, bare, other)
    assert verdicts.pop(tuple(sorted((near, other)))) == "automatic"
    assert tuple(sorted((near, far))) not in verdicts
    assert set(verdicts.values()) == {"question"}
    assert all(bare in pair for pair in verdicts)


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Quán Ốc Đào (132 Phan Ngọc Hiển)", "Quán Ốc Đào", {"house": "132", "street": "phan ngoc hien"}),
        ("Trường THCS Phan Bội Châu, xã Tắc Vân", "Trường THCS Phan Bội Châu", {"ward": "tac van"}),
        ("Vinmart+ số 12A/3 đường Trần Văn Thời, K4, P.09", "Vinmart+", {"house": "12a 3", "hamlet": "4", "ward": "9"}),
        ("Chợ Tắc Vân - khu cá", "Chợ Tắc Vân - khu cá", {}),
        ("Khu cách ly Đầm Sen, phòng 204", "Khu cách ly Đầm Sen, phòng 204", {}),
        ("Công ty Minh Phú - chi nhánh 2", "Công ty Minh Phú - chi nhánh 2", {}),
        ("Chợ phường 2", "Chợ phường 2", {}),
    ],
)
def test_where_a_name_ends_and_an_address_begins(text: str, name: str, address: dict[str, str]) -> None:
    found_name, told = split_place(text)
    assert (found_name, {part: told.get(part) for part in address}) == (name, address)
    assert bool(told) == bool(address)


def room(place: str) -> dict[str, Any]:
    return {"place": place, "kind": "room"}


@pytest.mark.parametrize("other", ["69A12345", "69a 123.45", "xe 69A-123.45", "Xe khách 69A 12345"])
def test_a_vehicle_is_known_by_its_plate(other: str) -> None:
    assert set(found("69A-123.45", other).values()) == {"automatic"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("69A-123.45", "69A-123.46"),
        ("69A-123.45", "69B-123.45"),
        ("Chợ", "cho"),
        ("Quán Hùng Vương", "Quán Hưng Vượng"),
        ("Trạm y tế", "TYT"),
        ("Trường tiểu học 1", "Trường tiểu học 2"),
        ("Chợ Tân Hưng", "Chợ Tân Lộc"),
        ("Tạp hóa Vàm Rạch", "Tạp hóa Vàm Rạch 2"),
        ("Ký túc xá Sông Trẹm B201", "Ký túc xá Sông Trẹm B202"),
        ("Nhà thuốc Gió Biển", "Nhà thờ Gió Biển"),
        ("Quán cà phê Đầm Sen", "Khu cách ly Đầm Sen"),
    ],
)
def test_others_are_neither_joined_nor_asked_about(one: str, other: str) -> None:
    assert found(one, other) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chợ", "chợ "),
        ("Nhà ông Bảy Kiệu", "NHÀ ÔNG  BẢY KIỆU"),
        (room("Khu cách ly Đầm Sen, phòng 204"), room("khu cach ly dam sen, phong 204")),
        ({"place": "Chợ Tân Hưng", "area": "32008", "kind": "market"}, "cho tan hung"),
    ],
)
def test_another_spelling_of_what_a_list_only_mentions_is_the_same_place(one: Any, other: Any) -> None:
    assert set(found(one, other).values()) == {"automatic"}


def test_what_a_mention_may_be_of_two_places_is_asked() -> None:
    two = [{"place": "Chợ Tân Hưng", "area": "32008"}, {"place": "CHỢ TÂN HƯNG", "area": "32011"}]
    verdicts = found(*two, "cho tan hung")
    assert len(verdicts) == 2 and set(verdicts.values()) == {"question"}


def test_a_slip_is_asked_about_and_a_house_is_never_joined_by_its_name() -> None:
    assert found("Quán cà phê Gió Lộng", "Cafe Gio Longg") == {("Cafe Gio Longg", "Quán cà phê Gió Lộng"): "question"}
    assert found("Nhà ông Bảy Kiệu", "nha ong bay kieu") == {("Nhà ông Bảy Kiệu", "nha ong bay kieu"): "question"}


def described(place: str, name: str, area: str | None = None, **rest: Any) -> dict[str, Any]:
    return {"place": place, "name": name, "area": area, "source_file": f"{place}.csv", **rest}


def test_a_name_in_one_area_joins_and_in_two_does_not() -> None:
    name = "Trường THCS Nguyễn Du"
    assert found(described("a", name, "32008"), described("b", name.upper(), "32008")) == {("a", "b"): "automatic"}
    assert found(described("a", name, "32008"), described("b", name, "32008-1")) == {("a", "b"): "question"}
    assert found(described("a", name, "32008"), described("b", name)) == {("a", "b"): "question"}
    assert found(described("a", name, "32008"), described("b", name, "32011")) == {}
    one_list = [described(p, name, "32008", source_file="places.csv") for p in ("a", "b")]
    assert found(*one_list) == {("a", "b"): "question"}
    assert found(*one_list[:1], {**one_list[1], "name": "Trường THCS Nguyễn Du Bến Lá"}) == {}
    far = [described("a", name, "32008", lat=9.1, lon=105.1), described("b", name, "32008", lat=9.2, lon=105.1)]
    assert "automatic" not in found(*far).values()


def test_rooms_and_places_told_apart_are_left_alone() -> None:
    assert found(described("a", "Khu A phòng 204", kind="room"), described("b", "KHU A PHONG 204", kind="room")) == {}
    assert found("Cafe Gió Lộng", "QC GIO LONG", apart=frozenset({frozenset(("Cafe Gió Lộng", "QC GIO LONG"))})) == {}


def test_nobody_is_brought_together_with_what_contradicts_them() -> None:
    name = "Chợ Tân Hưng"
    three = [described("a", name, "32008"), described("b", name, "32008"), described("c", name, "32008", kind="market")]
    other = described("d", name, "32008", kind="school")
    assert found(three[2], other) == {}
    assert set(found(*three).values()) == {"automatic"}
    assert "automatic" not in found(*three, other).values()


@settings(max_examples=15, deadline=None)
@given(
    order=st.permutations(["Chợ Tân Hưng", "cho tan hung", "CHO TAN  HUNG", "Chợ Tân Hưg", "69A12345", "69A-123.45"])
)
def test_the_order_of_rows_changes_nothing(order: list[str]) -> None:
    assert found(*order) == found(*sorted(order))


def test_the_weights_are_shares_and_have_every_level() -> None:
    weights = place_weights()
    assert weights["source"]
    for comparison, levels in PLACE_LEVELS.items():
        assert list(weights[comparison]) == list(levels[1:])
        for share in ("m", "u"):
            assert sum(one[share] for one in weights[comparison].values()) == pytest.approx(1, abs=0.03)
