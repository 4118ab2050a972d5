"""One module writes to the terminal, and what a reader is told to type is quoted where it holds something of theirs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("cli", "graph", "loaders", "tracing")
WRITER = "cli/screen.py"
#: What writes past the writer, and where it may: the trace that TRUYVET_DEBUG asks for goes through the writer.
PAST = {
    "print": (),
    "click.echo": (),
    "click.secho": (),
    "click.prompt": (),
    "click.confirm": (),
    "sys.stdout.write": (),
    "sys.stderr.write": (),
    "sys.stdout.buffer": (),
    "os.write": (),
    "warnings.warn": (),
    "traceback.print_exc": (),
    "traceback.print_exception": (),
    "logging.basicConfig": (),
    "logging.warning": (),
    "logging.error": (),
    "logging.info": (),
}
#: Names of gaps in commands that hold nothing of a reader's or are quoted where they are made.
SAFE = {
    *(
        "version('truyvet')",
        "settings.again",
        "asked",
        "store",
        "again",
        "names",
        "more",
        "question.id",
        "questions[0].id",
        "shown[0].id",
    ),
    *("next(iter(FORMS))", "state.uri", "_again(taken)", "query.name", "needed"),
    "importlib.metadata.version('truyvet')",
}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_nothing_writes_past_the_writer() -> None:
    found = []
    for name, tree in sources():
        if name == WRITER:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in PAST:
                found.append(f"{name}:{node.lineno} {ast.unparse(node.func)}")
            if isinstance(node, ast.Import | ast.ImportFrom):
                module = getattr(node, "module", None) or ""
                names = {module, *(alias.name for alias in node.names)}
                if any(part == "rich" or part.startswith("rich.") for part in names):
                    found.append(f"{name}:{node.lineno} rich")
    assert not found


def gaps(node: ast.JoinedStr) -> Iterator[str]:
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            yield ast.unparse(part.value)


def test_what_stands_in_a_command_to_copy_is_quoted() -> None:
    found = []
    for name, tree in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.JoinedStr) or "truyvet " not in "".join(
                str(part.value) for part in node.values if isinstance(part, ast.Constant)
            ):
                continue
            found += [f"{name}:{node.lineno} {gap}" for gap in gaps(node) if "shlex." not in gap and gap not in SAFE]
    assert not found


@pytest.mark.parametrize("name", ["cli/commands/tiers.py", "cli/commands/zones.py", "cli/commands/check.py"])
def test_the_test_sees_them(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "shlex." in text, "these commands quote ids and files"
