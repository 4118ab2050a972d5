"""``truyvet export --format neo4j-import``: all records or none, names only when asked for, noted in the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run
from graph import open_store
from loaders.invented.province import generate_province


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    with open_store("truyvet.duckdb") as store:
        store.write(generate_province(people=60, seed=5).records)
    return tmp_path


def test_the_files_and_the_command_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["export", "--format", "neo4j-import", "--out", "files", "--lang", "en"]
    assert run(asked) == 7
    assert "--show-names" in capsys.readouterr().err and not (here / "files").exists()
    assert run([*asked, "--show-names"]) == 0
    page = capsys.readouterr().out
    assert "neo4j-admin database import full neo4j" in page
    for file in (here / "files").iterdir():
        assert file.name in page
    assert run([*asked, "--show-names"]) == 7
    assert run([*asked, "--show-names", "--overwrite"]) == 0
    with open_store("truyvet.duckdb", create=False) as store:
        noted = store.exports()
    assert len(noted) == 2 and not noted[0].masked and "neo4j-import" in noted[0].what


@pytest.mark.parametrize("part", [["--lists", "new"], ["--area", "32008"], ["--case", "F0-0001"], ["--since", "last"]])
def test_only_the_whole(here: Path, part: list[str]) -> None:
    assert run(["export", "--format", "neo4j-import", "--show-names", *part]) == 2


def test_an_empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("truyvet.duckdb").close()
    assert run(["export", "--format", "neo4j-import", "--show-names"]) == 3
