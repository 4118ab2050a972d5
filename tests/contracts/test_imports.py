"""The house keeps its own rules: layers, types, lint, format."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TOOLS = {
    "imports run only downwards": ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    "types": ["-m", "mypy", "tracing", "graph", "loaders", "cli"],
    "lint": ["-m", "ruff", "check"],
    "format": ["-m", "ruff", "format", "--check"],
}


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(words, marks=[pytest.mark.slow] if name == "types" else [], id=name)
        for name, words in TOOLS.items()
    ],
)
def test_the_house_rules_hold(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).splitlines()
        # mypy lists every overload of pandas as a note; the errors say enough.
        pytest.fail("\n".join(line for line in said if ": note: " not in line), pytrace=False)
