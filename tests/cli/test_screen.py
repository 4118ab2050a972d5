"""What a terminal shows: colours where they are wanted, nothing cut, nothing over the edge, progress for people."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from types import SimpleNamespace

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli import screen
from cli.language import speak
from cli.layout import share_width, width, wrap_call
from tracing.text import catalogue

_, _n = catalogue("cli")
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal(io.StringIO):
    """A terminal that remembers what it was sent."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

    def lines(self) -> list[str]:
        return ESCAPE.sub("", self.getvalue()).splitlines()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Everything the screen writes goes to a terminal of 40 columns; whatever the tests run in."""
    shown = Terminal()
    monkeypatch.setattr(screen, "sys", SimpleNamespace(stdout=shown, stderr=shown))
    for name in ("NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "40")
    yield shown
    speak("en")


def test_a_pipe_gets_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    screen.show(screen.paint("F1", 1), " ", screen.faint("x" * 200))
    assert capsys.readouterr().out == f"F1 {'x' * 200}\n"


def test_tiers_have_their_colours(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.show(screen.paint("F1", 1))
    assert "38;5;214" in terminal.getvalue() and terminal.lines() == ["F1"]
    assert screen.paint("F3", 3).style == screen.paint("F7", 7).style
    monkeypatch.setenv("COLORTERM", "truecolor")
    screen.show(screen.paint("F0", 0))
    assert "38;2;213;94;0" in terminal.getvalue()


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_refused(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    screen.show(screen.paint("F1", 1), " ", screen.faint("long words " * 10))
    screen.show_table([[screen.paint("F1", 1), "b"]], head=["a", "b"])
    assert "\x1b" not in terminal.getvalue()


def test_columns_line_up_with_vietnamese_letters(capsys: pytest.CaptureFixture[str]) -> None:
    decomposed = "Tân Lộc"
    screen.show_table([["a", "Tân Lộc", "1"], ["b", decomposed, "23"], ["c", "x", "456"]], right=(2,))
    assert [width(line) for line in capsys.readouterr().out.splitlines()] == [15, 15, 15]
    screen.show_table([])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["Tân Lộc", "Tân Lộc"])
def test_a_long_cell_wraps_and_a_short_one_does_not(terminal: Terminal, name: str) -> None:
    why = "one contact of two hours in a closed room, the day before the first symptoms"
    screen.show_table([[name, "12", why], ["P-000412", "3", "x"]], head=["unit", "people", "why"], right=(1,))
    lines = terminal.lines()
    assert max(map(width, lines)) <= 40 and any(line.startswith("P-000412") for line in lines)
    assert " ".join(" ".join(line[18:] for line in lines[1:-1]).split()) == why


LETTERS = st.lists(st.sampled_from(["a", "b", "o\u0323\u0302", "\u1ed9", "\u65e5", " "]), min_size=1, max_size=30)
WORDS = st.lists(LETTERS.map("".join), min_size=3, max_size=3)


@given(st.lists(WORDS, min_size=1, max_size=4), st.integers(20, 90))
def test_a_table_is_never_cut_and_never_too_wide(rows: list[list[str]], columns: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        shown = Terminal()
        patch.setattr(screen, "sys", SimpleNamespace(stdout=shown, stderr=shown))
        patch.setenv("COLUMNS", str(columns))
        screen.show_table(rows)
    assert all(width(line) <= columns for line in shown.lines())
    letters = sorted("".join("".join(row) for row in rows).replace(" ", ""))
    assert sorted("".join(shown.lines()).replace(" ", "")) == letters


def test_lines_wrap_under_their_beginning(terminal: Terminal) -> None:
    screen.show("  · a sentence that is longer than the forty columns of this terminal")
    first, *rest = terminal.lines()
    assert first.startswith("  · a sentence") and rest and all(line.startswith("    ") for line in rest)
    assert all(len(line) <= 40 for line in terminal.lines())


def test_widths_are_shared() -> None:
    assert share_width([5, 10], [2, 3], 20) == [5, 10]
    assert share_width([8, 50, 50], [8, 6, 6], 38) == [8, 15, 15]
    assert share_width([8, 50, 9], [8, 6, 4], 40) == [8, 23, 9]
    assert sum(share_width([30, 30], [30, 30], 20)) == 20


@given(st.lists(st.text("ab-='", min_size=1, max_size=12), min_size=1, max_size=20), st.integers(20, 60))
def test_a_wrapped_call_is_the_same_call(words: list[str], columns: int) -> None:
    lines = wrap_call("  truyvet " + " ".join(words), columns)
    assert " ".join(line.removesuffix(" \\").strip() for line in lines) == "truyvet " + " ".join(words)
    assert all(line.endswith(" \\") for line in lines[:-1]) and all(width(line) <= columns for line in lines)


NASTY = "a\x1b[31m\u202eb\u2066c\x9bd\x07\ne\r\x85f\u2028g"


def test_nothing_from_data_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    screen.show(NASTY)
    screen.show_table([[NASTY, "x"]])
    screen.show(_("{where} has no option {name}.", where=NASTY, name=_("{name} is missing.", name=NASTY)))
    out = capsys.readouterr().out
    assert out.count("\n") == 3
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", out)


def test_programs_get_their_data_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    screen.show_json({"name": NASTY})
    assert json.loads(capsys.readouterr().out) == {"name": NASTY}


def test_data_in_a_terminal_do_not_steer_it(terminal: Terminal) -> None:
    screen.show_data(f"name\n{NASTY}\n")
    assert "\x1b" not in terminal.getvalue() and "\u202e" not in terminal.getvalue()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "1,391 / 5,000 · 0:12 left"), ("vi", "1.391 / 5.000 · còn 0:12")]
)
def test_how_far_and_how_long(language: str, said: str) -> None:
    speak(language)
    try:
        assert screen.how_far(1391, 5000, 12.2) == said
        assert screen.how_far(0, 5000, None) == said.partition(" · ")[0].replace("1,391", "0").replace("1.391", "0")
        assert screen.how_far(12, None, None) == ""
    finally:
        speak("en")


def test_progress_is_seen_and_gone(terminal: Terminal) -> None:
    with screen.Progress() as progress:
        for done in range(0, 4001, 1000):
            progress.step("reading", done, 4000)
    said = click.unstyle(terminal.getvalue())
    assert "reading" in said and "4,000 / 4,000" in said
    assert terminal.getvalue().endswith(("\x1b[2K", "\x1b[?25h"))


def test_progress_is_silent_for_scripts_and_when_asked(terminal: Terminal) -> None:
    with screen.Progress(quiet=True) as progress:
        progress.step("reading", 1, 2)
    assert terminal.getvalue() == ""
