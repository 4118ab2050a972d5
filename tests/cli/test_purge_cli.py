"""Removing people for good on the command line: said, asked, done; no byte of theirs is left, undo does not help."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import cli.commands.purge as purging
from cli.main import run
from graph import open_store

NAME, PHONE, CODE = "Zwölfboth Quỳnh Xuyến", "0977123488", "BN900177"
LISTS = {
    "f0.csv": "Mã BN,Họ và tên,SĐT,Ngày khởi phát\n"
    f"{CODE},{NAME},{PHONE},2021-07-08\nBN2,Lê An,0912000002,2021-07-20\n",
    "f1.csv": "Họ và tên,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối,Ghi chú\n"
    f"Ngô Bình,0912000003,{CODE},2021-07-09,ở nhà {NAME}\nNgô Cam,0912000004,BN2,2021-07-21,\n"
    f"{NAME},{PHONE},BN2,31/31/2021,\n",
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the lists, loaded, and one run."""
    folder: Path = tmp_path_factory.mktemp("loaded")
    for name, text in LISTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["load", *LISTS, "--quiet"]) == 4
        assert run(["tiers", "--policy", "vn-3638", "--quiet"]) == 0
    return folder


@pytest.fixture
def call(
    loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)

    def call(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert run([*words, "--lang", "en", "--policy", "vn-3638"]) == code
        said = capsys.readouterr()
        return said.out + said.err

    return call


def traces(folder: Path) -> set[str]:
    """Return the files of the store, with what the store put beside itself, that hold a trace of them."""
    signs = [sign.encode() for sign in (NAME, "Quỳnh Xuyến", PHONE, CODE)]
    return {path.name for path in folder.rglob("*truyvet.duckdb*") if any(sign in path.read_bytes() for sign in signs)}


def test_no_byte_of_them_is_left_and_no_undo_brings_them_back(call, tmp_path: Path) -> None:
    assert "Nobody was removed" in call("purge", "--list")
    planned = call("purge", "--person", CODE, "--dry-run")
    assert "1 case" in planned and NAME not in planned and PHONE not in planned
    assert CODE in call("tiers", "--list")
    told = json.loads(call("purge", "--person", CODE, "--yes", "--json", "--why", f"{NAME} asked to"))
    assert told["removed"] and told["rows"]["cases"] == 1 and told["runs"] == 1
    assert [Path(path).name for path in told["named_in"]] == ["truyvet-set-aside.xlsx"]
    with open_store("truyvet.duckdb", create=False, read_only=True) as store:
        records = store.read()
        texts = "".join(str(records[name].to_dict()) for name in records.tables)
        assert not any(sign in texts for sign in (NAME, PHONE, CODE))
        assert {"Ngô Bình", "Ngô Cam", "Lê An"} <= set(records.persons["name"])
    assert traces(tmp_path) == set()
    listed = call("purge", "--list")
    assert "… asked to" in listed
    call("undo", code=7)
    assert "nobody on record" in call("why", CODE, code=3)
    assert "Ngô" not in call("tiers", "--list")


def test_a_list_that_names_them_brings_them_back(call) -> None:
    call("purge", "--person", CODE, "--yes")
    call("load", "f0.csv")
    assert CODE in call("tiers", "--list")


def test_everybody_before_a_day(call) -> None:
    call("purge", "--before", "2021-07-01", "--yes", code=3)
    told = json.loads(call("purge", "--before", "2021-07-10", "--yes", "--json"))
    assert (told["rows"]["cases"], told["rows"]["contacts"]) == (1, 1)
    listed = call("tiers", "--list", "--show-names")
    assert "Ngô Cam" in listed and "Ngô Bình" not in listed and CODE not in listed


def test_it_asks_and_does_nothing_where_nobody_can_answer(call, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--yes" in call("purge", "--person", CODE, code=7)
    monkeypatch.setattr(purging, "ask_yes", lambda question: False)
    assert "Nothing was removed." in call("purge", "--person", CODE)
    assert CODE in call("tiers", "--list")
    call("purge", code=2)
    call("purge", "--person", CODE, "--before", "2021-07-01", code=2)
    monkeypatch.setattr(purging, "ask_yes", lambda question: True)
    call("purge", "--person", CODE)
    assert CODE not in call("tiers", "--list")


def test_a_removal_that_was_broken_off_is_said_and_finished(call) -> None:
    with open_store("truyvet.duckdb") as store:
        people = sorted(store.slice(cases=[CODE], steps=0).records.person_ids())
        store.save_note("unfinished", "purge", people)
    assert "truyvet purge" in call("tiers")
    assert "1 case" in call("purge", "--yes")
    assert "broken off" not in call("tiers")


def test_a_process_killed_meanwhile_leaves_the_store_as_it_was(call, tmp_path: Path) -> None:
    before = call("tiers", "--json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        call("purge", "--person", CODE, "--yes", code=130)
    left = tmp_path / f".truyvet.duckdb.{2**22 + 1}.new"  # what a killed process would have left
    left.write_text(NAME)
    assert call("tiers", "--json") == before
    assert not left.exists()
    call("purge", "--person", CODE, "--yes")
    assert traces(tmp_path) == set()
