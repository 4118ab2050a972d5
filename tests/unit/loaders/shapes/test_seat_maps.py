"""Plans of seats: a bus or a hall drawn as cells, each with its number and who sat there."""

from __future__ import annotations

from pathlib import Path

from lists import Rows, load_lists, names_of, visits_of

BUS: Rows = [
    ["NHÀ XE SÔNG ÔNG ĐỐC - SƠ ĐỒ GHẾ XE 69B-012.34", "", "", ""],
    ["Tuyến Cần Thơ - Cà Mau, khởi hành 22h30 ngày 17/7/2021, đến 2h15 ngày 18/7", "", "", ""],
    ["", "Dãy A", "Dãy B", "Dãy C"],
    ["Dưới 1", "A1: Mai Văn Sơn 0918444001", "B1: Tô Thị Lụa 0918444002", "C1: trống"],
    ["Dưới 2", "A2: (2 mẹ con) Cù Thị Hoa 0918444003", "B2", "C2: Âu Văn Bé"],
    ["Trên 1", "A3: khách vãng lai", "B3: Lưu Bá Đạt (xuống Sóc Trăng)", "C3: trống"],
    ["Tài xế: Kha Văn Mười 0918444009", "Phụ xe: Lý Văn Tám", "", ""],
]


def test_a_plan_of_seats_is_the_list_of_those_who_sat_with_the_crew(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"xe.xlsx": BUS})
    seats = dict(result.records.visits.merge(result.records.persons, on="person")[["name", "seat"]].dropna().values)
    assert seats == {
        "Mai Văn Sơn": "A1",
        "Tô Thị Lụa": "B1",
        "Cù Thị Hoa": "A2",
        "Âu Văn Bé": "C2",
        "Lưu Bá Đạt": "B3",
    }
    assert {visit[1:] for visit in visits_of(result)} == {("69B-012.34", "2021-07-17T22:30", "2021-07-18T02:15")}
    assert {"Kha Văn Mười", "Lý Văn Tám"} <= set(names_of(result).values())
    asked = {question.column: str(question.text) for question in result.questions}
    assert "Nobody is named" in asked["Họ và tên"] and "company" in asked["Ghi chú"]


def test_a_list_with_a_column_of_seats_is_no_plan(tmp_path: Path) -> None:
    rows = [
        ["XE 69B-012.34 ngày 17/7/2021", "", ""],
        ["Ghế", "Họ tên", "Ghi chú"],
        *(
            [f"A{n}", name, f"B{n}: đổi ghế"]
            for n, name in enumerate(("Mai Văn Sơn", "Tô Thị Lụa", "Âu Văn Bé", "Cù Thị Hoa"), 1)
        ),
    ]
    result = load_lists(tmp_path, {"xe.xlsx": rows})
    assert set(names_of(result).values()) == {"Mai Văn Sơn", "Tô Thị Lụa", "Âu Văn Bé", "Cù Thị Hoa"}
    assert set(result.records.visits["seat"]) == {"A1", "A2", "A3", "A4"}
