"""Whether the process of a server lives, as Linux shows it while it begins and ends."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from graph.neo4j.server import process
from graph.neo4j.server.jars import LAUNCHER

PID = os.getpid()


def shown(state: str, memory: int) -> str:
    """Return a line of ``stat``; the name of the program holds what splits fields."""
    return f"{PID} (a) b) {state} " + " ".join(["0"] * 16 + ["1", "0", "0", str(memory)]) + "\n"


@pytest.fixture
def proc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of our own process in a /proc that the test writes."""
    monkeypatch.setattr(process, "PROC", tmp_path)
    (tmp_path / "self").touch()
    folder = tmp_path / str(PID)
    folder.mkdir()
    return folder


def test_a_server_that_changes_from_the_shell_into_java_lives(proc: Path, tmp_path: Path) -> None:
    """For a moment it shows no command line, but it has memory: it is waited for and not taken for dead."""
    (proc / "stat").write_text(shown("R", 4096))
    (proc / "cmdline").write_bytes(b"")
    words = b"java\0" + LAUNCHER.encode() + b"\0" + bytes(tmp_path)
    timer = threading.Timer(0.05, (proc / "cmdline").write_bytes, [words])
    timer.start()
    try:
        assert process.is_running(PID, tmp_path)
    finally:
        timer.join()


@pytest.mark.parametrize(("state", "memory"), [("Z", 0), ("X", 0), ("D", 0)])
def test_one_that_has_given_up_its_memory_is_gone(proc: Path, tmp_path: Path, state: str, memory: int) -> None:
    (proc / "stat").write_text(shown(state, memory))
    (proc / "cmdline").write_bytes(b"")
    assert not process.is_running(PID, tmp_path)


def test_another_program_under_the_number_is_not_the_server(proc: Path, tmp_path: Path) -> None:
    (proc / "stat").write_text(shown("S", 4096))
    (proc / "cmdline").write_bytes(b"sh\0-c\0sleep")
    assert not process.is_running(PID, tmp_path)
