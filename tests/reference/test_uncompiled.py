"""The kernels are plain Python, compiled for speed only: without the compiler every answer is the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ["11"]


def ask(**environment: str) -> str:
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "support")])
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "support" / "all_answers.py"), *SEEDS],
        env=os.environ | {"PYTHONPATH": path} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_without_the_compiler_every_answer_is_the_same() -> None:
    compiled, plain = ask(NUMBA_DISABLE_JIT="0"), ask(NUMBA_DISABLE_JIT="1")
    assert '"words"' in compiled and "is F1" in compiled
    assert plain == compiled
