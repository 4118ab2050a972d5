"""Ledgers of hotel systems: day and hour of coming and going in four columns; stays, and no isolations."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, columns_turned, isolations_of, load_lists, visits_of

ENGLISH: Rows = [
    ["GULF PEARL HOTEL", *[""] * 8],
    ["Departed and in-house guests, printed 09-Jul-2021", *[""] * 8],
    ["Room", "Guest", "Passport", "Arr. Date", "Arr. Time", "Dep. Date", "Dep. Time", "Res. Status", "Comments"],
    ["501", "Mai, Van Son", "B7654321", "03-Jul-2021", "14:20", "05-Jul-2021", "09:00", "CHECKED OUT", ""],
    ["502", "To, Thi Lua", "B7654322", "04-Jul-2021", "15:00", "07-Jul-2021", "11:10", "CHECKED OUT", "late C/O"],
    ["503", "Moreau, Luc", "20CD54321", "05-Jul-2021", "", "06-Jul-2021", "", "CANCELLED", ""],
    ["504", "Tanaka, Ken", "TR1234567", "05-Jul-2021", "", "06-Jul-2021", "", "", "Guest never arrived, charged"],
    ["505", "Le, Ba Kha", "B7654323", "09-Jul-2021", "", "11-Jul-2021", "", "DUE IN", ""],
]
STAYS = {
    ("Mai, Van Son", "GULF PEARL HOTEL, phòng 501", "2021-07-03T14:20", "2021-07-05T09:00"),
    ("To, Thi Lua", "GULF PEARL HOTEL, phòng 502", "2021-07-04T15:00", "2021-07-07T11:10"),
}
VIETNAMESE: Rows = [
    ["KHÁCH SẠN ÁNH DƯƠNG", *[""] * 7],
    ["Sổ theo dõi khách lưu trú tháng 7/2021", *[""] * 7],
    ["Họ tên", "Năm sinh", "Phòng", "Ngày đến", "Giờ đến", "Ngày đi", "Giờ đi", "Tình trạng"],
    ["Mai Văn Sơn", "1980", "501", "13/07/2021", "14:20", "15/07/2021", "09:00", "đã trả phòng"],
    ["Tô Thị Lụa", "1988", "502", "14/07/2021", "15:00", "17/07/2021", "11:00", "đã trả phòng"],
    ["Lê Bá Khá", "1991", "503", "15/07/2021", "", "16/07/2021", "", "không đến"],
]


@pytest.mark.parametrize("turned", [False, True])
def test_days_and_hours_in_four_columns_are_stays_of_those_who_came(tmp_path: Path, turned: bool) -> None:
    rows = columns_turned(ENGLISH, 2) if turned else ENGLISH
    result = load_lists(tmp_path, {"ledger.csv": rows})
    assert visits_of(result) == STAYS and not isolations_of(result)
    assert [summary.kind for summary in result.summaries] == ["visits"] and not result.questions


def test_days_alone_are_a_stay_as_well(tmp_path: Path) -> None:
    rows = [[cell for at, cell in enumerate(row) if at not in (4, 6)] for row in ENGLISH]
    rows[2][3:5] = ["Arrival", "Departure"]
    result = load_lists(tmp_path, {"ledger.csv": rows})
    assert {(who, start, end) for who, _place, start, end in visits_of(result)} == {
        ("Mai, Van Son", "2021-07-03", "2021-07-05"),
        ("To, Thi Lua", "2021-07-04", "2021-07-07"),
    }


def test_the_day_of_leaving_is_no_day_of_the_hour_behind_that_of_coming(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"so luu tru.csv": VIETNAMESE})
    assert visits_of(result) == {
        ("Mai Văn Sơn", "KHÁCH SẠN ÁNH DƯƠNG, phòng 501", "2021-07-13T14:20", "2021-07-15T09:00"),
        ("Tô Thị Lụa", "KHÁCH SẠN ÁNH DƯƠNG, phòng 502", "2021-07-14T15:00", "2021-07-17T11:00"),
    }


def test_a_ledger_that_speaks_of_quarantine_tells_isolations(tmp_path: Path) -> None:
    rows = [["GULF PEARL HOTEL - QUARANTINE GUESTS", *[""] * 8], *ENGLISH[2:5]]
    result = load_lists(tmp_path, {"ledger.csv": rows})
    assert {(who, start, end) for who, _kind, _place, start, end in isolations_of(result)} == {
        ("Mai, Van Son", "2021-07-03", "2021-07-05"),
        ("To, Thi Lua", "2021-07-04", "2021-07-07"),
    }
    assert not visits_of(result)
