"""What the small questions load: no library before it is needed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

#: Each takes tenths of a second to load; the first five are loaded by other commands, the rest by readers and writers.
NOT_NEEDED = (
    "pandas",
    "networkx",
    "numba",
    "scipy",
    "plotly",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "docx",
    "rapidfuzz",
    "jinja2",
    "neo4j",
    "loaders",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("start")
    words = ["generate", "--people", "300", "--cases", "6", "--seed", "3", "--out", "province"]
    for arguments in (words, ["load", "province", "--store", "s.duckdb", "--allow-set-aside"]):
        loaded(made, arguments)
    return made


def loaded(folder: Path, arguments: list[str]) -> list[str]:
    """Return which of these modules a command has loaded when it ends."""
    look = (
        "import sys\nfrom cli.main import run\n"
        f"assert run({arguments!r}) == 0\n"
        f"print(*[name for name in {NOT_NEEDED!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", look], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1].split()


@pytest.mark.parametrize(
    "words",
    [
        lambda case: ["why", case],
        lambda case: ["why", case, "--json"],
        lambda case: ["tiers", "--case", case],
        lambda case: ["tiers", "--case", case, "--no-save", "--list"],
    ],
    ids=["why", "why --json", "tiers --case", "tiers --list"],
)
def test_a_small_question_loads_nothing_it_does_not_need(folder: Path, words: Callable[[str], list[str]]) -> None:
    case = (folder / "province" / "cases.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(",")[0]
    assert loaded(folder, [*words(case), "--store", "s.duckdb"]) == []


def test_nor_does_one_that_a_kept_run_answers(folder: Path) -> None:
    listed = (folder / "province" / "persons.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(",")[0]
    loaded(folder, ["tiers", "--store", "s.duckdb", "-q"])
    assert loaded(folder, ["why", listed, "--store", "s.duckdb"]) == []


def test_a_command_that_needs_them_is_seen_to_load_them(folder: Path) -> None:
    assert "networkx" in loaded(folder, ["chains", "--all", "--store", "s.duckdb"])


def test_a_command_leaves_in_silence(folder: Path) -> None:
    """A library that finds its objects alive at the very end says so on stderr."""
    program = Path(sys.executable).with_name("truyvet")
    for words in (
        ["load", "province", "--store", "t.duckdb", "--allow-set-aside"],
        ["same", "propose", "--store", "t.duckdb"],
    ):
        done = subprocess.run([program, *words, "-q"], cwd=folder, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode in (0, 3, 4) and "leaked" not in done.stderr, done.stderr
