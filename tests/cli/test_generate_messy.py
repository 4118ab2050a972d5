"""The lists of one night, written by the command: they load, with questions, and the truth beside them is not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run


def test_messy_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    night = tmp_path / "night"
    assert run(["generate", "--messy", "--seed", "2", "--out", str(night), "--lang", "en"]) == 0
    assert "10 lists of one night" in capsys.readouterr().out
    assert len([path for path in night.iterdir() if path.is_file()]) == 10 and (night / "truth").is_dir()


def test_without_people_or_messy_it_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generate", "--out", str(tmp_path / "night"), "--lang", "en"]) == 2
    assert "--messy" in capsys.readouterr().err
