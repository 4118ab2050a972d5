"""What a terminal shows: colours only where they are wanted, columns that line up, progress only for people."""

from __future__ import annotations

import io
from types import SimpleNamespace

import click
import pytest

from cli import screen
from cli.language import speak


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Everything the screen writes goes to a terminal; whatever the tests run in."""
    shown = Terminal()
    monkeypatch.setattr(screen, "sys", SimpleNamespace(stdout=shown, stderr=shown))
    for name in ("NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return shown


def test_no_colour_without_a_terminal() -> None:
    assert screen.paint("F1", 1) == "F1"
    assert screen.faint("x") == "x"


def test_tiers_have_their_colours(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "38;5;214" in screen.paint("F1", 1)
    assert screen.paint("F3", 3).replace("F3", "") == screen.paint("F7", 7).replace("F7", "")
    assert click.unstyle(screen.paint("F1", 1)) == "F1"
    monkeypatch.setenv("COLORTERM", "truecolor")
    assert "38;2;230;159;0" in screen.paint("F1", 1)
    assert "38;2;213;94;0" in screen.paint("F0", 0)


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_refused(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert screen.paint("F1", 1) == "F1"


def test_columns_line_up_with_vietnamese_letters(capsys: pytest.CaptureFixture[str]) -> None:
    decomposed = "Tân Lộc"
    screen.write_table([["a", "Tân Lộc", "1"], ["b", decomposed, "23"], ["c", "x", "456"]], right=(2,))
    assert [screen.width(line) for line in capsys.readouterr().out.splitlines()] == [15, 15, 15]
    screen.write_table([])
    assert capsys.readouterr().out == ""


def test_progress_says_what_how_far_and_how_fast(terminal: Terminal) -> None:
    speak("en")
    times = iter([0.0, 0.5, 2.5, 2.55])
    with screen.Progress(clock=lambda: next(times)) as progress:
        progress.step("reading", 0, 4000)
        progress.step("reading", 2000, 4000)
        progress.step("reading", 2001, 4000)
    said = terminal.getvalue()
    assert "reading · 2,000 / 4,000 · 1,000/s" in said
    assert "2,001" not in said
    assert said.endswith("\r\x1b[K")


def test_progress_is_silent_for_scripts_and_when_asked(terminal: Terminal) -> None:
    with screen.Progress(quiet=True) as progress:
        progress.step("reading", 1, 2)
    assert terminal.getvalue() == ""
