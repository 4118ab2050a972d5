"""Places, units and plates are known by the same words in a title, in a cell and in what somebody told."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from loaders.columns.looks import look_at
from loaders.columns.whereabouts import find_place
from loaders.files.grid import Line
from loaders.files.titles import read_facts
from loaders.place_words import PLACES, plate_text
from loaders.rows.arrivals import plate
from loaders.units.addresses import parse_address
from tracing.text import unaccented


def _title(text: str) -> dict[str, str]:
    return {fact.name: fact.value for fact in read_facts([Line(1, (text,))], None, "ds.csv")}


@pytest.mark.parametrize("noun", PLACES)
def test_a_noun_of_places_is_known_wherever_it_stands(noun: str) -> None:
    noun = re.sub(r"\(\?!.*?\)", "", noun)  # what must not follow it
    name = f"{noun} Hướng Dương"
    assert _title(f"Danh sách tại {name}")["place"] == name
    assert find_place(f"ghé {name} mua đồ") == name
    cells = [f"{noun} {other}" for other in ("Hướng Dương", "Ánh Sao", "Gió Biển")]
    for column in (cells, [unaccented(cell) for cell in cells]):
        assert look_at(pd.Series(column, dtype="string")).kind == "place"


@pytest.mark.parametrize("written", ["69B-000.12", "69B 00012", "69B00012"])
def test_a_plate_has_one_spelling(written: str) -> None:
    assert _title(f"Xe {written}")["plate"] == find_place(f"đi xe {written}") == plate(written) == "69B-000.12"
    assert look_at(pd.Series([written], dtype="string")).kind == "plate"
    assert plate_text("69b", "0012") == "69B-0012"


@pytest.mark.parametrize(
    ("unit", "level"), [("ấp", "hamlet"), ("khóm", "hamlet"), ("xã", "commune"), ("phường", "commune")]
)
def test_a_unit_ends_the_name_of_a_place_and_is_a_part_of_an_address(unit: str, level: str) -> None:
    for written in (unit, unaccented(unit)):
        assert getattr(parse_address(f"{written} Rạch Bần, tỉnh Cà Mau"), level) == (
            f"{written} Rạch Bần" if written == unit else None
        )
    assert find_place(f"ghé quán Gió Biển, {unit} Rạch Bần") == f"quán Gió Biển, {unit} Rạch Bần"
