"""An encrypted store: nothing plain on the disk, every command works with its key, and the key is nowhere else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import cli.use_cases.key as keys
import cli.use_cases.open as opening
from cli.main import _trace, run
from graph import open_store

NAME, PHONE = "Zwölfboth Quỳnh Xuyến", "0977123488"
LIST = f"Mã BN,Họ và tên,SĐT,Ngày khởi phát\nBN1,{NAME},{PHONE},2021-07-08\n"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "f0.csv").write_text(LIST, encoding="utf-8")

    def call(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert run([*words, "--lang", "en"]) == code
        said = capsys.readouterr()
        return said.out + said.err

    return call


def is_plain(folder: Path) -> bool:
    signs = [NAME.encode(), b"Quynh", PHONE.encode(), b"truyvet_store"]
    return any(sign in path.read_bytes() for path in folder.rglob("*.duckdb*") for sign in signs)


def test_a_store_is_encrypted_worked_with_and_decrypted(call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("load", "f0.csv", "--quiet")
    before = call("tiers", "--list", "--show-names")
    assert NAME in before and is_plain(tmp_path)
    key = tmp_path / "own.key"
    assert "A key was made" in call("store", "encrypt", "--key-file", str(key))
    assert oct(key.stat().st_mode & 0o777) == "0o600" and not is_plain(tmp_path)
    assert oct((tmp_path / "truyvet.duckdb").stat().st_mode & 0o777) == "0o600"

    said = call("tiers", code=6)
    assert "is encrypted" in said and "--key-file" in said
    (tmp_path / "other.key").touch(mode=0o600)
    (tmp_path / "other.key").write_text("x" * 40)
    assert "under another key" in call("tiers", "--key-file", "other.key", code=6)
    key.chmod(0o640)
    assert "chmod 600" in call("tiers", "--key-file", str(key), code=7)
    key.chmod(0o600)

    monkeypatch.setenv("TRUYVET_KEY_FILE", str(key))
    assert call("tiers", "--list", "--show-names") == before
    call("why", "BN1")
    call("load", "f0.csv", "--quiet")
    call("undo")
    call("purge", "--person", "BN1", "--dry-run")
    assert "encrypted already" in call("store", "encrypt", "--key-file", str(key), code=7)
    assert not is_plain(tmp_path)
    told = call("store", "decrypt")
    monkeypatch.delenv("TRUYVET_KEY_FILE")
    assert call("tiers", "--list", "--show-names") == before
    assert key.read_text().strip() not in told
    assert "not encrypted" in call("tiers", "--key-file", str(key), code=6)


def test_a_new_store_is_encrypted_from_the_first_byte_on(call, tmp_path: Path) -> None:
    (tmp_path / "own.key").touch(mode=0o600)
    (tmp_path / "own.key").write_text("k" * 40 + "\n")
    call("load", "f0.csv", "--quiet", "--key-file", "own.key")
    assert not is_plain(tmp_path)
    call("purge", "--person", "BN1", "--yes", "--key-file", "own.key")
    assert not is_plain(tmp_path)
    with open_store("truyvet.duckdb", key="k" * 40, create=False) as store:
        assert store.ids("persons") == set() and "k" * 40 not in repr(store)
        session = store._opened
        assert session.execute("SELECT current_setting('temp_directory')").fetchall() == [("",)]


@pytest.mark.parametrize("text", ["short", "", "a line of it\nand another one of it", "x" * 5000])
def test_what_is_no_key_is_refused_and_not_shown(call, tmp_path: Path, text: str) -> None:
    (tmp_path / "own.key").touch(mode=0o600)
    (tmp_path / "own.key").write_text(text)
    said = call("load", "f0.csv", "--key-file", "own.key", code=2)
    assert not text or text not in said
    assert not (tmp_path / "truyvet.duckdb").exists()


def test_a_key_may_be_typed(call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("load", "f0.csv", "--quiet")
    assert "--key-file" in call("store", "encrypt", code=2)
    typed = ["a long sentence of mine"] * 3
    monkeypatch.setattr(keys, "ask_password", lambda question: typed.pop())
    monkeypatch.setattr(keys, "key_prompt", lambda: lambda place: typed.pop())
    monkeypatch.setattr(opening, "key_prompt", keys.key_prompt)
    call("store", "encrypt")
    assert not is_plain(tmp_path)
    call("purge", "--list")
    assert typed == []


def test_a_trace_has_no_words_of_others_unless_names_may_be_seen() -> None:
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise KeyError(PHONE) from error
    except KeyError as error:
        hidden, shown = _trace(error, names=False), _trace(error, names=True)
    assert "ValueError" in hidden and "test_encrypted_store" in hidden
    assert NAME not in hidden and PHONE not in hidden and NAME in shown and PHONE in shown
