"""One database put in the place of another in a server's home: what is new when it is whole, what was, until it works.

Nothing is written anew here, folders only change their names, so that a call that was killed between two of them is
ended by the next one.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

NEW: Final = "coming"
"""The folder in a home in which the new database is made; it is shaped like a home."""
OLD: Final = "before"
"""The folder in a home that keeps what was there, until the server has answered with the new one."""
_WHOLE: Final = "whole"
_PARTS: Final = (Path("data") / "databases" / "neo4j", Path("data") / "transactions" / "neo4j")


def begin_new(home: Path) -> Path:
    """Return an empty folder to make the new database in."""
    new = home / NEW
    for folder in (new, home / OLD):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (new, new / "conf"):
        folder.mkdir(mode=0o700)
    (new / "conf" / "neo4j.conf").touch(mode=0o600)
    return new


def put_in_place(home: Path) -> None:
    """Put the new database, which is whole, in the place of the other one, and keep that one."""
    for part in _PARTS:
        (home / NEW / part).mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / NEW / _WHOLE).touch(mode=0o600)
    end_replacing(home)


def end_replacing(home: Path) -> None:
    """Go on with what a call that was killed began: the new database takes its place if it is whole, else it goes."""
    if (home / NEW / _WHOLE).exists():
        for part in _PARTS:
            if (home / NEW / part).exists():
                _move(home / part, home / OLD / part)
                _move(home / NEW / part, home / part)
    shutil.rmtree(home / NEW, ignore_errors=True)


def put_back(home: Path) -> None:
    """Put what was there before in its place again."""
    for part in _PARTS:
        if (home / OLD / part).exists():
            shutil.rmtree(home / part, ignore_errors=True)
            _move(home / OLD / part, home / part)
    forget_old(home)


def forget_old(home: Path) -> None:
    """Remove what was there before; the server has answered with the new database."""
    shutil.rmtree(home / OLD, ignore_errors=True)


def _move(here: Path, there: Path) -> None:
    if here.exists():
        there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        here.rename(there)
