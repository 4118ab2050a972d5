"""A result that a chat announces of a short name: it is asked who is meant, and the answer gives the result."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.main import run
from graph import open_store

LISTED = "Họ tên,Năm sinh,SĐT,Ngày lấy mẫu,Kết quả\nNinh Thị Ngót,1990,0918110599,2/7/2021,Âm tính\n"
CHAT = "Nhóm trực Phú Lộc - 06/07/2021\n[18:05] Trạm Sáu: cô Ngót test nhanh dương tính rồi nha mn\n"


def test_whom_a_short_name_means_is_answered_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "xn.csv").write_text(LISTED, encoding="utf-8")
    (tmp_path / "chat.txt").write_text(CHAT, encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("xn.csv", "chat.txt")]
    store = str(tmp_path / "s.duckdb")

    def call(*words: str) -> str:
        run([*words, "--store", store, "--quiet", "--lang", "en"])
        return capsys.readouterr().out

    call("load", *paths)
    shown = call("questions", "--show-names")
    assert "Ngót" in shown
    asked = json.loads(call("questions", "--json"))
    questions = asked["questions"] if isinstance(asked, dict) else asked
    (question,) = [one for one in questions if one["kind"] == "reference"]
    person = question["choices"][0]["value"]
    call("answer", question["id"], person)
    assert "joined to the person whom it means" in call("load", *paths)
    with open_store(store, create=False, read_only=True) as opened:
        records = opened.read()
    positive = records.tests[records.tests["result"] == "positive"]
    assert len(positive) == 1 and positive["method"].tolist() == ["antigen"]
    again = json.loads(call("questions", "--json"))
    left = again["questions"] if isinstance(again, dict) else again
    assert [one["kind"] for one in left] == ["value"], "what somebody with a positive result is"
