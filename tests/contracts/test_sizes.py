"""A function fits a screen, a file is read in one sitting: no exceptions, so that the next one is split in time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cli", "graph", "loaders", "tests", "tracing")
FUNCTION = 60
FILE = 400


def too_long(path: Path) -> Iterator[str]:
    """Yield what is too long in a file: itself, and its functions with their docstrings."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT).as_posix()
    lines = len(text.splitlines())
    if lines > FILE:
        yield f"{name}: {lines} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION:
                yield f"{name}: {node.name}, {length} lines"


@pytest.mark.parametrize("package", PACKAGES)
def test_no_function_is_longer_than_a_screen_and_no_file_longer_than_a_sitting(package: str) -> None:
    assert [found for path in sorted((ROOT / package).rglob("*.py")) for found in too_long(path)] == []
