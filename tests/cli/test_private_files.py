"""What a command writes holds names: only its owner may read it, whatever the umask says."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.main import main

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def call(monkeypatch: pytest.MonkeyPatch, *words: str) -> object:
    monkeypatch.setattr(sys, "argv", ["truyvet", "--lang", "en", *words])
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code


def test_store_rows_set_aside_and_report_are_their_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "case id,name,onset\nC1,Lê Thị Bé,2021-07-08\nC2,Ngô Văn Tám,31/31/2021\n"
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    os.umask(0o022)
    assert call(monkeypatch, "load", "c.csv") == 4
    os.umask(0o022)  # every command sees to it itself
    assert call(monkeypatch, "report", "--show-names", "--out", "new/page.html") == 0
    capsys.readouterr()
    made = [path for path in tmp_path.rglob("*") if path.name != "c.csv"]
    assert {path.name for path in made} >= {"truyvet.duckdb", "truyvet-set-aside.xlsx", "new", "page.html"}
    assert {path.name: oct(path.stat().st_mode & 0o077) for path in made if path.stat().st_mode & 0o077} == {}
