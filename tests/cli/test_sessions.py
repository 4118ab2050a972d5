"""Command-line sessions as readable tests: ``sessions/*.txt`` show what is typed and what is answered.

How they are written: ``tests/support/sessions.py``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sessions import follow

SESSIONS = sorted((Path(__file__).parent / "sessions").glob("*.txt"))


@pytest.mark.parametrize("path", SESSIONS, ids=[path.stem for path in SESSIONS])
def test_session(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    follow(path.read_text(encoding="utf-8"), path.name, monkeypatch, capsys)


def test_there_are_sessions() -> None:
    assert len(SESSIONS) >= 6
