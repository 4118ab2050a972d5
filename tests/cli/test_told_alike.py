"""Rows of two lists that tell one name and telephone: two ids, joined on the log, which can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from graph import open_store

CASES = "Mã BN,Họ và tên,Năm sinh,SĐT,Ngày khởi phát\nBN1,Trần Văn Một,1980,0912000111,08/07/2021\n"
CONTACTS = (
    "STT,Họ và tên,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối\n"
    "1,Nguyễn Văn Tám,0912000222,BN1,06/07/2021\n"
    "2,Lê Thị Hoa,0912000333,BN1,06/07/2021\n"
    "3,Võ Thanh Bình,0912000444,BN1,06/07/2021\n"
)
TESTS = (
    "STT,Họ tên,Điện thoại,Ngày lấy mẫu,Kết quả\n"
    "1,NGUYEN VAN TAM,0912 000 222,09/07/2021,Âm tính\n"
    "2,Lê Thị Hoa,84912000333,09/07/2021,Âm tính\n"
    "3,Võ Thanh Bính,0912000444,09/07/2021,Âm tính\n"
)
Call = Callable[..., Any]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.chdir(tmp_path)
    for name, text in {"ca": CASES, "f1": CONTACTS, "xn": TESTS}.items():
        Path(f"{name}.csv").write_text(text, encoding="utf-8")

    def said(*words: str, code: int = 0) -> str:
        assert run([*words, "--lang", "en"]) == code, capsys.readouterr()
        return capsys.readouterr().out

    return said


def people() -> tuple[int, int]:
    """Return how many ids and how many people are on record."""
    with open_store("truyvet.duckdb", read_only=True) as store:
        return len(store.read().persons), len(store.read(united=True).persons)


def test_name_and_number_alike_are_joined_with_or_without_accents_and_logged(call: Call) -> None:
    loaded = call("load", "ca.csv", "f1.csv", "xn.csv")
    assert people() == (7, 5)
    assert "2 pairs of ids are one person each, joined without asking" in loaded
    log = json.loads(call("same", "log", "--json"))["automatic"]
    assert len(log) == 2 and all(one["at"] for one in log)
    assert "same name, written once without accents; same phone" in call("same", "log")
    again = call("load", "f1.csv", "xn.csv")
    assert "nothing changed" in again and people() == (7, 5)


def test_other_accents_under_one_number_are_asked_about(call: Call) -> None:
    call("load", "ca.csv", "f1.csv", "xn.csv")
    asked = json.loads(call("same", "review", "--json"))["questions"]
    assert len(asked) == 1
    assert "same phone; the names differ by accents" in call("same", "review")
    call("same", "accept", asked[0]["id"])
    assert people() == (7, 4)


def test_such_a_join_can_be_taken_back_and_stays_so(call: Call) -> None:
    call("load", "ca.csv", "f1.csv", "xn.csv")
    log = json.loads(call("same", "log", "--json"))["automatic"]
    call("same", "reject", log[0]["id"], "--why", "his brother")
    assert people() == (7, 6)
    call("load", "f1.csv", "xn.csv")
    assert people() == (7, 6)


@pytest.mark.parametrize("order", [("f1.csv", "xn.csv"), ("xn.csv", "f1.csv")])
def test_a_person_called_by_another_id_is_no_change_of_tier(call: Call, order: tuple[str, str]) -> None:
    call("load", "ca.csv", order[0])
    loaded = call("load", order[1])
    assert "stands under" not in loaded
    assert "No tier changes." in loaded
