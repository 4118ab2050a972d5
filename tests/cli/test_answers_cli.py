"""Questions of a load: answered on the command line, kept, never asked twice, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from tracing.errors import RowsSetAside

F0 = "Mã BN,Họ và tên,Ngày khởi phát\nBN34,Trần A,2021-08-06\nBN35,Lê B,2021-08-06\n"
F1 = "Họ và tên,SĐT,Tiếp xúc với F0,Ngày\nLê Một,0912000001,BN34 hoặc BN35,2021-08-07\n"


def test_an_answer_is_kept_and_can_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUYVET_STORE", raising=False)
    Path("f0.csv").write_text(F0, encoding="utf-8")
    Path("f1.csv").write_text(F1, encoding="utf-8")

    def load(*words: str) -> tuple[int, dict[str, Any]]:
        code = run(["load", "f0.csv", "f1.csv", "--json", "--lang", "en", *words])
        return code, json.loads(capsys.readouterr().out)

    code, told = load()
    (question,) = told["questions"]
    assert code == RowsSetAside.exit_code and [s["waiting"] for s in told["sheets"]] == [0, 1]
    code, told = load("--answer", f"{question['id']}=BN35")
    assert code == 0 and told["questions"] == [] and told["written"]["contacts"]["new"] == 1
    code, told = load()
    assert code == 0 and told["questions"] == [] and told["written"]["contacts"]["new"] == 0
    code, told = load("--answer", f"{question['id']}=")
    assert code == RowsSetAside.exit_code and [q["id"] for q in told["questions"]] == [question["id"]]
