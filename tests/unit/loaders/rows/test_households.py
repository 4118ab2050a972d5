"""Lists of homes: who was at home on the day of the list visits it; without a day only the home is known."""

from __future__ import annotations

from pathlib import Path

from lists import Rows, load_lists, names_of, visits_of

HOMES: Rows = (
    ("DANH SÁCH HỘ GIA ĐÌNH (rà soát ngày 29/7/2021)", "", "", "", "", ""),
    ("Số hộ", "Chủ hộ / nhân khẩu", "Quan hệ với chủ hộ", "Năm sinh", "Nam/Nữ", "Đang ở nhà?"),
    ("H1", "Hộ: Lê Một", "Chủ hộ", 1960, "Nam", "Không"),
    ("", "- Lê Hai", "Vợ", 1962, "Nữ", "Có"),
    ("", "- Lê Ba", "Con", 1990, "Nam", "Có"),
    ("H2", "Hộ: Trần Bốn", "Chủ hộ", 1970, "Nam", "Có"),
    ("", "- Trần Năm", "Con", 1995, "Nữ", "Có, tự theo dõi"),
)


def test_members_who_were_at_home_are_there_on_the_day_of_the_list(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ho.csv": HOMES})
    day = ("2021-07-29", "2021-07-29")
    there = {("Lê Hai", "nhà H1"), ("Lê Ba", "nhà H1"), ("Trần Bốn", "nhà H2"), ("Trần Năm", "nhà H2")}
    assert visits_of(result) == {(*who, *day) for who in there}
    places = result.records.places
    assert set(places["kind"]) == {"household"} and result.records.contacts.empty and result.complete
    assert result.records.persons["household"].tolist().count("H1") == 3


def test_without_a_day_only_the_home_is_on_record(tmp_path: Path) -> None:
    rows = [("DANH SÁCH HỘ GIA ĐÌNH", *[""] * 5), *HOMES[1:]]
    result = load_lists(tmp_path, {"ho.csv": rows})
    assert result.records.visits.empty and len(names_of(result)) == 5
    assert set(result.records.persons["household"]) == {"H1", "H2"}
