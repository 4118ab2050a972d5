"""``truyvet demo`` into a store that was named: only where it is empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run
from graph import open_store

DEMO = ["demo", "--people", "300", "--quiet"]


def test_a_named_store_is_used_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([*DEMO, "--store", "mine.duckdb", "--lang", "en"]) == 0
    assert "--store mine.duckdb" in capsys.readouterr().out
    assert not (tmp_path / "demo" / "demo.duckdb").exists()
    before = (tmp_path / "mine.duckdb").read_bytes()
    page = (tmp_path / "demo" / "report.html").stat().st_mtime_ns
    for lang, words in (("en", "holds records"), ("vi", "đã có hồ sơ")):
        assert run([*DEMO, "--store", "mine.duckdb", "--lang", lang]) == 7
        assert words in capsys.readouterr().err
    assert (tmp_path / "mine.duckdb").read_bytes() == before
    assert (tmp_path / "demo" / "report.html").stat().st_mtime_ns == page


def test_its_own_store_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for people in ("300", "400"):
        assert run(["demo", "--people", people, "--quiet"]) == 0
    with open_store("demo/demo.duckdb") as store:
        assert len(store.ids("persons")) == 400
