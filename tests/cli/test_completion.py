"""The Tab key: a script for each shell, and the words it offers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from cli.main import run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script_for_each_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    assert "_TRUYVET_COMPLETE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "expected"),
    [("truyvet ti", "tiers"), ("truyvet policies sh", "show"), ("truyvet tiers --po", "--policy")],
)
def test_commands_and_options_are_completed(words: str, expected: str) -> None:
    truyvet = shutil.which("truyvet", path=os.path.dirname(sys.executable))
    if truyvet is None:
        pytest.skip("The command truyvet is not installed beside this Python (pip install --editable . does it).")
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), "_TRUYVET_COMPLETE": "bash_complete"}
    done = subprocess.run([truyvet], env=os.environ | asked, capture_output=True, text=True, check=True)
    assert expected in done.stdout
