"""Whatever is written where no room is left: told with the file's name, and nothing half written stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from report_examples import states

from cli.main import run
from graph import open_store

resource = pytest.importorskip("resource", reason="Windows has no limit on the size of files to try this with.")
ROOM = 1000
"""Bytes that a file may have, less than any file written here."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("room") / "small.duckdb")
    with open_store(path) as opened:
        opened.write(states()["two_units"])
    return path


@pytest.fixture
def no_room() -> Iterator[None]:
    """Let no file grow, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    "call",
    [
        "report --out made.html",
        "chains --all --html made.html",
        "generate --people 60 --force --out made",
    ],
)
def test_a_file_that_finds_no_room(
    call: str, store: str, no_room: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Callable[..., str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for lang, room in (("en", "no room left to write: "), ("vi", "Không còn chỗ để ghi: ")):
        assert run([*call.split(), "--store", store, "--quiet", "--lang", lang]) == 5
        said = told()
        assert room in said and "made" in said.partition(room)[2] and "Traceback" not in said
        assert not [left for left in tmp_path.iterdir() if left.is_file()]  # lists that are invented may stay in part


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    return lambda: capsys.readouterr().err
