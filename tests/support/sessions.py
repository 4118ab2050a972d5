"""Sessions of the command line, as they stand in texts: read, typed and compared.

``$ truyvet …`` runs the command in a folder of its own; ``$ NAME=value truyvet …`` sets the environment for it;
``$ cat > file`` writes the lines that follow with a bar in front; ``$ cat file`` shows a file. What follows is the
expected answer, stdout before stderr, then ``[4]`` where the exit code is not 0. ``{…}`` stands for anything on a line,
a line ``…`` for any lines. Text before the first ``$`` and lines that begin with
``#`` tell what the session is about.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cli.main import run


@dataclass
class Entry:
    """One command of a session: the line it stands on, the lines given to it, what is expected."""

    line: int
    command: str
    given: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    code: int = 0


def read_session(text: str) -> list[Entry]:
    """Return what is typed in a session, each with what is expected."""
    entries: list[Entry] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("$ "):
            entries.append(Entry(number, line[2:]))
        elif not entries or line.startswith("# "):
            continue
        elif entries[-1].command.startswith("cat > ") and line.startswith("| "):
            entries[-1].given.append(line[2:])
        elif code := re.fullmatch(r"\[(\d+)\]", line):
            entries[-1].code = int(code[1])
        else:
            entries[-1].expected.append(line)
    return entries


def pattern(expected: list[str]) -> re.Pattern[str]:
    """Return what an answer has to look like."""
    lines = []
    for line in "\n".join(expected).strip("\n").splitlines():
        if line == "…":
            lines.append(r"(?:.*\n)*?")
        else:
            lines.append(".*?".join(re.escape(part.rstrip()) for part in line.split("{…}")) + r"[ ]*\n")
    return re.compile("".join(lines))


def answer(entry: Entry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[str, int]:
    """Run one command; return what it said and its exit code."""
    words = shlex.split(entry.command)
    if words[0] == "cat" and words[1] == ">":
        Path(words[2]).write_text("\n".join(entry.given) + "\n", encoding="utf-8")
        return "", 0
    if words[0] == "cat":
        return Path(words[1]).read_text(encoding="utf-8"), 0
    with monkeypatch.context() as patch:
        while "=" in words[0]:
            patch.setenv(*words.pop(0).split("=", 1))
        assert words.pop(0) == "truyvet"
        code = run(words)
    said = capsys.readouterr()
    return said.out + said.err, code


def follow(text: str, where: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Type a session in the present folder; fail at the first answer that differs."""
    for name in ("TRUYVET_STORE", "TRUYVET_LANG", "TRUYVET_DEBUG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for entry in read_session(text):
        said, code = answer(entry, monkeypatch, capsys)
        at = f"{where}, line {entry.line}: $ {entry.command}"
        said = "\n".join(said.strip("\n").splitlines()) + "\n" if said.strip("\n") else ""
        if not pattern(entry.expected).fullmatch(said):
            wanted = "\n".join(entry.expected).strip("\n")
            pytest.fail(f"{at}\n--- expected\n{wanted}\n--- answered\n{said}", pytrace=False)
        assert code == entry.code, f"{at}: exit code {code}, not {entry.code}\n{said}"
