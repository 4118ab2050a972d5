"""Dates, words and numbers as people write them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from loaders import Answers, load_files
from loaders.columns.dates import read_moment, read_times
from loaders.columns.values import (
    read_choice,
    read_flag,
    read_ids,
    read_national_id,
    read_number,
    read_phone,
)
from tracing.times import day_span, parse_iso

ZONE = "Asia/Ho_Chi_Minh"


def _texts(*values: str | None) -> pd.Series:
    return pd.Series(list(values), dtype="string")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021-07-02", "2021-07-02"),
        ("2021/07/02", "2021-07-02"),
        ("25/7/2021", "2021-07-25"),
        ("25-07-2021", "2021-07-25"),
        ("25.07.2021", "2021-07-25"),
        ("7/25/2021", "2021-07-25"),
        ("07/07/2021", "2021-07-07"),
        ("12 Jun 2021", "2021-06-12"),
        ("30 April 2021", "2021-04-30"),
        ("Jul 2, 2021", "2021-07-02"),
        ("ngày 2 tháng 7 năm 2021", "2021-07-02"),
        ("20210702", "2021-07-02"),
        ("44379", "2021-07-02"),
        ("2021-07-02T09:20", "2021-07-02T09:20"),
        ("2021-07-02 09:20:30", "2021-07-02T09:20:30"),
        ("2021/07/02 09:20", "2021-07-02T09:20"),
        ("9h20 ngày 25/7/2021", "2021-07-25T09:20"),
        ("25/7/2021 3:05 PM", "2021-07-25T15:05"),
        ("2021-07-02T09:20:00+07:00", "2021-07-02T09:20"),
        ("2021-07-02T02:20:00Z", "2021-07-02T09:20"),
        ("44379.5", "2021-07-02T12:00"),
    ],
)
def test_one_reading(text: str, iso: str) -> None:
    times = read_times(_texts(text), zone=ZONE, day_first=None)
    assert times.problems == {}
    assert (times.start[0], times.end[0]) == parse_iso(iso, ZONE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31/6/2021", "date.impossible"),
        ("2021-02-30", "date.impossible"),
        ("2021-07-02T25:00", "date.impossible"),
        ("31/13/2021", "date.impossible"),
        ("2/7/21", "date.ambiguous"),
        ("92/7", "date.impossible"),
        ("30/2", "date.impossible"),
        ("9999-12-31", "date.open"),
        ("31/12/2099", "date.open"),
        ("2999-01-01T00:00:00", "date.open"),
        ("9h20", "date.hour_only"),
        ("2/7", "date.no_year"),
        ("2021", "date.year_only"),
        ("hôm qua", "date.relative"),
        ("3/4/2021", "date.ambiguous"),
        ("3/4/2021 10:00", "date.ambiguous"),
    ],
)
def test_no_reading_is_named(text: str, code: str) -> None:
    times = read_times(_texts(text), zone=ZONE, day_first=None)
    assert times.problems == {0: code} and not times.known[0]


@pytest.mark.parametrize("text", ["-", "?", "Chưa rõ", "Chưa xác định", "không rõ", None])
def test_unknown_is_empty(text: str | None) -> None:
    times = read_times(_texts(text), zone=ZONE, day_first=None)
    assert times.problems == {} and not times.known[0]


def test_the_column_decides_before_the_option() -> None:
    day = read_times(_texts("3/4/2021", "25/12/2020"), zone=ZONE, day_first=False)
    assert day.order == "day first" and day.decided and day.start[0] == parse_iso("2021-04-03", ZONE)[0]
    month = read_times(_texts("3/4/2021", "12/25/2020"), zone=ZONE, day_first=None)
    assert month.order == "month first" and month.start[0] == parse_iso("2021-03-04", ZONE)[0]
    asked = read_times(_texts("3/4/2021"), zone=ZONE, day_first=True)
    assert not asked.decided and asked.start[0] == parse_iso("2021-04-03", ZONE)[0]


def test_a_column_of_both_orders_is_a_conflict() -> None:
    times = read_times(_texts("3/4/2021", "25/12/2020", "12/25/2020"), zone=ZONE, day_first=True)
    assert times.problems == {0: "date.conflict"} and times.mixed == ("25/12/2020", "12/25/2020")


def test_the_fast_way_and_the_slow_way_agree_where_clocks_change() -> None:
    zone = "Europe/Berlin"
    for text in ("2021-03-28", "2021-03-28T01:30", "2021-03-28T03:30", "2021-10-31T02:30", "2021-10-31"):
        times = read_times(_texts(text), zone=zone, day_first=None)
        assert (times.start[0], times.end[0]) == parse_iso(text, zone), text


def test_a_day_is_the_whole_local_day() -> None:
    from datetime import date

    times = read_times(_texts("2021-07-02"), zone=ZONE, day_first=None)
    assert (times.start[0], times.end[0]) == day_span(date(2021, 7, 2), ZONE)


def test_reading_is_remembered_by_text_and_zone() -> None:
    assert read_moment("2021-07-02T09:20+07:00", "UTC").at == read_moment("2021-07-02T09:20+07:00", ZONE).at


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("sex", "Nữ", "female"),
        ("sex", "NU", "female"),
        ("sex", "nam", "male"),
        ("sex", "F", "female"),
        ("level", "FO", "F0"),
        ("level", "F1.1", "F1"),
        ("result", "Âm tính", "negative"),
        ("result", "Dương tính", "positive"),
        ("result", "Đang kiểm tra", "pending"),
        ("method", "Test nhanh", "antigen"),
        ("isolation_kind", "Tại nhà", "home"),
        ("found_in", "khu phong tỏa", "zone"),
        ("flag", "có", "true"),
        ("flag", "Không", "false"),
    ],
)
def test_words(name: str, text: str, value: str) -> None:
    read = read_choice(_texts(text), name)
    assert read.values[0] == value and not read.problems


def test_a_near_word_is_read_with_a_warning_and_a_strange_one_is_left_empty() -> None:
    read = read_choice(_texts("Fale", "recotered", "xyz", None), "sex")
    assert read.values[0] == "male" and read.problems[0][0] == "value.read_as"
    assert read.values.isna().tolist() == [False, True, True, True]
    assert read.problems[2][0] == "value.unknown"
    outcome = read_choice(_texts("recotered", "moved away"), "outcome", open_set=True)
    assert outcome.values.tolist() == ["recovered", "moved away"]


def test_flags() -> None:
    read = read_flag(_texts("yes", "Không", "1", "?", None))
    assert read.values.fillna(False).tolist() == [True, False, True, False, False]
    assert read.values.isna().tolist() == [False, False, False, True, True]


def test_numbers() -> None:
    read = read_number(_texts("1.5", "1,5", "x", "1e9", None), "distance_m", whole=False)
    assert read.values.tolist()[:2] == [1.5, 1.5]
    assert {row: code for row, (code, _) in read.problems.items()} == {2: "value.number", 3: "value.range"}
    assert read_number(_texts("12A"), "seat_row", whole=True).values[0] == 12
    assert read_number(_texts("1.5"), "minutes_", whole=True).problems[0][0] == "value.number"


def test_ids_and_numbers_of_people_stay_text() -> None:
    assert read_ids(_texts("00123", "12.0", "a.0", None)).fillna("").tolist() == ["00123", "12", "a.0", ""]
    assert read_phone(_texts("912345678", "+84 912 345 678", "0912.345.678", "113")).tolist() == [
        "0912345678",
        "0912345678",
        "0912345678",
        "113",
    ]
    assert read_national_id(_texts("96091000001", "381234567")).tolist() == ["096091000001", "381234567"]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("(mẹ) 0912 000 101", None),
        ("0912000101 (vợ)", None),
        ("ĐT con gái: 912000101", None),
        ("0912000101, chồng 0913000202", "0912000101"),
        ("0912000101 (vợ: 0913000202)", "0912000101"),
        ("0912000101 (zalo)", "0912000101"),
        ("0912000101 (chị Mận)", "0912000101"),
        ("anh 0912000101", "0912000101"),
        ("0912000101 / 0913000202", "0912000101; 0913000202"),
    ],
)
def test_a_number_said_to_be_somebody_elses_is_not_that_of_the_person(text: str, own: str | None) -> None:
    (read,) = read_phone(_texts(text)).astype(object).where(lambda found: found.notna(), None)
    assert read == own


def test_a_message_never_shows_a_long_number() -> None:
    read = read_number(_texts("call 0912345678"), "minutes", whole=False)
    assert "0912345678" not in str(read.problems[0][1])


@pytest.mark.parametrize("text", ["01681234567", "+84168 123 4567", "0168.123.4567", "84 381 234 567", "O381 234 567"])
def test_one_telephone_number_in_all_its_spellings(text: str) -> None:
    assert read_phone(_texts(text)).tolist() == ["0381234567"]


def test_a_year_of_birth_more_than_a_life_ago_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    path.write_text("Họ và tên,Năm sinh\nTạ Văn Mít,1899\nHà Thị Vải,1906\nLê Thị Na,2/5/1898\n", encoding="utf-8")
    result = load_files([path])
    born = result.records.persons.set_index("name")["birth_year"]
    assert born.dropna().to_dict() == {"Hà Thị Vải": 1906}
    asked = {question.said: question.id for question in result.questions}
    assert set(asked) == {"1899", "2/5/1898"}
    answers = Answers({asked["1899"]: "1989", asked["2/5/1898"]: "-"})
    answered = load_files([path], answers=answers)
    assert answered.complete
    born = answered.records.persons.set_index("name")["birth_year"]
    assert born.dropna().to_dict() == {"Hà Thị Vải": 1906, "Tạ Văn Mít": 1989}
