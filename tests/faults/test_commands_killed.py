"""Commands killed at a random moment leave what was before or what should be; the same call ends what they began."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import TypeAlias

import pytest

from cli.main import run
from graph import open_store
from tracing.errors import InternalError

State: TypeAlias = tuple[dict[str, list[str]], int]

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
ROUNDS = int(os.environ.get("TRUYVET_TORTURE", "1"))
STORE = ["--store", "s.duckdb", "--lang", "en", "--quiet"]
FIRST = "case id,name,onset\nA1,Lê Bé,2021-07-08\nA2,Lê Ba,x\n"
SECOND = (
    "case id,name,onset\n" + "".join(f"B{n},Người {n},2021-07-{n % 28 + 1:02}\n" for n in range(400)) + "D,Lê Tư,x\n"
)
#: Calls that change the store or write files; whether one that is done may be done again.
CALLS = {
    "load": (["load", "second.csv"], True),
    "undo": (["undo"], False),
    "export": (["export", "--out", "lists"], True),
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store into which one list was loaded, and another list."""
    folder = tmp_path_factory.mktemp("before")
    (folder / "first.csv").write_text(FIRST, encoding="utf-8")
    (folder / "second.csv").write_text(SECOND, encoding="utf-8")
    assert in_child(folder, ["load", "first.csv"])[0] == 4
    return folder


@pytest.fixture(scope="module")
def undisturbed(before: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[State, float]]:
    """What each call leaves where nobody kills it, and how long it takes."""
    found = {}
    for name, (call, _again) in CALLS.items():
        folder = tmp_path_factory.mktemp("whole") / name
        shutil.copytree(before, folder)
        code, took = in_child(folder, call)
        assert code in (0, 4)
        found[name] = state(folder), took
    return found


def in_child(folder: Path, call: list[str], kill_after: float | None = None) -> tuple[int | None, float]:
    """Run a call in a copy of this process; return its exit code (None: killed) and how long it took."""
    child = os.fork()
    if child == 0:
        try:
            os.chdir(folder)
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            os._exit(run([*call, *STORE]))
        finally:
            os._exit(99)
    began = time.monotonic()
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return (None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)), time.monotonic() - began


def state(folder: Path) -> State:
    """Return the keys of what is on record, by table, and how many loads are."""
    with open_store(str(folder / "s.duckdb"), read_only=True) as store:
        records = store.read()
        keys = {name: sorted(frame.iloc[:, 0].astype(str)) for name, frame in records.tables.items()}
        return keys, len(store.loads())


@pytest.mark.skipif(sys.platform != "linux", reason="copies of this process")
@pytest.mark.parametrize("attempt", range(ROUNDS))
@pytest.mark.parametrize("name", CALLS)
def test_killed_and_called_again(
    tmp_path: Path,
    before: Path,
    undisturbed: dict[str, tuple[State, float]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    attempt: int,
) -> None:
    call, again = CALLS[name]
    (wanted, took), was = undisturbed[name], state(before)
    folder = tmp_path / "killed"
    shutil.copytree(before, folder)
    in_child(folder, call, kill_after=random.Random(f"{name} {attempt}").uniform(0, took))
    left = state(folder)
    assert left in (was, wanted)
    monkeypatch.chdir(folder)
    capsys.readouterr()
    assert run(["questions", *STORE]) != InternalError.exit_code
    told = capsys.readouterr().err
    if "was stopped" in told:
        assert ("nothing of it is in the store" in told) == (left == was)
    if again or left == was:
        assert in_child(folder, call)[0] in (0, 4)
    assert state(folder)[0] == wanted[0]
