"""Registers of hotels with the day and the hour in two columns, and crew lists of ships with numbered questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, visits_of

from loaders.files.headings import name_of_field
from tracing.papers import identity_number

HOTEL: Rows = [
    ["BLUE LAGOON GUEST HOUSE - REGISTER", "", "", "", "", "", "", "", ""],
    ["From 01 Jul 2021 to 31 Jul 2021", "", "", "", "", "", "", "", ""],
    ["Room", "Guest name", "Passport No.", "Arrival", "", "Departure", "", "Accompanied by", "Remarks"],
    ["", "", "", "Date", "Time", "Date", "Time", "", ""],
    [
        "11",
        "Tanaka Ken",
        "TR1234567",
        "17-Jul-21",
        "15:05",
        "19-Jul-21",
        "10:30",
        "wife Tanaka Yui (TR7654321); 1 infant",
        "",
    ],
    ["12", "Mai Van Son", "079080001234", "18-Jul-21", "21:40", "20-Jul-21", "06:10", "", "driver"],
    ["14", "Moreau Luc", "20CD54321", "19-Jul-21", "08:00", "", "", "", ""],
    ["", "No-show (booking Tran)", "", "20-Jul-21", "", "", "", "", ""],
]
HEADS = ["D3:E3", "F3:G3"]


def test_a_day_and_an_hour_below_coming_and_going_are_one_moment_and_a_period_is_no_day(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"register.xlsx": HOTEL}, merged=HEADS)
    assert visits_of(result) == {
        ("Tanaka Ken", "BLUE LAGOON GUEST HOUSE, phòng 11", "2021-07-17T15:05", "2021-07-19T10:30"),
        ("Tanaka Yui", "BLUE LAGOON GUEST HOUSE, phòng 11", "2021-07-17T15:05", "2021-07-19T10:30"),
        ("Mai Van Son", "BLUE LAGOON GUEST HOUSE, phòng 12", "2021-07-18T21:40", "2021-07-20T06:10"),
        ("Moreau Luc", "BLUE LAGOON GUEST HOUSE, phòng 14", "2021-07-19T08:00", ""),
    }
    papers = dict(result.records.persons[["name", "national_id"]].dropna().values)
    assert (papers["Moreau Luc"], papers["Tanaka Yui"]) == ("20CD54321", "TR7654321")


def test_who_did_not_come_is_nobody_and_a_stay_that_goes_on_is_asked_with_the_last_day_of_the_list(
    tmp_path: Path,
) -> None:
    result = load_lists(tmp_path, {"register.xlsx": HOTEL}, merged=HEADS)
    assert set(names_of(result).values()) == {"Tanaka Ken", "Tanaka Yui", "Mai Van Son", "Moreau Luc"}
    (until,) = (question for question in result.questions if "until which day" in str(question.text))
    assert [choice.value for choice in until.choices] == ["2021-07-31", "*", "-"]
    told = load_lists(tmp_path, {"register.xlsx": HOTEL}, merged=HEADS, answers={until.id: "2021-07-31"})
    assert [end for who, _place, _start, end in visits_of(told) if who == "Moreau Luc"] == ["2021-07-31"]
    assert any(question.column == "Ghi chú (Accompanied by)" for question in result.questions), "of the infant"


def test_a_number_of_a_paper_in_no_known_form_stays_with_its_person(tmp_path: Path) -> None:
    rows = [["Họ tên", "Số hộ chiếu", "Tuổi"], ["Mai Văn Sơn", "chưa rõ 1234?", "41"], ["Tô Thị Lụa", "không có", "33"]]
    result = load_lists(tmp_path, {"khach.xlsx": rows})
    kept = dict(result.records.persons[["name", "attributes"]].dropna().values)
    assert "1234?" in kept["Mai Văn Sơn"] and "không có" not in kept.get("Tô Thị Lụa", "")


@pytest.mark.parametrize("text", ["20CD54321", "P7654321B", "C1234567"])
def test_passports_of_other_countries_are_identity_numbers(text: str) -> None:
    assert identity_number(text.lower()) == text


@pytest.mark.parametrize("text", ["1234", "LUU TRU", "12/2021", "A12345678901234"])
def test_what_is_too_short_or_too_long_is_no_identity_number(text: str) -> None:
    assert identity_number(text) is None


SHIP: Rows = [
    ["CREW LIST", "", "", "(IMO FAL Form 5)", "", "", ""],
    ["[x] Arrival   [ ] Departure", "", "", "", "", "", ""],
    ["1.1 Name of ship: STELLA MARIS", "", "", "1.2 IMO number: 9876543", "", "", ""],
    ["2. Port of arrival: RACH GIA", "", "", "3. Date of arrival: 19 JUL 2021 1430LT", "", "", ""],
    ["5. Last port of call: KOH SICHANG (dep. 16 JUL 2021 0500LT)", "", "", "4. Flag: PANAMA", "", "", ""],
    [
        "6. No.",
        "7. Family name",
        "8. Given names",
        "9. Rank",
        "11. Date of birth",
        "13. Gender",
        "15. Number of identity document",
    ],
    ["1", "MAI", "VAN SON", "MASTER", "21-03-1970", "M", "C7654321"],
    ["2", "REYES", "ANA LUZ", "COOK", "02-11-1988", "F", "P7654321B"],
    ["3", "TO", "VAN LUA", "OILER", "17-10-1990", "M", "B7654321"],
    ["16. Date and signature by master: 19 JUL 2021", "", "", "", "", "", ""],
]


def test_the_crew_of_a_ship_has_its_names_sex_arrival_and_stay_on_board(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"crew.xlsx": SHIP})
    assert visits_of(result) == {
        (who, "STELLA MARIS", "2021-07-16T05:00", "2021-07-19T14:30")
        for who in ("MAI VAN SON", "REYES ANA LUZ", "TO VAN LUA")
    }
    assert dict(result.records.persons[["name", "sex"]].values)["REYES ANA LUZ"] == "female"
    assert set(result.records.arrivals["origin"]) == {"KOH SICHANG"} and len(result.records.arrivals) == 3
    assert set(result.records.places["kind"]) == {"vehicle"} and not result.questions


def test_a_ship_that_leaves_tells_no_arrival(tmp_path: Path) -> None:
    rows = [
        ["[ ] Arrival   [x] Departure", *[""] * 6],
        *([cell.replace("arrival", "arrival/departure") for cell in row] for row in SHIP[2:4]),
        *SHIP[5:],
    ]
    result = load_lists(tmp_path, {"crew.xlsx": rows})
    assert not len(result.records.arrivals)
    assert {(place, start) for _who, place, start, _end in visits_of(result)} == {("STELLA MARIS", "2021-07-19T14:30")}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("7. Family name", "last_name"),
        ("2) Năm sinh", "birth_year"),
        ("3. Số điện thoại", "phone"),
        ("1.2) Họ và tên", "name"),
    ],
)
def test_the_number_of_a_question_is_no_part_of_its_words(heading: str, field: str) -> None:
    assert name_of_field(heading, "people") == field


def test_days_with_the_short_name_of_their_month_between_dashes_are_days(tmp_path: Path) -> None:
    rows = [
        ["Sunrise Restaurant - bookings", "", "", "", ""],
        ["Period: 01/07/2021 to 31/07/2021", "", "", "", ""],
        ["Date", "Time", "Table", "Guest name", "Remarks"],
        ["17-Jul-21", "18:30", "4", "Mai Van Son", ""],
        ["18-Jul-21", "19:00", "5", "To Thi Lua", "no show"],
        ["19-Jul-21", "19:30", "4", "Au Van Be", "cancelled by phone"],
    ]
    result = load_lists(tmp_path, {"bookings.xlsx": rows})
    assert visits_of(result) == {("Mai Van Son", "Sunrise Restaurant, bàn 4", "2021-07-17T18:30", "")}
