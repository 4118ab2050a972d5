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
from cli.use_cases.questions import open_questions
from graph import open_store
from loaders.answers import ANSWER
from tracing.errors import InternalError, StoreError

State: TypeAlias = tuple[dict[str, list[str]], int, int, list[str]]

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
ROUNDS = int(os.environ.get("TRUYVET_TORTURE", "1"))
STORE = ["--store", "s.duckdb", "--lang", "en", "--quiet"]
FIRST = "case id,name,onset\nA1,Lê Bé,2021-07-08\nA2,Lê Ba,x\n"
SECOND = (
    "case id,name,onset\n" + "".join(f"B{n},Người {n},2021-07-{n % 28 + 1:02}\n" for n in range(400)) + "D,Lê Tư,x\n"
)
THIRD = "case id,name,onset\n" + "".join(f"C{n},Người {n},2021-07-{n % 28 + 1:02}\n" for n in range(200))
#: Calls that change the store or write files ("?": the question that is open); whether one done may be done again.
CALLS = {
    "load": (["load", "second.csv"], True),
    "undo": (["undo"], False),
    "export": (["export", "--out", "lists", "--overwrite"], True),
    "tiers": (["tiers"], True),
    "answer": (["answer", "?", "2021-07-09"], True),
}
#: How a process may be ended: by force, by Ctrl-C, by the system that goes down.
SIGNALS = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store into which one list was loaded, and another list."""
    folder = tmp_path_factory.mktemp("before")
    (folder / "first.csv").write_text(FIRST, encoding="utf-8")
    (folder / "second.csv").write_text(SECOND, encoding="utf-8")
    (folder / "third.csv").write_text(THIRD, encoding="utf-8")
    assert in_child(folder, ["load", "first.csv"])[0] == 4
    return folder


def call_of(name: str, folder: Path) -> list[str]:
    """Return the words of a call on the store in a folder."""
    with open_store(str(folder / "s.duckdb"), read_only=True) as store:
        asked = open_questions(store)
    return [asked[0].id if word == "?" else word for word in CALLS[name][0]]


@pytest.fixture(scope="module")
def undisturbed(before: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[State, float]]:
    """What each call leaves where nobody kills it, and how long it takes."""
    found = {}
    for name in CALLS:
        folder = tmp_path_factory.mktemp("whole") / name
        shutil.copytree(before, folder)
        code, took = in_child(folder, call_of(name, folder))
        assert code in (0, 4)
        found[name] = state(folder), took
    return found


def begin(folder: Path, call: list[str]) -> int:
    """Run a call in a copy of this process; return the child's number."""
    child = os.fork()
    if child == 0:
        try:
            os.chdir(folder)
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
            os._exit(run([*call, *STORE]))
        finally:
            os._exit(99)
    return child


def end_of(child: int) -> int | None:
    """Return the exit code of a child; None: a signal ended it."""
    _pid, status = os.waitpid(child, 0)
    return None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def in_child(
    folder: Path, call: list[str], after: float | None = None, number: signal.Signals = signal.SIGKILL
) -> tuple[int | None, float]:
    """Run a call, with a signal ``after`` so many seconds; return its exit code (None: killed) and how long it took."""
    began = time.monotonic()
    child = begin(folder, call)
    if after is not None:
        time.sleep(after)
        os.kill(child, number)
    return end_of(child), time.monotonic() - began


def state(folder: Path) -> State:
    """Return the keys of what is on record, by table, how many loads and runs are kept, and what was answered."""
    with open_store(str(folder / "s.duckdb"), read_only=True) as store:
        records = store.read()
        keys = {name: sorted(frame.iloc[:, 0].astype(str)) for name, frame in records.tables.items()}
        return keys, len(store.loads()), len(store.runs()), sorted(store.notes(ANSWER))


@pytest.mark.skipif(sys.platform != "linux", reason="copies of this process")
@pytest.mark.parametrize("attempt", range(ROUNDS))
@pytest.mark.parametrize("name", CALLS)
def test_ended_and_called_again(
    tmp_path: Path,
    before: Path,
    undisturbed: dict[str, tuple[State, float]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    attempt: int,
) -> None:
    """By whatever signal: what was before or what should be, and the next command tells the truth about it."""
    draw = random.Random(f"{name} {attempt}")
    (wanted, took), was = undisturbed[name], state(before)
    folder = tmp_path / "killed"
    shutil.copytree(before, folder)
    call = call_of(name, folder)
    in_child(folder, call, draw.uniform(0, took), draw.choice(SIGNALS))
    left = state(folder)
    assert left in (was, wanted)
    monkeypatch.chdir(folder)
    capsys.readouterr()
    assert run(["questions", *STORE]) != InternalError.exit_code
    told = capsys.readouterr().err
    if "was stopped" in told:
        assert ("nothing of it is in the store" in told) == (left == was)
    if CALLS[name][1] or left == was:
        assert in_child(folder, call)[0] in (0, 4)
    assert state(folder)[0] == wanted[0]
    assert state(folder)[3] == wanted[3]


@pytest.mark.skipif(sys.platform != "linux", reason="copies of this process")
@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_killed_beside_a_reader_and_a_writer(
    tmp_path: Path, before: Path, undisturbed: dict[str, tuple[State, float]], attempt: int
) -> None:
    """Others find the store in use or whole, never broken; called again, all that was to be loaded is there, once."""
    draw = random.Random(f"beside {attempt}")
    folder, whole = tmp_path / "killed", tmp_path / "whole"
    for each in (folder, whole):
        shutil.copytree(before, each)
    for name in ("second.csv", "third.csv"):
        assert in_child(whole, ["load", name])[0] in (0, 4)
    killed = begin(folder, ["load", "second.csv"])
    others = [begin(folder, ["load", "third.csv"])]
    others += [begin(folder, ["tiers", "--no-save"]) for _ in range(2)]
    time.sleep(draw.uniform(0, undisturbed["load"][1] * 2))
    os.kill(killed, signal.SIGKILL)
    end_of(killed)
    assert {end_of(child) for child in others} <= {0, 4, StoreError.exit_code}
    for name in ("second.csv", "third.csv", "second.csv"):
        assert in_child(folder, ["load", name])[0] in (0, 4)
    assert state(folder)[0] == state(whole)[0]
