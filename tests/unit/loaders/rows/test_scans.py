"""Gates with scans in and out: pairs also where somebody says what a column or a place is, and who was not let in."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of, visits_of

HEAD = ["Event Time", "Badge", "Cardholder", "Turnstile", "Direction"]
ROWS = [
    ["2021-07-14 07:48:30", "XV003", "Vu Duc Kim", "GATE-2", "IN"],
    ["2021-07-14 08:30:12", "XV180", "Ton Nu Ngan", "GATE-2", "ACCESS DENIED"],
    ["2021-07-14 08:31:00", "XV163", "Dang Ngoc Que", "GATE-2", "IN"],
    ["2021-07-14 09:00:00", "XV163", "Dang Ngoc Que", "GATE-2", "ACCESS DENIED"],
    ["2021-07-14 17:29:58", "XV163", "Dang Ngoc Que", "GATE-2", "OUT"],
    ["2021-07-14 17:32:08", "XV003", "Vu Duc Kim", "GATE-2", "OUT"],
    ["2021-07-15 07:59:40", "XV003", "Vu Duc Kim", "GATE-2", "IN"],
]


def test_scans_are_paired_when_the_time_and_the_place_are_answered(tmp_path: Path) -> None:
    answers: dict[str, str] = {}
    for _step in range(4):
        result = load_lists(tmp_path, {"gate.csv": [HEAD, *ROWS]}, answers=answers)
        for question in result.questions:
            answers[question.id] = (
                {"Event Time": "visit_date", "Turnstile": "kept", "Badge": "kept"}.get(
                    question.column or "", "Tòa nhà Sao Mai"
                )
                if question.kind == "column"
                else "Tòa nhà Sao Mai"
            )
    assert not result.questions
    place = "Tòa nhà Sao Mai"
    assert visits_of(result) == {
        ("Vu Duc Kim", place, "2021-07-14T07:48", "2021-07-14T17:32"),
        ("Vu Duc Kim", place, "2021-07-15T07:59", ""),
        ("Dang Ngoc Que", place, "2021-07-14T08:31", "2021-07-14T17:29"),
    }
    assert "Ton Nu Ngan" in names_of(result).values()


@pytest.mark.parametrize("said", ["Từ chối", "Thẻ không hợp lệ", "Access denied"])
def test_who_was_not_let_in_made_no_visit(tmp_path: Path, said: str) -> None:
    rows = [
        ["Thời gian", "Họ và tên", "Cửa", "Vào/Ra"],
        ["14/7/2021 07:48", "Võ Đức Kim", "Cửa chính tòa nhà Sao Mai", "Vào"],
        ["14/7/2021 17:10", "Võ Đức Kim", "Cửa chính tòa nhà Sao Mai", "Ra"],
        ["14/7/2021 08:30", "Tôn Nữ Ngân", "Cửa chính tòa nhà Sao Mai", said],
    ]
    result = load_lists(tmp_path, {"cua.csv": rows})
    assert {(who, start, end) for who, _, start, end in visits_of(result)} == {
        ("Võ Đức Kim", "2021-07-14T07:48", "2021-07-14T17:10")
    }
    assert len(result.findings.of(code="visit.refused")) == 1
    assert result.findings.of(code="value.unknown").empty


@pytest.mark.parametrize("tried", ["Thử mã QR", "thu ma QR", "Test QR", "Kiểm tra hệ thống", "Quét thử 2", "App test"])
def test_a_scan_that_tries_out_the_gate_is_nobody(tmp_path: Path, tried: str) -> None:
    rows = [
        ["STT", "Thời gian quét", "Họ và tên", "Số điện thoại", "Địa điểm", "Trạng thái"],
        ["1", "14/7/2021 07:48", "Võ Đức Kim", "0918605237", "Nhà thuốc Sao Mai", "Vào"],
        ["2", "14/7/2021 08:05", tried, ",", "Nhà thuốc Sao Mai", "Vào"],
        ["3", "14/7/2021 08:30", "Thử Thị Mai", "0918605238", "Nhà thuốc Sao Mai", "Vào"],
        ["4", "14/7/2021 09:30", "Ngô Kiểm Tra", None, "Nhà thuốc Sao Mai", "Vào"],
    ]
    result = load_lists(tmp_path, {"qr.csv": rows})
    assert set(names_of(result).values()) == {"Võ Đức Kim", "Thử Thị Mai", "Ngô Kiểm Tra"}
    assert len(result.records.visits) == 3 and not result.questions
