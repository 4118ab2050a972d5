"""Remarks that tell when people met a case or stayed somewhere are read where they are plain, else asked one by one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from lists import load_lists

from loaders import LoadResult
from tracing.times import format_iso

CASE = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"], ["BN34", "Lữ Văn Chuối", "1970", "13/08/2021"]]
HEAD = ["Họ và tên", "Năm sinh", "SĐT", "Tiếp xúc với ca", "Ghi chú"]


def _load(folder: Path, *rows: list[str], head: list[str] = HEAD, answers: dict[str, str] | None = None) -> LoadResult:
    return load_lists(folder, {"ca.xlsx": CASE, "f1.xlsx": [head, *rows]}, answers=answers)


def _shown(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Return first and last time of each row that has them: a day, or a day and an hour."""
    times = table.dropna(subset=["start"])[["start", "start_to", "end", "end_to"]].astype(int).itertuples(index=False)
    zone = "Asia/Ho_Chi_Minh"
    return [(format_iso(row[0], row[1], zone)[:16], format_iso(row[2], row[3], zone)[:16]) for row in times]


def _row(remark: str, *more: str) -> list[str]:
    return ["Vưu Thị Mận", "1980", "0918110041", *(more or ("BN34",)), remark]


@pytest.mark.parametrize(
    ("remark", "start", "end"),
    [
        ("tiếp xúc 14/8 lúc 19h", "2021-08-14T19:00", "2021-08-14T19:00"),
        ("gặp lúc 7h-8h30 ngày 14/8/2021", "2021-08-14T07:00", "2021-08-14T08:30"),
        ("TX trực tiếp với F0 ngày 14/8", "2021-08-14", "2021-08-14"),
        ("ngủ lại 2 đêm 12-13/8", "2021-08-12", "2021-08-13"),
        ("ở cùng nhà từ 12/8 đến 15/8", "2021-08-12", "2021-08-15"),
        ("gặp 12/8 và 14/8", "2021-08-12", "2021-08-14"),
    ],
)
def test_a_remark_that_only_tells_when_they_met_is_read(tmp_path: Path, remark: str, start: str, end: str) -> None:
    result = _load(tmp_path, _row(remark))
    assert not result.questions
    assert _shown(result.records.contacts) == [(start, end)]


@pytest.mark.parametrize("remark", ["ăn cơm chung lúc 19h"])
def test_a_remark_that_tells_more_is_asked_and_what_is_typed_holds(tmp_path: Path, remark: str) -> None:
    (asked,) = _load(tmp_path, _row(remark)).questions
    assert asked.said == remark
    assert asked.choices[-1].value == "*"
    told = _load(tmp_path, _row(remark), answers={asked.id: "13/8 7h-9h"})
    assert _shown(told.records.contacts) == [("2021-08-13T07:00", "2021-08-13T09:00")]
    assert not told.questions
    kept = _load(tmp_path, _row(remark), answers={asked.id: "kept"})
    assert kept.records.contacts["start"].isna().all()
    assert [question.id for question in _load(tmp_path, _row(remark), answers={asked.id: "ở chợ"}).questions] == [
        asked.id
    ]


def test_of_a_last_meeting_the_rest_of_the_remark_stays(tmp_path: Path) -> None:
    result = _load(tmp_path, _row("tiếp xúc lần cuối 14/8 lúc 19h ở chợ"))
    (met,) = result.records.contacts.itertuples()
    assert met.time_kind == "last_day" and pd.isna(met.start)
    assert format_iso(int(met.end), int(met.end_to), "Asia/Ho_Chi_Minh")[:16] == "2021-08-14T19:00"
    assert [text for text in result.records.persons["attributes"].dropna() if "ở chợ" in text]
    assert not result.questions


def test_hours_beside_a_day_of_contact_are_asked_and_said_with_one_word(tmp_path: Path) -> None:
    head = [*HEAD[:-1], "Ngày tiếp xúc", HEAD[-1]]
    row = _row("tiếp xúc 14/8 lúc 19h", "BN34", "14/8/2021")
    (asked,) = _load(tmp_path, row, head=head).questions
    told = _load(tmp_path, row, head=head, answers={asked.id: "yes"})
    assert _shown(told.records.contacts) == [("2021-08-14T19:00", "2021-08-14T19:00")]


def test_of_a_stay_that_a_remark_tells_the_answer_is_a_visit(tmp_path: Path) -> None:
    rows = [["DANH SÁCH KHÁCH Ở KHÁCH SẠN GIÓ"], ["Họ và tên", "Năm sinh", "Phòng", "Ghi chú"]]
    rows += [["Vưu Thị Mận", "1980", "204", "ở lại 2 đêm 12-13/8/2021"], ["Diệp Văn Hồng", "1985", "205", ""]]
    (asked,) = [one for one in load_lists(tmp_path, {"ks.xlsx": rows}).questions if one.said is not None]
    visits = load_lists(tmp_path, {"ks.xlsx": rows}, answers={asked.id: "yes"}).records.visits
    assert _shown(visits) == [("2021-08-12", "2021-08-13")]


def test_whom_somebody_met_is_typed_where_no_column_tells_it(tmp_path: Path) -> None:
    head, row = [*HEAD[:3], HEAD[-1]], ["Vưu Thị Mận", "1980", "0918110041", "tiếp xúc 14/8 lúc 19h"]
    (asked,) = _load(tmp_path, row, head=head).questions
    told = _load(tmp_path, row, head=head, answers={asked.id: "BN34 14/8"})
    assert _shown(told.records.contacts) == [("2021-08-14", "2021-08-14")]
    assert not told.questions


def test_an_isolation_in_a_remark_stays_one(tmp_path: Path) -> None:
    result = _load(tmp_path, _row("cách ly tại nhà từ 15/8/2021"))
    assert len(result.records.isolations) == 1
    assert result.records.contacts["start"].isna().all()
