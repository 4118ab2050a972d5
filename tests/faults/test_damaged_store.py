"""A store whose file is damaged, cut off or another's is named as that, and never asks to be reported as a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import damaged
from small_records import records_of

from cli.main import run
from graph import open_store
from tracing.errors import StoreError, UsageError


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "store.duckdb"
    people = [{"person": f"P{number}", "name": f"Ba {number}"} for number in range(400)]
    with open_store(path) as store:
        store.write(records_of({"persons": people}))
    return path.read_bytes()


def test_damage_is_told_as_damage_with_the_name_of_the_file(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "store.duckdb"
    told = 0
    for copy in damaged(whole, 41, 16):
        path.write_bytes(copy)
        try:
            with open_store(path, create=False, read_only=True) as store:
                store.read()
        except StoreError as error:
            assert str(path) in str(error) and error.fix is not None
            told += 1
    assert told >= 12


def test_a_command_on_a_damaged_store_ends_with_its_code_and_a_next_step(
    tmp_path: Path, whole: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "store.duckdb"
    copy = bytearray(whole)
    for at in range(5_000, 9_000):
        copy[at] ^= 0x5A
    path.write_bytes(copy)
    assert run(["--lang", "en", "--store", str(path), "tiers"]) == StoreError.exit_code
    said = capsys.readouterr().err
    assert "store.duckdb" in said and "damaged" in said and "backup" in said and "report" not in said


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "Asia", "../etc/passwd", "", "\0"])
def test_a_zone_that_does_not_exist_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], zone: str
) -> None:
    (tmp_path / "c.csv").write_text("case id,name,onset\nC1,A,2021-07-08\n", encoding="utf-8")
    store = str(tmp_path / "s.duckdb")
    assert run(["--lang", "en", "--store", store, "load", "--zone", zone, str(tmp_path / "c.csv")]) == 2
    assert "--zone" in capsys.readouterr().err


#: Every command that opens a store, as short as it can be called.
CALLS = [
    *(["load", "c.csv"], ["check", "c.csv"], ["questions"], ["answer", "aaaaaaaa", "-"], ["same", "propose"], ["undo"]),
    *(["tiers"], ["why", "C1"], ["chains", "--all"], ["zones"], ["report"], ["export", "--out", "x"], ["runs", "list"]),
]


def _foreign(path: Path, whole: bytes) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(9_000))


def _short(path: Path, whole: bytes) -> None:
    path.write_bytes(whole[:6_000])


def _folder(path: Path, whole: bytes) -> None:
    path.mkdir()


@pytest.mark.parametrize("harm", [_foreign, _short, _folder], ids=lambda harm: harm.__name__)
def test_every_command_names_the_file_and_the_next_step(
    tmp_path: Path,
    whole: bytes,
    harm: Callable[[Path, bytes], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.csv").write_text("case id,name,onset\nC1,A,2021-07-08\n", encoding="utf-8")
    harm(Path("harmed.duckdb"), whole)
    for call in CALLS:
        code = run(["--lang", "en", "--store", "harmed.duckdb", *call])
        said = capsys.readouterr().err
        assert code in (StoreError.exit_code, UsageError.exit_code), (call, code, said)
        assert "harmed.duckdb" in said and "→" in said, (call, said)
        assert "report" not in said and "TRUYVET_DEBUG" not in said, (call, said)
