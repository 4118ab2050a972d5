"""Folders in which not everything is a file that can be read: each thing in it is told, the good files load."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from cli.main import run
from cli.use_cases.hashes import hash_files
from graph import open_store
from loaders import load_files
from loaders.files.folder import files_of
from loaders.files.read import FileReader
from loaders.findings import FindingLog
from loaders.limits import Limits
from loaders.options import LoadOptions

LIST = "case id,name,onset\nC1,Lê Bé,2021-07-08\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.csv").write_text(LIST, encoding="utf-8")
    return folder


def told(folder: Path) -> dict[str, str]:
    """Load a folder; return what was found in each file."""
    result = load_files(files_of(folder), options=LoadOptions(limits=Limits(seconds=2)))
    assert len(result.records.cases) == 1
    return dict(zip(result.findings.table["file"], result.findings.table["code"], strict=True))


def test_pipes_sockets_loops_and_dangling_links_are_findings(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    (folder / "gone.csv").symlink_to(folder / "nothing.csv")
    (folder / "device.csv").symlink_to("/dev/zero")
    (folder / "folder.csv").mkdir()
    (folder / "folder.csv" / "inside.csv").write_text(LIST, encoding="utf-8")
    line = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(folder)  # the name of a socket is short
    try:
        line.bind("socket.csv")
    finally:
        os.chdir(here)
        line.close()
    assert told(folder) == {
        **{"device.csv": "file.special", "gone.csv": "file.missing", "loop.csv": "file.unreadable"},
        **{"pipe.csv": "file.special", "socket.csv": "file.special"},
    }
    hashes = hash_files([folder])
    assert hashes.pop("good.csv") and set(hashes.values()) == {""}


def test_a_file_that_vanishes_is_a_finding(folder: Path) -> None:
    paths = [*files_of(folder), folder / "vanished.csv"]
    result = load_files(paths)
    assert list(result.findings) == ["file.missing"] and len(result.records.cases) == 1


def test_a_file_that_grows_while_it_is_read_ends_at_the_limit(tmp_path: Path) -> None:
    """What the kernel makes as it is read has no size to go by."""
    log = FindingLog()
    link = tmp_path / "endless.csv"
    link.symlink_to("/proc/self/maps")
    with FileReader(LoadOptions(limits=Limits(file_bytes=1_000))) as reader:
        assert not reader.read(link, log)
    assert log.codes == ["file.too_large"]


def test_a_name_is_a_name(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("a\nF1: all.csv", "a\x1b[2J.csv", "a\u202evsc.csv", "$(touch x).csv", "-rf.csv"):
        (folder / name).write_text("person,name\n,\n", encoding="utf-8")
    with open(os.fsencode(folder) + b"/b\xff.csv", "wb") as file:
        file.write(LIST.replace("C1", "C2").encode())
    monkeypatch.chdir(folder.parent)
    assert run(["--lang", "en", "--store", "s.duckdb", "load", "in", "--all"]) == 4
    out = "".join(capfd.readouterr())
    assert "the file's name is not written in letters" in out and "b?.csv" in out
    assert not set(out) & set("\x1b\u202e") and not any(line.startswith("F1: all") for line in out.splitlines())
    with open_store("s.duckdb") as store:
        assert "b?.csv" in store.loads()[-1].files and len(store.read().cases) == 1


def test_no_access_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "closed.csv"
    closed.write_text(LIST, encoding="utf-8")
    opened = Path.open

    def refuse(path: Path, *how: object, **more: object) -> object:
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *how, **more)  # type: ignore[call-overload]  # as it was called

    monkeypatch.setattr(Path, "open", refuse)
    assert told(folder) == {"closed.csv": "file.unreadable"}
    assert hash_files([folder])["closed.csv"] == ""
