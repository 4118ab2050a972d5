"""Who was brought where: logs of rides into isolation or treatment, and what posts did with those whom they stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lists import Rows, isolations_of, load_lists, names_of, visits_of, without_accents

from loaders import LoadResult
from loaders.shapes.shared_results import results_of
from tracing.spelling import fold
from tracing.text import unaccented

LOG: Rows = [
    ["SỔ CHUYẾN XE CẤP CỨU 65B-001.23 – THÁNG 7/2021 (chở F0 đi điều trị, F1 vào khu cách ly)"],
    ["Giờ", "Đón tại", "Người được chở", "Đưa đến", "Ghi chú"],
    ["NGÀY 14/7"],
    ["19h00", "khóm 3", "Lê Văn Tám", "BV Điều trị COVID-19", None],
    ["20h30", "khóm 3", "Phùng T. Tuyết, con gái Lê Thị Sen + bà Trần Thị Sáu", "Khu CL KTX Cao đẳng Y tế", "3 người"],
    ["NGÀY 15/7"],
    ["8h15", "ấp 2", "Nhà ông Dũng: Mai Văn Dũng (SN 62), Mai Thị Hà (1990)", "KCL Trường THCS Phú Tân", None],
]
ENGLISH: Rows = [
    ["Date", "Time", "Picked up at", "Passengers carried", "Transported to", "Remarks"],
    ["14/7/2021", "19:00", "hamlet 3", "Lê Văn Tám", "Bệnh viện Dã chiến số 2", "COVID-19"],
    ["15/7/2021", "20:30", "hamlet 3", "Phùng Thị Tuyết; Lê Thị Sen", "Trường THCS Phú Tân", "quarantine"],
]
POST: Rows = [
    ["SỔ TRỰC CHỐT KIỂM SOÁT DỊCH QL61, ngày 14/7/2021"],
    ["TT", "Giờ đến", "Biển số", "Người đi xe", "SĐT", "Đi từ", "Test nhanh tại chốt", "Xử lý"],
    [1, "9h20", "69H1-204.51", "Lê Văn Tám (1998)", "0833046219", "Bình Dương", "Dương tính", "cách ly tạm tại chốt"],
    [
        *(2, "9h40", "69H1-118.07", "Mai Văn Dũng (1995), vợ Lê Thị Sen (1996), con Mai Văn Bo (3 tuổi)"),
        *("0837640182", "Long An", "2 vợ chồng ÂT, bé không test", "đưa về KCL Trường THCS Phú Tân"),
    ],
    [
        *(3, "10h05", "69H1-275.90", "Võ Minh Trí (1987) chở Võ Thị Ba (1999)"),
        *("0939517280; 0939517281", "Cà Mau", "ÂT cả 2", "cho qua"),
    ],
]


def _isolated(result: LoadResult) -> set[tuple[str, str, str, str]]:
    return {(who, place, start, kind) for who, kind, place, start, _end in isolations_of(result)}


@pytest.mark.parametrize("typed", [list, without_accents])
def test_whom_an_ambulance_brought_is_isolated_there(tmp_path: Path, typed: Callable[[Rows], Rows]) -> None:
    result = load_lists(tmp_path, {"so chuyen xe.xlsx": typed(LOG)})
    told = {(who, day, kind) for who, _, day, kind in _isolated(result)}
    treated, kept = ["Lê Văn Tám"], ["Phùng T. Tuyết", "Lê Thị Sen", "Trần Thị Sáu"]
    later = ["Mai Văn Dũng", "Mai Thị Hà"]
    assert told == {
        *((who if typed is list else unaccented(who), "2021-07-14", "hospital") for who in treated),
        *((who if typed is list else unaccented(who), "2021-07-14", "centre") for who in kept),
        *((who if typed is list else unaccented(who), "2021-07-15", "centre") for who in later),
    }
    assert result.records.visits.empty and result.records.contacts.empty


def test_a_log_in_english_with_its_days_in_a_column(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"rides.csv": ENGLISH})
    assert _isolated(result) == {
        ("Lê Văn Tám", "Bệnh viện Dã chiến số 2", "2021-07-14", "hospital"),
        ("Phùng Thị Tuyết", "Trường THCS Phú Tân", "2021-07-15", "centre"),
        ("Lê Thị Sen", "Trường THCS Phú Tân", "2021-07-15", "centre"),
    }


def test_rides_of_no_epidemic_isolate_nobody(tmp_path: Path) -> None:
    rows = [["Ngày", "Giờ", "Người được chở", "Đưa đến"], ["14/7/2021", "19h00", "Lê Văn Tám", "BV Đa khoa Năm Căn"]]
    assert load_lists(tmp_path, {"taxi.csv": rows}).records.isolations.empty


def test_a_post_tells_who_came_by_who_was_tested_and_who_was_brought_away(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"chot.csv": POST})
    post = result.records.places["place"][result.records.places["kind"].fillna("") != "vehicle"].iloc[0]
    assert {(who, day) for who, place, day, _ in _isolated(result) if "Phú Tân" in place} == {
        (who, "2021-07-14") for who in ("Mai Văn Dũng", "Lê Thị Sen", "Mai Văn Bo")
    }
    assert {who for who, place, _, _ in _isolated(result) if place == post} == {"Lê Văn Tám"}
    names, tests = names_of(result), result.records.tests
    assert {(names[who], told) for who, told in zip(tests["person"], tests["result"], strict=True)} == {
        ("Lê Văn Tám", "positive"),
        *((who, "negative") for who in ("Mai Văn Dũng", "Lê Thị Sen", "Võ Minh Trí", "Võ Thị Ba")),
    }
    assert tests["method"].unique().tolist() == ["antigen"]
    assert {who for who, place, start, _ in visits_of(result) if start.startswith("2021-07-14T")} == set(names.values())
    assert len(names) == 6


@pytest.mark.parametrize(
    ("text", "kin", "told"),
    [
        ("cả nhà âm tính", ("", "vợ", "con"), ("negative",) * 3),
        ("cả 2 (-)", ("", ""), ("negative",) * 2),
        ("ÂT cả 3", ("", ""), None),
        ("chồng dương tính, vợ ÂT", ("", "vợ"), ("positive", "negative")),
        ("2 vo chong am tinh; con chua test", ("", "vợ", "con gái"), ("negative", "negative", None)),
        ("một người dương tính", ("", ""), None),
        ("both negative", ("", ""), ("negative",) * 2),
    ],
)
def test_results_for_several_of_a_cell(text: str, kin: tuple[str, ...], told: tuple[str | None, ...] | None) -> None:
    assert results_of(text, tuple(map(fold, kin))) == told
