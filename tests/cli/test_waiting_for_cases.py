"""Contacts whose case came on no list wait for it; the load that brings the case says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run
from graph import open_store

PEOPLE = "Họ tên,Năm sinh,SĐT\nMã Thị Lài,1988,0918550101\n"
F1 = (
    "Họ tên,Năm sinh,SĐT,F1 của,Ngày tiếp xúc\n"
    "Kim Thị Sa,1979,0918550102,BN 812,07/08/2021\n"
    "Danh Út,1969,0918550103,bn812,08/08/2021\n"
    "Liêu Văn Rô,1959,0918550104,BN999,08/08/2021\n"
)
CASES = "Mã BN,Họ tên,Năm sinh,Ngày dương tính\nBN812,Thạch Thị Đào,1979,12/08/2021\n"


def test_a_list_of_cases_says_which_rows_waited_for_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("nguoi.csv", PEOPLE), ("f1.csv", F1), ("ca.csv", CASES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    store = str(tmp_path / "s.duckdb")

    def load(name: str, lang: str = "en") -> str:
        run(["load", str(tmp_path / name), "--store", store, "--quiet", "--lang", lang])
        return capsys.readouterr().out

    assert "waited" not in load("nguoi.csv") + load("f1.csv")
    assert "2 rows of f1.csv waited for cases that are on record now: load that list again." in load("ca.csv")
    assert "waited" not in load("f1.csv")
    with open_store(store, create=False, read_only=True) as opened:
        assert len(opened.read().contacts) == 2
    assert "chờ" not in load("ca.csv", lang="vi")
