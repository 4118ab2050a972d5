"""Columns of dates: what decides their order and year, midnight stamps, open ends, words for days."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from loaders import load_files
from loaders.columns.births import read_age, read_birth
from loaders.columns.dates import Times, read_times
from loaders.columns.moments import full_year, read_moment
from loaders.files.grid import Grid
from loaders.files.locate import find_sheets
from loaders.files.orders import Hints, gather, hints
from loaders.files.read import read_file
from loaders.findings import FindingLog
from loaders.options import LoadOptions
from tracing.times import DAY, local, parse_iso

ZONE = "Asia/Ho_Chi_Minh"
OF_AUGUST = Hints("day first", "headings", 2021, date(2021, 8, 3))


def _read(*values: str | None, told: Hints | None = None, is_end: bool = False, zone: str = ZONE) -> Times:
    texts = pd.Series(list(values), dtype="string")
    return read_times(texts, zone=zone, day_first=None, hints=told or Hints(), is_end=is_end)


def _days(times: Times) -> list[str | None]:
    return [
        local(int(start), ZONE).date().isoformat() if known else None
        for start, known in zip(times.start, times.known, strict=True)
    ]


def _whole(times: Times) -> list[bool]:
    return [bool(flag) for flag in (times.end - times.start) == DAY]


@pytest.mark.parametrize(
    "texts",
    [
        ["2021-07-08 00:00:00", "2021-07-10 00:00:00"],
        ["2021-07-08T00:00:00", "2021-07-10T00:00"],
        ["2021-07-08T00:00:00.000Z", "2021-07-10T00:00:00.000Z"],
        ["2021-07-08T00:00:00+00:00", "2021-07-10 00:00:00+00:00"],
        ["2021-07-08T00:00:00-05:00", "2021-07-10T00:00:00-05:00"],
        ["08-07-2021 00:00:00", "10-07-2021 00:00:00"],
        ["8/7/2021 0:00", "10/7/2021 12:00:00 AM"],
    ],
)
def test_a_column_of_midnight_stamps_holds_days_as_they_are_written(texts: list[str]) -> None:
    times = _read(*texts, told=Hints("day first", "headings"))
    assert _days(times) == ["2021-07-08", "2021-07-10"] and _whole(times) == [True, True]
    assert times.problems == {} and times.midnights == 0


def test_a_midnight_among_hours_is_that_day_and_counted_but_an_end_keeps_it() -> None:
    texts = ["2021-07-08 00:00:00", "2021-07-08 09:20:00", "08/07/2021 00:00", "2021-07-09T00:00:00Z"]
    times = _read(*texts, told=Hints("day first", "file"))
    assert _whole(times) == [True, False, True, True] and times.midnights == 3
    assert _days(times)[3] == "2021-07-09"
    ends = _read(*texts, told=Hints("day first", "file"), is_end=True)
    assert _whole(ends) == [False] * 4 and ends.midnights == 0
    assert ends.start[3] == parse_iso("2021-07-09T07:00", ZONE)[0]


def test_years_come_from_the_list() -> None:
    times = _read("30/7", "1-8", "2h10 2/8", "25/7/2021", "28/12", told=OF_AUGUST)
    assert _days(times) == ["2021-07-30", "2021-08-01", "2021-08-02", "2021-07-25", "2020-12-28"]
    assert times.no_years == 4 and times.problems == {}
    assert _read("30/7").problems == {0: "date.no_year"}


def test_yesterday_counts_from_the_day_of_the_list() -> None:
    assert _days(_read("hôm qua", "Hôm kia", "hôm nay", told=OF_AUGUST)) == ["2021-08-02", "2021-08-01", "2021-08-03"]


def test_years_of_two_digits() -> None:
    times = _read("29/7/21 18:00", "28/7/21", told=OF_AUGUST)
    assert _days(times) == ["2021-07-29", "2021-07-28"] and times.short_years == 2
    assert _read("29/7/12", told=OF_AUGUST).problems == {0: "date.two_digit_year"}
    assert full_year("96") == 1996 and full_year("20") == 2020


def test_two_orders_in_one_column_are_asked_row_by_row() -> None:
    times = _read("3/4/2021", "25/12/2020", "12/25/2020", told=OF_AUGUST)
    assert times.problems == {0: "date.conflict"} and times.mixed == ("25/12/2020", "12/25/2020")


def test_one_day_with_dashes_among_month_first_dates() -> None:
    times = _read("7/28/2020", "07/30/2020", "29-07-2020", "7/5/2020")
    assert _days(times)[:3] == ["2020-07-28", "2020-07-30", "2020-07-29"] and times.problems == {3: "date.conflict"}


@pytest.mark.parametrize(
    "text", ["9999-12-31", "9999-12-31T00:00:00", "31/12/9999", "2999-12-31", "31/12/2099", "9999-12-31T00:00:00Z"]
)
def test_an_open_end_is_no_date(text: str) -> None:
    ends = _read("2021-07-08", text, is_end=True)
    assert ends.known.tolist() == [True, False] and ends.problems == {} and ends.open_ends == 1
    assert _read("2021-07-08", text).problems == {1: "date.open"}


def test_days_and_months_that_excel_has_swapped_are_asked() -> None:
    texts = ["2021-01-08T00:00:00", "2021-07-31T00:00:00", "44408", "30/07/2021", "31.7.2021", "2021-07-30T00:00:00"]
    assert _read(*texts, told=OF_AUGUST).problems == {0: "date.swapped"}
    assert _read("2021-01-08", "2021-07-31", "2021-07-30", "2021-07-29", "2021-07-28").problems == {}


def test_serials_of_1904_are_days_later() -> None:
    assert _days(_read("44379", told=Hints(serial_shift=1_462))) == ["2025-07-03"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("7h30 2/7/2021", "2021-07-02T07:30"),
        ("07g30 2/7/2021", "2021-07-02T07:30"),
        ("2/7/2021 19h", "2021-07-02T19:00"),
        ("17 giờ 00 ngày 2/7/2021", "2021-07-02T17:00"),
        ("2h10 (2/7/2021)", "2021-07-02T02:10"),
        ("sáng 2/7/2021", "2021-07-02"),
    ],
)
def test_hours_and_words_beside_a_day(text: str, iso: str) -> None:
    times = _read(text, told=Hints("day first", "headings"))
    assert (times.start[0], times.end[0]) == parse_iso(iso, ZONE)


def test_the_file_decides_for_all_its_columns_and_sheets(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("person,onset,sample\nA,06/07/2021,30/6/2021\nB,05/07/2021,1/7/2021\n", encoding="utf-8")
    result = load_files([path])
    assert result.complete and result.records.cases["onset"].tolist() == [
        parse_iso(d, ZONE)[0] for d in ("2021-07-06", "2021-07-05")
    ]
    assert list(result.findings).count("date.order_by_file") == 1


def test_vietnamese_headings_mean_day_first_and_english_ones_are_asked(tmp_path: Path) -> None:
    path = tmp_path / "ca.csv"
    path.write_text("Mã BN,Họ và tên,Ngày khởi phát\nC1,Lê Tám,06/07/2021\n", encoding="utf-8")
    result = load_files([path])
    assert result.records.cases["onset"].tolist() == [parse_iso("2021-07-06", ZONE)[0]]
    assert "date.order_by_headings" in list(result.findings)
    path.write_text("person,name,onset\nC1,Lee,06/07/2021\n", encoding="utf-8")
    assert "date.ambiguous" in list(load_files([path]).findings)


def test_what_a_file_shows_about_its_dates() -> None:
    columns = [
        ("Ngày sinh", pd.Series(["14/05/1990", "1962"], dtype="string")),
        ("Ngày", pd.Series(["3/4/2021", None, "2h10 (5/6/2021)"], dtype="string")),
        ("SĐT", pd.Series(["0900.000.001", None], dtype="string")),
        ("trống", pd.Series([None, None], dtype="string")),
    ]
    found = gather(columns, ["Ngày sinh", "Ngày"])
    assert (found.order, found.years, found.vietnamese) == ("day first", (2021,), True)
    told = hints(found, ["--08-02"], [])
    assert (told.order, told.why, told.year, told.day) == ("day first", "file", 2021, date(2021, 8, 2))


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("05/1991", (None, 1991, None)),
        ("tháng 5/1991", (None, 1991, None)),
        ("1991", (None, 1991, None)),
        ("96", (None, 1996, None)),
        ("14/05/1990", ("1990-05-14", 1990, None)),
        ("1/1/1980", ("1980-01-01", 1980, None)),
        ("31/02/1980", (None, 1980, "birth.unreadable")),
        ("4/5/1990", (None, 1990, "birth.ambiguous")),
        ("không rõ", (None, None, None)),
        ("abc", (None, None, "birth.unreadable")),
        ("1997-01-15T00:00:00", ("1997-01-15", 1997, None)),
    ],
)
def test_births(text: str, born: tuple[str | None, int | None, str | None]) -> None:
    assert read_birth(text, None) == born


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("30t", (30, False)),
        ("52", (52, False)),
        ("khoảng 60", (60, True)),
        ("27 tuổi", (27, False)),
        ("8 tháng tuổi", (0, False)),
        ("1987", (None, False)),
    ],
)
def test_ages(text: str, age: tuple[int | None, bool]) -> None:
    assert read_age(text) == age


def test_old_data_is_not_too_old_where_there_is_no_other(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("person,onset\nA,1854-08-31\nB,1854-09-01\n", encoding="utf-8")
    assert load_files([path]).complete
    path.write_text("person,onset\nA,1854-08-31\nB,2021-09-01\n", encoding="utf-8")
    assert list(load_files([path]).findings) == ["date.past"]


def test_a_long_text_in_a_date_cell_costs_nothing() -> None:
    for text in (" " * 100_000 + "x", "1/" * 50_000, "2" * 100_000, "ngày " * 20_000):
        assert read_moment(text).problem == "date.unreadable"


def test_the_dates_of_one_night_are_read_or_asked(shared_data: Path) -> None:
    found = {}
    for path in sorted((shared_data / "night_folder").glob("0[124]*")):
        for grid in read_file(path, options=LoadOptions(), log=FindingLog()):
            assert isinstance(grid, Grid)
            for sheet in find_sheets(grid):
                for column, heading in enumerate(sheet.headings):
                    if "ngày" in heading.lower() or "THOI GIAN" in heading:
                        times = read_times(sheet.cells[column], zone=ZONE, day_first=None, hints=sheet.dates)
                        found[path.name[:2], heading] = (np.count_nonzero(times.known), times.problems)
    assert found["01", "Ngày tiếp xúc lần cuối"] == (11, {5: "date.impossible"})
    assert found["02", "THOI GIAN › LAN CUOI"] == (6, {0: "date.swapped"})
    assert found["04", "Ngày tiếp xúc cuối với F1"] == (15, {})


def test_an_age_in_a_column_of_years_is_an_age(tmp_path: Path) -> None:
    head = "DANH SÁCH F1 NGÀY 12/8/2021;;;\nSTT;Họ và tên;Năm sinh;Ngày tiếp xúc\n"
    rows = "1;Lý Thị Hoa;35 tuổi;9/8\n2;Lê Văn Tám;1990;9/8\n3;Bé Na;8 tháng;9/8\n4;Lê Chín;khoảng 60;9/8\n"
    (tmp_path / "f1.csv").write_text(head + rows, encoding="utf-8")
    result = load_files([tmp_path / "f1.csv"])
    people = result.records.persons.set_index("name")
    assert people["birth_year"].dropna().to_dict() == {"Lê Văn Tám": 1990}
    kept = {name: json.loads(told).get("Năm sinh") for name, told in people["attributes"].dropna().items()}
    assert kept["Lý Thị Hoa"] == "35 tuổi" and kept["Bé Na"] == "8 tháng"
    unread = result.findings.table.query("code == 'birth.unreadable'")
    assert unread["row"].tolist() == [6], "a year or an age: nobody knows"


@pytest.mark.parametrize("heading", ["Tuổi/NS", "Tuổi/năm sinh", "NS (tuổi)"])
def test_two_digits_below_a_heading_of_ages_or_years_are_an_age(tmp_path: Path, heading: str) -> None:
    text = f"Họ và tên;{heading};SĐT\nLý Thị Hoa;45;0912000001\nLê Văn Tám;1990;0912000002\n"
    path = tmp_path / "ds.csv"
    path.write_text(text, encoding="utf-8")
    persons = load_files([path]).records.persons.set_index("name")
    assert persons["birth_year"].astype(object).where(persons["birth_year"].notna(), None).to_dict() == {
        "Lý Thị Hoa": None,
        "Lê Văn Tám": 1990,
    }
    assert json.loads(persons.loc["Lý Thị Hoa", "attributes"]) == {heading: "45"}
