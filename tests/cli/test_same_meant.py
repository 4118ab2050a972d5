"""A row that tells a short name or an age: whom a load takes it for is on the log, and can be taken back exactly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lists import write_list

from cli.main import run
from graph import open_store

CASES = [["Mã BN", "Họ tên", "Năm sinh", "Khởi phát"], ["BN77101", "Trần Quốc Toản", 1981, "28/7/2021"]]
HOMES = [
    ["Số hộ", "Chủ hộ / nhân khẩu", "Quan hệ với chủ hộ", "Năm sinh", "SĐT"],
    ["HK14", "Hộ: Lê Thị Nhung", "Chủ hộ", 1993, "0912000129"],
    ["HK14", "  - Ngân", "Con", 2015, ""],
]
CONTACTS = [
    ["Họ và tên", "Năm sinh", "Số ĐT", "Tiếp xúc với F0", "Ngày tiếp xúc"],
    ["Nguyễn Thị Bảo Ngân", 2015, "0912 000 129 (mẹ)", "BN77101", "30/7/2021"],
]
Call = Callable[..., Any]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.chdir(tmp_path)
    for name, rows in {"ca": CASES, "ho": HOMES, "f1": CONTACTS}.items():
        write_list(tmp_path / f"{name}.xlsx", rows)

    def said(*words: str, lang: str = "en", code: int = 0) -> str:
        assert run([*words, "--lang", lang]) == code, capsys.readouterr()
        return capsys.readouterr().out

    return said


def people() -> tuple[int, int]:
    """Return how many ids and how many people are on record."""
    with open_store("truyvet.duckdb", read_only=True) as store:
        return len(store.read().persons), len(store.read(united=True).persons)


def test_a_short_name_is_joined_on_the_log_and_taken_back_for_good(call: Call) -> None:
    loaded = call("load", "ca.xlsx", "ho.xlsx", "f1.xlsx")
    assert "1 row that tells a short name or an age was joined to the person whom it means" in loaded
    assert people() == (4, 3)
    (join,) = json.loads(call("same", "log", "--json"))["decisions"]
    assert join["what"] == "join" and join["basis"] == "family" and join["who"] and join["at"]
    log = call("same", "log", lang="vi")
    assert "do lần nạp nhận ra: tên hợp với một người dùng chung số điện thoại" in log
    for ident in join["people"]:
        why = call("why", ident)
        assert "ho.xlsx · Sheet · 3" in why and "f1.xlsx · Sheet · 2" in why
    call("load", "ca.xlsx", "ho.xlsx", "f1.xlsx")
    assert len(json.loads(call("same", "log", "--json"))["decisions"]) == 1, "loading again decides nothing again"
    call("same", "undo", str(join["number"]))
    assert people() == (4, 4)
    call("load", "ho.xlsx", "f1.xlsx")
    assert people() == (4, 4), "what was taken back stays so when the lists come again"


def test_a_child_on_record_is_asked_about_where_only_the_number_of_the_mother_is_told(call: Call) -> None:
    call("load", "ca.xlsx", "f1.xlsx")
    asked = call("load", "ho.xlsx", code=4)
    assert "Only a short name is told: who is this?" in asked
    assert json.loads(call("same", "log", "--json"))["decisions"] == []


def test_taking_the_load_back_takes_its_joins_back(call: Call) -> None:
    order = ("ho.xlsx", "f1.xlsx")
    call("load", "ca.xlsx", order[0])
    call("load", order[1])
    joined = json.loads(call("same", "log", "--json"))["decisions"]
    call("undo")
    assert json.loads(call("same", "log", "--json"))["decisions"] == []
    call("load", order[1])
    assert [one["people"] for one in json.loads(call("same", "log", "--json"))["decisions"]] == [
        one["people"] for one in joined
    ]


def test_a_name_year_and_home_told_alike_on_two_lists_are_two_ids_that_identity_joins(call: Call) -> None:
    rows = ["Lâm Kim Ngàn", 1986, "ấp Kinh Mới, xã Tân Hưng", "26/7/2021"]
    for name, last in (("mau.csv", "Ngày lấy mẫu"), ("tiem.csv", "Ngày vào cách ly")):
        write_list(Path(name), [["Họ tên", "Năm sinh", "Địa chỉ", last], rows])
    call("load", "mau.csv", "tiem.csv", code=4)
    assert people() == (2, 1)
    (join,) = json.loads(call("same", "log", "--json"))["automatic"]
    call("same", "reject", join["id"])
    assert people() == (2, 2)
