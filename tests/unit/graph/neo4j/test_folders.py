"""Where a user's things lie, and the lock on a server's home."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from graph.neo4j import folders
from graph.neo4j.server.layout import locked
from tracing.errors import StoreError

HOLD = """
import sys
from pathlib import Path
from graph.neo4j.server.layout import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_on_linux_nothing_has_moved(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_NOW", Unix("truyvet", appauthor=False))
    assert folders.server_home() == user / ".local" / "share" / "truyvet" / "neo4j"
    assert folders.cache() == user / ".cache" / "truyvet"
    assert folders.options() == user / ".config" / "truyvet" / "neo4j.toml"
    monkeypatch.setenv("XDG_DATA_HOME", str(user / "data"))
    assert folders.server_home() == user / "data" / "truyvet" / "neo4j"


def test_what_an_earlier_version_made_is_found_on_a_mac(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_NOW", MacOS("truyvet", appauthor=False))
    library = user / "Library"
    assert folders.server_home() == library / "Application Support" / "truyvet" / "neo4j"
    assert folders.cache() == library / "Caches" / "truyvet"
    assert folders.options() == library / "Application Support" / "truyvet" / "neo4j.toml"
    old = user / ".config" / "truyvet" / "neo4j.toml"
    old.parent.mkdir(parents=True)
    old.touch()
    (user / ".cache" / "truyvet").mkdir(parents=True)
    assert folders.options() == old
    assert folders.cache() == user / ".cache" / "truyvet"


def test_a_home_of_an_earlier_version_is_not_lost_where_the_folder_for_data_is_now_another(
    user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_NOW", MacOS("truyvet", appauthor=False))
    home = folders.server_home()
    home.mkdir(parents=True)
    monkeypatch.setattr(folders, "_NOW", Unix("truyvet", appauthor=False))
    monkeypatch.setenv("XDG_DATA_HOME", str(user / "data"))
    assert folders.server_home() == home


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    order = []

    def second() -> None:
        with locked(tmp_path / "lock"):
            order.append("second")

    waiting = threading.Thread(target=second)
    with locked(tmp_path / "lock"):
        waiting.start()
        waiting.join(0.2)
        order.append("first")
    waiting.join(10)
    assert order == ["first", "second"]
    assert (tmp_path / "lock").is_file()  # by it a home is known as one of ours
    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    with locked(lock):
        assert lock.exists()


def test_a_place_for_the_lock_that_cannot_be_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be used"):
        locked(tmp_path / "file" / "lock")
