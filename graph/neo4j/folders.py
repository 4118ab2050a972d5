"""Where this user's things lie: by the habits of the system, else where an earlier version put them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from platformdirs import PlatformDirs
from platformdirs.unix import Unix

_NOW: Final = PlatformDirs("truyvet", appauthor=False)
_BEFORE: Final = Unix("truyvet", appauthor=False)
"""Earlier versions kept settings and the cache at these places on every system."""


def server_home() -> Path:
    """Return the home of the server that is started unless told otherwise."""
    return _first(_NOW.user_data_path / "neo4j", Path.home() / "Library" / "Application Support" / "truyvet" / "neo4j")


def cache() -> Path:
    """Return the folder for what can be fetched again."""
    return _first(_NOW.user_cache_path, _BEFORE.user_cache_path)


def options() -> Path:
    """Return the file of the user's options for servers."""
    return _first(_NOW.user_config_path / "neo4j.toml", _BEFORE.user_config_path / "neo4j.toml")


def _first(usual: Path, before: Path) -> Path:
    """Return the usual place; that of earlier versions while only that one is there."""
    return before if before.exists() and not usual.exists() else usual
