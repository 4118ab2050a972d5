"""A place among the people of a list of links is noted: its id looks unlike all others."""

from __future__ import annotations

from pathlib import Path

from lists import Rows, load_lists


def _noted(folder: Path, last: str) -> int:
    codes = [
        f"{a}{b}{n}" for n, (a, b) in enumerate(zip("QWERTZUIOPASDFGHJKLY", "MNBVCXYLKJHGFDSAPOIU", strict=True), 101)
    ]
    rows: Rows = [["from", "to", "setting"], *([codes[0], code, "social"] for code in codes[1:])]
    rows += [[codes[3], last, "social"], [last, codes[4], "social"]]
    result = load_lists(folder, {"links.csv": rows})
    assert len(result.records.links) == 21
    table = result.findings.table
    return int((table["code"] == "id.unlike").sum())


def test_a_place_among_people_is_noted_whatever_the_letters_of_their_ids(tmp_path: Path) -> None:
    assert _noted(tmp_path, "WEDDING") == 2


def test_another_person_is_not(tmp_path: Path) -> None:
    assert _noted(tmp_path, "ZZ999") == 0
