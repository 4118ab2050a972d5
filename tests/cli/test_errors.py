"""Every way in which a call can end: its exit code, one text on stderr, no traceback, nothing of a person."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest

from cli import main
from cli.options import make_command
from tracing.errors import (
    InputError,
    InternalError,
    NothingFound,
    RowsSetAside,
    SafetyError,
    StoreError,
    TruyVetError,
    UsageError,
)
from tracing.text import Text, catalogue

_, _n = catalogue("cli")
CLASSES = {
    InternalError: 1,
    UsageError: 2,
    NothingFound: 3,
    RowsSetAside: 4,
    InputError: 5,
    StoreError: 6,
    SafetyError: 7,
}


def ending_with(error: BaseException) -> click.Command:
    @make_command("tiers", help=_("tiers"), examples="truyvet tiers")
    def command() -> None:
        raise error

    return command


@pytest.fixture
def end_with(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``end_with(error)``: from now on ``truyvet tiers`` ends with it."""
    import cli.commands.tiers

    def put(error: BaseException) -> None:
        monkeypatch.setattr(cli.commands.tiers, "command", ending_with(error))

    return put


@pytest.mark.parametrize(("kind", "code"), CLASSES.items(), ids=[kind.__name__ for kind in CLASSES])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_error_class_has_its_exit_code_and_is_told_once(
    kind: type[TruyVetError], code: int, language: str, end_with: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    told, fix = Text("cli", "input unusable"), Text("cli", "store or server not reachable")
    end_with(kind(told, fix=fix))
    assert main.run(["tiers", "--lang", language]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert told.say("vi") != told.say("en")
    assert said.err == f"{told.say(language)}\n  → {fix.say(language)}\n"


def test_something_unexpected_is_one_sentence(end_with: Any, capsys: pytest.CaptureFixture[str]) -> None:
    end_with(ZeroDivisionError("0912345678"))
    assert main.run(["tiers"]) == 1
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said and "0912345678" not in said and "Traceback" not in said
    assert "TRUYVET_DEBUG" in said


def test_with_debug_the_traceback_is_seen(end_with: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUYVET_DEBUG", "1")
    end_with(ZeroDivisionError("x"))
    with pytest.raises(ZeroDivisionError):
        main.run(["tiers"])


def test_a_key_that_interrupts_ends_with_130(end_with: Any, capsys: pytest.CaptureFixture[str]) -> None:
    end_with(KeyboardInterrupt())
    assert main.run(["tiers"]) == 130
    assert capsys.readouterr().err.strip() == "Stopped as asked."


@pytest.mark.parametrize(
    ("error", "code"), [(MemoryError(), 1), (PermissionError(13, "Permission denied", "list.csv"), 5)]
)
def test_what_the_machine_refuses_is_told(
    error: Exception, code: int, end_with: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    end_with(error)
    assert main.run(["tiers"]) == code
    assert "Traceback" not in capsys.readouterr().err


@pytest.fixture(scope="module")
def truyvet() -> str:
    found = shutil.which("truyvet", path=os.path.dirname(sys.executable))
    if found is None:
        pytest.skip("The command truyvet is not installed beside this Python (pip install --editable . does it).")
    return found


def test_a_reader_who_leaves_is_no_error(truyvet: str) -> None:
    script = f'{truyvet} policies show vn-3638 | head -n 1; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode in (0, 141)
    assert done.stderr == ""
    assert done.stdout.startswith("vn-3638")


def test_a_reader_who_leaves_early_is_no_error(truyvet: str) -> None:
    """Closed before the first line is written, so that it does not matter how much a pipe holds."""
    script = f'{truyvet} policies show vn-3638 | true; exit "${{PIPESTATUS[0]}}"'
    for _ in range(3):
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) in {(0, ""), (141, "")}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to another process.")
def test_an_interrupted_load_leaves_no_traceback(truyvet: str, tmp_path: Path) -> None:
    rows = "\n".join(f"P{i},P{i + 1},2021-07-05" for i in range(200_000))
    (tmp_path / "contacts.csv").write_text(f"person_a,person_b,start\n{rows}\n", encoding="utf-8")
    load = subprocess.Popen(
        [truyvet, "load", "contacts.csv"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(2.5)
    load.send_signal(signal.SIGINT)
    _, said = load.communicate(timeout=120)
    if load.returncode == 0:
        pytest.skip("The load was done before it could be interrupted.")
    assert load.returncode == 130
    assert "Traceback" not in said


def test_json_is_json_and_alone_on_stdout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cases.csv").write_text("person,onset\nN1,2021-07-04\n", encoding="utf-8")
    (tmp_path / "contacts.csv").write_text(
        "person_a,person_b,start,end,kind,distance_m\nN1,N2,2021-07-05T09:20,2021-07-05T10:20,work,1\n", "utf-8"
    )
    store = ["--store", str(tmp_path / "x.duckdb")]
    assert main.run(["load", str(tmp_path), "--create-people", "--json", *store]) == 0
    sheets = json.loads(capsys.readouterr().out)["sheets"]
    assert [sheet["rows"] for sheet in sheets] == [1, 1]
    assert all(s["rows"] == s["new"] + s["known"] + s["set_aside"] for s in sheets)
    assert main.run(["tiers", "--json", *store]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= {"policy", "as_of", "people"}
    wanted = {"id", "tier_certain", "tier_possible", "first_exposure", "last_exposure", "parents"}
    assert [person["id"] for person in told["people"]] == ["N1", "N2"]
    assert all(wanted <= set(person) for person in told["people"])
    assert set(told["people"][1]["parents"][0]) >= {"person", "contact", "clause"}
    assert main.run(["why", "N2", "--json", *store]) == 0
    assert json.loads(capsys.readouterr().out)["person"] == "N2"
    assert main.run(["policies", "list", "--json"]) == 0
    assert {rule["id"] for rule in json.loads(capsys.readouterr().out)} >= {"vn-3638", "who-2020"}
