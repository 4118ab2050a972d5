"""What lists tell of a person: an entry per list, and the facts on which two of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pandas as pd
import pytest

from tracing.identity.told import Telling, differing_facts, read_tellings
from tracing.model.columns import TableColumns


def row(file: str, number: int, **facts: Any) -> dict[str, Any]:
    return {"person": "K1", "source_file": file, "source_sheet": None, "source_row": number, **facts}


def told(*values: str, fact: str) -> Sequence[Telling]:
    return [
        Telling(person="K1", file=str(at), sheet=None, row=at, facts={fact: one}) for at, one in enumerate(values, 2)
    ]


def test_a_list_tells_once_of_a_person_in_any_order_of_rows() -> None:
    rows = [
        row("b.csv", 9, name="Lê Văn Tám", birth_year=1980, phone="0912345679"),
        row("a.csv", 7, name="Le Van Tam", birth_date="1981-03-04", birth_year=1981),
        row("a.csv", 2, name="Lê Văn Tám", home="Tân Lộc"),
        row("c.csv", 4),
    ]
    for order in permutations(rows):
        found = read_tellings(
            TableColumns.of(pd.DataFrame(order).astype({"birth_year": "Int64", "source_row": "Int64"}))
        )
        assert [(one.file, one.row) for one in found] == [("a.csv", 2), ("b.csv", 9), ("c.csv", 4)]
        assert found[0].facts == {"name": "Lê Văn Tám; Le Van Tam", "birth": "1981-03-04", "home": "Tân Lộc"}
        assert found[1].facts == {"name": "Lê Văn Tám", "birth": "1980", "phone": "0912345679"}
        assert found[2].facts == {}


@pytest.mark.parametrize(
    ("fact", "values", "differ"),
    [
        ("name", ("Lê Văn Tám", "LE VAN TAM"), False),
        ("name", ("Lê Văn Tám", "Tám"), False),
        ("name", ("Lê Văn Tám", "Lê Văn Tâm"), True),
        ("name", ("Nguyễn Văn Tám (Tám Đen)", "Tám Đen"), False),
        ("birth", ("1980", "1980-05-06"), False),
        ("birth", ("1980-01-01", "1980-05-06"), False),
        ("birth", ("1980-07-06", "1980-05-06"), True),
        ("birth", ("1980", "1981; 1980"), True),
        ("sex", ("male", "female"), True),
        ("phone", ("0912345679; 0900000001", "0900000001"), False),
        ("phone", ("0912345679", "0900000001"), True),
        ("national_id", ("096080000001", "381234567"), False),
        ("national_id", ("096080000001", "096080000002"), True),
        ("home", ("Ấp 3, xã Tân Lộc", "Tân Lộc"), False),
        ("home", ("ấp 3, Tân Lộc", "ấp 3, Tân Hưng"), True),
        ("home", ("ấp 3", "Tân Hưng"), False),
        ("home", ("khóm 3, phường 5, TP Cà Mau", "Khóm 3 P5"), False),
        ("home", ("12 Nguyễn Trãi, P.9, TP Cà Mau", "12 Nguyễn Trãi P9 Cà Mau"), False),
        ("home", ("ấp Tân Hiệp, xã Tân Hưng Đông", "ấp Cái Rắn xã Phú Hưng"), True),
    ],
)
def test_lists_differ_where_both_cannot_be_right(fact: str, values: tuple[str, str], *, differ: bool) -> None:
    for order in permutations(values):
        assert differing_facts(told(*order, fact=fact)) == ([fact] if differ else [])
