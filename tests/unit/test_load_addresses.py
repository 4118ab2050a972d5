"""Addresses taken apart, and homes of lists: hamlets and groups in communes, as of the day of the list."""

from __future__ import annotations

import pytest

from loaders.rows.addresses import Address, hamlet_key, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ấp Rạch Xa, xã Tân Lộc", Address(commune="xã Tân Lộc", hamlet="ấp Rạch Xa")),
        ("Tổ 5, Khóm 3, P.5, TP Cà Mau", Address("P.5", "TP Cà Mau", "Khóm 3", "Tổ 5")),
        ("Tân Lộc, ấp Rạch Xa", Address(hamlet="ấp Rạch Xa", rest=("Tân Lộc",))),
        ("xã Tân Hưng, Cái Nước", Address(commune="xã Tân Hưng", rest=("Cái Nước",))),
        ("Tân Hưng - Cái Nước", Address(rest=("Tân Hưng", "Cái Nước"))),
        ("số 12 đường Số Hai, khóm 1, Phường 1", Address(commune="Phường 1", hamlet="khóm 1")),
        ("X. Tân Lộc, H. Thới Bình", Address("X. Tân Lộc", "H. Thới Bình")),
        ("TT. Cái Nước", Address(commune="TT. Cái Nước")),
        ("P1", Address(commune="P1")),
        ("K5, P2", Address(commune="P2", hamlet="K5")),
        ("AP 3, XA TAN LOC", Address(commune="XA TAN LOC", hamlet="AP 3")),
        ("", Address()),
    ],
)
def test_an_address_is_taken_apart(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "key"), [("Khóm 05", "5"), ("ấp Rạch Xa", "rach xa"), ("K5", "5"), ("Tổ 02", "2"), ("Bến Lá", "ben la")]
)
def test_a_hamlet_is_known_without_its_unit(text: str, key: str) -> None:
    assert hamlet_key(text) == key


def test_a_long_address_costs_nothing() -> None:
    assert parse_address("(" * 50_000).commune is None
    assert parse_address("ấp " * 50_000 + ", xã Tân Lộc").hamlet is not None
